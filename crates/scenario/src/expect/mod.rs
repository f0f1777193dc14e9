//! What a scenario's authors expect of it: `expectations.ron`, read and checked like a policy.
//!
//! It does not take part in any run: runs are held against it. Whether an expectation holds is for the
//! lab to judge, from what a [`Probe`] sees of a run.

mod fact;
mod names;
mod probe;
mod read;

use std::collections::BTreeMap;
use std::sync::Arc;

use hotwash_engine::{Better, Simulation};

use crate::diagnostic::{Diagnostic, DiagnosticKind as Is};
use crate::doc::Doc;
use crate::locate;
use crate::policy::Policy;
use crate::read::{Reader, did_you_mean};
use crate::scenario::Scenario;
use crate::tree::Node;

use fact::Named;
pub use fact::{Bound, Fact, Happening, Level};
pub use probe::{Observed, Probe, Readings};
pub(crate) use read::Book;

/// The name of the file.
pub(crate) const EXPECTATIONS: &str = "expectations.ron";

/// The policy of an expectation that names none, if the scenario has it: as `run` does.
const USUAL_POLICY: &str = "historical";

/// What a scenario's authors expect of it.
#[derive(Clone, Debug)]
pub struct Expectations {
    risk: f64,
    list: Vec<Expectation>,
    goldens: Vec<Golden>,
    /// Names that need a simulation to be checked, also those of items that could not be read.
    named: Vec<Named>,
    doc: Arc<Doc>,
}

/// How a vendor is prepared and answers, and in which worlds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Setup {
    /// Name of the policy; the scenario's `historical`, if it has one, where none is named.
    pub policy: Option<String>,
    /// The seed as written; the scenario's own where none is.
    pub seed: Option<String>,
    /// Levers that win over the policy's.
    pub levers: BTreeMap<String, String>,
    /// Options taken as soon as their decision comes up, whatever the policy says, by name.
    pub decide: BTreeMap<String, String>,
}

impl Setup {
    /// The policy that it names, or the usual one.
    pub fn policy<'s>(&self, scenario: &'s Scenario) -> Option<&'s Policy> {
        scenario.policy(self.policy.as_deref().unwrap_or(USUAL_POLICY))
    }

    /// The seed that it names, or the scenario's.
    pub fn seed<'s>(&'s self, scenario: &'s Scenario) -> &'s str {
        self.seed.as_deref().unwrap_or(scenario.seed_text())
    }
}

/// One thing that is expected.
#[derive(Clone, Debug)]
pub struct Expectation {
    /// Unique among the scenario's expectations and golden timelines.
    pub name: String,
    /// What is run.
    pub setup: Setup,
    /// What is expected of it.
    pub what: Expected,
    /// Worlds to play before the first verdict; 0 where one world is looked at.
    pub runs: u64,
    /// Worlds to play at most.
    pub most_runs: u64,
    /// Where it stands in the file.
    pub line: usize,
    /// What is expected, as its author wrote it, on one line.
    pub text: String,
    /// Position in the file's list, which may hold items that could not be read.
    at: usize,
}

/// What is expected.
#[derive(Clone, Debug, PartialEq)]
pub enum Expected {
    /// This, of the one run of the seed.
    Fact(Fact),
    /// This, in at least or at most such a share of the runs that a condition lets count.
    Share {
        /// Which runs count.
        given: Option<Fact>,
        /// What is to hold in them.
        fact: Fact,
        /// In which share of them: a lowest or a highest one.
        share: Bound,
    },
    /// A metric's mean over the runs in which it has a value.
    Mean {
        /// The metric.
        metric: String,
        /// Its bounds.
        bound: Bound,
    },
    /// A quantile of a metric over the runs in which it has a value.
    Quantile {
        /// Which, between 0 and 1.
        p: f64,
        /// The metric.
        metric: String,
        /// Its bounds.
        bound: Bound,
    },
    /// The setup's policy does better than another in such a share of the worlds.
    Beats {
        /// The other policy's name.
        other: String,
        /// By this metric.
        metric: String,
        /// In which share of the worlds: a lowest or a highest one.
        share: Bound,
    },
}

