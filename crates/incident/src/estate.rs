//! The store of support records as plugins share it: how large it is and how the vendor keeps it.

use std::sync::Arc;

use hotwash_engine::{Actor, Count, ParamId, Share, SimDuration};

/// How the vendor watches who reads support records.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum AccessMonitoring {
    /// Nobody looks.
    None,
    /// An alert when one account reads more than a set number of records in a day.
    Volume,
    /// An alert when one account reads far more than its peers.
    Peer,
}

/// Facts about the store that other plugins need. The estate plugin shares it.
#[derive(Clone, Debug)]
pub struct EstateBook {
    /// The actor that keeps the store.
    pub actor: Actor,
    /// Support records in the store.
    pub records: ParamId<Count>,
    /// How long access logs are kept.
    pub log_retention: SimDuration,
    /// How access is watched.
    pub monitoring: AccessMonitoring,
    /// Where a record opens only for an open ticket: the share of his pace that is left to somebody
    /// who reads beyond need. `None` where every agent may read every record.
    pub need_check_pace: Option<ParamId<Share>>,
    /// Canary records planted before the incident; each has a telephone number of the vendor's own.
    pub canaries: u64,
}

/// The book as plugins share it.
pub type SharedEstate = Arc<EstateBook>;
