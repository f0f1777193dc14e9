//! What never happens: injects, decisions, milestones, objectives, rules.

use std::collections::BTreeMap;

use hotwash_engine::group_digits;
use hotwash_scenario::{CueSpec, WhenSpec};

use super::{Case, severity_of, waited_for};
use crate::critic::finding::{Finding, Kind, Severity};

impl Case<'_> {
    pub(super) fn never(&self, awaited: &BTreeMap<&str, Vec<String>>, out: &mut Vec<Finding>) {
        self.injects(out);
        self.decisions(out);
        self.milestones(awaited, out);
        self.objectives(out);
        self.rules(out);
    }

    fn injects(&self, out: &mut Vec<Finding>) {
        for (number, inject) in self.scenario.injects().iter().enumerate() {
            if self.all.injects[number] == 0.0 {
                let kind = Kind::InjectNeverComes {
                    inject: inject.name.to_string(),
                    waits_for: self.waits_for(&inject.cue),
                    never: self.claims.never(self.all.runs, self.worlds),
                };
                let severity = severity_of(self.claims.at_most(self.worlds));
                out.push(Finding::new(severity, Some(inject.stands_at()), kind));
            }
        }
    }

    fn decisions(&self, out: &mut Vec<Finding>) {
        for (number, decision) in self.scenario.decisions().iter().enumerate() {
            if self.all.asked[number] == 0.0 {
                let kind = Kind::DecisionNeverComesUp {
                    decision: decision.name.to_string(),
                    waits_for: self.waits_for(&decision.cue),
                    never: self.claims.never(self.all.runs, self.worlds),
                };
                let severity = severity_of(self.claims.at_most(self.worlds));
                out.push(Finding::new(severity, Some(decision.stands_at()), kind));
            }
        }
    }

    /// What a cue waits for, with how often each of it happened.
    fn waits_for(&self, cue: &CueSpec) -> String {
        let counted = |name: &String| {
            let runs = group_digits(&format!("{:.0}", self.reached(name)));
            format!("`{name}` (reached in {runs} runs)")
        };
        let list = |names: &[String], word: &str| {
            names.iter().map(counted).collect::<Vec<_>>().join(&format!(" {word} "))
        };
        let mut text = match &cue.when {
            WhenSpec::At(date) => format!("for {date}{}", self.after_the_end(date)),
            WhenSpec::Reached(name) => format!("for {}", counted(name)),
            WhenSpec::All(names) => format!("for {}", list(names, "and")),
            WhenSpec::Any(names) => format!("for {}", list(names, "or")),
        };
        if cue.delay.ms() > 0 {
            text += &format!(", then {}", cue.delay);
        }
        if !cue.unless.is_empty() {
            text += &format!(", unless {} came first", list(&cue.unless, "or"));
        }
        text
    }

    fn after_the_end(&self, date: &str) -> String {
        let calendar = self.scenario.calendar();
        let end = self.sim.span().1;
        match calendar.instant(date) {
            Ok(at) if at > end => {
                format!(", which lies after the scenario's end on {}", calendar.date_time(end))
            }
            _ => String::new(),
        }
    }

    /// Milestones that are named and never reached, unless something that never happens for want of
    /// them is told already, or they are options of a decision that never comes up.
    fn milestones(&self, awaited: &BTreeMap<&str, Vec<String>>, out: &mut Vec<Finding>) {
        let scenario = self.scenario;
        let asked = scenario.decisions().iter().zip(&self.all.asked);
        let silent_decisions = asked.filter(|(_, runs)| **runs == 0.0).map(|(d, _)| (&d.cue, d));
        let silent_names: Vec<&str> =
            silent_decisions.clone().map(|(_, d)| d.name.as_str()).collect();
        let came = scenario.injects().iter().zip(&self.all.injects);
        let silent_injects = came.filter(|(_, runs)| **runs == 0.0).map(|(i, _)| &i.cue);
        let told: Vec<&str> = silent_decisions
            .map(|(cue, _)| cue)
            .chain(silent_injects)
            .flat_map(waited_for)
            .collect();
        for (milestone, named_by) in awaited {
            let option_of =
                milestone.strip_prefix("chose/").and_then(|rest| rest.split('/').next());
            let is_told = told.contains(milestone)
                || option_of.is_some_and(|decision| silent_names.contains(&decision));
            if self.reached(milestone) == 0.0 && !is_told {
                let kind = Kind::MilestoneNeverReached {
                    milestone: (*milestone).to_owned(),
                    named_by: named_by.clone(),
                    never: self.claims.never(self.all.runs, self.worlds),
                };
                let severity = severity_of(self.claims.at_most(self.worlds));
                out.push(Finding::new(severity, self.first_place(milestone), kind));
            }
        }
    }

    /// Where a milestone is named first.
    fn first_place(&self, milestone: &str) -> Option<(&str, usize)> {
        let is_named = |cue: &CueSpec| super::names_of(cue).contains(&milestone);
        let mut decisions = self.scenario.decisions().iter();
        let decision = decisions.find(|d| is_named(&d.cue)).map(|d| d.stands_at());
        let mut injects = self.scenario.injects().iter();
        decision.or_else(|| injects.find(|i| is_named(&i.cue)).map(|i| i.stands_at()))
    }

    fn objectives(&self, out: &mut Vec<Finding>) {
        let decisions = || self.scenario.decisions().iter().zip(&self.all.asked);
        for objective in self.scenario.objectives() {
            let names = |of: &hotwash_scenario::DecisionSpec| of.objective == Some(objective.name);
            if decisions().any(|(decision, runs)| names(decision) && *runs > 0.0) {
                continue;
            }
            let named_by = decisions().filter(|(d, _)| names(d)).map(|(d, _)| d.name.to_string());
            let kind = Kind::ObjectiveNeverExercised {
                objective: objective.name.to_string(),
                named_by: named_by.collect(),
            };
            out.push(Finding::new(Severity::Fault, None, kind));
        }
    }

    fn rules(&self, out: &mut Vec<Finding>) {
        for (way, played) in self.plan.ways.iter().zip(self.played) {
            for (number, decision) in self.scenario.decisions().iter().enumerate() {
                let tried = played.seen.tried[number];
                let worlds = &played.worlds[..self.worlds as usize];
                let asked = worlds.iter().filter(|w| !w.asked[number].is_nan()).count() as u64;
                for (rule, _) in played.seen.rules[number]
                    .iter()
                    .enumerate()
                    .filter(|(_, decided)| **decided == 0.0 && tried > 0.0)
                {
                    let never = self.claims.never(tried, asked);
                    let kind = Kind::RuleNeverDecides {
                        policy: way.name().to_owned(),
                        decision: decision.name.to_string(),
                        rule: rule + 1,
                        never,
                    };
                    let severity = severity_of(never.at_most);
                    out.push(Finding::new(severity, None, kind));
                }
            }
        }
    }
}
