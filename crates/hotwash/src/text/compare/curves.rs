//! Losses and times as tables: what amounts are exceeded how often, what has not happened by when.

use std::fmt::Write as _;

use hotwash_lab::findings::{ArmInfo, Comparison, Exceedance, Measure, Survival, Tolerance};
use hotwash_lab::stats::Estimate;

use super::figures::{Scale, percent_interval};
use super::table::{Cell, Column, Table};
use crate::text::{BOLD, DIM, Page, wrap};

/// Days that tables of times have a column for, if the curves tell something there.
const LANDMARKS: [f64; 10] = [1.0, 3.0, 7.0, 14.0, 30.0, 60.0, 90.0, 180.0, 365.0, 730.0];

/// A curve's points, by arm.
type Curves = [Vec<(f64, Estimate)>];

/// The tables of losses, and what is tolerated.
pub(super) fn losses(out: &mut String, finding: &Comparison, page: Page) {
    for loss in &finding.losses {
        loss_table(out, finding, loss, page);
    }
    if !finding.tolerance.is_empty() && !finding.losses.is_empty() {
        tolerance(out, finding, page);
    }
}

fn loss_table(out: &mut String, finding: &Comparison, loss: &Exceedance, page: Page) {
    let metric = finding.metrics.iter().find(|m| m.measure == loss.measure);
    let most = loss.curves.iter().flatten().filter(|p| p.1.value >= 0.05).map(|p| p.0);
    let scale = metric.map_or_else(|| Scale::of(most.fold(0.0, f64::max)), Scale::of_metric);
    let unit = scale.unit(&loss.measure.unit);
    let title = format!("Losses: {}", loss.measure.name);
    let _ = writeln!(out, "\n{}, {unit}, borne by the {}", BOLD.on(title), loss.measure.bearer);
    if let Some(metric) = metric {
        let mut table = Table::new(&[
            (Column::Left, ""),
            (Column::Right, "P50"),
            (Column::Interval, "[95 %]"),
            (Column::Right, "P90"),
            (Column::Interval, "[95 %]"),
            (Column::Right, "P95"),
            (Column::Interval, "[95 %]"),
        ]);
        for (arm, summary) in finding.arms.iter().zip(&metric.arms) {
            let Some(quantiles) = summary.quantiles else { continue };
            let cells = [2, 3, 4].into_iter().flat_map(|i| scale.pair(&quantiles[i]));
            let name = Cell::from(arm.name.as_str());
            table.row([name].into_iter().chain(cells.map(Cell::from)).collect());
        }
        table.write(out);
    }
    let points = round_points(&loss.curves);
    if points.is_empty() {
        let _ = writeln!(out, "  No loss was seen in any world.");
        return;
    }
    let _ = writeln!(out, "  chance in % of losing more than so many {unit}, [95 %]:");
    curve_table(out, &finding.arms, &loss.curves, &points, |at| scale.amount(at), page);
}

/// The tables of times, of the metrics that are shown.
pub(super) fn times(out: &mut String, finding: &Comparison, page: Page) {
    let is_shown = |time: &&Survival| finding.metrics.iter().any(|m| m.measure == time.measure);
    for time in finding.times.iter().filter(is_shown) {
        let Measure { name, about, .. } = &time.measure;
        let _ = writeln!(out, "\n{}", BOLD.on(format!("Not yet: {name}")));
        for line in wrap(about, page.width.saturating_sub(2)) {
            let _ = writeln!(out, "  {}", DIM.on(line));
        }
        let points = informative(&time.curves, |day| LANDMARKS.contains(&day));
        if points.is_empty() {
            let _ = writeln!(out, "  It happened in no world.");
            continue;
        }
        let _ = writeln!(out, "  % of all worlds in which it has not happened by day, [95 %]:");
        let day = |at: f64| format!("{at}");
        curve_table(out, &finding.arms, &time.curves, &points, day, page);
    }
}

