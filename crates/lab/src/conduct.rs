//! Conducting a study: batches on all cores, results in order.
//!
//! Threads and channels of the standard library in place of a work-stealing pool: results have to be
//! taken in the order of batches while later ones are under way, with a bounded number in between,
//! which a parallel iterator does not offer.

use std::collections::BTreeMap;
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Mutex, PoisonError};

use hotwash_scenario::Scenario;

use crate::bench::Bench;
use crate::error::LabError;
use crate::log::Log;

/// Batches handed out ahead of the one that is waited for, per thread.
const AHEAD: usize = 8;

/// What a worker does for a study: a pure function of the batch's number.
pub trait Job: Sync {
    /// Does a batch and appends its numbers to `out`.
    ///
    /// # Errors
    /// What stopped it; the first in the order of batches ends the study.
    fn work(&self, bench: &mut Bench<'_>, batch: u64, out: &mut Vec<f64>) -> Result<(), LabError>;
}

/// The batches that a study needs next.
pub struct Round<J> {
    /// Their numbers: each batch of a study has one of its own, over all rounds.
    pub batches: Range<u64>,
    /// How many runs of a simulation they are, for the progress bar.
    pub runs: u64,
    /// What to do for each.
    pub job: J,
}

/// What is wanted of many runs.
pub trait Study {
    /// What workers do.
    type Job: Job;

    /// The next batches, given all that has been absorbed; nothing when the study is done.
    fn next_round(&mut self) -> Option<Round<Self::Job>>;

    /// Takes a batch's numbers. Called in the order of batches.
    fn absorb(&mut self, batch: u64, numbers: &[f64]);
}

/// A part of a study's batches: every `of`-th from `index` on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Shard {
    /// From 0.
    pub index: u64,
    /// How many parts there are.
    pub of: u64,
}

impl Shard {
    /// The whole study.
    pub const WHOLE: Shard = Shard { index: 0, of: 1 };

    /// Whether a batch belongs to this part.
    pub fn has(self, batch: u64) -> bool {
        batch % self.of == self.index
    }
}

/// How far a round has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Runs done in this round.
    pub done: u64,
    /// Runs that this round has.
    pub of: u64,
}

/// How a study is conducted. None of it changes what the study finds.
pub struct Conduct<'a> {
    /// What is run.
    pub scenario: &'a Scenario,
    /// Workers, at least one.
    pub threads: usize,
    /// Which batches to do. In a part of a study nothing is absorbed: its log is what it yields.
    pub shard: Shard,
    /// Where batches are kept, and taken from when they are there.
    pub log: Option<&'a mut Log>,
    /// Set by somebody else to end after the batches in hand.
    pub stop: &'a AtomicBool,
    /// Told after each batch.
    pub progress: &'a mut dyn FnMut(Progress),
}

/// How a study ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// All its batches are done.
    Complete,
    /// It was stopped; the batches absorbed are the first ones of the study, without a gap.
    Stopped,
}

/// Does a study.
///
/// # Errors
/// What stopped it: the same for any number of threads.
pub fn conduct<S: Study>(study: &mut S, conduct: &mut Conduct<'_>) -> Result<Ended, LabError> {
    while let Some(round) = study.next_round() {
        let ended = run_round(study, &round, conduct)?;
        if ended == Ended::Stopped || conduct.shard != Shard::WHOLE {
            return Ok(ended);
        }
    }
    Ok(Ended::Complete)
}

type Done = (u64, Result<Vec<f64>, LabError>);

fn run_round<S: Study>(
    study: &mut S,
    round: &Round<S::Job>,
    conduct: &mut Conduct<'_>,
) -> Result<Ended, LabError> {
    let (scenario, stop, threads) = (conduct.scenario, conduct.stop, conduct.threads.max(1));
    let (hand_out, tasks) = channel::<u64>();
    let (hand_in, results) = channel::<Done>();
    let tasks = Mutex::new(tasks);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            let (tasks, hand_in, job) = (&tasks, hand_in.clone(), &round.job);
            scope.spawn(move || worker(scenario, job, tasks, &hand_in, stop));
        }
        drop(hand_in);
        let foreman = Foreman { hand_out, results, waiting: BTreeMap::new() };
        foreman.lead(study, round, conduct, threads * AHEAD)
    })
}

