//! How long the researcher waits, and what the vendor's treatment does to that.

use hotwash_engine::{Cx, Event, SimDuration, SimTime};
use hotwash_incident::events::SampleHandedOver;
use hotwash_incident::{Ledgers, StoreKind};

use super::decisions::{self, Patience};
use super::{Researcher, ResearcherOrder, Wiring, finding, kinds, plan, publishing};

/// Its patience may be over; it is looked at again whether it is.
#[derive(Clone, Copy, Debug)]
pub(super) struct PatienceOver;
impl Event for PatienceOver {
    const NAME: &'static str = "researcher.patience-over";
}

/// The news in it makes it publish.
#[derive(Clone, Copy, Debug)]
pub(super) struct NewsDue;
impl Event for NewsDue {
    const NAME: &'static str = "researcher.news-due";
}

/// It hands the sample over.
#[derive(Clone, Copy, Debug)]
pub(super) struct SampleDue {
    kind: StoreKind,
}
impl Event for SampleDue {
    const NAME: &'static str = "researcher.sample-due";
}

/// When it publishes as things stand: its patience over, and no wait agreed beyond that.
fn deadline(cx: &mut Cx, firm: &Researcher, w: &Wiring) -> SimTime {
    let patience = Patience {
        days: cx.value_span(w.waits.patience).days(),
        answered: cx.value(w.waits.answered),
        sample_asked: cx.value(w.waits.sample_asked),
        rebuffed: cx.value(w.waits.rebuffed),
    };
    let days = patience.days_after(firm.treatment);
    let from = firm.told_at.or(firm.convinced_at).unwrap_or(cx.now());
    let by_patience = from + SimDuration::from_hours_f64(days * 24.0);
    firm.until.map_or(by_patience, |until| until.max(by_patience))
}

/// The waiting begins.
pub(super) fn begin(cx: &mut Cx, firm: &Researcher, w: &Wiring) {
    let wait = deadline(cx, firm, w) - cx.now();
    plan(cx, wait.max(SimDuration::ZERO), PatienceOver);
}

/// From now on the news in it may make it publish before its patience is over.
pub(super) fn await_news(cx: &mut Cx, w: &Wiring) {
    let chance = cx.value(w.waits.news_per_week);
    let u = cx.draw_at(w.streams.news, 0).uniform();
    if let Some(wait) = decisions::weeks_until(u, chance) {
        plan(cx, finding::weeks(wait), NewsDue);
    }
}

/// Publishes if its patience is over indeed; a wait that was lengthened has an entry of its own.
pub(super) fn patience_over(cx: &mut Cx, firm: &mut Researcher, ledgers: &mut Ledgers, w: &Wiring) {
    if firm.published_at.is_none() && cx.now() >= deadline(cx, firm, w) {
        let why =
            if firm.told_at.is_some() { "its patience was over" } else { "as it had meant to" };
        publishing::publish(cx, firm, ledgers, w, why);
    }
}

/// Publishes for the news in it, unless it has given its word to wait; then right after.
pub(super) fn news_due(cx: &mut Cx, firm: &mut Researcher, ledgers: &mut Ledgers, w: &Wiring) {
    if firm.published_at.is_some() {
        return;
    }
    match firm.until.filter(|until| *until > cx.now()) {
        Some(until) => plan(cx, until - cx.now(), NewsDue),
        None => publishing::publish(cx, firm, ledgers, w, "others were about to"),
    }
}

/// What the vendor does to the researcher. Before it was told and after the publication there is
/// nothing to wait for.
pub(super) fn obey(cx: &mut Cx, firm: &mut Researcher, w: &Wiring, order: ResearcherOrder) {
    if firm.told_at.is_none() {
        return;
    }
    match order {
        ResearcherOrder::Answer => {
            firm.treatment.is_answered = true;
            react(cx, firm, w, "heard from the vendor");
        }
        ResearcherOrder::Rebuff => {
            firm.treatment.is_rebuffed = true;
            react(cx, firm, w, "was shown the door by the vendor");
        }
        ResearcherOrder::AskForSample => {
            let is_first = !firm.treatment.is_sample_asked;
            firm.treatment.is_sample_asked = true;
            react(cx, firm, w, "was asked for a sample");
            if is_first {
                promise_sample(cx, firm, w);
            }
        }
        ResearcherOrder::AskToWait(span) => ask_to_wait(cx, firm, w, span),
    }
}

/// Tells until when it waits now. The entry of the old deadline finds that it is not over, or finds
/// it long published.
fn react(cx: &mut Cx, firm: &Researcher, w: &Wiring, reaction: &'static str) {
    if firm.published_at.is_some() {
        return;
    }
    let by = deadline(cx, firm, w);
    let by = by.max(cx.now());
    cx.note(&kinds::TREATED, w.firm.id, |n| {
        n.with("reaction", reaction).with("by", w.calendar.date(by))
    });
    begin(cx, firm, w);
}

fn promise_sample(cx: &mut Cx, firm: &Researcher, w: &Wiring) {
    let chance = cx.value(w.waits.hands_over);
    let mut draw = cx.draw_at(w.streams.sample, 0);
    let is_willing = draw.chance(chance);
    let after = cx.sample_span(w.waits.sample_after, &mut draw);
    match firm.shown.filter(|_| is_willing) {
        Some(kind) => plan(cx, after, SampleDue { kind }),
        None => {
            cx.note(&kinds::DECLINED, w.firm.id, |n| n.with("what", "hand over a sample"));
        }
    }
}

/// The sample reaches the vendor.
pub(super) fn hand_over(on: &mut hotwash_engine::On<'_, SampleDue>, w: &Wiring) {
    let kind = on.event.kind;
    on.note(&kinds::SAMPLE, w.firm.id, |n| {
        n.with("vendor", w.case.vendor.as_str()).with("kind", kind.name())
    });
    on.send(SampleHandedOver { kind });
}

fn ask_to_wait(cx: &mut Cx, firm: &mut Researcher, w: &Wiring, span: SimDuration) {
    let chance = cx.value(w.waits.agrees);
    let longest = cx.value_span(w.waits.longest);
    let agrees = cx.draw_at(w.streams.waits, firm.asked).chance(chance);
    firm.asked += 1;
    let Some(told) = firm.told_at.filter(|_| firm.published_at.is_none()) else { return };
    if !agrees {
        cx.note(&kinds::DECLINED, w.firm.id, |n| n.with("what", "wait longer"));
        return;
    }
    firm.until = Some(decisions::agreed_until(cx.now(), span, told, longest, firm.until));
    react(cx, firm, w, "agreed to wait");
}
