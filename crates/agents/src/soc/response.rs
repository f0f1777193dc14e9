//! The case, escalation and containment: what security does about what it believes.

use hotwash_engine::{Cx, SimDuration};
use hotwash_incident::events::{
    AccountSuspended, Bearer, BeliefMoved, CostIncurred, CostKind, SuspectWatched,
};
use hotwash_incident::{Ledgers, Party};

use super::decisions::{Channel, Suspect, crosses};
use super::ids::LeakIds;
use super::state::{CaseState, Containment, Piece, Soc};
use super::{
    CaseKind, CaseWeek, HuntMethod, OwnHunt, Shut, SocOrder, WatchOver, WrongFound, hunts, intake,
    kinds,
};

/// Days in a week.
const WEEK: i64 = 7;

/// Obeys an order.
pub(super) fn order(cx: &mut Cx, soc: &mut Soc, ids: &LeakIds, order: SocOrder) {
    match order {
        SocOrder::RouteComplaints => intake::route(cx, soc, ids),
        SocOrder::CollectDetails => intake::collect_details(cx, soc, ids),
        SocOrder::Escalate if joins_leak(ids.has_intrusion, soc) => escalate(cx, soc, ids),
        SocOrder::OpenCase(CaseKind::Leak) => open_leak(cx, soc, ids, "by order"),
        SocOrder::OpenCase(CaseKind::Scam) => close_as_scam(cx, soc, ids),
        SocOrder::Hunt(method) => hunts::begin(cx, soc, ids, method),
        SocOrder::Suspend => contain(cx, soc, ids, Containment::Suspend),
        SocOrder::Watch(span) => contain(cx, soc, ids, Containment::Watch(span)),
        // The rest is the intrusion's.
        _ => {}
    }
}

/// Whether people who join now work on the leak: they do unless the only case is an intrusion's.
fn joins_leak(has_intrusion: bool, soc: &Soc) -> bool {
    let is_intrusion_alone = soc.intruder_crew.asked > 0.0 && !soc.has_leak_case();
    !(has_intrusion && is_intrusion_alone)
}

/// A belief moved: security remembers what first made it suspect, and opens a case by itself.
pub(super) fn belief_moved(cx: &mut Cx, soc: &mut Soc, ids: &LeakIds, event: BeliefMoved) {
    if event.party != Party::Vendor || event.proposition != ids.records {
        return;
    }
    let suspects = cx.value(ids.common.staff.suspects_at);
    if soc.tally.found_by.is_none() && crosses(event.from, event.to, suspects) {
        soc.tally.found_by = Some(Channel::Others);
    }
    let is_undecided = matches!(soc.case.state, CaseState::None | CaseState::Scam);
    if is_undecided && event.to >= cx.value(ids.common.staff.opens_at) {
        open_leak(cx, soc, ids, "on the strength of the evidence");
    }
}

/// Opens a leak case: analysts leave the alert queue for it.
fn open_leak(cx: &mut Cx, soc: &mut Soc, ids: &LeakIds, how: &'static str) {
    if matches!(soc.case.state, CaseState::Leak | CaseState::Done) {
        return;
    }
    let now = cx.now();
    soc.case.state = CaseState::Leak;
    soc.case.opening += 1;
    soc.case.crew.asked = cx.value(ids.common.staff.staff);
    soc.share_out(cx, &ids.common);
    let (staff, left) = (soc.team(), soc.left(&ids.common));
    let kind = if soc.case.opening == 1 { &kinds::CASE_OPENED } else { &kinds::CASE_REOPENED };
    cx.note(kind, ids.soc.id, |n| n.with("staff", staff).with("left", left).with("how", how));
    cx.reach(ids.case_opened);
    intake::hurry(cx, soc, ids);
    let opening = soc.case.opening;
    soc.case.last_lead = now;
    cx.after(SimDuration::from_days(WEEK), CaseWeek { opening });
    let own = cx.value_span(ids.common.staff.own_hunt);
    cx.after(own, OwnHunt { opening });
}

/// A team that nobody has told how to look begins with the obvious.
pub(super) fn own_hunt(cx: &mut Cx, soc: &mut Soc, ids: &LeakIds, opening: u32) {
    let has_begun = soc.hunts[HuntMethod::Correlation as usize].rounds > 0;
    if soc.has_leak_case() && opening == soc.case.opening && !has_begun {
        hunts::begin(cx, soc, ids, HuntMethod::Correlation);
    }
}

