//! Reads the story off a session.

use super::{About, ClockStory, MselStory, NoteStory, Participant, Story, choices, lanes};
use crate::record::{journal_text, outcomes, sha256};
use crate::seat::{FACILITATOR, Seat};
use crate::session::Session;
use crate::view::{View, in_words};

/// The story of a session so far; complete once it has ended.
pub fn story(session: &Session) -> Story {
    let scenario = session.plan().scenario.english();
    let lanes = lanes::lanes(session.lines());
    let decisions = choices::decisions(session);
    Story {
        about: about(session),
        people: people(session),
        objectives: choices::objectives(session, &decisions),
        calibration: choices::calibration(session, &decisions),
        decisions,
        knowable: lanes::knowable(&lanes),
        lanes,
        clocks: clocks(session),
        msel: msel(session),
        notes: notes(session),
        outcomes: outcomes(session.sim()).outcomes,
        headline: scenario.headline().map(str::to_owned).collect(),
        timeline: session.lines().to_vec(),
        entries_at_endex: session.entries_at_endex(),
    }
}

fn about(session: &Session) -> About {
    let plan = session.plan();
    let (sim, scenario) = (session.sim(), plan.scenario.english());
    let (start, end) = sim.span();
    About {
        scenario: scenario.name().to_owned(),
        title: scenario.title().to_owned(),
        exercise: scenario.briefing().map_or(scenario.title(), |b| &b.title).to_owned(),
        summary: scenario.summary().to_owned(),
        sources: scenario.sources().to_owned(),
        policy: plan.policy_name().to_owned(),
        policy_summary: plan.policy.as_ref().map_or("", |p| p.summary()).to_owned(),
        seed: plan.seed.clone(),
        hotwash: env!("CARGO_PKG_VERSION").to_owned(),
        startex: sim.calendar().date_time(hotwash_engine::SimTime::STARTEX),
        span_ms: (start.ms(), session.now_ms(), end.ms()),
        wall_ms: session.state().wall,
        records: session.records().len() as u64,
        journal_sha256: sha256(journal_text(session.lines()).as_bytes()),
    }
}

fn people(session: &Session) -> Vec<Participant> {
    let title = |seat: &Seat| match seat {
        Seat::Role(name) => in_words(session.plan().scenario.english(), name),
        Seat::Facilitator => "Facilitator".to_owned(),
        Seat::Evaluator => "Evaluator".to_owned(),
        Seat::Screen => "Screen".to_owned(),
    };
    let people = session.state().people.iter().map(|person| Participant {
        id: person.id.clone(),
        name: person.name.clone(),
        seats: person.seats.iter().map(title).collect(),
    });
    people.collect()
}

/// Clocks that plugins declare; the time limits of open decisions are told with the decisions.
fn clocks(session: &Session) -> Vec<ClockStory> {
    let clocks = View::of(session, FACILITATOR).in_english().declared_clocks(session);
    let mut clocks: Vec<ClockStory> = clocks
        .into_iter()
        .map(|clock| ClockStory {
            label: clock.label,
            since_ms: clock.since_ms,
            due_ms: clock.due_ms,
            stopped_ms: clock.stopped_ms,
        })
        .collect();
    clocks.sort_by_key(|clock| (clock.since_ms, clock.due_ms));
    clocks
}

fn msel(session: &Session) -> Vec<MselStory> {
    let state = session.state();
    let words = |names: &[String]| {
        names.iter().map(|n| in_words(session.plan().scenario.english(), n)).collect()
    };
    let rows = View::of(session, FACILITATOR).in_english().msel(session).into_iter().map(|row| {
        MselStory {
            name: row.name,
            is_decision: row.is_decision,
            ms: row.ms,
            waits_for: row.waits_for,
            from: row.from,
            form: row.form,
            to: words(&row.to),
            text: row.text,
            expected: row.expected,
            taken: row.taken,
            objective: row.objective,
            met: row.met,
        }
    });
    let mut rows: Vec<MselStory> = rows.collect();
    rows.extend(state.messages.iter().map(|message| MselStory {
        name: format!("message-{}", message.n),
        is_decision: false,
        ms: Some(message.ms),
        waits_for: "the facilitator".to_owned(),
        from: message.from.clone(),
        form: message.form.clone(),
        to: words(&message.to),
        text: message.text.clone(),
        expected: String::new(),
        taken: String::new(),
        objective: String::new(),
        met: None,
    }));
    rows.sort_by_key(|row| row.ms.unwrap_or(i64::MAX));
    rows
}

fn notes(session: &Session) -> Vec<NoteStory> {
    let name = |id: &str| match id {
        FACILITATOR => "Facilitator".to_owned(),
        id => session.state().name(id).to_owned(),
    };
    let notes = session.state().notes.iter().map(|note| NoteStory {
        ms: note.ms,
        by: name(&note.by),
        text: note.text.clone(),
        entry: note.entry,
    });
    notes.collect()
}
