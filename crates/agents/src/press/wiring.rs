//! Which event sets what going in the press; by matter where the event belongs to one.

use std::sync::Arc;

use hotwash_engine::{On, Query, SimBuilder, Single};
use hotwash_incident::events::{
    AccusationWithdrawn, BeliefMoved, BriefingLeaked, ClaimRefuted, Complaints, ExploitUsed,
    PeopleNotified, RecordsRead, ResearchPublished, ResearcherRebutted, StatementReleased,
};
use hotwash_incident::{Ledgers, Party};

use super::{
    Beat, ContradictionDue, DeadlineDue, Desk, NamesDue, Notebook, PressRoom, PrintDue, WeekDue,
    printing, research, systems, with_notebook,
};

type Notebooks<'w, 's, 'a> = Query<'w, 's, &'a mut Notebook>;

/// Beats on which customers' data are what was taken.
fn leaks(desk: &Desk) -> impl Iterator<Item = &Beat> {
    desk.beats.iter().filter(|b| b.leak.is_some())
}

/// What reaches the press, and when it looks.
pub(super) fn hearing(sim: &mut SimBuilder, desk: &Arc<Desk>) {
    let d = Arc::clone(desk);
    sim.on(move |on: On<'_, RecordsRead>, mut books: Notebooks<'_, '_, '_>| {
        for beat in leaks(&d) {
            with_notebook(&mut books, beat, |n| n.records += on.event.count);
        }
    });
    let d = Arc::clone(desk);
    sim.on(move |mut on: On<'_, Complaints>, mut books: Notebooks<'_, '_, '_>| {
        let complaints = on.event;
        for beat in leaks(&d) {
            with_notebook(&mut books, beat, |n| {
                systems::hear_complaints(&mut on, n, &d, beat, complaints);
            });
        }
    });
    let d = Arc::clone(desk);
    let vendors = |moved: &BeliefMoved| moved.party == Party::Vendor;
    sim.on_when(
        vendors,
        move |mut on: On<'_, BeliefMoved>,
              mut books: Notebooks<'_, '_, '_>,
              ledgers: Single<'_, '_, &Ledgers>| {
            let moved = on.event;
            for beat in d.beats.iter().filter(|b| b.breach == moved.proposition) {
                with_notebook(&mut books, beat, |n| {
                    systems::mind_the_silence(&mut on, n, &ledgers, beat);
                });
            }
        },
    );
    let d = Arc::clone(desk);
    sim.on(
        move |mut on: On<'_, WeekDue>,
              mut books: Notebooks<'_, '_, '_>,
              mut ledgers: Single<'_, '_, &mut Ledgers>| {
            let beat = d.beat(on.event.beat);
            with_notebook(&mut books, beat, |n| systems::look(&mut on, n, &mut ledgers, &d, beat));
        },
    );
    let d = Arc::clone(desk);
    sim.on(
        move |mut on: On<'_, PeopleNotified>,
              mut books: Notebooks<'_, '_, '_>,
              mut ledgers: Single<'_, '_, &mut Ledgers>| {
            for beat in leaks(&d) {
                with_notebook(&mut books, beat, |n| {
                    systems::hear_of_letters(&mut on, n, &mut ledgers, &d, beat);
                });
            }
        },
    );
}

