//! A comparison as text: at a glance, metric by metric, losses, times, and how to read it all.

mod curves;
mod figures;
mod table;

use std::fmt::Write as _;

use hotwash_lab::findings::{Compared, Comparison, Header, Paired};
use hotwash_lab::stats::{Estimate, LEAST_DIFFERING};

use super::{BOLD, DIM, Page, number, wrap};
use figures::{Scale, Verdict, percent};
use table::{Cell, Column, Table};

/// Pages from this width on have room for more columns.
const WIDE: usize = 104;

/// The whole of it.
pub fn comparison(finding: &Comparison, page: Page) -> String {
    let mut out = String::new();
    head(&mut out, finding, page);
    glance(&mut out, finding, page);
    for metric in &finding.metrics {
        block(&mut out, finding, metric, page);
    }
    curves::losses(&mut out, finding, page);
    curves::times(&mut out, finding, page);
    foot(&mut out, finding, page);
    out
}

fn paragraph(out: &mut String, text: &str, page: Page) {
    for line in wrap(text, page.width) {
        let _ = writeln!(out, "{line}");
    }
}

fn head(out: &mut String, finding: &Comparison, page: Page) {
    let Header { scenario, title, worlds, seed, .. } = &finding.header;
    let _ = writeln!(out, "{}", BOLD.on(format_args!("{scenario}: {title}")));
    let names: Vec<&str> = finding.arms.iter().map(|arm| arm.name.as_str()).collect();
    let worlds = number(*worlds as f64);
    let what = format!("Policies {} in the same {worlds} worlds, seed {seed}.", names.join(", "));
    paragraph(out, &what, page);
    out.push('\n');
    paragraph(
        out,
        "How to read it: every policy meets the same worlds, with the same luck, so that a \
         difference is the policies' doing. Median and 5 to 95 % are what one vendor may meet; \
         [brackets] are 95 % confidence intervals of the figure before them and shrink with more \
         worlds. A mean difference is better or worse (lower or higher where neither is better) if \
         its interval lies on one side of zero, and unclear if not.",
        page,
    );
}

/// How a pair is called.
fn pair_name(finding: &Comparison, pair: &Paired) -> String {
    let name = |arm: usize| finding.arms[arm].name.as_str();
    if against_first(finding) {
        name(pair.a).to_owned()
    } else {
        format!("{} - {}", name(pair.a), name(pair.b))
    }
}

/// Whether every pair is against the first arm.
fn against_first(finding: &Comparison) -> bool {
    finding.metrics.iter().flat_map(|m| &m.pairs).all(|pair| pair.b == 0)
}

/// A table of verdicts: metrics down, pairs across, as many at a time as the page has room for.
fn glance(out: &mut String, finding: &Comparison, page: Page) {
    let Some(first) = finding.metrics.first() else { return };
    let title = match (against_first(finding), finding.arms.first()) {
        (true, Some(arm)) => format!("At a glance, against {}", arm.name),
        _ => "At a glance: the first of each pair against the second".to_owned(),
    };
    let _ = writeln!(out, "\n{}", BOLD.on(title));
    let all = || finding.metrics.iter().flat_map(|m| m.pairs.iter().map(move |p| (m, p)));
    let mut says = "The percentage is the share of worlds in which it is so.".to_owned();
    if all().any(|(_, p)| p.count < finding.header.worlds) {
        says += " * only over the worlds in which both policies have a value; read below how many more \
                 or fewer worlds have one at all.";
    }
    if all().any(|(m, p)| Verdict::of(p, m.measure.better) == Verdict::TooFew) {
        says += &format!(
            " too few: fewer than {LEAST_DIFFERING} worlds differ, too few for a verdict."
        );
    }
    paragraph(out, &says, page);
    let mut from = 0;
    while from < first.pairs.len() {
        let mut to = first.pairs.len();
        let mut table = glance_table(finding, from..to);
        while table.width() > page.width && to > from + 1 {
            to -= 1;
            table = glance_table(finding, from..to);
        }
        table.write(out);
        from = to;
    }
}

