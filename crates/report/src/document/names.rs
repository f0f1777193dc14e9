//! Words for people where the scenario has names for programs.

use hotwash_exercise::cue;
use hotwash_exercise::record::Line;
use hotwash_scenario::Scenario;

use crate::words;

/// Viewers and what reaches them.
const REACHES: [(&str, &str); 11] = [
    ("soc", "alerts, tips, evidence and the course of investigations"),
    ("support", "what customers report, and the support desk's own affairs"),
    ("comms", "questions from the press, articles, and drafts of the company's own words"),
    ("legal", "letters from authorities and police, duties and their deadlines"),
    ("executive", "what is reported upwards, the board, and what moves the business"),
    ("customers", "what customers get to hear"),
    ("press", "what journalists get to hear"),
    ("regulators", "what authorities get to hear"),
    ("researchers", "what researchers get to hear"),
    ("police", "what the police get to hear"),
    ("criminals", "what the other side gets to hear"),
];

/// Somebody who acts in the journal: a role by its title, others by their name in words.
pub(super) fn actor(scenario: &Scenario, name: &str) -> String {
    let role = scenario.roles().iter().find(|r| r.name.as_str() == name);
    role.map_or_else(|| somebody(name), |r| r.title.clone())
}

/// Somebody who acts in the journal, where the scenario is not at hand.
pub(super) fn somebody(name: &str) -> String {
    if let Some(known) = cue::viewer(name) {
        return known.to_owned();
    }
    match name.rsplit_once('-') {
        Some((who, country)) if country.len() == 2 && cue::viewer(who).is_some() => {
            format!("{} ({})", somebody(who), country.to_uppercase())
        }
        _ => capital(&spoken(name)),
    }
}

/// The text with its first letter large.
pub(super) fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |c| c.to_uppercase().chain(chars).collect())
}

/// What a journal entry says; of a decision the text of the option taken.
pub(super) fn says(entry: &Line) -> String {
    let text = |name: &str| entry.fields.get(name).and_then(|v| v.as_str());
    match (entry.kind.as_str(), text("text")) {
        ("exercise.decision-taken", Some(option)) => format!("decided: {option}"),
        _ => entry.says.clone(),
    }
}

/// What reaches a viewer.
pub(super) fn reaches(name: &str) -> &'static str {
    REACHES.iter().find(|(viewer, _)| *viewer == name).map_or("", |(_, what)| what)
}

/// A word of a lever's value as people write it: `when certain`, `yes`.
pub(super) fn setting(value: &str, unit: &str) -> String {
    let words = match value {
        "true" => "yes".to_owned(),
        "false" => "no".to_owned(),
        text => match text.parse::<hotwash_engine::SimDuration>() {
            Ok(time) if text.ends_with(|c: char| c.is_ascii_alphabetic()) => cue::span(time),
            _ => text.replace('-', " "),
        },
    };
    if unit.is_empty() { words } else { format!("{words} {unit}") }
}

/// A metric's name as people say it: `time-to-discover/leak` is `time to discover (leak)`.
pub(super) fn metric(slug: &str) -> String {
    match slug.split_once('/') {
        Some((name, matter)) => format!("{} ({})", words::metric(name), spoken(matter)),
        None => words::metric(slug),
    }
}

/// A slug as words: `time-to-discover` is `time to discover`.
pub(super) fn spoken(slug: &str) -> String {
    match slug.split_once('/') {
        Some((name, matter)) => format!("{} ({})", spoken(name), spoken(matter)),
        None => slug.replace(['-', '_'], " "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_read_as_words() {
        for (value, unit, words) in [
            ("true", "", "yes"),
            ("180d", "", "180 days"),
            ("when-certain", "", "when certain"),
            ("6", "per shift", "6 per shift"),
            ("2019", "", "2019"),
        ] {
            assert_eq!(setting(value, unit), words);
        }
    }

    #[test]
    fn people_of_a_country_are_told_apart() {
        assert_eq!(somebody("customers-au"), "Customers (AU)");
        assert_eq!(somebody("call-centre"), "Call centre");
    }

    #[test]
    fn slugs_are_spoken() {
        assert_eq!(spoken("time-to-discover/leak"), "time to discover (leak)");
    }
}
