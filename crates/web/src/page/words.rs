//! Dates, spans and names as people read them.

use hotwash_engine::{NoteId, SimTime};
use hotwash_exercise::record::Line;
use hotwash_exercise::{Seat, Session, spoken};
use hotwash_scenario::Words;

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// The program's own words, in the session's language.
pub(super) fn of(session: &Session) -> Words {
    session.plan().scenario.language().words()
}

/// `Thu 8 Aug 2019`.
pub(super) fn date(session: &Session, ms: i64) -> String {
    let calendar = session.sim().calendar();
    let at = SimTime::from_ms(ms);
    let (weekday, words) = (calendar.weekday(at), of(session));
    let date = plain_date(&calendar.date_time(at), words);
    words.fill("{weekday} {date}", &[("weekday", &words.of(weekday)), ("date", &date)])
}

/// `8 Aug 2019` of `2019-08-08 14:30`; the text itself where it is no date.
pub(super) fn plain_date(at: &str, words: Words) -> String {
    const MONTHS: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let mut parts = at.split([' ', 'T']).next().unwrap_or(at).split('-');
    let mut number = || parts.next().and_then(|p| p.parse::<usize>().ok());
    match (number(), number(), number()) {
        (Some(year), Some(month @ 1..=12), Some(day)) => {
            let month = words.of(MONTHS[month - 1]);
            words.fill("{day} {month} {year}", &[("day", &day), ("month", &month), ("year", &year)])
        }
        _ => at.to_owned(),
    }
}

/// `14:30`.
pub(super) fn time(session: &Session, ms: i64) -> String {
    let at = session.sim().calendar().date_time(SimTime::from_ms(ms));
    at.split_once(' ').map_or(at.clone(), |(_, time)| time.to_owned())
}

/// `Thu 8 Aug 2019, 14:30`.
pub(super) fn date_time(session: &Session, ms: i64) -> String {
    let (date, time) = (date(session, ms), time(session, ms));
    of(session).fill("{date}, {time}", &[("date", &date), ("time", &time)])
}

/// Days since STARTEX by the calendar.
pub(super) fn day(session: &Session, ms: i64) -> i64 {
    let calendar = session.sim().calendar();
    calendar.day_number(SimTime::from_ms(ms)) - calendar.day_number(SimTime::STARTEX)
}

/// `T+7`, `T-129`.
pub(super) fn t_day(day: i64) -> String {
    format!("T{}{}", if day < 0 { '\u{2212}' } else { '+' }, day.abs())
}

/// `6 days 4 h`, `3 h 20 min`, `45 min`: the two largest parts.
pub(super) fn span(ms: i64, words: Words) -> String {
    let ms = ms.abs();
    let (days, hours, minutes) = (ms / DAY, ms % DAY / HOUR, ms % HOUR / MINUTE);
    let text = match (days, hours, minutes) {
        (0, 0, _) => "{m} min",
        (0, _, 0) => "{h} h",
        (0, _, _) => "{h} h {m} min",
        (1, 0, _) => "{d} day",
        (1, _, _) => "{d} day {h} h",
        (_, 0, _) => "{d} days",
        (days, _, _) if days < 10 => "{d} days {h} h",
        _ => "{d} days",
    };
    words.fill(text, &[("d", &days), ("h", &hours), ("m", &minutes)])
}

/// `6 days 4 h left`, or by how much it is late.
pub(super) fn left(due_ms: i64, now_ms: i64, words: Words) -> String {
    let text = if due_ms > now_ms { "{span} left" } else { "overdue by {span}" };
    words.fill(text, &[("span", &span(due_ms - now_ms, words))])
}

