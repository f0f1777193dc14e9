//! What an event costs when one thing grows: plugins, customers, pending entries. The curves are drawn.

use std::path::PathBuf;

use super::{Effort, progress};
use crate::curve::{self, Curve, Panel};
use crate::page::{Cell, Page, n, t};
use crate::timing::{fastest, timed};
use crate::{instructions, work};

/// Growth up to which a cost is called flat.
const FLAT: f64 = 1.10;

/// One thing that grows.
struct Growth {
    /// What it is, in the plural.
    of: &'static str,
    /// How the work is called, but for the number.
    work: &'static str,
    /// The work's name for people.
    name: &'static str,
    /// The numbers.
    sizes: Vec<u64>,
    /// Replications of a round, and the two lengths of which instructions are the difference.
    runs: (u64, u64, u64),
}

/// What was measured of a [`Growth`].
struct Measured {
    growth: Growth,
    ns: Vec<f64>,
    instructions: Vec<f64>,
}

fn powers(from: u32, to: u32) -> Vec<u64> {
    (from..=to).map(|exponent| 10_u64.pow(exponent)).collect()
}

fn growths(effort: Effort) -> Vec<Growth> {
    vec![
        Growth {
            of: "plugins",
            work: "plugins",
            name: "the same chains of events, divided",
            sizes: vec![4, 8, 16, 40],
            runs: (100, 10, 30),
        },
        Growth {
            of: "customers per cohort",
            work: "customers",
            name: "the twin",
            sizes: powers(3, 8),
            runs: (100, 10, 30),
        },
        Growth {
            of: "customers per cohort",
            work: "insider-sale",
            name: "insider-sale, historical",
            sizes: effort.of(vec![10_000, 100_000_000], powers(3, 8)),
            runs: (effort.of(50, 200), 10, 30),
        },
        Growth {
            of: "pending entries",
            work: "pending",
            name: "each puts itself off again",
            sizes: powers(1, effort.of(5, 6)),
            runs: (3, 1, 3),
        },
    ]
}

pub(super) fn print(page: &mut Page, effort: Effort) -> Result<(), String> {
    page.section("scaling", "Scaling");
    let mut all = Vec::new();
    for growth in growths(effort) {
        progress(&format!("{}: {}", growth.of, growth.name));
        all.push(measure(growth, effort)?);
    }
    let rows: Vec<Vec<Cell>> = all.iter().flat_map(rows).collect();
    let columns = ["what grows", "in", "to", "ns/event", "x", "instructions/event", "x"];
    page.table(&columns, &rows);
    for measured in &all {
        page.say(&claim(measured));
    }
    page.say("Times are those of the fastest of interleaved rounds.");
    let file = match effort {
        Effort::Quick => crate::guard::root().join("target/scaling.svg"),
        Effort::Full => crate::guard::root().join("docs/pictures/scaling.svg"),
    };
    draw(&all, &file)?;
    page.say(&format!("Drawn: {}.", file.file_name().unwrap_or_default().to_string_lossy()));
    Ok(())
}

/// Times in rounds, so that a disturbance hits all sizes, and of each the fastest round; instructions where they can be counted.
fn measure(growth: Growth, effort: Effort) -> Result<Measured, String> {
    let (runs, few, many) = growth.runs;
    let name = |size: &u64| format!("{}/{size}", growth.work);
    let mut works = Vec::new();
    for size in &growth.sizes {
        let mut work = work::named(&name(size))?;
        work.runs(0..runs.div_ceil(5));
        works.push(work);
    }
    let mut times = vec![Vec::new(); works.len()];
    for _ in 0..effort.of(3, 11) {
        for (work, times) in works.iter_mut().zip(&mut times) {
            let mut events = 0;
            let seconds = timed(|| events = work.runs(0..runs));
            times.push(seconds * 1e9 / events as f64);
        }
    }
    let mut counts = Vec::new();
    for size in &growth.sizes {
        counts.push(if instructions::is_possible() {
            instructions::count(&name(size), few, many)?.each()
        } else {
            f64::NAN
        });
    }
    let ns = times.iter().map(|times| fastest(times)).collect();
    Ok(Measured { growth, ns, instructions: counts })
}

