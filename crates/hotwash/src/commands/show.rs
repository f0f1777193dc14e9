//! `hotwash show`: what a scenario is, before it is played.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use hotwash_engine::{Better, Dist, ParamInfo, Simulation};
use hotwash_scenario::{Registry, Scenario};

use super::speaking;
use crate::args;
use crate::exit::{self, Failure};
use crate::shipped;
use crate::text::{self, BOLD, DIM, Page, wrap};

pub(crate) fn show(registry: &Registry, args: &args::Show) -> Result<(), Failure> {
    let scenario = shipped::open(registry, &args.scenario)?;
    let scenario = speaking(scenario, args.tongue.lang.as_deref())?;
    let sim = scenario.build(&BTreeMap::new(), None).map_err(|problems| exit::refuse(&problems))?;
    let page = Page::of_terminal().speaking(scenario.language().words());
    let text = if args.provenance {
        provenance(&sim)
    } else if args.metrics {
        metrics(&sim, page)
    } else {
        everything(&scenario, &sim, page)
    };
    exit::print(&text)
}

fn everything(scenario: &Scenario, sim: &Simulation, page: Page) -> String {
    let mut out = String::new();
    let _ = writeln!(out, "{}", BOLD.on(format_args!("{}: {}", scenario.name(), scenario.title())));
    paragraph(&mut out, scenario.summary(), page, 0);
    let (start, end) = sim.span();
    let _ = writeln!(
        out,
        "\nSTARTEX {}, lead-in from {}, ends {}",
        sim.calendar().date_time(hotwash_engine::SimTime::STARTEX),
        sim.calendar().date(start),
        sim.calendar().date(end)
    );
    let languages = scenario.languages().join(", ");
    let _ = writeln!(out, "Languages (--lang): {languages}");
    heading(&mut out, "Sources");
    paragraph(&mut out, scenario.sources(), page, 2);
    heading(&mut out, "Contested");
    for item in scenario.contested() {
        bullet(&mut out, item, page, 2);
    }
    levers(&mut out, sim, page);
    decisions(&mut out, scenario, page);
    policies(&mut out, scenario, page);
    numbers(&mut out, sim, page);
    out
}

fn heading(out: &mut String, text: &str) {
    let _ = writeln!(out, "\n{}", BOLD.on(text));
}

fn paragraph(out: &mut String, text: &str, page: Page, indent: usize) {
    for line in wrap(text, page.width - indent) {
        let _ = writeln!(out, "{:indent$}{line}", "");
    }
}

fn bullet(out: &mut String, text: &str, page: Page, indent: usize) {
    for (i, line) in wrap(text, page.width - indent - 2).iter().enumerate() {
        let _ = writeln!(out, "{:indent$}{} {line}", "", if i == 0 { '-' } else { ' ' });
    }
}

fn levers(out: &mut String, sim: &Simulation, page: Page) {
    heading(out, "Levers, set before the incident (--set NAME=VALUE)");
    for lever in &sim.catalogue().levers {
        let unit = if lever.unit.is_empty() { String::new() } else { format!(" {}", lever.unit) };
        let range = format!("now {}{unit}; {}", lever.value, lever.kind.range());
        if 30 + range.chars().count() <= page.width && lever.name.len() < 28 {
            let _ = writeln!(out, "  {:<28}{}", lever.name, DIM.on(range));
        } else {
            let _ = writeln!(out, "  {}", lever.name);
            paragraph(out, &range, page, 6);
        }
        paragraph(out, lever.about, page, 6);
    }
}

fn decisions(out: &mut String, scenario: &Scenario, page: Page) {
    heading(out, "Decisions, as they come up (--decide NAME=OPTION)");
    for decision in scenario.decisions() {
        let _ = writeln!(
            out,
            "  {}  {}",
            BOLD.on(decision.name),
            DIM.on(format_args!("{}, within {}", decision.role, decision.limit))
        );
        paragraph(out, &decision.ask, page, 4);
        for (i, option) in decision.options.iter().enumerate() {
            let mut marks = Vec::new();
            if i == decision.default {
                marks.push("default");
            }
            if decision.expected == Some(i) {
                marks.push("expected");
            }
            let mark =
                if marks.is_empty() { String::new() } else { format!(" ({})", marks.join(", ")) };
            bullet(out, &format!("{}{mark}: {}", option.name, option.text), page, 6);
        }
    }
}

fn policies(out: &mut String, scenario: &Scenario, page: Page) {
    heading(out, "Policies (--policy NAME)");
    for policy in scenario.policies() {
        let _ = writeln!(out, "  {}", BOLD.on(policy.name()));
        paragraph(out, policy.summary(), page, 4);
        let levers: Vec<String> =
            policy.levers().map(|(name, value)| format!("{name}={value}")).collect();
        if !levers.is_empty() {
            paragraph(out, &format!("sets {}", levers.join(", ")), page, 4);
        }
    }
}

fn numbers(out: &mut String, sim: &Simulation, page: Page) {
    let mut counts: BTreeMap<_, usize> = BTreeMap::new();
    for param in &sim.catalogue().params {
        *counts.entry(param.firmness).or_default() += 1;
    }
    let total: usize = counts.values().sum();
    let parts: Vec<String> = counts.iter().map(|(firmness, n)| format!("{n} {firmness}")).collect();
    heading(out, "Numbers");
    let text = format!(
        "{total} in the model: {}. --provenance lists each, --metrics the outcomes.",
        parts.join(", ")
    );
    paragraph(out, &text, page, 2);
}

fn provenance(sim: &Simulation) -> String {
    let rows: Vec<[String; 4]> = sim
        .catalogue()
        .params
        .iter()
        .map(|p| [p.path.clone(), p.firmness.to_string(), value(p), p.source.clone()])
        .collect();
    let width = |i: usize| rows.iter().map(|row| row[i].chars().count()).max().unwrap_or(0);
    let (path, firmness, number) = (width(0), width(1), width(2));
    let mut out = String::new();
    for [name, firm, value, source] in &rows {
        let _ = writeln!(out, "{name:<path$}  {firm:<firmness$}  {value:<number$}  {source}");
    }
    out
}

/// A number's distribution in short: the value, or its 5, 50 and 95 % points.
fn value(param: &ParamInfo) -> String {
    let number = |v: f64| text::number(v);
    match &param.dist {
        Dist::Fixed(v) => format!("{} {}", number(*v), param.unit),
        dist => {
            let [low, mid, high] = [0.05, 0.5, 0.95].map(|p| number(dist.quantile(p)));
            format!("{low} / {mid} / {high} {}", param.unit)
        }
    }
}

fn metrics(sim: &Simulation, page: Page) -> String {
    let mut out = String::new();
    for metric in sim.metrics() {
        let better = match metric.better {
            Better::Lower => "lower is better",
            Better::Higher => "higher is better",
            Better::Neither => "describes",
        };
        let _ = writeln!(
            out,
            "{}  {}",
            BOLD.on(metric.name),
            DIM.on(format_args!("{}, {better}, for the {}", metric.unit, metric.bearer))
        );
        paragraph(&mut out, metric.about, page, 4);
    }
    out
}
