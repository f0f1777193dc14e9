//! Pages outside a room: the first page, the one to join by, and the one that says what is wrong.

use maud::{Markup, html};

use super::frame::{frame, mark};
use super::{Kept, Offer};

/// The first page of the facilitator's: open a scenario, or go on with a session. Posts to `/begin`
/// (scenario) and `/resume` (id).
pub fn home(offers: &[Offer], kept: &[Kept], wrong: Option<&str>) -> Markup {
    frame(
        "hotwash",
        "door",
        None,
        html! {
            (top("hotwash", "Sit down and play"))
            main id="main" tabindex="-1" {
                (problem(wrong))
                @if !kept.is_empty() {
                    section.panel aria-labelledby="kept" {
                        h2 id="kept" { "Go on with a session" }
                        ul.kept.plain {
                            @for session in kept {
                                li {
                                    div {
                                        p { strong { (session.title) } " " span.tag { (status(&session.status)) } }
                                        p.dim { "Begun " (session.begun) }
                                    }
                                    form method="post" action="/resume" {
                                        input type="hidden" name="id" value=(session.id);
                                        // What is heard begins with what is read, so that the button can be called by its words.
                                        @let words = if session.status == "ended" { "Open the hot wash" } else { "Go on" };
                                        button type="submit" aria-label=(format!("{words}: {}, begun {}", session.title, session.begun)) { (words) }
                                    }
                                }
                            }
                        }
                    }
                }
                section aria-labelledby="offers" {
                    h2 id="offers" { "Begin an exercise" }
                    @if offers.is_empty() { p.nothing { "There is no scenario to begin with." } }
                    ul.offers.plain {
                        @for offer in offers {
                            li.panel {
                                h3 { (offer.title) }
                                p { (offer.summary) }
                                form method="post" action="/begin" {
                                    input type="hidden" name="scenario" value=(offer.name);
                                    button.main type="submit" aria-label=(format!("Begin {}", offer.title)) { "Begin" }
                                }
                            }
                        }
                    }
                }
            }
        },
    )
}

fn status(status: &str) -> &str {
    match status {
        "running" => "under way",
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
) -> Markup {
    let about = if is_evaluator { "Join as an evaluator" } else { "Join the exercise" };
    frame(
        about,
        "door narrow",
        None,
        html! {
            (top(if title.is_empty() { "hotwash" } else { title }, about))
            main id="main" tabindex="-1" {
                (problem(wrong))
                form.panel.joining method="post" action="/join" {
                    @if is_evaluator {
                        input type="hidden" name="code" value=(code);
                        input type="hidden" name="seats" value="evaluator";
                        p { "Evaluators watch the players, see what is expected of them, and rate the objectives." }
                    } @else {
                        label.field {
                            span { "Code" span.dim { " (the facilitator has it)" } }
                            input.code-input type="text" name="code" value=(code) required maxlength="16" autocomplete="off" autocapitalize="characters" spellcheck="false";
                        }
                    }
                    label.field {
                        span { "Your name" span.dim { " (as the others see it)" } }
                        input type="text" name="name" required maxlength="60" autocomplete="name";
                    }
                    @if !is_evaluator && !roles.is_empty() {
                        fieldset.seats {
                            legend { "Your seat" span.dim { " (one or several)" } }
                            @for (name, title, people) in roles {
                                label.choice {
                                    input type="checkbox" name="seats" value=(format!("role:{name}"));
                                    span.body {
                                        span.text { (title) }
                                        @if people.is_empty() { span.dim { "Free" } } @else { span.dim { "Taken by " (people.join(", ")) } }
                                    }
                                }
                            }
                        }
                    }
                    div.buttons { button.main type="submit" { "Join" } }
                }
            }
        },
    )
}

/// A page that says what is wrong and what to do.
pub fn wrong(title: &str, what: &str) -> Markup {
    frame(
        title,
        "door narrow",
        None,
        html! {
            (top(title, "hotwash"))
            main id="main" tabindex="-1" {
                section.panel aria-label="What is wrong" {
                    p { (what) }
                    p { a href="/" { "To the first page" } }
                }
            }
        },
    )
}
