//! Least squares on factors of a space-filling design: effects as fixed weights of the cells.
//!
//! A range enters by its place from -1 to 1, listed levels by contrasts that sum to zero, pairs of
//! factors by products of these. The weights depend on the design alone, so they are found once and
//! give the effects of each world as sums: what is paired stays paired.

use super::effects::{Share, Term, variation};
use super::plan::Plan;
use crate::error::LabError;

/// Most weights that are kept for pairs of factors.
const MOST_WEIGHTS: usize = 4_000_000;
/// What is left of a column beside others, as a share, when it says nothing of its own.
const NOTHING: f64 = 1e-6;

/// Effects as weighted sums over cells.
#[derive(Debug)]
pub(super) struct Regression {
    terms: Vec<Term>,
    /// By term, by cell.
    weights: Vec<Vec<f64>>,
    /// An orthonormal basis of what is described, by column; the first `mains` are single factors.
    basis: Vec<Vec<f64>>,
    mains: usize,
    /// Whether pairs of factors are described.
    pub(super) has_pairs: bool,
}

/// How a factor enters.
struct Coding {
    /// By column, by cell.
    columns: Vec<Vec<f64>>,
    /// Levels, each with its weights of the columns; of a range, the low and the high end.
    levels: Vec<Vec<f64>>,
    is_range: bool,
}

impl Regression {
    /// # Errors
    /// When the cells are too few to tell the factors apart.
    pub(super) fn new(plan: &Plan) -> Result<Self, LabError> {
        let codings: Vec<Coding> = (0..plan.factors.len()).map(|f| coding(plan, f)).collect();
        let cells = plan.cells.len();
        let singles: usize = codings.iter().map(|c| c.columns.len()).sum();
        let few = |needed: usize| {
            let message = format!("{cells} cells do not tell these factors apart");
            LabError::usage(message).hint(format!("take --cells {needed} or more"))
        };
        if cells < singles + 2 {
            return Err(few(2 * (singles + 1)));
        }
        if let Some(whole) = Self::with_pairs(&codings, cells, singles) {
            return Ok(whole);
        }
        Self::fit(&codings, cells, false).ok_or_else(|| few(2 * cells))
    }

    /// With pairs of factors, if there are two cells for each coefficient.
    fn with_pairs(codings: &[Coding], cells: usize, singles: usize) -> Option<Self> {
        let squares: usize = codings.iter().map(|c| c.columns.len() * c.columns.len()).sum();
        let products = (singles * singles - squares) / 2;
        let terms: usize = codings.iter().map(|c| c.levels.len()).sum();
        let is_affordable = terms * terms * cells <= MOST_WEIGHTS;
        if products == 0 || cells < 2 * (1 + singles + products) || !is_affordable {
            return None;
        }
        Self::fit(codings, cells, true)
    }

    fn fit(codings: &[Coding], cells: usize, has_pairs: bool) -> Option<Self> {
        let mut columns = vec![vec![1.0; cells]];
        columns.extend(codings.iter().flat_map(|c| c.columns.iter().cloned()));
        let mains = columns.len();
        let number = if has_pairs { codings.len() } else { 0 };
        let pairs: Vec<(usize, usize)> =
            (0..number).flat_map(|a| (a + 1..number).map(move |b| (a, b))).collect();
        let mut starts = Vec::new();
        for &(a, b) in &pairs {
            starts.push(columns.len());
            for x in &codings[a].columns {
                let product = |y: &Vec<f64>| x.iter().zip(y).map(|(x, y)| x * y).collect();
                columns.extend(codings[b].columns.iter().map(product));
            }
        }
        let (basis, inverse) = orthonormal(columns)?;
        let coefficients = Coefficients { basis: &basis, inverse: &inverse };
        let mut terms = vec![Term::Mean];
        let mut weights = vec![vec![1.0 / cells as f64; cells]];
        let mut start = 1;
        for (factor, coding) in codings.iter().enumerate() {
            for (term, mix) in single_terms(factor, coding) {
                terms.push(term);
                weights.push(coefficients.mixed(start, &mix));
            }
            start += coding.columns.len();
        }
        for (&(a, b), start) in pairs.iter().zip(starts) {
            for (levels, mix) in pair_terms(&codings[a], &codings[b]) {
                terms.push(Term::Pair { factors: (a, b), levels });
                weights.push(coefficients.mixed(start, &mix));
            }
            for (levels, mix) in together_terms(&codings[a], &codings[b]) {
                terms.push(Term::Together { factors: (a, b), levels });
                weights.push(coefficients.mixed(start, &mix));
            }
        }
        Some(Regression { terms, weights, basis, mains, has_pairs })
    }

    pub(super) fn terms(&self) -> &[Term] {
        &self.terms
    }

    pub(super) fn of(&self, outcomes: &[f64]) -> Vec<f64> {
        self.weights.iter().map(|weights| dot(weights, outcomes)).collect()
    }

    /// Coefficients of the description, the mean among them.
    pub(super) fn coefficients(&self) -> usize {
        self.basis.len()
    }

