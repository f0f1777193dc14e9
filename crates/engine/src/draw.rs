//! One decision's chance: a small generator seeded by a ticket, and exact distributions on it.
//!
//! Only `libm` floating-point functions: the platform's own differ between machines. Most samplers
//! invert one uniform number, so that on the same ticket a larger parameter gives a larger result.

use crate::streams::address_hash;

/// A throwaway SplitMix64 generator seeded by one ticket of a stream.
///
/// ```
/// use hotwash_engine::Draw;
///
/// // In a handler: `on.draw(stream)`. In a test of a decision any ticket will do.
/// let complaints = |calls: u64| Draw::new(7).binomial(calls, 0.02);
/// assert_eq!(complaints(500), complaints(500));
/// // The same luck on more calls gives no fewer complaints: what pairing rests on.
/// assert!(complaints(5_000) >= complaints(500));
/// ```
#[derive(Clone, Debug)]
pub struct Draw {
    state: u64,
}

impl Draw {
    /// A generator for one decision. Simulations hand these out; tests may make their own.
    pub const fn new(ticket: u64) -> Self {
        Draw { state: ticket }
    }

    /// A generator for chance that belongs to no run: designs, permutations, resampling. The same
    /// seed, purpose and number give the same one.
    pub fn addressed(seed: u64, purpose: &str, number: u64) -> Draw {
        Draw::new(address_hash(&[&seed.to_string(), purpose, &number.to_string()]))
    }

