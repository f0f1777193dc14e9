//! What can be written, as data: pages of types, their fields and variants, and the words for them.

use hotwash_engine::group_digits;

/// What a page is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sort {
    /// A part of a scenario's files that every scenario has.
    File,
    /// A kind of value that many fields take.
    Value,
    /// A plugin's section and its orders.
    Plugin,
}

/// A page of the reference.
#[derive(Clone, Debug)]
pub struct Page {
    /// By which it is asked for: a plugin's name, or `decision`, `number`.
    pub name: String,
    /// What it is about.
    pub sort: Sort,
    /// One sentence.
    pub about: String,
    /// What can be written, in words, where it is no group and no choice.
    pub prose: Vec<String>,
    /// All types of the page; the first is what the page is named for. Empty where there is only prose.
    pub types: Vec<Type>,
    /// Which of the types the orders are, if the plugin takes any.
    pub orders: Option<usize>,
    /// RON that reads, where the page has one of its own.
    pub example: Option<String>,
}

/// A group of fields, or a choice.
#[derive(Clone, Debug)]
pub struct Type {
    /// How to come to it: `soc.queue`. Of a type that stands in several places, the first.
    pub path: String,
    /// What it is.
    pub about: String,
    /// What stands in it.
    pub body: Body,
}

/// What stands in a type.
#[derive(Clone, Debug)]
pub enum Body {
    /// `( field: value, .. )`.
    Group(Vec<Field>),
    /// One of these words, some with values behind them.
    Choice(Vec<Variant>),
    /// A value of another form.
    Value(Form),
}

/// A field of a group.
#[derive(Clone, Debug)]
pub struct Field {
    /// As written.
    pub name: String,
    /// What is written behind it.
    pub form: Form,
    /// Whether it must be there.
    pub need: Need,
    /// What it means.
    pub about: String,
}

/// Whether a field must be there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Need {
    /// It must.
    Needed,
    /// It may be left out, and is then this, in RON.
    Default(String),
    /// It may be left out.
    Free,
}

/// One of several words.
#[derive(Clone, Debug)]
pub struct Variant {
    /// As written.
    pub name: String,
    /// What it means.
    pub about: String,
    /// What stands behind it.
    pub args: Args,
}

/// What stands behind the word of a choice.
#[derive(Clone, Debug)]
pub enum Args {
    /// Nothing.
    Nothing,
    /// `Word(value, ..)`.
    Values(Vec<Form>),
    /// `Word(field: value, ..)`.
    Fields(Vec<Field>),
}

/// What a value looks like.
#[derive(Clone, Debug, PartialEq)]
pub enum Form {
    /// Text in quotes.
    Text,
    /// A name out of letters, digits and a few signs, in quotes.
    Name,
    /// A length of time, in quotes.
    Duration,
    /// A civil date, with or without a time, in quotes.
    Date,
    /// `File("..")`.
    File,
    /// `true` or `false`.
    Flag,
    /// A whole number within bounds, where there are bounds.
    Whole(Option<i64>, Option<i64>),
    /// A number as it stands, without a source.
    Real,
    /// A number of the model, with source and firmness.
    Quantity {
        /// Its unit, as printed.
        unit: String,
        /// What the unit counts.
        about: String,
        /// Least and most.
        legal: (f64, f64),
    },
    /// `[ a, b ]`.
    List(Box<Form>),
    /// `{ "name": value }`.
    Map(Box<Form>),
    /// `( a, b )`.
    Tuple(Vec<Form>),
    /// A type of the same page, by its position.
    Type(usize),
    /// Words of ours.
    Words(String),
    /// Nothing can be said of it.
    Any,
}

impl Form {
    /// The type that it leads to, through lists and maps.
    pub fn leads_to(&self) -> Option<usize> {
        match self {
            Form::Type(index) => Some(*index),
            Form::List(inner) | Form::Map(inner) => inner.leads_to(),
            _ => None,
        }
    }
}

/// Units of time by the sign that is printed behind a number.
const TIMES: [(&str, &str); 3] = [("min", "minutes"), ("h", "hours"), ("d", "days")];

/// Units that are things and not measures.
const NOUNS: [&str; 5] = ["share", "count", "factor", "points", "likelihood ratio"];

/// What a number counts, in words: `number in hours`, `share`.
pub fn unit_in_words(unit: &str) -> String {
    if let Some((_, long)) = TIMES.iter().find(|(short, _)| *short == unit) {
        format!("number in {long}")
    } else if NOUNS.contains(&unit) {
        unit.to_owned()
    } else if unit.starts_with("per ") {
        format!("number {unit}")
    } else {
        format!("number in {unit}")
    }
}

