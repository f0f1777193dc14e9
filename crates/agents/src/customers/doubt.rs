//! What business customers make of the news, as pure functions: doubt, preparing, switching.

use hotwash_engine::SimDuration;

/// How often they weigh it.
pub const WEEK: SimDuration = SimDuration::from_days(7);
/// Renewals are spread evenly over the year: the share that falls into one week.
pub const RENEWALS_PER_WEEK: f64 = 7.0 / 365.0;
/// The shares preparing that are told as news.
pub const TOLD: [f64; 3] = [0.1, 0.3, 0.6];

/// What they can know.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Signals {
    /// The public's belief that the source code was taken, 0 to 1.
    pub belief: f64,
    /// How many of the four specific things the vendor has said.
    pub specifics: f64,
    /// Whether a categorical denial of the vendor stands.
    pub is_denied: bool,
    /// Contradictions by the researcher, each counted with its credibility.
    pub rebuttals: f64,
    /// Attacks through the product seen so far.
    pub exploits: f64,
    /// Points of trust lost among all customers, as recovered by now.
    pub trust_lost: f64,
    /// How many times a loss counts since the vendor's word did not hold, in whatever matter; 1 and
    /// more.
    pub harshness: f64,
}

/// What each of it multiplies the weight of the belief by.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Weights {
    /// Each specific thing said.
    pub per_specific: f64,
    /// A categorical denial that stands.
    pub denial: f64,
    /// A fully credible contradiction.
    pub rebuttal: f64,
    /// An attack seen.
    pub exploit: f64,
    /// Ten points of trust lost.
    pub per_ten_points: f64,
}

/// Doubt whether the product is safe, 0 to 1, when what they were told in confidence multiplies its
/// weight by `briefing`. Full belief and nothing else make 0.63.
pub fn doubt(signals: &Signals, weights: &Weights, briefing: f64) -> f64 {
    let weight = signals.belief.clamp(0.0, 1.0)
        * libm::pow(weights.per_specific, signals.specifics)
        * if signals.is_denied { weights.denial } else { 1.0 }
        * libm::pow(weights.rebuttal, signals.rebuttals)
        * libm::pow(weights.exploit, signals.exploits)
        * libm::pow(weights.per_ten_points, signals.trust_lost.max(0.0) / 10.0)
        * signals.harshness.max(1.0)
        * briefing;
    1.0 - libm::exp(-weight)
}

/// Mean doubt when a share has been told in confidence.
pub fn mean_doubt(signals: &Signals, weights: &Weights, briefed: f64, briefing: f64) -> f64 {
    let told = briefed.clamp(0.0, 1.0);
    told * doubt(signals, weights, briefing) + (1.0 - told) * doubt(signals, weights, 1.0)
}

/// Where business customers stand, as shares of all.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Standing {
    /// They prepare a switch.
    pub preparing: f64,
    /// They have switched.
    pub switched: f64,
}

/// How they move.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pace {
    /// Share that begins to prepare in a week at complete doubt.
    pub prepare: f64,
    /// Share of those preparing that gives it up in a week without doubt.
    pub stand_down: f64,
    /// Chance that somebody prepared leaves at the renewal.
    pub leaves_at_renewal: f64,
    /// Chance that somebody prepared leaves at once upon a signal of full strength.
    pub leaves_on_signal: f64,
}

/// A week later, with a further signal of this strength (0 to 1, 0 for none) during it. Only those who
/// had prepared before can leave, upon the signal or as their renewal comes; whoever renews and stays
/// is bound for another year and gives up preparing.
pub fn week_later(before: Standing, doubt: f64, signal: f64, pace: &Pace) -> Standing {
    let Standing { preparing, switched } = before;
    let at_once = preparing * (pace.leaves_on_signal * signal * doubt).clamp(0.0, 1.0);
    let still = preparing - at_once;
    let renewing = still * RENEWALS_PER_WEEK;
    let leaving = renewing * pace.leaves_at_renewal.clamp(0.0, 1.0);
    let calmed = (still - renewing) * (pace.stand_down * (1.0 - doubt)).clamp(0.0, 1.0);
    let idle = (1.0 - preparing - switched).max(0.0);
    let beginning = idle * (pace.prepare * doubt).clamp(0.0, 1.0);
    Standing {
        preparing: still - renewing - calmed + beginning,
        switched: switched + at_once + leaving,
    }
}

/// Chance that somebody prepared leaves at the renewal, when the extra churn of twelve months is
/// `churn` with a share of `reference` preparing.
pub fn leaves_at_renewal(churn: f64, reference: f64) -> f64 {
    if reference <= 0.0 { 0.0 } else { (churn / reference).clamp(0.0, 1.0) }
}

/// Whether a share told as news, or the share that makes a movement, lies above `before` and not
/// above `after`.
pub fn passes(before: f64, after: f64, many: f64) -> bool {
    TOLD.iter().chain([&many]).any(|bar| before < *bar && *bar <= after)
}

#[cfg(test)]
mod tests {
    use super::*;

