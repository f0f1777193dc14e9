//! Plans: the cells of a sweep, out of its factors and a design.

use std::collections::BTreeSet;

use super::factor::{Draft, Factor, Setting};
use crate::arm::Arm;
use crate::design::{Place, Sobol, full_factorial, latin_hypercube};
use crate::error::LabError;

/// Most combinations of a sweep.
pub const MOST_CELLS: usize = 10_000;

/// How cells are chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Design {
    /// Every combination of the levels.
    Full,
    /// A Latin hypercube of so many points, each in the middle of its stratum.
    LatinHypercube(usize),
    /// So many points of Sobol's sequence, scrambled.
    Sobol(usize),
}

impl Design {
    /// Whether it takes ranges.
    pub fn fills_space(self) -> bool {
        self != Design::Full
    }

    /// As findings name it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Design::Full => "full",
            Design::LatinHypercube(_) => "lhs",
            Design::Sobol(_) => "sobol",
        }
    }
}

/// Which combinations are run.
#[derive(Clone, Debug)]
pub struct Plan {
    pub(super) design: Design,
    pub(super) factors: Vec<Factor>,
    /// By cell, by factor.
    pub(super) cells: Vec<Vec<Setting>>,
}

impl Plan {
    /// The cells of a design. `seed` is for designs that take chance.
    ///
    /// # Errors
    /// No factor, one twice, too many or too few cells.
    pub fn new(factors: Vec<Factor>, design: Design, seed: u64) -> Result<Plan, LabError> {
        if factors.is_empty() {
            return Err(LabError::usage("nothing is varied").hint("give --vary NAME=LEVELS"));
        }
        for (i, factor) in factors.iter().enumerate() {
            if factors[..i].iter().any(|f| f.name() == factor.name()) {
                let message = format!("{} is varied twice", factor.name());
                return Err(LabError::usage(message).hint("give all its levels in one --vary"));
            }
        }
        let cells = match design {
            Design::Full => full(&factors)?,
            Design::LatinHypercube(points) => {
                let points = asked(&factors, points)?;
                let all = latin_hypercube(seed, points, factors.len(), Place::Centre);
                distinct(&factors, all.into_iter())
            }
            Design::Sobol(points) => {
                let points = asked(&factors, points)?;
                let sobol = Sobol::scrambled(factors.len(), seed).ok_or_else(|| {
                    let most = Sobol::MOST;
                    LabError::usage(format!("sobol has at most {most} factors")).hint("take lhs")
                })?;
                distinct(&factors, (0..points as u32).map(|i| sobol.point(i)))
            }
        };
        Ok(Plan { design, factors, cells })
    }

    /// What is varied.
    pub fn factors(&self) -> &[Factor] {
        &self.factors
    }

    /// How many combinations are run: fewer than points of the design where some are the same.
    pub fn cells(&self) -> usize {
        self.cells.len()
    }

    /// An arm per cell: the base with what the cell sets. Answers of a decision that is varied are
    /// given when the cell's policy would have answered.
    ///
    /// # Errors
    /// When the base fixes what is varied.
    pub fn arms(&self, base: &Arm) -> Result<Vec<Arm>, LabError> {
        if let Some(clash) = self.factors.iter().find_map(|f| f.clashes(base)) {
            return Err(LabError::usage(clash).hint("do one of the two"));
        }
        let arm = |cell: &Vec<Setting>| {
            let mut draft = Draft::of(base);
            let mut names = Vec::new();
            for (factor, setting) in self.factors.iter().zip(cell) {
                factor.set(setting, &mut draft);
                names.push(format!("{}={}", factor.name(), setting.text));
            }
            draft.arm(names.join(", "))
        };
        Ok(self.cells.iter().map(arm).collect())
    }
}

