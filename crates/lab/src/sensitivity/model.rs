//! The model's numbers as things to move, and runs with some of them moved.

use hotwash_engine::{Dist, Fault, Firmness, ParamInfo, RunKey, Simulation, group_digits};

use crate::arm::Arm;
use crate::bench::{Bench, Seat};
use crate::error::LabError;
use crate::findings::NumberInfo;

/// A number of the model.
#[derive(Clone, Debug)]
pub(super) struct Number {
    pub(super) info: NumberInfo,
    pub(super) is_guess: bool,
    /// Whether it has no distribution, so that its range is the engine's.
    pub(super) is_fixed: bool,
    pub(super) is_read_at_build: bool,
    /// Its place in the catalogue of each arm that has it.
    places: Vec<Option<usize>>,
}

impl Number {
    fn new(param: &ParamInfo, arms: usize) -> Self {
        let [low, high] = [0.05, 0.95].map(|at| short(param.at(at)));
        let range = match param.dist {
            Dist::Fixed(value) => format!("fixed {}, moved {low} to {high}", short(value)),
            _ => format!("{low} to {high} (5-95 %)"),
        };
        let info = NumberInfo {
            path: param.path.clone(),
            unit: param.unit.to_owned(),
            firmness: param.firmness.to_string(),
            source: param.source.clone(),
            range,
        };
        Number {
            info,
            is_guess: param.firmness == Firmness::Guess,
            is_fixed: matches!(param.dist, Dist::Fixed(_)),
            is_read_at_build: param.is_read_at_build,
            places: vec![None; arms],
        }
    }
}

/// Three digits of a number, thousands grouped.
fn short(value: f64) -> String {
    if value == 0.0 {
        return "0".to_owned();
    }
    let places = 2 - libm::floor(libm::log10(value.abs())) as i32;
    let unit = libm::pow(10.0, f64::from(places));
    let text = format!("{:.*}", places.max(0) as usize, (value * unit).round() / unit);
    let text = if places > 0 { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    group_digits(text)
}

/// Arms whose numbers can be moved, and the outcome that is watched.
#[derive(Clone, Debug)]
pub(super) struct Model {
    pub(super) arms: Vec<Arm>,
    pub(super) metric: usize,
    pub(super) seed: u64,
    /// All numbers of any arm, in the order of the catalogues.
    pub(super) numbers: Vec<Number>,
}

impl Model {
    /// `built` are simulations of the arms.
    pub(super) fn new(arms: Vec<Arm>, built: &[Simulation], metric: usize, seed: u64) -> Self {
        let mut numbers: Vec<Number> = Vec::new();
        for (arm, sim) in built.iter().enumerate() {
            for (place, param) in sim.catalogue().params.iter().enumerate() {
                let is_there = |n: &Number| n.info.path == param.path;
                // Arms of a scenario nearly always list the same numbers in the same places.
                let same_place = numbers.get(place).is_some_and(is_there).then_some(place);
                let known = same_place.or_else(|| numbers.iter().position(is_there));
                let number = known.unwrap_or_else(|| {
                    numbers.push(Number::new(param, built.len()));
                    numbers.len() - 1
                });
                numbers[number].places[arm] = Some(place);
            }
        }
        Model { arms, metric, seed, numbers }
    }

    /// An arm's simulation, ready to be moved.
    pub(super) fn player<'m, 'b>(
        &'m self,
        bench: &'b mut Bench<'_>,
        arm: usize,
    ) -> Result<Player<'m, 'b>, LabError> {
        let seat = bench.seat(&self.arms[arm])?;
        Ok(Player { model: self, arm, seat, values: Vec::new(), bent: Vec::new() })
    }
}

/// Runs of an arm with numbers moved. Puts them back in the end.
pub(super) struct Player<'m, 'b> {
    model: &'m Model,
    arm: usize,
    seat: &'b mut Seat,
    values: Vec<Option<f64>>,
    bent: Vec<usize>,
}

impl Player<'_, '_> {
    /// Moves a number to a position in its range.
    pub(super) fn bend(&mut self, number: usize, at: f64) {
        if let Some(place) = self.model.numbers[number].places[self.arm] {
            self.seat.sim_mut().bend(place, Some(at));
            self.bent.push(place);
        }
    }

    /// The outcome in a world; NaN where it has no value.
    pub(super) fn outcome(&mut self, replication: u64) -> Result<f64, LabError> {
        let key = RunKey { seed: self.model.seed, replication };
        let run = self.seat.run(&self.model.arms[self.arm], key).map_err(with_numbers_moved)?;
        run.read_metrics(&mut self.values);
        let value = self.values[self.model.metric];
        Ok(value.filter(|v| v.is_finite()).unwrap_or(f64::NAN))
    }
}

impl Drop for Player<'_, '_> {
    fn drop(&mut self) {
        for place in self.bent.drain(..) {
            self.seat.sim_mut().bend(place, None);
        }
    }
}

/// A fault that a plain run of that world would not show.
fn with_numbers_moved(error: LabError) -> LabError {
    match error {
        // A mistake of the scenario stays one, at its place.
        LabError::Fault { fault: Fault::Author { mut problem, at }, arm, key } => {
            problem.message += ", with numbers of the model moved in their ranges, so that a plain \
                                run may not show it";
            LabError::Fault { fault: Fault::Author { problem, at }, arm, key }
        }
        LabError::Fault { .. } => {
            LabError::Bug(format!("{error}, with numbers of the model moved in their ranges"))
        }
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::short;

    #[test]
    fn numbers_have_three_digits() {
        let cases = [
            (0.0, "0"),
            (3.0, "3"),
            (1.6077, "1.61"),
            (0.012_345, "0.0123"),
            (-12.0, "-12"),
            (7_212_345.0, "7,210,000"),
        ];
        for (value, text) in cases {
            assert_eq!(short(value), text);
        }
    }
}
