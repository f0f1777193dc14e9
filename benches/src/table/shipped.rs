//! The shipped scenarios under each of their policies, on one core, simulation reused.

use super::{Effort, progress};
use crate::allocations::counted;
use crate::page::{Cell, Page, n, t};
use crate::timing::{median, timed};
use crate::{instructions, work};

const WARM_UP: u64 = 200;

pub(super) fn print(page: &mut Page, effort: Effort) -> Result<(), String> {
    page.section("shipped", "The shipped scenarios");
    let columns = [
        "scenario",
        "policy",
        "runs/s",
        "entries/run",
        "ns/entry",
        "instructions/entry",
        "allocations/run",
        "reset, ns",
    ];
    let mut rows = Vec::new();
    for name in hotwash::scenarios() {
        let scenario = work::shipped(name)?;
        for policy in scenario.policies().iter().take(effort.of(1, usize::MAX)) {
            progress(&format!("{name}, {}", policy.name()));
            rows.push(measure(
                name,
                policy.name(),
                &mut *work::policy(&scenario, policy.name())?,
                effort,
            )?);
        }
    }
    page.table(&columns, &rows);
    let repeats = repeats(effort);
    let rounds = if repeats == 1 {
        "of one round".to_owned()
    } else {
        format!("medians of {repeats} rounds")
    };
    page.say(&format!("Times are {rounds} of {} runs.", runs(effort)));
    Ok(())
}

fn runs(effort: Effort) -> u64 {
    effort.of(200, 1_000)
}

fn repeats(effort: Effort) -> usize {
    effort.of(1, 3)
}

fn measure(
    name: &str,
    policy: &str,
    work: &mut dyn work::Work,
    effort: Effort,
) -> Result<Vec<Cell>, String> {
    let runs = runs(effort);
    work.runs(0..WARM_UP);
    let mut entries = 0;
    let replications = WARM_UP..WARM_UP + runs;
    let allocations = counted(|| entries = work.runs(replications.clone()));
    let seconds: Vec<f64> = (0..repeats(effort))
        .map(|_| {
            timed(|| {
                work.runs(replications.clone());
            })
        })
        .collect();
    let seconds = median(&seconds);
    let reset = timed(|| (0..runs).for_each(|r| work.reset(r)));
    let instructions = if effort == Effort::Full && instructions::is_possible() {
        instructions::count(&format!("scenario/{name}/{policy}"), 20, 60)?.each()
    } else {
        f64::NAN
    };
    let runs = runs as f64;
    Ok(vec![
        t(name),
        t(policy),
        n(runs / seconds, 0),
        n(entries as f64 / runs, 0),
        n(seconds * 1e9 / entries as f64, 0),
        n(instructions, 0),
        n(allocations as f64 / runs, 2),
        n(reset * 1e9 / runs, 0),
    ])
}
