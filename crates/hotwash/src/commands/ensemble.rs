//! `hotwash run --runs N`: one policy over many replications, one after another.

use std::fmt::Write as _;

use hotwash_engine::{RunKey, parse_seed};
use serde_json::json;

use super::run::Plan;
use crate::args::Format;
use crate::exit::{self, Failure};
use crate::text::{self, BOLD, DIM, Page};

/// What one metric comes to over an ensemble.
struct Summary {
    name: &'static str,
    unit: &'static str,
    bearer: &'static str,
    /// Values in rising order; replications without a value are not among them.
    values: Vec<f64>,
}

impl Summary {
    /// A quantile by linear interpolation between order statistics (Hyndman and Fan's type 7).
    fn quantile(&self, p: f64) -> Option<f64> {
        let last = self.values.len().checked_sub(1)?;
        let place = p * last as f64;
        let (low, high) = (place.floor() as usize, place.ceil() as usize);
        let (a, b) = (self.values[low], self.values[high]);
        Some(a + (b - a) * (place - place.floor()))
    }

    fn mean(&self) -> Option<f64> {
        (!self.values.is_empty())
            .then(|| self.values.iter().sum::<f64>() / self.values.len() as f64)
    }
}

pub(crate) fn ensemble(plan: &Plan, runs: u64, format: Format) -> Result<(), Failure> {
    let summaries = collect(plan, runs)?;
    match format {
        Format::Text => exit::print(&table(plan, runs, &summaries)),
        Format::Jsonl => exit::print(&lines(&summaries, runs)),
    }
}

fn collect(plan: &Plan, runs: u64) -> Result<Vec<Summary>, Failure> {
    let mut sim = plan.build()?;
    let mut summaries: Vec<Summary> = sim
        .metrics()
        .map(|m| Summary { name: m.name, unit: m.unit, bearer: m.bearer, values: Vec::new() })
        .collect();
    let seed = parse_seed(&plan.seed);
    let mut values = Vec::new();
    // A policy keeps nothing from one replication to the next.
    let mut decider = plan.decider(&sim)?;
    for replication in 0..runs {
        sim.run(RunKey { seed, replication }, decider.as_mut())
            .map_err(|fault| plan.blame(&fault, replication))?;
        sim.read_metrics(&mut values);
        for (summary, value) in summaries.iter_mut().zip(&values) {
            summary.values.extend(value);
        }
    }
    for summary in &mut summaries {
        summary.values.sort_by(f64::total_cmp);
    }
    Ok(summaries)
}

fn table(plan: &Plan, runs: u64, summaries: &[Summary]) -> String {
    let page = Page::of_terminal();
    let mut out = String::new();
    let policy = if plan.policy_name().is_empty() { "defaults" } else { plan.policy_name() };
    let head =
        format!("{}, policy {policy}, seed {}, {runs} runs", plan.scenario.name(), plan.seed);
    let _ = writeln!(out, "{}", BOLD.on(head));
    let rows: Vec<[String; 4]> = summaries.iter().map(|s| cells(s, runs)).collect();
    let widest = |i: usize| rows.iter().map(|row| row[i].chars().count()).max().unwrap_or(0);
    let number = (0..3).map(widest).max().unwrap_or(0).max("median".len()) + 2;
    let longest = summaries.iter().map(|s| s.name.chars().count()).max().unwrap_or(0);
    let rest = 2 + 3 * number + 2 + widest(3);
    let name = longest.min(page.width.saturating_sub(rest).max(16));
    let titles = format!(
        "{:<w$}{:>number$}{:>number$}{:>number$}",
        "outcome",
        "5 %",
        "median",
        "95 %",
        w = name + 2
    );
    let _ = writeln!(out, "{}", DIM.on(format_args!("{titles}  unit")));
    let mut bearers: Vec<&str> = Vec::new();
    for s in summaries {
        if !bearers.contains(&s.bearer) {
            bearers.push(s.bearer);
        }
    }
    for bearer in bearers {
        let _ = writeln!(out, "{}", BOLD.on(format_args!("for the {bearer}")));
        for (s, [low, mid, high, unit]) in
            summaries.iter().zip(&rows).filter(|(s, _)| s.bearer == bearer)
        {
            // A name that is too long for its column has a line to itself.
            let mut shown = s.name;
            if s.name.chars().count() > name {
                let _ = writeln!(out, "  {}", s.name);
                shown = "";
            }
            let _ = writeln!(
                out,
                "  {shown:<name$}{low:>number$}{mid:>number$}{high:>number$}  {unit}"
            );
        }
    }
    let note = "A percentage beside a unit is the share of runs in which the outcome has a value.";
    for line in text::wrap(note, page.width) {
        let _ = writeln!(out, "{}", DIM.on(line));
    }
    out
}

/// The three figures and the unit, with the share of runs that have a value where some have none.
fn cells(s: &Summary, runs: u64) -> [String; 4] {
    let at = |p| s.quantile(p).map_or_else(|| "never".to_owned(), text::number);
    let share = s.values.len() as f64 / runs as f64;
    let unit =
        if share < 1.0 { format!("{}, {:.0} %", s.unit, share * 100.0) } else { s.unit.to_owned() };
    [at(0.05), at(0.5), at(0.95), unit]
}

fn lines(summaries: &[Summary], runs: u64) -> String {
    let mut out = String::new();
    for s in summaries {
        let line = json!({
            "name": s.name, "unit": s.unit, "bearer": s.bearer, "runs": runs, "with_value": s.values.len(),
            "p5": s.quantile(0.05), "p50": s.quantile(0.5), "p95": s.quantile(0.95), "mean": s.mean(),
        });
        let _ = writeln!(out, "{line}");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_interpolate() {
        let s = Summary { name: "", unit: "", bearer: "", values: vec![1.0, 2.0, 4.0] };
        assert_eq!(s.quantile(0.5), Some(2.0));
        assert_eq!(s.quantile(0.75), Some(3.0));
        assert_eq!(s.quantile(0.0), Some(1.0));
        let none = Summary { name: "", unit: "", bearer: "", values: vec![] };
        assert_eq!(none.quantile(0.5), None);
    }
}
