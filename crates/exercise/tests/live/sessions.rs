//! A session is a value: whatever was done, its records lead to the same bytes.

use std::path::PathBuf;

use hotwash_engine::SimTime;
use hotwash_exercise::{
    Act, Effect, FACILITATOR, Nowhere, Plan, Rating, Seat, Session, SessionLog, read_log,
};
use proptest::prelude::*;

use crate::table::{
    answer, begun, decide, edited, join, journal, names, plan, plan_of, skip_to_decision,
};

fn resumed(session: &Session) -> Session {
    let records = session.records().to_vec();
    let mut again = Session::resume(session.plan().clone(), records, Box::new(Nowhere)).unwrap();
    // The records may end before the clock did.
    while again.sim().now() < session.sim().now() || again.is_over() != session.is_over() {
        again.advance(session.sim().now()).unwrap();
    }
    again
}

/// The same world, and the same of what people did.
fn same(session: &Session, again: &Session) {
    assert_eq!(journal(session), journal(again));
    assert_eq!(session.effects(), again.effects());
    assert_eq!(session.open(), again.open());
    let (a, b) = (session.state(), again.state());
    assert_eq!(
        (&a.people, &a.votes, &a.taken, &a.undone),
        (&b.people, &b.votes, &b.taken, &b.undone)
    );
    assert_eq!((&a.messages, &a.shared, &a.notes), (&b.messages, &b.shared, &b.notes));
    assert_eq!((&a.ratings, a.endex_ms), (&b.ratings, b.endex_ms));
}

fn rewind(session: &mut Session, number: usize) {
    let (decision, _) = names(session, number, 0);
    session.act(FACILITATOR, Act::Rewind { decision }, 0).unwrap();
}

/// Decisions that people took, as the state and as the world has them.
fn taken(session: &Session) -> Vec<usize> {
    let decisions = session.plan().scenario.decisions();
    let place = |name: &str| decisions.iter().position(|d| d.name.as_str() == name).unwrap();
    let told: Vec<usize> = session.state().taken.iter().map(|t| place(&t.decision)).collect();
    let done = session.effects().iter().filter_map(|(_, effect)| match effect {
        Effect::Decide { decision, .. } => Some(*decision),
        _ => None,
    });
    assert_eq!(told, done.collect::<Vec<_>>(), "what is told is not what was done");
    told
}

#[test]
fn going_back_to_the_second_of_one_instant_keeps_the_first() {
    // The hunt comes up at the very instant at which the case is opened.
    let from = "when: Reached(\"soc.case-opened/leak\"),\n            delay: \"1d\",\n            unless: [\"soc.suspect-named/leak\"]";
    let to = from.replace("1d", "0d");
    let plan = plan_of(edited("insider-sale", "decisions.ron", &[(from, &to)]));
    let mut session = begun(&plan);
    let mut first = skip_to_decision(&mut session);
    while names(&session, first, 0).0 != "open-case" {
        answer(&mut session, first, 1);
        first = skip_to_decision(&mut session);
    }
    answer(&mut session, first, 0);
    let at = session.now_ms();
    let second = session.open()[0].number;
    assert_eq!((names(&session, second, 0).0.as_str(), session.open()[0].asked_ms), ("hunt", at));
    let before = (journal(&session), taken(&session));
    answer(&mut session, second, 1);
    rewind(&mut session, second);
    assert_eq!((journal(&session), taken(&session)), before);
    assert_eq!(session.state().undone.len(), 1);
    answer(&mut session, second, 2);
    // Back to the first: both are undone, and what was undone before stays so.
    rewind(&mut session, first);
    assert_eq!(session.now_ms(), session.open().iter().map(|o| o.asked_ms).max().unwrap());
    assert!(!taken(&session).contains(&first) && session.state().undone.len() == 3);
    same(&session, &resumed(&session));
}

