//! The section `researcher` of a scenario.

use hotwash_engine::{JsonSchema, Slug, schemars};
use serde::Deserialize;

use crate::section::section;

/// The section `researcher`: a small firm that watches forums.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ResearcherConfig {
    /// The firm's name.
    pub firm: String,
    /// The proposition that somebody has access to the network; its matter is the researcher's.
    pub breach: Slug,
    /// The proposition that source code was taken: true decides what the seller can show.
    pub source: Slug,
    /// On which propositions it contradicts the vendor, and which evidence that is for others.
    pub rebuts: Vec<RebuttalTopic>,
    /// Names of evidence kinds of the case.
    pub evidence: EvidenceNames,
    /// How far it is to be believed.
    pub standing: StandingConfig,
    /// How it comes by its evidence.
    pub finds: FindsConfig,
    /// How it tells the vendor.
    pub tells: TellsConfig,
    /// How long it waits, and what the vendor can do about that.
    pub waits: WaitsConfig,
    /// When it contradicts the vendor.
    pub rebuttal: RebuttalConfig,
}

/// A proposition on which it contradicts the vendor.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RebuttalTopic {
    /// The proposition.
    pub about: Slug,
    /// Evidence kind that the contradiction is for the public and the press.
    pub evidence: Slug,
}

/// Evidence kinds by name.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EvidenceNames {
    /// What the offer is for the researcher and for police.
    pub offer: Slug,
    /// What the talk with the seller is for the researcher.
    pub chat: Slug,
    /// What a proof that is source code is for the researcher.
    pub proof_source: Slug,
    /// What a proof that is anything else is.
    pub proof_other: Slug,
    /// What its telling is for the vendor.
    pub tip: Slug,
    /// What its publication is for everybody.
    pub published: Slug,
    /// What its taking back of a claim about another firm is for the public and the press.
    pub withdraws: Slug,
}

section! {
    /// How far the researcher is to be believed: one number, used alike for the tip, the publication
    /// and rebuttals.
    StandingConfig => StandingIds {
        /// Its standing at the start.
        at_start: Share,
        /// Chance that what it says of another firm is wrong.
        is_wrong: Share,
        /// From the publication to taking that back.
        withdraws_after: Days,
        /// What is left of its standing then.
        withdrawal_leaves: Share,
    }
}

section! {
    /// How the researcher comes by its evidence.
    FindsConfig => FindsIds {
        /// Chance per week that it comes upon an offer that was posted; the thread stays readable.
        sees_per_week: Share,
        /// How far an offer is to be believed.
        offer_credibility: Share,
        /// From seeing the offer to talking with the seller.
        talks_after: Days,
        /// How far the seller's words are to be believed.
        chat_credibility: Share,
        /// How far a proof that is shown is to be believed.
        proof_credibility: Share,
        /// Time that one further attempt at checking takes; drawn per attempt.
        check_takes: Days,
        /// Chance that an attempt brings another proof.
        more_proof: Share,
        /// Attempts after which it lets the matter rest.
        attempts: Count,
    }
}

section! {
    /// How the researcher tells the vendor.
    TellsConfig => TellsIds {
        /// Its belief in the breach from which it acts.
        notifies_at: Share,
        /// Chance that it tells the vendor at all before it publishes.
        tells_vendor: Share,
        /// Chance that it does so through partners.
        through_partners: Share,
        /// Time to reach the vendor directly.
        direct: Days,
        /// Time to reach it through partners.
        partners: Days,
        /// What a partner's word adds: the share of the remaining doubt about the teller that it takes.
        vouching: Share,
        /// Chance that it tells police too.
        tells_police: Share,
    }
}

section! {
    /// How long the researcher waits before it publishes, and what the vendor can do about that.
    WaitsConfig => WaitsIds {
        /// From telling the vendor to publishing, with no answer.
        patience: Days,
        /// What an answer multiplies that by.
        answered: Factor,
        /// What asking for a sample multiplies it by.
        sample_asked: Factor,
        /// What a rebuff multiplies it by.
        rebuffed: Factor,
        /// Chance that it agrees when asked to wait.
        agrees: Share,
        /// Longest it waits because it was asked, counted from telling the vendor.
        longest: Days,
        /// Chance per week that it publishes all the same, for the news in it; not while it has agreed
        /// to wait.
        news_per_week: Share,
        /// Chance that it hands over a sample when asked, if it has one.
        hands_over: Share,
        /// From being asked to handing it over.
        sample_after: Hours,
    }
}

section! {
    /// When the researcher contradicts the vendor.
    RebuttalConfig => RebuttalIds {
        /// Its belief in what the vendor denies from which it contradicts.
        rebuts_at: Share,
        /// Its belief in what the vendor affirms up to which it contradicts; below every prior, so
        /// that it takes evidence against it.
        disbelieves_at: Share,
        /// From the vendor's words to the contradiction; drawn per statement.
        after: Hours,
    }
}
