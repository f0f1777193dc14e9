//! What security's choices were worth: metrics, and what must always hold.

use hotwash_engine::{Actor, Better, MetricInfo, SimBuilder, View};
use hotwash_incident::case::SharedCase;
use hotwash_incident::{Ledgers, milestones};

use super::decisions::Channel;
use super::ids::LeakIds;
use super::state::Soc;

fn lower(name: &'static str, unit: &'static str, about: &'static str) -> MetricInfo {
    MetricInfo { name, unit, better: Better::Lower, bearer: "vendor", about }
}

fn neither(name: &'static str, unit: &'static str, about: &'static str) -> MetricInfo {
    MetricInfo { name, unit, better: Better::Neither, bearer: "vendor", about }
}

/// Those of the leak's course: how soon, and by whom it was found.
pub(super) fn found(sim: &mut SimBuilder, book: &SharedCase, ids: &LeakIds) {
    times(sim, book, ids);
    found_by(sim, book, ids);
}

fn times(sim: &mut SimBuilder, book: &SharedCase, ids: &LeakIds) {
    let Some(matter) = book.matter_of(ids.records) else { return };
    let mut mark = |name, about| book.mark(sim, matter, name, about);
    let exfiltration = mark(milestones::FIRST_EXFILTRATION, "data left the vendor");
    let attributed = mark(milestones::ATTRIBUTED, "the vendor knows who did it");
    let (signal, contained) = (ids.first_signal, ids.contained);
    let (ledgers, records) = (book.ledgers, ids.records);
    sim.metric(
        lower(
            book.metric(matter, "time-to-discover"),
            "days",
            "from the first data leaving to the vendor's knowing that records were taken",
        ),
        move |v| {
            let left = v.reached(exfiltration)?;
            let known = v.get::<Ledgers>(ledgers).known_since(records)?;
            Some((known - left).days().max(0.0))
        },
    );
    let between = |v: &View<'_>, from, to| {
        let (from, to) = (v.reached(from)?, v.reached(to)?);
        Some((to - from).days())
    };
    sim.metric(
        lower(
            book.metric(matter, "signal-to-attribution"),
            "days",
            "from the first signal that reached the vendor to its belief that an insider did it",
        ),
        move |v| between(v, signal, attributed),
    );
    sim.metric(
        lower(
            book.metric(matter, "time-to-contain"),
            "days",
            "from the first signal that reached the vendor to the insider's account being shut",
        ),
        move |v| between(v, signal, contained),
    );
}

fn found_by(sim: &mut SimBuilder, book: &SharedCase, ids: &LeakIds) {
    let soc = ids.soc;
    let Some(matter) = book.matter_of(ids.records) else { return };
    for (name, about, channel) in [
        (
            "found-by-complaints",
            "1 if customers' complaints, or the search they set going, first made the vendor suspect that records were taken",
            Channel::Complaints,
        ),
        ("found-by-monitoring", "1 if alerts or canaries did", Channel::Monitoring),
        ("found-by-others", "1 if police, a partner or the press did", Channel::Others),
    ] {
        let name = book.metric(matter, name);
        sim.metric(neither(name, "of 1", about), move |v| {
            v.get::<Soc>(soc).tally.found_by.map(|by| f64::from(u8::from(by == channel)))
        });
    }
}

/// What the staff's work costs, whatever it works on.
pub(super) fn effort(sim: &mut SimBuilder, soc: Actor) {
    sim.metric(
        lower(
            "alert-wait-hours",
            "hours",
            "mean wait of an alert in the analysts' queue over the whole run",
        ),
        move |v| {
            let q = &v.get::<Soc>(soc).queue;
            (q.alerts > 0.0).then(|| q.waited / q.alerts)
        },
    );
    sim.metric(
        lower(
            "alerts-dropped",
            "share",
            "share of all alerts that grew too old and were never read",
        ),
        move |v| {
            let q = &v.get::<Soc>(soc).queue;
            (q.alerts > 0.0).then(|| q.dropped / q.alerts)
        },
    );
    sim.metric(
        lower(
            "staffed-hours",
            "hours",
            "analyst hours on shift over the whole run, less what meetings take: what the team costs",
        ),
        move |v| Some(v.get::<Soc>(soc).queue.staffed),
    );
    sim.metric(lower("analyst-hours", "hours", "person-hours spent on the incident"), move |v| {
        Some(v.get::<Soc>(soc).tally.hours)
    });
    sim.invariant("the alert queue's wait and drops are possible", move |v| {
        let q = &v.get::<Soc>(soc).queue;
        if q.wait >= 0.0 && q.wait.is_finite() && q.dropped >= 0.0 {
            Ok(())
        } else {
            Err(format!("wait {} h, {} of {} dropped", q.wait, q.dropped, q.alerts))
        }
    });
}

/// What the desk made of complaints, and whom security wronged.
pub(super) fn desk(sim: &mut SimBuilder, ids: &LeakIds) {
    let soc = ids.soc;
    sim.metric(
        MetricInfo {
            name: "complaints-recognised",
            unit: "share",
            better: Better::Higher,
            bearer: "vendor",
            about: "share of the complaints in which the caller knew a ticket that the desk saw as leak indicators",
        },
        move |v| {
            let desk = &v.get::<Soc>(soc).desk;
            (desk.received > 0).then(|| desk.recognised as f64 / desk.received as f64)
        },
    );
    sim.metric(
        lower("wrong-suspensions", "people", "agents suspended who had done nothing"),
        move |v| Some(v.get::<Soc>(soc).tally.wrong_suspensions as f64),
    );
    sim.invariant("the desk recognises no more complaints than it receives", move |v| {
        let desk = &v.get::<Soc>(soc).desk;
        if desk.recognised <= desk.received && desk.detailed <= desk.received {
            Ok(())
        } else {
            Err(format!(
                "{} recognised and {} detailed of {}",
                desk.recognised, desk.detailed, desk.received
            ))
        }
    });
}