/// What researchers, attackers and briefed customers bring.
pub(super) fn research(sim: &mut SimBuilder, desk: &Arc<Desk>) {
    let d = Arc::clone(desk);
    sim.on(
        move |mut on: On<'_, BriefingLeaked>,
              mut books: Notebooks<'_, '_, '_>,
              mut ledgers: Single<'_, '_, &mut Ledgers>| {
            let Some(beat) = d.beat_of(on.event.matter) else { return };
            with_notebook(&mut books, beat, |n| {
                systems::hear_of_briefing(&mut on, n, &mut ledgers, &d, beat);
            });
        },
    );
    if desk.beats.iter().all(|b| b.research.is_none()) {
        return;
    }
    let d = Arc::clone(desk);
    sim.on(
        move |mut on: On<'_, ResearchPublished>,
              mut books: Notebooks<'_, '_, '_>,
              ledgers: Single<'_, '_, &Ledgers>| {
            let published = on.event;
            for (beat, part) in researched(&d) {
                with_notebook(&mut books, beat, |n| {
                    research::published(&mut on, n, &ledgers, &d, (beat, part), published);
                });
            }
        },
    );
    let d = Arc::clone(desk);
    sim.on(
        move |mut on: On<'_, NamesDue>,
              mut books: Notebooks<'_, '_, '_>,
              mut ledgers: Single<'_, '_, &mut Ledgers>| {
            let number = on.event.beat;
            for (beat, part) in researched(&d).filter(|(b, _)| b.number == number) {
                with_notebook(&mut books, beat, |n| {
                    research::learn_name(&mut on, n, &mut ledgers, &d, (beat, part));
                });
            }
        },
    );
    let d = Arc::clone(desk);
    sim.on(
        move |mut on: On<'_, ResearcherRebutted>,
              mut books: Notebooks<'_, '_, '_>,
              ledgers: Single<'_, '_, &Ledgers>| {
            let credibility = on.event.credibility;
            for (beat, part) in researched(&d) {
                with_notebook(&mut books, beat, |n| {
                    research::rebutted(&mut on, n, &ledgers, &d, (beat, part), credibility);
                });
            }
        },
    );
    let d = Arc::clone(desk);
    sim.on(move |_: On<'_, AccusationWithdrawn>, mut books: Notebooks<'_, '_, '_>| {
        for (beat, _) in researched(&d) {
            with_notebook(&mut books, beat, |n| n.is_cooled = true);
        }
    });
    let d = Arc::clone(desk);
    sim.on(move |mut on: On<'_, ExploitUsed>| {
        let number = on.event.number;
        for (beat, part) in researched(&d) {
            research::exploited(&mut on, &d, (beat, part), number);
        }
    });
}

/// Beats that a researcher can feed, with that part of them.
fn researched(desk: &Desk) -> impl Iterator<Item = (&Beat, &super::Research)> {
    desk.beats.iter().filter_map(|b| Some((b, b.research.as_ref()?)))
}

/// What the press does with it.
pub(super) fn printing(sim: &mut SimBuilder, desk: &Arc<Desk>) {
    let d = Arc::clone(desk);
    sim.on(
        move |mut on: On<'_, DeadlineDue>,
              mut room: Single<'_, '_, &mut PressRoom>,
              mut books: Notebooks<'_, '_, '_>,
              mut ledgers: Single<'_, '_, &mut Ledgers>| {
            let due = on.event;
            with_notebook(&mut books, d.beat(due.beat), |n| {
                systems::meet_deadline(&mut on, &mut room, n, &mut ledgers, &d, due);
            });
        },
    );
    let d = Arc::clone(desk);
    sim.on(
        move |mut on: On<'_, PrintDue>,
              mut room: Single<'_, '_, &mut PressRoom>,
              mut books: Notebooks<'_, '_, '_>| {
            let due = on.event;
            with_notebook(&mut books, d.beat(due.beat), |n| {
                printing::print(&mut on, &mut room, n, &d, due);
            });
        },
    );
    let d = Arc::clone(desk);
    sim.on(
        move |mut on: On<'_, StatementReleased>,
              mut room: Single<'_, '_, &mut PressRoom>,
              mut books: Notebooks<'_, '_, '_>,
              ledgers: Single<'_, '_, &Ledgers>| {
            let released = on.event;
            for beat in &d.beats {
                with_notebook(&mut books, beat, |n| {
                    printing::cover_statement(&mut on, n, &d, beat, released);
                });
            }
            printing::notice_taken_back(&mut on, &mut room, &ledgers, &d, released);
        },
    );
    let d = Arc::clone(desk);
    sim.on(
        move |mut on: On<'_, ClaimRefuted>,
              mut room: Single<'_, '_, &mut PressRoom>,
              ledgers: Single<'_, '_, &Ledgers>| {
            let ClaimRefuted { claim, severity } = on.event;
            let claim = ledgers.claims().get(usize::from(claim));
            let matter = claim.and_then(|c| d.case.matter_of(c.proposition));
            printing::note_contradiction(&mut on, &mut room, &d, matter, severity);
        },
    );
    let d = Arc::clone(desk);
    sim.on(move |mut on: On<'_, ContradictionDue>, mut room: Single<'_, '_, &mut PressRoom>| {
        printing::follow_up(&mut on, &mut room, &d);
    });
}
