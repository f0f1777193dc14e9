//! What forks come to: for each option of each decision, paired differences from what the policy does.

use hotwash_engine::Better;
use hotwash_scenario::DecisionSpec;

use super::forks::{Forked, Forks};
use crate::findings::{Clear, DecisionWorth, Effect, OptionWorth, Pairing, Ranked};
use crate::stats::{
    LEAST_DIFFERING, Moments, Pairs, Sample, Shape, difference, holm, proportion, quantile,
};

const HOURS_A_DAY: f64 = 24.0;

/// Share of the variance from which on a difference counts as well paired: five times fewer runs.
const WELL: f64 = 0.8;

/// Most clear differences of a decision that its rank names beside the largest.
const FURTHER: usize = 2;

#[derive(Clone, Default)]
struct EffectTally {
    /// Option and policy, world by world.
    pairs: Pairs,
    /// Of the differences.
    shape: Shape,
    /// Option better, equal, policy better; lower, equal, higher where neither is.
    better: [u64; 3],
    /// Worlds in which just one of them has a value.
    alone: u64,
}

impl EffectTally {
    fn push(&mut self, option: f64, policy: f64, better: Better) {
        let known = |value: f64| (!value.is_nan()).then_some(value);
        if let (Some(a), Some(b)) = (known(option), known(policy)) {
            let difference = difference(a, b);
            // What differs by rounding is equal.
            self.pairs.push(Some(if difference == 0.0 { b } else { a }), Some(b));
            self.shape.push(difference);
            let toward = if better == Better::Higher { -difference } else { difference };
            let place = if toward < 0.0 { 0 } else { 1 + usize::from(toward > 0.0) };
            self.better[place] += 1;
        } else {
            self.pairs.push(known(option), known(policy));
            self.alone += u64::from(option.is_nan() != policy.is_nan());
        }
    }

    fn p_value(&self) -> f64 {
        let differences = self.pairs.differences();
        let error = (differences.variance() / differences.count().max(1) as f64).sqrt();
        self.shape.p_value(differences.mean(), error)
    }

    fn effect(&self, is_clear: bool) -> Effect {
        let count = self.pairs.count();
        Effect {
            count,
            alone: self.alone,
            better: self.better.map(|worlds| proportion(worlds, count)),
            share_difference: self.pairs.share_difference(),
            variance_removed: self.pairs.variance_removed(),
            is_clear,
        }
    }
}

#[derive(Clone, Default)]
struct OptionTally {
    taken: u64,
    effects: Vec<EffectTally>,
}

#[derive(Clone, Default)]
struct DecisionTally {
    asked_hours: Sample,
    answered: u64,
    /// Whether it is decided for all, whatever the policy says.
    is_fixed: bool,
    options: Vec<OptionTally>,
}

/// What has been absorbed of the forks.
pub(super) struct Worth {
    directions: Vec<Better>,
    decisions: Vec<DecisionTally>,
    /// Metrics over all runs.
    all: Vec<Moments>,
    pub(super) worlds: u64,
    pub(super) runs: u64,
}

impl Worth {
    pub(super) fn new(forks: &Forks) -> Self {
        let metrics = forks.metrics.len();
        let option = OptionTally { taken: 0, effects: vec![EffectTally::default(); metrics] };
        let fixed = forks.arm.replies();
        let decisions =
            forks.layout.decisions.iter().enumerate().map(|(number, decision)| DecisionTally {
                is_fixed: fixed.contains_key(&(number as u16)),
                options: vec![option.clone(); decision.options.len()],
                ..DecisionTally::default()
            });
        Worth {
            directions: forks.metrics.iter().map(|m| forks.layout.metrics[*m].better).collect(),
            decisions: decisions.collect(),
            all: vec![Moments::default(); metrics],
            worlds: 0,
            runs: 0,
        }
    }

    pub(super) fn absorb(&mut self, world: &Forked<'_>) {
        self.worlds += 1;
        self.runs += world.runs();
        see(&mut self.all, world.base);
        for (decision, tally) in self.decisions.iter_mut().enumerate() {
            world.asked_hours[decision].into_iter().for_each(|hours| tally.asked_hours.push(hours));
            let Some(taken) = world.taken[decision] else { continue };
            tally.answered += 1;
            tally.options[taken].taken += 1;
            for (option, values) in world.options[decision].iter().enumerate() {
                if option != taken {
                    see(&mut self.all, values);
                }
                let effects = tally.options[option].effects.iter_mut().zip(*values);
                for ((effect, value), (base, better)) in
                    effects.zip(world.base.iter().zip(&self.directions))
                {
                    effect.push(*value, *base, *better);
                }
            }
        }
    }

