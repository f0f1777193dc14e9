//! Loss exceedance: how probable it is that a loss is greater than an amount.

use hotwash_lab::findings::{Comparison, Exceedance, Summary, Tolerance};
use hotwash_lab::stats::Estimate;

use super::{Figure, Table, arm, base};
use crate::svg::{Anchor, Area, Canvas, Extent, Grid, Ink, Scale, bottom_axis, left_axis, legend};
use crate::words;

type Curve = [(f64, Estimate)];

/// Probabilities that are marked, and what they are called: the 90th percentile is exceeded in one
/// world of ten.
const MARKS: [(f64, &str); 3] = [(0.9, "P10"), (0.5, "P50"), (0.1, "P90")];
/// Bands of more policies than this would hide each other.
const BANDS: usize = 4;

/// The amount that is exceeded with a probability: straight between the points of the curve. None where
/// the curve begins below that probability or does not come down to it.
fn amount(curve: &Curve, probability: f64, of: impl Fn(&Estimate) -> f64) -> Option<f64> {
    let after = curve.iter().position(|(_, e)| of(e) <= probability)?;
    let (right, low) = (curve[after].0, of(&curve[after].1));
    if low == probability {
        return Some(right);
    }
    let (left, high) = (curve.get(after.checked_sub(1)?)?.0, of(&curve[after - 1].1));
    let share = if high > low { (high - probability) / (high - low) } else { 1.0 };
    Some(left + share * (right - left))
}

/// An amount with its interval, from the curve's band.
fn percentile(curve: &Curve, probability: f64) -> Option<Estimate> {
    let value = amount(curve, probability, |e| e.value)?;
    let low = amount(curve, probability, |e| e.low).unwrap_or(f64::NEG_INFINITY).min(value);
    let high = amount(curve, probability, |e| e.high).unwrap_or(f64::INFINITY).max(value);
    Some(Estimate { value, low, high })
}

/// The amount that a policy's losses exceed with a probability: the outcome's own quantile where it is
/// among the metrics and every world has a value, as the tables and the text have it, else what the
/// curve says between its points.
fn exceeded(
    finding: &Comparison,
    loss: &Exceedance,
    index: usize,
    probability: f64,
) -> Option<Estimate> {
    let own = finding.metrics.iter().find(|m| m.measure.name == loss.measure.name);
    let own = own.and_then(|m| m.arms.get(index)).filter(|a| a.count == finding.header.worlds);
    let level = Summary::LEVELS.iter().position(|l| (l + probability - 1.0).abs() < 1e-9);
    let quantile = own.zip(level).and_then(|(arm, level)| Some(arm.quantiles?[level]));
    quantile.or_else(|| percentile(loss.curves.get(index)?, probability))
}

/// One loss, all policies.
pub fn exceedance(id: &str, finding: &Comparison, loss: &Exceedance) -> Figure {
    let heading = format!(
        "How large the loss may be: {} (borne by: {})",
        loss.measure.name, loss.measure.bearer
    );
    let amounts = || loss.curves.iter().flatten().map(|(amount, _)| *amount);
    let Some(extent) = Extent::of(amounts().filter(|a| *a > 0.0)) else {
        let why = if amounts().next().is_none() {
            format!("no world has a value of {}", loss.measure.name)
        } else {
            format!("there is no loss in any world: {} is never above zero", loss.measure.name)
        };
        return Figure::empty(&heading, &why);
    };
    let tolerance = tolerated(finding, loss);
    let sentence = sentence(finding, loss, &tolerance);
    let has_rest = amounts().any(|a| a <= 0.0);
    let drawing = draw(id, finding, loss, extent, &tolerance, (&heading, &sentence));
    let mut notes = vec![
        "A point at 10 % means: in one world of ten the loss is greater than this".to_owned(),
        "bands are 95 % intervals".to_owned(),
        words::SHORT.to_owned(),
    ];
    if loss.curves.len() > BANDS {
        notes[1] = "intervals are in the table, as their bands would hide each other".to_owned();
    }
    if has_rest {
        notes.push("losses of zero, or gains, lie left of the axis' start".to_owned());
    }
    let caption = format!("{}. {}.", notes.join("; "), base(&finding.header));
    Figure { heading, sentence, drawing: Some(drawing), caption, table: table(finding, loss) }
}

fn tolerated<'a>(finding: &'a Comparison, loss: &Exceedance) -> Vec<&'a Tolerance> {
    let mut list: Vec<&Tolerance> = finding
        .tolerance
        .iter()
        .filter(|t| t.bearer.is_empty() || t.bearer == loss.measure.bearer)
        .filter(|t| t.amount_usd.is_finite() && t.probability.is_finite())
        .collect();
    list.sort_by(|a, b| a.amount_usd.total_cmp(&b.amount_usd));
    list
}

