//! An invented comparison of up to eight policies.

use hotwash_lab::findings::{
    ArmInfo, Compared, Comparison, Course, Exceedance, Measure, Paired, Survival, Tolerance,
};
use hotwash_lab::stats::Estimate;

use super::{Luck, arm, e, header, measure, share, summary};

const POLICIES: [(&str, &str); 8] = [
    ("historical", "what was done in 2019"),
    ("by-the-book", "open a case at the first pattern, warn early, file on time"),
    ("deny", "say that nothing was taken until it cannot be said"),
    ("silent", "say nothing that is not asked for by law"),
    ("watchful", "watch access to records and keep logs for a year"),
    ("watchful-and-open", "watch and warn"),
    ("lean", "three analysts, logs for a month"),
    ("late-but-firm", "wait for attribution, then tell everything at once"),
];

fn metrics() -> Vec<(Measure, f64, f64)> {
    let m = measure;
    vec![
        (
            m(
                "victims",
                "customers",
                "lower",
                "victims",
                "customers who lost money to the callers",
            ),
            640.0,
            1.0,
        ),
        (m("cost-victims", "USD", "lower", "victims", "money that they lost"), 460_000.0, 1.0),
        (
            m("records-taken", "records", "lower", "customers", "records that were taken"),
            68_000.0,
            1.0,
        ),
        (
            m(
                "time-to-discover/leak",
                "days",
                "lower",
                "vendor",
                "from the first theft until the vendor believes it",
            ),
            92.0,
            0.9,
        ),
        (
            m(
                "time-to-notify-people/leak",
                "days",
                "lower",
                "customers",
                "until those affected are told",
            ),
            160.0,
            0.45,
        ),
        (
            m(
                "claims-refuted",
                "claims",
                "lower",
                "vendor",
                "claims that outside evidence refuted",
            ),
            0.6,
            1.0,
        ),
        (
            m("trust-final", "points", "higher", "vendor", "mean trust of all customers, 0 to 100"),
            71.0,
            1.0,
        ),
        (
            m("analyst-hours", "hours", "lower", "vendor", "person-hours spent on the incident"),
            450.0,
            1.0,
        ),
        (m("cost-vendor", "USD", "lower", "vendor", "all cost of the vendor"), 825_000.0, 1.0),
        (
            m("complaints", "complaints", "neither", "customers", "complaints about calls"),
            146.0,
            1.0,
        ),
    ]
}

pub(crate) fn comparison(policies: usize) -> Comparison {
    let mut luck = Luck::new(7);
    let arms: Vec<ArmInfo> = POLICIES.iter().take(policies).map(|(n, s)| arm(n, s)).collect();
    let factor = |arm: usize| 1.0 - 0.09 * arm as f64 + if arm == 2 { 0.35 } else { 0.0 };
    let compared = |(measure, middle, has): (Measure, f64, f64)| {
        let of = |arm: usize| {
            if measure.name == "trust-final" {
                middle + 3.0 * (1.0 - factor(arm)) * 10.0
            } else {
                middle * factor(arm)
            }
        };
        let pairs = (1..policies)
            .map(|a| {
                let wide = middle * 0.06 * (1.0 + luck.share());
                let difference = e(of(a) - of(0) + middle * 0.05 * luck.bell(), wide);
                Paired {
                    is_clear: difference.is_clear(),
                    a,
                    b: 0,
                    count: (2000.0 * has * (1.0 - 0.04 * a as f64).min(1.0)) as u64,
                    difference,
                    median_difference: Some(e(difference.value * 0.8, wide)),
                    better: [share(0.58, 2000.0), share(0.11, 2000.0), share(0.31, 2000.0)],
                    variance_removed: Some(0.63),
                    share_difference: e(0.02, 0.01),
                }
            })
            .collect();
        Compared { arms: (0..policies).map(|a| summary(of(a), has)).collect(), pairs, measure }
    };
    let metrics: Vec<Compared> = metrics().into_iter().map(compared).collect();
    let loss = |index: usize, scale: f64| Exceedance {
        measure: metrics[index].measure.clone(),
        curves: (0..policies).map(|a| exceedance(scale * factor(a), 0.97)).collect(),
    };
    let time = |index: usize, scale: f64, never: f64| Survival {
        measure: metrics[index].measure.clone(),
        curves: (0..policies).map(|a| survival(scale * factor(a), never * factor(a))).collect(),
    };
    let (losses, times) = (
        vec![loss(8, 800_000.0), loss(1, 450_000.0)],
        vec![time(3, 80.0, 0.11), time(4, 150.0, 0.55)],
    );
    let courses = vec![course(policies)];
    let names: Vec<&str> = arms.iter().map(|a| a.name.as_str()).collect();
    let command = format!(
        "hotwash compare insider-sale --policies {} --tolerance board.csv",
        names.join(",")
    );
    let tolerance = [(100_000.0, 0.8), (500_000.0, 0.45), (2_000_000.0, 0.1), (10_000_000.0, 0.01)]
        .map(|(amount_usd, probability)| Tolerance {
            amount_usd,
            probability,
            bearer: "vendor".to_owned(),
        });
    Comparison {
        header: header(&command),
        arms,
        metrics,
        losses,
        times,
        courses,
        tolerance: tolerance.into(),
    }
}

/// A loss that is above zero with probability `any` and has a heavy tail.
fn exceedance(middle: f64, any: f64) -> Vec<(f64, Estimate)> {
    let mut out = vec![(0.0, share(any, 2000.0))];
    for step in 0..60 {
        let amount = middle * libm::pow(10.0, f64::from(step) / 20.0 - 1.6);
        let ratio = amount / middle;
        out.push((amount, share(any / (1.0 + libm::pow(ratio, 1.8)), 2000.0)));
    }
    out
}

fn survival(middle: f64, never: f64) -> Vec<(f64, Estimate)> {
    let never = never.clamp(0.0, 0.95);
    (1..=80)
        .map(|step| {
            let time = f64::from(step) * 4.9;
            let left = never + (1.0 - never) * libm::exp(-libm::pow(time / (middle * 1.3), 1.3));
            (time, share(left, 2000.0))
        })
        .collect()
}

fn course(policies: usize) -> Course {
    let days: Vec<f64> = (0..=56).map(|week| f64::from(week) * 7.0).collect();
    let bands = (0..policies)
        .map(|arm| {
            let floor = 72.0 - 4.0 * (arm as f64 - 1.0).abs();
            days.iter()
                .map(|day| {
                    let fall = 1.0 / (1.0 + libm::exp(-(day - 150.0 - 10.0 * arm as f64) / 22.0));
                    let middle = 82.0 - (82.0 - floor) * fall;
                    [-9.0, -3.0, 0.0, 2.0, 4.0].map(|spread| middle + spread * (0.2 + fall))
                })
                .collect()
        })
        .collect();
    Course {
        measure: measure(
            "trust",
            "points",
            "higher",
            "vendor",
            "mean trust of all customers, 0 to 100",
        ),
        days,
        startex: "2019-03-01".to_owned(),
        bands,
        worlds: 500,
    }
}
