//! Texts by their English, of which some have gaps: `between {low} and {high} records`.

use std::borrow::Cow;
use std::collections::BTreeMap;

use hotwash_engine::SimDuration;

use super::Words;

/// How deep texts may stand in the gaps of others.
const DEEPEST: usize = 4;
/// Days of the week as the calendar names them.
const WEEKDAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
/// Letters outside of its gaps that a text needs to be known again when they are filled.
const FEWEST: usize = 7;

/// Translated texts by their English.
#[derive(Clone, Debug, Default)]
pub(crate) struct Texts {
    words: Words,
    all: BTreeMap<String, String>,
    /// Those with gaps, the more words around the gaps the earlier.
    gapped: Vec<(Vec<Piece>, String)>,
}

/// A stretch of a text with gaps.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    Words(String),
    Gap(String),
}

impl Texts {
    /// No texts yet, in the language of these words.
    pub(crate) fn new(words: Words) -> Self {
        Texts { words, ..Texts::default() }
    }

    /// Adds a text. An earlier one with the same English stays.
    pub(crate) fn add(&mut self, english: &str, text: &str) {
        if self.all.contains_key(english) {
            return;
        }
        self.all.insert(english.to_owned(), text.to_owned());
        let pieces = pieces(english);
        let weight = weight(&pieces);
        let has_gaps = pieces.iter().any(|p| matches!(p, Piece::Gap(_)));
        if has_gaps && weight >= FEWEST {
            let at = self.gapped.partition_point(|(other, _)| self::weight(other) >= weight);
            self.gapped.insert(at, (pieces, text.to_owned()));
        }
    }

    /// The translation of exactly this text, its gaps included.
    pub(crate) fn exactly(&self, english: &str) -> Option<&str> {
        self.all.get(english).map(String::as_str)
    }

    /// The translation of a text whose gaps are filled; the text itself where there is none.
    pub(crate) fn of<'a>(&'a self, english: &'a str) -> Cow<'a, str> {
        self.at_depth(english, 0)
    }

    /// What [`super::Language::phrase`] gives.
    pub(crate) fn phrase(&self, english: &str) -> String {
        self.in_gap(english, 0)
    }

    /// What stands in a gap: a text, perhaps without its full stop, a date or a length of time.
    fn in_gap(&self, english: &str, depth: usize) -> String {
        let text = self.at_depth(english, depth);
        if text != english {
            return text.into_owned();
        }
        let quoted = english.strip_prefix('\u{201c}').and_then(|e| e.strip_suffix('\u{201d}'));
        if let Some(inner) = quoted.filter(|_| depth <= DEEPEST) {
            let inner = self.in_gap(inner, depth + 1);
            let nested = inner.replace('\u{300c}', "\u{300e}").replace('\u{300d}', "\u{300f}");
            return self.words.fill("“{text}”", &[("text", &nested)]);
        }
        let sentence = format!("{english}.");
        let whole = self.at_depth(&sentence, depth);
        if whole != sentence {
            return whole.trim_end_matches('\u{3002}').to_owned();
        }
        if let Some(span) = span_of(english) {
            return self.words.span(span);
        }
        if let Some((who, says)) = english.split_once(": ") {
            let (who, says) = (self.at_depth(who, depth), self.at_depth(says, depth));
            if !english.starts_with(&*who) && !english.ends_with(&*says) {
                return self.words.fill("{who}: {says}", &[("who", &who), ("says", &says)]);
            }
        }
        let day = WEEKDAYS.into_iter().find_map(|day| Some((day, english.strip_prefix(day)?)));
        match day.and_then(|(day, rest)| Some((day, rest.strip_prefix(' ')?))) {
            Some((day, date)) => self.words.dated(day, date),
            None => self.words.date(self.words.find(english)),
        }
    }

    fn at_depth<'a>(&'a self, english: &'a str, depth: usize) -> Cow<'a, str> {
        if let Some(text) = self.exactly(english) {
            return Cow::Borrowed(text);
        }
        if english.is_empty() || depth > DEEPEST {
            return Cow::Borrowed(english);
        }
        for (pieces, text) in &self.gapped {
            let known = |way: &Vec<(&str, &str)>| {
                way.iter().filter(|(_, words)| self.all.contains_key(*words)).count()
            };
            // Of several ways the one that finds most texts; of those the first.
            let ways = ways(pieces, english);
            if let Some(found) = ways.into_iter().rev().max_by_key(known) {
                let mut out = text.clone();
                for (name, words) in found {
                    let words = self.in_gap(words, depth + 1);
                    out = out.replace(&format!("{{{name}}}"), &words);
                }
                return Cow::Owned(out);
            }
        }
        Cow::Borrowed(english)
    }
}

