//! An invented session of a scenario like insider-sale: what documents after an exercise are tried on.

use std::collections::BTreeMap;

use hotwash_exercise::Rating;
use hotwash_exercise::debrief::{
    About, Calibration, Claim, ClockStory, DecisionStory, DiscussionQuestion, Fork, ForkEffect,
    ForkedOption, HowTaken, Knowable, Lane, MselStory, NoteStory, ObjectiveStory, Participant,
    Place, Story, Worth,
};
use hotwash_exercise::record::{Line, Outcome};
use hotwash_lab::findings::Measure;
use hotwash_lab::stats::Estimate;

const HOUR: i64 = 3_600_000;
const DAY: i64 = 24 * HOUR;

/// What happened.
pub(crate) fn story() -> Story {
    let decisions = decisions();
    let msel = decisions.iter().map(row).chain([board()]).collect();
    Story {
        about: about(),
        people: people(),
        lanes: lanes(),
        objectives: objectives(),
        calibration: calibration(),
        knowable: knowable(),
        clocks: clocks(),
        msel,
        notes: vec![NoteStory {
            ms: 20 * DAY,
            by: "Eve".to_owned(),
            text: "Support and security talked past each other for ten minutes.".to_owned(),
            entry: 4,
        }],
        outcomes: outcomes(),
        headline: ["victims", "cost-vendor", "time-to-discover"].map(str::to_owned).into(),
        timeline: timeline(&decisions),
        entries_at_endex: 10,
        decisions,
    }
}

fn about() -> About {
    About {
        scenario: "insider-sale".to_owned(),
        title: "The support desk leak".to_owned(),
        exercise: "A summer at Northgate Shield".to_owned(),
        summary: "A support employee of a fictional vendor sells support records to a call centre."
            .to_owned(),
        sources: "Modelled on public reports of a 2019 case.".to_owned(),
        policy: "historical".to_owned(),
        policy_summary: "Reports are filed as fraud, the public hears after attribution."
            .to_owned(),
        seed: "cold-coffee".to_owned(),
        hotwash: "0.1.0".to_owned(),
        startex: "2019-08-01 09:00".to_owned(),
        span_ms: (-830 * DAY, 97 * DAY, 240 * DAY),
        wall_ms: (1_795_269_900_000, 1_795_273_980_000),
        records: 62,
        journal_sha256: "9f2c1a77".repeat(8),
    }
}

fn people() -> Vec<Participant> {
    [
        ("p1", "Ann", &["Head of security operations", "Head of customer support"][..]),
        ("p2", "Ben <b>", &["Head of communications"][..]),
        ("p3", "Chloe", &["General counsel", "Chief executive"][..]),
        ("p4", "Eve", &["evaluator"][..]),
    ]
    .map(|(id, name, seats)| Participant {
        id: id.to_owned(),
        name: name.to_owned(),
        seats: seats.iter().map(|s| (*s).to_owned()).collect(),
    })
    .into()
}

struct Case {
    name: &'static str,
    ask: &'static str,
    role: &'static str,
    objective: &'static str,
    options: &'static [(&'static str, &'static str)],
    expected: Option<usize>,
    taken: Option<usize>,
    asked: i64,
    after: i64,
    how: HowTaken,
    confidence: Option<u8>,
    reason: &'static str,
}

fn decisions() -> Vec<DecisionStory> {
    early().into_iter().chain(late()).map(decision).collect()
}

fn early() -> [Case; 2] {
    let ann = || HowTaken::Player("Ann".to_owned());
    [
        Case {
            name: "first-complaints",
            ask: "A few customers say that a caller knew their support ticket. What does the desk do?",
            role: "Head of customer support",
            objective: "detect",
            options: &[
                ("file", "File them with the other fraud calls."),
                ("route", "Pass them to security as a possible leak."),
            ],
            expected: Some(1),
            taken: Some(1),
            asked: 5 * DAY,
            after: 3 * HOUR,
            how: ann(),
            confidence: Some(4),
            reason: "two independent customers",
        },
        Case {
            name: "hunt",
            ask: "How is the source of the leak looked for?",
            role: "Head of security operations",
            objective: "detect",
            options: &[
                ("correlate", "Join the tickets with the access logs."),
                ("interview", "Talk to the support teams."),
            ],
            expected: Some(0),
            taken: Some(1),
            asked: 9 * DAY,
            after: 10 * DAY,
            how: HowTaken::TimeRanOut,
            confidence: None,
            reason: "",
        },
    ]
}

