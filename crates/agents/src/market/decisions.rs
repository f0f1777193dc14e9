//! How the seller prices and boasts and what buyers make of source code, as pure functions.

use hotwash_incident::StoreKind;

/// Days in the year over which a buyer's chance is given.
const YEAR: f64 = 365.0;

/// Terabytes claimed with `real` in hand: never less than there is.
pub fn claimed(real: f64, inflation: f64, boast: f64) -> f64 {
    (real * inflation.max(1.0)).max(boast)
}

/// What a seller shows as proof: the thing that looks most like source code. `taken` is by
/// [`StoreKind`]; what was taken of source code counts only if it is worth the name.
pub fn proof(has_source: bool, taken: &[f64; 4]) -> Option<StoreKind> {
    if has_source {
        return Some(StoreKind::SourceCode);
    }
    [StoreKind::DebugSymbols, StoreKind::Documents, StoreKind::Models]
        .into_iter()
        .find(|kind| taken[*kind as usize] > 0.0)
}

/// Days until something happens that has `chance` to happen within `within` days at a constant rate,
/// by inverting one uniform number; `None` when it does not happen in that time. A greater chance is
/// never later.
pub fn days_until(u: f64, chance: f64, within: f64) -> Option<f64> {
    if u >= chance {
        return None;
    }
    if chance >= 1.0 {
        return Some(0.0);
    }
    Some(within * libm::log1p(-u) / libm::log1p(-chance))
}

/// Price of a sale: a share of what was asked, less the worth of the access where none goes with it.
pub fn price(ask: f64, share: f64, has_access: bool, access_worth: f64) -> f64 {
    let whole = ask * share;
    if has_access { whole } else { whole * (1.0 - access_worth) }
}

/// What is left of source code's use after `age` days, 1 when fresh.
pub fn freshness(age: f64, half_life: f64) -> f64 {
    if half_life <= 0.0 {
        return 0.0;
    }
    libm::exp2(-age.max(0.0) / half_life)
}

/// Days from a buyer's getting the source code to the first attack, if there is one: a weakness must
/// be found within a year, then the exploit is developed. Staler code is less likely to give one and
/// slows both, on the same `u`.
pub fn exploit_after(u: f64, per_buyer: f64, freshness: f64, development: f64) -> Option<f64> {
    let found = days_until(u, per_buyer * freshness, YEAR)?;
    Some(found + development / freshness)
}

/// Mean days between two events of which there are `number` in `lasts` days; `None` when there are
/// none.
pub fn mean_gap(number: f64, lasts: f64) -> Option<f64> {
    (number > 0.0).then(|| lasts / number)
}

/// Mean days between two events of which there are `per_year` in a year.
pub fn mean_gap_of_year(per_year: f64) -> Option<f64> {
    mean_gap(per_year, YEAR)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seller_claims_no_less_than_there_is() {
        assert_eq!(claimed(2.0, 3.0, 1.0), 6.0);
        assert_eq!(claimed(2.0, 3.0, 30.0), 30.0);
        assert_eq!(claimed(2.0, 0.5, 0.0), 2.0);
    }

    #[test]
    fn proofs_show_source_only_where_there_is_some() {
        assert_eq!(proof(true, &[1.0, 1.0, 0.0, 0.0]), Some(StoreKind::SourceCode));
        assert_eq!(proof(false, &[0.1, 1.0, 1.0, 0.0]), Some(StoreKind::DebugSymbols));
        assert_eq!(proof(false, &[0.1, 0.0, 1.0, 1.0]), Some(StoreKind::Documents));
        assert_eq!(proof(false, &[0.0, 0.0, 0.0, 1.0]), Some(StoreKind::Models));
        assert_eq!(proof(false, &[0.0; 4]), None);
    }

    #[test]
    fn a_greater_chance_is_never_later() {
        for u in [0.01, 0.2, 0.5, 0.9, 0.999] {
            let mut last = f64::INFINITY;
            for chance in [0.0, 0.1, 0.3, 0.6, 0.95, 1.0] {
                let day = days_until(u, chance, 90.0);
                assert_eq!(day.is_some(), u < chance, "{u} {chance}");
                let day = day.unwrap_or(f64::INFINITY);
                assert!(day <= last && (day.is_infinite() || (0.0..=90.0).contains(&day)));
                last = day;
            }
        }
    }

    #[test]
    fn older_source_never_speeds_or_adds_an_exploit() {
        for u in [0.001, 0.01, 0.05, 0.1, 0.3] {
            for development in [0.0, 5.0, 22.0, 200.0] {
                let mut last = 0.0;
                for age in [0.0, 30.0, 200.0, 548.0, 2_000.0, 20_000.0] {
                    let fresh = freshness(age, 548.0);
                    let day = exploit_after(u, 0.35, fresh, development).unwrap_or(f64::INFINITY);
                    assert!(day >= last, "{u} {development} {age}: {day} before {last}");
                    last = day;
                }
            }
        }
        assert_eq!(freshness(548.0, 548.0), 0.5);
        assert_eq!(freshness(-10.0, 548.0), 1.0);
        assert_eq!(exploit_after(0.2, 0.2, 1.0, 5.0), None);
        assert_eq!(exploit_after(0.0, 0.2, 0.5, 5.0), Some(10.0));
    }

    #[test]
    fn access_that_does_not_work_is_not_paid_for() {
        assert_eq!(price(300_000.0, 0.5, true, 0.4), 150_000.0);
        assert_eq!(price(300_000.0, 0.5, false, 0.4), 90_000.0);
        assert_eq!(mean_gap(0.0, 365.0), None);
        assert_eq!(mean_gap_of_year(2.0), Some(182.5));
    }
}
