//! Loading: reads a scenario's files, checks everything that can be checked, and reports all mistakes
//! of all files at once.

use std::collections::BTreeMap;
use std::sync::Arc;

use hotwash_engine::{Calendar, SimDuration, SimTime, Slug};

use crate::change::Change;
use crate::compose::relative;
use crate::diagnostic::{Diagnostic, DiagnosticKind as Is, Place, tidy};
use crate::doc::Doc;
use crate::fields::{LeverSetting, business, levers, version};
use crate::files::{Files, LIBRARY};
use crate::format::{Briefing, PreparedOrders};
use crate::input::{legal_path, read_doc};
use crate::items::{self, Known};
use crate::locate;
use crate::parameter::Parameter;
use crate::read::{MOST, Reader, duplicates};
use crate::reference::written::SCENARIO;
use crate::registry::Registry;
use crate::scenario::{About, Scenario};
use crate::sections::{self, Part};
use crate::tree::{Node, Shape};
use crate::unused;

/// The version of the format that this program reads.
pub const FORMAT_VERSION: u32 = 1;

/// Most files of a scenario, policies aside.
const MOST_FILES: usize = 200;
/// Most files of which each is included by the one before.
const DEEPEST: usize = 20;

/// Most items of a list such as `decisions` in one file.
const MOST_ITEMS: usize = 200;

/// Fields that stand once in all files together.
pub(crate) const ONCE: [&str; 10] = [
    "name", "title", "summary", "sources", "briefing", "startex", "lead_in", "horizon", "calendar",
    "seed",
];
/// Fields whose lists are appended file by file.
const LISTS: [&str; 6] = ["contested", "headline", "roles", "objectives", "decisions", "injects"];

/// How much of a scenario is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Depth {
    /// All of it, with simulations built on trial.
    Everything,
    /// What runs depend on. What a simulation has to show for itself, the first that is built does.
    Runs,
}

/// Loads a scenario from its first file (`scenario.ron`), with all its policies.
///
/// Gives the scenario when there is no error, and always everything there is to say: errors first,
/// then notes.
pub fn load(
    registry: &Registry,
    files: &dyn Files,
    entry: &str,
) -> (Option<Scenario>, Vec<Diagnostic>) {
    load_to(Depth::Everything, registry, files, entry)
}

/// Loads a scenario to run it at once, in a fraction of the time that [`load`] takes.
///
/// It has neither a record nor expectations nor other languages, for no run depends on them. Simulations
/// are not built on trial either: that the plugins refuse something, or that a name does not exist,
/// [`Scenario::build`] says, of the policy that it builds with.
pub fn load_to_run(
    registry: &Registry,
    files: &dyn Files,
    entry: &str,
) -> (Option<Scenario>, Vec<Diagnostic>) {
    load_to(Depth::Runs, registry, files, entry)
}

fn load_to(
    depth: Depth,
    registry: &Registry,
    files: &dyn Files,
    entry: &str,
) -> (Option<Scenario>, Vec<Diagnostic>) {
    let mut draft = Draft::new(files);
    draft.file(entry, None, &mut Vec::new());
    let mut out = std::mem::take(&mut draft.out);
    let scenario = draft.finish(depth, registry, entry, &mut out);
    tidy(&mut out);
    let is_sound = out.iter().all(|d| !d.is_error());
    (scenario.filter(|_| is_sound), out)
}

/// What the files say, before it is put together.
pub(crate) struct Draft<'a> {
    pub(crate) files: &'a dyn Files,
    pub(crate) docs: Vec<Arc<Doc>>,
    pub(crate) once: BTreeMap<&'static str, Item>,
    pub(crate) lists: BTreeMap<&'static str, Vec<Item>>,
    pub(crate) parts: Vec<Part>,
    pub(crate) levers: BTreeMap<String, (usize, LeverSetting)>,
    /// Prepared orders, each a list.
    pub(crate) orders: Vec<Named>,
    pub(crate) parameters: Vec<(usize, Parameter)>,
    pub(crate) changes: Vec<(usize, Change)>,
    /// Names of decisions and injects that were dropped.
    pub(crate) dropped: Vec<String>,
    /// How many bases lie between the scenario and the file that is read.
    pub(crate) layer: usize,
    /// First files of the scenario's bases, the nearest first.
    pub(crate) bases: Vec<String>,
    /// A file could not be read: what is missing may stand there.
    pub(crate) is_partial: bool,
    pub(crate) out: Vec<Diagnostic>,
}

