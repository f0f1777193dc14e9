//! A session with invented people and numbers: the sale of support records, eight decisions.

use hotwash_exercise::Rating;
use hotwash_exercise::debrief::{
    About, Calibration, Claim, ClockStory, DecisionStory, HowTaken, Knowable, Lane, NoteStory,
    ObjectiveStory, Participant, Story,
};
use hotwash_exercise::record::{Line, Outcome};

pub(crate) use super::wash_worth::{questions, worth};

const DAY: i64 = 86_400_000;
const HOUR: i64 = 3_600_000;

pub(super) fn day(days: f64) -> i64 {
    (days * DAY as f64) as i64
}

/// Name, unit, better, this run's value, sentence.
pub(super) type Row = (&'static str, &'static str, &'static str, f64, &'static str);

pub(super) const OUTCOMES: [Row; 8] = [
    ("victims", "customers", "lower", 955.0, "customers who lost money to the callers"),
    ("cost-victims", "USD", "lower", 683_739.0, "what victims lost and did not get back"),
    (
        "records-taken",
        "records",
        "lower",
        65_481.0,
        "support records that the insider copied beyond need",
    ),
    (
        "time-to-discover",
        "days",
        "lower",
        17.8,
        "from the first data leaving to the vendor's knowing that records were taken",
    ),
    (
        "time-to-notify-people",
        "days",
        "lower",
        105.0,
        "from the first signal until the last letter to those affected was out",
    ),
    (
        "claims-refuted",
        "claims",
        "lower",
        0.0,
        "claims of the vendor that outside evidence contradicted",
    ),
    ("trust-final", "points", "higher", 68.8, "mean trust of all customers, 0 to 100"),
    (
        "cost-vendor",
        "USD",
        "lower",
        6_654_174.0,
        "all that the vendor bears, work at its hourly rate included",
    ),
];

