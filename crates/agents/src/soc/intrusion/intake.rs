//! What others bring: tips, samples, and what the press writes.

use hotwash_engine::SimDuration;
use hotwash_incident::StoreKind;
use hotwash_incident::events::{
    ArticlePublished, OutsideTip, SampleHandedOver, SecurityTold, Teller,
};

use super::decisions::sample_is;
use super::state::{Piece, Scene};
use super::{Compared, IntrusionHeard, IntrusionTipRead, kinds};
use crate::soc::decisions::Channel;
use crate::soc::kinds as shared;
use crate::soc::state::hindsight;

/// A tip arrives: somebody reads it soon, late, or never.
pub(super) fn tip(scene: &mut Scene<'_>, event: OutsideTip) {
    let arrived = scene.cx.now();
    let common = scene.ids.common;
    scene.cx.note(&shared::TIP, common.soc.id, |n| n);
    scene.cx.reach(scene.ids.first_signal);
    hindsight(scene.cx, scene.ledgers, event.evidence, 1);
    let number = scene.work.tally.tips;
    scene.work.tally.tips += 1;
    let mut draw = scene.cx.draw_at(scene.ids.streams.tip, number);
    let lost = draw.uniform();
    let fast = scene.cx.sample_span(common.triage.tip_fast, &mut draw);
    let slow = scene.cx.sample_span(common.triage.tip_slow, &mut draw);
    let has_path = common.tip_path || scene.work.is_open();
    if !has_path && lost < scene.cx.value(common.triage.tip_lost) {
        scene.cx.note(&shared::TIP_LOST, common.soc.id, |n| n);
        return;
    }
    let wait = if has_path { fast.min(slow) } else { slow };
    let due = scene.on_shift(arrived + wait);
    let OutsideTip { evidence, credibility } = event;
    scene.cx.at(due, IntrusionTipRead { evidence, credibility, arrived });
}

/// Somebody of the house comes to security: it is heard within hours, path or no path.
pub(super) fn told(scene: &mut Scene<'_>, told: SecurityTold) {
    hindsight(scene.cx, scene.ledgers, told.evidence, 1);
    let heard = scene.cx.now() + scene.cx.value_span(scene.ids.common.triage.tip_fast);
    let heard = scene.on_shift(heard);
    scene.cx.at(heard, IntrusionHeard { told });
}

/// Security hears it.
pub(super) fn heard(scene: &mut Scene<'_>, told: SecurityTold) {
    scene.cx.note(&shared::TOLD, scene.ids.common.soc.id, |n| n.with("what", told.by.what()));
    let SecurityTold { evidence, credibility, .. } = told;
    let channel = match told.by {
        Teller::PressOffice => Channel::Press,
        Teller::Colleague => Channel::Others,
        Teller::Reviewer => Channel::Monitoring,
    };
    scene.tell(Piece { evidence, credibility, channel });
}

/// Somebody reads the tip. It moves belief and opens nothing by itself.
pub(super) fn tip_read(scene: &mut Scene<'_>, event: IntrusionTipRead) {
    let days = (scene.cx.now() - event.arrived).days();
    let common = scene.ids.common;
    scene.cx.note(&shared::TIP_READ, common.soc.id, |n| n.with("days", days));
    scene.cx.reach(scene.ids.tip_read);
    let hours = scene.cx.value(common.triage.alert_work);
    scene.soc.work(scene.cx, hours);
    let evidence = event.evidence;
    scene.tell(Piece { evidence, credibility: event.credibility, channel: Channel::Others });
}

/// A sample arrives. It is compared by those who look into the matter; without them it lies there.
pub(super) fn sample(scene: &mut Scene<'_>, event: SampleHandedOver) {
    scene.first_signal("a sample of what is on offer");
    let evidence = scene.ids.evidence.sample(event.kind);
    hindsight(scene.cx, scene.ledgers, evidence, 1);
    scene.work.search.sample = Some(event.kind);
    if scene.work.is_open() || scene.work.search.verified > 0 {
        compare(scene);
    }
}

/// Begins to compare the sample that lies there, if one does.
pub(super) fn compare(scene: &mut Scene<'_>) {
    let Some(kind) = scene.work.search.sample.take() else { return };
    let hours = scene.cx.value(scene.ids.search.compare);
    scene.soc.work(scene.cx, hours);
    let done =
        scene.cx.calendar().after_business(scene.cx.now(), SimDuration::from_hours_f64(hours));
    scene.cx.at(done, Compared { kind });
}

/// The sample has been compared with the vendor's own files.
pub(super) fn compared(scene: &mut Scene<'_>, kind: StoreKind) {
    scene.cx.note(&kinds::COMPARED, scene.ids.common.soc.id, |n| n.with("what", sample_is(kind)));
    let evidence = scene.ids.evidence.sample(kind);
    let credibility = scene.cx.value(scene.ids.credibility.sample);
    scene.tell(Piece { evidence, credibility, channel: Channel::Others });
}

/// The press wrote of the matter: once it has asked the vendor or named it, that is a signal.
pub(super) fn article(scene: &mut Scene<'_>, event: ArticlePublished) {
    let asked = scene.cx.reached(scene.ids.inquiry).or(scene.cx.reached(scene.ids.exposed));
    if event.matter == scene.ids.matter && asked.is_some() {
        scene.first_signal("the press");
    }
}
