//! Handlers of police and prosecutors.

use hotwash_engine::{Cx, SimTime};
use hotwash_incident::events::{
    Bearer, CallCentreRaided, CostIncurred, CostKind, CustomersCalled, HoursWorked, OutsideTip,
    PoliceHold,
};
use hotwash_incident::{Ledgers, Observation, Party};

use super::decisions::{add_hold, calls_hazard, days_until, due};
use super::{Answer, Arrest, Ids, Law, LawOrder, Raid, Tip, kinds};

/// Obeys an order.
pub(super) fn order(cx: &mut Cx, law: &mut Law, ledgers: &mut Ledgers, ids: &Ids, order: LawOrder) {
    refer(cx, law, ledgers, ids);
    if order == LawOrder::RequestHold && !law.is_hold_requested {
        law.is_hold_requested = true;
        ask_hold(cx, law, ids, true);
    }
}

/// The vendor reports the crime, once.
fn refer(cx: &mut Cx, law: &mut Law, ledgers: &mut Ledgers, ids: &Ids) {
    if law.told.is_some() {
        return;
    }
    law.told = Some(cx.now());
    cx.note(&kinds::REPORTED, ids.law.id, |n| n);
    cx.reach(ids.police_told);
    let report =
        Observation { party: Party::Police, evidence: ids.report, credibility: 1.0, pieces: 1 };
    ledgers.observe(cx, report);
    let usd = cx.value(ids.referral.bill);
    cx.send(CostIncurred { kind: CostKind::Legal, bearer: Bearer::Vendor, usd });
    let hours = cx.value(ids.referral.work);
    cx.send(HoursWorked { hours });
    ask_hold(cx, law, ids, false);
    plan(cx, law, ids);
}

/// Police decide about a hold; those who would ask for one by themselves also grant one.
fn ask_hold(cx: &mut Cx, law: &mut Law, ids: &Ids, is_requested: bool) {
    let r = &ids.referral;
    let asked = cx.value(r.hold_asked);
    let chance = if is_requested { asked.max(cx.value(r.hold_granted)) } else { asked };
    let mut draw = cx.draw_at(ids.hold_stream, 0);
    let is_held = draw.chance(chance);
    if is_held && law.is_held {
        return;
    }
    let answer = cx.sample_span(r.hold_answer, &mut draw);
    let length = cx.sample_span(r.hold, &mut draw);
    law.is_held |= is_held;
    if is_held || is_requested {
        cx.after(answer, Answer { is_held, length });
    }
}

/// Police answer.
pub(super) fn answer(cx: &mut Cx, law: &mut Law, ids: &Ids, answer: Answer) {
    if !answer.is_held {
        cx.note(&kinds::NO_HOLD, ids.law.id, |n| n);
        return;
    }
    let now = cx.now();
    let until = now + answer.length;
    let end = until.min(cx.horizon());
    (law.hold_days, law.hold_until) = add_hold(law.hold_days, law.hold_until, now, end);
    cx.note(&kinds::HOLD, ids.law.id, |n| n.with("until", until));
    cx.send(PoliceHold { until_ms: until.ms() });
}

/// When the call centre is raided and the insider arrested, as things stand. Each is one number per
/// run, so a watch only ever brings them forward.
pub(super) fn plan(cx: &mut Cx, law: &mut Law, ids: &Ids) {
    let Some(told) = law.told else { return };
    let r = &ids.referral;
    let factor = if law.is_watched { cx.value(r.watched).max(1.0) } else { 1.0 };
    let inquiry = cx.value_span(r.inquiry);
    let raid = cx.value(r.raid);
    let u = cx.draw_at(ids.raid_stream, 0).uniform();
    if let Some(at) = plan_one(cx, told + inquiry, u, raid, factor)
        && law.raid_at.is_none_or(|planned| at < planned)
    {
        law.raid_at = Some(at);
        cx.at(at, Raid {});
    }
    let Some(known) = law.suspect_known else { return };
    let arrest = cx.value(r.arrest);
    let u = cx.draw_at(ids.arrest_stream, 0).uniform();
    if let Some(at) = plan_one(cx, told.max(known) + inquiry, u, arrest, factor)
        && law.arrest_at.is_none_or(|planned| at < planned)
    {
        law.arrest_at = Some(at);
        cx.at(at, Arrest {});
    }
}

fn plan_one(cx: &Cx, from: SimTime, u: f64, chance: f64, factor: f64) -> Option<SimTime> {
    let at = due(from, days_until(u, chance, factor), cx.horizon())?;
    Some(at.max(cx.now()))
}

/// The raid is due, unless it was brought forward or has been done.
pub(super) fn raid(cx: &mut Cx, law: &mut Law, ids: &Ids) {
    if law.is_raided || law.raid_at != Some(cx.now()) {
        return;
    }
    law.is_raided = true;
    let told = law.told.unwrap_or(cx.now());
    let days = libm::round((cx.now() - told).days()) as i64;
    cx.note(&kinds::RAIDED, ids.law.id, |n| n.with("days", days));
    cx.send(CallCentreRaided {});
}

/// The arrest is due, unless it was brought forward or has been made.
pub(super) fn arrest(cx: &mut Cx, law: &mut Law, ids: &Ids) {
    if law.arrests == 0 && law.arrest_at == Some(cx.now()) {
        law.arrests = 1;
        cx.note(&kinds::ARRESTED, ids.law.id, |n| n);
    }
}

/// The suspect is named to police: watched, or suspended and dismissed.
pub(super) fn suspect_known(cx: &mut Cx, law: &mut Law, ids: &Ids, is_watched: bool) {
    law.is_watched |= is_watched;
    if law.suspect_known.is_none() {
        law.suspect_known = Some(cx.now());
    }
    plan(cx, law, ids);
}

/// Every call adds to the chance that outsiders come upon the records.
pub(super) fn called(cx: &mut Cx, law: &mut Law, ids: &Ids, event: CustomersCalled) {
    let chance = cx.value(ids.outside.found);
    law.hazard += calls_hazard(event.answered, chance);
    let mut draw = cx.draw_at(ids.found_stream, law.finds);
    if law.hazard < draw.exponential(1.0) {
        return;
    }
    law.hazard = 0.0;
    law.finds += 1;
    let is_raid = draw.chance(cx.value(ids.outside.by_raid)) && !law.is_raided;
    let kind = if is_raid { &kinds::RAIDED_ELSEWHERE } else { &kinds::FOUND };
    cx.note(kind, ids.law.id, |n| n);
    if is_raid {
        law.is_raided = true;
        cx.send(CallCentreRaided {});
    }
    let delay = cx.sample_span(ids.outside.delay, &mut draw);
    cx.after(delay, Tip {});
}

/// Police elsewhere or a partner write to the vendor.
pub(super) fn tip(cx: &mut Cx, ids: &Ids) {
    let credibility = cx.value(ids.outside.credibility);
    cx.send(OutsideTip { evidence: ids.tip.0, credibility });
}
