//! Effects of a full factorial, world by world: each is linear in the outcomes of the cells.

use super::plan::Plan;
use super::regression::Regression;

/// What an effect is the effect of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Term {
    /// The mean of all cells.
    Mean,
    /// A level against the mean of all; of a range, its high end against its low one (level 1).
    Main { factor: usize, level: usize },
    /// A level against the first one.
    Change { factor: usize, level: usize },
    /// Two levels together against the mean of all, beyond the sum of their effects against it.
    Pair { factors: (usize, usize), levels: (usize, usize) },
    /// Two levels together against the first ones, beyond the sum of what each does with the other
    /// factor at its first level: a difference of differences.
    Together { factors: (usize, usize), levels: (usize, usize) },
}

/// How well effects describe the means of the cells.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Share {
    /// Share of the variance between cells that single factors describe.
    pub(super) mains: f64,
    /// And with pairs.
    pub(super) all: f64,
    /// The same with each cell described by the others; only where the description is a fit.
    pub(super) left_out: Option<f64>,
}

/// Turns the outcomes of one world into effects.
#[derive(Debug)]
pub(super) enum Effects {
    Factorial(Factorial),
    Fitted(Regression),
}

impl Effects {
    /// The terms, in the order of [`Effects::of`].
    pub(super) fn terms(&self) -> &[Term] {
        match self {
            Effects::Factorial(factorial) => &factorial.terms,
            Effects::Fitted(regression) => regression.terms(),
        }
    }

    /// The effects in a world, out of its outcomes by cell.
    pub(super) fn of(&self, outcomes: &[f64]) -> Vec<f64> {
        match self {
            Effects::Factorial(factorial) => factorial.of(outcomes),
            Effects::Fitted(regression) => regression.of(outcomes),
        }
    }

    /// How well they describe the means of the cells; nothing when all cells are alike.
    pub(super) fn share(&self, means: &[f64]) -> Option<Share> {
        match self {
            Effects::Factorial(factorial) => factorial.share(means),
            Effects::Fitted(regression) => regression.share(means),
        }
    }
}

/// Sum of squared distances from the mean; nothing when it is only rounding.
pub(super) fn variation(means: &[f64]) -> Option<f64> {
    let mean = means.iter().sum::<f64>() / means.len() as f64;
    let sum: f64 = means.iter().map(|m| (m - mean) * (m - mean)).sum();
    let size: f64 = means.iter().map(|m| m * m).sum();
    (sum > size * 1e-24).then_some(sum)
}

/// The effects of a full factorial: differences of means over cells. All combinations are there
/// equally often, so no factor's effect hides in another's.
#[derive(Debug)]
pub(super) struct Factorial {
    /// Levels by factor.
    counts: Vec<usize>,
    /// By cell, by factor.
    cells: Vec<Vec<usize>>,
    /// Every two factors.
    pairs: Vec<(usize, usize)>,
    terms: Vec<Term>,
}

/// Means over the cells that have a level, or two.
struct Margins {
    mean: f64,
    /// By factor, by level.
    single: Vec<Vec<f64>>,
    /// By pair of factors, by the first's level, by the second's.
    double: Vec<Vec<f64>>,
}

impl Factorial {
    pub(super) fn new(plan: &Plan) -> Self {
        let counts: Vec<usize> = plan.factors.iter().filter_map(|f| f.listed()).collect();
        let cells = plan.cells.iter().map(|cell| cell.iter().map(|s| s.level).collect()).collect();
        let number = counts.len();
        let pairs: Vec<(usize, usize)> =
            (0..number).flat_map(|a| (a + 1..number).map(move |b| (a, b))).collect();
        let mut terms = vec![Term::Mean];
        for (factor, count) in counts.iter().enumerate() {
            terms.extend((0..*count).map(|level| Term::Main { factor, level }));
            terms.extend((1..*count).map(|level| Term::Change { factor, level }));
        }
        for &(a, b) in &pairs {
            for first in 0..counts[a] {
                let pair = |second| Term::Pair { factors: (a, b), levels: (first, second) };
                terms.extend((0..counts[b]).map(pair));
            }
            for first in 1..counts[a] {
                let pair = |second| Term::Together { factors: (a, b), levels: (first, second) };
                terms.extend((1..counts[b]).map(pair));
            }
        }
        Factorial { counts, cells, pairs, terms }
    }

    fn margins(&self, outcomes: &[f64]) -> Margins {
        let cells = self.cells.len() as f64;
        let mut single: Vec<Vec<f64>> = self.counts.iter().map(|c| vec![0.0; *c]).collect();
        let size = |&(a, b): &(usize, usize)| self.counts[a] * self.counts[b];
        let mut double: Vec<Vec<f64>> = self.pairs.iter().map(|p| vec![0.0; size(p)]).collect();
        for (levels, outcome) in self.cells.iter().zip(outcomes) {
            for (sums, level) in single.iter_mut().zip(levels) {
                sums[*level] += outcome;
            }
            for (sums, &(a, b)) in double.iter_mut().zip(&self.pairs) {
                sums[levels[a] * self.counts[b] + levels[b]] += outcome;
            }
        }
        for sums in single.iter_mut().chain(&mut double) {
            let share = sums.len() as f64 / cells;
            sums.iter_mut().for_each(|sum| *sum *= share);
        }
        Margins { mean: outcomes.iter().sum::<f64>() / cells, single, double }
    }

    fn of(&self, outcomes: &[f64]) -> Vec<f64> {
        let margins = self.margins(outcomes);
        let double = |(a, b): (usize, usize), (first, second): (usize, usize)| {
            let pair = self.pairs.iter().position(|pair| *pair == (a, b));
            pair.map_or(f64::NAN, |p| margins.double[p][first * self.counts[b] + second])
        };
        let effect = |term: &Term| match *term {
            Term::Mean => margins.mean,
            Term::Main { factor, level } => margins.single[factor][level] - margins.mean,
            Term::Change { factor, level } => {
                margins.single[factor][level] - margins.single[factor][0]
            }
            Term::Pair { factors: (a, b), levels: (first, second) } => {
                let both = double((a, b), (first, second));
                both - margins.single[a][first] - margins.single[b][second] + margins.mean
            }
            Term::Together { factors, levels: (first, second) } => {
                let at = |first, second| double(factors, (first, second));
                at(first, second) - at(first, 0) - at(0, second) + at(0, 0)
            }
        };
        self.terms.iter().map(effect).collect()
    }

    /// Effects of different terms are orthogonal: their squares add up.
    fn share(&self, means: &[f64]) -> Option<Share> {
        let whole = variation(means)?;
        let cells = self.cells.len() as f64;
        let (mut mains, mut pairs) = (0.0, 0.0);
        for (term, effect) in self.terms.iter().zip(self.of(means)) {
            let square = effect * effect * cells;
            match *term {
                Term::Main { factor, .. } => mains += square / self.counts[factor] as f64,
                Term::Pair { factors: (a, b), .. } => {
                    pairs += square / (self.counts[a] * self.counts[b]) as f64;
                }
                Term::Mean | Term::Change { .. } | Term::Together { .. } => {}
            }
        }
        let (mains, all) = ((mains / whole).min(1.0), ((mains + pairs) / whole).min(1.0));
        Some(Share { mains, all, left_out: None })
    }
}