#[test]
fn going_back_to_one_of_two_open_at_once_undoes_both_answers() {
    let from = "when: Any([\"vendor.believes-leak\", \"soc.attributed/leak\", \"press.exposed/leak\"]),\n            delay: \"4h\"";
    let to = from.replace("4h", "1d");
    let mut session = begun(&plan_of(edited("insider-sale", "decisions.ron", &[(from, &to)])));
    let (a, b) = loop {
        skip_to_decision(&mut session);
        let open = session.open();
        if let [a, b, ..] = open[..] {
            assert_eq!(a.asked_ms, b.asked_ms);
            break (a.number, b.number);
        }
        open.iter().for_each(|o| answer(&mut session, o.number, usize::from(o.number == 0)));
    };
    let count = session.open().len();
    let before = (journal(&session), taken(&session));
    answer(&mut session, a, 0);
    answer(&mut session, b, 0);
    rewind(&mut session, b);
    assert_eq!((journal(&session), taken(&session)), before);
    assert_eq!(session.open().len(), count);
    same(&session, &resumed(&session));
}

#[test]
fn a_branch_goes_its_own_way_and_leaves_the_trunk_alone() {
    let mut session = begun(&plan("access-broker"));
    let first = skip_to_decision(&mut session);
    let fork = session.records().len() as u64;
    let at_fork = journal(&session);
    answer(&mut session, first, 0);
    let inject = session.plan().scenario.injects()[0].name.as_str().to_owned();
    session.act(FACILITATOR, Act::Inject { inject: inject.clone() }, 0).unwrap();
    assert!(session.act(FACILITATOR, Act::Inject { inject }, 0).is_err(), "it came");
    skip_to_decision(&mut session);
    let trunk = journal(&session);
    let mut branch = session.branch("friday", fork, Box::new(Nowhere), 7).unwrap();
    // No record says that the clock had come to the decision.
    assert_eq!(skip_to_decision(&mut branch), first);
    assert_eq!(journal(&branch), at_fork);
    answer(&mut branch, first, 2);
    skip_to_decision(&mut branch);
    assert_ne!(journal(&branch), trunk);
    assert_eq!(journal(&session), trunk);
    let Act::Open(opening) = &branch.records()[0].act else { panic!("no opening") };
    assert_eq!(opening.branched_from, Some(("friday".to_owned(), fork)));
    let mut again = resumed(&branch);
    same(&branch, &again);
    // A branch is a session: it goes on, ends, and is the same again.
    for session in [&mut branch, &mut again] {
        session.act(FACILITATOR, Act::Endex, 9).unwrap();
        assert!(session.act(FACILITATOR, Act::Pause, 9).is_err(), "it has ended");
    }
    same(&branch, &again);
}

/// A path of a test's own, gone when the test is over.
struct Scratch(PathBuf);

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

#[test]
fn sixty_decisions_on_the_disk_lead_to_the_same_bytes() {
    let path = std::env::temp_dir().join(format!("hotwash-sixty-{}", std::process::id()));
    let _ = std::fs::remove_file(&path);
    let scratch = Scratch(path);
    let plan = plan("annus-horribilis");
    let log = SessionLog::create(&scratch.0).unwrap();
    let mut session = Session::begin(plan.clone(), Box::new(log), 0).unwrap();
    let mut decided = 0;
    while decided < 60 {
        let step = session.skip().unwrap();
        for open in session.open() {
            answer(&mut session, open.number, decided);
            decided += 1;
        }
        // Nine on, six back: the session is talked through again and again.
        let taken = taken(&session);
        if step.is_over || (decided % 9 == 0 && taken.len() > 6) {
            rewind(&mut session, taken[taken.len().saturating_sub(6)]);
        }
    }
    session.act(FACILITATOR, Act::Endex, 1).unwrap();
    let records = read_log(&scratch.0).unwrap();
    assert_eq!(records, session.records());
    let decides = records.iter().filter(|r| matches!(r.act, Act::Decide { .. })).count();
    assert!(decides >= 60, "{decides}");
    assert!(session.state().taken.len() < decides, "nothing was undone");
    let again = Session::resume(plan, records, Box::new(Nowhere)).unwrap();
    same(&session, &again);
}