/// Positions of a curve's points at 1, 2 and 5 with zeros that tell something.
fn round_points(curves: &Curves) -> Vec<usize> {
    let is_round = |amount: f64| {
        let digits = format!("{amount:e}");
        ["1e", "2e", "5e"].iter().any(|lead| digits.starts_with(lead))
    };
    let round = informative(curves, is_round);
    if round.is_empty() { informative(curves, |_| true) } else { round }
}

/// Positions of the wanted points that tell something: the chance is not nearly everything under
/// every arm, and not nearly nothing. All wanted ones where there is no such point.
fn informative(curves: &Curves, is_wanted: impl Fn(f64) -> bool) -> Vec<usize> {
    let Some(longest) = curves.iter().max_by_key(|curve| curve.len()) else { return Vec::new() };
    let wanted: Vec<usize> = (0..longest.len()).filter(|i| is_wanted(longest[*i].0)).collect();
    let tells = |i: &usize| {
        let shares = || curves.iter().filter_map(|curve| curve.get(*i)).map(|p| p.1.value);
        shares().any(|share| share >= 0.01) && shares().any(|share| share <= 0.9)
    };
    let telling: Vec<usize> = wanted.iter().copied().filter(tells).collect();
    if telling.is_empty() { wanted } else { telling }
}

/// As many of these points as the page has room for, evenly.
fn curve_table(
    out: &mut String,
    arms: &[ArmInfo],
    curves: &Curves,
    points: &[usize],
    head: impl Fn(f64) -> String,
    page: Page,
) {
    let Some(longest) = curves.iter().max_by_key(|curve| curve.len()) else { return };
    for most in (1..=points.len().min(8)).rev() {
        let spread =
            |i: usize| points[if most == 1 { 0 } else { i * (points.len() - 1) / (most - 1) }];
        let chosen: Vec<usize> = (0..most).map(spread).collect();
        let heads: Vec<String> = chosen.iter().map(|i| head(longest[*i].0)).collect();
        let columns = heads.iter().map(|head| (Column::Right, head.as_str()));
        let mut table =
            Table::new(&[(Column::Left, "")].into_iter().chain(columns).collect::<Vec<_>>());
        for (arm, curve) in arms.iter().zip(curves) {
            let share = |i: &usize| {
                curve.get(*i).map_or_else(
                    || "-".to_owned(),
                    |point| percent_interval(&point.1).replace(" %", ""),
                )
            };
            let name = Cell::from(arm.name.as_str());
            table.row([name].into_iter().chain(chosen.iter().map(share).map(Cell::from)).collect());
        }
        if table.width() <= page.width || most == 1 {
            table.write(out);
            return;
        }
    }
}

/// Whether each policy keeps within what is tolerated.
fn tolerance(out: &mut String, finding: &Comparison, page: Page) {
    let _ = writeln!(out, "\n{}", BOLD.on("What is tolerated"));
    for tolerated in &finding.tolerance {
        let Tolerance { amount_usd, probability, bearer } = tolerated;
        let ours = |loss: &&Exceedance| bearer.is_empty() || *bearer == loss.measure.bearer;
        for loss in finding.losses.iter().filter(ours) {
            let scale = Scale::of(*amount_usd);
            let head = format!(
                "{}: at most {:.3} % chance of more than {} {}",
                loss.measure.name,
                probability * 100.0,
                scale.amount(*amount_usd),
                scale.unit("USD"),
            );
            for line in wrap(&head.replace(".000 %", " %"), page.width.saturating_sub(2)) {
                let _ = writeln!(out, "  {line}");
            }
            let mut table =
                Table::new(&[(Column::Left, ""), (Column::Right, ""), (Column::Left, "")]);
            for (arm, curve) in finding.arms.iter().zip(&loss.curves) {
                let at = curve.iter().find(|point| point.0 == *amount_usd).map(|point| point.1);
                let (share, word) = at.map_or(("-".to_owned(), "unknown"), |share| {
                    let word = match share {
                        s if s.high <= *probability => "within",
                        s if s.low > *probability => "BEYOND",
                        _ => "unclear: the interval reaches over what is tolerated",
                    };
                    (percent_interval(&share), word)
                });
                table.row(vec![arm.name.as_str().into(), share.into(), word.into()]);
            }
            table.write_body(out);
        }
    }
}
