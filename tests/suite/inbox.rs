//! What players find in their inboxes: something before they must decide, and never too much.

use hotwash_engine::SimTime;
use hotwash_exercise::{Act, FACILITATOR, Item, Nowhere, Plan, Seat, Session, View};
use hotwash_incident::view::form;
use hotwash_tests::shipped;

const SCENARIOS: [&str; 7] = [
    "insider-sale",
    "access-broker",
    "departing-admin",
    "annus-horribilis",
    "support-portal",
    "token-seeds",
    "support-portal-warned",
];

/// Most messages for one role in a session: more is not read.
const MOST: usize = 60;

/// How somebody plays.
#[derive(Clone, Copy, Debug)]
enum Manner {
    Expected,
    Default,
    Last,
}

/// A session with one person in each role.
fn seated(scenario: &str) -> Session {
    let scenario = shipped(scenario);
    let name = scenario.name().to_owned();
    let policy = scenario.policy("historical").cloned();
    let roles: Vec<String> = scenario.roles().iter().map(|r| r.name.as_str().to_owned()).collect();
    let plan = Plan::new(scenario, &name, policy);
    let mut session = Session::begin(plan, Box::new(Nowhere), 0).unwrap();
    for role in roles {
        let seats = vec![Seat::Role(role.clone())];
        let join = Act::Join { person: role.clone(), name: role, seats };
        session.act(FACILITATOR, join, 0).unwrap();
    }
    session
}

fn answer(session: &mut Session, number: usize, manner: Manner) {
    let spec = &session.plan().scenario.decisions()[number];
    let option = match manner {
        Manner::Expected => spec.expected.unwrap_or(spec.default),
        Manner::Default => spec.default,
        Manner::Last => spec.options.len() - 1,
    };
    let act = Act::Decide {
        decision: spec.name.as_str().to_owned(),
        option: spec.options[option].name.as_str().to_owned(),
        confidence: None,
        reason: String::new(),
    };
    session.act(FACILITATOR, act, 0).unwrap();
}

fn inbox(session: &Session, role: &str) -> Vec<Item> {
    View::of(session, role).inbox(session)
}

/// Plays to the end; says for which decisions the role had heard nothing in the 60 days before.
fn unprepared(session: &mut Session, manner: Manner) -> Vec<String> {
    let mut out = Vec::new();
    while !session.is_over() {
        for number in session.skip().unwrap().asked {
            let spec = &session.plan().scenario.decisions()[number];
            let heard = inbox(session, spec.role.as_str());
            let recent = session.now_ms() - 60 * 86_400_000;
            if !heard.iter().any(|item| item.ms >= recent) {
                out.push(spec.name.as_str().to_owned());
            }
            answer(session, number, manner);
        }
    }
    out
}

#[test]
fn who_decides_has_heard_of_it_and_nobody_drowns() {
    for scenario in SCENARIOS {
        for manner in [Manner::Expected, Manner::Default, Manner::Last] {
            let mut session = seated(scenario);
            let unprepared = unprepared(&mut session, manner);
            assert_eq!(unprepared, Vec::<String>::new(), "{scenario}, {manner:?}");
            for role in roles(&session) {
                let count = inbox(&session, &role).len();
                assert!((1..=MOST).contains(&count), "{scenario}, {manner:?}: {role} gets {count}");
            }
        }
    }
}

fn roles(session: &Session) -> Vec<String> {
    session.plan().scenario.roles().iter().map(|r| r.name.as_str().to_owned()).collect()
}

#[test]
fn messages_read_as_messages() {
    for scenario in SCENARIOS {
        let mut session = seated(scenario);
        let _ = unprepared(&mut session, Manner::Expected);
        for role in roles(&session) {
            for item in inbox(&session, &role) {
                let Item { form, from, text, .. } = &item;
                assert!(form::ALL.contains(&form.as_str()), "{form}");
                assert!(!text.contains(['{', '}']), "a field is not filled in: {text}");
                let first = text.chars().next().unwrap();
                assert!(!first.is_lowercase(), "{text}");
                assert!(text.ends_with(['.', '?', '!', ')', '"', '\u{2026}']), "{text}");
                assert!(!from.is_empty() && !from.contains("gdpr-"), "{from}: {text}");
            }
        }
    }
}

#[test]
fn each_form_has_its_senders() {
    let mut session = seated("annus-horribilis");
    let _ = unprepared(&mut session, Manner::Expected);
    let all: Vec<Item> = roles(&session).iter().flat_map(|role| inbox(&session, role)).collect();
    for form in [
        form::ALERT,
        form::TICKET,
        form::CALL,
        form::INQUIRY,
        form::ARTICLE,
        form::EMAIL,
        form::LETTER,
        form::MEMO,
    ] {
        assert!(all.iter().any(|item| item.form == form), "nothing comes as {form}");
    }
}

#[test]
fn what_is_summed_up_adds_up() {
    let mut session = seated("insider-sale");
    let _ = unprepared(&mut session, Manner::Default);
    let complained = session.lines().iter().filter(|l| l.kind == "customers.complained");
    // Those of periods that were over more than four weeks before STARTEX are of no interest any more.
    let count = |l: &hotwash_exercise::record::Line| l.fields["with_ticket"].as_i64().unwrap();
    let said: i64 = complained.map(count).sum();
    let sums = inbox(&session, "support-lead").into_iter().filter(|i| i.id.starts_with('d'));
    let number = |item: Item| {
        let words = item.text.split(": ").nth(1).unwrap().to_owned();
        words.split(' ').next().unwrap().parse::<i64>().unwrap()
    };
    assert!(said > 100);
    assert_eq!(sums.map(number).sum::<i64>(), said);
}

#[test]
fn a_clock_is_stopped_by_what_meets_it_and_by_nothing_else() {
    let mut session = seated("insider-sale");
    let _ = unprepared(&mut session, Manner::Expected);
    session.advance(SimTime::from_ms(SimTime::LIMIT)).unwrap();
    let clocks = View::of(&session, "counsel").clocks(&session);
    let at = |kind: &str| session.lines().iter().find(|l| l.kind == kind).map(|l| l.ms);
    let (filed, letters) = (at("regulator.filed"), at("pr.letters-out"));
    assert!(filed.is_some() && letters.is_some() && filed != letters);
    let of = |duty: &str| clocks.iter().filter(|c| c.label.ends_with(duty)).collect::<Vec<_>>();
    let (reports, notices) = (of("the report to the authority"), of("the notice to people"));
    assert!(!reports.is_empty());
    assert!(reports.iter().all(|c| c.stopped_ms == filed), "{reports:#?}");
    assert!(notices.iter().all(|c| c.stopped_ms == letters), "{notices:#?}");
}
