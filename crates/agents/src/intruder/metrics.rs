//! Metrics and the invariants of the intruder.

use std::sync::Arc;

use hotwash_engine::{Better, MetricInfo, SimBuilder};
use hotwash_incident::StoreKind;

use super::Intruder;
use super::build::Wiring;
use super::footing::Phase;

const fn info(name: &'static str, unit: &'static str, about: &'static str) -> MetricInfo {
    MetricInfo { name, unit, better: Better::Lower, bearer: "vendor", about }
}

pub(super) fn declare(sim: &mut SimBuilder, wiring: &Arc<Wiring>) {
    taken(sim, wiring);
    presence(sim, wiring);
    let w = Arc::clone(wiring);
    sim.invariant("the crew takes no more than there is, and nothing from where it never was", {
        move |view| {
            let crew = view.get::<Intruder>(w.actor);
            for (i, store) in w.book.stores.iter().enumerate() {
                let (taken, size) = (crew.taken[i], crew.sizes[i]);
                let was_there = crew.holds[usize::from(store.segment.0)].was_entered;
                if taken > size || taken > 0.0 && !was_there {
                    return Err(format!("{}: {taken} of {size} TB, {was_there}", store.name));
                }
            }
            match crew.doors.iter().find(|d| !crew.holds[d.segment].was_entered) {
                Some(door) => Err(format!("a back door where it never was: {door:?}")),
                None => Ok(()),
            }
        }
    });
}

fn taken(sim: &mut SimBuilder, wiring: &Arc<Wiring>) {
    let actor = wiring.actor;
    sim.metric(info("tb-taken", "TB", "data that left the vendor's network, all stores"), {
        move |v| Some(v.get::<Intruder>(actor).taken.iter().sum())
    });
    sim.metric(
        info("share-of-estate-taken", "share", "part of all stores, by size, that left"),
        move |v| {
            let crew = v.get::<Intruder>(actor);
            let all: f64 = crew.sizes.iter().sum();
            (all > 0.0).then(|| crew.taken.iter().sum::<f64>() / all)
        },
    );
    let kinds = [
        (StoreKind::SourceCode, "tb-taken-source", "source code that left"),
        (StoreKind::DebugSymbols, "tb-taken-symbols", "debug symbols that left"),
        (StoreKind::Documents, "tb-taken-documents", "development documents that left"),
        (StoreKind::Models, "tb-taken-models", "AI models and their data that left"),
    ];
    for (kind, name, about) in kinds {
        let w = Arc::clone(wiring);
        sim.metric(info(name, "TB", about), move |v| {
            let taken = v.get::<Intruder>(w.actor).taken.iter();
            Some(taken.zip(&w.book.stores).filter(|(_, s)| s.kind == kind).map(|(tb, _)| tb).sum())
        });
    }
    let w = Arc::clone(wiring);
    sim.metric(
        info("source-taken", "of 1", "whether source code worth having left, found out or not"),
        move |v| {
            let has_worth = v.get::<Intruder>(w.actor).has_worth.iter();
            let is_out =
                has_worth.zip(&w.book.stores).any(|(h, s)| *h && s.kind == StoreKind::SourceCode);
            Some(f64::from(u8::from(is_out)))
        },
    );
}

fn presence(sim: &mut SimBuilder, wiring: &Arc<Wiring>) {
    let (actor, entered, moved_on) = (wiring.actor, wiring.marks.entered, wiring.marks.moved_on);
    sim.metric(
        info(
            "days-inside",
            "days",
            "from the crew's first entry until it last lost access, or to the end of the run",
        ),
        move |v| {
            let crew = v.get::<Intruder>(actor);
            let out = if crew.phase == Phase::Inside { None } else { crew.last_out };
            v.reached(entered).map(|at| (out.unwrap_or(v.now()) - at).days())
        },
    );
    sim.metric(
        info(
            "days-to-move-on",
            "days",
            "from the crew's first entry until it left the segment it came in by",
        ),
        move |v| Some((v.reached(moved_on)? - v.reached(entered)?).days()),
    );
    let mut count = |name, unit, about, read: fn(&Intruder) -> u64| {
        sim.metric(info(name, unit, about), move |v| Some(read(v.get::<Intruder>(actor)) as f64));
    };
    count("segments-entered", "segments", "segments that the crew has been in", |c| {
        c.holds.iter().filter(|h| h.was_entered).count() as u64
    });
    count("back-doors-left", "back doors", "back doors that still work at the end", |c| {
        c.doors_left()
    });
    count(
        "times-came-back",
        "times",
        "times the crew was in again after it had been cut off or had lost its last way in",
        |c| c.came_back,
    );
}