/// The pace in words.
pub(super) fn pace(per_second: i64, words: Words) -> String {
    match per_second {
        HOUR => words.of("1 hour a second").to_owned(),
        DAY => words.of("1 day a second").to_owned(),
        ms if ms % DAY == 0 => words.fill("{n} days a second", &[("n", &(ms / DAY))]),
        ms if ms % HOUR == 0 => words.fill("{n} hours a second", &[("n", &(ms / HOUR))]),
        ms => words.fill("{span} a second", &[("span", &span(ms, words))]),
    }
}

/// With a capital at the front.
pub(super) fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |c| c.to_uppercase().chain(chars).collect())
}

/// A role's title; the name itself where nobody has it.
pub(super) fn role<'a>(session: &'a Session, name: &'a str) -> &'a str {
    let known = session.plan().scenario.roles().iter().find(|r| r.name.as_str() == name);
    known.map_or(name, |role| &role.title)
}

/// A seat as shown.
pub(super) fn seat(session: &Session, seat: &Seat) -> String {
    match seat {
        Seat::Role(name) => role(session, name).to_owned(),
        Seat::Facilitator => of(session).of("Facilitator").to_owned(),
        Seat::Evaluator => of(session).of("Evaluator").to_owned(),
        Seat::Screen => of(session).of("Screen").to_owned(),
    }
}

/// Seats as shown, with commas.
pub(super) fn seats(session: &Session, seats: &[Seat]) -> String {
    let titles: Vec<String> = seats.iter().map(|s| seat(session, s)).collect();
    let words = of(session);
    if titles.is_empty() { words.of("no seat yet").to_owned() } else { titles.join(words.of(", ")) }
}

/// Whoever is meant by a role's or viewer's name in a scenario.
pub(super) fn addressee(session: &Session, name: &str) -> String {
    let title = role(session, name);
    let words = of(session);
    let known = match title {
        "soc" => words.of("Security"),
        "support" => words.of("Support"),
        "comms" => words.of("Communications"),
        "legal" => words.of("Legal"),
        "executive" => words.of("Management"),
        other => other,
    };
    session.plan().scenario.language().text(&capital(known)).into_owned()
}

/// Whose doing an entry is, as shown.
pub(super) fn who(session: &Session, line: &Line) -> String {
    let name = line.who.as_str();
    let is_english = session.plan().scenario.language().is_english();
    let entry = session.sim().journal().get(NoteId(line.n)).filter(|_| !is_english);
    if let Some(entry) = entry {
        return spoken::who(session, entry);
    }
    let title = role(session, name);
    if title != name {
        return title.to_owned();
    }
    let is_law = line.kind.starts_with("regulator.") && name.contains('-');
    if is_law && !name.contains(char::is_uppercase) {
        return name.to_uppercase().replace('-', " ");
    }
    match name.rsplit_once('-') {
        Some((what, country)) if country.len() == 2 => {
            format!("{} ({})", capital(&what.replace('-', " ")), country.to_uppercase())
        }
        _ if name.contains(' ') => capital(name),
        _ => addressee(session, &name.replace('-', " ")),
    }
}

/// What an entry says after `who`.
pub(super) fn says(line: &Line, words: Words) -> String {
    let field = |name: &str| line.fields.get(name).and_then(|v| v.as_str());
    match (line.kind.as_str(), field("text"), field("ask")) {
        ("exercise.decision-taken", Some(text), _) => {
            words.fill("decided: {text}", &[("text", &text)])
        }
        ("exercise.decision-asked", _, Some(ask)) => {
            words.fill("must decide: {ask}", &[("ask", &ask)])
        }
        ("case.claimed", _, _) => {
            line.says.strip_prefix("thereby ").unwrap_or(&line.says).to_owned()
        }
        _ => line.says.clone(),
    }
}

/// Whether an entry's text stands by itself, without saying whose doing it is.
pub(super) fn stands_alone(line: &Line) -> bool {
    line.kind == "exercise.inject"
}

/// An entry as one sentence.
pub(super) fn sentence(session: &Session, line: &Line) -> String {
    if stands_alone(line) {
        return capital(&line.says);
    }
    let (who, words) = (who(session, line), of(session));
    words.fill("{who} {says}", &[("who", &who), ("says", &says(line, words))])
}

