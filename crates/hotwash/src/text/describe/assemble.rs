//! What a description says and in which order.

use hotwash_scenario::reference::{Args, Body, Field, Need, Page, Reference, Sort, Type};

use super::world::{self, World};
use super::{Block, Item};

/// How much is said of what lies inside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scope {
    /// Groups within are opened where that stays short.
    Fitting,
    /// All of them are opened.
    Everything,
}

/// Fields and words that are opened below what was asked for at most.
const FITTING: usize = 40;
/// Lines of an example that stand below a description at most.
const SHORT: usize = 60;

/// All that can be asked for.
pub(crate) fn index(reference: &Reference) -> Vec<Block> {
    let mut out = Vec::new();
    let parts = [
        (Sort::File, "Files, part by part"),
        (Sort::Plugin, "Plugins, each with its section and orders"),
        (Sort::Value, "Values"),
    ];
    for (sort, heading) in parts {
        out.push(Block::Heading(heading.to_owned()));
        for page in reference.pages.iter().filter(|p| p.sort == sort) {
            out.push(Block::Entry(page.name.clone(), sentence(&page.about)));
        }
    }
    out.push(Block::Heading("What scenarios declare".to_owned()));
    for sort in world::Sort::ALL {
        out.push(Block::Entry(sort.name().to_owned(), sort.about().to_owned()));
    }
    out
}

/// A page as a whole.
pub(crate) fn page(page: &Page, world: &World, scope: Scope) -> Vec<Block> {
    let mut out = vec![Block::Title(page.name.clone(), sentence(&page.about))];
    out.extend(page.prose.iter().cloned().map(Block::Prose));
    if !page.types.is_empty() {
        opened(page, 0, scope, &mut out);
    }
    if let Some(orders) = page.orders {
        out.push(Block::Heading(format!("Orders, written `(\"{}\", ORDER)`", page.name)));
        opened(page, orders, scope, &mut out);
    }
    if page.sort == Sort::Plugin {
        for sort in world::Sort::ALL {
            declared(page, world, sort, &mut out);
        }
    }
    example(page, 0, world, scope, &mut out);
    out
}

/// A type of a page.
pub(crate) fn topic(page: &Page, index: usize, world: &World, scope: Scope) -> Vec<Block> {
    let mut out = vec![Block::Title(page.types[index].path.clone(), String::new())];
    opened(page, index, scope, &mut out);
    // Orders and values of a plugin stand in no section of their own.
    if page.sort != Sort::Plugin || page.orders.is_none_or(|orders| index < orders) {
        example(page, index, world, scope, &mut out);
    }
    out
}

/// One field or word by itself, with the fields behind the word.
pub(crate) fn part(page: &Page, index: usize, at: usize) -> Vec<Block> {
    let mut all = Vec::new();
    items(page, index, &|_| false, &mut all);
    let Some((first, _)) = all.iter().enumerate().filter(|(_, item)| item.depth == 0).nth(at)
    else {
        return Vec::new();
    };
    let mut found = all.split_off(first);
    let length = found.iter().skip(1).take_while(|item| item.depth > 0).count() + 1;
    found.truncate(length);
    found[0].name = format!("{}.{}", page.types[index].path, found[0].name);
    found.into_iter().map(Block::Item).collect()
}

/// Levers, metrics or milestones of all plugins.
pub(crate) fn list(sort: world::Sort, world: &World) -> Vec<Block> {
    let mut out = vec![Block::Title(sort.name().to_owned(), sort.about().to_owned())];
    out.push(Block::Prose(format!("As declared in {}.", world.names().join(", "))));
    if sort != world::Sort::Levers {
        out.push(Block::Prose(world::MATTERS.to_owned()));
    }
    out.extend(world.items(sort, None).into_iter().map(Block::Item));
    out
}

/// A sentence as people end it.
pub(super) fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
    let end = if text.ends_with(['.', '!', '?']) || text.is_empty() { "" } else { "." };
    format!("{first}{}{end}", chars.as_str())
}

/// Types that a type leads to, it included, each once.
fn within(page: &Page, index: usize) -> Vec<usize> {
    let mut found = vec![index];
    let mut at = 0;
    while let Some(index) = found.get(at).copied() {
        at += 1;
        for next in leads(&page.types[index].body) {
            // What has a name of its own has a page of its own.
            let is_shared = page.sort == Sort::Plugin && !page.types[next].path.contains('.');
            if !found.contains(&next) && !is_shared {
                found.push(next);
            }
        }
    }
    found.sort_unstable();
    found
}

fn leads(body: &Body) -> Vec<usize> {
    let of_fields = |fields: &[Field]| -> Vec<usize> {
        fields.iter().flat_map(|f| f.form.all_leads()).collect()
    };
    match body {
        Body::Value(form) => form.all_leads(),
        Body::Group(fields) => of_fields(fields),
        Body::Choice(variants) => variants
            .iter()
            .flat_map(|v| match &v.args {
                Args::Nothing => Vec::new(),
                Args::Values(forms) => forms.iter().flat_map(|f| f.all_leads()).collect(),
                Args::Fields(fields) => of_fields(fields),
            })
            .collect(),
    }
}

/// A type and what lies inside of it, as far as it is opened.
fn opened(page: &Page, index: usize, scope: Scope, out: &mut Vec<Block>) {
    let is_orders = page.orders == Some(index);
    let inside = within(page, index);
    let count: usize = inside.iter().map(|i| page.types[*i].parts().len()).sum();
    let opens = scope == Scope::Everything || count <= FITTING;
    let is_open = |ty: &Type| opens && inside.iter().any(|i| std::ptr::eq(&page.types[*i], ty));
    let about = &page.types[index].about;
    if !about.is_empty() && !is_orders {
        out.push(Block::Prose(sentence(about)));
    }
    body(page, index, &is_open, out);
    for other in inside.iter().copied().filter(|i| opens && *i != index) {
        let ty = &page.types[other];
        out.push(Block::Heading(ty.path.clone()));
        if !ty.about.is_empty() {
            out.push(Block::Prose(sentence(&ty.about)));
        }
        body(page, other, &is_open, out);
    }
}

