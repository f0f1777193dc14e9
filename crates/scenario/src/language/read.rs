//! Reads the files of a language: `lang/ja.ron` beside the scenario, then those of shipped scenarios that it
//! includes files of, then the library's.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::pattern::Texts;
use super::spoken::originals;
use super::{ENGLISH, check};
use crate::beside::beside;
use crate::diagnostic::{Diagnostic, DiagnosticKind as Is};
use crate::doc::Doc;
use crate::files::{Files, LIBRARY};
use crate::input::read_doc;
use crate::load::FORMAT_VERSION;
use crate::locate::{self, text_of};
use crate::read::{Reader, duplicates};
use crate::scenario::Scenario;
use crate::tree::{Node, Shape};

/// The folder of languages, beside a scenario and in the library.
const FOLDER: &str = "lang";

/// Fields of a language's file.
const FIELDS: [&str; 10] = [
    "version",
    "language",
    "title",
    "summary",
    "briefing",
    "roles",
    "objectives",
    "decisions",
    "injects",
    "texts",
];

/// Where a text stands in a scenario: `decisions`, `advisory`, `ask`.
pub(crate) type Path = Vec<String>;

/// A text as a file gives it.
#[derive(Clone, Debug)]
pub(crate) struct Given {
    pub(crate) path: Path,
    /// Its key in the file.
    pub(crate) key: std::ops::Range<usize>,
    /// The English that it was made from, if the file says.
    pub(crate) english: Option<(String, std::ops::Range<usize>)>,
    pub(crate) text: String,
}

/// One file of a language.
#[derive(Clone, Debug)]
pub(crate) struct Tongue {
    pub(crate) doc: Arc<Doc>,
    pub(crate) given: Vec<Given>,
    /// English and translation, with the key's place.
    pub(crate) texts: Vec<(String, String, std::ops::Range<usize>)>,
}

/// Everything that a scenario has in one language.
#[derive(Clone, Debug)]
pub(crate) struct Translation {
    pub(crate) code: String,
    /// Its own file, if there is one; then the others in order of precedence.
    pub(crate) own: Option<Tongue>,
    pub(crate) others: Vec<Tongue>,
}

impl Tongue {
    /// What it gives of another scenario's texts that read the same here.
    fn of_same_english(mut self, originals: &BTreeMap<Path, String>) -> Self {
        self.given.retain(|given| {
            let english = given.english.as_ref().map(|(english, _)| english);
            english.is_some() && originals.get(&given.path) == english
        });
        self
    }
}

impl Translation {
    fn tongues(&self) -> impl Iterator<Item = &Tongue> {
        self.own.iter().chain(&self.others)
    }

    /// The files that it was read from.
    pub(crate) fn files(&self) -> Vec<(String, Arc<str>)> {
        let file =
            |tongue: &Tongue| (tongue.doc.place(0..0).file.path.clone(), tongue.doc.text.clone());
        self.tongues().map(file).collect()
    }

    /// The text that stands at a path.
    pub(crate) fn at(&self, path: &[&str]) -> Option<&str> {
        let mut given = self.tongues().flat_map(|t| &t.given);
        given.find(|g| g.path == path).map(|g| g.text.as_str())
    }

    /// All texts by their English. `originals` are the scenario's texts by path.
    pub(crate) fn texts(&self, originals: &BTreeMap<Path, String>) -> Texts {
        let mut texts = Texts::new(super::Words::in_language(&self.code));
        for given in self.tongues().flat_map(|t| &t.given) {
            if let Some(english) = originals.get(&given.path) {
                texts.add(english, &given.text);
                paragraphs(&mut texts, english, &given.text);
            }
        }
        for (english, text, _) in self.tongues().flat_map(|t| &t.texts) {
            texts.add(english, text);
        }
        texts
    }
}

/// Documents show a text paragraph by paragraph, so that each is known by itself.
fn paragraphs(texts: &mut Texts, english: &str, text: &str) {
    let parts = |text: &str| -> Vec<String> { text.split("\n\n").map(str::to_owned).collect() };
    let (english, text) = (parts(english), parts(text));
    if english.len() > 1 && english.len() == text.len() {
        english
            .iter()
            .zip(&text)
            .for_each(|(english, text)| texts.add(english.trim(), text.trim()));
    }
}

/// Reads all languages of a scenario and checks its own files of them.
pub(crate) fn read_all(
    files: &dyn Files,
    entry: &str,
    scenario: &Scenario,
    is_whole: bool,
    out: &mut Vec<Diagnostic>,
) -> Vec<Arc<Translation>> {
    let (homes, originals) = (homes(scenario), originals(scenario));
    let own = beside(entry, FOLDER);
    let mut codes = BTreeSet::new();
    codes.extend(files.list(&own).iter().map(|path| code_of(path)));
    // One that is a small change to a shipped one speaks what that speaks.
    for home in homes.iter().filter(|home| is_based_on(scenario, home)) {
        codes.extend(files.list(&format!("{home}/{FOLDER}")).iter().map(|path| code_of(path)));
    }
    codes.remove(ENGLISH);
    let mut all = Vec::new();
    for code in codes {
        let path = format!("{own}/{code}.ron");
        let has_own = files.list(&own).contains(&path);
        let mine = has_own.then(|| tongue(files, &path, &code, out)).flatten();
        let shared = homes.iter().map(|h| format!("{h}/{FOLDER}/{code}"));
        let shared = shared.chain([format!("{LIBRARY}{FOLDER}/{code}")]);
        let others = shared.filter(|path| files.read(path).is_ok());
        let others = others.filter_map(|path| tongue(files, &path, &code, out));
        let others = others.map(|tongue| tongue.of_same_english(&originals)).collect();
        let translation = Translation { code, own: mine, others };
        if is_whole {
            check::check(&translation, scenario, out);
        }
        all.push(Arc::new(translation));
    }
    all
}

