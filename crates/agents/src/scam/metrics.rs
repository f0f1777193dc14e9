//! Metrics and the invariant of the call centre.

use hotwash_engine::{Actor, Better, MetricInfo, SimBuilder};

use super::Scam;

pub(super) fn declare(sim: &mut SimBuilder, actor: Actor) {
    let info = |name, unit, about| MetricInfo {
        name,
        unit,
        better: Better::Lower,
        bearer: "customers",
        about,
    };
    sim.metric(
        info(
            "customers-called",
            "customers",
            "customers whom the callers reached with stolen data, each counted once",
        ),
        move |v| Some(v.get::<Scam>(actor).answered as f64),
    );
    sim.metric(
        info("calling-days", "days", "days on which the call centre worked on the stolen records"),
        move |v| Some(v.get::<Scam>(actor).days as f64),
    );
    sim.invariant("every number bought is open, reached or given up", move |view| {
        let scam = view.get::<Scam>(actor);
        let open: u64 = scam.open.iter().sum();
        let spent = open + scam.answered + scam.given_up;
        if spent != scam.bought || scam.victims > scam.answered {
            return Err(format!(
                "bought {}, open {open}, reached {}, given up {}, victims {}",
                scam.bought, scam.answered, scam.given_up, scam.victims
            ));
        }
        Ok(())
    });
}
