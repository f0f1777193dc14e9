//! What factors do, metric by metric, as sentences with intervals; and what they do together.

use std::fmt::Write as _;

use hotwash_lab::findings::{Described, Sweep, Swept, Together};
use hotwash_lab::stats::{Estimate, LEAST_DIFFERING, is_told_apart};

use super::figures::{effect, level, percent, size};
use super::{indented, paragraph};
use crate::text::layout::Page;
use crate::text::style::BOLD;

/// Most effects of single factors shown of a metric.
const MOST_SINGLE: usize = 12;
/// And of pairs.
const MOST_PAIRS: usize = 6;
/// A description that is worth less than this for combinations it has not seen is warned of.
const POOR: f64 = 0.5;

pub(super) fn effects(finding: &Sweep, page: Page) -> String {
    let mut out = format!("\n{}\n", BOLD.on("What each does"));
    let text = format!(
        "Going from a factor's first level to another changes the mean over worlds by so much, averaged \
         over the other factors' levels; in brackets the 95 % interval. `unclear`: the interval holds zero. \
         `rare`: it does not, but fewer than {LEAST_DIFFERING} worlds differ at all, and such an interval says little."
    );
    paragraph(&mut out, &text, page);
    for swept in &finding.metrics {
        metric(&mut out, finding, swept, page);
    }
    out
}

fn metric(out: &mut String, finding: &Sweep, swept: &Swept, page: Page) {
    let measure = &swept.measure;
    let unit = if measure.unit.is_empty() { String::new() } else { format!(", {}", measure.unit) };
    let better = match measure.better {
        "neither" => String::new(),
        better => format!(" ({better} is better)"),
    };
    let _ = writeln!(out, "\n{}{unit}{better}", BOLD.on(&measure.name));
    let all = finding.header.worlds;
    if swept.worlds < 2 {
        let text = format!(
            "Under every combination it has a value in {} of {all} worlds: nothing can be compared.",
            swept.worlds
        );
        indented(out, "  ", &text, page, |line| line.to_owned());
        return;
    }
    let mean = format!("mean of all combinations {}", level(&swept.mean));
    let worlds = match swept.worlds {
        worlds if worlds == all => String::new(),
        worlds => format!(", in the {worlds} of {all} worlds with a value under every combination"),
    };
    indented(out, "  ", &format!("{mean}{worlds}"), page, |line| line.to_owned());
    singles(out, finding, swept, page);
    pairs(out, finding, swept, page);
    if let Some(described) = &swept.described {
        let text = describe(finding, swept, described);
        // A single factor's levels are the combinations: there is nothing to describe.
        if text.is_empty() {
            return;
        }
        indented(out, "  ", &text, page, |line| line.to_owned());
    }
}

/// An effect as it is listed.
struct Line<'a> {
    label: String,
    effect: &'a Estimate,
    differing: u64,
}