    /// Sixty-four random bits.
    #[inline]
    pub fn bits(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number strictly between 0 and 1.
    #[inline]
    pub fn uniform(&mut self) -> f64 {
        ((self.bits() >> 12) as f64 + 0.5) * (1.0 / (1_u64 << 52) as f64)
    }

    /// True with probability `p`; takes one number whatever `p` is.
    #[inline]
    pub fn chance(&mut self, p: f64) -> bool {
        self.uniform() < p
    }

    /// A whole number below `n`, without bias; 0 when `n` is 0.
    pub fn below(&mut self, n: u64) -> u64 {
        // Lemire's multiply-shift with rejection.
        let mut product = u128::from(self.bits()) * u128::from(n);
        if (product as u64) < n {
            let threshold = n.wrapping_neg() % n.max(1);
            while (product as u64) < threshold {
                product = u128::from(self.bits()) * u128::from(n);
            }
        }
        (product >> 64) as u64
    }

    /// An index drawn in proportion to the weights; the last one when they sum to nothing.
    pub fn pick(&mut self, weights: &[f64]) -> usize {
        let total: f64 = weights.iter().sum();
        let mut left = self.uniform() * total;
        for (i, weight) in weights.iter().enumerate() {
            left -= weight;
            if left < 0.0 {
                return i;
            }
        }
        weights.len().saturating_sub(1)
    }

    /// A standard normal number, by inversion.
    #[inline]
    pub fn normal(&mut self) -> f64 {
        normal_quantile(self.uniform())
    }

    /// An exponential waiting time with the given mean.
    #[inline]
    pub fn exponential(&mut self, mean: f64) -> f64 {
        -mean * libm::log(self.uniform())
    }

    /// Whether an exponential waiting time with mean 1 is longer than this.
    #[inline]
    pub fn outlasts(&mut self, wait: f64) -> bool {
        let u = self.uniform();
        // The time, -ln u, is at least 1 - u: mostly there is no need to compute it.
        wait < 1.0 - u - ROUNDING || wait < -libm::log(u)
    }

    /// A lognormal number with the given median and log-scale sigma.
    #[inline]
    pub fn lognormal(&mut self, median: f64, sigma: f64) -> f64 {
        median * libm::exp(sigma * self.normal())
    }

    /// How many of `n` independent trials succeed; exact for every `n` and `p`.
    pub fn binomial(&mut self, n: u64, p: f64) -> u64 {
        if n == 0 || p <= 0.0 {
            return 0;
        }
        if p >= 1.0 {
            return n;
        }
        if p > 0.5 {
            return n - self.binomial_lower(n, 1.0 - p);
        }
        self.binomial_lower(n, p)
    }

    fn binomial_lower(&mut self, n: u64, p: f64) -> u64 {
        if (n as f64) * p < 10.0 {
            self.binomial_inversion(n, p)
        } else {
            self.binomial_rejection(n, p)
        }
    }

    /// Inversion; one uniform number.
    fn binomial_inversion(&mut self, n: u64, p: f64) -> u64 {
        let u = self.uniform();
        if is_surely_none(u, n, p) { 0 } else { binomial_quantile(u, n, p) }
    }

    /// Hörmann's transformed rejection (BTRS, 1993), exact for `n p >= 10`.
    fn binomial_rejection(&mut self, n: u64, p: f64) -> u64 {
        let count = n as f64;
        let spread = libm::sqrt(count * p * (1.0 - p));
        let b = 1.15 + 2.53 * spread;
        let a = -0.0873 + 0.0248 * b + 0.01 * p;
        let center = count * p + 0.5;
        let accept = 0.92 - 4.2 / b;
        let alpha = (2.83 + 5.1 / b) * spread;
        let mode = libm::floor((count + 1.0) * p);
        let odds = p / (1.0 - p);
        loop {
            let u = self.uniform() - 0.5;
            let v = self.uniform();
            let us = 0.5 - u.abs();
            let k = libm::floor((2.0 * a / us + b) * u + center);
            if us >= 0.07 && v <= accept {
                return k as u64;
            }
            if k < 0.0 || k > count {
                continue;
            }
            let log_v = libm::log(v * alpha / (a / (us * us) + b));
            let bound = (mode + 0.5) * libm::log((mode + 1.0) / (odds * (count - mode + 1.0)))
                + (count + 1.0) * libm::log((count - mode + 1.0) / (count - k + 1.0))
                + (k + 0.5) * libm::log(odds * (count - k + 1.0) / (k + 1.0))
                + stirling_tail(mode)
                + stirling_tail(count - mode)
                - stirling_tail(k)
                - stirling_tail(count - k);
            if log_v <= bound {
                return k as u64;
            }
        }
    }

    /// Splits `n` over the weights, exactly multinomial, into `out`.
    ///
    /// # Panics
    /// When `out` is shorter than `weights`.
    pub fn multinomial(&mut self, n: u64, weights: &[f64], out: &mut [u64]) {
        let mut left = n;
        let mut total: f64 = weights.iter().sum();
        for (i, weight) in weights.iter().enumerate() {
            let is_last = i + 1 == weights.len();
            let share = if total > 0.0 { (weight / total).min(1.0) } else { 0.0 };
            out[i] = if is_last { left } else { self.binomial(left, share) };
            left -= out[i];
            total -= weight;
        }
    }

    /// A Poisson count with the given mean.
    pub fn poisson(&mut self, mean: f64) -> u64 {
        if mean <= 0.0 {
            return 0;
        }
        if mean < 10.0 { self.poisson_inversion(mean) } else { self.poisson_rejection(mean) }
    }

    fn poisson_inversion(&mut self, mean: f64) -> u64 {
        let mut probability = libm::exp(-mean);
        let mut left = self.uniform();
        let mut k = 0_u64;
        while left > probability && probability > 1e-300 {
            left -= probability;
            k += 1;
            probability *= mean / k as f64;
        }
        k
    }

    /// Hörmann's PTRS (1993), exact for means of 10 and more.
    fn poisson_rejection(&mut self, mean: f64) -> u64 {
        let log_mean = libm::log(mean);
        let b = 0.931 + 2.53 * libm::sqrt(mean);
        let a = -0.059 + 0.02483 * b;
        let inverse_alpha = 1.1239 + 1.1328 / (b - 3.4);
        let accept = 0.9277 - 3.6224 / (b - 2.0);
        loop {
            let u = self.uniform() - 0.5;
            let v = self.uniform();
            let us = 0.5 - u.abs();
            let k = libm::floor((2.0 * a / us + b) * u + mean + 0.43);
            if us >= 0.07 && v <= accept {
                return k as u64;
            }
            if k < 0.0 || (us < 0.013 && v > us) {
                continue;
            }
            let log_v = libm::log(v) + libm::log(inverse_alpha) - libm::log(a / (us * us) + b);
            if log_v <= -mean + k * log_mean - libm::lgamma(k + 1.0) {
                return k as u64;
            }
        }
    }
}

/// Far more than the error with which `libm` computes a probability.
const ROUNDING: f64 = 1e-9;

/// Whether the quantile is 0 for a reason that costs little: the chance of no success, (1 - p)^n, is at
/// least 1 - n p, and most numbers drawn for rare things lie clearly below that.
#[inline]
fn is_surely_none(u: f64, n: u64, p: f64) -> bool {
    u < 1.0 - n as f64 * p - ROUNDING
}

/// How many of `n` succeed at the quantile `u`: sequential search from zero.
fn binomial_quantile(u: f64, n: u64, p: f64) -> u64 {
    let count = n as f64;
    let odds = p / (1.0 - p);
    let mut probability = libm::exp(count * libm::log1p(-p));
    let mut left = u;
    // A whole number all the time: to count in floating point spares two conversions a step.
    let mut k = 0.0;
    while left > probability && k < count {
        left -= probability;
        probability *= odds * (count - k) / (k + 1.0);
        k += 1.0;
        if probability < 1e-300 {
            break;
        }
    }
    k as u64
}

/// ln k! minus Stirling's leading terms.
fn stirling_tail(k: f64) -> f64 {
    const SMALL: [f64; 10] = [
        0.081_061_466_795_327_26,
        0.041_340_695_955_409_3,
        0.027_677_925_684_998_34,
        0.020_790_672_103_765_09,
        0.016_644_691_189_821_19,
        0.013_876_128_823_070_75,
        0.011_896_709_945_891_77,
        0.010_411_265_261_972_09,
        0.009_255_462_182_712_733,
        0.008_330_563_433_362_87,
    ];
    if k < 10.0 {
        return SMALL[k as usize];
    }
    let square = (k + 1.0) * (k + 1.0);
    (1.0 / 12.0 - (1.0 / 360.0 - 1.0 / 1260.0 / square) / square) / (k + 1.0)
}

/// The standard normal quantile function: Wichura's AS 241 (PPND16), good to about 1e-16.
///
/// `p` must lie strictly between 0 and 1.
pub fn normal_quantile(p: f64) -> f64 {
    let q = p - 0.5;
    if q.abs() <= 0.425 {
        let r = 0.180_625 - q * q;
        return q * ratio(r, &CENTRAL_TOP, &CENTRAL_BOTTOM);
    }
    let tail = if q < 0.0 { p } else { 1.0 - p };
    let r = libm::sqrt(-libm::log(tail));
    let x = if r <= 5.0 {
        ratio(r - 1.6, &MIDDLE_TOP, &MIDDLE_BOTTOM)
    } else {
        ratio(r - 5.0, &FAR_TOP, &FAR_BOTTOM)
    };
    if q < 0.0 { -x } else { x }
}

fn ratio(r: f64, top: &[f64; 8], bottom: &[f64; 8]) -> f64 {
    let horner = |c: &[f64; 8]| c.iter().rev().fold(0.0, |sum, k| sum * r + k);
    horner(top) / horner(bottom)
}

const CENTRAL_TOP: [f64; 8] = [
    3.387_132_872_796_366_5,
    1.331_416_678_917_843_8e2,
    1.971_590_950_306_551_3e3,
    1.373_169_376_550_946e4,
    4.592_195_393_154_987e4,
    6.726_577_092_700_87e4,
    3.343_057_558_358_813e4,
    2.509_080_928_730_122_7e3,
];
const CENTRAL_BOTTOM: [f64; 8] = [
    1.0,
    4.231_333_070_160_091e1,
    6.871_870_074_920_579e2,
    5.394_196_021_424_751e3,
    2.121_379_430_158_659_7e4,
    3.930_789_580_009_271e4,
    2.872_908_573_572_194_3e4,
    5.226_495_278_852_545e3,
];
const MIDDLE_TOP: [f64; 8] = [
    1.423_437_110_749_683_5,
    4.630_337_846_156_546,
    5.769_497_221_460_691,
    3.647_848_324_763_204_5,
    1.270_458_252_452_368_4,
    2.417_807_251_774_506e-1,
    2.272_384_498_926_918_4e-2,
    7.745_450_142_783_414e-4,
];
const MIDDLE_BOTTOM: [f64; 8] = [
    1.0,
    2.053_191_626_637_759,
    1.676_384_830_183_803_8,
    6.897_673_349_851e-1,
    1.481_039_764_274_800_8e-1,
    1.519_866_656_361_645_7e-2,
    5.475_938_084_995_345e-4,
    1.050_750_071_644_416_9e-9,
];
const FAR_TOP: [f64; 8] = [
    6.657_904_643_501_103,
    5.463_784_911_164_114,
    1.784_826_539_917_291_3,
    2.965_605_718_285_048_7e-1,
    2.653_218_952_657_612_4e-2,
    1.242_660_947_388_078_4e-3,
    2.711_555_568_743_487_6e-5,
    2.010_334_399_292_288_1e-7,
];
const FAR_BOTTOM: [f64; 8] = [
    1.0,
    5.998_322_065_558_88e-1,
    1.369_298_809_227_358e-1,
    1.487_536_129_085_061_5e-2,
    7.868_691_311_456_133e-4,
    1.846_318_317_510_054_8e-5,
    1.421_511_758_316_446e-7,
    2.044_263_103_389_939_8e-15,
];

#[cfg(test)]
mod tests {
    use super::*;

