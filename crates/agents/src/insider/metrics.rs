//! Metrics and the invariant of the insider.

use hotwash_engine::{Actor, Better, MetricInfo, SimBuilder};
use hotwash_incident::{Ledgers, PropositionId};

use super::{Insider, Wiring};

const fn info(
    name: &'static str,
    unit: &'static str,
    bearer: &'static str,
    about: &'static str,
) -> MetricInfo {
    MetricInfo { name, unit, better: Better::Lower, bearer, about }
}

pub(super) fn declare(
    sim: &mut SimBuilder,
    actor: Actor,
    ledgers: Actor,
    breach: PropositionId,
    w: &Wiring,
) {
    let (signal, first_action) = (w.first_signal, w.first_action);
    sim.metric(
        info(
            "records-taken",
            "records",
            "customers",
            "support records that the insider copied beyond need, sold or not",
        ),
        move |v| Some(v.get::<Insider>(actor).read as f64),
    );
    sim.metric(
        info("records-sold", "records", "customers", "support records that left the vendor"),
        move |v| Some(v.get::<Insider>(actor).sold as f64),
    );
    sim.metric(
        info(
            "records-read-before-first-signal",
            "records",
            "customers",
            "records copied before the first signal of a leak reached the vendor",
        ),
        move |v| v.reached(signal).map(|_| v.get::<Insider>(actor).read_before_signal as f64),
    );
    sim.metric(
        info(
            "taken-after-first-signal",
            "records",
            "vendor",
            "records copied after the first signal of a leak had reached the vendor",
        ),
        move |v| {
            let insider = v.get::<Insider>(actor);
            v.reached(signal).map(|_| (insider.read - insider.read_before_signal) as f64)
        },
    );
    sim.metric(
        info(
            "dwell-days",
            "days",
            "vendor",
            "time from the first record copied to the vendor's knowing that records were taken",
        ),
        move |v| {
            let known = v.get::<Ledgers>(ledgers).known_since(breach)?;
            Some((known - v.reached(first_action)?).days().max(0.0))
        },
    );
    sim.metric(
        info(
            "theft-days",
            "days",
            "customers",
            "time from the first record copied to the last, whatever ended it",
        ),
        move |v| Some((v.get::<Insider>(actor).last_read? - v.reached(first_action)?).days()),
    );
    sim.invariant("the insider sells what he read, and no more", move |view| {
        let i = view.get::<Insider>(actor);
        if i.read > i.target || i.sold + i.unsold != i.read || i.read_before_signal > i.read {
            return Err(format!(
                "target {}, read {}, sold {}, unsold {}, before the signal {}",
                i.target, i.read, i.sold, i.unsold, i.read_before_signal
            ));
        }
        Ok(())
    });
}
