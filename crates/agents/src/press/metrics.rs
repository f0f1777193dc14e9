//! What the press is measured by.

use hotwash_engine::{Better, MetricInfo, SimBuilder};
use hotwash_incident::milestones;

use super::{Beat, Desk, Notebook, PressRoom};

/// Declares the metrics: articles and coverage of all matters, the rest by matter.
pub(super) fn declare(sim: &mut SimBuilder, desk: &Desk) {
    let actor = desk.actor;
    sim.metric(
        info("articles", "articles", Better::Lower, "articles on the matter, of any sort"),
        move |v| Some(v.get::<PressRoom>(actor).articles as f64),
    );
    sim.metric(
        info(
            "coverage",
            "reach x severity",
            Better::Lower,
            "sum over all articles of the share of customers reached times the severity, 0 to 1",
        ),
        move |v| Some(v.get::<PressRoom>(actor).coverage),
    );
    for beat in &desk.beats {
        declare_one(sim, desk, beat);
    }
}

fn declare_one(sim: &mut SimBuilder, desk: &Desk, beat: &Beat) {
    let notebook = beat.notebook;
    let name = |name| desk.case.metric(beat.matter, name);
    let about = match beat.leak {
        Some(_) => "1 if the press told of the leak before the vendor did",
        None => "1 if the press told of the breach, and whose it was, before the vendor did",
    };
    sim.metric(info(name("exposed-by-press"), "of 1", Better::Lower, about), move |v| {
        Some(f64::from(u8::from(v.get::<Notebook>(notebook).has_exposed)))
    });
    if beat.leak.is_some() {
        let about =
            "records as first printed over records read in truth; none if no number was printed";
        let info = info(name("published-number-error"), "ratio", Better::Neither, about);
        sim.metric(info, move |v| {
            let known = v.get::<Notebook>(notebook);
            let is_known = known.printed > 0.0 && known.records > 0;
            is_known.then(|| known.printed / known.records as f64)
        });
    }
    if beat.research.is_some() {
        let published = desk.case.mark(
            sim,
            beat.matter,
            milestones::PUBLISHED,
            "the researcher told the public, without a name",
        );
        let named = beat.exposed;
        let about = "from the researcher's publication until the press named the vendor; none if it did not";
        let info = info(name("publication-to-naming"), "days", Better::Neither, about);
        sim.metric(info, move |v| Some((v.reached(named)? - v.reached(published)?).days()));
    }
}

fn info(name: &'static str, unit: &'static str, better: Better, about: &'static str) -> MetricInfo {
    MetricInfo { name, unit, better, bearer: "vendor", about }
}
