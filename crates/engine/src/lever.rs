//! Levers: standing choices set before the incident. A plugin declares each with its legal values.

use crate::builder::SimBuilder;
use crate::plugin::Problem;
use crate::time::SimDuration;

/// The legal values of a lever.
#[derive(Clone, Debug, PartialEq)]
pub enum LeverKind {
    /// `true` or `false`.
    Flag,
    /// A whole number within bounds.
    Count {
        /// Least.
        min: i64,
        /// Most.
        max: i64,
    },
    /// A number within bounds.
    Number {
        /// Least.
        min: f64,
        /// Most.
        max: f64,
    },
    /// A length of time within bounds.
    Span {
        /// Least.
        min: SimDuration,
        /// Most.
        max: SimDuration,
    },
    /// One of several words.
    Choice(&'static [&'static str]),
}

impl LeverKind {
    /// The legal values, in words.
    pub fn range(&self) -> String {
        match self {
            LeverKind::Flag => "true | false".to_owned(),
            LeverKind::Count { min, max } => format!("{min}..={max}"),
            LeverKind::Number { min, max } => format!("{min}..={max}"),
            LeverKind::Span { min, max } => format!("{min}..={max}"),
            LeverKind::Choice(words) => words.join(" | "),
        }
    }

    /// Whether a text is a legal value, read as a simulation would when it is built.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn check(&self, text: &str) -> Result<(), String> {
        match self {
            LeverKind::Flag => bool::read(text, self).map(drop),
            LeverKind::Count { .. } => i64::read(text, self).map(drop),
            LeverKind::Number { .. } => f64::read(text, self).map(drop),
            LeverKind::Span { .. } => SimDuration::read(text, self).map(drop),
            LeverKind::Choice(_) => usize::read(text, self).map(drop),
        }
    }
}

/// A lever as declared, with the value this simulation was built with.
#[derive(Clone, Debug)]
pub struct LeverInfo {
    /// `plugin.lever`.
    pub name: String,
    /// Legal values.
    pub kind: LeverKind,
    /// Value when nobody sets it.
    pub default: String,
    /// Value of this simulation.
    pub value: String,
    /// Unit as printed; empty when there is none.
    pub unit: &'static str,
    /// One sentence: what it means.
    pub about: &'static str,
}

/// A lever's value, read from text.
pub(crate) trait LeverValue: Sized {
    fn read(text: &str, kind: &LeverKind) -> Result<Self, String>;
}

impl LeverValue for bool {
    fn read(text: &str, _: &LeverKind) -> Result<Self, String> {
        text.parse().map_err(|_| format!("`{text}` is not true or false"))
    }
}

impl LeverValue for i64 {
    fn read(text: &str, kind: &LeverKind) -> Result<Self, String> {
        let value: i64 = text.parse().map_err(|_| format!("`{text}` is not a whole number"))?;
        match kind {
            LeverKind::Count { min, max } if !(min..=max).contains(&&value) => {
                Err(format!("{value} lies outside {min}..={max}"))
            }
            _ => Ok(value),
        }
    }
}

impl LeverValue for f64 {
    fn read(text: &str, kind: &LeverKind) -> Result<Self, String> {
        let value: f64 = text.parse().map_err(|_| format!("`{text}` is not a number"))?;
        match kind {
            LeverKind::Number { min, max } if !(*min..=*max).contains(&value) => {
                Err(format!("{value} lies outside {min}..={max}"))
            }
            _ => Ok(value),
        }
    }
}

impl LeverValue for SimDuration {
    fn read(text: &str, kind: &LeverKind) -> Result<Self, String> {
        let value: SimDuration = text.parse()?;
        match kind {
            LeverKind::Span { min, max } if !(*min..=*max).contains(&value) => {
                Err(format!("{value} lies outside {min}..={max}"))
            }
            _ => Ok(value),
        }
    }
}

