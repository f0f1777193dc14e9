//! What an outcome and a ranking hang on, number by number.

use std::fmt::Write as _;

use hotwash_lab::findings::{Index, Screened, Sensitivity, Turning, VarianceShares};
use hotwash_lab::stats::Estimate;

use super::layout::{Page, wrap};
use super::outcomes::number;
use super::style::{BOLD, DIM};

/// Columns of figures beside or below a name.
const FIGURES: [usize; 4] = [26, 16, 16, 14];
/// Of how many numbers without indices the table still tells the effect.
const OTHERS: usize = 5;

/// Half the width of an interval around a share from which on it says little.
const WIDE: f64 = 0.2;

/// The study as text.
pub fn sensitivity(found: &Sensitivity, page: Page) -> String {
    let mut out = String::new();
    let names: Vec<&str> = found.arms.iter().map(|arm| arm.name.as_str()).collect();
    let title = format!("What {} hangs on: {}", found.measure.name, found.header.title);
    let _ = writeln!(out, "{}", BOLD.on(title));
    paragraph(&mut out, &format!("{}: {}", found.measure.name, found.measure.about), page);
    out.push('\n');
    paragraph(&mut out, &verdict(found, names[0]), page);
    if let [a, b] = names[..] {
        out.push('\n');
        paragraph(&mut out, &ranking(found, a, b), page);
        if let Some(shares) = &found.difference_shares {
            out.push('\n');
            let made = made_of(shares, &found.difference_indices);
            let text = format!("Of the variance of that difference, {made}.");
            paragraph(&mut out, &text, page);
        }
    }
    effects(&mut out, found, names[0], page);
    turning(&mut out, found, &names, page);
    out.push('\n');
    paragraph(&mut out, &counts(found), page);
    reading(&mut out, found, page);
    out
}

fn paragraph(out: &mut String, text: &str, page: Page) {
    for line in wrap(text, page.width) {
        let _ = writeln!(out, "{line}");
    }
}

fn heading(out: &mut String, text: &str) {
    let _ = writeln!(out, "\n{}", BOLD.on(text));
}

/// What the variance is made of, in a sentence.
fn verdict(found: &Sensitivity, policy: &str) -> String {
    let what = format!("the variance of {} under {policy}", found.measure.name);
    match &found.shares {
        Some(shares) => format!("Of {what}, {}.", made_of(shares, &found.indices)),
        None if found.outcome_range.is_none() => {
            format!("{} has no value in any run under {policy}.", found.measure.name)
        }
        None if found.outcome_range.is_some_and(|(low, high)| low == high) => {
            let value = found.outcome_range.map_or(f64::NAN, |(low, _)| low);
            format!("{} is {} in every run under {policy}.", found.measure.name, number(value))
        }
        None if found.header.is_partial => {
            format!("The study was stopped before {what} could be shared out.")
        }
        None if found.rows_without_value > 0 => format!(
            "Nothing can be said of {what}: only {} of {} rows have a value in all their runs.",
            found.rows,
            found.rows + found.rows_without_value
        ),
        None if found.screened.iter().all(|s| !s.has_effect) => {
            format!("No number had an effect on {}: chance alone moves it.", found.measure.name)
        }
        None => format!("Nothing can be said of {what}: it has none in this sample."),
    }
}

fn made_of(shares: &VarianceShares, indices: &[Index]) -> String {
    let has = |guess: bool| {
        indices.iter().filter_map(|i| i.number.as_ref()).any(|n| n.is_guess() == guess)
    };
    let guesses = match has(true) {
        true => format!("{} is explained by the guesses examined", share(shares.guesses)),
        false => {
            "none is explained by guesses, as no guess is among the numbers examined".to_owned()
        }
    };
    let sourced = match has(false) {
        true => format!("{} by the numbers examined that have a source", share(shares.sourced)),
        false => "none by numbers that have a source, as none of these is among them".to_owned(),
    };
    format!(
        "{guesses}, {sourced}, {} by chance and every number with a range that was not examined (guesses \
         among them), and {} only comes about between several of these",
        share(shares.chance_and_rest),
        share(shares.interactions)
    )
}

