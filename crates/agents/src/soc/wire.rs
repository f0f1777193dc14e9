//! Which handler runs for which event.

use std::sync::Arc;

use hotwash_engine::{Cx, End, On, SimBuilder, Single};
use hotwash_incident::Ledgers;
use hotwash_incident::case::SharedCase;
use hotwash_incident::events::{
    AccessAlert, BeliefMoved, CanaryCalled, Complaints, LeadsSold, OutsideTip, RecordsRead,
    SecurityTold,
};

use super::ids::{Common, LeakIds};
use super::state::Soc;
use super::{
    Alarm, AlertRead, CallBack, CanarySeen, CaseWeek, DeskWorks, Heard, HuntAgain, HuntDone, Look,
    OwnCanaryRings, OwnHunt, Shut, SocOrder, TipRead, WatchOver, WrongFound, hunts, intake,
    response, triage,
};

/// Registers all handlers of the leak.
pub(super) fn wire(sim: &mut SimBuilder, book: &SharedCase, ids: LeakIds) {
    wire_intake(sim, ids);
    wire_triage(sim, ids);
    wire_tips(sim, book, ids);
    wire_told(sim, book, ids);
    wire_hunts(sim, ids);
    wire_response(sim, ids);
}

/// Registers a handler on security's state, or on that and the ledgers.
macro_rules! handle {
    ($sim:ident, $event:ty, |$on:ident, $e:pat_param, $soc:ident| $call:expr) => {
        $sim.on(move |mut on: On<'_, $event>, mut soc: Single<'_, '_, &mut Soc>| {
            let $e = on.event;
            let ($on, $soc): (&mut Cx, &mut Soc) = (&mut on, &mut soc);
            $call
        })
    };
    ($sim:ident, $event:ty, |$on:ident, $e:pat_param, $soc:ident, $l:ident| $call:expr) => {
        $sim.on(
            move |mut on: On<'_, $event>,
                  mut soc: Single<'_, '_, &mut Soc>,
                  mut ledgers: Single<'_, '_, &mut Ledgers>| {
                let $e = on.event;
                let ($on, $soc, $l): (&mut Cx, &mut Soc, &mut Ledgers) =
                    (&mut on, &mut soc, &mut ledgers);
                $call
            },
        )
    };
}

fn wire_intake(sim: &mut SimBuilder, ids: LeakIds) {
    handle!(sim, Complaints, |on, event, soc| intake::complaints(on, soc, event));
    handle!(sim, DeskWorks, |on, _, soc, ledgers| intake::desk_works(on, soc, ledgers, &ids));
    handle!(sim, Look, |on, _, soc, ledgers| intake::look(on, soc, ledgers, &ids));
    handle!(sim, CallBack, |on, event, soc| {
        intake::called_back(on, soc, &ids, event.callbacks)
    });
}

fn wire_triage(sim: &mut SimBuilder, ids: LeakIds) {
    handle!(sim, AccessAlert, |on, event, soc, ledgers| {
        triage::alert(on, soc, ledgers, &ids, event.is_real)
    });
    handle!(sim, AlertRead, |on, event, soc, ledgers| {
        triage::alert_read(on, soc, ledgers, &ids, event.is_believed)
    });
    handle!(sim, CanaryCalled, |on, event, soc, ledgers| {
        triage::canary_called(on, soc, ledgers, &ids, event)
    });
    handle!(sim, CanarySeen, |on, _, soc, ledgers| triage::canary_seen(on, soc, ledgers, &ids));
    handle!(sim, TipRead, |on, event, soc, ledgers| {
        triage::tip_read(on, soc, ledgers, &ids, event)
    });
}

/// Tips on another matter are not the leak's.
fn wire_tips(sim: &mut SimBuilder, book: &SharedCase, ids: LeakIds) {
    let (book, own) = (Arc::clone(book), book.matter_of(ids.records));
    handle!(sim, OutsideTip, |on, event, soc, ledgers| {
        let about = book.matter_of_evidence(event.evidence);
        if about.is_none() || about == own {
            triage::tip(on, soc, ledgers, &ids, event);
        }
    });
}

/// Nor is what the house tells of another matter.
fn wire_told(sim: &mut SimBuilder, book: &SharedCase, ids: LeakIds) {
    let own = book.matter_of(ids.records);
    handle!(sim, SecurityTold, |on, event, _soc, ledgers| {
        if Some(event.matter) == own {
            triage::told(on, ledgers, &ids, event);
        }
    });
    handle!(sim, Heard, |on, event, soc, ledgers| {
        triage::heard(on, soc, ledgers, &ids, event.told);
    });
}

fn wire_hunts(sim: &mut SimBuilder, ids: LeakIds) {
    handle!(sim, HuntDone, |on, event, soc, ledgers| {
        hunts::done(on, soc, ledgers, &ids, event.method)
    });
    handle!(sim, HuntAgain, |on, _, soc| hunts::again(on, soc, &ids));
    handle!(sim, LeadsSold, |on, _, soc| hunts::leads_sold(on, soc, &ids));
    handle!(sim, OwnCanaryRings, |on, _, soc, ledgers| {
        hunts::own_canary(on, soc, ledgers, &ids)
    });
    sim.on(|mut on: On<'_, Alarm>| hunts::alarmed(&mut on));
    handle!(sim, RecordsRead, |on, _, soc| {
        let now = on.now();
        let first = soc.theft.read.map_or(now, |(first, _)| first);
        soc.theft.read = Some((first, now));
    });
}

fn wire_response(sim: &mut SimBuilder, ids: LeakIds) {
    handle!(sim, SocOrder, |on, event, soc| response::order(on, soc, &ids, event));
    handle!(sim, BeliefMoved, |on, event, soc| response::belief_moved(on, soc, &ids, event));
    handle!(sim, CaseWeek, |on, event, soc| response::case_week(on, soc, &ids, event.opening));
    handle!(sim, OwnHunt, |on, event, soc| response::own_hunt(on, soc, &ids, event.opening));
    handle!(sim, Shut, |on, _, soc| response::shut(on, soc, &ids));
    handle!(sim, WatchOver, |on, _, soc| response::watch_over(on, soc, &ids));
    handle!(sim, WrongFound, |on, _, soc, ledgers| {
        response::wrong_found(on, soc, ledgers, &ids)
    });
}

/// Registers what the end of the run asks of the staff.
pub(super) fn wire_end(sim: &mut SimBuilder, common: Common) {
    handle!(sim, End, |on, _, soc| {
        soc.work_queue(on, &common);
        soc.pay(on, &common);
    });
}
