//! Findings on decisions: taken as expected or not, in time or not, and what the forks say of it.

use hotwash_exercise::debrief::{DecisionStory, Fork, HowTaken, Story, Worth};

use super::Finding;
use super::figures::{balance, differing, futures, would_have};
use crate::document::hseep::Element;
use crate::document::when::{When, lower, stopped};
use crate::words;

pub(super) fn findings(story: &Story, worth: Option<&Worth>) -> Vec<Finding> {
    let when = When::of(story);
    let mut out = Vec::new();
    for decision in &story.decisions {
        let forked = worth.and_then(|w| {
            let fork = w.decisions.iter().find(|f| f.decision == decision.name)?;
            // Without a single future there is nothing to say.
            (w.futures > 0).then_some((w, fork))
        });
        out.extend(judged(story, &when, decision, forked));
    }
    out
}

/// A decision's text and how it was taken, read once.
struct Case<'a> {
    decision: &'a DecisionStory,
    forked: Option<(&'a Worth, &'a Fork)>,
    objective: Option<String>,
    references: Vec<(u32, String)>,
    weight: f64,
}

fn judged(
    story: &Story,
    when: &When,
    decision: &DecisionStory,
    forked: Option<(&Worth, &Fork)>,
) -> Vec<Finding> {
    let by_people = matches!(decision.how, HowTaken::Player(_) | HowTaken::OnBehalf);
    let ran_out = decision.how == HowTaken::TimeRanOut;
    let Some(taken) = decision.taken.filter(|_| by_people || ran_out) else { return Vec::new() };
    let stake = forked.map_or(0.4, |(_, fork)| fork.stake.clamp(0.0, 2.0));
    let case = Case {
        decision,
        forked,
        objective: Some(decision.objective.clone()).filter(|o| !o.is_empty()),
        references: references(story, when, decision),
        weight: 0.45 + 0.2 * stake,
    };
    if ran_out {
        return vec![case.out_of_time(taken)];
    }
    let mut out = Vec::new();
    match decision.expected {
        Some(expected) if expected == taken => {
            out.push(case.as_expected(taken));
            out.extend(case.better_than_expected(taken));
        }
        Some(expected) => out.push(case.otherwise(taken, expected)),
        None => out.extend(case.without_expectation(taken)),
    }
    out
}

