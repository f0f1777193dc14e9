//! Reads roles, objectives, decisions and injects, with every mistake of every item.

use hotwash_engine::{Audience, Calendar, SimDuration, SimTime, Slug};
use hotwash_incident::view::{VIEWERS, form};
use ron::error::{Error, SpannedError};

use crate::diagnostic::{Diagnostic, DiagnosticKind as Is};
use crate::format::{
    CueSpec, DecisionSpec, InjectSpec, Objective, OptionSpec, OrderSpec, Role, WhenSpec,
};
use crate::locate;
use crate::read::{MOST, Reader, did_you_mean};
use crate::reference::written::{DECISION, INJECT, OBJECTIVE, OPTION, ROLE};
use crate::registry::Registry;
use crate::tree::{Node, Shape};

/// What references are checked against.
pub(crate) struct Known<'a> {
    pub(crate) registry: &'a Registry,
    pub(crate) sections: &'a [String],
    /// Not all files could be read, so that what is missing may stand there.
    pub(crate) is_partial: bool,
    /// `None` when the dates themselves are wrong.
    pub(crate) time: Option<(&'a Calendar, SimTime)>,
    pub(crate) roles: Vec<Role>,
    pub(crate) objectives: Vec<Objective>,
    /// Names of roles and objectives, also of those with mistakes of their own.
    pub(crate) written: Vec<String>,
}

/// Reads a role.
pub(crate) fn role(reader: &mut Reader<'_>, node: &Node) -> Option<Role> {
    reader.written(node, &ROLE)?;
    let name = reader.value(&node.field("name")?.value);
    let title = reader.value(&node.field("title")?.value);
    let names: Vec<(String, &Node)> = texts(reader, node, "sees");
    let mut audience = Audience::NONE;
    for (name, place) in &names {
        let known = VIEWERS.map(|(viewer, _)| viewer);
        match VIEWERS.iter().find(|(viewer, _)| viewer == name) {
            Some((_, bits)) => audience = audience.and(*bits),
            None => unknown(reader, place, "viewer", name, &known),
        }
    }
    let sees = names.into_iter().map(|(name, _)| name).collect();
    Some(Role { name: name?, title: title?, sees, audience })
}

/// Reads an objective.
pub(crate) fn objective(reader: &mut Reader<'_>, node: &Node) -> Option<Objective> {
    reader.written(node, &OBJECTIVE)?;
    let name = reader.value(&node.field("name")?.value);
    let text = reader.value(&node.field("text")?.value);
    let capability = match node.field("capability") {
        Some(f) => reader.value::<Option<String>>(&f.value)?,
        None => None,
    };
    Some(Objective { name: name?, text: text?, capability })
}

/// Most options of a decision: nobody chooses among more.
const MOST_OPTIONS: usize = 20;

/// Reads a decision. Everything in it is read before giving up, so that all mistakes are found.
pub(crate) fn decision(
    reader: &mut Reader<'_>,
    node: &Node,
    known: &Known<'_>,
) -> Option<DecisionSpec> {
    reader.written(node, &DECISION)?;
    let name = field::<Slug>(reader, node, "name");
    let ask = field(reader, node, "ask");
    let role = named_role(reader, node, known);
    let cue = cue(reader, node, known);
    let limit = span(reader, node, "limit", false);
    let objective = objective_of(reader, node, known);
    let list = node.field("options").map(|f| &f.value);
    let items = reader.list(list);
    if let Some(first) = items.get(MOST_OPTIONS) {
        let message = format!("a decision has at most {MOST_OPTIONS} options");
        reader.wrong(Is::Field, locate::head(first), message, None);
        return None;
    }
    let options: Vec<Option<OptionSpec>> =
        items.iter().map(|item| option(reader, item, known)).collect();
    if let Some(list) = list.filter(|l| matches!(&l.shape, Shape::List(items) if items.is_empty()))
    {
        let message = "a decision needs at least one option";
        reader.wrong(Is::Field, list.span.clone(), message, None);
    }
    // A broken option may be the one that is named, so references are judged only among whole ones.
    let options: Vec<OptionSpec> = options.into_iter().collect::<Option<_>>()?;
    unique(reader, &options);
    let default = node.field("default").map(|f| &f.value).and_then(|n| pick(reader, n, &options));
    let expected = match node.field("expected") {
        Some(f) if !is_none(reader, &f.value) => Some(pick(reader, &f.value, &options)?),
        _ => None,
    };
    let (role, audience) = role?;
    Some(DecisionSpec {
        name: name?,
        ask: ask?,
        role,
        cue: cue?,
        limit: limit?,
        objective: objective?,
        expected,
        default: default?,
        options,
        audience,
        place: reader.doc.place(node.span.clone()),
    })
}

fn option(reader: &mut Reader<'_>, node: &Node, known: &Known<'_>) -> Option<OptionSpec> {
    reader.written(node, &OPTION)?;
    let name = field(reader, node, "name");
    let text = field(reader, node, "text");
    let orders = orders(reader, node, known);
    let place = reader.doc.place(node.span.clone());
    Some(OptionSpec { name: name?, text: text?, orders: orders?, place })
}