fn worker<J: Job>(
    scenario: &Scenario,
    job: &J,
    tasks: &Mutex<Receiver<u64>>,
    hand_in: &Sender<Done>,
    stop: &AtomicBool,
) {
    let mut bench = Bench::new(scenario);
    loop {
        let task = {
            let tasks = tasks.lock().unwrap_or_else(PoisonError::into_inner);
            // Batches are taken in order under this lock, so those begun have no gap among them.
            if stop.load(Ordering::Relaxed) { None } else { tasks.recv().ok() }
        };
        let Some(batch) = task else { return };
        let mut out = Vec::new();
        let worked = catch_unwind(AssertUnwindSafe(|| job.work(&mut bench, batch, &mut out)));
        let result = match worked {
            Ok(result) => result.map(|()| out),
            Err(_) => Err(LabError::Bug(format!("a worker stopped unexpectedly in batch {batch}"))),
        };
        if hand_in.send((batch, result)).is_err() {
            return;
        }
    }
}

struct Foreman {
    hand_out: Sender<u64>,
    results: Receiver<Done>,
    /// Done before their turn.
    waiting: BTreeMap<u64, Result<Vec<f64>, LabError>>,
}

impl Foreman {
    fn lead<S: Study>(
        mut self,
        study: &mut S,
        round: &Round<S::Job>,
        conduct: &mut Conduct<'_>,
        ahead: usize,
    ) -> Result<Ended, LabError> {
        let shard = conduct.shard;
        let wanted = round.batches.clone().filter(|b| shard.has(*b));
        let is_kept = |log: &Option<&mut Log>, b: &u64| log.as_ref().is_some_and(|l| l.has(*b));
        let to_do: Vec<u64> = wanted.clone().filter(|b| !is_kept(&conduct.log, b)).collect();
        let mut to_do = to_do.into_iter();
        for batch in to_do.by_ref().take(ahead) {
            let _ = self.hand_out.send(batch);
        }
        let total = wanted.clone().count() as u64;
        // A part of a study has its share of the runs.
        let all = round.batches.clone().count().max(1) as u64;
        let runs = (u128::from(round.runs) * u128::from(total) / u128::from(all)) as u64;
        let mut done = 0;
        for batch in wanted {
            let kept = match &mut conduct.log {
                Some(log) => log.read(batch)?,
                None => None,
            };
            let numbers = match kept {
                Some(numbers) => numbers,
                None => {
                    let Some(result) = self.wait_for(batch) else { return Ok(Ended::Stopped) };
                    if let Some(next) = to_do.next() {
                        let _ = self.hand_out.send(next);
                    }
                    let numbers = result?;
                    if let Some(log) = &mut conduct.log {
                        log.append(batch, &numbers)?;
                    }
                    numbers
                }
            };
            if shard == Shard::WHOLE {
                study.absorb(batch, &numbers);
            }
            done += 1;
            (conduct.progress)(Progress { done: runs * done / total, of: runs });
        }
        Ok(Ended::Complete)
    }

    /// The result of a batch; nothing when the workers have stopped before it.
    fn wait_for(&mut self, batch: u64) -> Option<Result<Vec<f64>, LabError>> {
        while !self.waiting.contains_key(&batch) {
            let (number, result) = self.results.recv().ok()?;
            self.waiting.insert(number, result);
        }
        self.waiting.remove(&batch)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::AtomicU64;

    use super::*;
    use crate::toy;

    /// Ten batches whose only number is theirs; counts how many are worked on.
    struct Ten<'a> {
        worked: &'a AtomicU64,
        is_asked: bool,
        absorbed: Vec<u64>,
    }

