//! What came of it: the headline's outcomes, each with its place among other runs.

use std::fmt::Write as _;

use hotwash_exercise::debrief::{Place, Story, Worth};
use hotwash_exercise::record::Outcome;
use hotwash_lab::findings::Measure;
use hotwash_scenario::Words;

use crate::text::value::figures::percent;
use crate::text::value::panel::paragraph;
use crate::text::{BOLD, Page, columns, number, padded};

/// A metric's name as words, without marks and without the unit that stands beside the figure:
/// `time to discover, leak`, `documents taken`, `cost to victims`.
pub(crate) fn plain_name(name: &str) -> String {
    let name = match name {
        "cost-vendor" => "cost-to-the-vendor",
        "cost-victims" => "cost-to-victims",
        name => name.strip_suffix("-tb").unwrap_or(name),
    };
    name.replace('-', " ").replace('/', ", ")
}

pub(super) fn places(out: &mut String, story: &Story, worth: Option<&Worth>, page: Page) {
    let shown = |o: &&Outcome| story.headline.is_empty() || story.headline.contains(&o.name);
    let mut list: Vec<&Outcome> = story.outcomes.iter().filter(shown).collect();
    if list.is_empty() {
        return;
    }
    let words = page.words;
    // The headline's order is its authors'.
    list.sort_by_key(|o| story.headline.iter().position(|name| *name == o.name));
    let _ = writeln!(out, "\n{}", BOLD.on(words.of("What came of it")));
    let names = list.iter().map(|o| columns(words.find(&plain_name(&o.name)))).max().unwrap_or(0);
    let mut worlds = 0;
    for outcome in list {
        let value = outcome.value.map_or_else(|| words.of("never").to_owned(), number);
        let unit = if outcome.value.is_some() { words.find(&outcome.unit) } else { "" };
        let figure = format!("{value} {unit}");
        let found = worth.and_then(|worth| place(worth, &outcome.name));
        let text = found.map(|(measure, place)| {
            worlds = place.worlds;
            standing(measure, place, words)
        });
        let name = padded(words.find(&plain_name(&outcome.name)), names);
        let figure = figure.trim_end();
        let gap = " ".repeat(14_usize.saturating_sub(columns(figure)));
        let line = format!("  {name}  {gap}{figure}  {}", text.unwrap_or_default());
        let _ = writeln!(out, "{}", line.trim_end());
    }
    if worlds > 0 {
        let text = words.fill(
            "Beside it: the share of {n} other worlds, in all of which the policy decides everything, that \
             came out worse than this run (lower, where neither way is better); in square brackets \
             nine in ten of them.",
            &[("n", &number(worlds as f64))],
        );
        paragraph(out, 2, &text, page);
    }
}

fn place<'a>(worth: &'a Worth, name: &str) -> Option<(&'a Measure, &'a Place)> {
    let of = |place: &Place| worth.measures.get(place.measure).filter(|m| m.name == name);
    worth.places.iter().find_map(|place| Some((of(place)?, place)))
}

/// A number without zeros at its end.
fn rough(value: f64) -> String {
    let text = number(value);
    match text.contains('.') {
        true => text.trim_end_matches('0').trim_end_matches('.').to_owned(),
        false => text,
    }
}

/// `71 % worse [3, 60]`.
/// A share as a percentage, in the reader's way of writing it.
pub(super) fn share_of(share: f64, words: Words) -> String {
    percent(share).replace(" %", words.of(" %"))
}

fn standing(measure: &Measure, place: &Place, words: Words) -> String {
    let around = match place.quantiles {
        Some([low, .., high]) => format!(" [{}, {}]", rough(low), rough(high)),
        None => String::new(),
    };
    if place.value.is_none() || place.values == 0 {
        let some = share_of(place.values as f64 / place.worlds.max(1) as f64, words);
        return match (place.value, place.values) {
            (Some(_), _) => words.of("never in the others").to_owned(),
            (None, 0) => words.of("nor in any other").to_owned(),
            (None, _) => {
                words.fill("it came in {share}{around}", &[("share", &some), ("around", &around)])
            }
        };
    }
    let higher = (1.0 - place.lower - place.equal).max(0.0);
    let (word, share) = match measure.better {
        "lower" => (words.of("worse"), higher),
        "higher" => (words.of("worse"), place.lower),
        _ => (words.of("lower"), place.lower),
    };
    let same = if place.equal >= 0.005 {
        words.fill(", {share} same", &[("share", &share_of(place.equal, words))])
    } else {
        String::new()
    };
    words.fill(
        "{share} {way}{same}{around}",
        &[("share", &share_of(share, words)), ("way", &word), ("same", &same), ("around", &around)],
    )
}

#[cfg(test)]
mod tests {
    use super::plain_name;

    #[test]
    fn a_name_does_not_repeat_its_unit() {
        assert_eq!(plain_name("documents-taken-tb"), "documents taken");
        assert_eq!(plain_name("cost-victims"), "cost to victims");
        assert_eq!(plain_name("cost-vendor"), "cost to the vendor");
        assert_eq!(plain_name("time-to-discover/leak"), "time to discover, leak");
    }
}