/// Something that somebody may try.
#[derive(Clone, Debug)]
enum Try {
    Wait(i64),
    Skip,
    Decide(usize, usize),
    Vote(usize, usize),
    Rewind(usize),
    Inject(usize),
    Share(u32),
    Write,
    Rate,
    Endex,
}

fn tries() -> impl Strategy<Value = Vec<Try>> {
    let one = prop_oneof![
        4 => (1..400_i64).prop_map(Try::Wait),
        6 => Just(Try::Skip),
        8 => (0..4_usize, 0..5_usize).prop_map(|(open, pick)| Try::Decide(open, pick)),
        2 => (0..4_usize, 0..5_usize).prop_map(|(open, pick)| Try::Vote(open, pick)),
        1 => (0..20_usize).prop_map(Try::Rewind),
        1 => (0..4_usize).prop_map(Try::Inject),
        1 => (0..400_u32).prop_map(Try::Share),
        1 => Just(Try::Write),
        1 => Just(Try::Rate),
    ];
    (proptest::collection::vec(one, 5..40), any::<bool>()).prop_map(|(mut tries, ends)| {
        tries.extend(ends.then_some(Try::Endex));
        tries
    })
}

fn attempt(session: &mut Session, what: &Try) {
    let open = session.open();
    let pick = |n: usize| open.get(n % open.len().max(1)).map(|o| o.number);
    let act = match what {
        Try::Wait(hours) => {
            let until = SimTime::from_ms(session.sim().now().ms() + hours * 3_600_000);
            session.advance(until).unwrap();
            return;
        }
        Try::Skip => {
            session.skip().unwrap();
            return;
        }
        Try::Decide(n, option) => pick(*n).map(|number| {
            let (decision, option) = names(session, number, *option);
            decide(&decision, &option)
        }),
        Try::Vote(n, option) => pick(*n).map(|number| {
            let (decision, option) = names(session, number, *option);
            Act::Vote { decision, option, confidence: 2, reason: String::new() }
        }),
        Try::Rewind(number) => {
            let decisions = session.plan().scenario.decisions();
            let decision = decisions[number % decisions.len()].name.as_str().to_owned();
            Some(Act::Rewind { decision })
        }
        Try::Inject(number) => session
            .plan()
            .scenario
            .injects()
            .get(*number)
            .map(|inject| Act::Inject { inject: inject.name.as_str().to_owned() }),
        Try::Share(entry) => Some(Act::Share { entry: *entry }),
        Try::Write => Some(Act::Message {
            from: "Somebody".to_owned(),
            form: "memo".to_owned(),
            to: Vec::new(),
            text: "Hello.".to_owned(),
        }),
        Try::Rate => Some(Act::Rate {
            objective: "detect".to_owned(),
            rating: Some(Rating::S),
            comment: String::new(),
            evidence: vec![session.lines().len() as u32],
        }),
        Try::Endex => Some(Act::Endex),
    };
    // Not everything fits at every moment: what is refused changes nothing.
    let Some(act) = act else { return };
    let before = (session.lines().len(), session.records().len());
    let by = if matches!(act, Act::Vote { .. } | Act::Share { .. }) { "p1" } else { FACILITATOR };
    if session.act(by, act, 0).is_err() {
        assert_eq!((session.lines().len(), session.records().len()), before);
    }
}

fn tried(plan: &Plan, tries: &[Try]) -> Session {
    let mut session = begun(plan);
    session.act(FACILITATOR, join("p1", Seat::Role("soc-lead".to_owned())), 0).unwrap();
    tries.iter().for_each(|what| attempt(&mut session, what));
    session
}

#[test]
fn whatever_is_done_can_be_done_again() {
    let plans = ["insider-sale", "access-broker", "departing-admin"].map(plan);
    let config = ProptestConfig { cases: 24, failure_persistence: None, ..Default::default() };
    proptest!(config, |(which in 0..3_usize, stops: bool, tries in tries())| {
        let mut plan = plans[which].clone();
        plan.stops_at_decisions = stops;
        let session = tried(&plan, &tries);
        taken(&session);
        same(&session, &resumed(&session));
    });
}
