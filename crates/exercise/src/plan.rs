//! What a session is played from.

use std::collections::BTreeMap;
use std::sync::Arc;

use hotwash_engine::{JOURNAL_VERSION, RunKey, STREAMS_VERSION, parse_seed};
use hotwash_scenario::{Policy, Scenario};

use crate::act::{Opening, SESSION_FORMAT};
use crate::record::{FileHash, sha256};

/// What a session is played from: everything but what people do.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The scenario.
    pub scenario: Scenario,
    /// The scenario's name or path, as it was opened.
    pub named: String,
    /// Answers what nobody plays; every default where there is none.
    pub policy: Option<Policy>,
    /// Lever values that win over the policy's.
    pub set: BTreeMap<String, String>,
    /// The seed as given.
    pub seed: String,
    /// Names of the roles that people play.
    pub played: Vec<String>,
    /// Whether the clock stops when a decision comes up.
    pub stops_at_decisions: bool,
    /// Path and text of what else determines the session: a policy from elsewhere, an edited MSEL.
    pub extra: Vec<(String, Arc<str>)>,
}

impl Plan {
    /// A plan in which people play all roles and the clock stops for their decisions.
    pub fn new(scenario: Scenario, named: &str, policy: Option<Policy>) -> Self {
        let played = scenario.roles().iter().map(|r| r.name.as_str().to_owned()).collect();
        let seed = scenario.seed_text().to_owned();
        Plan {
            scenario,
            named: named.to_owned(),
            policy,
            set: BTreeMap::new(),
            seed,
            played,
            stops_at_decisions: true,
            extra: Vec::new(),
        }
    }

    /// The same in the scenario's own words.
    #[must_use]
    pub fn in_english(&self) -> Plan {
        Plan { scenario: self.scenario.english().clone(), ..self.clone() }
    }

    /// The exercise's name for those who may not know what is to come: the briefing's, or the
    /// scenario's title where there is none.
    pub fn title_for_players(&self) -> &str {
        self.scenario.briefing().map_or_else(|| self.scenario.title(), |b| &b.title)
    }

    /// Which world is played.
    pub fn key(&self) -> RunKey {
        RunKey::single(parse_seed(&self.seed))
    }

    /// The policy's name; empty for the defaults.
    pub fn policy_name(&self) -> &str {
        self.policy.as_ref().map_or("", Policy::name)
    }

    /// Path and text of every file that determines the session.
    pub fn texts(&self) -> Vec<(String, Arc<str>)> {
        self.scenario.texts().into_iter().chain(self.extra.iter().cloned()).collect()
    }

    /// The policy's name, or the path of its copy where it is not one of the scenario's own.
    fn policy_path(&self) -> String {
        let text = self.policy.as_ref().map(|p| p.text().1);
        let foreign = self
            .extra
            .iter()
            .find(|(path, body)| path.starts_with("policy:") && Some(body) == text.as_ref());
        foreign.map_or_else(|| self.policy_name().to_owned(), |(path, _)| path.clone())
    }

    /// The first record's content.
    pub fn opening(&self) -> Opening {
        let hash =
            |(path, text): (String, Arc<str>)| FileHash { path, sha256: sha256(text.as_bytes()) };
        Opening {
            format: SESSION_FORMAT,
            hotwash: env!("CARGO_PKG_VERSION").to_owned(),
            streams: STREAMS_VERSION,
            journal: JOURNAL_VERSION,
            scenario: self.named.clone(),
            files: self.texts().into_iter().map(hash).collect(),
            policy: self.policy_path(),
            set: self.set.clone(),
            seed: self.seed.clone(),
            played: self.played.clone(),
            stops_at_decisions: self.stops_at_decisions,
            branched_from: None,
        }
    }
}
