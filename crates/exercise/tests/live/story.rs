//! The story of a session, against its journal, its outcomes and what people did.

use hotwash_exercise::debrief::{HowTaken, Story, story};
use hotwash_exercise::{Act, FACILITATOR, Rating, Seat, Session, View};

use crate::table::{begun, join, names, plan, play, skip_to_decision};

fn ended(scenario: &str, pick: usize) -> Session {
    let mut session = begun(&plan(scenario));
    play(&mut session, pick);
    session.act(FACILITATOR, Act::Endex, 0).unwrap();
    session
}

fn outcome(story: &Story, name: &str) -> Option<f64> {
    story.outcomes.iter().find(|o| o.name == name)?.value
}

#[test]
fn claims_come_out_as_the_model_counts_them() {
    let (mut refuted, mut taken_back, mut untrue) = (0, 0, 0);
    for scenario in [
        "insider-sale",
        "access-broker",
        "departing-admin",
        "annus-horribilis",
        "support-portal",
        "token-seeds",
    ] {
        for pick in 0..4 {
            let story = story(&ended(scenario, pick));
            let claims = || story.lanes.iter().flat_map(|lane| &lane.claims);
            let counts = [
                ("claims-refuted", claims().filter(|c| c.refuted_ms.is_some()).count()),
                ("claims-walked-back", claims().filter(|c| c.walked_back_ms.is_some()).count()),
                ("claims-false", claims().filter(|c| c.is_false).count()),
            ];
            for (name, count) in counts {
                assert_eq!(outcome(&story, name), Some(count as f64), "{scenario} {pick}: {name}");
            }
            refuted += counts[0].1;
            taken_back += counts[1].1;
            untrue += counts[2].1;
            for claim in claims() {
                assert!(!claim.statement.is_empty() && !claim.how.is_empty(), "{claim:?}");
                assert!(!claim.how.contains("thereby"), "{claim:?}");
            }
        }
    }
    // Else nothing was tested.
    assert!(refuted > 1 && taken_back > 1 && untrue > 1, "{refuted} {taken_back} {untrue}");
}

#[test]
fn beliefs_end_where_the_journal_leaves_them() {
    let session = ended("insider-sale", 0);
    let story = story(&session);
    assert!(story.lanes.len() >= 3);
    for (lane, row) in story.lanes.iter().zip(&story.knowable) {
        let told = |kind: &str, party: &str| {
            let lines = story.timeline.iter().filter(|line| {
                line.kind == kind
                    && line.fields["name"] == lane.name
                    && line.fields["party"] == party
            });
            lines.map(|line| (line.ms, line.fields["p"].as_f64().unwrap())).collect::<Vec<_>>()
        };
        assert_eq!(lane.belief, told("case.vendor-believes", "vendor"));
        assert_eq!(lane.hindsight, told("case.other-believes", "hindsight"));
        assert!(lane.belief.windows(2).all(|w| w[0].0 <= w[1].0));
        // Nobody knows before it was knowable: the investigator in hindsight has what the vendor has.
        if let (Some(known), Some(knowable), Some(_)) =
            (row.known_ms, row.knowable_ms, lane.true_from_ms)
        {
            assert!(known >= knowable, "{}", lane.name);
        }
    }
}

/// The first entry that somebody sees.
fn seen(session: &Session, person: &str) -> u32 {
    let view = View::of(session, person);
    (1..=session.lines().len() as u32).find(|n| view.sees_entry(session, *n)).unwrap()
}