fn body(page: &Page, index: usize, is_open: &dyn Fn(&Type) -> bool, out: &mut Vec<Block>) {
    let mut all = Vec::new();
    items(page, index, is_open, &mut all);
    if let Body::Value(form) = &page.types[index].body {
        let words = page.words(form, &|ty| called(ty, is_open(ty)));
        out.push(Block::Prose(sentence(&words)));
    }
    out.extend(all.into_iter().map(Block::Item));
}

/// How a type is referred to.
fn called(ty: &Type, is_open: bool) -> String {
    let path = &ty.path;
    let place = if is_open { format!("`{path}`, below") } else { format!("see `describe {path}`") };
    if let Some(words) = ty.body.plain_words() {
        let words = words.join(", ");
        if words.len() <= 60 {
            return format!("one of {words}");
        }
    }
    match &ty.body {
        // A name of its own says what it is.
        _ if !path.contains('.') => place,
        Body::Choice(_) => format!("choice, {place}"),
        _ => format!("group, {place}"),
    }
}

fn items(page: &Page, index: usize, is_open: &dyn Fn(&Type) -> bool, out: &mut Vec<Item>) {
    let named = |ty: &Type| called(ty, is_open(ty));
    match &page.types[index].body {
        Body::Value(_) => {}
        Body::Group(fields) => out.extend(fields.iter().map(|f| field(page, f, 0, &named))),
        Body::Choice(variants) => {
            for variant in variants {
                let name = page.signature(variant, &named);
                let about = sentence(&variant.about);
                out.push(Item { name, form: String::new(), about, depth: 0 });
                if let Args::Fields(fields) = &variant.args {
                    out.extend(fields.iter().map(|f| field(page, f, 1, &named)));
                }
            }
        }
    }
}

fn field(page: &Page, field: &Field, depth: usize, named: &dyn Fn(&Type) -> String) -> Item {
    let form = page.words(&field.form, named);
    let form = match &field.need {
        Need::Needed => form,
        Need::Free => format!("{form}; may be left out"),
        Need::Default(value) => format!("{form}; default {value}"),
    };
    Item { name: field.name.clone(), form, about: sentence(&field.about), depth }
}

fn declared(page: &Page, world: &World, sort: world::Sort, out: &mut Vec<Block>) {
    let users = world.scenarios.iter().filter(|s| s.plugins().any(|p| p == page.name));
    let users: Vec<&str> = users.map(hotwash_scenario::Scenario::name).collect();
    let items = world.items(sort, Some(&page.name));
    if items.is_empty() {
        return;
    }
    out.push(Block::Heading(sentence(sort.name()).trim_end_matches('.').to_owned()));
    let mut from = format!("As declared in {}.", users.join(", "));
    if sort != world::Sort::Levers {
        from.push_str(&format!(" {}", world::MATTERS));
    }
    out.push(Block::Prose(from));
    out.extend(items.into_iter().map(Block::Item));
}

/// An example of a type, and for a plugin of its orders.
fn example(page: &Page, index: usize, world: &World, scope: Scope, out: &mut Vec<Block>) {
    let Some((text, from)) = example_of(page, index, world) else { return };
    let lines = text.lines().count();
    if scope == Scope::Fitting && lines > SHORT {
        let path = page.types.get(index).map_or(&page.name, |ty| &ty.path);
        out.push(Block::Heading("Example".to_owned()));
        out.push(Block::Prose(format!(
            "`hotwash describe {path} --example` prints {lines} lines."
        )));
    } else {
        out.push(Block::Heading(format!("Example{from}")));
        out.push(Block::Code(text));
    }
    if page.sort == Sort::Plugin && index == 0 {
        let orders: Option<Vec<String>> =
            world.scenarios.iter().map(|s| s.orders_to(&page.name, 4)).find(|o| !o.is_empty());
        if let Some(orders) = orders {
            out.push(Block::Prose("Orders of an option or an inject:".to_owned()));
            out.push(Block::Code(format!("orders: [\n    {},\n],", orders.join(",\n    "))));
        }
    }
}

/// RON of a type, and whose it is.
pub(crate) fn example_of(page: &Page, index: usize, world: &World) -> Option<(String, String)> {
    if index == 0
        && let Some(text) = &page.example
    {
        return Some((text.clone(), String::new()));
    }
    if page.sort == Sort::File {
        let mut found = world.scenarios.iter().filter_map(|s| Some((s.excerpt(&page.name)?, s)));
        return found.next().map(|(text, s)| (text, format!(", from {}", s.name())));
    }
    page.types.get(index)?;
    let key = if index == 0 { page.name.as_str() } else { "" };
    for scenario in &world.scenarios {
        let (text, is_real) = page.example(index, Some(scenario));
        if is_real {
            return Some((keyed(key, &text), format!(", shortened from {}", scenario.name())));
        }
    }
    Some((
        keyed(key, &page.example(index, None).0),
        " (numbers and names are placeholders)".to_owned(),
    ))
}

/// A section as it stands in a scenario, under its plugin's name.
fn keyed(plugin: &str, text: &str) -> String {
    if plugin.is_empty() { text.to_owned() } else { format!("\"{plugin}\": {text},") }
}
