//! The leanest style: ixa's clock and plans and nothing else of it. Plans are plain functions; there
//! are no entities and no ixa events; all state lies in one data plugin. A `Context` cannot be
//! rewound, so each run has a new one.
//!
//! ixa's random module is left out too: its streams are found by hashing their type at every draw,
//! which costs a tenth of the instructions of a run. The plugin keeps five of the same generators.
//! Nobody would choose ixa to write like this; it is the least that its core can cost.

use std::collections::VecDeque;

use ixa::prelude::*;

use crate::chance::Chance;
use crate::measure::Outcome;
use crate::rules::{self, ANALYSTS, COHORTS, Cohort, HORIZON, SEGMENTS, WEEK};

/// Everything there is.
struct Company {
    chance: Chance,
    visibility: [f64; SEGMENTS],
    taken_in: [u32; SEGMENTS],
    busy: [bool; ANALYSTS],
    queue: VecDeque<bool>,
    cohorts: [Cohort; COHORTS],
    reviewing: bool,
    events: u64,
    taken: u64,
    found: u64,
    complaints: u64,
    statements: u64,
}

define_data_plugin!(
    CompanyPlugin,
    Company,
    Company {
        // Replaced at the start of each run: a plugin is made without arguments.
        chance: Chance::new(0, 0),
        visibility: rules::visibility(),
        taken_in: [0; SEGMENTS],
        busy: [false; ANALYSTS],
        queue: VecDeque::new(),
        cohorts: rules::cohorts(),
        reviewing: false,
        events: 0,
        taken: 0,
        found: 0,
        complaints: 0,
        statements: 0,
    }
);

/// One replication.
pub(crate) fn run(seed: u64, replication: u64) -> Outcome {
    let mut context = Context::new();
    context.get_data_mut(CompanyPlugin).chance = Chance::new(seed, replication);
    context.schedule_shutdown(HORIZON);
    context.add_plan(0.0, step);
    context.add_plan(0.0, noise);
    context.add_plan(WEEK, week);
    context.execute();
    let company = context.get_data(CompanyPlugin);
    [company.events, company.taken, company.found, company.complaints, company.statements]
}

fn step(context: &mut Context) {
    let company = context.get_data_mut(CompanyPlugin);
    company.events += 1;
    let taken = rules::step(&mut company.chance.intruder, &company.visibility);
    if taken.gains {
        company.taken_in[taken.to] += 1;
        company.taken += 1;
    }
    context.add_plan(context.get_current_time() + taken.wait, step);
    if taken.seen {
        raise(context, true);
    }
}

fn noise(context: &mut Context) {
    let company = context.get_data_mut(CompanyPlugin);
    company.events += 1;
    let wait = rules::noise(&mut company.chance.noise);
    context.add_plan(context.get_current_time() + wait, noise);
    raise(context, false);
}

fn raise(context: &mut Context, is_real: bool) {
    let company = context.get_data_mut(CompanyPlugin);
    match company.busy.iter().position(|busy| !busy) {
        Some(analyst) => {
            company.busy[analyst] = true;
            assign(context, analyst, is_real);
        }
        None => company.queue.push_back(is_real),
    }
}

fn assign(context: &mut Context, analyst: usize, is_real: bool) {
    let company = context.get_data_mut(CompanyPlugin);
    let (work, recognises) = rules::triage(&mut company.chance.triage);
    let is_found = is_real && recognises;
    context.add_plan(context.get_current_time() + work, move |context| {
        triaged(context, analyst, is_found);
    });
}

fn triaged(context: &mut Context, analyst: usize, is_found: bool) {
    let company = context.get_data_mut(CompanyPlugin);
    company.events += 1;
    company.found += u64::from(is_found);
    let next = company.queue.pop_front();
    company.busy[analyst] = next.is_some();
    if is_found && !company.reviewing {
        company.reviewing = true;
        let work = rules::review(&mut company.chance.press);
        context.add_plan(context.get_current_time() + work, released);
    }
    if let Some(is_real) = next {
        assign(context, analyst, is_real);
    }
}

fn week(context: &mut Context) {
    let company = context.get_data_mut(CompanyPlugin);
    company.events += 1;
    for cohort in &mut company.cohorts {
        company.complaints += rules::week(&mut company.chance.customers, cohort);
    }
    context.add_plan(context.get_current_time() + WEEK, week);
}

fn released(context: &mut Context) {
    let company = context.get_data_mut(CompanyPlugin);
    company.events += 1;
    company.statements += 1;
    company.reviewing = false;
}
