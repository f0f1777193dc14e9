//! The section `market` of a scenario.

use hotwash_engine::{JsonSchema, Slug, schemars};
use serde::Deserialize;

use crate::section::section;

/// The section `market`: when the crew sells, at which price, and what buyers do with it.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MarketConfig {
    /// The seller's name in the journal, with its article.
    pub seller: String,
    /// The buyers' name in the journal, with its article.
    pub buyer: String,
    /// The proposition that somebody has access to the network; its matter is the market's.
    pub breach: Slug,
    /// The proposition that source code was taken: true decides what is in the loot.
    pub source: Slug,
    /// When the seller means to offer first: a civil date, or date and time.
    #[schemars(extend("x-form" = "date"))]
    pub first_offer: String,
    /// Propositions that become true when access is offered that still works.
    pub offer_makes_true: Vec<Slug>,
    /// The evidence that an attack through the product is for those who hear of it.
    pub exploit_evidence: Slug,
    /// What is offered.
    pub offer: OfferConfig,
    /// The one loud sale.
    pub sale: SaleConfig,
    /// The quiet ones after it.
    pub resales: ResaleConfig,
    /// What buyers, and others, build.
    pub exploits: ExploitConfig,
}

section! {
    /// What is offered.
    OfferConfig => OfferIds {
        /// Least that the seller has in hand before offering anything.
        worth_offering: Terabytes,
        /// What the seller multiplies the volume in hand by; 1 or more.
        inflation: Factor,
        /// What the seller claims at least, whatever is in hand.
        boast: Terabytes,
        /// Price asked.
        ask: Usd,
        /// Chance that the offer comes with proofs.
        shows_proof: Share,
    }
}

section! {
    /// The one loud sale.
    SaleConfig => SaleIds {
        /// How long the offer stands.
        stands: Days,
        /// Chance that it finds a buyer in that time.
        sells: Share,
        /// Price reached, as a share of what was asked.
        price: Share,
        /// Chance that a sale includes access to the network, where there is any.
        with_access: Share,
        /// Part of the price that access makes up; not paid where there is none.
        access_worth: Share,
        /// Time in escrow, during which the buyer tries the access.
        escrow: Days,
        /// Logins of the buyer in that time.
        trial_logins: Count,
    }
}

section! {
    /// Quiet sales of portions.
    ResaleConfig => ResaleIds {
        /// How many in the time during which the seller goes on selling, on average.
        number: Count,
        /// How long that is, from the loud sale or the end of the offer.
        lasts: Days,
        /// Price, as a share of the first one; drawn per sale.
        price: Share,
    }
}

section! {
    /// Attacks on customers through the vendor's product.
    ExploitConfig => ExploitIds {
        /// Chance that one buyer of fresh source code finds a weakness in a year.
        per_buyer: Share,
        /// From the find to the attack, with fresh code; drawn per exploit.
        development: Days,
        /// Age at which source code is worth half of fresh code, for chance and speed.
        half_life: Days,
        /// Attacks a year that need no stolen source code.
        ordinary: Count,
        /// Share of business customers hit; drawn per attack.
        hit: Share,
        /// What it would cost the victims if all business customers were hit.
        loss_if_all_hit: Usd,
        /// How far an attack is believed to have to do with the theft.
        credibility: Share,
    }
}
