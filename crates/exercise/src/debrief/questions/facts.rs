//! Gaps between what was so, what was knowable, what was known and what was said; and clocks.

use super::words::{Words, capital, span};
use super::{Gap, Kind, size_of};
use crate::debrief::{Claim, ClockStory, Knowable, Lane, Story};

/// So many days between knowable and known count one half.
const HALF_UNKNOWN_DAYS: f64 = 10.0;
/// The same between known and said.
const HALF_UNSAID_DAYS: f64 = 14.0;
/// A clock that was stopped with less than this share of its time left ran out nearly.
const NEARLY: f64 = 0.1;

pub(super) fn gaps(story: &Story, words: &Words) -> Vec<Gap> {
    // What came after ENDEX the policy did, not the team.
    let endex = story.about.span_ms.1;
    let mut gaps = Vec::new();
    for (row, lane) in story.knowable.iter().zip(&story.lanes) {
        gaps.extend(unknown(row, lane, endex, words));
        gaps.extend(unsaid(row, lane, endex, words));
        gaps.extend(untrue(lane, endex, words));
    }
    gaps.extend(clocks(story, endex, words));
    gaps
}

/// It was knowable long before it was known.
fn unknown(row: &Knowable, lane: &Lane, endex: i64, words: &Words) -> Option<Gap> {
    let knowable = row.knowable_ms?.max(row.true_ms?);
    let known = row.known_ms.filter(|ms| *ms <= endex);
    let gap = known.unwrap_or(endex) - knowable;
    let proposition = &row.proposition;
    let then = match known {
        Some(ms) => format!("The team was that sure on {}, {} later.", words.date(ms), span(gap)),
        None => format!("At ENDEX, {} later, the team was not.", span(gap)),
    };
    let knew = match known {
        Some(_) => format!("{} before we were sure of it", span(gap)),
        None => "and at ENDEX we still were not sure".to_owned(),
    };
    Some(Gap::new(
        Kind::Knowable,
        &lane.name,
        size_of(gap, HALF_UNKNOWN_DAYS),
        format!(
            "What had reached us by {} was enough to see that {proposition}, {knew}. Who held which \
             piece of it, and what would have brought the pieces together sooner?",
            words.date(knowable)
        ),
        format!(
            "On {} a reasonable investigator with everything that had reached the vendor would have been \
             80 % sure that {proposition}. {then}",
            words.date(knowable)
        ),
    ))
}

/// It was known long before it was said.
fn unsaid(row: &Knowable, lane: &Lane, endex: i64, words: &Words) -> Option<Gap> {
    let known = row.known_ms?.max(row.true_ms?);
    let said = row.said_ms.filter(|ms| *ms <= endex);
    let gap = said.unwrap_or(endex) - known;
    if gap <= 0 {
        return None;
    }
    let proposition = &row.proposition;
    let then = match said {
        Some(ms) => format!("It was first said on {}, {} later.", words.date(ms), span(gap)),
        None => format!("By ENDEX, {} later, it had not been said.", span(gap)),
    };
    Some(Gap::new(
        Kind::Said,
        &lane.name,
        size_of(gap, HALF_UNSAID_DAYS),
        format!(
            "From {} on we were sure that {proposition}. What were we waiting for before we said so, and \
             who outside could have used it in those {}?",
            words.date(known),
            span(gap)
        ),
        format!(
            "The vendor was 80 % sure that {proposition} from {} on. {then}",
            words.date(known)
        ),
    ))
}

/// Something was said that was not so.
fn untrue(lane: &Lane, endex: i64, words: &Words) -> Option<Gap> {
    let is_ours = |c: &&Claim| c.is_false && (0..=endex).contains(&c.ms);
    let claim = lane.claims.iter().find(is_ours)?;
    let believed = lane.belief.iter().rev().find(|(ms, _)| *ms <= claim.ms).map(|(_, p)| *p);
    let fate = match (claim.refuted_ms, claim.walked_back_ms) {
        (Some(ms), _) => format!(
            " It stopped being believed on {}, {} later.",
            words.date(ms),
            span(ms - claim.ms)
        ),
        (None, Some(ms)) => {
            format!(" It was taken back on {}, {} later.", words.date(ms), span(ms - claim.ms))
        }
        (None, None) => " It stood to the end.".to_owned(),
    };
    let thought = believed.map_or_else(String::new, |p| {
        format!(" At that time the vendor thought it {:.0} % likely.", p * 100.0)
    });
    let fell = claim.refuted_ms.is_some() || claim.walked_back_ms.is_some();
    let truth = if claim.denies { "In truth it was so" } else { "In truth it was not so" };
    Some(Gap::new(
        Kind::Said,
        &lane.name,
        if fell { 0.85 } else { 0.6 },
        format!(
            "With {} we {} that {}. What did we know at that hour, what did we only hope, and which \
             sentence could we have stood by whatever came out?",
            title(claim),
            claim.how.split(" (").next().unwrap_or_default(),
            lane.proposition
        ),
        format!(
            "{} the vendor {} that {}. {truth}.{thought}{fate}",
            capital(&format!("on {}", words.date_time(claim.ms))),
            claim.how,
            lane.proposition
        ),
    ))
}

fn title(claim: &Claim) -> String {
    match claim.statement.as_str() {
        "" => "what we said".to_owned(),
        title => format!("\u{201c}{title}\u{201d}"),
    }
}

/// How a clock came out: how bad that is, and in words.
fn outcome(clock: &ClockStory, endex: i64, words: &Words) -> Option<(f64, String)> {
    let left = |stopped: i64| clock.due_ms - stopped;
    match clock.stopped_ms.filter(|ms| *ms <= endex) {
        Some(ms) if left(ms) < 0 => Some((
            0.7,
            format!("it was stopped on {}, {} late", words.date_time(ms), span(-left(ms))),
        )),
        Some(ms) if (left(ms) as f64) < NEARLY * (clock.due_ms - clock.since_ms) as f64 => Some((
            0.35,
            format!("it was stopped on {}, with {} left", words.date_time(ms), span(left(ms))),
        )),
        None if clock.due_ms <= endex => Some((0.8, "it ran out".to_owned())),
        _ => None,
    }
}

/// The worst of the clocks that were missed, or nearly. That the time of a decision ran out is told as a
/// choice.
fn clocks(story: &Story, endex: i64, words: &Words) -> Option<Gap> {
    let ran = story.clocks.iter().filter(|c| (0..=endex).contains(&c.since_ms));
    let mut told: Vec<(&ClockStory, f64, String)> = ran
        .filter_map(|c| outcome(c, endex, words).map(|(weight, how)| (c, weight, how)))
        .collect();
    told.sort_by(|a, b| b.1.total_cmp(&a.1));
    let (clock, weight, how) = told.first()?;
    let others = match told.len() {
        1 => String::new(),
        2 => " One other clock went much the same way.".to_owned(),
        n => format!(" {} other clocks went much the same way.", n - 1),
    };
    Some(Gap::new(
        Kind::Clock,
        &clock.label,
        *weight,
        format!(
            "A clock began on {} and was due on {}. Who at this table was watching it, and when did the \
             rest of us learn that it ran?",
            words.date_time(clock.since_ms),
            words.date_time(clock.due_ms)
        ),
        format!(
            "{}. It was due {}; {how}.{others}",
            capital(super::words::bare(&clock.label)),
            words.date_time(clock.due_ms)
        ),
    ))
}
