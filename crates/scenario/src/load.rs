//! Loading: reads a scenario's files, checks everything that can be checked, and reports all mistakes
//! of all files at once.

use std::collections::BTreeMap;
use std::sync::Arc;

use hotwash_engine::{Calendar, SimDuration, SimTime, Slug};

use crate::diagnostic::{Diagnostic, DiagnosticKind as Is, Place, tidy};
use crate::doc::Doc;
use crate::fields::{LeverSetting, business, levers, version};
use crate::files::{Files, LIBRARY};
use crate::format::Briefing;
use crate::hindcast::{HINDCAST, HindcastRecord, When};
use crate::input::{legal_path, read_doc};
use crate::items::{self, Known};
use crate::locate;
use crate::policy::Policy;
use crate::read::{MOST, Reader, duplicates};
use crate::registry::Registry;
use crate::scenario::{About, Scenario};
use crate::sections::{self, Part};
use crate::tree::{Node, Shape};

/// The version of the format that this program reads.
pub const FORMAT_VERSION: u32 = 1;

/// Most files of a scenario, policies aside.
const MOST_FILES: usize = 200;
/// Most files of which each is included by the one before.
const DEEPEST: usize = 20;

/// Most items of a list such as `decisions` in one file.
const MOST_ITEMS: usize = 200;

/// Fields that stand once in all files together.
const ONCE: [&str; 10] = [
    "name", "title", "summary", "sources", "briefing", "startex", "lead_in", "horizon", "calendar",
    "seed",
];
/// Fields whose lists are appended file by file.
const LISTS: [&str; 6] = ["contested", "headline", "roles", "objectives", "decisions", "injects"];
const ALL: [&str; 20] = [
    "version",
    "name",
    "title",
    "summary",
    "sources",
    "briefing",
    "contested",
    "headline",
    "startex",
    "lead_in",
    "horizon",
    "calendar",
    "seed",
    "include",
    "plugins",
    "levers",
    "roles",
    "objectives",
    "decisions",
    "injects",
];
const REQUIRED: [&str; 7] =
    ["name", "title", "summary", "sources", "startex", "lead_in", "horizon"];

/// Loads a scenario from its first file (`scenario.ron`), with all its policies.
///
/// Gives the scenario when there is no error, and always everything there is to say: errors first,
/// then notes.
pub fn load(
    registry: &Registry,
    files: &dyn Files,
    entry: &str,
) -> (Option<Scenario>, Vec<Diagnostic>) {
    let mut draft = Draft::new(files);
    draft.file(entry, None, &mut Vec::new());
    let mut out = std::mem::take(&mut draft.out);
    let scenario = draft.finish(registry, entry, &mut out);
    tidy(&mut out);
    let is_sound = out.iter().all(|d| !d.is_error());
    (scenario.filter(|_| is_sound), out)
}