fn glance_table(finding: &Comparison, pairs: std::ops::Range<usize>) -> Table {
    let names: Vec<String> =
        finding.metrics[0].pairs[pairs.clone()].iter().map(|p| pair_name(finding, p)).collect();
    let mut columns = vec![(Column::Left, "")];
    columns.extend(names.iter().map(|name| (Column::Left, name.as_str())));
    let mut table = Table::new(&columns);
    for metric in &finding.metrics {
        let is_partial = metric.pairs.iter().any(|pair| pair.count < finding.header.worlds);
        let mark = if is_partial { " *" } else { "" };
        let mut row = vec![Cell::from(format!("{}{mark}", metric.measure.name))];
        for pair in &metric.pairs[pairs.clone()] {
            let verdict = Verdict::of(pair, metric.measure.better);
            let share =
                verdict.share(pair).map_or_else(String::new, |s| format!(" {}", percent(s)));
            row.push(Cell(format!("{}{share}", verdict.word()), Some(verdict.paint())));
        }
        table.row(row);
    }
    table
}

/// All that is known of a metric.
fn block(out: &mut String, finding: &Comparison, metric: &Compared, page: Page) {
    let measure = &metric.measure;
    let scale = Scale::of_metric(metric);
    let better = match measure.better {
        "neither" => "neither way is better".to_owned(),
        way => format!("{way} is better"),
    };
    let unit = scale.unit(&measure.unit);
    let unit = if unit.is_empty() { String::new() } else { format!("{unit}, ") };
    out.push('\n');
    let title = format!("{}: {unit}{better}, borne by the {}", measure.name, measure.bearer);
    for line in wrap(&title, page.width.saturating_sub(2)) {
        let _ = match line.strip_prefix(&measure.name) {
            Some(rest) => writeln!(out, "{}{rest}", BOLD.on(&measure.name)),
            None => writeln!(out, "  {line}"),
        };
    }
    for line in wrap(&measure.about, page.width.saturating_sub(2)) {
        let _ = writeln!(out, "  {}", DIM.on(line));
    }
    values(out, finding, metric, scale, page);
    let against = match (against_first(finding), finding.arms.first()) {
        (true, Some(arm)) => format!("  difference from {} in the same world:", arm.name),
        _ => "  difference of the first of each pair from the second in the same world:".to_owned(),
    };
    let _ = writeln!(out, "{against}");
    differences(out, finding, metric, scale, page);
    missing(out, finding, metric, page);
}

fn values(out: &mut String, finding: &Comparison, metric: &Compared, scale: Scale, page: Page) {
    let is_wide = page.width >= WIDE;
    let has_gaps = metric.arms.iter().any(|arm| arm.count < finding.header.worlds);
    let mut columns = vec![(Column::Left, "")];
    for level in ["median", "5 %", "95 %"] {
        columns.push((Column::Right, level));
        if is_wide || level == "median" {
            columns.push((Column::Interval, "[95 %]"));
        }
    }
    if has_gaps {
        columns.push((Column::Right, "has a value"));
    }
    let mut table = Table::new(&columns);
    for (arm, summary) in finding.arms.iter().zip(&metric.arms) {
        let mut row = vec![Cell::from(arm.name.as_str())];
        for (i, level) in [2, 0, 4].into_iter().enumerate() {
            let unknown = Estimate::exact(f64::NAN);
            let quantile = summary.quantiles.map_or(unknown, |quantiles| quantiles[level]);
            let [value, interval] = scale.pair(&quantile);
            row.push(value.into());
            if is_wide || i == 0 {
                row.push(interval.into());
            }
        }
        if has_gaps {
            row.push(percent(summary.share.value).into());
        }
        table.row(row);
    }
    table.write(out);
}

fn differences(
    out: &mut String,
    finding: &Comparison,
    metric: &Compared,
    scale: Scale,
    page: Page,
) {
    // What there is no room for goes: first the medians, then the share of worlds that are equal, at
    // last what pairing is worth.
    for room in [3, 2, 1, 0] {
        let table = difference_table(finding, metric, scale, room);
        if table.width() <= page.width || room == 0 {
            table.write(out);
            return;
        }
    }
}

