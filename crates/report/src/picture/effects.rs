//! Effects of single factors of a sweep: what going from a factor's first level to another does,
//! averaged over everything else.

use hotwash_lab::findings::{Change, Described, Measure, Sweep, Swept};
use hotwash_lab::stats::Estimate;

use super::forest::{self, Forest, Line};
use super::{Figure, Table};
use crate::svg::Ink;
use crate::words;

/// A description that is worth less than this for combinations it has not seen is warned of.
const POOR: f64 = 0.5;

/// One metric's effects of single factors.
pub fn main_effects(id: &str, finding: &Sweep, swept: &Swept) -> Vec<Figure> {
    let heading = format!("What each does by itself: {}", swept.measure.name);
    if swept.worlds < 2 && !swept.changes.is_empty() {
        let why = format!(
            "under every combination it has a value in {} of {} worlds: nothing can be compared",
            words::count(swept.worlds),
            words::count(finding.header.worlds)
        );
        return vec![Figure::empty(&heading, &why)];
    }
    let lines = lines(finding, swept);
    if forest::drawable(&lines) == 0 {
        return vec![Figure::empty(&heading, "no effect of a single factor was estimated")];
    }
    let (domain, pages) = (forest::domain(&lines, f64::INFINITY), forest::pages(&lines));
    let sides = sides(swept.measure.better);
    let count = pages.len();
    let mut out = Vec::new();
    for (part, lines) in pages.into_iter().enumerate() {
        let suffix = if count > 1 { format!(" ({} of {count})", part + 1) } else { String::new() };
        let forest = Forest {
            id: &format!("{id}-{part}"),
            title: format!("{heading}{suffix}"),
            about: sentence(finding, swept),
            lines,
            axis: format!("change: {}", words::axis(&swept.measure)),
            sides: sides.clone(),
            figures: format!("{} [95 % interval]", words::unit(&swept.measure)),
            domain,
        };
        out.push(Figure {
            heading: format!("{heading}{suffix}"),
            sentence: if part == 0 { sentence(finding, swept) } else { String::new() },
            drawing: Some(forest::draw(&forest)),
            caption: caption(finding, swept),
            table: if part == 0 { table(finding, swept) } else { Table::default() },
        });
    }
    out
}

fn caption(finding: &Sweep, swept: &Swept) -> String {
    let (some, all) = (swept.worlds, finding.header.worlds);
    let with = if some < all { ", those with a value under every combination" } else { "" };
    format!(
        "By how much going from a factor's first level to another, or from the low to the high end of a \
         range, changes the mean over worlds, averaged over the other factors. The mean of all {} \
         combinations is {} {}. Bars are 95 % intervals; unclear, with a hollow mark: the interval \
         holds zero. {}{with}, seed {}.",
        finding.cells.len(),
        words::estimate(swept.mean),
        words::unit(&swept.measure),
        words::worlds(some, all),
        finding.header.seed
    )
}

/// What left and right of zero mean.
pub(super) fn sides(better: &str) -> (String, String) {
    let (left, right) = match better {
        "lower" => ("better: less", "worse: more"),
        "higher" => ("worse: less", "better: more"),
        _ => ("less", "more"),
    };
    (left.to_owned(), right.to_owned())
}

pub(super) fn factor(finding: &Sweep, index: usize) -> String {
    finding.factors.get(index).map_or_else(|| format!("factor {}", index + 1), |f| f.name.clone())
}

/// A factor at a level; in a space-filling design, a factor over its whole range.
pub(super) fn setting(finding: &Sweep, index: usize, level: &str) -> String {
    let is = if finding.design == "full" { "= " } else { "" };
    format!("{} {is}{level}", factor(finding, index))
}

/// What is said of a change, in the words of the text output.
fn judged(effect: Estimate, measure: &Measure) -> &'static str {
    match effect {
        e if !e.value.is_finite() => "",
        e if e.low == 0.0 && e.high == 0.0 => "no effect",
        e if !e.is_clear() => "unclear",
        e => words::way(measure, e.value),
    }
}

/// A change with its interval.
fn figure(effect: Estimate) -> String {
    match effect {
        e if !e.half_width().is_finite() => "not known".to_owned(),
        e if e.half_width() <= e.value.abs() * 1e-9 => {
            format!("{} in every world", words::number(e.value))
        }
        e => words::signed(e),
    }
}

fn change(from: &str, to: &str) -> String {
    format!("{from} \u{2192} {to}")
}

