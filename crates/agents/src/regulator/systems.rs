//! Regulators at work: clocks start, run out and are put off; reports arrive; lateness is fined or not.

use hotwash_engine::{Cx, Draw, SimDuration, SimTime};
use hotwash_incident::events::{Bearer, BeliefMoved, CostIncurred, CostKind, HoursWorked};
use hotwash_incident::{Claim, Ledgers, Observation, Party, PropositionId};

use super::config::DutyTo;
use super::decisions::{self, Length};
use super::regimes::{Clock, Duty, Regime};
use super::{
    AskDue, Bench, DeadlinePassed, Docket, DutyPlace, DutyState, FilingReady, RegulatorOrder,
    WarningReady, kinds,
};

impl Bench {
    pub(super) fn regime(&self, place: DutyPlace) -> &Regime {
        &self.book.regimes[usize::from(place.regime)]
    }

    pub(super) fn duty(&self, place: DutyPlace) -> &Duty {
        &self.regime(place).duties[usize::from(place.duty)]
    }

    /// Duties of the flat list that belong to a regime, with their numbers.
    fn duties_of(&self, regime: usize) -> impl Iterator<Item = (usize, DutyPlace)> + '_ {
        self.duties_of[regime].clone().map(|number| (number, self.duties[number]))
    }
}

/// Decides once per run which harm tests are met, before anything has happened.
pub(super) fn draw_harm_tests(cx: &mut Cx, docket: &mut Docket, bench: &Bench) {
    for (i, regime) in bench.book.regimes.iter().enumerate() {
        let chance = cx.value(regime.applies);
        let is_met = cx.draw_at(bench.applies[i], 0).chance(chance);
        docket.applies[i] = bench.live[i] && is_met;
    }
}

/// Whether a belief that moved is one that starts clocks: the vendor's in the breach, or hindsight's.
pub(super) fn is_watched(moved: &BeliefMoved, breach: PropositionId) -> bool {
    matches!(moved.party, Party::Vendor | Party::Hindsight) && moved.proposition == breach
}

/// A belief in the breach moved: clocks start whose threshold it has reached.
pub(super) fn watch_belief(
    cx: &mut Cx,
    docket: &mut Docket,
    ledgers: &Ledgers,
    bench: &Bench,
    moved: BeliefMoved,
) {
    let by_hindsight = moved.party == Party::Hindsight;
    // Believing in a breach that has not happened owes nobody anything.
    if !ledgers.is_true(bench.breach) {
        return;
    }
    let law_of = bench.law.date(cx.now());
    let cause = cx.cause();
    for (i, regime) in bench.book.regimes.iter().enumerate() {
        let binds = docket.applies[i] && decisions::is_in_force(regime.from, regime.until, law_of);
        // All clocks of a regime start together, and only once.
        let first = bench.duties_of[i].clone().next();
        let runs = |number: usize| docket.duties[number].clock(by_hindsight).started.is_some();
        if !binds || first.is_some_and(runs) {
            continue;
        }
        if moved.to >= cx.value(regime.awareness) {
            cx.because(cause);
            start_clocks(cx, docket, bench, i, by_hindsight, moved.to);
        }
    }
}

/// Starts those clocks of a regime that do not run yet, and tells of it.
fn start_clocks(
    cx: &mut Cx,
    docket: &mut Docket,
    bench: &Bench,
    regime: usize,
    by_hindsight: bool,
    belief: f64,
) {
    let now = cx.now();
    let mut first: Option<(SimTime, &str)> = None;
    for (number, place) in bench.duties_of(regime) {
        let duty = bench.duty(place);
        let can_hold = bench.regime(place).police_may_hold && duty.to == DutyTo::People;
        let hold = docket.hold_until.filter(|_| can_hold);
        let length = draw_length(cx, duty.clock);
        let clock = docket.duties[number].clock(by_hindsight);
        if clock.started.is_some() {
            continue;
        }
        clock.start(now, decisions::due(cx.calendar(), now, length), hold);
        if let Some(due) = clock.due
            && first.is_none_or(|(known, _)| due < known)
        {
            first = Some((due, name_of(duty)));
        }
    }
    let Some((due, duty)) = first else { return };
    if by_hindsight {
        note_hindsight(cx, docket, bench, regime, belief);
        return;
    }
    cx.note(&kinds::CLOCK_STARTED, bench.actors[regime], |n| {
        n.with("belief", belief)
            .with("duty", duty)
            .with("due", due)
            .with("regime", bench.book.regimes[regime].id.as_str())
    });
    cx.reach(bench.marks.clock_started);
    if docket.filed_at.is_some() {
        pay_filings(cx, bench, reports_owed(bench, docket, Some(regime)));
    }
    for (number, _) in bench.duties_of(regime) {
        schedule_deadline(cx, bench, &docket.duties[number], number);
    }
}