/// Folders of shipped scenarios of which this one includes files, without doubles.
fn homes(scenario: &Scenario) -> Vec<String> {
    let mut homes: Vec<String> = Vec::new();
    for doc in &scenario.docs {
        let path = doc.place(0..0).file.path.clone();
        let home = path.strip_prefix(LIBRARY).and_then(|name| name.split_once('/'));
        if let Some((folder, _)) = home {
            let home = format!("{LIBRARY}{folder}");
            if !homes.contains(&home) {
                homes.push(home);
            }
        }
    }
    homes
}

/// Whether the scenario's frame is that of the shipped one in this folder.
fn is_based_on(scenario: &Scenario, home: &str) -> bool {
    let frame = format!("{home}/scenario");
    scenario.docs.iter().any(|doc| doc.place(0..0).file.path == frame)
}

fn code_of(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.strip_suffix(".ron").unwrap_or(name).to_owned()
}

/// Reads one file.
fn tongue(files: &dyn Files, path: &str, code: &str, out: &mut Vec<Diagnostic>) -> Option<Tongue> {
    let doc = read_doc(files, path, None, out)?;
    duplicates(&doc, out);
    let mut reader = Reader { doc: &doc, out };
    let fields = reader.group(&doc.root, "a language", &FIELDS, &["version", "language"])?.to_vec();
    let (mut given, mut texts) = (Vec::new(), Vec::new());
    for field in &fields {
        match field.name.as_str() {
            "version" => version(&mut reader, &field.value),
            "language" => named(&mut reader, &field.value, code),
            "texts" => {
                for (english, key, value) in reader.map(Some(&field.value)) {
                    if let Some((_, text)) = leaf(&mut reader, value) {
                        texts.push((english, text, key.span.clone()));
                    }
                }
            }
            name if FIELDS.contains(&name) => {
                let path = vec![name.to_owned()];
                gather(&mut reader, path, field.key.clone(), &field.value, &mut given);
            }
            _ => {}
        }
    }
    Some(Tongue { doc, given, texts })
}

fn version(reader: &mut Reader<'_>, node: &Node) {
    if reader.value::<u32>(node).is_some_and(|v| v != FORMAT_VERSION) {
        let message = format!("this program reads version {FORMAT_VERSION} of languages");
        reader.wrong(Is::Field, node.span.clone(), message, None);
    }
}

fn named(reader: &mut Reader<'_>, node: &Node, code: &str) {
    if reader.value::<String>(node).is_some_and(|name| name != code) {
        let message = format!("the file is called `{code}.ron`, so its language is `{code}`");
        reader.wrong(Is::Name, node.span.clone(), message, None);
    }
}

/// Gathers the texts below a value, with the path to each.
fn gather(
    reader: &mut Reader<'_>,
    path: Path,
    key: std::ops::Range<usize>,
    node: &Node,
    out: &mut Vec<Given>,
) {
    let below = |step: String| path.iter().cloned().chain([step]).collect();
    match &node.shape {
        Shape::Fields(None, fields) => {
            for field in fields {
                gather(reader, below(field.name.clone()), field.key.clone(), &field.value, out);
            }
        }
        Shape::Map(_) => {
            for (name, key, value) in reader.map(Some(node)) {
                gather(reader, below(name), key.span.clone(), value, out);
            }
        }
        _ => {
            if let Some((english, text)) = leaf(reader, node) {
                out.push(Given { path, key, english, text });
            }
        }
    }
}

type Leaf = (Option<(String, std::ops::Range<usize>)>, String);

/// A text alone, or the English that it was made from and the text.
fn leaf(reader: &mut Reader<'_>, node: &Node) -> Option<Leaf> {
    let text = |node: &Node| text_of(node, &reader.doc.text);
    let found = match &node.shape {
        Shape::Text => text(node).map(|text| (None, text)),
        Shape::Tuple(None, items) if items.len() == 2 => {
            let english = text(&items[0]).map(|english| (english, items[0].span.clone()));
            english.zip(text(&items[1])).map(|(english, text)| (Some(english), text))
        }
        _ => None,
    };
    match &found {
        Some((_, text)) if text.trim().is_empty() => {
            let message = "a translation has no words";
            let hint = "leave the entry out to show the English".to_owned();
            reader.wrong(Is::Field, locate::head(node), message, hint);
            None
        }
        Some(_) => found,
        None => {
            let found = node.describe(&reader.doc.text);
            let message =
                format!("expected a text or (\"the English\", \"the text\"), found {found}");
            reader.wrong(Is::Field, locate::head(node), message, None);
            None
        }
    }
}