fn lines(finding: &Sweep, swept: &Swept) -> Vec<Line> {
    let mut out = Vec::new();
    let mut last = None;
    for effect in &swept.changes {
        if last != Some(effect.factor) {
            let note = finding.factors.get(effect.factor).map_or_else(String::new, |f| {
                if f.unit.is_empty() { f.about.clone() } else { format!("{}; {}", f.unit, f.about) }
            });
            out.push(Line::Group { name: factor(finding, effect.factor), note });
            last = Some(effect.factor);
        }
        let is_known = effect.effect.value.is_finite();
        out.push(Line::Row {
            name: change(&effect.from, &effect.to),
            ink: Ink(effect.factor),
            place: is_known.then_some(effect.effect),
            is_clear: effect.effect.is_clear(),
            figure: format!("{} {}", figure(effect.effect), judged(effect.effect, &swept.measure)),
            worlds: String::new(),
        });
    }
    out
}

fn sentence(finding: &Sweep, swept: &Swept) -> String {
    let known = || swept.changes.iter().filter(|m| m.effect.value.is_finite());
    let by_size = |a: &&Change, b: &&Change| a.effect.value.abs().total_cmp(&b.effect.value.abs());
    let clear = known().filter(|m| m.effect.is_clear()).count();
    let largest = known().max_by(by_size);
    let Some(largest) = largest else { return "No effect is known.".to_owned() };
    let named = format!(
        "{} {} ({} {})",
        factor(finding, largest.factor),
        change(&largest.from, &largest.to),
        words::signed(largest.effect),
        words::unit(&swept.measure)
    );
    let total = words::counted(swept.changes.len(), "change", "changes");
    let mut out = if known().all(|m| m.effect.value == 0.0 && m.effect.half_width() == 0.0) {
        format!("None of {total} makes a difference in any world.")
    } else if clear == 0 {
        format!("None of {total} is clear of zero; the largest estimate is {named}.")
    } else {
        let hedge = if largest.effect.is_clear() { "" } else { ", which by itself is unclear" };
        let are = if clear == 1 { "is" } else { "are" };
        format!(
            "The largest effect is that of {named}{hedge}; {clear} of {total} {are} clear of zero."
        )
    };
    if let Some(described) = &swept.described {
        out += &describe(finding, swept, described);
    }
    out
}

/// A share as a percentage that is 100 or 0 only if it is that.
fn whole(share: f64) -> String {
    match share * 100.0 {
        p if p > 0.000_001 && p < 0.5 => "under 1\u{a0}%".to_owned(),
        p if (99.5..99.999_999).contains(&p) => "over 99\u{a0}%".to_owned(),
        p => format!("{}\u{a0}%", words::fixed(p, 0)),
    }
}

/// How much of what differs between combinations the effects tell.
fn describe(finding: &Sweep, swept: &Swept, described: &Described) -> String {
    let (singles, pairs) = (whole(described.singles), whole(described.with_pairs));
    let (Some(left_out), Some(coefficients)) = (described.left_out, described.coefficients) else {
        return match finding.factors.len() {
            0 | 1 => String::new(),
            _ if described.singles > 0.999_999_99 => {
                " What each does by itself is all: the combinations add nothing to it.".to_owned()
            }
            2 => format!(
                " Each by itself: {singles} of the variance between the combinations; the rest is what \
                 the two do together."
            ),
            _ => format!(
                " Each by itself: {singles} of the variance between the combinations; with pairs: \
                 {pairs}. The rest is three or more together."
            ),
        };
    };
    let seen = if swept.interactions.is_empty() {
        singles
    } else {
        format!("{pairs} ({singles} without pairs)")
    };
    let unseen = if left_out > 0.0 { whole(left_out) } else { "none".to_owned() };
    let warning = if left_out < POOR {
        " Little: the effects miss much of what goes on; look at the combinations."
    } else {
        ""
    };
    format!(
        " This description, of {coefficients} coefficients, takes up {seen} of the variance between the {} \
         combinations, and {unseen} for a combination left out of the fit.{warning}",
        finding.cells.len()
    )
}

fn table(finding: &Sweep, swept: &Swept) -> Table {
    let caption = format!("Effects of single factors on {}", swept.measure.name);
    let mut table =
        Table::new(&caption, 4, &["factor", "from", "to", "which is", "effect [95 %]", "unit"]);
    for effect in &swept.changes {
        table.rows.push(vec![
            factor(finding, effect.factor),
            effect.from.clone(),
            effect.to.clone(),
            judged(effect.effect, &swept.measure).to_owned(),
            figure(effect.effect),
            words::unit(&swept.measure).to_owned(),
        ]);
    }
    table
}
