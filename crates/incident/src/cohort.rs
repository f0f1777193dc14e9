//! Populations: customers of one country as one actor, so that millions cost no more than thousands.

use std::sync::Arc;

use hotwash_engine::{Actor, Slug, state};

state! {
    /// Customers of one country. The customers plugin owns it; others read it.
    pub struct Cohort {
        /// Place in the [`CohortBook`].
        pub index: u16,
        /// Customers in all.
        pub size: u64,
        /// Their mean trust in the vendor, 0 to 100.
        pub trust: f64,
        /// Lowest it was.
        pub trust_lowest: f64,
        /// Share of those at risk who know specifically that callers may know their case.
        pub warned_specifically: f64,
        /// Share of those at risk who have seen a general warning.
        pub warned_generally: f64,
        /// Calls with stolen data that somebody answered.
        pub calls_answered: u64,
        /// Customers who lost money.
        pub victims: u64,
        /// Money they lost, USD.
        pub loss_usd: f64,
        /// Complaints about callers who knew a ticket.
        pub complaints: u64,
    }
}

/// A cohort's place in the [`CohortBook`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct CohortId(pub u16);

/// A cohort's fixed facts.
#[derive(Clone, Debug)]
pub struct CohortInfo {
    /// Country code, lower case.
    pub country: Slug,
    /// As printed.
    pub name: String,
    /// Customers as the scenario gives them (the median, if uncertain).
    pub size: u64,
    /// Share of the stolen records that are of this cohort.
    pub record_share: f64,
    /// The actor that holds its [`Cohort`].
    pub actor: Actor,
}

/// All cohorts of a scenario, in order.
#[derive(Clone, Debug, Default)]
pub struct CohortBook {
    /// By [`Cohort::index`].
    pub cohorts: Vec<CohortInfo>,
}

/// The book as plugins share it.
pub type SharedCohorts = Arc<CohortBook>;
