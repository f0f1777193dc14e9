//! How a call centre works through its leads, as pure functions.

use hotwash_engine::Draw;

/// Splits `total` over `weights` in proportion, exactly, without chance: no part exceeds its weight
/// as long as the total does not exceed their sum.
///
/// # Panics
/// When `out` is shorter than `weights`.
pub fn allot(total: u64, weights: &[u64], out: &mut [u64]) {
    let sum: u128 = weights.iter().map(|w| u128::from(*w)).sum();
    let total = u128::from(total).min(sum);
    let mut seen = 0;
    let mut given = 0;
    for (i, weight) in weights.iter().enumerate() {
        seen += u128::from(*weight);
        let upto = (total * seen).checked_div(sum).unwrap_or(0);
        out[i] = (upto - given) as u64;
        given = upto;
    }
}

/// Chances of the calls of one day in one cohort, 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Funnel {
    /// A dialled customer answers.
    pub answer: f64,
    /// A customer who does not answer is given up.
    pub give_up: f64,
    /// One who answers goes along.
    pub engage: f64,
    /// One who goes along loses money if not warned.
    pub lose: f64,
    /// What warnings leave of that, on average over the cohort.
    pub left_by_warnings: f64,
}

/// What came of the calls of one day in one cohort.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Calls {
    /// Calls answered.
    pub answered: u64,
    /// Customers given up after calls that nobody answered.
    pub given_up: u64,
    /// Who went along.
    pub engaged: u64,
    /// Who lost money.
    pub victims: u64,
    /// What they lost, USD.
    pub loss_usd: f64,
}

/// What a cohort's warnings leave of the chance to lose money. Who knows specifically is not helped
/// further by a general warning.
pub fn left_by_warnings(
    specifically: f64,
    generally: f64,
    after_specific: f64,
    after_general: f64,
) -> f64 {
    let (s, g) = (specifically.clamp(0.0, 1.0), generally.clamp(0.0, 1.0));
    let specific = after_specific.min(after_general);
    let unaware = 1.0 - g * (1.0 - after_general);
    unaware - s * (unaware - specific).max(0.0)
}

/// Chance that somebody who did not answer is given up, so that they are dialled `attempts` times
/// on average.
pub fn give_up_chance(attempts: f64) -> f64 {
    1.0 / attempts.max(1.0)
}

/// The calls of one day. Warnings only thin the victims out, each by a number of their own: on the
/// same draw, better warned customers never lose more.
pub fn call(
    dials: u64,
    funnel: &Funnel,
    draw: &mut Draw,
    mut loss: impl FnMut(&mut Draw) -> f64,
) -> Calls {
    let answered = draw.binomial(dials, funnel.answer);
    let given_up = draw.binomial(dials - answered, funnel.give_up);
    let engaged = draw.binomial(answered, funnel.engage);
    let at_stake = draw.binomial(engaged, funnel.lose);
    let mut calls = Calls { answered, given_up, engaged, victims: 0, loss_usd: 0.0 };
    for _ in 0..at_stake {
        let is_lost = draw.chance(funnel.left_by_warnings);
        let usd = loss(draw);
        if is_lost {
            calls.victims += 1;
            calls.loss_usd += usd;
        }
    }
    calls
}

#[cfg(test)]
mod tests {
    use super::*;

    const FUNNEL: Funnel =
        Funnel { answer: 0.35, give_up: 0.4, engage: 0.25, lose: 0.2, left_by_warnings: 1.0 };

    #[test]
    fn an_allotment_is_exact_and_within_bounds() {
        let weights = [700, 0, 1, 299, 13, 900_000];
        for total in [0, 1, 7, 500, 900_000, 901_013, 5_000_000] {
            let mut out = [0; 6];
            allot(total, &weights, &mut out);
            assert_eq!(out.iter().sum::<u64>(), total.min(901_013));
            assert!(out.iter().zip(weights).all(|(o, w)| *o <= w), "{total}: {out:?}");
        }
        let mut out = [9; 2];
        allot(5, &[0, 0], &mut out);
        assert_eq!(out, [0, 0]);
    }

    #[test]
    fn warnings_only_ever_help() {
        assert_eq!(left_by_warnings(0.0, 0.0, 0.6, 0.9), 1.0);
        assert_eq!(left_by_warnings(1.0, 0.0, 0.6, 0.9), 0.6);
        assert_eq!(left_by_warnings(0.0, 1.0, 0.6, 0.9), 0.9);
        // Even with numbers drawn the wrong way round.
        for generally in [0.0, 0.4, 1.0] {
            let left: Vec<f64> = (0..=10)
                .map(|k| left_by_warnings(f64::from(k) / 10.0, generally, 0.95, 0.9))
                .collect();
            assert!(left.is_sorted_by(|a, b| a >= b), "{left:?}");
        }
    }

    #[test]
    fn better_warned_customers_never_lose_more_on_the_same_draw() {
        for ticket in 0..2_000 {
            let mut last = (u64::MAX, f64::MAX);
            for k in (0..=10).rev() {
                let funnel = Funnel { left_by_warnings: f64::from(k) / 10.0, ..FUNNEL };
                let calls =
                    call(900, &funnel, &mut Draw::new(ticket), |draw| draw.lognormal(400.0, 1.0));
                assert!(calls.victims <= last.0 && calls.loss_usd <= last.1, "{ticket}");
                last = (calls.victims, calls.loss_usd);
            }
            assert_eq!(last, (0, 0.0));
        }
    }

    #[test]
    fn warnings_change_nothing_but_the_victims() {
        let warned = Funnel { left_by_warnings: 0.3, ..FUNNEL };
        for ticket in 0..500 {
            let a = call(900, &FUNNEL, &mut Draw::new(ticket), |_| 1.0);
            let b = call(900, &warned, &mut Draw::new(ticket), |_| 1.0);
            assert_eq!((a.answered, a.given_up, a.engaged), (b.answered, b.given_up, b.engaged));
        }
    }

    #[test]
    fn the_funnel_narrows() {
        for ticket in 0..500 {
            let c = call(900, &FUNNEL, &mut Draw::new(ticket), |_| 1.0);
            assert!(c.victims <= c.engaged && c.engaged <= c.answered);
            assert!(c.answered + c.given_up <= 900);
        }
        assert_eq!(call(0, &FUNNEL, &mut Draw::new(1), |_| 1.0), Calls::default());
    }

    #[test]
    fn fewer_attempts_give_up_sooner() {
        assert_eq!(give_up_chance(0.0), 1.0);
        assert_eq!(give_up_chance(1.0), 1.0);
        assert_eq!(give_up_chance(4.0), 0.25);
    }
}
