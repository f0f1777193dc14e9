//! The rules that find strengths and areas for improvement.

use hotwash_exercise::Rating;
use hotwash_exercise::debrief::{HowTaken, Story, Worth};
use hotwash_report::document::findings::{Finding, findings};

use crate::sample;

/// The only finding that is about a decision, and a strength or not.
fn about<'a>(found: &'a [Finding], ask: &str, is_strength: bool) -> &'a Finding {
    let mut fits =
        found.iter().filter(|f| f.is_strength == is_strength && f.observation.contains(ask));
    let first = fits.next().unwrap_or_else(|| panic!("nothing on {ask}: {found:#?}"));
    assert!(fits.next().is_none(), "more than one finding on {ask}");
    first
}

fn of(change: impl FnOnce(&mut Story, &mut Worth)) -> Vec<Finding> {
    let (mut story, mut worth) = (sample::story(), sample::worth());
    change(&mut story, &mut worth);
    findings(&story, Some(&worth))
}

#[test]
fn an_expected_action_is_a_strength_and_another_an_area() {
    let found = of(|_, _| {});
    let routed = about(&found, "caller knew their support ticket", true);
    assert_eq!(routed.objective.as_deref(), Some("detect"));
    assert_eq!(
        routed.references,
        [(3, "2019-08-06 09:00".to_owned()), (4, "2019-08-06 12:00".to_owned())]
    );
    let said = routed.analysis.join(" ");
    assert!(said.contains("victims higher by 120 [95, 145] customers, worse in 89"), "{said}");

    let advisory = about(&found, "What do we publish?", false);
    let said = advisory.analysis.join(" ");
    assert!(
        said.contains("confidence 5 of 5") && said.contains("1 of 2 votes was for another option"),
        "{said}"
    );
    assert!(
        said.contains("would have meant in the mean of 512 futures: victims lower by 310 [280, 340] customers, better in 97"),
        "{said}"
    );
    // The cost's difference is not told apart from chance, and is not told.
    assert!(!said.contains("cost"), "{said}");
    // Posts are judged, not persons.
    assert!(found.iter().all(|f| !f.analysis.join(" ").contains("Ben")), "{found:#?}");
}

#[test]
fn figures_are_hedged_while_there_are_few_and_absent_without_any() {
    let found = of(|_, worth| worth.futures = 64);
    let said = about(&found, "What do we publish?", false).analysis.join(" ");
    assert!(said.contains("the first 64 of 512 futures"), "{said}");
    for found in [findings(&sample::story(), None), of(|_, worth| worth.futures = 0)] {
        let said = about(&found, "What do we publish?", false).analysis.join(" ");
        assert!(!said.contains("futures"), "{said}");
    }
}

#[test]
fn what_nobody_decided_is_an_area_and_what_the_policy_decided_is_nothing() {
    let found = of(|_, _| {});
    let hunt = about(&found, "How is the source of the leak looked for?", false);
    assert!(hunt.observation.starts_with("Nobody decided in time"));
    assert!(!found.iter().any(|f| f.observation.contains("The press says")), "{found:#?}");
    // Even when the default was the expected action.
    let found = of(|story, _| story.decisions[1].taken = Some(0));
    assert!(!about(&found, "How is the source of the leak looked for?", false).is_strength);
}

#[test]
fn a_better_option_than_the_expected_one_is_told() {
    let found = of(|story, worth| {
        // What was taken and was expected now does clearly worse than the other option.
        let fork = worth.decisions.iter_mut().find(|f| f.decision == "first-complaints").unwrap();
        for effect in &mut fork.options[0].effects {
            let e = effect.difference.as_mut().unwrap();
            (e.value, e.low, e.high) = (-e.value, -e.high, -e.low);
        }
        assert_eq!(story.decisions[0].expected, story.decisions[0].taken);
    });
    assert!(
        about(&found, "caller knew their support ticket", true)
            .observation
            .starts_with("The expected action came")
    );
    let area = about(&found, "caller knew their support ticket", false);
    assert!(
        area.observation.contains("nother answer than the expected one would have done better"),
        "{}",
        area.observation
    );
    assert!(area.analysis.iter().any(|a| a.contains("hindsight")), "{:?}", area.analysis);
}

#[test]
fn a_trade_is_not_called_better() {
    let found = of(|story, worth| {
        story.decisions[2].expected = None;
        let fork = worth.decisions.iter_mut().find(|f| f.decision == "advisory").unwrap();
        // Fewer victims at a clearly higher cost.
        let cost = &mut fork.options[1].effects[1];
        cost.is_clear = true;
        cost.difference =
            Some(hotwash_lab::stats::Estimate { value: 9000.0, low: 8000.0, high: 9900.0 });
    });
    assert!(!found.iter().any(|f| f.observation.contains("What do we publish?")), "{found:#?}");
}

#[test]
fn what_is_clear_but_tiny_is_not_told() {
    let found = of(|story, worth| {
        story.decisions[2].expected = None;
        let fork = worth.decisions.iter_mut().find(|f| f.decision == "advisory").unwrap();
        // 1 % of the outcome, and far from chance.
        fork.options[1].effects[0].difference =
            Some(hotwash_lab::stats::Estimate { value: -1.0, low: -1.1, high: -0.9 });
    });
    assert!(!found.iter().any(|f| f.observation.contains("What do we publish?")), "{found:#?}");
}

