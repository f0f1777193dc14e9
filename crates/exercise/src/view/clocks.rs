//! The clocks that run against the players: those that plugins declare, and the time limits of open
//! decisions.

use hotwash_engine::{ClockInfo, Entry, SimTime, Value};
use hotwash_scenario::Language;

use super::{Clock, View};
use crate::session::Session;
use crate::spoken;

impl View {
    /// Clocks that they see, the next to run out first: those that plugins declare, and the time limits
    /// of open decisions.
    pub fn clocks(&self, session: &Session) -> Vec<Clock> {
        let calendar = session.sim().calendar();
        let spoken = spoken::program(session);
        let mut clocks = self.declared_clocks(session);
        for card in self.cards(session) {
            clocks.push(Clock {
                label: spoken
                    .fill("{who} decides: {ask}", &[("who", &card.title), ("ask", &card.ask)]),
                since_ms: card.asked_ms,
                due_ms: card.due_ms,
                due: calendar.date_time(SimTime::from_ms(card.due_ms)),
                stopped_ms: None,
            });
        }
        clocks.sort_by_key(|clock| (clock.stopped_ms.is_some(), clock.due_ms));
        clocks
    }

    /// Clocks that plugins declare, by declaration.
    pub(crate) fn declared_clocks(&self, session: &Session) -> Vec<Clock> {
        let declared = session.sim().catalogue().clocks.iter();
        declared.flat_map(|info| self.counted(session, info)).collect()
    }

    /// The clocks of one declaration. What stops them stops all of them that run.
    fn counted(&self, session: &Session, info: &ClockInfo) -> Vec<Clock> {
        let mut clocks: Vec<Clock> = Vec::new();
        for entry in session.sim().journal().entries() {
            if info.stops.contains(&entry.kind.name) {
                let running = clocks.iter_mut().filter(|c| c.stopped_ms.is_none());
                running.for_each(|c| c.stopped_ms = Some(entry.at.ms()));
            }
            if info.starts == entry.kind.name && self.sees(session, entry) {
                clocks.extend(started(session, self.scenario(session).language(), info, entry));
            }
        }
        if info.stops.is_empty() {
            let now = session.sim().now().ms();
            let is_out = |c: &&mut Clock| c.due_ms <= now;
            clocks.iter_mut().filter(is_out).for_each(|c| c.stopped_ms = Some(c.due_ms));
        }
        clocks
    }
}

fn started(
    session: &Session,
    language: &Language,
    info: &ClockInfo,
    entry: &Entry,
) -> Option<Clock> {
    let calendar = session.sim().calendar();
    let is_meant = |(field, text): (&str, &str)| matches!(entry.field(field), Some(Value::Text(found)) if found.as_str() == text);
    if !info.only.is_none_or(is_meant) {
        return None;
    }
    let due = match entry.field(info.due)? {
        Value::Time(at) => *at,
        Value::Span(span) => entry.at + *span,
        Value::Text(date) => calendar.instant(date).ok()?,
        _ => return None,
    };
    let says = spoken::template(session.sim(), language, entry, info.says);
    let who = language.text(session.sim().catalogue().title(entry.who));
    Some(Clock {
        label: language.words().fill("{who}: {says}", &[("who", &who), ("says", &says)]),
        since_ms: entry.at.ms(),
        due_ms: due.ms(),
        due: calendar.date_time(due),
        stopped_ms: None,
    })
}
