//! Numbers of a model: distributions with a unit, a source and a firmness.
//!
//! A `Param` read from a scenario cannot be used before it is registered with the builder, which
//! catalogues it: so no number of the model is without provenance.

use std::fmt;
use std::marker::PhantomData;
use std::sync::atomic::{AtomicBool, Ordering};

use schemars::JsonSchema;
use serde::Deserialize;

use crate::draw::{Draw, normal_quantile};

/// How well a number is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, JsonSchema)]
#[schemars(rename = "firmness")]
pub enum Firmness {
    /// Primary data, a statute, or the party's own statement.
    Primary,
    /// Two or more reports, or a survey.
    Reported,
    /// One report, a small sample, or an interested party.
    Weak,
    /// No data: our judgement.
    Guess,
}

impl fmt::Display for Firmness {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Firmness::Primary => "primary",
            Firmness::Reported => "reported",
            Firmness::Weak => "weak",
            Firmness::Guess => "guess",
        })
    }
}

/// On which scale a range is stretched between its three quantiles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scale {
    /// As it is; for numbers of either sign.
    Linear,
    /// Logarithms; for positive numbers.
    Log,
    /// Log-odds; for shares between 0 and 1.
    Logit,
}

/// What a number counts: its name, its legal values and its scale.
pub trait Unit: 'static {
    /// As printed behind the number.
    const NAME: &'static str;
    /// How ranges of it are interpolated.
    const SCALE: Scale;
    /// Smallest legal value.
    const MIN: f64;
    /// Largest legal value.
    const MAX: f64;
    /// What it counts, in one sentence, for references.
    const ABOUT: &'static str = "";
    /// Milliseconds in one of it, for units of time; 0 for all others.
    const MS: f64 = 0.0;
}

macro_rules! units {
    ($(#[doc = $doc:literal] $name:ident $text:literal $scale:ident $min:literal..=$max:literal $(ms $ms:literal)?;)*) => {$(
        #[doc = $doc]
        #[derive(Clone, Copy, Debug)]
        pub enum $name {}
        impl Unit for $name {
            const NAME: &'static str = $text;
            const SCALE: Scale = Scale::$scale;
            const MIN: f64 = $min;
            const MAX: f64 = $max;
            const ABOUT: &'static str = $doc;
            $(const MS: f64 = $ms;)?
        }
    )*};
}

units! {
    /// A probability or a share of a whole, 0 to 1.
    Share "share" Logit 0.0..=1.0;
    /// A length of time in minutes.
    Minutes "min" Log 0.0..=1e7 ms 60_000.0;
    /// A length of time in hours.
    Hours "h" Log 0.0..=150_000.0 ms 3_600_000.0;
    /// A length of time in days.
    Days "d" Log 0.0..=6_000.0 ms 86_400_000.0;
    /// A number of things.
    Count "count" Log 0.0..=1e12;
    /// Things per day.
    PerDay "per day" Log 0.0..=1e12;
    /// An amount of data, in units of 10^12 bytes.
    Terabytes "TB" Log 0.0..=1e6;
    /// A data rate.
    Megabits "Mbit/s" Log 0.0..=1e7;
    /// US dollars.
    Usd "USD" Log 0.0..=1e15;
    /// What something is multiplied by.
    Factor "factor" Log 0.0..=1e6;
    /// A likelihood ratio: how much more probable the evidence is if the proposition is true.
    LikelihoodRatio "likelihood ratio" Log 1e-6..=1e6;
    /// Points of trust, 0 to 100, or a difference of them.
    Points "points" Linear -100.0..=100.0;
}

/// A distribution over numbers, compiled for drawing.
#[derive(Clone, Debug, PartialEq)]
pub enum Dist {
    /// Always this number.
    Fixed(f64),
    /// Median with a spread below and one above, on a scale.
    Range {
        /// Median on the scale.
        center: f64,
        /// Scale units per standard normal unit below the median.
        below: f64,
        /// And above it.
        above: f64,
        /// The scale.
        scale: Scale,
    },
    /// Anything between two numbers alike.
    Uniform(f64, f64),
    /// Straight lines between (probability, value) points; flat outside them.
    Quantiles(Box<[(f64, f64)]>),
    /// One of several distributions, by weight.
    Mix(Box<[(f64, Dist)]>),
    /// Another distribution, moved along a scale: see `Simulation::bend`.
    Shifted {
        /// Which.
        of: Box<Dist>,
        /// By how much, in units of the scale.
        by: f64,
        /// The scale.
        scale: Scale,
    },
}

