//! The part `network` of the section `estate`.

use hotwash_engine::{Count, Days, JsonSchema, Param, Share, Slug, Terabytes, Usd, schemars};
use hotwash_incident::StoreKind;
use serde::Deserialize;

use crate::section::section;

/// The vendor's own network.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NetworkConfig {
    /// The parts that it has.
    pub segments: Vec<SegmentConfig>,
    /// What lies in them that is worth stealing.
    pub stores: Vec<StoreConfig>,
    /// What raises an alert, truly or falsely.
    pub monitoring: MonitoringConfig,
    /// Visibility that the lever `visibility` brings a segment to, at least.
    pub improved_visibility: Param<Share>,
    /// Share of stolen or guessed credentials that still work where logins need a second factor.
    pub second_factor_left: Param<Share>,
}

/// A part of the network.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SegmentConfig {
    /// Unique name.
    pub name: Slug,
    /// As printed, with its article.
    pub title: String,
    /// Whether a login to it can be reached from outside.
    #[serde(default)]
    pub exposed: bool,
    /// Whether the directory of accounts lies here.
    #[serde(default)]
    pub holds_directory: bool,
    /// Whether the levers count it among the core.
    #[serde(default)]
    pub core: bool,
    /// Segments that can be reached from here with ordinary credentials.
    #[serde(default)]
    pub links: Vec<Slug>,
    /// How many machines it has.
    pub hosts: Param<Count>,
    /// Share of what happens here that leaves a trace in a log that somebody could read.
    pub visibility: Param<Share>,
    /// What a day without it costs the vendor.
    pub standstill_usd_per_day: Param<Usd>,
}

/// Something worth stealing.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StoreConfig {
    /// Unique name.
    pub name: Slug,
    /// As printed.
    pub title: String,
    /// What kind of thing it is.
    pub kind: StoreKind,
    /// The segment in which it lies.
    pub segment: Slug,
    /// Its size.
    pub size: Param<Terabytes>,
    /// How old its contents are when they are taken, on average.
    pub age: Param<Days>,
    /// Propositions that become true when a part of it worth having has left.
    #[serde(default)]
    pub makes_true: Vec<Slug>,
}

section! {
    /// What raises an alert, truly or falsely. A chance is that of an alert given that the act left a
    /// trace; `watched` means that the control which the lever names is on for that segment.
    MonitoringConfig => MonitoringIds {
        /// One guessed password.
        guess : Share,
        /// One login from outside with somebody's credentials.
        login : Share,
        /// One use of a leaver's account.
        old_account : Share,
        /// One movement to another segment, unwatched.
        move_unwatched : Share,
        /// The same where movement is watched.
        move_watched : Share,
        /// One reading of the directory, unwatched.
        directory_unwatched : Share,
        /// The same where movement is watched.
        directory_watched : Share,
        /// One back door left, unwatched.
        back_door_unwatched : Share,
        /// The same where movement is watched.
        back_door_watched : Share,
        /// One remote-administration tool set up, unwatched.
        remote_tool_unwatched : Share,
        /// The same where such tools are watched.
        remote_tool_watched : Share,
        /// One keylogger, unwatched.
        keylog_unwatched : Share,
        /// The same where remote tools and other unapproved programs are watched.
        keylog_watched : Share,
        /// One mass reading of files, unwatched.
        collect_unwatched : Share,
        /// The same where transfers are watched.
        collect_watched : Share,
        /// Alerts on average for each terabyte that leaves at `transfer_rate`, where transfers are
        /// watched and everything leaves a trace.
        transfer_per_tb : Factor,
        /// The rate at which `transfer_per_tb` holds.
        transfer_rate : Megabits,
        /// How steeply alerts for each terabyte rise with the rate: an exponent.
        transfer_steepness : Factor,
        /// What is left of the alerts on transfers where nobody watches them.
        transfer_unwatched : Share,
        /// False alerts on logins in a week that reach people, whatever the levers.
        false_logins_per_week : Count,
        /// False alerts on remote tools in a week, after tuning, where they are watched.
        false_remote_tools_per_week : Count,
        /// False alerts on movement in a week, where all of the network is watched.
        false_moves_per_week : Count,
        /// False alerts on transfers in a week, where they are watched.
        false_transfers_per_week : Count,
    }
}
