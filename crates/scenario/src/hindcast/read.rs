//! Reading a record: rows as an author writes them, with all their mistakes.

use std::collections::BTreeMap;
use std::sync::Arc;

use hotwash_engine::{Calendar, JsonSchema, SimTime, schemars};
use serde::Deserialize;

use super::{
    HindcastRecord, OtherRecord, RecordFirmness, RecordRow, Recorded, RowKind, RowMeasure,
};
use crate::diagnostic::{Diagnostic, DiagnosticKind as Is};
use crate::doc::Doc;
use crate::fields::version;
use crate::locate;
use crate::read::{Reader, did_you_mean, duplicates};
use crate::reference::written;
use crate::tree::Node;

/// Most rows of a record.
const MOST_ROWS: usize = 200;

/// What is on record: what agrees with it.
#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "recorded")]
enum RawRecorded {
    /// A number from this to that, both included, in the measure's unit.
    Between(f64, f64),
    /// This number.
    Exactly(f64),
    /// This number or more.
    AtLeast(f64),
    /// A day from the first to the last, both included; for the measure `Date` only.
    Dates(
        #[schemars(extend("x-words" = "date"))] String,
        #[schemars(extend("x-words" = "date"))] String,
    ),
    /// It happened: a metric that is 0 or 1 should be 1 in at least this share of the runs in which it
    /// has a value. The share is the author's choice, not a record.
    ShareAtLeast(f64),
    /// Nothing that could be scored, for this reason.
    Nothing(String),
}

#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "row")]
#[serde(deny_unknown_fields)]
pub(crate) struct RawRow {
    /// Its mark, unique in the file, at most 12 characters.
    id: String,
    /// What it is, in words.
    quantity: String,
    /// What of a run is held against it.
    measure: RowMeasure,
    /// What is on record.
    recorded: RawRecorded,
    /// The likeliest number in a bracket; the simulated distribution is scored against it.
    point: Option<f64>,
    /// Its unit, where it is not the metric's.
    unit: Option<String>,
    /// How firm the record is; left out where that is undetermined.
    firmness: Option<RecordFirmness>,
    /// What the quantity comes from in the model, and so what agreement is worth.
    kind: RowKind,
    /// Ids of other rows that it follows from; such a row is shown and not counted.
    #[serde(default)]
    #[schemars(extend("x-words" = "list of ids"))]
    derived_from: Vec<String>,
    /// What other sources say.
    #[serde(default)]
    alternatives: Vec<RawOther>,
    /// Sources, conditions, what is contested.
    #[serde(default)]
    note: String,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct RawOther {
    /// What is on record there.
    recorded: RawRecorded,
    /// How firm it is.
    firmness: Option<RecordFirmness>,
    /// Whose it is.
    #[serde(default)]
    note: String,
}

/// Civil time and the span of a run, to judge dates by.
pub(crate) struct When<'a> {
    pub(crate) calendar: &'a Calendar,
    pub(crate) start: SimTime,
    pub(crate) end: SimTime,
}

impl HindcastRecord {
    /// Reads a record. Rows that cannot be read are reported and left out, so that the names in the
    /// others can be checked as well.
    pub(crate) fn read(
        doc: &Arc<Doc>,
        when: &When<'_>,
        out: &mut Vec<Diagnostic>,
    ) -> Option<HindcastRecord> {
        duplicates(doc, out);
        let mut reader = Reader { doc, out };
        if !version(&mut reader, &doc.root, true) {
            return None;
        }
        reader.written(&doc.root, &written::HINDCAST)?;
        let about = doc.root.field("about").and_then(|f| reader.value::<String>(&f.value));
        let list = &doc.root.field("rows")?.value;
        let nodes = reader.list(Some(list));
        if nodes.is_empty() || nodes.len() > MOST_ROWS {
            let message = format!("a record has 1 to {MOST_ROWS} rows");
            reader.wrong(Is::Field, locate::head(list), message, None);
        }
        let nodes = &nodes[..nodes.len().min(MOST_ROWS)];
        let rows: Vec<Option<RecordRow>> =
            nodes.iter().enumerate().map(|(at, node)| row(&mut reader, node, at, when)).collect();
        let rows: Vec<RecordRow> = rows.into_iter().flatten().collect();
        check_ids(&mut reader, nodes);
        for row in &rows {
            check_sources(&mut reader, nodes, row);
        }
        Some(HindcastRecord { about: about?, rows, doc: doc.clone() })
    }
}

