//! A frontier as text: a picture of cost against harm, the policies on it, and where the others stand.

use std::fmt::Write as _;

use hotwash_lab::findings::{Frontier, FrontierPoint, Measure};
use hotwash_lab::stats::Estimate;

use super::layout::{Page, wrap};
use super::outcomes::number;
use super::style::{BOLD, DIM};

/// Rows of the picture, without its axes.
const ROWS: usize = 16;
/// Most columns of the picture.
const COLUMNS: usize = 72;
/// Columns of a figure's mean with its interval, at least.
const MEAN: usize = 38;
/// Columns of each quantile, at least.
const QUANTILE: usize = 10;
/// Where a policy's lines begin.
const INDENT: usize = 4;

/// What was found, for people.
pub(crate) fn frontier(finding: &Frontier, page: Page) -> String {
    let mut out = String::new();
    head(&mut out, finding, page);
    picture(&mut out, finding, page);
    let (front, others): (Vec<_>, Vec<_>) =
        marked(finding).into_iter().partition(|(_, p)| p.is_on_frontier);
    let _ = writeln!(out, "{}", BOLD.on("On the frontier, by cost"));
    columns(&mut out);
    let mut before = "";
    for (mark, point) in front {
        one(&mut out, mark, point, before, page);
        before = &point.name;
    }
    if !others.is_empty() {
        let _ = writeln!(out, "\n{}", BOLD.on("Not on it"));
        columns(&mut out);
        for (mark, point) in others {
            one(&mut out, mark, point, "", page);
        }
    }
    foot(&mut out, finding, page);
    out
}

fn paragraph(out: &mut String, text: &str, page: Page, indent: usize) {
    for line in wrap(text, page.width - indent) {
        let _ = writeln!(out, "{:indent$}{line}", "");
    }
}

fn head(out: &mut String, finding: &Frontier, page: Page) {
    let header = &finding.header;
    let title = format!("{}: {}", header.scenario, header.title);
    let _ = writeln!(out, "{}", BOLD.on(title));
    let about = |role: &str, m: &Measure| {
        let better = if m.better == "higher" { "more" } else { "less" };
        let unit = if m.unit.is_empty() { String::new() } else { format!(" in {}", m.unit) };
        format!("{role} is {}{unit}, {better} is better: {}.", m.name, m.about)
    };
    paragraph(out, &about("Cost", &finding.cost), page, 0);
    paragraph(out, &about("Harm", &finding.harm), page, 0);
    let dropped = match finding.dropped {
        0 => String::new(),
        n => format!(", {n} left out because others stand close by"),
    };
    let text = format!(
        "{} policies tried in {} runs around {}, each in at most {} worlds; {} of them unbeaten there{dropped}. \
         All below met {} other worlds. Seed {}.",
        number(finding.tried as f64),
        number(finding.search_runs as f64),
        finding.base,
        finding.search_worlds,
        finding.unbeaten,
        number(finding.final_worlds as f64),
        header.seed
    );
    paragraph(out, &text, page, 0);
    if header.is_partial {
        paragraph(out, "Stopped before all worlds of the judgement were met.", page, 0);
    }
    out.push('\n');
}

/// Points with their signs: letters by cost, small ones for what was found and capital ones for the
/// scenario's own.
fn marked(finding: &Frontier) -> Vec<(char, &FrontierPoint)> {
    let (mut found, mut own) = ('a'..='z', 'A'..='Z');
    let mut sign = |p: &FrontierPoint| if p.is_shipped { own.next() } else { found.next() };
    finding.points.iter().map(|p| (sign(p).unwrap_or('?'), p)).collect()
}

