//! The judgement: policies over worlds that the search has not seen, and what it says of them.

use hotwash_engine::group_digits;
use hotwash_scenario::{Policy, Scenario};

use super::rank::{Sample, beats, difference, means};
use super::space::{Genome, Space};
use super::{STAGES, Search, file};
use crate::arm::Arm;
use crate::findings::{Beaten, Frontier, FrontierPoint, Header};
use crate::stats::{Estimate, Moments, quantile};

/// A policy that is judged.
pub(super) struct Judged {
    pub(super) arm: Arm,
    /// Nothing where the space cannot express the policy.
    pub(super) genome: Option<Genome>,
    /// The candidate that it was, when it was found.
    candidate: Option<usize>,
    is_base: bool,
    pub(super) sample: Sample,
}

impl Judged {
    /// A policy that the search has found.
    pub(super) fn found(candidate: usize, genome: &Genome, space: &Space) -> Self {
        Judged {
            arm: space.arm("found", genome),
            genome: Some(genome.clone()),
            candidate: Some(candidate),
            is_base: false,
            sample: Sample::default(),
        }
    }
}

/// The base and the scenario's own policies, to be judged as they are.
pub(super) fn own(scenario: &Scenario, space: &Space) -> Vec<Judged> {
    let judge = |name: &str, policy: Option<&Policy>, is_base: bool| Judged {
        arm: space.arm_of(name, policy),
        // What all decisions' defaults are is the base's genome when there is no base policy.
        genome: policy.is_none().then(|| space.base_genome()),
        candidate: None,
        is_base,
        sample: Sample::default(),
    };
    let base = space.base.as_ref();
    let name = base.map_or("defaults", Policy::name);
    let others = scenario.policies().iter().filter(|p| Some(p.name()) != base.map(Policy::name));
    let others = others.map(|p| judge(p.name(), Some(p), false));
    std::iter::once(judge(name, base, true)).chain(others).collect()
}

impl Search {
    /// What was found; nothing when the search was stopped before there were two worlds to judge by.
    /// Tells over the worlds that all policies judged have met.
    pub fn finding(&self, mut header: Header) -> Option<Frontier> {
        let worlds = self.judged_worlds() as usize;
        if worlds < 2 || self.judged_policies() == 0 {
            return None;
        }
        header.notes.extend(self.notes());
        let at: Vec<[f64; 2]> = self.judged.iter().map(|j| means(&j.sample, worlds)).collect();
        // Of two that do the same, the one that came first stands for both.
        let is_unbeaten = |i: usize| {
            (0..at.len()).all(|j| !beats(at[j], at[i]))
                && at[..i].iter().all(|other| *other != at[i])
        };
        // What was found anew of what does the same in every world tells nothing.
        let does_what = |i: usize| [0, 1].map(|k| &self.judged[i].sample[k][..worlds]);
        let is_news = |i: &usize| {
            self.judged[*i].candidate.is_none() || (0..*i).all(|j| does_what(j) != does_what(*i))
        };
        let mut order: Vec<usize> = (0..at.len()).filter(is_news).collect();
        let by_cost = |a: usize, b: usize| at[a][0].total_cmp(&at[b][0]);
        order.sort_by(|a, b| by_cost(*a, *b).then(at[*a][1].total_cmp(&at[*b][1])).then(a.cmp(b)));
        let front: Vec<usize> = order.iter().copied().filter(|i| is_unbeaten(*i)).collect();
        let names = self.names(&order);
        let points = order.iter().map(|i| self.point(*i, &front, &names, &at, &header));
        Some(Frontier {
            cost: (&self.objectives[0].info).into(),
            harm: (&self.objectives[1].info).into(),
            base: self.judged[0].arm.name().to_owned(),
            searched: self.space.genes.iter().map(|gene| gene.name.clone()).collect(),
            tried: self.candidates.len() as u64,
            search_runs: self.spent,
            search_worlds: STAGES[2],
            unbeaten: self.unbeaten as u64,
            dropped: self.unbeaten.saturating_sub(super::FINALISTS) as u64,
            final_worlds: worlds as u64,
            points: points.collect(),
            header,
        })
    }