    pub(super) fn share(&self, means: &[f64]) -> Option<Share> {
        let whole = variation(means)?;
        let mut rest = means.to_vec();
        let mut leverage = vec![0.0; means.len()];
        let mut mains = 0.0;
        for (number, column) in self.basis.iter().enumerate() {
            let part = dot(column, &rest);
            for ((r, h), x) in rest.iter_mut().zip(&mut leverage).zip(column) {
                *r -= part * x;
                *h += x * x;
            }
            if number + 1 == self.mains {
                mains = 1.0 - dot(&rest, &rest) / whole;
            }
        }
        // What is left of a cell when the others describe it: Allen's PRESS.
        let alone = rest.iter().zip(&leverage).map(|(r, h)| r / (1.0 - h).max(1e-12));
        let press: f64 = alone.map(|e| e * e).sum();
        let all = 1.0 - dot(&rest, &rest) / whole;
        Some(Share { mains, all, left_out: Some(1.0 - press / whole) })
    }
}

fn coding(plan: &Plan, factor: usize) -> Coding {
    let settings = || plan.cells.iter().map(move |cell| &cell[factor]);
    let Some(count) = plan.factors[factor].listed() else {
        let column = settings().map(|s| s.place).collect();
        return Coding {
            columns: vec![column],
            levels: vec![vec![-1.0], vec![1.0]],
            is_range: true,
        };
    };
    // The last level has minus one in all columns, so that the levels' effects sum to zero.
    let weight = |level: usize, column: usize| match level {
        l if l == column => 1.0,
        l if l + 1 == count => -1.0,
        _ => 0.0,
    };
    let columns = 0..count - 1;
    Coding {
        columns: columns
            .clone()
            .map(|c| settings().map(|s| weight(s.level, c)).collect())
            .collect(),
        levels: (0..count).map(|l| columns.clone().map(|c| weight(l, c)).collect()).collect(),
        is_range: false,
    }
}

/// Going from the first level to another, in weights of a factor's columns.
fn change(coding: &Coding, level: usize) -> Vec<f64> {
    let (to, from) = (&coding.levels[level], &coding.levels[0]);
    to.iter().zip(from).map(|(t, f)| t - f).collect()
}

/// The terms of a factor with their weights of its coefficients.
fn single_terms(factor: usize, coding: &Coding) -> Vec<(Term, Vec<f64>)> {
    let change = |level: usize| change(coding, level);
    let mut out = Vec::new();
    if coding.is_range {
        out.push((Term::Main { factor, level: 1 }, change(1)));
    } else {
        let mains = coding.levels.iter().enumerate();
        out.extend(mains.map(|(level, mix)| (Term::Main { factor, level }, mix.clone())));
    }
    let later = 1..coding.levels.len();
    out.extend(later.map(|level| (Term::Change { factor, level }, change(level))));
    out
}

type Mixed = ((usize, usize), Vec<f64>);

/// The terms of two factors with their weights of the products' coefficients. Of a range only the
/// high end is told: the low end's is the opposite.
fn pair_terms(a: &Coding, b: &Coding) -> Vec<Mixed> {
    let told = |c: &Coding| if c.is_range { 1..2 } else { 0..c.levels.len() };
    let mix = |i: usize, j: usize| -> Vec<f64> {
        a.levels[i].iter().flat_map(|x| b.levels[j].iter().map(move |y| x * y)).collect()
    };
    told(a).flat_map(|i| told(b).map(move |j| (i, j))).map(|(i, j)| ((i, j), mix(i, j))).collect()
}

/// Two changes from the first levels: what their product does is the difference of differences.
fn together_terms(a: &Coding, b: &Coding) -> Vec<Mixed> {
    let mix = |i: usize, j: usize| -> Vec<f64> {
        let (first, second) = (change(a, i), change(b, j));
        first.iter().flat_map(|x| second.iter().map(move |y| x * y)).collect()
    };
    let later = |c: &Coding| 1..c.levels.len();
    let pairs = later(a).flat_map(|i| later(b).map(move |j| (i, j)));
    pairs.map(|(i, j)| ((i, j), mix(i, j))).collect()
}

/// Least-squares coefficients as weights of cells, out of columns = basis * inverse of `inverse`.
struct Coefficients<'a> {
    basis: &'a [Vec<f64>],
    /// Upper triangle, by row.
    inverse: &'a [Vec<f64>],
}

impl Coefficients<'_> {
    /// The weights of a sum of coefficients from `start` on.
    fn mixed(&self, start: usize, mix: &[f64]) -> Vec<f64> {
        let mut weights = vec![0.0; self.basis[0].len()];
        for (number, column) in self.basis.iter().enumerate().skip(start) {
            let parts = mix.iter().enumerate();
            let part: f64 = parts.map(|(i, m)| m * self.inverse[start + i][number]).sum();
            for (w, x) in weights.iter_mut().zip(column) {
                *w += part * x;
            }
        }
        weights
    }
}

type Matrix = Vec<Vec<f64>>;

