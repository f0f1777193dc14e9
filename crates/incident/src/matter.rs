//! Matters: a scenario's incidents as the vendor handles them, one after the other or at once.
//!
//! Each has its own breach, milestones and times; people, trust and the press's memory are shared.

use hotwash_engine::{JsonSchema, MilestoneId, Problem, SimBuilder, Slug, schemars};
use serde::Deserialize;

use crate::case::{CaseBook, EvidenceId, PropositionId};

/// A matter's number in the case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct MatterId(pub u8);

/// An incident as the vendor handles it.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MatterConfig {
    /// Unique name.
    pub name: Slug,
    /// As half a sentence: `the theft of support records`.
    pub title: String,
    /// The proposition whose affirmation in public is disclosure.
    pub breach: Slug,
    /// The other propositions that belong to it and to no other matter.
    #[serde(default)]
    pub about: Vec<Slug>,
}

/// One incident as the vendor handles it.
#[derive(Clone, Debug)]
pub struct Matter {
    /// Unique name.
    pub name: Slug,
    /// As half a sentence.
    pub title: String,
    /// The proposition whose affirmation in public is disclosure.
    pub breach: PropositionId,
    /// All propositions that belong to it, the breach first.
    pub about: Vec<PropositionId>,
}

pub(crate) fn build(
    configs: Vec<MatterConfig>,
    find: impl Fn(&Slug) -> Result<PropositionId, Problem>,
    sim: &mut SimBuilder,
) -> Result<Vec<Matter>, Problem> {
    if configs.is_empty() {
        return Err(Problem::new("there is no matter").at("matters").hint(
            "name the incident: matters: [(name: \"leak\", title: \"the leak\", breach: \"...\")]",
        ));
    }
    let mut matters: Vec<Matter> = Vec::new();
    for (i, config) in configs.into_iter().enumerate() {
        let place = format!("matters[{i}]");
        if !sim.names.declare("matter", config.name.as_str()) {
            return Err(Problem::new(format!("two matters are called `{}`", config.name)).at(place));
        }
        let mut about = Vec::new();
        for name in std::iter::once(&config.breach).chain(&config.about) {
            let proposition = find(name).map_err(|p| p.at(place.clone()))?;
            if about.contains(&proposition) {
                continue;
            }
            if let Some(other) = matters.iter().find(|m| m.about.contains(&proposition)) {
                let (name, other) = (name.as_str(), other.name);
                return Err(Problem::new(format!("`{name}` belongs to the matter `{other}`"))
                    .at(place)
                    .hint("a proposition belongs to one matter"));
            }
            about.push(proposition);
        }
        matters.push(Matter { name: config.name, title: config.title, breach: about[0], about });
    }
    Ok(matters)
}

impl CaseBook {
    /// All matters, by [`MatterId`].
    pub fn matters(&self) -> &[Matter] {
        &self.matters
    }

    /// Numbers of all matters, in order.
    pub fn matter_ids(&self) -> impl Iterator<Item = MatterId> + use<> {
        (0..self.matters.len() as u8).map(MatterId)
    }

    /// A matter by number.
    pub fn matter(&self, id: MatterId) -> &Matter {
        &self.matters[usize::from(id.0)]
    }

    /// A matter's number by name.
    ///
    /// # Errors
    /// A problem with the nearest name.
    pub fn find_matter(&self, name: &str) -> Result<MatterId, Problem> {
        match self.matters.iter().position(|m| m.name.as_str() == name) {
            Some(i) => Ok(MatterId(i as u8)),
            None => Err(Problem::new(format!("no matter is called `{name}`"))
                .hint_names(name, self.matters.iter().map(|m| m.name.as_str()))),
        }
    }

    /// The matter with this name; without a name the only one.
    ///
    /// # Errors
    /// When no matter has the name, or none is named and there are several.
    pub fn matter_or_only(&self, name: Option<&Slug>) -> Result<MatterId, Problem> {
        match name {
            Some(name) => self.find_matter(name.as_str()),
            None if self.matters.len() == 1 => Ok(MatterId(0)),
            None => {
                let known: Vec<&str> = self.matters.iter().map(|m| m.name.as_str()).collect();
                Err(Problem::new("the case has several matters, and this names none of them")
                    .hint(format!("add `matter: \"...\"`; known: {}", known.join(", "))))
            }
        }
    }

    /// The matter that a proposition belongs to, if it belongs to one.
    pub fn matter_of(&self, proposition: PropositionId) -> Option<MatterId> {
        let index = self.matters.iter().position(|m| m.about.contains(&proposition))?;
        Some(MatterId(index as u8))
    }

    /// The matter of the proposition, or a problem that says how to give it one.
    ///
    /// # Errors
    /// When no matter lists the proposition.
    pub fn require_matter(&self, proposition: PropositionId) -> Result<MatterId, Problem> {
        self.matter_of(proposition).ok_or_else(|| {
            let name = self.proposition_name(proposition);
            Problem::new(format!("no matter of the case is about `{name}`"))
                .hint("list it under `matters` in the section `case`")
        })
    }

    /// The matter that a kind of evidence speaks of: that of the first of its propositions that
    /// belongs to one.
    pub fn matter_of_evidence(&self, evidence: EvidenceId) -> Option<MatterId> {
        let kind = &self.evidence[usize::from(evidence.0)];
        kind.ratios.iter().find_map(|(about, _)| self.matter_of(*about))
    }

    /// The name of a matter's milestone: `NAME/MATTER`.
    pub fn mark_name(&self, matter: MatterId, name: &str) -> String {
        format!("{name}/{}", self.matter(matter).name)
    }

    /// A matter's milestone, `NAME/MATTER`, of the shared names in [`milestones`](crate::milestones).
    pub fn mark(
        &self,
        sim: &mut SimBuilder,
        matter: MatterId,
        name: &str,
        about: &str,
    ) -> MilestoneId {
        sim.milestone(&self.mark_name(matter, name), about)
    }

    /// A matter's name for a stream or a number: plain where there is one matter, `NAME/MATTER` where
    /// there are more.
    pub fn name_in(&self, matter: MatterId, name: &str) -> String {
        match self.matters.len() {
            0 | 1 => name.to_owned(),
            _ => self.mark_name(matter, name),
        }
    }

    /// A matter's name for a metric: plain where there is one matter, so that scenarios compare;
    /// `NAME/MATTER` where there are more.
    pub fn metric(&self, matter: MatterId, name: &'static str) -> &'static str {
        match self.matters.len() {
            0 | 1 => name,
            _ => crate::case::interned(self.mark_name(matter, name)),
        }
    }
}