/// Reads an inject.
pub(crate) fn inject(
    reader: &mut Reader<'_>,
    node: &Node,
    known: &Known<'_>,
) -> Option<InjectSpec> {
    reader.written(node, &INJECT)?;
    let name = field(reader, node, "name");
    let cue = cue(reader, node, known);
    let from = field(reader, node, "from");
    let form = form_of(reader, node);
    let text = field(reader, node, "text");
    let orders = orders(reader, node, known);
    let mut audience = Audience::NONE;
    let names = texts(reader, node, "to");
    for (name, place) in &names {
        let viewer = VIEWERS.iter().find(|(viewer, _)| viewer == name).map(|(_, bits)| *bits);
        let role = known.roles.iter().find(|r| r.name.as_str() == name).map(|r| r.audience);
        if let Some(bits) = viewer.or(role) {
            audience = audience.and(bits);
        } else {
            let viewers = VIEWERS.iter().map(|(viewer, _)| *viewer);
            let all: Vec<&str> =
                viewers.chain(known.roles.iter().map(|r| r.name.as_str())).collect();
            unknown(reader, place, "viewer or role", name, &all);
        }
    }
    let to = names.into_iter().map(|(name, _)| name).collect();
    let place = reader.doc.place(node.span.clone());
    let (name, cue, from, text, orders) = (name?, cue?, from?, text?, orders?);
    Some(InjectSpec { name, cue, from, form: form?, text, to, audience, orders, place })
}

/// The form of an inject: word from within the company unless it says otherwise.
fn form_of(reader: &mut Reader<'_>, node: &Node) -> Option<String> {
    let Some(place) = node.field("form").map(|f| &f.value) else {
        return Some(form::MEMO.to_owned());
    };
    let Some(name): Option<String> = reader.value(place)? else {
        return Some(form::MEMO.to_owned());
    };
    if form::ALL.contains(&name.as_str()) {
        return Some(name);
    }
    unknown(reader, place, "form of message", &name, &form::ALL);
    None
}

/// Reports options of one decision with the same name.
fn unique(reader: &mut Reader<'_>, options: &[OptionSpec]) {
    let mut seen = std::collections::BTreeSet::new();
    for option in options.iter().filter(|o| !seen.insert(o.name)) {
        if reader.out.len() < MOST {
            let message = format!("two options are called `{}`", option.name);
            reader.out.push(Diagnostic::at(Is::Name, &option.place, message));
        }
    }
}

fn field<T: serde::de::DeserializeOwned>(
    reader: &mut Reader<'_>,
    node: &Node,
    name: &str,
) -> Option<T> {
    reader.value(&node.field(name)?.value)
}

/// The texts of a list, each with its place.
fn texts<'n>(reader: &mut Reader<'_>, node: &'n Node, name: &str) -> Vec<(String, &'n Node)> {
    let items = reader.list(node.field(name).map(|f| &f.value));
    items.iter().filter_map(|item| Some((reader.value(item)?, item))).collect()
}

fn unknown(reader: &mut Reader<'_>, node: &Node, sort: &str, name: &str, known: &[&str]) {
    let message = format!("no {sort} is called `{name}`");
    reader.wrong(Is::Name, node.span.clone(), message, did_you_mean(name, known));
}

fn is_none(reader: &Reader<'_>, node: &Node) -> bool {
    matches!(node.shape, Shape::Word) && &reader.doc.text[node.span.clone()] == "None"
}

fn named_role(reader: &mut Reader<'_>, node: &Node, known: &Known<'_>) -> Option<(Slug, Audience)> {
    let place = &node.field("role")?.value;
    let name: Slug = reader.value(place)?;
    if let Some(role) = known.roles.iter().find(|r| r.name == name) {
        return Some((name, role.audience));
    }
    if known.is_partial || known.written.iter().any(|n| n == name.as_str()) {
        return None;
    }
    let names: Vec<&str> = known.roles.iter().map(|r| r.name.as_str()).collect();
    unknown(reader, place, "role", name.as_str(), &names);
    None
}

/// The objective, which may be left out; `None` when it is wrong.
fn objective_of(reader: &mut Reader<'_>, node: &Node, known: &Known<'_>) -> Option<Option<Slug>> {
    let Some(place) = node.field("objective").map(|f| &f.value) else { return Some(None) };
    let Some(name): Option<Slug> = reader.value(place)? else { return Some(None) };
    if known.objectives.iter().any(|o| o.name == name) {
        return Some(Some(name));
    }
    if known.is_partial || known.written.iter().any(|n| n == name.as_str()) {
        return None;
    }
    let names: Vec<&str> = known.objectives.iter().map(|o| o.name.as_str()).collect();
    unknown(reader, place, "objective", name.as_str(), &names);
    None
}

