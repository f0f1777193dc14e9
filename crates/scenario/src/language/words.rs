//! The program's own words in a language: one catalogue, whose keys are the English words as they stand in
//! the code.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::sync::LazyLock;

use hotwash_engine::SimDuration;

/// Languages that the program's own words are in, each with its files.
const FILES: [(&str, [&str; 2]); 1] =
    [("ja", [include_str!("ja.ron"), include_str!("ja-documents.ron")])];

static CATALOGUES: LazyLock<Vec<Catalogue>> = LazyLock::new(|| {
    let read = |(code, files): (&'static str, [&str; 2])| {
        let mut texts = BTreeMap::new();
        for text in files {
            match ron::from_str::<BTreeMap<String, String>>(text) {
                Ok(some) => texts.extend(some),
                Err(error) => unreachable!("the program's words in `{code}` are no RON: {error}"),
            }
        }
        Catalogue { code, texts }
    };
    FILES.into_iter().map(read).collect()
});

/// The program's words in one language, by their English.
#[derive(Debug, PartialEq, Eq)]
struct Catalogue {
    code: &'static str,
    texts: BTreeMap<String, String>,
}

/// The program's own words in a language. What nobody has translated stays English.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Words(Option<&'static Catalogue>);

impl Words {
    /// English, the language of the code.
    pub const ENGLISH: Words = Words(None);

    /// The words in the language with this code; English where the program does not speak it.
    pub fn in_language(code: &str) -> Words {
        Words(CATALOGUES.iter().find(|known| known.code == code))
    }

    /// Codes of the languages that the program speaks besides English.
    pub fn languages() -> impl Iterator<Item = &'static str> {
        FILES.into_iter().map(|(code, _)| code)
    }

    /// All English words with a translation.
    pub fn known(self) -> impl Iterator<Item = (&'static str, &'static str)> {
        let texts = self.0.into_iter().flat_map(|all| &all.texts);
        texts.map(|(english, words)| (english.as_str(), words.as_str()))
    }

    /// The language's code.
    pub fn code(self) -> &'static str {
        self.0.map_or(super::ENGLISH, |all| all.code)
    }

    /// Whether these are the words of the code itself.
    pub fn are_english(self) -> bool {
        self.0.is_none()
    }

    /// Words of the program.
    pub fn of(self, english: &'static str) -> &'static str {
        self.0.and_then(|all| all.texts.get(english)).map_or(english, String::as_str)
    }

    /// Words that are known only while the program runs, such as a metric's name.
    pub fn find(self, english: &str) -> &str {
        self.0.and_then(|all| all.texts.get(english)).map_or(english, String::as_str)
    }

    /// Words of the program with values in them: `{name}` stands for the value of that name.
    pub fn fill(self, english: &'static str, values: &[(&str, &dyn Display)]) -> String {
        let mut out = String::new();
        let mut rest = self.of(english);
        while let Some((before, after)) = rest.split_once('{') {
            out.push_str(before);
            let Some((name, behind)) = after.split_once('}') else {
                out.push('{');
                rest = after;
                continue;
            };
            match values.iter().find(|(known, _)| *known == name) {
                Some((_, value)) => out.push_str(&value.to_string()),
                None => out.push_str(&format!("{{{name}}}")),
            }
            rest = behind;
        }
        out.push_str(rest);
        out
    }

    /// A civil date as `2019-08-01`, with or without a time behind it, as people write it. Any other text
    /// stays as it is.
    pub fn date(self, civil: &str) -> String {
        let (date, time) = civil.split_once([' ', 'T']).unwrap_or((civil, ""));
        let mut parts = date.split('-').map(str::parse::<u32>);
        let numbers = (parts.next(), parts.next(), parts.next(), parts.next());
        let (Some(Ok(year)), Some(Ok(month)), Some(Ok(day)), None) = numbers else {
            return civil.to_owned();
        };
        if self.are_english() {
            return civil.to_owned();
        }
        let date =
            self.fill("{year}-{month}-{day}", &[("year", &year), ("month", &month), ("day", &day)]);
        if time.is_empty() { date } else { format!("{date} {time}") }
    }

    /// A date, with or without a time, with its day of the week: `Thu 2019-08-01 09:00`.
    pub fn dated(self, weekday: &'static str, civil: &str) -> String {
        let (date, time) = civil.split_once(' ').unwrap_or((civil, ""));
        let date = self.date(date);
        let out = self.fill("{weekday} {date}", &[("weekday", &self.of(weekday)), ("date", &date)]);
        if time.is_empty() { out } else { format!("{out} {time}") }
    }

    /// A length of time in its two largest units: `3d 4h`.
    pub fn span(self, span: SimDuration) -> String {
        let text = span.to_string();
        if self.are_english() {
            return text;
        }
        let part = |part: &str| {
            let at = part.find(|c: char| c.is_ascii_alphabetic()).unwrap_or(part.len());
            let (number, unit) = part.split_at(at);
            let unit = match unit {
                "d" => self.of("{n}d"),
                "h" => self.of("{n}h"),
                "min" => self.of("{n}min"),
                "s" => self.of("{n}s"),
                _ => return part.to_owned(),
            };
            unit.replace("{n}", number)
        };
        text.split(' ').map(part).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn english_is_the_language_of_the_code() {
        let words = Words::ENGLISH;
        assert_eq!(words.of("Inbox"), "Inbox");
        assert_eq!(words.fill("{n} are {what}", &[("n", &2)]), "2 are {what}");
        assert_eq!(words.dated("Thu", "2019-08-01 09:00"), "Thu 2019-08-01 09:00");
        assert_eq!(words.span("76h".parse().unwrap()), "3d 4h");
        assert_eq!(Words::in_language("tlh"), words);
    }

    #[test]
    fn japanese_writes_dates_and_spans_its_own_way() {
        let words = Words::in_language("ja");
        assert_eq!(words.dated("Thu", "2019-08-01 09:00"), "2019年8月1日(木) 09:00");
        assert_eq!(words.date("2019-08-01"), "2019年8月1日");
        assert_eq!(words.date("as soon as feasible"), "as soon as feasible");
        assert_eq!(words.span("76h".parse().unwrap()), "3日4時間");
        assert_eq!(words.of("words that nobody has written"), "words that nobody has written");
    }

    #[test]
    fn a_translation_has_the_fields_of_its_original() {
        let fields = |text: &str| {
            let mut all: Vec<String> = text
                .split('{')
                .skip(1)
                .filter_map(|t| Some(t.split_once('}')?.0.to_owned()))
                .collect();
            all.sort();
            all
        };
        for code in Words::languages() {
            for (english, words) in Words::in_language(code).known() {
                assert_eq!(fields(english), fields(words), "`{english}` in `{code}`");
                assert!(!words.trim().is_empty() || english.trim().is_empty(), "`{english}`");
            }
        }
    }
}
