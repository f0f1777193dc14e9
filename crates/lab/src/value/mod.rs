//! The value of decisions: every world is forked at every decision, and the difference between two
//! policies is shared out over the choices in which they differ.

mod choices;
mod forks;
mod shares;
#[cfg(test)]
mod tests;
mod walk;
mod worth;

use std::sync::Arc;

use hotwash_scenario::{DecisionSpec, Policy, Scenario};

use self::choices::Choices;
use self::forks::Forks;
use self::shares::Shares;
use self::walk::Walk;
use self::worth::Worth;
use crate::arm::Arm;
use crate::bench::Bench;
use crate::conduct::{Job, Round, Study};
use crate::error::LabError;
use crate::findings::{ArmInfo, Header, Measure, Value};
use crate::layout::Layout;

/// What an arm without a policy does, in words.
const NO_POLICY: &str = "No policy: every decision takes its default.";

/// What each decision is worth under an arm, and, if asked for, where the difference to another policy
/// comes from.
///
/// Its first batches are forks, the rest walks from one policy to the other.
pub struct ValueStudy {
    specs: Vec<DecisionSpec>,
    job: ValueJob,
    is_begun: bool,
    worth: Worth,
    shares: Option<Shares>,
}

/// A batch of [`ValueStudy`].
#[derive(Clone)]
pub struct ValueJob {
    forks: Arc<Forks>,
    walk: Option<Arc<Walk>>,
}

impl ValueJob {
    /// Batches of forks; those of walks come after.
    fn fork_batches(&self) -> u64 {
        crate::batches(self.forks.worlds)
    }
}

impl Job for ValueJob {
    fn work(&self, bench: &mut Bench<'_>, batch: u64, out: &mut Vec<f64>) -> Result<(), LabError> {
        match (batch.checked_sub(self.fork_batches()), &self.walk) {
            (Some(batch), Some(walk)) => walk.work(bench, batch, out),
            _ => self.forks.work(bench, batch, out),
        }
    }
}

impl ValueStudy {
    /// A study of an arm over worlds of a seed; `metrics` are positions in the layout.
    pub fn new(
        scenario: &Scenario,
        arm: Arm,
        layout: Layout,
        metrics: Vec<usize>,
        seed: u64,
        worlds: u64,
    ) -> Self {
        let forks = Arc::new(Forks::new(arm, layout, metrics, seed, worlds));
        ValueStudy {
            specs: scenario.decisions().to_vec(),
            worth: Worth::new(&forks),
            job: ValueJob { forks, walk: None },
            is_begun: false,
            shares: None,
        }
    }

    /// The same, and where the difference to another policy comes from.
    ///
    /// # Errors
    /// When the arm follows no policy, the two do not differ in anything, or one cannot be built.
    pub fn against(mut self, scenario: &Scenario, policy: Policy) -> Result<Self, LabError> {
        let Forks { arm, layout, metrics, seed, worlds, .. } = &*self.job.forks;
        let choices = Choices::new(scenario, arm, policy)?;
        let (layout, metrics) = (layout.clone(), metrics.clone());
        let walk = Walk { choices, layout, metrics, seed: *seed, worlds: *worlds };
        self.shares = Some(Shares::new(&walk));
        self.job.walk = Some(Arc::new(walk));
        Ok(self)
    }

    /// Worlds forked so far.
    pub fn worlds(&self) -> u64 {
        self.worth.worlds
    }

    /// Runs made so far.
    pub fn runs(&self) -> u64 {
        self.worth.runs + self.shares.as_ref().map_or(0, |shares| shares.runs)
    }

    /// What has been found so far. The policy of the header's study is named with its summary.
    pub fn finding(&self, mut header: Header) -> Value {
        let forks = &self.job.forks;
        let (decisions, ranking) = self.worth.findings(&self.specs);
        let walked = self.shares.as_ref().zip(self.job.walk.as_ref());
        let shapley = walked.and_then(|(shares, walk)| shares.finding(walk));
        header.notes.extend(self.notes(shapley.is_some()));
        header.notes.extend(walked.and_then(|(shares, walk)| shares.too_few(walk)));
        let summary = forks.arm.policy().map_or(NO_POLICY, Policy::summary);
        Value {
            header,
            policy: ArmInfo { name: forks.arm.name().to_owned(), summary: summary.to_owned() },
            measures: forks
                .metrics
                .iter()
                .map(|m| (&forks.layout.metrics[*m]).into())
                .collect::<Vec<Measure>>(),
            spreads: self.worth.spreads(),
            decisions,
            ranking,
            pairing: self.worth.pairing(),
            shapley,
        }
    }

    fn notes(&self, is_shared_out: bool) -> Vec<String> {
        let mut notes = vec![
            "The worth of a decision depends on the policy that answers everything else: under another \
             policy it is another one."
                .to_owned(),
            "Each option is taken at the moment when the policy would have answered; that it could be \
             taken earlier or later is not examined."
                .to_owned(),
            "Intervals are 95 % each, for chance alone: that numbers of the model are guesses is not in \
             them."
                .to_owned(),
        ];
        if is_shared_out {
            notes.push(
                "Shapley shares average over all orders in which choices could be switched. That is a \
                 convention: what a choice adds depends on which others have been made."
                    .to_owned(),
            );
        } else if self.shares.is_some() {
            notes.push(
                "The study was stopped before any world was walked to the other policy.".to_owned(),
            );
        }
        notes
    }
}

impl Study for ValueStudy {
    type Job = ValueJob;

    fn next_round(&mut self) -> Option<Round<ValueJob>> {
        if std::mem::replace(&mut self.is_begun, true) {
            return None;
        }
        let ValueJob { forks, walk } = &self.job;
        let walks = walk.as_ref().map_or((0, 0), |w| (w.batches(), w.worlds * w.runs()));
        Some(Round {
            batches: 0..self.job.fork_batches() + walks.0,
            // Decisions that do not come up save runs; how many is not known before.
            runs: forks.worlds * forks.most_runs() + walks.1,
            job: self.job.clone(),
        })
    }

    fn absorb(&mut self, batch: u64, numbers: &[f64]) {
        match (batch.checked_sub(self.job.fork_batches()), &self.job.walk, &mut self.shares) {
            (Some(_), Some(walk), Some(shares)) => shares.absorb(walk, numbers),
            _ => self.job.forks.read(numbers).iter().for_each(|world| self.worth.absorb(world)),
        }
    }
}
