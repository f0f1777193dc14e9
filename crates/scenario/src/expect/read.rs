//! Reading `expectations.ron`: items as an author writes them, with all their mistakes.

use std::collections::BTreeMap;
use std::sync::Arc;

use hotwash_engine::{Calendar, SimTime, Slug};
use serde::de::DeserializeOwned;

use super::fact::{Bound, Fact, Named, RawFact, Resolver};
use super::{Expectation, Expectations, Expected, Golden, Setup};
use crate::diagnostic::{Diagnostic, DiagnosticKind as Is};
use crate::doc::Doc;
use crate::fields::{levers, version};
use crate::format::{DecisionSpec, InjectSpec};
use crate::locate;
use crate::read::{Reader, did_you_mean, duplicates};
use crate::tree::Node;

/// Most expectations, and most golden timelines.
const MOST_ITEMS: usize = 200;
/// Worlds before the first verdict, unless the file says otherwise.
const RUNS: u64 = 128;
/// Worlds at most, unless the file says otherwise: four more looks at twice as many each.
const MOST_RUNS: u64 = 2_048;
/// Bounds of both.
const RUNS_BOUNDS: std::ops::RangeInclusive<u64> = 32..=1_000_000;
/// The chance of a wrong verdict, unless the file says otherwise.
const RISK: f64 = 0.001;

const FILE: [&str; 6] = ["version", "runs", "most_runs", "risk", "expect", "golden"];
const ITEM: [&str; 13] = [
    "name",
    "policy",
    "seed",
    "levers",
    "decide",
    "that",
    "given",
    "in_runs",
    "mean",
    "quantile",
    "beats",
    "runs",
    "most_runs",
];
const GOLDEN: [&str; 5] = ["name", "policy", "seed", "levers", "decide"];
/// The fields of which an item has exactly one.
const KINDS: [&str; 4] = ["that", "mean", "quantile", "beats"];

/// What a scenario says of itself, to judge expectations by.
pub(crate) struct Book<'a> {
    pub(crate) calendar: &'a Calendar,
    pub(crate) start: SimTime,
    pub(crate) end: SimTime,
    pub(crate) decisions: &'a [DecisionSpec],
    pub(crate) injects: &'a [InjectSpec],
    /// Names of the policies, also of those that could not be read.
    pub(crate) policies: Vec<String>,
}

/// How many worlds are played: before the first verdict and at most.
#[derive(Clone, Copy)]
struct Runs {
    first: u64,
    most: u64,
}

impl Expectations {
    /// Reads expectations. Items that cannot be read are reported and left out, so that the names in the
    /// others can be checked as well.
    pub(crate) fn read(
        doc: &Arc<Doc>,
        book: &Book<'_>,
        out: &mut Vec<Diagnostic>,
    ) -> Option<Expectations> {
        duplicates(doc, out);
        let mut reader = Reader { doc, out };
        if !version(&mut reader, &doc.root, true) {
            return None;
        }
        reader.group(&doc.root, "a file of expectations", &FILE, &[])?;
        let usual = Runs { first: RUNS, most: MOST_RUNS };
        let runs = runs(&mut reader, &doc.root, usual);
        let risk = risk(&mut reader, &doc.root);
        let expect = items(&mut reader, "expect");
        let golden = items(&mut reader, "golden");
        if expect.is_empty() && golden.is_empty() {
            let message = "there is neither an expectation nor a golden timeline";
            let hint = "write `expect: [(name: \"..\", that: Reached(\"..\"))]`".to_owned();
            reader.wrong(Is::Field, locate::head(&doc.root), message, hint);
        }
        named_once(&mut reader, expect.iter().chain(golden));
        let mut named = Vec::new();
        let read = |(at, node)| expectation(&mut reader, node, at, runs, book, &mut named);
        let list: Vec<Option<Expectation>> = expect.iter().enumerate().map(read).collect();
        let kept: Vec<Option<Golden>> =
            golden.iter().map(|node| kept(&mut reader, node, book)).collect();
        Some(Expectations {
            risk,
            list: list.into_iter().flatten().collect(),
            goldens: kept.into_iter().flatten().collect(),
            named,
            doc: doc.clone(),
        })
    }
}

fn items<'d>(reader: &mut Reader<'d>, name: &str) -> &'d [Node] {
    let doc: &'d Doc = reader.doc;
    let list = doc.root.field(name).map(|f| &f.value);
    let nodes = reader.list(list);
    if let Some(first) = nodes.get(MOST_ITEMS) {
        let message = format!("`{name}` has at most {MOST_ITEMS} items");
        reader.wrong(Is::Field, locate::head(first), message, None);
    }
    &nodes[..nodes.len().min(MOST_ITEMS)]
}

