//! Shapley shares as text: what differs, then each choice's share, metric by metric.

use std::fmt::Write as _;

use hotwash_lab::findings::{Measure, Shapley, ShapleyShare, Value};
use hotwash_lab::stats::Estimate;

use super::figures::{figure, plus_minus};
use super::panel::{Column, entry, panels, paragraph, table};
use crate::text::{BOLD, Page, number};

/// Most panels one below the other; metrics beyond them are named only.
const PANELS: usize = 3;

pub(super) fn shares(out: &mut String, shapley: &Shapley, finding: &Value, page: Page) {
    let title = format!("Where the difference {} - {} comes from", shapley.to, shapley.from);
    let _ = writeln!(out, "\n{}", BOLD.on(title));
    let choices = number(shapley.choices.len() as f64);
    let noun = if shapley.choices.len() == 1 { "choice" } else { "choices" };
    let orders = number(shapley.orders as f64);
    let how = if shapley.is_exact {
        format!("all {orders} orders of the {choices} {noun}")
    } else {
        // Where levers differ, worlds share orders in groups.
        let for_each = if shapley.choices.iter().any(|c| c.sort == "lever") {
            "group of worlds"
        } else {
            "world"
        };
        let drawn = shapley.orders / 2;
        let plural = if drawn == 1 { "" } else { "s" };
        let drawn = number(drawn as f64);
        format!(
            "{orders} orders of the {choices} {noun}: {drawn} drawn at random, one for each {for_each}, \
             and their reverse{plural}"
        )
    };
    let text = format!(
        "Each of {} worlds is walked from {} to {}, one choice switched at a time. A choice's share \
         is what it adds when it is switched, averaged over {how} (Shapley value), ± half its 95 % \
         interval. Shares sum to the mean difference, `together`. The chance that any word better, worse or \
         hardly in this table is wrong is about 5 % (Holm), by itself: the tables of options above have \
         5 % of their own.",
        number(shapley.worlds as f64),
        shapley.from,
        shapley.to,
    );
    paragraph(out, 2, &text, page);
    out.push('\n');
    let widest = shapley.choices.iter().map(|c| c.name.chars().count()).max().unwrap_or(0);
    for choice in &shapley.choices {
        let mark = format!("  {:<8}  {:<widest$}  ", choice.sort, choice.name);
        entry(out, &mark, &format!("{} -> {}", choice.from, choice.to), page);
    }
    out.push('\n');
    figures(out, shapley, finding, page);
}

fn figures(out: &mut String, shapley: &Shapley, finding: &Value, page: Page) {
    let measures = &finding.measures;
    let counted: Vec<usize> = (0..measures.len()).filter(|m| shapley.counts[*m] > 0).collect();
    let has_part = |c: &&ShapleyShare| counted.iter().any(|m| !is_nothing(c.shares[*m]));
    let (shown, idle): (Vec<&ShapleyShare>, Vec<&ShapleyShare>) =
        shapley.choices.iter().partition(has_part);
    let mut labels: Vec<String> = shown.iter().map(|c| c.name.clone()).collect();
    labels.push("together".to_owned());
    let column = |m: &usize| {
        let cell = |c: &&ShapleyShare| {
            cell(c.shares[*m], c.is_clear[*m], &measures[*m], finding.spreads[*m])
        };
        let mut cells: Vec<String> = shown.iter().map(cell).collect();
        cells.push(cell_of_sum(shapley.differences[*m]));
        let mut head = vec![measures[*m].name.clone(), measures[*m].unit.clone()];
        if shapley.counts[*m] < shapley.worlds {
            let (count, of) = (shapley.counts[*m] as f64, shapley.worlds as f64);
            head.push(format!("in {} of {}", number(count), number(of)));
        }
        Column { head, cells }
    };
    let columns: Vec<Column> = counted.iter().map(column).collect();
    let fit: usize = panels(&labels, &columns, page).iter().take(PANELS).sum();
    table(out, &labels, &columns[..fit], page);
    let names = |list: &[usize]| -> String {
        list.iter().map(|m| measures[*m].name.as_str()).collect::<Vec<_>>().join(", ")
    };
    if !idle.is_empty() {
        let idle: Vec<&str> = idle.iter().map(|c| c.name.as_str()).collect();
        let text = format!("No part in any of these, in any world walked: {}.", idle.join(", "));
        entry(out, "  ", &text, page);
    }
    if fit < counted.len() {
        let rest = names(&counted[fit..]);
        entry(out, "  ", &format!("Ask for the rest with --metrics: {rest}."), page);
    }
    if counted[..fit].iter().any(|m| shapley.counts[*m] < shapley.worlds) {
        let text = "Where fewer worlds are named, the shares are conditional: of the worlds in which the metric \
                    has a value whichever choices are switched. In the others the difference may be \
                    another one.";
        entry(out, "  ", text, page);
    }
    let none: Vec<usize> = (0..measures.len()).filter(|m| shapley.counts[*m] == 0).collect();
    if !none.is_empty() {
        let text = if shapley.is_exact {
            format!("No world has a value at every step: {}.", names(&none))
        } else {
            format!(
                "Not shared out: {}. In some worlds there is no value at some step, and which worlds these \
                 are hangs on the orders drawn.",
                names(&none)
            )
        };
        entry(out, "  ", &text, page);
    }
}

fn is_nothing(share: Estimate) -> bool {
    share.value == 0.0 && share.half_width() == 0.0
}

fn cell(share: Estimate, is_clear: bool, measure: &Measure, spread: f64) -> String {
    if is_nothing(share) {
        return "none".to_owned();
    }
    figure(share, is_clear, measure, spread)
}

fn cell_of_sum(difference: Estimate) -> String {
    if is_nothing(difference) { "0".to_owned() } else { plus_minus(difference) }
}
