//! From the schema of a type to the data of the reference.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::form::{Args, Body, Field, Form, Need, Type, Variant};
use super::order::Step;

/// A type as the program knows it: its schema, and the order in which its parts are declared.
pub(crate) struct Known<'a> {
    pub(crate) schema: &'a Value,
    pub(crate) declared: &'a dyn Fn(&[Step]) -> Option<&'static [&'static str]>,
}

/// Reads types out of a schema. The first is the whole, called `path`.
pub(crate) fn types(known: &Known<'_>, path: &str, types: &mut Vec<Type>) -> usize {
    let defs = known.schema.get("$defs").and_then(Value::as_object);
    let mut reader = Reading { known, defs, types, named: BTreeMap::new() };
    let root = reader.reserve(path, text_of(known.schema, "description"));
    reader.named.insert("#".to_owned(), root);
    // What holds itself refers to itself by its own name.
    reader.named.insert(format!("#/$defs/{}", text_of(known.schema, "title")), root);
    let body = match reader.body(known.schema, path, &mut Vec::new()) {
        Some(body) => body,
        None => Body::Value(reader.form(known.schema, path, &mut Vec::new())),
    };
    reader.types[root].body = body;
    root
}

struct Reading<'a> {
    known: &'a Known<'a>,
    defs: Option<&'a Map<String, Value>>,
    types: &'a mut Vec<Type>,
    /// Types that were met, by reference.
    named: BTreeMap<String, usize>,
}

fn text_of(schema: &Value, key: &str) -> String {
    let text = schema.get(key).and_then(Value::as_str).unwrap_or_default();
    // Comments are broken into lines as their author's editor was wide.
    text.split("\n\n")
        .map(|paragraph| paragraph.split_whitespace().collect::<Vec<_>>().join(" "))
        .collect::<Vec<_>>()
        .join("\n\n")
}

fn list<'v>(schema: &'v Value, key: &str) -> Option<&'v Vec<Value>> {
    schema.get(key).and_then(Value::as_array)
}

fn is_null(schema: &Value) -> bool {
    schema.get("type").and_then(Value::as_str) == Some("null")
}

fn is_anything(schema: &Value) -> bool {
    schema == &Value::Bool(true) || schema.as_object().is_some_and(Map::is_empty)
}

/// The type of a value, `null` aside: what may be left out.
fn sort_of(schema: &Value) -> &str {
    match schema.get("type") {
        Some(Value::String(sort)) => sort,
        Some(Value::Array(sorts)) => {
            sorts.iter().filter_map(Value::as_str).find(|s| *s != "null").unwrap_or_default()
        }
        _ => "",
    }
}

/// The parts of an alternative, `null` aside.
fn alternatives(schema: &Value) -> Option<Vec<&Value>> {
    let all = ["oneOf", "anyOf", "allOf"].iter().find_map(|key| list(schema, key))?;
    Some(all.iter().filter(|part| !is_null(part)).collect())
}

