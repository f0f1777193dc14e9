//! xAPI statements of a course, one a line, for a learning record store.
//!
//! Verbs and types of activities are ADL's. A statement's id is made from what it says, so that a store
//! that is sent a file twice keeps one copy.

use hotwash_report::dates::wall_minute;
use serde_json::{Value, json};

use super::results::{LessonResult, Results};
use crate::record::sha256;

const ADL: &str = "http://adlnet.gov/expapi";

/// All statements, in the order of what happened.
pub(super) fn statements(results: &Results) -> String {
    let mut list = Vec::new();
    for lesson in &results.lessons {
        list.push(attempted(results, lesson));
        list.push(ended(results, lesson));
    }
    if let (Some(is_passed), Some(last)) = (results.is_passed, results.lessons.last()) {
        let verb = if is_passed { "passed" } else { "failed" };
        let result = json!({
            "score": { "scaled": rounded(results.score) },
            "success": is_passed,
            "completion": true,
        });
        let object = activity(&course_id(results), "course", &results.course);
        list.push(statement(results, verb, object, last.wall_ms.1, Some(result)));
    }
    let lines = list.into_iter().map(|statement| format!("{statement}\n"));
    lines.collect()
}

fn attempted(results: &Results, lesson: &LessonResult) -> Value {
    statement(results, "attempted", object(results, lesson), lesson.wall_ms.0, None)
}

fn ended(results: &Results, lesson: &LessonResult) -> Value {
    let grade = &lesson.grade;
    let met = grade.marks.iter().filter(|m| m.is_met).count();
    let (begun, ended) = lesson.wall_ms;
    let result = json!({
        "score": {
            "scaled": rounded(grade.score),
            "raw": met,
            "min": 0,
            "max": grade.marks.len(),
        },
        "success": grade.is_passed,
        "completion": true,
        "duration": format!("PT{:.2}S", (ended - begun).max(0) as f64 / 1000.0),
    });
    let verb = if grade.is_passed { "passed" } else { "failed" };
    statement(results, verb, object(results, lesson), ended, Some(result))
}

fn statement(
    results: &Results,
    verb: &str,
    object: Value,
    wall_ms: i64,
    result: Option<Value>,
) -> Value {
    let mut statement = json!({
        "actor": {
            "objectType": "Agent",
            "name": results.learner,
            "account": { "homePage": "https://hotwash.invalid/learners", "name": results.learner },
        },
        "verb": { "id": format!("{ADL}/verbs/{verb}"), "display": { "en-US": verb } },
        "object": object,
        "context": {
            "platform": format!("hotwash {}", results.hotwash),
            "contextActivities": {
                "grouping": [activity(&course_id(results), "course", &results.course)],
            },
        },
        "timestamp": timestamp(wall_ms),
        "version": "1.0.3",
    });
    if let Some(result) = result {
        statement["result"] = result;
    }
    let id = uuid(&statement.to_string());
    statement["id"] = Value::from(id);
    statement
}

fn object(results: &Results, lesson: &LessonResult) -> Value {
    activity(&format!("{}:{}", course_id(results), lesson.lesson), "lesson", &lesson.title)
}

fn activity(id: &str, sort: &str, name: &str) -> Value {
    json!({
        "objectType": "Activity",
        "id": id,
        "definition": { "type": format!("{ADL}/activities/{sort}"), "name": { "en-US": name } },
    })
}

/// The same for all who take the very same course.
fn course_id(results: &Results) -> String {
    let hash: String = results.course_sha256.chars().take(16).collect();
    format!("urn:hotwash:course:{hash}")
}

/// Four decimals are more than a share of a few marks bears.
fn rounded(share: f64) -> f64 {
    (share * 10_000.0).round() / 10_000.0
}

/// A hash in the layout of a name-based UUID.
fn uuid(text: &str) -> String {
    let hash = sha256(text.as_bytes());
    let part = |from: usize, to: usize| hash.get(from..to).unwrap_or_default();
    format!("{}-{}-5{}-a{}-{}", part(0, 8), part(8, 12), part(13, 16), part(17, 20), part(20, 32))
}

/// UTC, to the second: `2019-11-06T00:26:40Z`.
fn timestamp(wall_ms: i64) -> String {
    let seconds = wall_ms.div_euclid(1000).rem_euclid(60);
    format!("{}:{seconds:02}Z", wall_minute(wall_ms).replace(' ', "T"))
}

#[cfg(test)]
mod tests {
    use super::super::results::tests::results;
    use super::*;

    fn parsed() -> Vec<Value> {
        let text = statements(&results());
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    #[test]
    fn each_lesson_is_attempted_and_ends_and_so_does_the_course() {
        let list = parsed();
        let verbs: Vec<&str> =
            list.iter().map(|s| s["verb"]["display"]["en-US"].as_str().unwrap()).collect();
        assert_eq!(verbs, ["attempted", "passed", "attempted", "failed", "failed"]);
        assert_eq!(list[1]["result"]["score"]["scaled"], 1.0);
        assert_eq!(list[1]["result"]["duration"], "PT90.50S");
        assert_eq!(list[1]["timestamp"], "2019-11-06T00:28:10Z");
        assert_eq!(list[3]["result"]["success"], false);
        assert_eq!(list[4]["object"]["definition"]["type"], format!("{ADL}/activities/course"));
        assert!(list[0].get("result").is_none());
    }

    #[test]
    fn statements_have_what_a_store_asks_for() {
        for statement in parsed() {
            for field in ["id", "actor", "verb", "object", "timestamp"] {
                assert!(statement.get(field).is_some(), "{field} is missing in {statement}");
            }
            let id = statement["id"].as_str().unwrap();
            let lengths: Vec<usize> = id.split('-').map(str::len).collect();
            assert_eq!(lengths, [8, 4, 4, 4, 12], "{id}");
            assert!(statement["verb"]["id"].as_str().unwrap().starts_with(ADL));
            let id = statement["object"]["id"].as_str().unwrap();
            assert!(id.starts_with("urn:hotwash:course:abab"), "{id}");
        }
        let ids: std::collections::BTreeSet<String> =
            parsed().iter().map(|s| s["id"].to_string()).collect();
        assert_eq!(ids.len(), 5, "every statement has its own id");
        assert_eq!(statements(&results()), statements(&results()));
    }
}