#[test]
fn evaluators_are_quoted_and_ratings_sorted() {
    for (rating, is_strength) in
        [(Rating::P, true), (Rating::S, false), (Rating::M, false), (Rating::U, false)]
    {
        let found = of(|story, _| story.objectives[0].rated[0].1 = rating);
        let quoted = about(&found, "lost ten days", is_strength);
        assert_eq!(quoted.references.iter().map(|r| r.0).collect::<Vec<_>>(), [4, 6]);
        // What to do about it only people know.
        assert!(quoted.recommendation.is_empty() && quoted.element.is_none());
    }
    let silent = of(|story, _| {
        let rated = &mut story.objectives[0].rated[0];
        (rated.1, rated.2) = (Rating::P, String::new());
    });
    assert!(!silent.iter().any(|f| f.observation.contains("evaluator")), "{silent:#?}");
}

#[test]
fn false_claims_count_until_endex_and_true_ones_are_a_strength() {
    let found = of(|_, _| {});
    let claim = about(&found, "denied plainly", false);
    assert_eq!(claim.references, [(9, "2019-08-25 09:00".to_owned())]);
    let said = claim.analysis.join(" ");
    assert!(
        said.contains("sure of it since 2019-08-13")
            && said.contains("on 2019-09-10, 16 days later"),
        "{said}"
    );

    let found = of(|story, _| story.lanes[0].claims[0].is_false = false);
    about(&found, "The one claim that the company made by ENDEX was true", true);
    // What was said after ENDEX was said by the policy.
    let found = of(|story, _| story.lanes[0].claims[0].ms = story.about.span_ms.1 + 1);
    assert!(
        !found.iter().any(|f| f.observation.contains("claim") || f.observation.contains("denied"))
    );
}

#[test]
fn knowing_late_is_an_area_and_at_once_a_strength() {
    let found = of(|_, _| {});
    let late = about(&found, "It was knowable on 2019-08-06", false);
    assert!(late.observation.ends_with("on 2019-08-13, 7 days later."), "{}", late.observation);
    about(&found, "somebody inside did it", true);
    // A day is the limit.
    let day = 86_400_000;
    let found = of(|story, _| {
        story.knowable[1].known_ms = Some(story.knowable[1].knowable_ms.unwrap() + day + 1)
    });
    about(&found, "somebody inside did it", false);
    let found = of(|story, _| story.knowable[1].known_ms = None);
    let never = about(&found, "somebody inside did it", false);
    assert!(never.observation.contains("by ENDEX") && never.observation.contains("was not sure"));
    // What never was true cannot be known late.
    let found =
        of(|story, _| (story.knowable[1].true_ms, story.knowable[1].known_ms) = (None, None));
    assert!(!found.iter().any(|f| f.observation.contains("somebody inside")));
}

#[test]
fn clocks_are_judged_when_they_ran_out_by_endex() {
    let found = of(|_, _| {});
    let late = about(&found, "Authority in Germany", false);
    assert!(late.observation.contains("stopped 55 days late"), "{}", late.observation);
    let found = of(|story, _| story.clocks[0].due_ms = story.about.span_ms.1 + 1);
    about(&found, "The one clock that ran out by ENDEX was met", true);
    assert!(!found.iter().any(|f| f.observation.contains("Germany")));
}

#[test]
fn confidence_is_judged_from_three_sure_answers_on() {
    let team = |sure: (u32, u32)| {
        let found = of(|story, _| {
            let team = story.calibration.last_mut().unwrap();
            (team.by_confidence[3], team.by_confidence[4]) = ((0, 0), sure);
        });
        found.iter().find(|f| f.observation.contains("confidence 4 or 5")).map(|f| f.is_strength)
    };
    assert_eq!(team((2, 0)), None);
    assert_eq!(team((3, 1)), Some(false));
    assert_eq!(team((5, 3)), None);
    assert_eq!(team((5, 4)), Some(true));
}

#[test]
fn findings_are_ranked() {
    let found = of(|_, _| {});
    assert!(found.windows(2).all(|w| w[0].weight >= w[1].weight));
    assert!(found.iter().all(|f| (0.0..=1.0).contains(&f.weight)), "{found:#?}");
    // What hung on a decision counts.
    let dear = of(|_, worth| worth.decisions.iter_mut().for_each(|f| f.stake = 2.0));
    let weight = |found: &[Finding]| about(found, "What do we publish?", false).weight;
    assert!(
        weight(&dear)
            > weight(&of(|_, worth| worth.decisions.iter_mut().for_each(|f| f.stake = 0.0)))
    );
}

#[test]
fn an_answer_on_behalf_of_a_post_is_said_to_be() {
    let found = of(|story, _| story.decisions[3].how = HowTaken::OnBehalf);
    let said = about(&found, "Shut it now", true).analysis.join(" ");
    assert!(
        said.contains("The facilitator decided on behalf of the head of security operations"),
        "{said}"
    );
}
