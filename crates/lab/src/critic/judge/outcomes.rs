//! Outcomes and policies: what is always the same, who does the same, what has not come to rest.

use super::{Case, severity_of};
use crate::critic::contrast::{Contrast, is_same};
use crate::critic::finding::{Finding, Kind, Severity};
use crate::critic::world::{Moved, World};

/// Probability that any outcome is falsely told to be still moving.
const LEVEL: f64 = 0.05;

/// A difference of which this part came in the last tenth of the horizon, as much as in the nine before
/// it, hangs on when the scenario stops; so does one that would be gone in two tenths more.
const STILL: f64 = 0.5;

impl Case<'_> {
    pub(super) fn outcomes(&self, out: &mut Vec<Finding>) {
        let layout = &self.plan.layout;
        let headline: Vec<usize> =
            self.scenario.headline().filter_map(|name| layout.metric(name)).collect();
        for metric in &headline {
            self.spread(*metric, out);
        }
        self.alike(out);
        self.moving(&headline, out);
    }

    /// A headline metric that is the same in every run, whatever was chosen or moved.
    fn spread(&self, metric: usize, out: &mut Vec<Finding>) {
        let worlds = self.played.iter().flat_map(|p| &p.worlds);
        let mut values = worlds.flat_map(|world| values(world, metric));
        let Some(first) = values.next() else { return };
        if !values.all(|value| is_same(value, first)) {
            return;
        }
        let info = &self.plan.layout.metrics[metric];
        let kind = Kind::OutcomeWithoutSpread {
            metric: info.name.to_owned(),
            value: (!first.is_nan()).then_some(first),
            unit: info.unit.to_owned(),
            runs: self.all.runs as u64,
        };
        out.push(Finding::new(Severity::Fault, None, kind));
    }

    /// Policies with the same journal in every world.
    fn alike(&self, out: &mut Vec<Finding>) {
        for ((first, ours), (second, theirs)) in self.pairs() {
            if ours.iter().zip(theirs).all(|(a, b)| a.print == b.print) {
                let kind = Kind::PoliciesAlike {
                    first: first.to_owned(),
                    second: second.to_owned(),
                    worlds: self.worlds,
                    at_most: self.claims.at_most(self.worlds),
                };
                let severity = severity_of(self.claims.at_most(self.worlds));
                out.push(Finding::new(severity, None, kind));
            }
        }
    }

    /// Every two policies, each with its worlds.
    fn pairs(&self) -> Vec<(Policy<'_>, Policy<'_>)> {
        let all: Vec<Policy<'_>> = self.by_policy().collect();
        let pairs = (0..all.len()).flat_map(|second| (0..second).map(move |first| (first, second)));
        pairs.map(|(first, second)| (all[first], all[second])).collect()
    }

    /// Headline metrics in which the difference between two policies has not come to rest. What grows
    /// alike under both, such as daily work, cancels out.
    fn moving(&self, headline: &[usize], out: &mut Vec<Finding>) {
        let pairs = self.pairs();
        let level = LEVEL / (pairs.len() * headline.len()).max(1) as f64;
        for metric in headline {
            let info = &self.plan.layout.metrics[*metric];
            let mut worst: Option<(f64, Kind)> = None;
            for ((first, ours), (second, theirs)) in &pairs {
                let (end, moved) = course(*metric, ours, theirs);
                // By how much it has moved at least, for how large it is at most.
                let (end_at, moved_by) = (end.interval(), moved.interval());
                let least = moved_by.low.max(-moved_by.high).max(0.0);
                let part = least / end_at.low.abs().max(end_at.high.abs());
                let is_worse = worst.as_ref().is_none_or(|(most, _)| part > *most);
                if part >= STILL && moved.p_value() <= level && is_worse {
                    let kind = Kind::OutcomeStillMoving {
                        metric: info.name.to_owned(),
                        unit: info.unit.to_owned(),
                        between: [(*first).to_owned(), (*second).to_owned()],
                        at_end: end.mean(),
                        moved: moved.interval(),
                    };
                    worst = Some((part, kind));
                }
            }
            if let Some((_, kind)) = worst {
                out.push(Finding::new(Severity::Doubt, None, kind));
            }
        }
    }
}

/// A policy's name and its worlds.
type Policy<'a> = (&'a str, &'a [World]);

/// The difference in a metric between two policies: at the end, and how it moved in the last tenth of
/// the horizon. What is settled at the end itself, such as fines, is left out. Only worlds count in which
/// both have a value at both times.
fn course(metric: usize, ours: &[World], theirs: &[World]) -> (Contrast, Contrast) {
    let both = ours.iter().zip(theirs);
    let differences: Vec<(f64, f64)> = both
        .map(|(a, b)| (a.close[metric] - b.close[metric], a.late[metric] - b.late[metric]))
        .filter(|(end, late)| !end.is_nan() && !late.is_nan())
        .collect();
    let end = Contrast::of(differences.iter().map(|(end, _)| (*end, 0.0)));
    (end, Contrast::of(differences))
}

/// A metric in all runs of a world.
fn values(world: &World, metric: usize) -> impl Iterator<Item = f64> + '_ {
    let forks = world.forks.iter().flatten().map(move |fork| fork.metrics[metric]);
    let moves = world.moves.iter().filter_map(move |moved| match moved {
        Moved::To(fork) => Some(fork.metrics[metric]),
        Moved::Not | Moved::Refused => None,
    });
    std::iter::once(world.metrics[metric]).chain(forks).chain(moves)
}
