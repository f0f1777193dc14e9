//! Puts differences into a scenario.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::zip::Zip;
use super::{At, Part};
use crate::diagnostic::SourceFile;
use crate::doc::Doc;
use crate::format::{DecisionSpec, InjectSpec};
use crate::scenario::Scenario;

/// Puts in a difference that does not lie within a plugin's section.
pub(super) fn apply(scenario: &mut Scenario, after: &Scenario, at: &At) {
    match at {
        At::Plugin(name) => {
            scenario.sections.retain(|s| s.entry.name() != *name);
            let new = after.sections.iter().filter(|s| s.entry.name() == *name).cloned();
            scenario.sections.extend(new);
            let registry = scenario.registry.clone();
            scenario.sections.sort_by_key(|s| registry.position(s.entry.name()));
        }
        At::Calendar => scenario.calendar = after.calendar.clone(),
        At::LeadIn => scenario.lead_in = after.lead_in,
        At::Horizon => scenario.horizon = after.horizon,
        At::Decision(name, part) => decision(&mut scenario.decisions, &after.decisions, name, part),
        At::Inject(name, part) => inject(&mut scenario.injects, &after.injects, name, part),
        At::DecisionOrder => {
            let place = |d: &DecisionSpec| after.decisions.iter().position(|x| x.name == d.name);
            reorder(&mut scenario.decisions, place);
        }
        At::InjectOrder => {
            let place = |d: &InjectSpec| after.injects.iter().position(|x| x.name == d.name);
            reorder(&mut scenario.injects, place);
        }
        At::Orders(name) => {
            scenario.orders.retain(|o| o.name != *name);
            scenario.orders.extend(after.orders.iter().filter(|o| o.name == *name).cloned());
        }
        At::Role(name) => role(scenario, after, name),
        At::Section(..) | At::Nothing => {}
    }
}

/// Puts differences of these numbers into a plugin's section.
pub(super) fn section(
    scenario: &mut Scenario,
    before: &Scenario,
    after: &Scenario,
    plugin: &str,
    numbers: &BTreeSet<usize>,
) -> Result<(), String> {
    let find = |s: &Scenario| s.sections.iter().position(|s| s.entry.name() == plugin);
    let (Some(own), Some(a), Some(b)) = (find(scenario), find(before), find(after)) else {
        return Ok(());
    };
    let text = Zip::merged(&before.sections[a].doc, &after.sections[b].doc, numbers);
    let file = SourceFile { path: plugin.to_owned(), shown: plugin.to_owned(), text: text.into() };
    let own = &mut scenario.sections[own];
    own.doc = Doc::of_file(Arc::new(file)).map_err(|wrong| wrong.to_string())?;
    // What was read is of the text as it was.
    own.config = None;
    Ok(())
}

/// Sorts what the other side has too into its order; what it lacks stays where it is.
fn reorder<T: Clone>(list: &mut [T], place: impl Fn(&T) -> Option<usize>) {
    let mut known: Vec<(usize, T)> =
        list.iter().filter_map(|item| Some((place(item)?, item.clone()))).collect();
    known.sort_by_key(|(place, _)| *place);
    let mut known = known.into_iter().map(|(_, item)| item);
    for item in list.iter_mut().filter(|item| place(item).is_some()) {
        if let Some(next) = known.next() {
            *item = next;
        }
    }
}

/// Takes an item of the other side whole: in its place there, or out.
fn take<T: Clone>(
    ours: &mut Vec<T>,
    theirs: &[T],
    is_it: impl Fn(&T) -> bool,
    same: impl Fn(&T, &T) -> bool,
) {
    ours.retain(|item| !is_it(item));
    let Some(place) = theirs.iter().position(&is_it) else { return };
    // Behind the last of those before it that this side has as well.
    let before = theirs[..place].iter().rev();
    let at = before.filter_map(|x| ours.iter().position(|y| same(x, y))).next();
    ours.insert(at.map_or(0, |at| at + 1), theirs[place].clone());
}

fn decision(ours: &mut Vec<DecisionSpec>, theirs: &[DecisionSpec], name: &str, part: &Part) {
    if *part == Part::Whole {
        take(ours, theirs, |d| d.name.as_str() == name, |x, y| x.name == y.name);
        return;
    }
    let find = |list: &[DecisionSpec]| list.iter().position(|d| d.name.as_str() == name);
    let (Some(to), Some(from)) = (find(ours), find(theirs)) else { return };
    let (to, from) = (&mut ours[to], &theirs[from]);
    match part {
        Part::Words => to.ask.clone_from(&from.ask),
        Part::Who => (to.role, to.audience) = (from.role, from.audience),
        Part::Cue => to.cue.clone_from(&from.cue),
        Part::Limit => to.limit = from.limit,
        Part::Objective => to.objective = from.objective,
        Part::Default => to.default = from.default,
        Part::Expected => to.expected = from.expected,
        Part::Options => {
            to.options.clone_from(&from.options);
            (to.default, to.expected) = (from.default, from.expected);
        }
        Part::OptionText(i) => to.options[*i].text.clone_from(&from.options[*i].text),
        Part::OptionOrders(i) => to.options[*i].orders.clone_from(&from.options[*i].orders),
        Part::Whole | Part::From | Part::Form | Part::Orders => {}
    }
}

fn inject(ours: &mut Vec<InjectSpec>, theirs: &[InjectSpec], name: &str, part: &Part) {
    if *part == Part::Whole {
        take(ours, theirs, |d| d.name.as_str() == name, |x, y| x.name == y.name);
        return;
    }
    let find = |list: &[InjectSpec]| list.iter().position(|d| d.name.as_str() == name);
    let (Some(to), Some(from)) = (find(ours), find(theirs)) else { return };
    let (to, from) = (&mut ours[to], &theirs[from]);
    match part {
        Part::Words => to.text.clone_from(&from.text),
        Part::Who => {
            to.to.clone_from(&from.to);
            to.audience = from.audience;
        }
        Part::Cue => to.cue.clone_from(&from.cue),
        Part::From => to.from.clone_from(&from.from),
        Part::Form => to.form.clone_from(&from.form),
        Part::Orders => to.orders.clone_from(&from.orders),
        _ => {}
    }
}

/// What a role sees decides who sees its decisions and the injects to it.
fn role(scenario: &mut Scenario, after: &Scenario, name: &str) {
    for decision in scenario.decisions.iter_mut().filter(|d| d.role.as_str() == name) {
        if let Some(other) = after.decisions.iter().find(|d| d.name == decision.name) {
            decision.audience = other.audience;
        }
    }
    for inject in scenario.injects.iter_mut().filter(|i| i.to.iter().any(|to| to == name)) {
        if let Some(other) = after.injects.iter().find(|i| i.name == inject.name) {
            inject.audience = other.audience;
        }
    }
}
