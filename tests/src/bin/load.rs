//! A live exercise under load, on loopback: how long a decision or a vote takes until it is on the disk
//! and answered, and how soon another browser's stream tells of it.

#![expect(clippy::print_stdout, reason = "a report talks to its terminal")]
#![expect(clippy::unwrap_used, reason = "a load run that cannot go on has nothing to say")]

use std::path::{Path, PathBuf};
use std::sync::mpsc::Receiver;
use std::sync::{Barrier, LazyLock, Mutex};
use std::thread;
use std::time::Duration;

use hotwash_scenario::Scenario;
use hotwash_tests::guest::{Guest, Heard};
use hotwash_tests::server::{Server, program};
use hotwash_tests::temp::Temp;
use hotwash_tests::wait::{Stopwatch, poll};
use hotwash_tests::{load_report as report, option_name, shipped};

const SCENARIO: &str = "insider-sale";
/// Players of the large session.
const PLAYERS: usize = 50;
/// Sessions of one process, and players of each.
const SESSIONS: usize = 20;
const PLAYERS_EACH: usize = 5;
/// How long the many sessions are played.
const PLAYED: Duration = Duration::from_secs(20);
/// How long somebody thinks between two acts: much less than people do.
const THINKING: Duration = Duration::from_millis(250);

/// The fastest pace of the facilitator's page: three days a second.
const PACE: &str = "259200000";

fn main() {
    let named = std::env::args().nth(1).map(PathBuf::from);
    let program = named.unwrap_or_else(program);
    println!("{}\n", report::machine());
    one_session(&program);
    println!();
    many_sessions(&program);
}

/// Fifty players in one room, each with an open stream.
fn one_session(program: &Path) {
    let sessions = Temp::new("load");
    let server = Server::start_program(program, Some(SCENARIO), sessions.path(), 0);
    let mut lead = Guest::by_link(&server.links.facilitator).unwrap();
    let players = seated(&server.address, &server.links.code, PLAYERS);
    let streams: Vec<Receiver<Heard>> = players.iter().map(Guest::listen).collect();
    let decision = to_a_decision(&mut lead);
    thread::sleep(Duration::from_millis(500));
    let (mut alone, mut heard) = (Vec::new(), Vec::new());
    for round in 0..3 {
        for player in &players {
            streams.iter().for_each(|s| while s.try_recv().is_ok() {});
            let sent = Stopwatch::start();
            alone.push(vote(player, &decision, round));
            heard.extend(streams.iter().filter_map(|s| first_change(s, &sent)));
        }
    }
    let mut together = Vec::new();
    for round in 0..10 {
        let barrier = Barrier::new(PLAYERS);
        let times = Mutex::new(Vec::new());
        thread::scope(|scope| {
            for player in &players {
                scope.spawn(|| {
                    barrier.wait();
                    let time = vote(player, &decision, round);
                    times.lock().unwrap().push(time);
                });
            }
        });
        together.extend(times.into_inner().unwrap());
    }
    assert_eq!(heard.len(), 3 * PLAYERS * PLAYERS, "every stream hears of every vote");
    println!("{PLAYERS} players in one session, each with an open stream");
    println!("{}", report::head());
    println!("{}", report::row("a vote, answered", &mut alone));
    println!("{}", report::row("the same, heard by all streams", &mut heard));
    println!("{}", report::row("a vote, all 50 at the same instant", &mut together));
    println!("{}", report::row("a decision, answered", &mut decisions(&mut lead, &streams)));
}

/// The facilitator decides what comes up, all streams open, until the scenario asks no more.
fn decisions(lead: &mut Guest, streams: &[Receiver<Heard>]) -> Vec<Duration> {
    let mut times = Vec::new();
    for _ in 0..200 {
        streams.iter().for_each(|s| while s.try_recv().is_ok() {});
        for decision in lead.open_decisions() {
            let option = option_of(&decision, 0);
            let sent = Stopwatch::start();
            let fields = [("decision", decision.as_str()), ("option", &option), ("reason", "")];
            let answer = lead.act("decide", &fields);
            assert_eq!(answer.status, 204, "{answer:?}");
            times.push(sent.read());
        }
        if !lead.act("skip", &[]).is_done() {
            break;
        }
    }
    times
}

