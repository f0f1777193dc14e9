//! What a sweep has found, as data.

use super::effects::{Effects, Term};
use super::factor::Factor;
use super::plan::Design;
use super::study::{Sweep, Tally};
use crate::findings::{
    self, Cell, Change, Described, Header, Interaction, MainEffect, Measure, Summary, Swept,
    Together,
};
use crate::stats::{Estimate, Moments, proportion, quantile_interval};

/// What is known without a value.
const UNKNOWN: Estimate = Estimate { value: f64::NAN, low: f64::NEG_INFINITY, high: f64::INFINITY };

impl Sweep {
    /// What was found in the worlds so far. The header's notes are added to.
    pub fn finding(&self, mut header: Header) -> findings::Sweep {
        header.worlds = self.worlds;
        header.runs = self.runs();
        let metrics: Vec<Swept> = (0..self.metrics.len()).map(|place| self.swept(place)).collect();
        header.notes.extend(self.notes(&metrics));
        let outcomes = |cell: usize| -> Vec<Summary> {
            self.tallies.iter().map(|t| summary(&t.values[cell], self.worlds)).collect()
        };
        let cells = self.plan.cells.iter().enumerate().map(|(number, cell)| Cell {
            values: cell.iter().map(|s| s.text.clone()).collect(),
            outcomes: outcomes(number),
        });
        findings::Sweep {
            header,
            design: self.plan.design.name().to_owned(),
            policy: self.policy.clone(),
            factors: self.plan.factors.iter().map(factor).collect(),
            cells: cells.collect(),
            metrics,
        }
    }

    fn swept(&self, place: usize) -> Swept {
        let tally = &self.tallies[place];
        let mut swept = Swept {
            measure: Measure::from(&self.grid.layout.metrics[self.metrics[place]]),
            worlds: tally.effects.first().map_or(0, Moments::count),
            mean: UNKNOWN,
            mains: Vec::new(),
            changes: Vec::new(),
            interactions: Vec::new(),
            together: Vec::new(),
            described: None,
        };
        if swept.worlds < 2 {
            return swept;
        }
        let levels: Vec<Vec<String>> = self.plan.factors.iter().map(Factor::levels).collect();
        let counted = tally.effects.iter().zip(&tally.differing);
        for (term, (moments, differing)) in self.effects.terms().iter().zip(counted) {
            let (effect, differing) = (moments.interval(), *differing);
            match *term {
                Term::Mean => swept.mean = effect,
                Term::Main { factor, level } => {
                    let level = match self.plan.factors[factor].listed() {
                        Some(_) => levels[factor][level].clone(),
                        None => format!("from {} to {}", levels[factor][0], levels[factor][1]),
                    };
                    swept.mains.push(MainEffect { factor, level, effect });
                }
                Term::Change { factor, level } => {
                    let (from, to) = (levels[factor][0].clone(), levels[factor][level].clone());
                    swept.changes.push(Change { factor, from, to, effect, differing });
                }
                Term::Pair { factors: (a, b), levels: (first, second) } => {
                    let levels = (levels[a][first].clone(), levels[b][second].clone());
                    swept.interactions.push(Interaction { factors: (a, b), levels, effect });
                }
                Term::Together { factors: (a, b), levels: (first, second) } => {
                    let from = (levels[a][0].clone(), levels[b][0].clone());
                    let to = (levels[a][first].clone(), levels[b][second].clone());
                    let factors = (a, b);
                    swept.together.push(Together { factors, from, to, effect, differing });
                }
            }
        }
        swept.described = self.described(tally);
        swept
    }

    fn described(&self, tally: &Tally) -> Option<Described> {
        let means: Vec<f64> = tally.means.iter().map(Moments::mean).collect();
        let share = self.effects.share(&means)?;
        let coefficients = match &self.effects {
            Effects::Factorial(_) => None,
            Effects::Fitted(regression) => Some(regression.coefficients()),
        };
        let (singles, with_pairs, left_out) = (share.mains, share.all, share.left_out);
        Some(Described { singles, with_pairs, left_out, coefficients })
    }

    fn notes(&self, metrics: &[Swept]) -> Vec<String> {
        let mut notes = vec![
            "Every combination met the same worlds. Effects are taken world by world, so the luck \
             that combinations share cancels; intervals are 95 %, by Student's t over worlds."
                .to_owned(),
            "Of intervals around effects that do not exist, one in twenty excludes zero by chance."
                .to_owned(),
            "Means follow rare and costly worlds. Where 5 % of the worlds lie far above the median, \
             take many worlds before trusting an interval."
                .to_owned(),
        ];
        if self.plan.factors.iter().any(|f| f.sort() == "decision") {
            notes.push(
                "An option of a decision that is varied is taken when the policy would have \
                 answered; where the decision does not come up, it changes nothing."
                    .to_owned(),
            );
        }
        if let Effects::Fitted(regression) = &self.effects {
            notes.push(
                "Effects are coefficients of a straight-line description fitted to the cells by \
                 least squares. Their intervals tell of the luck of worlds, not of how far the \
                 description misses: see the shares described."
                    .to_owned(),
            );
            if !regression.has_pairs && self.plan.factors.len() > 1 {
                notes.push(
                    "The cells are too few to tell what pairs of factors do together; if they do \
                     something, it is mixed into the effects of single factors."
                        .to_owned(),
                );
            }
        }
        self.note_points(&mut notes);
        if metrics.iter().any(|m| m.worlds < self.worlds) {
            notes.push(
                "A metric may have no value in a run, such as the time to something that does not \
                 happen. Its effects are about the worlds in which it has a value under every \
                 combination, which are not like the others."
                    .to_owned(),
            );
        }
        notes
    }

    fn note_points(&self, notes: &mut Vec<String>) {
        let (Design::LatinHypercube(points) | Design::Sobol(points)) = self.plan.design else {
            return;
        };
        let cells = self.plan.cells();
        if cells < points {
            notes.push(format!(
                "Of {points} points, {cells} are different combinations; each is run once."
            ));
        }
        if matches!(self.plan.design, Design::Sobol(_)) && !points.is_power_of_two() {
            notes.push(format!(
                "Sobol's points fill space most evenly in powers of two; {points} is none."
            ));
        }
    }
}

fn factor(factor: &Factor) -> findings::Factor {
    findings::Factor {
        name: factor.name().to_owned(),
        sort: factor.sort(),
        levels: factor.levels(),
        is_range: factor.listed().is_none(),
        unit: factor.unit().to_owned(),
        about: factor.about().to_owned(),
    }
}

/// One metric in one cell, out of the values there are in so many worlds.
fn summary(values: &[f64], worlds: u64) -> Summary {
    let mut rising = values.to_vec();
    rising.sort_by(f64::total_cmp);
    let quantiles = (!rising.is_empty()).then(|| {
        Summary::LEVELS.map(|p| {
            quantile_interval(&rising, p).unwrap_or_else(|| unreachable!("there are values"))
        })
    });
    let moments: Moments = values.iter().copied().collect();
    Summary {
        count: moments.count(),
        share: proportion(moments.count(), worlds),
        mean: if rising.is_empty() { UNKNOWN } else { moments.interval() },
        quantiles,
    }
}
