//! The loaded scenario: what it says of itself, and the values that simulations are built from.

use std::collections::BTreeMap;
use std::sync::Arc;

use hotwash_engine::{Calendar, SimDuration, Simulation, Slug, parse_seed};

use crate::diagnostic::{Diagnostic, Place, SourceFile, tidy};
use crate::doc::Doc;
use crate::expect::Expectations;
use crate::fields::LeverSetting;
use crate::format::{Briefing, DecisionSpec, InjectSpec, Objective, PreparedOrders, Role};
use crate::hindcast::HindcastRecord;
use crate::input::document;
use crate::language::{Spoken, Translation};
use crate::parameter::Parameter;
use crate::policy::Policy;
use crate::registry::Registry;
use crate::sections::Section;

/// What a scenario says of itself.
#[derive(Clone, Debug)]
pub(crate) struct About {
    pub(crate) name: Slug,
    pub(crate) title: String,
    pub(crate) summary: String,
    pub(crate) sources: String,
    pub(crate) briefing: Option<Briefing>,
    pub(crate) contested: Vec<String>,
    pub(crate) headline: Vec<(String, Place)>,
    pub(crate) seed: String,
}

/// A scenario without mistakes: any number of simulations can be built from it, on any thread.
#[derive(Clone)]
pub struct Scenario {
    pub(crate) registry: Registry,
    pub(crate) about: About,
    pub(crate) calendar: Calendar,
    pub(crate) lead_in: SimDuration,
    pub(crate) horizon: SimDuration,
    pub(crate) sections: Vec<Section>,
    pub(crate) levers: BTreeMap<String, LeverSetting>,
    pub(crate) roles: Vec<Role>,
    pub(crate) objectives: Vec<Objective>,
    pub(crate) decisions: Vec<DecisionSpec>,
    pub(crate) injects: Vec<InjectSpec>,
    pub(crate) policies: Vec<Policy>,
    pub(crate) hindcast: Option<HindcastRecord>,
    pub(crate) expectations: Option<Expectations>,
    pub(crate) docs: Vec<Arc<Doc>>,
    pub(crate) attached: Vec<Arc<SourceFile>>,
    pub(crate) orders: Vec<PreparedOrders>,
    pub(crate) parameters: Vec<Parameter>,
    pub(crate) languages: Vec<Arc<Translation>>,
    /// Its texts in the language that it speaks; none in its own. Simulations are never built from these.
    pub(crate) spoken: Option<Arc<Spoken>>,
    /// Whether simulations of it were built on trial, with no policy and with each.
    pub(crate) is_tried: bool,
}

impl std::fmt::Debug for Scenario {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Scenario").field("about", &self.about).finish_non_exhaustive()
    }
}

impl Scenario {
    /// Its name, a slug.
    pub fn name(&self) -> &str {
        self.about.name.as_str()
    }

    /// Its title, for people.
    pub fn title(&self) -> &str {
        self.spoken.as_ref().map_or(&self.about.title, |s| &s.title)
    }

    /// What it is about, in a few sentences.
    pub fn summary(&self) -> &str {
        self.spoken.as_ref().map_or(&self.about.summary, |s| &s.summary)
    }

    /// What it is modelled on.
    pub fn sources(&self) -> &str {
        &self.about.sources
    }

    /// What players know at STARTEX, if the scenario says.
    pub fn briefing(&self) -> Option<&Briefing> {
        self.spoken.as_ref().map_or(&self.about.briefing, |s| &s.briefing).as_ref()
    }

    /// What of it nobody knows to this day.
    pub fn contested(&self) -> &[String] {
        &self.about.contested
    }

    /// The metrics that tell most, first things first; empty when the scenario names none.
    pub fn headline(&self) -> impl ExactSizeIterator<Item = &str> {
        self.about.headline.iter().map(|(name, _)| name.as_str())
    }

    /// Civil time; STARTEX is its zero.
    pub fn calendar(&self) -> &Calendar {
        &self.calendar
    }

    /// Time simulated before STARTEX.
    pub fn lead_in(&self) -> SimDuration {
        self.lead_in
    }

