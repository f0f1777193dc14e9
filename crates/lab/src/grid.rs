//! The plainest study: every arm meets every world.

use std::ops::Range;
use std::sync::Arc;

use hotwash_engine::RunKey;

use crate::arm::Arm;
use crate::bench::Bench;
use crate::conduct::Job;
use crate::error::LabError;
use crate::layout::{Layout, Row};
use crate::{batches, replications};

/// Most arms in a batch: with many, a batch is a part of them, so that it is done in a moment and its
/// simulations stay on the bench.
const ARMS: usize = 32;

/// Arms over worlds. Its batches are rows, world by world, arm by arm within a world; where there are
/// many arms, the batches of some worlds follow one another, part by part of the arms.
#[derive(Clone, Debug)]
pub struct Grid {
    /// What meets them.
    pub arms: Vec<Arm>,
    /// What is kept of each run.
    pub layout: Layout,
    /// The seed, as a number.
    pub seed: u64,
    /// Replications of it.
    pub worlds: u64,
}

impl Grid {
    /// How many batches it has.
    pub fn batches(&self) -> u64 {
        batches(self.worlds) * self.parts()
    }

    /// Batches that the same worlds take.
    fn parts(&self) -> u64 {
        self.arms.len().div_ceil(ARMS).max(1) as u64
    }

    /// The worlds that a batch is about.
    pub fn worlds_of(&self, batch: u64) -> Range<u64> {
        replications(batch / self.parts(), self.worlds)
    }

    /// The arms that a batch is about.
    fn arms_of(&self, batch: u64) -> Range<usize> {
        let first = (batch % self.parts()) as usize * ARMS;
        first..(first + ARMS).min(self.arms.len())
    }

    /// Whether a batch is the last one about its worlds: with it, all arms have met them.
    pub fn completes_worlds(&self, batch: u64) -> bool {
        (batch + 1).is_multiple_of(self.parts())
    }

    /// How many numbers the rows of a batch are.
    pub fn numbers_of(&self, batch: u64) -> usize {
        let worlds = self.worlds_of(batch);
        (worlds.end - worlds.start) as usize * self.arms_of(batch).len() * self.layout.width()
    }

    /// The number of a run in the study: world by world, arm by arm within a world.
    pub fn run(&self, replication: u64, arm: usize) -> u64 {
        replication * self.arms.len() as u64 + arm as u64
    }

    /// The rows of a batch: replication, arm, row.
    pub fn rows<'a>(
        &'a self,
        batch: u64,
        numbers: &'a [f64],
    ) -> impl Iterator<Item = (u64, usize, Row<'a>)> {
        let (first, arms) = (self.worlds_of(batch).start, self.arms_of(batch));
        numbers.chunks_exact(self.layout.width()).enumerate().map(move |(i, row)| {
            let (world, arm) = (i / arms.len(), i % arms.len());
            (first + world as u64, arms.start + arm, self.layout.row(row))
        })
    }
}