/// z of the 95 % point: a range's outer numbers are its 5 % and 95 % quantiles.
const Z95: f64 = 1.644_853_626_951_472_2;

impl Dist {
    /// A number from the distribution.
    #[inline]
    pub fn sample(&self, draw: &mut Draw) -> f64 {
        match self {
            Dist::Fixed(value) => *value,
            Dist::Mix(parts) => {
                let mut left = draw.uniform();
                let mut chosen = &parts[0].1;
                for (weight, part) in parts {
                    chosen = part;
                    left -= weight;
                    if left < 0.0 {
                        break;
                    }
                }
                chosen.sample(draw)
            }
            Dist::Shifted { of, by, scale } => scale.shift(of.sample(draw), *by),
            other => other.quantile(draw.uniform()),
        }
    }

    /// The value below which a share `p` of the draws lies; `p` strictly between 0 and 1.
    pub fn quantile(&self, p: f64) -> f64 {
        match self {
            Dist::Fixed(value) => *value,
            Dist::Range { center, below, above, scale } => {
                let z = normal_quantile(p);
                let x = center + z * if z < 0.0 { *below } else { *above };
                scale.back(x)
            }
            Dist::Uniform(low, high) => low + (high - low) * p,
            Dist::Quantiles(points) => interpolate(points, p),
            Dist::Mix(parts) => self.quantile_of_mix(parts, p),
            Dist::Shifted { of, by, scale } => scale.shift(of.quantile(p), *by),
        }
    }
}

fn interpolate(points: &[(f64, f64)], p: f64) -> f64 {
    let next = points.partition_point(|(q, _)| *q < p);
    if next == 0 {
        return points[0].1;
    }
    let (p0, v0) = points[next - 1];
    match points.get(next) {
        Some((p1, v1)) => v0 + (v1 - v0) * (p - p0) / (p1 - p0),
        None => v0,
    }
}

/// What an author writes for a number.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[schemars(rename = "number")]
#[serde(deny_unknown_fields)]
pub(crate) enum Raw {
    /// Always this number.
    Fixed {
        /// The number.
        value: f64,
        /// Where it is from.
        source: String,
        /// How well it is known.
        firmness: Firmness,
    },
    /// Spread around a middle: 5 % of draws lie below the first point and 5 % above the last.
    Range {
        /// 5 % of draws lie below.
        p5: f64,
        /// Half of the draws lie below.
        p50: f64,
        /// 95 % of draws lie below.
        p95: f64,
        /// Where it is from.
        source: String,
        /// How well it is known.
        firmness: Firmness,
    },
    /// Anything between two numbers, all alike.
    Uniform {
        /// Least.
        low: f64,
        /// Most.
        high: f64,
        /// Where it is from.
        source: String,
        /// How well it is known.
        firmness: Firmness,
    },
    /// Straight lines between points, flat outside them.
    Quantiles {
        /// Pairs of a probability, 0 to 1, and the value below which that share of draws lies; rising.
        points: Vec<(f64, f64)>,
        /// Where it is from.
        source: String,
        /// How well it is known.
        firmness: Firmness,
    },
    /// One of several distributions, by weight.
    Mix {
        /// Pairs of a weight and a distribution; the weights sum to 1.
        parts: Vec<(f64, Shape)>,
        /// Where it is from.
        source: String,
        /// How well it is known.
        firmness: Firmness,
    },
}

/// A distribution of a mix, without a source of its own.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[schemars(rename = "part")]
#[serde(deny_unknown_fields)]
pub(crate) enum Shape {
    /// Always this number.
    Fixed {
        /// The number.
        value: f64,
    },
    /// Spread around a middle.
    Range {
        /// 5 % of draws lie below.
        p5: f64,
        /// Half of the draws lie below.
        p50: f64,
        /// 95 % of draws lie below.
        p95: f64,
    },
    /// Anything between two numbers, all alike.
    Uniform {
        /// Least.
        low: f64,
        /// Most.
        high: f64,
    },
}

/// A number of the model with its unit `U`, its distribution, source and firmness.
///
/// It has no value until the builder has catalogued it: see `SimBuilder::param`.
#[derive(Debug, Deserialize)]
#[serde(try_from = "Raw", bound = "")]
pub struct Param<U: Unit> {
    pub(crate) dist: Dist,
    pub(crate) source: String,
    pub(crate) firmness: Firmness,
    /// Whether its median was asked for: then it counts before any run begins.
    median_read: AtomicBool,
    unit: PhantomData<fn(U)>,
}

