//! Sobol's sequence, as it is or scrambled by Owen's method.

use hotwash_engine::Draw;

use super::directions::DIRECTIONS;

const BITS: usize = 32;
const STEP: f64 = 1.0 / (1_u64 << BITS) as f64;

/// Sobol's sequence in base 2 with the direction numbers of Joe and Kuo (2008), in the order of the
/// Gray code (Antonov and Saleev 1979). Points are found by index, in any order.
#[derive(Clone, Debug)]
pub struct Sobol {
    /// By dimension.
    directions: Vec<[u32; BITS]>,
    /// By dimension, when scrambled.
    keys: Option<Vec<u64>>,
}

impl Sobol {
    /// Most dimensions there are direction numbers for.
    pub const MOST: usize = DIRECTIONS.len() + 1;

    /// The sequence as published: point 0 is the origin. Nothing beyond [`Sobol::MOST`] dimensions.
    pub fn new(dimensions: usize) -> Option<Self> {
        let first = std::array::from_fn(|bit| 1 << (BITS - 1 - bit));
        let others = DIRECTIONS.iter().map(|(polynomial, initial)| extend(*polynomial, initial));
        let directions = std::iter::once(first).chain(others).take(dimensions).collect();
        (dimensions <= Self::MOST).then_some(Sobol { directions, keys: None })
    }

    /// The sequence scrambled by a seed: nested uniform scrambling (Owen 1995), which keeps each
    /// point uniform and the set as even as it was. Its first 2^m points, the one with index 0
    /// included, are balanced (Owen 2022, "On dropping the first Sobol' point").
    pub fn scrambled(dimensions: usize, seed: u64) -> Option<Self> {
        let mut sobol = Self::new(dimensions)?;
        let keys = 0..dimensions as u64;
        sobol.keys = Some(keys.map(|d| Draw::addressed(seed, "owen", d).bits()).collect());
        Some(sobol)
    }

    /// Point number `index`: coordinates from 0 to below 1, and strictly between if scrambled.
    pub fn point(&self, index: u32) -> Vec<f64> {
        let gray = index ^ (index >> 1);
        let plain = self.directions.iter().map(|numbers| {
            let bits = numbers.iter().enumerate().filter(|(bit, _)| gray >> bit & 1 == 1);
            bits.fold(0, |x, (_, number)| x ^ number)
        });
        match &self.keys {
            None => plain.map(|x| f64::from(x) * STEP).collect(),
            Some(keys) => plain
                .zip(keys)
                .map(|(x, key)| (f64::from(scramble(x, *key)) + 0.5) * STEP)
                .collect(),
        }
    }
}

/// Direction numbers by the recurrence of the primitive polynomial.
fn extend(polynomial: u32, initial: &[u32]) -> [u32; BITS] {
    let degree = initial.len();
    let mut v = [0; BITS];
    for bit in 0..BITS {
        v[bit] = match initial.get(bit) {
            Some(m) => m << (BITS - 1 - bit),
            None => {
                let start = v[bit - degree] ^ (v[bit - degree] >> degree);
                let inner = (1..degree).filter(|j| polynomial >> (degree - j) & 1 == 1);
                inner.fold(start, |x, j| x ^ v[bit - j])
            }
        };
    }
    v
}

