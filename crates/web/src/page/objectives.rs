//! The evaluator's sheet: each objective with its expected actions as they went, and the rating.

use hotwash_exercise::{MselRow, Rated, Rating};
use maud::{Markup, html};

use super::icon::icon;
use super::room::panel_frame;
use super::{Sight, form, words};

/// The objectives to rate.
pub(super) fn objectives(sight: &Sight<'_>) -> Markup {
    let rows = sight.view.msel(sight.session);
    let objectives = sight.session.plan().scenario.objectives();
    let mine = |name: &str| rated(sight, name).is_some();
    let done = objectives.iter().filter(|o| mine(o.name.as_str())).count();
    let body = html! {
        @for objective in objectives {
            @let name = objective.name.as_str();
            @let of: Vec<&MselRow> = rows.iter().filter(|r| r.objective == name).collect();
            article.objective-sheet data-key=(name) aria-labelledby=(format!("objective-{name}")) {
                h3 id=(format!("objective-{name}")) { (objective.text) }
                (actions(sight, &of))
                (sheet(sight, name, &of))
            }
        }
    };
    panel_frame(
        "objectives",
        sight.t("Objectives"),
        &sight.fill("{done} of {all} rated", &[("done", &done), ("all", &objectives.len())]),
        Some(body),
    )
}

fn rated<'a>(sight: &Sight<'a>, objective: &str) -> Option<&'a Rated> {
    let all = sight.session.state().ratings.get(objective)?;
    all.iter().find(|r| r.by == sight.view.person())
}

/// The expected actions, and what came of them.
fn actions(sight: &Sight<'_>, rows: &[&MselRow]) -> Markup {
    html! {
        @if rows.is_empty() { p.dim { (sight.t("No decision of the scenario exercises it.")) } }
        ul.actions.plain {
            @for row in rows {
                li data-key=(row.name) {
                    @match row.met {
                        Some(true) => span.tag.good { (icon("yes")) (sight.t("Came")) },
                        Some(false) => span.tag.urge { (icon("no")) (sight.t("Did not come")) },
                        None if row.ms.is_some() => span.tag { (sight.t("Open")) },
                        None => span.tag { (sight.t("To come")) },
                    }
                    div {
                        p { (row.text) @if let Some(ms) = row.ms { span.dim { " " (words::date(sight.session, ms)) } } }
                        @if !row.expected.is_empty() { p.dim { (sight.t("Expected: ")) (row.expected) } }
                        @if !row.taken.is_empty() && row.met != Some(true) { p.dim { (sight.t("Decided: ")) (row.taken) } }
                    }
                }
            }
        }
    }
}

/// What the expected actions alone suggest, how many of them came, and of how many.
fn suggested(rows: &[&MselRow]) -> Option<(Rating, usize, usize)> {
    let known: Vec<bool> = rows.iter().filter_map(|r| r.met).collect();
    let met = known.iter().filter(|met| **met).count();
    let rating = Rating::suggested(met, known.len())?;
    Some((rating, met, known.len()))
}

fn sheet(sight: &Sight<'_>, name: &str, rows: &[&MselRow]) -> Markup {
    let mine = rated(sight, name);
    let suggested = suggested(rows);
    let checked = mine.map(|r| r.rating).or(suggested.map(|s| s.0));
    let fields = html! {
        input type="hidden" name="objective" value=(name);
        fieldset.ratings {
            legend {
                (sight.t("Rating"))
                span.dim {
                    @match (mine, suggested) {
                        (Some(_), _) => (sight.t(" as you rated it")),
                        (None, Some((_, met, all))) => (sight.fill(" suggested: {met} of {all} expected actions came", &[("met", &met), ("all", &all)])),
                        (None, None) => (sight.t(" nothing to go by yet")),
                    }
                }
            }
            @for rating in Rating::ALL {
                label {
                    input type="radio" name="rating" value=(rating.letter()) checked[checked == Some(rating)];
                    span { strong { (rating.letter()) } " " (sight.t(rating.words())) }
                }
            }
        }
        label.field { span { (sight.t("What you saw")) } textarea name="comment" rows="2" maxlength="2000" { (mine.map_or("", |r| r.comment.as_str())) } }
        (evidence(sight, mine))
        div.buttons {
            button.main type="submit" { @if mine.is_some() { (sight.t("Rate again")) } @else { (sight.t("Keep this rating")) } }
        }
    };
    let to = format!("{}/do/rate", sight.base);
    html! {
        (form(&to, "sheet", sight.t("Kept."), fields))
        @if mine.is_some() {
            (form(&to, "inline", "", html! {
                input type="hidden" name="objective" value=(name);
                input type="hidden" name="rating" value="clear";
                button.quiet type="submit" { (sight.t("Take my rating back")) }
            }))
        }
    }
}

/// Entries of the timeline to tick: turning points, and what was ticked before.
fn evidence(sight: &Sight<'_>, mine: Option<&Rated>) -> Markup {
    let ticked = |n: u32| mine.is_some_and(|r| r.evidence.contains(&n));
    let lines = sight.view.timeline(sight.session, true);
    let lines: Vec<_> = lines
        .iter()
        .map(|row| &row.line)
        .filter(|l| l.weight == "milestone" || l.lane == "decision" || ticked(l.n))
        .collect();
    let count = mine.map_or(0, |r| r.evidence.len());
    html! {
        details.evidence data-key="evidence" {
            summary { (sight.t("Evidence: ")) @if count == 0 { (sight.t("tick entries of the timeline")) } @else { (sight.fill("{n} ticked", &[("n", &count)])) } }
            fieldset.scroll {
                legend.unseen { (sight.t("Evidence")) }
                @for line in lines {
                    label.check data-key=(format!("v{}", line.n)) {
                        input type="checkbox" name="evidence" value=(line.n) checked[ticked(line.n)];
                        span { span.dim { (words::date(sight.session, line.ms)) " " } (words::sentence(sight.session, line)) }
                    }
                }
            }
        }
    }
}