impl Case<'_> {
    fn text(&self, option: usize) -> &str {
        self.decision.options.get(option).map_or("", |(_, text)| text.trim_end_matches('.'))
    }

    /// The options that were not taken, with how each compares.
    fn others(&self, taken: usize) -> Vec<(usize, super::figures::Balance)> {
        let Some((worth, fork)) = self.forked else { return Vec::new() };
        let all = fork.options.iter().enumerate().filter(|(i, _)| *i != taken);
        all.map(|(i, option)| (i, balance(worth, option))).collect()
    }

    fn figures(&self, option: usize) -> Option<String> {
        let (worth, fork) = self.forked?;
        Some(would_have(worth, fork, option))
    }

    /// What is better and what is worse with an option that is both.
    fn both_ways(&self, option: usize) -> Option<String> {
        const MOST: usize = 4;
        let (worth, fork) = self.forked?;
        let (better, worse) = differing(worth, fork.options.get(option)?);
        Some(format!(
            "\u{201c}{}\u{201d} would have cut both ways: better by {}, worse by {} (in the mean of {}).",
            self.text(option),
            words::list(&better, MOST),
            words::list(&worse, MOST),
            futures(worth)
        ))
    }

    fn with(&self, mut finding: Finding) -> Finding {
        finding.references.clone_from(&self.references);
        finding.owner.clone_from(&self.decision.role);
        let spoken = self.circumstances();
        finding.analysis.splice(0..0, spoken);
        finding
    }

    /// Who was how sure, and what the others would have done.
    fn circumstances(&self) -> Vec<String> {
        let decision = self.decision;
        let mut out = Vec::new();
        // The exercise does not judge persons: posts are named.
        let who = match &decision.how {
            HowTaken::Player(_) => format!("The {} decided", lower(&decision.role)),
            HowTaken::OnBehalf => {
                format!("The facilitator decided on behalf of the {}", lower(&decision.role))
            }
            _ => return out,
        };
        let sure = decision.confidence.map(|c| format!(" with confidence {c} of 5"));
        let reason = match decision.reason.trim() {
            "" => String::new(),
            text => {
                format!(", giving as the reason: \u{201c}{}\u{201d}", text.trim_end_matches('.'))
            }
        };
        out.push(format!("{who}{}{reason}.", sure.unwrap_or_default()));
        let against = decision.votes.iter().filter(|v| Some(v.1) != decision.taken).count();
        if against > 0 {
            let all = decision.votes.len();
            let verb = if against == 1 { "was" } else { "were" };
            out.push(format!("{against} of {all} votes {verb} for another option."));
        }
        out
    }

    fn as_expected(&self, taken: usize) -> Finding {
        let observation = format!(
            "The expected action came: asked \u{201c}{}\u{201d}, the answer was \u{201c}{}\u{201d}.",
            self.decision.ask,
            self.text(taken)
        );
        let mut finding = Finding::strength(self.objective.clone(), observation, self.weight);
        let others = self.others(taken);
        let worse: Vec<usize> =
            others.iter().filter(|(_, b)| b.speaks_against()).map(|(i, _)| *i).collect();
        finding.analysis.extend(worse.iter().take(2).filter_map(|i| self.figures(*i)));
        let mixed: Vec<String> = others
            .iter()
            .filter(|(_, b)| b.cuts_both_ways())
            .filter_map(|(i, _)| self.both_ways(*i))
            .collect();
        if !mixed.is_empty() {
            finding.analysis.extend(mixed);
        } else if worse.is_empty()
            && let Some((worth, _)) = self.forked
        {
            finding.analysis.push(format!(
                "The figures do not show that another option would have been worse here ({}).",
                futures(worth)
            ));
        }
        self.with(finding)
    }

    fn better_than_expected(&self, taken: usize) -> Option<Finding> {
        let (best, _) = self
            .others(taken)
            .into_iter()
            .filter(|(_, b)| b.speaks_for())
            .max_by_key(|(i, b)| (b.better, std::cmp::Reverse(*i)))?;
        let (worth, fork) = self.forked?;
        let (gains, _) = differing(worth, fork.options.get(best)?);
        let observation = format!(
            "In this world another answer than the expected one would have done better, by {}, and clearly \
             worse in no outcome examined: to \u{201c}{}\u{201d} the figures speak for \u{201c}{}\u{201d}.",
            words::list(&gains, 4),
            self.decision.ask,
            self.text(best)
        );
        let mut finding = Finding::area(self.objective.clone(), observation, self.weight * 0.8);
        finding.analysis.extend(self.figures(best));
        finding.analysis.push(
            "That is hindsight with the model's assumptions: what was known at the time may still speak for the expected action."
                .to_owned(),
        );
        finding.recommendation = format!(
            "Discuss when \u{201c}{}\u{201d} would be the right answer, and write down what it needs.",
            self.text(best)
        );
        finding.element = Some(Element::Planning);
        Some(self.with(finding))
    }

    fn otherwise(&self, taken: usize, expected: usize) -> Finding {
        let observation = format!(
            "Asked \u{201c}{}\u{201d}, the answer was \u{201c}{}\u{201d}. Expected was \u{201c}{}\u{201d}.",
            self.decision.ask,
            self.text(taken),
            self.text(expected)
        );
        let mut finding = Finding::area(self.objective.clone(), observation, self.weight);
        finding.analysis.extend(self.figures(expected));
        let role = lower(&self.decision.role);
        let others = self.others(taken);
        let is_against = others.iter().any(|(i, b)| *i == expected && b.speaks_against());
        finding.recommendation = if is_against {
            "Keep the plan's expectation under review: in this world what the team did came out better than what is expected."
                .to_owned()
        } else {
            format!(
                "Write into the plan of the {role} what to do in this situation and why, or why not: {}",
                stopped(self.text(expected))
            )
        };
        finding.element = Some(Element::Planning);
        self.with(finding)
    }

    fn without_expectation(&self, taken: usize) -> Option<Finding> {
        let others = self.others(taken);
        let for_other = others.iter().filter(|(_, b)| b.speaks_for()).max_by_key(|(_, b)| b.better);
        if let Some((best, _)) = for_other {
            let observation = format!(
                "Asked \u{201c}{}\u{201d}, the answer was \u{201c}{}\u{201d}; the figures speak for \u{201c}{}\u{201d}.",
                self.decision.ask,
                self.text(taken),
                self.text(*best)
            );
            let mut finding = Finding::area(self.objective.clone(), observation, self.weight);
            finding.analysis.extend(self.figures(*best));
            finding.recommendation = format!(
                "Discuss when \u{201c}{}\u{201d} would be the right answer, and write down what it needs.",
                self.text(*best)
            );
            finding.element = Some(Element::Planning);
            return Some(self.with(finding));
        }
        let all_worse = !others.is_empty() && others.iter().all(|(_, b)| b.speaks_against());
        if !all_worse {
            return None;
        }
        let observation = format!(
            "Asked \u{201c}{}\u{201d}, the answer was \u{201c}{}\u{201d}, better than each other option would have been.",
            self.decision.ask,
            self.text(taken)
        );
        let mut finding = Finding::strength(self.objective.clone(), observation, self.weight);
        finding.analysis.extend(others.iter().take(2).filter_map(|(i, _)| self.figures(*i)));
        Some(self.with(finding))
    }

    fn out_of_time(&self, taken: usize) -> Finding {
        let observation = format!(
            "Nobody decided in time: \u{201c}{}\u{201d} stayed open until the default was taken, \u{201c}{}\u{201d}.",
            self.decision.ask,
            self.text(taken)
        );
        let mut finding = Finding::area(self.objective.clone(), observation, self.weight.max(0.5));
        if let Some(expected) = self.decision.expected.filter(|e| *e != taken) {
            finding.analysis.extend(self.figures(expected));
        }
        let role = lower(&self.decision.role);
        finding.recommendation =
            format!("Name a deputy for the {role}, and a time after which the deputy decides.");
        finding.element = Some(Element::Organization);
        self.with(finding)
    }
}

/// The entries with which a decision came up and was taken.
fn references(story: &Story, when: &When, decision: &DecisionStory) -> Vec<(u32, String)> {
    let is_its = |line: &&hotwash_exercise::record::Line| {
        line.kind.starts_with("exercise.decision-")
            && line.fields.get("decision").and_then(|v| v.as_str()) == Some(&decision.name)
    };
    story.timeline.iter().filter(is_its).map(|line| (line.n, when.date_time(line.ms))).collect()
}