/// Twenty rooms in one process, in each of which people vote and decide while the clock runs.
fn many_sessions(program: &Path) {
    let sessions = Temp::new("load");
    let server = Server::start_program(program, None, sessions.path(), 0);
    let rooms: Vec<(Guest, Vec<Guest>)> = (0..SESSIONS).map(|_| room(&server)).collect();
    let streams: Vec<Receiver<Heard>> = rooms
        .iter()
        .flat_map(|(lead, players)| players.iter().chain([lead]))
        .map(Guest::listen)
        .collect();
    let (votes, notes, decided) = (Mutex::default(), Mutex::default(), Mutex::default());
    let watch = Stopwatch::start();
    thread::scope(|scope| {
        for (lead, players) in &rooms {
            for player in players {
                scope.spawn(|| talk(player.clone(), &watch, &votes, &notes));
            }
            scope.spawn(|| conduct(lead.clone(), &watch, &decided));
        }
    });
    let count = SESSIONS * PLAYERS_EACH;
    println!(
        "{SESSIONS} sessions in one process, {count} players and {} open streams, an act each {} ms",
        streams.len(),
        THINKING.as_millis()
    );
    println!("{}", report::head());
    for (what, times) in [("a vote", votes), ("a note", notes), ("a decision", decided)] {
        let mut times = times.into_inner().unwrap();
        assert!(times.len() >= SESSIONS, "{what}: {} are none to speak of", times.len());
        println!("{}", report::row(what, &mut times));
    }
}

/// A new session, and its players.
fn room(server: &Server) -> (Guest, Vec<Guest>) {
    let mut lead = Guest::by_link(&server.links.facilitator).unwrap();
    let begun = lead.post("/begin", &[("scenario", SCENARIO)]);
    assert_eq!(begun.status, 303, "{begun:?}");
    lead.enter(&begun.location);
    let people = lead.panel("people");
    let code = people.split("code=").nth(1).and_then(|rest| rest.get(..6));
    let code = code.unwrap_or_else(|| panic!("no join code in:\n{people}")).to_owned();
    (lead, seated(&server.address, &code, PLAYERS_EACH))
}

fn seated(address: &str, code: &str, count: usize) -> Vec<Guest> {
    let scenario = shipped(SCENARIO);
    let roles: Vec<&str> = scenario.roles().iter().map(|r| r.name.as_str()).collect();
    let join = |n: usize| {
        let seat = format!("role:{}", roles[n % roles.len()]);
        Guest::join(address, code, &format!("Player {n}"), &[&seat]).unwrap()
    };
    (0..count).map(join).collect()
}

fn talk(
    mut player: Guest,
    watch: &Stopwatch,
    votes: &Mutex<Vec<Duration>>,
    notes: &Mutex<Vec<Duration>>,
) {
    for count in 0.. {
        if watch.read() > PLAYED {
            return;
        }
        let sent = Stopwatch::start();
        let answer = player.act("note", &[("text", "What I see now."), ("entry", "0")]);
        assert_eq!(answer.status, 204, "{answer:?}");
        notes.lock().unwrap().push(sent.read());
        thread::sleep(THINKING);
        if let Some(decision) = player.open_decisions().first() {
            let option = option_of(decision, count);
            let sent = Stopwatch::start();
            // The facilitator may have been quicker.
            if player.act("vote", &ballot(decision, &option)).status == 204 {
                votes.lock().unwrap().push(sent.read());
            }
        }
        thread::sleep(THINKING);
    }
}

/// Lets the clock run; decides what comes up after the others had a moment to vote.
fn conduct(mut lead: Guest, watch: &Stopwatch, decided: &Mutex<Vec<Duration>>) {
    while watch.read() < PLAYED {
        let _ = lead.act("run", &[("pace", PACE)]);
        thread::sleep(4 * THINKING);
        for decision in lead.open_decisions() {
            let option = option_of(&decision, 1);
            let fields = [("decision", decision.as_str()), ("option", &option), ("reason", "")];
            let sent = Stopwatch::start();
            if lead.act("decide", &fields).status == 204 {
                decided.lock().unwrap().push(sent.read());
            }
        }
    }
}

/// The first decision that comes up.
fn to_a_decision(lead: &mut Guest) -> String {
    let found = poll(Duration::from_secs(30), || {
        let open = lead.open_decisions();
        if open.is_empty() {
            let _ = lead.act("skip", &[]);
        }
        open.first().cloned()
    });
    found.expect("a decision comes up")
}

/// Votes; gives how long that took.
fn vote(player: &Guest, decision: &str, pick: usize) -> Duration {
    let option = option_of(decision, pick);
    let sent = Stopwatch::start();
    let answer = player.act("vote", &ballot(decision, &option));
    assert_eq!(answer.status, 204, "{answer:?}");
    sent.read()
}

fn ballot<'a>(decision: &'a str, option: &'a str) -> [(&'a str, &'a str); 4] {
    [("decision", decision), ("option", option), ("confidence", "4"), ("reason", "As I see it.")]
}

fn option_of(decision: &str, pick: usize) -> String {
    static LOADED: LazyLock<Scenario> = LazyLock::new(|| shipped(SCENARIO));
    option_name(&LOADED, decision, pick)
}

/// How long after something was sent a stream told of a change.
fn first_change(stream: &Receiver<Heard>, sent: &Stopwatch) -> Option<Duration> {
    loop {
        let heard = stream.recv_timeout(Duration::from_secs(5)).ok()?;
        if heard.event == "changed" {
            return Some(heard.at.after(sent));
        }
    }
}