fn late() -> [Case; 3] {
    [
        Case {
            name: "advisory",
            ask: "Customers and forums talk of callers who pretend to be us. What do we publish?",
            role: "Head of communications",
            objective: "speak",
            options: &[
                (
                    "not-affiliated",
                    "A warning that adds: we have nothing to do with these companies.",
                ),
                (
                    "specific",
                    "A warning that says what is special: the callers may know your ticket.",
                ),
                ("nothing", "Publish nothing."),
            ],
            expected: Some(1),
            taken: Some(0),
            asked: 20 * DAY,
            after: DAY,
            how: HowTaken::Player("Ben <b>".to_owned()),
            confidence: Some(5),
            reason: "we must protect the brand | first",
        },
        Case {
            name: "contain",
            ask: "We know which account it was. Shut it now, or watch it to reach the buyer?",
            role: "Head of security operations",
            objective: "contain",
            options: &[
                ("suspend", "Shut the account, dismiss the employee and tell the police."),
                ("watch", "Leave it open under watch."),
            ],
            expected: Some(0),
            taken: Some(0),
            asked: 60 * DAY,
            after: 4 * HOUR,
            how: HowTaken::OnBehalf,
            confidence: None,
            reason: "",
        },
        Case {
            name: "after-exposure",
            ask: "The press says that our data have leaked. What do we do?",
            role: "Chief executive",
            objective: "speak",
            options: &[("confirm", "Confirm what we know."), ("deny", "Deny it.")],
            expected: Some(0),
            taken: Some(0),
            asked: 120 * DAY,
            after: HOUR,
            how: HowTaken::Policy,
            confidence: None,
            reason: "",
        },
    ]
}

fn decision(case: Case) -> DecisionStory {
    let votes = match case.name {
        "advisory" => vec![
            ("Chloe".to_owned(), 1, 4, "the tickets are the point".to_owned()),
            ("Ben <b>".to_owned(), 0, 5, String::new()),
        ],
        _ => Vec::new(),
    };
    DecisionStory {
        name: case.name.to_owned(),
        ask: case.ask.to_owned(),
        role: case.role.to_owned(),
        objective: case.objective.to_owned(),
        options: case.options.iter().map(|(n, t)| ((*n).to_owned(), (*t).to_owned())).collect(),
        expected: case.expected,
        asked_ms: case.asked,
        taken_ms: case.taken.map(|_| case.asked + case.after),
        taken: case.taken,
        how: case.how,
        confidence: case.confidence,
        reason: case.reason.to_owned(),
        votes,
        wall_seconds: Some(240),
    }
}

fn row(decision: &DecisionStory) -> MselStory {
    let text = |i: usize| decision.options[i].1.clone();
    MselStory {
        form: String::new(),
        name: decision.name.clone(),
        is_decision: true,
        ms: Some(decision.asked_ms),
        waits_for: "As soon as this happens: somebody asks".to_owned(),
        from: "controller".to_owned(),
        to: vec![decision.role.clone()],
        text: decision.ask.clone(),
        expected: decision.expected.map(text).unwrap_or_default(),
        taken: decision.taken.map(text).unwrap_or_default(),
        objective: decision.objective.clone(),
        met: decision.expected.map(|e| decision.taken == Some(e)),
    }
}

fn board() -> MselStory {
    MselStory {
        form: "memo".to_owned(),
        name: "board-asks".to_owned(),
        is_decision: false,
        ms: None,
        waits_for: "10 days after this: the vendor believes it".to_owned(),
        from: "board".to_owned(),
        to: vec!["executive".to_owned()],
        text: "=SUM(A1) A member of the board asks why customers have not been told.".to_owned(),
        expected: String::new(),
        taken: String::new(),
        objective: String::new(),
        met: None,
    }
}