/// A value as it stands in a file.
pub(crate) struct Item {
    /// How many bases lie between the scenario and the file.
    pub(crate) layer: usize,
    pub(crate) doc: Arc<Doc>,
    pub(crate) node: Node,
}

/// A value with a name, as it stands in a file.
pub(crate) struct Named {
    pub(crate) name: String,
    pub(crate) key: Node,
    pub(crate) item: Item,
}

impl<'a> Draft<'a> {
    fn new(files: &'a dyn Files) -> Self {
        Draft {
            files,
            docs: Vec::new(),
            once: BTreeMap::new(),
            lists: BTreeMap::new(),
            parts: Vec::new(),
            levers: BTreeMap::new(),
            orders: Vec::new(),
            parameters: Vec::new(),
            changes: Vec::new(),
            dropped: Vec::new(),
            layer: 0,
            bases: Vec::new(),
            is_partial: false,
            out: Vec::new(),
        }
    }

    /// Reads a file and what it includes; `open` are the files that are being read.
    pub(crate) fn file(&mut self, path: &str, from: Option<&Place>, open: &mut Vec<String>) {
        if open.iter().any(|p| p == path) {
            let message = format!("`{path}` includes itself: {} -> {path}", open.join(" -> "));
            self.say(from, path, message, None);
            return;
        }
        if self.docs.iter().any(|d| d.place(0..0).file.path == path) {
            return;
        }
        if open.len() >= DEEPEST || self.docs.len() >= MOST_FILES {
            self.is_partial = true;
            let message = format!("`{path}` is one file too many");
            let hint = format!(
                "at most {MOST_FILES} files make a scenario, and an include leads over {DEEPEST}"
            );
            self.say(from, path, message, Some(hint));
            return;
        }
        let Some(doc) = read_doc(self.files, path, from, &mut self.out) else {
            self.is_partial = true;
            return;
        };
        self.docs.push(doc.clone());
        open.push(path.to_owned());
        let is_first = from.is_none() || self.bases.iter().any(|base| base == path);
        self.top(&doc, is_first, open);
        open.pop();
    }

    pub(crate) fn say(
        &mut self,
        from: Option<&Place>,
        path: &str,
        message: String,
        hint: Option<String>,
    ) {
        let diagnostic = match from {
            Some(place) => Diagnostic::at(Is::File, place, message),
            None => Diagnostic::in_file(Is::File, &self.files.show(path), message),
        };
        self.out.push(diagnostic.hint(hint));
    }

    /// The top level of a file.
    fn top(&mut self, doc: &Arc<Doc>, is_first: bool, open: &mut Vec<String>) {
        duplicates(doc, &mut self.out);
        let mut reader = Reader { doc, out: &mut self.out };
        let known = version(&mut reader, &doc.root, is_first);
        let fields = if known {
            reader.group(&doc.root, SCENARIO.what, &SCENARIO.names(), &[])
        } else {
            None
        };
        let Some(fields) = fields else {
            self.is_partial = true;
            return;
        };
        // What is changed comes before what changes it.
        self.base(doc, is_first, open);
        for field in fields {
            if let Some(name) = ONCE.iter().find(|n| **n == field.name) {
                self.once(doc, name, field);
            } else if let Some(name) = LISTS.iter().find(|n| **n == field.name) {
                let mut reader = Reader { doc, out: &mut self.out };
                let items = reader.list(Some(&field.value));
                if let Some(first) = items.get(MOST_ITEMS) {
                    let message = format!("`{name}` has at most {MOST_ITEMS} items");
                    reader.wrong(Is::Field, locate::head(first), message, None);
                }
                let items = items.iter().take(MOST_ITEMS).cloned();
                let layer = self.layer;
                let list = self.lists.entry(name).or_default();
                list.extend(items.map(|node| Item { layer, doc: doc.clone(), node }));
            }
        }
        self.maps(doc);
        self.includes(doc, open);
    }

