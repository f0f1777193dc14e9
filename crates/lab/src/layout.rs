//! What is kept of a run: its metrics and its decisions, as a row of numbers.

use hotwash_engine::{DecisionId, MetricInfo, MilestoneId, Simulation};

const HOUR_MS: f64 = 3_600_000.0;

/// A decision and the names of its options.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecisionInfo {
    /// Its name.
    pub name: String,
    /// By index.
    pub options: Vec<String>,
}

/// What the numbers of a row mean. All arms of a scenario share one.
#[derive(Clone, Debug)]
pub struct Layout {
    /// First come the metrics' values.
    pub metrics: Vec<MetricInfo>,
    /// Then, for each decision, when it was asked and which option was taken.
    pub decisions: Vec<DecisionInfo>,
    /// Then, if they are kept, when each milestone was reached.
    pub milestones: Vec<String>,
}

impl Layout {
    /// The layout of a scenario's runs, without milestones.
    pub fn of(sim: &Simulation) -> Self {
        let decisions = sim.decisions().map(|d| DecisionInfo {
            name: d.name.as_str().to_owned(),
            options: d.options.iter().map(|o| o.name.as_str().to_owned()).collect(),
        });
        Layout {
            metrics: sim.metrics().cloned().collect(),
            decisions: decisions.collect(),
            milestones: Vec::new(),
        }
    }

    /// The same with all milestones.
    #[must_use]
    pub fn with_milestones(mut self, sim: &Simulation) -> Self {
        self.milestones = sim.catalogue().milestones.iter().map(|m| m.name.clone()).collect();
        self
    }

    /// How many numbers a row has.
    pub fn width(&self) -> usize {
        self.metrics.len() + 2 * self.decisions.len() + self.milestones.len()
    }

    /// A metric's position by name.
    pub fn metric(&self, name: &str) -> Option<usize> {
        self.metrics.iter().position(|m| m.name == name)
    }

    /// Appends the row of a run that has ended.
    ///
    /// # Panics
    /// When the simulation has other metrics or decisions than the layout: a plugin declares
    /// different ones under different levers, which it must not.
    pub fn write(&self, sim: &Simulation, values: &mut Vec<Option<f64>>, row: &mut Vec<f64>) {
        sim.read_metrics(values);
        assert!(
            values.len() == self.metrics.len() && sim.decisions().len() == self.decisions.len(),
            "a plugin declares other metrics or decisions under other levers"
        );
        row.extend(values.iter().map(|v| v.filter(|v| v.is_finite()).unwrap_or(f64::NAN)));
        for number in 0..self.decisions.len() {
            let state = sim.decision_state(DecisionId(number as u16));
            row.push(state.asked_at.map_or(f64::NAN, |at| at.ms() as f64 / HOUR_MS));
            row.push(state.taken.map_or(f64::NAN, |option| option as f64));
        }
        let reached = sim.milestones();
        for number in 0..self.milestones.len() {
            let at = reached.get(usize::from(MilestoneId(number as u16).0)).copied().flatten();
            row.push(at.map_or(f64::NAN, |at| at.ms() as f64 / HOUR_MS));
        }
    }

    /// A row, to read.
    pub fn row<'a>(&'a self, numbers: &'a [f64]) -> Row<'a> {
        Row { layout: self, numbers }
    }
}

/// A run as it was kept.
#[derive(Clone, Copy, Debug)]
pub struct Row<'a> {
    layout: &'a Layout,
    numbers: &'a [f64],
}

fn known(value: f64) -> Option<f64> {
    (!value.is_nan()).then_some(value)
}

impl Row<'_> {
    /// A metric's value, if it has one in this run.
    pub fn metric(&self, index: usize) -> Option<f64> {
        known(self.numbers[index])
    }

    /// Hours from STARTEX until a decision came up, if it did.
    pub fn asked_hours(&self, decision: usize) -> Option<f64> {
        known(self.numbers[self.layout.metrics.len() + 2 * decision])
    }

    /// The option taken in a decision, if it was answered.
    pub fn taken(&self, decision: usize) -> Option<usize> {
        known(self.numbers[self.layout.metrics.len() + 2 * decision + 1]).map(|o| o as usize)
    }

    /// Hours from STARTEX until a milestone was reached, if it was and milestones are kept.
    pub fn reached_hours(&self, milestone: usize) -> Option<f64> {
        known(self.numbers[self.layout.metrics.len() + 2 * self.layout.decisions.len() + milestone])
    }
}
