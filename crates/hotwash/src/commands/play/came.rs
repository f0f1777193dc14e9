//! What came since somebody last looked: messages and entries that they see, with much of the same
//! folded.

use std::collections::BTreeMap;

use hotwash_engine::{DECISION_ASKED, DECISION_TAKEN, SimTime};
use hotwash_exercise::record::Line;
use hotwash_exercise::{Item, Session, TimelineRow, View};

use crate::text::session::{Arrival, Folded, What, actor, sentence, with_subject};

/// Messages of one form from one sender that are told in full at a time.
const MOST_MESSAGES: usize = 2;
/// Entries of one kind that are told in full at a time.
const MOST_ENTRIES: usize = 3;

/// What somebody sees of the entries after the first `seen`, each with what it is much the same as.
/// What they decided themselves is not among it.
pub(super) fn since(session: &Session, view: &View, seen: usize) -> Vec<(Arrival, String)> {
    let inbox = view.inbox(session);
    let rows = view.timeline(session, true).into_iter().filter(|row| row.line.n as usize > seen);
    let rows = rows.filter(|row| !by_people(session, &row.line));
    rows.filter_map(|row| arrival(session, &inbox, &row)).collect()
}

/// The whole story as somebody saw it, what they decided included.
pub(super) fn story(session: &Session, view: &View) -> Vec<Arrival> {
    let inbox = view.inbox(session);
    let rows = view.timeline(session, true).into_iter();
    rows.filter_map(|row| arrival(session, &inbox, &row)).map(|(arrival, _)| arrival).collect()
}

fn arrival(session: &Session, inbox: &[Item], row: &TimelineRow) -> Option<(Arrival, String)> {
    let (line, day) = (&row.line, row.day);
    let message = inbox.iter().position(|item| item.entry == line.n);
    let is_notable = line.weight != "routine";
    if line.kind == DECISION_ASKED.name || !(message.is_some() || is_notable) {
        return None;
    }
    let (what, text, key) = match message {
        Some(at) => {
            let item = &inbox[at];
            let text = with_subject(&item.from, &item.text);
            let key = format!("message {} {}", item.form, item.from);
            (What::Message(at + 1, item.form.clone()), text, key)
        }
        None if line.kind == DECISION_TAKEN.name => {
            (What::Entry(line.lane.clone()), decided(session, line)?, String::new())
        }
        None => {
            let text = with_subject(&actor(&row.who), &line.says);
            (What::Entry(line.lane.clone()), text, key_of(line))
        }
    };
    let is_turning = line.weight == "milestone";
    let (date, time) = line.at.split_once(' ').unwrap_or((&line.at, ""));
    let weekday = session.sim().calendar().weekday(SimTime::from_ms(line.ms));
    let words = session.plan().scenario.language().words();
    let date = words.dated(weekday, date);
    let day = words.fill("{date}, day {day}", &[("date", &date), ("day", &day)]);
    let time = time.to_owned();
    Some((Arrival { day, time, is_turning, what, text }, key))
}

/// What makes two entries much the same: a belief is the newest of its proposition.
fn key_of(line: &Line) -> String {
    match line.kind.as_str() {
        "case.vendor-believes" => {
            let name = line.fields.get("name").and_then(|v| v.as_str()).unwrap_or_default();
            format!("belief {name}")
        }
        kind => kind.to_owned(),
    }
}

/// The decision that an entry says was taken.
fn decision_of(line: &Line) -> Option<&str> {
    let is_taken = line.kind == DECISION_TAKEN.name;
    is_taken.then(|| line.fields.get("decision").and_then(|v| v.as_str())).flatten()
}

fn by_people(session: &Session, line: &Line) -> bool {
    let name = decision_of(line);
    name.is_some_and(|name| session.state().taken.iter().any(|t| t.decision == name))
}