    fn once(&mut self, doc: &Arc<Doc>, name: &'static str, field: &crate::tree::Field) {
        if let Some(other) = self.once.get(name).filter(|other| other.layer <= self.layer) {
            let first = other.doc.wrong(Is::Name, other.node.span.clone(), "");
            // Twice in one file was reported already; a base gives way.
            if !Arc::ptr_eq(&other.doc, doc) && other.layer == self.layer {
                let message = format!("`{name}` is given twice");
                let hint = format!("{}:{} gives it already", first.file, first.line);
                self.out.push(doc.wrong(Is::Name, field.key.clone(), message).hint(hint));
            }
            return;
        }
        let (layer, doc, node) = (self.layer, doc.clone(), field.value.clone());
        self.once.insert(name, Item { layer, doc, node });
    }

    fn maps(&mut self, doc: &Arc<Doc>) {
        let mut reader = Reader { doc, out: &mut self.out };
        let plugins = reader.map(doc.root.field("plugins").map(|f| &f.value));
        let parts = plugins.into_iter().map(|(name, key, value)| Part {
            name,
            layer: self.layer,
            doc: doc.clone(),
            place: doc.place(key.span.clone()),
            value: value.clone(),
        });
        self.parts.extend(parts);
        let orders = reader.map(doc.root.field("orders").map(|f| &f.value));
        for (name, key, value) in orders {
            let item = Item { layer: self.layer, doc: doc.clone(), node: value.clone() };
            self.orders.push(Named { name, key: key.clone(), item });
        }
        let set = levers(&mut reader, &doc.root);
        for (name, setting) in set {
            if self.out.len() >= MOST {
                return;
            }
            let first = self.levers.get(&name).filter(|(layer, _)| *layer <= self.layer);
            if let Some((_, first)) = first.filter(|(layer, _)| *layer == self.layer) {
                let first = Diagnostic::at(Is::Name, &first.key, "");
                let message = format!("lever `{name}` is set twice");
                let hint = format!("{}:{} sets it already", first.file, first.line);
                self.out.push(Diagnostic::at(Is::Name, &setting.key, message).hint(hint));
            } else if first.is_none() {
                self.levers.insert(name, (self.layer, setting));
            }
        }
    }

    fn includes(&mut self, doc: &Arc<Doc>, open: &mut Vec<String>) {
        let mut reader = Reader { doc, out: &mut self.out };
        let items = reader.list(doc.root.field("include").map(|f| &f.value));
        let paths: Vec<(String, Place)> = items
            .iter()
            .filter_map(|i| Some((reader.value(i)?, doc.place(i.span.clone()))))
            .collect();
        let from = doc.place(0..0).file.path.clone();
        let is_library = from.starts_with(LIBRARY);
        for (path, place) in paths {
            let path = relative(&from, path);
            if self.out.len() >= MOST {
                return;
            }
            match legal_path(&path, is_library) {
                Ok(()) => self.file(&path, Some(&place), open),
                Err(hint) => {
                    self.is_partial = true;
                    let message = format!("`{path}` cannot be included");
                    self.say(Some(&place), &path, message, Some(hint));
                }
            }
        }
    }