/// Whether shares are known so badly that their order says nothing.
fn is_wide(shares: &VarianceShares) -> bool {
    let all = [shares.guesses, shares.sourced, shares.chance_and_rest, shares.interactions];
    all.iter().any(|share| share.half_width() > WIDE)
}

/// How the two policies stand.
fn ranking(found: &Sensitivity, a: &str, b: &str) -> String {
    let Some(ranking) = &found.ranking else {
        return format!("The ranking of {a} and {b} was not examined.");
    };
    let [first, equal, second] = ranking.better;
    let word = match found.measure.better {
        "neither" => "lower",
        _ => "better",
    };
    let turning: Vec<&str> =
        found.turning.iter().filter(|t| t.turns).map(|t| t.number.path.as_str()).collect();
    let turned = match turning[..] {
        [] => "No number examined turns the ranking between the ends of its range.".to_owned(),
        _ => format!("The ranking is turned by {}.", turning.join(", ")),
    };
    let mut text = format!(
        "Over the ranges of the numbers examined, {a} is {word} than {b} in {} of {} worlds, {b} in {}, and \
         both are equal in {}; the mean of {a} - {b} is {}{}. {turned}",
        exact_share(first),
        number(ranking.worlds as f64),
        exact_share(second),
        exact_share(equal),
        figure(ranking.difference),
        unit(found),
    );
    if ranking.without_value > 0 {
        let _ = write!(text, " ({} worlds without a value are left out.)", ranking.without_value);
    }
    text
}

fn unit(found: &Sensitivity) -> String {
    let unit = &found.measure.unit;
    if unit.is_empty() { String::new() } else { format!(" {unit}") }
}

/// The effects and the variance shares: the guesses among the numbers first.
fn effects(out: &mut String, found: &Sensitivity, policy: &str, page: Page) {
    let index = |s: &Screened| {
        let is_it = |i: &&Index| i.number.as_ref().is_some_and(|n| n.path == s.number.path);
        found.indices.iter().find(is_it)
    };
    let turns = |s: &Screened| {
        found.turning.iter().find(|t| t.number.path == s.number.path).map(|t| t.turns)
    };
    let is_examined = |s: &&Screened| index(s).is_some() || turns(s).is_some();
    let (examined, others): (Vec<&Screened>, Vec<&Screened>) =
        found.screened.iter().filter(|s| moves(s)).partition(is_examined);
    let others = others.into_iter().take(OTHERS);
    let rows: Vec<&Screened> = examined.into_iter().chain(others).collect();
    if rows.is_empty() {
        return;
    }
    heading(out, &format!("The numbers that move {} most, under {policy}", found.measure.name));
    let unit = if found.measure.unit.is_empty() { "outcome" } else { &found.measure.unit };
    let mut columns = vec![format!("moves it by, {unit}"), "by itself".into(), "in all".into()];
    columns.extend((found.arms.len() == 2).then(|| "ranking".to_owned()));
    line(out, &format!("{:<9}{}", "", "number"), &columns, page);
    for wanted in [true, false] {
        for row in rows.iter().filter(|row| row.number.is_guess() == wanted) {
            let firmness = if wanted { "GUESS" } else { row.number.firmness.as_str() };
            let name = format!("{firmness:<9}{}", row.number.path);
            let mut cells = vec![effect(row)];
            let shares = index(row).map(|i| [share(i.first), share(i.total)]);
            cells.extend(shares.unwrap_or_else(|| ["-".to_owned(), "-".to_owned()]));
            if found.arms.len() == 2 {
                cells.push(turned(turns(row)).to_owned());
            }
            line(out, &name, &cells, page);
            provenance(out, row, page);
        }
    }
    if let Some(chance) = found.indices.iter().find(|i| i.number.is_none()) {
        let cells = ["-".to_owned(), share(chance.first), share(chance.total)];
        line(out, &format!("{:<9}{}", "", "chance and the rest"), &cells, page);
    }
}