/// A length of time, in short or written out: `3d 4h`, `17 hours`.
fn span_of(text: &str) -> Option<SimDuration> {
    let written = text.split_once(' ').and_then(|(number, unit)| {
        let unit = match unit {
            "day" | "days" => "d",
            "hour" | "hours" => "h",
            "minute" | "minutes" => "min",
            _ => return None,
        };
        format!("{number}{unit}").parse().ok()
    });
    written.or_else(|| text.parse().ok())
}

/// A text cut at its gaps. A gap's format, as in `{usd:n}`, is no part of its name.
fn pieces(text: &str) -> Vec<Piece> {
    let mut out = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((name, behind)) = after.split_once('}') else { break };
        if !before.is_empty() {
            out.push(Piece::Words(before.to_owned()));
        }
        let name = name.split(':').next().unwrap_or(name);
        out.push(Piece::Gap(name.to_owned()));
        rest = behind;
    }
    if !rest.is_empty() {
        out.push(Piece::Words(rest.to_owned()));
    }
    out
}

fn weight(pieces: &[Piece]) -> usize {
    let length = |piece: &Piece| match piece {
        Piece::Words(words) => words.trim().len(),
        Piece::Gap(_) => 0,
    };
    pieces.iter().map(length).sum()
}

/// Ways in which a text may be cut at most: what stands in a gap may have words in it that stand behind it.
const MOST_WAYS: usize = 32;

/// What stands in the gaps, if the text has the words around them: every way in which it can be, the one in
/// which gaps take as little as they can first.
fn ways<'p, 't>(pieces: &'p [Piece], text: &'t str) -> Vec<Vec<(&'p str, &'t str)>> {
    let mut found = Vec::new();
    cut(pieces, text, &mut Vec::new(), &mut found);
    found
}

fn cut<'p, 't>(
    pieces: &'p [Piece],
    text: &'t str,
    so_far: &mut Vec<(&'p str, &'t str)>,
    out: &mut Vec<Vec<(&'p str, &'t str)>>,
) {
    if out.len() >= MOST_WAYS {
        return;
    }
    match pieces {
        [] if text.is_empty() => out.push(so_far.clone()),
        [Piece::Words(words), rest @ ..] => {
            if let Some(behind) = text.strip_prefix(words.as_str()) {
                cut(rest, behind, so_far, out);
            }
        }
        [Piece::Gap(name)] => {
            so_far.push((name, text));
            out.push(so_far.clone());
            so_far.pop();
        }
        [Piece::Gap(name), rest @ ..] => {
            // Where a gap follows at once, nothing says where the one ends and the other begins.
            let [Piece::Words(words), ..] = rest else { return };
            for (at, _) in text.match_indices(words.as_str()) {
                so_far.push((name, &text[..at]));
                cut(rest, &text[at..], so_far, out);
                so_far.pop();
            }
        }
        [] => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_are_filled_with_what_stood_there() {
        let mut texts = Texts::new(Words::in_language("ja"));
        texts.add("by up to {time}", "最大{time}");
        texts.add("between {low} and {high} records", "{low}件から{high}件");
        texts.add("wrote about {matter}", "{matter}について書きました");
        texts.add("the theft", "窃取");
        texts.add("{a} about it: {b}", "{b}: {a}");
        texts.add("{headline}.", "too few words to be known again");
        assert_eq!(texts.of("between 1,200 and 3,400 records"), "1,200件から3,400件");
        assert_eq!(texts.of("wrote about the theft"), "窃取について書きました");
        assert_eq!(texts.of("a word about it: the theft"), "窃取: a word");
        assert_eq!(texts.of("by up to 76h"), "最大3日4時間");
        assert_eq!(texts.of("by up to 25 hours"), "最大1日1時間");
        assert_eq!(texts.of("by up to Thu 2019-08-01"), "最大2019年8月1日(木)");
        assert_eq!(texts.of("Not this."), "Not this.");
        texts.add("sure that {what} from {date} on", "{date}から{what}");
        texts.add("they read from our books", "帳簿を読む");
        let text = texts.of("sure that they read from our books from 2019-08-01 on").into_owned();
        assert_eq!(text, "2019年8月1日から帳簿を読む");
        assert_eq!(texts.of("nothing of the kind"), "nothing of the kind");
        assert_eq!(texts.of(""), "");
    }

    #[test]
    fn of_two_that_fit_the_one_with_more_words_wins_and_the_first_of_one_english() {
        let mut texts = Texts::default();
        texts.add("{n} reports of it", "A{n}");
        texts.add("{n} late reports of it", "B{n}");
        texts.add("{n} late reports of it", "C{n}");
        assert_eq!(texts.of("3 late reports of it"), "B3");
        assert_eq!(texts.of("3 early reports of it"), "A3 early");
    }
}
