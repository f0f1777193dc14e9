//! Handlers of the customers plugin: calls become complaints, news becomes trust, loss becomes churn.

use hotwash_engine::{Cx, End, Event, On, Query, SimDuration, SimTime, Start};
use hotwash_incident::events::{
    ArticlePublished, Bearer, ClaimRefuted, Complaints, CostIncurred, CostKind, CustomersCalled,
    CustomersLost, CustomersWarned, PeopleNotified, RecordsRead, StatementReleased,
};
use hotwash_incident::{
    Audiences, Cohort, Ledgers, Observation, Party, Polarity, PropositionId, Statement,
};

use super::decisions;
use super::kinds;
use super::state::Customers;
use super::wiring::Wiring;

/// The story that tells of fraud calls and of no leak.
const SCAM_WAVE: &str = "scam-wave";
const WEEK: SimDuration = SimDuration::from_days(7);

/// Complaints on their way to support.
#[derive(Clone, Copy, Debug)]
pub(super) struct Arriving {
    cohort: u16,
    with_ticket: u64,
    general: u64,
    /// Whether the callers had the stolen records.
    is_genuine: bool,
}

impl Event for Arriving {
    const NAME: &'static str = "customers.complaints-arrive";
}

/// A week of ordinary complaints.
#[derive(Clone, Copy, Debug)]
pub(super) struct OrdinaryWeek;

impl Event for OrdinaryWeek {
    const NAME: &'static str = "customers.ordinary-week";
}

pub(super) type Cohorts<'w, 's, 'a> = Query<'w, 's, &'a mut Cohort>;

fn at<'q>(cohorts: &'q mut Cohorts<'_, '_, '_>, index: u16) -> Option<&'q mut Cohort> {
    cohorts.iter_mut().map(|c| c.into_inner()).find(|c| c.index == index)
}

pub(super) fn start(
    on: &mut On<'_, Start>,
    all: &mut Customers,
    cohorts: &mut Cohorts<'_, '_, '_>,
    w: &Wiring,
) {
    let initial = on.value(w.trust.initial);
    all.initial = initial;
    all.half_life = on.value(w.trust.half_life);
    all.recovered_at = on.now();
    all.affected_trust = initial;
    all.affected_lowest = initial;
    all.mean_lowest = initial;
    all.told = [initial; 2];
    for mut cohort in cohorts.iter_mut() {
        cohort.size = on.value(w.sizes[usize::from(cohort.index)]).round() as u64;
        cohort.trust = initial;
        cohort.trust_lowest = initial;
    }
    on.at(SimTime::STARTEX - w.complaints.noise_from, OrdinaryWeek);
}

/// Some of those who were called will complain, and all of them trust the vendor less.
pub(super) fn called(
    on: &mut On<'_, CustomersCalled>,
    all: &mut Customers,
    cohorts: &mut Cohorts<'_, '_, '_>,
    w: &Wiring,
) {
    let CustomersCalled { cohort: index, answered, victims, loss_usd, .. } = on.event;
    let Some(cohort) = at(cohorts, index) else { return };
    let is_first_victim = victims > 0 && all.victims == 0;
    cohort.calls_answered += answered;
    cohort.victims += victims;
    cohort.loss_usd += loss_usd;
    all.answered += answered;
    all.victims += victims;
    all.answered_warned += answered as f64 * cohort.warned_specifically;
    if loss_usd > 0.0 {
        on.send(CostIncurred { kind: CostKind::Fraud, bearer: Bearer::Victims, usd: loss_usd });
    }
    let caused = on.cause();
    if is_first_victim {
        let who = w.book.cohorts[usize::from(index)].actor.id;
        on.note(&kinds::FIRST_VICTIM, who, |n| n.with("loss", loss_usd));
    }
    let (called, victim) = (on.value(w.trust.called), on.value(w.trust.victim));
    let affected = all.taken;
    let lost = |people| {
        decisions::spread(answered, called, people) + decisions::spread(victims, victim, people)
    };
    all.lose_trust(on, cohorts, w, lost(affected), |c| {
        if c.index == index { lost(c.size) } else { 0.0 }
    });
    on.because(caused);
    complain_later(on, index, answered, w);
}

fn complain_later(cx: &mut Cx, index: u16, answered: u64, w: &Wiring) {
    let day = cx.calendar().day_number(cx.now()).unsigned_abs();
    let mut draw = cx.draw_at(w.complaint_streams[usize::from(index)], day);
    let (report, mentions) =
        (cx.value(w.complaints.report), cx.value(w.complaints.mentions_ticket));
    let complaints = draw.binomial(answered, report);
    if complaints == 0 {
        return;
    }
    let with_ticket = draw.binomial(complaints, mentions);
    let delay = cx.sample_span(w.complaints.delay, &mut draw);
    let general = complaints - with_ticket;
    cx.after(delay, Arriving { cohort: index, with_ticket, general, is_genuine: true });
}

