//! Instants of a session as dates, and how a decision was taken, in words.

use hotwash_engine::{Calendar, SimTime};
use hotwash_exercise::debrief::{DecisionStory, HowTaken, Story};

/// Turns the simulated milliseconds of a story into dates.
pub(super) struct When {
    /// None when the story's STARTEX is no date.
    calendar: Option<Calendar>,
}

impl When {
    pub(super) fn of(story: &Story) -> When {
        When { calendar: Calendar::new(&story.about.startex).ok() }
    }

    /// `2019-08-17 10:00`.
    pub(super) fn date_time(&self, ms: i64) -> String {
        let at = SimTime::from_ms(ms);
        self.calendar.as_ref().map_or_else(|| at.to_string(), |c| c.date_time(at))
    }

    /// `2019-08-17`.
    pub(super) fn date(&self, ms: i64) -> String {
        let at = SimTime::from_ms(ms);
        self.calendar.as_ref().map_or_else(|| at.to_string(), |c| c.date(at))
    }

    /// `2019-08-17 10:00 (T+16d 01:00)`.
    pub(super) fn full(&self, ms: i64) -> String {
        format!("{} ({})", self.date_time(ms), SimTime::from_ms(ms))
    }
}

/// How a decision was taken, as sentences.
pub(super) fn taken(when: &When, decision: &DecisionStory) -> Vec<String> {
    let text = decision.taken.and_then(|i| decision.options.get(i)).map(|(_, text)| stopped(text));
    let (Some(text), Some(ms)) = (text, decision.taken_ms) else {
        return vec!["Nobody had decided when the exercise ended.".to_owned()];
    };
    let at = when.date_time(ms);
    let mut out = vec![match &decision.how {
        HowTaken::Player(name) => format!("Taken {at} by {name} ({}): {text}", decision.role),
        HowTaken::OnBehalf => {
            format!("Taken {at} by the facilitator for the {}: {text}", lower(&decision.role))
        }
        HowTaken::TimeRanOut => format!("The time ran out {at}, and the default was taken: {text}"),
        HowTaken::Policy => format!("Taken {at} by the program's policy: {text}"),
        HowTaken::Open => "Nobody had decided when the exercise ended.".to_owned(),
    }];
    if let Some(confidence) = decision.confidence {
        out.push(format!("Confidence {confidence} of 5."));
    }
    if !decision.reason.trim().is_empty() {
        out.push(format!("Reason: {}", stopped(decision.reason.trim())));
    }
    out
}

/// The text with a full stop at its end.
pub(super) fn stopped(text: &str) -> String {
    let text = text.trim();
    if text.ends_with(['.', '!', '?', ':']) { text.to_owned() } else { format!("{text}.") }
}

/// The text with its first letter small.
pub(super) fn lower(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |c| c.to_lowercase().chain(chars).collect())
}
