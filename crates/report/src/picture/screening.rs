//! Which numbers move the outcome: Morris's screening.

use hotwash_lab::findings::{NumberInfo, Screened, Sensitivity};

use super::bars::{self, Bar, Bars};
use super::{Figure, Table};
use crate::svg::Ink;
use crate::words;

/// The numbers that move the outcome most.
pub fn screening(id: &str, finding: &Sensitivity) -> Figure {
    let heading = format!("Which numbers move {}", finding.measure.name);
    let known: Vec<&Screened> =
        finding.screened.iter().filter(|s| s.has_effect && s.outcome.value.is_finite()).collect();
    if finding.screened.is_empty() {
        return Figure::empty(&heading, "no number of the model was moved");
    }
    if known.is_empty() {
        let why = format!(
            "none of {} numbers moves {} at all. {}",
            finding.screened.len(),
            finding.measure.name,
            counts(finding)
        );
        return Figure { table: table(finding), ..Figure::empty(&heading, &why) };
    }
    let bars: Vec<Bar> = known.iter().take(bars::MOST).map(|s| bar(s)).collect();
    let sentence = sentence(finding, &known);
    let drawing = bars::draw(&Bars {
        id,
        title: heading.clone(),
        about: sentence.clone(),
        bars: &bars,
        axis: format!(
            "mean absolute change when it goes from its 5 % to its 95 % point: {}",
            words::axis(&finding.measure)
        ),
        figures: format!("{} [95 %]", words::unit(&finding.measure)),
        is_shares: false,
        kinds: &[],
    });
    let rest = known.len() - bars.len();
    let rest = if rest > 0 {
        format!(" {rest} more numbers, each with less effect, are in the table.")
    } else {
        String::new()
    };
    let caption = format!(
        "Morris's screening: each number is moved over its range while the others stand at random \
         places; whiskers are 95 % intervals. Hatched bars are numbers that are guesses.{rest} Up or \
         down is said where two standard errors say so; a number that merely reshuffles luck moves the \
         outcome too, in no direction. Under {}; N = {} trajectories, seed {}.",
        super::arm(&finding.arms, 0),
        words::count(finding.trajectories),
        finding.header.seed
    );
    Figure { heading, sentence, drawing: Some(drawing), caption, table: table(finding) }
}

fn bar(s: &Screened) -> Bar {
    let note = if s.number.is_guess() { "guess".to_owned() } else { s.number.firmness.clone() };
    let all = s.steps + s.steps_without_value;
    let trajectories = if s.steps_without_value > 0 {
        format!("; in {} of {all} trajectories", s.steps)
    } else {
        String::new()
    };
    Bar {
        name: s.number.path.clone(),
        note: format!("{note}; {}{trajectories}", range(&s.number)),
        is_hatched: s.number.is_guess(),
        ink: Ink(usize::from(s.number.is_guess())),
        values: vec![(s.outcome, effect(s))],
    }
}

/// How far it moves the outcome, and whether up or down where that is plain.
fn effect(s: &Screened) -> String {
    if s.steps == 0 {
        return "no value".to_owned();
    }
    let half = 2.0 * s.spread / (s.steps as f64).sqrt();
    let way = match s.signed {
        mean if mean > half => " up",
        mean if mean < -half => " down",
        _ => "",
    };
    format!("{}{way}", words::estimate(s.outcome))
}

/// What a number is moved between, its unit first: as in the text output.
pub(super) fn range(number: &NumberInfo) -> String {
    format!("{} {}", number.unit, number.range).trim().to_owned()
}

/// What became of a number.
fn state(s: &Screened) -> &'static str {
    match (s.has_effect, s.is_out_of_reach) {
        (true, _) => "had an effect",
        (false, true) => "out of reach: nothing is known",
        (false, false) => "showed none",
    }
}

/// How many numbers there are and what became of them.
fn counts(finding: &Sensitivity) -> String {
    let count = |is: fn(&Screened) -> bool| finding.screened.iter().filter(|s| is(s)).count();
    let out_of_reach = match count(|s| !s.has_effect && s.is_out_of_reach) {
        0 => String::new(),
        n => format!(
            " {n} more are read before runs begin, where they cannot be moved: nothing is known of their \
             effect."
        ),
    };
    format!(
        "Of {} numbers in the model, {} had an effect ({} of them guesses) and {} showed none{} in {} \
         trajectories; a rare effect may have been missed.{out_of_reach}",
        words::count(finding.screened.len() as u64),
        count(|s| s.has_effect),
        count(|s| s.has_effect && s.number.is_guess()),
        count(|s| !s.has_effect && !s.is_out_of_reach),
        if finding.arms.len() == 2 { " under either policy" } else { "" },
        words::count(finding.trajectories)
    )
}

fn sentence(finding: &Sensitivity, known: &[&Screened]) -> String {
    let (first, second) = (known[0], known.get(1));
    let hedge = match second {
        Some(next) if next.outcome.high >= first.outcome.low => format!(
            "; the next, {}, is within its interval, so their order may be chance",
            next.number.path
        ),
        _ => String::new(),
    };
    let top = known.len().min(10);
    let guesses = known[..top].iter().filter(|s| s.number.is_guess()).count();
    format!(
        "{} moves {} most: by {} {} over its range{hedge}. Of the {top} that move it most, {guesses} {}. \
         {}",
        first.number.path,
        finding.measure.name,
        words::estimate(first.outcome),
        words::unit(&finding.measure),
        if guesses == 1 { "is a guess" } else { "are guesses" },
        counts(finding)
    )
}

fn table(finding: &Sensitivity) -> Table {
    let unit = words::unit(&finding.measure);
    let caption =
        format!("Numbers of the model and their effect on {}, in {unit}", finding.measure.name);
    let mut table = Table::new(
        &caption,
        6,
        &[
            "number",
            "unit",
            "known how well",
            "source",
            "moved between",
            "what became of it",
            "trajectories with a value",
            "mean absolute effect [95 %]",
            "mean effect",
            "spread of effects",
            "effect on the policies' difference [95 %]",
        ],
    );
    for s in &finding.screened {
        table.rows.push(vec![
            s.number.path.clone(),
            s.number.unit.clone(),
            s.number.firmness.clone(),
            s.number.source.clone(),
            s.number.range.clone(),
            state(s).to_owned(),
            words::count(s.steps),
            effect(s),
            words::number(s.signed),
            words::number(s.spread),
            s.difference.map_or_else(|| "one policy".to_owned(), words::estimate),
        ]);
    }
    table
}