/// The lane's name as shown.
pub(super) fn lane(lane: &str, words: Words) -> &'static str {
    words.of(match lane {
        "truth" => "True",
        "belief" => "Believed",
        "claim" => "Said",
        "response" => "Done",
        "world" => "Outside",
        "decision" => "Decision",
        "inject" => "Message",
        _ => "Event",
    })
}

/// The name of a form of message.
pub(super) fn form(form: &str, words: Words) -> &'static str {
    words.of(match form {
        "alert" => "Alert",
        "ticket" => "Ticket",
        "call" => "Call note",
        "inquiry" => "Press inquiry",
        "article" => "Article",
        "email" => "E-mail",
        "letter" => "Letter",
        _ => "Memo",
    })
}

/// Confidence in words.
pub(super) const CONFIDENCE: [&str; 5] =
    ["a guess", "doubtful", "fairly sure", "confident", "sure"];

/// How sure a confidence is, in words.
pub(super) fn sure(confidence: u8, words: Words) -> &'static str {
    words.of(CONFIDENCE[usize::from(confidence.clamp(1, 5)) - 1])
}

/// What something of the scenario waits for: without the names of the model's parts.
pub(super) fn waits_for(text: &str) -> String {
    let words = text.split(' ').map(|word| {
        let (bare, comma) = word.strip_suffix(',').map_or((word, ""), |bare| (bare, ","));
        let plain = match bare.split_once('.') {
            Some((part, name)) if !part.is_empty() && !name.is_empty() => {
                let name = name.split('/').next().unwrap_or(name).replace('-', " ");
                format!("{name} ({})", of_part(part))
            }
            _ => delay(bare).unwrap_or_else(|| bare.to_owned()),
        };
        format!("{plain}{comma}")
    });
    let words: Vec<String> = words.collect();
    capital(&words.join(" "))
}

/// Whose doing a milestone of this part of the model is.
fn of_part(part: &str) -> &str {
    match part {
        "soc" => "security",
        "pr" => "press office",
        "law" => "police",
        "scam" => "callers",
        other => other,
    }
}

/// `35 days` of `35d`.
fn delay(word: &str) -> Option<String> {
    let unit = word.chars().last()?;
    let number: u64 = word[..word.len() - unit.len_utf8()].parse().ok()?;
    let name = match unit {
        'd' => "day",
        'h' => "hour",
        'm' => "minute",
        _ => return None,
    };
    Some(format!("{number} {name}{}", if number == 1 { "" } else { "s" }))
}

/// A share as a percentage.
pub(super) fn percent(share: f64, words: Words) -> String {
    let share = format!("{:.0}", share * 100.0);
    words.fill("{p} %", &[("p", &share)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_said_in_two_parts_at_most() {
        assert_eq!(span(45 * MINUTE, Words::ENGLISH), "45 min");
        assert_eq!(span(3 * HOUR + 20 * MINUTE, Words::ENGLISH), "3 h 20 min");
        assert_eq!(span(DAY + HOUR, Words::ENGLISH), "1 day 1 h");
        assert_eq!(span(6 * DAY + 4 * HOUR + MINUTE, Words::ENGLISH), "6 days 4 h");
        assert_eq!(span(31 * DAY + 4 * HOUR, Words::ENGLISH), "31 days");
        assert_eq!(left(0, DAY, Words::ENGLISH), "overdue by 1 day");
    }

    #[test]
    fn what_is_waited_for_names_no_part_of_the_model() {
        let text = "35d after customers.complaint-surge, unless pr.disclosed/leak";
        assert_eq!(
            waits_for(text),
            "35 days after complaint surge (customers), unless disclosed (press office)"
        );
        assert_eq!(waits_for("2019-08-01 09:00"), "2019-08-01 09:00");
    }
}
