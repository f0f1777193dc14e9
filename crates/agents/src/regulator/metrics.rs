//! What the regulators count.

use hotwash_engine::{Actor, Better, MetricInfo, SimBuilder, SimTime};

use super::{Bench, Docket, DutyState};

/// Declares the metrics of one matter.
pub(super) fn declare(sim: &mut SimBuilder, bench: &Bench) {
    let actor = bench.actor;
    let info = |name, unit, about| MetricInfo {
        name: bench.case.metric(bench.matter, name),
        unit,
        better: Better::Lower,
        bearer: "vendor",
        about,
    };
    lateness(
        sim,
        actor,
        info(
            "hours-late-by-belief",
            "hours",
            "sum over all duties of the hours past their deadline, clocks started by the vendor's belief",
        ),
        |duty, now| duty.belief.hours_late(duty.met, now),
    );
    lateness(
        sim,
        actor,
        info(
            "hours-late-by-hindsight",
            "hours",
            "sum over all duties of the hours past their deadline, clocks started when a reasonable \
             investigator would have believed",
        ),
        |duty, now| duty.hindsight.hours_late(duty.met, now),
    );
    lateness(
        sim,
        actor,
        // Who knows of a breach owes more than who does not look: neither better nor worse.
        MetricInfo {
            better: Better::Neither,
            ..info("obligations", "duties", "duties whose clock started by the vendor's belief")
        },
        |duty, _| f64::from(u8::from(duty.belief.started.is_some())),
    );
    lateness(
        sim,
        actor,
        info("obligations-missed", "duties", "of these, how many were met late or not at all"),
        |duty, now| f64::from(u8::from(duty.belief.hours_late(duty.met, now) > 0.0)),
    );
    sim.metric(
        info("fines", "USD", "fines for late notice, settled after the end of the run"),
        move |v| Some(v.get::<Docket>(actor).fines_usd),
    );
}

/// A metric that is a sum over duties.
fn lateness(
    sim: &mut SimBuilder,
    actor: Actor,
    info: MetricInfo,
    of: impl Fn(&DutyState, SimTime) -> f64 + Send + Sync + 'static,
) {
    sim.metric(info, move |v| {
        let now = v.now();
        Some(v.get::<Docket>(actor).duties.iter().map(|duty| of(duty, now)).sum())
    });
}
