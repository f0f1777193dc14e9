//! The intrusion case: who works on it, from when to when, and when it is taken up again.

use hotwash_engine::{SimDuration, SimTime};
use hotwash_incident::Party;
use hotwash_incident::events::{BeliefMoved, CostKind};

use super::state::{CaseState, Scene};
use super::{
    ExpertsArrive, IntrusionOwnSearch, IntrusionWeek, intake, jobs, kinds, measures, search,
};
use crate::soc::SocOrder;
use crate::soc::decisions::{Channel, crosses};

/// Days in a week.
const WEEK: i64 = 7;
/// Days in a year, for what is paid by the year.
const YEAR_DAYS: f64 = 365.25;

/// Obeys an order.
pub(super) fn order(scene: &mut Scene<'_>, order: SocOrder) {
    match order {
        SocOrder::OpenIntrusionCase => open(scene, "by order"),
        SocOrder::Escalate if joins_intrusion(scene) => escalate(scene),
        SocOrder::VerifyTip => search::verify(scene),
        SocOrder::ScopeIntrusion => search::scope(scene),
        SocOrder::CompareSample => intake::compare(scene),
        SocOrder::HireForensics => hire(scene),
        _ => measures::order(scene, order),
    }
}

/// Whether people who join now work on the intrusion: where the leak has no case and this has one, or
/// where there is no leak to work on.
fn joins_intrusion(scene: &Scene<'_>) -> bool {
    !scene.ids.has_leak || (scene.work.is_open() && !scene.soc.has_leak_case())
}

/// A belief moved: security remembers what first made it suspect, and opens a case by itself.
pub(super) fn belief_moved(scene: &mut Scene<'_>, event: BeliefMoved) {
    if event.party != Party::Vendor || event.proposition != scene.ids.entered {
        return;
    }
    let suspects = scene.cx.value(scene.ids.common.staff.suspects_at);
    if scene.work.tally.found_by.is_none() && crosses(event.from, event.to, suspects) {
        // Not by what security told the ledger itself, which is remembered there.
        let is_exposed = scene.cx.reached(scene.ids.exposed).is_some();
        let by = if is_exposed { Channel::Press } else { Channel::Others };
        scene.work.tally.found_by = Some(by);
        scene.first_signal("word from outside");
    }
    let opens = scene.cx.value(scene.ids.common.staff.opens_at);
    if scene.work.case.state == CaseState::None && event.to > event.from && event.to >= opens {
        open(scene, "on the strength of the evidence");
    }
}

/// Opens the case, or takes it up again: analysts leave the alert queue for it.
pub(super) fn open(scene: &mut Scene<'_>, how: &'static str) {
    if scene.work.is_open() {
        return;
    }
    let common = scene.ids.common;
    scene.work.case.state = CaseState::Open;
    scene.work.case.opening += 1;
    scene.work.case.last_lead = scene.cx.now();
    scene.soc.intruder_crew.asked = scene.cx.value(common.staff.staff);
    scene.soc.share_out(scene.cx, &common);
    let opening = scene.work.case.opening;
    let kind = match opening {
        1 => &kinds::CASE_OPENED,
        2 => &kinds::CASE_REOPENED,
        _ => &kinds::CASE_REOPENED_AGAIN,
    };
    let (staff, left) = (scene.soc.intruder_crew.team(), scene.soc.left(&common));
    scene
        .cx
        .note(kind, common.soc.id, |n| n.with("staff", staff).with("left", left).with("how", how));
    scene.cx.reach(scene.ids.case_opened);
    scene.cx.after(SimDuration::from_days(WEEK), IntrusionWeek { opening });
    let own = scene.cx.value_span(common.staff.own_hunt);
    scene.cx.after(own, IntrusionOwnSearch { opening });
    intake::compare(scene);
}

/// Takes the case up again for something that is ordered after the intruder was taken to be out: people
/// come back for it, and the case is closed again when all is done and quiet.
pub(super) fn take_up(scene: &mut Scene<'_>) {
    if scene.work.case.state == CaseState::Out {
        open(scene, "for what was ordered since");
    }
}

/// The team goes back to its work.
fn close(scene: &mut Scene<'_>, state: CaseState, why: &'static str) {
    let common = scene.ids.common;
    scene.soc.pay(scene.cx, &common);
    scene.work.case.state = state;
    scene.soc.intruder_crew.asked = 0.0;
    scene.soc.intruder_crew.escalated = 0.0;
    scene.soc.intruder_crew.hired = 0.0;
    scene.soc.share_out(scene.cx, &common);
    jobs::team_changed(scene);
    scene.work.case.has_experts = false;
    scene.work.case.is_called = false;
    let again = scene.work.case.opening > 1;
    let kind = if again { &kinds::CASE_CLOSED_AGAIN } else { &kinds::CASE_CLOSED };
    scene.cx.note(kind, common.soc.id, |n| n.with("why", why));
}

