//! The hot wash as text, on invented data.

use hotwash_exercise::debrief::{
    About, Calibration, DecisionStory, DiscussionQuestion, Fork, ForkEffect, ForkedOption,
    HowTaken, Knowable, Place, Story, Worth,
};
use hotwash_exercise::record::Outcome;
use hotwash_lab::findings::Measure;
use hotwash_lab::stats::Estimate;

use super::hot_wash;
use crate::text::Page;

const DAY: i64 = 86_400_000;

fn about() -> About {
    About {
        scenario: "last-day".to_owned(),
        title: "The last day".to_owned(),
        exercise: String::new(),
        summary: String::new(),
        sources: String::new(),
        policy: "trusting".to_owned(),
        policy_summary: String::new(),
        seed: "slow-kettle".to_owned(),
        hotwash: String::new(),
        startex: "2019-09-02 09:00".to_owned(),
        span_ms: (-10 * DAY, 60 * DAY, 130 * DAY),
        wall_ms: (0, 0),
        records: 9,
        journal_sha256: String::new(),
    }
}

fn decision(name: &str, how: HowTaken, taken: Option<usize>) -> DecisionStory {
    let option = |name: &str| (name.to_owned(), format!("Do {name}."));
    DecisionStory {
        name: name.to_owned(),
        ask: format!("What about {name}?"),
        role: "Head of security operations".to_owned(),
        objective: String::new(),
        options: vec![option("this"), option("that"), option("nothing")],
        expected: Some(1),
        asked_ms: 25 * DAY,
        taken_ms: Some(26 * DAY),
        taken,
        how,
        confidence: Some(4),
        reason: "it looked safe".to_owned(),
        votes: Vec::new(),
        wall_seconds: None,
    }
}

fn story() -> Story {
    let outcome = |name: &str, value| Outcome {
        name: name.to_owned(),
        value,
        unit: "customers".to_owned(),
        better: "lower".to_owned(),
        bearer: "customers".to_owned(),
    };
    let calibration = |name: &str| Calibration {
        name: name.to_owned(),
        answers: 2,
        correct: 1,
        by_confidence: [(0, 0), (0, 0), (0, 0), (1, 0), (1, 1)],
        brier: Some(0.32),
    };
    Story {
        about: about(),
        people: Vec::new(),
        lanes: Vec::new(),
        decisions: vec![
            decision("badge", HowTaken::Player("Player".to_owned()), Some(0)),
            decision("letter", HowTaken::TimeRanOut, Some(2)),
            decision("press", HowTaken::Policy, Some(1)),
        ],
        objectives: Vec::new(),
        calibration: vec![calibration("Player"), calibration("team")],
        knowable: vec![
            Knowable {
                proposition: "documents were taken".to_owned(),
                true_ms: Some(10 * DAY),
                knowable_ms: Some(20 * DAY),
                known_ms: None,
                said_ms: None,
                denied_ms: Some(30 * DAY),
            },
            Knowable {
                proposition: "it was chance".to_owned(),
                true_ms: None,
                knowable_ms: None,
                known_ms: None,
                said_ms: None,
                denied_ms: None,
            },
        ],
        clocks: Vec::new(),
        msel: Vec::new(),
        notes: Vec::new(),
        outcomes: vec![
            outcome("cost", Some(5.0)),
            outcome("victims", Some(412.0)),
            outcome("time-to-tell/leak", None),
        ],
        headline: vec!["victims".to_owned(), "time-to-tell/leak".to_owned()],
        timeline: Vec::new(),
        entries_at_endex: 0,
    }
}

fn worth() -> Worth {
    let measure = |name: &str| Measure {
        name: name.to_owned(),
        unit: "customers".to_owned(),
        better: "lower",
        bearer: "customers".to_owned(),
        about: String::new(),
    };
    let effect = |value: f64, is_clear| ForkEffect {
        here: Some(1.0),
        mean: Some(Estimate::exact(1.0)),
        values: 256,
        difference: Some(Estimate { value, low: value - 30.0, high: value + 30.0 }),
        shares: (0.93, 0.02, 0.05),
        is_clear,
    };
    let option = |name: &str, effects: Vec<ForkEffect>| ForkedOption {
        name: name.to_owned(),
        text: format!("Do {name}."),
        effects,
    };
    Worth {
        futures: 256,
        wanted: 512,
        runs: 1000,
        measures: vec![measure("victims"), measure("time-to-tell/leak")],
        decisions: vec![Fork {
            decision: "badge".to_owned(),
            ask: "What about badge?".to_owned(),
            ms: 25 * DAY,
            taken: 0,
            options: vec![
                option("this", vec![effect(0.0, false), effect(0.0, false)]),
                option("that", vec![effect(-310.0, true), effect(2.0, false)]),
                option("nothing", vec![effect(1.0, false), effect(2.0, false)]),
            ],
            stake: 1.0,
        }],
        places: vec![Place {
            measure: 0,
            value: Some(412.0),
            worlds: 256,
            values: 256,
            quantiles: Some([100.0, 200.0, 300.0, 400.0, 900.0]),
            lower: 0.70,
            equal: 0.0,
        }],
        notes: vec!["What lay before was held.".to_owned()],
    }
}

fn text() -> String {
    let questions = [DiscussionQuestion {
        ask: "Why was nobody told?".to_owned(),
        because: "It could be known on 2019-09-22 and was not said by the end.".to_owned(),
        weight: 0.9,
    }];
    let text = hot_wash(&story(), Some(&worth()), &questions, Page::new(80));
    anstream::adapter::strip_str(&text).to_string()
}

#[test]
fn everything_is_told_within_the_page() {
    let text = text();
    for part in [
        "Hot wash: The last day ---",
        "ENDEX was on 2019-11-01; from then to 2020-01-10 the policy trusting decided.",
        "  victims              412 customers  30 % worse [100, 900]",
        "  time to tell, leak           never",
        "It was stopped early:\n  512 were wanted.",
        " 1. What about badge? (2019-09-27)",
        "    Taken: Do this.",
        "    Confidence 4 of 5. Why: It looked safe.",
        "    The authors expected: Do that.",
        "    - Instead: Do that.\n        victims -310 ±30 customers: better, in 93 % of futures",
        "    - No clear difference: Do nothing.\n",
        " 2. What about letter? (2019-09-27)\n    The time ran out. So it was: Do nothing.",
        " 3. What about press? (2019-09-27)\n    The policy decided: Do that.",
        "Player: 1 of 2 answers were the expected one (1 of 1 at confidence 5, 0 of 1",
        "Brier score 0.32",
        "True since: 2019-09-12. An investigator could be",
        "You denied it:",
        "  1. Why was nobody told?",
        "     It could be known on 2019-09-22",
        "  - What lay before was held.",
    ] {
        assert!(text.contains(part), "`{part}` is not in:\n{text}");
    }
    assert!(text.lines().all(|l| l.chars().count() <= 80), "{text}");
}

#[test]
fn what_is_not_the_headlines_is_left_out_and_a_lone_player_is_no_team() {
    let text = text();
    assert!(!text.contains("cost "), "{text}");
    assert!(!text.contains("team:"), "{text}");
    assert!(!text.contains("It was chance"), "{text}");
}

#[test]
fn without_figures_the_choices_are_told_all_the_same() {
    let text = hot_wash(&story(), None, &[], Page::new(80));
    let text = anstream::adapter::strip_str(&text).to_string();
    assert!(text.contains("Taken: Do this.") && !text.contains("Instead"), "{text}");
    assert!(!text.contains("30 % worse") && !text.contains("To talk about"), "{text}");
}
