//! An edited list of events: what is played is what the list says, and an unchanged list changes nothing.

use std::collections::BTreeMap;

use hotwash_exercise::record::journal_text;
use hotwash_exercise::{Act, FACILITATOR, Nowhere, Plan, Session, View};
use hotwash_report::msel::{Edited, Msel};
use hotwash_scenario::Scenario;
use hotwash_tests::shipped;

const HEADS: &str =
    "Name,Scenario time,Inject text,Delivery method,From,Intended player,Expected action,Status";

fn edited(scenario: &Scenario, rows: &str) -> Result<Edited, Vec<String>> {
    let text = format!("{HEADS}\n{rows}");
    Msel::read("list.csv", text.as_bytes(), &BTreeMap::new())?.apply(scenario)
}

/// The list of a scenario as a pack writes it: a row for each inject and decision, in words.
fn unchanged(scenario: &Scenario) -> String {
    let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
    let mut out = String::new();
    for inject in scenario.injects() {
        let to = quoted(&inject.to.join(", "));
        let (text, form) = (quoted(&inject.text), &inject.form);
        let (name, from) = (inject.name, &inject.from);
        out.push_str(&format!("{name},35d after something,{text},{form},{from},{to},,planned\n"));
    }
    for decision in scenario.decisions() {
        let (name, ask) = (decision.name, quoted(&decision.ask));
        let title = scenario.roles().iter().find(|r| r.name == decision.role);
        let title = quoted(&title.unwrap().title);
        let expected = decision.expected.map_or("", |e| decision.options[e].text.as_str());
        let expected = quoted(expected);
        out.push_str(&format!("{name},when it comes up,{ask},,controller,{title},{expected},\n"));
    }
    out
}

fn begin(scenario: Scenario) -> Session {
    let name = scenario.name().to_owned();
    let policy = scenario.policy("historical").cloned();
    let mut plan = Plan::new(scenario, &name, policy);
    // The policy decides everything.
    plan.played.clear();
    Session::begin(plan, Box::new(Nowhere), 0).unwrap()
}

fn played(scenario: Scenario) -> Session {
    let mut session = begin(scenario);
    while !session.is_over() {
        session.skip().unwrap();
    }
    session
}

#[test]
fn an_unchanged_list_gives_the_same_bytes() {
    for name in [
        "insider-sale",
        "access-broker",
        "departing-admin",
        "annus-horribilis",
        "support-portal",
        "token-seeds",
        "support-portal-warned",
    ] {
        let scenario = shipped(name);
        let same = edited(&scenario, &unchanged(&scenario)).unwrap();
        assert_eq!(same.changes, Vec::<String>::new(), "{name}");
        assert_eq!(same.notes, Vec::<String>::new(), "{name}");
        let (before, after) = (played(scenario), played(same.scenario));
        assert_eq!(journal_text(before.lines()), journal_text(after.lines()), "{name}");
    }
}

#[test]
fn what_the_list_says_is_what_players_find() {
    let scenario = shipped("insider-sale");
    let rows = "\
board-asks,T+20d 10:00,\"Why, asks the board, has nobody been told?\",Letter,the whole board,counsel,,
ten-years-a-customer,,,,,,,Cancelled
,2019-08-03 08:15,A cousin was called too.,E-mail,a cousin,\"Head of customer support, comms-lead\",,
";
    let edited = edited(&scenario, rows).unwrap();
    let changes = [
        "ten-years-a-customer: dropped",
        "board-asks: time, sender, form, text, players",
        "added-1: added",
    ];
    assert_eq!(edited.changes, changes);
    let mut session = played(edited.scenario);
    session.act(FACILITATOR, Act::Endex, 0).unwrap();
    let inbox = View::of(&session, FACILITATOR).inbox(&session);
    let told = |text: &str| inbox.iter().find(|item| item.text.contains(text));
    let board = told("asks the board").unwrap();
    assert_eq!((board.form.as_str(), board.from.as_str()), ("letter", "the whole board"));
    assert_eq!(board.at, "2019-08-21 19:00");
    let cousin = told("A cousin").unwrap();
    assert_eq!((cousin.form.as_str(), cousin.at.as_str()), ("email", "2019-08-03 08:15"));
    let line = session.lines().iter().find(|l| l.says.contains("A cousin")).unwrap();
    assert_eq!(line.sees, ["support", "comms"]);
    assert!(told("A customer of ten years").is_none());
}

#[test]
fn a_changed_list_leaves_chance_alone() {
    let scenario = shipped("insider-sale");
    let rows = ",T+1d 09:00,Good morning.,memo,somebody,all players,,\n";
    let (before, after) =
        (played(scenario.clone()), played(edited(&scenario, rows).unwrap().scenario));
    let told = |session: &Session| {
        let rest = session.lines().iter().filter(|l| l.kind != "exercise.inject");
        rest.map(|l| format!("{} {} {}", l.at, l.who, l.says)).collect::<Vec<_>>()
    };
    assert_eq!(told(&before), told(&after));
    assert_eq!(after.lines().len(), before.lines().len() + 1);
}

#[test]
fn all_mistakes_are_told_at_once_with_row_and_fix() {
    let rows = "\
board-askes,,,,,,,
board-asks,T+20x,,pigeon,,the board of the board,,
board-asks,,,,,,,
,T+900d,,,,,,
,when it rains,Hello.,memo,x,counsel,,
first-complaints,,Another question?,,,,,cancelled
";
    let wrong = edited(&shipped("insider-sale"), rows).unwrap_err().join("\n");
    for part in [
        "row 2: the scenario has no inject or decision `board-askes` (did you mean `board-asks`?)",
        "row 3: `T+20x` is no time; write T+3d 09:00",
        "row 3: `pigeon` is no way to deliver a message",
        "row 3: no player or viewer is called `the board of the board`",
        "row 4: `board-asks` has a row above already",
        "row 5: the new inject has no text",
        "row 5: the new inject does not say who it is from",
        "row 5: the new inject does not say which player it is for",
        "row 5: 2022-01-17 09:00 lies outside of the exercise, which runs from 2019-08-01 09:00 to",
        "row 6: `when it rains` is no time; a new inject needs one",
    ] {
        assert!(wrong.contains(part), "{part}\nis not among\n{wrong}");
    }
}

#[test]
fn what_a_list_cannot_change_is_said() {
    let rows = "\
first-complaints,,Another question?,,,,Do something else.,cancelled
board-asks,,,,,,,
";
    let edited = edited(&shipped("insider-sale"), rows).unwrap();
    assert_eq!(edited.changes, Vec::<String>::new());
    let notes = edited.notes.join("\n");
    for part in [
        "row 2: the question of decision `first-complaints` cannot be changed by a list",
        "row 2: the expected action of decision `first-complaints`",
        "row 2: decision `first-complaints` comes up nevertheless",
        "the list has no row `ten-years-a-customer`, so that inject stays as it is",
    ] {
        assert!(notes.contains(part), "{part}\nis not among\n{notes}");
    }
}
