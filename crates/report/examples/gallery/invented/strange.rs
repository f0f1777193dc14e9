//! Findings at the edges: nothing, one, very many, all equal, infinite, hostile.

use hotwash_lab::findings::{
    Comparison, Course, Exceedance, Frontier, Hindcast, Measure, Sensitivity, Survival, Sweep,
    Value,
};
use hotwash_lab::stats::Estimate;

use super::{
    arm, comparison, e, frontier, header, hindcast, measure, sensitivity, share, sweep, value,
};

const HOSTILE: &str = "</title></svg><script>alert('x')</script>&\"<b>\u{0}\u{202e}";

/// Pages that must not fail, by name.
pub(crate) fn pages() -> Vec<(String, String)> {
    use hotwash_report as report;
    let mut out: Vec<(&str, String)> = vec![
        ("strange-one-policy", report::comparison(&comparison(1))),
        ("strange-none", report::comparison(&no_comparison())),
        ("strange-many", report::comparison(&many())),
        ("strange-equal", report::comparison(&equal())),
        ("strange-infinite", report::comparison(&infinite())),
        ("strange-hostile", report::comparison(&hostile())),
    ];
    let (sweeps, frontiers) = (sweeps(), frontiers());
    out.extend(sweeps.iter().map(|s| ("strange-sweep", report::sweep(s))));
    out.extend(frontiers.iter().map(|f| ("strange-frontier", report::frontier(f))));
    out.extend(sensitivities().iter().map(|s| ("strange-sensitivity", report::sensitivity(s))));
    out.extend(hindcasts().iter().map(|h| ("strange-hindcast", report::hindcast(h))));
    out.extend(values().iter().map(|v| ("strange-value", report::value(v))));
    let mut names: Vec<(String, String)> = Vec::new();
    for (name, page) in out {
        let count = names.iter().filter(|(n, _)| n.starts_with(name)).count();
        names.push((format!("{name}-{}", count + 1), page));
    }
    names
}

fn no_comparison() -> Comparison {
    Comparison {
        header: header("hotwash compare insider-sale"),
        arms: vec![],
        metrics: vec![],
        losses: vec![],
        times: vec![],
        courses: vec![],
        tolerance: vec![],
    }
}

/// 75 metrics and 8 policies.
fn many() -> Comparison {
    let mut finding = comparison(8);
    let few = finding.metrics.clone();
    finding.metrics = few.iter().cycle().take(75).cloned().collect();
    for (i, compared) in finding.metrics.iter_mut().enumerate() {
        compared.measure.name = format!("{}-{i}", compared.measure.name);
    }
    finding.header.is_partial = true;
    finding
}

/// Nothing differs, intervals have no width, losses are zero, nothing ever happens.
fn equal() -> Comparison {
    let mut finding = comparison(3);
    for compared in &mut finding.metrics {
        for arm in &mut compared.arms {
            arm.quantiles = Some([Estimate::exact(3.0); 6]);
            arm.mean = Estimate::exact(3.0);
        }
        for pair in &mut compared.pairs {
            pair.difference = Estimate::exact(0.0);
            pair.median_difference = Some(Estimate::exact(0.0));
            pair.variance_removed = None;
        }
    }
    // One metric varies, so that there is something to draw beside it.
    finding.metrics[0].arms[0].quantiles =
        Some([0.0, 1.0, 2.0, 3.0, 4.0, 5.0].map(Estimate::exact));
    for loss in &mut finding.losses {
        loss.curves = vec![vec![(0.0, Estimate::exact(0.0))]; 3];
    }
    for time in &mut finding.times {
        time.curves =
            vec![vec![(392.0, Estimate::exact(1.0))], vec![(392.0, Estimate::exact(1.0))], vec![]];
    }
    for course in &mut finding.courses {
        course.bands = vec![vec![[5.0; 5]; course.days.len()]; 3];
    }
    finding
}

/// Intervals without ends, negative losses, values that are not known.
fn infinite() -> Comparison {
    let mut finding = comparison(3);
    let endless = |value| Estimate { value, low: f64::NEG_INFINITY, high: f64::INFINITY };
    for (i, compared) in finding.metrics.iter_mut().enumerate() {
        for (j, pair) in compared.pairs.iter_mut().enumerate() {
            match (i + j) % 4 {
                0 => pair.difference = endless(pair.difference.value),
                1 => pair.difference = e(f64::NAN, 1.0),
                2 => pair.count = 0,
                _ => pair.difference.high = f64::INFINITY,
            }
        }
        if i == 2 {
            compared.arms.iter_mut().for_each(|a| a.quantiles = None);
        }
    }
    for loss in &mut finding.losses {
        for curve in &mut loss.curves {
            curve.insert(0, (-50_000.0, share(1.0, 2000.0)));
            curve.push((f64::INFINITY, endless(0.0)));
        }
    }
    for course in &mut finding.courses {
        course.bands[0][3] = [f64::NAN; 5];
        course.bands[1] = vec![];
        course.startex = "not a date".to_owned();
    }
    finding.times[0].curves[0] = vec![(-30.0, share(0.4, 2000.0))];
    finding
}