fn difference_table(finding: &Comparison, metric: &Compared, scale: Scale, room: u8) -> Table {
    let (has_median, has_equal, has_pairing) = (room > 2, room > 1, room > 0);
    let words = match metric.measure.better {
        "neither" => ["lower", "equal", "higher"],
        _ => ["better", "equal", "worse"],
    };
    let figure = |head| [(Column::Right, head), (Column::Interval, "[95 %]")];
    let mut columns = vec![(Column::Left, "")];
    columns.extend(figure("mean"));
    columns.push((Column::Left, ""));
    columns.extend(figure("median").into_iter().filter(|_| has_median));
    columns.push((Column::Right, words[0]));
    columns.extend(has_equal.then_some((Column::Right, words[1])));
    columns.push((Column::Right, words[2]));
    columns.extend(has_pairing.then_some((Column::Right, "pairing")));
    let mut table = Table::new(&columns);
    for pair in &metric.pairs {
        let verdict = Verdict::of(pair, metric.measure.better);
        let mut row = vec![Cell::from(pair_name(finding, pair))];
        let [mean, interval] = scale.difference(&pair.difference);
        // No interval where no world differs: a note says what may have been missed.
        let interval = if verdict == Verdict::Same { String::new() } else { interval };
        row.extend([mean, interval].map(Cell::from));
        row.push(Cell(verdict.word().to_owned(), Some(verdict.paint())));
        if has_median {
            let median = pair.median_difference.unwrap_or(Estimate::exact(f64::NAN));
            let [median, interval] = scale.difference(&median);
            let interval = if verdict == Verdict::Same { String::new() } else { interval };
            row.extend([median, interval].map(Cell::from));
        }
        let [better, equal, worse] = pair.better.map(|share| Cell::from(percent(share.value)));
        row.push(better);
        row.extend(has_equal.then_some(equal));
        row.push(worse);
        row.extend(has_pairing.then(|| pairing(pair).into()));
        table.row(row);
    }
    table
}

/// How many times as many runs it would take without shared worlds.
fn pairing(pair: &Paired) -> String {
    match pair.variance_removed {
        None => "-".to_owned(),
        Some(removed) if removed >= 1.0 => "all".to_owned(),
        Some(removed) => match 1.0 / (1.0 - removed) {
            times if times >= 999.5 => ">999x".to_owned(),
            times if times >= 9.95 => format!("{times:.0}x"),
            times => format!("{times:.1}x"),
        },
    }
}

/// Where a metric has no value in some worlds: in how many both have one, and what that hides.
fn missing(out: &mut String, finding: &Comparison, metric: &Compared, page: Page) {
    for pair in metric.pairs.iter().filter(|pair| pair.count < finding.header.worlds) {
        let points = Scale::of(0.0).difference(&Estimate {
            value: pair.share_difference.value * 100.0,
            low: pair.share_difference.low * 100.0,
            high: pair.share_difference.high * 100.0,
        });
        let text = format!(
            "{}: both have a value in {} worlds; the share that has one differs by {} points.",
            pair_name(finding, pair),
            number(pair.count as f64),
            points.join(" "),
        );
        for (i, line) in wrap(&text, page.width.saturating_sub(4)).iter().enumerate() {
            let _ = writeln!(out, "{}{line}", if i == 0 { "  " } else { "    " });
        }
    }
}

fn foot(out: &mut String, finding: &Comparison, page: Page) {
    let _ = writeln!(out, "\n{}", BOLD.on("What to bear in mind"));
    let pairs = finding.metrics.iter().flat_map(|m| &m.pairs);
    let shares = pairs.filter(|pair| pair.count > 0).flat_map(|pair| pair.better);
    let widest = shares.map(|share| share.half_width()).fold(0.0, f64::max) * 100.0;
    let mut notes = finding.header.notes.clone();
    notes.push(format!(
        "Shares of worlds without brackets are to within ±{} points or better; the 5 and 95 % \
         quantiles have as many digits as their intervals support. --format json has every interval.",
        number(widest.ceil())
    ));
    notes.push(
        "pairing 12x: had each policy met worlds of its own, the same interval would take 12 times \
         as many runs (below 1x it would take fewer)."
            .to_owned(),
    );
    for note in &notes {
        for (i, line) in wrap(note, page.width.saturating_sub(2)).iter().enumerate() {
            let _ = writeln!(out, "{}{line}", if i == 0 { "- " } else { "  " });
        }
    }
    let Header { command, seed, hotwash, streams, scenario_sha256, .. } = &finding.header;
    let _ = writeln!(out, "\n{} {command}", BOLD.on("Again:"));
    let version = format!(
        "seed {seed}, hotwash {hotwash}, streams {streams}, scenario {}",
        scenario_sha256.get(..12).unwrap_or(scenario_sha256)
    );
    let _ = writeln!(out, "{}", DIM.on(version));
}