    const N: usize = 40_000;

    fn moments(mut sample: impl FnMut(&mut Draw) -> f64) -> (f64, f64) {
        let values: Vec<f64> =
            (0..N as u64).map(|i| sample(&mut Draw::new(i.wrapping_mul(0x51_7cc1)))).collect();
        let mean = values.iter().sum::<f64>() / N as f64;
        let variance = values.iter().map(|v| (v - mean) * (v - mean)).sum::<f64>() / N as f64;
        (mean, variance)
    }

    /// Six standard errors: a right sampler fails about twice in a thousand million times.
    fn assert_moments(name: &str, got: (f64, f64), mean: f64, variance: f64, kurtosis: f64) {
        let se_mean = (variance / N as f64).sqrt();
        let se_variance = variance * ((kurtosis - 1.0) / N as f64).sqrt();
        assert!((got.0 - mean).abs() < 6.0 * se_mean, "{name}: mean {} not {mean}", got.0);
        assert!(
            (got.1 - variance).abs() < 6.0 * se_variance,
            "{name}: variance {} not {variance}",
            got.1
        );
    }

    #[test]
    fn moments_are_right() {
        assert_moments("uniform", moments(Draw::uniform), 0.5, 1.0 / 12.0, 1.8);
        assert_moments("normal", moments(Draw::normal), 0.0, 1.0, 3.0);
        assert_moments("exponential", moments(|d| d.exponential(4.0)), 4.0, 16.0, 9.0);
        for (n, p) in [
            (7_u64, 0.3),
            (40, 0.9),
            (1_000, 0.002),
            (1_000, 0.4),
            (12_000_000, 0.000_4),
            (90, 0.5),
        ] {
            let mean = n as f64 * p;
            let variance = mean * (1.0 - p);
            let kurtosis = 3.0 + (1.0 - 6.0 * p * (1.0 - p)) / variance;
            let got = moments(|d| d.binomial(n, p) as f64);
            assert_moments(&format!("binomial({n}, {p})"), got, mean, variance, kurtosis);
        }
        for mean in [0.1, 3.0, 9.99, 10.0, 250.0, 1e6] {
            let got = moments(|d| d.poisson(mean) as f64);
            assert_moments(&format!("poisson({mean})"), got, mean, mean, 3.0 + 1.0 / mean);
        }
    }