fn named_once<'n>(reader: &mut Reader<'_>, nodes: impl Iterator<Item = &'n Node>) {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for node in nodes {
        let Some(field) = node.field("name") else { continue };
        let Some(name) = locate::text_of(&field.value, &reader.doc.text) else { continue };
        let line = line_of(reader.doc, &field.value);
        if let Some(first) = seen.insert(name.clone(), line) {
            let message = format!("two expectations are called `{name}`");
            let hint = format!("the first is in line {first}");
            reader.wrong(Is::Name, field.value.span.clone(), message, hint);
        }
    }
}

fn line_of(doc: &Doc, node: &Node) -> usize {
    doc.text[..node.span.start].matches('\n').count() + 1
}

/// The value of a field; what is wrong with it is reported.
fn value<T: DeserializeOwned>(reader: &mut Reader<'_>, node: &Node, name: &str) -> Option<T> {
    reader.value(&node.field(name)?.value)
}

/// Whether a field that is given could not be read.
fn is_lost<T>(node: &Node, name: &str, read: Option<&T>) -> bool {
    read.is_none() && node.field(name).is_some()
}

fn say(reader: &mut Reader<'_>, node: &Node, field: &str, message: &str, hint: Option<&str>) {
    let place = node.field(field).map_or(node, |f| &f.value);
    reader.wrong(Is::Field, locate::head(place), message, hint.map(str::to_owned));
}

fn runs(reader: &mut Reader<'_>, node: &Node, usual: Runs) -> Runs {
    let first = value::<u64>(reader, node, "runs");
    let most = value::<u64>(reader, node, "most_runs");
    for (name, number) in [("runs", first), ("most_runs", most)] {
        if number.is_some_and(|n| !RUNS_BOUNDS.contains(&n)) {
            let (low, high) = (RUNS_BOUNDS.start(), RUNS_BOUNDS.end());
            let message = format!("`{name}` lies from {low} to {high}");
            say(reader, node, name, &message, None);
        }
    }
    // Who says how many runs there are and no more gets that many.
    let most = match (first, most) {
        (_, Some(most)) => most,
        (Some(first), None) => first,
        (None, None) => usual.most,
    };
    let first = first.unwrap_or(usual.first.min(most));
    if most < first {
        say(reader, node, "most_runs", "`most_runs` is less than `runs`", None);
    }
    Runs { first, most: most.max(first) }
}

fn risk(reader: &mut Reader<'_>, root: &Node) -> f64 {
    let risk = value::<f64>(reader, root, "risk").unwrap_or(RISK);
    if !(1e-9..=0.05).contains(&risk) {
        let message = "the risk of a wrong verdict lies from 0.000000001 to 0.05";
        say(reader, root, "risk", message, None);
        return RISK;
    }
    risk
}

fn setup(reader: &mut Reader<'_>, node: &Node, book: &Book<'_>) -> Option<Setup> {
    let policy = value::<String>(reader, node, "policy");
    if let Some(name) = &policy
        && !book.policies.contains(name)
    {
        let known: Vec<&str> = book.policies.iter().map(String::as_str).collect();
        let place = node.field("policy").map_or(node, |f| &f.value);
        let message = format!("no policy is called `{name}`");
        reader.wrong(Is::Name, locate::head(place), message, did_you_mean(name, &known));
    }
    // A number is a seed as it stands, words are made into one.
    let seed = node.field("seed").map(|field| match field.value.shape {
        crate::tree::Shape::Number => Some(reader.doc.text[field.value.span.clone()].to_owned()),
        _ => reader.value::<String>(&field.value),
    });
    let set = levers(reader, node);
    let levers = set.into_iter().map(|(name, lever)| (name, lever.value)).collect();
    let decide = decide(reader, node, book);
    if is_lost(node, "policy", policy.as_ref()) || seed == Some(None) {
        return None;
    }
    Some(Setup { policy, seed: seed.flatten(), levers, decide })
}

