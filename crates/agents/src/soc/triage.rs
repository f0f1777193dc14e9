//! Single alerts on record access, calls to canaries, and tips from outside, as they are read.

use hotwash_engine::Cx;
use hotwash_incident::Ledgers;
use hotwash_incident::events::{CanaryCalled, OutsideTip, SecurityTold, Teller};

use super::decisions::{Channel, Suspect, kept_share, misjudged_chance};
use super::ids::LeakIds;
use super::intake::first_signal;
use super::response::name_suspect;
use super::state::{Piece, Soc, hindsight, on_shift, team_looks};
use super::{AlertRead, CanarySeen, Heard, TipRead, kinds};

/// An alert on record access joins the queue, or is dropped from it unread.
pub(super) fn alert(
    cx: &mut Cx,
    soc: &mut Soc,
    ledgers: &mut Ledgers,
    ids: &LeakIds,
    is_real: bool,
) {
    let now = cx.now();
    let mut due = soc.read_at(cx, &ids.common, now);
    let demand = soc.demand(cx, &ids.common, now);
    let (mut dropped, mut load) = (soc.queue.drop_chance(&demand), demand.load());
    if soc.has_leak_case() {
        // The case team waits for just this kind of alert.
        due = due.min(team_looks(cx, &ids.common, now));
        (dropped, load) = (0.0, 0.0);
    }
    let count = if is_real { &mut soc.tally.real_alerts } else { &mut soc.tally.false_alerts };
    let number = *count;
    *count += 1;
    let stream = if is_real { ids.streams.alert } else { ids.streams.false_alert };
    let mut draw = cx.draw_at(stream, number);
    let (is_dropped, judgement) = (draw.chance(dropped), draw.uniform());
    if !is_real {
        if !is_dropped && judgement < cx.value(ids.triage.false_believed) {
            cx.at(due, AlertRead { is_believed: true });
        }
        return;
    }
    first_signal(cx, ids, "an alert on record access");
    hindsight(cx, ledgers, ids.evidence.alert, 1);
    if is_dropped {
        soc.tally.missed_alerts += 1;
        let again = soc.tally.missed_alerts > 1;
        let kind = if again { &kinds::ALERT_DROPPED_AGAIN } else { &kinds::ALERT_DROPPED };
        let wait = soc.queue.wait;
        cx.note(kind, ids.soc.id, |n| n.with("wait", wait));
        return;
    }
    let missed = misjudged_chance(
        cx.value(ids.triage.misjudged),
        cx.value(ids.common.triage.fatigue),
        cx.value(ids.common.queue.false_positives),
        load,
    );
    cx.at(due, AlertRead { is_believed: judgement >= missed });
}

/// An analyst has read the alert.
pub(super) fn alert_read(
    cx: &mut Cx,
    soc: &mut Soc,
    ledgers: &mut Ledgers,
    ids: &LeakIds,
    is_believed: bool,
) {
    if !is_believed {
        soc.tally.missed_alerts += 1;
        let again = soc.tally.missed_alerts > 1;
        let kind = if again { &kinds::ALERT_MISJUDGED_AGAIN } else { &kinds::ALERT_MISJUDGED };
        cx.note(kind, ids.soc.id, |n| n);
        return;
    }
    let hours = cx.value(ids.common.triage.alert_work);
    soc.work(cx, hours);
    soc.tally.taken_alerts += 1;
    let again = soc.tally.taken_alerts > 1;
    let kind = if again { &kinds::ALERT_TAKEN_AGAIN } else { &kinds::ALERT_TAKEN };
    cx.note(kind, ids.soc.id, |n| n);
    let credibility = cx.value(ids.credibility.alert);
    let evidence = ids.evidence.alert;
    soc.tell(
        cx,
        ledgers,
        ids,
        Piece { evidence, credibility, pieces: 1, channel: Channel::Monitoring },
    );
}

/// A canary's number rang: the provider's notice waits until somebody is there.
pub(super) fn canary_called(
    cx: &mut Cx,
    soc: &mut Soc,
    ledgers: &mut Ledgers,
    ids: &LeakIds,
    event: CanaryCalled,
) {
    if event.calls == 0 {
        return;
    }
    first_signal(cx, ids, "a canary record's number was called");
    hindsight(cx, ledgers, ids.evidence.canary, event.calls);
    soc.tally.canary_calls += event.calls;
    if !soc.tally.is_canary_due {
        soc.tally.is_canary_due = true;
        let seen = cx.now() + cx.value_span(ids.triage.canary);
        let seen = on_shift(cx, &ids.common, seen);
        cx.at(seen, CanarySeen {});
    }
}

