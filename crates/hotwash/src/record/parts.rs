//! A recorded run in the form in which the lab holds runs against each other.

use hotwash_engine::Simulation;
use hotwash_lab::divergence::{self, Entry};

use super::{Line, Outcome, lines, outcomes};
use crate::exit::plain;

/// A run that was just played, as it would be read back from its text. Numbers that go through text and
/// ones that do not may differ in their last digit, so both sides of a comparison go through it.
pub fn played(sim: &Simulation) -> divergence::Recorded {
    let mut lines = lines(sim);
    for line in &mut lines {
        for value in line.fields.values_mut().filter(|value| value.is_f64()) {
            *value = read_back(value).unwrap_or_default();
        }
    }
    let mut outcomes = outcomes(sim).outcomes;
    for outcome in &mut outcomes {
        outcome.value = read_back(&outcome.value).flatten();
    }
    recorded(&lines, &outcomes)
}

fn read_back<T: serde::Serialize + serde::de::DeserializeOwned>(value: &T) -> Option<T> {
    serde_json::from_str(&serde_json::to_string(value).ok()?).ok()
}

/// A run that was read from text, for [`divergence::diverge`]. Its texts command no terminal.
pub fn recorded(lines: &[Line], outcomes: &[Outcome]) -> divergence::Recorded {
    divergence::Recorded {
        entries: lines.iter().map(entry).collect(),
        outcomes: outcomes.iter().map(outcome).collect(),
    }
}

fn entry(line: &Line) -> Entry {
    let all = |texts: &[String]| texts.iter().map(|text| plain(text)).collect();
    Entry {
        n: line.n,
        ms: line.ms,
        at: plain(&line.at),
        who: plain(&line.who),
        kind: plain(&line.kind),
        lane: plain(&line.lane),
        weight: plain(&line.weight),
        cause: line.cause,
        sees: all(&line.sees),
        milestones: all(&line.milestones),
        tags: all(&line.tags),
        fields: line.fields.clone(),
        says: plain(&line.says),
    }
}

fn outcome(outcome: &Outcome) -> divergence::Outcome {
    divergence::Outcome {
        name: plain(&outcome.name),
        value: outcome.value,
        unit: plain(&outcome.unit),
        better: plain(&outcome.better),
        bearer: plain(&outcome.bearer),
    }
}
