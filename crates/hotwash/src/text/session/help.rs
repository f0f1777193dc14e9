//! How a session begins, and what can be typed.

use std::fmt::Write as _;

use super::words::heading;
use crate::text::value::panel::{entry, paragraph};
use crate::text::{BOLD, Page, padded};

/// What whoever plays is told at the beginning.
#[derive(Clone, Debug)]
pub(crate) struct Opening {
    /// The scenario's title.
    pub(crate) title: String,
    /// Titles of the roles played.
    pub(crate) roles: Vec<String>,
    /// Whether others are played by the policy.
    pub(crate) has_others: bool,
    /// Now, with the day of the week.
    pub(crate) now: String,
    /// The last day of the scenario.
    pub(crate) end: String,
    /// What is known, as text.
    pub(crate) known: String,
    /// The situation, paragraph by paragraph; none when it is gone on with.
    pub(crate) situation: Vec<String>,
    /// Messages that lie in the inbox.
    pub(crate) messages: usize,
    /// Whether it is gone on with.
    pub(crate) is_resumed: bool,
}

/// The first page.
pub(crate) fn opening(opening: &Opening, page: Page) -> String {
    let mut out = heading(&opening.title, page);
    let words = page.words;
    let roles = opening.roles.join(words.of(", "));
    let who = match opening.has_others {
        true => "You play: {roles}. The policy decides for everybody else.",
        false => "You play: {roles}.",
    };
    paragraph(&mut out, 0, &words.fill(who, &[("roles", &roles)]), page);
    let when = match opening.is_resumed {
        true => "You go on: it is {now}. The exercise ends on {end}.",
        false => "It is {now}. The exercise ends on {end}.",
    };
    let when = words.fill(when, &[("now", &opening.now), ("end", &opening.end)]);
    paragraph(&mut out, 0, &when, page);
    for text in &opening.situation {
        out.push('\n');
        paragraph(&mut out, 0, text, page);
    }
    let _ = writeln!(out, "\n{}", BOLD.on(words.of("What you know")));
    out += &opening.known;
    match opening.messages {
        0 => {}
        1 => {
            let _ = writeln!(out, "  {}", words.of("1 message lies in your inbox: `inbox`."));
        }
        n => {
            let text = words.fill("{n} messages lie in your inbox: `inbox`.", &[("n", &n)]);
            let _ = writeln!(out, "  {text}");
        }
    }
    out.push('\n');
    let how = words
        .of("The clock runs to the next thing that matters and stands while you decide. Type the \
               number of an option to take it; `help` lists what else you can type.");
    paragraph(&mut out, 0, how, page);
    out
}

/// What can be typed.
pub(crate) fn help(page: Page) -> String {
    let words = page.words;
    let commands = [
        (
            "1, 2, ..",
            "take that option; you are then asked how sure you are, and why (Enter leaves either open)",
        ),
        (
            "go",
            "let the clock run on to the next thing that matters; so does Enter when nothing is open",
        ),
        ("wait 3d", "let it run for 3 days (h: hours, min: minutes), or until a decision comes up"),
        ("inbox", "the latest messages; `inbox 7`: one in full; `inbox all`: all of them"),
        ("known", "what we think, and what we have said"),
        ("clocks", "what must be done by when"),
        ("timeline", "what happened, as far as you saw it; `timeline all`: from the beginning"),
        ("cards", "all open decisions; `card 2`: turn to the second"),
        ("notes TEXT", "keep a note for the hot wash; `notes` alone shows yours"),
        ("back", "the decisions taken; `back 2`: go back to when the second came up"),
        ("end", "end the exercise here: ENDEX, then the hot wash"),
        ("quit", "leave; a session kept with --out can be gone on with"),
    ];
    let mut out = String::new();
    for (what, does) in commands {
        let what = padded(words.of(what), 12);
        entry(&mut out, &format!("  {what}"), words.of(does), page);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_page_fits_a_small_terminal() {
        let first = Opening {
            title: "The last day".to_owned(),
            roles: vec!["Chief executive".to_owned(), "General counsel".to_owned()],
            has_others: true,
            now: "Mon 2019-09-02 09:00".to_owned(),
            end: "2020-01-10".to_owned(),
            known: "Nothing.\n".to_owned(),
            situation: Vec::new(),
            messages: 2,
            is_resumed: false,
        };
        let text = opening(&first, Page::new(80));
        assert!(text.contains("It is Mon 2019-09-02 09:00. The exercise ends on 2020-01-10."));
        let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(flat.contains("The policy decides for everybody else."), "{text}");
        for text in [text, help(Page::new(80))] {
            let text = anstream::adapter::strip_str(&text).to_string();
            assert!(text.lines().count() <= 22, "{text}");
            assert!(text.lines().all(|l| l.chars().count() <= 80), "{text}");
        }
    }
}
