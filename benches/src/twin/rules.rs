//! The toy model's rules, shared by both twins: an intruder in 24 segments, three analysts with a
//! queue, a press office, eight cohorts of customers with weekly complaints; 182 days.

use hotwash_engine::Draw;

/// How many of each.
pub(crate) const SEGMENTS: usize = 24;
/// Analysts on duty.
pub(crate) const ANALYSTS: usize = 3;
/// Cohorts of customers.
pub(crate) const COHORTS: usize = 8;
/// Milliseconds in an hour.
pub(crate) const HOUR: i64 = 3_600_000;
/// Length of a run.
pub(crate) const HORIZON: i64 = 182 * 24 * HOUR;

/// A part of the network.
#[derive(Clone, Copy, Default)]
pub(crate) struct SegmentState {
    /// Hosts taken.
    pub taken: u32,
    /// Chance that a step here is seen.
    pub visibility: f64,
}

/// Customers of one country.
#[derive(Clone, Copy)]
pub(crate) struct CohortState {
    /// How many.
    pub size: u64,
    /// Trust, 0 to 1.
    pub trust: f64,
    /// Complaints so far.
    pub complaints: u64,
}

/// What the intruder's step does.
pub(crate) struct Step {
    /// Segment moved to.
    pub to: usize,
    /// Whether a host was taken.
    pub gains: bool,
    /// Whether a monitor saw it.
    pub seen: bool,
    /// Milliseconds until the next step.
    pub wait: i64,
}

/// Initial visibility of a segment.
pub(crate) fn visibility(segment: usize) -> f64 {
    0.01 + 0.002 * segment as f64
}

/// Initial size of a cohort.
pub(crate) fn size(cohort: usize) -> u64 {
    250_000 * (cohort as u64 + 1)
}

/// The intruder's step.
pub(crate) fn step(draw: &mut Draw, visibility_of: impl Fn(usize) -> f64) -> Step {
    let to = draw.below(SEGMENTS as u64) as usize;
    let gains = draw.chance(0.35);
    let seen = draw.chance(visibility_of(to));
    Step { to, gains, seen, wait: (draw.exponential(9.0) * HOUR as f64) as i64 }
}

/// Milliseconds to the next false alert.
pub(crate) fn noise(draw: &mut Draw) -> i64 {
    (draw.exponential(14.0) * HOUR as f64) as i64
}

/// Milliseconds an analyst needs, and whether a real alert is recognised.
pub(crate) fn triage(draw: &mut Draw) -> (i64, bool) {
    ((draw.lognormal(0.4, 0.8) * HOUR as f64) as i64, draw.chance(0.3))
}

/// Complaints of a cohort in a week.
pub(crate) fn complaints(draw: &mut Draw, cohort: &CohortState) -> u64 {
    draw.binomial(cohort.size, 2e-5 * (2.0 - cohort.trust))
}

/// Trust after a week.
pub(crate) fn trust(cohort: &CohortState, complaints: u64) -> f64 {
    cohort.trust * libm::exp(-(complaints as f64) / cohort.size as f64)
}

/// Milliseconds that a statement takes.
pub(crate) fn review(draw: &mut Draw) -> i64 {
    (draw.lognormal(20.0, 0.5) * HOUR as f64) as i64
}

/// What a run comes to; `log` is a hash over every event in order.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Outcome {
    /// Events handled.
    pub events: u64,
    /// Hash of (time, kind, value) of each.
    pub log: u64,
    /// Hosts taken.
    pub taken: u64,
    /// Alerts recognised.
    pub found: u64,
    /// Complaints.
    pub complaints: u64,
    /// Statements.
    pub statements: u64,
}

impl Outcome {
    /// Adds an event to the log's hash.
    #[inline]
    pub(crate) fn log(&mut self, at: i64, kind: u64, value: u64) {
        self.events += 1;
        let word = (at as u64) ^ kind.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ value.rotate_left(32);
        self.log = (self.log ^ word).wrapping_mul(0x0000_0100_0000_01b3).rotate_left(17);
    }
}