/// A week of the case has passed.
pub(super) fn week(scene: &mut Scene<'_>, opening: u32) {
    if !scene.work.is_open() || opening != scene.work.case.opening {
        return;
    }
    let common = scene.ids.common;
    scene.soc.pay(scene.cx, &common);
    let quiet = scene.cx.now() - scene.work.case.last_lead;
    if quiet > scene.cx.value_span(common.staff.stale) && !is_busy(scene) {
        if scene.work.measures.done_at.is_some() {
            measures::thought_out(scene);
        } else {
            close(scene, CaseState::None, "no lead is left");
        }
        return;
    }
    scene.cx.after(SimDuration::from_days(WEEK), IntrusionWeek { opening });
}

/// Whether something is under way.
pub(super) fn is_busy(scene: &Scene<'_>) -> bool {
    let s = &scene.work.search;
    s.is_verifying || s.is_scoping || scene.work.measures.pending > 0
}

/// A team that nobody has told how to look begins with the whole network.
pub(super) fn own_search(scene: &mut Scene<'_>, opening: u32) {
    let is_current = scene.work.is_open() && opening == scene.work.case.opening;
    let has_looked = scene.work.search.rounds > 0 || scene.work.search.verified > 0;
    if is_current && !has_looked {
        search::scope(scene);
    }
}

/// The intruder is taken to be out: the case is closed.
pub(super) fn out(scene: &mut Scene<'_>) {
    if scene.work.is_open() {
        close(scene, CaseState::Out, "the intruder is taken to be out");
    }
    scene.work.case.state = CaseState::Out;
}

/// Something that the intruder did at an instant was noticed. If that was after everything ordered
/// against it had been done, it is still there, and the same is done again.
pub(super) fn seen_again(scene: &mut Scene<'_>, at: SimTime, how: &'static str) {
    let is_after = scene.work.measures.done_at.is_some_and(|done| at > done);
    if !is_after || scene.work.measures.pending > 0 {
        return;
    }
    scene.work.tally.seen_again += 1;
    let again = scene.work.tally.seen_again > 1;
    let kind = if again { &kinds::STILL_IN_AGAIN } else { &kinds::STILL_IN };
    scene.cx.note(kind, scene.ids.common.soc.id, |n| n.with("how", how));
    scene.work.case.state = match scene.work.case.state {
        CaseState::Out => CaseState::None,
        other => other,
    };
    open(scene, "since the intruder was seen again");
    measures::repeat(scene);
}

/// People from other departments join, at the price of their own work.
fn escalate(scene: &mut Scene<'_>) {
    let common = scene.ids.common;
    open(scene, "with people from other departments");
    scene.soc.pay(scene.cx, &common);
    let staff = scene.cx.value(common.staff.escalation_staff);
    scene.soc.intruder_crew.escalated += staff;
    let kind = &crate::soc::kinds::ESCALATED;
    scene.cx.note(kind, common.soc.id, |n| n.with("staff", staff));
    jobs::team_changed(scene);
    let usd = scene.cx.value(common.staff.escalation);
    scene.pay(CostKind::Disruption, usd);
}

/// Outside responders are called.
fn hire(scene: &mut Scene<'_>) {
    if scene.work.case.is_called {
        return;
    }
    open(scene, "with outside responders");
    scene.work.case.is_called = true;
    let f = &scene.ids.forensics;
    let slow = scene.cx.value_span(f.arrives);
    let takes =
        if scene.ids.has_retainer { scene.cx.value_span(f.retained).min(slow) } else { slow };
    let until = scene.cx.now() + takes;
    scene.cx.note(&kinds::HIRED, scene.ids.common.soc.id, |n| n.with("until", until));
    scene.cx.at(until, ExpertsArrive {});
}

/// They have come.
pub(super) fn experts_arrive(scene: &mut Scene<'_>) {
    if !scene.work.case.is_called || scene.work.case.has_experts {
        return;
    }
    let common = scene.ids.common;
    scene.soc.pay(scene.cx, &common);
    scene.work.case.has_experts = true;
    let staff = scene.cx.value(scene.ids.forensics.staff);
    scene.soc.intruder_crew.hired = staff;
    scene.cx.note(&kinds::ARRIVED, common.soc.id, |n| n.with("staff", staff));
    jobs::team_changed(scene);
    let usd = scene.cx.value(scene.ids.forensics.usd);
    scene.pay(CostKind::Investigation, usd);
}

/// The end of the run: what is paid by the year, and what still stands still.
pub(super) fn end(scene: &mut Scene<'_>, start: SimTime) {
    if scene.ids.has_retainer {
        let years = (scene.cx.now() - start).days() / YEAR_DAYS;
        let usd = scene.cx.value(scene.ids.forensics.retainer_usd_per_year) * years;
        scene.pay(CostKind::Investigation, usd);
    }
    measures::settle(scene);
}
