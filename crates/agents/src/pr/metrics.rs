//! What the press office is measured by.

use hotwash_engine::{Better, MetricInfo, SimBuilder, View};
use hotwash_incident::milestones;

use super::{Office, PrOffice};

/// Declares the metrics.
pub(super) fn declare(sim: &mut SimBuilder, office: &Office) {
    let signal = sim.milestone(
        milestones::FIRST_SIGNAL,
        "something that points at a leak reached the vendor, whether heard or not",
    );
    let attributed = sim.milestone(milestones::ATTRIBUTED, "the vendor knows who did it");
    let days = |view: &View<'_>, from, to| match (view.reached(from), view.reached(to)) {
        (Some(from), Some(to)) => Some((to - from).days()),
        _ => None,
    };
    let span = |name, bearer, about| MetricInfo {
        name,
        unit: "days",
        better: Better::Lower,
        bearer,
        about,
    };
    let (first, disclosed) = (office.marks.first_statement, office.marks.disclosed);
    let told = office.marks.people_notified;
    sim.metric(
        span(
            "time-to-first-statement",
            "customers",
            "from the first signal to the vendor's first words in public; none if it said nothing",
        ),
        move |v| days(v, signal, first),
    );
    sim.metric(
        span(
            "signal-to-disclosure",
            "customers",
            "from the first signal until the vendor said in public that data were taken",
        ),
        move |v| days(v, signal, disclosed),
    );
    sim.metric(
        span(
            "attribution-to-disclosure",
            "customers",
            "from knowing who did it to saying in public that data were taken; negative if said before",
        ),
        move |v| days(v, attributed, disclosed),
    );
    sim.metric(
        span(
            "time-to-notify-people",
            "customers",
            "from the first signal until the last letter to those affected was out",
        ),
        move |v| days(v, signal, told),
    );
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
