//! Courses: lessons in order, each a scenario with objectives and pass marks, read with all mistakes at
//! once like everything that an author writes.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use hotwash_engine::{JsonSchema, Slug, schemars};
use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::diagnostic::{Diagnostic, DiagnosticKind as Is, tidy};
use crate::doc::Doc;
use crate::fields::{levers, version};
use crate::input::document;
use crate::locate;
use crate::read::{Reader, did_you_mean, duplicates};
use crate::reference::written::COURSE;
use crate::scenario::Scenario;
use crate::tree::Node;

/// Most lessons of a course.
const MOST_LESSONS: usize = 50;

/// What a lesson asks of a learner. All marks must be met.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[schemars(rename = "pass")]
pub enum PassMark {
    /// A metric has a value, which is this at most.
    AtMost(#[schemars(extend("x-words" = "metric"))] String, f64),
    /// A metric has a value, which is this at least.
    AtLeast(#[schemars(extend("x-words" = "metric"))] String, f64),
    /// The learner took the expected option in so many decisions at least.
    AsExpected(u32),
    /// Nothing that was said until ENDEX stopped being believed, or was taken back.
    NoClaimRefuted,
}

/// A scenario to be played, and what is asked.
#[derive(Clone, Debug)]
pub struct Lesson {
    /// Unique in the course; names the lesson's directory.
    pub name: Slug,
    /// The scenario's name, or its path.
    pub scenario: String,
    /// For people.
    pub title: String,
    /// What the learner reads first.
    pub text: String,
    /// What is to be learnt.
    pub objectives: Vec<String>,
    /// Which world is played; the scenario's own when there is none.
    pub seed: Option<String>,
    /// Levers that are set for the lesson, parameters of the scenario among them, as text.
    pub levers: Vec<(String, String)>,
    /// Roles that the learner plays; all when empty.
    pub roles: Vec<String>,
    /// Name of the policy that decides the rest.
    pub policy: Option<String>,
    /// What is asked; at least one.
    pub pass: Vec<PassMark>,
    /// How much the lesson counts beside the others.
    pub weight: f64,
}

/// Lessons in order.
#[derive(Clone, Debug)]
pub struct Course {
    /// For people.
    pub title: String,
    /// What it is about.
    pub summary: String,
    /// At least one.
    pub lessons: Vec<Lesson>,
    doc: Arc<Doc>,
}

#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "lesson")]
#[serde(deny_unknown_fields)]
pub(crate) struct RawLesson {
    /// Unique in the course; names the lesson's folder, so it has no `/`.
    name: Slug,
    /// The scenario's name, or its path.
    scenario: String,
    /// For people.
    title: String,
    /// What the learner reads first.
    text: String,
    /// What is to be learnt.
    objectives: Vec<String>,
    /// Which world is played; the scenario's own when it is left out.
    seed: Option<String>,
    /// Levers that are set for the lesson, `scenario.NAME` for parameters among them.
    // Read by itself, since a value may be a number, a word or a text.
    #[serde(default, rename = "levers")]
    #[schemars(with = "BTreeMap<String, String>")]
    #[schemars(extend("x-words" = "map from lever to number, true, false or text"))]
    _levers: BTreeMap<String, IgnoredAny>,
    /// Roles that the learner plays; all when it is left out.
    #[serde(default)]
    #[schemars(extend("x-words" = "list of roles"))]
    roles: Vec<String>,
    /// The policy that decides what the learner does not.
    #[schemars(extend("x-words" = "policy"))]
    policy: Option<String>,
    /// What is asked; at least one mark.
    pass: Vec<PassMark>,
    /// How much the lesson counts beside the others.
    #[serde(default = "one")]
    weight: f64,
}

fn one() -> f64 {
    1.0
}

impl Course {
    /// Reads a course; `path` is shown in errors. Gives it when there is no mistake, and always all there
    /// is to say.
    pub fn read(path: &str, bytes: Vec<u8>) -> (Option<Course>, Vec<Diagnostic>) {
        let mut out = Vec::new();
        let course = document(path, path, bytes, &mut out).and_then(|doc| read(&doc, &mut out));
        tidy(&mut out);
        let is_sound = out.iter().all(|d| !d.is_error());
        (course.filter(|_| is_sound), out)
    }

    /// Its file's text.
    pub fn text(&self) -> Arc<str> {
        self.doc.text.clone()
    }

    /// The mistake of a lesson whose scenario there is not; `known` are the shipped ones.
    pub fn no_scenario(&self, lesson: usize, known: &[&str]) -> Diagnostic {
        let name = &self.lessons[lesson].scenario;
        let message = format!("no scenario is called `{name}`");
        let place = self.span_of(lesson, "scenario", name);
        self.doc.wrong(Is::Name, place, message).hint(did_you_mean(name, known))
    }

    /// What is wrong with a lesson beside its scenario: names of roles, policy and metrics, and marks
    /// that nobody could meet.
    pub fn check(&self, lesson: usize, scenario: &Scenario) -> Vec<Diagnostic> {
        let mut out = Vec::new();
        let this = &self.lessons[lesson];
        let mut unknown = |sort: &str, field: &str, name: &str, known: &[&str]| {
            if !known.contains(&name) {
                let message = format!("scenario `{}` has no {sort} `{name}`", scenario.name());
                let wrong = self.doc.wrong(Is::Name, self.span_of(lesson, field, name), message);
                out.push(wrong.hint(did_you_mean(name, known)));
            }
        };
        let roles: Vec<&str> = scenario.roles().iter().map(|r| r.name.as_str()).collect();
        for role in &this.roles {
            unknown("role", "roles", role, &roles);
        }
        let policies: Vec<&str> = scenario.policies().iter().map(|p| p.name()).collect();
        if let Some(policy) = &this.policy {
            unknown("policy", "policy", policy, &policies);
        }
        let set: BTreeMap<String, String> = this.levers.iter().cloned().collect();
        if let Err(wrong) = scenario.build(&set, None) {
            for problem in wrong {
                let named = this
                    .levers
                    .iter()
                    .find(|(name, _)| problem.message.contains(&format!("`{name}`")));
                let span = self.span_of(lesson, "levers", named.map_or("", |(name, _)| name));
                out.push(self.doc.wrong(Is::Model, span, problem.message).hint(problem.hint));
            }
        } else if let Ok(sim) = scenario.build(&BTreeMap::new(), None) {
            let metrics: Vec<&str> = sim.metrics().map(|m| m.name).collect();
            for mark in &this.pass {
                if let PassMark::AtMost(name, _) | PassMark::AtLeast(name, _) = mark {
                    unknown("metric", "pass", name, &metrics);
                }
            }
        }
        self.check_decisions(lesson, scenario, &mut out);
        tidy(&mut out);
        out
    }

    /// Decisions that the learner takes must be there, and as many with an expected option as are asked
    /// for.
    fn check_decisions(&self, lesson: usize, scenario: &Scenario, out: &mut Vec<Diagnostic>) {
        let this = &self.lessons[lesson];
        let is_played = |role: &str| this.roles.is_empty() || this.roles.iter().any(|r| r == role);
        let decisions = scenario.decisions().iter().filter(|d| is_played(d.role.as_str()));
        let there = decisions.filter(|d| d.expected.is_some()).count();
        for mark in &this.pass {
            let PassMark::AsExpected(asked) = mark else { continue };
            if *asked as usize > there {
                let message = format!(
                    "{asked} decisions are to be taken as expected; these roles have {there} that the \
                     authors expect something of"
                );
                let span = self.span_of(lesson, "pass", "");
                out.push(self.doc.wrong(Is::Field, span, message));
            }
        }
    }

    /// Where a lesson's field says something; its head when it cannot be found.
    fn span_of(&self, lesson: usize, field: &str, text: &str) -> Range<usize> {
        let lessons = self.doc.root.field("lessons").map(|f| f.value.children());
        let lesson = lessons.and_then(|list| list.into_iter().nth(lesson));
        let field = lesson.and_then(|node| node.field(field));
        let node = field.map_or(&self.doc.root, |field| &field.value);
        locate::head(locate::first_text(node, &self.doc.text, text).unwrap_or(node))
    }
}

fn read(doc: &Arc<Doc>, out: &mut Vec<Diagnostic>) -> Option<Course> {
    duplicates(doc, out);
    let mut reader = Reader { doc, out };
    if !version(&mut reader, &doc.root, true) {
        return None;
    }
    reader.written(&doc.root, &COURSE)?;
    let title = doc.root.field("title").and_then(|f| reader.value::<String>(&f.value));
    let summary = doc.root.field("summary").and_then(|f| reader.value::<String>(&f.value));
    let list = &doc.root.field("lessons")?.value;
    let nodes = reader.list(Some(list));
    if nodes.is_empty() || nodes.len() > MOST_LESSONS {
        let message = format!("a course has 1 to {MOST_LESSONS} lessons");
        reader.wrong(Is::Field, locate::head(list), message, None);
    }
    let lessons: Vec<Option<Lesson>> =
        nodes.iter().take(MOST_LESSONS).map(|node| lesson(&mut reader, node)).collect();
    named_once(&mut reader, nodes);
    let lessons: Option<Vec<Lesson>> = lessons.into_iter().collect();
    Some(Course { title: title?, summary: summary?, lessons: lessons?, doc: doc.clone() })
}

fn lesson(reader: &mut Reader<'_>, node: &Node) -> Option<Lesson> {
    let raw: RawLesson = reader.value(node)?;
    let part = |field: &str| locate::head(node.field(field).map_or(node, |f| &f.value));
    for (field, text) in [("title", &raw.title), ("text", &raw.text), ("scenario", &raw.scenario)] {
        if text.trim().is_empty() {
            reader.wrong(Is::Field, part(field), format!("`{field}` is empty"), None);
        }
    }
    if raw.name.as_str().contains('/') {
        let message = "a lesson's name is the name of a folder: it has no `/`";
        reader.wrong(Is::Name, part("name"), message, None);
    }
    if !(raw.weight.is_finite() && raw.weight > 0.0) {
        reader.wrong(Is::Field, part("weight"), "a weight is a number above 0", None);
    }
    if raw.seed.as_ref().is_some_and(|seed| seed.trim().is_empty()) {
        let hint = "leave it out for the scenario's own".to_owned();
        reader.wrong(Is::Field, part("seed"), "a seed is a number or words", hint);
    }
    if raw.pass.is_empty() {
        reader.wrong(
            Is::Field,
            part("pass"),
            "a lesson asks for something: give a pass mark",
            None,
        );
    }
    for mark in &raw.pass {
        if let PassMark::AtMost(_, value) | PassMark::AtLeast(_, value) = mark
            && !value.is_finite()
        {
            reader.wrong(Is::Field, part("pass"), "a pass mark is a number", None);
        }
    }
    let set = levers(reader, node).into_iter().map(|(name, setting)| (name, setting.value));
    Some(Lesson {
        name: raw.name,
        scenario: raw.scenario,
        title: raw.title,
        text: raw.text,
        objectives: raw.objectives,
        seed: raw.seed,
        levers: set.collect(),
        roles: raw.roles,
        policy: raw.policy,
        pass: raw.pass,
        weight: raw.weight,
    })
}

/// Reports names that stand twice.
fn named_once(reader: &mut Reader<'_>, nodes: &[Node]) {
    let mut seen: Vec<String> = Vec::new();
    for node in nodes {
        let Some(field) = node.field("name") else { continue };
        let Some(name) = locate::text_of(&field.value, &reader.doc.text) else { continue };
        if seen.contains(&name) {
            let message = format!("two lessons are called `{name}`");
            reader.wrong(Is::Name, field.value.span.clone(), message, None);
        }
        seen.push(name);
    }
}