fn by_size(list: &mut [Line<'_>]) {
    list.sort_by(|a, b| b.effect.value.abs().total_cmp(&a.effect.value.abs()));
}

fn singles(out: &mut String, finding: &Sweep, swept: &Swept, page: Page) {
    let label = |c: &hotwash_lab::findings::Change| {
        format!("{} {} -> {}", finding.factors[c.factor].name, c.from, c.to)
    };
    let line = |c| Line { label: label(c), effect: &c.effect, differing: c.differing };
    let mut list: Vec<Line<'_>> = swept.changes.iter().map(line).collect();
    by_size(&mut list);
    lines(out, &list[..list.len().min(MOST_SINGLE)], swept, page);
    more(out, list.len().saturating_sub(MOST_SINGLE));
}

/// Pairs that are clear of zero.
fn pairs(out: &mut String, finding: &Sweep, swept: &Swept, page: Page) {
    if swept.together.is_empty() {
        return;
    }
    let label = |t: &Together| {
        let [a, b] = [t.factors.0, t.factors.1].map(|f| finding.factors[f].name.as_str());
        format!("{a} {} -> {} and {b} {} -> {}", t.from.0, t.to.0, t.from.1, t.to.1)
    };
    let line = |t| Line { label: label(t), effect: &t.effect, differing: t.differing };
    let mut list: Vec<Line<'_>> = swept.together.iter().map(line).collect();
    let all = list.len();
    let tested = list.iter().filter(|l| l.differing >= LEAST_DIFFERING).count();
    list.retain(|l| is_told_apart(l.effect, l.differing));
    by_size(&mut list);
    let chance = match tested {
        0 => format!("fewer than {LEAST_DIFFERING} worlds differ"),
        _ => format!("by chance alone, about {:.1} would be", tested as f64 * 0.05),
    };
    let text = format!(
        "together, beyond the sum of what each does with the other at its first level{}: {} clear of zero \
         ({chance})",
        if finding.factors.len() > 2 { ", averaged over all further factors" } else { "" },
        how_many(list.len(), all),
    );
    indented(out, "  ", &text, page, |line| line.to_owned());
    lines(out, &list[..list.len().min(MOST_PAIRS)], swept, page);
    more(out, list.len().saturating_sub(MOST_PAIRS));
}

fn how_many(some: usize, all: usize) -> String {
    match (some, all) {
        (0, 1) => "the one pair of levels is not".to_owned(),
        (1, 1) => "the one pair of levels is".to_owned(),
        (0, _) => format!("none of {all} pairs of levels is"),
        (1, _) => format!("1 of {all} pairs of levels is"),
        _ => format!("{some} of {all} pairs of levels are"),
    }
}

fn lines(out: &mut String, list: &[Line<'_>], swept: &Swept, page: Page) {
    let width = |texts: &mut dyn Iterator<Item = usize>| texts.max().unwrap_or(0);
    let size = list.iter().map(|l| size(l.effect)).fold(0.0, f64::max);
    let figures: Vec<String> = list.iter().map(|l| effect(l.effect, size)).collect();
    let right = width(&mut figures.iter().map(|f| f.chars().count()));
    let left = width(&mut list.iter().map(|l| l.label.chars().count()));
    // Room for the word behind the figures.
    let room = page.width.saturating_sub(4 + right + 2 + 2 + "no effect".len());
    for (line, figure) in list.iter().zip(&figures) {
        let word = judged(line, swept.measure.better);
        let label = &line.label;
        if left <= room {
            let _ = writeln!(
                out,
                "    {}",
                format!("{label:<left$}  {figure:<right$}  {word}").trim_end()
            );
        } else {
            indented(out, "    ", label, page, |line| line.to_owned());
            let _ = writeln!(out, "        {}", format!("{figure:<right$}  {word}").trim_end());
        }
    }
}

fn judged(line: &Line<'_>, better: &str) -> &'static str {
    let effect = line.effect;
    let is_lower = effect.high < 0.0;
    match better {
        _ if effect.low == 0.0 && effect.high == 0.0 => "no effect",
        _ if !effect.is_clear() => "unclear",
        _ if !is_told_apart(effect, line.differing) => "rare",
        "lower" if is_lower => "better",
        "higher" if !is_lower => "better",
        "neither" => "",
        _ => "worse",
    }
}

fn more(out: &mut String, left: usize) {
    if left > 0 {
        let _ = writeln!(out, "    {left} more: --format json");
    }
}

/// How much of what differs between combinations the effects tell.
fn describe(finding: &Sweep, swept: &Swept, described: &Described) -> String {
    let (singles, pairs) = (percent(described.singles), percent(described.with_pairs));
    let (Some(left_out), Some(coefficients)) = (described.left_out, described.coefficients) else {
        return match finding.factors.len() {
            1 => String::new(),
            _ if singles == "100 %" => {
                "What each does by itself is all: the combinations add nothing to it.".to_owned()
            }
            2 => format!(
                "Each by itself: {singles} of the variance between the combinations; the rest is \
                 what the two do together."
            ),
            _ => format!(
                "Each by itself: {singles} of the variance between the combinations; with pairs: \
                 {pairs}. The rest is three or more together."
            ),
        };
    };
    let seen = match swept.interactions.is_empty() {
        true => singles,
        false => format!("{pairs} ({singles} without pairs)"),
    };
    let unseen = match left_out {
        share if share > 0.0 => percent(share),
        _ => "none".to_owned(),
    };
    let warning = if left_out < POOR {
        " Little: the effects above miss much of what goes on; look at the combinations."
    } else {
        ""
    };
    format!(
        "This description, of {coefficients} coefficients, takes up {seen} of the variance between \
         the {} combinations, and {unseen} for a combination left out of the fit.{warning}",
        finding.cells.len()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_worlds_that_differ_are_no_clear_effect() {
        let word = |low, high, differing| {
            let effect = Estimate { value: (low + high) / 2.0, low, high };
            judged(&Line { label: String::new(), effect: &effect, differing }, "lower")
        };
        assert_eq!([word(-3.0, -1.0, 19), word(-3.0, -1.0, 20)], ["rare", "better"]);
        assert_eq!([word(-1.0, 2.0, 500), word(0.0, 0.0, 0)], ["unclear", "no effect"]);
    }

    #[test]
    fn counts_are_sentences() {
        assert_eq!(how_many(0, 1), "the one pair of levels is not");
        assert_eq!(how_many(0, 4), "none of 4 pairs of levels is");
        assert_eq!(how_many(1, 4), "1 of 4 pairs of levels is");
        assert_eq!(how_many(3, 4), "3 of 4 pairs of levels are");
    }
}
