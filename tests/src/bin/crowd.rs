//! A session with several people at once, to be killed: says on standard output what has been
//! acknowledged, one line each, after the session has said so. Goes on where it was killed.

use std::io::{Write as _, stdout};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use hotwash_exercise::{Act, FACILITATOR, Nowhere, Plan, Refusal, Seat, Session, SessionLog};
use hotwash_tests::shipped;

const PEOPLE: usize = 5;

fn main() {
    let dir = std::env::args().nth(1).expect("the folder of the session");
    let life = std::env::args().nth(2).expect("which life this is");
    let session = Arc::new(Mutex::new(open(Path::new(&dir))));
    say(b"ready");
    thread::scope(|scope| {
        for person in 1..=PEOPLE {
            let (session, life) = (&session, &life);
            scope.spawn(move || play(session, &format!("p{person}"), life));
        }
        scope.spawn(|| lead(&session, &life));
    });
}

fn open(dir: &Path) -> Session {
    let scenario = shipped("insider-sale");
    let policy = scenario.policy("historical").cloned();
    let plan = Plan::new(scenario, "insider-sale", policy);
    let path = dir.join("session.log");
    if !path.exists() {
        let log = SessionLog::create(&path).expect("the folder is new");
        return Session::begin(plan, Box::new(log), 0).expect("it is shipped");
    }
    let (log, records) = SessionLog::open(&path).expect("what a kill leaves can be opened");
    // Killed before the first record was whole: nothing had been acknowledged.
    if records.is_empty() {
        return Session::begin(plan, Box::new(log), 0).expect("it is shipped");
    }
    let session = Session::resume(plan.clone(), records, Box::new(log)).expect("it is replayed");
    let again = Session::resume(plan, session.records().to_vec(), Box::new(Nowhere));
    let again = again.expect("it is replayed again");
    assert_eq!(again.lines(), session.lines(), "replays differ");
    session
}

fn play(session: &Mutex<Session>, person: &str, life: &str) {
    let roles = ["support-lead", "counsel", "ciso", "comms", "soc-lead"];
    let number = person.bytes().last().map_or(0, usize::from);
    let seats = vec![Seat::Role(roles[number % roles.len()].to_owned())];
    let join = Act::Join { person: person.to_owned(), name: person.to_owned(), seats };
    act(session, FACILITATOR, |s| s.state().person(person).is_none().then(|| join.clone()));
    for count in 0.. {
        let text = format!("{person}, life {life}, thought {count}");
        act(session, person, |_| Some(Act::Note { text: text.clone(), entry: 0 }));
        act(session, person, |session| {
            let open = *session.open().first()?;
            let spec = &session.plan().scenario.decisions()[open.number];
            Some(Act::Vote {
                decision: spec.name.as_str().to_owned(),
                option: spec.options[count % spec.options.len()].name.as_str().to_owned(),
                confidence: 1 + (count % 5) as u8,
                reason: text.clone(),
            })
        });
    }
}

/// The facilitator decides what is open, goes on, and goes back to the first decision at the end.
fn lead(session: &Mutex<Session>, life: &str) {
    for count in 0.. {
        act(session, FACILITATOR, |session| {
            if session.is_over() {
                let first = session.state().taken.first()?;
                return Some(Act::Rewind { decision: first.decision.clone() });
            }
            if session.open().is_empty() {
                session.skip().expect("the model has no fault");
            }
            let open = *session.open().first()?;
            let spec = &session.plan().scenario.decisions()[open.number];
            Some(Act::Decide {
                decision: spec.name.as_str().to_owned(),
                option: spec.options[count % spec.options.len()].name.as_str().to_owned(),
                confidence: None,
                reason: format!("life {life}, decision {count}"),
            })
        });
    }
}

/// Does what somebody wants to, if anything, and says so.
fn act(session: &Mutex<Session>, by: &str, what: impl Fn(&mut Session) -> Option<Act>) {
    let mut session = session.lock().unwrap_or_else(PoisonError::into_inner);
    let Some(act) = what(&mut session) else { return };
    match session.act(by, act, 0) {
        Ok(n) => {
            let record = session.records().last().expect("it was just added").clone();
            drop(session);
            assert_eq!(record.n, n);
            let json = serde_json::to_string(&record).expect("a record is plain data");
            say(json.as_bytes());
        }
        // Somebody else was quicker, or the role is not in the scenario.
        Err(Refusal::Wrong(_) | Refusal::NotYours(_)) => drop(session),
        Err(lost) => panic!("{lost}"),
    }
    thread::yield_now();
}

fn say(line: &[u8]) {
    let mut out = stdout().lock();
    let whole = [line, b"\n"].concat();
    out.write_all(&whole).and_then(|()| out.flush()).expect("whoever started this still listens");
}
