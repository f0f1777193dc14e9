//! Paired differences between policies, metric by metric, on one scale.

use hotwash_lab::findings::{Compared, Comparison, Paired};
use hotwash_lab::stats::Estimate;
use hotwash_lab::stats::LEAST_DIFFERING;

use super::forest::{self, Forest, Line};
use super::{Figure, Table, arm, base};
use crate::svg::Ink;
use crate::words;

/// How far the axis reaches at most, in widths; what lies beyond is an arrow.
const MOST: f64 = 1.5;

/// What is said of a difference, in the words of the text output.
fn verdict(compared: &Compared, pair: &Paired) -> &'static str {
    if pair.count < 2 {
        return "no value";
    }
    let differ = (1.0 - pair.better[1].value) * pair.count as f64;
    if differ < 0.5 {
        return "same";
    }
    if pair.is_clear {
        words::way(&compared.measure, pair.difference.value)
    } else if differ < LEAST_DIFFERING as f64 - 0.5 {
        "too few"
    } else {
        "unclear"
    }
}

/// Whether the difference has a direction.
fn is_clear(verdict: &str) -> bool {
    ["better", "worse", "lower", "higher"].contains(&verdict)
}

/// What a difference is multiplied by so that more is better; none where neither way is.
fn sign(compared: &Compared) -> Option<f64> {
    match compared.measure.better {
        "lower" => Some(-1.0),
        "higher" => Some(1.0),
        _ => None,
    }
}

/// The width of the middle 90 % of values under the first policy, or under the next that has one.
fn width(compared: &Compared) -> Option<f64> {
    let mut widths = compared.arms.iter().filter_map(|arm| {
        let quantiles = arm.quantiles?;
        Some(quantiles[4].value - quantiles[0].value)
    });
    widths.find(|w| w.is_finite() && *w > 0.0)
}

/// One or more figures: metrics for which one way is better, in parts that fit on a page, then those
/// that only describe.
pub fn paired(id: &str, finding: &Comparison) -> Vec<Figure> {
    let heading = "Differences between policies, world by world";
    let (judged, told): (Vec<&Compared>, Vec<&Compared>) =
        finding.metrics.iter().partition(|c| sign(c).is_some());
    if finding.metrics.iter().all(|c| c.pairs.is_empty()) {
        let why = match finding.arms.len() {
            0 => "no policy was run",
            1 => "there is one policy, so nothing can be compared",
            _ => "no pair of policies was compared",
        };
        return vec![Figure::empty(heading, why)];
    }
    let mut out = Vec::new();
    for (list, heading, sides) in [
        (judged, heading, ("worse", "better")),
        (told, "Differences that are neither better nor worse", ("less", "more")),
    ] {
        let lines = lines(finding, &list);
        if list.is_empty() {
            continue;
        }
        if forest::drawable(&lines) == 0 {
            let why = "no pair of policies has a difference that can be drawn: no world has values \
                       under both, or no metric varies";
            out.push(Figure { table: table(finding, &list), ..Figure::empty(heading, why) });
            continue;
        }
        let domain = symmetric(forest::domain(&lines, MOST));
        let pages = forest::pages(&lines);
        let count = pages.len();
        for (part, lines) in pages.into_iter().enumerate() {
            let suffix =
                if count > 1 { format!(" ({} of {count})", part + 1) } else { String::new() };
            let forest = Forest {
                id: &format!("{id}-{}-{part}", sides.0),
                title: format!("{heading}{suffix}"),
                about: if part == 0 { sentence(finding, &list) } else { heading.to_owned() },
                lines,
                axis: "difference of the means, in widths of the first policy's middle 90 % of \
                       worlds (no unit)"
                    .to_owned(),
                sides: (sides.0.to_owned(), sides.1.to_owned()),
                figures: match common(&list) {
                    Some(b) => format!("minus {} [95 %]", arm(&finding.arms, b)),
                    None => "difference [95 % interval]".to_owned(),
                },
                domain,
            };
            out.push(Figure {
                heading: format!("{heading}{suffix}"),
                sentence: if part == 0 { sentence(finding, &list) } else { String::new() },
                drawing: Some(forest::draw(&forest)),
                caption: caption(finding, &list, sides.1),
                table: if part == 0 { table(finding, &list) } else { Table::default() },
            });
        }
    }
    out
}

