//! `hindcast`: one policy against what is on record, row by row.
//!
//! Every row of the record is read off every world; what is judged, and how, is in `judge`.

mod crps;
mod judge;

use std::sync::Arc;

use hotwash_engine::{Calendar, SimTime};
use hotwash_scenario::{HindcastRecord, RecordRow, RowMeasure, Scenario};

use crate::arm::Arm;
use crate::conduct::{Round, Study};
use crate::error::LabError;
use crate::findings::{ArmInfo, Header, Hindcast, HindcastRow};
use crate::grid::Grid;
use crate::layout::{Layout, Row};
use crate::{batches, replications};

/// Most worlds: every row keeps a value of each, some 8 MB a row.
const MOST_WORLDS: u64 = 1_000_000;

const HOUR_MS: f64 = 3_600_000.0;

/// How a row's value is read off a run, by positions in the layout.
#[derive(Clone, Debug)]
enum Reading {
    Metrics(Vec<usize>),
    /// Calendar days from the day of STARTEX, less the first number.
    Day(f64, usize),
    Between(usize, usize),
    Nothing,
}

/// A policy over worlds, held against a scenario's record.
pub struct HindcastStudy {
    grid: Arc<Grid>,
    is_under_way: bool,
    record: HindcastRecord,
    calendar: Calendar,
    readings: Vec<Reading>,
    units: Vec<String>,
    /// By row: the values of the worlds that have one.
    values: Vec<Vec<f64>>,
    /// Worlds absorbed.
    worlds: u64,
}

impl HindcastStudy {
    /// A policy over this many worlds of a seed. `layout` is that of the arm's runs, with milestones.
    ///
    /// # Errors
    /// When the scenario has no record, or the record names what the layout lacks; more than a million
    /// worlds.
    pub fn new(
        scenario: &Scenario,
        arm: Arm,
        layout: Layout,
        seed: u64,
        worlds: u64,
    ) -> Result<Self, LabError> {
        let Some(record) = scenario.hindcast() else {
            let message = format!("{} has no record to be held against", scenario.name());
            let hint =
                "write hindcast.ron beside its scenario.ron; docs/scenario-format.md says how";
            return Err(LabError::usage(message).hint(hint));
        };
        if worlds > MOST_WORLDS {
            let message = format!(
                "hindcast keeps every value and takes at most {MOST_WORLDS} worlds, not {worlds}"
            );
            return Err(
                LabError::usage(message).hint(format!("give --runs {MOST_WORLDS} or fewer"))
            );
        }
        let rows = record.rows();
        let readings = rows.iter().map(|row| reading(row, &layout, scenario.calendar()));
        let readings = readings.collect::<Result<Vec<Reading>, LabError>>()?;
        let units = rows.iter().zip(&readings).map(|(row, reading)| unit(row, reading, &layout));
        Ok(HindcastStudy {
            is_under_way: false,
            calendar: scenario.calendar().clone(),
            units: units.collect(),
            values: vec![Vec::new(); rows.len()],
            record: record.clone(),
            readings,
            worlds: 0,
            grid: Arc::new(Grid { arms: vec![arm], layout, seed, worlds }),
        })
    }

    /// The arm and the worlds.
    pub fn grid(&self) -> &Grid {
        &self.grid
    }

    /// Worlds absorbed so far.
    pub fn worlds(&self) -> u64 {
        self.worlds
    }

    /// What was found. Notes on how to read it are added to the header's.
    pub fn find(mut self, mut header: Header) -> Hindcast {
        for values in &mut self.values {
            values.sort_by(f64::total_cmp);
        }
        let rows: Vec<HindcastRow> = (0..self.values.len()).map(|i| self.judge(i)).collect();
        let covered = |is_derived: bool| {
            let mine = rows.iter().filter(|r| {
                r.kind == "emergent" && r.holds.is_some() && r.derived_from.is_empty() != is_derived
            });
            (mine.clone().filter(|r| r.holds == Some(true)).count(), mine.count())
        };
        header.notes.extend(judge::notes());
        let arm = &self.grid.arms[0];
        let summary = arm.policy().map(|p| p.summary().to_owned()).unwrap_or_default();
        Hindcast {
            header,
            about: self.record.about().to_owned(),
            policy: ArmInfo { name: name_of(arm), summary },
            covered: covered(false),
            covered_derived: covered(true),
            startex: self.calendar.date(SimTime::STARTEX),
            rows,
        }
    }