    #[test]
    fn binomial_agrees_with_an_independent_sampler() {
        use rand_chacha::ChaCha8Rng;
        use rand_chacha::rand_core::SeedableRng;
        use rand_distr::Distribution;
        // Two-sample Kolmogorov-Smirnov on ranks; 1.95 is the 0.1 % point.
        for (n, p) in [(30_u64, 0.2), (200, 0.3), (100_000, 0.01)] {
            let oracle = rand_distr::Binomial::new(n, p).unwrap();
            let mut source = ChaCha8Rng::seed_from_u64(1);
            let mut theirs: Vec<u64> = (0..N).map(|_| oracle.sample(&mut source)).collect();
            let mut ours: Vec<u64> =
                (0..N as u64).map(|i| Draw::new(i << 20).binomial(n, p)).collect();
            theirs.sort_unstable();
            ours.sort_unstable();
            let distance = ks_distance(&ours, &theirs);
            assert!(distance < 1.95 * (2.0 / N as f64).sqrt(), "binomial({n}, {p}): {distance}");
        }
    }

    fn ks_distance(a: &[u64], b: &[u64]) -> f64 {
        let share = |s: &[u64], x: u64| s.partition_point(|v| *v <= x) as f64 / s.len() as f64;
        a.iter().map(|x| (share(a, *x) - share(b, *x)).abs()).fold(0.0, f64::max)
    }

