//! History lives in the journal: typed entries with when, who, what, cause and audience.
//!
//! An entry is a *kind* declared once by its plugin plus a few named values; its sentence is made
//! from the kind's template only when somebody reads it. A run that records nothing pays one
//! predicted branch per note.

use std::fmt::Write as _;

use crate::actor::ActorId;
use crate::digits::group_digits;
use crate::time::{SimDuration, SimTime};

/// Version of the journal's meaning; recorded runs carry it.
pub const JOURNAL_VERSION: u32 = 1;

/// How much an entry matters to a reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// Noise: folded unless asked for.
    Routine,
    /// Part of the story.
    Notable,
    /// A turning point.
    Milestone,
}

/// Who may see an entry: a set of viewers that the vocabulary above the engine names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Audience(pub u32);

impl Audience {
    /// Nobody in the world; only the facilitator.
    pub const NONE: Audience = Audience(0);

    /// Both audiences together.
    pub const fn and(self, other: Audience) -> Audience {
        Audience(self.0 | other.0)
    }

    /// Whether the two share a viewer.
    pub const fn meets(self, other: Audience) -> bool {
        self.0 & other.0 != 0
    }
}

/// A kind of entry. Declare each as a `static` beside the code that notes it.
#[derive(Debug)]
pub struct Kind {
    /// `plugin.what-happened`, unique in a simulation.
    pub name: &'static str,
    /// Which ledger it belongs to; the vocabulary above the engine names them.
    pub lane: &'static str,
    /// How much it matters.
    pub weight: Weight,
    /// Who sees it unless the note says otherwise.
    pub audience: Audience,
    /// Its sentence; `{field}` stands for a value, `{field:usd}` and `{field:pct}` format it.
    pub says: &'static str,
    /// Catalogue ids, such as ATT&CK techniques.
    pub tags: &'static [&'static str],
}

/// One named value of an entry.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A whole number.
    Int(i64),
    /// A number; printed with few digits, stored in full.
    Num(f64),
    /// Words.
    Text(String),
    /// An instant.
    Time(SimTime),
    /// A length of time.
    Span(SimDuration),
}

macro_rules! value_from {
    ($($from:ty => $make:expr;)*) => {$(
        impl From<$from> for Value {
            fn from(v: $from) -> Value { let make: fn($from) -> Value = $make; make(v) }
        }
    )*};
}

value_from! {
    i64 => Value::Int;
    u64 => |v| Value::Int(v as i64);
    u32 => |v| Value::Int(i64::from(v));
    f64 => Value::Num;
    String => Value::Text;
    &str => |v| Value::Text(v.to_owned());
    SimTime => Value::Time;
    SimDuration => Value::Span;
}

/// The number of an entry in its run, from 1; 0 stands for "none".
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct NoteId(pub u32);

/// Something that happened.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Its number in the run.
    pub id: NoteId,
    /// When.
    pub at: SimTime,
    /// Whose doing.
    pub who: ActorId,
    /// What.
    pub kind: &'static Kind,
    /// The entry that led here; [`NoteId`] 0 at a root.
    pub cause: NoteId,
    /// Who sees it.
    pub audience: Audience,
    /// The milestones first reached by it.
    pub milestones: Vec<crate::milestone::MilestoneId>,
    /// Its values.
    pub fields: Vec<(&'static str, Value)>,
}

impl Entry {
    /// The value of a field.
    pub fn field(&self, name: &str) -> Option<&Value> {
        self.fields.iter().find(|(n, _)| *n == name).map(|(_, v)| v)
    }

    /// Its sentence, from a template: the kind's own, or a translation of it.
    pub fn say(&self, template: &str) -> String {
        render(template, |name| self.field(name).cloned())
    }
}

/// Fills `{field}` and `{field:format}` in a template. An unknown field stays visible in braces.
///
/// ```
/// use hotwash_engine::{Value, render};
///
/// let value = |name: &str| match name {
///     "lost" => Some(Value::Num(12_345.6)),
///     "sure" => Some(Value::Num(0.613)),
///     _ => None,
/// };
/// assert_eq!(render("lost {lost:usd}, {sure:pct} sure, {who}", value), "lost USD 12,346, 61 % sure, {who}");
/// ```
pub fn render(template: &str, value: impl Fn(&str) -> Option<Value>) -> String {
    let mut out = String::with_capacity(template.len() + 16);
    let mut rest = template;
    while let Some(open) = rest.find('{') {
        out.push_str(&rest[..open]);
        rest = &rest[open..];
        let Some(close) = rest.find('}') else { break };
        let inside = &rest[1..close];
        let (name, format) = inside.split_once(':').unwrap_or((inside, ""));
        match value(name) {
            Some(v) => write_value(&mut out, &v, format),
            None => out.push_str(&rest[..=close]),
        }
        rest = &rest[close + 1..];
    }
    out.push_str(rest);
    out
}

fn write_value(out: &mut String, value: &Value, format: &str) {
    match (value, format) {
        (Value::Int(n), "usd") => push_grouped(out, "USD ", *n),
        (Value::Num(n), "usd") => push_grouped(out, "USD ", n.round() as i64),
        (Value::Num(n), "pct") => {
            let _ = write!(out, "{:.0} %", n * 100.0);
        }
        (Value::Num(n), "n") => push_grouped(out, "", n.round() as i64),
        (Value::Int(n), _) => push_grouped(out, "", *n),
        (Value::Num(n), _) => {
            let _ = write!(out, "{n:.2}");
        }
        (Value::Text(s), _) => out.push_str(s),
        (Value::Time(t), _) => {
            let _ = write!(out, "{t}");
        }
        (Value::Span(d), _) => {
            let _ = write!(out, "{d}");
        }
    }
}

/// `1234567` as `1,234,567`.
fn push_grouped(out: &mut String, unit: &str, n: i64) {
    if n < 0 {
        out.push('-');
    }
    out.push_str(unit);
    out.push_str(&group_digits(&n.unsigned_abs().to_string()));
}

/// A note being written; handed to the closure of `Cx::note`.
pub struct Note<'a> {
    pub(crate) entry: &'a mut Entry,
}

impl Note<'_> {
    /// Adds a named value.
    #[must_use = "a note is written field by field"]
    pub fn with(self, name: &'static str, value: impl Into<Value>) -> Self {
        self.entry.fields.push((name, value.into()));
        self
    }

    /// Shows the entry to these viewers instead of the kind's own.
    #[must_use = "a note is written field by field"]
    pub fn seen_by(self, audience: Audience) -> Self {
        self.entry.audience = audience;
        self
    }
}

/// The recorded entries of one run.
#[derive(Debug, Default)]
pub struct Journal {
    pub(crate) entries: Vec<Entry>,
}

impl Journal {
    /// All entries, in order.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The entry with this number.
    pub fn get(&self, id: NoteId) -> Option<&Entry> {
        self.entries.get((id.0 as usize).checked_sub(1)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn templates_fill_and_group() {
        let value = |name: &str| match name {
            "n" => Some(Value::Int(1_234_567)),
            "loss" => Some(Value::Num(-4_200.4)),
            "p" => Some(Value::Num(0.257)),
            "who" => Some(Value::Text("the desk".into())),
            _ => None,
        };
        let text = render("{who} saw {n} calls, {loss:usd}, {p:pct}, {p}, {what}, {open", value);
        assert_eq!(text, "the desk saw 1,234,567 calls, -USD 4,200, 26 %, 0.26, {what}, {open");
    }
}
