//! Whether two programs run the same model: their means must agree, as far as chance allows.

use super::line::{Line, MEASURES};

/// Standard errors of their difference that two means may lie apart. Of a set of forty comparisons of
/// programs that are right, one exceeds it in about 400 sets of seeds; the seeds are fixed.
const ERRORS: f64 = 4.0;

/// The name of the twin by hand.
pub(crate) const BY_HAND: &str = "by hand";

/// What a program's means may differ by from those it is held against.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Tolerance {
    /// Nothing: it takes the same draws as the row of this name, so it must give the same outcomes.
    Identical(&'static str),
    /// Chance alone, from the twin by hand.
    Chance,
    /// Chance, and this share of the mean on top, because its time comes in whole hours.
    Quantised(f64),
}

impl Tolerance {
    /// The row that it is held against.
    pub(crate) fn standard(self) -> &'static str {
        match self {
            Tolerance::Identical(name) => name,
            Tolerance::Chance | Tolerance::Quantised(_) => BY_HAND,
        }
    }
}

/// The outcomes of many runs taken together.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Pool {
    runs: f64,
    sums: [f64; 5],
    squares: [f64; 5],
}

impl Pool {
    /// Adds the runs of a line.
    pub(crate) fn add(&mut self, line: &Line) {
        self.runs += line.runs;
        for (i, (mean, sd)) in line.moments.into_iter().enumerate() {
            self.sums[i] += line.runs * mean;
            self.squares[i] += (line.runs - 1.0) * sd * sd + line.runs * mean * mean;
        }
    }

    /// How many runs.
    pub(crate) fn runs(&self) -> f64 {
        self.runs
    }

    /// The mean of a measure, and its standard error.
    pub(crate) fn mean(&self, measure: usize) -> (f64, f64) {
        let mean = self.sums[measure] / self.runs;
        let spread = (self.squares[measure] - self.runs * mean * mean).max(0.0);
        (mean, (spread / (self.runs - 1.0) / self.runs).sqrt())
    }
}

/// Every measure whose mean is not that of its standard, in words.
pub(crate) fn disagreements(
    name: &str,
    tolerance: Tolerance,
    pool: &Pool,
    standard: &Pool,
) -> Vec<String> {
    let mut wrong = Vec::new();
    for (i, measure) in MEASURES.into_iter().enumerate() {
        let ((mean, error), (wanted, wanted_error)) = (pool.mean(i), standard.mean(i));
        let chance = ERRORS * (error * error + wanted_error * wanted_error).sqrt();
        let (allowed, why) = match tolerance {
            Tolerance::Identical(_) => (0.0, "the same draws must give the same".to_owned()),
            Tolerance::Chance => (chance, format!("{ERRORS} standard errors are {chance:.3}")),
            Tolerance::Quantised(share) => {
                let allowed = chance + share * wanted;
                (allowed, format!("chance and whole hours explain {allowed:.3}"))
            }
        };
        // What is not a number is within nothing.
        let is_within = (mean - wanted).abs() <= allowed;
        if !is_within {
            wrong.push(format!(
                "{name}: mean {measure} {mean:.3}, {} {wanted:.3}; {why}",
                tolerance.standard()
            ));
        }
    }
    wrong
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(runs: f64, found: f64) -> Line {
        let moments = [(1159.0, 40.0), (170.0, 13.0), (found, 2.0), (4680.0, 68.0), (4.7, 2.0)];
        let text = String::new;
        let (tool, version, what) = (text(), text(), text());
        Line { tool, version, what, runs, seconds: 1.0, peak_kib: 1.0, moments }
    }

    fn pool(lines: &[(f64, f64)]) -> Pool {
        let mut pool = Pool::default();
        lines.iter().for_each(|&(runs, found)| pool.add(&line(runs, found)));
        pool
    }

    #[test]
    fn lines_taken_together_are_as_the_runs_taken_together() {
        let (mean, error) = pool(&[(100.0, 4.0), (300.0, 6.0)]).mean(2);
        assert_eq!(mean, 5.5);
        // 99 and 299 times a variance of 4 within, 100 and 300 times 1.5 and 0.5 squared between.
        let variance = (398.0 * 4.0 + 100.0 * 2.25 + 300.0 * 0.25) / 399.0;
        assert!((error - f64::sqrt(variance / 400.0)).abs() < 1e-12, "{error}");
    }

    #[test]
    fn means_that_differ_are_named_with_tool_measure_and_both_means() {
        // The standard error of the difference is 2 * sqrt(1/400 + 1/400) = 0.1414.
        let hand = pool(&[(400.0, 4.8)]);
        let near = disagreements("T", Tolerance::Chance, &pool(&[(400.0, 5.3)]), &hand);
        assert_eq!(near, Vec::<String>::new());
        let far = disagreements("T", Tolerance::Chance, &pool(&[(400.0, 5.4)]), &hand);
        assert_eq!(far, ["T: mean found 5.400, by hand 4.800; 4 standard errors are 0.566"]);
    }

    #[test]
    fn whole_hours_excuse_a_share_and_no_more() {
        let hand = pool(&[(400.0, 4.8)]);
        let tolerance = Tolerance::Quantised(0.05);
        assert!(disagreements("T", tolerance, &pool(&[(400.0, 5.4)]), &hand).is_empty());
        assert_eq!(disagreements("T", tolerance, &pool(&[(400.0, 5.7)]), &hand).len(), 1);
    }

    #[test]
    fn who_takes_the_same_draws_may_not_differ_at_all() {
        let hand = pool(&[(400.0, 4.8)]);
        let tolerance = Tolerance::Identical("by hand, small");
        assert!(disagreements("E", tolerance, &hand.clone(), &hand).is_empty());
        let off = disagreements("E", tolerance, &pool(&[(400.0, 4.8025)]), &hand);
        let wanted = "E: mean found 4.803, by hand, small 4.800; the same draws must give the same";
        assert_eq!(off, [wanted]);
    }

    #[test]
    fn a_program_that_ran_nothing_agrees_with_nobody() {
        let hand = pool(&[(400.0, 4.8)]);
        assert_eq!(disagreements("T", Tolerance::Chance, &Pool::default(), &hand).len(), 5);
    }
}