    /// Names by position: the scenario's own, and numbers in the order of cost for what was found.
    fn names(&self, order: &[usize]) -> Vec<String> {
        let mut names: Vec<String> = self.judged.iter().map(|j| j.arm.name().to_owned()).collect();
        let own: Vec<String> = self
            .judged
            .iter()
            .filter(|j| j.candidate.is_none())
            .map(|j| j.arm.name().to_owned())
            .collect();
        let mut free = (1..).map(|n| format!("found-{n:02}")).filter(|name| !own.contains(name));
        for i in order {
            if self.judged[*i].candidate.is_some() {
                names[*i] = free.next().unwrap_or_default();
            }
        }
        names
    }

    fn point(
        &self,
        i: usize,
        front: &[usize],
        names: &[String],
        at: &[[f64; 2]],
        header: &Header,
    ) -> FrontierPoint {
        let judged = &self.judged[i];
        let place = front.iter().position(|f| *f == i);
        let [(cost, cost_quantiles), (harm, harm_quantiles)] = [0, 1].map(|k| self.figures(i, k));
        let policy_text = match (&judged.genome, judged.candidate, judged.arm.policy()) {
            (_, None, Some(policy)) => policy.text().1.to_string(),
            (Some(genome), ..) => {
                let summary = self.summary(cost, harm, header);
                file::text(&names[i], &summary, header, &self.space, genome)
            }
            (None, ..) => String::new(),
        };
        FrontierPoint {
            name: names[i].clone(),
            choices: self.choices(judged),
            cost,
            harm,
            cost_quantiles,
            harm_quantiles,
            is_on_frontier: place.is_some(),
            is_shipped: judged.candidate.is_none(),
            is_base: judged.is_base,
            beaten: if place.is_some() { None } else { self.beaten(i, front, names, at) },
            step: place.filter(|p| *p > 0).map(|p| [0, 1].map(|k| self.over(i, front[p - 1], k))),
            policy_text,
        }
    }

    /// Mean, and the 10, 50 and 90 % points, of an objective.
    fn figures(&self, i: usize, k: usize) -> (Estimate, [f64; 3]) {
        let worlds = self.judged_worlds() as usize;
        let sign = self.objectives[k].sign();
        let mut values: Vec<f64> =
            self.judged[i].sample[k][..worlds].iter().map(|v| v * sign).collect();
        let mean = values.iter().copied().collect::<Moments>().interval();
        values.sort_by(f64::total_cmp);
        (mean, [0.1, 0.5, 0.9].map(|p| quantile(&values, p).unwrap_or(f64::NAN)))
    }

    /// An objective under one policy over that under another, in the same worlds.
    fn over(&self, i: usize, other: usize, k: usize) -> Estimate {
        let worlds = self.judged_worlds() as usize;
        let less_is_better =
            difference(&self.judged[i].sample, &self.judged[other].sample, k, worlds);
        if self.objectives[k].sign() > 0.0 {
            return less_is_better;
        }
        let Estimate { value, low, high } = less_is_better;
        Estimate { value: -value, low: -high, high: -low }
    }

    /// The policy on the frontier that beats one most clearly: by what it is better in both, against the
    /// widths of the paired intervals.
    fn beaten(
        &self,
        i: usize,
        front: &[usize],
        names: &[String],
        at: &[[f64; 2]],
    ) -> Option<Beaten> {
        let clearness = |other: usize| -> f64 {
            let of = |k: usize| {
                let over = self.over(i, other, k);
                if over.half_width() > 0.0 { (over.value / over.half_width()).abs() } else { 0.0 }
            };
            of(0) + of(1)
        };
        let better = front.iter().copied().filter(|f| beats(at[*f], at[i]) || at[*f] == at[i]);
        let by = better.max_by(|a, b| clearness(*a).total_cmp(&clearness(*b)).then(b.cmp(a)))?;
        let [cost, harm] = [0, 1].map(|k| self.over(i, by, k));
        Some(Beaten { by: names[by].clone(), cost, harm })
    }