/// Somebody sees that canaries were called, and looks up who read them.
pub(super) fn canary_seen(cx: &mut Cx, soc: &mut Soc, ledgers: &mut Ledgers, ids: &LeakIds) {
    soc.tally.is_canary_due = false;
    let calls = std::mem::take(&mut soc.tally.canary_calls);
    let number = soc.tally.canary_looks;
    soc.tally.canary_looks += 1;
    let kind = if number == 0 { &kinds::CANARY } else { &kinds::CANARY_AGAIN };
    cx.note(kind, ids.soc.id, |n| n.with("calls", calls));
    let hours = cx.value(ids.common.triage.alert_work);
    soc.work(cx, hours);
    let credibility = cx.value(ids.credibility.canary);
    let evidence = ids.evidence.canary;
    soc.tell(
        cx,
        ledgers,
        ids,
        Piece { evidence, credibility, pieces: calls, channel: Channel::Monitoring },
    );
    if soc.suspicion.suspect == Suspect::Insider {
        return;
    }
    let kept = kept_share(soc.theft.read, cx.now(), ids.levers.log_retention);
    let names = cx.value(ids.triage.canary_names) * kept;
    if cx.draw_at(ids.streams.canary, number).chance(names) {
        let credibility = cx.value(ids.credibility.correlation);
        let evidence = ids.evidence.correlation;
        let piece = Piece { evidence, credibility, pieces: 1, channel: Channel::Monitoring };
        name_suspect(cx, soc, ids, Suspect::Insider, "the access log of a canary");
        soc.find(cx, ledgers, ids, piece);
    }
}

/// A tip from outside arrives: somebody reads it soon, late, or never.
pub(super) fn tip(
    cx: &mut Cx,
    soc: &mut Soc,
    ledgers: &mut Ledgers,
    ids: &LeakIds,
    event: OutsideTip,
) {
    let arrived = cx.now();
    cx.note(&kinds::TIP, ids.soc.id, |n| n);
    cx.reach(ids.first_signal);
    hindsight(cx, ledgers, event.evidence, 1);
    let number = soc.tally.tips;
    soc.tally.tips += 1;
    let mut draw = cx.draw_at(ids.streams.tip, number);
    let (lost, names) = (draw.uniform(), draw.uniform());
    let fast = cx.sample_span(ids.common.triage.tip_fast, &mut draw);
    let slow = cx.sample_span(ids.common.triage.tip_slow, &mut draw);
    let has_path = ids.common.tip_path || soc.case.crew.escalated > 0.0;
    if !has_path && lost < cx.value(ids.common.triage.tip_lost) {
        cx.note(&kinds::TIP_LOST, ids.soc.id, |n| n);
        return;
    }
    let wait = if has_path { fast.min(slow) } else { slow };
    let due = on_shift(cx, &ids.common, arrived + wait);
    let is_named = names < cx.value(ids.triage.tip_names);
    cx.at(
        due,
        TipRead { evidence: event.evidence, credibility: event.credibility, arrived, is_named },
    );
}

/// Somebody of the house comes to security: it is heard within hours, path or no path.
pub(super) fn told(cx: &mut Cx, ledgers: &mut Ledgers, ids: &LeakIds, told: SecurityTold) {
    hindsight(cx, ledgers, told.evidence, 1);
    let heard = cx.now() + cx.value_span(ids.common.triage.tip_fast);
    let heard = on_shift(cx, &ids.common, heard);
    cx.at(heard, Heard { told });
}

/// Security hears it.
pub(super) fn heard(
    cx: &mut Cx,
    soc: &mut Soc,
    ledgers: &mut Ledgers,
    ids: &LeakIds,
    told: SecurityTold,
) {
    cx.note(&kinds::TOLD, ids.soc.id, |n| n.with("what", told.by.what()));
    let SecurityTold { evidence, credibility, .. } = told;
    let channel = match told.by {
        Teller::Reviewer => Channel::Monitoring,
        Teller::PressOffice | Teller::Colleague => Channel::Others,
    };
    soc.tell(cx, ledgers, ids, Piece { evidence, credibility, pieces: 1, channel });
}

/// Somebody reads the tip.
pub(super) fn tip_read(
    cx: &mut Cx,
    soc: &mut Soc,
    ledgers: &mut Ledgers,
    ids: &LeakIds,
    event: TipRead,
) {
    let days = (cx.now() - event.arrived).days();
    cx.note(&kinds::TIP_READ, ids.soc.id, |n| n.with("days", days));
    let hours = cx.value(ids.common.triage.alert_work);
    soc.work(cx, hours);
    let piece = Piece {
        evidence: event.evidence,
        credibility: event.credibility,
        pieces: 1,
        channel: Channel::Others,
    };
    soc.tell(cx, ledgers, ids, piece);
    if event.is_named {
        name_suspect(cx, soc, ids, Suspect::Insider, "a name in the tip");
    }
}