fn decide(reader: &mut Reader<'_>, node: &Node, book: &Book<'_>) -> BTreeMap<String, String> {
    let mut answers = BTreeMap::new();
    for (name, key, value) in reader.map(node.field("decide").map(|f| &f.value)) {
        let Some(option) = reader.value::<String>(value) else { continue };
        let names: Vec<&str> = book.decisions.iter().map(|d| d.name.as_str()).collect();
        let Some(spec) = book.decisions.iter().find(|d| d.name.as_str() == name) else {
            let message = format!("no decision is called `{name}`");
            reader.wrong(Is::Name, key.span.clone(), message, did_you_mean(&name, &names));
            continue;
        };
        let options: Vec<&str> = spec.options.iter().map(|o| o.name.as_str()).collect();
        if !options.contains(&option.as_str()) {
            let message = format!("decision `{name}` has no option `{option}`");
            reader.wrong(Is::Name, value.span.clone(), message, did_you_mean(&option, &options));
        }
        answers.insert(name, option);
    }
    answers
}

fn name(reader: &mut Reader<'_>, node: &Node) -> Option<String> {
    let name = value::<Slug>(reader, node, "name")?;
    let name = name.as_str().to_owned();
    if name.contains(['/', '.']) {
        let message = "a name here has only letters, digits, `-` and `_`: it names files too";
        say(reader, node, "name", message, None);
        return None;
    }
    Some(name)
}

fn kept(reader: &mut Reader<'_>, node: &Node, book: &Book<'_>) -> Option<Golden> {
    reader.group(node, "a golden timeline", &GOLDEN, &["name"])?;
    let name = name(reader, node);
    let setup = setup(reader, node, book);
    Some(Golden { name: name?, setup: setup?, line: line_of(reader.doc, node) })
}

fn expectation(
    reader: &mut Reader<'_>,
    node: &Node,
    at: usize,
    usual: Runs,
    book: &Book<'_>,
    named: &mut Vec<Named>,
) -> Option<Expectation> {
    reader.group(node, "an expectation", &ITEM, &["name"])?;
    let name = name(reader, node);
    let setup = setup(reader, node, book);
    let runs = runs(reader, node, usual);
    let what = expected(reader, node, book, named)?;
    let is_single = matches!(what, Expected::Fact(_));
    for field in ["runs", "most_runs"] {
        if is_single && node.field(field).is_some() {
            let hint = "write `in_runs: AtLeast(0.9)` to expect it of many runs";
            say(reader, node, field, "this expectation is of one run", Some(hint));
        }
    }
    let parts = KINDS.iter().chain(&["given", "in_runs"]).filter_map(|kind| node.field(kind));
    let mut parts: Vec<_> = parts.collect();
    parts.sort_by_key(|field| field.key.start);
    let part = |field: &crate::tree::Field| {
        let words = reader.doc.text[field.key.start..field.value.span.end].split_whitespace();
        words.collect::<Vec<_>>().join(" ")
    };
    let text = parts.into_iter().map(part).collect::<Vec<_>>().join(", ");
    Some(Expectation {
        name: name?,
        setup: setup?,
        what,
        runs: if is_single { 0 } else { runs.first },
        most_runs: if is_single { 0 } else { runs.most },
        line: line_of(reader.doc, node),
        text,
        at,
    })
}

fn expected(
    reader: &mut Reader<'_>,
    node: &Node,
    book: &Book<'_>,
    named: &mut Vec<Named>,
) -> Option<Expected> {
    let kinds: Vec<&str> = KINDS.into_iter().filter(|k| node.field(k).is_some()).collect();
    let [kind] = kinds[..] else {
        let message = "an expectation has one of `that`, `mean`, `quantile` and `beats`";
        reader.wrong(Is::Field, locate::head(node), message, None);
        return None;
    };
    let allowed: &[&str] = match kind {
        "that" => &["given", "in_runs"],
        "beats" => &["in_runs"],
        _ => &[],
    };
    for field in ["given", "in_runs"] {
        if node.field(field).is_some() && !allowed.contains(&field) {
            let message = format!("`{field}` does not go with `{kind}`");
            say(reader, node, field, &message, None);
        }
    }
    match kind {
        "that" => of_runs(reader, node, book, named),
        "mean" => {
            let (metric, bound) = value::<(String, Bound)>(reader, node, kind)?;
            name_metric(reader, node, kind, &metric, named);
            let bound = range(reader, node, kind, bound)?;
            Some(Expected::Mean { metric, bound })
        }
        "quantile" => {
            let (p, metric, bound) = value::<(f64, String, Bound)>(reader, node, kind)?;
            name_metric(reader, node, kind, &metric, named);
            if !(p > 0.0 && p < 1.0) {
                let hint = "write 0.5 for the median, 0.9 for what one run in ten exceeds";
                say(reader, node, kind, "a quantile lies between 0 and 1", Some(hint));
                return None;
            }
            let bound = range(reader, node, kind, bound)?;
            Some(Expected::Quantile { p, metric, bound })
        }
        _ => {
            let (other, metric) = value::<(String, String)>(reader, node, kind)?;
            name_metric(reader, node, kind, &metric, named);
            if !book.policies.contains(&other) {
                let known: Vec<&str> = book.policies.iter().map(String::as_str).collect();
                let place = node.field(kind).map_or(node, |f| &f.value);
                let place = locate::first_text(place, &reader.doc.text, &other).unwrap_or(place);
                let message = format!("no policy is called `{other}`");
                let hint = did_you_mean(&other, &known);
                reader.wrong(Is::Name, locate::head(place), message, hint);
            }
            let Some(share) = share(reader, node) else {
                let hint = "write `in_runs: AtLeast(0.8)`";
                let message = "`beats` needs the share of worlds, `in_runs`";
                if node.field("in_runs").is_none() {
                    say(reader, node, kind, message, Some(hint));
                }
                return None;
            };
            Some(Expected::Beats { other, metric, share })
        }
    }
}

