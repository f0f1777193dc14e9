//! Grades of invented stories.

use hotwash_lab::findings::Measure;

use super::*;
use crate::debrief::{About, Claim, ForkedOption, Lane};
use crate::record::Outcome;

const DAY: i64 = 86_400_000;

fn decision(name: &str, how: HowTaken, taken: usize) -> DecisionStory {
    DecisionStory {
        name: name.to_owned(),
        ask: format!("{name}?"),
        role: String::new(),
        objective: String::new(),
        options: vec![("a".to_owned(), "A.".to_owned()), ("b".to_owned(), "B.".to_owned())],
        expected: Some(1),
        asked_ms: 0,
        taken_ms: Some(0),
        taken: Some(taken),
        how,
        confidence: None,
        reason: String::new(),
        votes: Vec::new(),
        wall_seconds: None,
    }
}

fn claim(ms: i64, refuted_ms: Option<i64>) -> Claim {
    Claim {
        ms,
        entry: 1,
        denies: true,
        how: "denied".to_owned(),
        statement: String::new(),
        is_false: true,
        refuted_ms,
        walked_back_ms: None,
    }
}

fn story(claims: Vec<Claim>) -> Story {
    let player = || HowTaken::Player("P".to_owned());
    let outcome = |name: &str, value| Outcome {
        name: name.to_owned(),
        value,
        unit: "d".to_owned(),
        better: "lower".to_owned(),
        bearer: "vendor".to_owned(),
    };
    Story {
        about: About {
            scenario: String::new(),
            title: String::new(),
            exercise: String::new(),
            summary: String::new(),
            sources: String::new(),
            policy: String::new(),
            policy_summary: String::new(),
            seed: String::new(),
            hotwash: String::new(),
            startex: "2019-09-02 09:00".to_owned(),
            span_ms: (-DAY, 50 * DAY, 100 * DAY),
            wall_ms: (0, 0),
            records: 0,
            journal_sha256: String::new(),
        },
        people: Vec::new(),
        lanes: vec![Lane {
            name: "leak".to_owned(),
            proposition: "it leaked".to_owned(),
            true_from_ms: Some(0),
            belief: Vec::new(),
            hindsight: Vec::new(),
            claims,
        }],
        decisions: vec![
            decision("one", player(), 1),
            decision("two", player(), 0),
            decision("three", HowTaken::TimeRanOut, 1),
            decision("four", HowTaken::Policy, 1),
        ],
        objectives: Vec::new(),
        calibration: Vec::new(),
        knowable: Vec::new(),
        clocks: Vec::new(),
        msel: Vec::new(),
        notes: Vec::new(),
        outcomes: vec![outcome("days", Some(10.0)), outcome("never", None)],
        headline: Vec::new(),
        timeline: Vec::new(),
        entries_at_endex: 0,
    }
}

fn met(story: &Story, mark: PassMark) -> (Option<f64>, bool) {
    let grade = grade(story, None, &[mark]);
    assert_eq!(grade.is_passed, grade.marks[0].is_met);
    (grade.marks[0].found, grade.is_passed)
}

#[test]
fn metrics_are_held_against_their_limits() {
    let story = story(Vec::new());
    let most = |name: &str, limit| met(&story, PassMark::AtMost(name.to_owned(), limit));
    let least = |name: &str, limit| met(&story, PassMark::AtLeast(name.to_owned(), limit));
    assert_eq!(most("days", 10.0), (Some(10.0), true));
    assert_eq!(most("days", 9.9), (Some(10.0), false));
    assert_eq!(least("days", 10.0), (Some(10.0), true));
    assert_eq!(least("days", 10.1), (Some(10.0), false));
    // What never came meets no limit, neither way.
    assert_eq!(most("never", 5.0), (None, false));
    assert_eq!(least("never", 5.0), (None, false));
}