/// Three players, an evaluator; comms is not played. Decisions: the player, the facilitator, nobody.
fn table() -> Session {
    let mut plan = plan("insider-sale");
    plan.played.retain(|role| role != "comms-lead");
    let mut session = begun(&plan);
    let role = |name: &str| Seat::Role(name.to_owned());
    for (person, seat) in [
        ("p1", role("support-lead")),
        ("p2", role("soc-lead")),
        ("p3", role("counsel")),
        ("p4", Seat::Evaluator),
    ] {
        session.act(FACILITATOR, join(person, seat), 1_000).unwrap();
    }
    session.act(FACILITATOR, Act::Run { pace: 86_400_000 }, 10_000).unwrap();
    let first = skip_to_decision(&mut session);
    session.act(FACILITATOR, Act::Pause, 20_000).unwrap();
    for (person, option, confidence) in [("p1", 0, 2), ("p2", 1, 5), ("p3", 1, 3)] {
        vote(&mut session, person, first, option, confidence);
    }
    take(&mut session, "p1", first, 1, Some(4), 50_000);
    let second = skip_to_decision(&mut session);
    vote(&mut session, "p3", second, 2, 1);
    take(&mut session, FACILITATOR, second, 2, None, 90_000);
    // Nobody answers what comes next.
    let third = skip_to_decision(&mut session);
    let due = session.open().iter().find(|o| o.number == third).unwrap().due_ms;
    while session.now_ms() < due {
        session.advance(hotwash_engine::SimTime::from_ms(due)).unwrap();
    }
    session
}

fn vote(session: &mut Session, person: &str, number: usize, pick: usize, confidence: u8) {
    let (decision, option) = names(session, number, pick);
    let reason = format!("{person} thinks so");
    session.act(person, Act::Vote { decision, option, confidence, reason }, 30_000).unwrap();
}

fn take(
    session: &mut Session,
    by: &str,
    number: usize,
    pick: usize,
    confidence: Option<u8>,
    wall_ms: i64,
) {
    let (decision, option) = names(session, number, pick);
    let act = Act::Decide { decision, option, confidence, reason: "so be it".to_owned() };
    session.act(by, act, wall_ms).unwrap();
}

#[test]
fn decisions_say_who_took_them_and_how() {
    let mut session = table();
    let endex = session.now_ms();
    session.act(FACILITATOR, Act::Endex, 100_000).unwrap();
    let story = story(&session);
    let [first, second, third] = [0, 1, 2].map(|n| &story.decisions[n]);
    assert_eq!((&first.how, first.taken), (&HowTaken::Player("P1".to_owned()), Some(1)));
    assert_eq!((first.confidence, first.reason.as_str()), (Some(4), "so be it"));
    let told: Vec<(&str, usize, u8)> =
        first.votes.iter().map(|v| (v.0.as_str(), v.1, v.2)).collect();
    assert_eq!(told, [("P1", 0, 2), ("P2", 1, 5), ("P3", 1, 3)]);
    // A day a second: it came up when the clock had run so many seconds, and was taken at 50.
    let came_up = 10 + first.asked_ms / 86_400_000;
    let seconds = first.wall_seconds.unwrap();
    assert!((seconds - (50 - came_up)).abs() <= 1, "{seconds} {came_up}");
    assert_eq!((&second.how, second.confidence), (&HowTaken::OnBehalf, None));
    assert_eq!(third.how, HowTaken::TimeRanOut);
    assert_eq!(third.taken_ms, Some(endex));
    for decision in &story.decisions {
        let spec = session.plan().scenario.decisions();
        let spec = spec.iter().find(|d| d.name.as_str() == decision.name).unwrap();
        let is_comms = spec.role.as_str() == "comms-lead";
        if is_comms || decision.asked_ms > endex {
            assert_eq!(decision.how, HowTaken::Policy, "{}", decision.name);
        }
        assert!(!decision.role.contains('-'), "{}", decision.role);
    }
    assert!(story.decisions.iter().any(|d| d.how == HowTaken::Policy));
    assert!(story.decisions.windows(2).all(|w| w[0].asked_ms <= w[1].asked_ms));
    assert_eq!(story.people[0].seats, ["Head of customer support"]);
}

