//! Judging a row: how often it happened, how the simulated values lie to the record, what of it counts.

use hotwash_engine::{Calendar, SimTime, group_digits};
use hotwash_scenario::{RecordFirmness, RecordRow, Recorded, RowKind, RowMeasure};

use super::crps::crps;
use crate::findings::{HindcastAlternative, HindcastRow};
use crate::stats::{Estimate, proportion, quantile, quantile_interval};

/// Fewest values of which 5 and 95 % are said: with fewer these would be the extremes.
const LEAST: usize = 20;

/// The unit of metrics that are 0 or 1.
const FLAG: &str = "of 1";

/// A row of the record with what the worlds came to.
pub(super) struct Judged<'a> {
    pub(super) row: &'a RecordRow,
    /// The values of the worlds that have one.
    pub(super) rising: &'a [f64],
    /// All worlds.
    pub(super) worlds: u64,
    pub(super) unit: &'a str,
    pub(super) calendar: &'a Calendar,
    /// Whether anything of a run was held against it.
    pub(super) is_read: bool,
}

impl Judged<'_> {
    pub(super) fn finding(&self) -> HindcastRow {
        let row = self.row;
        let simulated = self.simulated();
        let holds = self.holds(&row.recorded);
        let point = if self.is_scored() { self.point() } else { None };
        // The fair score of a sample may be a little below 0, which no forecast's is.
        let score = point.and_then(|point| crps(self.rising, point)).map(|score| Estimate {
            value: score.value.max(0.0),
            low: score.low.max(0.0),
            high: score.high.max(0.0),
        });
        HindcastRow {
            id: row.id.clone(),
            quantity: row.quantity.clone(),
            measure: measure(&row.measure),
            unit: self.unit.to_owned(),
            recorded: bracket(&row.recorded),
            recorded_text: self.recorded_text(&row.recorded),
            is_share: self.is_share(),
            kind: kind(row.kind).to_owned(),
            firmness: firmness(row.firmness),
            note: row.note.clone(),
            derived_from: row.derived_from.clone(),
            count: self.rising.len() as u64,
            share: proportion(self.rising.len() as u64, if self.is_read { self.worlds } else { 0 }),
            simulated: simulated.map(|s| s.map(|q| q.value)),
            simulated_intervals: simulated,
            simulated_text: self.simulated_text(simulated),
            inside: self.inside(&row.recorded),
            holds,
            counts: row.kind == RowKind::Emergent && holds.is_some() && row.derived_from.is_empty(),
            alternatives: self.alternatives(),
            crps: score.map(|s| s.value),
            crps_interval: score,
            crps_of_median: score.and(point).zip(simulated).map(|(p, s)| (s[1].value - p).abs()),
        }
    }

    /// Whether enough worlds have it that 5 and 95 % say something.
    fn is_scored(&self) -> bool {
        self.is_read && self.rising.len() >= LEAST
    }

    fn is_share(&self) -> bool {
        matches!(self.row.recorded, Recorded::ShareAtLeast(_)) || self.unit == FLAG
    }

    fn simulated(&self) -> Option<[Estimate; 3]> {
        let at = |p| quantile_interval(self.rising, p);
        Some([at(0.05)?, at(0.5)?, at(0.95)?])
    }

    /// The single value on record, if there is one.
    fn point(&self) -> Option<f64> {
        match self.row.recorded {
            Recorded::Bracket { low, high } => self.row.point.or((low == high).then_some(low)),
            _ => None,
        }
    }

    fn inside(&self, recorded: &Recorded) -> Option<Estimate> {
        if self.rising.is_empty() {
            return None;
        }
        let holds = |value: &&f64| match recorded {
            Recorded::Bracket { low, high } => (*low..=*high).contains(*value),
            Recorded::ShareAtLeast(_) => **value > 0.5,
            Recorded::Nothing(_) => false,
        };
        let hits = self.rising.iter().filter(holds).count();
        let is_bracket = !matches!(recorded, Recorded::Nothing(_));
        is_bracket.then(|| proportion(hits as u64, self.rising.len() as u64))
    }

    /// Whether the record overlaps the simulated 5-95 %; of something that happened, whether its share
    /// reaches the least share.
    fn holds(&self, recorded: &Recorded) -> Option<bool> {
        if !self.is_scored() {
            return None;
        }
        match recorded {
            Recorded::Bracket { low, high } => {
                let ends = [0.05, 0.95].map(|p| quantile(self.rising, p));
                Some(*low <= ends[1]? && ends[0]? <= *high)
            }
            Recorded::ShareAtLeast(least) => Some(self.inside(recorded)?.value >= *least),
            Recorded::Nothing(_) => None,
        }
    }

    fn alternatives(&self) -> Vec<HindcastAlternative> {
        let one = |other: &hotwash_scenario::OtherRecord| HindcastAlternative {
            recorded: bracket(&other.recorded),
            recorded_text: self.recorded_text(&other.recorded),
            firmness: firmness(other.firmness),
            note: other.note.clone(),
            inside: self.inside(&other.recorded),
            holds: self.holds(&other.recorded),
        };
        self.row.alternatives.iter().map(one).collect()
    }

    fn figure(&self, value: f64) -> String {
        if self.unit != "date" {
            return plain(value);
        }
        let day = self.calendar.day_number(SimTime::STARTEX) + value.round() as i64;
        self.calendar.date(self.calendar.start_of_day(day))
    }

    fn recorded_text(&self, recorded: &Recorded) -> String {
        match recorded {
            Recorded::Bracket { low, high } if low == high => self.figure(*low),
            Recorded::Bracket { low, high } if high.is_infinite() => {
                format!("at least {}", self.figure(*low))
            }
            Recorded::Bracket { low, high } => {
                format!("{} to {}", self.figure(*low), self.figure(*high))
            }
            Recorded::ShareAtLeast(_) => "it was so".to_owned(),
            Recorded::Nothing(why) => why.clone(),
        }
    }

    fn simulated_text(&self, simulated: Option<[Estimate; 3]>) -> String {
        match simulated {
            _ if !self.is_read => String::new(),
            None => "never".to_owned(),
            // A metric that is 0 or 1 is told by how often it is 1.
            Some(_) if self.is_share() => {
                let hits = self.rising.iter().filter(|value| **value > 0.5).count();
                format!("so in {:.0} %", hits as f64 / self.rising.len() as f64 * 100.0)
            }
            Some(ends) => ends.map(|q| self.figure(q.value)).join(" / "),
        }
    }
}