impl Reading<'_> {
    fn reserve(&mut self, path: &str, about: String) -> usize {
        let body = Body::Value(Form::Any);
        self.types.push(Type { path: path.to_owned(), about, body });
        self.types.len() - 1
    }

    fn form(&mut self, schema: &Value, path: &str, steps: &mut Vec<Step>) -> Form {
        if let Some(form) = own_form(schema) {
            return form;
        }
        if let Some(name) = schema.get("$ref").and_then(Value::as_str) {
            return self.reference(name, path, steps);
        }
        if let Some(parts) = alternatives(schema)
            && let [only] = parts.as_slice()
            && !is_variant(only)
        {
            return self.form(only, path, steps);
        }
        if let Some(body) = self.body(schema, path, steps) {
            let about = text_of(schema, "description");
            self.types.push(Type { path: path.to_owned(), about, body });
            return Form::Type(self.types.len() - 1);
        }
        match sort_of(schema) {
            "string" => Form::Text,
            "boolean" => Form::Flag,
            "number" => Form::Real,
            "integer" => whole(schema),
            "array" => self.array(schema, path, steps),
            "object" => {
                let values = schema.get("additionalProperties").filter(|v| v.is_object());
                let values = values.map(|v| self.below(v, path, steps, Step::Entry));
                values.map_or(Form::Any, |v| Form::Map(Box::new(v)))
            }
            _ => Form::Any,
        }
    }

    fn below(&mut self, schema: &Value, path: &str, steps: &mut Vec<Step>, step: Step) -> Form {
        steps.push(step);
        let form = self.form(schema, path, steps);
        steps.pop();
        form
    }

    fn array(&mut self, schema: &Value, path: &str, steps: &mut Vec<Step>) -> Form {
        if let Some(parts) = list(schema, "prefixItems") {
            return Form::Tuple(self.places(parts, path, steps));
        }
        let items = schema.get("items").unwrap_or(&Value::Null);
        Form::List(Box::new(self.below(items, path, steps, Step::Item)))
    }

    fn places(&mut self, parts: &[Value], path: &str, steps: &mut Vec<Step>) -> Vec<Form> {
        let parts = parts.iter().enumerate();
        parts.map(|(i, part)| self.below(part, path, steps, Step::Place(i))).collect()
    }

    fn reference(&mut self, name: &str, path: &str, steps: &mut Vec<Step>) -> Form {
        if let Some(index) = self.named.get(name) {
            return Form::Type(*index);
        }
        let key = name.strip_prefix("#/$defs/").unwrap_or(name);
        let Some(schema) = self.defs.and_then(|defs| defs.get(key)) else { return Form::Any };
        // A type with a name for authors is asked for by that, and not by where it stands.
        let path = if key.starts_with(char::is_lowercase) { key } else { path };
        let index = self.reserve(path, text_of(schema, "description"));
        self.named.insert(name.to_owned(), index);
        let Some(body) = self.body(schema, path, steps) else {
            // A name for something plain: what it is matters, not that it has a name.
            let form = self.form(schema, path, steps);
            if index + 1 == self.types.len() && form.leads_to() != Some(index) {
                self.types.pop();
                self.named.remove(name);
                return form;
            }
            self.types[index].body = Body::Value(form);
            return Form::Type(index);
        };
        self.types[index].body = body;
        Form::Type(index)
    }

    /// The body of a group or a choice; `None` for what is neither.
    fn body(&mut self, schema: &Value, path: &str, steps: &mut Vec<Step>) -> Option<Body> {
        if own_form(schema).is_some() {
            return None;
        }
        // A type without values: `false`, or its long form.
        if schema == &Value::Bool(false) || schema.get("not").is_some_and(is_anything) {
            return Some(Body::Choice(Vec::new()));
        }
        if let Some(words) = list(schema, "enum") {
            let words = words.iter().filter_map(Value::as_str);
            let mut variants: Vec<Variant> = words.map(|word| plain(word, String::new())).collect();
            self.sort(&mut variants, steps, |v| &v.name);
            return Some(Body::Choice(variants));
        }
        if schema.get("properties").is_some() {
            return Some(Body::Group(self.fields(schema, path, steps)));
        }
        let parts = alternatives(schema)?;
        if parts.len() < 2 && !parts.first().is_some_and(|p| is_variant(p)) {
            return None;
        }
        let mut variants: Vec<Variant> = Vec::new();
        for part in parts {
            self.variants(part, path, steps, &mut variants);
        }
        self.sort(&mut variants, steps, |v| &v.name);
        Some(Body::Choice(variants))
    }

    /// Puts parts into the order of their declaration.
    fn sort<T>(&self, parts: &mut [T], steps: &[Step], name: impl Fn(&T) -> &str) {
        if let Some(names) = (self.known.declared)(steps) {
            parts.sort_by_key(|part| names.iter().position(|n| *n == name(part)));
        }
    }

    fn fields(&mut self, schema: &Value, path: &str, steps: &mut Vec<Step>) -> Vec<Field> {
        let needed: Vec<&str> =
            list(schema, "required").into_iter().flatten().filter_map(Value::as_str).collect();
        let empty = Map::new();
        let all = schema.get("properties").and_then(Value::as_object).unwrap_or(&empty);
        let mut in_order: Vec<(&String, &Value)> = all.iter().collect();
        self.sort(&mut in_order, steps, |(name, _)| name.as_str());
        let mut fields = Vec::new();
        for (name, part) in in_order {
            let inner = format!("{path}.{name}");
            let form = self.below(part, &inner, steps, Step::Field(name.clone()));
            let mut about = text_of(part, "description");
            if about.is_empty()
                && let Some(index) = form.leads_to()
            {
                about.clone_from(&self.types[index].about);
            }
            let need = match part.get("default") {
                _ if needed.contains(&name.as_str()) => Need::Needed,
                Some(value) => self.default(value, &form),
                None => Need::Free,
            };
            fields.push(Field { name: name.clone(), form, need, about });
        }
        fields
    }

    /// A default in RON.
    fn default(&self, value: &Value, form: &Form) -> Need {
        Need::Default(match value {
            Value::Bool(flag) => flag.to_string(),
            Value::Number(number) => number.to_string(),
            Value::String(word) => match form {
                Form::Type(index) if matches!(self.types[*index].body, Body::Choice(_)) => {
                    word.clone()
                }
                _ => format!("{word:?}"),
            },
            Value::Array(items) if items.is_empty() => "[]".to_owned(),
            _ => return Need::Free,
        })
    }

    fn variants(
        &mut self,
        part: &Value,
        path: &str,
        steps: &mut Vec<Step>,
        out: &mut Vec<Variant>,
    ) {
        let about = text_of(part, "description");
        if let Some(word) = part.get("const").and_then(Value::as_str) {
            out.push(plain(word, about));
        } else if let Some(words) = list(part, "enum") {
            out.extend(words.iter().filter_map(Value::as_str).map(|w| plain(w, String::new())));
        } else if let Some((name, inner)) = only_property(part) {
            steps.push(Step::Variant(name.clone()));
            let args = self.args(inner, &format!("{path}.{name}"), steps);
            steps.pop();
            out.push(Variant { name: name.clone(), about, args });
        } else if let Form::Type(index) = self.form(part, path, steps) {
            // A choice within a choice, or something that is told from the others by its shape.
            let about = self.types[index].about.clone();
            out.push(Variant {
                name: String::new(),
                about,
                args: Args::Values(vec![Form::Type(index)]),
            });
        }
    }

    fn args(&mut self, inner: &Value, path: &str, steps: &mut Vec<Step>) -> Args {
        if inner.get("properties").is_some() {
            return Args::Fields(self.fields(inner, path, steps));
        }
        match list(inner, "prefixItems") {
            Some(parts) => Args::Values(self.places(parts, path, steps)),
            None => Args::Values(vec![self.form(inner, path, steps)]),
        }
    }
}