/// A duration that must not be negative, nor zero unless that is allowed.
fn span(
    reader: &mut Reader<'_>,
    node: &Node,
    name: &str,
    may_be_zero: bool,
) -> Option<SimDuration> {
    let place = &node.field(name)?.value;
    let value: SimDuration = reader.value(place)?;
    if value < SimDuration::ZERO || (value == SimDuration::ZERO && !may_be_zero) {
        let least =
            if may_be_zero { "must not be negative" } else { "must be longer than nothing" };
        reader.wrong(Is::Field, place.span.clone(), format!("`{name}` {least}"), None);
        return None;
    }
    Some(value)
}

fn cue(reader: &mut Reader<'_>, node: &Node, known: &Known<'_>) -> Option<CueSpec> {
    let place = &node.field("when")?.value;
    let when: Option<WhenSpec> = reader.value(place);
    let delay = match node.field("delay") {
        Some(_) => span(reader, node, "delay", true),
        None => Some(SimDuration::ZERO),
    };
    let unless = texts(reader, node, "unless").into_iter().map(|(name, _)| name).collect();
    let when = when?;
    let mut wrong = |span: std::ops::Range<usize>, message: String| {
        reader.wrong(Is::Field, span, message, None);
        None
    };
    match (&when, known.time) {
        (WhenSpec::At(date), Some((calendar, start))) => {
            let doc = date_span(place);
            match calendar.instant(date) {
                Err(message) => return wrong(doc, message),
                Ok(at) if at < start => {
                    let begin = calendar.date_time(start);
                    return wrong(doc, format!("this lies before the lead-in begins ({begin})"));
                }
                Ok(_) => {}
            }
        }
        (WhenSpec::All(list) | WhenSpec::Any(list), _) if list.is_empty() => {
            return wrong(place.span.clone(), "this waits for no milestone at all".to_owned());
        }
        _ => {}
    }
    Some(CueSpec { when, delay: delay?, unless })
}

/// The text within `At("..")`.
fn date_span(node: &Node) -> std::ops::Range<usize> {
    match &node.shape {
        Shape::Tuple(_, items) if items.len() == 1 => items[0].span.clone(),
        _ => node.span.clone(),
    }
}

fn pick(reader: &mut Reader<'_>, node: &Node, options: &[OptionSpec]) -> Option<usize> {
    let name: String = reader.value::<Option<String>>(node)??;
    let found = options.iter().position(|o| o.name.as_str() == name);
    if found.is_none() && !options.is_empty() {
        let names: Vec<&str> = options.iter().map(|o| o.name.as_str()).collect();
        unknown(reader, node, "option", &name, &names);
    }
    found
}

/// The orders of an option or inject; `None` when one is wrong.
fn orders(reader: &mut Reader<'_>, node: &Node, known: &Known<'_>) -> Option<Vec<OrderSpec>> {
    order_list(reader, node.field("orders").map(|f| &f.value), known)
}

/// The orders of a list; `None` when one is wrong.
pub(crate) fn order_list(
    reader: &mut Reader<'_>,
    list: Option<&Node>,
    known: &Known<'_>,
) -> Option<Vec<OrderSpec>> {
    let items = reader.list(list);
    let read: Vec<_> = items.iter().map(|item| order(reader, item, known)).collect();
    read.into_iter().collect()
}

fn order(reader: &mut Reader<'_>, node: &Node, known: &Known<'_>) -> Option<OrderSpec> {
    let Shape::Tuple(None, items) = &node.shape else {
        let found = node.describe(&reader.doc.text);
        let message = format!("expected an order `(\"plugin\", Order)`, found {found}");
        reader.wrong(Is::Field, locate::head(node), message, None);
        return None;
    };
    let [to, what] = items.as_slice() else {
        let hint = "write `(\"plugin\", Order)`".to_owned();
        let message = "an order names a plugin and what it shall do";
        reader.wrong(Is::Field, node.span.clone(), message, hint);
        return None;
    };
    let plugin: String = reader.value(to)?;
    let sections: Vec<&str> = known.sections.iter().map(String::as_str).collect();
    let Some(entry) = known.registry.get(&plugin) else {
        unknown(reader, to, "plugin", &plugin, &sections);
        return None;
    };
    if known.is_partial && !sections.contains(&plugin.as_str()) {
        return None;
    }
    if !sections.contains(&plugin.as_str()) {
        let message = format!("plugin `{plugin}` is not in this scenario");
        let hint = format!("add its section: `plugins: {{ \"{plugin}\": ( .. ) }}`");
        reader.wrong(Is::Name, to.span.clone(), message, hint);
        return None;
    }
    let text = reader.doc.text[what.span.clone()].to_owned();
    let read = entry.order(&text);
    if let Err(SpannedError { code: Error::NoSuchEnumVariant { expected: [], .. }, .. }) = &read {
        let message = format!("plugin `{plugin}` takes no orders");
        reader.wrong(Is::Name, what.span.clone(), message, None);
        return None;
    }
    let order = reader.value_by(what, |_| read)?;
    Some(OrderSpec { plugin, text, order })
}
