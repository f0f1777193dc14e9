//! Outcomes that differ, in the order in which they matter.

use serde::Serialize;

use super::entry::Outcome;

/// An outcome that differs.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct OutcomeMove {
    /// The metric.
    pub name: String,
    /// Its unit.
    pub unit: String,
    /// `lower`, `higher` or `neither`.
    pub better: String,
    /// Who bears it.
    pub bearer: String,
    /// Whether it is among the scenario's headline.
    pub is_headline: bool,
    /// Its value before, if it had one.
    pub before: Option<f64>,
    /// Its value after, if it has one.
    pub after: Option<f64>,
}

impl OutcomeMove {
    /// Size of the difference next to the larger of the two values: 0 to 2; 2 as well where one side has
    /// no value.
    pub fn scale(&self) -> f64 {
        match (self.before, self.after) {
            (Some(a), Some(b)) => {
                let most = a.abs().max(b.abs());
                if most > 0.0 { (b - a).abs() / most } else { 0.0 }
            }
            _ => 2.0,
        }
    }
}

pub(super) fn moved(before: &[Outcome], after: &[Outcome], headline: &[&str]) -> Vec<OutcomeMove> {
    let find = |list: &[Outcome], name: &str| list.iter().find(|o| o.name == name).cloned();
    let new = after.iter().filter(|o| !before.iter().any(|b| b.name == o.name));
    let mut moved: Vec<OutcomeMove> = before
        .iter()
        .chain(new)
        .filter_map(|outcome| {
            let value = |list| find(list, &outcome.name).and_then(|o| o.value);
            let (a, b) = (value(before), value(after));
            (a != b).then(|| OutcomeMove {
                name: outcome.name.clone(),
                unit: outcome.unit.clone(),
                better: outcome.better.clone(),
                bearer: outcome.bearer.clone(),
                is_headline: headline.contains(&outcome.name.as_str()),
                before: a,
                after: b,
            })
        })
        .collect();
    let place = |m: &OutcomeMove| headline.iter().position(|h| *h == m.name);
    moved.sort_by(|a, b| {
        let rank = |m: &OutcomeMove| place(m).unwrap_or(usize::MAX);
        rank(a).cmp(&rank(b)).then(b.scale().total_cmp(&a.scale())).then(a.name.cmp(&b.name))
    });
    moved
}