impl<U: Unit> Clone for Param<U> {
    fn clone(&self) -> Self {
        Param {
            dist: self.dist.clone(),
            source: self.source.clone(),
            firmness: self.firmness,
            median_read: AtomicBool::new(self.is_read_at_build()),
            unit: PhantomData,
        }
    }
}

impl<U: Unit> Param<U> {
    /// A fixed number, for plugins' own defaults and for tests.
    ///
    /// # Errors
    /// When the value is not legal for the unit.
    pub fn fixed(value: f64, source: &str, firmness: Firmness) -> Result<Self, String> {
        legal::<U>(value)?;
        Ok(Param {
            dist: Dist::Fixed(value),
            source: source.to_owned(),
            firmness,
            median_read: AtomicBool::new(false),
            unit: PhantomData,
        })
    }
}

impl<U: Unit> Param<U> {
    /// Its median: for facts that are printed or shared while a simulation is built. A run uses
    /// `Cx::value` or `Cx::sample`. What is read here, `Simulation::bend` cannot move; the catalogue
    /// says so.
    pub fn median(&self) -> f64 {
        self.median_read.store(true, Ordering::Relaxed);
        self.dist.quantile(0.5)
    }

    pub(crate) fn is_read_at_build(&self) -> bool {
        self.median_read.load(Ordering::Relaxed)
    }
}

impl<U: Unit> TryFrom<Raw> for Param<U> {
    type Error = String;

    fn try_from(raw: Raw) -> Result<Self, String> {
        let (dist, source, firmness) = match raw {
            Raw::Fixed { value, source, firmness } => (fixed::<U>(value)?, source, firmness),
            Raw::Range { p5, p50, p95, source, firmness } => {
                (range::<U>(p5, p50, p95)?, source, firmness)
            }
            Raw::Uniform { low, high, source, firmness } => {
                (uniform::<U>(low, high)?, source, firmness)
            }
            Raw::Quantiles { points, source, firmness } => {
                (quantiles::<U>(points)?, source, firmness)
            }
            Raw::Mix { parts, source, firmness } => (mix::<U>(parts)?, source, firmness),
        };
        if source.trim().is_empty() {
            return Err(
                "source is empty; name where the number is from, or write `judgement: why`"
                    .to_owned(),
            );
        }
        Ok(Param { dist, source, firmness, median_read: AtomicBool::new(false), unit: PhantomData })
    }
}

fn legal<U: Unit>(value: f64) -> Result<(), String> {
    if value.is_finite() && (U::MIN..=U::MAX).contains(&value) {
        return Ok(());
    }
    if matches!(U::SCALE, Scale::Logit) {
        return Err(format!("a share must lie in 0..=1, got {value}"));
    }
    Err(format!("a number in {} must lie in {}..={}, got {value}", U::NAME, U::MIN, U::MAX))
}

fn fixed<U: Unit>(value: f64) -> Result<Dist, String> {
    legal::<U>(value)?;
    Ok(Dist::Fixed(value))
}

fn uniform<U: Unit>(low: f64, high: f64) -> Result<Dist, String> {
    legal::<U>(low)?;
    legal::<U>(high)?;
    if low > high {
        return Err(format!("uniform from {low} to {high}: the low end is above the high end"));
    }
    Ok(Dist::Uniform(low, high))
}

fn range<U: Unit>(p5: f64, p50: f64, p95: f64) -> Result<Dist, String> {
    for value in [p5, p50, p95] {
        legal::<U>(value)?;
    }
    if !(p5 < p50 && p50 < p95) {
        return Err(format!("range {p5} / {p50} / {p95}: the 5, 50 and 95 % points must rise"));
    }
    let to_scale = |v: f64| match U::SCALE {
        Scale::Linear => Ok(v),
        Scale::Log if v > 0.0 => Ok(libm::log(v)),
        Scale::Logit if v > 0.0 && v < 1.0 => Ok(libm::log(v / (1.0 - v))),
        Scale::Log => Err(format!("a range in {} needs numbers above 0, got {v}", U::NAME)),
        Scale::Logit => Err(format!("a range of shares needs numbers between 0 and 1, got {v}")),
    };
    let center = to_scale(p50)?;
    let below = (center - to_scale(p5)?) / Z95;
    let above = (to_scale(p95)? - center) / Z95;
    Ok(Dist::Range { center, below, above, scale: U::SCALE })
}

