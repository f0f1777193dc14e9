//! Metrics and the invariant of the leaver.

use std::sync::Arc;

use hotwash_engine::{Actor, Better, MetricInfo, SimBuilder, SimTime};

use super::{Leaver, Wiring};

pub(super) fn declare(sim: &mut SimBuilder, actor: Actor, wiring: &Arc<Wiring>) {
    let mut metric = |name, unit, better, about, read: fn(&Leaver, SimTime) -> f64| {
        let name = wiring.case.metric(wiring.matter, name);
        let info = MetricInfo { name, unit, better, bearer: "vendor", about };
        sim.metric(info, move |v| Some(read(v.get::<Leaver>(actor), v.now())));
    };
    metric(
        "days-with-access-after-leaving",
        "days",
        Better::Lower,
        "days after the last working day on which some password of the leaver's still worked",
        |leaver, now| leaver.days_with_access(now),
    );
    metric(
        "keyloggers-left",
        "keyloggers",
        Better::Lower,
        "keyloggers that still listen when the run ends",
        |leaver, _| f64::from(leaver.alive.count_ones()),
    );
    metric(
        "documents-taken-tb",
        "TB",
        Better::Lower,
        "documents that the leaver took out after leaving",
        |leaver, _| leaver.taken_tb,
    );
    metric(
        "times-used",
        "times",
        Better::Lower,
        "times that the leaver was in the network after leaving",
        |leaver, _| leaver.uses as f64,
    );
    metric(
        "found-by-review",
        "of 1",
        Better::Higher,
        "whether a review of the leaver's sessions saw the planting",
        |leaver, _| if leaver.is_found { 1.0 } else { 0.0 },
    );
    sim.invariant("the leaver takes no more than wanted, and listens where it was planted", {
        move |view| {
            let l = view.get::<Leaver>(actor);
            let is_sound = l.alive & !l.planted == 0
                && l.taken_tb <= l.appetite_tb + 1e-9
                && (l.has_left || (l.uses == 0 && l.taken_tb == 0.0));
            match is_sound {
                true => Ok(()),
                false => Err(format!(
                    "planted {:b}, alive {:b}, taken {} of {}, uses {}",
                    l.planted, l.alive, l.taken_tb, l.appetite_tb, l.uses
                )),
            }
        }
    });
}
