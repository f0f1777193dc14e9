//! The part `intrusion` of the section `soc`: every number of the work on an intruder.

use hotwash_engine::{JsonSchema, Slug, schemars};
use serde::Deserialize;

use crate::section::section;

/// Work on an intruder in the network.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct IntrusionConfig {
    /// The proposition that somebody is in the network: a case opens on belief in it, and its matter
    /// is the one that is worked on.
    pub entered: Slug,
    /// Evidence kinds of the case.
    pub evidence: IntrusionEvidenceNames,
    /// Alerts in the network as they are read.
    pub alerts: AlertConfig,
    /// How far security believes what.
    pub credibility: IntrusionCredibilityConfig,
    /// Looking for the intruder: on a tip, over the whole network, or without any cause.
    pub search: SearchConfig,
    /// What can be done against it.
    pub measures: MeasureConfig,
    /// Outside responders.
    pub forensics: ForensicsConfig,
}

/// Which evidence kinds of the case security's findings are.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct IntrusionEvidenceNames {
    /// An alert on guessed passwords, a login, or a leaver's account.
    pub login_alert: Slug,
    /// An alert on a remote-administration tool, a back door or a keylogger.
    pub remote_tool_alert: Slug,
    /// An alert on movement between machines, on the directory, or on mass reading of files.
    pub movement_alert: Slug,
    /// An alert on a large transfer.
    pub transfer_alert: Slug,
    /// The sample is source code of the vendor's.
    pub sample_source: Slug,
    /// The sample is debug symbols of the vendor's.
    pub sample_symbols: Slug,
    /// The sample is documents or models of the vendor's.
    pub sample_documents: Slug,
    /// A search found traces.
    pub hunt_finds: Slug,
    /// It found them beyond the segments that can be reached from outside.
    pub hunt_beyond: Slug,
    /// A search of the whole network found none that the logs still hold.
    pub hunt_empty: Slug,
    /// The check of a stranger's claim found none where it looked, which is less; `hunt_empty` if
    /// absent.
    #[serde(default)]
    pub check_empty: Option<Slug>,
    /// The logs show that much data left.
    pub logs_show_transfer: Slug,
    /// Logs show files leaving a segment in which source code lies.
    pub logs_show_source: Slug,
}

section! {
    /// Alerts in the network as they are read.
    AlertConfig => AlertIds {
        /// Chance that a rested analyst who has not been tired by false ones takes a real alert for
        /// a false one.
        misjudged: Share,
        /// Share of false ones among alerts on logins.
        login: Share,
        /// The same on remote-administration tools and what looks like administration.
        remote_tool: Share,
        /// The same on movement and mass reading.
        movement: Share,
        /// The same on large transfers.
        transfer: Share,
        /// How many earlier alerts of a kind an analyst goes by: when all of them were false, the
        /// next one is taken for false without a look.
        memory: Count,
        /// Chance that a false alert is followed up.
        false_believed: Share,
        /// Chance that it still looks real after that.
        false_stays: Share,
    }
}

section! {
    /// How far security believes what it reads and finds, 0 to 1.
    IntrusionCredibilityConfig => CredibilityIds {
        /// An alert that was taken seriously.
        alert: Share,
        /// Traces found by a search.
        search: Share,
        /// A search that found none.
        empty: Share,
        /// A sample compared with the vendor's own files.
        sample: Share,
    }
}

section! {
    /// Looking for the intruder.
    SearchConfig => SearchIds {
        /// Work to hold a stranger's claim against the vendor's own logs, person-hours.
        verify: Hours,
        /// Chance that this check sees the traces that the logs of a segment still hold. It looks
        /// where the network can be reached from outside, and where something is known already.
        verify_looks: Share,
        /// Work of a search of the whole network, person-hours.
        scope: Hours,
        /// Further work for each segment, person-hours.
        scope_per_segment: Hours,
        /// Chance that this search sees the traces that the logs of a segment still hold.
        scope_looks: Share,
        /// People who search where no case is open.
        lone_staff: Count,
        /// From a sample's arrival to its having been compared.
        compare: Hours,
        /// Time between hunts without any cause, where they are quarterly.
        quarterly: Days,
        /// The same where they are continuous.
        continuous: Days,
        /// Work of one quarterly hunt, person-hours.
        quarterly_work: Hours,
        /// Work of one round of continuous hunting, person-hours.
        continuous_work: Hours,
        /// Chance that such a hunt recognises one logged act for what it is.
        per_trace: Share,
    }
}

section! {
    /// What can be done against an intruder.
    MeasureConfig => MeasureIds {
        /// From the order to a segment's being cut off.
        quarantine: Hours,
        /// How long it stays so.
        holds: Days,
        /// The same where everything is done in one go.
        together_holds: Days,
        /// From the order to every password's being new.
        reset: Days,
        /// Employees who must make new ones.
        employees: Count,
        /// What that costs for each, in time lost and help given.
        reset_usd: Usd,
        /// From the order to the blocking of remote-administration tools.
        block: Hours,
        /// How long they stay blocked.
        block_holds: Days,
        /// What support and administration lose in a day without them.
        block_usd_per_day: Usd,
        /// Work to look for back doors, person-hours.
        hunt: Hours,
        /// Chance that one is found in a segment where traces were found and that is fully logged.
        closes: Share,
        /// What is left of that where nobody knows whether the intruder was there.
        unknown: Share,
        /// What is left of it without logs.
        unlogged: Share,
        /// Time to set up the machines of a segment anew; it stands still meanwhile.
        reimage: Days,
        /// Time to prepare everything in one go.
        together: Days,
        /// What that costs besides.
        together_usd: Usd,
        /// Share of the back doors otherwise missed that are still missed when all is done at once.
        together_misses: Share,
        /// Time without a sign of the intruder after which it is taken to be out.
        quiet: Days,
    }
}

section! {
    /// Outside responders.
    ForensicsConfig => ForensicsIds {
        /// From the call to their arrival.
        arrives: Days,
        /// The same where they are on retainer.
        retained: Hours,
        /// How many come.
        staff: Count,
        /// What they cost.
        usd: Usd,
        /// What a retainer costs in a year.
        retainer_usd_per_year: Usd,
        /// Share of what the vendor's own people miss that they miss too.
        misses: Share,
    }
}