fn quantiles<U: Unit>(points: Vec<(f64, f64)>) -> Result<Dist, String> {
    if points.is_empty() {
        return Err("quantiles need at least one (probability, value) point".to_owned());
    }
    for (p, value) in &points {
        legal::<U>(*value)?;
        if !(0.0..=1.0).contains(p) {
            return Err(format!("a probability must lie in 0..=1, got {p}"));
        }
    }
    if points.windows(2).any(|w| w[0].0 >= w[1].0 || w[0].1 > w[1].1) {
        return Err("quantile points must rise in probability and not fall in value".to_owned());
    }
    Ok(Dist::Quantiles(points.into_boxed_slice()))
}

fn mix<U: Unit>(parts: Vec<(f64, Shape)>) -> Result<Dist, String> {
    let total: f64 = parts.iter().map(|(weight, _)| weight).sum();
    if parts.is_empty()
        || (total - 1.0).abs() > 1e-9
        || parts.iter().any(|(w, _)| *w < 0.0 || !w.is_finite())
    {
        return Err(format!("the weights of a mix must be positive and sum to 1, got {total}"));
    }
    let compiled: Result<Vec<_>, String> = parts
        .into_iter()
        .map(|(weight, shape)| {
            let dist = match shape {
                Shape::Fixed { value } => fixed::<U>(value),
                Shape::Range { p5, p50, p95 } => range::<U>(p5, p50, p95),
                Shape::Uniform { low, high } => uniform::<U>(low, high),
            };
            Ok((weight, dist?))
        })
        .collect();
    Ok(Dist::Mix(compiled?.into_boxed_slice()))
}

/// A registered number; obtained from the builder.
#[derive(Debug)]
pub struct ParamId<U: Unit> {
    pub(crate) index: u32,
    unit: PhantomData<fn(U)>,
}

impl<U: Unit> ParamId<U> {
    pub(crate) fn new(index: u32) -> Self {
        ParamId { index, unit: PhantomData }
    }
}

impl<U: Unit> Clone for ParamId<U> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<U: Unit> Copy for ParamId<U> {}

/// A catalogued number, for provenance listings and sensitivity studies.
#[derive(Clone, Debug)]
pub struct ParamInfo {
    /// `plugin.field`.
    pub path: String,
    /// Unit as printed.
    pub unit: &'static str,
    /// Its distribution.
    pub dist: Dist,
    /// Where it is from.
    pub source: String,
    /// How well it is known.
    pub firmness: Firmness,
    /// The unit's scale.
    pub scale: Scale,
    /// The smallest and the largest legal value of the unit.
    pub legal: (f64, f64),
    /// Whether its median was read while the simulation was built.
    pub is_read_at_build: bool,
}

/// What a run has made of a number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Reading {
    /// Nothing: the run did not ask for it.
    Never,
    /// One value for the whole run.
    Once(f64),
    /// A fresh draw for each case.
    FromCaseToCase,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn raw_range(p5: f64, p50: f64, p95: f64) -> Raw {
        Raw::Range { p5, p50, p95, source: "test".into(), firmness: Firmness::Guess }
    }

    #[test]
    fn a_range_reproduces_its_quantiles() {
        let share = Param::<Share>::try_from(raw_range(0.1, 0.25, 0.45)).unwrap();
        let days = Param::<Days>::try_from(raw_range(30.0, 150.0, 800.0)).unwrap();
        for (dist, p, want) in [
            (&share.dist, 0.05, 0.1),
            (&share.dist, 0.5, 0.25),
            (&days.dist, 0.95, 800.0),
            (&days.dist, 0.05, 30.0),
        ] {
            assert!((dist.quantile(p) / want - 1.0).abs() < 1e-9, "{p} {want}");
        }
        assert!((days.median() - 150.0).abs() < 1e-9);
    }

    #[test]
    fn illegal_numbers_are_refused() {
        assert!(
            Param::<Share>::try_from(raw_range(0.5, 0.9, 1.3))
                .unwrap_err()
                .contains("0..=1, got 1.3")
        );
        assert!(Param::<Share>::try_from(raw_range(0.9, 0.5, 0.7)).is_err());
        assert!(Param::<Days>::try_from(raw_range(0.0, 5.0, 7.0)).is_err());
        assert!(Param::<Usd>::fixed(f64::NAN, "x", Firmness::Guess).is_err());
        assert!(quantiles::<Days>(vec![(0.5, 3.0), (0.4, 4.0)]).is_err());
        assert!(mix::<Days>(vec![(0.5, Shape::Fixed { value: 1.0 })]).is_err());
    }

    #[test]
    fn quantile_points_interpolate() {
        let dist = quantiles::<Days>(vec![(0.25, 10.0), (0.75, 30.0)]).unwrap();
        assert_eq!([0.0, 0.5, 0.9].map(|p| dist.quantile(p)), [10.0, 20.0, 30.0]);
    }
}
