//! The section `intruder` of a scenario.

use hotwash_engine::{JsonSchema, Slug, schemars};
use serde::Deserialize;

use crate::section::section;

/// The section `intruder`: a crew that breaks in, takes what it can sell and means to stay.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct IntruderConfig {
    /// Its name as an actor: `the crew`.
    pub crew: String,
    /// When it turns to this vendor: a civil date, or date and time.
    #[schemars(extend("x-form" = "date"))]
    pub begins: String,
    /// The proposition by which its matter is found: that somebody is in the network.
    pub breach: Slug,
    /// The proposition that says whether the source code lies where it can get at it; absent where it
    /// always does.
    #[serde(default)]
    pub reach: Option<Slug>,
    /// Propositions that become true when it is first in.
    pub entered_makes_true: Vec<Slug>,
    /// Propositions that become true when it first leaves the segment it came in by.
    pub beyond_makes_true: Vec<Slug>,
    /// How it comes by logins that work.
    pub credentials: CredentialsConfig,
    /// How it moves within.
    pub moves: MovesConfig,
    /// What it leaves behind to stay.
    pub footholds: FootholdsConfig,
    /// What it wants.
    pub appetite: AppetiteConfig,
    /// How it takes files out.
    pub exfiltration: ExfiltrationConfig,
    /// What it does when it is disturbed.
    pub persistence: PersistenceConfig,
}

section! {
    /// How it comes by logins that work.
    CredentialsConfig => CredentialsIds {
        /// Logins of the vendor's staff that still work and fall out of its password-stealing botnet,
        /// in a month.
        botnet_per_month : Count,
        /// Passwords that it tries in a day on logins that can be reached from outside.
        guess_tries : PerDay,
        /// Chance in a day that one of them works.
        guess_success : Share,
    }
}

section! {
    /// How it moves within: by network shares and remote desktop, with stolen credentials.
    MovesConfig => MovesIds {
        /// Time from one attempt to the next; drawn for each.
        every : Days,
        /// What that time is multiplied by once it holds the directory.
        with_directory : Factor,
        /// Chance that an attempt succeeds.
        success : Share,
        /// Chance that nothing leads on from a segment that is reachable from outside: separate
        /// accounts, no route. Drawn once per run and segment.
        entry_sealed : Share,
    }
}

section! {
    /// What it leaves behind to stay, and to sell.
    FootholdsConfig => FootholdsIds {
        /// Chance that it sets up a remote-administration tool in a segment.
        remote_tool : Share,
        /// Back doors left in a segment; drawn for each segment.
        back_doors : Count,
        /// Share of the back doors that lie on machines, as services and tasks, and go when machines
        /// are set up anew; the others are accounts.
        on_machines : Share,
    }
}

section! {
    /// What it wants: the share of each store, by what the store holds.
    AppetiteConfig => AppetiteIds {
        /// Of source code.
        source_code : Share,
        /// Of debug symbols.
        debug_symbols : Share,
        /// Of development documents.
        documents : Share,
        /// Of models and their data.
        models : Share,
        /// A part of a store is worth having from this share of it on ...
        worth_having : Share,
        /// ... or from this amount on, whichever is less.
        worth_having_tb : Terabytes,
    }
}

section! {
    /// How it takes files out.
    ExfiltrationConfig => ExfiltrationIds {
        /// Time from getting in to the first files that leave: looking around, packing.
        starts_after : Days,
        /// Rate while it sends.
        rate : Megabits,
        /// Share of the time in which it sends.
        duty : Share,
        /// What the rate is multiplied by once it has been disturbed.
        cautious : Factor,
    }
}

section! {
    /// What it does when it is disturbed.
    PersistenceConfig => PersistenceIds {
        /// Time that it keeps still before it uses a way in that was left to it; drawn each time.
        lies_low : Days,
        /// Chance that it tries to come back when no way in is left.
        returns : Share,
        /// Time until it starts to try; drawn each time.
        returns_after : Days,
        /// How many times it tries to come back at most.
        most_returns : Count,
    }
}
