//! What a decision is worth: each option against the one that the policy takes.

use hotwash_lab::findings::{DecisionWorth, Effect, Measure, OptionWorth, Value};
use hotwash_lab::stats::Estimate;

use super::forest::{self, Forest, Line};
use super::{Figure, Table, base};
use crate::svg::Ink;
use crate::words;

/// Worlds below which a figure says from how many it is.
const FEW: u64 = 10;

/// One metric, all decisions, the most telling first.
pub fn worth(id: &str, finding: &Value, metric: usize) -> Vec<Figure> {
    let Some(measure) = finding.measures.get(metric) else { return Vec::new() };
    let heading = format!("What other answers would do: {}", measure.name);
    let lines = lines(finding, metric);
    if forest::drawable(&lines) == 0 {
        let why = if finding.decisions.is_empty() {
            "no decision was examined"
        } else {
            "no option has a difference that can be drawn: no decision came up, or none has another option"
        };
        return vec![Figure::empty(&heading, why)];
    }
    let (domain, pages) = (forest::domain(&lines, f64::INFINITY), forest::pages(&lines));
    let count = pages.len();
    let sentence = sentence(finding, metric);
    let mut out = Vec::new();
    for (part, lines) in pages.into_iter().enumerate() {
        let suffix = if count > 1 { format!(" ({} of {count})", part + 1) } else { String::new() };
        let forest = Forest {
            id: &format!("{id}-{part}"),
            title: format!("{heading}{suffix}"),
            about: sentence.clone(),
            lines,
            axis: format!("difference from the policy's own answer: {}", words::axis(measure)),
            sides: super::effects::sides(measure.better),
            figures: format!("{} [95 % interval]", words::unit(measure)),
            domain,
        };
        out.push(Figure {
            heading: format!("{heading}{suffix}"),
            sentence: if part == 0 { sentence.clone() } else { String::new() },
            drawing: Some(forest::draw(&forest)),
            caption: format!(
                "Each option is taken at the moment when {} would have answered; everything after meets \
                 the same luck. Means over the worlds in which the decision is answered and the metric has a \
                 value both ways, counted in the table; where the policy takes the option anyway the \
                 difference is 0 and counts. Bars are 95 % intervals. A filled mark and a word - better, \
                 worse, lower, higher - stand where the difference is clear of zero although many are \
                 looked at together: the chance that any of these words is wrong is at most 5 % (Holm). \
                 The rest, with hollow marks, may be chance. {}.",
                finding.policy.name,
                base(&finding.header)
            ),
            table: if part == 0 { table(finding, metric) } else { Table::default() },
        });
    }
    out
}

fn difference(option: &OptionWorth, metric: usize) -> Option<Estimate> {
    option.differences.get(metric).copied().flatten().filter(|e| e.value.is_finite())
}

fn effect(option: &OptionWorth, metric: usize) -> Option<&Effect> {
    option.effects.get(metric)
}

/// Whether a difference is marked as clear, all differences of the study looked at together.
fn is_clear(option: &OptionWorth, metric: usize) -> bool {
    effect(option, metric).is_some_and(|e| e.is_clear) && difference(option, metric).is_some()
}

/// Whether the policy always takes it, so that there is nothing to compare.
fn is_always(option: &OptionWorth) -> bool {
    option.taken.value == 1.0
}

/// A difference as the text output has it: `same` where no world differs, a word where it is clear.
fn figure(option: &OptionWorth, metric: usize, measure: &Measure) -> String {
    let Some(e) = difference(option, metric) else { return "no value".to_owned() };
    let Some(effect) = effect(option, metric) else { return words::signed(e) };
    if effect.better[1].value == 1.0 {
        return "same".to_owned();
    }
    let mut out = words::signed(e);
    if effect.is_clear {
        out = format!("{out} {}", words::way(measure, e.value));
    }
    if effect.count < FEW {
        out += &format!(" in {}", words::count(effect.count));
    }
    out
}

/// The largest difference that a decision makes either way.
fn reach(decision: &DecisionWorth, metric: usize) -> f64 {
    let others = decision.options.iter().filter(|o| !is_always(o));
    others.filter_map(|o| difference(o, metric)).map(|e| e.value.abs()).fold(0.0, f64::max)
}

