//! The press office at work: takes orders, moves texts along their chain, releases them.

use hotwash_engine::{Cx, SimDuration};
use hotwash_incident::case::CaseBook;
use hotwash_incident::events::{
    Bearer, BeliefMoved, CostIncurred, CostKind, HoursWorked, StatementReleased,
};
use hotwash_incident::{Audiences, Ledgers, Observation, Party, Polarity, Statement, StatementId};

use super::decisions::{self, Stage};
use super::{Job, Office, PrOffice, PrOrder, StepDue, direct, kinds};

/// How many occurrence numbers of a stream one attempt may use.
const OCCURRENCES_PER_ATTEMPT: u64 = 64;

/// Carries out an order.
pub(super) fn obey(cx: &mut Cx, pr: &mut PrOffice, office: &Office, order: PrOrder) {
    match order {
        PrOrder::Publish(name) => {
            // The name was checked when the scenario was read.
            if let Ok(statement) = office.book.find(name.as_str()) {
                begin(cx, pr, office, usize::from(statement.0));
            }
        }
        PrOrder::WarnTargets => begin(cx, pr, office, office.warning_job()),
        PrOrder::NotifyPeople => begin(cx, pr, office, office.letters_job()),
        PrOrder::Brief => begin(cx, pr, office, office.briefing_job()),
        PrOrder::Hold => stop(cx, pr, office),
    }
}

/// Begins work on a text, unless it is in the works or is out. A warning can be given again, and
/// letters when more people are affected than were written to.
fn begin(cx: &mut Cx, pr: &mut PrOffice, office: &Office, job: usize) {
    let known = pr.jobs[job];
    let can_be_repeated =
        job == office.warning_job() || (job == office.letters_job() && pr.records > pr.covered);
    let is_final = known.stage == Stage::Done && !can_be_repeated;
    if known.stage.is_open() || is_final || !office.can_do(job) {
        return;
    }
    pr.jobs[job] = Job {
        stage: Stage::Drafting,
        attempt: known.attempt + 1,
        ordered_at: Some(cx.now()),
        waiting_since: None,
        done_at: known.done_at,
    };
    cx.note(&kinds::BEGAN, office.actor.id, |n| {
        n.with("title", office.title(job))
            .with("approvals", u64::from(office.approvals))
            .with("review", if office.is_review_light { "light" } else { "full" })
    });
    schedule(cx, pr, office, job);
}

/// Stops what is not out yet. Letters that are on their way cannot be called back.
fn stop(cx: &mut Cx, pr: &mut PrOffice, office: &Office) {
    let mut count = 0_u64;
    for job in &mut pr.jobs {
        if job.stage.is_open() && job.stage != Stage::Sending {
            job.stage = Stage::Idle;
            count += 1;
        }
    }
    if count > 0 {
        cx.note(&kinds::STOPPED, office.actor.id, |n| n.with("count", count));
    }
}

/// Draws how long the current stage of a text takes and puts its end on the agenda.
fn schedule(cx: &mut Cx, pr: &PrOffice, office: &Office, job: usize) {
    let Job { stage, attempt, .. } = pr.jobs[job];
    let work = stage_time(cx, office, job, stage, attempt);
    let effort = cx.value(office.numbers.effort);
    if work > SimDuration::ZERO {
        cx.send(HoursWorked { hours: work.hours() * effort });
    }
    let due = cx.calendar().after_business(cx.now(), work);
    cx.at(due, StepDue { job: job as u16, attempt });
}

fn stage_time(cx: &mut Cx, office: &Office, job: usize, stage: Stage, attempt: u32) -> SimDuration {
    let numbers = &office.numbers;
    let occurrence = u64::from(attempt) * OCCURRENCES_PER_ATTEMPT + stage.number();
    let mut draw = cx.draw_at(office.streams[job], occurrence);
    let param = match stage {
        // A list of addresses cannot be prepared beforehand, words can.
        Stage::Drafting if office.statement(job).is_none() => match office.list_time(job) {
            Some(param) => param,
            None => return SimDuration::ZERO,
        },
        Stage::Drafting if office.is_prepared => return SimDuration::ZERO,
        Stage::Drafting => numbers.draft,
        Stage::Review => numbers.review,
        _ => numbers.approval,
    };
    cx.sample_span(param, &mut draw)
}