fn note_hindsight(cx: &mut Cx, docket: &mut Docket, bench: &Bench, regime: usize, belief: f64) {
    let kind = if docket.is_hindsight_told {
        &kinds::HINDSIGHT_FOLLOWED
    } else {
        &kinds::HINDSIGHT_STARTED
    };
    docket.is_hindsight_told = true;
    cx.note(kind, bench.actors[regime], |n| n.with("belief", belief));
}

fn schedule_deadline(cx: &mut Cx, bench: &Bench, state: &DutyState, number: usize) {
    if let (Some(due), None) = (state.belief.due, state.met) {
        cx.at(due, DeadlinePassed { matter: bench.matter, duty: number as u16 });
    }
}

/// To whom a duty is owed, in words.
fn name_of(duty: &Duty) -> &'static str {
    match duty.to {
        DutyTo::Authority if duty.is_early_warning => kinds::EARLY_WARNING,
        DutyTo::Authority => kinds::REPORT,
        DutyTo::People => kinds::NOTICE_TO_PEOPLE,
        DutyTo::Market => kinds::NOTICE_TO_MARKET,
    }
}

/// The length of a clock as this run drew it.
fn draw_length(cx: &mut Cx, clock: Clock) -> Length {
    match clock {
        Clock::Hours(p) => Length::Span(cx.value_span(p)),
        Clock::Days(p) | Clock::Elastic(p) => Length::Span(cx.value_span(p)),
        Clock::BusinessDays(p) => Length::BusinessDays(cx.value(p).round() as u32),
    }
}

/// The police ask that people not be told until an instant.
pub(super) fn put_off(cx: &mut Cx, docket: &mut Docket, bench: &Bench, until: SimTime) {
    let now = cx.now();
    let extra = decisions::hold_extension(now, until, docket.hold_until);
    if extra <= SimDuration::ZERO {
        return;
    }
    docket.hold_until = Some(until);
    for (number, place) in bench.duties.iter().enumerate() {
        if !bench.regime(*place).police_may_hold || bench.duty(*place).to != DutyTo::People {
            continue;
        }
        let state = &mut docket.duties[number];
        state.belief.put_off(now, extra);
        state.hindsight.put_off(now, extra);
        schedule_deadline(cx, bench, state, number);
    }
}

/// A deadline comes. It may have been met, or put off since.
pub(super) fn deadline_passed(cx: &mut Cx, docket: &mut Docket, bench: &Bench, number: usize) {
    let state = docket.duties[number];
    let is_due = state.belief.due.is_some_and(|due| due <= cx.now());
    if state.met.is_some() || !is_due {
        return;
    }
    let place = bench.duties[number];
    let regime = usize::from(place.regime);
    let kind = if docket.is_miss_told[regime] { &kinds::MISSED_AGAIN } else { &kinds::MISSED };
    docket.is_miss_told[regime] = true;
    cx.note(kind, bench.actors[regime], |n| n.with("duty", name_of(bench.duty(place))));
}

/// Whether an order to file means this matter.
pub(super) fn is_meant(order: RegulatorOrder, docket: &Docket, bench: &Bench) -> bool {
    match order {
        RegulatorOrder::File => {
            bench.is_only || docket.duties.iter().any(|d| d.belief.started.is_some())
        }
        RegulatorOrder::FileFor(matter) => bench.case.matter(bench.matter).name == matter,
    }
}

/// The privacy office begins to prepare its reports.
pub(super) fn prepare_filing(cx: &mut Cx, docket: &mut Docket, bench: &Bench) {
    if docket.is_filing {
        return;
    }
    docket.is_filing = true;
    let mut draw = cx.draw_at(bench.prepare_stream, 0);
    let work = cx.sample_span(bench.numbers.prepare, &mut draw);
    let effort = cx.value(bench.numbers.effort);
    cx.send(HoursWorked { hours: work.hours() * effort });
    let ready = cx.calendar().after_business(cx.now(), work);
    cx.at(ready, FilingReady { matter: bench.matter });
    prepare_warning(cx, bench, &mut draw);
}

