//! Curves of losses and times over round amounts, from ranked samples.

use crate::compare::tally::Column;
use crate::findings::{Exceedance, Measure, Survival, Tolerance};
use crate::stats::{Ranked, proportion};

/// Most points of a curve, those at tolerated amounts aside.
const POINTS: usize = 48;

/// The preferred numbers of ISO 3, series R40, in hundredths.
const R40: [u32; 40] = [
    100, 106, 112, 118, 125, 132, 140, 150, 160, 170, 180, 190, 200, 212, 224, 236, 250, 265, 280,
    300, 315, 335, 355, 375, 400, 425, 450, 475, 500, 530, 560, 600, 630, 670, 710, 750, 800, 850,
    900, 950,
];

/// Round amounts about evenly spaced on a logarithmic scale, from one not above `least` to one not
/// below `most`: the finest series of preferred numbers that gives few enough. Whatever the series,
/// 1, 2 and 5 with zeros are among them.
pub(super) fn amounts(least: f64, most: f64) -> Vec<f64> {
    let every = |step: usize| R40.into_iter().step_by(step).collect::<Vec<u32>>();
    let series = [every(1), every(2), every(4), vec![100, 200, 500]];
    let decades = decade(least)..=decade(most) + 1;
    let along = |series: &Vec<u32>| {
        let all = decades.clone().flat_map(|k| series.iter().map(move |m| amount(*m, k)));
        let all: Vec<f64> = all.collect();
        let first = all.iter().rposition(|a| *a <= least).unwrap_or(0);
        let last = all.iter().position(|a| *a >= most).unwrap_or(all.len() - 1);
        all[first..=last.max(first)].to_vec()
    };
    let mut curves = series.iter().map(along);
    let fine = curves.find(|amounts| amounts.len() <= POINTS);
    fine.unwrap_or_else(|| along(&series[3]))
}

fn decade(amount: f64) -> i32 {
    libm::floor(libm::log10(amount)) as i32
}

/// `hundredths` / 100 * 10^k, rounded once.
fn amount(hundredths: u32, k: i32) -> f64 {
    let (m, power) = (f64::from(hundredths), libm::pow(10.0, f64::from((k - 2).abs())));
    if k >= 2 { m * power } else { m / power }
}

/// The probability of losing more, by amount.
pub(super) fn exceedance(
    measure: Measure,
    columns: &[Column],
    tolerance: &[Tolerance],
) -> Exceedance {
    let ranked: Vec<Ranked> = columns.iter().map(Column::ranked).collect();
    let least = ranked.iter().filter_map(Ranked::least_positive).fold(f64::INFINITY, f64::min);
    let most = ranked.iter().filter_map(Ranked::ends).fold(0.0, |most: f64, ends| most.max(ends.1));
    let mut points = if most > 0.0 { amounts(least, most) } else { Vec::new() };
    let is_ours = |t: &&Tolerance| t.bearer.is_empty() || t.bearer == measure.bearer;
    points.extend(tolerance.iter().filter(is_ours).map(|t| t.amount_usd));
    points.sort_by(f64::total_cmp);
    points.dedup();
    let curve = |ranked: &Ranked| {
        let all = ranked.count();
        let points = points.iter().filter(|_| all > 0);
        points.map(|amount| (*amount, proportion(ranked.above(*amount), all))).collect()
    };
    Exceedance { curves: ranked.iter().map(curve).collect(), measure }
}

/// Days at which every curve of a time has a point, as far as it reaches.
const LANDMARKS: [f64; 10] = [1.0, 3.0, 7.0, 14.0, 30.0, 60.0, 90.0, 180.0, 365.0, 730.0];

/// The share of all worlds in which it has not happened, by time: at even steps and at the days that
/// people think in.
pub(super) fn survival(measure: Measure, columns: &[Column], worlds: u64) -> Survival {
    let ranked: Vec<Ranked> = columns.iter().map(Column::ranked).collect();
    let ends = ranked.iter().filter_map(Ranked::ends);
    let (least, most) = ends.fold((0.0, 0.0), |(low, high): (f64, f64), (least, most)| {
        (low.min(least), high.max(most))
    });
    let step = if most > least { round_up((most - least) / (POINTS - 2) as f64) } else { 1.0 };
    let first = libm::floor(least / step) as i64;
    let last = libm::ceil(most / step) as i64;
    let mut times: Vec<f64> = (first..=last).map(|i| i as f64 * step).collect();
    times.extend(LANDMARKS.into_iter().filter(|day| *day < most));
    times.sort_by(f64::total_cmp);
    times.dedup();
    let curve = |ranked: &Ranked| {
        let never = worlds - ranked.count();
        let at = |time: &f64| (*time, proportion(ranked.above(*time) + never, worlds));
        times.iter().map(at).collect()
    };
    Survival { curves: ranked.iter().map(curve).collect(), measure }
}

/// The next of 1, 2, 5 with zeros.
fn round_up(step: f64) -> f64 {
    let k = decade(step);
    let rounds = [amount(100, k), amount(200, k), amount(500, k), amount(100, k + 1)];
    rounds.into_iter().find(|round| *round >= step).unwrap_or(step)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_round_and_reach_over_both_ends() {
        for (least, most) in [(1.0, 1.0), (3.3, 4.1e6), (0.02, 9e11), (99.9, 100.1), (5e5, 3e6)] {
            let amounts = amounts(least, most);
            assert!(amounts[0] <= least && amounts[amounts.len() - 1] >= most, "{least} {most}");
            assert!(amounts.windows(2).all(|w| w[0] < w[1]));
            assert!(amounts.len() <= POINTS, "{least} {most}: {}", amounts.len());
        }
        let wide = amounts(7e3, 4e6);
        for round in [1e4, 2e4, 5e4, 1e5, 2e5, 5e5, 1e6, 2e6] {
            assert!(wide.contains(&round), "{round}");
        }
    }

    #[test]
    fn steps_are_round() {
        for (step, round) in [(0.3, 0.5), (1.0, 1.0), (5.01, 10.0), (70.0, 100.0)] {
            assert_eq!(round_up(step), round);
        }
    }
}