/// A decision, by whom it was taken.
fn decided(session: &Session, line: &Line) -> Option<String> {
    let name = decision_of(line)?;
    let scenario = &session.plan().scenario;
    let spec = scenario.decisions().iter().find(|d| d.name.as_str() == name)?;
    let option = line.fields.get("option").and_then(|v| v.as_str())?;
    let text = sentence(&spec.options.iter().find(|o| o.name.as_str() == option)?.text);
    let role = scenario.roles().iter().find(|r| r.name == spec.role);
    let title = role.map_or(spec.role.as_str(), |r| &r.title);
    let is_ours = session.plan().played.iter().any(|r| r == spec.role.as_str());
    let told = match (is_ours, by_people(session, line)) {
        (true, true) => "{ask} You decided: {text}",
        (true, false) => "{ask} The time ran out. So it is: {text}",
        (false, _) => "{who} decided: {text}",
    };
    let ask = sentence(&spec.ask);
    Some(
        session
            .plan()
            .scenario
            .language()
            .words()
            .fill(told, &[("ask", &ask), ("who", &title), ("text", &text)]),
    )
}

/// The same with much of a kind folded: first messages, the newest belief, turning points in full.
pub(super) fn folded(list: Vec<(Arrival, String)>) -> (Vec<Arrival>, Folded) {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for (_, key) in &list {
        *counts.entry(key.clone()).or_default() += 1;
    }
    let mut told: BTreeMap<String, usize> = BTreeMap::new();
    let mut folded = Folded::default();
    let mut shown = Vec::new();
    for (arrival, key) in list {
        let nth = told.entry(key.clone()).or_default();
        *nth += 1;
        let (nth, all) = (*nth, counts[&key]);
        let is_belief = key.starts_with("belief ");
        let is_shown = match &arrival.what {
            _ if key.is_empty() => true,
            What::Message(..) => nth <= MOST_MESSAGES || arrival.is_turning,
            What::Entry(_) if is_belief => nth == all,
            What::Entry(_) => nth <= MOST_ENTRIES || arrival.is_turning,
        };
        match (is_shown, &arrival.what) {
            (true, _) => shown.push(arrival),
            (false, What::Message(_, form)) => add(&mut folded.messages, form),
            // An older belief says nothing beside the newest.
            (false, What::Entry(_)) if is_belief => {}
            (false, What::Entry(_)) => folded.entries += 1,
        }
    }
    (shown, folded)
}

fn add(list: &mut Vec<(String, usize)>, form: &str) {
    match list.iter_mut().find(|(known, _)| known == form) {
        Some((_, n)) => *n += 1,
        None => list.push((form.to_owned(), 1)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arrival(what: What, key: &str, text: &str) -> (Arrival, String) {
        let arrival = Arrival {
            day: String::new(),
            time: String::new(),
            is_turning: false,
            what,
            text: text.to_owned(),
        };
        (arrival, key.to_owned())
    }

    #[test]
    fn much_of_the_same_is_folded() {
        let ticket = |n| arrival(What::Message(n, "ticket".to_owned()), "message ticket", "t");
        let belief = |p: &str| arrival(What::Entry("belief".to_owned()), "belief leak", p);
        let work = || arrival(What::Entry("response".to_owned()), "soc.looked", "looked");
        let mut list: Vec<_> = (1..=5).map(ticket).collect();
        list.extend([belief("10 %"), belief("40 %"), belief("60 %")]);
        list.extend((0..5).map(|_| work()));
        let (shown, folded) = folded(list);
        let texts: Vec<&str> = shown.iter().map(|a| a.text.as_str()).collect();
        assert_eq!(texts, ["t", "t", "60 %", "looked", "looked", "looked"]);
        assert_eq!(folded, Folded { messages: vec![("ticket".to_owned(), 3)], entries: 2 });
    }

    #[test]
    fn turning_points_are_never_folded() {
        let list = (0..6).map(|n| {
            let (mut arrival, key) = arrival(What::Entry("world".to_owned()), "k", "x");
            arrival.is_turning = n == 5;
            (arrival, key)
        });
        let (shown, left) = folded(list.collect());
        assert_eq!((shown.len(), left.entries), (4, 2));
        assert!(shown[3].is_turning);
    }
}
