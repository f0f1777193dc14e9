//! Decision cards: the question, the time limit, what is known, the options, and how sure somebody is.

use hotwash_exercise::{Card, CardOption, Vote};
use maud::{Markup, html};

use super::icon::icon;
use super::room::panel_frame;
use super::{Sight, form, frame, inbox, truth, words};

/// Latest messages that a card repeats.
const LATEST: usize = 3;

/// The decisions that are open.
pub(super) fn cards(sight: &Sight<'_>) -> Markup {
    let cards = sight.view.cards(sight.session);
    let is_over = sight.session.state().endex_ms.is_some();
    if is_over {
        return panel_frame("cards", sight.t("Decisions"), "", None);
    }
    let note = match cards.len() {
        0 => String::new(),
        1 => sight.t("1 is open").to_owned(),
        n => sight.fill("{n} are open", &[("n", &n)]),
    };
    let body = html! {
        div data-badge=(cards.len()) {
            @for card in &cards { (draw(sight, card)) }
            @if cards.is_empty() { (frame::nothing(sight.t("No decision is open. The clock stops when one comes up."))) }
        }
        (taken(sight))
    };
    panel_frame("cards", sight.t("Decisions"), &note, Some(body))
}

/// What has been decided so far.
fn taken(sight: &Sight<'_>) -> Markup {
    let session = sight.session;
    let specs = session.plan().scenario.decisions();
    let taken = session.state().taken.iter().rev();
    let told = taken.filter_map(|t| {
        let spec = specs.iter().find(|d| d.name.as_str() == t.decision)?;
        let option = spec.options.iter().find(|o| o.name.as_str() == t.option)?;
        Some((t.ms, &spec.ask, &option.text, spec.role.as_str()))
    });
    let told: Vec<_> = told.collect();
    html! {
        @if !told.is_empty() {
            details.decided data-key="decided" {
                summary { (sight.fill("Decided so far: {n}", &[("n", &told.len())])) }
                ol.plain {
                    @for (ms, ask, option, role) in told {
                        li data-key=(format!("t{ms}-{role}")) {
                            p.dim { (words::date_time(session, ms)) " \u{00b7} " (words::role(session, role)) }
                            p { (ask) }
                            p.chosen { (icon("yes")) (option) }
                        }
                    }
                }
            }
        }
    }
}

fn draw(sight: &Sight<'_>, card: &Card) -> Markup {
    let session = sight.session;
    let name = card.name.as_str();
    let title = format!("card-{name}");
    let about = sight.fill("{who} decides", &[("who", &card.title)]);
    html! {
        article.card data-key=(name) data-say=(sight.fill("Decision: {ask}", &[("ask", &card.ask)])) aria-labelledby=(title) {
            header {
                p.who { (icon("decision")) (about) @if card.may_decide && sight.view.is_player() { " \u{00b7} " strong { (sight.t("that is you")) } } }
                h3 id=(title) { (card.ask) }
                p.limit {
                    (icon("clock")) (sight.fill("Until {date}", &[("date", &words::date_time(session, card.due_ms))])) " \u{00b7} "
                    strong data-due=(card.due_ms) { (words::left(card.due_ms, session.now_ms(), sight.words())) }
                }
            }
            (known(sight))
            @if !card.objective.is_empty() {
                p.objective { (icon("rate")) strong { (sight.t("Objective: ")) } (card.objective) }
            }
            @if card.may_decide || card.may_vote { (answer(sight, card)) } @else { (looked_at(sight, card)) }
        }
    }
}

/// What whoever looks knows at this moment.
fn known(sight: &Sight<'_>) -> Markup {
    let inbox = sight.view.inbox(sight.session);
    let latest: Vec<_> = inbox.iter().rev().take(LATEST).collect();
    let beliefs = truth::beliefs(sight);
    let (title, nothing) = if sight.view.is_player() {
        (sight.t("What you know now"), sight.t("Nothing that bears on this has reached you."))
    } else {
        (
            sight.t("What the vendor knows now"),
            sight.t("Nothing that bears on this has reached anybody at the vendor."),
        )
    };
    html! {
        details.known open data-key="known" {
            summary { (title) }
            @if latest.is_empty() && beliefs.is_none() { p.dim { (nothing) } }
            @if let Some(beliefs) = beliefs { (beliefs) }
            @if !latest.is_empty() {
                ul.latest {
                    @for item in latest {
                        li data-key=(item.id) {
                            (icon(&item.form))
                            span { span.dim { (words::date(sight.session, item.ms)) (sight.t(": ")) } (inbox::text(sight, item)) }
                        }
                    }
                }
            }
        }
    }
}

