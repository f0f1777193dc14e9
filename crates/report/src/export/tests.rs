//! Tests of the exports on a story made by hand: an insider's leak that customers reported.

use std::collections::BTreeMap;

use hotwash_exercise::Rating;
use hotwash_exercise::debrief::{
    About, DecisionStory, HowTaken, ObjectiveStory, Participant, Story,
};
use hotwash_exercise::record::{Line, Outcome};
use serde_json::{Value, json};

use super::exports;

const DAY: i64 = 86_400_000;

fn line(n: u32, day: i64, kind: &str, lane: &str, cause: u32) -> Line {
    Line {
        n,
        ms: day * DAY,
        at: format!("2019-08-{:02} 09:00", day + 1),
        who: "somebody".to_owned(),
        kind: kind.to_owned(),
        lane: lane.to_owned(),
        weight: "notable".to_owned(),
        cause,
        sees: Vec::new(),
        milestones: Vec::new(),
        tags: Vec::new(),
        fields: BTreeMap::new(),
        says: "did something".to_owned(),
    }
}

fn with(mut line: Line, milestone: &str, tags: &[&str], sees: &[&str]) -> Line {
    let owned = |list: &[&str]| list.iter().map(|t| (*t).to_owned()).collect();
    if !milestone.is_empty() {
        line.milestones = vec![milestone.to_owned()];
    }
    (line.tags, line.sees) = (owned(tags), owned(sees));
    line
}

fn timeline() -> Vec<Line> {
    let mut held = line(3, 2, "case.became-true", "truth", 1);
    held.fields.insert("name".to_owned(), json!("records-taken"));
    held.fields.insert("proposition".to_owned(), json!("records were taken"));
    vec![
        with(
            line(1, 0, "insider.first-read", "truth", 0),
            "truth.first-malicious-action/leak",
            &["T1078", "T1213.004"],
            &[],
        ),
        with(
            line(2, 2, "insider.first-sale", "truth", 1),
            "truth.first-exfiltration/leak",
            &["T1657"],
            &[],
        ),
        held,
        with(line(4, 3, "scam.calls", "truth", 2), "", &["T1598.004", "not-a-technique"], &[]),
        with(line(5, 4, "customers.complained", "world", 4), "", &[], &["support"]),
        with(
            line(6, 5, "case.vendor-believes", "belief", 5),
            "vendor.believes-leak",
            &[],
            &["soc", "legal"],
        ),
        with(line(7, 6, "soc.account-shut", "response", 6), "soc.contained/leak", &[], &["soc"]),
    ]
}

fn about() -> About {
    About {
        scenario: "small-leak".to_owned(),
        title: "A small leak".to_owned(),
        exercise: String::new(),
        summary: "Somebody sells records.".to_owned(),
        sources: "Nothing.".to_owned(),
        policy: String::new(),
        policy_summary: String::new(),
        seed: "calm-otter".to_owned(),
        hotwash: "0.1.0".to_owned(),
        startex: "2019-08-01 09:00".to_owned(),
        span_ms: (0, 10 * DAY, 20 * DAY),
        wall_ms: (1_000, 2_000),
        records: 9,
        journal_sha256: "00ff".to_owned(),
    }
}

fn decision() -> DecisionStory {
    let option = |name: &str, text: &str| (name.to_owned(), text.to_owned());
    DecisionStory {
        name: "warn".to_owned(),
        ask: "Do we warn?".to_owned(),
        role: "Head of communications".to_owned(),
        objective: "inform".to_owned(),
        options: vec![option("yes", "Warn now."), option("no", "Wait.")],
        expected: Some(0),
        asked_ms: 4 * DAY,
        taken_ms: Some(5 * DAY),
        taken: Some(1),
        how: HowTaken::Player("Ada".to_owned()),
        confidence: Some(4),
        reason: "we \"know\" too little".to_owned(),
        votes: vec![("Grace".to_owned(), 0, 2, String::new())],
        wall_seconds: Some(42),
    }
}

