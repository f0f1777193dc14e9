//! Differences of decisions and injects, part by part.

use super::zip::merge;
use super::{At, Difference, DifferenceSort as Sort, Part, Written, short};
use crate::diagnostic::{Place, SourceFile};
use crate::doc::Doc;
use crate::format::{CueSpec, DecisionSpec, InjectSpec, OptionSpec, OrderSpec, WhenSpec};
use crate::scenario::Scenario;

/// Collects differences of one decision or inject.
struct Item<'a> {
    sort: Sort,
    path: String,
    name: &'a str,
    places: (&'a Place, &'a Place),
    out: &'a mut Vec<Difference>,
}

impl Item<'_> {
    /// Holds one part against its counterpart.
    fn part(&mut self, what: &str, part: Part, before: String, after: String) {
        if before == after {
            return;
        }
        let at = match self.sort {
            Sort::Inject => At::Inject(self.name.to_owned(), part),
            _ => At::Decision(self.name.to_owned(), part),
        };
        self.out.push(Difference {
            sort: self.sort,
            path: format!("{}.{what}", self.path),
            before: Some(Written::at(before, self.places.0)),
            after: Some(Written::at(after, self.places.1)),
            at,
        });
    }
}

pub(super) fn decisions(before: &Scenario, after: &Scenario, out: &mut Vec<Difference>) {
    let (ours, theirs) = (&before.decisions, &after.decisions);
    let names =
        |list: &[DecisionSpec]| list.iter().map(|d| d.name.as_str().to_owned()).collect::<Vec<_>>();
    let (a, b) = (names(ours), names(theirs));
    in_order(Sort::Decision, "decisions", (&a, &b), At::DecisionOrder, out);
    for (name, i, j) in merge(&a, &b, true).unwrap_or_default() {
        let pair = (i.map(|i| &ours[i]), j.map(|j| &theirs[j]));
        match pair {
            (Some(a), Some(b)) => decision(a, b, out),
            (a, b) => {
                let show = |d: &DecisionSpec| Written::at(quoted(&d.ask), &d.place);
                let at = At::Decision(name.clone(), Part::Whole);
                let pair = (a.map(show), b.map(show));
                whole(Sort::Decision, format!("decisions.{name}"), pair, at, out);
            }
        }
    }
}

fn decision(a: &DecisionSpec, b: &DecisionSpec, out: &mut Vec<Difference>) {
    let mut item = Item {
        sort: Sort::Decision,
        path: format!("decisions.{}", a.name),
        name: a.name.as_str(),
        places: (&a.place, &b.place),
        out,
    };
    item.part("ask", Part::Words, quoted(&a.ask), quoted(&b.ask));
    item.part("role", Part::Who, a.role.to_string(), b.role.to_string());
    item.part("when", Part::Cue, cue(&a.cue), cue(&b.cue));
    item.part("limit", Part::Limit, a.limit.to_string(), b.limit.to_string());
    let objective = |d: &DecisionSpec| d.objective.map_or("none".to_owned(), |o| o.to_string());
    item.part("objective", Part::Objective, objective(a), objective(b));
    let names = |d: &DecisionSpec| {
        d.options.iter().map(|o| o.name.as_str().to_owned()).collect::<Vec<_>>().join(", ")
    };
    if names(a) != names(b) {
        item.part("options", Part::Options, names(a), names(b));
        return;
    }
    let option = |d: &DecisionSpec, i: usize| d.options[i].name.as_str().to_owned();
    item.part("default", Part::Default, option(a, a.default), option(b, b.default));
    let expected = |d: &DecisionSpec| d.expected.map_or("none".to_owned(), |i| option(d, i));
    item.part("expected", Part::Expected, expected(a), expected(b));
    for (i, (x, y)) in a.options.iter().zip(&b.options).enumerate() {
        options(&mut item, i, x, y);
    }
}

fn options<'a>(item: &mut Item<'a>, number: usize, a: &'a OptionSpec, b: &'a OptionSpec) {
    let places = std::mem::replace(&mut item.places, (&a.place, &b.place));
    let name = &a.name;
    item.part(&format!("{name}.text"), Part::OptionText(number), quoted(&a.text), quoted(&b.text));
    let orders = (order_list(&a.orders), order_list(&b.orders));
    item.part(&format!("{name}.orders"), Part::OptionOrders(number), orders.0, orders.1);
    item.places = places;
}

