//! What a comparison finds, put together from what was kept.

use hotwash_engine::Better;

use crate::compare::precision::{missed_percent, thousands};
use crate::compare::tally::{Column, is_too_skewed};
use crate::compare::{COURSE, Compare, WATCHED, curves};
use crate::error::LabError;
use crate::findings::{ArmInfo, Compared, Comparison, Header, Measure, Paired};
use crate::stats::{Estimate, Pairs, is_told_apart};

/// Fewest values with which order statistics bound the 99 % quantile with 95 % confidence.
const ENOUGH_FOR_P99: u64 = 368;

impl Compare {
    /// What was found, over the worlds that were absorbed. The header's worlds, runs and notes are
    /// filled in.
    ///
    /// # Errors
    /// That a precision cannot be planned for, and why.
    pub fn finding(mut self, header: Header) -> Result<Comparison, LabError> {
        if let Some(Err(_)) = &self.plan
            && let Some(Err(error)) = self.plan.take()
        {
            return Err(error);
        }
        let metrics: Vec<Compared> = self.setup.shown.iter().map(|m| self.compared(*m)).collect();
        let losses = self.tally.losses.iter().map(|metric| {
            let (measure, columns) = (self.measure(*metric), self.tally.columns(*metric));
            curves::exceedance(measure, columns, &self.setup.tolerance)
        });
        let times = self.tally.times.iter().map(|metric| {
            let (measure, columns) = (self.measure(*metric), self.tally.columns(*metric));
            curves::survival(measure, columns, self.tally.worlds)
        });
        let watching = self.watching.iter().filter(|_| self.courses.worlds > 0);
        let courses = watching.map(|w| w.course(&self.courses, &self.startex)).collect();
        let arm = |arm: &crate::Arm| ArmInfo {
            name: arm.name().to_owned(),
            summary: arm.policy().map_or_else(String::new, |p| p.summary().to_owned()),
        };
        let arms = self.setup.arms.iter().map(arm).collect();
        let (losses, times) = (losses.collect(), times.collect());
        let mut header = Header { worlds: self.worlds(), runs: self.runs(), ..header };
        header.notes = self.notes(&metrics);
        let tolerance = self.setup.tolerance.clone();
        Ok(Comparison { header, arms, metrics, losses, times, courses, tolerance })
    }

    fn measure(&self, metric: usize) -> Measure {
        Measure::from(&self.setup.layout.metrics[metric])
    }

    fn compared(&self, metric: usize) -> Compared {
        let columns = self.tally.columns(metric).iter();
        let better = self.setup.layout.metrics[metric].better;
        let pairs = self.setup.pairs().into_iter().zip(self.tally.pairs(metric)).enumerate();
        Compared {
            measure: self.measure(metric),
            arms: columns.map(|column| column.summary(self.tally.worlds)).collect(),
            pairs: pairs
                .map(|(i, ((a, b), pair))| {
                    let difference = self.planned(metric, i, pair);
                    let difference = difference.unwrap_or_else(|| pair.differences().interval());
                    paired(a, b, pair, difference, better)
                })
                .collect(),
        }
    }

    /// The interval that belongs to the precision asked for, if all its worlds are there.
    fn planned(&self, metric: usize, pair: usize, pairs: &Pairs) -> Option<Estimate> {
        let plan = self.plan.as_ref()?.as_ref().ok()?;
        let is_whole = plan.metric() == metric && plan.worlds == self.tally.worlds;
        if is_whole { plan.interval(pair, pairs) } else { None }
    }