fn objectives() -> Vec<ObjectiveStory> {
    let made = |name: &str,
                text: &str,
                capability: &str,
                rating: Option<Rating>,
                why: &str,
                decisions: &[&str]| ObjectiveStory {
        name: name.to_owned(),
        text: text.to_owned(),
        capability: capability.to_owned(),
        suggested: rating,
        why: why.to_owned(),
        rated: Vec::new(),
        rating,
        decisions: decisions.iter().map(|d| (*d).to_owned()).collect(),
    };
    let mut detect = made(
        "detect",
        "Recognise the signs of a breach and find its source.",
        "Situational Assessment",
        Some(Rating::M),
        "1 of 2 expected actions came",
        &["first-complaints", "hunt"],
    );
    detect.rated = vec![(
        "Eve".to_owned(),
        Rating::S,
        "They saw it early, then lost ten days because nobody took the search on.".to_owned(),
        vec![4, 6],
    )];
    detect.rating = Some(Rating::S);
    vec![
        detect,
        made(
            "contain",
            "Stop the loss without losing the evidence.",
            "Cybersecurity",
            Some(Rating::P),
            "1 of 1 expected actions came",
            &["contain"],
        ),
        made(
            "speak",
            "Say nothing in public that the facts will contradict.",
            "Public Information and Warning",
            Some(Rating::U),
            "0 of 1 expected actions came",
            &["advisory"],
        ),
        made(
            "comply",
            "Meet the duties to authorities and people in each country.",
            "",
            None,
            "nothing that exercises it came up",
            &[],
        ),
    ]
}

fn lanes() -> Vec<Lane> {
    vec![Lane {
        name: "callers-have-our-data".to_owned(),
        proposition: "the callers work from our records".to_owned(),
        true_from_ms: Some(-3 * DAY),
        belief: vec![(6 * DAY, 0.4), (12 * DAY, 0.9)],
        hindsight: vec![(5 * DAY, 0.85)],
        claims: vec![Claim {
            ms: 24 * DAY,
            entry: 9,
            denies: true,
            how: "denied plainly".to_owned(),
            statement: "Beware of impostors".to_owned(),
            is_false: true,
            refuted_ms: Some(40 * DAY),
            walked_back_ms: None,
        }],
    }]
}

fn knowable() -> Vec<Knowable> {
    vec![
        Knowable {
            proposition: "the callers work from our records".to_owned(),
            true_ms: Some(-3 * DAY),
            knowable_ms: Some(5 * DAY),
            known_ms: Some(12 * DAY),
            said_ms: None,
            denied_ms: Some(24 * DAY),
        },
        Knowable {
            proposition: "somebody inside did it".to_owned(),
            true_ms: Some(-120 * DAY),
            knowable_ms: Some(58 * DAY),
            known_ms: Some(58 * DAY + 6 * HOUR),
            said_ms: Some(95 * DAY),
            denied_ms: None,
        },
    ]
}

fn clocks() -> Vec<ClockStory> {
    vec![
        ClockStory {
            label: "Authority in Germany: a report is due".to_owned(),
            since_ms: 12 * DAY,
            due_ms: 15 * DAY,
            stopped_ms: Some(70 * DAY),
        },
        ClockStory {
            label: "Journalist: wants an answer".to_owned(),
            since_ms: 30 * DAY,
            due_ms: 31 * DAY,
            stopped_ms: Some(30 * DAY + 5 * HOUR),
        },
    ]
}

fn calibration() -> Vec<Calibration> {
    let team = Calibration {
        name: "team".to_owned(),
        answers: 4,
        correct: 2,
        by_confidence: [(0, 0), (0, 0), (1, 1), (2, 1), (1, 0)],
        brier: Some(0.37),
    };
    vec![team]
}

fn outcomes() -> Vec<Outcome> {
    [
        ("victims", Some(412.0), "customers"),
        ("cost-vendor", Some(3_120_000.0), "USD"),
        ("time-to-discover", None, "days"),
    ]
    .map(|(name, value, unit)| Outcome {
        name: name.to_owned(),
        value,
        unit: unit.to_owned(),
        better: "lower".to_owned(),
        bearer: "the vendor".to_owned(),
    })
    .into()
}

fn line(n: u32, ms: i64, at: &str, who: &str, kind: &str, says: &str) -> Line {
    Line {
        n,
        ms,
        at: at.to_owned(),
        who: who.to_owned(),
        kind: kind.to_owned(),
        lane: "world".to_owned(),
        weight: "milestone".to_owned(),
        cause: 0,
        sees: Vec::new(),
        milestones: Vec::new(),
        tags: Vec::new(),
        fields: BTreeMap::new(),
        says: says.to_owned(),
    }
}