    /// Puts the scenario together.
    fn finish(
        mut self,
        depth: Depth,
        registry: &Registry,
        entry: &str,
        out: &mut Vec<Diagnostic>,
    ) -> Option<Scenario> {
        let first = self.docs.first()?.clone();
        self.change(registry, out);
        let parameters = self.declared(out);
        let about = self.about(&first, out);
        let calendar = self.calendar(out);
        let lead_in = self.duration("lead_in", true, out);
        let horizon = self.duration("horizon", false, out);
        let sections::Gathered { sections, attached, can_build } =
            sections::gather(registry, self.files, &self.parts, &parameters, self.is_partial, out);
        let names: Vec<String> = self.parts.iter().map(|p| p.name.clone()).collect();
        let is_partial = self.is_partial || names.iter().any(|n| registry.get(n).is_none());
        let start = lead_in.map(|l| SimTime::STARTEX - l);
        let mut known = Known {
            registry,
            is_partial,
            sections: &names,
            time: calendar.as_ref().zip(start),
            roles: Vec::new(),
            objectives: Vec::new(),
            written: Vec::new(),
        };
        let before = out.len();
        known.roles = self.items("roles", out, items::role);
        known.objectives = self.items("objectives", out, items::objective);
        known.written = self.names();
        for list in ["roles", "objectives", "decisions", "injects"] {
            named_once(&self, list, out);
        }
        let decisions = self.items("decisions", out, |r, n| items::decision(r, n, &known));
        let injects = self.items("injects", out, |r, n| items::inject(r, n, &known));
        let orders = self.prepared(&known, out);
        let is_whole = out.len() == before && !is_partial;
        if is_whole {
            let list = |name| self.lists.get(name).into_iter().flatten();
            unused::roles(list("roles"), &known.roles, &decisions, &injects, out);
            unused::objectives(list("objectives"), &decisions, out);
        }
        let levers = std::mem::take(&mut self.levers).into_iter();
        let mut scenario = Scenario {
            registry: registry.clone(),
            about: about?,
            calendar: calendar.clone()?,
            lead_in: lead_in?,
            horizon: horizon?,
            sections,
            levers: levers.map(|(name, (_, set))| (name, set)).collect(),
            parameters,
            roles: known.roles,
            objectives: known.objectives,
            decisions,
            injects,
            policies: Vec::new(),
            hindcast: None,
            expectations: None,
            docs: std::mem::take(&mut self.docs),
            attached,
            orders,
            languages: Vec::new(),
            spoken: None,
            is_tried: false,
        };
        let policies = self.add_policies(entry, &mut scenario, is_whole, out);
        if depth == Depth::Runs {
            return Some(scenario);
        }
        self.add_neighbours(entry, &mut scenario, &policies, is_whole, out);
        if can_build && !is_partial {
            try_out(&mut scenario, is_whole, out);
        }
        Some(scenario)
    }