impl Job for Arc<Grid> {
    fn work(&self, bench: &mut Bench<'_>, batch: u64, out: &mut Vec<f64>) -> Result<(), LabError> {
        let (worlds, arms) = (self.worlds_of(batch), self.arms_of(batch));
        let width = self.layout.width();
        out.resize((worlds.end - worlds.start) as usize * arms.len() * width, 0.0);
        let (mut values, mut row) = (Vec::new(), Vec::with_capacity(width));
        // One arm after the other keeps its simulation in the processor's cache.
        for (number, arm) in self.arms[arms.clone()].iter().enumerate() {
            let seat = bench.seat(arm)?;
            for (i, replication) in worlds.clone().enumerate() {
                let sim = seat.run(arm, RunKey { seed: self.seed, replication })?;
                row.clear();
                self.layout.write(sim, &mut values, &mut row);
                let at = (i * arms.len() + number) * width;
                out[at..at + width].copy_from_slice(&row);
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::sync::atomic::AtomicBool;

    use super::*;
    use crate::conduct::{Conduct, Ended, Round, Shard, Study, conduct};
    use crate::log::Log;
    use crate::toy;

    /// All rows as they come.
    struct Keep {
        grid: Option<Arc<Grid>>,
        all: Vec<(u64, Vec<f64>)>,
    }

    impl Study for Keep {
        type Job = Arc<Grid>;

        fn next_round(&mut self) -> Option<Round<Arc<Grid>>> {
            let job = self.grid.take()?;
            let runs = job.worlds * job.arms.len() as u64;
            Some(Round { batches: 0..job.batches(), runs, job })
        }

        fn absorb(&mut self, batch: u64, numbers: &[f64]) {
            self.all.push((batch, numbers.to_vec()));
        }
    }

    fn grid(worlds: u64) -> Arc<Grid> {
        let scenario = toy::scenario();
        let layout = Layout::of(&scenario.build(&BTreeMap::new(), None).unwrap());
        let arms = scenario.policies().iter();
        let arms = arms.map(|p| Arm::new(p.name(), Some(p.clone()), BTreeMap::new())).collect();
        Arc::new(Grid { arms, layout, seed: 1, worlds })
    }

    fn bits(all: &[(u64, Vec<f64>)]) -> Vec<(u64, Vec<u64>)> {
        all.iter().map(|(b, n)| (*b, n.iter().map(|x| x.to_bits()).collect())).collect()
    }

    fn kept(threads: usize, worlds: u64, log: Option<&mut Log>, stop: u64) -> (Keep, Ended) {
        let (scenario, flag) = (toy::scenario(), AtomicBool::new(false));
        let mut study = Keep { grid: Some(grid(worlds)), all: Vec::new() };
        let mut seen = 0;
        let mut progress = |_| {
            seen += 1;
            if seen == stop {
                flag.store(true, std::sync::atomic::Ordering::Relaxed);
            }
        };
        let mut how = Conduct {
            scenario: &scenario,
            threads,
            shard: Shard::WHOLE,
            log,
            stop: &flag,
            progress: &mut progress,
        };
        let ended = conduct(&mut study, &mut how).unwrap();
        (study, ended)
    }

    #[test]
    fn threads_do_not_matter() {
        let (one, _) = kept(1, 300, None, u64::MAX);
        let (five, _) = kept(5, 300, None, u64::MAX);
        assert_eq!(one.all.len(), 10);
        assert_eq!(bits(&one.all), bits(&five.all));
    }

    #[test]
    fn a_stopped_study_goes_on_where_it_was() {
        let path = std::env::temp_dir().join(format!("hotwash-grid-{}", std::process::id()));
        let _ = std::fs::remove_file(&path);
        let mut log = Log::create(&path).unwrap();
        // Far more batches than are handed out ahead, so that it cannot be done before it is stopped.
        let (part, ended) = kept(2, 3_000, Some(&mut log), 2);
        assert_eq!(ended, Ended::Stopped);
        assert!((2..94).contains(&part.all.len()), "{}", part.all.len());
        drop(log);
        let mut log = Log::open(&path).unwrap();
        let (rest, ended) = kept(3, 3_000, Some(&mut log), u64::MAX);
        assert_eq!(ended, Ended::Complete);
        let (whole, _) = kept(1, 3_000, None, u64::MAX);
        assert_eq!(bits(&part.all), bits(&whole.all)[..part.all.len()]);
        assert_eq!(bits(&rest.all), bits(&whole.all));
        std::fs::remove_file(&path).unwrap();
    }

    #[test]
    fn arms_meet_the_same_worlds() {
        let (study, _) = kept(2, 300, None, u64::MAX);
        let grid = grid(300);
        let (batch, numbers) = &study.all[3];
        let gain = grid.layout.metric("gain").unwrap();
        let rows: Vec<_> = grid.rows(*batch, numbers).collect();
        assert_eq!(rows[0].0, 96);
        for world in rows.chunks(3) {
            let values: Vec<f64> = world.iter().map(|(.., r)| r.metric(gain).unwrap()).collect();
            // keen: 3 e + 5 + e + 4 with e = 4, slow: 2.
            assert!((values[1] - values[0] - 25.0).abs() < 1e-9);
            assert!((values[2] - values[0] - 2.0).abs() < 1e-9);
            assert_eq!(world[2].2.asked_hours(0), Some(24.0));
            assert_eq!(world[2].2.taken(0), Some(1));
        }
    }

    /// Many arms come in parts; every run is there once, and is what it is alone.
    #[test]
    fn many_arms_come_in_parts() {
        let few = grid(300);
        let arms: Vec<Arm> = few.arms.iter().cycle().take(70).cloned().collect();
        let many = Arc::new(Grid { arms, worlds: 40, ..(*few).clone() });
        let few = Arc::new(Grid { worlds: 40, ..(*few).clone() });
        assert_eq!((few.batches(), many.batches()), (2, 6));
        let scenario = toy::scenario();
        let mut bench = Bench::new(&scenario);
        let mut rows = |grid: &Arc<Grid>| -> BTreeMap<(u64, usize), Vec<u64>> {
            let mut all = BTreeMap::new();
            for batch in 0..grid.batches() {
                let mut out = Vec::new();
                grid.work(&mut bench, batch, &mut out).unwrap();
                for (world, arm, row) in grid.rows(batch, &out) {
                    let metrics = (0..7).map(|m| row.metric(m).map_or(0, f64::to_bits)).collect();
                    assert!(all.insert((world, arm), metrics).is_none());
                }
                assert_eq!(grid.completes_worlds(batch), all.len() % grid.arms.len() == 0);
            }
            all
        };
        let (few, many) = (rows(&few), rows(&many));
        assert_eq!(many.len(), 70 * 40);
        assert!(many.iter().all(|((world, arm), row)| few[&(*world, arm % 3)] == *row));
    }
}