/// Whether it did anything to the outcome under the first policy, or may have.
fn moves(row: &Screened) -> bool {
    row.has_effect && (row.outcome.high > 0.0 || row.steps_without_value > 0)
}

/// How far it moves the outcome, and whether up or down when that is plain.
fn effect(row: &Screened) -> String {
    if row.steps == 0 {
        return "no value".to_owned();
    }
    let half = 2.0 * row.spread / (row.steps as f64).sqrt();
    let way = match row.signed {
        mean if mean > half => " up",
        mean if mean < -half => " down",
        _ => "",
    };
    format!("{}{way}", figure(row.outcome))
}

fn turned(turns: Option<bool>) -> &'static str {
    match turns {
        Some(true) => "TURNS",
        Some(false) => "stands",
        None => "-",
    }
}

/// A name with figures: beside it where the page is wide, below it elsewhere.
fn line(out: &mut String, name: &str, cells: &[String], page: Page) {
    let figures: usize = FIGURES.iter().sum();
    let beside = page.width.saturating_sub(figures);
    let mut text = format!("{:6}", "");
    if beside >= 46 {
        if name.chars().count() < beside {
            text = format!("{name:<beside$}");
        } else {
            let _ = writeln!(out, "{name}");
            text = " ".repeat(beside);
        }
    } else {
        let _ = writeln!(out, "{name}");
    }
    for (cell, width) in cells.iter().zip(FIGURES) {
        let _ = write!(text, "{cell:<width$}");
    }
    let _ = writeln!(out, "{}", text.trim_end());
}

/// Its range and where it is from, in two lines at most.
fn provenance(out: &mut String, row: &Screened, page: Page) {
    let n = &row.number;
    let mut text = format!("{}; {}", range(&n.range, &n.unit), n.source);
    if row.steps_without_value > 0 && row.steps > 0 {
        let all = row.steps + row.steps_without_value;
        text = format!("in {} of {all} trajectories; {text}", row.steps);
    }
    let room = page.width.saturating_sub(9);
    let mut lines = wrap(&text, room);
    if lines.len() > 2 {
        lines.truncate(2);
        let kept: String = lines[1].chars().take(room.saturating_sub(3)).collect();
        lines[1] = kept.trim_end().to_owned() + "...";
    }
    for line in lines {
        let _ = writeln!(out, "{:9}{}", "", DIM.on(line));
    }
}

/// A range with its unit behind the figures.
fn range(range: &str, unit: &str) -> String {
    match (unit, range.split_once(" (")) {
        ("", _) => range.to_owned(),
        (_, Some((figures, rest))) => format!("{figures} {unit} ({rest}"),
        (_, None) => format!("{range} {unit}"),
    }
}

/// The difference at both ends of each number's range.
fn turning(out: &mut String, found: &Sensitivity, names: &[&str], page: Page) {
    let [a, b] = names else { return };
    if found.turning.is_empty() {
        return;
    }
    heading(
        out,
        &format!("{a} - {b}, in {}, at the ends of each number's range", found.measure.unit),
    );
    let columns = ["in its low third", "in its high third", "in all", "ranking"].map(str::to_owned);
    let widths = |cells: [String; 4]| {
        let [low, high, total, turns] = cells;
        // The second column needs as much room as the first.
        [low, format!("{high:<26}"), total, turns]
    };
    line(out, &format!("{:<9}{}", "", "number"), &widths(columns), page);
    let mut rows: Vec<&Turning> = found.turning.iter().collect();
    rows.sort_by_key(|t| (!t.turns, !t.number.is_guess()));
    for row in rows {
        let firmness = if row.number.is_guess() { "GUESS" } else { row.number.firmness.as_str() };
        let is_it = |i: &&Index| i.number.as_ref().is_some_and(|n| n.path == row.number.path);
        let total = found.difference_indices.iter().find(is_it).map(|i| share(i.total));
        let cells = [
            figure(row.low),
            figure(row.high),
            total.unwrap_or_else(|| "-".to_owned()),
            turned(Some(row.turns)).to_owned(),
        ];
        line(out, &format!("{firmness:<9}{}", row.number.path), &widths(cells), page);
    }
}

