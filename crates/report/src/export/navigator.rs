//! A layer for the ATT&CK Navigator: which techniques were used in this run, how often, and whether
//! anything that the vendor did or came to believe goes back to them.

use std::collections::BTreeMap;

use hotwash_exercise::debrief::Story;
use hotwash_exercise::record::Line;
use serde_json::{Value, json};

use super::causes;

/// Version of the layer format.
const LAYER: &str = "4.5";
/// Version of the Navigator that reads it.
const NAVIGATOR: &str = "5.1.0";
/// Version of the matrix that the scenarios' tags are taken from.
const ATTACK: &str = "16";

const SEEN: (&str, &str) = ("#5b9bd5", "The vendor reacted to something that this led to");
const MISSED: (&str, &str) =
    ("#e8853a", "Nothing that the vendor did or believed goes back to this");

/// How a technique was used.
struct Use<'a> {
    times: u64,
    first: &'a Line,
    seen: Option<&'a Line>,
}

pub(super) fn layer(story: &Story) -> Value {
    let uses = uses(&story.timeline);
    let about = &story.about;
    let seen = uses.values().filter(|u| u.seen.is_some()).count();
    let description = format!(
        "Techniques of the attackers in one run of the simulated scenario `{}` (seed {}), from {}. \
         The score is how often a technique is in the journal. The vendor reacted to {seen} of {}.",
        about.title,
        about.seed,
        about.startex,
        uses.len()
    );
    let techniques: Vec<Value> = uses.iter().map(|(id, used)| technique(id, used)).collect();
    json!({
        "name": format!("{} (hotwash)", about.title),
        "versions": {"attack": ATTACK, "navigator": NAVIGATOR, "layer": LAYER},
        "domain": "enterprise-attack",
        "description": description,
        "sorting": 3,
        "hideDisabled": false,
        "techniques": techniques,
        "legendItems": [
            {"label": SEEN.1, "color": SEEN.0},
            {"label": MISSED.1, "color": MISSED.0},
        ],
        "metadata": [
            {"name": "scenario", "value": about.scenario},
            {"name": "seed", "value": about.seed},
            {"name": "hotwash", "value": about.hotwash},
            {"name": "journal", "value": format!("sha256:{}", about.journal_sha256)},
        ],
        "showTacticRowBackground": false,
        "selectTechniquesAcrossTactics": true,
        "selectSubtechniquesWithParent": false,
    })
}

fn technique(id: &str, used: &Use<'_>) -> Value {
    let times = if used.times == 1 { "once".to_owned() } else { format!("{} times", used.times) };
    let reaction = match used.seen {
        Some(line) => format!("first reaction on {}: {} {}", date(line), line.who, line.says),
        None => "the vendor never reacted to it".to_owned(),
    };
    json!({
        "techniqueID": id,
        "score": used.times,
        "color": if used.seen.is_some() { SEEN.0 } else { MISSED.0 },
        "comment": format!("first used on {}, {times} in all; {reaction}", date(used.first)),
        "enabled": true,
        "metadata": [
            {"name": "first used", "value": used.first.at},
            {"name": "journal entry", "value": used.first.n.to_string()},
        ],
        "showSubtechniques": id.contains('.'),
    })
}

fn date(line: &Line) -> &str {
    line.at.split(' ').next().unwrap_or_default()
}

/// `T1078` or `T1213.004`.
fn is_technique(tag: &str) -> bool {
    let digits =
        |text: &str, count| text.len() == count && text.bytes().all(|b| b.is_ascii_digit());
    let Some(rest) = tag.strip_prefix('T') else { return false };
    match rest.split_once('.') {
        Some((main, sub)) => digits(main, 4) && digits(sub, 3),
        None => digits(rest, 4),
    }
}

fn has_technique(line: &Line) -> bool {
    line.tags.iter().any(|tag| is_technique(tag))
}

/// Every technique with how it was used. A reaction is an entry about what the vendor does or believes
/// that somebody there sees; it is to the nearest technique among its causes, not to all that came
/// before.
fn uses(lines: &[Line]) -> BTreeMap<&str, Use<'_>> {
    let mut uses: BTreeMap<&str, Use<'_>> = BTreeMap::new();
    for line in lines {
        for tag in line.tags.iter().filter(|tag| is_technique(tag)) {
            let used = uses.entry(tag).or_insert(Use { times: 0, first: line, seen: None });
            used.times += 1;
        }
        let is_reaction = matches!(line.lane.as_str(), "response" | "belief");
        if !is_reaction || !causes::is_seen(line) {
            continue;
        }
        let led_here = causes::chain(lines, line).find(|cause| has_technique(cause));
        for tag in led_here.iter().flat_map(|cause| &cause.tags) {
            if let Some(used) = uses.get_mut(tag.as_str()) {
                used.seen = used.seen.or(Some(line));
            }
        }
    }
    uses
}
