//! What forks come to: per option paired differences from the option taken, and the session's place
//! among other runs.

use hotwash_lab::findings::Measure;
use hotwash_lab::stats::{Moments, Pairs, Shape, difference, holm, quantile};

use super::forks::measures;
use super::tape::Turn;
use super::{Fork, ForkEffect, ForkedOption, Place, Worth};
use crate::session::Session;

/// One option and one measure.
#[derive(Clone, Default)]
struct EffectTally {
    here: Option<f64>,
    /// Futures that have a value.
    values: Moments,
    /// This option and the one taken, future by future.
    pairs: Pairs,
    /// Of the differences.
    shape: Shape,
    /// Futures in which only one of the two has a value.
    alone: u64,
}

impl EffectTally {
    fn push(&mut self, option: f64, taken: f64) {
        let known = |value: f64| (!value.is_nan()).then_some(value);
        self.values.extend(known(option));
        if let (Some(a), Some(b)) = (known(option), known(taken)) {
            // What differs by rounding is equal.
            let difference = difference(a, b);
            self.pairs.push(Some(if difference == 0.0 { b } else { a }), Some(b));
            self.shape.push(difference);
        } else {
            self.pairs.push(known(option), known(taken));
            self.alone += u64::from(option.is_nan() != taken.is_nan());
        }
    }

    fn p_value(&self) -> f64 {
        let differences = self.pairs.differences();
        let error = (differences.variance() / differences.count().max(1) as f64).sqrt();
        self.shape.p_value(differences.mean(), error)
    }

    fn effect(&self, better: &str, is_taken: bool, is_clear: bool) -> ForkEffect {
        let count = self.pairs.count();
        let [lower, same, higher] = self.pairs.order().map(|share| share.value);
        let shares = match better {
            _ if count == 0 => (0.0, 0.0, 0.0),
            "higher" => (higher, same, lower),
            _ => (lower, same, higher),
        };
        ForkEffect {
            here: self.here,
            mean: (self.values.count() > 0).then(|| self.values.interval()),
            values: self.values.count(),
            difference: (count > 0 && !is_taken).then(|| self.pairs.differences().interval()),
            shares,
            is_clear,
        }
    }
}

/// A decision that was taken and what its options come to.
struct TurnTally {
    /// As it is found before any run.
    fork: Fork,
    /// By option, then measure.
    options: Vec<Vec<EffectTally>>,
}

/// What has been absorbed of a study of forks.
pub(super) struct Tally {
    measures: Vec<Measure>,
    turns: Vec<TurnTally>,
    /// The session's own outcome, by measure.
    own: Vec<Option<f64>>,
    /// Values of runs by the policy alone, by measure.
    alone: Vec<Vec<f64>>,
    /// All forks' values, by measure: what a difference is measured against.
    all: Vec<Moments>,
    policy: String,
    wanted: u64,
    futures: u64,
    runs: u64,
}

impl Tally {
    pub(super) fn new(session: &Session, turns: &[Turn], metrics: &[usize], wanted: u64) -> Tally {
        let (sim, decisions) = (session.sim(), session.plan().scenario.english().decisions());
        let turns = turns.iter().map(|turn| {
            let spec = &decisions[turn.decision];
            let options = spec.options.iter().map(|option| ForkedOption {
                name: option.name.as_str().to_owned(),
                text: option.text.clone(),
                effects: Vec::new(),
            });
            TurnTally {
                options: vec![vec![EffectTally::default(); metrics.len()]; spec.options.len()],
                fork: Fork {
                    decision: spec.name.as_str().to_owned(),
                    ask: spec.ask.clone(),
                    ms: turn.at.ms(),
                    taken: turn.taken,
                    options: options.collect(),
                    stake: 0.0,
                },
            }
        });
        let mut values = Vec::new();
        if session.is_over() {
            sim.read_metrics(&mut values);
        }
        let own = |m: &usize| values.get(*m).copied().flatten().filter(|v| v.is_finite());
        Tally {
            measures: measures(sim, metrics),
            turns: turns.collect(),
            own: metrics.iter().map(own).collect(),
            alone: vec![Vec::new(); metrics.len()],
            all: vec![Moments::default(); metrics.len()],
            policy: session.plan().policy.as_ref().map_or_else(
                || " (there is none: every default is taken)".to_owned(),
                |p| format!(" ({}: {})", p.name(), p.summary().trim_end_matches('.')),
            ),
            wanted,
            futures: 0,
            runs: 0,
        }
    }

