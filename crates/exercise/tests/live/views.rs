//! Who sees what: every entry of a journal, by everybody, at every step.

use hotwash_engine::{Audience, Entry, NoteId};
use hotwash_exercise::{Act, FACILITATOR, Seat, Session, View};
use hotwash_incident::view;

use crate::table::{answer, begun, join, plan, skip_to_decision};

const ROLES: [(&str, &str); 5] = [
    ("p1", "support-lead"),
    ("p2", "soc-lead"),
    ("p3", "comms-lead"),
    ("p4", "counsel"),
    ("p5", "executive"),
];

fn seated(scenario: &str) -> Session {
    let mut session = begun(&plan(scenario));
    for (person, role) in ROLES {
        session.act(FACILITATOR, join(person, Seat::Role(role.to_owned())), 0).unwrap();
    }
    session.act(FACILITATOR, join("ev", Seat::Evaluator), 0).unwrap();
    session.act(FACILITATOR, join("tv", Seat::Screen), 0).unwrap();
    session
}

/// Entries by the rule, written out once more: the audience of the role, what all the world sees, what
/// was shared.
fn may_see(session: &Session, person: &str, entry: &Entry) -> bool {
    let everybody = view::PUBLIC.0;
    if entry.audience.0 & everybody == everybody {
        return person != "nobody";
    }
    let own: Audience = match person {
        "tv" | "nobody" => return false,
        "ev" => view::VENDOR,
        person => {
            let role = ROLES.iter().find(|(id, _)| *id == person).unwrap().1;
            let roles = session.plan().scenario.roles();
            roles.iter().find(|r| r.name.as_str() == role).unwrap().audience
        }
    };
    entry.audience.0 & own.0 != 0 || session.state().shared.contains(&entry.id.0)
}

fn people() -> impl Iterator<Item = &'static str> {
    ROLES.iter().map(|(person, _)| *person).chain(["ev", "tv", "nobody"])
}

fn check(session: &Session) -> usize {
    let mut hidden = 0;
    for person in people() {
        let view = View::of(session, person);
        let seen: Vec<u32> = view.timeline(session, true).iter().map(|row| row.line.n).collect();
        for entry in session.sim().journal().entries() {
            let is_seen = seen.contains(&entry.id.0);
            assert_eq!(is_seen, may_see(session, person, entry), "{person}: {entry:?}");
            assert_eq!(view.sees_entry(session, entry.id.0), is_seen);
            hidden += usize::from(!is_seen);
        }
        for item in view.inbox(session).iter().filter(|item| item.entry > 0) {
            assert!(seen.contains(&item.entry), "{person} got {item:?}");
        }
        for row in view.ledger(session) {
            assert_eq!(row.true_ms, None, "{person} knows the truth of {}", row.name);
            let may_believe = !matches!(person, "tv" | "nobody");
            assert!(may_believe || row.belief.is_none(), "{person} knows what the vendor thinks");
        }
        assert!(!view.sees_truth());
        assert_eq!(view.msel(session).is_empty(), person != "ev");
        if !matches!(person, "ev") {
            assert!(
                view.cards(session).iter().all(|c| c.expected.is_none() && c.objective.is_empty())
            );
        }
        assert_eq!(view.cards(session).is_empty(), {
            session.open().is_empty() || matches!(person, "tv" | "nobody")
        });
    }
    hidden
}

#[test]
fn everybody_sees_what_their_seat_may_know_and_nothing_else() {
    for scenario in ["insider-sale", "access-broker"] {
        let mut session = seated(scenario);
        let mut hidden = 0;
        let mut decided = 0;
        while decided < 5 && !session.is_over() {
            session.skip().unwrap();
            for open in session.open() {
                hidden += check(&session);
                answer(&mut session, open.number, 1);
                decided += 1;
            }
        }
        assert!(hidden > 500, "hardly anything is hidden: nothing was tested");
        let view = View::of(&session, FACILITATOR);
        assert_eq!(view.timeline(&session, true).len(), session.lines().len());
        assert!(view.ledger(&session).iter().any(|row| row.true_ms.is_some()));
    }
}

