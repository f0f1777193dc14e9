//! New policies out of old ones: random genomes, uniform crossover and mutation, by addressed draws.

use std::collections::BTreeMap;

use hotwash_engine::Draw;

use super::rank::{Standing, crowding, fronts};
use super::space::{Gene, Genome, Space};

/// Purpose of the draws of a search.
const PURPOSE: &str = "frontier";
/// Genes that mutate on average.
const MUTATIONS: f64 = 1.5;
/// Tries to breed something new before the next unseen genome is taken.
const TRIES: usize = 30;

/// Genomes that were seen, and which candidate each is.
pub(super) type Known = BTreeMap<Genome, usize>;

/// Those that are bred from, with their fronts and crowding, which are the same for all children.
pub(super) struct Parents {
    pub(super) genomes: Vec<Genome>,
    ranks: Vec<usize>,
    distance: Vec<f64>,
}

impl Parents {
    pub(super) fn new(genomes: Vec<Genome>, standings: &[Standing]) -> Self {
        let ranks = fronts(standings);
        let distance = crowding(standings, &ranks);
        Parents { genomes, ranks, distance }
    }
}

/// Makes policies that were not tried yet. Policy number `n` depends on the seed, on `n` and on what it
/// is bred from.
pub(super) struct Breeder<'a> {
    pub(super) space: &'a Space,
    pub(super) known: &'a Known,
    pub(super) seed: u64,
    /// Number of the next policy.
    pub(super) next: u64,
    /// Made here.
    pub(super) made: Vec<Genome>,
}

impl Breeder<'_> {
    /// A random policy: by turns one that differs from the base in a choice or two, and one that is
    /// anywhere.
    pub(super) fn random(&mut self) {
        let is_near = self.next.is_multiple_of(2);
        self.make(|space, draw| {
            let rate = if is_near { MUTATIONS / space.genes.len() as f64 } else { 0.5 };
            let pick = |gene: &Gene| match draw.chance(rate) {
                true => draw.below(gene.levels.len() as u64) as u16,
                false => gene.base,
            };
            space.genes.iter().map(pick).collect()
        });
    }

    /// A child of two parents, each the better of two by front, then by crowding.
    pub(super) fn child(&mut self, parents: &Parents) {
        let Parents { genomes, ranks, distance } = parents;
        let parent = |draw: &mut Draw| {
            let [a, b] = [(); 2].map(|()| draw.below(genomes.len() as u64) as usize);
            let is_second =
                ranks[b].cmp(&ranks[a]).then(distance[a].total_cmp(&distance[b])).is_lt();
            &genomes[if is_second { b } else { a }]
        };
        self.make(|space, draw| {
            let (a, b) = (parent(draw), parent(draw));
            let mix = |(a, b): (&u16, &u16)| if draw.chance(0.5) { *a } else { *b };
            let mut child: Genome = a.iter().zip(b).map(mix).collect();
            let rate = MUTATIONS / space.genes.len() as f64;
            for (level, gene) in child.iter_mut().zip(&space.genes) {
                if draw.chance(rate) {
                    *level = mutated(*level, gene, draw);
                }
            }
            child
        });
    }

    /// Makes a genome that was not seen; none when all have been.
    fn make(&mut self, mut draw_one: impl FnMut(&Space, &mut Draw) -> Genome) {
        let seen = self.known.len() + self.made.len();
        if seen as f64 >= self.space.size() {
            return;
        }
        let mut draw = Draw::addressed(self.seed, PURPOSE, self.next);
        self.next += 1;
        let mut genome = draw_one(self.space, &mut draw);
        for _ in 0..TRIES {
            if !self.is_known(&genome) {
                break;
            }
            genome = draw_one(self.space, &mut draw);
        }
        while self.is_known(&genome) {
            self.step(&mut genome);
        }
        self.made.push(genome);
    }

    fn is_known(&self, genome: &Genome) -> bool {
        self.known.contains_key(genome) || self.made.contains(genome)
    }

    /// The next genome, as an odometer counts: after all of them the first comes again.
    fn step(&self, genome: &mut Genome) {
        for (level, gene) in genome.iter_mut().zip(&self.space.genes) {
            *level += 1;
            if usize::from(*level) < gene.levels.len() {
                return;
            }
            *level = 0;
        }
    }
}

/// Another level: back to the base's, a neighbour where there are neighbours, or any.
fn mutated(level: u16, gene: &Gene, draw: &mut Draw) -> u16 {
    let count = gene.levels.len() as u64;
    match draw.below(3) {
        0 if level != gene.base => gene.base,
        1 if gene.is_ordered() => {
            let is_up = level == 0 || (u64::from(level) + 1 < count && draw.chance(0.5));
            if is_up { level + 1 } else { level - 1 }
        }
        _ => ((u64::from(level) + 1 + draw.below(count - 1)) % count) as u16,
    }
}
