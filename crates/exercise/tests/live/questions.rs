//! Discussion questions: each gap brings its own, and no gap brings none.

use hotwash_exercise::debrief::{ClockStory, HowTaken, Knowable, Story, questions, story};
use hotwash_exercise::{Act, FACILITATOR};

use crate::forks::worth;
use crate::table::{begun, plan, play};

const DAY: i64 = 86_400_000;

fn played(scenario: &str, pick: usize) -> hotwash_exercise::Session {
    let mut session = begun(&plan(scenario));
    play(&mut session, pick);
    session.act(FACILITATOR, Act::Endex, 0).unwrap();
    session
}

#[test]
fn questions_cite_figures_and_name_nothing_by_its_slug() {
    for (scenario, picks, futures) in [("insider-sale", 1..2, 24), ("departing-admin", 0..3, 64)] {
        for pick in picks {
            let session = played(scenario, pick);
            let (story, worth) = (story(&session), worth(&session, futures));
            let asked = questions(&story, Some(&worth));
            assert!(asked.len() >= 3 && asked.len() <= 5, "{scenario} {pick}: {asked:?}");
            assert!(asked.windows(2).all(|w| w[0].weight >= w[1].weight));
            let metrics = story.outcomes.iter().map(|o| o.name.as_str());
            let options = story.decisions.iter().flat_map(|d| &d.options).map(|o| o.0.as_str());
            let slugs: Vec<&str> = metrics
                .chain(options)
                .chain(story.decisions.iter().map(|d| d.name.as_str()))
                .filter(|name| name.contains('-'))
                .collect();
            for question in &asked {
                let text = format!("{} {}", question.ask, question.because);
                assert!((0.0..=1.0).contains(&question.weight));
                assert!(question.ask.ends_with('?'), "{}", question.ask);
                assert!(question.because.ends_with('.'), "{}", question.because);
                assert!(text.contains(|c: char| c.is_ascii_digit()), "{text}");
                // Compound words of the texts themselves may read like names.
                let slug = slugs.iter().find(|s| s.matches('-').count() > 1 && text.contains(**s));
                assert_eq!(slug, None, "{text}");
                assert!(!text.contains("..") && !text.contains("  "), "{text}");
            }
        }
    }
}

/// A story without any gap.
fn flawless() -> Story {
    let mut story = story(&played("insider-sale", 0));
    for decision in &mut story.decisions {
        decision.taken = decision.expected;
        decision.how = HowTaken::Player("P1".to_owned());
        decision.confidence = Some(5);
        decision.taken_ms = Some(decision.asked_ms + 1);
        decision.votes.clear();
    }
    story.knowable.clear();
    story.lanes.truncate(1);
    story.lanes[0].claims.clear();
    story.clocks.clear();
    story
}

/// The only question of a story.
fn only(story: &Story) -> String {
    let asked = questions(story, None);
    assert_eq!(asked.len(), 1, "{asked:?}");
    format!("{} / {}", asked[0].ask, asked[0].because)
}

fn knowable(knowable: i64, known: i64, said: i64) -> Knowable {
    Knowable {
        proposition: "the moon was taken".to_owned(),
        true_ms: Some(0),
        knowable_ms: Some(knowable * DAY),
        known_ms: Some(known * DAY),
        said_ms: Some(said * DAY),
        denied_ms: None,
    }
}

#[test]
fn without_a_gap_there_is_no_question() {
    assert_eq!(questions(&flawless(), None), []);
}

#[test]
fn what_was_knowable_and_what_was_known_are_compared() {
    let mut story = flawless();
    story.knowable = vec![knowable(3, 12, 12)];
    let text = only(&story);
    for part in ["the moon was taken", "2019-08-04", "2019-08-13", "9 days"] {
        assert!(text.contains(part), "{part}: {text}");
    }
    story.knowable = vec![knowable(3, 3, 23)];
    let text = only(&story);
    for part in ["2019-08-04", "2019-08-24", "20 days"] {
        assert!(text.contains(part), "{part}: {text}");
    }
    // What was so only later was not withheld before.
    story.knowable[0].true_ms = Some(23 * DAY);
    assert_eq!(questions(&story, None), []);
}

#[test]
fn sure_and_not_right_and_of_two_minds() {
    let mut story = flawless();
    let decision = &mut story.decisions[0];
    decision.taken = Some(0);
    assert_ne!(decision.expected, Some(0));
    let asked = questions(&story, None);
    assert_eq!(asked.len(), 2, "confidence, and the expected action: {asked:?}");
    assert!(asked.iter().any(|q| q.because.contains("Confidence was 5 of 5")), "{asked:?}");
    let decision = &mut story.decisions[0];
    decision.taken = decision.expected;
    let vote = |name: &str, option| (name.to_owned(), option, 4, String::new());
    decision.votes = vec![vote("A", 0), vote("B", 1), vote("C", 0)];
    let text = only(&story);
    assert!(text.contains("2 for") && text.contains("1 for"), "{text}");
    story.decisions[0].votes.iter_mut().for_each(|v| v.1 = 1);
    assert_eq!(questions(&story, None), [], "all agree");
}

#[test]
fn clocks_that_were_missed_or_nearly() {
    let mut story = flawless();
    let clock = |stopped: Option<i64>| ClockStory {
        label: "the authority: wants a report".to_owned(),
        since_ms: 10 * DAY,
        due_ms: 13 * DAY,
        stopped_ms: stopped,
    };
    story.clocks = vec![clock(Some(11 * DAY))];
    assert_eq!(questions(&story, None), [], "in good time");
    for (stopped, says) in [
        (None, "it ran out"),
        (Some(15 * DAY), "2 days late"),
        (Some(13 * DAY - 3_600_000), "with 60 minutes left"),
    ] {
        story.clocks = vec![clock(stopped)];
        let text = only(&story);
        assert!(text.contains(says) && text.contains("2019-08-14 09:00"), "{text}");
    }
    // What ran out after ENDEX ran out for the policy.
    story.about.span_ms.1 = 12 * DAY;
    story.clocks = vec![clock(None)];
    assert_eq!(questions(&story, None), []);
}
