//! Simplifying what was found: choices that change nothing, or that a policy is clearly better without,
//! are taken back, so that policies can be read.
//!
//! Each choice of a policy is taken back by itself in the first block of worlds; those that are of no use
//! are then taken back together, and the result must do exactly what the policy did in every world of a
//! larger proof, or clearly beat it there. If it does not, half of them is tried.

use std::collections::BTreeMap;

use super::rank::{clearly_beats, means};
use super::{PROOF, Phase, STAGES, Search};
use crate::stats::Moments;

/// A policy with one choice taken back.
pub(super) struct Single {
    /// Position of the finalist.
    slot: usize,
    gene: usize,
    probe: usize,
}

/// A policy with several choices taken back.
pub(super) struct Halving {
    slot: usize,
    genes: Vec<usize>,
    probe: usize,
}

impl Search {
    /// Takes back each choice of each finalist by itself, as far as the budget goes.
    pub(super) fn singles(&mut self) -> Phase {
        // What the proofs take is put by first.
        let proofs = PROOF * self.finalists.len() as u64;
        let mut singles = Vec::new();
        for slot in 0..self.finalists.len() {
            // People know the scenario's own policies as they are.
            if self.is_own(self.finalists[slot]) {
                continue;
            }
            let genome = self.candidates[self.finalists[slot]].genome.clone();
            let changes = self.space.changes(&genome);
            if self.spent + proofs + STAGES[0] * changes.len() as u64 > self.budget {
                self.unsimplified += 1;
                continue;
            }
            for gene in changes {
                let mut simpler = genome.clone();
                simpler[gene] = self.space.genes[gene].base;
                let probe = self.candidate(simpler);
                // Another finalist may have put the same policy on the list.
                if !self.is_due(probe) {
                    self.extend(probe, STAGES[0]);
                }
                singles.push(Single { slot, gene, probe });
            }
        }
        Phase::Singles(singles)
    }

    /// Takes back together what is of no use by itself.
    pub(super) fn after_singles(&mut self, singles: Vec<Single>) -> Phase {
        let scale = self.scale();
        let mut useless: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for Single { slot, gene, probe } in singles {
            let finalist = self.finalists[slot];
            if self.is_as_good(probe, finalist, STAGES[0]) {
                useless.entry(slot).or_default().push(gene);
            }
            let weight = self.weight(finalist, probe, scale);
            self.weights.entry(finalist).or_default().insert(gene, weight);
        }
        self.prove(useless.into_iter().collect())
    }

    /// Keeps what was proved, and tries the first half of what was not.
    pub(super) fn after_proof(&mut self, halvings: Vec<Halving>) -> Phase {
        let mut again = Vec::new();
        for Halving { slot, mut genes, probe } in halvings {
            let finalist = self.finalists[slot];
            if self.is_as_good(probe, finalist, PROOF) {
                let weights = self.weights.get(&finalist).cloned().unwrap_or_default();
                self.weights.entry(probe).or_insert(weights);
                self.finalists[slot] = probe;
            } else if genes.len() > 1 {
                genes.truncate(genes.len() / 2);
                again.push((slot, genes));
            }
        }
        self.prove(again)
    }

    fn prove(&mut self, wanted: Vec<(usize, Vec<usize>)>) -> Phase {
        let mut halvings = Vec::new();
        for (slot, genes) in wanted {
            let mut genome = self.candidates[self.finalists[slot]].genome.clone();
            for gene in &genes {
                genome[*gene] = self.space.genes[*gene].base;
            }
            let probe = self.candidate(genome);
            if self.spent + self.missing(probe, PROOF) > self.budget {
                continue;
            }
            if !self.is_due(probe) {
                self.extend(probe, PROOF);
            }
            halvings.push(Halving { slot, genes, probe });
        }
        if halvings.is_empty() { self.judge() } else { Phase::Proof(halvings) }
    }

    /// Whether a policy does the same as another in every world, or clearly beats it.
    fn is_as_good(&self, a: usize, b: usize, worlds: u64) -> bool {
        let worlds = worlds as usize;
        let [a, b] = [a, b].map(|c| &self.candidates[c].sample);
        (0..2).all(|k| a[k][..worlds] == b[k][..worlds]) || clearly_beats(a, b, worlds)
    }

    /// How far the finalists lie apart in each objective; 1 where they do not.
    fn scale(&self) -> [f64; 2] {
        let all: Vec<[f64; 2]> = self
            .finalists
            .iter()
            .map(|c| means(&self.candidates[*c].sample, STAGES[0] as usize))
            .collect();
        [0, 1].map(|k| {
            let (low, high) = all
                .iter()
                .map(|at| at[k])
                .fold((f64::INFINITY, f64::NEG_INFINITY), |(l, h), v| (l.min(v), h.max(v)));
            if high > low { high - low } else { 1.0 }
        })
    }

    /// What taking a choice back does to both objectives together, against the finalists' extent.
    fn weight(&self, a: usize, b: usize, scale: [f64; 2]) -> f64 {
        let [a, b] = [a, b].map(|c| &self.candidates[c].sample);
        let worlds = STAGES[0] as usize;
        let effect = |k: usize| {
            let pairs = a[k][..worlds].iter().zip(&b[k][..worlds]);
            pairs.map(|(a, b)| a - b).collect::<Moments>().mean().abs() / scale[k]
        };
        effect(0) + effect(1)
    }
}