/// Notes the metric of a field, to be checked later.
fn name_metric(
    reader: &Reader<'_>,
    node: &Node,
    field: &str,
    metric: &str,
    named: &mut Vec<Named>,
) {
    let value = node.field(field).map_or(node, |f| &f.value);
    let place = locate::last_text(value, &reader.doc.text, metric).unwrap_or(value);
    named.push(Named { sort: "metric", name: metric.to_owned(), span: locate::head(place) });
}

fn of_runs(
    reader: &mut Reader<'_>,
    node: &Node,
    book: &Book<'_>,
    named: &mut Vec<Named>,
) -> Option<Expected> {
    let fact = fact(reader, node, "that", book, named);
    let given = node.field("given").map(|_| self::fact(reader, node, "given", book, named));
    if node.field("in_runs").is_none() {
        if given.is_some() {
            let hint = "with `in_runs`, it says which runs count; in one run, write `All([..])`";
            say(reader, node, "given", "`given` is for many runs", Some(hint));
        }
        return Some(Expected::Fact(fact?));
    }
    let share = share(reader, node);
    // A condition that is there and wrong spoils the item.
    let given = match given {
        Some(given) => Some(given?),
        None => None,
    };
    Some(Expected::Share { given, fact: fact?, share: share? })
}

fn fact(
    reader: &mut Reader<'_>,
    node: &Node,
    field: &str,
    book: &Book<'_>,
    named: &mut Vec<Named>,
) -> Option<Fact> {
    let node = &node.field(field)?.value;
    let raw: RawFact = reader.value(node)?;
    Resolver { reader, book, named }.fact(raw, node)
}

/// The share of runs in `in_runs`.
fn share(reader: &mut Reader<'_>, node: &Node) -> Option<Bound> {
    let bound: Bound = value(reader, node, "in_runs")?;
    let (message, hint) = match bound {
        Bound::AtLeast(share) if share > 0.0 && share < 1.0 => return Some(bound),
        Bound::AtMost(share) if share > 0.0 && share < 1.0 => return Some(bound),
        Bound::AtLeast(share) if share >= 1.0 => (
            "no number of runs shows that something is so in all of them",
            "write `AtLeast(0.99)`, or leave `in_runs` out to look at one run",
        ),
        Bound::AtMost(share) if share <= 0.0 => (
            "no number of runs shows that something is so in none of them",
            "write `AtMost(0.01)`, or leave `in_runs` out to look at one run",
        ),
        Bound::AtLeast(_) | Bound::AtMost(_) => {
            ("a share lies between 0 and 1", "nine runs in ten are written `AtLeast(0.9)`")
        }
        _ => (
            "a share of runs is `AtLeast(..)` or `AtMost(..)`",
            "write two expectations for a share between two numbers",
        ),
    };
    say(reader, node, "in_runs", message, Some(hint));
    None
}

/// Bounds that an estimate can be held against.
fn range(reader: &mut Reader<'_>, node: &Node, field: &str, bound: Bound) -> Option<Bound> {
    if matches!(bound, Bound::Exactly(_)) || !bound.is_sound() {
        let message = "an estimate is held against AtLeast, AtMost or Between, of finite numbers";
        say(reader, node, field, message, None);
        return None;
    }
    if matches!(bound, Bound::Between(low, high) if low >= high) {
        say(reader, node, field, "the lower bound comes first, and there is room between", None);
        return None;
    }
    Some(bound)
}