    const WEIGHTS: Weights = Weights {
        per_specific: 0.8,
        denial: 0.6,
        rebuttal: 1.4,
        exploit: 2.0,
        per_ten_points: 1.2,
    };
    const QUIET: Signals = Signals {
        belief: 0.4,
        specifics: 0.0,
        is_denied: false,
        rebuttals: 0.0,
        exploits: 0.0,
        trust_lost: 0.0,
        harshness: 1.0,
    };
    const PACE: Pace =
        Pace { prepare: 0.05, stand_down: 0.05, leaves_at_renewal: 0.1, leaves_on_signal: 0.1 };

    fn doubts(signals: Signals) -> f64 {
        doubt(&signals, &WEIGHTS, 1.0)
    }

    #[test]
    fn each_signal_moves_doubt_in_its_direction() {
        let base = doubts(QUIET);
        assert!(doubts(Signals { belief: 0.0, ..QUIET }) == 0.0);
        assert!((doubts(Signals { belief: 1.0, ..QUIET }) - 0.632).abs() < 1e-3);
        for calmer in [Signals { specifics: 1.0, ..QUIET }, Signals { is_denied: true, ..QUIET }] {
            assert!(doubts(calmer) < base, "{calmer:?}");
        }
        for worse in [
            Signals { belief: 0.5, ..QUIET },
            Signals { rebuttals: 0.5, ..QUIET },
            Signals { exploits: 1.0, ..QUIET },
            Signals { trust_lost: 5.0, ..QUIET },
            Signals { harshness: 1.8, ..QUIET },
        ] {
            assert!(doubts(worse) > base, "{worse:?}");
            assert!(doubts(worse) < 1.0);
        }
        let exploits = |exploits| doubts(Signals { exploits, belief: 1.0, ..QUIET });
        assert!(exploits(400.0) <= 1.0);
    }

    #[test]
    fn a_denial_calms_while_it_stands_and_costs_when_it_falls() {
        let stands = doubts(Signals { is_denied: true, ..QUIET });
        let fell = doubts(Signals { harshness: 1.5, ..QUIET });
        assert!(stands < doubts(QUIET) && doubts(QUIET) < fell);
    }

    #[test]
    fn a_briefing_counts_for_those_it_reached() {
        let mean = |briefed| mean_doubt(&QUIET, &WEIGHTS, briefed, 0.5);
        assert_eq!(mean(0.0), doubts(QUIET));
        assert_eq!(mean(1.0), doubt(&QUIET, &WEIGHTS, 0.5));
        assert!(mean(1.0) < mean(0.4) && mean(0.4) < mean(0.0));
    }

    #[test]
    fn nobody_switches_who_has_not_prepared() {
        let fresh = week_later(Standing::default(), 0.9, 1.0, &PACE);
        assert_eq!(fresh.switched, 0.0);
        assert!((fresh.preparing - 0.045).abs() < 1e-12);
        let later = week_later(fresh, 0.9, 1.0, &PACE);
        assert!(later.switched > 0.0);
        let unprompted = week_later(fresh, 0.9, 0.0, &PACE);
        assert!(unprompted.switched > 0.0 && unprompted.switched < later.switched);
    }

    #[test]
    fn shares_stay_shares() {
        let hasty =
            Pace { prepare: 1.0, stand_down: 1.0, leaves_at_renewal: 1.0, leaves_on_signal: 1.0 };
        let mut standing = Standing::default();
        for (i, doubt) in [1.0, 1.0, 0.0, 0.5, 1.0].into_iter().cycle().take(200).enumerate() {
            standing = week_later(standing, doubt, (i % 3) as f64 / 2.0, &hasty);
            assert!(standing.preparing >= 0.0 && standing.switched >= 0.0);
            assert!(standing.preparing + standing.switched <= 1.0 + 1e-12, "{standing:?}");
        }
    }

    #[test]
    fn more_doubt_never_leaves_fewer_switched() {
        let after = |doubt: f64| {
            (0..40).fold(Standing::default(), |s, _| week_later(s, doubt, 0.2, &PACE)).switched
        };
        let switched: Vec<f64> = (0..=10).map(|k| after(f64::from(k) / 10.0)).collect();
        assert!(switched.is_sorted(), "{switched:?}");
        assert_eq!(switched[0], 0.0);
    }

    #[test]
    fn a_year_at_the_reference_share_makes_the_churn() {
        let pace = Pace {
            prepare: 0.0,
            stand_down: 0.0,
            leaves_at_renewal: leaves_at_renewal(0.015, 0.15),
            leaves_on_signal: 0.0,
        };
        let left = week_later(Standing { preparing: 0.15, switched: 0.0 }, 1.0, 0.0, &pace);
        assert!((left.switched * 365.0 / 7.0 - 0.015).abs() < 1e-12);
        assert_eq!(leaves_at_renewal(0.5, 0.1), 1.0);
        assert_eq!(leaves_at_renewal(0.5, 0.0), 0.0);
    }

    #[test]
    fn news_is_told_when_a_share_is_passed() {
        assert!(passes(0.09, 0.11, 0.5) && passes(0.4, 0.5, 0.5));
        assert!(!passes(0.11, 0.29, 0.5) && !passes(0.3, 0.3, 0.5) && !passes(0.4, 0.1, 0.5));
    }
}
