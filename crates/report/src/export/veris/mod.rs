//! A VERIS record of each incident of a run, from what was true in it.
//!
//! Everything in a record is read off the journal by a table (`table.rs`). What the table does not
//! know is `Unknown`, and is listed in the record's notes.

mod gather;
mod table;

use hotwash_exercise::debrief::Story;
use hotwash_exercise::record::Line;
use serde_json::{Map, Value, json};

use super::{causes, uuid};
use gather::Gathered;

/// Version of the schema.
const SCHEMA: &str = "1.3.6";

const DAY: i64 = 86_400_000;
const HOUR: i64 = 3_600_000;

/// The records with the names of their matters: one for each matter in which something hostile was done.
pub(super) fn records(story: &Story) -> Vec<(String, Value)> {
    let matters = gather::matters(&story.timeline);
    let is_only = matters.len() == 1;
    matters.iter().map(|matter| (matter.clone(), record(story, matter, is_only))).collect()
}

fn record(story: &Story, matter: &str, is_only: bool) -> Value {
    let about = &story.about;
    let gathered = gather::gather(story, matter, is_only);
    let id = uuid::of(&["veris", &about.journal_sha256, matter]);
    let mut out = json!({
        "schema_version": SCHEMA,
        "schema_name": "verisc",
        "incident_id": id,
        "source_id": "hotwash",
        "security_incident": "Confirmed",
        "summary": format!("Simulated, nothing of this happened. {}: {}", about.title, about.summary),
        "victim": {
            "victim_id": format!("the fictional vendor of the scenario {}", about.scenario),
            "industry": "51",
            "employee_count": "Unknown",
            "country": ["Unknown"],
            "government": ["NA"],
        },
        "actor": actors(&gathered),
        "action": actions(&gathered),
        "asset": assets(&gathered),
        "targeted": "Unknown",
        "timeline": timeline(story, matter, &gathered),
        "plus": {
            "master_id": id,
            "simulation": {
                "program": format!("hotwash {}", about.hotwash),
                "scenario": about.scenario,
                "matter": matter,
                "seed": about.seed,
                "journal_sha256": about.journal_sha256,
            },
        },
        "notes": notes(&gathered),
    });
    let (discovery, told) = discovery(story, matter);
    out["discovery_method"] = discovery;
    out["discovery_notes"] = Value::from(told);
    if let Some(attribute) = attributes(story, matter, &gathered) {
        out["attribute"] = attribute;
    }
    out
}

fn actors(gathered: &Gathered) -> Value {
    let mut out = Map::new();
    let motive = match gathered.motives.is_empty() {
        true => vec!["Unknown"],
        false => gathered.motives.iter().copied().collect(),
    };
    for (place, varieties) in [("internal", &gathered.internal), ("external", &gathered.external)] {
        if varieties.is_empty() {
            continue;
        }
        let mut actor = json!({"variety": varieties, "motive": motive});
        if !gathered.reasons.is_empty() {
            let reasons: Vec<&str> = gathered.reasons.iter().map(String::as_str).collect();
            actor["notes"] =
                Value::from(format!("In the scenario's words: {}.", reasons.join("; ")));
        }
        if place == "external" {
            actor["country"] = json!(["Unknown"]);
        }
        out.insert(place.to_owned(), actor);
    }
    if out.is_empty() {
        out.insert("unknown".to_owned(), json!({"notes": "the table has no word for this actor"}));
    }
    Value::Object(out)
}

fn actions(gathered: &Gathered) -> Value {
    let mut out = Map::new();
    for (category, (varieties, vectors)) in &gathered.actions {
        let mut action = json!({"variety": varieties, "vector": vectors});
        if let Some(results) = gathered.results.get(category) {
            action["result"] = json!(results);
        }
        out.insert((*category).to_owned(), action);
    }
    if out.is_empty() {
        out.insert("unknown".to_owned(), json!({"notes": "the table has no word for this action"}));
    }
    Value::Object(out)
}

fn assets(gathered: &Gathered) -> Value {
    let varieties: Vec<&str> = match gathered.assets.is_empty() {
        true => vec!["Unknown"],
        false => gathered.assets.iter().copied().collect(),
    };
    let assets: Vec<Value> = varieties.iter().map(|v| json!({"variety": v})).collect();
    json!({"assets": assets, "cloud": ["Unknown"]})
}

