//! What may still be so when something was never seen.

use super::finding::Never;

/// Probability that any of the study's claims of this kind is wrong.
const LEVEL: f64 = 0.05;

/// How many such claims a study could make.
#[derive(Clone, Copy, Debug)]
pub(super) struct Claims(pub(super) usize);

impl Claims {
    /// The largest share of worlds in which a thing can happen that was seen in none of so many: the
    /// exact bound of Clopper and Pearson for no success, at a level shared by all claims (Bonferroni).
    pub(super) fn at_most(self, worlds: u64) -> f64 {
        if worlds == 0 {
            return 1.0;
        }
        1.0 - libm::pow(LEVEL / self.0.max(1) as f64, 1.0 / worlds as f64)
    }

    /// Of something that was seen in none of so many runs and worlds.
    pub(super) fn never(self, runs: f64, worlds: u64) -> Never {
        Never { runs: runs as u64, worlds, at_most: self.at_most(worlds) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bound_is_the_rule_of_three_for_one_claim() {
        assert!((Claims(1).at_most(400) - 0.007_461).abs() < 1e-6);
        assert!((Claims(1).at_most(1) - 0.95).abs() < 1e-12);
        assert!(Claims(50).at_most(400) > 2.0 * Claims(1).at_most(400));
        assert_eq!(Claims(3).at_most(0), 1.0);
    }

    /// What happens in just that share of worlds is missed by one study in twenty.
    #[test]
    fn the_bound_holds() {
        let (bound, mut missed) = (Claims(1).at_most(60), 0);
        for study in 0..4_000 {
            let mut draw = hotwash_engine::Draw::addressed(7, "claims", study);
            missed += u32::from((0..60).all(|_| !draw.chance(bound)));
        }
        assert!((140..=260).contains(&missed), "{missed} of 4000, 200 expected");
    }
}
