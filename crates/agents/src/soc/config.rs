//! The section `soc` of a scenario: the staff and its queue, and every number of its work on a leak.

use hotwash_engine::{JsonSchema, Param, Share, Slug, schemars};
use serde::Deserialize;

use super::intrusion::IntrusionConfig;
use crate::section::section;

/// The section `soc`: one staff, and its work on a leak, on an intrusion, or on both.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SocConfig {
    /// The analysts' alert queue.
    pub queue: QueueConfig,
    /// Alerts and tips as they are read, whatever they are about.
    pub triage: TriageConfig,
    /// A case and its staff.
    pub case: StaffConfig,
    /// Work on a leak of records: complaints, access alerts, the search for the insider.
    #[serde(default)]
    pub leak: Option<LeakConfig>,
    /// Work on an intruder in the network.
    #[serde(default)]
    pub intrusion: Option<IntrusionConfig>,
}

/// Work on a leak of records.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LeakConfig {
    /// Names of propositions of the case.
    pub propositions: PropositionNames,
    /// Names of evidence kinds of the case.
    pub evidence: EvidenceNames,
    /// Complaints, access alerts and canaries as they are read.
    pub triage: LeakTriageConfig,
    /// The support desk's intake.
    pub desk: DeskConfig,
    /// How far security believes what.
    pub credibility: CredibilityConfig,
    /// What complaints count while the matter is closed as ordinary fraud.
    pub scam_discount: Param<Share>,
    /// The hunt that joins complaints with access logs.
    pub correlation: CorrelationConfig,
    /// The hunt that plants canary records.
    pub canaries: CanaryConfig,
    /// The hunt that interviews agents.
    pub interviews: InterviewConfig,
    /// Shutting and watching an account.
    pub containment: ContainmentConfig,
}

/// Which propositions of the case security works on.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PropositionNames {
    /// That records were taken; a leak case opens on belief in it.
    pub records: Slug,
}

/// Which evidence kinds of the case security's findings are.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EvidenceNames {
    /// A complaint about any fraud call.
    pub general: Slug,
    /// A complaint in which the caller knew a ticket.
    pub ticket: Slug,
    /// Many such complaints at once.
    pub cluster: Slug,
    /// An alert on record access.
    pub alert: Slug,
    /// Complainants' tickets share one reader.
    pub correlation: Slug,
    /// They share none that the logs still show.
    pub correlation_empty: Slug,
    /// A canary's number was called.
    pub canary: Slug,
    /// Interviews point at somebody.
    pub interview: Slug,
    /// Interviews point at nobody.
    pub interview_empty: Slug,
}

section! {
    /// The analysts' alert queue, a fluid: alerts pour in, analysts drain it.
    QueueConfig => QueueIds {
        /// Alerts that reach people on an average day, after automatic filters.
        alerts_per_day: PerDay,
        /// What a week's alerts are multiplied by; drawn per week.
        swing: Factor,
        /// Time to triage one alert.
        triage: Minutes,
        /// Share of alerts that are false.
        false_positives: Share,
        /// Length of a shift.
        shift: Hours,
        /// Share of a shift that goes into triage.
        usable: Share,
        /// Staffed shifts in a week.
        shifts_per_week: Count,
        /// Further shifts in a week where nights are staffed.
        night_shifts_per_week: Count,
        /// Age at which an unread alert is dropped.
        max_age: Hours,
    }
}

section! {
    /// Alerts and tips as they are read, whatever they are about.
    TriageConfig => TriageIds {
        /// How much of the false-positive share adds, at full load, to the chance that a real alert
        /// is taken for a false one.
        fatigue: Share,
        /// Work on an alert or a tip that is taken seriously.
        alert_work: Hours,
        /// From a tip's arrival to its reading where there is a triage path for tips.
        tip_fast: Hours,
        /// The same where there is none.
        tip_slow: Days,
        /// Chance that a tip is lost where there is no path.
        tip_lost: Share,
    }
}

section! {
    /// Complaints, access alerts and canaries as they are read.
    LeakTriageConfig => LeakTriageIds {
        /// Time to read one complaint that the desk passed on.
        complaint: Minutes,
        /// Chance that a real access alert is taken for a false one by a rested analyst.
        misjudged: Share,
        /// Chance that a false access alert is taken for a real one.
        false_believed: Share,
        /// From a canary's ringing to somebody seeing it.
        canary: Hours,
        /// Chance that the access log of a called canary names its reader, if the log is kept.
        canary_names: Share,
        /// Chance that a tip leads to the insider's name.
        tip_names: Share,
    }
}