fn story() -> Story {
    let person = |id: &str, name: &str| Participant {
        id: id.to_owned(),
        name: name.to_owned(),
        seats: Vec::new(),
    };
    let policys = DecisionStory { how: HowTaken::Policy, votes: Vec::new(), ..decision() };
    Story {
        about: about(),
        people: vec![person("p1", "Ada"), person("p2", "Grace")],
        lanes: Vec::new(),
        decisions: vec![decision(), policys],
        objectives: vec![ObjectiveStory {
            name: "inform".to_owned(),
            text: "Tell those at risk.".to_owned(),
            capability: String::new(),
            suggested: None,
            why: String::new(),
            rated: vec![("Grace".to_owned(), Rating::S, "late".to_owned(), vec![5])],
            rating: Some(Rating::S),
            decisions: vec!["warn".to_owned()],
        }],
        calibration: Vec::new(),
        knowable: Vec::new(),
        clocks: Vec::new(),
        msel: Vec::new(),
        notes: Vec::new(),
        outcomes: vec![Outcome {
            name: "records-taken".to_owned(),
            value: Some(6_548.0),
            unit: "records".to_owned(),
            better: "lower".to_owned(),
            bearer: "customers".to_owned(),
        }],
        headline: Vec::new(),
        timeline: timeline(),
        entries_at_endex: 7,
    }
}

fn export(story: &Story, name: &str) -> String {
    let files = exports(story, None);
    let file = files.iter().find(|(n, _)| n == name);
    let names: Vec<&String> = files.iter().map(|(n, _)| n).collect();
    let (_, bytes) = file.unwrap_or_else(|| panic!("no {name} among {names:?}"));
    String::from_utf8(bytes.clone()).unwrap_or_default()
}

fn parsed(story: &Story, name: &str) -> Value {
    serde_json::from_str(&export(story, name)).unwrap_or_default()
}

#[test]
fn the_session_holds_the_story_whole() {
    let story = story();
    let mut session = parsed(&story, "session.json");
    assert_eq!(session["format"], json!(super::SESSION_JSON_FORMAT));
    let back: Story =
        serde_json::from_value(session["story"].take()).unwrap_or_else(|e| panic!("{e}"));
    assert_eq!(back, story);
    assert!(session["worth"].is_null());
}

#[test]
fn a_reaction_is_to_the_nearest_technique_and_not_to_all_before() {
    let layer = parsed(&story(), "attack-navigator-layer.json");
    let techniques = layer["techniques"].as_array().cloned().unwrap_or_default();
    let of = |id: &str| techniques.iter().find(|t| t["techniqueID"] == id).cloned();
    let color = |id: &str| of(id).map(|t| t["color"].clone());
    // The belief goes back to a complaint about a call, not to the reading or the sale.
    assert_eq!(color("T1598.004"), Some(json!("#5b9bd5")));
    for missed in ["T1078", "T1213.004", "T1657"] {
        assert_eq!(color(missed), Some(json!("#e8853a")), "{missed}");
    }
    assert_eq!(techniques.len(), 4, "only techniques are in the layer");
    let called = of("T1598.004").unwrap_or_default();
    assert_eq!(called["score"], json!(1));
    let comment = called["comment"].as_str().unwrap_or_default();
    assert!(comment.contains("2019-08-04") && comment.contains("2019-08-06"), "{comment}");
    assert_eq!(layer["versions"]["layer"], "4.5");
}

#[test]
fn what_nobody_at_the_vendor_sees_is_no_reaction() {
    let mut story = story();
    for line in &mut story.timeline {
        line.sees.retain(|viewer| viewer == "support");
    }
    let layer = parsed(&story, "attack-navigator-layer.json");
    let techniques = layer["techniques"].as_array().cloned().unwrap_or_default();
    assert!(techniques.iter().all(|t| t["color"] == "#e8853a"), "{techniques:#?}");
}