fn draw(
    id: &str,
    finding: &Comparison,
    loss: &Exceedance,
    extent: Extent,
    tolerance: &[&Tolerance],
    (heading, sentence): (&str, &str),
) -> maud::Markup {
    let names: Vec<String> = (0..loss.curves.len()).map(|i| arm(&finding.arms, i)).collect();
    let inks: Vec<(Ink, &str)> =
        names.iter().enumerate().map(|(i, name)| (Ink(i), name.as_str())).collect();
    let legend_area = Area { left: 8.0, top: 0.0, width: Canvas::WIDTH - 16.0, height: 0.0 };
    // Laid out once to learn how high the legend is.
    let used = legend(&mut Canvas::new(id, 0.0, "", ""), legend_area, &inks);
    let area =
        Area { left: 58.0, top: used + 34.0, width: Canvas::WIDTH - 58.0 - 130.0, height: 330.0 };
    let mut canvas = Canvas::new(id, area.bottom() + 46.0, heading, sentence);
    legend(&mut canvas, legend_area, &inks);
    let positive = tolerance.iter().map(|t| t.amount_usd).filter(|a| *a > 0.0);
    let extent = positive.fold(extent, Extent::with);
    // Seven decades are enough to see: what is smaller is next to nothing beside the rest.
    let low = extent.low.max(extent.high / 1e7);
    let x = Scale::log((low, extent.high * 1.05), (area.left, area.right()));
    let y = Scale::shares((0.0, 1.0), (area.bottom(), area.top));
    let title = format!("{} in {}", loss.measure.name, words::unit(&loss.measure));
    bottom_axis(&mut canvas, area, &x, &title, Grid::Lines);
    left_axis(&mut canvas, area, &y, "probability that the loss is greater (% of worlds)");
    for (probability, name) in MARKS {
        let at = y.at(probability);
        canvas.line("grid", (area.left, at), (area.right(), at));
        let share = words::percent(probability);
        let text = format!("{name}: {share} exceed");
        canvas.text("small dim", (area.right() + 8.0, at + 4.0), Anchor::Start, &text);
    }
    for (index, curve) in loss.curves.iter().enumerate() {
        if loss.curves.len() <= BANDS {
            band(&mut canvas, &Ink(index).band(), curve, &x, &y);
        }
    }
    for (index, curve) in loss.curves.iter().enumerate() {
        canvas.path(&Ink(index).line(), &line(curve, &x, &y, |e| e.value), false);
    }
    for (index, curve) in loss.curves.iter().enumerate() {
        for (probability, _) in MARKS {
            let at = amount(curve, probability, |e| e.value).filter(|a| x.holds(*a));
            if let Some(amount) = at {
                Ink(index).marker(&mut canvas, (x.at(amount), y.at(probability)), false);
            }
        }
    }
    limit(&mut canvas, area, &x, &y, tolerance);
    canvas.render()
}

fn band(canvas: &mut Canvas, class: &str, curve: &Curve, x: &Scale, y: &Scale) {
    let mut outline = line(curve, x, y, |e| e.high);
    let mut back = line(curve, x, y, |e| e.low);
    back.reverse();
    outline.extend(back);
    if outline.len() > 3 {
        canvas.path(class, &outline, true);
    }
}

/// The curve as far as it is known, from the axis' start.
fn line(curve: &Curve, x: &Scale, y: &Scale, of: impl Fn(&Estimate) -> f64) -> Vec<(f64, f64)> {
    let mut out: Vec<(f64, f64)> = Vec::new();
    let start = x.domain().0;
    for (amount, e) in curve.iter().filter(|(a, e)| a.is_finite() && of(e).is_finite()) {
        let at = y.at(of(e));
        if *amount < start {
            // What lies before the axis' start only sets the height at which the curve comes in.
            out = vec![(x.at(start), at)];
        } else {
            out.push((x.at(*amount), at));
        }
    }
    out
}

fn limit(canvas: &mut Canvas, area: Area, x: &Scale, y: &Scale, tolerance: &[&Tolerance]) {
    let points: Vec<(f64, f64)> =
        tolerance.iter().map(|t| (x.at(t.amount_usd), y.at(t.probability))).collect();
    if points.is_empty() {
        return;
    }
    canvas.path("limit", &points, false);
    for (px, py) in &points {
        let r = 5.0;
        let cross = [(px - r, py - r), (px + r, py - r), (px + r, py + r), (px - r, py + r)];
        canvas.path("limit-mark", &cross, true);
    }
    // Curves fall to the right, so the upper right corner is free.
    let key = (area.right() - 170.0, area.top + 22.0);
    canvas.path("limit", &[key, (key.0 + 34.0, key.1)], false);
    canvas.text("bold halo", (key.0 + 42.0, key.1 + 4.0), Anchor::Start, "tolerated at most");
}