    /// Time simulated after STARTEX.
    pub fn horizon(&self) -> SimDuration {
        self.horizon
    }

    /// The default seed as written: words or a number. `0` when the scenario names none.
    pub fn seed_text(&self) -> &str {
        &self.about.seed
    }

    /// The default seed as a number.
    pub fn seed(&self) -> u64 {
        parse_seed(&self.about.seed)
    }

    /// Who takes part.
    pub fn roles(&self) -> &[Role] {
        self.spoken.as_ref().map_or(&self.roles, |s| &s.roles)
    }

    /// What the exercise is to try out.
    pub fn objectives(&self) -> &[Objective] {
        self.spoken.as_ref().map_or(&self.objectives, |s| &s.objectives)
    }

    /// Decisions in order; a decision's position is its `DecisionId` in every simulation.
    pub fn decisions(&self) -> &[DecisionSpec] {
        self.spoken.as_ref().map_or(&self.decisions, |s| &s.decisions)
    }

    /// Injects in order.
    pub fn injects(&self) -> &[InjectSpec] {
        self.spoken.as_ref().map_or(&self.injects, |s| &s.injects)
    }

    /// Lever values that the scenario itself sets, as text.
    pub fn levers(&self) -> impl Iterator<Item = (&str, &str)> {
        self.levers.iter().map(|(name, set)| (name.as_str(), set.value.as_str()))
    }

    /// Names of the plugins it uses, in build order.
    pub fn plugins(&self) -> impl Iterator<Item = &'static str> {
        self.sections.iter().map(|s| s.entry.name())
    }

    /// The plugins that the program knows.
    pub fn registry(&self) -> &Registry {
        &self.registry
    }

    /// Its policies, by file name.
    pub fn policies(&self) -> &[Policy] {
        &self.policies
    }

    /// A policy by name.
    pub fn policy(&self, name: &str) -> Option<&Policy> {
        self.policies.iter().find(|p| p.name() == name)
    }

    /// Reads and checks a policy that is not beside the scenario. `path` is shown in errors and its
    /// file name must be the policy's.
    pub fn read_policy(&self, path: &str, bytes: Vec<u8>) -> (Option<Policy>, Vec<Diagnostic>) {
        let mut out = Vec::new();
        let policy = document(path, path, bytes, &mut out)
            .and_then(|doc| Policy::read(&doc, &self.decisions, &[], &mut out));
        if let Some(policy) = &policy {
            self.try_policy(policy, &mut out);
        }
        tidy(&mut out);
        let is_sound = out.iter().all(|d| !d.is_error());
        (policy.filter(|_| is_sound), out)
    }

    /// What is on record of the events behind it, if its folder has `hindcast.ron`.
    pub fn hindcast(&self) -> Option<&HindcastRecord> {
        self.hindcast.as_ref()
    }

    /// What its authors expect of it, if its folder has `expectations.ron`.
    pub fn expectations(&self) -> Option<&Expectations> {
        self.expectations.as_ref()
    }

    /// Path and text of every file that determines runs, for hashing and copies: the first file, what it
    /// includes in order, the files that sections attach, the policies by name. The record and the
    /// expectations are not among them: no run depends on them.
    pub fn texts(&self) -> Vec<(String, Arc<str>)> {
        let own = self.docs.iter().map(|d| (d.place(0..0).file.path.clone(), d.text.clone()));
        let attached = self.attached.iter().map(|file| (file.path.clone(), file.text.clone()));
        own.chain(attached).chain(self.policies.iter().map(Policy::text)).collect()
    }

    /// Builds a simulation. `settings` are lever values that win over the policy's, which win over
    /// the scenario's.
    ///
    /// # Errors
    /// What is wrong with the settings or with the policy; a loaded scenario by itself can be built.
    pub fn build(
        &self,
        settings: &BTreeMap<String, String>,
        policy: Option<&Policy>,
    ) -> Result<Simulation, Vec<Diagnostic>> {
        self.assemble(settings, policy).and_then(|sim| self.tried(sim, policy)).map_err(
            |mut out| {
                tidy(&mut out);
                out
            },
        )
    }
}