fn picture(out: &mut String, finding: &Frontier, page: Page) {
    let points = marked(finding);
    let range = |of: fn(&FrontierPoint) -> f64| {
        let values = points.iter().map(|(_, p)| of(p));
        values.fold((f64::INFINITY, f64::NEG_INFINITY), |(l, h), v| (l.min(v), h.max(v)))
    };
    let (left, right) = range(|p| p.cost.value);
    let (bottom, top) = range(|p| p.harm.value);
    let labels = [top, bottom].map(|v| short(v, top - bottom));
    let margin = labels.iter().map(String::len).max().unwrap_or(0).max(4);
    let width = (page.width - margin - 2).min(COLUMNS);
    let mut cells = vec![vec![' '; width]; ROWS];
    let place = |value: f64, low: f64, high: f64, cells: usize| {
        let share = if high > low { (value - low) / (high - low) } else { 0.5 };
        (share * (cells - 1) as f64).round() as usize
    };
    let mut hidden = Vec::new();
    // Those on the frontier are drawn first and stay.
    let first = points.iter().filter(|(_, p)| p.is_on_frontier);
    for (mark, point) in first.chain(points.iter().filter(|(_, p)| !p.is_on_frontier)) {
        let row = ROWS - 1 - place(point.harm.value, bottom, top, ROWS);
        let cell = &mut cells[row][place(point.cost.value, left, right, width)];
        if *cell == ' ' {
            *cell = *mark;
        } else {
            hidden.push(format!("{mark} under {cell}"));
        }
    }
    let unit =
        |m: &Measure| if m.unit.is_empty() { String::new() } else { format!(", {}", m.unit) };
    let _ = writeln!(out, "{:>margin$}  {}{}", "", finding.harm.name, unit(&finding.harm));
    for (number, row) in cells.iter().enumerate() {
        let label = match number {
            0 => labels[0].as_str(),
            n if n == ROWS - 1 => labels[1].as_str(),
            _ => "",
        };
        let line: String = row.iter().collect();
        let _ = writeln!(out, "{label:>margin$} |{}", line.trim_end());
    }
    let _ = writeln!(out, "{:>margin$} +{}", "", "-".repeat(width));
    let ends = [left, right].map(|v| short(v, right - left));
    let name = format!("{}{}", finding.cost.name, unit(&finding.cost));
    let room = width.saturating_sub(ends[0].len() + ends[1].len());
    let _ = writeln!(out, "{:>margin$}  {}{name:^room$}{}", "", ends[0], ends[1]);
    let mut key = "Means. Small letters were found, capitals are the scenario's own.".to_owned();
    if !hidden.is_empty() {
        key += &format!(" In one place: {}.", hidden.join(", "));
    }
    paragraph(out, &key, page, 0);
    out.push('\n');
}

fn columns(out: &mut String) {
    let names = ["P10", "P50", "P90"].map(|name| format!("{name:>QUANTILE$}")).concat();
    let line = format!("{:INDENT$}{:<6}{:<MEAN$}{names}", "", "", "mean [95 % interval]");
    let _ = writeln!(out, "{}", DIM.on(line));
}

/// A policy. `before` is the next cheaper one on the frontier.
fn one(out: &mut String, mark: char, point: &FrontierPoint, before: &str, page: Page) {
    let base = if point.is_base { ", where the search began" } else { "" };
    let _ = writeln!(out, "{mark}   {}{base}", BOLD.on(&point.name));
    let rows =
        [("cost", point.cost, point.cost_quantiles), ("harm", point.harm, point.harm_quantiles)];
    for (name, mean, quantiles) in rows {
        let quantiles = quantiles.map(|q| format!("{:>QUANTILE$}", rounded(q, q.abs() / 10.0)));
        let mean = estimate(mean);
        let line = format!("{:INDENT$}{name:<6}{mean:<MEAN$}{}", "", quantiles.concat());
        let _ = writeln!(out, "{}", line.trim_end());
    }
    let mut say = |text: &str| {
        for (i, line) in wrap(text, page.width - INDENT - 2).iter().enumerate() {
            let indent = INDENT + if i == 0 { 0 } else { 2 };
            let _ = writeln!(out, "{:indent$}{line}", "");
        }
    };
    if !point.choices.is_empty() {
        let choices: Vec<String> =
            point.choices.iter().map(|(name, value)| format!("{name}={value}")).collect();
        say(&format!("sets {}", choices.join(", ")));
    }
    if let Some([cost, harm]) = &point.step {
        say(&format!("over {before}: {}", over(*cost, *harm)));
    }
    if let Some(beaten) = &point.beaten {
        let by = &beaten.by;
        if [beaten.cost, beaten.harm] == [Estimate::exact(0.0); 2] {
            say(&format!("does the same as {by} in every world"));
        } else {
            say(&format!("beaten by {by}; over it: {}", over(beaten.cost, beaten.harm)));
        }
    }
}