fn bracket(recorded: &Recorded) -> Option<(f64, f64)> {
    match recorded {
        Recorded::Bracket { low, high } => Some((*low, *high)),
        Recorded::ShareAtLeast(least) => Some((*least, 1.0)),
        Recorded::Nothing(_) => None,
    }
}

fn measure(measure: &RowMeasure) -> String {
    match measure {
        RowMeasure::Metric(name) => name.clone(),
        RowMeasure::Sum(names) => names.join(" + "),
        RowMeasure::Date(name) => format!("date of {name}"),
        RowMeasure::Days { from, to } => format!("days from {from} to {to}"),
        RowMeasure::DaysFrom(date, name) => format!("days from {date} to {name}"),
        RowMeasure::Unscored(why) => why.clone(),
    }
}

fn kind(kind: RowKind) -> &'static str {
    match kind {
        RowKind::Emergent => "emergent",
        RowKind::Scripted => "scripted",
        RowKind::Qualitative => "qualitative",
    }
}

fn firmness(firmness: Option<RecordFirmness>) -> String {
    match firmness {
        Some(RecordFirmness::A) => "A",
        Some(RecordFirmness::B) => "B",
        Some(RecordFirmness::C) => "C",
        Some(RecordFirmness::D) => "D",
        None => "-",
    }
    .to_owned()
}

/// A number with two or three figures, its thousands apart.
fn plain(value: f64) -> String {
    let decimals = match value.abs() {
        v if v >= 100.0 || v == v.round() => 0,
        v if v >= 1.0 => 1,
        v if v >= 0.01 => 2,
        v if v >= 0.0001 => 4,
        _ => 6,
    };
    let text = format!("{value:.decimals$}");
    let text = if decimals > 0 { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    group_digits(text)
}

/// What a reader must know.
pub(super) fn notes() -> Vec<String> {
    [
        "This is a check and never a fit: no number of the model was chosen to meet the record.",
        "A row holds if the record overlaps the simulated 5 to 95 %. That is weak support: wide ranges \
         overlap much, rows come from one and the same history, and it was one history.",
        "Emergent rows test the model. Scripted rows were put in and say nothing of it; qualitative rows \
         have no bracket on record, or a threshold of ours. Rows that follow from others are not counted.",
        "Figures are of the worlds in which it happened at all, and say nothing of the others. Cases that \
         came to nothing are on no record.",
        "Dates and distances in days are calendar days, as the record has them.",
    ]
    .map(str::to_owned)
    .to_vec()
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn figures_have_no_false_precision() {
        for (value, text) in [
            (0.0, "0"),
            (0.00001, "0.00001"),
            (0.0046, "0.0046"),
            (0.1, "0.1"),
            (27.04, "27"),
            (12.34, "12.3"),
            (-1234.5, "-1,234"),
            (1_234_567.8, "1,234,568"),
        ] {
            assert_eq!(plain(value), text);
        }
    }
}
