//! What the press office is measured by.

use hotwash_engine::{Better, MetricInfo, MilestoneId, SimBuilder, View};
use hotwash_incident::{MatterId, milestones};

use super::{Office, PrOffice};

/// Declares the metrics: times for each matter, and the number of statements.
pub(super) fn declare(sim: &mut SimBuilder, office: &Office) {
    for matter in office.case.matter_ids() {
        declare_times(sim, office, matter);
    }
    let actor = office.actor;
    let info = MetricInfo {
        name: "statements",
        unit: "statements",
        better: Better::Neither,
        bearer: "vendor",
        about: "statements released, support pages and words to those affected included",
    };
    sim.metric(info, move |v| Some(v.get::<PrOffice>(actor).released as f64));
}

fn declare_times(sim: &mut SimBuilder, office: &Office, matter: MatterId) {
    let case = &office.case;
    let signal = case.mark(
        sim,
        matter,
        milestones::FIRST_SIGNAL,
        "something that points at a breach reached the vendor, whether heard or not",
    );
    let number = usize::from(matter.0);
    let (first, disclosed) = (office.marks.first_statement[number], office.marks.disclosed[number]);
    // Some matters have nobody to find out, or a plugin that finds out is left out.
    let attributed = sim.known_milestone(&case.mark_name(matter, milestones::ATTRIBUTED));
    let letters = office.letters.as_ref().filter(|l| l.matter == matter);
    let mut span = |name, from, to, about| {
        let name = case.metric(matter, name);
        let better = Better::Lower;
        let info = MetricInfo { name, unit: "days", better, bearer: "customers", about };
        sim.metric(info, move |v| days(v, from, to));
    };
    span(
        "time-to-first-statement",
        signal,
        first,
        "from the first signal to the vendor's first words in public; none if it said nothing",
    );
    let about = match letters {
        Some(_) => "from the first signal until the vendor said in public that data were taken",
        None => "from the first signal until the vendor said in public that there was a breach",
    };
    span("signal-to-disclosure", signal, disclosed, about);
    if let Ok(attributed) = attributed {
        span(
            "attribution-to-disclosure",
            attributed,
            disclosed,
            "from knowing who did it to saying in public that data were taken; negative if said before",
        );
    }
    if let Some(letters) = letters {
        span(
            "time-to-notify-people",
            signal,
            letters.done,
            "from the first signal until the last letter to those affected was out",
        );
    }
    if let Some(briefing) = office.briefing.as_ref().filter(|b| b.matter == matter) {
        span(
            "time-to-brief-customers",
            signal,
            briefing.done,
            "from the first signal until business customers were told in confidence",
        );
    }
}

fn days(view: &View<'_>, from: MilestoneId, to: MilestoneId) -> Option<f64> {
    match (view.reached(from), view.reached(to)) {
        (Some(from), Some(to)) => Some((to - from).days()),
        _ => None,
    }
}
