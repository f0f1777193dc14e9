//! Latin hypercubes.

use hotwash_engine::Draw;

/// Where in its stratum a point lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// In the middle.
    Centre,
    /// Anywhere, all places alike.
    Anywhere,
}

/// Points of the unit cube such that in each dimension each of `points` equal strata has one: McKay,
/// Beckman and Conover, Technometrics 21, 239-245 (1979). The dimensions are shuffled independently
/// of one another, so a dimension's coordinates do not depend on how many others there are.
pub fn latin_hypercube(seed: u64, points: usize, dimensions: usize, place: Place) -> Vec<Vec<f64>> {
    let mut all = vec![vec![0.0; dimensions]; points];
    for dimension in 0..dimensions {
        let mut draw = Draw::addressed(seed, "latin-hypercube", dimension as u64);
        let mut strata: Vec<usize> = (0..points).collect();
        // Fisher and Yates.
        for last in (1..points).rev() {
            strata.swap(last, draw.below(last as u64 + 1) as usize);
        }
        for (point, stratum) in all.iter_mut().zip(strata) {
            let within = match place {
                Place::Centre => 0.5,
                Place::Anywhere => draw.uniform(),
            };
            point[dimension] = (stratum as f64 + within) / points as f64;
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_column_is_a_permutation_of_the_strata() {
        for (points, place) in [(1, Place::Centre), (7, Place::Centre), (64, Place::Anywhere)] {
            let all = latin_hypercube(5, points, 6, place);
            for dimension in 0..6 {
                let column = all.iter().map(|p| (p[dimension] * points as f64) as usize);
                let mut strata: Vec<usize> = column.collect();
                strata.sort_unstable();
                assert_eq!(strata, (0..points).collect::<Vec<usize>>());
            }
        }
    }

    #[test]
    fn the_seed_and_the_dimension_matter_and_nothing_else() {
        let wide = latin_hypercube(5, 20, 4, Place::Anywhere);
        let narrow = latin_hypercube(5, 20, 2, Place::Anywhere);
        assert!(wide.iter().zip(&narrow).all(|(w, n)| w[..2] == n[..]));
        assert_ne!(narrow, latin_hypercube(6, 20, 2, Place::Anywhere));
        assert!(narrow.iter().any(|p| p[0] != p[1]));
    }

    /// Every pair of strata of two dimensions is equally probable: a shuffle that favours some
    /// orders, or dimensions that go together, would show.
    #[test]
    fn pairs_of_strata_are_equally_frequent() {
        let (points, seeds) = (4, 4_000);
        let mut counts = [0_u32; 16];
        for seed in 0..seeds {
            for p in latin_hypercube(seed, points, 2, Place::Centre) {
                counts[(p[0] * 4.0) as usize * 4 + (p[1] * 4.0) as usize] += 1;
            }
        }
        // Each is binomial(4,000, 1/4): standard deviation 27; five of them.
        assert!(counts.iter().all(|c| c.abs_diff(1_000) < 137), "{counts:?}");
    }
}