/// A bound without a row of zeros: `150,000`, `10^12`.
pub fn bound(value: f64) -> String {
    let power = (6..=18).find(|e| format!("1e{e}").parse() == Ok(value));
    match power {
        Some(power) => format!("10^{power}"),
        None if value.abs() >= 10_000.0 => group_digits(&format!("{value}")),
        None => format!("{value}"),
    }
}

impl Form {
    /// All types that it leads to, through tuples too.
    pub fn all_leads(&self) -> Vec<usize> {
        match self {
            Form::Tuple(parts) => parts.iter().flat_map(Form::all_leads).collect(),
            Form::List(inner) | Form::Map(inner) => inner.all_leads(),
            other => other.leads_to().into_iter().collect(),
        }
    }
}

impl Page {
    /// The type whose path this is.
    pub fn at(&self, path: &str) -> Option<usize> {
        self.types.iter().position(|t| t.path == path)
    }

    /// What a value looks like, in words. `named` says how a type is referred to.
    pub fn words(&self, form: &Form, named: &dyn Fn(&Type) -> String) -> String {
        match form {
            Form::Text => "text".to_owned(),
            Form::Name => "name".to_owned(),
            Form::Duration => "duration".to_owned(),
            Form::Date => "date, or date and time".to_owned(),
            Form::File => "file".to_owned(),
            Form::Flag => "true or false".to_owned(),
            Form::Whole(low, high) => whole(*low, *high),
            Form::Real => "plain number".to_owned(),
            Form::Quantity { unit, legal: (low, high), .. } => {
                format!("{}, {} to {}", unit_in_words(unit), bound(*low), bound(*high))
            }
            Form::List(inner) => format!("list of {}", plural(&self.words(inner, named))),
            Form::Map(inner) => format!("map from name to {}", self.words(inner, named)),
            Form::Tuple(parts) => {
                let parts: Vec<String> = parts.iter().map(|p| self.words(p, named)).collect();
                format!("({})", among(&parts))
            }
            Form::Type(index) => named(&self.types[*index]),
            Form::Words(words) => words.clone(),
            Form::Any => "a value".to_owned(),
        }
    }

    /// How a variant is written: `Watch(duration)`.
    pub fn signature(&self, variant: &Variant, named: &dyn Fn(&Type) -> String) -> String {
        let name = &variant.name;
        match &variant.args {
            Args::Nothing => name.clone(),
            Args::Values(forms) => {
                let forms: Vec<String> = forms.iter().map(|f| self.words(f, named)).collect();
                format!("{name}({})", among(&forms))
            }
            Args::Fields(fields) => {
                let names: Vec<&str> = fields.iter().map(|f| f.name.as_str()).collect();
                format!("{name}({}: ..)", names.join(": .., "))
            }
        }
    }
}

impl Body {
    /// The words of a choice that has nothing behind them.
    pub fn plain_words(&self) -> Option<Vec<&str>> {
        let Body::Choice(variants) = self else { return None };
        let is_plain = variants.iter().all(|v| matches!(v.args, Args::Nothing));
        is_plain.then(|| variants.iter().map(|v| v.name.as_str()).collect())
    }
}

/// Parts of a tuple; those that have commas of their own are told apart all the same.
fn among(parts: &[String]) -> String {
    let between = if parts.iter().any(|part| part.contains(',')) { "; " } else { ", " };
    parts.join(between)
}

fn whole(low: Option<i64>, high: Option<i64>) -> String {
    match (low, high) {
        (Some(low), Some(high)) => format!("whole number, {low} to {high}"),
        (Some(low), None) => format!("whole number, {low} or more"),
        _ => "whole number".to_owned(),
    }
}

/// Several of them: the first words in the plural, what follows a comma as it is.
fn plural(words: &str) -> String {
    for (one, several) in [("one of ", "words out of "), ("group", "groups"), ("choice", "choices")]
    {
        if let Some(rest) = words.strip_prefix(one) {
            return format!("{several}{rest}");
        }
    }
    let (head, tail) = words.split_at(words.find(',').unwrap_or(words.len()));
    match head {
        "text" | "name" | "duration" | "date" | "file" | "share" | "factor" | "whole number"
        | "plain number" => format!("{head}s{tail}"),
        _ => words.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_and_bounds_are_said_in_words() {
        assert_eq!(unit_in_words("h"), "number in hours");
        assert_eq!(unit_in_words("per day"), "number per day");
        assert_eq!(unit_in_words("USD"), "number in USD");
        assert_eq!(unit_in_words("share"), "share");
        assert_eq!([bound(1e12), bound(150_000.0), bound(1e-6)], ["10^12", "150,000", "0.000001"]);
        assert_eq!(plural("whole number, 0 or more"), "whole numbers, 0 or more");
    }
}
