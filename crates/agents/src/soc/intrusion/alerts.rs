//! Alerts in the network: they join the queue, are dropped, misjudged, or taken seriously.

use hotwash_engine::ParamId;
use hotwash_incident::events::HostAlert;

use super::decisions::{Family, Reading, any_of, occurrence, says_inside};
use super::state::{Piece, Scene};
use super::{HostAlertRead, case, kinds};
use crate::soc::decisions::Channel;
use crate::soc::state::{hindsight, team_looks};

/// Share of false ones among alerts of a kind.
fn false_share(scene: &Scene<'_>, family: Family) -> ParamId<hotwash_engine::Share> {
    let a = &scene.ids.alerts;
    match family {
        Family::Login => a.login,
        Family::RemoteTool => a.remote_tool,
        Family::Movement => a.movement,
        Family::Transfer => a.transfer,
    }
}

/// Alerts arrive. False ones come in batches: they are work for the analysts, and now and then one of
/// them is followed up.
pub(super) fn alert(scene: &mut Scene<'_>, event: HostAlert) {
    if event.is_real { real(scene, event) } else { noise(scene, event) }
}

fn noise(scene: &mut Scene<'_>, event: HostAlert) {
    let common = &scene.ids.common;
    scene.soc.work_queue(scene.cx, common);
    let now = scene.cx.now();
    let demand = scene.soc.demand(scene.cx, common, now);
    let read = scene.soc.queue.pour(event.count as f64, &demand);
    scene.soc.work(scene.cx, read * demand.work);
    let believed = any_of(read, scene.cx.value(scene.ids.alerts.false_believed));
    let stays = scene.cx.value(scene.ids.alerts.false_stays);
    let mut draw =
        scene.cx.draw_at(scene.ids.streams.false_alert, occurrence(event.act, event.origin));
    let (is_believed, stays) = (draw.chance(believed), draw.chance(stays));
    if is_believed {
        let due = scene.soc.read_at(scene.cx, common, now);
        let HostAlert { act, segment, .. } = event;
        let read = HostAlertRead { act, segment, is_believed, is_real: false, stays, raised: now };
        scene.cx.at(due, read);
    }
}

fn real(scene: &mut Scene<'_>, event: HostAlert) {
    let HostAlert { act, segment, .. } = event;
    let family = Family::of(act);
    scene.work.tally.real_alerts += 1;
    let common = &scene.ids.common;
    let now = scene.cx.now();
    let mut due = scene.soc.read_at(scene.cx, common, now);
    let demand = scene.soc.demand(scene.cx, common, now);
    let mut dropped = scene.soc.queue.drop_chance(&demand);
    let is_awaited = scene.work.is_open();
    if is_awaited {
        due = due.min(team_looks(scene.cx, common, now));
        dropped = 0.0;
    }
    if says_inside(act) {
        scene.first_signal("an alert in the network");
    }
    hindsight(scene.cx, scene.ledgers, scene.ids.evidence.alert(family), event.count.max(1));
    let mut draw = scene.cx.draw_at(scene.ids.streams.alert, occurrence(act, event.origin));
    let (is_dropped, judgement) = (draw.chance(dropped), draw.uniform());
    if is_dropped {
        scene.work.tally.dropped += 1;
        let again = scene.work.tally.dropped > 1;
        let kind = if again { &kinds::ALERT_DROPPED_AGAIN } else { &kinds::ALERT_DROPPED };
        let (wait, place) = (scene.soc.queue.wait, scene.ids.network.segment(segment));
        scene.cx.note(kind, common.soc.id, |n| {
            n.with("act", act.name()).with("where", place.title.as_str()).with("wait", wait)
        });
        return;
    }
    let reading = Reading {
        rested: scene.cx.value(scene.ids.alerts.misjudged),
        false_share: scene.cx.value(false_share(scene, family)),
        memory: scene.cx.value(scene.ids.alerts.memory),
        fatigue: scene.cx.value(common.triage.fatigue),
        load: demand.load(),
        is_awaited,
    };
    let is_believed = judgement >= reading.missed();
    let read = HostAlertRead { act, segment, is_believed, is_real: true, stays: true, raised: now };
    scene.cx.at(due, read);
}

/// An analyst has read an alert.
pub(super) fn read(scene: &mut Scene<'_>, event: HostAlertRead) {
    let who = scene.ids.common.soc.id;
    let place = scene.ids.network.segment(event.segment).title.as_str();
    if !event.is_believed {
        scene.work.tally.misjudged += 1;
        let again = scene.work.tally.misjudged > 1;
        let kind = if again { &kinds::ALERT_MISJUDGED_AGAIN } else { &kinds::ALERT_MISJUDGED };
        scene.cx.note(kind, who, |n| n.with("act", event.act.name()).with("where", place));
        return;
    }
    let hours = scene.cx.value(scene.ids.common.triage.alert_work);
    scene.soc.work(scene.cx, hours);
    if !event.stays {
        let kind = &kinds::ALERT_HARMLESS;
        scene.cx.note(kind, who, |n| n.with("act", event.act.name()).with("where", place));
        return;
    }
    let tally = &mut scene.work.tally;
    tally.taken += u64::from(event.is_real);
    tally.told += 1;
    let kind = if tally.told > 1 { &kinds::ALERT_TAKEN_AGAIN } else { &kinds::ALERT_TAKEN };
    scene.cx.note(kind, who, |n| n.with("act", event.act.name()).with("where", place));
    if event.is_real && says_inside(event.act) {
        scene.work.know(usize::from(event.segment.0), event.raised);
    }
    let credibility = scene.cx.value(scene.ids.credibility.alert);
    let evidence = scene.ids.evidence.alert(Family::of(event.act));
    scene.tell(Piece { evidence, credibility, channel: Channel::Monitoring });
    if says_inside(event.act) {
        case::seen_again(scene, event.raised, "an alert that is taken seriously");
    }
}
