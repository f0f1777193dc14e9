//! What people see and do in a room, and what reaches the others.

use std::time::{Duration, Instant};

use hotwash_exercise::{Nowhere, Session};

use super::browser::Browser;
use super::house::{Scratch, plan};
use super::{ROOM, Serving, to};

const PANELS: [&str; 14] = [
    "header",
    "cards",
    "inbox",
    "timeline",
    "ledger",
    "clocks",
    "msel",
    "truth",
    "people",
    "rewind",
    "notes",
    "objectives",
    "screen",
    "hotwash",
];

/// All that a browser can get to see of the room.
fn everything(browser: &mut Browser, room: &str) -> String {
    let mut all = browser.get(room).body;
    for panel in PANELS {
        all += &browser.get(&format!("{room}/panel/{panel}")).body;
    }
    all
}

/// The room at its first decision.
fn at_decision(facilitator: &mut Browser) {
    for _ in 0..200 {
        assert_eq!(facilitator.post(&to("skip"), &[]).status, 204);
        if facilitator.get(&format!("{ROOM}/panel/cards")).body.contains("first-complaints") {
            return;
        }
    }
    panic!("no decision came up");
}

const ANSWER: [(&str, &str); 4] = [
    ("decision", "first-complaints"),
    ("option", "file-as-fraud"),
    ("confidence", "4"),
    ("reason", "most such calls are"),
];

#[test]
fn truth_is_the_facilitators_alone() {
    let scratch = Scratch::new("truth");
    let serving = Serving::playing(&scratch);
    let mut facilitator = serving.facilitator();
    let mut ann = serving.player("Ann", "support-lead");
    let mut eve = serving.evaluator();
    let mut screen = serving.screen();
    at_decision(&mut facilitator);
    // The same session without a server says what is true.
    let mut session = Session::begin(plan(), Box::new(Nowhere), 0).unwrap();
    while session.skip().unwrap().asked.is_empty() {}
    let truths: Vec<String> = session
        .lines()
        .iter()
        .filter(|line| line.lane == "truth" && line.sees.is_empty() && line.weight != "routine")
        // A page may begin a sentence with a capital.
        .map(|line| maud::html! { (&line.says[1..]) }.into_string())
        .collect();
    assert!(!truths.is_empty());
    let seen = everything(&mut facilitator, ROOM);
    let hidden: Vec<_> = truths.iter().filter(|truth| !seen.contains(*truth)).collect();
    assert!(hidden.is_empty(), "the facilitator does not see {hidden:?}");
    for (who, browser, room) in [
        ("player", &mut ann, ROOM.to_owned()),
        ("evaluator", &mut eve, ROOM.to_owned()),
        ("screen", &mut screen, format!("{ROOM}~screen")),
    ] {
        let seen = everything(browser, &room);
        let told: Vec<_> = truths.iter().filter(|truth| seen.contains(*truth)).collect();
        assert!(told.is_empty(), "the {who} sees {told:?}");
    }
    let cards = ann.get(&format!("{ROOM}/panel/cards")).body;
    assert!(cards.contains("first-complaints"), "the test looks at pages that show something");
}

#[test]
fn everybody_does_what_is_theirs_and_nothing_else() {
    let scratch = Scratch::new("roles");
    let serving = Serving::playing(&scratch);
    let mut facilitator = serving.facilitator();
    let mut ann = serving.player("Ann", "support-lead");
    let mut ben = serving.player("Ben", "counsel");
    let mut eve = serving.evaluator();
    let mut screen = serving.screen();
    at_decision(&mut facilitator);
    let refused = ben.post(&to("decide"), &ANSWER);
    assert_eq!(refused.status, 403);
    assert!(refused.body.starts_with("This decision is for"), "{}", refused.body);
    for (verb, form) in [
        ("run", vec![("pace", "1000")]),
        ("pause", vec![]),
        ("skip", vec![]),
        ("inject", vec![("inject", "x")]),
        ("message", vec![("from", "f"), ("form", "email"), ("text", "t")]),
        ("propose-rewind", vec![("decision", "first-complaints")]),
        ("rewind", vec![("decision", "first-complaints"), ("override", "yes")]),
        ("endex", vec![("confirm", "yes")]),
        ("reseat", vec![("person", "p1"), ("seats", "evaluator")]),
        ("branch", vec![("record", "1")]),
    ] {
        for browser in [&mut ann, &mut eve] {
            assert_eq!(browser.post(&to(verb), &form).status, 403, "{verb}");
        }
        let there = format!("{ROOM}~screen/do/{verb}");
        assert_eq!(screen.post(&there, &form).status, 403, "the screen: {verb}");
    }
    for (verb, form) in [("decide", &ANSWER[..]), ("vote", &ANSWER[..]), ("note", &[("text", "x")])]
    {
        let there = format!("{ROOM}~screen/do/{verb}");
        assert_eq!(screen.post(&there, form).status, 403, "the screen: {verb}");
    }
    assert_eq!(eve.post(&to("decide"), &ANSWER).status, 403);
    let rating = [("objective", "nothing"), ("rating", "P")];
    assert_eq!(ann.post(&to("rate"), &rating).status, 403);
    assert_eq!(eve.post(&to("rate"), &rating).status, 409, "no such objective");
    assert_eq!(ben.post(&to("vote"), &ANSWER).status, 204);
    assert_eq!(ann.post(&to("open"), &[]).status, 404);
    // Without script the same form leads back to the room, or to a page that says why not.
    assert_eq!(ben.submit(&to("decide"), &ANSWER).status, 403);
    let done = ann.submit(&to("decide"), &ANSWER);
    assert_eq!((done.status, done.header("location")), (303, ROOM));
    assert_eq!(ann.post(&to("decide"), &ANSWER).status, 409, "it is taken");
}