    #[test]
    fn quantiles_match_tables() {
        for (p, z) in [
            (0.5, 0.0),
            (0.975, 1.959_963_984_540_054),
            (0.05, -1.644_853_626_951_472_2),
            (1e-10, -6.361_340_902_404_056),
        ] {
            assert!((normal_quantile(p) - z).abs() < 1e-12, "{p}");
        }
    }

    #[test]
    fn edges_are_exact() {
        let mut d = Draw::new(3);
        assert_eq!(d.binomial(0, 0.4), 0);
        assert_eq!(d.binomial(10, 0.0), 0);
        assert_eq!(d.binomial(10, 1.0), 10);
        assert_eq!(d.poisson(0.0), 0);
        assert_eq!(d.below(0), 0);
        assert_eq!(d.below(1), 0);
        let mut out = [0; 3];
        d.multinomial(1_000, &[1.0, 2.0, 1.0], &mut out);
        assert_eq!(out.iter().sum::<u64>(), 1_000);
        d.multinomial(5, &[0.0, 0.0, 0.0], &mut out);
        assert_eq!(out.iter().sum::<u64>(), 5);
    }

    /// Cases all over the range of the inversion, with numbers all over and close to the bound.
    fn binomial_cases() -> impl Iterator<Item = (f64, u64, f64)> {
        (0..400_000_u64).flat_map(|ticket| {
            let mut d = Draw::new(ticket);
            let n = libm::exp(d.uniform() * 30.0) as u64;
            let p = (libm::exp(d.uniform() * -8.0) * 9.9 / n as f64).min(0.5);
            let bound = 1.0 - n as f64 * p;
            let close = libm::exp(d.uniform() * -40.0);
            let chance = libm::exp(n as f64 * libm::log1p(-p));
            let numbers =
                [d.uniform(), bound - close, bound + close, chance, chance - 1e-16, chance + 1e-16];
            numbers.map(|u| (u, n, p)).into_iter().filter(|(u, ..)| 0.0 < *u && *u < 1.0)
        })
    }

    /// The same search with no short cut and in whole numbers.
    fn searched(u: f64, n: u64, p: f64) -> u64 {
        let mut probability = libm::exp(n as f64 * libm::log1p(-p));
        let (mut left, mut k) = (u, 0);
        while left > probability && k < n && probability >= 1e-300 {
            left -= probability;
            probability *= p / (1.0 - p) * (n - k) as f64 / (k + 1) as f64;
            k += 1;
        }
        k
    }

    #[test]
    fn short_cuts_change_no_binomial_draw() {
        let (mut sure, mut none, mut some) = (0, 0, 0);
        for (u, n, p) in binomial_cases() {
            let k = searched(u, n, p);
            assert_eq!(binomial_quantile(u, n, p), k, "u {u} n {n} p {p}");
            match (is_surely_none(u, n, p), k) {
                (true, _) => {
                    assert_eq!(k, 0, "u {u} n {n} p {p}");
                    sure += 1;
                }
                (false, 0) => none += 1,
                (false, _) => some += 1,
            }
        }
        assert!(sure > 200_000 && none > 200_000 && some > 200_000, "{sure} {none} {some}");
    }

    #[test]
    fn what_outlasts_is_longer() {
        for ticket in 0..200_000 {
            let time = Draw::new(ticket).exponential(1.0);
            let nearly = 1.0 - Draw::new(ticket).uniform();
            for wait in [time, time - 1e-15, time + 1e-15, nearly, nearly - ROUNDING, 0.0, 0.5] {
                assert_eq!(Draw::new(ticket).outlasts(wait), wait < time, "{ticket} {wait}");
            }
        }
    }

    #[test]
    fn inversion_is_monotone_in_the_parameter() {
        for ticket in 0..500 {
            let counts: Vec<u64> =
                (1..=9).map(|k| Draw::new(ticket).binomial(20, f64::from(k) * 0.05)).collect();
            assert!(counts.is_sorted(), "{counts:?}");
        }
    }
}
