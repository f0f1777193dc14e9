//! Languages: what a scenario says to people, in other words than its own.
//!
//! The scenario stays the source. A file `lang/ja.ron` beside it gives its texts in Japanese, the library's
//! `lang/ja.ron` the sentences that plugins write, the program's own catalogue the rest. Texts are looked up
//! where they are shown. Simulations are built from the scenario's own texts, whatever it speaks, so that no
//! run depends on a language.

mod check;
mod pattern;
mod read;
mod spoken;
mod words;

use std::borrow::Cow;
use std::sync::{Arc, LazyLock};

use hotwash_engine::{Value, nearest, render};

use self::pattern::Texts;
use crate::scenario::Scenario;

pub(crate) use read::{Translation, read_all};
pub(crate) use spoken::Spoken;
pub use words::Words;

/// The code of the language that scenarios are written in.
pub const ENGLISH: &str = "en";

/// A language as one scenario speaks it.
#[derive(Clone, Debug)]
pub struct Language {
    code: String,
    words: Words,
    texts: Arc<Texts>,
}

static PLAIN: LazyLock<Language> = LazyLock::new(|| Language {
    code: ENGLISH.to_owned(),
    words: Words::ENGLISH,
    texts: Arc::new(Texts::default()),
});

impl Language {
    pub(crate) fn new(code: &str, texts: Texts) -> Self {
        Language { code: code.to_owned(), words: Words::in_language(code), texts: Arc::new(texts) }
    }

    /// The language that scenarios are written in.
    pub fn english() -> &'static Language {
        &PLAIN
    }

    /// Its code, such as `ja`.
    pub fn code(&self) -> &str {
        &self.code
    }

    /// The program's own words in it.
    pub fn words(&self) -> Words {
        self.words
    }

    /// Whether it is the scenario's own.
    pub fn is_english(&self) -> bool {
        self.code == ENGLISH
    }

    /// A text of the scenario or of a plugin; the text itself where nobody has translated it.
    pub fn text<'a>(&'a self, english: &'a str) -> Cow<'a, str> {
        if self.is_english() { Cow::Borrowed(english) } else { self.texts.of(english) }
    }

    /// A text of a document: of the scenario, a plugin or the program, with or without its full stop, a date or
    /// a length of time.
    pub fn phrase(&self, english: &str) -> String {
        if self.is_english() { english.to_owned() } else { self.texts.phrase(english) }
    }

    /// A sentence with values in it, from its English template: texts, dates and spans among the values are
    /// put into the language too. Instants are expected as dates in words.
    pub fn sentence(&self, template: &str, value: impl Fn(&str) -> Option<Value>) -> String {
        let Some(own) = self.texts.exactly(template) else {
            // A template that is one text alone has it translated.
            let filled = render(template, value);
            return self.text(&filled).into_owned();
        };
        let spoken = |name: &str| match value(name)? {
            Value::Text(text) => Some(Value::Text(self.words.date(&self.text(&text)))),
            Value::Span(span) => Some(Value::Text(self.words.span(span))),
            other => Some(other),
        };
        render(own, spoken).replace(" %", self.words.of(" %"))
    }
}

impl Scenario {
    /// Codes of the languages that it speaks, its own first.
    pub fn languages(&self) -> Vec<&str> {
        let others = self.languages.iter().map(|t| t.code.as_str());
        std::iter::once(ENGLISH).chain(others).collect()
    }

    /// The same scenario, whose texts for people are in this language from now on. Simulations are built
    /// from its own texts all the same.
    ///
    /// # Errors
    /// When it does not speak the language, with those that it does.
    pub fn speaking(&self, code: &str) -> Result<Scenario, String> {
        let mut scenario = self.clone();
        if code == ENGLISH {
            scenario.spoken = None;
            return Ok(scenario);
        }
        let Some(translation) = self.languages.iter().find(|t| t.code == code) else {
            let known = self.languages();
            let near = nearest(code, known.iter().copied());
            let hint = match near {
                Some(near) => format!("; did you mean `{near}`?"),
                None => String::new(),
            };
            return Err(format!(
                "`{}` has no texts in `{code}`, only in: {}{hint}",
                self.name(),
                known.join(", ")
            ));
        };
        scenario.spoken = Some(Arc::new(Spoken::new(self, translation)));
        Ok(scenario)
    }

    /// The same scenario in its own words: what documents that nobody has translated are made of.
    pub fn english(&self) -> &Scenario {
        self.spoken.as_ref().map_or(self, |spoken| &spoken.original)
    }

    /// The language that its texts for people are in.
    pub fn language(&self) -> &Language {
        self.spoken.as_ref().map_or(Language::english(), |spoken| &spoken.language)
    }

    /// Path and text of the files of its languages. No run depends on them.
    pub fn language_texts(&self) -> Vec<(String, Arc<str>)> {
        let mut all: Vec<(String, Arc<str>)> =
            self.languages.iter().flat_map(|t| t.files()).collect();
        all.sort();
        all.dedup();
        all
    }
}