/// Two differences, and which of them is not clear.
fn over(cost: Estimate, harm: Estimate) -> String {
    let unclear = match (is_known(cost), is_known(harm)) {
        (true, true) => "",
        (false, true) => "; cost is not told apart",
        (true, false) => "; harm is not told apart",
        (false, false) => "; neither is told apart",
    };
    format!("cost {}, harm {}{unclear}", signed(cost), signed(harm))
}

/// Whether a difference is clearly there, or clearly not.
fn is_known(e: Estimate) -> bool {
    e.is_clear() || e == Estimate::exact(0.0)
}

fn foot(out: &mut String, finding: &Frontier, page: Page) {
    let _ = writeln!(out, "\n{}", BOLD.on("How to read it"));
    let text = "A policy on the frontier has no other here that is as cheap and does less harm: going down the \
                list, each step buys less harm for more cost. Figures are means over worlds with their \
                interval; P10, P50 and P90 are what one world in ten, in two, and nine in ten stays \
                below. Differences are paired: both policies met the same luck.";
    paragraph(out, text, page, 2);
    for note in &finding.header.notes {
        paragraph(out, note, page, 2);
    }
    let levers = format!("Varied: {}.", finding.searched.join(", "));
    paragraph(out, &levers, page, 2);
    let _ = writeln!(out, "\nagain: {}", finding.header.command);
}

/// A figure with its interval, to the digits that the interval supports.
fn estimate(e: Estimate) -> String {
    if e.half_width() == 0.0 || !e.half_width().is_finite() {
        return number(e.value);
    }
    let [value, low, high] = [e.value, e.low, e.high].map(|v| rounded(v, e.half_width()));
    format!("{value} [{low}, {high}]")
}

/// The same with a sign.
fn signed(e: Estimate) -> String {
    let text = estimate(e);
    if e.value > 0.0 { format!("+{text}") } else { text }
}

/// A number to two digits of what it is uncertain by.
fn rounded(value: f64, uncertain: f64) -> String {
    if !(uncertain > 0.0 && uncertain.is_finite()) {
        return number(value);
    }
    let mut step = 1.0;
    while step * 100.0 <= uncertain {
        step *= 10.0;
    }
    while step * 10.0 > uncertain && step > 1e-6 {
        step /= 10.0;
    }
    let digits = (value / step).round() * step;
    // What rounds to nothing is not `-0`.
    number(if digits == 0.0 { 0.0 } else { digits })
}

/// A number for an axis: to a hundredth of its range.
fn short(value: f64, range: f64) -> String {
    rounded(value, if range > 0.0 { range / 10.0 } else { value.abs() / 10.0 })
}

#[cfg(test)]
mod tests {
    use hotwash_lab::findings::{Beaten, Header};

    use super::*;

    fn measure(name: &str) -> Measure {
        Measure {
            name: name.to_owned(),
            unit: "USD".to_owned(),
            better: "lower",
            bearer: "vendor".to_owned(),
            about: "a test".to_owned(),
        }
    }

    fn near(value: f64) -> Estimate {
        Estimate { value, low: value - 1_234.0, high: value + 1_234.0 }
    }