/// The current stage of a text is over.
pub(super) fn step(
    cx: &mut Cx,
    pr: &mut PrOffice,
    ledgers: &mut Ledgers,
    office: &Office,
    trust: Option<f64>,
    due: StepDue,
) {
    let job = usize::from(due.job);
    if pr.jobs[job].attempt != due.attempt {
        return;
    }
    match pr.jobs[job].stage {
        Stage::Idle | Stage::Done => {}
        Stage::Waiting | Stage::Cleared => clear(cx, pr, ledgers, office, trust, job),
        Stage::Sending => direct::letters_out(cx, pr, office),
        stage => {
            if stage == Stage::Review {
                let usd = cx.value(office.numbers.review_usd);
                spend(cx, CostKind::Legal, usd);
            }
            let next = decisions::next_stage(stage, office.approvals);
            pr.jobs[job].stage = next;
            note_step(cx, office, job, stage);
            if next == Stage::Cleared {
                clear(cx, pr, ledgers, office, trust, job);
            } else {
                schedule(cx, pr, office, job);
            }
        }
    }
}

fn note_step(cx: &mut Cx, office: &Office, job: usize, stage: Stage) {
    cx.note(&kinds::STEPPED, office.actor.id, |n| {
        let step = match stage {
            Stage::Drafting => "written".to_owned(),
            Stage::Review => "read by counsel".to_owned(),
            Stage::Approval(step) => format!("approval {step} given"),
            _ => String::new(),
        };
        n.with("title", office.title(job)).with("step", step)
    });
}

/// A text has all approvals: it goes out, unless the rule or the police hold it back.
fn clear(
    cx: &mut Cx,
    pr: &mut PrOffice,
    ledgers: &mut Ledgers,
    office: &Office,
    trust: Option<f64>,
    job: usize,
) {
    if let Some((id, statement)) = office.statement(job) {
        let ordered_at = pr.jobs[job].ordered_at.unwrap_or(cx.now());
        if decisions::is_overtaken(statement, ordered_at, ledgers.claims()) {
            pr.jobs[job].stage = Stage::Idle;
            cx.note(&kinds::OVERTAKEN, office.actor.id, |n| {
                n.with("title", statement.title.as_str())
            });
            return;
        }
        if is_held_by_rule(cx, pr, ledgers, office, job, statement) {
            return;
        }
        release(cx, pr, ledgers, office, trust, id);
        finish(cx, pr, job);
    } else if job == office.warning_job() {
        direct::warn(cx, pr, ledgers, office);
    } else if job == office.briefing_job() {
        direct::brief(cx, pr, office);
    } else if let Some(until) = decisions::kept_back_until(cx.now(), pr.hold_until) {
        direct::keep_letters_back(cx, pr, office, until);
    } else {
        direct::send_letters(cx, pr, ledgers, office, trust);
    }
}

pub(super) fn finish(cx: &Cx, pr: &mut PrOffice, job: usize) {
    pr.jobs[job].stage = Stage::Done;
    pr.jobs[job].done_at = Some(cx.now());
}

fn is_held_by_rule(
    cx: &mut Cx,
    pr: &mut PrOffice,
    ledgers: &Ledgers,
    office: &Office,
    job: usize,
    statement: &Statement,
) -> bool {
    let breach = office.case.matter(statement.matter).breach;
    let belief = ledgers.belief(Party::Vendor, breach);
    let bar = cx.value(office.numbers.bar);
    let patience = cx.value_span(office.numbers.patience);
    let now = cx.now();
    let since = pr.jobs[job].waiting_since.unwrap_or(now);
    let affirms = decisions::affirms(statement, breach);
    if decisions::may_release(affirms, belief, bar, now - since, patience) {
        return false;
    }
    pr.jobs[job].stage = Stage::Waiting;
    if pr.jobs[job].waiting_since.is_none() {
        pr.jobs[job].waiting_since = Some(now);
        note_unsure(cx, office, statement, belief, bar);
        let due = cx.calendar().next_open(now + patience);
        cx.at(due, StepDue { job: job as u16, attempt: pr.jobs[job].attempt });
    }
    true
}

fn note_unsure(cx: &mut Cx, office: &Office, statement: &Statement, belief: f64, bar: f64) {
    let is_of_people = office.letters.as_ref().is_some_and(|l| l.matter == statement.matter);
    let kind = if is_of_people { &kinds::NOT_SURE } else { &kinds::NOT_SURE_OF };
    cx.note(kind, office.actor.id, |n| {
        let n = n
            .with("title", statement.title.as_str())
            .with("belief", belief)
            .with("bar", bar)
            .with("rule", decisions::DisclosureRule::WORDS[office.rule as usize]);
        if is_of_people {
            return n;
        }
        let breach = office.case.matter(statement.matter).breach;
        n.with("breach", office.case.proposition_text(breach))
    });
}

