//! Decisions: whether what is chosen makes a difference, whether one option beats all others, whether the
//! time to decide can run out.

use hotwash_scenario::DecisionSpec;

use super::{Case, ENOUGH, degree_of, severity_of};
use crate::critic::claims::Claims;
use crate::critic::contrast::{Contrast, is_clear, is_same};
use crate::critic::finding::{Degree, Finding, Kind, Severity};
use crate::critic::world::{Fork, World};

/// Probability that any claim of a dominance is wrong.
const LEVEL: f64 = 0.05;

/// The forks of a decision under one way: by world, by option.
struct Forked<'a> {
    way: &'a str,
    worlds: Vec<&'a [Fork]>,
    /// Numbers of the worlds.
    numbers: Vec<usize>,
}

impl Forked<'_> {
    fn contrast(&self, a: usize, b: usize, metric: usize) -> Contrast {
        let columns = self.worlds.iter();
        Contrast::of(columns.map(|w| (w[a].metrics[metric], w[b].metrics[metric])))
    }
}

/// How one option stands to another.
struct Standing {
    better_on: Vec<usize>,
}

impl Case<'_> {
    /// Judges decisions; says of which nothing could be said, for they came up in too few worlds.
    pub(super) fn options(&self, out: &mut Vec<Finding>) -> Vec<String> {
        let mut unjudged = Vec::new();
        let options: usize = self.plan.layout.decisions.iter().map(|d| d.options.len()).sum();
        for (number, decision) in self.scenario.decisions().iter().enumerate() {
            if self.all.asked[number] == 0.0 {
                continue;
            }
            let forked = self.forked(number);
            if forked.iter().all(|f| f.worlds.len() < ENOUGH) {
                unjudged.push(decision.name.to_string());
            }
            let degree = self.degree(number, &forked);
            if let Some(kind) = self.out_of_play(number, decision, degree) {
                out.push(Finding::new(Severity::Fault, Some(decision.stands_at()), kind));
                continue;
            }
            self.difference(decision, &forked, degree, out);
            self.limit(number, decision, out);
            // A dominating option and a dominated expectation are told of each option at most.
            let level = LEVEL / (2 * options.max(1)) as f64;
            self.dominance(decision, &forked, level, out);
        }
        unjudged
    }

    fn forked(&self, decision: usize) -> Vec<Forked<'_>> {
        let ways = self.plan.ways.iter().zip(self.played);
        let forked = ways.map(|(way, played)| {
            let worlds = played.worlds.iter().enumerate();
            let forked = worlds.filter(|(_, w)| !w.forks[decision].is_empty());
            let (numbers, worlds) =
                forked.map(|(n, w): (usize, &World)| (n, w.forks[decision].as_slice())).unzip();
            Forked { way: way.name(), worlds, numbers }
        });
        forked.filter(|f| !f.worlds.is_empty()).collect()
    }

    /// How far the options of a decision make no difference; nothing when they do make one, or when
    /// nothing was compared.
    fn degree(&self, decision: usize, forked: &[Forked<'_>]) -> Option<Degree> {
        let worlds = || forked.iter().flat_map(|f| f.worlds.iter());
        let compared = worlds().count();
        if compared == 0 {
            return None;
        }
        let moves = |w: &&&[Fork]| {
            let first = &w[0].metrics;
            let differs = |f: &Fork| !f.metrics.iter().zip(first).all(|(a, b)| is_same(*a, *b));
            w.iter().any(differs)
        };
        let differing = worlds().filter(moves).count();
        if differing == 0 {
            let is_quiet = worlds().all(|w| w.iter().all(|fork| !fork.differs));
            return Some(if is_quiet { Degree::Identical } else { Degree::JournalOnly });
        }
        let contrasts = self.contrasts(decision, forked);
        let most = contrasts.iter().map(|c| c.differing).max().unwrap_or(0);
        degree_of(differing, compared, most, || is_clear(&contrasts))
    }

    /// Every two options of a decision on every metric under every way.
    fn contrasts(&self, decision: usize, forked: &[Forked<'_>]) -> Vec<Contrast> {
        let options = self.plan.layout.decisions[decision].options.len();
        let metrics = self.plan.layout.metrics.len();
        let pairs = (0..options).flat_map(|a| (0..a).map(move |b| (a, b)));
        let pairs: Vec<(usize, usize)> = pairs.collect();
        let mut all = Vec::new();
        for forked in forked {
            for (a, b) in &pairs {
                all.extend((0..metrics).map(|metric| forked.contrast(*a, *b, metric)));
            }
        }
        all
    }

    fn difference(
        &self,
        decision: &DecisionSpec,
        forked: &[Forked<'_>],
        degree: Option<Degree>,
        out: &mut Vec<Finding>,
    ) {
        let Some(degree) = degree else { return };
        let mut numbers: Vec<usize> = forked.iter().flat_map(|f| f.numbers.clone()).collect();
        numbers.sort_unstable();
        numbers.dedup();
        let at_most = Claims(self.plan.limits.len()).at_most(numbers.len() as u64);
        let is_alike = degree == Degree::Identical;
        let severity = if is_alike { severity_of(at_most) } else { Severity::Doubt };
        let kind = Kind::OptionsMakeNoDifference {
            decision: decision.name.to_string(),
            degree,
            compared: forked.iter().map(|f| f.worlds.len() as u64).sum(),
            worlds: numbers.len() as u64,
            at_most,
        };
        out.push(Finding::new(severity, Some(decision.stands_at()), kind));
    }

    /// A decision that people never take: before STARTEX, or so late that its time cannot run out and no
    /// answer moves anything.
    fn out_of_play(
        &self,
        number: usize,
        decision: &DecisionSpec,
        degree: Option<Degree>,
    ) -> Option<Kind> {
        let is_early = self.all.in_play[number] == 0.0;
        let is_idle = matches!(degree, Some(Degree::Identical | Degree::JournalOnly));
        let is_late = self.all.can_run_out[number] == 0.0 && is_idle;
        (is_early || is_late).then(|| Kind::DecisionOutOfPlay {
            decision: decision.name.to_string(),
            is_early,
            runs: self.all.asked[number] as u64,
        })
    }

    fn limit(&self, number: usize, decision: &DecisionSpec, out: &mut Vec<Finding>) {
        if self.all.can_run_out[number] > 0.0 {
            return;
        }
        let kind = Kind::LimitNeverBinds {
            decision: decision.name.to_string(),
            limit: decision.limit.to_string(),
            runs: self.all.asked[number] as u64,
        };
        out.push(Finding::new(Severity::Fault, Some(decision.stands_at()), kind));
    }

    fn dominance(
        &self,
        decision: &DecisionSpec,
        forked: &[Forked<'_>],
        level: f64,
        out: &mut Vec<Finding>,
    ) {
        let judged: Vec<&Forked<'_>> = forked.iter().filter(|f| f.worlds.len() >= ENOUGH).collect();
        let options = 0..decision.options.len();
        let stands = |a, b| self.stands(forked, a, b, level);
        let name = |option: usize| decision.options[option].name.to_string();
        let metrics = |mut list: Vec<usize>| -> Vec<String> {
            list.sort_unstable();
            list.dedup();
            list.into_iter().map(|m| self.plan.layout.metrics[m].name.to_owned()).collect()
        };
        let ways: Vec<String> = judged.iter().map(|f| f.way.to_owned()).collect();
        let worlds = judged.iter().map(|f| f.worlds.len() as u64).min().unwrap_or(0);
        let claims = 2 * self.plan.layout.decisions.iter().map(|d| d.options.len()).sum::<usize>();
        let at_most = Claims(claims * self.headline().len()).at_most(worlds);
        let at = Some(decision.stands_at());
        // What the vendor's money buys may be a duty or a good that the model does not count.
        let is_thrift = |better_on: &[usize]| {
            let metrics = better_on.iter().map(|m| &self.plan.layout.metrics[*m]);
            metrics.into_iter().all(|m| m.unit == "USD" && m.bearer == "vendor")
        };
        let severity = |better: &[usize]| {
            if is_thrift(better) { Severity::Doubt } else { severity_of(at_most) }
        };
        let mut push = |better: &[usize], kind| out.push(Finding::new(severity(better), at, kind));
        for option in options.clone().filter(|_| options.len() > 1) {
            let others = options.clone().filter(|other| *other != option);
            let beats: Option<Vec<Standing>> = others.map(|other| stands(option, other)).collect();
            if let Some(beats) = beats {
                let better: Vec<usize> = beats.into_iter().flat_map(|s| s.better_on).collect();
                let kind = Kind::OptionDominates {
                    decision: decision.name.to_string(),
                    option: name(option),
                    better_on: metrics(better.clone()),
                    ways: ways.clone(),
                    worlds,
                    at_most,
                };
                push(&better, kind);
            }
        }
        let Some(expected) = decision.expected else { return };
        let better =
            options.filter(|o| *o != expected).find_map(|o| Some((o, stands(o, expected)?)));
        if let Some((option, standing)) = better {
            let kind = Kind::ExpectedIsWorse {
                decision: decision.name.to_string(),
                expected: name(expected),
                option: name(option),
                better_on: metrics(standing.better_on.clone()),
                ways,
                worlds,
                at_most,
            };
            push(&standing.better_on, kind);
        }
    }

    /// Whether an option is better than another on the headline: under every way with worlds enough, on
    /// each metric the two are the same in every world or the first is clearly better, and at least once
    /// it is; under the others no mean speaks against it.
    fn stands(&self, forked: &[Forked<'_>], a: usize, b: usize, level: f64) -> Option<Standing> {
        let mut better_on = Vec::new();
        for forked in forked {
            for (metric, is_higher) in self.headline() {
                let contrast = forked.contrast(a, b, metric);
                if contrast.differing == 0 {
                    continue;
                }
                let toward = if is_higher { contrast.mean() } else { -contrast.mean() };
                // Where just one of them has a value, none of the two can be called better.
                if contrast.alone > 0 || toward < 0.0 {
                    return None;
                }
                if forked.worlds.len() < ENOUGH {
                    continue;
                }
                if contrast.p_value() > level {
                    return None;
                }
                better_on.push(metric);
            }
        }
        (!better_on.is_empty()).then_some(Standing { better_on })
    }
}
