//! What is gathered over runs for an expectation, and what looks at it say.

use hotwash_scenario::{Bound, Expected};

use super::rule::{Call, looks, mean_needs, of_mean, of_quantile, of_share, share_needs, spent};
use super::{Found, Looked, NumberFound, Outcome, ShareFound};
use crate::stats::{Moments, difference};

/// What is gathered over runs.
pub(super) enum Sample {
    Share { bound: Bound, hits: u64, counted: u64, against: Option<u64> },
    Mean { metric: String, unit: String, bound: Bound, moments: Moments },
    Quantile { p: f64, metric: String, unit: String, bound: Bound, values: Vec<f64> },
}

/// A sample with its looks.
pub(super) struct Trial {
    pub(super) sample: Sample,
    looks: Vec<u64>,
    /// Looks taken.
    taken: usize,
    worlds: u64,
    risk: f64,
    /// The last look's verdict.
    call: Call,
}

impl Trial {
    pub(super) fn new(what: &Expected, unit: &str, first: u64, most: u64, risk: f64) -> Trial {
        let unit = unit.to_owned();
        let sample = match what {
            Expected::Share { share, .. } | Expected::Beats { share, .. } => {
                Sample::Share { bound: *share, hits: 0, counted: 0, against: None }
            }
            Expected::Mean { metric, bound } => Sample::Mean {
                metric: metric.clone(),
                unit,
                bound: *bound,
                moments: Moments::default(),
            },
            Expected::Quantile { p, metric, bound } => Sample::Quantile {
                p: *p,
                metric: metric.clone(),
                unit,
                bound: *bound,
                values: Vec::new(),
            },
            Expected::Fact(_) => unreachable!("a fact is of one run"),
        };
        let looks = looks(first, most);
        Trial { sample, looks, taken: 0, worlds: 0, risk, call: Call::Open }
    }

    /// The number of worlds at the next look; nothing once there is a verdict.
    pub(super) fn next_look(&self) -> Option<u64> {
        if self.call == Call::Open { self.looks.get(self.taken).copied() } else { None }
    }

    /// Takes the numbers of a world: whether it counts and whether it is a hit for a share, the value
    /// for the others; NaN stands for none.
    pub(super) fn push(&mut self, replication: u64, numbers: [f64; 2]) {
        let Some(next) = self.next_look() else { return };
        self.worlds += 1;
        match &mut self.sample {
            Sample::Share { bound, hits, counted, against } if numbers[0] == 1.0 => {
                *counted += 1;
                let is_hit = numbers[1] == 1.0;
                *hits += u64::from(is_hit);
                if is_hit == matches!(bound, Bound::AtMost(_)) {
                    against.get_or_insert(replication);
                }
            }
            Sample::Mean { moments, .. } if !numbers[0].is_nan() => moments.push(numbers[0]),
            Sample::Quantile { values, .. } if !numbers[0].is_nan() => values.push(numbers[0]),
            _ => {}
        }
        if self.worlds == next {
            self.taken += 1;
            self.call = self.look().0;
        }
    }

    fn alpha(&self) -> f64 {
        spent(self.risk, self.looks.len())
    }

    /// What the runs so far say.
    fn look(&self) -> (Call, Found) {
        let (alpha, looks) = (self.alpha(), self.looked());
        match &self.sample {
            Sample::Share { bound, hits, counted, against } => {
                let (bound, hits, counted, against) = (*bound, *hits, *counted, *against);
                let (call, share) = of_share(hits, counted, bound, alpha);
                let found = ShareFound { share, bound, hits, counted, looks, against };
                (call, Found::Share(found))
            }
            Sample::Mean { metric, unit, bound, moments } => {
                let (call, estimate) = of_mean(moments, *bound, alpha);
                let (metric, unit) = (metric.clone(), unit.clone());
                let (bound, counted) = (*bound, moments.count());
                let found = NumberFound { p: None, metric, unit, estimate, bound, counted, looks };
                (call, Found::Number(found))
            }
            Sample::Quantile { p, metric, unit, bound, values } => {
                let mut rising = values.clone();
                rising.sort_by(f64::total_cmp);
                let (call, estimate) = of_quantile(&rising, *p, *bound, alpha);
                let (metric, unit) = (metric.clone(), unit.clone());
                let (p, bound, counted) = (Some(*p), *bound, values.len() as u64);
                let found = NumberFound { p, metric, unit, estimate, bound, counted, looks };
                (call, Found::Number(found))
            }
        }
    }

    fn looked(&self) -> Looked {
        let (worlds, look, of) = (self.worlds, self.taken, self.looks.len());
        Looked { worlds, look, of, risk: self.risk }
    }

    /// What came out.
    pub(super) fn verdict(&self) -> (Outcome, Found) {
        let found = self.look().1;
        let outcome = match self.call {
            Call::Held => Outcome::Held,
            Call::Failed => Outcome::Failed,
            Call::Open => Outcome::Undecided(self.needs()),
        };
        (outcome, found)
    }

    /// About how many worlds would tell.
    fn needs(&self) -> Option<u64> {
        let alpha = self.alpha();
        let (needed, counted) = match &self.sample {
            Sample::Share { bound, hits, counted, .. } => {
                (share_needs(*hits, *counted, threshold(*bound), alpha), *counted)
            }
            Sample::Mean { bound, moments, .. } => {
                let distance = nearest(*bound, moments.mean());
                (mean_needs(moments.deviation(), distance, alpha), moments.count())
            }
            Sample::Quantile { p, bound, values, .. } => {
                let of = values.len() as u64;
                let (low, high) = bound.ends();
                let below = |end: f64| values.iter().filter(|v| **v <= end).count() as u64;
                // A quantile keeps a bound exactly if enough values do.
                let ends = [low, high].into_iter().filter(|end| end.is_finite());
                let needs: Option<Vec<u64>> =
                    ends.map(|end| share_needs(below(end), of, *p, alpha)).collect();
                (needs.and_then(|all| all.into_iter().max()), of)
            }
        };
        // Not every world counts.
        let factor = self.worlds as f64 / counted.max(1) as f64;
        needed.filter(|_| counted > 0).map(|n| ((n as f64 * factor).ceil() as u64).max(self.worlds))
    }
}

fn threshold(bound: Bound) -> f64 {
    match bound {
        Bound::AtLeast(share) | Bound::AtMost(share) | Bound::Exactly(share) => share,
        Bound::Between(low, _) => low,
    }
}

fn nearest(bound: Bound, value: f64) -> f64 {
    let (low, high) = bound.ends();
    difference(value, low).abs().min(difference(value, high).abs())
}