/// An early warning is a few lines, and goes out as soon as they are written.
fn prepare_warning(cx: &mut Cx, bench: &Bench, draw: &mut Draw) {
    let Some(param) = bench.numbers.prepare_warning else { return };
    let work = cx.sample_span(param, draw);
    let effort = cx.value(bench.numbers.effort);
    cx.send(HoursWorked { hours: work.hours() * effort });
    let ready = cx.calendar().after_business(cx.now(), work);
    cx.at(ready, WarningReady { matter: bench.matter });
}

/// The early warnings go out, to those who are owed one now or later.
pub(super) fn warn_early(cx: &mut Cx, docket: &mut Docket, bench: &Bench) {
    let now = cx.now();
    let law_of = bench.law.date(now);
    let mut owed = 0_u64;
    for (number, place) in bench.duties.iter().enumerate() {
        let regime = bench.regime(*place);
        let binds = docket.applies[usize::from(place.regime)]
            && decisions::is_in_force(regime.from, regime.until, law_of);
        if !binds || !bench.duty(*place).is_early_warning || docket.duties[number].met.is_some() {
            continue;
        }
        docket.duties[number].met = Some(now);
        owed += 1;
    }
    if owed > 0 {
        cx.note(&kinds::WARNED_EARLY, bench.office, |n| n.with("warnings", owed));
    }
}

/// The reports go out. What starts later finds its report there already.
pub(super) fn file(cx: &mut Cx, docket: &mut Docket, ledgers: &mut Ledgers, bench: &Bench) {
    let now = cx.now();
    docket.filed_at = Some(now);
    let owed = reports_owed(bench, docket, None);
    let (mut late, mut latest) = (0_u64, 0.0_f64);
    for (number, place) in bench.duties.iter().enumerate() {
        if bench.duty(*place).to == DutyTo::People || docket.duties[number].met.is_some() {
            continue;
        }
        docket.duties[number].met = Some(now);
        let hours = docket.duties[number].belief.hours_late(Some(now), now);
        late += u64::from(hours > 0.0);
        latest = latest.max(hours);
    }
    cx.note(&kinds::FILED, bench.office, |n| {
        let by = match late {
            0 => String::new(),
            _ => format!(" by up to {}", SimDuration::from_hours_f64(latest)),
        };
        n.with("owed", owed).with("late", late).with("by", by)
    });
    cx.reach(bench.marks.filed);
    pay_filings(cx, bench, owed);
    let evidence = bench.filing_evidence;
    let filing = Observation { party: Party::Regulators, evidence, credibility: 1.0, pieces: 1 };
    ledgers.observe(cx, filing);
}

/// Reports to authorities and markets whose clocks run by belief, of one regime or of all.
fn reports_owed(bench: &Bench, docket: &Docket, regime: Option<usize>) -> u64 {
    let is_owed = |(number, place): &(usize, &DutyPlace)| {
        regime.is_none_or(|r| r == usize::from(place.regime))
            && bench.duty(**place).to != DutyTo::People
            && docket.duties[*number].belief.started.is_some()
    };
    bench.duties.iter().enumerate().filter(is_owed).count() as u64
}

fn pay_filings(cx: &mut Cx, bench: &Bench, reports: u64) {
    let usd = cx.value(bench.numbers.filing_usd) * reports as f64;
    if usd > 0.0 {
        cx.send(CostIncurred { kind: CostKind::Legal, bearer: Bearer::Vendor, usd });
    }
}

/// The last letter is out: duties to people are met, those that start later too.
pub(super) fn people_told(cx: &Cx, docket: &mut Docket, bench: &Bench) {
    docket.people_at = docket.people_at.or(Some(cx.now()));
    meet(docket, bench, cx.now(), |_, duty| duty.to == DutyTo::People);
}

