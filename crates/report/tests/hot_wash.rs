//! The hot wash says what its data hold: how far the forks have come, who decided, what is clear.

#[path = "../examples/gallery/invented/mod.rs"]
#[expect(dead_code, reason = "other tests use the rest")]
mod invented;

use hotwash_exercise::debrief::{HowTaken, Lane};
use hotwash_report::{hot_wash, page, picture};
use invented::wash;
use proptest::prelude::*;

#[test]
fn a_page_that_is_not_final_says_so_and_keeps_its_ids() {
    let (story, worth) = (wash::story(), wash::worth());
    let ids = |page: &str| -> Vec<String> {
        let ids = page.split(" id=\"").skip(1).filter_map(|t| t.split('"').next());
        ids.map(str::to_owned).collect()
    };
    let last = hot_wash(&story, Some(&worth), &[]);
    assert!(!last.contains("Not final") && last.contains("In 512 futures that begin exactly like"));
    let mut early = worth.clone();
    early.futures = 48;
    let early = hot_wash(&story, Some(&early), &[]);
    assert!(early.contains("The forks are over 48 of 512 futures so far"));
    assert!(early.contains("In 48 futures that begin exactly like yours"));
    assert_eq!(ids(&early), ids(&last));
    let none = hot_wash(&story, None, &[]);
    assert!(none.contains("Not computed yet.") && !none.contains("futures that begin"));
    assert!(ids(&last).iter().all(|id| id.starts_with("wash")));
}

#[test]
fn a_body_has_no_frame_and_begins_with_second_headings() {
    let body = page::hot_wash_body(&wash::story(), Some(&wash::worth()), &wash::questions()).0;
    assert!(!body.contains("<h1") && !body.contains("<html") && !body.contains("<style"));
    assert!(body.starts_with("<div class=\"wash\" id=\"wash\">"));
    // What comes first is what happened, then what to talk about, then the picture.
    let place = |id: &str| body.find(&format!("<section id=\"{id}\"")).expect("it is there");
    assert!(place("wash-summary") < place("wash-questions"));
    assert!(place("wash-questions") < place("wash-lanes"));
    assert!(place("wash-lanes") < place("wash-decisions"));
}

#[test]
fn the_picture_tells_its_gaps_in_words() {
    let figures = picture::lanes("x", &wash::story());
    let (sentence, drawing) = (&figures[0].sentence, figures[0].drawing.as_ref().expect("drawn"));
    for words in [
        "15 days true and unknown, 6 days of it knowable",
        "86 days known and not said",
        "denied categorically; false for 54 days",
        "ENDEX; after it the policy decided",
        "true since 29 Jul 2019",
    ] {
        assert!(drawing.0.contains(words), "the picture lacks: {words}");
    }
    assert!(
        sentence.contains("could have been known for 54 days before the vendor was sure of it")
    );
    // One that was neither true nor believed nor spoken of is not drawn, and the caption says so.
    assert!(figures[0].caption.contains("Not drawn: 1 proposition that"));
}

#[test]
fn what_is_clear_is_called_so_and_nothing_else() {
    let (story, mut worth) = (wash::story(), wash::worth());
    let marked = |worth: &_| hot_wash(&story, Some(worth), &[]).matches("class=\"solid f").count();
    assert!(marked(&worth) > 0);
    let effects =
        worth.decisions.iter_mut().flat_map(|f| &mut f.options).flat_map(|o| &mut o.effects);
    effects.for_each(|e| e.is_clear = false);
    let page = hot_wash(&story, Some(&worth), &[]);
    assert_eq!(marked(&worth), 0);
    assert!(!page.contains("Better: ") && !page.contains("Worse: "));
    assert!(page.contains("no other option makes a difference that is told apart from chance"));
}

#[test]
fn better_lies_right_whichever_way_an_outcome_counts() {
    let mut worth = wash::worth();
    worth.measures.truncate(1);
    let mut fork = worth.decisions[0].clone();
    fork.options.truncate(2);
    let place = |worth: &_, fork: &_| {
        let svg = picture::fork("x", worth, fork).drawing.expect("drawn").0;
        let mark = svg.find("class=\"solid").expect("a filled mark");
        svg[mark..].split('"').nth(3).unwrap_or_default().to_owned()
    };
    let mut with = |value: f64, better| {
        worth.measures[0].better = better;
        let effect = &mut fork.options[1].effects[0];
        effect.difference = Some(invented::e(value, 10.0));
        effect.is_clear = true;
        place(&worth, &fork)
    };
    assert_eq!(with(-300.0, "lower"), with(300.0, "higher"));
    assert_ne!(with(-300.0, "lower"), with(300.0, "lower"));
}

#[test]
fn who_decided_is_said() {
    let mut story = wash::story();
    let page = |story: &_| hot_wash(story, Some(&wash::worth()), &[]);
    assert!(
        page(&story)
            .contains("decided by Jonas Weber on 14 Aug 2019, 18:36, with confidence 3 of 5")
    );
    assert!(page(&story).contains("after ENDEX the policy decided, on 21 Nov 2019"));
    story.decisions[0].how = HowTaken::TimeRanOut;
    assert!(
        page(&story).contains("the time ran out on 3 Aug 2019, 11:24 and the default was taken")
    );
    story.decisions[0].how = HowTaken::OnBehalf;
    assert!(page(&story).contains("decided by the facilitator on the role's behalf"));
    story.decisions[0].how = HowTaken::Open;
    (story.decisions[0].taken, story.decisions[0].taken_ms) = (None, None);
    assert!(page(&story).contains("it was still open at the end"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_lanes_are_drawn_on_the_canvas(
        lanes in proptest::collection::vec((
            proptest::option::of(-5e10..5e10_f64),
            proptest::collection::vec((-5e10..5e10_f64, 0.0..1.0_f64), 0..7),
            proptest::collection::vec((-5e10..5e10_f64, any::<bool>(), proptest::option::of(-5e10..5e10_f64)), 0..7),
        ), 0..9),
    ) {
        let mut story = wash::story();
        let sample = story.lanes[1].clone();
        story.lanes = lanes
            .into_iter()
            .map(|(true_from, belief, claims)| Lane {
                true_from_ms: true_from.map(|ms| ms as i64),
                belief: belief.into_iter().map(|(ms, p)| (ms as i64, p)).collect(),
                claims: claims
                    .into_iter()
                    .map(|(ms, denies, end)| {
                        let mut claim = sample.claims[0].clone();
                        (claim.ms, claim.denies) = (ms as i64, denies);
                        claim.walked_back_ms = end.map(|ms| ms as i64);
                        claim
                    })
                    .collect(),
                ..sample.clone()
            })
            .collect();
        for figure in picture::lanes("x", &story) {
            let svg = figure.drawing.map(|d| d.0).unwrap_or_default();
            prop_assert!(!svg.contains("NaN") && !svg.contains("inf"));
            for width in svg.split(" x=\"").skip(1).filter_map(|t| t.split('"').next()) {
                let x: f64 = width.parse().expect("a number");
                prop_assert!((-1.0..=821.0).contains(&x), "{x}");
            }
        }
    }
}