/// The matter is put down as ordinary fraud until the evidence says otherwise.
fn close_as_scam(cx: &mut Cx, soc: &mut Soc, ids: &LeakIds) {
    if matches!(soc.case.state, CaseState::Scam | CaseState::Done) {
        return;
    }
    release_team(cx, soc, ids);
    soc.case.state = CaseState::Scam;
    cx.note(&kinds::CASE_SCAM, ids.soc.id, |n| n);
}

/// The team goes back to its work.
fn release_team(cx: &mut Cx, soc: &mut Soc, ids: &LeakIds) {
    // They are paid and the alerts worked out before they leave.
    soc.pay(cx, &ids.common);
    soc.case.crew.asked = 0.0;
    soc.case.crew.escalated = 0.0;
    soc.share_out(cx, &ids.common);
}

/// A week of the case has passed.
pub(super) fn case_week(cx: &mut Cx, soc: &mut Soc, ids: &LeakIds, opening: u32) {
    if soc.has_leak_case() && opening == soc.case.opening {
        soc.pay(cx, &ids.common);
        let quiet = cx.now() - soc.case.last_lead;
        // A suspect whose account is open is a lead.
        let has_lead =
            soc.suspicion.suspect != Suspect::Nobody || soc.hunts.iter().any(|h| h.is_running);
        if quiet > cx.value_span(ids.common.staff.stale) && !has_lead {
            release_team(cx, soc, ids);
            soc.case.state = CaseState::None;
            note_closed(cx, soc, ids, "no lead is left");
            return;
        }
        cx.after(SimDuration::from_days(WEEK), CaseWeek { opening });
    }
}

fn note_closed(cx: &mut Cx, soc: &Soc, ids: &LeakIds, why: &'static str) {
    // The first time and for good are news; winding down a case that was taken up again is not.
    let is_news = soc.case.opening == 1 || soc.suspicion.suspect != Suspect::Nobody;
    let kind = if is_news { &kinds::CASE_CLOSED } else { &kinds::CASE_CLOSED_AGAIN };
    cx.note(kind, ids.soc.id, |n| n.with("why", why));
}

/// People from other departments join, at the price of their own work.
fn escalate(cx: &mut Cx, soc: &mut Soc, ids: &LeakIds) {
    if soc.case.state == CaseState::Done {
        return;
    }
    soc.pay(cx, &ids.common);
    let staff = cx.value(ids.common.staff.escalation_staff);
    soc.case.crew.escalated += staff;
    cx.note(&kinds::ESCALATED, ids.soc.id, |n| n.with("staff", staff));
    let usd = cx.value(ids.common.staff.escalation);
    cx.send(CostIncurred { kind: CostKind::Disruption, bearer: Bearer::Vendor, usd });
}

/// Security has a suspect. A better-founded name replaces a bystander's.
pub(super) fn name_suspect(
    cx: &mut Cx,
    soc: &mut Soc,
    ids: &LeakIds,
    suspect: Suspect,
    how: &'static str,
) {
    let known = soc.suspicion.suspect;
    if known == Suspect::Insider || known == suspect || soc.suspicion.is_contained {
        return;
    }
    soc.suspicion.suspect = suspect;
    cx.note(&kinds::NAMED, ids.soc.id, |n| n.with("how", how));
    cx.reach(ids.suspect_named);
    carry_out(cx, soc, ids);
}

/// The order to shut or to watch the account; it stands until there is somebody to apply it to.
fn contain(cx: &mut Cx, soc: &mut Soc, ids: &LeakIds, order: Containment) {
    if soc.suspicion.is_contained {
        return;
    }
    soc.suspicion.order = order;
    if soc.suspicion.suspect == Suspect::Nobody {
        cx.note(&kinds::NOBODY, ids.soc.id, |n| n);
        hunts::begin(cx, soc, ids, HuntMethod::Correlation);
    } else {
        carry_out(cx, soc, ids);
    }
}

/// Applies the standing order to the suspect.
fn carry_out(cx: &mut Cx, soc: &mut Soc, ids: &LeakIds) {
    match soc.suspicion.order {
        Containment::None => {}
        Containment::Suspend => shut_soon(cx, soc, ids),
        Containment::Watch(span) if soc.suspicion.watched_until.is_none() => {
            let until = cx.now() + span.max(SimDuration::ZERO);
            soc.suspicion.watched_until = Some(until);
            cx.note(&kinds::WATCHES, ids.soc.id, |n| n.with("until", until));
            if soc.suspicion.suspect == Suspect::Insider {
                cx.send(SuspectWatched { until_ms: until.ms() });
            }
            cx.at(until, WatchOver {});
        }
        Containment::Watch(_) => {
            // A watch moved from a bystander to the insider goes on for what is left of it.
            if let (Some(until), Suspect::Insider) =
                (soc.suspicion.watched_until, soc.suspicion.suspect)
                && until > cx.now()
            {
                cx.send(SuspectWatched { until_ms: until.ms() });
            }
        }
    }
}