#[test]
fn a_decision_reaches_the_others_at_once() {
    let scratch = Scratch::new("events");
    let serving = Serving::playing(&scratch);
    let mut facilitator = serving.facilitator();
    let mut ann = serving.player("Ann", "support-lead");
    let mut ben = serving.player("Ben", "counsel");
    at_decision(&mut facilitator);
    let mut events = ben.listen(&format!("{ROOM}/events"));
    let first = events.next("changed", &["\"cards\"", "\"inbox\""]).unwrap();
    assert!(!first.contains("truth") && !first.contains("msel"), "{first}");
    assert!(events.next("clock", &["\"pace\":0"]).is_some());
    let begun = Instant::now();
    assert_eq!(ann.post(&to("decide"), &ANSWER).status, 204);
    let answered = begun.elapsed();
    assert!(events.next("changed", &["\"cards\""]).is_some());
    let told = begun.elapsed();
    assert!(answered < Duration::from_millis(500) && told < Duration::from_secs(1), "{told:?}");
    assert!(!ben.get(&format!("{ROOM}/panel/cards")).body.contains("first-complaints"));
}

#[test]
fn the_clock_runs_until_a_decision_comes_up() {
    let scratch = Scratch::new("clock");
    let serving = Serving::playing(&scratch);
    let mut facilitator = serving.facilitator();
    let mut events = facilitator.listen(&format!("{ROOM}/events"));
    let pace = (2_i64 * 86_400_000).to_string();
    assert_eq!(facilitator.post(&to("run"), &[("pace", &pace)]).status, 204);
    assert!(events.next("clock", &[&format!("\"pace\":{pace}")]).is_some());
    let stopped = events.next("clock", &["\"pace\":0"]).unwrap();
    let cards = facilitator.get(&format!("{ROOM}/panel/cards")).body;
    assert!(cards.contains("first-complaints"), "{cards}");
    let log = std::fs::read_to_string(scratch.0.join("insider-sale-1/session.log")).unwrap();
    let last = log.lines().last().unwrap();
    assert!(last.contains("\"Pause\""), "the stop is kept: {last}");
    // The clock stood still at the instant the decision came up, not at the end of a step.
    let mut session = Session::begin(plan(), Box::new(Nowhere), 0).unwrap();
    while session.skip().unwrap().asked.is_empty() {}
    assert!(stopped.contains(&format!("\"ms\":{},", session.now_ms())), "{stopped}");
}

#[test]
fn going_back_needs_everybody_who_is_here() {
    let scratch = Scratch::new("rewind");
    let serving = Serving::playing(&scratch);
    let mut facilitator = serving.facilitator();
    let mut ann = serving.player("Ann", "support-lead");
    let mut ben = serving.player("Ben", "counsel");
    at_decision(&mut facilitator);
    let mut here = ann.listen(&format!("{ROOM}/events"));
    assert!(here.next("changed", &[]).is_some());
    assert_eq!(ann.post(&to("decide"), &ANSWER).status, 204);
    let back = [("decision", "first-complaints")];
    assert_eq!(facilitator.post(&to("rewind"), &back).status, 409, "nothing is proposed");
    assert_eq!(ben.post(&to("consent"), &[("agrees", "yes")]).status, 409);
    assert_eq!(facilitator.post(&to("propose-rewind"), &back).status, 204);
    assert!(here.next("changed", &["\"rewind\""]).is_some());
    let refused = facilitator.post(&to("rewind"), &back);
    assert_eq!(refused.status, 409);
    assert!(refused.body.contains("Ann has not answered"), "{}", refused.body);
    assert!(!refused.body.contains("Ben"), "who is away is not waited for");
    assert_eq!(ann.post(&to("consent"), &[("agrees", "no")]).status, 204);
    let refused = facilitator.post(&to("rewind"), &back);
    assert!(refused.body.contains("Ann does not agree"), "{}", refused.body);
    assert_eq!(ann.post(&to("consent"), &[("agrees", "yes")]).status, 204);
    assert_eq!(facilitator.post(&to("rewind"), &back).status, 204);
    assert!(ann.get(&format!("{ROOM}/panel/cards")).body.contains("first-complaints"));
    // All the same, where the facilitator says so.
    assert_eq!(ann.post(&to("decide"), &ANSWER).status, 204);
    let anyway = [("decision", "first-complaints"), ("override", "yes")];
    assert_eq!(facilitator.post(&to("rewind"), &anyway).status, 204);
}

