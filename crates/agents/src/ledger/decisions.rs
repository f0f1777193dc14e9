//! Bookkeeping without side effects: totals by kind and bearer, and what is due once a theft is known.

use hotwash_incident::events::{Bearer, CostKind};

/// Kinds of cost, in the order of the books.
pub const KINDS: [CostKind; 8] = [
    CostKind::Investigation,
    CostKind::Notification,
    CostKind::Legal,
    CostKind::Communication,
    CostKind::Fines,
    CostKind::Disruption,
    CostKind::LostBusiness,
    CostKind::Fraud,
];

/// Accounts in all: one for each kind and bearer.
pub const ACCOUNTS: usize = KINDS.len() * 2;

/// The account of a kind and a bearer.
pub fn account(kind: CostKind, bearer: Bearer) -> usize {
    kind as usize * 2 + bearer as usize
}

/// Sum of a bearer's accounts of these kinds.
pub fn total(accounts: &[f64], bearer: Bearer, kinds: &[CostKind]) -> f64 {
    kinds.iter().map(|kind| accounts[account(*kind, bearer)]).sum()
}

/// How a theft came out, if it did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CameOut {
    /// The vendor told of it first.
    Disclosed,
    /// Others told of it first.
    Exposed,
}

/// Which of the two came first; times are milliseconds since STARTEX.
pub fn came_out(disclosed_ms: Option<i64>, exposed_ms: Option<i64>) -> Option<CameOut> {
    match (disclosed_ms, exposed_ms) {
        (None, None) => None,
        (Some(own), Some(others)) if own <= others => Some(CameOut::Disclosed),
        (Some(_), None) => Some(CameOut::Disclosed),
        _ => Some(CameOut::Exposed),
    }
}

/// Costs of a known theft that nothing else counts: help desk, discounts, counsel.
pub fn aftermath(records: u64, record_usd: f64, uncounted: f64) -> f64 {
    records as f64 * record_usd * uncounted.clamp(0.0, 1.0)
}

/// What victims get back of their losses; never more than they lost.
pub fn victims_claims(losses: f64, share: f64, per_refuted: f64, refuted: u64) -> f64 {
    let share = share * libm::pow(per_refuted.max(1.0), refuted as f64);
    losses.max(0.0) * share.clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_account_is_its_own() {
        let bearers = [Bearer::Vendor, Bearer::Victims];
        let mut seen: Vec<usize> =
            KINDS.iter().flat_map(|k| bearers.map(|b| account(*k, b))).collect();
        seen.sort_unstable();
        assert_eq!(seen, (0..ACCOUNTS).collect::<Vec<_>>());
    }

    #[test]
    fn totals_keep_bearers_apart() {
        let mut books = [0.0; ACCOUNTS];
        books[account(CostKind::Legal, Bearer::Vendor)] = 5.0;
        books[account(CostKind::Fraud, Bearer::Victims)] = 7.0;
        assert_eq!(total(&books, Bearer::Vendor, &KINDS), 5.0);
        assert_eq!(total(&books, Bearer::Victims, &KINDS), 7.0);
        assert_eq!(total(&books, Bearer::Vendor, &[CostKind::Fraud]), 0.0);
    }

    #[test]
    fn the_first_to_tell_decides_how_it_came_out() {
        assert_eq!(came_out(None, None), None);
        assert_eq!(came_out(Some(3), None), Some(CameOut::Disclosed));
        assert_eq!(came_out(None, Some(3)), Some(CameOut::Exposed));
        assert_eq!(came_out(Some(3), Some(4)), Some(CameOut::Disclosed));
        assert_eq!(came_out(Some(5), Some(4)), Some(CameOut::Exposed));
    }

    #[test]
    fn claims_rise_with_refutations_and_stay_below_the_loss() {
        let at = |refuted| victims_claims(1_000.0, 0.1, 1.5, refuted);
        assert_eq!(at(0), 100.0);
        assert!(at(0) < at(1) && at(1) < at(2));
        assert_eq!(at(50), 1_000.0);
        assert_eq!(victims_claims(1_000.0, 0.1, 0.2, 3), 100.0);
        assert_eq!(aftermath(68_000, 25.0, 0.25), 425_000.0);
    }
}
