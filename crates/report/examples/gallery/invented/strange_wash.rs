//! Sessions at the edges: nothing, very many, hostile, numbers that are none.

use hotwash_exercise::debrief::{Story, Worth};

use super::wash;

const HOSTILE: &str = "</title></svg><script>alert('x')</script>&\"<b>\u{0}\u{202e}";

/// Hot washes that must not fail, by name.
pub(crate) fn pages() -> Vec<(String, String)> {
    let (worth, questions) = (wash::worth(), wash::questions());
    let mut list = vec![
        ("nothing", nothing(), Some(no_worth())),
        ("nothing-computed", nothing(), None),
        ("many", many(), Some(worth.clone())),
        ("hostile", hostile(), Some(hostile_worth())),
        ("no-numbers", no_numbers(), Some(infinite())),
    ];
    let mut backwards = wash::story();
    backwards.about.span_ms = (i64::MAX, 0, i64::MIN);
    backwards.about.startex = "not a date".to_owned();
    list.push(("backwards", backwards, Some(worth)));
    list.into_iter()
        .map(|(name, story, worth)| {
            let page = hotwash_report::hot_wash(&story, worth.as_ref(), &questions);
            (format!("strange-wash-{name}"), page)
        })
        .collect()
}

fn nothing() -> Story {
    let mut story = wash::story();
    story.people.clear();
    story.lanes.clear();
    story.decisions.clear();
    story.objectives.clear();
    story.calibration.clear();
    story.knowable.clear();
    story.clocks.clear();
    story.notes.clear();
    story.outcomes.clear();
    story.headline.clear();
    story.timeline.clear();
    story.about.wall_ms = (0, 0);
    story
}

fn no_worth() -> Worth {
    let worth = wash::worth();
    Worth { futures: 0, runs: 0, measures: vec![], decisions: vec![], places: vec![], ..worth }
}

/// 64 propositions, 80 decisions with 30 options, 120 people, 60 clocks.
fn many() -> Story {
    let mut story = wash::story();
    story.lanes = story.lanes.iter().cycle().take(64).cloned().collect();
    for decision in &mut story.decisions {
        decision.options = decision.options.iter().cycle().take(30).cloned().collect();
    }
    story.decisions = story.decisions.iter().cycle().take(80).cloned().collect();
    story.calibration = story.calibration.iter().cycle().take(120).cloned().collect();
    story.calibration[7].by_confidence = [(500, 3); 5];
    story.knowable = story.knowable.iter().cycle().take(90).cloned().collect();
    story.clocks = story.clocks.iter().cycle().take(60).cloned().collect();
    story
}

fn hostile() -> Story {
    let mut story = wash::story();
    let about = &mut story.about;
    for text in [&mut about.title, &mut about.summary, &mut about.sources, &mut about.seed] {
        *text = HOSTILE.to_owned();
    }
    about.policy = HOSTILE.to_owned();
    for person in &mut story.people {
        person.name = HOSTILE.to_owned();
        person.seats = vec![HOSTILE.to_owned()];
    }
    for lane in &mut story.lanes {
        lane.proposition = HOSTILE.repeat(9);
        lane.claims.iter_mut().for_each(|c| c.how = HOSTILE.to_owned());
    }
    for decision in &mut story.decisions {
        decision.ask = HOSTILE.to_owned();
        decision.reason = HOSTILE.to_owned();
        decision.options.iter_mut().for_each(|o| o.1 = HOSTILE.to_owned());
        decision.votes = vec![(HOSTILE.to_owned(), 999, 255, HOSTILE.to_owned())];
        decision.taken = Some(999);
        decision.expected = Some(999);
    }
    story.objectives.iter_mut().for_each(|o| o.text = HOSTILE.to_owned());
    story.knowable.iter_mut().for_each(|k| k.proposition = HOSTILE.to_owned());
    story.clocks.iter_mut().for_each(|c| c.label = HOSTILE.to_owned());
    story.notes.iter_mut().for_each(|n| n.text = HOSTILE.to_owned());
    story.outcomes.iter_mut().for_each(|o| o.unit = HOSTILE.to_owned());
    story.calibration.iter_mut().for_each(|c| c.name = HOSTILE.to_owned());
    story
}

fn hostile_worth() -> Worth {
    let mut worth = wash::worth();
    worth.notes = vec![HOSTILE.to_owned()];
    for measure in &mut worth.measures {
        (measure.unit, measure.about) = (HOSTILE.to_owned(), HOSTILE.to_owned());
    }
    for fork in &mut worth.decisions {
        fork.taken = 999;
        fork.options.iter_mut().for_each(|o| o.text = HOSTILE.to_owned());
    }
    worth.places.iter_mut().for_each(|p| p.measure += 5);
    worth
}

fn no_numbers() -> Story {
    let mut story = wash::story();
    for lane in &mut story.lanes {
        lane.belief = vec![(5, f64::NAN), (-3, f64::INFINITY), (2, -7.0)];
        lane.hindsight.reverse();
        lane.claims.reverse();
        lane.claims.iter_mut().for_each(|c| c.refuted_ms = Some(c.ms - 1));
    }
    story.outcomes.iter_mut().for_each(|o| o.value = Some(f64::NAN));
    story
}

fn infinite() -> Worth {
    let mut worth = wash::worth();
    let endless =
        hotwash_lab::stats::Estimate { value: 1.0, low: f64::NEG_INFINITY, high: f64::INFINITY };
    for (i, fork) in worth.decisions.iter_mut().enumerate() {
        fork.stake = f64::NAN;
        for effect in fork.options.iter_mut().flat_map(|o| &mut o.effects) {
            effect.difference = match i % 3 {
                0 => Some(endless),
                1 => Some(super::e(f64::NAN, 1.0)),
                _ => None,
            };
            effect.mean = Some(endless);
            effect.here = None;
        }
    }
    for (i, place) in worth.places.iter_mut().enumerate() {
        match i % 3 {
            0 => place.value = None,
            1 => place.quantiles = Some([f64::NAN; 5]),
            _ => (place.quantiles, place.values) = (None, 0),
        }
    }
    worth
}
