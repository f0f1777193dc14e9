//! Sessions: a recorded session is a value. Replayed, resumed, rewound, branched: the same bytes.

use hotwash_engine::SimTime;
use hotwash_exercise::record::journal_text;
use hotwash_exercise::{Act, FACILITATOR, Nowhere, Plan, Seat, Session};
use hotwash_tests::shipped;

fn plan(scenario: &str) -> Plan {
    let scenario = shipped(scenario);
    let policy = scenario.policy("historical").cloned();
    let name = scenario.name().to_owned();
    Plan::new(scenario, &name, policy)
}

fn decide(decision: &str, option: &str) -> Act {
    Act::Decide {
        decision: decision.to_owned(),
        option: option.to_owned(),
        confidence: Some(3),
        reason: "as a test would".to_owned(),
    }
}

/// Plays to the end, taking option `pick` (counted round) in each decision.
fn played(session: &mut Session, pick: usize) {
    while !session.is_over() {
        let step = session.skip().unwrap();
        for number in step.asked {
            answer(session, number, pick);
        }
    }
}

fn answer(session: &mut Session, number: usize, pick: usize) {
    let spec = &session.plan().scenario.decisions()[number];
    let option = spec.options[pick % spec.options.len()].name.as_str().to_owned();
    let act = decide(spec.name.as_str(), &option);
    session.act(FACILITATOR, act, 0).unwrap();
}

fn journal(session: &Session) -> String {
    journal_text(session.lines())
}

#[test]
fn a_replayed_session_has_the_same_bytes() {
    for scenario in ["insider-sale", "access-broker", "departing-admin"] {
        for pick in 0..2 {
            let plan = plan(scenario);
            let mut session = Session::begin(plan.clone(), Box::new(Nowhere), 0).unwrap();
            played(&mut session, pick);
            session.act(FACILITATOR, Act::Endex, 0).unwrap();
            assert!(!session.state().taken.is_empty(), "{scenario}: nothing was decided");
            let again =
                Session::resume(plan, session.records().to_vec(), Box::new(Nowhere)).unwrap();
            assert_eq!(journal(&session), journal(&again), "{scenario}, option {pick}");
        }
    }
}

#[test]
fn how_often_the_clock_ticks_changes_nothing() {
    let plan = plan("insider-sale");
    let mut session = Session::begin(plan.clone(), Box::new(Nowhere), 0).unwrap();
    let mut ms = 0;
    while !session.is_over() {
        ms += 7 * 3_600_000 + 12_345;
        for number in session.advance(SimTime::from_ms(ms)).unwrap().asked {
            ms = session.now_ms();
            answer(&mut session, number, 1);
        }
    }
    let again = Session::resume(plan, session.records().to_vec(), Box::new(Nowhere)).unwrap();
    // The records end before the run does.
    let mut again = again;
    again.advance(SimTime::from_ms(SimTime::LIMIT)).unwrap();
    assert_eq!(journal(&session), journal(&again));
}

#[test]
fn going_back_undoes_what_came_after() {
    let plan = plan("insider-sale");
    let mut session = Session::begin(plan.clone(), Box::new(Nowhere), 0).unwrap();
    let first = session.skip_to_decision();
    let before = journal(&session);
    answer(&mut session, first, 0);
    let next = session.skip_to_decision();
    answer(&mut session, next, 0);
    let name = session.plan().scenario.decisions()[first].name.as_str().to_owned();
    session.act(FACILITATOR, Act::Rewind { decision: name }, 0).unwrap();
    assert_eq!(journal(&session), before);
    assert_eq!(session.state().undone.len(), 2);
    answer(&mut session, first, 1);
    played(&mut session, 1);
    let again = Session::resume(plan, session.records().to_vec(), Box::new(Nowhere)).unwrap();
    let mut again = again;
    again.advance(SimTime::from_ms(SimTime::LIMIT)).unwrap();
    assert_eq!(journal(&session), journal(&again));
}

trait SkipToDecision {
    fn skip_to_decision(&mut self) -> usize;
}

impl SkipToDecision for Session {
    fn skip_to_decision(&mut self) -> usize {
        loop {
            let step = self.skip().unwrap();
            assert!(!step.is_over, "no decision came up");
            if let Some(number) = step.asked.first() {
                return *number;
            }
        }
    }
}

#[test]
fn a_player_decides_what_is_theirs_and_nothing_else() {
    let mut session = Session::begin(plan("insider-sale"), Box::new(Nowhere), 0).unwrap();
    let join = |person: &str, role: &str| Act::Join {
        person: person.to_owned(),
        name: person.to_owned(),
        seats: vec![Seat::Role(role.to_owned())],
    };
    session.act(FACILITATOR, join("p1", "support-lead"), 0).unwrap();
    session.act(FACILITATOR, join("p2", "counsel"), 0).unwrap();
    session.skip_to_decision();
    assert!(session.act("p2", decide("first-complaints", "file-as-fraud"), 0).is_err());
    assert!(session.act("p3", decide("first-complaints", "file-as-fraud"), 0).is_err());
    session.act("p1", decide("first-complaints", "file-as-fraud"), 0).unwrap();
    assert!(session.act("p1", decide("first-complaints", "file-as-fraud"), 0).is_err());
}