/// What the files say, before it is put together.
struct Draft<'a> {
    files: &'a dyn Files,
    docs: Vec<Arc<Doc>>,
    once: BTreeMap<&'static str, (Arc<Doc>, Node)>,
    lists: BTreeMap<&'static str, Vec<(Arc<Doc>, Node)>>,
    parts: Vec<Part>,
    levers: BTreeMap<String, LeverSetting>,
    /// A file could not be read: what is missing may stand there.
    is_partial: bool,
    out: Vec<Diagnostic>,
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
            is_partial: false,
            out: Vec::new(),
        }
    }

    /// Reads a file and what it includes; `open` are the files that are being read.
    fn file(&mut self, path: &str, from: Option<&Place>, open: &mut Vec<String>) {
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
        self.top(&doc, from.is_none(), open);
        open.pop();
    }

    fn say(&mut self, from: Option<&Place>, path: &str, message: String, hint: Option<String>) {
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
        let fields = if known { reader.group(&doc.root, "a scenario", &ALL, &[]) } else { None };
        let Some(fields) = fields else {
            self.is_partial = true;
            return;
        };
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
                let list = self.lists.entry(name).or_default();
                list.extend(items.map(|item| (doc.clone(), item)));
            }
        }
        self.maps(doc);
        self.includes(doc, open);
    }

    fn once(&mut self, doc: &Arc<Doc>, name: &'static str, field: &crate::tree::Field) {
        if let Some((other, node)) = self.once.get(name) {
            let first = other.wrong(Is::Name, node.span.clone(), "");
            // Twice in one file was reported already.
            if !Arc::ptr_eq(other, doc) {
                let message = format!("`{name}` is given twice");
                let hint = format!("{}:{} gives it already", first.file, first.line);
                self.out.push(doc.wrong(Is::Name, field.key.clone(), message).hint(hint));
            }
            return;
        }
        self.once.insert(name, (doc.clone(), field.value.clone()));
    }

    fn maps(&mut self, doc: &Arc<Doc>) {
        let mut reader = Reader { doc, out: &mut self.out };
        let plugins = reader.map(doc.root.field("plugins").map(|f| &f.value));
        let parts = plugins.into_iter().map(|(name, key, value)| Part {
            name,
            doc: doc.clone(),
            key: key.clone(),
            value: value.clone(),
        });
        self.parts.extend(parts);
        let set = levers(&mut reader, &doc.root);
        for (name, setting) in set {
            if self.out.len() >= MOST {
                return;
            }
            if let Some(first) = self.levers.get(&name) {
                let first = Diagnostic::at(Is::Name, &first.key, "");
                let message = format!("lever `{name}` is set twice");
                let hint = format!("{}:{} sets it already", first.file, first.line);
                self.out.push(Diagnostic::at(Is::Name, &setting.key, message).hint(hint));
            } else {
                self.levers.insert(name, setting);
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
        let is_library = doc.place(0..0).file.path.starts_with(LIBRARY);
        for (path, place) in paths {
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
        registry: &Registry,
        entry: &str,
        out: &mut Vec<Diagnostic>,
    ) -> Option<Scenario> {
        let first = self.docs.first()?.clone();
        let about = self.about(&first, out);
        let calendar = self.calendar(out);
        let lead_in = self.duration("lead_in", true, out);
        let horizon = self.duration("horizon", false, out);
        let (sections, can_build) = sections::gather(registry, &self.parts, self.is_partial, out);
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
        named_once(&self, "roles", out);
        named_once(&self, "objectives", out);
        named_once(&self, "decisions", out);
        named_once(&self, "injects", out);
        let decisions = self.items("decisions", out, |r, n| items::decision(r, n, &known));
        let injects = self.items("injects", out, |r, n| items::inject(r, n, &known));
        let is_whole = out.len() == before && !is_partial;
        let mut scenario = Scenario {
            registry: registry.clone(),
            about: about?,
            calendar: calendar.clone()?,
            lead_in: lead_in?,
            horizon: horizon?,
            sections,
            levers: std::mem::take(&mut self.levers),
            roles: known.roles,
            objectives: known.objectives,
            decisions,
            injects,
            policies: Vec::new(),
            hindcast: None,
            docs: std::mem::take(&mut self.docs),
        };
        // An answer to a decision that could not be read would only cause more noise.
        let docs = policy_docs(self.files, entry, out);
        if is_whole {
            let decisions = &scenario.decisions;
            scenario.policies =
                docs.iter().filter_map(|doc| Policy::read(doc, decisions, out)).collect();
        }
        scenario.hindcast = record(self.files, entry, &scenario, out);
        if can_build && !is_partial {
            let mut found = Vec::new();
            scenario.try_builds(&mut found);
            // The options of a decision that could not be read are no milestones.
            let is_noise = |d: &Diagnostic| d.message.starts_with("no milestone is called `chose/");
            out.extend(found.into_iter().filter(|d| is_whole || !is_noise(d)));
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
        items.filter_map(|(doc, node)| read(&mut Reader { doc, out }, node)).collect()
    }

    /// Names of roles and objectives as written, also of those that could not be read.
    fn names(&self) -> Vec<String> {
        let both = ["roles", "objectives"].iter().filter_map(|list| self.lists.get(list));
        let name =
            |(doc, node): &(Arc<Doc>, Node)| locate::text_of(&node.field("name")?.value, &doc.text);
        both.flatten().filter_map(name).collect()
    }

    fn text(&self, name: &str, out: &mut Vec<Diagnostic>) -> Option<String> {
        let (doc, node) = self.once.get(name)?;
        Reader { doc, out }.value(node)
    }

    fn about(&self, first: &Doc, out: &mut Vec<Diagnostic>) -> Option<About> {
        let missing = REQUIRED.iter().filter(|n| !self.is_partial && !self.once.contains_key(**n));
        for name in missing {
            let message = format!("a scenario lacks the field `{name}`");
            out.push(first.wrong(Is::Field, locate::head(&first.root), message));
        }
        let name: Option<Slug> =
            self.once.get("name").and_then(|(doc, node)| Reader { doc, out }.value(node));
        let (title, summary) = (self.text("title", out), self.text("summary", out));
        let sources = self.text("sources", out);
        let seed = match self.once.get("seed") {
            // A number is a seed as it stands, words are made into one.
            Some((doc, node)) if matches!(node.shape, Shape::Number) => {
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
            Some((doc, node)) => Some(Reader { doc, out }.value::<Briefing>(node)?),
            None => None,
        };
        let (name, title, summary) = (name?, title?, summary?);
        let (sources, seed) = (sources?, seed?);
        Some(About { name, title, summary, sources, briefing, contested, headline, seed })
    }

    fn duration(&self, name: &str, zero: bool, out: &mut Vec<Diagnostic>) -> Option<SimDuration> {
        let (doc, node) = self.once.get(name)?;
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
        let (doc, node) = self.once.get("startex")?;
        let mut reader = Reader { doc, out };
        let calendar = match Calendar::new(&startex?) {
            Ok(calendar) => calendar,
            Err(message) => {
                reader.wrong(Is::Field, node.span.clone(), message, None);
                return None;
            }
        };
        match self.once.get("calendar") {
            Some((doc, node)) => business(&mut Reader { doc, out }, node, calendar),
            None => Some(calendar),
        }
    }
}

/// Reports names that stand twice in a list that spans files.
fn named_once(draft: &Draft<'_>, list: &str, out: &mut Vec<Diagnostic>) {
    let mut seen: BTreeMap<String, Place> = BTreeMap::new();
    for (doc, node) in draft.lists.get(list).into_iter().flatten() {
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

/// A path beside the scenario's first file.
fn beside(entry: &str, name: &str) -> String {
    match entry.rsplit_once('/') {
        Some((folder, _)) => format!("{folder}/{name}"),
        None => name.to_owned(),
    }
}

/// The policies' files beside the scenario.
fn policy_docs(files: &dyn Files, entry: &str, out: &mut Vec<Diagnostic>) -> Vec<Arc<Doc>> {
    let paths = files.list(&beside(entry, "policies"));
    paths.iter().filter_map(|path| read_doc(files, path, None, out)).collect()
}

/// The record beside the scenario, if there is one.
fn record(
    files: &dyn Files,
    entry: &str,
    scenario: &Scenario,
    out: &mut Vec<Diagnostic>,
) -> Option<HindcastRecord> {
    let path = beside(entry, HINDCAST);
    let folder = entry.rsplit_once('/').map_or("", |(folder, _)| folder);
    if !files.list(folder).contains(&path) {
        return None;
    }
    let doc = read_doc(files, &path, None, out)?;
    let when = When {
        calendar: &scenario.calendar,
        start: SimTime::STARTEX - scenario.lead_in,
        end: SimTime::STARTEX + scenario.horizon,
    };
    HindcastRecord::read(&doc, &when, out)
}
