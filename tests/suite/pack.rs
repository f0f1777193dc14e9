//! The documents of an exercise before it is played: nothing that is to come reaches players, and
//! nothing is missing for controllers.

use hotwash_exercise::debrief::{questions, story};
use hotwash_exercise::{Act, FACILITATOR, Nowhere, Plan, Seat, Session};
use hotwash_report::document::{File, after_action, msel, planning};
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

fn plan(name: &str) -> Plan {
    let scenario = shipped(name);
    let policy = scenario.policies().first().cloned();
    Plan::new(scenario, name, policy)
}

fn text(files: &[File], name: &str) -> String {
    let (_, bytes) = files.iter().find(|(known, _)| known == name).unwrap();
    String::from_utf8(bytes.clone()).unwrap()
}

/// As Markdown writes it.
fn marked(text: &str) -> String {
    let mut out = String::new();
    let mut opens = false;
    for c in text.chars() {
        match c {
            '`' => {
                opens = !opens;
                out.push(if opens { '\u{201c}' } else { '\u{201d}' });
            }
            '*' | '_' | '[' | ']' | '<' | '>' | '|' | '#' | '~' | '&' => out.extend(['\\', c]),
            c => out.push(c),
        }
    }
    out
}

#[test]
fn players_learn_nothing_of_what_is_to_come() {
    for name in SCENARIOS {
        let plan = plan(name);
        let scenario = &plan.scenario;
        let mut secrets = vec![
            scenario.summary().to_owned(),
            scenario.title().to_owned(),
            scenario.sources().to_owned(),
        ];
        secrets.extend(scenario.contested().iter().cloned());
        for decision in scenario.decisions() {
            secrets.extend([decision.ask.clone(), decision.name.as_str().to_owned()]);
            secrets.extend(decision.options.iter().map(|o| o.text.clone()));
        }
        for inject in scenario.injects() {
            secrets.extend([inject.text.clone(), inject.name.as_str().to_owned()]);
        }
        let sim = scenario.build(&plan.set, plan.policy.as_ref()).unwrap();
        secrets.extend(sim.catalogue().milestones.iter().map(|m| m.about.clone()));
        // A word of an option such as `Nobody.` may stand anywhere.
        secrets.retain(|secret| secret.chars().count() > 10);
        let files = planning(&plan);
        for form in ["situation-manual", "participant-feedback-form"] {
            for ending in ["md", "html"] {
                let text = text(&files, &format!("players/{form}.{ending}"));
                for secret in &secrets {
                    let is_told = text.contains(secret.as_str()) || text.contains(&marked(secret));
                    assert!(!is_told, "{name}, {form}.{ending}: {secret}");
                }
            }
        }
        let briefing = scenario.briefing().expect("a shipped scenario briefs its players");
        let manual = text(&files, "players/situation-manual.md");
        for part in briefing.text.split("\n\n") {
            assert!(manual.contains(&marked(part)), "{name}: {part}");
        }
    }
}

#[test]
fn controllers_have_all_of_it() {
    for name in SCENARIOS {
        let plan = plan(name);
        let scenario = &plan.scenario;
        let files = planning(&plan);
        assert_eq!(files.len(), 14, "{name}");
        let handbook = text(&files, "controllers/controller-evaluator-handbook.md");
        let guide = text(&files, "controllers/exercise-evaluation-guide.md");
        assert!(handbook.contains(&marked(scenario.summary())), "{name}");
        for decision in scenario.decisions() {
            assert!(handbook.contains(&marked(&decision.ask)), "{name}: {}", decision.ask);
            for option in &decision.options {
                assert!(handbook.contains(&marked(&option.text)), "{name}: {}", option.text);
            }
            if let Some(expected) = decision.expected.filter(|_| decision.objective.is_some()) {
                assert!(guide.contains(&marked(&decision.options[expected].text)), "{name}");
            }
        }
        for inject in scenario.injects() {
            assert!(handbook.contains(&marked(&inject.text)), "{name}: {}", inject.text);
        }
        // No name for programs stands where a sentence exists.
        let sim = scenario.build(&plan.set, plan.policy.as_ref()).unwrap();
        for milestone in &sim.catalogue().milestones {
            assert!(!handbook.contains(&milestone.name), "{name}: {}", milestone.name);
        }
        for lever in &sim.catalogue().levers {
            assert!(!handbook.contains(&lever.name), "{name}: {}", lever.name);
        }
    }
}

