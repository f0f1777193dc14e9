//! Arms: the ways to prepare and answer that a study runs over the same worlds.

use std::collections::BTreeMap;

use hotwash_engine::{Answer, Decider, Question, SimDuration, Simulation};
use hotwash_scenario::{Policy, PolicyDecider};

/// Who answers a decision in place of the arm's first policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reply {
    /// Another of the arm's policies, by position.
    Of(usize),
    /// This option, as soon as it is asked.
    AtOnce(usize),
    /// This option, whenever the first policy would have answered: only *what* is chosen differs.
    Instead(usize),
}

/// A way to prepare and answer: policies, lever values, answers.
#[derive(Clone, Debug)]
pub struct Arm {
    name: String,
    policies: Vec<Policy>,
    set: BTreeMap<String, String>,
    replies: BTreeMap<u16, Reply>,
    key: String,
}

impl Arm {
    /// An arm that follows a policy, or takes every default when there is none. `set` are lever
    /// values that win over the policy's.
    pub fn new(
        name: impl Into<String>,
        policy: Option<Policy>,
        set: BTreeMap<String, String>,
    ) -> Self {
        let mut arm = Arm {
            name: name.into(),
            policies: policy.into_iter().collect(),
            set,
            replies: BTreeMap::new(),
            key: String::new(),
        };
        arm.rekey();
        arm
    }

    /// The same with another policy to delegate to; `Reply::Of` with its position, 1 for the first.
    #[must_use]
    pub fn with_policy(mut self, policy: Policy) -> Self {
        self.policies.push(policy);
        self.rekey();
        self
    }

    /// The same with a reply to a decision, by its position in the scenario.
    #[must_use]
    pub fn with_reply(mut self, decision: u16, reply: Reply) -> Self {
        self.replies.insert(decision, reply);
        self
    }

    /// What it is called: a policy's name, or what a study made up.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The policy whose levers count and that answers what no reply names.
    pub fn policy(&self) -> Option<&Policy> {
        self.policies.first()
    }

    /// The name of one of its policies, by position; `defaults` when there is none.
    pub fn policy_name(&self, position: usize) -> &str {
        self.policies.get(position).map_or("defaults", Policy::name)
    }

    /// Lever values that win over the policy's.
    pub fn set(&self) -> &BTreeMap<String, String> {
        &self.set
    }

    /// Replies by decision.
    pub fn replies(&self) -> &BTreeMap<u16, Reply> {
        &self.replies
    }

    /// Arms with the same key can share a simulation: they differ in replies at most.
    pub(crate) fn key(&self) -> &str {
        &self.key
    }

    fn rekey(&mut self) {
        let names: Vec<String> = self.policies.iter().map(|p| p.text().0).collect();
        self.key = format!("{names:?} {:?}", self.set);
    }

    pub(crate) fn decider(&self, sim: &Simulation) -> ArmDecider {
        let policies = self.policies.iter().map(|p| p.decider(sim)).collect();
        ArmDecider { policies, replies: vec![None; sim.decisions().len()] }
    }
}

/// Follows an arm in a simulation.
pub(crate) struct ArmDecider {
    policies: Vec<PolicyDecider>,
    /// By decision.
    replies: Vec<Option<Reply>>,
}

impl ArmDecider {
    pub(crate) fn follow(&mut self, replies: &BTreeMap<u16, Reply>) {
        self.replies.fill(None);
        for (decision, reply) in replies {
            self.replies[usize::from(*decision)] = Some(*reply);
        }
    }

    pub(crate) fn held(&self, decision: usize) -> Option<usize> {
        self.policies.first()?.held(decision)
    }

    fn ask(&mut self, policy: usize, question: &Question<'_>) -> Answer {
        match self.policies.get_mut(policy) {
            Some(policy) => policy.decide(question),
            None => Answer::Choose { option: question.decision.default, after: SimDuration::ZERO },
        }
    }
}

impl Decider for ArmDecider {
    fn decide(&mut self, question: &Question<'_>) -> Answer {
        match self.replies.get(usize::from(question.id.0)).copied().flatten() {
            None => self.ask(0, question),
            Some(Reply::Of(policy)) => self.ask(policy, question),
            Some(Reply::AtOnce(option)) => Answer::Choose { option, after: SimDuration::ZERO },
            Some(Reply::Instead(option)) => instead(self.ask(0, question), option, question),
        }
    }
}

/// The answer with another option at the same time. Rules that would let the time run out get the
/// default then, so the other option comes then too.
fn instead(answer: Answer, option: usize, question: &Question<'_>) -> Answer {
    match answer {
        Answer::Choose { after, .. } => Answer::Choose { option, after },
        Answer::Later(wait) => {
            let now = question.view.now();
            let due = question.asked_at + question.decision.limit;
            let is_last = now + wait.max(SimDuration::from_minutes(1)) >= due;
            if is_last { Answer::Choose { option, after: due - now } } else { answer }
        }
        Answer::Hold => Answer::Hold,
    }
}