pub(super) fn injects(before: &Scenario, after: &Scenario, out: &mut Vec<Difference>) {
    let (ours, theirs) = (&before.injects, &after.injects);
    let names =
        |list: &[InjectSpec]| list.iter().map(|d| d.name.as_str().to_owned()).collect::<Vec<_>>();
    let (a, b) = (names(ours), names(theirs));
    in_order(Sort::Inject, "injects", (&a, &b), At::InjectOrder, out);
    for (name, i, j) in merge(&a, &b, true).unwrap_or_default() {
        let pair = (i.map(|i| &ours[i]), j.map(|j| &theirs[j]));
        match pair {
            (Some(a), Some(b)) => inject(a, b, out),
            (a, b) => {
                let show = |d: &InjectSpec| Written::at(quoted(&d.text), &d.place);
                let at = At::Inject(name.clone(), Part::Whole);
                let pair = (a.map(show), b.map(show));
                whole(Sort::Inject, format!("injects.{name}"), pair, at, out);
            }
        }
    }
}

fn inject(a: &InjectSpec, b: &InjectSpec, out: &mut Vec<Difference>) {
    let mut item = Item {
        sort: Sort::Inject,
        path: format!("injects.{}", a.name),
        name: a.name.as_str(),
        places: (&a.place, &b.place),
        out,
    };
    item.part("when", Part::Cue, cue(&a.cue), cue(&b.cue));
    item.part("from", Part::From, quoted(&a.from), quoted(&b.from));
    item.part("form", Part::Form, a.form.clone(), b.form.clone());
    item.part("text", Part::Words, quoted(&a.text), quoted(&b.text));
    item.part("to", Part::Who, a.to.join(", "), b.to.join(", "));
    item.part("orders", Part::Orders, order_list(&a.orders), order_list(&b.orders));
}

/// Whether what both have stands in the same order; it decides which of two comes first at one instant.
fn in_order(
    sort: Sort,
    path: &str,
    (a, b): (&[String], &[String]),
    at: At,
    out: &mut Vec<Difference>,
) {
    let common = |x: &[String], y: &[String]| {
        x.iter().filter(|n| y.contains(n)).cloned().collect::<Vec<_>>().join(", ")
    };
    let (ours, theirs) = (common(a, b), common(b, a));
    if ours != theirs {
        let pair = (Some(Written::nowhere(ours)), Some(Written::nowhere(theirs)));
        whole(sort, format!("order of {path}"), pair, at, out);
    }
}

fn whole(
    sort: Sort,
    path: String,
    (before, after): (Option<Written>, Option<Written>),
    at: At,
    out: &mut Vec<Difference>,
) {
    out.push(Difference { sort, path, before, after, at });
}

fn quoted(text: &str) -> String {
    format!("{text:?}")
}

fn cue(cue: &CueSpec) -> String {
    let list = |names: &[String]| names.join(", ");
    let mut out = match &cue.when {
        WhenSpec::At(at) => format!("at {at}"),
        WhenSpec::Reached(name) => format!("at {name}"),
        WhenSpec::All(names) => format!("at the last of {}", list(names)),
        WhenSpec::Any(names) => format!("at the first of {}", list(names)),
    };
    if cue.delay.ms() != 0 {
        out += &format!(" + {}", cue.delay);
    }
    if !cue.unless.is_empty() {
        out += &format!(", unless {}", list(&cue.unless));
    }
    out
}

/// Orders as they are written, whatever their layout.
pub(super) fn order_list(orders: &[OrderSpec]) -> String {
    let one = |order: &OrderSpec| {
        let file = SourceFile {
            path: String::new(),
            shown: String::new(),
            text: order.text.as_str().into(),
        };
        let text = match Doc::of_file(std::sync::Arc::new(file)) {
            Ok(doc) => short(&doc, &doc.root),
            Err(_) => order.text.clone(),
        };
        format!("(\"{}\", {text})", order.plugin)
    };
    format!("[{}]", orders.iter().map(one).collect::<Vec<_>>().join(", "))
}
