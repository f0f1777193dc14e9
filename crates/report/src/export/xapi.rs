//! xAPI statements: each decision that somebody took, each vote, each rating of an objective.

use hotwash_exercise::debrief::{DecisionStory, HowTaken, ObjectiveStory, Story};
use hotwash_exercise::{FACILITATOR, Rating};
use serde_json::{Map, Value, json};

use super::uuid;

const VERBS: &str = "http://adlnet.gov/expapi/verbs/";
const INTERACTION: &str = "http://adlnet.gov/expapi/activities/cmi.interaction";
const OBJECTIVE: &str = "http://adlnet.gov/expapi/activities/objective";
const SIMULATION: &str = "http://adlnet.gov/expapi/activities/simulation";
/// Where our extensions are named.
const EXTENSION: &str = "urn:hotwash:xapi:";

/// The statements, one a line.
pub(super) fn statements(story: &Story) -> String {
    let mut out = String::new();
    let mut count = 0_u32;
    let mut put = |mut statement: Value| {
        count += 1;
        let number = count.to_string();
        let id = uuid::of(&["xapi", &story.about.journal_sha256, &session(story), &number]);
        statement["id"] = Value::from(id);
        out.push_str(&statement.to_string());
        out.push('\n');
    };
    for decision in &story.decisions {
        for (name, option, confidence, reason) in &decision.votes {
            let who = actor(story, name);
            let vote = Answer { option: *option, confidence: Some(*confidence), reason };
            put(answer(story, decision, &who, "preferred", &vote));
        }
        let who = match &decision.how {
            HowTaken::Player(name) => actor(story, name),
            HowTaken::OnBehalf => actor(story, FACILITATOR),
            HowTaken::TimeRanOut | HowTaken::Policy | HowTaken::Open => continue,
        };
        let Some(option) = decision.taken else { continue };
        let taken = Answer { option, confidence: decision.confidence, reason: &decision.reason };
        put(answer(story, decision, &who, "answered", &taken));
    }
    for objective in &story.objectives {
        for (name, rating, comment, entries) in &objective.rated {
            put(rated(story, objective, &actor(story, name), *rating, comment, entries));
        }
    }
    out
}

/// What somebody chose.
struct Answer<'a> {
    option: usize,
    confidence: Option<u8>,
    reason: &'a str,
}

/// The session's own name: of two sessions that went the same way it differs by when they were held.
fn session(story: &Story) -> String {
    let about = &story.about;
    let parts = [&about.journal_sha256, &about.wall_ms.0.to_string()];
    uuid::of(&["session", parts[0], parts[1]])
}

/// Somebody of the session, by an account that exists in it only.
fn actor(story: &Story, name: &str) -> Value {
    let mut called = story.people.iter().filter(|person| person.name == name);
    let account = match (called.next(), called.next()) {
        (Some(person), None) => person.id.clone(),
        // Two of one name cannot be told apart.
        _ => name.to_owned(),
    };
    json!({
        "objectType": "Agent",
        "name": name,
        "account": {
            "homePage": format!("urn:hotwash:session:{}", session(story)),
            "name": account,
        },
    })
}

fn verb(name: &str) -> Value {
    json!({"id": format!("{VERBS}{name}"), "display": {"en": name}})
}

fn scenario_id(story: &Story) -> String {
    format!("urn:hotwash:scenario:{}", story.about.scenario)
}

fn context(story: &Story, extensions: Map<String, Value>) -> Value {
    json!({
        "registration": session(story),
        "platform": format!("hotwash {}", story.about.hotwash),
        "language": "en",
        "contextActivities": {
            "parent": [{
                "objectType": "Activity",
                "id": scenario_id(story),
                "definition": {"type": SIMULATION, "name": {"en": story.about.title}},
            }],
        },
        "extensions": extensions,
    })
}

fn extension(name: &str) -> String {
    format!("{EXTENSION}{name}")
}

fn answer(
    story: &Story,
    decision: &DecisionStory,
    who: &Value,
    verb_name: &str,
    answer: &Answer<'_>,
) -> Value {
    let name = |at: usize| decision.options.get(at).map_or("", |(name, _)| name.as_str());
    let choice = |(name, text): &(String, String)| json!({"id": name, "description": {"en": text}});
    let choices: Vec<Value> = decision.options.iter().map(choice).collect();
    let mut definition = json!({
        "type": INTERACTION,
        "interactionType": "choice",
        "name": {"en": decision.ask},
        "choices": choices,
    });
    let mut result = json!({"response": name(answer.option)});
    if let Some(expected) = decision.expected {
        let is_it = expected == answer.option;
        definition["correctResponsesPattern"] = json!([name(expected)]);
        result["success"] = Value::from(is_it);
        result["score"] = json!({"scaled": if is_it { 1.0 } else { 0.0 }});
    }
    if let Some(seconds) = decision.wall_seconds.filter(|_| verb_name == "answered") {
        result["duration"] = Value::from(format!("PT{seconds}S"));
    }
    let mut extensions = Map::new();
    if let Some(confidence) = answer.confidence {
        extensions.insert(extension("confidence"), Value::from(confidence));
    }
    if !answer.reason.is_empty() {
        extensions.insert(extension("reason"), Value::from(answer.reason));
    }
    extensions.insert(extension("role"), Value::from(decision.role.as_str()));
    extensions.insert(extension("scenario-time-ms"), Value::from(decision.taken_ms));
    json!({
        "actor": who,
        "verb": verb(verb_name),
        "object": {
            "objectType": "Activity",
            "id": format!("{}:decision:{}", scenario_id(story), decision.name),
            "definition": definition,
        },
        "result": result,
        "context": context(story, extensions),
    })
}

/// A rating as points: the best has three.
fn points(rating: Rating) -> u32 {
    match rating {
        Rating::P => 3,
        Rating::S => 2,
        Rating::M => 1,
        Rating::U => 0,
    }
}

fn rated(
    story: &Story,
    objective: &ObjectiveStory,
    who: &Value,
    rating: Rating,
    comment: &str,
    entries: &[u32],
) -> Value {
    let raw = points(rating);
    let mut extensions = Map::new();
    extensions.insert(extension("evidence"), json!(entries));
    if !comment.is_empty() {
        extensions.insert(extension("comment"), Value::from(comment));
    }
    json!({
        "actor": who,
        "verb": verb("scored"),
        "object": {
            "objectType": "Activity",
            "id": format!("{}:objective:{}", scenario_id(story), objective.name),
            "definition": {"type": OBJECTIVE, "name": {"en": objective.text}},
        },
        "result": {
            "score": {"scaled": f64::from(raw) / 3.0, "raw": raw, "min": 0, "max": 3},
            "response": format!("{}: {}", rating.letter(), rating.words()),
        },
        "context": context(story, extensions),
    })
}