fn symmetric(domain: (f64, f64)) -> (f64, f64) {
    let reach = domain.0.abs().max(domain.1.abs());
    (-reach, reach)
}

fn lines(finding: &Comparison, list: &[&Compared]) -> Vec<Line> {
    let mut out = Vec::new();
    let base = common(list);
    for compared in list {
        let measure = &compared.measure;
        let note = match sign(compared) {
            Some(_) => format!("{}; {}", words::unit(measure), words::direction(measure)),
            None => words::unit(measure).to_owned(),
        };
        out.push(Line::Group { name: measure.name.clone(), note });
        let (width, sign) = (width(compared), sign(compared).unwrap_or(1.0));
        for (index, pair) in compared.pairs.iter().enumerate() {
            let names = (arm(&finding.arms, pair.a), arm(&finding.arms, pair.b));
            let place = width.filter(|_| pair.count > 1).map(|w| turned(pair.difference, sign / w));
            let verdict = verdict(compared, pair);
            let figure = match verdict {
                _ if pair.count == 0 => "no world has both".to_owned(),
                "same" => "same".to_owned(),
                "no value" => "no value".to_owned(),
                word => format!("{} {word}", words::signed(pair.difference)),
            };
            out.push(Line::Row {
                name: match base {
                    Some(_) => names.0,
                    None => format!("{} \u{2212} {}", names.0, names.1),
                },
                ink: ink(pair, index),
                place,
                is_clear: is_clear(verdict),
                figure,
                worlds: words::count(pair.count),
            });
        }
    }
    out
}

/// The policy with which all others are compared, if it is the same one in all pairs.
fn common(list: &[&Compared]) -> Option<usize> {
    let mut bases = list.iter().flat_map(|c| c.pairs.iter().map(|p| p.b));
    let first = bases.next()?;
    bases.all(|b| b == first).then_some(first)
}

/// A pair with the first policy is drawn as the other of the two is everywhere on the page.
fn ink(pair: &Paired, index: usize) -> Ink {
    match (pair.a, pair.b) {
        (0, other) | (other, 0) => Ink(other),
        _ => Ink(index),
    }
}

/// An estimate times a factor; a negative one swaps the ends.
fn turned(e: Estimate, by: f64) -> Estimate {
    let (one, other) = (e.low * by, e.high * by);
    Estimate { value: e.value * by, low: one.min(other), high: one.max(other) }
}

/// How often the first policy of a pair is better, worse, and not told apart.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Score {
    better: usize,
    worse: usize,
    untold: usize,
}

impl Score {
    fn total(self) -> usize {
        self.better + self.worse + self.untold
    }
}

/// The score of each pair that has any metric with values under both.
fn scores(list: &[&Compared]) -> Vec<((usize, usize), Score)> {
    let mut out: Vec<((usize, usize), Score)> = Vec::new();
    for compared in list {
        for pair in compared.pairs.iter().filter(|p| p.count > 0) {
            if sign(compared).is_none() {
                continue;
            }
            let key = (pair.a, pair.b);
            let index = out.iter().position(|(k, _)| *k == key).unwrap_or_else(|| {
                out.push((key, Score { better: 0, worse: 0, untold: 0 }));
                out.len() - 1
            });
            let score = &mut out[index].1;
            match verdict(compared, pair) {
                "better" => score.better += 1,
                "worse" => score.worse += 1,
                _ => score.untold += 1,
            }
        }
    }
    out
}