fn sentence(finding: &Comparison, loss: &Exceedance, tolerance: &[&Tolerance]) -> String {
    let unit = words::unit(&loss.measure);
    let mut tails: Vec<(String, Estimate)> = loss
        .curves
        .iter()
        .enumerate()
        .filter_map(|(i, _)| Some((arm(&finding.arms, i), exceeded(finding, loss, i, 0.1)?)))
        .collect();
    tails.sort_by(|a, b| a.1.value.total_cmp(&b.1.value));
    let text = |(name, e): &(String, Estimate)| {
        let range = format!("{} to {}", words::short(e.low), words::short(e.high));
        format!("{} {unit} under {name} (95 % interval {range})", words::short(e.value))
    };
    let mut out = match tails.as_slice() {
        [] => "In fewer than one world of ten is there such a loss.".to_owned(),
        [one] => format!("In one world of ten the loss is greater than {}.", text(one)),
        [least, .., most] => {
            let hedge = if least.1.high >= most.1.low {
                "; the intervals overlap, so this order may be chance"
            } else {
                ""
            };
            format!(
                "In one world of ten the loss is greater than {}, the least, and than {}, the \
                 most{hedge}.",
                text(least),
                text(most)
            )
        }
    };
    if !tolerance.is_empty() {
        out.push(' ');
        out.push_str(&judged(finding, loss, tolerance));
    }
    out
}

/// The probability that a loss exceeds an amount, at the last point not above it.
fn probability(curve: &Curve, amount: f64) -> Option<Estimate> {
    if curve.first().is_some_and(|(first, _)| *first > amount) {
        return curve.first().map(|(_, e)| Estimate { high: 1.0, ..*e });
    }
    curve.iter().take_while(|(a, _)| *a <= amount).last().map(|(_, e)| *e)
}

fn judged(finding: &Comparison, loss: &Exceedance, tolerance: &[&Tolerance]) -> String {
    let (mut over, mut unsure, mut within) = (Vec::new(), Vec::new(), Vec::new());
    for (index, curve) in loss.curves.iter().enumerate() {
        let at: Vec<(Estimate, f64)> = tolerance
            .iter()
            .filter_map(|t| Some((probability(curve, t.amount_usd)?, t.probability)))
            .collect();
        let name = arm(&finding.arms, index);
        if at.iter().any(|(e, limit)| e.low > *limit) {
            over.push(name);
        } else if at.iter().all(|(e, limit)| e.high <= *limit) {
            within.push(name);
        } else {
            unsure.push(name);
        }
    }
    let mut out = Vec::new();
    for (list, text) in [
        (over, "More than is tolerated under"),
        (within, "Within what is tolerated under"),
        (unsure, "Too close to the tolerated limit to tell under"),
    ] {
        if !list.is_empty() {
            out.push(format!("{text} {}.", words::list(&list, 8)));
        }
    }
    out.join(" ")
}

fn table(finding: &Comparison, loss: &Exceedance) -> Table {
    let unit = words::unit(&loss.measure);
    let caption = format!("{}: amounts in {unit} [95 % interval]", loss.measure.name);
    let mut table = Table::new(
        &caption,
        1,
        &[
            "policy",
            "P10: 90 % exceed",
            "P50: half exceed",
            "P90: 10 % exceed",
            "probability of any loss",
        ],
    );
    for (index, curve) in loss.curves.iter().enumerate() {
        let mut row = vec![arm(&finding.arms, index)];
        for (share, _) in MARKS {
            let text = exceeded(finding, loss, index, share).map(words::estimate);
            row.push(text.unwrap_or_else(|| "not on the curve".to_owned()));
        }
        let any = probability(curve, 0.0).filter(|_| curve.first().is_some_and(|f| f.0 <= 0.0));
        row.push(any.map_or_else(|| "not on the curve".to_owned(), words::percent_estimate));
        table.rows.push(row);
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_off_the_curve() {
        let e = |p: f64| Estimate { value: p, low: p - 0.05, high: p + 0.05 };
        let curve: Vec<(f64, Estimate)> =
            (0..10).map(|i| (f64::from(i), e(0.9 - 0.1 * f64::from(i)))).collect();
        let p = percentile(&curve, 0.5).unwrap();
        assert!((p.value - 4.0).abs() < 1e-9, "{p:?}");
        assert!((p.low - 3.5).abs() < 1e-9 && (p.high - 4.5).abs() < 1e-9, "{p:?}");
        assert_eq!(amount(&curve, 0.95, |e| e.value), None);
        assert_eq!(probability(&curve, 2.5).unwrap().value, 0.7);
        assert_eq!(probability(&[], 2.5), None);
    }
}
