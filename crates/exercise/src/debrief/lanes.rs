//! Truth, belief and claim of each proposition over time, read off the journal, and what was knowable
//! when.

use hotwash_incident::view;

use super::{Claim, Knowable, Lane};
use crate::record::Line;

/// A proposition that nobody ever thought this likely, and of which nothing was said, is left out
/// unless it is true.
const NOTICED: f64 = 0.5;
/// How likely somebody thinks it who is taken to know.
const SURE: f64 = 0.8;

/// The lanes of the propositions that mattered, in the order in which the journal first tells of them.
pub(super) fn lanes(lines: &[Line]) -> Vec<Lane> {
    let mut lanes: Vec<Lane> = Vec::new();
    for line in lines.iter().filter(|line| line.kind.starts_with("case.")) {
        if line.kind == "case.claim-walked-back" {
            walk_back(&mut lanes, lines, line);
        } else if let Some(lane) = lane_of(&mut lanes, line) {
            tell(lane, lines, line);
        }
    }
    lanes.retain(matters);
    lanes
}

fn text<'a>(line: &'a Line, field: &str) -> &'a str {
    line.fields.get(field).and_then(|v| v.as_str()).unwrap_or_default()
}

fn lane_of<'a>(lanes: &'a mut Vec<Lane>, line: &Line) -> Option<&'a mut Lane> {
    let name = text(line, "name");
    if name.is_empty() {
        return None;
    }
    let known = lanes.iter().position(|lane| lane.name == name);
    let place = known.unwrap_or_else(|| {
        lanes.push(Lane {
            name: name.to_owned(),
            proposition: String::new(),
            true_from_ms: None,
            belief: Vec::new(),
            hindsight: Vec::new(),
            claims: Vec::new(),
        });
        lanes.len() - 1
    });
    let lane = &mut lanes[place];
    if lane.proposition.is_empty() {
        text(line, "proposition").clone_into(&mut lane.proposition);
    }
    Some(lane)
}

fn tell(lane: &mut Lane, lines: &[Line], line: &Line) {
    let likely = || line.fields.get("p").and_then(|p| p.as_f64()).map(|p| (line.ms, p));
    match line.kind.as_str() {
        "case.became-true" => lane.true_from_ms = Some(line.ms),
        "case.vendor-believes" => lane.belief.extend(likely()),
        "case.other-believes" if text(line, "party") == "hindsight" => {
            lane.hindsight.extend(likely());
        }
        "case.claimed" => lane.claims.push(claim(lane, lines, line)),
        "case.claim-refuted" => {
            let refuted = lane.claims.iter_mut().find(|c| {
                is_said_at(c, lines, text(line, "said"))
                    && c.refuted_ms.is_none()
                    && c.walked_back_ms.is_none()
            });
            if let Some(claim) = refuted {
                claim.refuted_ms = Some(line.ms);
            }
        }
        _ => {}
    }
}

fn claim(lane: &Lane, lines: &[Line], line: &Line) -> Claim {
    let denies = text(line, "polarity") == "denies";
    let is_true = lane.true_from_ms.is_some();
    let to = if is_public(line) { "" } else { ", to those concerned only" };
    let (how, reading) = (text(line, "how").trim_start_matches("thereby "), text(line, "reading"));
    Claim {
        ms: line.ms,
        entry: line.n,
        denies,
        how: format!("{how}{reading}{to}"),
        statement: statement(lines, line).to_owned(),
        is_false: is_true == denies,
        refuted_ms: None,
        walked_back_ms: None,
    }
}

/// Whether an entry is for everybody's eyes.
fn is_public(line: &Line) -> bool {
    line.sees.len() == view::VIEWERS.len()
}

/// The title of the statement that a claim is part of: what led to the claim at the same instant.
fn statement<'a>(lines: &'a [Line], line: &Line) -> &'a str {
    let mut cause = line.cause;
    while let Some(entry) = (cause as usize).checked_sub(1).and_then(|n| lines.get(n)) {
        let title = text(entry, "title");
        if !title.is_empty() {
            return title;
        }
        if entry.ms != line.ms {
            break;
        }
        cause = entry.cause;
    }
    ""
}

/// Whether a claim was made at this instant, as a date and time.
fn is_said_at(claim: &Claim, lines: &[Line], said: &str) -> bool {
    lines.get(claim.entry as usize - 1).is_some_and(|line| line.at == said)
}

/// What was taken back is what the next claim contradicts: the journal tells of it just before.
fn walk_back(lanes: &mut [Lane], lines: &[Line], line: &Line) {
    let later = lines.iter().skip(line.n as usize);
    let mut later = later.take_while(|l| l.ms == line.ms).filter(|l| l.kind == "case.claimed");
    let Some(next) = later.next() else { return };
    let Some(lane) = lanes.iter_mut().find(|lane| lane.name == text(next, "name")) else { return };
    let denies = text(next, "polarity") == "denies";
    let contradicted = lane.claims.iter_mut().filter(|c| {
        c.denies != denies
            && c.refuted_ms.is_none()
            && c.walked_back_ms.is_none()
            && is_said_at(c, lines, text(line, "said"))
    });
    contradicted.for_each(|c| c.walked_back_ms = Some(line.ms));
}

fn matters(lane: &Lane) -> bool {
    let is_noticed = |steps: &[(i64, f64)]| steps.iter().any(|(_, p)| *p >= NOTICED);
    lane.true_from_ms.is_some()
        || !lane.claims.is_empty()
        || is_noticed(&lane.belief)
        || is_noticed(&lane.hindsight)
}

/// What was knowable of each proposition when, against what was said.
pub(super) fn knowable(lanes: &[Lane]) -> Vec<Knowable> {
    let sure = |steps: &[(i64, f64)]| steps.iter().find(|(_, p)| *p >= SURE).map(|(ms, _)| *ms);
    let first = |lane: &Lane, denies: bool| {
        lane.claims.iter().find(|c| c.denies == denies).map(|claim| claim.ms)
    };
    let row = |lane: &Lane| Knowable {
        proposition: lane.proposition.clone(),
        true_ms: lane.true_from_ms,
        knowable_ms: sure(&lane.hindsight),
        known_ms: sure(&lane.belief),
        said_ms: first(lane, false),
        denied_ms: first(lane, true),
    };
    lanes.iter().map(row).collect()
}
