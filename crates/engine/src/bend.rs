//! Positions in the range of a number: what `Simulation::bend` moves it to.

use crate::param::{Dist, ParamInfo, Scale};

/// Positions closer to 0 and 1 than this are taken for it: many ranges have no end.
const EDGE: f64 = 1e-9;

/// Most halvings in the search for a mix's quantile; doubles run out of digits before.
const HALVINGS: usize = 200;

impl Scale {
    /// A value's place on the scale; infinite at the ends of the scale.
    pub(crate) fn place(self, value: f64) -> f64 {
        match self {
            Scale::Linear => value,
            Scale::Log => libm::log(value),
            Scale::Logit => libm::log(value / (1.0 - value)),
        }
    }

    /// The value at a place on the scale.
    #[inline]
    pub(crate) fn back(self, place: f64) -> f64 {
        match self {
            Scale::Linear => place,
            Scale::Log => libm::exp(place),
            Scale::Logit => 1.0 / (1.0 + libm::exp(-place)),
        }
    }

    /// A value moved along the scale. What lies at an end of the scale (0, and 1 for shares) stays.
    pub(crate) fn shift(self, value: f64, by: f64) -> f64 {
        match self {
            Scale::Linear => value + by,
            Scale::Log => value * libm::exp(by),
            Scale::Logit if value <= 0.0 || value >= 1.0 => value,
            Scale::Logit => self.back(self.place(value) + by),
        }
    }

    /// How far a number without a range of its own is moved to either side: to half and double; by 0.7
    /// in log-odds (0.5 becomes 0.33 and 0.67); by a fifth of its absolute value.
    fn reach(self, value: f64) -> f64 {
        match self {
            Scale::Linear => 0.2 * value.abs(),
            Scale::Log => std::f64::consts::LN_2,
            Scale::Logit => 0.7,
        }
    }
}

impl ParamInfo {
    /// The value at a position in the number's range, 0 to 1: the quantile of its distribution. A
    /// fixed number has no distribution, so its range is ours: from half to double on a log scale, 0.7
    /// to either side in log-odds, a fifth to either side of a linear scale, with the number itself at
    /// 0.5; 0, and 1 as a share, stay as they are. Always legal for the unit.
    pub fn at(&self, position: f64) -> f64 {
        let position = position.clamp(EDGE, 1.0 - EDGE);
        let value = match &self.dist {
            Dist::Fixed(value) => self.scale.shift(*value, self.aside(*value, position)),
            dist => dist.quantile(position),
        };
        value.clamp(self.legal.0, self.legal.1)
    }

    /// The distribution with its median moved to that position and all else at its distance from it on
    /// the unit's scale. A distribution with no such distance, since its median or the position lies at
    /// an end of the scale, is moved as far as a fixed number.
    pub(crate) fn cases(&self, position: f64) -> Dist {
        let position = position.clamp(EDGE, 1.0 - EDGE);
        if matches!(self.dist, Dist::Fixed(_)) {
            return Dist::Fixed(self.at(position));
        }
        let median = self.dist.quantile(0.5);
        let by = self.scale.place(self.dist.quantile(position)) - self.scale.place(median);
        let by = if by.is_finite() { by } else { self.aside(median, position) };
        if by == 0.0 {
            return self.dist.clone();
        }
        Dist::Shifted { of: Box::new(self.dist.clone()), by, scale: self.scale }
    }

    fn aside(&self, value: f64, position: f64) -> f64 {
        self.scale.reach(value) * (2.0 * position - 1.0)
    }
}

impl Dist {
    /// The smallest value that a share `p` of a mix's draws does not exceed, by bisection. It lies
    /// between the least and the greatest of the parts' quantiles.
    pub(crate) fn quantile_of_mix(&self, parts: &[(f64, Dist)], p: f64) -> f64 {
        let quantiles = || parts.iter().filter(|(w, _)| *w > 0.0).map(|(_, part)| part.quantile(p));
        let mut low = quantiles().fold(f64::INFINITY, f64::min);
        let mut high = quantiles().fold(f64::NEG_INFINITY, f64::max);
        if self.share_up_to(low) >= p {
            return low;
        }
        for _ in 0..HALVINGS {
            let middle = low + (high - low) / 2.0;
            if middle <= low || middle >= high {
                break;
            }
            if self.share_up_to(middle) >= p { high = middle } else { low = middle }
        }
        high
    }

    /// The share of draws that do not exceed a value.
    fn share_up_to(&self, x: f64) -> f64 {
        let step = |is_up: bool| if is_up { 1.0 } else { 0.0 };
        match self {
            Dist::Fixed(value) => step(x >= *value),
            Dist::Range { center, below, above, scale } => {
                let is_off = !matches!(scale, Scale::Linear) && x <= 0.0;
                if is_off || (matches!(scale, Scale::Logit) && x >= 1.0) {
                    return step(!is_off);
                }
                let aside = scale.place(x) - center;
                let z = aside / if aside < 0.0 { *below } else { *above };
                0.5 * libm::erfc(-z * std::f64::consts::FRAC_1_SQRT_2)
            }
            Dist::Uniform(low, high) if low == high => step(x >= *low),
            Dist::Uniform(low, high) => ((x - low) / (high - low)).clamp(0.0, 1.0),
            Dist::Quantiles(points) => share_by_points(points, x),
            Dist::Mix(parts) => {
                parts.iter().map(|(weight, part)| weight * part.share_up_to(x)).sum()
            }
            Dist::Shifted { of, by, scale } => of.share_up_to(scale.shift(x, -by)),
        }
    }
}

