//! Rows of the master scenario events list, and the words in it.

use hotwash_engine::{DecisionId, SimTime};
use hotwash_scenario::{CueSpec, Scenario};

use super::{MselRow, MselStatus};
use crate::session::Session;

pub(super) fn decision_row(session: &Session, scenario: &Scenario, number: usize) -> MselRow {
    let spec = &scenario.decisions()[number];
    let state = session.sim().decision_state(DecisionId(number as u16));
    let name = spec.name.as_str();
    let by_people = session.state().taken.iter().any(|t| t.decision == name);
    let said = |option: usize| spec.options[option].text.clone();
    let is_open = session.open().iter().any(|open| open.number == number);
    let status = match (state.asked_at, state.taken) {
        _ if is_open => MselStatus::Open,
        (_, Some(_)) if by_people => MselStatus::Done,
        (_, Some(_)) => MselStatus::Defaulted,
        _ => MselStatus::Pending,
    };
    let met = session.state().expected.get(name).copied();
    MselRow {
        name: name.to_owned(),
        is_decision: true,
        ms: state.asked_at.map(SimTime::ms),
        waits_for: waits_for(session, scenario, &spec.cue),
        from: scenario.language().words().of("controller").to_owned(),
        form: String::new(),
        to: vec![spec.role.as_str().to_owned()],
        text: spec.ask.clone(),
        expected: spec.expected.map(said).unwrap_or_default(),
        taken: state.taken.map(said).unwrap_or_default(),
        objective: spec.objective.map(|o| o.as_str().to_owned()).unwrap_or_default(),
        status,
        met: met.or_else(|| Some(state.taken? == spec.expected?)),
    }
}

pub(super) fn inject_row(session: &Session, scenario: &Scenario, number: usize) -> MselRow {
    let spec = &scenario.injects()[number];
    let at = session.sim().inject_delivered(number);
    MselRow {
        name: spec.name.as_str().to_owned(),
        is_decision: false,
        ms: at.map(SimTime::ms),
        waits_for: waits_for(session, scenario, &spec.cue),
        from: spec.from.clone(),
        form: spec.form.clone(),
        to: spec.to.clone(),
        text: spec.text.clone(),
        expected: String::new(),
        taken: String::new(),
        objective: String::new(),
        status: if at.is_some() { MselStatus::Done } else { MselStatus::Pending },
        met: session.state().expected.get(spec.name.as_str()).copied(),
    }
}

fn waits_for(session: &Session, scenario: &Scenario, cue: &CueSpec) -> String {
    // Milestones are in the scenario's own words, so all of the sentence is.
    crate::cue::waits_for(scenario.english(), session.sim().catalogue(), cue)
}

/// A role's or a viewer's name as people say it.
pub(crate) fn in_words(scenario: &Scenario, name: &str) -> String {
    crate::cue::title(scenario, name)
}