/// How many numbers there are and what became of them.
fn counts(found: &Sensitivity) -> String {
    let count = |is: fn(&Screened) -> bool| found.screened.iter().filter(|s| is(s)).count();
    let still = count(|s| !s.has_effect && !s.is_out_of_reach);
    let guesses = count(|s| s.has_effect && s.number.is_guess());
    let moving = count(|s| s.has_effect);
    let policies = if found.arms.len() == 2 { " under either policy" } else { "" };
    let elsewhere = count(|s| s.has_effect && !moves(s));
    let elsewhere = match elsewhere {
        0 => String::new(),
        _ => format!(
            " {elsewhere} of those with an effect do nothing to {} under {}, and are not listed as moving it.",
            found.measure.name, found.arms[0].name
        ),
    };
    format!(
        "Of {} numbers in the model, {moving} had an effect ({guesses} of them guesses) and {still} showed none{policies} \
         in {} trajectories; a rare effect may have been missed.{elsewhere}",
        found.screened.len(),
        found.trajectories,
    )
}

/// How to read it, what is not known, and how to find it again.
fn reading(out: &mut String, found: &Sensitivity, page: Page) {
    heading(out, "How to read this");
    let mut notes = vec![
        "`moves it by` is the mean absolute change of the outcome in one and the same world when a number \
         goes from its 5 % to its 95 % point, and up or down where two standard errors say so (Morris). A number \
         that merely reshuffles luck moves it too, in no direction."
            .to_owned(),
        "`by itself` is the share of the variance that would go if the number were known; `in all` also \
         counts what it does together with others (Sobol, first order and total). Shares `in all` \
         overlap and may sum to more than 100 %. A share below 0 or above 100 % is sampling error, and is \
         printed as it is, so that the shares of a sentence sum to 100 %."
            .to_owned(),
    ];
    if found.shares.iter().chain(&found.difference_shares).any(is_wide) {
        notes.push(format!(
            "Some intervals of these shares are more than {:.0} points wide: too wide to say what matters \
             most. Take more --rows than {}.",
            200.0 * WIDE,
            found.rows
        ));
    }
    if found.arms.len() == 2 {
        notes.push(
            "A ranking TURNS where one policy is clearly better in the lowest third of the range and \
             the other in the highest, at least 20 worlds differing in each. It stands where that could not be \
             shown."
                .to_owned(),
        );
    }
    if found.rows_without_value > 0 {
        notes.push(format!(
            "{} of {} rows are left out of the shares since the outcome has no value in a run of theirs.",
            found.rows_without_value,
            found.rows + found.rows_without_value
        ));
    }
    notes.extend(found.header.notes.iter().cloned());
    notes.push(format!(
        "Brackets hold 95 % intervals: t over {} trajectories, resampling of {} rows, t and Wilson over worlds.",
        found.trajectories, found.rows
    ));
    for note in notes {
        for (i, part) in wrap(&note, page.width - 2).iter().enumerate() {
            let _ = writeln!(out, "{} {part}", if i == 0 { '-' } else { ' ' });
        }
    }
    let header = &found.header;
    let _ = writeln!(out, "\n{} {}", BOLD.on("Again:"), header.command);
    let _ = writeln!(
        out,
        "{} runs in {} worlds, seed {}",
        number(header.runs as f64),
        number(header.worlds as f64),
        header.seed
    );
}

/// A figure with its interval, with no more digits than the interval warrants.
fn figure(estimate: Estimate) -> String {
    let half = estimate.half_width();
    if !half.is_finite() {
        return format!("{} [?]", number(estimate.value));
    }
    // A tenth of the power of ten that half the interval reaches.
    let mut tens = if half > 0.0 { 1.0 } else { 0.0 };
    while tens > 0.0 && tens * 10.0 <= half {
        tens *= 10.0;
    }
    while tens > half {
        tens /= 10.0;
    }
    let unit = tens / 10.0;
    let round = |v: f64| number(if unit > 0.0 { (v / unit).round() * unit } else { v });
    format!("{} [{}, {}]", round(estimate.value), round(estimate.low), round(estimate.high))
}

