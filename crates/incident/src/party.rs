//! Parties that hold beliefs.

use hotwash_engine::{JsonSchema, schemars};
use serde::Deserialize;

/// Who believes something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, JsonSchema)]
pub enum Party {
    /// The vendor, as far as what it has looked at goes.
    Vendor,
    /// A reasonable investigator with all that reached the vendor: the regulator's hindsight.
    Hindsight,
    /// The public at large, customers among it.
    Public,
    /// Journalists.
    Press,
    /// The independent researcher.
    Researcher,
    /// Regulators.
    Regulators,
    /// Police and prosecutors.
    Police,
}

impl Party {
    /// How many there are.
    pub const COUNT: usize = 7;
    /// All of them, in order.
    pub const ALL: [Party; Party::COUNT] = [
        Party::Vendor,
        Party::Hindsight,
        Party::Public,
        Party::Press,
        Party::Researcher,
        Party::Regulators,
        Party::Police,
    ];

    /// As printed.
    pub const fn name(self) -> &'static str {
        match self {
            Party::Vendor => "vendor",
            Party::Hindsight => "hindsight",
            Party::Public => "public",
            Party::Press => "press",
            Party::Researcher => "researcher",
            Party::Regulators => "regulators",
            Party::Police => "police",
        }
    }
}
