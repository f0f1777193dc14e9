//! What a hindcast finds.

use serde::Serialize;

use super::{ArmInfo, Header};
use crate::stats::Estimate;

/// A recorded fact and what the historical policy comes to.
#[derive(Clone, Debug, Serialize)]
pub struct HindcastRow {
    /// Its mark in the sources.
    pub id: String,
    /// What it is about.
    pub quantity: String,
    /// What of a run was held against it, such as a metric's name; the reason where nothing was.
    pub measure: String,
    /// Unit of all figures; `date` for calendar days from the day of STARTEX shown as dates.
    pub unit: String,
    /// On record: from, to, both included; equal where a point is known; the second infinite (`null` in
    /// JSON) where there is no upper end. None where nothing can be scored. Of something that happened:
    /// the least share of worlds that agrees with it, and 1.
    pub recorded: Option<(f64, f64)>,
    /// The same for people.
    pub recorded_text: String,
    /// Whether the values are 0 or 1, told by the share of 1.
    pub is_share: bool,
    /// `emergent`, `scripted` or `qualitative`.
    pub kind: String,
    /// How firm the record is, A to D; `-` where it is undetermined.
    pub firmness: String,
    /// Where it is from and what is contested.
    pub note: String,
    /// Rows that it follows from.
    pub derived_from: Vec<String>,
    /// Worlds that have it: all the rest of the row is about these.
    pub count: u64,
    /// And their share.
    pub share: Estimate,
    /// Simulated 5, 50, 95 %. None where no world has it.
    pub simulated: Option<[f64; 3]>,
    /// The same with intervals, by order statistics.
    pub simulated_intervals: Option<[Estimate; 3]>,
    /// The same for people.
    pub simulated_text: String,
    /// Share of the simulated values that lie in the record's bracket; of something that happened, the
    /// share of values that are 1.
    pub inside: Option<Estimate>,
    /// Whether the record overlaps the simulated 5-95 %; of something that happened, whether its
    /// share reaches the least share. None where it cannot be said.
    pub holds: Option<bool>,
    /// Whether it counts into [`Hindcast::covered`].
    pub counts: bool,
    /// What other sources say, and whether that would hold.
    pub alternatives: Vec<HindcastAlternative>,
    /// Continuous ranked probability score against the point on record, in the unit (days for dates);
    /// less is better. The sampling error that may take it below 0 is cut off there.
    pub crps: Option<f64>,
    /// The same with its interval, by the jackknife.
    pub crps_interval: Option<Estimate>,
    /// The score of a forecast that is the simulated median and nothing else: its absolute error. A
    /// forecast with spread is worth its spread if it scores less.
    pub crps_of_median: Option<f64>,
}

/// What another source says of the same quantity.
#[derive(Clone, Debug, Serialize)]
pub struct HindcastAlternative {
    /// On record there, as in [`HindcastRow::recorded`].
    pub recorded: Option<(f64, f64)>,
    /// The same for people.
    pub recorded_text: String,
    /// How firm it is.
    pub firmness: String,
    /// Whose it is.
    pub note: String,
    /// Share of the simulated values that lie in it.
    pub inside: Option<Estimate>,
    /// Whether it would hold.
    pub holds: Option<bool>,
}

/// The historical policy against the record.
#[derive(Clone, Debug, Serialize)]
pub struct Hindcast {
    /// What was run.
    pub header: Header,
    /// What the record is about and where it is documented.
    pub about: String,
    /// The policy.
    pub policy: ArmInfo,
    /// Row by row, in the order of the record.
    pub rows: Vec<HindcastRow>,
    /// Emergent rows whose record overlaps the simulated 5-95 %, of those that can be scored and do not
    /// follow from others.
    pub covered: (usize, usize),
    /// The same of emergent rows that follow from others.
    pub covered_derived: (usize, usize),
    /// STARTEX as a date.
    pub startex: String,
}