fn rows(measured: &Measured) -> Vec<Vec<Cell>> {
    let Measured { growth, ns, instructions } = measured;
    let row = |i: usize| {
        vec![
            t(growth.of),
            t(growth.name),
            n(growth.sizes[i] as f64, 0),
            n(ns[i], 1),
            n(ns[i] / ns[0], 2),
            n(instructions[i], 0),
            n(instructions[i] / instructions[0], 2),
        ]
    };
    (0..growth.sizes.len()).map(row).collect()
}

/// What the figures say, in one sentence.
fn claim(measured: &Measured) -> String {
    let Measured { growth, ns, instructions } = measured;
    let (first, last) = (growth.sizes[0], growth.sizes[growth.sizes.len() - 1]);
    let (time, count) = (most(ns), most(instructions));
    let grew = format!("x{count:.2} in instructions, x{time:.2} in time");
    let verdict = if growth.work == "pending" {
        // All n entries together may cost n log n, so one may cost log n.
        let allowed = libm::log(last as f64) / libm::log(first as f64);
        let is_within = |most: f64| if most <= allowed { "within" } else { "MORE than" };
        format!(
            "{} log n (x{allowed:.1}) in instructions, {} it in time",
            is_within(count),
            is_within(time)
        )
    } else if count.max(time) <= FLAT {
        "flat".to_owned()
    } else {
        "NOT flat".to_owned()
    };
    format!("{}, {}: {first} to {last}: {verdict}: at most {grew}.", growth.of, growth.name)
}

/// The largest, to the first.
fn most(values: &[f64]) -> f64 {
    values.iter().fold(f64::NAN, |most, value| most.max(value / values[0]))
}

fn draw(all: &[Measured], file: &PathBuf) -> Result<(), String> {
    let series = |work: &str, pick: fn(&Measured) -> &Vec<f64>| -> Vec<Curve> {
        let chosen = all.iter().filter(|m| m.growth.work == work);
        chosen
            .map(|m| Curve {
                name: m.growth.name.to_owned(),
                points: m
                    .growth
                    .sizes
                    .iter()
                    .map(|s| *s as f64)
                    .zip(pick(m).iter().copied())
                    .collect(),
                is_reference: false,
            })
            .collect()
    };
    let mut panels = Vec::new();
    for (works, of) in [
        (&["plugins"][..], "plugins"),
        (&["customers", "insider-sale"][..], "customers in each cohort"),
        (&["pending"][..], "pending entries"),
    ] {
        for (pick, unit) in [
            ((|m| &m.ns) as fn(&Measured) -> &Vec<f64>, "nanoseconds"),
            (|m| &m.instructions, "instructions"),
        ] {
            let mut curves: Vec<Curve> = works.iter().flat_map(|work| series(work, pick)).collect();
            if works == ["pending"] {
                curves.extend(curves.first().map(curve::log_n));
            }
            panels.push(Panel { across: of.to_owned(), up: format!("{unit} per event"), curves });
        }
    }
    if let Some(folder) = file.parent() {
        std::fs::create_dir_all(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    }
    std::fs::write(file, curve::picture(&panels)).map_err(|e| format!("{}: {e}", file.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn measured(work: &'static str, sizes: &[u64], ns: &[f64]) -> Measured {
        let growth =
            Growth { of: "things", work, name: "a toy", sizes: sizes.to_vec(), runs: (1, 1, 2) };
        Measured { growth, ns: ns.to_vec(), instructions: vec![100.0; sizes.len()] }
    }

    #[test]
    fn what_grows_is_not_called_flat() {
        let flat = claim(&measured("plugins", &[4, 40], &[50.0, 54.0]));
        assert!(flat.contains(": flat: ") && flat.contains("x1.08 in time"), "{flat}");
        // A bump between the ends counts.
        let bump = claim(&measured("plugins", &[4, 8, 40], &[50.0, 60.0, 50.0]));
        assert!(bump.contains("NOT flat") && bump.contains("x1.20 in time"), "{bump}");
    }

    #[test]
    fn pending_entries_may_cost_log_n_and_no_more() {
        let sizes = [10, 100_000];
        let within = claim(&measured("pending", &sizes, &[50.0, 250.0]));
        assert!(within.contains("within it in time"), "{within}");
        let more = claim(&measured("pending", &sizes, &[50.0, 251.0]));
        assert!(more.contains("MORE than it in time") && more.contains("(x5.0)"), "{more}");
    }
}
