//! A scenario's texts for people, put into a language.

use std::collections::BTreeMap;

use super::Language;
use super::read::{Path, Translation};
use crate::format::{Briefing, DecisionSpec, InjectSpec, Objective, Role};
use crate::scenario::Scenario;

/// What the scenario says to people, in another language than its own.
#[derive(Clone, Debug)]
pub(crate) struct Spoken {
    pub(crate) language: Language,
    /// The scenario in its own words.
    pub(crate) original: Scenario,
    pub(crate) title: String,
    pub(crate) summary: String,
    pub(crate) briefing: Option<Briefing>,
    pub(crate) roles: Vec<Role>,
    pub(crate) objectives: Vec<Objective>,
    pub(crate) decisions: Vec<DecisionSpec>,
    pub(crate) injects: Vec<InjectSpec>,
}

impl Spoken {
    pub(crate) fn new(scenario: &Scenario, translation: &Translation) -> Self {
        let language = Language::new(&translation.code, translation.texts(&originals(scenario)));
        let put = |text: &mut String, path: &[&str]| {
            *text = match translation.at(path) {
                Some(own) => own.to_owned(),
                None => language.text(text).into_owned(),
            };
        };
        let (mut title, mut summary) =
            (scenario.about.title.clone(), scenario.about.summary.clone());
        put(&mut title, &["title"]);
        put(&mut summary, &["summary"]);
        let mut briefing = scenario.about.briefing.clone();
        if let Some(briefing) = &mut briefing {
            put(&mut briefing.title, &["briefing", "title"]);
            put(&mut briefing.text, &["briefing", "text"]);
        }
        let (mut roles, mut objectives) = (scenario.roles.clone(), scenario.objectives.clone());
        roles.iter_mut().for_each(|r| put(&mut r.title, &["roles", r.name.as_str()]));
        objectives.iter_mut().for_each(|o| put(&mut o.text, &["objectives", o.name.as_str()]));
        let mut decisions = scenario.decisions.clone();
        for decision in &mut decisions {
            let name = decision.name.as_str();
            put(&mut decision.ask, &["decisions", name, "ask"]);
            for option in &mut decision.options {
                put(&mut option.text, &["decisions", name, "options", option.name.as_str()]);
            }
        }
        let mut injects = scenario.injects.clone();
        for inject in &mut injects {
            let name = inject.name.as_str();
            put(&mut inject.from, &["injects", name, "from"]);
            put(&mut inject.text, &["injects", name, "text"]);
        }
        let original = Scenario { spoken: None, ..scenario.clone() };
        Spoken {
            original,
            language,
            title,
            summary,
            briefing,
            roles,
            objectives,
            decisions,
            injects,
        }
    }
}

/// The scenario's own texts for people by their path.
pub(crate) fn originals(scenario: &Scenario) -> BTreeMap<Path, String> {
    let mut all = BTreeMap::new();
    let mut put = |path: &[&str], text: &str| {
        all.insert(path.iter().map(|&step| step.to_owned()).collect(), text.to_owned());
    };
    put(&["title"], &scenario.about.title);
    put(&["summary"], &scenario.about.summary);
    if let Some(briefing) = &scenario.about.briefing {
        put(&["briefing", "title"], &briefing.title);
        put(&["briefing", "text"], &briefing.text);
    }
    for role in &scenario.roles {
        put(&["roles", role.name.as_str()], &role.title);
    }
    for objective in &scenario.objectives {
        put(&["objectives", objective.name.as_str()], &objective.text);
    }
    for decision in &scenario.decisions {
        let name = decision.name.as_str();
        put(&["decisions", name, "ask"], &decision.ask);
        for option in &decision.options {
            put(&["decisions", name, "options", option.name.as_str()], &option.text);
        }
    }
    for inject in &scenario.injects {
        let name = inject.name.as_str();
        put(&["injects", name, "from"], &inject.from);
        put(&["injects", name, "text"], &inject.text);
    }
    all
}