fn lines(finding: &Value, metric: usize) -> Vec<Line> {
    let mut decisions: Vec<&DecisionWorth> = finding.decisions.iter().collect();
    decisions.sort_by(|a, b| reach(b, metric).total_cmp(&reach(a, metric)));
    let mut out = Vec::new();
    for decision in decisions {
        if decision.options.iter().all(is_always) || decision.answered == 0 {
            continue;
        }
        let taken = decision.options.iter().find(|o| o.is_taken);
        let taken = taken.map_or_else(String::new, |o| format!("; the policy's: {}", o.option));
        let day = decision.asked_day.filter(|d| d[1].is_finite());
        let day =
            day.map_or_else(String::new, |d| format!(", day {}", words::number(d[1].round())));
        let worlds = match decision.answered {
            n if n == decision.asked_count => format!("in {} worlds", words::count(n)),
            n => format!(
                "in {} worlds, answered in {}",
                words::count(decision.asked_count),
                words::count(n)
            ),
        };
        let share = words::percent(decision.asked.value);
        let note = format!("comes up in {share}, {worlds}{day}{taken}");
        out.push(Line::Group { name: decision.decision.clone(), note });
        for (i, option) in decision.options.iter().enumerate().filter(|(_, o)| !is_always(o)) {
            let place = difference(option, metric);
            out.push(Line::Row {
                name: option.option.clone(),
                ink: Ink(i),
                place,
                is_clear: is_clear(option, metric),
                figure: figure(option, metric, &finding.measures[metric]),
                worlds: String::new(),
            });
        }
    }
    out
}

fn sentence(finding: &Value, metric: usize) -> String {
    let measure = &finding.measures[metric];
    let all: Vec<(&DecisionWorth, &OptionWorth, Estimate)> = finding
        .decisions
        .iter()
        .flat_map(|d| d.options.iter().filter(|o| !is_always(o)).map(move |o| (d, o)))
        .filter_map(|(d, o)| Some((d, o, difference(o, metric)?)))
        .collect();
    let by_size =
        |a: &&(_, _, Estimate), b: &&(_, _, Estimate)| a.2.value.abs().total_cmp(&b.2.value.abs());
    let clear = all.iter().filter(|(_, o, _)| is_clear(o, metric)).count();
    let largest_clear = all.iter().filter(|(_, o, _)| is_clear(o, metric)).max_by(by_size);
    let largest = largest_clear.or_else(|| all.iter().max_by(by_size));
    let Some((decision, option, e)) = largest else { return "No difference is known.".to_owned() };
    let named = format!(
        "{} answered with {} ({} {})",
        decision.decision,
        option.option,
        words::signed(*e),
        words::unit(measure)
    );
    let total = words::counted(all.len(), "other answer", "other answers");
    if clear == 0 {
        return format!(
            "None of {total} makes a clear difference to {}; the largest estimate is {named}.",
            measure.name
        );
    }
    format!(
        "The largest clear difference is made by {named}; {clear} of {total} are clear of zero."
    )
}

/// Whether the policy takes it, and whether the authors expect it.
fn said(option: &OptionWorth) -> String {
    let mut said = Vec::new();
    if is_always(option) {
        said.push("the policy takes it".to_owned());
    } else if option.taken.value > 0.0 {
        said.push(format!("the policy takes it in {}", words::percent(option.taken.value)));
    }
    if option.is_expected {
        said.push("the authors expect it".to_owned());
    }
    said.join("; ")
}

fn table(finding: &Value, metric: usize) -> Table {
    let measure = &finding.measures[metric];
    let caption = format!("Other answers and {}, in {}", measure.name, words::unit(measure));
    let mut table = Table::new(
        &caption,
        5,
        &[
            "decision",
            "what is asked",
            "option",
            "what it means",
            "taken, expected",
            "difference [95 %]",
            "worlds with a value both ways",
            "better (lower where neither is) in [95 %]",
            "more worlds with a value at all [95 %]",
            "comes up in [95 %]",
            "answered in worlds",
            "day, 5 % / 50 % / 95 %",
        ],
    );
    for decision in &finding.decisions {
        for option in &decision.options {
            let figure = if is_always(option) {
                "the policy's own".to_owned()
            } else {
                figure(option, metric, measure)
            };
            let effect = effect(option, metric).filter(|_| !is_always(option));
            let none = String::new;
            let days = decision.asked_day.map(|d| d.map(|v| words::number(v.round())).join(" / "));
            table.rows.push(vec![
                decision.decision.clone(),
                decision.ask.clone(),
                option.option.clone(),
                option.text.clone(),
                said(option),
                figure,
                effect.map_or_else(none, |e| words::count(e.count)),
                effect.map_or_else(none, |e| words::percent_estimate(e.better[0])),
                effect.map_or_else(none, |e| words::percent_signed(e.share_difference)),
                words::percent_estimate(decision.asked),
                words::count(decision.answered),
                days.unwrap_or_else(|| "never".to_owned()),
            ]);
        }
    }
    table
}
