//! Answers given on the command line, in front of a policy's.

use std::collections::BTreeMap;

use hotwash_engine::{Answer, Decider, Question, SimDuration};
use hotwash_scenario::Scenario;

use crate::exit::{Code, Failure};

/// A decider whose fixed answers win over another's.
pub struct Overrides<D> {
    fixed: BTreeMap<u16, usize>,
    inner: D,
}

impl<D: Decider> Overrides<D> {
    /// The inner decider with these `decision=option` answers in front.
    ///
    /// # Errors
    /// When the scenario has no such decision or option.
    pub fn new(
        inner: D,
        scenario: &Scenario,
        answers: &BTreeMap<String, String>,
    ) -> Result<Self, Failure> {
        let fixed = chosen(scenario, answers)?;
        Ok(Overrides { fixed, inner })
    }
}

impl<D: Decider> Decider for Overrides<D> {
    fn decide(&mut self, question: &Question<'_>) -> Answer {
        match self.fixed.get(&question.id.0) {
            Some(&option) => Answer::Choose { option, after: SimDuration::ZERO },
            None => self.inner.decide(question),
        }
    }
}

/// Decisions and options by position, from their names.
pub(crate) fn chosen(
    scenario: &Scenario,
    answers: &BTreeMap<String, String>,
) -> Result<BTreeMap<u16, usize>, Failure> {
    let decisions = scenario.decisions();
    let find = |(name, option): (&String, &String)| {
        let number = decisions.iter().position(|d| d.name.as_str() == name).ok_or_else(|| {
            Failure::unknown("decision", name, decisions.iter().map(|d| d.name.as_str()))
        })?;
        let options = &decisions[number].options;
        let chosen = options.iter().position(|o| o.name.as_str() == option).ok_or_else(|| {
            let sort = format!("option of decision `{name}`");
            Failure::unknown(&sort, option, options.iter().map(|o| o.name.as_str()))
        })?;
        Ok((number as u16, chosen))
    };
    answers.iter().map(find).collect()
}

/// Splits `name=value` arguments.
pub(crate) fn pairs(list: &[String], flag: &str) -> Result<BTreeMap<String, String>, Failure> {
    let mut map = BTreeMap::new();
    for item in list {
        let split = item.split_once('=').filter(|(name, _)| !name.trim().is_empty());
        let Some((name, value)) = split else {
            let message = format!("{flag} {item}: write {flag} NAME=VALUE");
            return Err(Failure::new(Code::Usage, message));
        };
        if map.insert(name.trim().to_owned(), value.trim().to_owned()).is_some() {
            return Err(Failure::new(Code::Usage, format!("{flag} {name} is given twice")));
        }
    }
    Ok(map)
}
