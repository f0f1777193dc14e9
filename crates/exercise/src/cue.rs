//! What something of the exercise waits for, and who it is for, in words.

use hotwash_engine::{Catalogue, SimDuration, chosen_name};
use hotwash_scenario::{CueSpec, Scenario, WhenSpec};

/// What a decision or inject waits for: a date, or turning points as sentences.
pub fn waits_for(scenario: &Scenario, catalogue: &Catalogue, cue: &CueSpec) -> String {
    let words = |names: &[String]| {
        let each: Vec<String> = names.iter().map(|n| milestone(scenario, catalogue, n)).collect();
        each.join("; ")
    };
    let late = (cue.delay > SimDuration::ZERO).then(|| span(cue.delay));
    // How it begins with a delay, and without.
    let begin = |with: &str, without: &str| match &late {
        Some(late) => format!("{late} after {with}"),
        None => format!("As soon as {without}"),
    };
    let mut out = match &cue.when {
        WhenSpec::At(date) => {
            late.as_ref().map_or(date.clone(), |late| format!("{late} after {date}"))
        }
        WhenSpec::Reached(name) => {
            let begin = begin("this:", "this happens:");
            format!("{begin} {}", milestone(scenario, catalogue, name))
        }
        WhenSpec::All(names) => {
            let begin = begin("all of these:", "all of these have happened:");
            format!("{begin} {}", words(names))
        }
        WhenSpec::Any(names) => {
            let begin = begin("the first of these:", "one of these happens:");
            format!("{begin} {}", words(names))
        }
    };
    if !cue.unless.is_empty() {
        out.push_str(&format!(". Called off if by then: {}", words(&cue.unless)));
    }
    out
}

/// A milestone as a clause; where two read alike, the last part of its name tells them apart.
pub fn milestone(scenario: &Scenario, catalogue: &Catalogue, name: &str) -> String {
    for decision in scenario.decisions() {
        let is_it = |option: &&hotwash_scenario::OptionSpec| {
            chosen_name(decision.name.as_str(), option.name.as_str()) == name
        };
        if let Some(option) = decision.options.iter().find(is_it) {
            let (ask, text) = (&decision.ask, &option.text);
            return format!("the answer to \u{201c}{ask}\u{201d} is \u{201c}{text}\u{201d}");
        }
    }
    let known = &catalogue.milestones;
    let Some(info) = known.iter().find(|m| m.name == name).filter(|m| !m.about.is_empty()) else {
        return name.to_owned();
    };
    let is_shared = known.iter().filter(|m| m.about == info.about).count() > 1;
    if !is_shared {
        return info.about.clone();
    }
    let tells_apart =
        name.split_once('/').or_else(|| name.split_once('.')).map_or(name, |(_, last)| last);
    format!("{} ({})", info.about, tells_apart.replace('-', " "))
}

/// A role's or a viewer's name as people say it; the name itself where it is neither.
pub fn title(scenario: &Scenario, name: &str) -> String {
    let role = scenario.roles().iter().find(|r| r.name.as_str() == name);
    role.map_or_else(|| viewer(name).unwrap_or(name), |r| &r.title).to_owned()
}

/// A viewer's name as people say it.
pub fn viewer(name: &str) -> Option<&'static str> {
    Some(match name {
        "soc" => "Security operations",
        "support" => "Customer support",
        "comms" => "Communications",
        "legal" => "Legal",
        "executive" => "Management",
        "customers" => "Customers",
        "press" => "Journalists",
        "regulators" => "Regulators",
        "researchers" => "Researchers",
        "police" => "Police",
        "criminals" => "Criminals",
        _ => return None,
    })
}

/// A length of time with its units written out: `3 days`, `1 day 12 hours`.
pub fn span(time: SimDuration) -> String {
    const UNITS: [(&str, &str, &str); 5] = [
        ("d", "day", "days"),
        ("h", "hour", "hours"),
        ("min", "minute", "minutes"),
        ("ms", "millisecond", "milliseconds"),
        ("s", "second", "seconds"),
    ];
    let text = time.to_string();
    let word = |part: &str| {
        let found = UNITS.iter().find_map(|(short, one, many)| {
            let count = part.strip_suffix(short)?;
            count.bytes().last().filter(u8::is_ascii_digit)?;
            let noun = if count == "1" { one } else { many };
            Some(format!("{count} {noun}"))
        });
        found.unwrap_or_else(|| part.to_owned())
    };
    text.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_written_out() {
        for (text, words) in [
            ("3d", "3 days"),
            ("1d 12h", "1 day 12 hours"),
            ("45min", "45 minutes"),
            ("1h", "1 hour"),
            ("30s", "30 seconds"),
        ] {
            assert_eq!(span(text.parse().unwrap()), words);
        }
    }
}
