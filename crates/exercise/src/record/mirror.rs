//! From a simulation's journal and metrics to their recorded form.

use hotwash_engine::{Better, Entry, Simulation, Value as Field, Weight};
use hotwash_incident::view::VIEWERS;
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::{Line, Outcome, Outcomes};

/// The journal of the simulation's current run, line by line.
pub fn lines(sim: &Simulation) -> Vec<Line> {
    sim.journal().entries().iter().map(|entry| line(sim, entry)).collect()
}

/// The journal as the bytes of `journal.jsonl`.
///
/// # Panics
/// Never: a line is plain data.
pub fn journal_text(lines: &[Line]) -> String {
    let mut out = String::new();
    for line in lines {
        match serde_json::to_string(line) {
            Ok(text) => out.push_str(&text),
            Err(error) => unreachable!("a journal line is plain data: {error}"),
        }
        out.push('\n');
    }
    out
}

/// SHA-256 in hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect()
}

/// An entry of the journal in its recorded form.
pub fn line(sim: &Simulation, entry: &Entry) -> Line {
    Line {
        n: entry.id.0,
        ms: entry.at.ms(),
        at: sim.calendar().date_time(entry.at),
        who: sim.actor_name(entry.who).to_owned(),
        kind: entry.kind.name.to_owned(),
        lane: entry.kind.lane.to_owned(),
        weight: match entry.kind.weight {
            Weight::Routine => "routine",
            Weight::Notable => "notable",
            Weight::Milestone => "milestone",
        }
        .to_owned(),
        cause: entry.cause.0,
        sees: VIEWERS
            .iter()
            .filter(|(_, viewer)| entry.audience.meets(*viewer))
            .map(|(name, _)| (*name).to_owned())
            .collect(),
        milestones: entry.milestones.iter().map(|m| sim.milestone_name(*m).to_owned()).collect(),
        tags: entry.kind.tags.iter().map(|t| (*t).to_owned()).collect(),
        fields: entry
            .fields
            .iter()
            .map(|(name, value)| ((*name).to_owned(), json(sim, value)))
            .collect(),
        says: sentence(sim, entry),
    }
}

/// The entry's sentence, with instants as dates.
fn sentence(sim: &Simulation, entry: &Entry) -> String {
    hotwash_engine::render(entry.kind.says, |name| match entry.field(name)? {
        Field::Time(at) => Some(Field::Text(sim.calendar().date(*at))),
        other => Some(other.clone()),
    })
}

fn json(sim: &Simulation, value: &Field) -> Value {
    match value {
        Field::Int(n) => Value::from(*n),
        Field::Num(n) => Value::from(*n),
        Field::Text(text) => Value::from(text.as_str()),
        Field::Time(at) => Value::from(sim.calendar().date_time(*at)),
        Field::Span(span) => Value::from(span.to_string()),
    }
}

/// The metrics' values as of now.
pub fn outcomes(sim: &Simulation) -> Outcomes {
    let mut values = Vec::new();
    sim.read_metrics(&mut values);
    let outcomes = sim
        .metrics()
        .zip(values)
        .map(|(info, value)| Outcome {
            name: info.name.to_owned(),
            value,
            unit: info.unit.to_owned(),
            better: match info.better {
                Better::Lower => "lower",
                Better::Higher => "higher",
                Better::Neither => "neither",
            }
            .to_owned(),
            bearer: info.bearer.to_owned(),
        })
        .collect();
    Outcomes { outcomes }
}