fn sentence(finding: &Comparison, list: &[&Compared]) -> String {
    /// Pairs told of in words; the rest is in the picture.
    const TOLD: usize = 8;
    let scores = scores(list);
    let Some(first) = scores.first() else {
        return "For these metrics neither way is better; the figures say what differs.".to_owned();
    };
    let name = |index| arm(&finding.arms, index);
    let shown = &scores[..scores.len().min(TOLD)];
    let is_alike = scores.iter().all(|((_, b), s)| (*b, s.total()) == (first.0.1, first.1.total()));
    let mut out = if is_alike {
        let parts: Vec<String> = shown
            .iter()
            .map(|((a, _), s)| {
                format!("{} is better in {} and worse in {}", name(*a), s.better, s.worse)
            })
            .collect();
        format!(
            "Against {}, of {}: {}; in the rest the two are not told apart.",
            name(first.0.1),
            words::counted(first.1.total(), "metric", "metrics"),
            parts.join("; ")
        )
    } else {
        let parts: Vec<String> = shown
            .iter()
            .map(|((a, b), s)| {
                format!(
                    "{} against {} is better in {} of {}, worse in {}, not told apart in {}",
                    name(*a),
                    name(*b),
                    s.better,
                    words::counted(s.total(), "metric", "metrics"),
                    s.worse,
                    s.untold
                )
            })
            .collect();
        words::sentence(&parts.join("; "))
    };
    if scores.len() > TOLD {
        out += &format!(" {} more pairs are in the picture.", scores.len() - TOLD);
    }
    out
}

fn caption(finding: &Comparison, list: &[&Compared], right: &str) -> String {
    let intervals: usize = list.iter().map(|c| c.pairs.len()).sum();
    let by_chance = if intervals >= 10 {
        format!(
            " Of {} such intervals about {} would miss zero by chance alone, were there no \
             differences at all.",
            words::count(intervals as u64),
            words::number((intervals as f64 * 0.05).round()),
        )
    } else {
        String::new()
    };
    let undrawn = list.iter().any(|c| width(c).is_none() || c.pairs.iter().any(|p| p.count == 0));
    let undrawn = if undrawn {
        " Rows without a mark cannot be drawn: the metric does not vary, or no world has a value under both."
    } else {
        ""
    };
    let side = if right == "better" {
        "Right of the line the policy named in the row (the first, where two are named) is better, \
         left of it worse, whichever way the metric counts; the figures keep their own sign."
    } else {
        "Right of the line the policy named in the row (the first, where two are named) has more."
    };
    format!(
        "{side} Bars are 95 % intervals of the mean difference; a hollow mark means that it is \
         unclear, as the interval holds zero, or too few, as fewer than 20 worlds differ; an arrow means \
         that the interval goes on beyond the picture. {}; the \
         column of worlds counts those that have a value under both.{undrawn}{by_chance}",
        base(&finding.header)
    )
}

fn table(finding: &Comparison, list: &[&Compared]) -> Table {
    let mut table = Table::new(
        "Paired differences",
        2,
        &[
            "metric",
            "pair",
            "mean difference [95 %]",
            "unit",
            "which is",
            "median difference [95 %]",
            "first better (neither better: lower) in",
            "equal in",
            "second better (neither better: first higher) in",
            "worlds with both",
            "variance that pairing removed",
        ],
    );
    for compared in list {
        for pair in &compared.pairs {
            let names = (arm(&finding.arms, pair.a), arm(&finding.arms, pair.b));
            table.rows.push(vec![
                compared.measure.name.clone(),
                format!("{} \u{2212} {}", names.0, names.1),
                if pair.count > 0 { words::signed(pair.difference) } else { "no value".to_owned() },
                words::unit(&compared.measure).to_owned(),
                verdict(compared, pair).to_owned(),
                pair.median_difference.map_or_else(|| "no value".to_owned(), words::signed),
                words::percent_estimate(pair.better[0]),
                words::percent_estimate(pair.better[1]),
                words::percent_estimate(pair.better[2]),
                words::count(pair.count),
                pair.variance_removed.map_or_else(|| "none to remove".to_owned(), words::percent),
            ]);
        }
    }
    table
}
