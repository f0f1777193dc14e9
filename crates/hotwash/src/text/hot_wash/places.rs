//! What came of it: the headline's outcomes, each with its place among other runs.

use std::fmt::Write as _;

use hotwash_exercise::debrief::{Place, Story, Worth};
use hotwash_exercise::record::Outcome;
use hotwash_lab::findings::Measure;

use crate::text::value::figures::percent;
use crate::text::value::panel::paragraph;
use crate::text::{BOLD, Page, number};

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
    // The headline's order is its authors'.
    list.sort_by_key(|o| story.headline.iter().position(|name| *name == o.name));
    let _ = writeln!(out, "\n{}", BOLD.on("What came of it"));
    let names = list.iter().map(|o| plain_name(&o.name).chars().count()).max().unwrap_or(0);
    let mut worlds = 0;
    for outcome in list {
        let value = outcome.value.map_or_else(|| "never".to_owned(), number);
        let unit = if outcome.value.is_some() { outcome.unit.as_str() } else { "" };
        let figure = format!("{value} {unit}");
        let found = worth.and_then(|worth| place(worth, &outcome.name));
        let text = found.map(|(measure, place)| {
            worlds = place.worlds;
            standing(measure, place)
        });
        let name = plain_name(&outcome.name);
        let line =
            format!("  {name:<names$}  {:>14}  {}", figure.trim_end(), text.unwrap_or_default());
        let _ = writeln!(out, "{}", line.trim_end());
    }
    if worlds > 0 {
        let text = format!(
            "Beside it: the share of {} other worlds, in all of which the policy decides everything, that \
             came out worse than this run (lower, where neither way is better); in square brackets \
             nine in ten of them.",
            number(worlds as f64)
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
fn standing(measure: &Measure, place: &Place) -> String {
    let around = match place.quantiles {
        Some([low, .., high]) => format!(" [{}, {}]", rough(low), rough(high)),
        None => String::new(),
    };
    if place.value.is_none() || place.values == 0 {
        let some = percent(place.values as f64 / place.worlds.max(1) as f64);
        return match (place.value, place.values) {
            (Some(_), _) => "never in the others".to_owned(),
            (None, 0) => "nor in any other".to_owned(),
            (None, _) => format!("it came in {some}{around}"),
        };
    }
    let higher = (1.0 - place.lower - place.equal).max(0.0);
    let (word, share) = match measure.better {
        "lower" => ("worse", higher),
        "higher" => ("worse", place.lower),
        _ => ("lower", place.lower),
    };
    let same = if place.equal >= 0.005 {
        format!(", {} same", percent(place.equal))
    } else {
        String::new()
    };
    format!("{} {word}{same}{around}", percent(share))
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
