//! Factors: what a sweep varies, with levels that have been checked.

use std::collections::BTreeMap;

use hotwash_engine::{LeverInfo, SimDuration, Simulation};
use hotwash_scenario::Policy;

use super::scale::{self, Axis};
use super::vary::{Vary, Written};
use crate::arm::{Arm, Reply};
use crate::error::LabError;

/// What a factor's levels are levels of.
#[derive(Clone, Debug)]
enum Target {
    Lever,
    /// A decision by its position; levels are its options' positions.
    Decision(u16, Vec<usize>),
    Policy(Vec<Policy>),
}

/// A factor's levels.
#[derive(Clone, Debug)]
pub(super) enum Levels {
    /// These and no others, as text.
    Listed(Vec<String>),
    /// Anything on an axis.
    Range(Axis),
}

/// What a sweep varies.
#[derive(Clone, Debug)]
pub struct Factor {
    name: String,
    about: String,
    unit: String,
    target: Target,
    levels: Levels,
}

/// What a cell sets a factor to.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Setting {
    /// As text.
    pub(super) text: String,
    /// Position of the level where levels are listed.
    pub(super) level: usize,
    /// From -1 at the low end to 1 at the high end of a range; 0 where levels are listed.
    pub(super) place: f64,
}

impl Factor {
    /// A factor whose levels are policies.
    ///
    /// # Errors
    /// Fewer than two, or one twice.
    pub fn policies(policies: Vec<Policy>) -> Result<Factor, LabError> {
        let names: Vec<String> = policies.iter().map(|p| p.name().to_owned()).collect();
        several(Vary::POLICY, &names, &names)?;
        Ok(Factor {
            name: Vary::POLICY.to_owned(),
            about: "The policy that prepares and answers.".to_owned(),
            unit: String::new(),
            target: Target::Policy(policies),
            levels: Levels::Listed(names),
        })
    }

    /// A lever or a decision of a model, with its levels. Only a space-filling design takes a range.
    ///
    /// # Errors
    /// What is wrong with the name or the levels.
    pub fn of(vary: &Vary, model: &Simulation, fills_space: bool) -> Result<Factor, LabError> {
        let levers = &model.catalogue().levers;
        if let Some(lever) = levers.iter().find(|l| l.name == vary.name) {
            return Factor::lever(vary, lever, fills_space);
        }
        let decision = model.decisions().position(|d| d.name.as_str() == vary.name);
        if let Some(number) = decision {
            return Factor::decision(vary, model, number);
        }
        let decisions = model.decisions().map(|d| d.name.as_str());
        let known = levers.iter().map(|l| l.name.as_str()).chain(decisions).chain([Vary::POLICY]);
        Err(LabError::unknown("lever or decision", &vary.name, known))
    }

    /// A lever with its levels.
    pub(super) fn lever(
        vary: &Vary,
        lever: &LeverInfo,
        fills_space: bool,
    ) -> Result<Factor, LabError> {
        let levels = match &vary.levels {
            Written::Listed(list) => {
                list.iter().try_for_each(|text| scale::check(lever, text))?;
                several(&vary.name, list, &scale::canonical(&lever.kind, list))?;
                Levels::Listed(list.clone())
            }
            Written::Steps(low, high, steps) => {
                Levels::Listed(Axis::of(lever, low, high)?.steps(*steps)?)
            }
            Written::Range(low, high) => {
                let axis = Axis::of(lever, low, high)?;
                if !fills_space {
                    let message = format!("{}: {low}..{high} has no steps", lever.name);
                    let hint = format!("write {low}..{high}/LEVELS, or take --design lhs or sobol");
                    return Err(LabError::usage(message).hint(hint));
                }
                Levels::Range(axis)
            }
        };
        Ok(Factor {
            name: lever.name.clone(),
            about: lever.about.to_owned(),
            unit: lever.unit.to_owned(),
            target: Target::Lever,
            levels,
        })
    }

    fn decision(vary: &Vary, model: &Simulation, number: usize) -> Result<Factor, LabError> {
        let Some(decision) = model.decisions().nth(number) else { unreachable!("it was found") };
        let options: Vec<&str> = decision.options.iter().map(|o| o.name.as_str()).collect();
        let Written::Listed(list) = &vary.levels else {
            let message = format!("{} is a decision and has no range", vary.name);
            return Err(LabError::usage(message).hint(format!("options: {}", options.join(", "))));
        };
        let sort = format!("option of decision `{}`", vary.name);
        let position = |text: &String| {
            let found = options.iter().position(|o| o == text);
            found.ok_or_else(|| LabError::unknown(&sort, text, options.iter().copied()))
        };
        let positions: Vec<usize> = list.iter().map(position).collect::<Result<_, _>>()?;
        several(&vary.name, list, list)?;
        Ok(Factor {
            name: vary.name.clone(),
            about: decision.ask.clone(),
            unit: String::new(),
            target: Target::Decision(number as u16, positions),
            levels: Levels::Listed(list.clone()),
        })
    }

