//! The value of decisions as text: which matter, then each with its options, then where the difference
//! to another policy comes from.

pub(crate) mod figures;
pub(crate) mod panel;
mod shares;

use std::fmt::Write as _;

use hotwash_lab::findings::{DecisionWorth, Effect, Measure, OptionWorth, Ranked, Value};

use self::figures::{figure, is_slight, percent};
use self::panel::{Column, entry, paragraph, table};
use super::{BOLD, DIM, Page, number};

/// Worlds below which a figure says from how many it is.
const FEW: u64 = 10;

/// Worlds below which there is no figure.
const TOO_FEW: u64 = 3;

/// The finding, set for a page.
pub(crate) fn value(finding: &Value, page: Page) -> String {
    let mut out = String::new();
    head(&mut out, finding, page);
    ranking(&mut out, finding, page);
    for decision in &finding.decisions {
        block(&mut out, decision, finding, page);
    }
    if let Some(shapley) = &finding.shapley {
        shares::shares(&mut out, shapley, finding, page);
    }
    let _ = writeln!(out, "\n{}", BOLD.on("To bear in mind"));
    for note in &finding.header.notes {
        entry(&mut out, "  - ", note, page);
    }
    if let Some(pairing) = finding.pairing {
        let median = 100.0 * pairing.median;
        let note = if pairing.differences == 1 {
            format!(
                "Meeting the same luck removed {median:.0} % of the variance of the one difference that is \
                 not zero in every world."
            )
        } else {
            format!(
                "Meeting the same luck removed at least 80 % of the variance in {} of the {} differences \
                 that are not zero in every world (median {median:.0} %).",
                number(pairing.well_paired as f64),
                number(pairing.differences as f64),
            )
        };
        entry(&mut out, "  - ", &note, page);
    }
    out.push('\n');
    // Not broken, so that it can be copied.
    let _ = writeln!(out, "Found again with: {}", finding.header.command);
    out
}

fn head(out: &mut String, finding: &Value, page: Page) {
    let header = &finding.header;
    let title =
        format!("{}: what each decision is worth under {}", header.scenario, finding.policy.name);
    let _ = writeln!(out, "{}", BOLD.on(title));
    paragraph(out, 0, &finding.policy.summary, page);
    let count = |n: u64| number(n as f64);
    let text = format!(
        "{} worlds of seed {}, {} runs. Every world is forked at every decision: each other option is \
         taken at the moment when the policy answered, and all that follows meets the same luck. A \
         figure is the mean of (option - what the policy does) over the worlds in which the decision \
         was answered, ± half its 95 % interval. It is called better or worse (lower or higher where \
         neither is better) where it is clear of zero although many are looked at together: the \
         chance that any of these words in the tables of options is wrong is about 5 % (Holm). Nothing is \
         called so where fewer than 20 worlds differ, or where few extreme worlds carry the mean. \
         `hardly`: clear, but less than a thousandth of the metric's standard deviation over all runs. \
         What has no word may be chance. A percentage \
         is the share of worlds in which the option is better (lower where neither is); figures from fewer \
         than {FEW} worlds say from how many, and from fewer than {TOO_FEW} they are left out as `few`.",
        count(header.worlds),
        header.seed,
        count(header.runs),
    );
    out.push('\n');
    paragraph(out, 0, &text, page);
}

