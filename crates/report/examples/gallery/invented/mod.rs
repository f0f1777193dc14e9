//! Findings with invented numbers, realistic in size and shape, for looking at pages and for tests.

mod choices;
mod comparison;
mod others;
mod strange;
mod strange_wash;
pub(crate) mod wash;
mod wash_worth;

use hotwash_lab::findings::{ArmInfo, Header, Measure, Summary};
use hotwash_lab::stats::Estimate;

pub(crate) use choices::{frontier, value};
pub(crate) use comparison::comparison;
pub(crate) use others::{hindcast, sensitivity, sweep};

/// Every page of the gallery, by name.
pub(crate) fn pages() -> Vec<(String, String)> {
    let mut out: Vec<(String, String)> = [
        ("comparison", hotwash_report::comparison(&comparison(5))),
        ("comparison-pair", hotwash_report::comparison(&comparison(2))),
        ("comparison-eight", hotwash_report::comparison(&comparison(8))),
        ("sweep", hotwash_report::sweep(&sweep(false))),
        ("sweep-space-filling", hotwash_report::sweep(&sweep(true))),
        ("sensitivity", hotwash_report::sensitivity(&sensitivity())),
        ("hindcast", hotwash_report::hindcast(&hindcast())),
        ("frontier", hotwash_report::frontier(&frontier())),
        ("value", hotwash_report::value(&value())),
    ]
    .map(|(name, page)| (name.to_owned(), page))
    .into();
    out.extend(strange::pages());
    out
}

/// Every hot wash of the gallery, by name.
pub(crate) fn washes() -> Vec<(String, String)> {
    let mut out = wash::pages();
    out.extend(strange_wash::pages());
    out
}

/// Numbers that look like chance and are the same every time.
pub(crate) struct Luck(u64);

impl Luck {
    pub(crate) fn new(seed: u64) -> Self {
        Luck(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x1234_5678)
    }

    /// Between 0 and 1.
    pub(crate) fn share(&mut self) -> f64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Around zero, mostly within ±2.
    pub(crate) fn bell(&mut self) -> f64 {
        (0..12).map(|_| self.share()).sum::<f64>() - 6.0
    }
}

pub(crate) fn e(value: f64, half: f64) -> Estimate {
    Estimate { value, low: value - half, high: value + half }
}

pub(crate) fn share(value: f64, n: f64) -> Estimate {
    let half = 1.96 * (value * (1.0 - value) / n).sqrt();
    Estimate { value, low: (value - half).max(0.0), high: (value + half).min(1.0) }
}

pub(crate) fn header(command: &str) -> Header {
    Header {
        scenario: "insider-sale".to_owned(),
        title: "A support agent sells customer records".to_owned(),
        seed: "quiet-valley".to_owned(),
        worlds: 2000,
        runs: 10_000,
        command: command.to_owned(),
        scenario_sha256: "9f2c4be1a07d5533c1f8e6a4b2d09c7715ae03fd64b8812e7c9a5d10f3e6b2a8"
            .to_owned(),
        hotwash: "0.1.0".to_owned(),
        streams: 1,
        is_partial: false,
        notes: vec!["these numbers are invented, to look at the page".to_owned()],
    }
}

pub(crate) fn measure(
    name: &str,
    unit: &str,
    better: &'static str,
    bearer: &str,
    about: &str,
) -> Measure {
    Measure {
        name: name.to_owned(),
        unit: unit.to_owned(),
        better,
        bearer: bearer.to_owned(),
        about: about.to_owned(),
    }
}

pub(crate) fn arm(name: &str, summary: &str) -> ArmInfo {
    ArmInfo { name: name.to_owned(), summary: summary.to_owned() }
}

/// A summary of values around a middle, skewed to the right.
pub(crate) fn summary(middle: f64, has: f64) -> Summary {
    let q = |factor: f64| e(middle * factor, middle.abs() * 0.03);
    Summary {
        count: (2000.0 * has) as u64,
        share: share(has, 2000.0),
        mean: e(middle * 1.2, middle.abs() * 0.04),
        quantiles: (has > 0.0).then(|| [q(0.2), q(0.35), q(1.0), q(2.1), q(3.0), q(5.0)]),
    }
}