/// Flips each bit by a coin of its own for every sequence of bits above it.
fn scramble(x: u32, key: u64) -> u32 {
    let mut out = x;
    for bit in 0..BITS as u32 {
        // The bits above, with a one in front: no two nodes of the tree have the same number.
        let node = 1_u64 << bit | u64::from(x) >> (BITS as u32 - bit);
        if Draw::new(key ^ node).bits() >> 63 == 1 {
            out ^= 1 << (BITS as u32 - 1 - bit);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_points_are_those_published() {
        let sobol = Sobol::new(4).unwrap();
        let published = [
            [0, 0, 0, 0],
            [8, 8, 8, 8],
            [12, 4, 4, 4],
            [4, 12, 12, 12],
            [6, 6, 10, 14],
            [14, 14, 2, 6],
            [10, 2, 14, 10],
            [2, 10, 6, 2],
            [3, 5, 15, 7],
            [11, 13, 7, 15],
            [15, 1, 11, 3],
            [7, 9, 3, 11],
            [5, 3, 5, 9],
            [13, 11, 13, 1],
            [9, 7, 1, 13],
            [1, 15, 9, 5],
        ];
        for (index, sixteenths) in published.iter().enumerate() {
            let point: Vec<f64> = sixteenths.iter().map(|s| f64::from(*s) / 16.0).collect();
            assert_eq!(sobol.point(index as u32), point, "{index}");
        }
    }

    /// All dimensions against scipy.stats.qmc.Sobol(128, scramble=False, bits=32) of SciPy 1.17.1: single
    /// coordinates, and all of the first 1,024 points folded into one number.
    #[test]
    fn all_dimensions_are_those_of_an_independent_program() {
        let sobol = Sobol::new(Sobol::MOST).unwrap();
        for (index, dimension, units) in [
            (37, 5, 1_275_068_416_u32),
            (1_000, 63, 1_916_796_928),
            (4_095, 127, 1_123_024_896),
            (2_047, 20, 1_537_212_416),
            (777, 99, 2_193_620_992),
        ] {
            assert_eq!(sobol.point(index)[dimension], f64::from(units) * STEP);
        }
        let all = (0..1_024).flat_map(|index| sobol.point(index));
        let fold = all.fold(0_u64, |hash, x| {
            let units = (x / STEP) as u64;
            let grown = hash.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(units);
            grown.wrapping_add(1_442_695_040_888_963_407)
        });
        assert_eq!(fold, 2_183_286_867_800_752_128);
        assert!(Sobol::new(Sobol::MOST + 1).is_none());
    }

    /// How many of the points lie in each of 2^a by 2^b boxes of two dimensions.
    fn boxes(points: &[Vec<f64>], a: u32, b: u32) -> Vec<u32> {
        let mut counts = vec![0; 1 << (a + b)];
        for p in points {
            let place = |x: f64, bits: u32| (x * f64::from(1_u32 << bits)) as usize;
            counts[place(p[0], a) << b | place(p[1], b)] += 1;
        }
        counts
    }

    #[test]
    fn scrambling_keeps_the_balance() {
        for seed in 0..20 {
            let sobol = Sobol::scrambled(20, seed).unwrap();
            let points: Vec<Vec<f64>> = (0..256).map(|i| sobol.point(i)).collect();
            // The first two dimensions are a (0, m, 2)-net: every elementary box has its one point.
            for a in 0..=8 {
                assert!(boxes(&points, a, 8 - a).iter().all(|c| *c == 1), "seed {seed}, {a}");
            }
            for dimension in 0..20 {
                let one = |p: &Vec<f64>| vec![p[dimension], 0.0];
                let column: Vec<Vec<f64>> = points.iter().map(one).collect();
                assert!(boxes(&column, 8, 0).iter().all(|c| *c == 1));
                assert!(points.iter().all(|p| p[dimension] > 0.0 && p[dimension] < 1.0));
            }
        }
    }

    #[test]
    fn a_scrambled_point_is_uniform_and_two_are_as_near_as_before() {
        // The first coordinate of point 1, over seeds, in quarters: binomial(4,000, 1/4).
        let mut counts = [0_u32; 4];
        for seed in 0..4_000 {
            let sobol = Sobol::scrambled(1, seed).unwrap();
            let (a, b) = (sobol.point(1)[0], sobol.point(2)[0]);
            counts[(a * 4.0) as usize] += 1;
            // 1/2 and 3/4 share the first bit and differ in the second.
            assert_eq!((a * 2.0) as u32, (b * 2.0) as u32);
            assert_ne!((a * 4.0) as u32, (b * 4.0) as u32);
        }
        assert!(counts.iter().all(|c| c.abs_diff(1_000) < 137), "{counts:?}");
    }

    /// A smooth integral is found far better than by chance.
    #[test]
    fn a_product_is_integrated_well() {
        let mut squares = 0.0;
        for seed in 0..30 {
            let sobol = Sobol::scrambled(5, seed).unwrap();
            let value =
                |i| sobol.point(i).iter().map(|x| 1.0 + 0.5 * (x - 0.5)).product::<f64>() - 1.0;
            let error = (0..512).map(value).sum::<f64>() / 512.0;
            squares += error * error / 30.0;
        }
        // Plain chance has (1 + 1/48)^5 - 1 over 512 points: a standard error of 0.0146.
        assert!(squares.sqrt() < 0.001, "{}", squares.sqrt());
    }
}