/// Whether a belief that moved is the vendor's in a breach.
pub(super) fn concerns_the_office(moved: &BeliefMoved, case: &CaseBook) -> bool {
    moved.party == Party::Vendor && case.matters().iter().any(|m| m.breach == moved.proposition)
}

/// The vendor's belief in a breach rose over the rule's bar: what waits for it is looked at again
/// when the office next opens.
pub(super) fn reconsider(cx: &mut Cx, pr: &mut PrOffice, office: &Office, moved: BeliefMoved) {
    let bar = cx.value(office.numbers.bar);
    if !(moved.from < bar && bar <= moved.to) {
        return;
    }
    let due = cx.calendar().next_open(cx.now());
    for (job, statement) in office.book.statements.iter().enumerate() {
        let is_its = office.case.matter(statement.matter).breach == moved.proposition;
        if is_its && pr.jobs[job].stage == Stage::Waiting {
            cx.at(due, StepDue { job: job as u16, attempt: pr.jobs[job].attempt });
        }
    }
}

/// A statement goes out: its claims are written down, outsiders hear them, others are told.
pub(super) fn release(
    cx: &mut Cx,
    pr: &mut PrOffice,
    ledgers: &mut Ledgers,
    office: &Office,
    trust: Option<f64>,
    id: StatementId,
) {
    let statement = office.book.get(id);
    let is_public = statement.to != Audiences::Affected;
    pr.released += 1;
    let counted =
        office.counted[usize::from(id.0)].map(|ends| decisions::counted(pr.records, ends));
    let kind = match statement.to {
        Audiences::Public => &kinds::PUBLISHED,
        Audiences::Support => &kinds::POSTED,
        Audiences::Affected => &kinds::WROTE,
    };
    let said = cx.note(kind, office.actor.id, |n| {
        n.with("title", decisions::with_number(&statement.title, counted))
            .with("text", decisions::with_number(&statement.text, counted))
            .with("statement", statement.name.as_str())
    });
    if is_public {
        for (matter, disclosed) in office.case.matters().iter().zip(&office.marks.disclosed) {
            if decisions::affirms(statement, matter.breach) {
                cx.reach(*disclosed);
            }
        }
        cx.reach(office.marks.first_statement[usize::from(statement.matter.0)]);
    }
    cx.reach(office.marks.released[usize::from(id.0)]);
    ledgers.claim(cx, statement, is_public, office.actor.id);
    cx.because(said);
    if is_public {
        be_heard(cx, ledgers, office, trust, statement);
    }
    cx.because(said);
    let usd = cx.value(office.numbers.statement_usd);
    spend(cx, CostKind::Communication, usd);
    cx.send(StatementReleased { statement: id, records: counted.or(statement.records) });
}

/// The public and the press take in what a statement says, topic by topic.
fn be_heard(
    cx: &mut Cx,
    ledgers: &mut Ledgers,
    office: &Office,
    trust: Option<f64>,
    statement: &Statement,
) {
    let numbers = &office.numbers;
    let said = cx.cause();
    for topic in &office.topics {
        let Some(stance) = decisions::stance(statement, &topic.of) else { continue };
        let (evidence, credibility) = match stance {
            Polarity::Affirms => (topic.admits, cx.value(numbers.admission)),
            Polarity::Denies => {
                let distrusted = cx.value(numbers.denial_distrusted);
                let trusted = cx.value(numbers.denial_trusted);
                // Without customers in the scenario nobody has learned to distrust the vendor.
                let credibility = match trust {
                    Some(trust) => decisions::denial_credibility(trust, distrusted, trusted),
                    None => trusted,
                };
                (topic.denies, credibility)
            }
        };
        cx.because(said);
        for party in [Party::Public, Party::Press] {
            let observation = Observation { party, evidence, credibility, pieces: 1 };
            ledgers.observe(cx, observation);
        }
    }
}

pub(super) fn spend(cx: &mut Cx, kind: CostKind, usd: f64) {
    if usd > 0.0 {
        cx.send(CostIncurred { kind, bearer: Bearer::Vendor, usd });
    }
}