    fn point(name: &str, cost: f64, harm: f64, is_shipped: bool) -> FrontierPoint {
        FrontierPoint {
            name: name.to_owned(),
            choices: vec![("advisory".to_owned(), "as watchful".to_owned())],
            cost: near(cost),
            harm: near(harm),
            cost_quantiles: [cost / 2.0, cost, cost * 2.0],
            harm_quantiles: [harm / 2.0, harm, harm * 2.0],
            is_on_frontier: true,
            is_shipped,
            is_base: false,
            beaten: None,
            step: None,
            policy_text: String::new(),
        }
    }

    fn finding() -> Frontier {
        let mut dearer = point("found-02", 234_567.0, 5_000.0, false);
        dearer.step = Some([near(100_000.0), near(-500.0)]);
        let mut own = point("deny", 300_000.0, 9_000.0, true);
        own.is_on_frontier = false;
        let beaten = [near(65_433.0), near(4_000.0)];
        own.beaten = Some(Beaten { by: "found-02".to_owned(), cost: beaten[0], harm: beaten[1] });
        Frontier {
            header: Header { seed: "calm-otter".to_owned(), ..Header::default() },
            cost: measure("cost-vendor"),
            harm: measure("cost-victims"),
            base: "historical".to_owned(),
            searched: vec!["advisory".to_owned()],
            tried: 1_234,
            search_runs: 20_000,
            search_worlds: 224,
            unbeaten: 14,
            dropped: 2,
            final_worlds: 1_000,
            points: vec![point("found-01", 134_567.0, 5_500.0, false), dearer, own],
        }
    }

    #[test]
    fn everything_a_reader_needs_is_there_and_fits() {
        for width in [60, 80, 120] {
            let text = frontier(&finding(), Page::new(width));
            let plain = anstream::adapter::strip_str(&text).to_string();
            let words = plain.split_whitespace().collect::<Vec<_>>().join(" ");
            for part in [
                "Seed calm-otter",
                "20,000 runs",
                "1,000 other worlds",
                "2 left out",
                "134,600 [133,300, 135,800]",
                "sets advisory=as watchful",
                "over found-01: cost +100,000 [98,800, 101,200], harm -500 [-1,700, 700]; harm is not told apart",
                "beaten by found-02; over it: cost +65,400 [64,200, 66,700], harm +4,000 [2,800, 5,200]",
            ] {
                assert!(words.contains(part), "{part} is not in\n{plain}");
            }
            // The figures' columns need 78.
            for line in plain.lines() {
                assert!(line.chars().count() <= width.max(78), "{line}");
            }
        }
    }

    #[test]
    fn the_picture_has_a_sign_for_every_policy() {
        let text = frontier(&finding(), Page::new(80));
        let plain = anstream::adapter::strip_str(&text).to_string();
        let rows: Vec<&str> = plain.lines().filter(|line| line.contains(" |")).collect();
        assert_eq!(rows.len(), ROWS);
        let at = |mark: char| {
            let row =
                rows.iter().position(|row| row.ends_with(mark) || row.contains(mark)).unwrap();
            (row, rows[row].find(mark).unwrap())
        };
        // Cheapest leftmost, most harm on top.
        assert!(at('a').1 < at('b').1 && at('b').1 < at('A').1);
        assert!(at('A').0 == 0 && at('b').0 == ROWS - 1 && at('a').0 < at('b').0);
        let mut same = finding();
        same.points[1].cost = same.points[0].cost;
        same.points[1].harm = same.points[0].harm;
        assert!(frontier(&same, Page::new(80)).contains("b under a"));
    }

    #[test]
    fn figures_have_the_digits_that_are_known() {
        let e = |value, half| estimate(Estimate { value, low: value - half, high: value + half });
        assert_eq!(e(1_234_567.0, 98_765.0), "1,235,000 [1,136,000, 1,333,000]");
        assert_eq!(e(12.345, 0.5), "12.3 [11.8, 12.8]");
        assert_eq!(e(40.0, 0.0), "40");
        assert_eq!(rounded(-0.2, 40.0), "0");
        assert_eq!(rounded(0.0, 0.0), "0");
    }
}