#[test]
fn the_list_of_events_has_each_event_once() {
    for name in SCENARIOS {
        let plan = plan(name);
        let scenario = &plan.scenario;
        let list = text(&planning(&plan), "controllers/msel.csv");
        assert!(list.starts_with(&msel::HEADS.join(",")), "{name}");
        let decisions = scenario.decisions().iter().map(|d| d.name.as_str());
        let injects = scenario.injects().iter().map(|i| i.name.as_str());
        for event in decisions.clone().chain(injects.clone()) {
            let rows = list.lines().filter(|line| line.split(',').nth(1) == Some(event)).count();
            assert_eq!(rows, 1, "{name}: {event}");
        }
        let rows = list
            .lines()
            .filter(|l| l.split(',').next().is_some_and(|n| n.parse::<u32>().is_ok()))
            .count();
        assert_eq!(rows, decisions.count() + injects.count(), "{name}");
    }
}

#[test]
fn the_same_plan_has_the_same_documents() {
    let plan = plan("departing-admin");
    assert_eq!(planning(&plan), planning(&plan));
    // Levers reach the documents.
    let mut other = plan.clone();
    other.set.insert("soc.analysts".to_owned(), "9".to_owned());
    let of = |plan: &Plan| text(&planning(plan), "controllers/controller-evaluator-handbook.md");
    assert!(of(&other).contains("9 per shift") && !of(&plan).contains("9 per shift"));
}

#[test]
fn a_post_that_nobody_plays_is_said_to_be_simulated() {
    let mut plan = plan("insider-sale");
    plan.played.retain(|role| role != "executive");
    let manual = text(&planning(&plan), "players/situation-manual.md");
    let row = manual.lines().find(|l| l.starts_with("| **Chief executive**")).unwrap();
    assert!(row.contains("simulated in this exercise"), "{row}");
    assert_eq!(manual.matches("simulated in this exercise").count(), 1);
}

/// A session of a scenario in which one person holds all posts and takes the expected option every
/// other time.
fn session(name: &str) -> Session {
    let plan = plan(name);
    let seats = plan.scenario.roles().iter().map(|r| Seat::Role(r.name.as_str().to_owned()));
    let mut session = Session::begin(plan.clone(), Box::new(Nowhere), 1_795_269_900_000).unwrap();
    let (person, name) = ("p1".to_owned(), "Ann".to_owned());
    let join = Act::Join { person, name, seats: seats.collect() };
    session.act(FACILITATOR, join, 1_795_269_900_000).unwrap();
    let mut taken = 0;
    while !session.is_over() && taken < 6 {
        for number in session.skip().unwrap().asked {
            let spec = &plan.scenario.decisions()[number];
            let option = spec.expected.filter(|_| taken % 2 == 0).unwrap_or(0);
            let act = Act::Decide {
                decision: spec.name.as_str().to_owned(),
                option: spec.options[option].name.as_str().to_owned(),
                confidence: Some(4),
                reason: format!("reason {taken}"),
            };
            session.act("p1", act, 1_795_270_000_000).unwrap();
            taken += 1;
        }
    }
    session.act(FACILITATOR, Act::Endex, 1_795_273_980_000).unwrap();
    session
}

#[test]
fn a_played_session_is_reported() {
    for name in ["insider-sale", "departing-admin"] {
        let session = session(name);
        let story = story(&session);
        let files = after_action(&story, None, &questions(&story, None));
        let report = text(&files, "after-action-report.md");
        let scenario = &session.plan().scenario;
        for taken in &session.state().taken {
            let spec =
                scenario.decisions().iter().find(|d| d.name.as_str() == taken.decision).unwrap();
            assert!(report.contains(&marked(&spec.ask)), "{name}: {}", spec.ask);
            assert!(report.contains(&taken.reason), "{name}: {}", taken.reason);
        }
        for objective in scenario.objectives() {
            assert!(report.contains(&marked(&objective.text)), "{name}: {}", objective.text);
            if let Some(capability) = &objective.capability {
                assert!(report.contains(capability.as_str()), "{name}: {capability}");
            }
        }
        // Entries that are referred to are there, with their dates.
        let mut references = 0;
        for reference in report.lines().filter_map(|l| l.strip_prefix("**Reference:**")) {
            for part in reference.split("\\#").skip(1) {
                let (number, rest) = part.split_once(" (").unwrap();
                let line = &story.timeline[number.parse::<usize>().unwrap() - 1];
                assert!(rest.starts_with(&line.at), "{name}: {part} is not {}", line.at);
                references += 1;
            }
        }
        assert!(references >= 4, "{name}: {references} references");
        // No name for programs stands where a sentence exists.
        let sim = session.sim();
        for milestone in &sim.catalogue().milestones {
            assert!(!report.contains(&milestone.name), "{name}: {}", milestone.name);
        }
        for role in scenario.roles() {
            assert!(
                !report.contains(role.name.as_str())
                    || role.title.to_lowercase().contains(role.name.as_str()),
                "{name}: {}",
                role.name
            );
        }
    }
}