    /// Takes every option as it goes with the session's own luck.
    pub(super) fn take_here(&mut self, numbers: &[f64]) {
        let mut rows = numbers.chunks_exact(self.measures.len().max(1));
        for option in self.turns.iter_mut().flat_map(|turn| &mut turn.options) {
            let Some(row) = rows.next() else { return };
            self.runs += 1;
            for (effect, value) in option.iter_mut().zip(row) {
                effect.here = (!value.is_nan()).then_some(*value);
            }
        }
    }

    /// Takes some futures, and as many runs by the policy alone.
    pub(super) fn take_futures(&mut self, numbers: &[f64]) {
        let mut rows = numbers.chunks_exact(self.measures.len().max(1));
        while rows.len() > 0 {
            for turn in &mut self.turns {
                let options: Vec<&[f64]> = rows.by_ref().take(turn.options.len()).collect();
                let Some(taken) = options.get(turn.fork.taken) else { return };
                for (effects, row) in turn.options.iter_mut().zip(&options) {
                    self.runs += 1;
                    for (m, effect) in effects.iter_mut().enumerate() {
                        effect.push(row[m], taken[m]);
                        self.all[m].extend((!row[m].is_nan()).then_some(row[m]));
                    }
                }
            }
            let Some(row) = rows.next() else { return };
            self.runs += 1;
            self.futures += 1;
            for (values, value) in self.alone.iter_mut().zip(row) {
                values.extend((!value.is_nan()).then_some(*value));
            }
        }
    }

    pub(super) fn finding(&self) -> Worth {
        let mut marks = self.marks().into_iter();
        let decisions: Vec<Fork> = self.turns.iter().map(|t| self.fork(t, &mut marks)).collect();
        Worth {
            futures: self.futures,
            wanted: self.wanted,
            runs: self.runs,
            measures: self.measures.clone(),
            decisions,
            places: (0..self.measures.len()).map(|m| self.place(m)).collect(),
            notes: self.notes(),
        }
    }

    /// Which differences are clear of chance when all are looked at together; the option taken has none.
    fn marks(&self) -> Vec<bool> {
        let tests = self.turns.iter().flat_map(|turn| {
            let options = turn.options.iter().enumerate();
            options.flat_map(|(option, effects)| {
                let is_taken = option == turn.fork.taken;
                effects.iter().map(move |effect| (!is_taken).then(|| effect.p_value()))
            })
        });
        let tests: Vec<Option<f64>> = tests.collect();
        let tested: Vec<f64> = tests.iter().flatten().copied().collect();
        let mut marks = holm(&tested).into_iter();
        tests.iter().map(|test| test.is_some() && marks.next() == Some(true)).collect()
    }

    fn fork(&self, turn: &TurnTally, marks: &mut impl Iterator<Item = bool>) -> Fork {
        let mut fork = turn.fork.clone();
        for (number, (option, effects)) in fork.options.iter_mut().zip(&turn.options).enumerate() {
            let is_taken = number == fork.taken;
            let effects = effects.iter().zip(&self.measures).map(|(effect, measure)| {
                effect.effect(measure.better, is_taken, marks.next().unwrap_or(false))
            });
            option.effects = effects.collect();
            for (effect, all) in option.effects.iter().zip(&self.all).filter(|(e, _)| e.is_clear) {
                // Where there is a clear difference, the runs do not all agree.
                let size = effect.difference.map_or(0.0, |d| d.value.abs() / all.deviation());
                fork.stake = fork.stake.max(size);
            }
        }
        fork
    }