    /// What each decision is worth, and those with a clear difference, the largest first.
    pub(super) fn findings(&self, specs: &[DecisionSpec]) -> (Vec<DecisionWorth>, Vec<Ranked>) {
        let mut marks = self.marks().into_iter();
        let decisions = self.decisions.iter().zip(specs);
        let decisions: Vec<DecisionWorth> =
            decisions.map(|(tally, spec)| self.decision(tally, spec, &mut marks)).collect();
        let mut ranking: Vec<Ranked> =
            (0..decisions.len()).filter_map(|d| self.rank(d, &decisions[d])).collect();
        ranking.sort_by(|a, b| b.size.total_cmp(&a.size));
        (decisions, ranking)
    }

    /// Which differences are clear, decision by decision, option by option, metric by metric. Options
    /// that are taken in all worlds have no difference to test.
    fn marks(&self) -> Vec<bool> {
        let tests = self.decisions.iter().flat_map(|decision| {
            decision.options.iter().flat_map(|option| {
                let is_tested = option.taken < decision.answered;
                option.effects.iter().map(move |effect| is_tested.then(|| effect.p_value()))
            })
        });
        let tests: Vec<Option<f64>> = tests.collect();
        let tested: Vec<f64> = tests.iter().flatten().copied().collect();
        let mut marks = holm(&tested).into_iter();
        tests.iter().map(|test| test.is_some() && marks.next() == Some(true)).collect()
    }

    fn decision(
        &self,
        tally: &DecisionTally,
        spec: &DecisionSpec,
        marks: &mut impl Iterator<Item = bool>,
    ) -> DecisionWorth {
        let hours = tally.asked_hours.ranked();
        let days = [0.05, 0.5, 0.95].map(|p| hours.quantile(p).map(|h| h.value / HOURS_A_DAY));
        let most = tally.options.iter().map(|o| o.taken).max().unwrap_or(0);
        let usual = tally.options.iter().position(|o| o.taken == most && most > 0);
        let options = tally.options.iter().enumerate().map(|(number, option)| OptionWorth {
            option: spec.options[number].name.as_str().to_owned(),
            text: spec.options[number].text.clone(),
            is_taken: usual == Some(number),
            taken: proportion(option.taken, tally.answered),
            is_expected: spec.expected == Some(number),
            differences: option
                .effects
                .iter()
                .map(|e| (e.pairs.count() > 0).then(|| e.pairs.differences().interval()))
                .collect(),
            effects: option
                .effects
                .iter()
                .map(|e| e.effect(marks.next().unwrap_or(false)))
                .collect(),
        });
        DecisionWorth {
            decision: spec.name.as_str().to_owned(),
            is_fixed: tally.is_fixed,
            ask: spec.ask.clone(),
            asked: proportion(hours.count(), self.worlds),
            asked_count: hours.count(),
            answered: tally.answered,
            asked_day: match days {
                [Some(low), Some(middle), Some(high)] => Some([low, middle, high]),
                _ => None,
            },
            options: options.collect(),
        }
    }

    /// What pairing did for the differences that are not zero in every world.
    pub(super) fn pairing(&self) -> Option<Pairing> {
        let effects = self.decisions.iter().flat_map(|d| d.options.iter().flat_map(|o| &o.effects));
        let differ = effects.filter(|e| {
            let count = e.pairs.count();
            count >= LEAST_DIFFERING && e.better[1] < count
        });
        let mut removed: Vec<f64> = differ.filter_map(|e| e.pairs.variance_removed()).collect();
        removed.sort_by(f64::total_cmp);
        Some(Pairing {
            differences: removed.len() as u64,
            well_paired: removed.iter().filter(|share| **share >= WELL).count() as u64,
            median: quantile(&removed, 0.5)?,
        })
    }

    /// Standard deviation of each metric over all runs.
    pub(super) fn spreads(&self) -> Vec<f64> {
        self.all.iter().map(Moments::deviation).collect()
    }

    /// The largest clear difference of a decision, if it has any, and the next in other metrics.
    fn rank(&self, number: usize, worth: &DecisionWorth) -> Option<Ranked> {
        let share = worth.answered as f64 / self.worlds.max(1) as f64;
        let mut clear: Vec<Clear> = Vec::new();
        for (option, of) in worth.options.iter().enumerate() {
            for (measure, (difference, effect)) in
                of.differences.iter().zip(&of.effects).enumerate()
            {
                let Some(difference) = difference.filter(|_| effect.is_clear) else { continue };
                // Where there is a clear difference, the runs do not all agree.
                let size = difference.value.abs() * share / self.all[measure].deviation();
                clear.push(Clear { option, measure, size });
            }
        }
        clear.sort_by(|a, b| b.size.total_cmp(&a.size));
        let mut seen: Vec<usize> = Vec::new();
        clear.retain(|c| {
            !seen.contains(&c.measure) && {
                seen.push(c.measure);
                true
            }
        });
        let mut clear = clear.into_iter();
        let Clear { option, measure, size } = clear.next()?;
        let further = clear.take(FURTHER).collect();
        Some(Ranked { decision: number, option, measure, size, further })
    }
}

fn see(all: &mut [Moments], values: &[f64]) {
    for (moments, value) in all.iter_mut().zip(values) {
        if !value.is_nan() {
            moments.push(*value);
        }
    }
}