/// Complaints reach support.
pub(super) fn arrived(
    on: &mut On<'_, Arriving>,
    all: &mut Customers,
    cohorts: &mut Cohorts<'_, '_, '_>,
    ledgers: &mut Ledgers,
    w: &Wiring,
) {
    let arriving = on.event;
    arrive(on, arriving, all, cohorts, ledgers, w);
}

fn arrive(
    cx: &mut Cx,
    arriving: Arriving,
    all: &mut Customers,
    cohorts: &mut Cohorts<'_, '_, '_>,
    ledgers: &mut Ledgers,
    w: &Wiring,
) {
    let Arriving { cohort: index, with_ticket, general, is_genuine } = arriving;
    let Some(cohort) = at(cohorts, index) else { return };
    cohort.complaints += with_ticket;
    let who = w.book.cohorts[usize::from(index)].actor.id;
    cx.note(&kinds::COMPLAINED, who, |n| {
        n.with("with_ticket", with_ticket).with("general", general)
    });
    let told = cx.cause();
    if is_genuine && with_ticket > 0 {
        count_genuine(cx, all, with_ticket, who, w);
    }
    if with_ticket > 0 {
        watch_surge(cx, all, with_ticket, w);
    }
    cx.because(told);
    // The reasonable investigator reads every complaint, whether or not the vendor does.
    for (evidence, pieces) in [(w.knows_ticket, with_ticket), (w.general, general)] {
        if pieces > 0 {
            let party = Party::Hindsight;
            let seen = Observation { party, evidence, credibility: 1.0, pieces };
            ledgers.observe(cx, seen);
        }
    }
    cx.because(told);
    cx.send(Complaints { cohort: index, with_ticket, general });
}

fn count_genuine(
    cx: &mut Cx,
    all: &mut Customers,
    with_ticket: u64,
    who: hotwash_engine::ActorId,
    w: &Wiring,
) {
    let before = all.genuine;
    all.genuine += with_ticket;
    if cx.reached(w.disclosed).is_none() {
        all.genuine_before_disclosure += with_ticket;
    }
    if before == 0 {
        cx.note(&kinds::FIRST_COMPLAINT, who, |n| n);
        cx.reach(w.first_complaint);
        cx.reach(w.first_signal);
    }
    if let Some(count) = decisions::round_number_passed(before, all.genuine) {
        cx.note(&kinds::COMPLAINTS_SO_FAR, w.who, |n| n.with("count", count));
    }
}

fn watch_surge(cx: &mut Cx, all: &mut Customers, with_ticket: u64, w: &Wiring) {
    let day = cx.calendar().day_number(cx.now());
    let count = all.window.add(day, with_ticket);
    if !all.has_surged && count as f64 > cx.value(w.complaints.surge) {
        all.has_surged = true;
        cx.note(&kinds::SURGE, w.who, |n| n.with("count", count));
        cx.reach(w.surge);
    }
}

/// What people tell support about fraud calls in any week, breach or no breach.
pub(super) fn ordinary_week(
    on: &mut On<'_, OrdinaryWeek>,
    all: &mut Customers,
    cohorts: &mut Cohorts<'_, '_, '_>,
    ledgers: &mut Ledgers,
    w: &Wiring,
) {
    on.after(WEEK, OrdinaryWeek);
    let week = on.calendar().day_number(on.now()).unsigned_abs() / 7;
    let mut draw = on.draw_at(w.noise_stream, week);
    let mean = on.value(w.complaints.general_per_week);
    let by_chance = on.value(w.complaints.knows_by_chance);
    let mut left = draw.poisson(mean);
    let mut people: u64 = cohorts.iter().map(|c| c.size).sum();
    for index in 0..w.book.cohorts.len() as u16 {
        // The next part of a multinomial split by size.
        let size = at(cohorts, index).map_or(0, |c| c.size);
        let share = if people == 0 { 0.0 } else { size as f64 / people as f64 };
        let complaints = draw.binomial(left, share);
        let with_ticket = draw.binomial(complaints, by_chance);
        left -= complaints;
        people -= size;
        if complaints > 0 {
            let general = complaints - with_ticket;
            let arriving = Arriving { cohort: index, with_ticket, general, is_genuine: false };
            arrive(on, arriving, all, cohorts, ledgers, w);
        }
    }
}

pub(super) fn records_read(on: &On<'_, RecordsRead>, all: &mut Customers) {
    all.taken += on.event.count;
}

/// The vendor told those at risk what to beware of.
pub(super) fn warned(
    on: &mut On<'_, CustomersWarned>,
    all: &mut Customers,
    cohorts: &mut Cohorts<'_, '_, '_>,
    w: &Wiring,
) {
    let CustomersWarned { reach, is_specific } = on.event;
    all.warn(on, cohorts, w, is_specific, |known| decisions::union(known, reach));
    // Only those at risk hear it, so it unsettles nobody else.
    let points = on.value(w.trust.alarm) * reach;
    let affected = all.taken;
    all.lose_trust(on, cohorts, w, points, |c| {
        points * decisions::spread(affected, w.record_share(c.index), c.size)
    });
}