    fn place(&self, measure: usize) -> Place {
        let mut rising = self.alone[measure].clone();
        rising.sort_by(f64::total_cmp);
        let value = self.own[measure];
        let share = |is_it: fn(f64) -> bool| {
            let count = value
                .map_or(0, |own| rising.iter().filter(|v| is_it(difference(**v, own))).count());
            count as f64 / rising.len().max(1) as f64
        };
        let at = |p: f64| quantile(&rising, p);
        Place {
            measure,
            value,
            worlds: self.futures,
            values: rising.len() as u64,
            quantiles: match [0.05, 0.25, 0.5, 0.75, 0.95].map(at) {
                [Some(a), Some(b), Some(c), Some(d), Some(e)] => Some([a, b, c, d, e]),
                _ => None,
            },
            lower: share(|d| d < 0.0),
            equal: share(|d| d == 0.0),
        }
    }

    /// How to read it.
    fn notes(&self) -> Vec<String> {
        let effects = self.turns.iter().flat_map(|turn| turn.options.iter().flatten());
        let alone = effects.filter(|e| e.alone > 0).count();
        let tests: usize =
            self.turns.iter().map(|t| (t.options.len() - 1) * self.measures.len()).sum();
        let policy = &self.policy;
        let mut notes = vec![
            "Every option starts from the very moment at which this team decided: everything that had \
             happened by then is held, everything that chance had not yet settled is drawn anew in each \
             future. All options meet the same futures, so that differences are paired."
                .to_owned(),
            format!(
                "After the fork the team is taken to answer as it did: the same option, as long after \
                 the question. What it never had to answer, and what came up after ENDEX, is answered by \
                 the policy{policy}. A team that saw things go another way might have answered otherwise."
            ),
            "\"Here\" is this session's own world: the same luck to the end. One world; the other \
             columns say how much of it was luck."
                .to_owned(),
            format!(
                "Intervals are 95 % each, for chance alone: that numbers of the model are guesses is not \
                 in them. Of {tests} differences those are called clear that hold together: the \
                 probability that any of them is chance is at most 5 % (Holm)."
            ),
            format!(
                "The ensemble is the same scenario with other luck from the beginning, in which the \
                 policy{policy} decides everything."
            ),
        ];
        if alone > 0 {
            notes.push(format!(
                "For {alone} of the figures there are futures in which one option has a value and the \
                 other has none, such as the time of something that never happens. Differences are over \
                 the futures in which both have one."
            ));
        }
        notes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tally(values: &[(f64, f64)]) -> EffectTally {
        let mut tally = EffectTally::default();
        values.iter().for_each(|(option, taken)| tally.push(*option, *taken));
        tally
    }

    #[test]
    fn what_never_happens_is_counted_and_not_compared() {
        let nan = f64::NAN;
        let tally = tally(&[(1.0, 3.0), (2.0, nan), (nan, 4.0), (nan, nan), (5.0, 5.0)]);
        let effect = tally.effect("lower", false, false);
        assert_eq!((effect.values, tally.alone), (3, 2));
        assert_eq!(effect.difference.map(|d| d.value), Some(-1.0));
        assert_eq!(effect.shares, (0.5, 0.5, 0.0));
        assert_eq!(tally.effect("higher", false, false).shares, (0.0, 0.5, 0.5));
        assert_eq!(tally.effect("lower", true, false).difference, None);
    }

    #[test]
    fn what_rounding_leaves_is_no_difference() {
        let tally = tally(&[(0.1 + 0.2, 0.3); 40]);
        let effect = tally.effect("lower", false, false);
        assert_eq!(effect.difference.map(|d| d.value), Some(0.0));
        assert_eq!((effect.shares, tally.p_value()), ((0.0, 1.0, 0.0), 1.0));
    }
}
