//! Levers: standing choices set before the incident. A plugin declares each with its legal values.

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