pub(super) type Asked<'a> =
    (&'a str, &'a [&'a str], usize, usize, f64, Option<(u8, &'a str, &'a str)>);

/// Question, options, expected, taken, day, confidence with who and why.
pub(super) const DECISIONS: [Asked<'static>; 8] = [
    (
        "A few customers say that a caller knew their support ticket. What does the desk do with such reports?",
        &[
            "File them with the other fraud calls.",
            "Pass every such report to security as a possible leak.",
            "Pass them on, and have agents ask which ticket the caller knew.",
        ],
        1,
        0,
        2.1,
        Some((
            4,
            "Mara Lindqvist",
            "We get forty of these a week. Three that mention a ticket are noise.",
        )),
    ),
    (
        "Something points at a leak: many reports of callers who know tickets. How is the matter treated?",
        &[
            "Open a leak case: assume that our data are out.",
            "Treat it as the ordinary fraud that everybody suffers.",
            "Keep counting; open nothing yet.",
        ],
        0,
        0,
        13.4,
        Some((3, "Jonas Weber", "Eleven in one week is no coincidence.")),
    ),
    (
        "How is the source of the leak looked for?",
        &[
            "Join the complainants' tickets with the access logs.",
            "Plant marked records and wait for a call.",
            "Talk to the support teams and their managers.",
            "Correlate, plant and interview, with more people.",
        ],
        0,
        2,
        15.0,
        Some((
            5,
            "Jonas Weber",
            "Logs will take weeks to pull. Somebody on the floor knows something.",
        )),
    ),
    (
        "We think that records are out. Do we write to the customers at risk now, before we know everything?",
        &[
            "Write to everybody who had a ticket in the period.",
            "Wait until we know who did it and how many are concerned.",
        ],
        0,
        1,
        16.2,
        Some((4, "Ana Ruiz", "One letter, once, with the right number in it.")),
    ),
    (
        "Customers and forums talk of callers who pretend to be us. What do we publish?",
        &[
            "A general warning: support is free and never calls.",
            "A warning that adds: we have nothing to do with these companies.",
            "A warning that says what is special: the callers may know your ticket.",
            "Publish nothing.",
        ],
        2,
        1,
        43.0,
        Some((4, "Priya Nair", "It must be clear that this is not us.")),
    ),
    (
        "We know which account it was. Shut it now, or watch it to reach the buyer?",
        &[
            "Shut the account, dismiss the employee and tell the police.",
            "Tell the police first and leave the account open under watch.",
            "Shut the account and tell nobody.",
        ],
        0,
        0,
        84.0,
        Some((5, "Jonas Weber", "Every day more records go.")),
    ),
    (
        "We know who did it. Do we tell the public, and with which number?",
        &[
            "Disclose; say “a small number of customers”.",
            "Disclose; say “less than one per cent of our 12 million customers”.",
            "Disclose; say the number that we have counted.",
            "Disclose; say what we have counted, how, and how far it may be off.",
            "Say nothing.",
        ],
        3,
        1,
        97.1,
        Some((2, "Tom Okafor", "Counsel would not let a number out.")),
    ),
    (
        "A journalist asks whether our customer data have leaked. What do we answer?",
        &[
            "No comment.",
            "We have such reports and are looking into them.",
            "There has been no leak of customer data.",
        ],
        1,
        0,
        112.0,
        None,
    ),
];

/// The session.
pub(crate) fn story() -> Story {
    Story {
        about: about(),
        people: [("p1", "Mara Lindqvist", "Support lead"), ("p2", "Jonas Weber", "SOC lead"), ("p3", "Ana Ruiz", "Counsel"), ("p4", "Priya Nair", "Communications lead"), ("p5", "Tom Okafor", "Executive")]
            .map(|(id, name, seat)| Participant { id: id.to_owned(), name: name.to_owned(), seats: vec![seat.to_owned()] })
            .into(),
        lanes: lanes().into_iter().chain(quieter_lanes()).collect(),
        decisions: decisions(),
        objectives: objectives(),
        calibration: calibration(),
        knowable: knowable(),
        clocks: clocks(),
        msel: Vec::new(),
        notes: vec![
            NoteStory { ms: day(14.0), by: "Dr. Chen, evaluator".to_owned(), text: "Support had the pattern on day 3; nobody asked them.".to_owned(), entry: 41 },
            NoteStory { ms: day(43.0), by: "Facilitator".to_owned(), text: "Long discussion about the word “affiliated”. Comms wanted it, counsel did not object.".to_owned(), entry: 0 },
        ],
        outcomes: OUTCOMES
            .map(|(name, unit, better, value, _)| Outcome { name: name.to_owned(), value: Some(value), unit: unit.to_owned(), better: better.to_owned(), bearer: "vendor".to_owned() })
            .into(),
        headline: OUTCOMES.map(|o| o.0.to_owned()).into(),
        timeline: vec![line(41, 2.0, "customers", "reported that a caller knew their ticket: 3 this week")],
        entries_at_endex: 1,
    }
}

fn about() -> About {
    About {
        scenario: "insider-sale".to_owned(),
        title: "The support desk leak".to_owned(),
        exercise: String::new(),
        summary: "A support employee of Northgate Shield, a fictional antivirus vendor with 12 million consumer customers, sells support records to a call centre. The callers know real tickets.".to_owned(),
        sources: "Invented numbers, to look at the page".to_owned(),
        policy: "historical".to_owned(),
        policy_summary: "What was done.".to_owned(),
        seed: "cold-coffee".to_owned(),
        hotwash: "0.1.0".to_owned(),
        startex: "2019-08-01 09:00".to_owned(),
        span_ms: (day(-830.0), day(108.0), day(240.0)),
        wall_ms: (1_777_800_000_000, 1_777_805_400_000),
        records: 64,
        journal_sha256: "9f2c4be1a07d5533c1f8e6a4b2d09c7715ae03fd64b8812e7c9a5d10f3e6b2a8".to_owned(),
    }
}

fn line(n: u32, days: f64, who: &str, says: &str) -> Line {
    Line {
        n,
        ms: day(days),
        at: "2019-08-03 09:00".to_owned(),
        who: who.to_owned(),
        kind: "customers.complaint".to_owned(),
        lane: "world".to_owned(),
        weight: "notable".to_owned(),
        cause: 0,
        sees: vec![],
        milestones: vec![],
        tags: vec![],
        fields: std::collections::BTreeMap::new(),
        says: says.to_owned(),
    }
}

fn claim(days: f64, denies: bool, how: &str, is_false: bool) -> Claim {
    Claim {
        ms: day(days),
        entry: 300 + days as u32,
        denies,
        how: how.to_owned(),
        statement: "A warning about callers".to_owned(),
        is_false,
        refuted_ms: None,
        walked_back_ms: None,
    }
}

fn lane(
    name: &str,
    proposition: &str,
    true_from: Option<f64>,
    belief: &[(f64, f64)],
    hindsight: &[(f64, f64)],
    claims: Vec<Claim>,
) -> Lane {
    let steps = |list: &[(f64, f64)]| list.iter().map(|(d, p)| (day(*d), *p)).collect();
    Lane {
        name: name.to_owned(),
        proposition: proposition.to_owned(),
        true_from_ms: true_from.map(day),
        belief: steps(belief),
        hindsight: steps(hindsight),
        claims,
    }
}

fn lanes() -> Vec<Lane> {
    let back = |mut c: Claim, days: f64| {
        c.walked_back_ms = Some(day(days));
        c
    };
    let refuted = |mut c: Claim, days: f64| {
        c.refuted_ms = Some(day(days));
        c
    };
    vec![
        lane(
            "records-taken",
            "customers' support records were taken",
            Some(-126.0),
            &[
                (-830.0, 0.02),
                (3.0, 0.06),
                (9.0, 0.24),
                (12.0, 0.55),
                (13.4, 0.84),
                (29.0, 0.96),
                (84.0, 0.999),
            ],
            &[(-830.0, 0.02), (2.0, 0.3), (5.0, 0.62), (8.0, 0.86), (12.0, 0.97)],
            vec![claim(97.1, false, "said", false), claim(103.0, false, "said", false)],
        ),
        lane(
            "callers-have-our-data",
            "the callers work from our records",
            Some(-3.0),
            &[(-830.0, 0.02), (3.0, 0.1), (9.0, 0.4), (11.5, 0.82), (60.0, 0.9), (84.0, 0.999)],
            &[(-830.0, 0.02), (2.0, 0.4), (6.0, 0.85)],
            vec![
                back(claim(43.0, true, "denied categorically", true), 97.1),
                claim(97.1, false, "said", false),
            ],
        ),
        lane(
            "insider",
            "somebody inside did it",
            Some(-830.0),
            &[(-830.0, 0.01), (20.0, 0.05), (38.0, 0.22), (55.0, 0.53), (71.0, 0.44), (83.9, 0.98)],
            &[(-830.0, 0.01), (20.0, 0.1), (30.0, 0.83), (60.0, 0.97)],
            vec![claim(97.1, false, "said", false)],
        ),
        lane(
            "scam-is-generic",
            "the calls are the ordinary fraud that everybody suffers",
            None,
            &[(-830.0, 0.9), (9.0, 0.7), (13.4, 0.45), (84.0, 0.19)],
            &[(-830.0, 0.9), (5.0, 0.5), (8.0, 0.2)],
            vec![refuted(claim(43.0, false, "said", true), 77.0)],
        ),
    ]
}

/// Lanes of which there is less to tell.
fn quieter_lanes() -> Vec<Lane> {
    vec![
        lane(
            "few",
            "fewer than one in a thousand customers are concerned",
            None,
            &[(-830.0, 0.6), (50.0, 0.3)],
            &[],
            vec![],
        ),
        lane(
            "contained",
            "no more records are going out",
            Some(84.3),
            &[(-830.0, 0.95), (13.4, 0.3), (85.0, 0.97)],
            &[(-830.0, 0.95), (8.0, 0.2), (86.0, 0.97)],
            vec![claim(97.1, false, "said categorically", false)],
        ),
        lane(
            "payment",
            "payment data were taken",
            None,
            &[(-830.0, 0.01)],
            &[(-830.0, 0.01)],
            vec![claim(97.1, true, "denied", false)],
        ),
        lane("code", "source code was taken", None, &[(-830.0, 0.001)], &[], vec![]),
    ]
}

fn decisions() -> Vec<DecisionStory> {
    let roles = [
        "support lead",
        "SOC lead",
        "SOC lead",
        "counsel",
        "communications lead",
        "SOC lead",
        "executive",
        "communications lead",
    ];
    DECISIONS
        .iter()
        .zip(roles)
        .enumerate()
        .map(|(i, ((ask, options, expected, taken, at, by), role))| DecisionStory {
            name: format!("decision-{i}"),
            ask: (*ask).to_owned(),
            role: role.to_owned(),
            objective: "detect".to_owned(),
            options: options
                .iter()
                .enumerate()
                .map(|(o, t)| (format!("option-{o}"), (*t).to_owned()))
                .collect(),
            expected: Some(*expected),
            asked_ms: day(*at) - 5 * HOUR,
            taken_ms: Some(day(*at)),
            taken: Some(*taken),
            how: by.map_or(HowTaken::Policy, |b| HowTaken::Player(b.1.to_owned())),
            confidence: by.map(|b| b.0),
            reason: by.map_or_else(String::new, |b| b.2.to_owned()),
            votes: if i == 3 {
                vec![
                    (
                        "Mara Lindqvist".to_owned(),
                        0,
                        4,
                        "They are being called tonight.".to_owned(),
                    ),
                    ("Jonas Weber".to_owned(), 0, 3, String::new()),
                    ("Ana Ruiz".to_owned(), 1, 4, "We cannot say how many.".to_owned()),
                ]
            } else {
                vec![]
            },
            wall_seconds: by.map(|_| 95 + 40 * i as i64),
        })
        .collect()
}

fn objectives() -> Vec<ObjectiveStory> {
    let objective =
        |name: &str,
         text: &str,
         why: &str,
         suggested,
         rated: Vec<(String, Rating, String, Vec<u32>)>| ObjectiveStory {
            name: name.to_owned(),
            text: text.to_owned(),
            capability: String::new(),
            suggested,
            why: why.to_owned(),
            rating: rated.first().map(|r| r.1).or(suggested),
            rated,
            decisions: vec![],
        };
    vec![
        objective(
            "detect",
            "recognise a leak from customers' complaints",
            "1 of 3 expected actions came",
            Some(Rating::M),
            vec![(
                "Dr. Chen".to_owned(),
                Rating::M,
                "the desk saw it first and was not heard".to_owned(),
                vec![41],
            )],
        ),
        objective(
            "contain",
            "stop the theft without losing evidence",
            "1 of 1 expected actions came",
            Some(Rating::P),
            vec![],
        ),
        objective(
            "comply",
            "keep the clocks of the authorities",
            "nothing that exercises it came up",
            None,
            vec![],
        ),
    ]
}

fn calibration() -> Vec<Calibration> {
    let row = |name: &str, by: [(u32, u32); 5], brier| Calibration {
        name: name.to_owned(),
        answers: by.iter().map(|b| b.0).sum(),
        correct: by.iter().map(|b| b.1).sum(),
        by_confidence: by,
        brier,
    };
    vec![
        row("Mara Lindqvist", [(0, 0), (1, 0), (0, 0), (2, 1), (0, 0)], Some(0.28)),
        row("Jonas Weber", [(0, 0), (0, 0), (2, 2), (0, 0), (2, 1)], Some(0.33)),
        row("Ana Ruiz", [(0, 0), (0, 0), (0, 0), (1, 0), (0, 0)], Some(0.64)),
        row("Priya Nair", [(0, 0), (0, 0), (0, 0), (1, 0), (0, 0)], Some(0.64)),
        row("team", [(0, 0), (1, 0), (1, 1), (3, 0), (2, 1)], Some(0.51)),
    ]
}

fn knowable() -> Vec<Knowable> {
    let row = |text: &str, at: [Option<f64>; 5]| {
        let [true_ms, knowable_ms, known_ms, said_ms, denied_ms] = at.map(|d| d.map(day));
        Knowable {
            proposition: text.to_owned(),
            true_ms,
            knowable_ms,
            known_ms,
            said_ms,
            denied_ms,
        }
    };
    vec![
        row(
            "customers' support records were taken",
            [Some(-126.0), Some(8.0), Some(13.4), Some(97.1), None],
        ),
        row(
            "the callers work from our records",
            [Some(-3.0), Some(6.0), Some(11.5), Some(97.1), Some(43.0)],
        ),
        row("somebody inside did it", [Some(-126.0), Some(30.0), Some(83.9), Some(97.1), None]),
    ]
}

fn clocks() -> Vec<ClockStory> {
    let clock = |label: &str, since: f64, due: f64, stopped: Option<f64>| ClockStory {
        label: label.to_owned(),
        since_ms: day(since),
        due_ms: day(due),
        stopped_ms: stopped.map(day),
    };
    vec![
        clock("report to the data protection authority", 13.4, 16.4, Some(99.2)),
        clock(
            "letters to those affected, in the state of the vendor's seat",
            13.4,
            73.4,
            Some(110.0),
        ),
        clock("answer to the journalist", 112.0, 115.0, Some(112.3)),
        clock("report to the exchange", 84.0, 88.0, None),
    ]
}

/// Hot washes of the gallery, by name.
pub(crate) fn pages() -> Vec<(String, String)> {
    let (story, worth, questions) = (story(), worth(), questions());
    let mut partial = worth.clone();
    partial.futures = 48;
    [
        ("hot-wash", hotwash_report::hot_wash(&story, Some(&worth), &questions)),
        ("hot-wash-partial", hotwash_report::hot_wash(&story, Some(&partial), &questions)),
        ("hot-wash-without-worth", hotwash_report::hot_wash(&story, None, &questions)),
    ]
    .map(|(name, page)| (name.to_owned(), page))
    .into()
}
