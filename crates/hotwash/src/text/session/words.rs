//! Words that several parts of a session's text share.

use hotwash_engine::SimDuration;
use hotwash_scenario::Words;

use crate::text::{BOLD, Page, columns};

/// A sentence begins with a capital and ends with a full stop. Languages of wide letters have both in their
/// own way.
pub(crate) fn sentence(text: &str) -> String {
    let text = text.trim();
    let mut chars = text.chars();
    let Some(first) = chars.next() else { return String::new() };
    let is_closed = ends_wide(text)
        || text.ends_with(['.', '!', '?', ':', '\u{201d}'])
        || text.trim_end_matches(')').ends_with(['.', '!', '?']);
    let end = if is_closed { "" } else { "." };
    format!("{}{}{end}", first.to_uppercase(), chars.as_str())
}

/// A sentence with its subject: what the journal tells begins with the verb, what somebody wrote is
/// whole already.
pub(crate) fn with_subject(who: &str, says: &str) -> String {
    let is_whole = says.chars().next().is_some_and(|c| !c.is_lowercase());
    if says.chars().any(is_wide) && !who.is_empty() {
        return format!("{who}\u{ff1a}{says}");
    }
    match (who.is_empty(), is_whole) {
        (true, _) => sentence(says),
        (false, true) => format!("{}: {}", sentence(who).trim_end_matches('.'), sentence(says)),
        (false, false) => sentence(&format!("{who} {says}")),
    }
}

fn is_wide(letter: char) -> bool {
    columns(letter.encode_utf8(&mut [0; 4])) == 2
}

fn ends_wide(text: &str) -> bool {
    text.chars().last().is_some_and(is_wide)
}

/// An actor of the journal as people call it: `IT operations`, `SOC`.
pub(crate) fn actor(who: &str) -> String {
    let words = who.split('-').map(|word| match word {
        "soc" => "SOC".to_owned(),
        "it" => "IT".to_owned(),
        "pr" => "PR".to_owned(),
        word => word.to_owned(),
    });
    words.collect::<Vec<_>>().join(" ")
}

/// The form of a message as people call it.
pub(crate) fn form_name(form: &str, words: Words) -> &str {
    match form {
        "alert" => words.of("alert"),
        "ticket" => words.of("ticket"),
        "call" => words.of("call note"),
        "inquiry" => words.of("inquiry"),
        "article" => words.of("article"),
        "email" => words.of("e-mail"),
        "letter" => words.of("letter"),
        "memo" => words.of("memo"),
        other => other,
    }
}

/// The lane of an entry as people call it.
pub(super) fn lane_name(name: &str, words: Words) -> &str {
    match name {
        "truth" => words.of("truth"),
        "belief" => words.of("belief"),
        "claim" => words.of("claim"),
        "response" => words.of("response"),
        "world" => words.of("world"),
        "decision" => words.of("decision"),
        "inject" => words.of("inject"),
        other => other,
    }
}

/// How long until an instant, or that it has passed.
pub(super) fn left(now_ms: i64, due_ms: i64, words: Words) -> String {
    let span = |ms| words.span(SimDuration::from_ms(ms));
    match due_ms - now_ms {
        0 => words.of("now").to_owned(),
        ms if ms > 0 => words.fill("in {span}", &[("span", &span(ms))]),
        ms => words.fill("{span} ago", &[("span", &span(-ms))]),
    }
}

/// A heading with a rule to the end of the page.
pub(crate) fn heading(text: &str, page: Page) -> String {
    let room = page.width.saturating_sub(columns(text) + 1);
    format!("{} {}\n", BOLD.on(text), "-".repeat(room))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_journal_tells_gets_its_subject() {
        assert_eq!(with_subject("colleague", "told the desk"), "Colleague told the desk.");
        assert_eq!(with_subject("board", "A member asks why."), "Board: A member asks why.");
        assert_eq!(with_subject(&actor("it-operations"), "shut it"), "IT operations shut it.");
        assert_eq!(with_subject("", "who is it?"), "Who is it?");
        assert_eq!(sentence("a (b.)"), "A (b.)");
        assert_eq!(with_subject("広報", "声明を公表しました。"), "広報：声明を公表しました。");
        assert_eq!(sentence("何もしない"), "何もしない");
    }

    #[test]
    fn time_is_left_or_gone() {
        const DAY: i64 = 86_400_000;
        assert_eq!(left(0, 3 * DAY + DAY / 6, Words::ENGLISH), "in 3d 4h");
        assert_eq!(left(DAY, 0, Words::ENGLISH), "1d ago");
        assert_eq!(left(DAY, DAY, Words::ENGLISH), "now");
    }
}