/// The ids as written, also of rows that could not be read.
fn ids<'a>(doc: &'a Doc, nodes: &'a [Node]) -> impl Iterator<Item = (String, &'a Node)> {
    nodes.iter().filter_map(|node| {
        let value = &node.field("id")?.value;
        Some((locate::text_of(value, &doc.text)?, value))
    })
}

fn check_ids(reader: &mut Reader<'_>, nodes: &[Node]) {
    let mut seen = BTreeMap::new();
    for (id, node) in ids(reader.doc, nodes) {
        let span = node.span.clone();
        if id.trim().is_empty() || id.chars().count() > 12 {
            reader.wrong(Is::Name, span.clone(), "a row's id has 1 to 12 characters", None);
        }
        if let Some(first) = seen.insert(id.clone(), span.clone()) {
            let first = reader.doc.wrong(Is::Name, first, "");
            let hint = format!("the first is in line {}", first.line);
            reader.wrong(Is::Name, span, format!("two rows are called `{id}`"), hint);
        }
    }
}

/// The rows that a row is derived from must be others of the file.
fn check_sources(reader: &mut Reader<'_>, nodes: &[Node], row: &RecordRow) {
    let others: Vec<String> = ids(reader.doc, nodes).map(|(id, _)| id).collect();
    let others: Vec<&str> = others.iter().map(String::as_str).filter(|id| *id != row.id).collect();
    let list = nodes[row.at].field("derived_from");
    for source in row.derived_from.iter().filter(|s| !others.contains(&s.as_str())) {
        let place = list.map_or(&nodes[row.at], |f| &f.value);
        let place = locate::first_text(place, &reader.doc.text, source).unwrap_or(place);
        let message = format!("no other row is called `{source}`");
        reader.wrong(Is::Name, locate::head(place), message, did_you_mean(source, &others));
    }
}

fn row(reader: &mut Reader<'_>, node: &Node, at: usize, when: &When<'_>) -> Option<RecordRow> {
    let raw: RawRow = reader.value(node)?;
    let before = reader.out.len();
    check_words(reader, node, &raw, when);
    let recorded = record(reader, part(node, "recorded"), raw.recorded, &raw.measure, when);
    let nodes = node.field("alternatives").map(|f| f.value.children()).unwrap_or_default();
    let mut alternatives = Vec::new();
    for (node, other) in nodes.into_iter().zip(raw.alternatives) {
        let place = part(node, "recorded");
        let Some(recorded) = record(reader, place, other.recorded, &raw.measure, when) else {
            continue;
        };
        alternatives.push(OtherRecord { recorded, firmness: other.firmness, note: other.note });
    }
    if let (Some(point), Some(recorded)) = (raw.point, &recorded) {
        let is_date = matches!(raw.measure, RowMeasure::Date(_));
        let is_inside =
            matches!(recorded, Recorded::Bracket { low, high } if *low <= point && point <= *high);
        if is_date || !is_inside {
            say(reader, node, "point", "a point is a number inside the bracket on record");
        }
    }
    // A note is no reason to leave a row out.
    let is_sound = reader.out[before..].iter().all(|d| !d.is_error());
    is_sound.then_some(RecordRow {
        id: raw.id,
        quantity: raw.quantity,
        measure: raw.measure,
        recorded: recorded?,
        point: raw.point,
        unit: raw.unit,
        firmness: raw.firmness,
        kind: raw.kind,
        derived_from: raw.derived_from,
        alternatives,
        note: raw.note,
        at,
    })
}

/// What a row says besides its records.
fn check_words(reader: &mut Reader<'_>, node: &Node, raw: &RawRow, when: &When<'_>) {
    if raw.quantity.trim().is_empty() {
        say(reader, node, "quantity", "a row says in words what its quantity is");
    }
    match &raw.measure {
        RowMeasure::DaysFrom(date, _) => {
            day(reader, part(node, "measure"), date, when);
        }
        RowMeasure::Sum(names) if names.is_empty() => {
            say(reader, node, "measure", "a sum names at least one metric");
        }
        RowMeasure::Unscored(why) if why.trim().is_empty() => {
            say(reader, node, "measure", "a row that is not scored says why");
        }
        _ => {}
    }
}