#[test]
fn a_branch_goes_on_with_the_same_people() {
    let scratch = Scratch::new("branch");
    let serving = Serving::playing(&scratch);
    let mut facilitator = serving.facilitator();
    let mut ann = serving.player("Ann", "support-lead");
    at_decision(&mut facilitator);
    assert_eq!(ann.post(&to("decide"), &ANSWER).status, 204);
    let log = std::fs::read_to_string(scratch.0.join("insider-sale-1/session.log")).unwrap();
    let before = (log.lines().count() - 1).to_string();
    let answer = facilitator.submit(&to("branch"), &[("record", &before)]);
    assert_eq!(answer.header("location"), "/s/insider-sale-2", "{}", answer.body);
    let cards = ann.get("/s/insider-sale-2/panel/cards");
    assert!(cards.body.contains("first-complaints"), "{}", cards.body);
    assert!(!ann.get(&format!("{ROOM}/panel/cards")).body.contains("first-complaints"));
}

#[test]
fn whoever_came_after_the_branching_is_nobody_in_the_branch() {
    let scratch = Scratch::new("branch-late");
    let serving = Serving::playing(&scratch);
    let mut facilitator = serving.facilitator();
    let mut ann = serving.player("Ann", "support-lead");
    let log = std::fs::read_to_string(scratch.0.join("insider-sale-1/session.log")).unwrap();
    let before = log.lines().count().to_string();
    let mut late = serving.player("Late", "support-lead");
    facilitator.submit(&to("branch"), &[("record", &before)]);
    assert_eq!(ann.get("/s/insider-sale-2").status, 200);
    // The next to join has the id that this browser has in the other session.
    assert_eq!(late.get("/s/insider-sale-2").status, 403);
}

#[test]
fn nobody_learns_by_guessing_what_is_to_come() {
    let scratch = Scratch::new("guess");
    let serving = Serving::playing(&scratch);
    let mut ann = serving.player("Ann", "support-lead");
    let mut said = |decision: &str| {
        let answer = [("decision", decision), ("option", "x"), ("confidence", "4")];
        [ann.post(&to("decide"), &answer).body, ann.post(&to("vote"), &answer).body].concat()
    };
    assert_eq!(said("first-complaints"), said("made-up"));
    assert_eq!(ann.post(&to("note"), &[("text", "x"), ("entry", "1")]).status, 409);
}

#[test]
fn endex_leads_to_the_hot_wash_and_its_documents() {
    let scratch = Scratch::new("endex");
    let serving = Serving::playing(&scratch);
    let mut facilitator = serving.facilitator();
    let mut ann = serving.player("Ann", "support-lead");
    let mut eve = serving.evaluator();
    at_decision(&mut facilitator);
    assert_eq!(ann.post(&to("decide"), &ANSWER).status, 204);
    let file = format!("{ROOM}/files/hot-wash.html");
    assert_eq!(facilitator.get(&file).status, 404, "not before the end");
    assert_eq!(facilitator.post(&to("endex"), &[]).status, 409, "it is confirmed first");
    let mut events = facilitator.listen(&format!("{ROOM}/events"));
    assert!(events.next("clock", &["\"ended\":false"]).is_some());
    assert_eq!(facilitator.post(&to("endex"), &[("confirm", "yes")]).status, 204);
    assert!(events.next("clock", &["\"ended\":true"]).is_some());
    while facilitator.get(&file).status != 200 {
        assert!(events.next("changed", &["\"hotwash\""]).is_some());
    }
    let answer = eve.get(&file);
    assert_eq!(answer.status, 200);
    assert!(answer.header("content-disposition").starts_with("attachment"));
    let list = facilitator.get(&format!("{ROOM}/files")).body;
    assert!(list.contains(&format!("{ROOM}/files/controllers/handbook.md")), "{list}");
    assert_eq!(eve.get(&format!("{ROOM}/files/controllers/handbook.md")).body, "for controllers");
    assert_eq!(ann.get(&file).status, 403);
    assert_eq!(ann.post(&to("decide"), &ANSWER).status, 409);
    assert_eq!(facilitator.post(&to("skip"), &[]).status, 409);
}
