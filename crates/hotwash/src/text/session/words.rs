//! Words that several parts of a session's text share.

use hotwash_engine::SimDuration;

use crate::text::{BOLD, Page};

/// A sentence begins with a capital and ends with a full stop.
pub(crate) fn sentence(text: &str) -> String {
    let text = text.trim();
    let mut chars = text.chars();
    let Some(first) = chars.next() else { return String::new() };
    let is_closed = text.ends_with(['.', '!', '?', ':', '\u{201d}'])
        || text.trim_end_matches(')').ends_with(['.', '!', '?']);
    let end = if is_closed { "" } else { "." };
    format!("{}{}{end}", first.to_uppercase(), chars.as_str())
}

/// A sentence with its subject: what the journal tells begins with the verb, what somebody wrote is
/// whole already.
pub(crate) fn with_subject(who: &str, says: &str) -> String {
    let is_whole = says.chars().next().is_some_and(|c| !c.is_lowercase());
    match (who.is_empty(), is_whole) {
        (true, _) => sentence(says),
        (false, true) => format!("{}: {}", sentence(who).trim_end_matches('.'), sentence(says)),
        (false, false) => sentence(&format!("{who} {says}")),
    }
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
pub(crate) fn form_name(form: &str) -> &str {
    match form {
        "call" => "call note",
        "inquiry" => "inquiry",
        "email" => "e-mail",
        other => other,
    }
}

/// How long until an instant, or that it has passed.
pub(super) fn left(now_ms: i64, due_ms: i64) -> String {
    match due_ms - now_ms {
        0 => "now".to_owned(),
        ms if ms > 0 => format!("in {}", SimDuration::from_ms(ms)),
        ms => format!("{} ago", SimDuration::from_ms(-ms)),
    }
}

/// A heading with a rule to the end of the page.
pub(crate) fn heading(text: &str, page: Page) -> String {
    let room = page.width.saturating_sub(text.chars().count() + 1);
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
    }

    #[test]
    fn time_is_left_or_gone() {
        const DAY: i64 = 86_400_000;
        assert_eq!(left(0, 3 * DAY + DAY / 6), "in 3d 4h");
        assert_eq!(left(DAY, 0), "1d ago");
        assert_eq!(left(DAY, DAY), "now");
    }
}
