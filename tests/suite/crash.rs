//! Killed at any moment, a session has lost nothing that was acknowledged.
//!
//! `kill -9` leaves whatever the program had written; a power cut may leave a last line that is torn.
//! The first is done to a real process under load, the second by cutting the file at every byte.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use hotwash_exercise::{Act, FACILITATOR, Nowhere, Plan, Record, Session, SessionLog, read_log};
use hotwash_tests::shipped;
use hotwash_tests::temp::Temp;

/// How often a process is killed; `cargo xtask test` asks for more.
pub(crate) fn kills() -> u64 {
    std::env::var("HOTWASH_CRASHES").ok().and_then(|n| n.parse().ok()).unwrap_or(20)
}

/// A moment to kill at, from 0 to `most` milliseconds: another for each number, the same in every run.
pub(crate) fn moment(number: u64, most: u64) -> Duration {
    let mut x = number.wrapping_add(1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    x = (x ^ (x >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    Duration::from_micros((x ^ (x >> 31)) % (most * 1000))
}

#[test]
fn nothing_acknowledged_is_lost_by_a_kill() {
    let mut acknowledged: Vec<Record> = Vec::new();
    let mut dir = Temp::new("crash");
    let (mut all, mut busiest) = (0, 0);
    for life in 0..kills() {
        // A session of a room's size; replaying an endless one would be all there is to do.
        if acknowledged.len() > 3_000 {
            (dir, acknowledged) = (Temp::new("crash"), Vec::new());
        }
        let new = killed(dir.path(), life);
        all += new.len();
        busiest = busiest.max(new.len());
        acknowledged.extend(new);
        let log = dir.path().join("session.log");
        if !log.exists() && acknowledged.is_empty() {
            continue;
        }
        let kept = read_log(&log).unwrap();
        for record in &acknowledged {
            assert_eq!(
                kept.get(record.n as usize),
                Some(record),
                "life {life}: it was acknowledged"
            );
        }
    }
    assert!(busiest >= 20 && all as u64 >= 10 * kills(), "only {all} acts: that is no load");
    println!("{} kills, {all} acknowledged acts, none lost", kills());
}

/// One life: started, under load, killed. What it had acknowledged.
fn killed(dir: &Path, life: u64) -> Vec<Record> {
    let mut crowd = Command::new(env!("CARGO_BIN_EXE_crowd"));
    crowd.arg(dir).arg(life.to_string()).stdin(Stdio::null()).stdout(Stdio::piped());
    let mut child = crowd.spawn().unwrap();
    let lines = listen(&mut child);
    // Every fifth is killed while it opens the session, the others at work.
    if life % 5 != 4 {
        let ready = lines.recv_timeout(Duration::from_secs(60));
        assert_eq!(ready.as_deref(), Ok("ready"), "life {life} does not begin");
    }
    std::thread::sleep(moment(life, 120));
    assert_eq!(child.try_wait().unwrap(), None, "life {life} ended by itself");
    child.kill().unwrap();
    child.wait().unwrap();
    // What it had said before is still in the pipe; a line that broke off was not said.
    let said = lines.iter().filter(|line| line != "ready");
    said.filter_map(|line| serde_json::from_str(&line).ok()).collect()
}

fn listen(child: &mut Child) -> Receiver<String> {
    let (send, lines) = channel();
    let out = BufReader::new(child.stdout.take().unwrap());
    std::thread::spawn(move || {
        for line in out.lines().map_while(Result::ok) {
            if send.send(line).is_err() {
                return;
            }
        }
    });
    lines
}

fn plan() -> Plan {
    let scenario = shipped("departing-admin");
    let policy = scenario.policy("historical").cloned();
    Plan::new(scenario, "departing-admin", policy)
}

/// A session with some notes and decisions, in a file.
fn written(dir: &Path) -> Vec<Record> {
    let log = SessionLog::create(&dir.join("session.log")).unwrap();
    let mut session = Session::begin(plan(), Box::new(log), 0).unwrap();
    for count in 0..4 {
        while session.open().is_empty() && !session.is_over() {
            session.skip().unwrap();
        }
        let Some(open) = session.open().first().copied() else { break };
        let spec = &session.plan().scenario.decisions()[open.number];
        let decide = Act::Decide {
            decision: spec.name.as_str().to_owned(),
            option: spec.options[count % spec.options.len()].name.as_str().to_owned(),
            confidence: None,
            reason: "because of \u{201c}this\u{201d}\nand that".to_owned(),
        };
        session.act(FACILITATOR, decide, 0).unwrap();
        let note = Act::Note { text: format!("n\u{e4}chste {count}"), entry: 0 };
        session.act(FACILITATOR, note, 0).unwrap();
    }
    assert!(session.records().len() >= 5, "something was played");
    session.records().to_vec()
}

#[test]
fn a_torn_last_line_is_cut_off_wherever_it_tore() {
    let dir = Temp::new("torn");
    let records = written(dir.path());
    let whole = std::fs::read(dir.path().join("session.log")).unwrap();
    let ends: Vec<usize> =
        (0..whole.len()).filter(|at| whole[*at] == b'\n').map(|n| n + 1).collect();
    assert_eq!(ends.len(), records.len());
    let path = dir.path().join("torn.log");
    // The last record, the one before it, and the first.
    let last = ends.len() - 1;
    let begins = |n: usize| if n == 0 { 0 } else { ends[n - 1] };
    let cuts =
        [last, last - 1, 0].into_iter().flat_map(|n| (begins(n)..ends[n]).map(move |at| (n, at)));
    for (n, at) in cuts {
        std::fs::write(&path, &whole[..at]).unwrap();
        assert_eq!(read_log(&path).unwrap(), records[..n], "cut at byte {at}");
        let (mut log, read) = SessionLog::open(&path).unwrap();
        assert_eq!(read, records[..n], "cut at byte {at}");
        // What comes next follows what was whole.
        hotwash_exercise::Keep::keep(&mut log, &records[n], true).unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), whole[..ends[n]], "cut at byte {at}");
    }
}

#[test]
fn a_torn_session_goes_on() {
    let dir = Temp::new("torn");
    let records = written(dir.path());
    let path = dir.path().join("session.log");
    let whole = std::fs::read(&path).unwrap();
    std::fs::write(&path, &whole[..whole.len() - 3]).unwrap();
    let (log, read) = SessionLog::open(&path).unwrap();
    let mut session = Session::resume(plan(), read, Box::new(log)).unwrap();
    let last = records.last().unwrap();
    assert_eq!(session.records(), &records[..records.len() - 1]);
    session.act(&last.by, last.act.clone(), last.wall_ms).unwrap();
    let again = Session::resume(plan(), read_log(&path).unwrap(), Box::new(Nowhere)).unwrap();
    assert_eq!(again.lines(), session.lines());
    assert_eq!(std::fs::read(&path).unwrap(), whole);
}

#[test]
fn damage_before_the_last_line_is_refused_and_named() {
    let dir = Temp::new("damage");
    let records = written(dir.path());
    let path = dir.path().join("session.log");
    let whole = std::fs::read(&path).unwrap();
    let ends: Vec<usize> =
        (0..whole.len()).filter(|at| whole[*at] == b'\n').map(|n| n + 1).collect();
    let mut flipped = whole.clone();
    flipped[ends[0] + 30] ^= 1;
    let gap = [&whole[..ends[1]], &whole[ends[2]..]].concat();
    let twice = [&whole[..ends[1]], &whole[ends[0]..]].concat();
    for (what, bytes, line) in [("flipped", flipped, 2), ("gap", gap, 3), ("twice", twice, 3)] {
        std::fs::write(&path, &bytes).unwrap();
        let error = SessionLog::open(&path).map(|_| ()).unwrap_err().to_string();
        assert!(error.contains(&format!("session.log:{line}:")), "{what}: {error}");
        assert_eq!(std::fs::read(&path).unwrap(), bytes, "{what}: nothing is written then");
    }
    std::fs::write(&path, &whole).unwrap();
    assert_eq!(read_log(&path).unwrap().len(), records.len());
}
