//! In what two policies differ: levers and answers, and arms that have some of one and some of the other.

use std::collections::BTreeMap;

use hotwash_engine::{LeverInfo, LeverKind, SimDuration};
use hotwash_scenario::{Policy, Scenario};

use crate::arm::{Arm, Reply};
use crate::error::LabError;

/// What a choice switches.
enum Switch {
    /// A decision, by position.
    Decision(u16),
    /// A lever, by name.
    Lever,
}

/// Something in which two policies differ.
pub(super) struct Choice {
    pub(super) name: String,
    pub(super) from: String,
    pub(super) to: String,
    switch: Switch,
}

impl Choice {
    pub(super) fn sort(&self) -> &'static str {
        match self.switch {
            Switch::Decision(_) => "decision",
            Switch::Lever => "lever",
        }
    }
}

/// Two policies and the choices in which they differ: first levers, then decisions.
pub(super) struct Choices {
    base: Arm,
    from: Policy,
    pub(super) to: Policy,
    pub(super) list: Vec<Choice>,
}

impl Choices {
    /// The choices between an arm's policy and another. What is set or answered for both is none.
    pub(super) fn new(scenario: &Scenario, base: &Arm, to: Policy) -> Result<Self, LabError> {
        let Some(from) = base.policy().cloned() else {
            let message = "there is no policy to compare with: the first one is missing";
            return Err(LabError::usage(message).hint("name it with --policy"));
        };
        let mut list = levers(scenario, base, &from, &to)?;
        for (number, spec) in scenario.decisions().iter().enumerate() {
            let is_fixed = base.replies().contains_key(&(number as u16));
            if !is_fixed && !from.answers_alike(&to, number, spec) {
                list.push(Choice {
                    name: spec.name.as_str().to_owned(),
                    from: from.answer_in_words(number, spec),
                    to: to.answer_in_words(number, spec),
                    switch: Switch::Decision(number as u16),
                });
            }
        }
        if list.is_empty() {
            let message =
                format!("policies `{}` and `{}` do not differ in anything", from.name(), to.name());
            let is_fixed = !base.set().is_empty() || !base.replies().is_empty();
            let hint = if is_fixed {
                "what is set or decided for both is no difference between them"
            } else {
                "they have the same levers and answers: name two that differ"
            };
            return Err(LabError::usage(message).hint(hint));
        }
        Ok(Choices { base: base.clone(), from, to, list })
    }

    /// Whether a simulation has to be built for some of them.
    pub(super) fn have_levers(&self) -> bool {
        self.list.iter().any(|choice| matches!(choice.switch, Switch::Lever))
    }

    /// An arm in which some choices, by position, are those of the second policy.
    pub(super) fn arm(&self, switched: &[bool]) -> Arm {
        let mut set: BTreeMap<String, String> = self.base.set().clone();
        let mut replies = self.base.replies().clone();
        for (choice, is_switched) in self.list.iter().zip(switched) {
            match choice.switch {
                Switch::Lever => {
                    let value = if *is_switched { &choice.to } else { &choice.from };
                    set.insert(choice.name.clone(), value.clone());
                }
                Switch::Decision(number) if *is_switched => {
                    replies.insert(number, Reply::Of(1));
                }
                Switch::Decision(_) => {}
            }
        }
        let name = format!("between {} and {}", self.from.name(), self.to.name());
        let arm = Arm::new(name, Some(self.from.clone()), set).with_policy(self.to.clone());
        replies.into_iter().fold(arm, |arm, (decision, reply)| arm.with_reply(decision, reply))
    }
}

/// Levers whose values differ, as a simulation of each policy has them.
fn levers(
    scenario: &Scenario,
    base: &Arm,
    from: &Policy,
    to: &Policy,
) -> Result<Vec<Choice>, LabError> {
    let build = |policy| scenario.build(base.set(), Some(policy)).map_err(LabError::Build);
    let (first, second) = (build(from)?, build(to)?);
    let pairs = first.catalogue().levers.iter().zip(&second.catalogue().levers);
    let differing = pairs.filter(|(a, b)| !is_same(a, &b.value)).map(|(a, b)| Choice {
        name: a.name.clone(),
        from: a.value.clone(),
        to: b.value.clone(),
        switch: Switch::Lever,
    });
    Ok(differing.collect())
}

/// Whether a lever's value means the same as another: `7d` is `1w`.
fn is_same(lever: &LeverInfo, other: &str) -> bool {
    let one = lever.value.as_str();
    let spans = || Some(one.parse::<SimDuration>().ok()? == other.parse::<SimDuration>().ok()?);
    let numbers = || Some(one.parse::<f64>().ok()? == other.parse::<f64>().ok()?);
    let read = match lever.kind {
        LeverKind::Span { .. } => spans(),
        LeverKind::Number { .. } | LeverKind::Count { .. } => numbers(),
        LeverKind::Flag | LeverKind::Choice(_) => None,
    };
    read.unwrap_or(one == other)
}
