//! Parameters: numbers and words that a scenario declares at its top and uses in its plugins' sections as
//! `Parameter("name")`. Everywhere else they are levers, `scenario.NAME`.

use std::sync::Arc;

use hotwash_engine::{
    JsonSchema, LeverKind, SimBuilder, SimDuration, Slug, intern, intern_all, schemars,
};
use serde::Deserialize;

use crate::diagnostic::{Diagnostic, DiagnosticKind as Is, Place};
use crate::doc::{Doc, Patch};
use crate::locate::{self, stand_ins};
use crate::read::{Reader, did_you_mean};
use crate::tree::Node;

/// The word that stands for a parameter.
const WORD: &str = "Parameter";

/// A parameter as declared.
#[derive(Clone, Debug)]
pub(crate) struct Parameter {
    pub(crate) name: String,
    pub(crate) place: Place,
    spec: Spec,
}

/// What it may be.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) enum Spec {
    /// A whole number.
    Count {
        /// What it means, for people.
        about: String,
        /// Its value when nobody sets it.
        default: i64,
        /// Least.
        min: i64,
        /// Most.
        max: i64,
        /// What is counted.
        #[serde(default)]
        unit: String,
    },
    /// A number.
    Number {
        /// What it means, for people.
        about: String,
        /// Its value when nobody sets it.
        default: f64,
        /// Least.
        min: f64,
        /// Most.
        max: f64,
        /// In which unit.
        #[serde(default)]
        unit: String,
    },
    /// A length of time.
    Span {
        /// What it means, for people.
        about: String,
        /// Its value when nobody sets it.
        default: SimDuration,
        /// Least.
        min: SimDuration,
        /// Most.
        max: SimDuration,
    },
    /// True or false.
    Flag {
        /// What it means, for people.
        about: String,
        /// Its value when nobody sets it.
        default: bool,
    },
    /// One of several words.
    Choice {
        /// What it means, for people.
        about: String,
        /// Its value when nobody sets it.
        default: String,
        /// The words.
        of: Vec<String>,
    },
}

impl Parameter {
    /// Reads a declaration.
    pub(crate) fn read(
        reader: &mut Reader<'_>,
        name: &str,
        key: &Node,
        value: &Node,
    ) -> Option<Self> {
        let spec: Spec = reader.value(value)?;
        let slug: Result<Slug, _> = name.parse();
        if slug.is_err() || name.contains('.') {
            let message = format!("`{name}` is no name of a parameter");
            let hint = "write small letters, digits and hyphens".to_owned();
            reader.wrong(Is::Name, key.span.clone(), message, hint);
            return None;
        }
        let (kind, default) = spec.kind();
        if let Err(message) = kind.check(&default) {
            let place = value.field("default").map_or(value, |f| &f.value);
            reader.wrong(Is::Field, locate::head(place), format!("the default {message}"), None);
            return None;
        }
        let place = reader.doc.place(key.span.clone());
        Some(Parameter { name: name.to_owned(), place, spec })
    }

    /// Its default, as it stands in RON.
    pub(crate) fn default_literal(&self) -> String {
        self.literal(&self.spec.kind().1)
    }

    /// Declares it as a lever; its value, as it stands in RON.
    pub(crate) fn declare(&self, sim: &mut SimBuilder) -> String {
        let (kind, default) = self.spec.kind();
        let (about, unit) = self.spec.words();
        let value = sim.scenario_lever(&self.name, kind, &default, intern(unit), intern(about));
        self.literal(&value)
    }

    fn literal(&self, value: &str) -> String {
        match self.spec {
            Spec::Span { .. } | Spec::Choice { .. } => format!("{value:?}"),
            _ => value.to_owned(),
        }
    }
}

impl Spec {
    /// The legal values, and the default as text.
    fn kind(&self) -> (LeverKind, String) {
        match self {
            Spec::Count { default, min, max, .. } => {
                (LeverKind::Count { min: *min, max: *max }, default.to_string())
            }
            Spec::Number { default, min, max, .. } => {
                (LeverKind::Number { min: *min, max: *max }, default.to_string())
            }
            Spec::Span { default, min, max, .. } => {
                (LeverKind::Span { min: *min, max: *max }, default.to_string())
            }
            Spec::Flag { default, .. } => (LeverKind::Flag, default.to_string()),
            Spec::Choice { default, of, .. } => {
                (LeverKind::Choice(intern_all(of)), default.clone())
            }
        }
    }

    fn words(&self) -> (&str, &str) {
        match self {
            Spec::Count { about, unit, .. } | Spec::Number { about, unit, .. } => (about, unit),
            Spec::Span { about, .. } | Spec::Flag { about, .. } | Spec::Choice { about, .. } => {
                (about, "")
            }
        }
    }
}

/// Every `Parameter("..")` of a section with its name, in order.
fn uses(doc: &Doc) -> Vec<(&Node, String)> {
    used(&doc.root, &doc.text)
}

/// Every `Parameter("..")` in a value with its name, in order.
pub(crate) fn used<'a>(root: &'a Node, text: &str) -> Vec<(&'a Node, String)> {
    let all = stand_ins(root, text, WORD).into_iter();
    all.map(|(node, name)| (node, name.unwrap_or_default())).collect()
}

/// Reports parameters that a section uses and nobody declares. True when there is none.
pub(crate) fn are_known(doc: &Doc, known: &[Parameter], out: &mut Vec<Diagnostic>) -> bool {
    let names: Vec<&str> = known.iter().map(|p| p.name.as_str()).collect();
    let mut are_known = true;
    for (node, name) in uses(doc) {
        if names.contains(&name.as_str()) {
            continue;
        }
        are_known = false;
        let message = format!("no parameter is called `{name}`");
        let hint = did_you_mean(&name, &names)
            .unwrap_or_else(|| "declare it: `parameters: { \"name\": Count(..) }`".to_owned());
        out.push(doc.wrong(Is::Name, node.span.clone(), message).hint(hint));
    }
    are_known
}

/// The section with values in place of parameters; `values` are RON by name.
pub(crate) fn filled(doc: &Doc, values: &[(String, String)]) -> Option<Doc> {
    let value = |name: &str| values.iter().find(|(n, _)| n == name).map(|(_, text)| text.as_str());
    let patches: Option<Vec<_>> = uses(doc)
        .into_iter()
        .map(|(node, name)| Some((node.span.clone(), Patch::Text(value(&name)?))))
        .collect();
    doc.patched(&patches?)
}

/// Reads the field `parameters` of a file.
pub(crate) fn parameters(doc: &Arc<Doc>, out: &mut Vec<Diagnostic>) -> Vec<Parameter> {
    let mut reader = Reader { doc, out };
    let map = reader.map(doc.root.field("parameters").map(|f| &f.value));
    map.into_iter()
        .filter_map(|(name, key, value)| Parameter::read(&mut reader, &name, key, value))
        .collect()
}
