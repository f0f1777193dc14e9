//! Handlers of police and prosecutors.

use hotwash_engine::{Cx, SimTime};
use hotwash_incident::events::{
    Bearer, CallCentreRaided, CostIncurred, CostKind, CustomersCalled, HoursWorked, OutsideTip,
    PoliceHold,
};
use hotwash_incident::{Ledgers, MatterId, Observation, Party};

use super::decisions::{add_hold, calls_hazard, days_until, due, hazard};
use super::{Answer, Arrest, Ids, Law, LawOrder, Raid, Report, Suspicion, Tip, kinds};

/// Obeys an order.
pub(super) fn order(cx: &mut Cx, law: &mut Law, ledgers: &mut Ledgers, ids: &Ids, order: LawOrder) {
    let named = order.named().and_then(|name| ids.case.find_matter(name.as_str()).ok());
    refer(cx, law, ledgers, ids, named);
    if !order.asks_for_hold() {
        return;
    }
    for matter in ids.case.matter_ids().filter(|m| named.is_none_or(|named| named == *m)) {
        let i = usize::from(matter.0);
        if law.told[i].is_some() && !law.is_hold_requested[i] {
            law.is_hold_requested[i] = true;
            ask_hold(cx, law, ids, matter, true);
        }
    }
}

/// The vendor reports what it knows of or suspects, and has not reported yet.
fn refer(cx: &mut Cx, law: &mut Law, ledgers: &mut Ledgers, ids: &Ids, named: Option<MatterId>) {
    let is_first = law.told.iter().all(Option::is_none);
    let is_due = |cx: &Cx, report: &Report, ledgers: &Ledgers| {
        named == Some(report.matter) && ids.case.matter(report.matter).breach == report.breach
            || is_suspected(cx, report, ledgers)
    };
    let mut reports = law.reported.iter().zip(&ids.reports);
    if !reports.any(|(done, report)| !done && is_due(cx, report, ledgers)) {
        return;
    }
    let kind = if is_first { &kinds::REPORTED } else { &kinds::REPORTED_MORE };
    cx.note(kind, ids.law.id, |n| n);
    cx.reach(ids.police_told);
    for (i, report) in ids.reports.iter().enumerate() {
        if law.reported[i] || !is_due(cx, report, ledgers) {
            continue;
        }
        law.reported[i] = true;
        let (party, evidence) = (Party::Police, report.evidence);
        ledgers.observe(cx, Observation { party, evidence, credibility: 1.0, pieces: 1 });
    }
    let usd = cx.value(ids.referral.bill);
    cx.send(CostIncurred { kind: CostKind::Legal, bearer: Bearer::Vendor, usd });
    let hours = cx.value(ids.referral.work);
    cx.send(HoursWorked { hours });
    for matter in ids.case.matter_ids() {
        let mut reports = law.reported.iter().zip(&ids.reports);
        let is_reported = reports.any(|(done, report)| *done && report.matter == matter);
        if is_reported && law.told[usize::from(matter.0)].is_none() {
            law.told[usize::from(matter.0)] = Some(cx.now());
            ask_hold(cx, law, ids, matter, false);
            plan(cx, law, ids);
        }
    }
}

/// Whether the vendor knows or suspects what a report tells.
fn is_suspected(cx: &Cx, report: &Report, ledgers: &Ledgers) -> bool {
    let is_suspected = match report.suspicion {
        Suspicion::Always => true,
        Suspicion::From(case_opened) => cx.reached(case_opened).is_some(),
        Suspicion::Never => false,
    };
    is_suspected || ledgers.known_since(report.breach).is_some()
}

/// Police decide about a hold in a matter; those who would ask for one by themselves also grant one.
fn ask_hold(cx: &mut Cx, law: &mut Law, ids: &Ids, matter: MatterId, is_requested: bool) {
    let is_held_already = &mut law.is_held[usize::from(matter.0)];
    let r = &ids.referral;
    let asked = cx.value(r.hold_asked);
    let chance = if is_requested { asked.max(cx.value(r.hold_granted)) } else { asked };
    let mut draw = cx.draw_at(ids.hold_stream, u64::from(matter.0));
    let is_held = draw.chance(chance);
    if is_held && *is_held_already {
        return;
    }
    let answer = cx.sample_span(r.hold_answer, &mut draw);
    let length = cx.sample_span(r.hold, &mut draw);
    *is_held_already |= is_held;
    if is_held || is_requested {
        cx.after(answer, Answer { matter, is_held, length });
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
    cx.send(PoliceHold { matter: answer.matter, until_ms: until.ms() });
}

/// When the call centre is raided and the insider arrested, as things stand. Each is one number per
/// run, so a watch only ever brings them forward.
pub(super) fn plan(cx: &mut Cx, law: &mut Law, ids: &Ids) {
    let Some(r) = &ids.pursuit else { return };
    let Some(told) = law.told[usize::from(r.matter.0)] else { return };
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
    let Some(r) = &ids.pursuit else { return };
    if law.is_raided || law.raid_at != Some(cx.now()) {
        return;
    }
    law.is_raided = true;
    let told = law.told[usize::from(r.matter.0)].unwrap_or(cx.now());
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
    let Some(outside) = &ids.outside else { return };
    let chance = cx.value(outside.found);
    let found = *law.found.get_or_insert_with(|| hazard(chance));
    law.hazard += calls_hazard(event.answered, found);
    let mut draw = cx.draw_at(ids.found_stream, law.finds);
    if draw.outlasts(law.hazard) {
        return;
    }
    law.hazard = 0.0;
    law.finds += 1;
    let is_raid = draw.chance(cx.value(outside.by_raid)) && !law.is_raided;
    let kind = if is_raid { &kinds::RAIDED_ELSEWHERE } else { &kinds::FOUND };
    cx.note(kind, ids.law.id, |n| n);
    if is_raid {
        law.is_raided = true;
        cx.send(CallCentreRaided {});
    }
    let delay = cx.sample_span(outside.delay, &mut draw);
    cx.after(delay, Tip {});
}

/// Police elsewhere or a partner write to the vendor.
pub(super) fn tip(cx: &mut Cx, ids: &Ids) {
    let Some(outside) = &ids.outside else { return };
    let credibility = cx.value(outside.credibility);
    cx.send(OutsideTip { evidence: outside.tip, credibility });
}
