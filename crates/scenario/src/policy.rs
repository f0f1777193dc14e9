//! Policies: lever values and an answer, or a rule, for each decision; and the decider that follows one.

use std::collections::BTreeMap;
use std::sync::Arc;

use hotwash_engine::{
    Answer, Decider, JsonSchema, MilestoneId, Question, SimDuration, Simulation, Slug, View,
    schemars,
};
use serde::Deserialize;

use crate::diagnostic::{Diagnostic, DiagnosticKind as Is};
use crate::difference::{Written, short};
use crate::doc::Doc;
use crate::fields::{LeverSetting, levers, version};
use crate::files::LIBRARY;
use crate::format::{DecisionSpec, OptionSpec};
use crate::locate;
use crate::read::{Reader, did_you_mean, duplicates};
use crate::reference::written::POLICY;
use crate::tree::{Node, Shape};

/// How a vendor prepares and answers: lever values, and an answer to each decision.
#[derive(Clone, Debug)]
pub struct Policy {
    name: Slug,
    summary: String,
    pub(crate) levers: BTreeMap<String, LeverSetting>,
    /// By the decision's position in the scenario; the default where there is none.
    answers: Vec<Option<Plan>>,
    pub(crate) doc: Arc<Doc>,
}

#[derive(Clone, Debug, PartialEq)]
enum Plan {
    Default,
    Choose { option: usize, after: SimDuration },
    Rules { every: SimDuration, rules: Vec<Rule> },
}

#[derive(Clone, Debug, PartialEq)]
struct Rule {
    when: Condition,
    option: usize,
    after: SimDuration,
}

