//! Which handler of the intrusion runs for which event.

use std::sync::Arc;

use hotwash_engine::{End, On, SimBuilder, Single, Start};
use hotwash_incident::case::SharedCase;
use hotwash_incident::events::{
    ArticlePublished, BeliefMoved, HostAlert, OutsideTip, SampleHandedOver, SecurityTold,
};
use hotwash_incident::{Footprints, Ledgers};

use super::ids::IntrusionIds;
use super::state::{IntrusionWork, Scene};
use super::{
    Compared, ExpertsArrive, HostAlertRead, HuntRound, IntrusionHeard, IntrusionOwnSearch,
    IntrusionTipRead, IntrusionWeek, JobDone, MeasureDone, Quiet, Release, Unblock, alerts, case,
    intake, jobs, measures, search,
};
use crate::soc::state::Soc;
use crate::soc::{IntruderCrewMoved, SocOrder};

/// Registers a handler on the whole scene.
macro_rules! handle {
    ($sim:ident, $ids:ident, $event:ty, |$scene:ident, $e:pat_param| $call:expr) => {{
        let ids = Arc::clone($ids);
        $sim.on(
            move |mut on: On<'_, $event>,
                  mut soc: Single<'_, '_, &mut Soc>,
                  mut work: Single<'_, '_, &mut IntrusionWork>,
                  mut ledgers: Single<'_, '_, &mut Ledgers>,
                  logs: Single<'_, '_, &Footprints>| {
                let $e = on.event;
                let $scene = &mut Scene {
                    cx: &mut on,
                    soc: &mut soc,
                    work: &mut work,
                    ledgers: &mut ledgers,
                    trails: &logs.trails,
                    ids: &ids,
                };
                $call
            },
        );
    }};
}

/// Registers all handlers.
pub(super) fn wire(sim: &mut SimBuilder, book: &SharedCase, ids: &Arc<IntrusionIds>) {
    let start = sim.start();
    handle!(sim, ids, Start, |scene, _| search::begin_hunts(scene));
    wire_intake(sim, book, ids);
    wire_work(sim, ids);
    handle!(sim, ids, End, |scene, _| case::end(scene, start));
}

fn wire_intake(sim: &mut SimBuilder, book: &SharedCase, ids: &Arc<IntrusionIds>) {
    handle!(sim, ids, HostAlert, |scene, event| alerts::alert(scene, event));
    handle!(sim, ids, HostAlertRead, |scene, event| alerts::read(scene, event));
    let book = Arc::clone(book);
    handle!(sim, ids, OutsideTip, |scene, event| {
        // Tips on another matter are not this one's; tips on none are the leak's, if there is one.
        let about = book.matter_of_evidence(event.evidence);
        let is_ours = about.map_or(!scene.ids.has_leak, |matter| matter == scene.ids.matter);
        if is_ours {
            intake::tip(scene, event);
        }
    });
    handle!(sim, ids, SecurityTold, |scene, event| {
        if event.matter == scene.ids.matter {
            intake::told(scene, event);
        }
    });
    handle!(sim, ids, IntrusionHeard, |scene, event| intake::heard(scene, event.told));
    handle!(sim, ids, IntrusionTipRead, |scene, event| intake::tip_read(scene, event));
    handle!(sim, ids, SampleHandedOver, |scene, event| intake::sample(scene, event));
    handle!(sim, ids, Compared, |scene, event| intake::compared(scene, event.kind));
    handle!(sim, ids, ArticlePublished, |scene, event| intake::article(scene, event));
    handle!(sim, ids, BeliefMoved, |scene, event| case::belief_moved(scene, event));
}

fn wire_work(sim: &mut SimBuilder, ids: &Arc<IntrusionIds>) {
    handle!(sim, ids, SocOrder, |scene, event| case::order(scene, event));
    handle!(sim, ids, IntrusionWeek, |scene, event| case::week(scene, event.opening));
    handle!(sim, ids, IntrusionOwnSearch, |scene, event| case::own_search(scene, event.opening));
    handle!(sim, ids, ExpertsArrive, |scene, _| case::experts_arrive(scene));
    handle!(sim, ids, IntruderCrewMoved, |scene, _| jobs::team_changed(scene));
    handle!(sim, ids, JobDone, |scene, event| jobs::done(scene, event.number));
    handle!(sim, ids, HuntRound, |scene, _| search::hunt_round(scene));
    handle!(sim, ids, MeasureDone, |scene, event| measures::done(scene, event.measure));
    handle!(sim, ids, Release, |scene, event| measures::release(scene, event));
    handle!(sim, ids, Unblock, |scene, event| measures::unblock(scene, event.number));
    handle!(sim, ids, Quiet, |scene, event| measures::quiet(scene, event.round));
}