/// Columns made orthonormal by Gram and Schmidt, each twice, and the inverse of the triangle R with
/// columns = basis * R. Nothing when a column is made of those before it.
fn orthonormal(columns: Matrix) -> Option<(Matrix, Matrix)> {
    let count = columns.len();
    let mut basis: Matrix = Vec::with_capacity(count);
    let mut triangle = vec![vec![0.0; count]; count];
    for (number, mut column) in columns.into_iter().enumerate() {
        let size = dot(&column, &column).sqrt();
        for _ in 0..2 {
            for (row, known) in basis.iter().enumerate() {
                let part = dot(known, &column);
                triangle[row][number] += part;
                column.iter_mut().zip(known).for_each(|(x, k)| *x -= part * k);
            }
        }
        let left = dot(&column, &column).sqrt();
        // A column of zeros has no size either.
        if left <= NOTHING * size {
            return None;
        }
        triangle[number][number] = left;
        column.iter_mut().for_each(|x| *x /= left);
        basis.push(column);
    }
    Some((basis, inverted(&triangle)))
}

/// The inverse of an upper triangle.
fn inverted(triangle: &Matrix) -> Matrix {
    let count = triangle.len();
    let mut out = vec![vec![0.0; count]; count];
    for column in 0..count {
        out[column][column] = 1.0 / triangle[column][column];
        for row in (0..column).rev() {
            let sum: f64 = (row + 1..=column).map(|k| triangle[row][k] * out[k][column]).sum();
            out[row][column] = -sum / triangle[row][row];
        }
    }
    out
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(x, y)| x * y).sum()
}

#[cfg(test)]
mod tests {
    use hotwash_engine::Draw;

    use super::*;

    fn columns(count: usize, cells: usize) -> Matrix {
        let mut draw = Draw::addressed(4, "test", 0);
        (0..count).map(|_| (0..cells).map(|_| draw.normal()).collect()).collect()
    }

    #[test]
    fn a_triangle_times_its_basis_is_what_it_came_from() {
        let from = columns(5, 12);
        let (basis, inverse) = orthonormal(from.clone()).unwrap();
        for (i, a) in basis.iter().enumerate() {
            for (j, b) in basis.iter().enumerate() {
                assert!((dot(a, b) - if i == j { 1.0 } else { 0.0 }).abs() < 1e-14);
            }
        }
        // The columns times the inverse triangle are the basis.
        for (number, column) in basis.iter().enumerate() {
            for (cell, x) in column.iter().enumerate() {
                let sum: f64 = (0..5).map(|i| from[i][cell] * inverse[i][number]).sum();
                assert!((sum - x).abs() < 1e-12);
            }
        }
        let mut tied = columns(3, 12);
        tied.push(tied[0].iter().zip(&tied[2]).map(|(a, b)| a - 2.0 * b).collect());
        assert!(orthonormal(tied).is_none());
        assert!(orthonormal(vec![vec![1.0; 4], vec![0.0; 4]]).is_none());
    }

    fn range(cells: usize) -> Coding {
        let place = |i: usize| -1.0 + 2.0 * (i as f64 + 0.5) / cells as f64;
        let column = (0..cells).map(place).collect();
        Coding { columns: vec![column], levels: vec![vec![-1.0], vec![1.0]], is_range: true }
    }

    /// A straight line through points of the textbook: Draper and Smith's definition of least squares
    /// gives slope = sum(t y) / sum(t t) where t has mean zero.
    #[test]
    fn a_line_has_the_slope_of_the_textbook() {
        let fit = Regression::fit(&[range(5)], 5, false).unwrap();
        let outcomes = [1.0, 2.0, 1.5, 4.0, 6.0];
        // t = -0.8, -0.4, 0, 0.4, 0.8: sum(t y) = 4.8, sum(t t) = 1.6, slope 3, over 2 units 6.
        let effects = fit.of(&outcomes);
        assert!((effects[0] - 2.9).abs() < 1e-12 && (effects[1] - 6.0).abs() < 1e-12);
        let share = fit.share(&outcomes).unwrap();
        // Residuals 0.5, 0.3, -1.4, -0.1, 0.7 out of 17.2 around the mean.
        let rest = 0.25 + 0.09 + 1.96 + 0.01 + 0.49;
        assert!((share.all - (1.0 - rest / 17.2)).abs() < 1e-12);
        // Leverages 0.2 + t t / 1.6: 0.6, 0.3, 0.2, 0.3, 0.6.
        let press = 0.25 / 0.16 + 0.09 / 0.49 + 1.96 / 0.64 + 0.01 / 0.49 + 0.49 / 0.16;
        assert!((share.left_out.unwrap() - (1.0 - press / 17.2)).abs() < 1e-12);
    }

    #[test]
    fn what_bends_is_not_described() {
        let fit = Regression::fit(&[range(20)], 20, false).unwrap();
        let bent: Vec<f64> = range(20).columns[0].iter().map(|t| t * t).collect();
        let share = fit.share(&bent).unwrap();
        assert!(share.mains.abs() < 1e-12 && share.left_out.unwrap() < 0.0, "{share:?}");
        assert!(fit.share(&[3.5; 20]).is_none());
    }
}