/// Letters went out to those whose records were taken.
pub(super) fn notified(
    on: &mut On<'_, PeopleNotified>,
    all: &mut Customers,
    cohorts: &mut Cohorts<'_, '_, '_>,
    w: &Wiring,
) {
    let PeopleNotified { letters, affected: written_to } = on.event;
    let (before, after) = (all.letters, all.letters + written_to);
    all.letters = after;
    let affected = all.taken;
    let read = on.value(w.warnings.letter_read);
    all.warn(on, cohorts, w, true, |known| {
        decisions::warned_by_letters(known, before, after, affected, read)
    });
    let points = on.value(w.trust.notified) * all.harshness;
    let lost = decisions::spread(written_to, points, affected);
    all.lose_trust(on, cohorts, w, lost, |c| {
        decisions::spread(letters, points * w.record_share(c.index), c.size)
    });
}

/// Readers of the press trust the vendor less, and those at risk are warned by what they read.
pub(super) fn article(
    on: &mut On<'_, ArticlePublished>,
    all: &mut Customers,
    cohorts: &mut Cohorts<'_, '_, '_>,
    w: &Wiring,
) {
    let ArticlePublished { story, reach, severity, .. } = on.event;
    let warned = reach * on.value(w.warnings.article_warns);
    let is_specific = story.as_str() != SCAM_WAVE;
    all.warn(on, cohorts, w, is_specific, |known| decisions::union(known, warned));
    let lost = on.value(w.trust.press) * reach * severity * all.harshness;
    all.lose_trust(on, cohorts, w, lost, |_| lost);
}

/// A claim of the vendor was contradicted from outside.
pub(super) fn refuted(
    on: &mut On<'_, ClaimRefuted>,
    all: &mut Customers,
    cohorts: &mut Cohorts<'_, '_, '_>,
    w: &Wiring,
) {
    let factor = decisions::refuted_factor(on.event.severity, on.value(w.trust.refuted));
    all.break_trust(on, cohorts, w, factor);
}

fn affirms(statement: &Statement, proposition: PropositionId) -> bool {
    statement
        .claims
        .iter()
        .any(|(id, claim)| *id == proposition && claim.perceived == Polarity::Affirms)
}

/// The vendor spoke: some are warned, some lose trust, and some are unsettled for nothing.
pub(super) fn spoke(
    on: &mut On<'_, StatementReleased>,
    all: &mut Customers,
    cohorts: &mut Cohorts<'_, '_, '_>,
    ledgers: &Ledgers,
    statement: &Statement,
    w: &Wiring,
) {
    let now = on.now();
    if ledgers.claims().iter().any(|c| c.walked_back_at == Some(now)) {
        let factor = on.value(w.trust.walked_back);
        all.break_trust(on, cohorts, w, factor);
    }
    let reach = match statement.to {
        Audiences::Public => on.value(w.warnings.public_reach),
        Audiences::Support => on.value(w.warnings.support_reach),
        // Letters are counted when they go out.
        Audiences::Affected => return,
    };
    let discloses = affirms(statement, w.breach);
    let warns = statement.is_specific_warning || discloses || affirms(statement, w.general_warning);
    let mut points = 0.0;
    if warns {
        let is_specific = statement.is_specific_warning;
        all.warn(on, cohorts, w, is_specific, |known| decisions::union(known, reach));
        points += on.value(w.trust.alarm);
    }
    if discloses {
        points += on.value(w.trust.press) * on.value(w.trust.own_disclosure) * all.harshness;
    }
    if points > 0.0 {
        all.lose_trust(on, cohorts, w, reach * points, |_| reach * points);
    }
}

/// Counts who leaves, once, when the run ends.
pub(super) fn end(
    on: &mut On<'_, End>,
    all: &mut Customers,
    cohorts: &mut Cohorts<'_, '_, '_>,
    w: &Wiring,
) {
    let (churn, reference) = (on.value(w.churn.others), on.value(w.churn.others_reference));
    let (mut people, mut others) = (0.0, 0.0);
    for cohort in cohorts.iter() {
        let loss = all.initial - cohort.trust_lowest;
        people += cohort.size as f64;
        others += cohort.size as f64 * decisions::churn_share(churn, loss, reference);
    }
    let (churn, reference) = (on.value(w.churn.affected), on.value(w.churn.affected_reference));
    let affected = (all.taken as f64).min(people);
    let loss = all.initial - all.affected_lowest;
    let of_affected = affected * decisions::churn_share(churn, loss, reference);
    let of_others = if people > 0.0 { others * (1.0 - affected / people) } else { 0.0 };
    let customers = of_affected + of_others;
    all.lost = Some(customers);
    on.note(&kinds::CHURNED, w.who, |n| {
        n.with("customers", customers).with("affected", of_affected)
    });
    on.send(CustomersLost { customers });
}