    /// In what a policy differs from the base, what does most first.
    fn choices(&self, judged: &Judged) -> Vec<(String, String)> {
        let Some(genome) = &judged.genome else { return Vec::new() };
        let mut genes = self.space.changes(genome);
        if let Some(weights) = judged.candidate.and_then(|c| self.weights.get(&c)) {
            let weight = |gene: &usize| weights.get(gene).copied().unwrap_or(0.0);
            genes.sort_by(|a, b| weight(b).total_cmp(&weight(a)).then(a.cmp(b)));
        }
        genes.into_iter().map(|gene| self.space.choice(genome, gene)).collect()
    }

    fn summary(&self, cost: Estimate, harm: Estimate, header: &Header) -> String {
        let [a, b] = [&self.objectives[0].info, &self.objectives[1].info];
        let command = if header.command.is_empty() { "hotwash frontier" } else { &header.command };
        let unit = |unit: &str| if unit.is_empty() { String::new() } else { format!(" {unit}") };
        format!(
            "Found by `{command}`: {} {}{}, {} {}{} on average over {} worlds of seed {}.",
            a.name,
            rounded(cost),
            unit(a.unit),
            b.name,
            rounded(harm),
            unit(b.unit),
            grouped(self.judged_worlds() as f64, 0),
            header.seed
        )
    }

    /// What a reader must know.
    fn notes(&self) -> Vec<String> {
        let mut notes = vec![format!(
            "Every policy shown met the same {} worlds, and the search saw none of them; intervals are of \
             each figure by itself, and which policies make the frontier was decided by these worlds too.",
            self.judged_worlds()
        )];
        notes.push(
            "Intervals are Student's t; where few worlds carry a mean (its P50 lies far from it), take them \
             as rough."
                .to_owned(),
        );
        if self.space.has_levers() {
            notes.push(format!(
                "A lever costs only what `{}` counts: what hiring, watching or preparing costs before the \
                 incident and is not counted there counts as free, and the search uses it as such.",
                self.objectives[0].info.name
            ));
        }
        notes.push(format!(
            "Choices that changed nothing in {} worlds of the search, or did harm there, were taken back{}.",
            super::PROOF,
            match self.unsimplified {
                0 => String::new(),
                n => format!("; the budget did not reach for {n} of the policies found"),
            }
        ));
        notes.push(
            "A search finds good policies and proves nothing of those it did not try: the true frontier \
             may lie lower."
                .to_owned(),
        );
        notes
    }
}

/// A mean to two digits of half its interval, as the figures on the screen are.
fn rounded(mean: Estimate) -> String {
    let half = mean.half_width();
    if !(half > 0.0 && half.is_finite()) {
        let value = mean.value.abs();
        let is_whole = value >= 100.0 || value == value.round();
        let decimals = if is_whole { 0 } else { 1 + 2 * usize::from(value < 1.0) };
        return grouped(mean.value, decimals);
    }
    let text = format!("{half:.1e}");
    let exponent = text.split_once('e').and_then(|(_, e)| e.parse::<i32>().ok()).unwrap_or(0);
    let step = (0..exponent - 1).fold(1.0, |step, _| step * 10.0);
    let decimals = usize::try_from(1 - exponent).unwrap_or(0);
    // Tens and more are rounded by steps, tenths and less by decimals.
    let value = if step > 1.0 { (mean.value / step).round() * step } else { mean.value };
    grouped(value, decimals)
}

/// A number with so many decimals, its thousands in groups; what rounds to nothing has no sign.
fn grouped(value: f64, decimals: usize) -> String {
    let text = format!("{:.decimals$}", value.abs());
    let is_nothing = !text.contains(|c: char| ('1'..='9').contains(&c));
    let sign = if value < 0.0 && !is_nothing { "-" } else { "" };
    format!("{sign}{}", group_digits(&text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_summarys_figures_are_rounded_as_those_on_the_screen() {
        for (value, half, text) in [
            (1_234_567.0, 98_765.0, "1,235,000"),
            (12.345, 0.5, "12.35"),
            (-0.2, 40.0, "0"),
            (-1_234.0, 0.0, "-1,234"),
            (12.34, 0.0, "12.3"),
            (0.0, 0.0, "0"),
        ] {
            let mean = Estimate { value, low: value - half, high: value + half };
            assert_eq!(rounded(mean), text);
        }
    }
}