fn plain(word: &str, about: String) -> Variant {
    Variant { name: word.to_owned(), about, args: Args::Nothing }
}

fn is_variant(part: &Value) -> bool {
    part.get("const").is_some() || part.get("enum").is_some() || only_property(part).is_some()
}

/// The word of a variant with values, and these.
fn only_property(part: &Value) -> Option<(&String, &Value)> {
    let all = part.get("properties")?.as_object()?;
    let needed = list(part, "required")?;
    match (all.iter().next(), all.len(), needed.len()) {
        (Some(one), 1, 1) => Some(one),
        _ => None,
    }
}

/// What our own types say of themselves, and fields that have words of their own for what is written there.
fn own_form(schema: &Value) -> Option<Form> {
    if let Some(words) = schema.get("x-words").and_then(Value::as_str) {
        return Some(Form::Words(words.to_owned()));
    }
    let number = |key: &str| schema.get(key).and_then(Value::as_f64).unwrap_or_default();
    Some(match schema.get("x-form")?.as_str()? {
        "number" => Form::Quantity {
            unit: text_of(schema, "x-unit"),
            about: text_of(schema, "x-about"),
            legal: (number("minimum"), number("maximum")),
        },
        "duration" => Form::Duration,
        "name" => Form::Name,
        "date" => Form::Date,
        "file" => Form::File,
        _ => return None,
    })
}

/// A whole number; bounds of the machine are none of the author's.
fn whole(schema: &Value) -> Form {
    let format = schema.get("format").and_then(Value::as_str).unwrap_or_default();
    let is_wide = matches!(format, "int32" | "int64" | "int" | "uint32" | "uint64" | "uint");
    let bound = |key: &str| schema.get(key).and_then(Value::as_i64);
    let low = if format.starts_with("int") && is_wide { None } else { bound("minimum") };
    let high = if is_wide { None } else { bound("maximum") };
    Form::Whole(low, high)
}