/// The value of a field, or the whole row where it is missing.
fn part<'a>(node: &'a Node, field: &str) -> &'a Node {
    node.field(field).map_or(node, |f| &f.value)
}

/// Reports a mistake in a field of a row.
fn say(reader: &mut Reader<'_>, node: &Node, field: &str, message: &str) {
    reader.wrong(Is::Field, locate::head(part(node, field)), message, None);
}

/// A record in the unit of its measure.
fn record(
    reader: &mut Reader<'_>,
    node: &Node,
    raw: RawRecorded,
    measure: &RowMeasure,
    when: &When<'_>,
) -> Option<Recorded> {
    let is_date = matches!(measure, RowMeasure::Date(_));
    let is_free = matches!(measure, RowMeasure::Unscored(_));
    let is_metric = matches!(measure, RowMeasure::Metric(_) | RowMeasure::Sum(_));
    let mut refuse = |message: &str| reader.wrong(Is::Field, locate::head(node), message, None);
    match &raw {
        RawRecorded::Between(..) | RawRecorded::Exactly(_) | RawRecorded::AtLeast(_) if is_date => {
            refuse("the record of a date is written `Dates(\"2019-04-24\", \"2019-05-09\")`");
            return None;
        }
        RawRecorded::Dates(..) if !is_date && !is_free => {
            refuse("`Dates(..)` is the record of a measure `Date(..)`; this one is a number");
            return None;
        }
        RawRecorded::ShareAtLeast(_) if !is_metric && !is_free => {
            refuse("`ShareAtLeast(..)` is the record of a metric that is 0 or 1");
            return None;
        }
        RawRecorded::ShareAtLeast(share) if !(*share > 0.0 && *share <= 1.0) => {
            refuse("a share lies above 0 and is at most 1");
            return None;
        }
        RawRecorded::Nothing(why) if why.trim().is_empty() => {
            refuse("say why nothing on record can be scored");
            return None;
        }
        _ => {}
    }
    let (low, high) = match raw {
        RawRecorded::Between(low, high) => (low, high),
        RawRecorded::Exactly(value) => (value, value),
        RawRecorded::AtLeast(low) => (low, f64::INFINITY),
        RawRecorded::Dates(from, to) => {
            // Both are read before giving up.
            let days = [&from, &to].map(|date| {
                let day = day(reader, node, date, when)?;
                note_outside(reader, node, date, day, when);
                Some(day)
            });
            (days[0]?, days[1]?)
        }
        RawRecorded::ShareAtLeast(share) => return Some(Recorded::ShareAtLeast(share)),
        RawRecorded::Nothing(why) => return Some(Recorded::Nothing(why)),
    };
    let is_bracket = low.is_finite() && low <= high;
    if !is_bracket {
        let message = "a record goes from its lowest to its highest value, which are numbers";
        reader.wrong(Is::Field, locate::head(node), message, None);
    }
    is_bracket.then_some(Recorded::Bracket { low, high })
}

/// Calendar days from the day of STARTEX to a date.
fn day(reader: &mut Reader<'_>, node: &Node, date: &str, when: &When<'_>) -> Option<f64> {
    match when.calendar.instant(date) {
        Ok(at) => Some(days(at, when)),
        Err(message) => {
            let place = locate::first_text(node, &reader.doc.text, date).unwrap_or(node);
            reader.wrong(Is::Field, place.span.clone(), message, None);
            None
        }
    }
}

fn days(at: SimTime, when: &When<'_>) -> f64 {
    (when.calendar.day_number(at) - when.calendar.day_number(SimTime::STARTEX)) as f64
}

/// Notes that no run can reach a date.
fn note_outside(reader: &mut Reader<'_>, node: &Node, date: &str, day: f64, when: &When<'_>) {
    if (days(when.start, when)..=days(when.end, when)).contains(&day) {
        return;
    }
    let place = locate::first_text(node, &reader.doc.text, date).unwrap_or(node).span.clone();
    let [start, end] = [when.start, when.end].map(|t| when.calendar.date(t));
    let message = format!("`{date}` lies outside of the run, from {start} to {end}");
    reader.wrong(Is::Note, place, message, None);
}
