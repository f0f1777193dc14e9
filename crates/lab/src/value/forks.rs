//! Forks: each world once as it is, and once for every other option of each decision answered in it.

use hotwash_engine::RunKey;

use crate::arm::{Arm, Reply};
use crate::bench::{Bench, Seat};
use crate::error::LabError;
use crate::layout::Layout;
use crate::replications;

/// What is forked, and what is kept of it.
///
/// A batch's numbers are worlds one after the other. A world is: its metrics; for each decision the
/// hour when it was asked and the option taken; for each decision answered and each other option, in
/// order, the metrics of the fork.
pub(super) struct Forks {
    pub(super) arm: Arm,
    /// The arm with another answer, by decision and option.
    variants: Vec<Vec<Arm>>,
    pub(super) layout: Layout,
    /// Positions of the metrics that are kept.
    pub(super) metrics: Vec<usize>,
    pub(super) seed: u64,
    pub(super) worlds: u64,
}

/// A world and its forks, as kept.
pub(super) struct Forked<'a> {
    /// Metrics under the policy.
    pub(super) base: &'a [f64],
    /// By decision: hours from STARTEX until it came up.
    pub(super) asked_hours: Vec<Option<f64>>,
    /// By decision: the option taken.
    pub(super) taken: Vec<Option<usize>>,
    /// By decision and option: metrics under it; no options where the decision was not answered.
    pub(super) options: Vec<Vec<&'a [f64]>>,
}

impl Forked<'_> {
    /// How many runs it took.
    pub(super) fn runs(&self) -> u64 {
        1 + self.options.iter().map(|o| o.len().saturating_sub(1) as u64).sum::<u64>()
    }
}

impl Forks {
    pub(super) fn new(
        arm: Arm,
        layout: Layout,
        metrics: Vec<usize>,
        seed: u64,
        worlds: u64,
    ) -> Self {
        let variants = layout.decisions.iter().enumerate().map(|(number, decision)| {
            let options = 0..decision.options.len();
            options.map(|option| variant(&arm, number as u16, option)).collect()
        });
        let variants = variants.collect();
        Forks { arm, variants, layout, metrics, seed, worlds }
    }

    /// The arm with another answer to a decision.
    #[cfg(test)]
    pub(super) fn variant(&self, decision: usize, option: usize) -> Arm {
        self.variants[decision][option].clone()
    }

    /// At most this many runs make a world.
    pub(super) fn most_runs(&self) -> u64 {
        1 + self.layout.decisions.iter().map(|d| d.options.len() as u64 - 1).sum::<u64>()
    }

    pub(super) fn work(
        &self,
        bench: &mut Bench<'_>,
        batch: u64,
        out: &mut Vec<f64>,
    ) -> Result<(), LabError> {
        // Variants differ from the arm in replies alone, so one simulation serves all.
        let seat = bench.seat(&self.arm)?;
        let (mut values, mut row) = (Vec::new(), Vec::with_capacity(self.layout.width()));
        for replication in replications(batch, self.worlds) {
            let key = RunKey { seed: self.seed, replication };
            let mut run = |seat: &mut Seat, arm: &Arm, row: &mut Vec<f64>| {
                row.clear();
                seat.run(arm, key).map(|sim| self.layout.write(sim, &mut values, row))
            };
            run(seat, &self.arm, &mut row)?;
            out.extend(self.metrics.iter().map(|m| row[*m]));
            let base = self.layout.row(&row);
            let decisions = 0..self.layout.decisions.len();
            let states: Vec<_> = decisions.map(|d| (base.asked_hours(d), base.taken(d))).collect();
            for (asked, taken) in &states {
                out.push(asked.unwrap_or(f64::NAN));
                out.push(taken.map_or(f64::NAN, |option| option as f64));
            }
            for (decision, (asked, taken)) in states.into_iter().enumerate() {
                let Some(taken) = taken else { continue };
                for (option, arm) in self.variants[decision].iter().enumerate() {
                    if option == taken {
                        continue;
                    }
                    run(seat, arm, &mut row)?;
                    out.extend(self.metrics.iter().map(|m| row[*m]));
                    let fork = self.layout.row(&row);
                    if (fork.asked_hours(decision), fork.taken(decision)) != (asked, Some(option)) {
                        return Err(self.untrue(decision, option, replication));
                    }
                }
            }
        }
        Ok(())
    }

    /// A fork that did not come to its decision as the world it was forked from.
    fn untrue(&self, decision: usize, option: usize, replication: u64) -> LabError {
        let info = &self.layout.decisions[decision];
        LabError::Bug(format!(
            "world {replication} came to decision `{}` otherwise when `{}` was to be taken there",
            info.name, info.options[option]
        ))
    }

    /// The worlds of a batch.
    pub(super) fn read<'a>(&self, mut numbers: &'a [f64]) -> Vec<Forked<'a>> {
        let known = |value: f64| (!value.is_nan()).then_some(value);
        let mut worlds = Vec::new();
        while !numbers.is_empty() {
            let base = take(&mut numbers, self.metrics.len());
            let states = take(&mut numbers, 2 * self.layout.decisions.len());
            let asked_hours = states.iter().step_by(2).map(|hours| known(*hours)).collect();
            let taken: Vec<Option<usize>> =
                states.iter().skip(1).step_by(2).map(|t| known(*t).map(|t| t as usize)).collect();
            let options = taken.iter().zip(&self.layout.decisions).map(|(taken, decision)| {
                let Some(taken) = *taken else { return Vec::new() };
                let mut metrics = |option| {
                    if option == taken { base } else { take(&mut numbers, self.metrics.len()) }
                };
                (0..decision.options.len()).map(&mut metrics).collect()
            });
            let options = options.collect();
            worlds.push(Forked { base, asked_hours, taken, options });
        }
        worlds
    }
}

fn take<'a>(numbers: &mut &'a [f64], count: usize) -> &'a [f64] {
    let (first, rest) = numbers.split_at(count);
    *numbers = rest;
    first
}

/// The arm with another answer at the moment when it would have answered.
fn variant(arm: &Arm, decision: u16, option: usize) -> Arm {
    let reply = match arm.replies().get(&decision) {
        Some(Reply::AtOnce(_)) => Reply::AtOnce(option),
        _ => Reply::Instead(option),
    };
    arm.clone().with_reply(decision, reply)
}
