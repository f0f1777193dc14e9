//! Round numbers along an axis.

/// Round values (1, 2 or 5 times a power of ten apart) within a domain, about `wanted` of them.
///
/// Gives nothing when the domain is empty or not finite.
pub fn linear(domain: (f64, f64), wanted: usize) -> Vec<f64> {
    let (from, to) = domain;
    let span = to - from;
    if !span.is_finite() || span <= 0.0 {
        return Vec::new();
    }
    let rough = span / wanted.max(1) as f64;
    let power = libm::floor(libm::log10(rough));
    // Multiplying by whole powers of ten, or dividing, keeps 0.1, 0.2 and the like exact.
    let scale = libm::pow(10.0, power.abs());
    let times = |v: f64| if power < 0.0 { v / scale } else { v * scale };
    let fraction = rough / times(1.0);
    let base = match fraction {
        f if f < 1.42 => 1.0,
        f if f < 3.17 => 2.0,
        f if f < 7.08 => 5.0,
        _ => 10.0,
    };
    let step = times(base);
    let slack = 1e-9;
    let first = libm::ceil(from / step - slack);
    let last = libm::floor(to / step + slack);
    // A domain far from zero and very narrow has no round values that differ.
    if !first.is_finite() || !last.is_finite() || last - first > 1_000.0 || from + step == from {
        return Vec::new();
    }
    (0..=(last - first).max(-1.0) as i64).map(|i| times((first + i as f64) * base)).collect()
}

/// Round values on a logarithmic axis: powers of ten, with 2 and 5 between where there is room.
///
/// Gives nothing unless the domain is positive.
pub fn log(domain: (f64, f64), wanted: usize) -> Vec<f64> {
    let (from, to) = domain;
    if !(from > 0.0 && to > from && to.is_finite()) {
        return Vec::new();
    }
    let (low, high) = (libm::log10(from), libm::log10(to));
    let decades = high - low;
    if decades < 0.7 {
        return linear(domain, wanted);
    }
    let steps: &[f64] = match decades / wanted.max(1) as f64 {
        per_tick if per_tick <= 0.34 => &[1.0, 2.0, 5.0],
        per_tick if per_tick <= 0.5 => &[1.0, 3.0],
        _ => &[1.0],
    };
    let stride = libm::ceil(decades / wanted.max(1) as f64).max(1.0) as i32;
    let within = |v: &f64| *v >= from * (1.0 - 1e-9) && *v <= to * (1.0 + 1e-9);
    (libm::floor(low) as i32..=libm::ceil(high) as i32)
        .filter(|power| power.rem_euclid(stride) == 0)
        .flat_map(|power| steps.iter().map(move |step| step * libm::pow(10.0, f64::from(power))))
        .filter(within)
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn ticks_are_round() {
        assert_eq!(linear((0.0, 1.0), 5), [0.0, 0.2, 0.4, 0.6, 0.8, 1.0]);
        assert_eq!(linear((-3.0, 12.0), 4), [0.0, 5.0, 10.0]);
        assert_eq!(
            linear((1_999_999.0, 2_000_003.0), 4),
            [1_999_999.0, 2_000_000.0, 2_000_001.0, 2_000_002.0, 2_000_003.0]
        );
        assert_eq!(log((100.0, 1e6), 6), [100.0, 1e3, 1e4, 1e5, 1e6]);
        assert_eq!(log((15.0, 120.0), 6), [20.0, 50.0, 100.0]);
    }

    #[test]
    fn what_cannot_have_ticks_has_none() {
        for domain in [(1.0, 1.0), (2.0, 1.0), (f64::NAN, 1.0), (0.0, f64::INFINITY)] {
            assert!(linear(domain, 5).is_empty());
            assert!(log(domain, 5).is_empty());
        }
        assert!(log((-1.0, 5.0), 5).is_empty());
    }

    proptest! {
        #[test]
        fn linear_ticks_are_few_rising_and_within(from in -1e9..1e9_f64, span in 1e-3..1e9_f64) {
            let domain = (from, from + span);
            let ticks = linear(domain, 5);
            prop_assert!((3..=9).contains(&ticks.len()), "{} ticks", ticks.len());
            prop_assert!(ticks.windows(2).all(|w| w[0] < w[1]));
            let slack = span * 1e-6;
            prop_assert!(ticks.iter().all(|t| (domain.0 - slack..=domain.1 + slack).contains(t)));
        }

        #[test]
        fn log_ticks_are_few_rising_and_within(low in -6.0..9.0_f64, decades in 0.05..12.0_f64) {
            let domain = (libm::pow(10.0, low), libm::pow(10.0, low + decades));
            let ticks = log(domain, 6);
            // A step is at least the rough one over 3.17 / 2, so that six become at most 6 x 1.585 + 1.
            prop_assert!((1..=10).contains(&ticks.len()), "{} ticks", ticks.len());
            prop_assert!(ticks.windows(2).all(|w| w[0] < w[1]));
            prop_assert!(ticks.iter().all(|t| *t >= domain.0 * 0.999 && *t <= domain.1 * 1.001));
        }
    }
}