#[test]
fn only_the_learners_own_decisions_count() {
    let story = story(Vec::new());
    let grade = grade(&story, None, &[PassMark::AsExpected(2)]);
    // One was taken so, and one was left to its default; the policy's is nobody's merit.
    assert_eq!(grade.marks[0].found, Some(2.0));
    assert_eq!(grade.marks[0].asked, Asked::AsExpected { at_least: 2, of: 3 });
    assert!(grade.is_passed);
    assert!(!met(&story, PassMark::AsExpected(3)).1);
}

#[test]
fn claims_made_until_endex_count_whenever_they_are_refuted() {
    let of = |claims| met(&story(claims), PassMark::NoClaimRefuted);
    assert_eq!(of(vec![claim(3 * DAY, None)]), (Some(0.0), true));
    assert_eq!(of(vec![claim(3 * DAY, Some(90 * DAY))]), (Some(1.0), false));
    // What the policy says after ENDEX is not the learner's doing.
    assert_eq!(of(vec![claim(60 * DAY, Some(90 * DAY))]), (Some(0.0), true));
    let mut taken_back = claim(3 * DAY, None);
    taken_back.walked_back_ms = Some(4 * DAY);
    assert_eq!(of(vec![taken_back]), (Some(1.0), false));
}

#[test]
fn a_score_is_the_share_of_marks_and_a_course_weighs_its_lessons() {
    let marks = [PassMark::AtMost("days".to_owned(), 5.0), PassMark::NoClaimRefuted];
    let grade = grade(&story(Vec::new()), None, &marks);
    assert_eq!((grade.score, grade.is_passed), (0.5, false));
    assert_eq!(score(&[(0.5, 1.0), (1.0, 3.0)]), 0.875);
    assert_eq!(score(&[]), 0.0);
}

fn effect(value: f64, is_clear: bool) -> ForkEffect {
    ForkEffect {
        here: None,
        mean: None,
        values: 64,
        difference: Some(Estimate { value, low: value - 1.0, high: value + 1.0 }),
        shares: (0.8, 0.1, 0.1),
        is_clear,
    }
}

/// A fork in which the first option was taken; effects by option and measure.
fn fork(name: &str, stake: f64, effects: [[(f64, bool); 2]; 3]) -> Fork {
    let option = |(n, list): (usize, [(f64, bool); 2])| ForkedOption {
        name: format!("o{n}"),
        text: format!("Option {n}."),
        effects: list.map(|(value, is_clear)| effect(value, is_clear)).to_vec(),
    };
    Fork {
        decision: name.to_owned(),
        ask: format!("{name}?"),
        ms: 0,
        taken: 0,
        options: effects.into_iter().enumerate().map(option).collect(),
        stake,
    }
}

fn worth(decisions: Vec<Fork>) -> Worth {
    let measure = |name: &str, better| Measure {
        name: name.to_owned(),
        unit: "d".to_owned(),
        better,
        bearer: String::new(),
        about: String::new(),
    };
    Worth {
        futures: 64,
        wanted: 64,
        runs: 0,
        measures: vec![measure("days", "lower"), measure("trust", "higher")],
        decisions,
        places: Vec::new(),
        notes: Vec::new(),
    }
}

#[test]
fn a_choice_cost_what_the_best_clear_option_would_have_spared() {
    let same = (0.0, false);
    let forks = vec![
        // The second is better by 5, the third by 9, which is not told apart from chance.
        fork("one", 0.4, [[same; 2], [(-5.0, true), same], [(-9.0, false), same]]),
        // Worse in days, better in trust: higher is better there.
        fork("two", 0.9, [[same; 2], [(5.0, true), (3.0, true)], [same, (4.0, true)]]),
        // The one taken was the best.
        fork("three", 2.0, [[same; 2], [(5.0, true), (-3.0, true)], [same; 2]]),
    ];
    let grade = grade(&story(Vec::new()), Some(&worth(forks)), &[]);
    let told: Vec<_> = grade
        .costs
        .iter()
        .map(|c| (c.decision.as_str(), c.better.as_str(), c.metric.as_str(), c.difference[0]))
        .collect();
    assert_eq!(told, [("two", "Option 2.", "trust", 4.0), ("one", "Option 1.", "days", -5.0)]);
    assert_eq!(grade.costs[0].taken, "Option 0.");
}
