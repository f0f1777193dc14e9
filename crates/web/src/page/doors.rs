//! Pages outside a room: the first page, the one to join by, and the one that says what is wrong.

use hotwash_scenario::Words;
use maud::{Markup, html};

use super::frame::{frame, mark};
use super::{Kept, Offer};

/// The first page of the facilitator's: open a scenario, or go on with a session. Posts to `/begin`
/// (scenario) and `/resume` (id).
pub fn home(offers: &[Offer], kept: &[Kept], wrong: Option<&str>, words: Words) -> Markup {
    frame(
        "hotwash",
        "door",
        None,
        (words.code(), words),
        html! {
            (top("hotwash", words.of("Sit down and play")))
            main id="main" tabindex="-1" {
                (problem(wrong))
                @if !kept.is_empty() {
                    section.panel aria-labelledby="kept" {
                        h2 id="kept" { (words.of("Go on with a session")) }
                        ul.kept.plain {
                            @for session in kept {
                                li {
                                    div {
                                        p { strong { (session.title) } " " span.tag { (status(&session.status, words)) } }
                                        p.dim { (words.fill("Begun {at}", &[("at", &words.date(&session.begun))])) }
                                    }
                                    form method="post" action="/resume" {
                                        input type="hidden" name="id" value=(session.id);
                                        // What is heard begins with what is read, so that the button can be called by its words.
                                        @let label = if session.status == "ended" { words.of("Open the hot wash") } else { words.of("Go on") };
                                        button type="submit" aria-label=(format!("{label}: {}, {}", session.title, words.fill("begun {at}", &[("at", &session.begun)]))) { (label) }
                                    }
                                }
                            }
                        }
                    }
                }
                section aria-labelledby="offers" {
                    h2 id="offers" { (words.of("Begin an exercise")) }
                    @if offers.is_empty() { p.nothing { (words.of("There is no scenario to begin with.")) } }
                    ul.offers.plain {
                        @for offer in offers {
                            li.panel {
                                h3 { (offer.title) }
                                p { (offer.summary) }
                                form method="post" action="/begin" {
                                    input type="hidden" name="scenario" value=(offer.name);
                                    button.main type="submit" aria-label=(words.fill("Begin {title}", &[("title", &offer.title)])) { (words.of("Begin")) }
                                }
                            }
                        }
                    }
                }
            }
        },
    )
}

fn status(status: &str, words: Words) -> &str {
    match status {
        "running" => words.of("under way"),
        "ended" => words.of("ended"),
        other => other,
    }
}

fn top(title: &str, about: &str) -> Markup {
    html! {
        header.top {
            div.what { (mark()) div { h1 { (title) } p.me { (about) } } }
        }
    }
}

fn problem(wrong: Option<&str>) -> Markup {
    html! {
        @if let Some(wrong) = wrong { p.problem.shown role="alert" { (wrong) } }
    }
}

/// The page on which players type the code, their name and their seats. `roles` are name, title and
/// who sits there already. `wrong` is what was wrong the last time.
pub fn join(
    title: &str,
    code: &str,
    roles: &[(String, String, Vec<String>)],
    is_evaluator: bool,
    wrong: Option<&str>,
    words: Words,
) -> Markup {
    let about = match is_evaluator {
        true => words.of("Join as an evaluator"),
        false => words.of("Join the exercise"),
    };
    frame(
        about,
        "door narrow",
        None,
        (words.code(), words),
        html! {
            (top(if title.is_empty() { "hotwash" } else { title }, about))
            main id="main" tabindex="-1" {
                (problem(wrong))
                form.panel.joining method="post" action="/join" {
                    @if is_evaluator {
                        input type="hidden" name="code" value=(code);
                        input type="hidden" name="seats" value="evaluator";
                        p { (words.of("Evaluators watch the players, see what is expected of them, and rate the objectives.")) }
                    } @else {
                        label.field {
                            span { (words.of("Code")) span.dim { (words.of(" (the facilitator has it)")) } }
                            input.code-input type="text" name="code" value=(code) required maxlength="16" autocomplete="off" autocapitalize="characters" spellcheck="false";
                        }
                    }
                    label.field {
                        span { (words.of("Your name")) span.dim { (words.of(" (as the others see it)")) } }
                        input type="text" name="name" required maxlength="60" autocomplete="name";
                    }
                    @if !is_evaluator && !roles.is_empty() {
                        fieldset.seats {
                            legend { (words.of("Your seat")) span.dim { (words.of(" (one or several)")) } }
                            @for (name, title, people) in roles {
                                label.choice {
                                    input type="checkbox" name="seats" value=(format!("role:{name}"));
                                    span.body {
                                        span.text { (title) }
                                        @if people.is_empty() { span.dim { (words.of("Free")) } } @else { span.dim { (words.fill("Taken by {people}", &[("people", &people.join(words.of(", ")))])) } }
                                    }
                                }
                            }
                        }
                    }
                    div.buttons { button.main type="submit" { (words.of("Join")) } }
                }
            }
        },
    )
}

/// A page that says what is wrong and what to do.
pub fn wrong(title: &str, what: &str, words: Words) -> Markup {
    frame(
        title,
        "door narrow",
        None,
        (words.code(), words),
        html! {
            (top(title, "hotwash"))
            main id="main" tabindex="-1" {
                section.panel aria-label=(words.of("What is wrong")) {
                    p { (what) }
                    p { a href="/" { (words.of("To the first page")) } }
                }
            }
        },
    )
}