fn share_by_points(points: &[(f64, f64)], x: f64) -> f64 {
    let next = points.partition_point(|(_, value)| *value <= x);
    if next == 0 {
        return 0.0;
    }
    let (p0, v0) = points[next - 1];
    points.get(next).map_or(1.0, |(p1, v1)| p0 + (p1 - p0) * (x - v0) / (v1 - v0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draw::Draw;
    use crate::param::Firmness;

    fn number(dist: Dist, scale: Scale, legal: (f64, f64)) -> ParamInfo {
        ParamInfo {
            path: "test.number".to_owned(),
            unit: "",
            dist,
            source: String::new(),
            firmness: Firmness::Guess,
            scale,
            legal,
            is_read_at_build: false,
        }
    }

    const POSITIVE: (f64, f64) = (0.0, 1e6);
    const SHARE: (f64, f64) = (0.0, 1.0);

    fn near(a: f64, b: f64) {
        assert!((a - b).abs() < 1e-6 * b.abs().max(1e-3), "{a} is not {b}");
    }

    #[test]
    fn fixed_numbers_are_moved_to_either_side() {
        let at =
            |v, scale, legal| [0.0, 0.5, 1.0].map(|p| number(Dist::Fixed(v), scale, legal).at(p));
        let check = |got: [f64; 3], want: [f64; 3]| (0..3).for_each(|i| near(got[i], want[i]));
        check(at(3.0, Scale::Log, POSITIVE), [1.5, 3.0, 6.0]);
        check(at(0.5, Scale::Logit, SHARE), [0.331_812, 0.5, 0.668_188]);
        check(at(-10.0, Scale::Linear, (-100.0, 100.0)), [-12.0, -10.0, -8.0]);
        // The ends of a scale have nowhere to go, and nothing leaves the unit's range.
        assert_eq!(at(0.0, Scale::Log, POSITIVE), [0.0; 3]);
        assert_eq!(at(0.0, Scale::Logit, SHARE), [0.0; 3]);
        assert_eq!(at(1.0, Scale::Logit, SHARE), [1.0; 3]);
        assert_eq!(at(90.0, Scale::Linear, (-100.0, 100.0))[2], 100.0);
    }

    #[test]
    fn a_mix_has_the_quantiles_that_its_draws_have() {
        let wide = Dist::Range { center: 0.0, below: 0.5, above: 1.5, scale: Scale::Log };
        let parts = [(0.15, Dist::Fixed(0.0)), (0.25, Dist::Uniform(2.0, 3.0)), (0.6, wide)];
        let mix = Dist::Mix(Box::new(parts));
        let mut draws: Vec<f64> = (0..40_000_u64)
            .map(|i| mix.sample(&mut Draw::new(i.wrapping_mul(0x51_7cc1))))
            .collect();
        draws.sort_by(f64::total_cmp);
        for p in [0.05, 0.14, 0.16, 0.3, 0.5, 0.7, 0.9, 0.99] {
            let below = draws.partition_point(|v| *v <= mix.quantile(p)) as f64 / 40_000.0;
            // Five standard errors; an atom holds more than its quantile asks for.
            let room = 5.0 * (p * (1.0 - p) / 40_000.0_f64).sqrt();
            assert!(
                if p < 0.15 { mix.quantile(p) == 0.0 } else { (below - p).abs() < room },
                "{p}"
            );
        }
        // Two points: the lesser up to its weight.
        let two = Dist::Mix(Box::new([(0.4, Dist::Fixed(1.0)), (0.6, Dist::Fixed(5.0))]));
        assert_eq!(two.quantile(0.39), 1.0);
        near(two.quantile(0.41), 5.0);
    }

    #[test]
    fn shares_up_to_a_value_invert_quantiles() {
        let points = Dist::Quantiles(Box::new([(0.1, 1.0), (0.5, 4.0), (0.9, 4.5)]));
        let share = Dist::Range { center: -1.0, below: 0.4, above: 0.8, scale: Scale::Logit };
        let shifted = Dist::Shifted { of: Box::new(share.clone()), by: 0.3, scale: Scale::Logit };
        for dist in [points, share, shifted, Dist::Uniform(-2.0, 7.0)] {
            for p in [0.15, 0.4, 0.6, 0.85] {
                near(dist.share_up_to(dist.quantile(p)), p);
            }
        }
    }

    #[test]
    fn cases_keep_their_distance_from_the_middle_one() {
        let range = Dist::Range { center: 1.0, below: 0.5, above: 1.0, scale: Scale::Log };
        let number = number(range.clone(), Scale::Log, POSITIVE);
        let moved = number.cases(0.95);
        near(moved.quantile(0.5), range.quantile(0.95));
        for p in [0.1, 0.7] {
            let distance = |d: &Dist| d.quantile(p) / d.quantile(0.5);
            near(distance(&moved), distance(&range));
        }
        assert_eq!(number.cases(0.5), range);
        // Draws follow.
        let (a, b) = (range.sample(&mut Draw::new(5)), moved.sample(&mut Draw::new(5)));
        near(b / a, range.quantile(0.95) / range.quantile(0.5));
    }

    #[test]
    fn a_distribution_with_its_middle_at_the_end_of_the_scale_is_moved_like_a_fixed_number() {
        let mostly_none = Dist::Mix(Box::new([(0.7, Dist::Fixed(0.0)), (0.3, Dist::Fixed(8.0))]));
        let moved = number(mostly_none, Scale::Log, POSITIVE).cases(1.0);
        near(moved.quantile(0.9), 16.0);
        assert_eq!(moved.quantile(0.5), 0.0);
    }
}