fn attributes(story: &Story, matter: &str, gathered: &Gathered) -> Option<Value> {
    let mut out = Map::new();
    let has_left = reached(&story.timeline, "truth.first-exfiltration", matter).is_some();
    if has_left || !gathered.data.is_empty() {
        let data: Vec<Value> = gathered
            .data
            .iter()
            .map(|(variety, amount)| match amount {
                Some(amount) => json!({"variety": variety, "amount": amount}),
                None => json!({"variety": variety}),
            })
            .collect();
        let data = if data.is_empty() { vec![json!({"variety": "Unknown"})] } else { data };
        let mut confidentiality = json!({"data_disclosure": "Yes", "data": data});
        if !gathered.whose.is_empty() {
            confidentiality["data_victim"] = json!(gathered.whose);
        }
        out.insert("confidentiality".to_owned(), confidentiality);
    }
    if !gathered.integrity.is_empty() {
        out.insert("integrity".to_owned(), json!({"variety": gathered.integrity}));
    }
    (!out.is_empty()).then_some(Value::Object(out))
}

fn notes(gathered: &Gathered) -> String {
    let mut out =
        "A record of a simulated incident: victim and actors are invented. Made from what \
                   was true in the run, not from what its vendor knew."
            .to_owned();
    if !gathered.unmapped.is_empty() {
        let list: Vec<&str> = gathered.unmapped.iter().map(String::as_str).collect();
        out.push_str(" Without a word in VERIS, and so left out: ");
        out.push_str(&list.join("; "));
        out.push('.');
    }
    out
}

/// The first entry of a matter with a milestone.
pub(super) fn reached<'a>(lines: &'a [Line], milestone: &str, matter: &str) -> Option<&'a Line> {
    let name = format!("{milestone}/{matter}");
    lines.iter().find(|line| line.milestones.contains(&name))
}

/// The entry by which the vendor came to believe in the incident, by the scenario's own threshold.
fn believed<'a>(story: &'a Story, matter: &str) -> Option<&'a Line> {
    let name = format!("vendor.believes-{matter}");
    story.timeline.iter().find(|line| line.milestones.contains(&name))
}

/// When things happened, as lengths of time between one and the next.
fn timeline(story: &Story, matter: &str, gathered: &Gathered) -> Value {
    let lines = &story.timeline;
    let at = |milestone: &str| reached(lines, milestone, matter).map(|line| line.ms);
    let first = reached(lines, "truth.first-malicious-action", matter);
    let compromised = gathered.compromised_ms;
    let taken = at("truth.first-exfiltration");
    let believed = believed(story, matter).map(|line| line.ms);
    let contained = at("truth.evicted").or_else(|| at("soc.contained"));
    let mut out = json!({"incident": first.map_or(json!({}), |line| day(&line.at))});
    for (name, from, to) in [
        ("compromise", first.map(|line| line.ms), compromised),
        ("exfiltration", compromised, taken),
        ("discovery", compromised, believed),
        ("containment", believed, contained),
    ] {
        out[name] = match (from, to) {
            (Some(from), Some(to)) if to >= from => span(to - from),
            (Some(_), None) => json!({"unit": "Never"}),
            _ => json!({"unit": "NA"}),
        };
    }
    out
}

/// Year, month and day of a civil date and time.
fn day(at: &str) -> Value {
    let date = at.split(' ').next().unwrap_or_default();
    let numbers: Vec<i64> = date.split('-').filter_map(|part| part.parse().ok()).collect();
    match numbers.as_slice() {
        [year, month, day] => json!({"year": year, "month": month, "day": day}),
        _ => json!({}),
    }
}

/// A length of time in the largest unit of which it has two.
fn span(ms: i64) -> Value {
    let (unit, size) = match ms {
        ms if ms >= 2 * DAY => ("Days", DAY),
        ms if ms >= 2 * HOUR => ("Hours", HOUR),
        _ => ("Minutes", 60_000),
    };
    json!({"unit": unit, "value": ms / size})
}

/// How the vendor found out: what is nearest among the causes of its belief.
fn discovery(story: &Story, matter: &str) -> (Value, String) {
    let Some(believed) = believed(story, matter) else {
        let why = "the vendor did not come to believe it within the run";
        return (json!({"unknown": true}), why.to_owned());
    };
    let found = std::iter::once(believed).chain(causes::chain(&story.timeline, believed)).find_map(
        |line| {
            let known = table::DISCOVERY.iter().find(|(kind, ..)| *kind == line.kind)?;
            Some((line, known))
        },
    );
    match found {
        Some((line, (_, place, variety))) => {
            let told = format!("{}: {} {}", line.at, line.who, line.says);
            (json!({*place: {"variety": [variety]}}), told)
        }
        None => {
            let told = format!("{}: {} {}", believed.at, believed.who, believed.says);
            (json!({"unknown": true}), told)
        }
    }
}

#[cfg(test)]
mod tests;
