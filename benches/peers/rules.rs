//! The toy model's rules for peers written in Rust: the parameters of the twin's own rules, drawn
//! with the `rand` and `rand_distr` crates, which is what their users draw with. Times are hours.
//! Included by path, like `measure.rs`.

use rand::{Rng, RngExt};
use rand_distr::{Binomial, Distribution, Exp1, LogNormal};

/// Parts of the network.
pub(crate) const SEGMENTS: usize = 24;
/// Analysts on duty.
pub(crate) const ANALYSTS: usize = 3;
/// Cohorts of customers.
pub(crate) const COHORTS: usize = 8;
/// Hours in a week.
pub(crate) const WEEK: f64 = 168.0;
/// Length of a run in hours.
pub(crate) const HORIZON: f64 = 182.0 * 24.0;

/// The natural logarithm of 0.4: `LogNormal` wants the logarithm of the median.
const LN_0_4: f64 = -0.916_290_731_874_155_1;
/// The natural logarithm of 20.
const LN_20: f64 = 2.995_732_273_553_991;

/// Chance that a step in each segment is seen.
pub(crate) fn visibility() -> [f64; SEGMENTS] {
    std::array::from_fn(|segment| 0.01 + 0.002 * segment as f64)
}

/// Customers of one country.
#[derive(Clone, Copy)]
pub(crate) struct Cohort {
    /// How many.
    pub(crate) size: u64,
    /// Trust, 0 to 1.
    pub(crate) trust: f64,
}

/// The cohorts at the start.
pub(crate) fn cohorts() -> [Cohort; COHORTS] {
    std::array::from_fn(|i| Cohort { size: 250_000 * (i as u64 + 1), trust: 1.0 })
}

/// What the intruder's step does.
pub(crate) struct Step {
    /// Segment moved to.
    pub(crate) to: usize,
    /// Whether a host was taken.
    pub(crate) gains: bool,
    /// Whether a monitor saw it.
    pub(crate) seen: bool,
    /// Hours until the next step.
    pub(crate) wait: f64,
}

/// The intruder's step.
pub(crate) fn step(rng: &mut impl Rng, visibility: &[f64; SEGMENTS]) -> Step {
    let to = rng.random_range(0..SEGMENTS);
    let gains = rng.random::<f64>() < 0.35;
    let seen = rng.random::<f64>() < visibility[to];
    Step { to, gains, seen, wait: 9.0 * rng.sample::<f64, _>(Exp1) }
}

/// Hours to the next false alert.
pub(crate) fn noise(rng: &mut impl Rng) -> f64 {
    14.0 * rng.sample::<f64, _>(Exp1)
}

/// Hours an analyst needs, and whether a real alert is recognised.
pub(crate) fn triage(rng: &mut impl Rng) -> (f64, bool) {
    let work = LogNormal::new(LN_0_4, 0.8).expect("a positive sigma").sample(rng);
    (work, rng.random::<f64>() < 0.3)
}

/// A cohort's week: its complaints, which cost trust.
#[expect(clippy::disallowed_methods, reason = "as users of these tools write it")]
pub(crate) fn week(rng: &mut impl Rng, cohort: &mut Cohort) -> u64 {
    let chance = 2e-5 * (2.0 - cohort.trust);
    let count = Binomial::new(cohort.size, chance).expect("a chance below one").sample(rng);
    cohort.trust *= (-(count as f64) / cohort.size as f64).exp();
    count
}

/// Hours that a statement takes.
pub(crate) fn review(rng: &mut impl Rng) -> f64 {
    LogNormal::new(LN_20, 0.5).expect("a positive sigma").sample(rng)
}
