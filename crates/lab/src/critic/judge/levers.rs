//! Levers: whether moving them does anything, and whether every value in their range can be had.

use super::{Case, degree_of, severity_of};
use crate::critic::claims::Claims;
use crate::critic::contrast::{Contrast, is_clear, is_same};
use crate::critic::finding::{Degree, Finding, Kind, Severity};
use crate::critic::world::{Fork, Moved, World};

impl Case<'_> {
    /// Judges levers; says which of those that nobody here sets have no effect at all. They are the
    /// plugins', and stand in nobody's text.
    pub(super) fn levers(&self, out: &mut Vec<Finding>) -> Vec<String> {
        let mut idle = Vec::new();
        for (lever, info) in self.plan.levers.iter().enumerate() {
            let moves: Vec<usize> =
                (0..self.plan.moves.len()).filter(|m| self.plan.moves[*m].lever == lever).collect();
            self.refused(&info.name, &moves, out);
            let (mut pairs, mut numbers) = (Vec::new(), Vec::new());
            for (way, played) in self.played.iter().enumerate() {
                for (number, world) in played.worlds.iter().enumerate() {
                    let moved = moves.iter().filter_map(|m| Some((*m, fork(world, *m)?)));
                    let before = pairs.len();
                    pairs.extend(moved.map(|(m, fork)| ((way, m), world, fork)));
                    if pairs.len() > before {
                        numbers.push(number);
                    }
                }
            }
            numbers.sort_unstable();
            numbers.dedup();
            let Some(degree) = self.lever_degree(&pairs) else { continue };
            if !info.is_set {
                idle.extend((degree == Degree::Identical).then(|| info.name.clone()));
                continue;
            }
            let values = moves.iter().map(|m| self.plan.moves[*m].value.clone()).collect();
            let at_most = Claims(self.plan.levers.len()).at_most(numbers.len() as u64);
            let is_alike = degree == Degree::Identical;
            let severity = if is_alike { severity_of(at_most) } else { Severity::Doubt };
            let kind = Kind::LeverWithoutEffect {
                lever: info.name.clone(),
                degree,
                values,
                compared: pairs.len() as u64,
                worlds: numbers.len() as u64,
                at_most,
            };
            out.push(Finding::new(severity, None, kind));
        }
        idle
    }

    /// How far a lever does nothing, from worlds as they are and with it moved; nothing when it does
    /// something, or nothing was compared.
    fn lever_degree(&self, pairs: &[((usize, usize), &World, &Fork)]) -> Option<Degree> {
        if pairs.is_empty() {
            return None;
        }
        let moves = |pair: &&((usize, usize), &World, &Fork)| {
            let metrics = pair.2.metrics.iter().zip(&pair.1.metrics);
            !metrics.clone().all(|(a, b)| is_same(*a, *b))
        };
        let differing = pairs.iter().filter(moves).count();
        if differing == 0 {
            let is_quiet = pairs.iter().all(|(_, _, fork)| !fork.differs);
            return Some(if is_quiet { Degree::Identical } else { Degree::JournalOnly });
        }
        let mut keys: Vec<(usize, usize)> = pairs.iter().map(|p| p.0).collect();
        keys.sort_unstable();
        keys.dedup();
        let mut contrasts = Vec::new();
        for key in keys {
            let of: Vec<_> = pairs.iter().filter(|p| p.0 == key).collect();
            contrasts.extend((0..self.plan.layout.metrics.len()).map(|metric| {
                Contrast::of(of.iter().map(|(_, w, f)| (f.metrics[metric], w.metrics[metric])))
            }));
        }
        let most = contrasts.iter().map(|c| c.differing).max().unwrap_or(0);
        degree_of(differing, pairs.len(), most, || is_clear(&contrasts))
    }

    fn refused(&self, lever: &str, moves: &[usize], out: &mut Vec<Finding>) {
        for number in moves {
            let ways = self.plan.ways.iter().zip(self.played);
            let is_refused = |world: &World| world.moves.get(*number) == Some(&Moved::Refused);
            let ways: Vec<String> = ways
                .filter(|(_, played)| played.worlds.iter().any(is_refused))
                .map(|(way, _)| way.name().to_owned())
                .collect();
            if !ways.is_empty() {
                let value = self.plan.moves[*number].value.clone();
                let kind = Kind::LeverRefused { lever: lever.to_owned(), value, ways };
                out.push(Finding::new(Severity::Fault, None, kind));
            }
        }
    }
}

/// The run of a world with a lever moved.
fn fork(world: &World, number: usize) -> Option<&Fork> {
    match world.moves.get(number)? {
        Moved::To(fork) => Some(fork),
        Moved::Not | Moved::Refused => None,
    }
}