/// A share in per cent. Sampling error may take it a little out of 0 to 100; it is not put back, so that
/// shares sum to 100. What is nearly nothing or nearly all is not made that.
fn share(estimate: Estimate) -> String {
    let percent = |share: f64| match 100.0 * share {
        p if p > 0.0 && p < 0.5 => "<1".to_owned(),
        p if (99.5..100.0).contains(&p) => ">99".to_owned(),
        p if p > -0.5 && p <= 0.0 => "0".to_owned(),
        p => format!("{p:.0}"),
    };
    bracketed(estimate, percent)
}

/// A share of worlds, with as many digits as it takes to tell it from none and from all.
fn exact_share(estimate: Estimate) -> String {
    let ends = [estimate.value, estimate.low, estimate.high].map(|share| 100.0 * share);
    // The least distance from none or all that is not 0.
    let distances = ends.into_iter().map(|p| p.min(100.0 - p)).filter(|d| *d > 1e-9);
    let least = distances.fold(1.0, f64::min);
    let digits = [(0.5, 0), (0.05, 1), (0.005, 2)].iter().find(|(from, _)| least >= *from);
    let digits = digits.map_or(3, |(_, digits)| *digits);
    bracketed(estimate, |share| match 100.0 * share {
        p if p <= 1e-9 => "0".to_owned(),
        p if p >= 100.0 - 1e-9 => "100".to_owned(),
        p => format!("{p:.digits$}"),
    })
}

fn bracketed(estimate: Estimate, percent: impl Fn(f64) -> String) -> String {
    format!("{} % [{}, {}]", percent(estimate.value), percent(estimate.low), percent(estimate.high))
}

#[cfg(test)]
mod tests {
    use hotwash_lab::findings::{ArmInfo, Header, Measure, NumberInfo};

    use super::*;

    #[test]
    fn figures_have_the_digits_that_their_intervals_warrant() {
        let of = |value, low, high| figure(Estimate { value, low, high });
        assert_eq!(of(12_345.6, 11_012.0, 13_678.0), "12,300 [11,000, 13,700]");
        assert_eq!(of(0.123_456, 0.1, 0.146), "0.123 [0.100, 0.146]");
        assert_eq!(of(3.0, 3.0, 3.0), "3 [3, 3]");
        assert_eq!(of(3.0, f64::NEG_INFINITY, f64::INFINITY), "3 [?]");
    }

    #[test]
    fn shares_sum_to_all_and_are_not_rounded_to_none_or_all() {
        let of = |value, low, high| share(Estimate { value, low, high });
        assert_eq!(of(0.312, 0.268, 0.351), "31 % [27, 35]");
        assert_eq!(of(-0.13, -0.38, 0.04), "-13 % [-38, 4]");
        assert_eq!(of(1.01, 0.93, 1.1), "101 % [93, 110]");
        assert_eq!(of(0.0005, 0.0001, 0.0028), "<1 % [<1, <1]");
        assert_eq!(of(0.998, 0.0, 1.0), ">99 % [0, 100]");
    }

    #[test]
    fn rare_worlds_are_counted_with_the_digits_they_need() {
        let of = |value, low, high| exact_share(Estimate { value, low, high });
        assert_eq!(of(0.0005, 0.0001, 0.0028), "0.05 % [0.01, 0.28]");
        assert_eq!(of(0.0, 0.0, 0.0019), "0 % [0, 0.2]");
        assert_eq!(of(0.481, 0.45, 0.512), "48 % [45, 51]");
        assert_eq!(of(0.9995, 0.9972, 0.9999), "99.95 % [99.72, 99.99]");
    }