    /// A lever, a decision, or `policy`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// One sentence.
    pub(super) fn about(&self) -> &str {
        &self.about
    }

    /// Unit of the levels; empty when there is none.
    pub(super) fn unit(&self) -> &str {
        &self.unit
    }

    /// `lever`, `decision` or `policy`.
    pub fn sort(&self) -> &'static str {
        match self.target {
            Target::Lever => "lever",
            Target::Decision(..) => "decision",
            Target::Policy(_) => "policy",
        }
    }

    /// How many levels are listed; nothing for a range.
    pub(super) fn listed(&self) -> Option<usize> {
        match &self.levels {
            Levels::Listed(list) => Some(list.len()),
            Levels::Range(_) => None,
        }
    }

    /// The levels as text; the two ends of a range.
    pub(super) fn levels(&self) -> Vec<String> {
        match &self.levels {
            Levels::Listed(list) => list.clone(),
            Levels::Range(axis) => axis.ends().to_vec(),
        }
    }

    /// A listed level.
    pub(super) fn at_level(&self, level: usize) -> Setting {
        match &self.levels {
            Levels::Listed(list) => Setting { text: list[level].clone(), level, place: 0.0 },
            Levels::Range(_) => unreachable!("a range has no levels"),
        }
    }

    /// What a coordinate from 0 to 1 stands for: listed levels share it evenly.
    pub(super) fn at(&self, coordinate: f64) -> Setting {
        match &self.levels {
            Levels::Listed(list) => {
                let level = (coordinate * list.len() as f64) as usize;
                self.at_level(level.min(list.len() - 1))
            }
            Levels::Range(axis) => {
                let (text, place) = axis.at(coordinate);
                Setting { text, level: 0, place }
            }
        }
    }

    /// Sets the factor in a cell: its lever, its reply or its policy.
    pub(super) fn set(&self, setting: &Setting, cell: &mut Draft) {
        match &self.target {
            Target::Lever => {
                cell.set.insert(self.name.clone(), setting.text.clone());
            }
            Target::Decision(number, options) => {
                cell.replies.insert(*number, Reply::Instead(options[setting.level]));
            }
            Target::Policy(policies) => cell.policy = Some(policies[setting.level].clone()),
        }
    }

    /// Whether an arm has what this factor varies fixed already.
    pub(super) fn clashes(&self, base: &Arm) -> Option<String> {
        let name = &self.name;
        let flag = match &self.target {
            Target::Lever => base.set().contains_key(name).then_some("set"),
            Target::Decision(number, _) => base.replies().contains_key(number).then_some("decided"),
            Target::Policy(_) => None,
        };
        flag.map(|how| format!("{name} is varied, and {how} for all combinations as well"))
    }
}

/// An arm in the making.
pub(super) struct Draft {
    pub(super) policy: Option<Policy>,
    pub(super) set: BTreeMap<String, String>,
    pub(super) replies: BTreeMap<u16, Reply>,
}

impl Draft {
    pub(super) fn of(base: &Arm) -> Self {
        Draft {
            policy: base.policy().cloned(),
            set: base.set().clone(),
            replies: base.replies().clone(),
        }
    }

    pub(super) fn arm(self, name: String) -> Arm {
        let arm = Arm::new(name, self.policy, self.set);
        self.replies.into_iter().fold(arm, |arm, (decision, reply)| arm.with_reply(decision, reply))
    }
}

/// Two levels or more, none of them twice. `values` are the levels such that equal ones look alike.
fn several(name: &str, levels: &[String], values: &[String]) -> Result<(), LabError> {
    if let [only] = levels {
        let message = format!("{name}: {only} alone is no variation");
        return Err(LabError::usage(message).hint("give two levels or more, or fix it for all"));
    }
    for (i, value) in values.iter().enumerate() {
        if let Some(twin) = values[..i].iter().position(|v| v == value) {
            let both = if levels[i] == levels[twin] {
                format!("level {} is given twice", levels[i])
            } else {
                format!("levels {} and {} are the same", levels[twin], levels[i])
            };
            return Err(LabError::usage(format!("{name}: {both}")));
        }
    }
    Ok(())
}

/// The length of time as text that reads back the same.
pub(super) fn span_text(span: SimDuration) -> String {
    let text = span.to_string();
    if text.parse() == Ok(span) { text } else { format!("{}ms", span.ms()) }
}