fn hostile() -> Comparison {
    let mut finding = comparison(2);
    let long = "an-unreasonably-long-name-that-somebody-gave-to-a-policy-or-to-a-metric".repeat(3);
    finding.arms = vec![arm(HOSTILE, HOSTILE), arm(&long, &long)];
    finding.header.title = HOSTILE.to_owned();
    finding.header.command = HOSTILE.to_owned();
    finding.header.seed = long.clone();
    finding.header.notes = vec![HOSTILE.to_owned(), String::new()];
    for compared in &mut finding.metrics {
        compared.measure = hostile_measure();
    }
    finding.metrics[1].measure.name = long;
    finding.losses.iter_mut().for_each(|l: &mut Exceedance| l.measure = hostile_measure());
    finding.times.iter_mut().for_each(|t: &mut Survival| t.measure = hostile_measure());
    finding.courses.iter_mut().for_each(|c: &mut Course| c.measure = hostile_measure());
    finding
}

fn hostile_measure() -> Measure {
    measure(HOSTILE, HOSTILE, "lower", HOSTILE, HOSTILE)
}

fn sweeps() -> Vec<Sweep> {
    let mut none = sweep(false);
    none.cells.clear();
    none.factors.clear();
    none.metrics.iter_mut().for_each(|m| {
        m.mains.clear();
        m.changes.clear();
        m.described = None;
        m.interactions.clear();
    });
    let mut lost = sweep(false);
    // Names are missing, and no effect has a known size.
    lost.factors.truncate(1);
    lost.metrics[0].changes.iter_mut().for_each(|m| m.effect = e(f64::NAN, 0.0));
    lost.metrics[0].interactions.iter_mut().for_each(|i| i.effect = e(f64::INFINITY, 0.0));
    lost.metrics[1].interactions.iter_mut().for_each(|i| i.effect = e(0.0, 0.0));
    let mut wide = sweep(false);
    let levels: Vec<String> = (0..40).map(|i| format!("{HOSTILE}{i}")).collect();
    let effect = wide.metrics[0].interactions[0].clone();
    for level in levels {
        let mut i = effect.clone();
        i.levels.1 = level;
        wide.metrics[0].interactions.push(i);
    }
    vec![none, lost, wide]
}

fn frontiers() -> Vec<Frontier> {
    let mut none = frontier();
    none.points.clear();
    let mut one = frontier();
    one.points.truncate(1);
    one.points[0].name = HOSTILE.to_owned();
    let mut wild = frontier();
    for (i, point) in wild.points.iter_mut().enumerate() {
        point.cost = e(-4.0 + i as f64, f64::INFINITY);
        point.harm = if i % 5 == 0 { e(f64::NAN, 0.0) } else { e(0.0, 0.0) };
    }
    let mut spread = frontier();
    for (i, point) in spread.points.iter_mut().enumerate() {
        let size = libm::pow(10.0, 1.0 + i as f64 / 4.0);
        point.cost = e(size, size * 0.2);
    }
    vec![none, one, wild, spread]
}

fn sensitivities() -> Vec<Sensitivity> {
    let mut none = sensitivity();
    none.arms.truncate(1);
    none.screened.clear();
    none.indices.clear();
    none.difference_indices.clear();
    none.turning.clear();
    none.shares = None;
    none.difference_shares = None;
    none.ranking = None;
    let mut flat = sensitivity();
    flat.screened.iter_mut().for_each(|s| {
        s.outcome = Estimate::exact(0.0);
        s.has_effect = false;
    });
    flat.indices.iter_mut().for_each(|i| {
        i.first = e(-0.1, 0.3);
        i.total = e(f64::NAN, f64::NAN);
    });
    flat.turning.iter_mut().for_each(|t| {
        t.turns = false;
        t.low = e(f64::NAN, f64::INFINITY);
    });
    flat.arms[0].name = HOSTILE.to_owned();
    vec![none, flat]
}

fn hindcasts() -> Vec<Hindcast> {
    let mut none = hindcast();
    none.rows.clear();
    none.covered = (0, 0);
    let mut wild = hindcast();
    wild.startex = HOSTILE.to_owned();
    for (i, row) in wild.rows.iter_mut().enumerate() {
        row.quantity = HOSTILE.repeat(i + 1);
        row.unit = HOSTILE.to_owned();
        match i {
            0 => row.simulated = Some([5.0, f64::INFINITY, f64::INFINITY]),
            1 => row.recorded = Some((f64::NEG_INFINITY, f64::NAN)),
            2 => row.simulated = Some([1e300, 1e300, 1e301]),
            _ => {}
        }
    }
    wild.rows = wild.rows.iter().cycle().take(40).cloned().collect();
    vec![none, wild]
}

fn values() -> Vec<Value> {
    let mut none = value();
    none.decisions.clear();
    none.shapley = None;
    let mut lost = value();
    // Shares that do not sum, shares that are missing, options without any value.
    if let Some(shapley) = &mut lost.shapley {
        shapley.differences[0] = e(1000.0, 10.0);
        shapley.choices.iter_mut().for_each(|c| c.shares.truncate(1));
        let first = shapley.choices[0].clone();
        shapley.choices.extend((0..30).map(|i| {
            let mut choice = first.clone();
            choice.name = format!("{HOSTILE}{i}");
            choice
        }));
    }
    lost.decisions.iter_mut().flat_map(|d| &mut d.options).for_each(|o| o.differences = vec![None]);
    vec![none, lost]
}