    fn notes(&self, metrics: &[Compared]) -> Vec<String> {
        let mut notes = Vec::new();
        if let Some(Ok(plan)) = &self.plan {
            notes.push(plan.sentence(&self.setup));
            if self.worlds() < plan.worlds {
                notes.push(format!(
                    "The study was stopped after {} worlds.",
                    thousands(self.worlds() as f64)
                ));
            }
        }
        notes.push(
            "The intervals say how well these runs know the model's answer. They do not say how well \
             the model knows the world: many of its numbers are guesses, and `hotwash sensitivity` \
             says which of them matter."
                .to_owned(),
        );
        let differences: usize = metrics.iter().map(|m| m.pairs.len()).sum();
        if differences > 1 {
            notes.push(format!(
            "Each interval by itself misses in one of twenty studies: of the {differences} mean \
             differences here, {:.1} would look clear by chance if none were real.",
            differences as f64 / 20.0
            ));
        }
        if metrics.iter().flat_map(|m| &m.arms).any(|arm| arm.count < self.tally.worlds) {
            notes.push(
                "A metric that has no value in some worlds is summed up over those in which it has \
                 one, and differences over those in which both policies have one. These worlds are \
                 not a fair sample of all: read the share of worlds with a value first."
                    .to_owned(),
            );
        }
        if !self.tally.times.is_empty() {
            notes.push(format!(
                "In the curves of times, a world in which the time has no value counts as not yet, also \
                 where there was nothing to wait for. Runs end {} days after STARTEX, but each time is \
                 counted from where its metric says, some from before STARTEX, and a metric that reckons \
                 with what is still under way at the end can have values beyond it.",
                self.span_days
            ));
        }
        if self.courses.worlds > 0 && self.courses.worlds < self.tally.worlds {
            notes.push(format!(
                "{COURSE} over time, which the page of --report draws, is from the first {WATCHED} worlds."
            ));
        }
        if !self.tally.is_exact() {
            notes.push("Quantiles are to within 0.2 % of their value.".to_owned());
        }
        self.note_same(&mut notes);
        self.note_skewed(&mut notes);
        self.note_few(metrics, &mut notes);
        notes
    }

    /// Names the metrics of which a difference, or a policy's own values, are too skewed for the interval
    /// of the mean.
    fn note_skewed(&self, notes: &mut Vec<String>) {
        let names = |lacks: &dyn Fn(usize) -> bool| {
            let metrics = self.setup.shown.iter().filter(|m| lacks(**m));
            metrics.map(|m| self.setup.layout.metrics[*m].name).collect::<Vec<&str>>().join(", ")
        };
        let differ = |pair: &Pairs| is_too_skewed(pair.sample());
        let differences = names(&|metric| self.tally.pairs(metric).iter().any(differ));
        if !differences.is_empty() {
            notes.push(format!(
                "Differences in {differences} hang on few extreme worlds, so that the intervals of their means may \
                 miss more often than they promise (Cochran's rule). Rely on medians and on the share \
                 of worlds in which a policy is better, or meet more worlds."
            ));
        }
        let means = names(&|m| self.tally.columns(m).iter().any(Column::is_too_skewed));
        if !means.is_empty() {
            notes.push(format!(
                "The policies' own means of {means}, which JSON and the page of --report show, hang on \
                 few extreme worlds too (the same rule): rely on their quantiles."
            ));
        }
    }

    fn note_few(&self, metrics: &[Compared], notes: &mut Vec<String>) {
        let counts = metrics.iter().flat_map(|m| &m.arms).map(|arm| arm.count);
        let least = counts.filter(|count| *count > 0).min().unwrap_or(self.tally.worlds);
        if least < ENOUGH_FOR_P99 {
            notes.push(
                "With fewer than 368 values no two of them bound the 99 % quantile with 95 % confidence; \
                 it takes 72 for the 5 and 95 % quantiles, 36 for those at 10 and 90 %, and 6 for a \
                 median. An interval without such an end is told as unknown or ∞, and is null in JSON."
                    .to_owned(),
            );
        }
    }

    /// What it means that no world tells two policies apart: the rule of three.
    fn note_same(&self, notes: &mut Vec<String>) {
        let pairs = self.setup.shown.iter().flat_map(|metric| self.tally.pairs(*metric));
        let same = pairs.filter(|pair| pair.count() >= 2 && pair.differing() == 0);
        let counts = same.map(Pairs::count);
        let Some(least) = counts.min() else { return };
        notes.push(format!(
            "Where two policies are the same, they are so in all worlds seen in which both have a value, \
             in {} worlds or more. That proves little: with so many, a difference of any size in up to \
             {} % of worlds could be missed (95 % confidence).",
            thousands(least as f64),
            missed_percent(least)
        ));
    }
}

fn paired(a: usize, b: usize, pair: &Pairs, difference: Estimate, better: Better) -> Paired {
    let [lower, equal, higher] = pair.order();
    Paired {
        a,
        b,
        count: pair.count(),
        difference,
        is_clear: is_told_apart(&difference, pair.differing()),
        median_difference: pair.sample().ranked().quantile(0.5),
        better: match better {
            Better::Higher => [higher, equal, lower],
            Better::Lower | Better::Neither => [lower, equal, higher],
        },
        variance_removed: pair.variance_removed(),
        share_difference: pair.share_difference(),
    }
}