    fn items<T>(
        &self,
        name: &str,
        out: &mut Vec<Diagnostic>,
        mut read: impl FnMut(&mut Reader<'_>, &Node) -> Option<T>,
    ) -> Vec<T> {
        let items = self.lists.get(name).into_iter().flatten();
        items.filter_map(|i| read(&mut Reader { doc: &i.doc, out }, &i.node)).collect()
    }

    /// Orders that the scenario lays out for its plugins.
    fn prepared(&self, known: &Known<'_>, out: &mut Vec<Diagnostic>) -> Vec<PreparedOrders> {
        let mut all: Vec<PreparedOrders> = Vec::new();
        for Named { name, key, item } in &self.orders {
            let place = item.doc.place(key.span.clone());
            let same = self.orders.iter().filter(|o| o.name == *name);
            if same.clone().any(|other| other.item.layer < item.layer) {
                continue;
            }
            if let Some(first) = all.iter().find(|p| p.name == *name) {
                // Twice in one file was reported already.
                if first.place.file != place.file {
                    let first = Diagnostic::at(Is::Name, &first.place, "");
                    let message = format!("orders `{name}` are given twice");
                    let hint = format!("{}:{} gives them already", first.file, first.line);
                    out.push(Diagnostic::at(Is::Name, &place, message).hint(hint));
                }
                continue;
            }
            let reader = &mut Reader { doc: &item.doc, out };
            if let Some(orders) = items::order_list(reader, Some(&item.node), known) {
                all.push(PreparedOrders { name: name.clone(), orders, place });
            }
        }
        all
    }

    /// Names of roles and objectives as written, also of those that could not be read.
    fn names(&self) -> Vec<String> {
        let both = ["roles", "objectives"].iter().filter_map(|list| self.lists.get(list));
        let name = |item: &Item| locate::text_of(&item.node.field("name")?.value, &item.doc.text);
        both.flatten().filter_map(name).collect()
    }

    fn text(&self, name: &str, out: &mut Vec<Diagnostic>) -> Option<String> {
        let Item { doc, node, .. } = self.once.get(name)?;
        Reader { doc, out }.value(node)
    }

    fn about(&self, first: &Doc, out: &mut Vec<Diagnostic>) -> Option<About> {
        let needed = SCENARIO.needed();
        let missing = needed.iter().filter(|n| !self.is_partial && !self.once.contains_key(**n));
        for name in missing {
            let message = format!("a scenario lacks the field `{name}`");
            out.push(first.wrong(Is::Field, locate::head(&first.root), message));
        }
        let name: Option<Slug> =
            self.once.get("name").and_then(|i| Reader { doc: &i.doc, out }.value(&i.node));
        let (title, summary) = (self.text("title", out), self.text("summary", out));
        let sources = self.text("sources", out);
        let seed = match self.once.get("seed") {
            // A number is a seed as it stands, words are made into one.
            Some(Item { doc, node, .. }) if matches!(node.shape, Shape::Number) => {
                Some(doc.text[node.span.clone()].to_owned())
            }
            Some(_) => self.text("seed", out),
            None => Some("0".to_owned()),
        };
        let contested = self.items("contested", out, |reader, node| reader.value(node));
        let headline = self.items("headline", out, |reader, node| {
            let place = reader.doc.place(node.span.clone());
            Some((reader.value::<String>(node)?, place))
        });
        let briefing = match self.once.get("briefing") {
            Some(Item { doc, node, .. }) => Some(Reader { doc, out }.value::<Briefing>(node)?),
            None => None,
        };
        let (name, title, summary) = (name?, title?, summary?);
        let (sources, seed) = (sources?, seed?);
        Some(About { name, title, summary, sources, briefing, contested, headline, seed })
    }

    fn duration(&self, name: &str, zero: bool, out: &mut Vec<Diagnostic>) -> Option<SimDuration> {
        let Item { doc, node, .. } = self.once.get(name)?;
        let mut reader = Reader { doc, out };
        let value: SimDuration = reader.value(node)?;
        let problem = if value < SimDuration::ZERO {
            "must not be negative"
        } else if value == SimDuration::ZERO && !zero {
            "must lie after STARTEX"
        } else if value.ms() > SimTime::LIMIT / 2 {
            "is out of range (at most about 8 years)"
        } else {
            return Some(value);
        };
        reader.wrong(Is::Field, node.span.clone(), format!("`{name}` {problem}"), None);
        None
    }

    fn calendar(&self, out: &mut Vec<Diagnostic>) -> Option<Calendar> {
        let startex = self.text("startex", out);
        let Item { doc, node, .. } = self.once.get("startex")?;
        let mut reader = Reader { doc, out };
        let calendar = match Calendar::new(&startex?) {
            Ok(calendar) => calendar,
            Err(message) => {
                reader.wrong(Is::Field, node.span.clone(), message, None);
                return None;
            }
        };
        match self.once.get("calendar") {
            Some(Item { doc, node, .. }) => business(&mut Reader { doc, out }, node, calendar),
            None => Some(calendar),
        }
    }
}

/// Builds the scenario in all its policies, and reports what only that shows.
fn try_out(scenario: &mut Scenario, is_whole: bool, out: &mut Vec<Diagnostic>) {
    let mut found = Vec::new();
    scenario.is_tried = true;
    scenario.try_builds(&mut found);
    // The options of a decision that could not be read are no milestones.
    let is_noise = |d: &Diagnostic| d.message.starts_with("no milestone is called `chose/");
    out.extend(found.into_iter().filter(|d| is_whole || !is_noise(d)));
}

/// Reports names that stand twice in a list that spans files.
fn named_once(draft: &Draft<'_>, list: &str, out: &mut Vec<Diagnostic>) {
    let mut seen: BTreeMap<String, Place> = BTreeMap::new();
    for Item { doc, node, .. } in draft.lists.get(list).into_iter().flatten() {
        let Some(field) = node.field("name") else { continue };
        let Some(name) = locate::text_of(&field.value, &doc.text) else { continue };
        let place = doc.place(field.value.span.clone());
        let Some(first) = seen.get(&name) else {
            seen.insert(name, place);
            continue;
        };
        if out.len() < MOST {
            let what = list.trim_end_matches('s');
            let first = Diagnostic::at(Is::Name, first, "");
            let hint = format!("the first is in {}:{}", first.file, first.line);
            let message = format!("two {what}s are called `{name}`");
            out.push(Diagnostic::at(Is::Name, &place, message).hint(hint));
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_field_of_a_scenario_is_read() {
        let by_name = [
            "version",
            "include",
            "base",
            "drop",
            "change",
            "parameters",
            "plugins",
            "levers",
            "orders",
        ];
        let read: BTreeSet<&str> = ONCE.iter().chain(&LISTS).chain(&by_name).copied().collect();
        assert_eq!(read, SCENARIO.names().into_iter().collect::<BTreeSet<_>>());
        assert_eq!(read.len(), ONCE.len() + LISTS.len() + by_name.len());
    }
}