/// What a rule waits for.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[schemars(rename = "condition")]
pub(crate) enum Condition {
    /// Always holds.
    Always,
    /// This metric has a value now, above this number.
    Above(#[schemars(extend("x-words" = "metric"))] String, f64),
    /// This metric has a value now, below this number.
    Below(#[schemars(extend("x-words" = "metric"))] String, f64),
    /// The decision came up at least so long ago.
    After(SimDuration),
    /// This milestone was reached.
    Reached(#[schemars(extend("x-words" = "milestone"))] String),
    /// All of these hold.
    All(Vec<Condition>),
    /// One of these holds.
    Any(Vec<Condition>),
    /// This does not hold.
    Not(Box<Condition>),
}

/// How a policy answers a decision.
#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "answer")]
pub(crate) enum RawAnswer {
    /// Takes the decision's default, and says so on purpose.
    Default,
    /// Takes this option at once.
    Choose(#[schemars(extend("x-words" = "option"))] String),
    /// Takes the option so long after it was asked; at the limit, if that is sooner.
    ChooseAfter(SimDuration, #[schemars(extend("x-words" = "option"))] String),
    /// Tries rules in order each day until one holds; at the limit the default is taken.
    Rules(Vec<RawRule>),
    /// The same at another interval, of one minute or more.
    RulesEvery(SimDuration, Vec<RawRule>),
}

#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "rule")]
#[serde(deny_unknown_fields)]
pub(crate) struct RawRule {
    /// What must hold.
    when: Condition,
    /// The option that is then taken.
    #[schemars(extend("x-words" = "option"))]
    choose: String,
    /// How long after that; at once when it is left out.
    #[serde(default)]
    after: SimDuration,
}

/// Shortest time between two tries of rules; at less, a run would do little else.
const SHORTEST: SimDuration = SimDuration::from_minutes(1);

impl Policy {
    /// Unique among the scenario's policies.
    pub fn name(&self) -> &str {
        self.name.as_str()
    }

    /// One sentence for people.
    pub fn summary(&self) -> &str {
        &self.summary
    }

    /// The levers it sets, as text.
    pub fn levers(&self) -> impl Iterator<Item = (&str, &str)> {
        self.levers.iter().map(|(name, set)| (name.as_str(), set.value.as_str()))
    }

    /// Its file's path and text.
    pub fn text(&self) -> (String, Arc<str>) {
        (self.doc.place(0..0).file.path.clone(), self.doc.text.clone())
    }

    /// Its answer to a decision as its file writes it; nothing where the file does not name the decision
    /// and its default is taken.
    pub fn answer_text(&self, decision: &str) -> Option<&str> {
        self.doc.text.get(self.answer(decision)?.span.clone())
    }

    fn answer(&self, decision: &str) -> Option<&Node> {
        let Shape::Map(pairs) = &self.doc.root.field("decisions")?.value.shape else { return None };
        let text = &self.doc.text;
        let is_it = |key: &Node| locate::text_of(key, text).is_some_and(|name| name == decision);
        pairs.iter().find(|(key, _)| is_it(key)).map(|(_, value)| value)
    }

    /// The same on one line, whatever its layout and comments, and where it stands.
    pub fn answer_written(&self, decision: &str) -> Option<Written> {
        let value = self.answer(decision)?;
        Some(Written::at(short(&self.doc, value), &self.doc.place(value.span.clone())))
    }

    /// The option that it takes as soon as a decision comes up, by the decision's position and default;
    /// nothing where it waits or has rules.
    pub fn at_once(&self, decision: usize, default: usize) -> Option<usize> {
        match self.answers.get(decision)? {
            None | Some(Plan::Default) => Some(default),
            Some(Plan::Choose { option, after }) => {
                (*after == SimDuration::ZERO).then_some(*option)
            }
            Some(Plan::Rules { .. }) => None,
        }
    }

    /// How many rules it has for a decision, by the decision's position; none where its answer is none by
    /// rules.
    pub fn rules(&self, decision: usize) -> usize {
        match self.answers.get(decision) {
            Some(Some(Plan::Rules { rules, .. })) => rules.len(),
            _ => 0,
        }
    }

    /// The milestones that its rules for a decision name.
    pub fn awaited(&self, decision: usize) -> Vec<&str> {
        let Some(Some(Plan::Rules { rules, .. })) = self.answers.get(decision) else {
            return Vec::new();
        };
        rules.iter().flat_map(|rule| rule.when.milestones()).collect()
    }

    /// Reads a policy for these decisions. A base's policies may still answer decisions that were dropped.
    pub(crate) fn read(
        doc: &Arc<Doc>,
        decisions: &[DecisionSpec],
        dropped: &[String],
        out: &mut Vec<Diagnostic>,
    ) -> Option<Policy> {
        let before = out.iter().filter(|d| d.is_error()).count();
        duplicates(doc, out);
        let mut reader = Reader { doc, out };
        if !version(&mut reader, &doc.root, true) {
            return None;
        }
        reader.written(&doc.root, &POLICY)?;
        let name = reader.value::<Slug>(&doc.root.field("name")?.value);
        let summary = reader.value::<String>(&doc.root.field("summary")?.value);
        let levers = levers(&mut reader, &doc.root);
        let mut answers: Vec<Option<Plan>> = vec![None; decisions.len()];
        let map = doc.root.field("decisions").map(|f| &f.value);
        for (decision, key, value) in reader.map(map) {
            let Some(index) = decisions.iter().position(|d| d.name.as_str() == decision) else {
                if dropped.contains(&decision) {
                    continue;
                }
                let names: Vec<&str> = decisions.iter().map(|d| d.name.as_str()).collect();
                let message = format!("no decision is called `{decision}`");
                reader.wrong(Is::Name, key.span.clone(), message, did_you_mean(&decision, &names));
                continue;
            };
            answers[index] = plan(&mut reader, value, &decisions[index].options);
        }
        let name = name?;
        check_name(&mut reader, name);
        let errors = |out: &[Diagnostic]| out.iter().filter(|d| d.is_error()).count();
        if errors(reader.out) == before {
            unanswered(&mut reader, decisions, &answers);
        }
        (errors(out) == before).then_some(Policy {
            name,
            summary: summary?,
            levers,
            answers,
            doc: doc.clone(),
        })
    }

    /// Checks what needs the whole simulation: metrics and milestones of rules.
    pub(crate) fn check(&self, sim: &Simulation, out: &mut Vec<Diagnostic>) {
        let metrics: Vec<&str> = sim.metrics().map(|m| m.name).collect();
        let milestones: Vec<&str> =
            sim.catalogue().milestones.iter().map(|m| m.name.as_str()).collect();
        let rules = self.answers.iter().flatten().filter_map(|plan| match plan {
            Plan::Rules { rules, .. } => Some(rules),
            _ => None,
        });
        for rule in rules.flatten() {
            rule.when.names(&mut |sort, name| {
                let known = if sort == "metric" { &metrics } else { &milestones };
                if !known.contains(&name) {
                    self.unknown(sort, name, known, out);
                }
            });
        }
    }

    fn unknown(&self, sort: &str, name: &str, known: &[&str], out: &mut Vec<Diagnostic>) {
        let root = &self.doc.root;
        let all = root.field("decisions").map_or(root, |f| &f.value);
        let node = locate::first_text(all, &self.doc.text, name).unwrap_or(root);
        let message = format!("no {sort} is called `{name}`");
        let wrong = self.doc.wrong(Is::Name, locate::head(node), message);
        out.push(wrong.hint(did_you_mean(name, known)));
    }

    /// A decider that follows the policy in a simulation of its scenario.
    pub fn decider(&self, sim: &Simulation) -> PolicyDecider {
        let plans = self.answers.iter().map(|plan| match plan {
            None | Some(Plan::Default) => Resolved::Default,
            Some(Plan::Choose { option, after }) => {
                Resolved::Choose { option: *option, after: *after }
            }
            Some(Plan::Rules { every, rules }) => Resolved::Rules {
                every: *every,
                rules: rules.iter().map(|r| (r.when.resolve(sim), r.option, r.after)).collect(),
            },
        });
        let plans: Vec<Resolved> = plans.collect();
        PolicyDecider { held: vec![None; plans.len()], plans }
    }
}

impl Policy {
    /// Whether two policies answer a decision alike whatever happens: the same option after the same
    /// time, or the same rules. A default written out is a default.
    pub fn answers_alike(&self, other: &Policy, decision: usize, spec: &DecisionSpec) -> bool {
        self.plan_of(decision, spec) == other.plan_of(decision, spec)
    }

    /// The answer to a decision in words: `deny`, `after 7d: correlate`, `by rules: warn-now`.
    pub fn answer_in_words(&self, decision: usize, spec: &DecisionSpec) -> String {
        let name = |option: usize| spec.options[option].name.as_str();
        match self.plan_of(decision, spec) {
            Plan::Default => name(spec.default).to_owned(),
            Plan::Choose { option, after: SimDuration::ZERO } => name(option).to_owned(),
            Plan::Choose { option, after } => format!("after {after}: {}", name(option)),
            Plan::Rules { rules, .. } => {
                let mut names: Vec<&str> = Vec::new();
                for rule in rules {
                    if !names.contains(&name(rule.option)) {
                        names.push(name(rule.option));
                    }
                }
                format!("by rules: {}", names.join(", "))
            }
        }
    }

    fn plan_of(&self, decision: usize, spec: &DecisionSpec) -> Plan {
        match self.answers.get(decision).cloned().flatten() {
            None | Some(Plan::Default) => {
                Plan::Choose { option: spec.default, after: SimDuration::ZERO }
            }
            Some(plan) => plan,
        }
    }
}

/// A policy's name is its file's, so that people find it by either.
fn check_name(reader: &mut Reader<'_>, name: Slug) {
    let path = reader.doc.place(0..0).file.path.clone();
    let stem = path.rsplit('/').next().unwrap_or_default().trim_end_matches(".ron");
    if stem != name.as_str()
        && let Some(field) = reader.doc.root.field("name")
    {
        let message = format!("this policy is called `{name}` but its file `{path}`");
        let hint = format!("write `name: \"{stem}\"` or rename the file");
        reader.wrong(Is::Name, field.value.span.clone(), message, hint);
    }
}

fn unanswered(reader: &mut Reader<'_>, decisions: &[DecisionSpec], answers: &[Option<Plan>]) {
    let doc = reader.doc;
    // A base's policies are not the author's to mend, and cannot know what stands on the base.
    if doc.place(0..0).file.path.starts_with(LIBRARY) {
        return;
    }
    let key = doc.root.field("decisions").or(doc.root.field("name")).map(|f| f.key.clone());
    for (decision, _) in decisions.iter().zip(answers).filter(|(_, answer)| answer.is_none()) {
        let option = decision.options[decision.default].name;
        let message =
            format!("decision `{}` is not named; its default `{option}` is taken", decision.name);
        let hint = format!("write `\"{}\": Default` to say so", decision.name);
        reader.wrong(Is::Note, key.clone().unwrap_or_default(), message, hint);
    }
}

fn plan(reader: &mut Reader<'_>, node: &Node, options: &[OptionSpec]) -> Option<Plan> {
    let raw: RawAnswer = reader.value(node)?;
    match raw {
        RawAnswer::Default => Some(Plan::Default),
        RawAnswer::Choose(name) => choose(reader, node, &name, options, SimDuration::ZERO),
        RawAnswer::ChooseAfter(after, name) => choose(reader, node, &name, options, after),
        RawAnswer::Rules(rules) => rule_plan(reader, node, SimDuration::DAY, rules, options),
        RawAnswer::RulesEvery(every, rules) => rule_plan(reader, node, every, rules, options),
    }
}

fn choose(
    reader: &mut Reader<'_>,
    node: &Node,
    name: &str,
    options: &[OptionSpec],
    after: SimDuration,
) -> Option<Plan> {
    let option = pick(reader, node, name, options)?;
    not_negative(reader, node, after)?;
    Some(Plan::Choose { option, after })
}

fn rule_plan(
    reader: &mut Reader<'_>,
    node: &Node,
    every: SimDuration,
    raw: Vec<RawRule>,
    options: &[OptionSpec],
) -> Option<Plan> {
    if every < SHORTEST {
        let message = "rules must be tried at intervals of one minute or more";
        reader.wrong(Is::Field, locate::head(node), message, None);
        return None;
    }
    let rules = raw.into_iter().map(|rule| {
        let option = pick(reader, node, &rule.choose, options);
        not_negative(reader, node, rule.after)?;
        if !rule.when.is_finite() {
            let message = "a rule compares with a finite number";
            reader.wrong(Is::Field, locate::head(node), message, None);
            return None;
        }
        Some(Rule { when: rule.when, option: option?, after: rule.after })
    });
    // All rules are read before giving up.
    let rules: Vec<Option<Rule>> = rules.collect();
    Some(Plan::Rules { every, rules: rules.into_iter().collect::<Option<_>>()? })
}

fn pick(reader: &mut Reader<'_>, node: &Node, name: &str, options: &[OptionSpec]) -> Option<usize> {
    let found = options.iter().position(|o| o.name.as_str() == name);
    if found.is_none() {
        let names: Vec<&str> = options.iter().map(|o| o.name.as_str()).collect();
        let place = locate::first_text(node, &reader.doc.text, name).unwrap_or(node);
        let message = format!("this decision has no option `{name}`");
        reader.wrong(Is::Name, place.span.clone(), message, did_you_mean(name, &names));
    }
    found
}

fn not_negative(reader: &mut Reader<'_>, node: &Node, after: SimDuration) -> Option<()> {
    if after < SimDuration::ZERO {
        let message = "an answer cannot come before its question";
        reader.wrong(Is::Field, locate::head(node), message, None);
        return None;
    }
    Some(())
}

impl Condition {
    fn names(&self, see: &mut impl FnMut(&'static str, &str)) {
        match self {
            Condition::Always | Condition::After(_) => {}
            Condition::Above(metric, _) | Condition::Below(metric, _) => see("metric", metric),
            Condition::Reached(milestone) => see("milestone", milestone),
            Condition::All(list) | Condition::Any(list) => list.iter().for_each(|c| c.names(see)),
            Condition::Not(inner) => inner.names(see),
        }
    }

    fn milestones(&self) -> Vec<&str> {
        match self {
            Condition::Reached(milestone) => vec![milestone],
            Condition::All(list) | Condition::Any(list) => {
                list.iter().flat_map(Condition::milestones).collect()
            }
            Condition::Not(inner) => inner.milestones(),
            _ => Vec::new(),
        }
    }

    fn is_finite(&self) -> bool {
        match self {
            Condition::Above(_, value) | Condition::Below(_, value) => value.is_finite(),
            Condition::All(list) | Condition::Any(list) => list.iter().all(Condition::is_finite),
            Condition::Not(inner) => inner.is_finite(),
            _ => true,
        }
    }

    fn resolve(&self, sim: &Simulation) -> Test {
        let all = |list: &[Condition]| list.iter().map(|c| c.resolve(sim)).collect();
        match self {
            Condition::Always => Test::All(Vec::new()),
            Condition::Above(metric, value) => Test::Above(metric.clone(), *value),
            Condition::Below(metric, value) => Test::Below(metric.clone(), *value),
            Condition::After(wait) => Test::After(*wait),
            Condition::Reached(name) => {
                let known = &sim.catalogue().milestones;
                match known.iter().position(|m| m.name == *name) {
                    Some(index) => Test::Reached(MilestoneId(index as u16)),
                    // A milestone that nobody declares is never reached.
                    None => Test::Any(Vec::new()),
                }
            }
            Condition::All(list) => Test::All(all(list)),
            Condition::Any(list) => Test::Any(all(list)),
            Condition::Not(inner) => Test::Not(Box::new(inner.resolve(sim))),
        }
    }
}

#[derive(Clone, Debug)]
enum Test {
    Above(String, f64),
    Below(String, f64),
    After(SimDuration),
    Reached(MilestoneId),
    All(Vec<Test>),
    Any(Vec<Test>),
    Not(Box<Test>),
}

impl Test {
    fn holds(&self, view: &View<'_>, waited: SimDuration) -> bool {
        match self {
            // A metric without a value is neither above nor below anything.
            Test::Above(metric, value) => view.metric(metric).is_some_and(|m| m > *value),
            Test::Below(metric, value) => view.metric(metric).is_some_and(|m| m < *value),
            Test::After(wait) => waited >= *wait,
            Test::Reached(milestone) => view.reached(*milestone).is_some(),
            Test::All(list) => list.iter().all(|t| t.holds(view, waited)),
            Test::Any(list) => list.iter().any(|t| t.holds(view, waited)),
            Test::Not(inner) => !inner.holds(view, waited),
        }
    }
}

#[derive(Clone, Debug)]
enum Resolved {
    Default,
    Choose { option: usize, after: SimDuration },
    Rules { every: SimDuration, rules: Vec<(Test, usize, SimDuration)> },
}

/// Answers each decision as a policy says.
#[derive(Clone, Debug)]
pub struct PolicyDecider {
    plans: Vec<Resolved>,
    /// By decision: the rule that held when it was asked last.
    held: Vec<Option<usize>>,
}

impl PolicyDecider {
    /// The rule, from 0, that held when a decision was put to it last; nothing where none did.
    pub fn held(&self, decision: usize) -> Option<usize> {
        self.held.get(decision).copied().flatten()
    }
}

impl Decider for PolicyDecider {
    fn decide(&mut self, question: &Question<'_>) -> Answer {
        let default = question.decision.default;
        let number = usize::from(question.id.0);
        match self.plans.get(number) {
            None | Some(Resolved::Default) => {
                Answer::Choose { option: default, after: SimDuration::ZERO }
            }
            Some(Resolved::Choose { option, after }) => {
                Answer::Choose { option: *option, after: *after }
            }
            Some(Resolved::Rules { every, rules }) => {
                let waited = question.view.now() - question.asked_at;
                let first = rules.iter().position(|(test, ..)| test.holds(&question.view, waited));
                self.held[number] = first;
                match first.map(|rule| &rules[rule]) {
                    Some((_, option, after)) => Answer::Choose { option: *option, after: *after },
                    None => Answer::Later(*every),
                }
            }
        }
    }
}