#[test]
fn the_truth_is_told_after_endex() {
    let mut session = seated("insider-sale");
    let number = skip_to_decision(&mut session);
    answer(&mut session, number, 0);
    session.act(FACILITATOR, Act::Endex, 0).unwrap();
    for person in people() {
        let view = View::of(&session, person);
        let is_there = person != "nobody";
        assert_eq!(view.sees_truth(), is_there, "{person}");
        let seen = view.timeline(&session, true).len();
        assert_eq!(seen == session.lines().len(), is_there, "{person} sees {seen}");
    }
    assert!(View::of(&session, "nobody").timeline(&session, true).is_empty());
}

#[test]
fn what_is_shared_everybody_at_the_table_sees() {
    let mut session = seated("insider-sale");
    for pick in 0..3 {
        let number = skip_to_decision(&mut session);
        answer(&mut session, number, pick);
    }
    let is_secs_alone = |e: &&Entry| e.audience == view::SOC;
    let entry = session.sim().journal().entries().iter().rev().find(is_secs_alone).unwrap().id.0;
    assert!(!View::of(&session, "p4").sees_entry(&session, entry));
    assert!(session.act("p4", Act::Share { entry }, 0).is_err(), "counsel has not seen it");
    assert!(session.act("ev", Act::Share { entry }, 0).is_err(), "an evaluator only watches");
    session.act("p2", Act::Share { entry }, 0).unwrap();
    assert!(View::of(&session, "p4").sees_entry(&session, entry));
    assert!(!View::of(&session, "tv").sees_entry(&session, entry));
    check(&session);
}

#[test]
fn what_was_shared_before_going_back_shows_nothing_else_afterwards() {
    let mut session = seated("insider-sale");
    let first = skip_to_decision(&mut session);
    let there = session.lines().len() as u32;
    for pick in 0..3 {
        let number = if pick == 0 { first } else { skip_to_decision(&mut session) };
        answer(&mut session, number, 1);
    }
    let seen = |e: &&Entry| e.id.0 > there && e.audience.meets(view::SOC);
    let entry = session.sim().journal().entries().iter().rev().find(seen).unwrap().id.0;
    session.act("p2", Act::Share { entry }, 0).unwrap();
    let note = Act::Note { text: "look at this".to_owned(), entry };
    session.act("p2", note, 0).unwrap();
    let decision = session.plan().scenario.decisions()[first].name.as_str().to_owned();
    session.act(FACILITATOR, Act::Rewind { decision }, 0).unwrap();
    assert!(session.state().shared.is_empty(), "the number will belong to another entry");
    assert_eq!(session.state().notes[0].entry, 0);
    // Time goes on another way; the number is there again and nobody shared it.
    while session.lines().len() < entry as usize {
        session.skip().unwrap();
    }
    check(&session);
    assert!(session.sim().journal().get(NoteId(entry)).is_some());
}

#[test]
fn a_message_reaches_those_it_is_for() {
    let mut session = seated("insider-sale");
    let message = |to: &[&str], text: &str| Act::Message {
        from: "The landlord".to_owned(),
        form: view::form::LETTER.to_owned(),
        to: to.iter().map(|t| (*t).to_owned()).collect(),
        text: text.to_owned(),
    };
    session.act(FACILITATOR, message(&["counsel"], "to counsel"), 0).unwrap();
    session.act(FACILITATOR, message(&["soc", "comms"], "to two"), 0).unwrap();
    session.act(FACILITATOR, message(&[], "to all"), 0).unwrap();
    assert!(session.act(FACILITATOR, message(&["the-cat"], "to the cat"), 0).is_err());
    assert!(session.act("p1", message(&[], "forged"), 0).is_err());
    let got = |person: &str| {
        let inbox = View::of(&session, person).inbox(&session);
        let mine = inbox.into_iter().filter(|i| i.from == "The landlord").map(|i| i.text);
        mine.collect::<Vec<_>>()
    };
    assert_eq!(got("p4"), ["to counsel", "to all"]);
    assert_eq!(got("p2"), ["to two", "to all"]);
    assert_eq!(got("p5"), ["to all"]);
    assert_eq!(got("ev"), ["to counsel", "to two", "to all"]);
    assert!(got("tv").is_empty() && got("nobody").is_empty());
}