/// Index of a word in its list.
impl LeverValue for usize {
    fn read(text: &str, kind: &LeverKind) -> Result<Self, String> {
        let LeverKind::Choice(words) = kind else { return Err("not a lever of words".to_owned()) };
        words.iter().position(|w| *w == text).ok_or_else(|| {
            let near = crate::names::nearest(text, words.iter().copied());
            let hint = near.map(|n| format!("; did you mean `{n}`?")).unwrap_or_default();
            format!("`{text}` is not one of {}{hint}", words.join(", "))
        })
    }
}

impl SimBuilder {
    /// Declares a lever that is true or false, and reads it.
    pub fn lever_flag(&mut self, name: &str, default: bool, about: &'static str) -> bool {
        self.lever(name, LeverKind::Flag, default, default.to_string(), "", about)
    }

    /// Declares a lever that counts, and reads it.
    pub fn lever_count(
        &mut self,
        name: &str,
        default: i64,
        min: i64,
        max: i64,
        unit: &'static str,
        about: &'static str,
    ) -> i64 {
        self.lever(name, LeverKind::Count { min, max }, default, default.to_string(), unit, about)
    }

    /// Declares a lever that is a number, and reads it.
    pub fn lever_number(
        &mut self,
        name: &str,
        default: f64,
        min: f64,
        max: f64,
        unit: &'static str,
        about: &'static str,
    ) -> f64 {
        self.lever(name, LeverKind::Number { min, max }, default, default.to_string(), unit, about)
    }

    /// Declares a lever that is a length of time, and reads it.
    pub fn lever_span(
        &mut self,
        name: &str,
        default: SimDuration,
        min: SimDuration,
        max: SimDuration,
        about: &'static str,
    ) -> SimDuration {
        self.lever(name, LeverKind::Span { min, max }, default, default.to_string(), "", about)
    }

    /// Declares a lever that is one of several words, and reads the word's index.
    pub fn lever_choice(
        &mut self,
        name: &str,
        default: usize,
        words: &'static [&'static str],
        about: &'static str,
    ) -> usize {
        self.lever(name, LeverKind::Choice(words), default, words[default].to_owned(), "", about)
    }

    fn lever<T: LeverValue>(
        &mut self,
        name: &str,
        kind: LeverKind,
        default: T,
        default_text: String,
        unit: &'static str,
        about: &'static str,
    ) -> T {
        let name = format!("{}.{name}", self.plugin);
        let read = |text: &str, kind: &LeverKind| T::read(text, kind);
        let text = self.lever_text(name, kind.clone(), default_text, unit, about, read);
        text.unwrap_or(default)
    }

    /// Declares a lever of the scenario itself, `scenario.NAME`, and gives its value as text: the
    /// default's when what is set is not legal, which is reported.
    pub fn scenario_lever(
        &mut self,
        name: &str,
        kind: LeverKind,
        default: &str,
        unit: &'static str,
        about: &'static str,
    ) -> String {
        let read = |text: &str, kind: &LeverKind| kind.check(text).map(|()| text.to_owned());
        let name = format!("scenario.{name}");
        let text = self.lever_text(name, kind, default.to_owned(), unit, about, read);
        text.unwrap_or_else(|| default.to_owned())
    }

    /// Declares a lever; its value if somebody has set a legal one.
    fn lever_text<T>(
        &mut self,
        name: String,
        kind: LeverKind,
        default: String,
        unit: &'static str,
        about: &'static str,
        read: impl Fn(&str, &LeverKind) -> Result<T, String>,
    ) -> Option<T> {
        let mut value = default.clone();
        let set = self.settings.get(&name).cloned().and_then(|text| match read(&text, &kind) {
            Ok(read) => {
                value = text;
                Some(read)
            }
            Err(message) => {
                let problem = Problem::new(format!("lever `{name}`: {message}"))
                    .at(format!("levers.{name}"))
                    .hint(format!("legal values: {}", kind.range()));
                self.problems.push(problem);
                None
            }
        });
        self.levers.push(LeverInfo { name, kind, default, value, unit, about });
        set
    }
}