/// Decisions by their largest clear difference.
fn ranking(out: &mut String, finding: &Value, page: Page) {
    let _ = writeln!(out, "\n{}", BOLD.on("Which decisions matter"));
    for (rank, ranked) in finding.ranking.iter().enumerate() {
        entry(out, &format!(" {:>2}. ", rank + 1), &ranked_text(ranked, finding), page);
    }
    if !finding.ranking.is_empty() {
        let text = "By their largest clear difference, averaged over all worlds and measured in \
                    standard deviations (sd) of its metric over all runs; up to two more follow, each in \
                    another metric. A rank takes the largest of several options and metrics, so its \
                    figure is likely a little overstated.";
        for line in super::wrap(text, page.width.saturating_sub(2)) {
            let _ = writeln!(out, "  {}", DIM.on(line));
        }
    }
    let is_ranked = |number: usize| finding.ranking.iter().any(|r| r.decision == number);
    let rest = |of: &dyn Fn(&DecisionWorth) -> bool| -> Vec<&str> {
        let list = finding.decisions.iter().enumerate();
        list.filter(|(i, d)| !is_ranked(*i) && of(d)).map(|(_, d)| d.decision.as_str()).collect()
    };
    let unclear = rest(&|d| d.answered > 0);
    if !unclear.is_empty() {
        entry(out, "  ", &format!("No clear difference: {}.", unclear.join(", ")), page);
    }
    let silent = rest(&|d| d.answered == 0);
    if !silent.is_empty() {
        entry(out, "  ", &format!("Not answered in any world: {}.", silent.join(", ")), page);
    }
}

fn ranked_text(ranked: &Ranked, finding: &Value) -> String {
    let decision = &finding.decisions[ranked.decision];
    let reference = decision.options.iter().find(|o| o.taken.value == 1.0);
    let reference = reference.map_or("what the policy does", |o| o.option.as_str());
    let mut text = format!("{} ({} of worlds): ", decision.decision, percent(decision.asked.value));
    let first = (ranked.option, ranked.measure, ranked.size);
    let further = ranked.further.iter().map(|c| (c.option, c.measure, c.size));
    let mut before = None;
    for (number, measure, size) in std::iter::once(first).chain(further) {
        let option = &decision.options[number];
        let Some(difference) = option.differences[measure] else { continue };
        let spread = finding.spreads[measure];
        // What is hardly anything is not worth a place beside the largest.
        if before.is_some() && is_slight(difference, spread) {
            continue;
        }
        if before.is_some() {
            text += "; ";
        }
        if before != Some(number) {
            let _ = write!(text, "{} in place of {reference}: ", option.option);
        }
        before = Some(number);
        let measure = &finding.measures[measure];
        let size = if size < 0.01 { "<0.01".to_owned() } else { format!("{size:.2}") };
        let figure = figure(difference, true, measure, spread);
        let _ = write!(text, "{} {figure}, {size} sd", label(measure));
    }
    text
}

fn block(out: &mut String, decision: &DecisionWorth, finding: &Value, page: Page) {
    let _ = writeln!(out, "\n{}", BOLD.on(&decision.decision));
    paragraph(out, 2, &decision.ask, page);
    let worlds = finding.header.worlds;
    let Some([low, middle, high]) = decision.asked_day else {
        let text = format!("Does not come up in any of the {worlds} worlds.");
        paragraph(out, 2, &text, page);
        return;
    };
    let [low, middle, high] = [low, middle, high].map(|day| number(day.round()));
    let spread = if low == high { String::new() } else { format!(" (5-95 %: {low} to {high})") };
    let mut when = format!(
        "Comes up in {} of {} worlds ({}), on day {middle} after STARTEX{spread}.",
        number(decision.asked_count as f64),
        number(worlds as f64),
        percent(decision.asked.value),
    );
    if decision.answered < decision.asked_count {
        let open = number((decision.asked_count - decision.answered) as f64);
        let _ = write!(
            when,
            " In {open} of them the run ends before it is answered; they are left out."
        );
    }
    if decision.is_fixed {
        when += " It is fixed by --decide, whatever the policy says: the other options are set against \
                 the one set there.";
    }
    paragraph(out, 2, &when, page);
    for option in &decision.options {
        listed(out, option, decision.is_fixed, page);
    }
    if decision.answered == 0 {
        return;
    }
    options(out, decision, finding, page);
}

