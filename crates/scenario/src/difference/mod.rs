//! What is different between two scenarios, in meaning and not in lines: comments, layout and the file in
//! which something stands make no difference. Each difference can be put into the scenario before by
//! itself, which is how one finds out what it does.

mod apply;
mod frame;
mod items;
mod written;
mod zip;

use std::collections::BTreeSet;

use crate::diagnostic::{Diagnostic, DiagnosticKind, Place};
use crate::policy::Policy;
use crate::scenario::Scenario;
use zip::Zip;

pub(crate) use written::short;

/// What sort of thing is different.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DifferenceSort {
    /// A number of the model: its distribution.
    Number,
    /// Where a number is from or how firm it is; its distribution is the same.
    Source,
    /// Any other value of a plugin's section.
    Value,
    /// A plugin's section is there on one side only.
    Plugin,
    /// The calendar or the time that is simulated.
    Time,
    /// A decision, or a part of one.
    Decision,
    /// An inject, or a part of one.
    Inject,
    /// Orders that the scenario lays out for its plugins.
    Orders,
    /// What a role sees.
    Role,
    /// A text about the scenario, on which no run depends.
    Words,
}

impl DifferenceSort {
    /// For people.
    pub fn word(self) -> &'static str {
        match self {
            DifferenceSort::Number => "number",
            DifferenceSort::Source => "source of a number",
            DifferenceSort::Value => "value",
            DifferenceSort::Plugin => "plugin",
            DifferenceSort::Time => "time",
            DifferenceSort::Decision => "decision",
            DifferenceSort::Inject => "inject",
            DifferenceSort::Orders => "orders",
            DifferenceSort::Role => "role",
            DifferenceSort::Words => "text about the scenario",
        }
    }
}

/// Something as it is written, on one line and without comments, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// The value.
    pub text: String,
    /// Its file, by its path among the scenario's files; empty when it stands in none.
    pub file: String,
    /// Its line, from 1; 0 when it stands in no file.
    pub line: usize,
}

impl Written {
    /// A value that stands in no file.
    pub fn nowhere(text: impl Into<String>) -> Self {
        Written { text: text.into(), file: String::new(), line: 0 }
    }

    pub(crate) fn at(text: String, place: &Place) -> Self {
        let line = Diagnostic::at(DiagnosticKind::Note, place, "").line;
        Written { text, file: place.file.path.clone(), line }
    }
}

/// Something that is different between two scenarios.
#[derive(Clone, Debug)]
pub struct Difference {
    /// What sort of thing it is.
    pub sort: DifferenceSort,
    /// Where, as a path: `insider.appetite`, `decisions.contain.limit`.
    pub path: String,
    /// As it is before; nothing when it is only there after.
    pub before: Option<Written>,
    /// As it is after; nothing when it was only there before.
    pub after: Option<Written>,
    at: At,
}

/// Where a difference lies among what a scenario holds.
#[derive(Clone, Debug, PartialEq)]
enum At {
    /// The whole section of a plugin.
    Plugin(&'static str),
    /// The n-th difference within a plugin's section.
    Section(&'static str, usize),
    Calendar,
    LeadIn,
    Horizon,
    Decision(String, Part),
    DecisionOrder,
    Inject(String, Part),
    InjectOrder,
    Orders(String),
    Role(String),
    Nothing,
}

/// What of a decision or inject is different.
#[derive(Clone, Debug, PartialEq)]
enum Part {
    Whole,
    Words,
    From,
    Form,
    Who,
    Cue,
    Limit,
    Objective,
    Default,
    Expected,
    Options,
    OptionText(usize),
    OptionOrders(usize),
    Orders,
}

impl Scenario {
    /// All that is different in another scenario: sections in build order, then the rest. Levers,
    /// policies and the seed are not among it, for runs may have others than the scenario's own.
    pub fn differences(&self, after: &Scenario) -> Vec<Difference> {
        let mut out = Vec::new();
        sections(self, after, &mut out);
        frame::time(self, after, &mut out);
        items::decisions(self, after, &mut out);
        items::injects(self, after, &mut out);
        frame::orders(self, after, &mut out);
        frame::roles(self, after, &mut out);
        frame::words(self, after, &mut out);
        out
    }

    /// A lever's value as the policy or the scenario's files set it, and where; nothing where neither does.
    pub fn lever_written(&self, name: &str, policy: Option<&Policy>) -> Option<Written> {
        let of_policy = policy.and_then(|p| p.levers.get(name));
        let set = of_policy.or_else(|| self.levers.get(name))?;
        Some(Written::at(set.value.clone(), &set.place))
    }

    /// This scenario with some of the differences to another, which [`Scenario::differences`] found. It
    /// may be one that cannot be built: what belongs together may have come apart.
    ///
    /// # Errors
    /// When a section with them is no RON, which is a bug.
    pub fn with_differences(
        &self,
        after: &Scenario,
        chosen: &[&Difference],
    ) -> Result<Scenario, String> {
        let mut scenario = self.clone();
        for difference in chosen {
            apply::apply(&mut scenario, after, &difference.at);
        }
        let of_sections: BTreeSet<&str> = chosen
            .iter()
            .filter_map(|d| if let At::Section(plugin, _) = d.at { Some(plugin) } else { None })
            .collect();
        for plugin in of_sections {
            let numbers = chosen.iter().filter_map(|d| match d.at {
                At::Section(of, number) if of == plugin => Some(number),
                _ => None,
            });
            apply::section(&mut scenario, self, after, plugin, &numbers.collect())?;
        }
        Ok(scenario)
    }
}

/// The differences between plugins' sections.
fn sections(before: &Scenario, after: &Scenario, out: &mut Vec<Difference>) {
    for name in before.registry.names() {
        let find = |s: &Scenario| s.sections.iter().find(|s| s.entry.name() == name).cloned();
        match (find(before), find(after)) {
            (Some(a), Some(b)) => {
                let found = Zip::differences(&a.doc, &b.doc, name);
                out.extend(
                    found
                        .into_iter()
                        .enumerate()
                        .map(|(number, d)| Difference { at: At::Section(name, number), ..d }),
                );
            }
            (None, None) => {}
            (a, b) => {
                let there = |place: &Place| Written::at("in the scenario".to_owned(), place);
                out.push(Difference {
                    sort: DifferenceSort::Plugin,
                    path: name.to_owned(),
                    before: a.map(|s| there(&s.place)),
                    after: b.map(|s| there(&s.place)),
                    at: At::Plugin(name),
                });
            }
        }
    }
}

#[cfg(test)]
mod tests;