    struct Count<'a>(&'a AtomicU64);

    impl Job for Count<'_> {
        fn work(&self, _: &mut Bench<'_>, batch: u64, out: &mut Vec<f64>) -> Result<(), LabError> {
            self.0.fetch_add(1, Ordering::Relaxed);
            out.push(batch as f64);
            Ok(())
        }
    }

    impl<'a> Study for Ten<'a> {
        type Job = Count<'a>;

        fn next_round(&mut self) -> Option<Round<Count<'a>>> {
            let is_first = !std::mem::replace(&mut self.is_asked, true);
            is_first.then_some(Round { batches: 0..10, runs: 10, job: Count(self.worked) })
        }

        fn absorb(&mut self, batch: u64, numbers: &[f64]) {
            assert_eq!(numbers, [batch as f64]);
            self.absorbed.push(batch);
        }
    }

    /// How many batches were worked on, and which were absorbed.
    fn conducted(log: &mut Log, shard: Shard) -> (u64, Vec<u64>) {
        let (scenario, stop, worked) = (toy::scenario(), AtomicBool::new(false), AtomicU64::new(0));
        let mut study = Ten { worked: &worked, is_asked: false, absorbed: Vec::new() };
        let (log, progress) = (Some(log), &mut |_| {});
        let mut how =
            Conduct { scenario: &scenario, threads: 3, shard, log, stop: &stop, progress };
        assert_eq!(conduct(&mut study, &mut how).unwrap(), Ended::Complete);
        (worked.load(Ordering::Relaxed), study.absorbed)
    }

    #[test]
    fn what_is_in_the_log_is_not_done_again() {
        let path = std::env::temp_dir().join(format!("hotwash-conduct-{}", std::process::id()));
        let _ = std::fs::remove_file(&path);
        let mut log = Log::create(&path).unwrap();
        // A part absorbs nothing: batches 1, 4 and 7.
        assert_eq!(conducted(&mut log, Shard { index: 1, of: 3 }), (3, Vec::new()));
        let all: Vec<u64> = (0..10).collect();
        assert_eq!(conducted(&mut log, Shard::WHOLE), (7, all.clone()));
        assert_eq!(conducted(&mut log, Shard::WHOLE), (0, all));
        std::fs::remove_file(&path).unwrap();
    }

    /// Two rounds of twenty batches, some of which go wrong.
    struct Twice {
        rounds: u64,
        absorbed: Vec<u64>,
    }

    struct Wrong;

    impl Job for Wrong {
        fn work(&self, _: &mut Bench<'_>, batch: u64, out: &mut Vec<f64>) -> Result<(), LabError> {
            out.push(0.0);
            match batch {
                31 => panic!("as a plugin might"),
                33 => Err(LabError::usage("later")),
                _ => Ok(()),
            }
        }
    }

    impl Study for Twice {
        type Job = Wrong;

        fn next_round(&mut self) -> Option<Round<Wrong>> {
            let from = self.rounds * 20;
            self.rounds += 1;
            (self.rounds <= 2).then_some(Round { batches: from..from + 20, runs: 20, job: Wrong })
        }

        fn absorb(&mut self, batch: u64, _: &[f64]) {
            self.absorbed.push(batch);
        }
    }

    fn twice(threads: usize, stop_at: usize) -> (Result<Ended, LabError>, Vec<u64>) {
        let (scenario, stop, mut seen) = (toy::scenario(), AtomicBool::new(false), 0);
        let mut study = Twice { rounds: 0, absorbed: Vec::new() };
        let progress = &mut |_| {
            seen += 1;
            stop.store(seen >= stop_at, Ordering::Relaxed);
        };
        let shard = Shard::WHOLE;
        let mut how =
            Conduct { scenario: &scenario, threads, shard, log: None, stop: &stop, progress };
        let ended = conduct(&mut study, &mut how);
        (ended, study.absorbed)
    }

    #[test]
    fn of_two_faults_the_first_batch_is_told_and_nothing_hangs() {
        for threads in [1, 2, 7] {
            let (ended, absorbed) = twice(threads, usize::MAX);
            let message = ended.unwrap_err().to_string();
            assert!(message.contains("batch 31"), "{message}");
            assert_eq!(absorbed, (0..31).collect::<Vec<_>>(), "{threads} threads");
        }
    }

    #[test]
    fn a_study_can_be_stopped_between_its_rounds() {
        let (ended, absorbed) = twice(2, 20);
        assert_eq!(ended.unwrap(), Ended::Stopped);
        assert_eq!(absorbed, (0..20).collect::<Vec<_>>());
    }
}
