//! Verdicts for people: one line for what holds, the evidence for what does not.

use std::fmt::Write as _;

use hotwash_engine::group_digits;
use hotwash_lab::verdict::{Found, NumberFound, Outcome, Seen, ShareFound, Verdict};
use hotwash_scenario::{Bound, Expectation, Expected};

use super::layout::{Page, wrap};
use super::outcomes::number;
use super::style::{BOLD, DIM, ERROR};
use crate::commands::test::{Status, Suite, Trial};
use crate::exit::Failure;

/// Column at which names begin.
const NAMES: usize = 13;

/// All results.
pub(crate) fn verdicts(suites: &[Suite], page: Page) -> String {
    let mut out = String::new();
    for suite in suites {
        tell(&mut out, suite, page);
    }
    if let Some(risk) = suites.iter().filter_map(|s| s.risk).reduce(f64::max) {
        for line in wrap(&sizes(risk), page.width) {
            let _ = writeln!(out, "{}", DIM.on(line));
        }
        out.push('\n');
    }
    let _ = writeln!(out, "{}", totals(suites));
    out
}

/// What the verdicts over many runs are worth.
fn sizes(risk: f64) -> String {
    let chance = chance(risk);
    format!(
        "Over many runs: what lies outside its bounds passes with a chance of at most {chance}, and what \
         lies inside fails with at most the same. In brackets stands what the verdict goes by: how \
         low and how high the true figure may be."
    )
}

/// A small probability: `1 in 1,000`.
fn chance(risk: f64) -> String {
    format!("1 in {}", group_digits(&format!("{:.0}", 1.0 / risk)))
}

fn tell(out: &mut String, suite: &Suite, page: Page) {
    let _ = writeln!(out, "{}", BOLD.on(suite.title()));
    if suite.trials.is_empty() && suite.trouble.is_none() {
        let _ =
            writeln!(out, "  {}", DIM.on("nothing is expected of it: it has no expectations.ron"));
    }
    for trial in &suite.trials {
        row(out, suite, trial, page);
    }
    if let Some(Failure { message, hint, .. }) = &suite.trouble {
        let _ = writeln!(out, "  {}", ERROR.on("could not be tried"));
        for line in message.trim_end().lines().chain(hint.as_deref()) {
            let _ = writeln!(out, "  {line}");
        }
    }
    out.push('\n');
}

fn row(out: &mut String, suite: &Suite, trial: &Trial, page: Page) {
    let word = format!("{:<1$}", trial.status.word(), NAMES - 3);
    let word = match trial.status {
        status if status.is_bad() => ERROR.on(word),
        Status::Skipped => DIM.on(word),
        _ => word,
    };
    let place = if trial.status.is_bad() {
        DIM.on(format_args!("  {}:{}", suite.file, trial.line))
    } else {
        String::new()
    };
    let _ = writeln!(out, "  {word} {}{place}", BOLD.on(&trial.name));
    let room = page.width.saturating_sub(NAMES).max(20);
    for (i, line) in std::iter::once(&trial.summary).chain(&trial.details).enumerate() {
        if line.is_empty() {
            continue;
        }
        // A command is copied whole, so it is not broken.
        let parts = if line.contains(": hotwash ") {
            vec![line.clone()]
        } else {
            wrap_indented(line, room)
        };
        for part in parts {
            let part = if i == 0 { part } else { DIM.on(part) };
            let _ = writeln!(out, "{}{part}", " ".repeat(NAMES));
        }
    }
}

/// Breaks a line and keeps the blanks that it begins with.
fn wrap_indented(line: &str, room: usize) -> Vec<String> {
    let indent = line.len() - line.trim_start().len();
    let blank = " ".repeat(indent);
    let parts = wrap(line.trim_start(), room.saturating_sub(indent));
    parts.into_iter().map(|part| format!("{blank}{part}")).collect()
}

fn totals(suites: &[Suite]) -> String {
    let all = || suites.iter().flat_map(|s| &s.trials);
    let words = [
        Status::Held,
        Status::Accepted,
        Status::Failed,
        Status::Differs,
        Status::Missing,
        Status::Undecided,
        Status::Skipped,
    ];
    let parts = words.into_iter().filter_map(|status| {
        let count = all().filter(|t| t.status == status).count();
        (count > 0).then(|| format!("{count} {}", status.word().to_lowercase()))
    });
    let parts: Vec<String> = parts.collect();
    format!("{} tried: {}", all().count(), parts.join(", "))
}

/// What was found, in one line.
pub(crate) fn summary(expectation: &Expectation, verdict: &Verdict) -> String {
    match &verdict.found {
        // What was expected stands in the file; how it came out is told where it is not so.
        Found::Run(seen) if verdict.outcome == Outcome::Held => brief(seen),
        Found::Run(_) => expectation.text.clone(),
        Found::Share(found) => share(expectation, found),
        Found::Number(found) => figure(found),
    }
}