    fn judge(&self, row: usize) -> HindcastRow {
        judge::Judged {
            row: &self.record.rows()[row],
            rising: &self.values[row],
            worlds: self.worlds,
            unit: &self.units[row],
            calendar: &self.calendar,
            is_read: !matches!(self.readings[row], Reading::Nothing),
        }
        .finding()
    }

    /// The value of a row in a run, if it has one.
    fn value(&self, reading: &Reading, run: Row<'_>) -> Option<f64> {
        let day = |milestone: usize| {
            let hours = run.reached_hours(milestone)?;
            // Hours are milliseconds divided, so that rounding gives the instant back.
            let at = SimTime::from_ms((hours * HOUR_MS).round() as i64);
            Some(days_from_startex(&self.calendar, at))
        };
        match reading {
            Reading::Metrics(list) => {
                let values = list.iter().map(|metric| run.metric(*metric));
                values.collect::<Option<Vec<f64>>>().map(|values| values.iter().sum())
            }
            Reading::Day(since, milestone) => Some(day(*milestone)? - since),
            Reading::Between(from, to) => Some(day(*to)? - day(*from)?),
            Reading::Nothing => None,
        }
    }
}

impl Study for HindcastStudy {
    type Job = Arc<Grid>;

    fn next_round(&mut self) -> Option<Round<Arc<Grid>>> {
        if std::mem::replace(&mut self.is_under_way, true) {
            return None;
        }
        let worlds = self.grid.worlds;
        Some(Round { batches: 0..batches(worlds), runs: worlds, job: self.grid.clone() })
    }

    fn absorb(&mut self, batch: u64, numbers: &[f64]) {
        let grid = self.grid.clone();
        for (_, _, run) in grid.rows(batch, numbers) {
            for i in 0..self.readings.len() {
                let value = self.value(&self.readings[i], run);
                self.values[i].extend(value);
            }
        }
        let done = replications(batch, grid.worlds);
        self.worlds += done.end - done.start;
    }
}

/// The policy's name, which says so where it is not followed as it is written.
fn name_of(arm: &Arm) -> String {
    let is_changed = !arm.set().is_empty() || !arm.replies().is_empty();
    format!("{}{}", arm.name(), if is_changed { " (changed)" } else { "" })
}

/// Whole calendar days from the day of STARTEX.
fn days_from_startex(calendar: &Calendar, at: SimTime) -> f64 {
    (calendar.day_number(at) - calendar.day_number(SimTime::STARTEX)) as f64
}

fn reading(row: &RecordRow, layout: &Layout, calendar: &Calendar) -> Result<Reading, LabError> {
    let metric = |name: &String| {
        let known = || layout.metrics.iter().map(|m| m.name);
        layout.metric(name).ok_or_else(|| LabError::unknown("metric", name, known()))
    };
    let milestone = |name: &String| {
        let known = || layout.milestones.iter().map(String::as_str);
        let found = layout.milestones.iter().position(|m| m == name);
        found.ok_or_else(|| LabError::unknown("milestone", name, known()))
    };
    Ok(match &row.measure {
        RowMeasure::Metric(name) => Reading::Metrics(vec![metric(name)?]),
        RowMeasure::Sum(names) => {
            Reading::Metrics(names.iter().map(metric).collect::<Result<_, _>>()?)
        }
        RowMeasure::Date(name) => Reading::Day(0.0, milestone(name)?),
        RowMeasure::DaysFrom(date, name) => {
            let since = calendar.instant(date).map_err(LabError::usage)?;
            Reading::Day(days_from_startex(calendar, since), milestone(name)?)
        }
        RowMeasure::Days { from, to } => Reading::Between(milestone(from)?, milestone(to)?),
        RowMeasure::Unscored(_) => Reading::Nothing,
    })
}

fn unit(row: &RecordRow, reading: &Reading, layout: &Layout) -> String {
    let own = match (&row.measure, reading) {
        (RowMeasure::Date(_), _) => "date",
        (_, Reading::Metrics(list)) => list.first().map_or("", |m| layout.metrics[*m].unit),
        (_, Reading::Nothing) => "",
        _ => "days",
    };
    row.unit.clone().unwrap_or_else(|| own.to_owned())
}

#[cfg(test)]
mod tests;
