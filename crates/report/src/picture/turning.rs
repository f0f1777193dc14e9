//! Which numbers turn the ranking of two policies.

use hotwash_lab::findings::{Sensitivity, Turning};

use super::forest::{self, Forest, Line};
use super::{Figure, Table, arm};
use crate::svg::Ink;
use crate::words;

/// Numbers drawn at most: those that turn the ranking first.
const MOST: usize = 9;

/// The difference where each number is low and where it is high.
pub fn turning(id: &str, finding: &Sensitivity) -> Figure {
    let heading = "Which numbers turn the ranking of the policies";
    if finding.arms.len() < 2 {
        return Figure::empty(heading, "one policy was examined, so there is no ranking");
    }
    let (first, second) = (arm(&finding.arms, 0), arm(&finding.arms, 1));
    if finding.turning.is_empty() {
        return Figure::empty(heading, "for no number was the ranking examined");
    }
    let mut list: Vec<&Turning> = finding.turning.iter().collect();
    list.sort_by_key(|t| (!t.turns, !t.number.is_guess()));
    let lines = lines(&list[..list.len().min(MOST)]);
    let sentence = sentence(finding, &first, &second);
    let drawing = (forest::drawable(&lines) > 0).then(|| {
        forest::draw(&Forest {
            id,
            title: heading.to_owned(),
            about: sentence.clone(),
            lines: &lines,
            axis: format!("{first} \u{2212} {second}: {}", words::axis(&finding.measure)),
            sides: sides(finding.measure.better, &first, &second),
            figures: format!("{} [95 % interval]", words::unit(&finding.measure)),
            domain: forest::domain(&lines, f64::INFINITY),
        })
    });
    let rest = list.len().saturating_sub(MOST);
    let rest = if rest > 0 { format!(" {rest} more are in the table.") } else { String::new() };
    let caption = format!(
        "Mean difference {first} \u{2212} {second} over the worlds in which a number lies in the lowest \
         or in the highest third of its range. A ranking TURNS where one policy is clearly better in the \
         lowest third and the other in the highest; it stands where that could not be shown.{rest} {}, \
         a third of them behind each figure, seed {}.",
        finding.ranking.as_ref().map_or_else(
            || words::worlds(finding.header.worlds, finding.header.worlds),
            |r| words::worlds(r.worlds, r.worlds + r.without_value)
        ),
        finding.header.seed
    );
    Figure { heading: heading.to_owned(), sentence, drawing, caption, table: table(finding) }
}

/// Which policy a side of zero favours.
fn sides(better: &str, first: &str, second: &str) -> (String, String) {
    match better {
        "lower" => (format!("{first} better"), format!("{second} better")),
        "higher" => (format!("{second} better"), format!("{first} better")),
        _ => (format!("{first} has less"), format!("{first} has more")),
    }
}

fn lines(list: &[&Turning]) -> Vec<Line> {
    let mut out = Vec::new();
    for t in list {
        let firmness = if t.number.is_guess() { "guess" } else { t.number.firmness.as_str() };
        let turns = if t.turns { "TURNS" } else { "stands" };
        out.push(Line::Group { name: t.number.path.clone(), note: format!("{turns}; {firmness}") });
        for (name, e, ink) in [("in its low third", t.low, 0), ("in its high third", t.high, 1)] {
            out.push(Line::Row {
                name: name.to_owned(),
                ink: Ink(ink),
                place: e.value.is_finite().then_some(e),
                is_clear: e.is_clear(),
                figure: words::signed(e),
                worlds: String::new(),
            });
        }
    }
    out
}

/// How the two policies stand over the ranges of the numbers, in the words of the text output.
fn stand(finding: &Sensitivity, first: &str, second: &str) -> String {
    let Some(ranking) = &finding.ranking else {
        return format!("The ranking of {first} and {second} was not examined. ");
    };
    let word = if finding.measure.better == "neither" { "lower" } else { "better" };
    let [a, equal, b] = ranking.better.map(words::percent_estimate);
    let left_out = match ranking.without_value {
        0 => String::new(),
        n => format!("({} worlds without a value are left out.) ", words::count(n)),
    };
    format!(
        "Over the ranges of the numbers examined, {first} is {word} than {second} in {a} of {} worlds, \
         {second} in {b}, and both are equal in {equal}; the mean of {first} \u{2212} {second} is {}. \
         {left_out}",
        words::count(ranking.worlds),
        words::with_unit(&words::signed(ranking.difference), &finding.measure.unit)
    )
}

fn sentence(finding: &Sensitivity, first: &str, second: &str) -> String {
    let turning: Vec<&Turning> = finding.turning.iter().filter(|t| t.turns).collect();
    let names: Vec<String> = turning.iter().map(|t| t.number.path.clone()).collect();
    let stand = stand(finding, first, second);
    if names.is_empty() {
        return format!(
            "{stand}No number examined turns the ranking between the ends of its range ({} examined, each \
             by itself).",
            finding.turning.len()
        );
    }
    let guesses = turning.iter().filter(|t| t.number.is_guess()).count();
    format!(
        "{stand}The ranking is turned by {}; {} {} a guess.",
        words::list(&names, 5),
        match (guesses, names.len()) {
            (0, _) => "none of these".to_owned(),
            (1, 1) => "this".to_owned(),
            (g, n) => format!("{g} of these {n}"),
        },
        if guesses > 1 { "are each" } else { "is" },
    )
}

fn table(finding: &Sensitivity) -> Table {
    let caption = format!("Difference between the policies, in {}", words::unit(&finding.measure));
    let mut table = Table::new(
        &caption,
        4,
        &[
            "number",
            "known how well",
            "moved between",
            "ranking",
            "difference in its low third [95 %]",
            "difference in its high third [95 %]",
        ],
    );
    for t in &finding.turning {
        table.rows.push(vec![
            t.number.path.clone(),
            t.number.firmness.clone(),
            t.number.range.clone(),
            if t.turns { "TURNS" } else { "stands" }.to_owned(),
            words::signed(t.low),
            words::signed(t.high),
        ]);
    }
    table
}