    #[test]
    fn ranges_have_their_units_behind_them() {
        assert_eq!(range("15 to 150 (5-95 %)", "d"), "15 to 150 d (5-95 %)");
        assert_eq!(range("fixed 3, moved 1.61 to 5.6", "h"), "fixed 3, moved 1.61 to 5.6 h");
        assert_eq!(range("0.1 to 0.2 (5-95 %)", ""), "0.1 to 0.2 (5-95 %)");
    }

    fn found() -> Sensitivity {
        let exact = Estimate::exact;
        let number = |path: &str, firmness: hotwash_engine::Firmness| NumberInfo {
            path: path.to_owned(),
            unit: "d".to_owned(),
            firmness: firmness.to_string(),
            source:
                "a long report about very many things that nobody has counted, page 17, and another"
                    .to_owned(),
            range: "15 to 150 (5-95 %)".to_owned(),
        };
        let screened = |path: &str, size| Screened {
            number: number(path, hotwash_engine::Firmness::Guess),
            outcome: exact(size),
            signed: size,
            spread: 0.0,
            difference: Some(exact(1.0)),
            steps: 10,
            steps_without_value: 0,
            has_effect: true,
            is_out_of_reach: false,
        };
        let arm = |name: &str| ArmInfo { name: name.to_owned(), summary: String::new() };
        let index = |number| Index { number, first: exact(0.5), total: exact(0.5) };
        Sensitivity {
            header: Header::default(),
            measure: Measure {
                name: "victims".to_owned(),
                unit: "people".to_owned(),
                better: "lower",
                bearer: "victims".to_owned(),
                about: "How many.".to_owned(),
            },
            arms: vec![arm("historical"), arm("keen")],
            trajectories: 10,
            outcome_range: Some((0.0, 9.0)),
            screened: vec![screened("toy.moves", 4.0), screened("toy.elsewhere", 0.0)],
            rows: 100,
            rows_without_value: 0,
            indices: vec![
                index(Some(number("toy.moves", hotwash_engine::Firmness::Guess))),
                index(None),
            ],
            shares: Some(VarianceShares {
                guesses: Estimate { value: -0.1, low: -0.4, high: 0.2 },
                sourced: exact(0.0),
                chance_and_rest: exact(0.6),
                interactions: exact(0.5),
            }),
            difference_indices: Vec::new(),
            difference_shares: None,
            ranking: None,
            turning: Vec::new(),
        }
    }

    /// The text in one line.
    fn told(found: &Sensitivity) -> String {
        sensitivity(found, Page::new(80)).split_whitespace().collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn what_was_not_examined_is_not_nothing() {
        let text = told(&found());
        assert!(text.contains("as none of these is among them"), "{text}");
        assert!(text.contains("-10 % [-40, 20] is explained by the guesses"), "{text}");
        assert!(text.contains("that was not examined (guesses among them)"), "{text}");
        assert!(text.contains("too wide to say what matters most"), "{text}");
    }

    #[test]
    fn numbers_that_do_nothing_to_the_outcome_are_not_listed_as_moving_it() {
        let text = told(&found());
        assert!(text.contains("toy.moves") && !text.contains("toy.elsewhere"), "{text}");
        assert!(text.contains("1 of those with an effect do nothing to victims"), "{text}");
        // At 80 columns the source is told on a second line.
        assert!(text.contains("15 to 150 d (5-95 %); a long report"), "{text}");
        assert!(text.contains("page 17, and another"), "{text}");
    }

    #[test]
    fn what_never_moves_is_not_moved_by_chance() {
        let mut found = Sensitivity { shares: None, outcome_range: Some((0.0, 0.0)), ..found() };
        found.screened.iter_mut().for_each(|s| s.has_effect = false);
        assert!(told(&found).contains("victims is 0 in every run under historical"));
        found.outcome_range = None;
        assert!(told(&found).contains("victims has no value in any run"));
        found.outcome_range = Some((0.0, 2.0));
        assert!(told(&found).contains("chance alone moves it"));
    }
}
