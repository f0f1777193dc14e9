//! Which event sets what going on a docket.

use std::sync::Arc;

use hotwash_engine::{End, On, Query, SimBuilder, SimTime, Single, Start};
use hotwash_incident::Ledgers;
use hotwash_incident::events::{
    ArticlePublished, BeliefMoved, PeopleNotified, PoliceHold, StatementReleased,
};

use super::{
    AskDue, Bench, DeadlinePassed, Docket, FilingReady, RegulatorOrder, WarningReady, systems,
};

type Dockets<'w, 's, 'a> = Query<'w, 's, &'a mut Docket>;

/// Calls with the docket of a matter.
fn with_docket(dockets: &mut Dockets<'_, '_, '_>, bench: &Bench, then: impl FnOnce(&mut Docket)) {
    if let Ok(mut docket) = dockets.get_mut(bench.actor.entity) {
        then(&mut docket);
    }
}

/// Clocks: what starts them, what puts them off, and when they run out.
pub(super) fn clocks(sim: &mut SimBuilder, bench: &Arc<Bench>) {
    let b = Arc::clone(bench);
    sim.on(move |mut on: On<'_, Start>, mut dockets: Dockets<'_, '_, '_>| {
        with_docket(&mut dockets, &b, |d| systems::draw_harm_tests(&mut on, d, &b));
    });
    let b = Arc::clone(bench);
    let breach = b.breach;
    sim.on_when(
        move |moved: &BeliefMoved| systems::is_watched(moved, breach),
        move |mut on: On<'_, BeliefMoved>,
              mut dockets: Dockets<'_, '_, '_>,
              ledgers: Single<'_, '_, &Ledgers>| {
            let moved = on.event;
            with_docket(&mut dockets, &b, |d| {
                systems::watch_belief(&mut on, d, &ledgers, &b, moved);
            });
        },
    );
    let b = Arc::clone(bench);
    sim.on(move |mut on: On<'_, PoliceHold>, mut dockets: Dockets<'_, '_, '_>| {
        if on.event.matter != b.matter {
            return;
        }
        let until = SimTime::from_ms(on.event.until_ms);
        with_docket(&mut dockets, &b, |d| systems::put_off(&mut on, d, &b, until));
    });
    let b = Arc::clone(bench);
    sim.on(move |mut on: On<'_, DeadlinePassed>, mut dockets: Dockets<'_, '_, '_>| {
        let DeadlinePassed { matter, duty } = on.event;
        if matter == b.matter {
            with_docket(&mut dockets, &b, |d| {
                systems::deadline_passed(&mut on, d, &b, usize::from(duty));
            });
        }
    });
    let b = Arc::clone(bench);
    sim.on(
        move |mut on: On<'_, End>,
              mut dockets: Dockets<'_, '_, '_>,
              ledgers: Single<'_, '_, &Ledgers>| {
            with_docket(&mut dockets, &b, |d| systems::settle_fines(&mut on, d, &ledgers, &b));
        },
    );
}

/// Duties: what meets them, and what an authority does that was not told.
pub(super) fn duties(sim: &mut SimBuilder, bench: &Arc<Bench>) {
    filings(sim, bench);
    let b = Arc::clone(bench);
    sim.on(move |on: On<'_, PeopleNotified>, mut dockets: Dockets<'_, '_, '_>| {
        if b.has_people {
            with_docket(&mut dockets, &b, |d| systems::people_told(&on, d, &b));
        }
    });
    let b = Arc::clone(bench);
    sim.on(
        move |mut on: On<'_, StatementReleased>,
              mut dockets: Dockets<'_, '_, '_>,
              ledgers: Single<'_, '_, &Ledgers>| {
            if ledgers.affirmed_at(b.breach).is_some() {
                with_docket(&mut dockets, &b, |d| systems::told_in_public(&mut on, d, &b));
            }
        },
    );
    let b = Arc::clone(bench);
    sim.on(move |mut on: On<'_, ArticlePublished>, mut dockets: Dockets<'_, '_, '_>| {
        if on.event.story == b.exposing_story && on.event.matter == b.matter {
            with_docket(&mut dockets, &b, |d| systems::expect_report(&mut on, d, &b));
        }
    });
    let b = Arc::clone(bench);
    sim.on(move |mut on: On<'_, AskDue>, mut dockets: Dockets<'_, '_, '_>| {
        if on.event.matter == b.matter {
            with_docket(&mut dockets, &b, |d| systems::ask(&mut on, d, &b));
        }
    });
}

/// Early warnings and reports.
fn filings(sim: &mut SimBuilder, bench: &Arc<Bench>) {
    let b = Arc::clone(bench);
    sim.on(move |mut on: On<'_, RegulatorOrder>, mut dockets: Dockets<'_, '_, '_>| {
        let order = on.event;
        with_docket(&mut dockets, &b, |d| {
            if systems::is_meant(order, d, &b) {
                systems::prepare_filing(&mut on, d, &b);
            }
        });
    });
    let b = Arc::clone(bench);
    sim.on(move |mut on: On<'_, WarningReady>, mut dockets: Dockets<'_, '_, '_>| {
        if on.event.matter == b.matter {
            with_docket(&mut dockets, &b, |d| systems::warn_early(&mut on, d, &b));
        }
    });
    let b = Arc::clone(bench);
    sim.on(
        move |mut on: On<'_, FilingReady>,
              mut dockets: Dockets<'_, '_, '_>,
              mut ledgers: Single<'_, '_, &mut Ledgers>| {
            if on.event.matter == b.matter {
                with_docket(&mut dockets, &b, |d| systems::file(&mut on, d, &mut ledgers, &b));
            }
        },
    );
}