#[test]
fn a_record_says_what_the_table_knows() {
    let record = parsed(&story(), "veris.json");
    assert_eq!(record["actor"]["internal"]["variety"], json!(["Call center"]));
    assert_eq!(record["actor"]["internal"]["motive"], json!(["Financial"]));
    assert_eq!(record["action"]["misuse"]["result"], json!(["Exfiltrate"]));
    let data = json!([{"variety": "Personal", "amount": 6548}]);
    assert_eq!(record["attribute"]["confidentiality"]["data"], data);
    assert_eq!(record["discovery_method"], json!({"external": {"variety": ["Customer"]}}));
    assert_eq!(record["timeline"]["incident"], json!({"year": 2019, "month": 8, "day": 1}));
    assert_eq!(record["timeline"]["exfiltration"], json!({"unit": "Days", "value": 2}));
    assert_eq!(record["timeline"]["discovery"], json!({"unit": "Days", "value": 5}));
    assert_eq!(record["timeline"]["containment"], json!({"unit": "Hours", "value": 24}));
}

#[test]
fn what_the_table_does_not_know_is_listed_and_not_guessed() {
    let mut story = story();
    story.timeline.push(line(8, 7, "intern.copied", "truth", 0));
    let mut held = line(9, 7, "case.became-true", "truth", 8);
    held.fields.insert("name".to_owned(), json!("toner-taken"));
    held.fields.insert("proposition".to_owned(), json!("the toner is gone"));
    story.timeline.push(held);
    story.timeline[5].milestones.clear();
    let record = parsed(&story, "veris.json");
    let notes = record["notes"].as_str().unwrap_or_default();
    assert!(notes.contains("intern.copied") && notes.contains("that the toner is gone"), "{notes}");
    assert_eq!(record["discovery_method"], json!({"unknown": true}));
    assert_eq!(record["timeline"]["discovery"], json!({"unit": "Never"}));
    assert_eq!(record["timeline"]["containment"], json!({"unit": "NA"}));
}

#[test]
fn nothing_hostile_gives_no_record_and_two_matters_give_two() {
    let mut calm = story();
    calm.timeline.clear();
    assert!(exports(&calm, None).iter().all(|(name, _)| !name.starts_with("veris")));
    let mut two = story();
    let first = line(8, 8, "leaver.planted", "truth", 0);
    two.timeline.push(with(first, "truth.first-malicious-action/misuse", &[], &[]));
    let misuse = parsed(&two, "veris-misuse.json");
    assert_eq!(misuse["actor"]["internal"]["variety"], json!(["System admin"]));
    let leak = parsed(&two, "veris-leak.json");
    assert_eq!(leak["actor"]["internal"]["variety"], json!(["Call center"]));
}

#[test]
fn statements_say_who_chose_what_and_how_sure() {
    let text = export(&story(), "xapi.jsonl");
    let statements: Vec<Value> =
        text.lines().map(|l| serde_json::from_str(l).unwrap_or_default()).collect();
    let verbs: Vec<&str> = statements.iter().filter_map(|s| s["verb"]["id"].as_str()).collect();
    let verb = |name: &str| format!("http://adlnet.gov/expapi/verbs/{name}");
    // What the policy decided is nobody's statement.
    assert_eq!(verbs, [verb("preferred"), verb("answered"), verb("scored")]);
    let (vote, taken, rated) = (&statements[0], &statements[1], &statements[2]);
    assert_eq!(vote["actor"]["account"]["name"], "p2");
    assert_eq!(vote["result"]["success"], json!(true));
    assert_eq!(taken["actor"]["account"]["name"], "p1");
    assert_eq!(taken["result"]["response"], "no");
    assert_eq!(taken["result"]["success"], json!(false));
    assert_eq!(taken["result"]["duration"], "PT42S");
    assert_eq!(taken["context"]["extensions"]["urn:hotwash:xapi:confidence"], json!(4));
    assert_eq!(rated["result"]["score"]["raw"], json!(2));
    let ids: std::collections::BTreeSet<&str> =
        statements.iter().filter_map(|s| s["id"].as_str()).collect();
    assert_eq!(ids.len(), 3);
    assert_eq!(text, export(&story(), "xapi.jsonl"), "the same session, the same statements");
}
