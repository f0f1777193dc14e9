//! The inbox: messages in the form in which they come in.

use hotwash_exercise::Item;
use hotwash_incident::view::form;
use maud::{Markup, html};

use super::icon::icon;
use super::room::panel_frame;
use super::{Sight, frame, words};

/// People at the vendor who see what is shown to all.
const TABLE: [&str; 5] = ["soc", "support", "comms", "legal", "executive"];

/// Messages, newest first.
pub(super) fn inbox(sight: &Sight<'_>) -> Markup {
    let items = sight.view.inbox(sight.session);
    let note = match items.len() {
        0 => String::new(),
        1 => sight.t("1 message").to_owned(),
        n => sight.fill("{n} messages, newest first", &[("n", &n)]),
    };
    let title =
        if sight.view.is_facilitator() { sight.t("All messages") } else { sight.t("Inbox") };
    let body = html! {
        @if items.is_empty() { (frame::nothing(sight.t("Nothing has come in yet."))) }
        ol.inbox.plain data-unread[counts(sight)] {
            @for item in items.iter().rev() { (draw(sight, item)) }
        }
    };
    panel_frame("inbox", title, &note, Some(body))
}

/// Whether new messages are counted: for those who play, while they play.
fn counts(sight: &Sight<'_>) -> bool {
    !sight.view.is_facilitator() && sight.session.state().endex_ms.is_none()
}

fn draw(sight: &Sight<'_>, item: &Item) -> Markup {
    let kind = words::form(&item.form, sight.words());
    let title = format!("item-{}", item.id);
    let from = from(sight, item);
    html! {
        li data-key=(item.id) data-say=(sight.fill("New message. {kind} from {from}.", &[("kind", &kind), ("from", &from)])) {
            article class=(format!("item {}", item.form)) aria-labelledby=(title) {
                header {
                    (icon(&item.form))
                    h3 id=(title) { (kind) span.new { (sight.t("New")) } }
                    time datetime=(item.at) { (words::date_time(sight.session, item.ms)) }
                }
                (head(sight, &from, item))
                p.text { (text(sight, item)) }
                (foot(sight, item))
            }
        }
    }
}

/// Who a message is from, as shown.
fn from(sight: &Sight<'_>, item: &Item) -> String {
    match line(sight, item) {
        Some(line) if !words::stands_alone(line) => words::who(sight.session, line),
        _ => words::addressee(sight.session, &item.from),
    }
}

/// A message's text: a whole sentence.
pub(super) fn text(sight: &Sight<'_>, item: &Item) -> String {
    // Where the sender has no words of its own, the entry's sentence with who did it.
    match line(sight, item) {
        Some(line) if line.says == item.text => words::sentence(sight.session, line),
        _ => item.text.clone(),
    }
}

fn line<'a>(sight: &Sight<'a>, item: &Item) -> Option<&'a hotwash_exercise::record::Line> {
    sight.session.lines().get((item.entry as usize).checked_sub(1)?)
}

/// What stands over the text: each form has its own.
fn head(sight: &Sight<'_>, from: &str, item: &Item) -> Markup {
    html! {
        @match item.form.as_str() {
            form::ALERT => p.from { (sight.t("Source: ")) strong { (from) } },
            form::TICKET => p.from { span.number { "#" (item.id) } (sight.t("Opened by ")) strong { (from) } },
            form::CALL => p.from { (sight.t("On the line: ")) strong { (from) } },
            form::INQUIRY => p.from { strong { (from) } (sight.t(" asks:")) },
            form::ARTICLE => p.from.masthead { (from) },
            form::EMAIL => dl.from { div { dt { (sight.t("From")) } dd { (from) } } div { dt { (sight.t("Sent")) } dd { (words::plain_date(&item.at, sight.words())) } } },
            form::LETTER => p.from.letterhead { (from) },
            _ => p.from { (sight.t("From: ")) strong { (from) } },
        }
    }
}

fn foot(sight: &Sight<'_>, item: &Item) -> Markup {
    let seen = |name: &str| line(sight, item).is_some_and(|l| l.sees.iter().any(|s| s == name));
    let is_everybodys = TABLE.iter().all(|name| seen(name));
    let may_share = sight.view.is_player()
        && item.entry > 0
        && !item.is_shared
        && !is_everybodys
        && sight.session.state().endex_ms.is_none();
    html! {
        @if item.is_shared { p.shared { (icon("people")) (sight.t("Shown to all")) } }
        @if may_share {
            (super::form(&format!("{}/do/share", sight.base), "inline share", "", html! {
                input type="hidden" name="entry" value=(item.entry);
                button.quiet type="submit" { (icon("people")) (sight.t("Show to all")) }
            }))
        }
    }
}