/// The form by which somebody votes or decides.
fn answer(sight: &Sight<'_>, card: &Card) -> Markup {
    let name = card.name.as_str();
    let is_on_behalf = sight.view.is_facilitator();
    let verb = if card.may_decide { "decide" } else { "vote" };
    let mine = card.my_vote.as_ref();
    let fields = html! {
        input type="hidden" name="decision" value=(name);
        fieldset.options {
            legend { @if is_on_behalf { (sight.t("Decide for them")) } @else { (sight.t("Options")) } }
            @for (number, option) in card.options.iter().enumerate() { (choice(sight, card, number, option)) }
        }
        @if !is_on_behalf { (confidence(sight, card)) }
        label.field {
            span { (sight.t("Reason")) span.dim { (sight.t(" (kept for the hot wash)")) } }
            textarea name="reason" rows="2" maxlength="2000" { (mine.map_or("", |v| v.reason.as_str())) }
        }
        div.buttons {
            @if card.may_decide {
                button.main type="submit" { (icon("decision")) @if is_on_behalf { (sight.t("Decide for them")) } @else { (sight.t("Decide")) } }
            }
            @if card.may_vote {
                button class=[(!card.may_decide).then_some("main")] type="submit" formaction=(format!("{}/do/vote", sight.base)) {
                    @if mine.is_some() { (sight.t("Change my vote")) } @else { (sight.t("Vote")) }
                }
            }
            @if !card.may_decide { p.dim { (sight.fill("{who} decides after the vote.", &[("who", &card.title)])) } }
        }
    };
    form(&format!("{}/do/{verb}", sight.base), "answer", sight.t("Kept."), fields)
}

fn choice(sight: &Sight<'_>, card: &Card, number: usize, option: &CardOption) -> Markup {
    let is_mine = card.my_vote.as_ref().is_some_and(|v| v.option == option.name);
    html! {
        label.choice data-key=(option.name) {
            input type="radio" name="option" value=(option.name) required checked[is_mine];
            span.body {
                span.text { (option.text) }
                (marks(sight, card, number))
                @if shows_votes(sight, card) { (votes(sight, card, option)) }
            }
        }
    }
}

/// What only those who lead or rate may see of an option, and what happens when nobody decides.
fn marks(sight: &Sight<'_>, card: &Card, number: usize) -> Markup {
    html! {
        @if card.expected == Some(number) { span.tag.expected { (icon("yes")) (sight.t("Expected")) } }
        @if card.default == number { span.tag { (sight.t("If nobody decides in time")) } }
    }
}

/// Votes are shown to whoever no longer is led by them.
fn shows_votes(sight: &Sight<'_>, card: &Card) -> bool {
    let view = sight.view;
    card.may_decide || card.my_vote.is_some() || view.is_evaluator() || view.is_facilitator()
}

fn votes(sight: &Sight<'_>, card: &Card, option: &CardOption) -> Markup {
    let state = sight.session.state();
    let votes = state.votes.get(&card.name);
    let here = votes.into_iter().flatten().filter(|(_, vote)| vote.option == option.name);
    let here: Vec<(&str, &Vote)> = here.map(|(who, vote)| (state.name(who), vote)).collect();
    html! {
        @if !here.is_empty() {
            span.votes {
                @for (who, vote) in here {
                    span.vote {
                        strong { (who) } ", " (words::sure(vote.confidence, sight.words()))
                        @if !vote.reason.trim().is_empty() { ": \u{201c}" (vote.reason) "\u{201d}" }
                    }
                }
            }
        }
    }
}

fn confidence(sight: &Sight<'_>, card: &Card) -> Markup {
    let mine = card.my_vote.as_ref().map(|v| usize::from(v.confidence));
    html! {
        fieldset.confidence {
            legend { (sight.t("How sure are you that it is right?")) }
            @for (index, words) in words::CONFIDENCE.iter().enumerate() {
                label {
                    input type="radio" name="confidence" value=(index + 1) required checked[mine == Some(index + 1)];
                    span { strong { (index + 1) } " " (sight.t(words)) }
                }
            }
        }
    }
}

/// A card for those who only look on.
fn looked_at(sight: &Sight<'_>, card: &Card) -> Markup {
    html! {
        ul.options.plain {
            @for (number, option) in card.options.iter().enumerate() {
                li.choice data-key=(option.name) {
                    span.body {
                        span.text { (option.text) }
                        (marks(sight, card, number))
                        (votes(sight, card, option))
                    }
                }
            }
        }
    }
}