fn timeline(decisions: &[DecisionStory]) -> Vec<Line> {
    let mut out = vec![
        line(
            1,
            -3 * DAY,
            "2019-07-29 09:00",
            "insider",
            "insider.sold",
            "sold 58,510 support records",
        ),
        line(
            2,
            4 * DAY,
            "2019-08-05 09:00",
            "call-centre",
            "scam.began",
            "began to call customers in the vendor's name",
        ),
    ];
    for decision in decisions {
        for (kind, ms) in [("asked", Some(decision.asked_ms)), ("taken", decision.taken_ms)] {
            let Some(ms) = ms else { continue };
            let n = out.len() as u32 + 1;
            let mut entry =
                line(n, ms, "", "soc-lead", &format!("exercise.decision-{kind}"), "decided");
            entry.at = format!("day {}", ms / DAY);
            if kind == "asked" {
                entry.weight = "notable".to_owned();
            }
            entry.fields.insert("decision".to_owned(), decision.name.as_str().into());
            if let (Some(taken), "taken") = (decision.taken, kind) {
                entry.fields.insert("text".to_owned(), decision.options[taken].1.as_str().into());
            }
            out.push(entry);
        }
    }
    out
}

/// What its choices were worth.
pub(crate) fn worth() -> Worth {
    let measure = |name: &str, unit: &str| Measure {
        name: name.to_owned(),
        unit: unit.to_owned(),
        better: "lower",
        bearer: "the vendor".to_owned(),
        about: "what it counts, in a sentence".to_owned(),
    };
    let forks = story()
        .decisions
        .iter()
        .filter(|d| matches!(d.how, HowTaken::Player(_) | HowTaken::OnBehalf))
        .map(fork)
        .collect();
    Worth {
        futures: 512,
        wanted: 512,
        runs: 5120,
        measures: vec![
            measure("victims", "customers"),
            measure("cost-vendor", "USD"),
            measure("time-to-discover", "days"),
        ],
        decisions: forks,
        places: vec![Place {
            measure: 0,
            value: Some(412.0),
            worlds: 512,
            values: 512,
            quantiles: Some([80.0, 190.0, 350.0, 610.0, 1400.0]),
            lower: 0.58,
            equal: 0.0,
        }],
        notes: vec!["all intervals are at 95 %, none is corrected for their number".to_owned()],
    }
}

fn fork(decision: &DecisionStory) -> Fork {
    let taken = decision.taken.unwrap_or_default();
    let options = decision.options.iter().enumerate().map(|(i, (name, text))| ForkedOption {
        name: name.clone(),
        text: text.clone(),
        effects: match (decision.name.as_str(), i) {
            (_, i) if i == taken => vec![effect(0.0, 0.0, false); 3],
            ("advisory", 1) => vec![
                effect(-310.0, 30.0, true),
                effect(-20_000.0, 45_000.0, false),
                effect(0.0, 0.0, false),
            ],
            ("first-complaints", 0) => vec![
                effect(120.0, 25.0, true),
                effect(410_000.0, 90_000.0, true),
                effect(31.0, 6.0, true),
            ],
            _ => vec![effect(4.0, 25.0, false); 3],
        },
    });
    Fork {
        decision: decision.name.clone(),
        ask: decision.ask.clone(),
        ms: decision.taken_ms.unwrap_or_default(),
        taken,
        options: options.collect(),
        stake: if decision.name == "advisory" { 1.4 } else { 0.3 },
    }
}

/// A difference with half of its interval's width.
fn effect(difference: f64, half: f64, is_clear: bool) -> ForkEffect {
    let better = if difference < 0.0 { 0.97 } else { 0.1 };
    ForkEffect {
        here: Some(412.0 + difference),
        mean: Some(Estimate {
            value: 400.0 + difference,
            low: 380.0 + difference,
            high: 420.0 + difference,
        }),
        values: 512,
        difference: Some(Estimate {
            value: difference,
            low: difference - half,
            high: difference + half,
        }),
        shares: (better, 0.01, 0.99 - better),
        is_clear,
    }
}

/// Questions of the hot wash.
pub(crate) fn questions() -> Vec<DiscussionQuestion> {
    vec![DiscussionQuestion {
        ask: "What kept you from saying what was special about these calls?".to_owned(),
        because: "Saying it on 22 August would have meant 310 fewer victims [280, 340] in the mean of 512 futures.".to_owned(),
        weight: 0.9,
    }]
}
