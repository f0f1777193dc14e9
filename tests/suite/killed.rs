//! The program `hotwash serve`, killed under load by several browsers' requests: whoever was told that
//! something was done finds it done after the restart, with the same cookie at the same address.

use std::ops::Range;
use std::path::Path;
use std::sync::{LazyLock, Mutex};
use std::thread;
use std::time::Duration;

use hotwash_exercise::{Act, Record, read_log};
use hotwash_scenario::Scenario;
use hotwash_tests::guest::Guest;
use hotwash_tests::server::Server;
use hotwash_tests::temp::Temp;
use hotwash_tests::{option_name, shipped};

use crate::crash::{kills, moment};

/// What somebody was told is done: the verb and a text that nothing else has.
type Told = (&'static str, String);

/// Kills that one session goes through: more than any evening has.
const KILLS_EACH: u64 = 10;

#[test]
fn a_killed_server_has_lost_nothing_acknowledged() {
    // One in four of the kills: the others are done to a session without a server in front.
    let lives = kills().div_ceil(4);
    let mut told = 0;
    for first in (0..lives).step_by(KILLS_EACH as usize) {
        told += lives_of_a_session(first..lives.min(first + KILLS_EACH));
    }
    println!("{lives} kills of the server, {told} acknowledged acts, none lost");
}

/// How many acts were acknowledged in these lives of one session.
fn lives_of_a_session(lives: Range<u64>) -> usize {
    let sessions = Temp::new("sessions");
    let mut server = Server::start(Some("insider-sale"), sessions.path(), 0);
    let port = server.port();
    let (people, lead) = seated(&server);
    let log = sessions.path().join(lead.room.trim_start_matches("/s/")).join("session.log");
    let mut told: Vec<Told> = Vec::new();
    for life in lives {
        let new = life_under_load(&people, &lead, server, life);
        assert!(!new.is_empty(), "life {life}: nothing was acknowledged");
        told.extend(new);
        assert_all_kept(&told, &read_log(&log).unwrap(), life);
        server = Server::start(None, sessions.path(), port);
        for guest in people.iter().chain([&lead]) {
            let page = guest.clone().get(&guest.room);
            assert_eq!(page.status, 200, "life {life}: {}", page.text);
        }
    }
    told.len()
}

/// Five players, and the facilitator.
fn seated(server: &Server) -> (Vec<Guest>, Guest) {
    let lead = Guest::by_link(&server.links.facilitator).unwrap();
    let scenario = shipped("insider-sale");
    let roles: Vec<&str> = scenario.roles().iter().map(|r| r.name.as_str()).collect();
    let join = |n: usize| {
        let seat = format!("role:{}", roles[n % roles.len()]);
        Guest::join(&server.address, &server.links.code, &format!("Player {n}"), &[&seat]).unwrap()
    };
    ((0..5).map(join).collect(), lead)
}

/// Everybody acts as fast as they can until the server is killed.
fn life_under_load(people: &[Guest], lead: &Guest, server: Server, life: u64) -> Vec<Told> {
    let told = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for (n, guest) in people.iter().enumerate() {
            let told = &told;
            scope.spawn(move || play(guest, &format!("player {n}, life {life}"), told));
        }
        scope.spawn(|| conduct(lead, &format!("lead, life {life}"), &told));
        thread::sleep(Duration::from_millis(60) + moment(life, 150));
        server.kill();
    });
    told.into_inner().unwrap()
}

fn play(guest: &Guest, whose: &str, told: &Mutex<Vec<Told>>) {
    let mut guest = guest.clone();
    for count in 0.. {
        let text = format!("{whose}, thought {count}.");
        let answer = guest.act("note", &[("text", &text), ("entry", "0")]);
        match answer.status {
            0 => return,
            204 => told.lock().unwrap().push(("note", text.clone())),
            // On a fast machine a player writes more than the server lets one person write.
            429 => thread::sleep(Duration::from_millis(50)),
            _ => panic!("a note is refused: {answer:?}"),
        }
        if count % 4 == 0 {
            vote(&mut guest, &text, told);
        }
    }
}

fn vote(guest: &mut Guest, text: &str, told: &Mutex<Vec<Told>>) {
    for decision in guest.open_decisions() {
        let option = option_of(&decision, text.len());
        let fields = [
            ("decision", decision.as_str()),
            ("option", &option),
            ("confidence", "3"),
            ("reason", text),
        ];
        // The facilitator may have been quicker.
        if guest.act("vote", &fields).status == 204 {
            told.lock().unwrap().push(("vote", text.to_owned()));
        }
    }
}

/// Goes on and decides.
fn conduct(lead: &Guest, whose: &str, told: &Mutex<Vec<Told>>) {
    let mut lead = lead.clone();
    for count in 0.. {
        if lead.act("skip", &[]).status == 0 {
            return;
        }
        let text = format!("{whose}, decision {count}.");
        for decision in lead.open_decisions() {
            let option = option_of(&decision, count);
            let fields = [("decision", decision.as_str()), ("option", &option), ("reason", &text)];
            if lead.act("decide", &fields).status == 204 {
                told.lock().unwrap().push(("decide", text.clone()));
            }
        }
    }
}

fn option_of(decision: &str, pick: usize) -> String {
    static SCENARIO: LazyLock<Scenario> = LazyLock::new(|| shipped("insider-sale"));
    option_name(&SCENARIO, decision, pick)
}

#[track_caller]
fn assert_all_kept(told: &[Told], kept: &[Record], life: u64) {
    let text = |record: &Record| match &record.act {
        Act::Note { text, .. } => Some(("note", text.clone())),
        Act::Vote { reason, .. } => Some(("vote", reason.clone())),
        Act::Decide { reason, .. } => Some(("decide", reason.clone())),
        _ => None,
    };
    let kept: std::collections::BTreeSet<_> = kept.iter().filter_map(text).collect();
    for (verb, text) in told {
        assert!(kept.contains(&(*verb, text.clone())), "life {life}: {verb} `{text}` is lost");
    }
}

#[test]
fn a_server_goes_on_from_a_torn_file() {
    let sessions = Temp::new("sessions");
    let server = Server::start(Some("insider-sale"), sessions.path(), 0);
    let port = server.port();
    let (people, lead) = seated(&server);
    let log = sessions.path().join(lead.room.trim_start_matches("/s/")).join("session.log");
    assert_eq!(people[0].act("note", &[("text", "kept"), ("entry", "0")]).status, 204);
    assert_eq!(people[0].act("note", &[("text", "torn"), ("entry", "0")]).status, 204);
    server.kill();
    tear(&log);
    let server = Server::start(None, sessions.path(), port);
    assert_eq!(people[1].act("note", &[("text", "after"), ("entry", "0")]).status, 204);
    server.kill();
    let records = read_log(&log).unwrap();
    let notes = records.iter().filter_map(|r| match &r.act {
        Act::Note { text, .. } => Some(text.as_str()),
        _ => None,
    });
    assert_eq!(notes.collect::<Vec<_>>(), ["kept", "after"]);
}

/// As a power cut within the last write would leave the file.
fn tear(log: &Path) {
    let whole = std::fs::read(log).unwrap();
    assert!(String::from_utf8_lossy(&whole).trim_end().ends_with("}}"), "it ends with a record");
    std::fs::write(log, &whole[..whole.len() - 9]).unwrap();
}
