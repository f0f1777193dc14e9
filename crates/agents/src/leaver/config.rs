//! The section `leaver` of a scenario.

use hotwash_engine::{JsonSchema, Param, Share, Slug, schemars};
use hotwash_incident::StoreKind;
use serde::Deserialize;

use crate::section::section;

/// The section `leaver`: what the administrator wants and when; a script with uncertain numbers.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LeaverConfig {
    /// Why, as half a sentence for the journal.
    pub motive: String,
    /// When notice is given: a civil date, or date and time.
    #[schemars(extend("x-form" = "date"))]
    pub gives_notice: String,
    /// When the last working day ends.
    #[schemars(extend("x-form" = "date"))]
    pub leaves: String,
    /// The proposition whose matter this is.
    pub breach: Slug,
    /// Propositions that become true upon the first use of an account after leaving.
    #[serde(default)]
    pub entered_makes_true: Vec<Slug>,
    /// Propositions that become true when the first documents leave.
    #[serde(default)]
    pub taken_makes_true: Vec<Slug>,
    /// The segment with the machines that the leaver administers; logins from outside land here.
    pub segment: Slug,
    /// What is taken: the first store of this kind.
    pub takes: StoreKind,
    /// What reports to security amount to.
    pub reports: ReportsConfig,
    /// Before leaving.
    pub planting: PlantingConfig,
    /// After leaving.
    pub using: UsingConfig,
    /// How soon accounts and shared passwords are changed.
    pub offboarding: OffboardingConfig,
    /// Setting machines up anew, and looking through privileged sessions.
    pub controls: ControlsConfig,
}

/// What reports to security amount to.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReportsConfig {
    /// Evidence kind of a colleague's report of an odd login.
    pub colleague: Slug,
    /// Evidence kind of a reviewer's finding that keyloggers were planted.
    pub review: Slug,
    /// How far a colleague's report is believed.
    pub colleague_credibility: Param<Share>,
    /// How far a reviewer's finding is believed.
    pub review_credibility: Param<Share>,
}

section! {
    /// What happens before the last day.
    PlantingConfig => Planting {
        /// When during the notice: 0 on the first day, 1 on the last.
        moment: Share,
        /// Machines with a keylogger; at least 1, at most 64.
        keyloggers: Count,
        /// Machines that the leaver administers.
        machines: Count,
        /// Passwords shared among administrators that the leaver knows and that let somebody in from
        /// outside.
        shared_passwords: Count,
    }
}

section! {
    /// What happens after it.
    UsingConfig => Using {
        /// Time from the last day to the first use.
        waits: Days,
        /// Colleagues' and successors' credentials that one keylogger yields in a week.
        harvest_per_week: Count,
        /// Times in a week that the network is entered while there is a way in.
        uses_per_week: Count,
        /// Documents taken in all, if nothing stops it.
        appetite: Terabytes,
        /// Documents taken at one time; drawn per week of use.
        at_a_time: Terabytes,
        /// Rate at which they leave.
        rate: Megabits,
        /// Time after the last day when interest is lost.
        interest: Days,
        /// Chance per use that a colleague notices when an account that should be shut is used.
        noticed_old: Share,
        /// Chance per use that a colleague notices a login with somebody's own credentials.
        noticed_login: Share,
        /// Time from the use to the report.
        report: Hours,
    }
}

section! {
    /// How soon the leaver's accounts are shut and the shared passwords changed.
    OffboardingConfig => Offboarding {
        /// Where it is done on the same day, and upon an order.
        same_day: Hours,
        /// Where it is done once a week.
        weekly: Days,
        /// Where it is done when the head of the department asks for it.
        on_request: Days,
        /// Chance that a shared password is forgotten.
        missed: Share,
        /// What an administrator costs who is shut out and paid until the last day, per day, USD.
        idle_usd_per_day: Usd,
    }
}

section! {
    /// What setting up anew and looking through sessions find, take and cost.
    ControlsConfig => Controls {
        /// Chance that setting a machine up anew removes a keylogger on it.
        reimage_removes: Share,
        /// Time from the decision until the machines are done.
        reimage_takes: Days,
        /// Work per machine, hours.
        reimage_hours: Hours,
        /// Chance that a review of samples of the sessions during notice sees the planting.
        seen_sampled: Share,
        /// Chance that a review of all of them does.
        seen_all: Share,
        /// Chance that a second look at sessions that were recorded sees what the first did not,
        /// as a share of the chance above.
        second_look: Share,
        /// Time from the session to the finding.
        review_takes: Days,
        /// Ordinary work that looks like sabotage, per week of notice, when all sessions are reviewed.
        false_per_week: Count,
        /// Share of the sessions that a review of samples looks at.
        sampled: Share,
        /// Work per week of notice when all sessions are reviewed, hours.
        review_hours: Hours,
    }
}
