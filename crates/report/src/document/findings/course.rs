//! Findings from the course of events: what was said, what was knowable, which clocks ran out.

use hotwash_exercise::debrief::{Claim, Knowable, Lane, Story};

use super::Finding;
use crate::dates::length;
use crate::document::hseep::Element;
use crate::document::when::{When, stopped};

const DAY_MS: i64 = 86_400_000;

pub(super) fn findings(story: &Story) -> Vec<Finding> {
    let mut out = claims(story);
    out.extend(knowable(story));
    out.extend(clocks(story));
    out
}

/// Claims up to ENDEX: what follows was said by the policy.
fn claims(story: &Story) -> Vec<Finding> {
    let when = When::of(story);
    let endex = story.about.span_ms.1;
    let mut out = Vec::new();
    let mut said = 0;
    for lane in &story.lanes {
        let made: Vec<&Claim> = lane.claims.iter().filter(|c| c.ms <= endex).collect();
        said += made.len();
        let wrong: Vec<&Claim> = made.into_iter().filter(|c| c.is_false).collect();
        let Some(first) = wrong.first() else { continue };
        let is_refuted = wrong.iter().any(|c| c.refuted_ms.is_some_and(|ms| ms <= endex));
        let again = match wrong.len() {
            1 => String::new(),
            2 => " It was said once more.".to_owned(),
            n => format!(" It was said {} more times.", n - 1),
        };
        let observation = format!(
            "On {} it was {} that {}. That was false.{again}",
            when.date(first.ms),
            first.how,
            lane.proposition
        );
        let knew = knew_better(story, lane, first.ms);
        let weight = match (knew, is_refuted) {
            (Some(_), _) => 0.95,
            (None, true) => 0.85,
            (None, false) => 0.65,
        };
        let mut finding = Finding::area(None, observation, weight);
        finding.references = wrong.iter().map(|c| (c.entry, when.date_time(c.ms))).collect();
        if let Some(since) = knew {
            finding
                .analysis
                .push(format!("The company had been sure of it since {}.", when.date(since)));
        }
        finding.analysis.extend(wrong.iter().filter_map(|c| fate(&when, endex, c)));
        finding.recommendation = "Before words go out, write beside each sentence what it rests on and how sure that is, \
                                  and say less where it is not known."
            .to_owned();
        finding.element = Some(Element::Planning);
        out.push(finding);
    }
    if said > 0 && out.is_empty() {
        let what = if said == 1 { "The one claim" } else { "None of the claims" };
        let observation = match said {
            1 => format!("{what} that the company made by ENDEX was true."),
            n => format!("{what} that the company made by ENDEX was false ({n} in all)."),
        };
        out.push(Finding::strength(None, observation, 0.55));
    }
    out
}

/// Since when the company had been sure of what it then denied.
fn knew_better(story: &Story, lane: &Lane, said: i64) -> Option<i64> {
    let known = story.knowable.iter().find(|k| k.proposition == lane.proposition)?.known_ms?;
    (known < said && lane.claims.iter().any(|c| c.ms == said && c.denies)).then_some(known)
}

fn fate(when: &When, endex: i64, claim: &Claim) -> Option<String> {
    let by = |ms: Option<i64>| ms.filter(|ms| *ms <= endex);
    let statement = stopped(&format!("In \u{201c}{}\u{201d}", claim.statement));
    let statement = statement.trim_end_matches('.');
    match (by(claim.refuted_ms), by(claim.walked_back_ms)) {
        (_, Some(ms)) => Some(format!(
            "{statement}: the company took it back on {}, {} later.",
            when.date(ms),
            length(ms - claim.ms)
        )),
        (Some(ms), None) => Some(format!(
            "{statement}: outside evidence contradicted it on {}, {} later.",
            when.date(ms),
            length(ms - claim.ms)
        )),
        (None, None) => None,
    }
}

fn knowable(story: &Story) -> Vec<Finding> {
    let when = When::of(story);
    let endex = story.about.span_ms.1;
    let mut out: Vec<Finding> =
        story.knowable.iter().filter_map(|k| late(&when, endex, k)).collect();
    // One strength for all that was seen at once.
    let prompt: Vec<&Knowable> = story
        .knowable
        .iter()
        .filter(|k| matches!((k.true_ms, k.knowable_ms, k.known_ms), (Some(_), Some(a), Some(b)) if b <= endex && b - a <= DAY_MS))
        .collect();
    if let Some(first) = prompt.first() {
        let others = match prompt.len() {
            1 => String::new(),
            n => format!(", and {} more", n - 1),
        };
        let observation = format!(
            "What could be known was seen within a day: that {}{others}.",
            first.proposition
        );
        out.push(Finding::strength(None, observation, 0.5));
    }
    out
}

/// It was knowable well before it was known.
fn late(when: &When, endex: i64, k: &Knowable) -> Option<Finding> {
    let (true_ms, knowable) = (k.true_ms?, k.knowable_ms.filter(|ms| *ms <= endex)?);
    let known = k.known_ms.filter(|ms| *ms <= endex);
    let gap = known.unwrap_or(endex) - knowable;
    if gap <= DAY_MS {
        return None;
    }
    let observation = match known {
        Some(known) => format!(
            "It was knowable on {} that {}; the company was sure of it on {}, {} later.",
            when.date(knowable),
            k.proposition,
            when.date(known),
            length(gap)
        ),
        None => format!(
            "It was knowable on {} that {}; by ENDEX, {} later, the company was not sure of it.",
            when.date(knowable),
            k.proposition,
            length(gap)
        ),
    };
    let days = gap as f64 / DAY_MS as f64;
    let mut finding = Finding::area(None, observation, 0.45 + 0.4 * (days / 60.0).min(1.0));
    finding.analysis.push(format!(
        "It had been true since {}. Knowable means: somebody with all that had reached the company by then, and nothing \
         else, would have been sure to 80 %.",
        when.date(true_ms)
    ));
    finding.recommendation =
        "Find out which evidence lay unread or unconnected in that time, and who should have seen it together.".to_owned();
    finding.element = Some(Element::Organization);
    Some(finding)
}

fn clocks(story: &Story) -> Vec<Finding> {
    let when = When::of(story);
    let endex = story.about.span_ms.1;
    let due: Vec<_> = story.clocks.iter().filter(|c| c.due_ms <= endex).collect();
    let mut out = Vec::new();
    let mut met = 0;
    for clock in &due {
        if clock.stopped_ms.is_some_and(|ms| ms <= clock.due_ms) {
            met += 1;
            continue;
        }
        let late = match clock.stopped_ms.filter(|ms| *ms <= endex) {
            Some(ms) => format!("it was stopped {} late", length(ms - clock.due_ms)),
            None => "by ENDEX it had not been stopped".to_owned(),
        };
        let observation = format!(
            "A clock ran out on {}: {}; {late}.",
            when.date_time(clock.due_ms),
            clock.label.trim_end_matches('.')
        );
        let mut finding = Finding::area(None, observation, 0.6);
        finding.analysis.push(format!("It had run since {}.", when.date_time(clock.since_ms)));
        finding.recommendation =
            "Enter this clock into the plan: what starts it, how long it runs, which post watches it.".to_owned();
        finding.element = Some(Element::Planning);
        out.push(finding);
    }
    if met > 0 && out.is_empty() {
        let observation = match met {
            1 => "The one clock that ran out by ENDEX was met.".to_owned(),
            n => format!("All {n} clocks that ran out by ENDEX were met."),
        };
        out.push(Finding::strength(None, observation, 0.5));
    }
    out
}