/// An option, what it means, whether it is taken and whether it is expected.
fn listed(out: &mut String, option: &OptionWorth, is_fixed: bool, page: Page) {
    let mut said = Vec::new();
    if is_fixed && option.taken.value > 0.0 {
        said.push("set by --decide".to_owned());
    } else if option.taken.value == 1.0 {
        said.push("the policy takes it".to_owned());
    } else if option.taken.value > 0.0 {
        said.push(format!("the policy takes it in {}", percent(option.taken.value)));
    }
    if option.is_expected {
        said.push("the authors expect it".to_owned());
    }
    let said = if said.is_empty() { String::new() } else { format!(" [{}]", said.join("; ")) };
    let mark = if option.taken.value > 0.0 { "  > " } else { "    " };
    entry(out, mark, &format!("{}: {}{said}", option.option, option.text), page);
}

/// The table of differences: metrics down, options across.
fn options(out: &mut String, decision: &DecisionWorth, finding: &Value, page: Page) {
    let measures = &finding.measures;
    let others: Vec<&OptionWorth> =
        decision.options.iter().filter(|o| o.taken.value < 1.0).collect();
    let differs = |m: usize| others.iter().any(|o| !is_same(&o.effects[m]));
    let (shown, same): (Vec<usize>, Vec<usize>) = (0..measures.len()).partition(|m| differs(*m));
    if !shown.is_empty() {
        let labels: Vec<String> = shown.iter().map(|m| label(&measures[*m])).collect();
        let column = |option: &&OptionWorth| Column {
            head: vec![option.option.clone()],
            cells: shown
                .iter()
                .map(|m| cell(option, *m, &measures[*m], finding.spreads[*m]))
                .collect(),
        };
        let columns: Vec<Column> = others.iter().map(column).collect();
        out.push('\n');
        table(out, &labels, &columns, page);
        for metric in shown {
            missing(out, metric, &measures[metric], decision.answered, &others, page);
        }
    }
    if !same.is_empty() {
        let names: Vec<&str> = same.iter().map(|m| measures[*m].name.as_str()).collect();
        let text = format!("No option makes a difference in any world: {}.", names.join(", "));
        entry(out, "  ", &text, page);
    }
}

/// Whether an option makes no difference in any world, nor to there being a value.
fn is_same(effect: &Effect) -> bool {
    (effect.count == 0 || effect.better[1].value == 1.0) && effect.alone == 0
}

fn label(measure: &Measure) -> String {
    if measure.unit.is_empty() {
        measure.name.clone()
    } else {
        format!("{} ({})", measure.name, measure.unit)
    }
}

fn cell(option: &OptionWorth, metric: usize, measure: &Measure, spread: f64) -> String {
    let effect = &option.effects[metric];
    let Some(difference) = option.differences[metric] else { return "no value".to_owned() };
    if effect.count < TOO_FEW {
        return "few".to_owned();
    }
    if effect.better[1].value == 1.0 {
        return "same".to_owned();
    }
    let mut text = figure(difference, effect.is_clear, measure, spread);
    if effect.count < FEW {
        let _ = write!(text, " in {}", effect.count);
    } else {
        let _ = write!(text, " ({})", percent(effect.better[0].value));
    }
    text
}

/// In how many worlds a metric could be compared, where that is not all of them.
fn missing(
    out: &mut String,
    metric: usize,
    measure: &Measure,
    answered: u64,
    others: &[&OptionWorth],
    page: Page,
) {
    let part = |option: &&OptionWorth| {
        let effect = &option.effects[metric];
        let mut text = format!("{} {}", option.option, number(effect.count as f64));
        let more = (effect.share_difference.value * answered as f64).round();
        if more != 0.0 {
            let way = if more > 0.0 { "more" } else { "fewer" };
            let _ = write!(text, " ({} {way} have one at all)", number(more.abs()));
        }
        text
    };
    if others.iter().any(|o| o.effects[metric].count < answered) {
        let parts: Vec<String> = others.iter().map(part).collect();
        let text = format!(
            "{}, worlds (of {}) with a value both ways: {}.",
            measure.name,
            number(answered as f64),
            parts.join(", ")
        );
        entry(out, "  ", &text, page);
    }
}
