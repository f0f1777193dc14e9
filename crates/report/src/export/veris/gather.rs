//! Gathers from the journal what the table has a word for.

use std::collections::{BTreeMap, BTreeSet};

use hotwash_exercise::debrief::Story;
use hotwash_exercise::record::Line;

use super::table::{BY_FIELD, Fact, KINDS, NOT_THE_VICTIMS, NOTHING_MORE, PROPOSITIONS};

type Words = BTreeSet<&'static str>;

/// What is known of an incident, in VERIS's words.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    pub(super) internal: Words,
    pub(super) external: Words,
    pub(super) motives: Words,
    /// Motives in the scenario's own words.
    pub(super) reasons: BTreeSet<String>,
    /// By category: varieties and vectors.
    pub(super) actions: BTreeMap<&'static str, (Words, Words)>,
    /// By category.
    pub(super) results: BTreeMap<&'static str, Words>,
    pub(super) assets: Words,
    pub(super) integrity: Words,
    /// With the number of records, where it is counted.
    pub(super) data: BTreeMap<&'static str, Option<i64>>,
    pub(super) whose: Words,
    /// When the first thing of the victim's was compromised.
    pub(super) compromised_ms: Option<i64>,
    /// What the table does not know.
    pub(super) unmapped: BTreeSet<String>,
}

/// The matters in which something hostile was done, in order.
pub(super) fn matters(lines: &[Line]) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for milestone in lines.iter().flat_map(|line| &line.milestones) {
        let matter = milestone.strip_prefix("truth.first-malicious-action/");
        if let Some(matter) = matter.filter(|matter| !out.iter().any(|known| known == matter)) {
            out.push(matter.to_owned());
        }
    }
    out
}

/// Everything about one matter.
pub(super) fn gather(story: &Story, matter: &str, is_only: bool) -> Gathered {
    let mut out = Gathered::default();
    let places = places(&story.timeline);
    for line in story.timeline.iter().filter(|line| line.lane == "truth") {
        let plugin = line.kind.split('.').next().unwrap_or_default();
        if line.kind == "case.became-true" {
            continue;
        }
        let is_mine = places.get(plugin).map_or(is_only, |of| *of == matter);
        if is_mine {
            out.add(line, plugin);
        }
    }
    for line in story.timeline.iter().filter(|line| line.kind == "case.became-true") {
        let place = plugin_of_cause(story, line).and_then(|plugin| places.get(plugin));
        if is_only || place.is_some_and(|of| *of == matter) {
            out.hold(story, line);
        }
    }
    out
}

/// Which matter a plugin's doings belong to: the one that its milestones name.
fn places(lines: &[Line]) -> BTreeMap<&str, &str> {
    let mut out = BTreeMap::new();
    for line in lines.iter().filter(|line| line.lane == "truth") {
        let plugin = line.kind.split('.').next().unwrap_or_default();
        let named = line.milestones.iter().find_map(|m| m.strip_prefix("truth.")?.split_once('/'));
        if let Some((_, matter)) = named {
            out.entry(plugin).or_insert(matter);
        }
    }
    out
}

/// The plugin whose doing made a proposition true.
fn plugin_of_cause<'a>(story: &'a Story, line: &'a Line) -> Option<&'a str> {
    let chain = super::causes::chain(&story.timeline, line);
    let mut hostile = chain.filter(|cause| KINDS.iter().any(|(kind, _)| *kind == cause.kind));
    hostile.next().and_then(|cause| cause.kind.split('.').next())
}

impl Gathered {
    fn add(&mut self, line: &Line, plugin: &str) {
        match KINDS.iter().find(|(kind, _)| *kind == line.kind) {
            Some((_, facts)) => {
                let is_harm = |fact: &Fact| matches!(fact, Fact::Action(..) | Fact::Integrity(_));
                if facts.iter().any(is_harm) {
                    self.compromised_ms = self.compromised_ms.or(Some(line.ms));
                }
                facts.iter().for_each(|fact| self.take(*fact));
            }
            None if NOT_THE_VICTIMS.contains(&plugin) => {}
            None if NOTHING_MORE.contains(&line.kind.as_str()) => {}
            None => {
                self.unmapped.insert(line.kind.clone());
            }
        }
        for (kind, field, text, fact) in BY_FIELD {
            let said = line.fields.get(field).and_then(|v| v.as_str());
            if line.kind == kind && said == Some(text) {
                self.take(fact);
            }
        }
        if let Some(reason) = line.fields.get("motive").and_then(|v| v.as_str()) {
            self.reasons.insert(reason.to_owned());
        }
    }

    fn take(&mut self, fact: Fact) {
        match fact {
            Fact::Internal(variety) => _ = self.internal.insert(variety),
            Fact::External(variety) => _ = self.external.insert(variety),
            Fact::Motive(motive) => _ = self.motives.insert(motive),
            Fact::Action(category, variety, vector) => {
                let (varieties, vectors) = self.actions.entry(category).or_default();
                varieties.insert(variety);
                vectors.insert(vector);
                // What is known makes the unknown needless.
                if vectors.len() > 1 {
                    vectors.remove("Unknown");
                }
            }
            Fact::Result(category, result) => {
                self.results.entry(category).or_default().insert(result);
            }
            Fact::Asset(asset) => _ = self.assets.insert(asset),
            Fact::Integrity(harm) => _ = self.integrity.insert(harm),
            Fact::Data(data) => _ = self.data.entry(data).or_default(),
        }
    }

    /// Takes in a proposition that became true.
    fn hold(&mut self, story: &Story, line: &Line) {
        let text =
            |field: &str| line.fields.get(field).and_then(|v| v.as_str()).unwrap_or_default();
        match PROPOSITIONS.iter().find(|(name, _)| *name == text("name")) {
            Some((_, Some(held))) => {
                let counted = held.amount.and_then(|metric| amount(story, metric));
                self.data.insert(held.data, counted);
                self.whose.insert(held.whose);
            }
            Some((_, None)) => {}
            None => _ = self.unmapped.insert(format!("that {}", text("proposition"))),
        }
    }
}

fn amount(story: &Story, metric: &str) -> Option<i64> {
    let outcome = story.outcomes.iter().find(|o| o.name == metric)?;
    outcome.value.map(|value| value.round() as i64)
}