/// The vendor has affirmed the breach in public: the market is told, and so are the users of a product
/// whose security is in question, whom nobody could write to one by one; authorities read it too.
pub(super) fn told_in_public(cx: &mut Cx, docket: &mut Docket, bench: &Bench) {
    docket.public_at = docket.public_at.or(Some(cx.now()));
    meet(docket, bench, cx.now(), |regime, duty| match duty.to {
        DutyTo::Market => true,
        DutyTo::People => !regime.needs.is_about_people(),
        DutyTo::Authority => false,
    });
    expect_report(cx, docket, bench);
}

fn meet(docket: &mut Docket, bench: &Bench, now: SimTime, is_met: impl Fn(&Regime, &Duty) -> bool) {
    for (number, place) in bench.duties.iter().enumerate() {
        if is_met(bench.regime(*place), bench.duty(*place)) {
            let met = &mut docket.duties[number].met;
            *met = met.or(Some(now));
        }
    }
}

/// The breach is in the open: an authority that hears nothing from the vendor will ask.
pub(super) fn expect_report(cx: &mut Cx, docket: &mut Docket, bench: &Bench) {
    if docket.is_asking || docket.filed_at.is_some() {
        return;
    }
    docket.is_asking = true;
    let wait = cx.value_span(bench.numbers.asks_after);
    cx.after(wait, AskDue { matter: bench.matter });
}

/// Asks, if no report has come and some regime owes one.
pub(super) fn ask(cx: &mut Cx, docket: &Docket, bench: &Bench) {
    let law_of = bench.law.date(cx.now());
    let owes_report = |(i, regime): (usize, &Regime)| {
        docket.applies[i]
            && decisions::is_in_force(regime.from, regime.until, law_of)
            && regime.duties.iter().any(|d| d.to == DutyTo::Authority)
    };
    if docket.filed_at.is_some() || !bench.book.regimes.iter().enumerate().any(owes_report) {
        return;
    }
    cx.note(&kinds::ASKED, bench.actor.id, |n| n);
    cx.reach(bench.marks.asked);
    let usd = cx.value(bench.numbers.answer_usd);
    cx.send(CostIncurred { kind: CostKind::Legal, bearer: Bearer::Vendor, usd });
}

/// Settles at the end of the run which lateness is fined. Nobody fines what never came out.
pub(super) fn settle_fines(cx: &mut Cx, docket: &mut Docket, ledgers: &Ledgers, bench: &Bench) {
    let marks = [bench.marks.disclosed, bench.marks.exposed, bench.marks.people];
    let is_known = docket.filed_at.is_some() || marks.iter().any(|m| cx.reached(*m).is_some());
    let is_counted = |c: &&Claim| {
        let matter = bench.case.matter_of(c.proposition);
        c.refuted_at.is_some() && matter.is_none_or(|m| m == bench.matter)
    };
    let refuted = ledgers.claims().iter().filter(is_counted).count() as u64;
    let half_at = cx.value_span(bench.numbers.half_at).hours();
    let per_refuted = cx.value(bench.numbers.per_refuted);
    for (i, regime) in bench.book.regimes.iter().enumerate() {
        let hours = latest(cx, docket, bench, i);
        let if_late = cx.value(regime.fine_if_late);
        let chance = decisions::fine_chance(if_late, hours, half_at, refuted, per_refuted);
        let mut draw = cx.draw_at(bench.fines[i], 0);
        let is_fined = draw.chance(chance);
        let share = cx.sample(bench.numbers.share_of_max, &mut draw);
        let usd = cx.value(regime.fine_max) * share;
        if !is_known || !is_fined || usd <= 0.0 {
            continue;
        }
        docket.fines_usd += usd;
        let days = libm::ceil(hours / 24.0) as u64;
        cx.note(&kinds::FINED, bench.actors[i], |n| n.with("usd", usd).with("days", days));
        cx.send(CostIncurred { kind: CostKind::Fines, bearer: Bearer::Vendor, usd });
    }
}

/// Hours by which a regime's latest duty is late, as an authority counts them.
fn latest(cx: &mut Cx, docket: &Docket, bench: &Bench, regime: usize) -> f64 {
    let hindsight = cx.value(bench.numbers.hindsight);
    let now = cx.now();
    let hours = bench.duties_of(regime).map(|(number, _)| {
        let state = &docket.duties[number];
        decisions::counted_hours(
            state.belief.hours_late(state.met, now),
            state.hindsight.hours_late(state.met, now),
            hindsight,
        )
    });
    hours.fold(0.0, f64::max)
}