#[test]
fn confidence_is_held_against_what_the_authors_expect() {
    let story = story(&table());
    let row = |name: &str| story.calibration.iter().find(|c| c.name == name).unwrap();
    // Expected: the second option of the first decision, the first of the second one.
    assert_eq!((row("P1").answers, row("P1").correct), (1, 1), "what P1 decided, not the vote");
    assert!((row("P1").brier.unwrap() - 0.04).abs() < 1e-12);
    assert_eq!((row("P2").answers, row("P2").correct, row("P2").brier), (1, 1, Some(0.0)));
    // 60 % and right, 20 % and not.
    assert_eq!((row("P3").answers, row("P3").correct), (2, 1));
    assert!((row("P3").brier.unwrap() - (0.16 + 0.04) / 2.0).abs() < 1e-12);
    assert_eq!(story.calibration.last().unwrap().name, "team");
    assert_eq!((row("team").answers, row("team").correct), (1, 1), "only what has a confidence");
    assert!(!story.calibration.iter().any(|c| c.name == "P4"), "an evaluator answers nothing");
}

#[test]
fn objectives_are_rated_by_people_before_figures() {
    let mut session = table();
    let objective = |session: &Session, name: &str| {
        story(session).objectives.into_iter().find(|o| o.name == name).unwrap()
    };
    // One of the three that exercise it came as expected; one of them nobody took in time.
    let detect = objective(&session, "detect");
    let put = detect.decisions.len();
    assert!(put >= 2, "{detect:?}");
    assert_eq!(detect.suggested, Some(Rating::M));
    assert!(detect.why.starts_with(&format!("1 of {put} ")), "{}", detect.why);
    assert_eq!((objective(&session, "contain").suggested, detect.rating), (None, Some(Rating::M)));
    for name in detect.decisions {
        session.act("p4", Act::Expected { item: name, met: Some(true) }, 0).unwrap();
    }
    assert_eq!(objective(&session, "detect").suggested, Some(Rating::P));
    let entry = seen(&session, "p4");
    let rate = |rating| Act::Rate {
        objective: "detect".to_owned(),
        rating: Some(rating),
        comment: "seen".to_owned(),
        evidence: vec![entry],
    };
    session.act("p4", rate(Rating::S), 0).unwrap();
    session.act(FACILITATOR, rate(Rating::U), 0).unwrap();
    let detect = objective(&session, "detect");
    assert_eq!(detect.rated.len(), 2);
    assert_eq!(detect.rated[0], ("P4".to_owned(), Rating::S, "seen".to_owned(), vec![entry]));
    assert_eq!(detect.rating, Some(Rating::U), "the worst counts");
}

#[test]
fn the_msel_tells_what_came_and_from_whom() {
    let mut session = table();
    let act = Act::Message {
        from: "The union".to_owned(),
        form: "email".to_owned(),
        to: vec!["counsel".to_owned(), "soc".to_owned()],
        text: "We hear that you watch the staff.".to_owned(),
    };
    session.act(FACILITATOR, act, 0).unwrap();
    let entry = seen(&session, "p4");
    let note = Act::Note { text: "Who reads this?".to_owned(), entry };
    session.act("p4", note, 0).unwrap();
    let now = session.now_ms();
    let story = story(&session);
    let message = story.msel.iter().find(|row| row.from == "The union").unwrap();
    assert_eq!(
        (message.ms, &message.to),
        (Some(now), &vec!["General counsel".to_owned(), "Security operations".to_owned()])
    );
    assert_eq!((story.notes[0].by.as_str(), story.notes[0].entry), ("P4", entry));
    let scenario = &session.plan().scenario;
    assert_eq!(story.msel.len(), scenario.decisions().len() + scenario.injects().len() + 1);
    let came: Vec<i64> = story.msel.iter().filter_map(|row| row.ms).collect();
    assert!(came.is_sorted() && story.msel.iter().skip(came.len()).all(|row| row.ms.is_none()));
    // No milestone is shown by its name.
    assert!(story.msel.iter().all(|row| !row.waits_for.contains('/')), "{:?}", story.msel);
}