fn full(factors: &[Factor]) -> Result<Vec<Vec<Setting>>, LabError> {
    let counts: Vec<usize> = factors.iter().filter_map(Factor::listed).collect();
    let cells = counts.iter().fold(1_u128, |all, count| all.saturating_mul(*count as u128));
    if cells > MOST_CELLS as u128 {
        let message =
            format!("these levels make {cells} combinations; at most {MOST_CELLS} are run");
        let hint = "give fewer levels, or take a sample of them: --design sobol --cells 64";
        return Err(LabError::usage(message).hint(hint));
    }
    let setting = |(factor, level): (&Factor, usize)| factor.at_level(level);
    Ok(full_factorial(&counts).map(|c| factors.iter().zip(c).map(setting).collect()).collect())
}

/// The number of points asked for, if it makes sense.
fn asked(factors: &[Factor], points: usize) -> Result<usize, LabError> {
    if !(2..=MOST_CELLS).contains(&points) {
        return Err(LabError::usage(format!("{points} cells: give 2 to {MOST_CELLS}")));
    }
    let all = factors.iter().try_fold(1_usize, |all, f| all.checked_mul(f.listed()?));
    match all {
        Some(all) if all <= points => {
            let message = format!("these levels make only {all} combinations, not {points}");
            Err(LabError::usage(message).hint("run them all: --design full"))
        }
        _ => Ok(points),
    }
}

/// The cells at these points, each once, in order.
fn distinct(factors: &[Factor], points: impl Iterator<Item = Vec<f64>>) -> Vec<Vec<Setting>> {
    let mut seen = BTreeSet::new();
    let cell = |point: Vec<f64>| -> Vec<Setting> {
        factors.iter().zip(point).map(|(factor, u)| factor.at(u)).collect()
    };
    let is_new = |cell: &Vec<Setting>| {
        seen.insert(cell.iter().map(|s| s.text.clone()).collect::<Vec<String>>())
    };
    points.map(cell).filter(is_new).collect()
}

#[cfg(test)]
mod tests {
    use hotwash_engine::{LeverInfo, LeverKind};

    use super::super::vary::Vary;
    use super::*;

    fn factor(text: &str) -> Factor {
        let vary = Vary::read(text).unwrap();
        let name = vary.name.clone();
        let kind = LeverKind::Count { min: 0, max: 1_000 };
        let value = String::new;
        let lever = LeverInfo { name, kind, default: value(), value: value(), unit: "", about: "" };
        Factor::lever(&vary, &lever, true).unwrap()
    }

    #[test]
    fn too_many_combinations_are_counted_and_refused() {
        let factors = ["a.a=0..100/101", "a.b=0..99/100", "a.c=1,2"].map(factor).to_vec();
        let error = Plan::new(factors.clone(), Design::Full, 1).unwrap_err().to_string();
        assert!(error.contains("20200 combinations") && error.contains("10000"), "{error}");
        assert_eq!(Plan::new(factors, Design::Sobol(64), 1).unwrap().cells(), 64);
        let many: Vec<Factor> = (0..60).map(|i| factor(&format!("a.x{i}=0..9/10"))).collect();
        let error = Plan::new(many, Design::Full, 1).unwrap_err().to_string();
        assert!(error.contains("at most 10000"), "{error}");
    }

    /// A range of whole numbers gives each an equal share, listed levels too, and what comes twice is
    /// run once.
    #[test]
    fn points_become_levels() {
        let factors = ["a.a=1..5", "a.b=7,8,9"].map(factor).to_vec();
        let plan = Plan::new(factors.clone(), Design::LatinHypercube(15), 1).unwrap();
        let again = Plan::new(factors.clone(), Design::LatinHypercube(15), 1).unwrap();
        assert_eq!(plan.cells, again.cells);
        let other = Plan::new(factors, Design::LatinHypercube(15), 2).unwrap();
        assert_ne!(plan.cells, other.cells);
        let wide = ["a.a=1..5", "a.b=0..1000"].map(factor).to_vec();
        let plan = Plan::new(wide, Design::LatinHypercube(500), 1).unwrap();
        for value in ["1", "2", "3", "4", "5"] {
            assert_eq!(plan.cells.iter().filter(|c| c[0].text == value).count(), 100);
        }
        let narrow = ["a.a=1..5", "a.b=1..5"].map(factor).to_vec();
        assert!(Plan::new(narrow, Design::Sobol(128), 1).unwrap().cells() <= 25);
    }
}
