//! Who takes part and, for the facilitator, the addresses to give away, and messages made up on the spot.

use hotwash_exercise::{Person, Seat};
use hotwash_incident::view::form as forms;
use maud::{Markup, PreEscaped, html};
use qrcode::QrCode;
use qrcode::render::svg;

use super::icon::icon;
use super::room::panel_frame;
use super::{Links, Sight, form, frame, words};

/// Who is here, in which seats.
pub(super) fn people(sight: &Sight<'_>) -> Markup {
    let state = sight.session.state();
    let is_here = |person: &Person| sight.present.contains(&person.id);
    let takes_part = |person: &&Person| person.seats.iter().any(|s| *s != Seat::Screen);
    let people: Vec<&Person> = state.people.iter().filter(takes_part).collect();
    let here = people.iter().filter(|p| is_here(p)).count();
    let note = if people.is_empty() {
        String::new()
    } else {
        sight.fill("{n} connected", &[("n", &here)])
    };
    let body = html! {
        @if let Some(links) = &sight.links { (invite(sight, links)) }
        @if people.is_empty() { (frame::nothing(sight.t("Nobody has joined yet."))) }
        ul.people.plain {
            @for person in people {
                li data-key=(person.id) data-say=[sight.view.is_facilitator().then(|| sight.fill("{name} has joined.", &[("name", &person.name)]))] {
                    p {
                        span.dot.here[is_here(person)] aria-hidden="true" {}
                        strong { (person.name) }
                        span.dim { @if is_here(person) { (sight.t(" connected")) } @else { (sight.t(" not connected")) } }
                    }
                    p.dim { (words::seats(sight.session, &person.seats)) }
                    @if sight.view.is_facilitator() { (reseat(sight, person)) }
                }
            }
        }
        (empty_seats(sight))
    };
    panel_frame("people", sight.t("People"), &note, Some(body))
}

/// Roles that nobody has: the facilitator decides for them.
fn empty_seats(sight: &Sight<'_>) -> Markup {
    let session = sight.session;
    let taken = |name: &str| {
        let seat = Seat::Role(name.to_owned());
        session.state().people.iter().any(|p| p.seats.contains(&seat))
    };
    let played = session.plan().played.iter();
    let empty: Vec<&str> = played.filter(|n| !taken(n)).map(|n| words::role(session, n)).collect();
    html! {
        @if !empty.is_empty() && session.state().endex_ms.is_none() {
            p.dim.empty data-key="empty" {
                @let seats = empty.join(sight.t(", "));
                @if sight.view.is_facilitator() { (sight.fill("Empty seats: {seats}. You decide for them.", &[("seats", &seats)])) }
                @else { (sight.fill("Empty seats: {seats}. The facilitator decides for them.", &[("seats", &seats)])) }
            }
        }
    }
}

fn reseat(sight: &Sight<'_>, person: &Person) -> Markup {
    let roles = sight.session.plan().scenario.roles().iter();
    let seats = roles
        .map(|r| {
            (
                format!("role:{}", r.name.as_str()),
                r.title.clone(),
                Seat::Role(r.name.as_str().to_owned()),
            )
        })
        .chain([("evaluator".to_owned(), sight.t("Evaluator").to_owned(), Seat::Evaluator)]);
    let fields = html! {
        input type="hidden" name="person" value=(person.id);
        fieldset {
            legend.unseen { (sight.fill("Seats of {name}", &[("name", &person.name)])) }
            @for (value, title, seat) in seats {
                label.check { input type="checkbox" name="seats" value=(value) checked[person.seats.contains(&seat)]; span { (title) } }
            }
        }
        div.buttons { button type="submit" { (sight.t("Save seats")) } }
    };
    html! {
        details data-key="reseat" {
            summary { (sight.t("Other seats")) span.unseen { (sight.fill(" for {name}", &[("name", &person.name)])) } }
            (form(&format!("{}/do/reseat", sight.base), "", sight.t("Saved."), fields))
        }
    }
}

/// How others come in.
fn invite(sight: &Sight<'_>, links: &Links<'_>) -> Markup {
    html! {
        div.invite data-key="invite" {
            p { (sight.t("Players join with this code:")) }
            p.code { (sight.join_code) }
            @if links.is_on_network {
                @if let Some(qr) = qr(links.players, sight.t("QR code of the players' address")) { div.qr { (qr) } p.dim { (sight.t("Scan it with a phone in the same network.")) } }
            } @else {
                p.dim { (sight.t("Only this computer can reach the page. To let others in, start with:")) " " code { "--listen 0.0.0.0:8321" } }
            }
            (address(sight.t("Players"), links.players, sight.t("The code is in it.")))
            details {
                summary { (sight.t("Evaluators, screen, your own link")) }
                p.dim { (sight.t("Each of these is a key: whoever has it can use it.")) }
                (address(sight.t("Evaluators"), links.evaluators, ""))
                (address(sight.t("Screen for the projector"), links.screen, ""))
                (address(sight.t("Yours, the facilitator's"), links.facilitator, sight.t("Do not give it away.")))
            }
        }
    }
}

fn address(title: &str, link: &str, note: &str) -> Markup {
    html! {
        label.field.address {
            span { (title) @if !note.is_empty() { span.dim { " " (note) } } }
            input type="text" readonly value=(link) data-copy;
        }
    }
}

/// The players' address as a QR code, dark on light whatever the page's colours are.
fn qr(link: &str, label: &str) -> Option<Markup> {
    let code = QrCode::new(link.as_bytes()).ok()?;
    let drawing = code
        .render::<svg::Color<'_>>()
        .min_dimensions(180, 180)
        .quiet_zone(true)
        .dark_color(svg::Color("#101418"))
        .light_color(svg::Color("#ffffff"))
        .build();
    let start = drawing.find("<svg").unwrap_or(0);
    let labelled =
        drawing[start..].replacen("<svg", &format!("<svg role=\"img\" aria-label=\"{label}\""), 1);
    Some(PreEscaped(labelled))
}

/// A message that the facilitator makes up. Not a panel: it stays as it is while it is written.
pub(super) fn compose(sight: &Sight<'_>) -> Markup {
    let roles = sight.session.plan().scenario.roles().iter();
    let fields = html! {
        div.two {
            label.field {
                span { (sight.t("Form")) }
                select name="form" {
                    @for form in forms::ALL { option value=(form) { (words::form(form, sight.words())) } }
                }
            }
            label.field { span { (sight.t("From")) } input type="text" name="from" maxlength="80" required placeholder=(sight.t("A customer")); }
        }
        fieldset {
            legend { (sight.t("To")) span.dim { (sight.t(" (everybody at the vendor when none is ticked)")) } }
            @for role in roles {
                label.check { input type="checkbox" name="to" value=(role.name.as_str()); span { (role.title) } }
            }
        }
        label.field { span { (sight.t("Text")) } textarea name="text" rows="3" maxlength="2000" required {} }
        div.buttons { button type="submit" { (icon("inject")) (sight.t("Send it now")) } }
    };
    let is_over = sight.session.state().endex_ms.is_some();
    html! {
        section.panel.compose id="compose" aria-labelledby="compose-title" hidden[is_over] {
            h2 id="compose-title" { (sight.t("Make up a message")) }
            (form(&format!("{}/do/message", sight.base), "", sight.t("Sent."), fields))
        }
    }
}