/// A run that is kept, so that any change of it is noticed.
#[derive(Clone, Debug, PartialEq)]
pub struct Golden {
    /// Name of its files in `golden`.
    pub name: String,
    /// What is run.
    pub setup: Setup,
    /// Where it stands in the file.
    pub line: usize,
}

impl Expectations {
    /// The greatest chance that an expectation over many runs gets a wrong verdict, on either side.
    pub fn risk(&self) -> f64 {
        self.risk
    }

    /// The expectations, in the order of the file.
    pub fn list(&self) -> &[Expectation] {
        &self.list
    }

    /// The golden timelines, in the order of the file.
    pub fn goldens(&self) -> &[Golden] {
        &self.goldens
    }

    /// Its file's path and text.
    pub fn text(&self) -> (String, Arc<str>) {
        (self.doc.place(0..0).file.path.clone(), self.doc.text.clone())
    }

    /// Its file's path as shown to people.
    pub fn shown(&self) -> String {
        self.doc.place(0..0).file.shown.clone()
    }

    /// Checks what needs a simulation: milestones, metrics, propositions, statements.
    pub(crate) fn check(&self, sim: &Simulation, out: &mut Vec<Diagnostic>) {
        let names = names::Names::of(sim);
        let better: BTreeMap<&str, Better> = sim.metrics().map(|m| (m.name, m.better)).collect();
        let mut reader = Reader { doc: &self.doc, out };
        for Named { sort, name, span } in &self.named {
            let known = names.of_sort(sort);
            if known.contains(&name.as_str()) {
                continue;
            }
            let hint = match (known.is_empty(), *sort) {
                (true, "proposition") => Some("the scenario has no section `case`".to_owned()),
                (true, "statement") => Some("the scenario has no section `pr`".to_owned()),
                _ => did_you_mean(name, &known),
            };
            reader.wrong(Is::Name, span.clone(), format!("no {sort} is called `{name}`"), hint);
        }
        for item in &self.list {
            if let Expected::Beats { metric, .. } = &item.what
                && better.get(metric.as_str()) == Some(&Better::Neither)
            {
                let message = format!("of `{metric}` neither more nor less is better");
                let hint = "compare by another metric, or expect bounds of it: `mean`, `quantile`";
                let place = self.place_of(item, metric);
                reader.wrong(Is::Field, place, message, hint.to_owned());
            }
        }
    }

    /// Builds the scenario with the levers of each item that sets some, and reports what is wrong.
    pub(crate) fn try_levers(&self, scenario: &Scenario, out: &mut Vec<Diagnostic>) {
        let items = self.list.iter().map(|e| ("expect", e.at, &e.setup));
        let goldens = self.goldens.iter().enumerate().map(|(i, g)| ("golden", i, &g.setup));
        for (list, at, setup) in items.chain(goldens).filter(|(.., s)| !s.levers.is_empty()) {
            let Err(wrong) = scenario.assemble(&setup.levers, setup.policy(scenario)) else {
                continue;
            };
            let item = self.item(list, at);
            let place = item.and_then(|i| i.field("levers")).map_or(0..0, |f| f.key.clone());
            let mut reader = Reader { doc: &self.doc, out };
            for diagnostic in wrong {
                let named = diagnostic.message.split('`').nth(1).unwrap_or_default().to_owned();
                let found = item.and_then(|i| locate::first_text(i, &self.doc.text, &named));
                let span = found.map_or(place.clone(), locate::head);
                reader.wrong(Is::Model, span, diagnostic.message, diagnostic.hint);
            }
        }
    }

    fn item(&self, list: &str, at: usize) -> Option<&Node> {
        self.doc.root.field(list)?.value.children().into_iter().nth(at)
    }

    fn place_of(&self, item: &Expectation, name: &str) -> std::ops::Range<usize> {
        let node = self.item("expect", item.at).unwrap_or(&self.doc.root);
        locate::head(locate::first_text(node, &self.doc.text, name).unwrap_or(node))
    }
}
