//! A table to play at: shipped scenarios, and somebody who answers.

use std::path::{Path, PathBuf};

use hotwash_agents as agents;
use hotwash_exercise::{Act, FACILITATOR, Nowhere, Plan, Seat, Session};
use hotwash_scenario::{Embedded, Folder, LIBRARY, Registry, Scenario, WithLibrary, load};

fn registry() -> Registry {
    Registry::new()
        .add::<hotwash_incident::Case>()
        .add::<agents::customers::CustomersPlugin>()
        .add::<agents::estate::EstatePlugin>()
        .add::<agents::insider::InsiderPlugin>()
        .add::<agents::intruder::IntruderPlugin>()
        .add::<agents::leaver::LeaverPlugin>()
        .add::<agents::scam::ScamPlugin>()
        .add::<agents::market::MarketPlugin>()
        .add::<agents::soc::SecurityOperations>()
        .add::<agents::pr::Pr>()
        .add::<agents::press::Press>()
        .add::<agents::researcher::ResearcherPlugin>()
        .add::<agents::regulator::Regimes>()
        .add::<agents::regulator::Regulator>()
        .add::<agents::law::LawEnforcement>()
        .add::<agents::ledger::Ledger>()
}

fn scenarios() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scenarios")
}

/// What scenarios may include: the files of `library`, and those of all scenarios by their folders.
fn library() -> Embedded {
    let mut texts = Vec::new();
    for folder in std::fs::read_dir(scenarios()).unwrap() {
        let folder = folder.unwrap();
        let name = folder.file_name().into_string().unwrap();
        let prefix = if name == "library" { String::new() } else { format!("{name}/") };
        for file in std::fs::read_dir(folder.path()).unwrap() {
            let file = file.unwrap();
            let name = file.file_name().into_string().unwrap();
            if name.ends_with(".ron") {
                texts.push((
                    format!("{prefix}{name}"),
                    std::fs::read_to_string(file.path()).unwrap(),
                ));
            }
        }
    }
    Embedded::new(texts.iter().map(|(path, text)| (path.as_str(), text.as_str())))
}

/// A shipped scenario.
pub(crate) fn shipped(name: &str) -> Scenario {
    let (files, first) = Folder::open(&scenarios().join(name)).unwrap();
    let library = library();
    let (scenario, problems) = load(&registry(), &WithLibrary::new(&files, &library), &first);
    scenario.unwrap_or_else(|| panic!("{}", hotwash_scenario::render(&problems, false)))
}

/// A shipped scenario with some words of one of its files replaced, each of which is there once.
pub(crate) fn edited(name: &str, file: &str, edits: &[(&str, &str)]) -> Scenario {
    let (mut own, mut library) = (Vec::new(), Vec::new());
    for (path, text) in shipped(name).texts() {
        match path.strip_prefix(LIBRARY) {
            Some(path) => library.push((format!("{path}.ron"), text.to_string())),
            None if path == file => {
                let mut text = text.to_string();
                for (from, to) in edits {
                    assert_eq!(text.matches(from).count(), 1, "{file} has `{from}` so many times");
                    text = text.replace(from, to);
                }
                own.push((path, text));
            }
            None => own.push((path, text.to_string())),
        }
    }
    let embed = |texts: &[(String, String)]| {
        Embedded::new(texts.iter().map(|(p, t)| (p.as_str(), t.as_str())))
    };
    let (own, library) = (embed(&own), embed(&library));
    let files = WithLibrary::new(&own, &library);
    let (scenario, problems) = load(&registry(), &files, "scenario.ron");
    scenario.unwrap_or_else(|| panic!("{}", hotwash_scenario::render(&problems, false)))
}

/// A plan to play a shipped scenario with all roles; the historical policy answers the rest.
pub(crate) fn plan(scenario: &str) -> Plan {
    plan_of(shipped(scenario))
}

/// The same for a scenario that is not shipped so.
pub(crate) fn plan_of(scenario: Scenario) -> Plan {
    let policy = scenario.policy("historical").cloned();
    let name = scenario.name().to_owned();
    Plan::new(scenario, &name, policy)
}

pub(crate) fn decide(decision: &str, option: &str) -> Act {
    Act::Decide {
        decision: decision.to_owned(),
        option: option.to_owned(),
        confidence: Some(4),
        reason: "as a test would".to_owned(),
    }
}

pub(crate) fn join(person: &str, seat: Seat) -> Act {
    Act::Join { person: person.to_owned(), name: person.to_uppercase(), seats: vec![seat] }
}

/// A session that begins, with nobody's file.
pub(crate) fn begun(plan: &Plan) -> Session {
    Session::begin(plan.clone(), Box::new(Nowhere), 0).unwrap()
}

/// The name of a decision and of one of its options, counted round.
pub(crate) fn names(session: &Session, number: usize, pick: usize) -> (String, String) {
    let spec = &session.plan().scenario.decisions()[number];
    let option = &spec.options[pick % spec.options.len()];
    (spec.name.as_str().to_owned(), option.name.as_str().to_owned())
}

pub(crate) fn answer(session: &mut Session, number: usize, pick: usize) {
    let (decision, option) = names(session, number, pick);
    session.act(FACILITATOR, decide(&decision, &option), 0).unwrap();
}

/// Plays to the end: each decision that comes up is answered after some hours with an option counted
/// round from `pick` on; every fourth is left to its default.
pub(crate) fn play(session: &mut Session, pick: usize) {
    let mut count = pick;
    while !session.is_over() {
        for number in session.skip().unwrap().asked {
            count += 1;
            if count % 4 == 3 {
                continue;
            }
            let wait = hotwash_engine::SimDuration::from_hours(count as i64 * 5 % 17);
            session.advance(session.sim().now() + wait).unwrap();
            if session.open().iter().any(|open| open.number == number) {
                answer(session, number, count);
            }
        }
    }
}

/// Goes on until a decision comes up.
pub(crate) fn skip_to_decision(session: &mut Session) -> usize {
    loop {
        let step = session.skip().unwrap();
        assert!(!step.is_over, "no decision came up");
        if let Some(number) = step.asked.first() {
            return *number;
        }
    }
}

/// The journal's bytes.
pub(crate) fn journal(session: &Session) -> String {
    hotwash_exercise::record::journal_text(session.lines())
}
