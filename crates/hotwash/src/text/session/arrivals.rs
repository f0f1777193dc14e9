//! What came while the clock ran: days as heads, messages in their form, entries with their lane.

use std::fmt::Write as _;

use hotwash_scenario::Words;

use super::words::{form_name, lane_name};
use crate::text::{BOLD, DIM, Page, columns, lane, wrap};

/// Column at which texts begin.
const INDENT: usize = 23;
/// Lines of a text that are shown; the rest is kept for `inbox` and `timeline`.
const MOST_LINES: usize = 6;

/// Something that came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Arrival {
    /// The day: `Wed 2019-10-16, day 44`.
    pub(crate) day: String,
    /// `17:26`.
    pub(crate) time: String,
    /// Whether it is a turning point.
    pub(crate) is_turning: bool,
    /// As what it came.
    pub(crate) what: What,
    /// The whole sentence.
    pub(crate) text: String,
}

/// As what something came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum What {
    /// A message: its number in the inbox and its form.
    Message(usize, String),
    /// An entry of the journal in a lane.
    Entry(String),
}

/// What is not told because much like it came.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Folded {
    /// Forms of messages, with how many.
    pub(crate) messages: Vec<(String, usize)>,
    /// Entries.
    pub(crate) entries: usize,
}

/// Sets what came: long texts cut, what is folded counted.
pub(crate) fn arrivals(list: &[Arrival], folded: &Folded, page: Page) -> String {
    let mut out = rows(list, MOST_LINES, page);
    if let Some(note) = left_out(folded, page.words) {
        for line in wrap(&note, page.width.saturating_sub(2)) {
            let _ = writeln!(out, "  {}", DIM.on(line));
        }
    }
    out
}

/// Sets things in full, as `timeline` shows them.
pub(crate) fn in_full(list: &[Arrival], page: Page) -> String {
    rows(list, usize::MAX, page)
}

fn rows(list: &[Arrival], most: usize, page: Page) -> String {
    let mut out = String::new();
    let (mut day, mut time) = ("", "");
    for arrival in list {
        if arrival.day != day {
            let _ = writeln!(out, "{}", BOLD.on(&arrival.day));
            (day, time) = (&arrival.day, "");
        }
        let clock = if arrival.time == time { "" } else { &arrival.time };
        row(&mut out, arrival, clock, most, page);
        time = &arrival.time;
    }
    out
}

fn row(out: &mut String, arrival: &Arrival, time: &str, most: usize, page: Page) {
    let mark = if arrival.is_turning { '*' } else { ' ' };
    let (left, paint) = match &arrival.what {
        What::Message(number, form) => {
            (format!("[{number}] {}", form_name(form, page.words)), lane("inject").2)
        }
        What::Entry(name) => {
            let (sign, _, paint) = lane(name);
            (format!("{sign} {}", lane_name(name, page.words)), paint)
        }
    };
    let left = format!("{mark} {time:<5}  {left}");
    let gap = INDENT.saturating_sub(columns(&left)).max(1);
    let mut lines = wrap(&arrival.text, page.width.saturating_sub(INDENT).max(20));
    let is_cut = lines.len() > most;
    lines.truncate(most);
    for (i, line) in lines.iter().enumerate() {
        let line = if arrival.is_turning { BOLD.on(line) } else { line.clone() };
        let _ = match i {
            0 => writeln!(out, "{}{}{line}", paint.on(&left), " ".repeat(gap)),
            _ => writeln!(out, "{}{line}", " ".repeat(INDENT)),
        };
    }
    if is_cut {
        let how = match &arrival.what {
            What::Message(number, _) => format!("inbox {number}"),
            What::Entry(_) => "timeline".to_owned(),
        };
        let note = page.words.fill(".. (`{how}` shows the rest)", &[("how", &how)]);
        let note = DIM.on(note);
        let _ = writeln!(out, "{}{note}", " ".repeat(INDENT));
    }
}

fn left_out(folded: &Folded, words: Words) -> Option<String> {
    let mut parts: Vec<String> = Vec::new();
    if !folded.messages.is_empty() {
        let forms: Vec<String> = folded
            .messages
            .iter()
            .map(|(form, n)| {
                let form = form_name(form, words);
                match n {
                    1 => words.fill("1 more {form}", &[("form", &form)]),
                    n => words.fill("{n} more {form}s", &[("n", n), ("form", &form)]),
                }
            })
            .collect();
        let forms = forms.join(words.of(", "));
        parts.push(words.fill("{forms}: `inbox`", &[("forms", &forms)]));
    }
    match folded.entries {
        0 => {}
        1 => parts.push(words.of("1 more entry like these: `timeline`").to_owned()),
        n => parts.push(words.fill("{n} more entries like these: `timeline`", &[("n", &n)])),
    }
    let what = parts.join(words.of("; "));
    (!parts.is_empty()).then(|| words.fill("({what})", &[("what", &what)]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(number: usize, day: &str, text: &str) -> Arrival {
        Arrival {
            day: day.to_owned(),
            time: "09:00".to_owned(),
            is_turning: false,
            what: What::Message(number, "email".to_owned()),
            text: text.to_owned(),
        }
    }

    #[test]
    fn days_and_times_stand_once_and_long_texts_are_cut() {
        let long = "word ".repeat(200);
        let list = [message(1, "Mon", "Short."), message(2, "Mon", &long), message(3, "Tue", "x")];
        let folded = Folded { messages: vec![("ticket".to_owned(), 2)], entries: 1 };
        let text = arrivals(&list, &folded, Page::new(80));
        let text = anstream::adapter::strip_str(&text).to_string();
        assert_eq!(text.matches("Mon\n").count(), 1, "{text}");
        assert_eq!(text.matches("09:00").count(), 2, "{text}");
        assert!(text.contains("`inbox 2` shows the rest"), "{text}");
        assert!(text.ends_with("(2 more tickets: `inbox`; 1 more entry like these: `timeline`)\n"));
        assert!(text.lines().all(|l| l.chars().count() <= 80), "{text}");
        assert_eq!(in_full(&list, Page::new(80)).matches("word").count(), 200);
        assert_eq!(arrivals(&[], &Folded::default(), Page::new(80)), "");
    }
}