section! {
    /// The support desk's intake.
    DeskConfig => DeskIds {
        /// Chance that "the caller knew my ticket" is seen as a leak indicator: no path for it.
        recognised_none: Share,
        /// The same where the desk sets a tag on it.
        recognised_tag: Share,
        /// The same where it is a leak indicator by instruction.
        recognised_leak: Share,
        /// The same after an order to route such complaints to security.
        recognised_routed: Share,
        /// Chance that the desk writes down the ticket named, by habit.
        details_habit: Share,
        /// The same where it is told to.
        details_asked: Share,
        /// From a complaint to its passing on to security.
        delay: Hours,
        /// Complaints at once, recognised or not, that a desk lead might notice.
        cluster_at: Count,
        /// How long they count as being at once.
        cluster_window: Days,
        /// Chance per further complaint that a desk lead then notices.
        cluster_notice: Share,
        /// Time to call earlier complainants back for their ticket numbers.
        callback: Days,
        /// Share of them that is reached and remembers.
        callback_reached: Share,
    }
}

section! {
    /// How far security believes what it reads, 0 to 1.
    CredibilityConfig => CredibilityIds {
        /// A complaint without the ticket's number.
        bare: Share,
        /// A complaint with it, so that it can be checked.
        detailed: Share,
        /// A complaint about any fraud call.
        general: Share,
        /// A desk lead's or an analyst's remark that there are many.
        cluster: Share,
        /// An access alert.
        alert: Share,
        /// A called canary.
        canary: Share,
        /// A conclusive correlation; a partial one counts in proportion.
        correlation: Share,
        /// A correlation that found no common reader.
        correlation_empty: Share,
        /// Interviews, with or without a name.
        interview: Share,
    }
}

section! {
    /// A case and its staff. With two cases open at once both draw on the same people.
    StaffConfig => StaffIds {
        /// Belief in the breach at which security suspects; what brought it there found it.
        suspects_at: Share,
        /// Belief at which security opens a case by itself.
        opens_at: Share,
        /// Analysts that a case takes from the alert queue.
        staff: Count,
        /// Largest share of the analysts that all cases together may take.
        staff_share: Share,
        /// Hours per week that one of them works on it.
        week: Hours,
        /// From the opening of a case to the team's beginning to look by itself.
        own_hunt: Days,
        /// Time without any lead after which a case is wound down.
        stale: Days,
        /// From the arrival of something to the case team's eyes while a case is open.
        look: Hours,
        /// People from other departments that an escalation brings.
        escalation_staff: Count,
        /// What their work left undone costs.
        escalation: Usd,
    }
}

section! {
    /// The hunt that joins complaints with access logs.
    CorrelationConfig => CorrelationIds {
        /// Work to get at the logs and join them, person-hours.
        base: Hours,
        /// Work per complainant with a ticket number, person-hours.
        per_complainant: Hours,
        /// People who do it without a leak case.
        lone_staff: Count,
        /// Support agents with access.
        agents: Count,
        /// Agents who read a ticket in the course of their work.
        readers: Count,
        /// Expected number of innocent agents matching by chance that is tolerated; also the chance
        /// that the one found is the wrong one.
        tolerated: Share,
        /// Complainants below which nobody is named, whatever the arithmetic says.
        needed: Count,
        /// From an inconclusive result to the next attempt, if complaints have grown.
        rerun_after: Days,
    }
}

section! {
    /// The hunt that plants canary records.
    CanaryConfig => CanaryIds {
        /// Work to plant them, person-hours.
        plant: Hours,
        /// Chance that a batch sold later contains one that gets called.
        in_batch: Share,
        /// From the sale to the call.
        called_after: Days,
    }
}

section! {
    /// The hunt that interviews agents.
    InterviewConfig => InterviewIds {
        /// How long it takes with a leak case.
        takes: Days,
        /// What that is multiplied by without one.
        slower_alone: Factor,
        /// Work, person-hours.
        work: Hours,
        /// Chance that it names the insider.
        right: Share,
        /// Chance that it names a bystander.
        wrong: Share,
        /// Chance that the insider notices.
        alarm: Share,
    }
}

section! {
    /// Shutting and watching an account.
    ContainmentConfig => ContainmentIds {
        /// From the decision to the account being shut.
        shut: Hours,
        /// What suspending a bystander costs.
        wrong_cost: Usd,
        /// From the suspension to finding out.
        wrong_found: Days,
        /// Chance that watching a bystander clears him.
        watch_clears: Share,
    }
}