/// The parts of a fact that holds, as far as they take no more than a line.
fn brief(seen: &[Seen]) -> String {
    match seen {
        [only] => part(only),
        _ => String::new(),
    }
}

/// What a run has of a part.
fn part(seen: &Seen) -> String {
    let what = &seen.observed.what;
    match (&seen.observed.at, seen.observed.value, &seen.date) {
        (Some(at), _, Some(date)) => format!("{what}: {at}, {date}"),
        (Some(at), ..) => format!("{what}: {at}"),
        (_, Some(value), _) => format!("{what}: {}", number(value)),
        _ if seen.observed.is_number => format!("{what}: no value"),
        _ => format!("{what}: never"),
    }
}

fn share(expectation: &Expectation, found: &ShareFound) -> String {
    let (of, unit) = (group_digits(&found.counted.to_string()), "%");
    let what = match &expectation.what {
        Expected::Beats { other, metric, .. } => format!("better than {other} on {metric} in "),
        _ => String::new(),
    };
    let worlds = if what.is_empty() { "runs" } else { "worlds" };
    let all = match found.looks.worlds {
        worlds if worlds == found.counted => String::new(),
        worlds => format!(", out of {}", group_digits(&worlds.to_string())),
    };
    if found.counted == 0 {
        return format!("no run counts{all}; {}", wanted_share(found.bound));
    }
    let (low, high) = (percent(found.share.low), percent(found.share.high));
    let value = percent(found.share.value);
    let wanted = wanted_share(found.bound);
    format!("{what}{value} {unit} of {of} {worlds}{all} [{low} to {high}]; {wanted}")
}

fn wanted_share(bound: Bound) -> String {
    match bound {
        Bound::AtMost(share) => format!("at most {} %", percent(share)),
        Bound::AtLeast(share) | Bound::Exactly(share) | Bound::Between(share, _) => {
            format!("at least {} %", percent(share))
        }
    }
}

/// A share in percent with a decimal, unless there is none.
fn percent(share: f64) -> String {
    let text = format!("{:.1}", share * 100.0);
    text.strip_suffix(".0").map_or(text.clone(), str::to_owned)
}

fn figure(found: &NumberFound) -> String {
    let name = match found.p {
        None => format!("mean of {}", found.metric),
        Some(0.5) => format!("median of {}", found.metric),
        Some(p) => format!("{} % quantile of {}", percent(p), found.metric),
    };
    let unit = if found.unit.is_empty() { String::new() } else { format!(" {}", found.unit) };
    let wanted = match found.bound {
        Bound::AtLeast(low) => format!("at least {}", number(low)),
        Bound::AtMost(high) => format!("at most {}", number(high)),
        Bound::Between(low, high) => format!("from {} to {}", number(low), number(high)),
        Bound::Exactly(value) => number(value),
    };
    let (of, worlds) = (found.counted, found.looks.worlds);
    let counted = group_digits(&of.to_string());
    let all = if of == worlds {
        String::new()
    } else {
        format!(" with a value, out of {}", group_digits(&worlds.to_string()))
    };
    if of == 0 {
        return format!("{name}: no run has a value{all}; {wanted}");
    }
    let end = |value: f64| if value.is_finite() { number(value) } else { "?".to_owned() };
    let (value, low, high) =
        (number(found.estimate.value), end(found.estimate.low), end(found.estimate.high));
    format!("{name} {value}{unit} [{low} to {high}] over {counted} runs{all}; {wanted}")
}

/// The evidence for a verdict that is not what was hoped for, line by line.
pub(crate) fn details(expectation: &Expectation, verdict: &Verdict) -> Vec<String> {
    let mut lines = Vec::new();
    match &verdict.found {
        Found::Run(seen) => {
            for seen in seen {
                let sign = if seen.observed.holds { "as expected: " } else { "" };
                lines.push(format!("{sign}{}", part(seen)));
                lines.extend(seen.told.as_ref().map(|told| format!("  {told}")));
            }
        }
        Found::Share(_) | Found::Number(_) => lines.push(expectation.text.clone()),
    }
    if let Outcome::Undecided(needs) = verdict.outcome {
        lines.push(match needs {
            Some(runs) => format!(
                "so many runs do not tell; about {} would: raise `most_runs`, or expect less",
                group_digits(&runs.to_string())
            ),
            None => "so many runs do not tell, and hardly any number would: the figure is at its \
                     bound; expect more or less"
                .to_owned(),
        });
    }
    lines
}

/// The replication of a run that shows why, if one does.
pub(crate) fn against(verdict: &Verdict) -> Option<u64> {
    match &verdict.found {
        Found::Run(_) => Some(0),
        Found::Share(found) => found.against,
        Found::Number(_) => None,
    }
}