fn shut_soon(cx: &mut Cx, soc: &mut Soc, ids: &LeakIds) {
    if !soc.suspicion.is_shutting {
        soc.suspicion.is_shutting = true;
        let takes = cx.value_span(ids.containment.shut);
        cx.after(takes, Shut {});
    }
}

/// The watch is over: the account is shut, unless it was an innocent's and that has come out.
pub(super) fn watch_over(cx: &mut Cx, soc: &mut Soc, ids: &LeakIds) {
    let is_current = matches!(soc.suspicion.order, Containment::Watch(_));
    if !is_current || soc.suspicion.is_contained {
        return;
    }
    soc.suspicion.order = Containment::Suspend;
    soc.suspicion.watched_until = None;
    if soc.suspicion.suspect == Suspect::Bystander {
        let clears = cx.value(ids.containment.watch_clears);
        if cx.draw_at(ids.streams.wrong, soc.tally.wrong_suspensions).chance(clears) {
            soc.suspicion.suspect = Suspect::Nobody;
            cx.note(&kinds::CLEARED, ids.soc.id, |n| n);
            start_anew(cx, soc, ids);
            return;
        }
    }
    if soc.suspicion.suspect != Suspect::Nobody {
        shut_soon(cx, soc, ids);
    }
}

/// The account is shut: the insider's, or a bystander's.
pub(super) fn shut(cx: &mut Cx, soc: &mut Soc, ids: &LeakIds) {
    soc.suspicion.is_shutting = false;
    match soc.suspicion.suspect {
        Suspect::Nobody => {}
        Suspect::Insider if !soc.suspicion.is_contained => {
            soc.suspicion.is_contained = true;
            cx.note(&kinds::SUSPENDED, ids.soc.id, |n| n);
            cx.reach(ids.contained);
            cx.send(AccountSuspended {});
            case_done(cx, soc, ids);
        }
        Suspect::Bystander if !soc.suspicion.is_wrong_shut => {
            soc.suspicion.is_wrong_shut = true;
            soc.tally.wrong_suspensions += 1;
            cx.note(&kinds::SUSPENDED, ids.soc.id, |n| n);
            cx.note(&kinds::WRONG, ids.soc.id, |n| n);
            let usd = cx.value(ids.containment.wrong_cost);
            cx.send(CostIncurred { kind: CostKind::Disruption, bearer: Bearer::Vendor, usd });
            let takes = cx.value_span(ids.containment.wrong_found);
            cx.after(takes, WrongFound {});
            case_done(cx, soc, ids);
        }
        Suspect::Insider | Suspect::Bystander => {}
    }
}

/// With the account shut the team goes home, whether it was the right one or not.
fn case_done(cx: &mut Cx, soc: &mut Soc, ids: &LeakIds) {
    if soc.has_leak_case() {
        release_team(cx, soc, ids);
        note_closed(cx, soc, ids, "the account is shut");
    }
    soc.case.state = CaseState::Done;
}

/// The suspended agent turns out to be innocent: the case is taken up again.
pub(super) fn wrong_found(cx: &mut Cx, soc: &mut Soc, ledgers: &mut Ledgers, ids: &LeakIds) {
    soc.suspicion.is_wrong_shut = false;
    cx.note(&kinds::WRONG_FOUND, ids.soc.id, |n| n);
    let piece = Piece {
        evidence: ids.evidence.interview_empty,
        credibility: cx.value(ids.credibility.interview),
        pieces: 1,
        channel: Channel::Search,
    };
    soc.find(cx, ledgers, ids, piece);
    if soc.suspicion.suspect == Suspect::Bystander {
        soc.suspicion.suspect = Suspect::Nobody;
        soc.case.state = CaseState::None;
        open_leak(cx, soc, ids, "since the wrong one was suspended");
        start_anew(cx, soc, ids);
    }
}

/// The wrong name is struck; what the logs say is read again.
fn start_anew(cx: &mut Cx, soc: &mut Soc, ids: &LeakIds) {
    soc.hunts[HuntMethod::Correlation as usize].counted = 0;
    hunts::begin(cx, soc, ids, HuntMethod::Correlation);
}
