//! Shares of an outcome's variance that numbers explain: Sobol's first and total indices.

use hotwash_lab::findings::{Index, Sensitivity, VarianceShares};

use super::bars::{self, Bar, Bars};
use super::screening::range;
use super::{Figure, Table};
use crate::svg::Ink;
use crate::words;

/// Of what the variance is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Of {
    Outcome,
    Difference,
}

/// Shares of the outcome's variance and, with two policies, of the difference between them.
pub fn indices(id: &str, finding: &Sensitivity) -> Vec<Figure> {
    let outcome = one(id, finding, &finding.indices, Of::Outcome);
    if finding.difference_indices.is_empty() && finding.arms.len() < 2 {
        return vec![outcome];
    }
    let id = format!("{id}-difference");
    vec![outcome, one(&id, finding, &finding.difference_indices, Of::Difference)]
}

fn one(id: &str, finding: &Sensitivity, list: &[Index], of: Of) -> Figure {
    let (name, first) = (&finding.measure.name, super::arm(&finding.arms, 0));
    let what = match of {
        Of::Outcome => format!("{name} under {first}"),
        Of::Difference => {
            format!("the difference in {name} between {first} and {}", super::arm(&finding.arms, 1))
        }
    };
    let heading = format!("What the spread of {what} comes from");
    if list.iter().all(|i| !i.first.value.is_finite() && !i.total.value.is_finite()) {
        return Figure::empty(&heading, &why_not(finding));
    }
    let bars: Vec<Bar> = list.iter().take(bars::MOST).map(bar).collect();
    let sentence = sentence(finding, list, of);
    let drawing = bars::draw(&Bars {
        id,
        title: heading.clone(),
        about: sentence.clone(),
        bars: &bars,
        axis: "share of the variance (%)".to_owned(),
        figures: "share [95 %]".to_owned(),
        is_shares: true,
        kinds: &["by itself", "with all that it takes part in"],
    });
    let rest = list.len() - bars.len();
    let rest = if rest > 0 { format!(" {rest} more are in the table.") } else { String::new() };
    let left_out = if finding.rows_without_value > 0 {
        format!(
            " ({} more are left out, since the outcome has no value in a run of theirs)",
            words::count(finding.rows_without_value)
        )
    } else {
        String::new()
    };
    let caption = format!(
        "Sobol's indices, first order above and total below, with 95 % intervals: the share of the \
         variance that would go if the number were known, and the share in which it has any part, which \
         overlap and may sum to more than 100 %. Hatched bars are numbers that are guesses.{rest} \
         N = {} rows of the sample{left_out}, seed {}.",
        words::count(finding.rows),
        finding.header.seed
    );
    Figure { heading, sentence, drawing: Some(drawing), caption, table: table(&what, list) }
}

/// Why there are no shares.
fn why_not(finding: &Sensitivity) -> String {
    if finding.header.is_partial {
        return "the study was stopped before the variance could be shared out".to_owned();
    }
    if finding.rows_without_value > 0 {
        return format!(
            "nothing can be said: only {} of {} rows have a value in all their runs",
            words::count(finding.rows),
            words::count(finding.rows + finding.rows_without_value)
        );
    }
    "no shares of variance were estimated, or nothing varies".to_owned()
}

/// What a variance is made of, in the words of the text output.
fn made_of(shares: &VarianceShares) -> String {
    let sourced = match shares.sourced {
        e if e.low == 0.0 && e.high == 0.0 => "nothing".to_owned(),
        e => words::variance_share(e),
    };
    format!(
        "{} is explained by the guesses examined, {sourced} by the numbers examined that have a source, \
         {} by chance and every number that was not examined, and {} only comes about between several of \
         these",
        words::variance_share(shares.guesses),
        words::variance_share(shares.chance_and_rest),
        words::variance_share(shares.interactions)
    )
}

fn name(index: &Index) -> String {
    index
        .number
        .as_ref()
        .map_or_else(|| "chance and all other numbers".to_owned(), |n| n.path.clone())
}

fn bar(index: &Index) -> Bar {
    let is_guess = index.number.as_ref().is_some_and(|n| n.is_guess());
    let note = match &index.number {
        Some(number) if is_guess => format!("guess; {}", range(number)),
        Some(number) => format!("{}; {}", number.firmness, range(number)),
        None => "luck, and numbers not examined".to_owned(),
    };
    let ink = match (&index.number, is_guess) {
        (None, _) => Ink(6),
        (_, guess) => Ink(usize::from(guess)),
    };
    let text = |e: hotwash_lab::stats::Estimate| {
        if e.value.is_finite() { words::variance_share(e) } else { "not estimated".to_owned() }
    };
    Bar {
        name: name(index),
        note,
        is_hatched: is_guess,
        ink,
        values: vec![
            (words::held(index.first), text(index.first)),
            (words::held(index.total), text(index.total)),
        ],
    }
}

fn sentence(finding: &Sensitivity, list: &[Index], of: Of) -> String {
    let numbers = || list.iter().filter(|i| i.number.is_some() && i.total.value.is_finite());
    let largest = numbers().max_by(|a, b| a.total.value.total_cmp(&b.total.value));
    let mut out = match largest {
        None => "No number's share is known.".to_owned(),
        Some(index) if index.total.low <= 0.0 => format!(
            "No number's share is told from zero; the largest estimate is that of {}, {}.",
            name(index),
            words::variance_share(index.total)
        ),
        Some(index) => format!(
            "{} has the largest part: {} of the variance, {} by itself.",
            name(index),
            words::variance_share(index.total),
            words::variance_share(index.first)
        ),
    };
    let chance = list.iter().find(|i| i.number.is_none() && i.total.value.is_finite());
    if let Some(chance) = chance {
        let share = words::variance_share(chance.total);
        out += &format!(" Chance and all other numbers have a part in {share}.");
    }
    let shares = match of {
        Of::Outcome => finding.shares.as_ref(),
        Of::Difference => finding.difference_shares.as_ref(),
    };
    if let Some(shares) = shares {
        out += &format!(" Of the variance, {}.", made_of(shares));
    }
    out
}

fn table(what: &str, list: &[Index]) -> Table {
    let caption = format!("Shares of the variance of {what}");
    let mut table = Table::new(
        &caption,
        3,
        &["number", "known how well", "source", "by itself [95 %]", "in all [95 %]"],
    );
    for index in list {
        let of = |field: fn(&hotwash_lab::findings::NumberInfo) -> &String| {
            index.number.as_ref().map_or_else(String::new, |n| field(n).clone())
        };
        table.rows.push(vec![
            name(index),
            of(|n| &n.firmness),
            of(|n| &n.source),
            words::variance_share(index.first),
            words::variance_share(index.total),
        ]);
    }
    table
}
