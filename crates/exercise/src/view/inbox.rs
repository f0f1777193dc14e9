//! What reaches somebody as a message: entries in the form that plugins give them, injects in
//! theirs, digests of what is too much to be read one by one, and the facilitator's own.

use std::collections::BTreeMap;

use hotwash_engine::{Audience, Digest, Entry, INJECT, SimDuration, SimTime, Value, Weight};
use hotwash_incident::view::form;
use hotwash_scenario::Language;

use super::{Item, View, audience_of};
use crate::record::Line;
use crate::session::Session;
use crate::spoken;
use crate::state::Message;

/// How long before STARTEX what is summed up is of interest.
const LOOK_BACK: SimDuration = SimDuration::from_days(28);

impl View {
    /// Their messages, oldest first.
    pub fn inbox(&self, session: &Session) -> Vec<Item> {
        let entries = session.sim().journal().entries().iter().zip(session.lines());
        let items = entries.filter_map(|(entry, line)| {
            let (form, says) = form_of(session, entry, line)?;
            self.sees(session, entry).then(|| item(session, entry, line, form, says))
        });
        let mut items: Vec<Item> = items.collect();
        for (kind, digest) in &session.sim().catalogue().digests {
            items.extend(self.digests(session, kind, digest));
        }
        items.extend(self.briefing(session));
        items.extend(self.messages(session));
        items.sort_by_key(|item| item.ms);
        items
    }

    /// What everybody at the table knows at STARTEX.
    fn briefing(&self, session: &Session) -> Option<Item> {
        let briefing = session.plan().scenario.briefing().filter(|_| self.is_at_table)?;
        Some(Item {
            id: "briefing".to_owned(),
            entry: 0,
            ms: 0,
            at: date_time(session, 0),
            form: form::MEMO.to_owned(),
            from: spoken::program(session).of("Briefing").to_owned(),
            text: briefing.text.clone(),
            is_shared: false,
            is_turning: true,
        })
    }

    fn messages(&self, session: &Session) -> Vec<Item> {
        let mine = session.state().messages.iter().filter(|message| {
            let audience = audience_of(session.plan(), &message.to).unwrap_or(Audience::NONE);
            self.sees_all || audience.meets(self.audience)
        });
        let item = |message: &Message| Item {
            id: format!("m{}", message.n),
            entry: 0,
            ms: message.ms,
            at: date_time(session, message.ms),
            form: message.form.clone(),
            from: message.from.clone(),
            text: message.text.clone(),
            is_shared: false,
            is_turning: true,
        };
        mine.map(item).collect()
    }

    /// One message for each period that is over and in which there was something to sum up.
    fn digests(&self, session: &Session, kind: &str, digest: &Digest) -> Vec<Item> {
        let language = session.plan().scenario.language();
        let every = digest.every.ms().max(1);
        let (now, end) = (session.sim().now().ms(), session.sim().span().1.ms());
        let mut periods: BTreeMap<i64, Gathered<'_>> = BTreeMap::new();
        for entry in session.sim().journal().entries() {
            if entry.kind.name == kind && self.sees(session, entry) {
                periods.entry(entry.at.ms().div_euclid(every)).or_default().add(entry);
            }
        }
        let due = |period: i64| ((period + 1) * every).min(end);
        let told = periods
            .into_iter()
            .filter(|(period, _)| due(*period) <= now && due(*period) >= -LOOK_BACK.ms());
        let item = |(period, gathered): (i64, Gathered<'_>)| Item {
            id: format!("d{}", gathered.first),
            entry: 0,
            ms: due(period),
            at: date_time(session, due(period)),
            form: digest.form.to_owned(),
            from: language.text(digest.from).into_owned(),
            text: gathered.says(language, digest.says),
            is_shared: false,
            is_turning: false,
        };
        told.map(item).collect()
    }
}

/// Entries of one kind, summed up.
#[derive(Default)]
struct Gathered<'a> {
    /// Number of the first.
    first: u32,
    entries: i64,
    sums: BTreeMap<&'a str, i64>,
}

impl<'a> Gathered<'a> {
    fn add(&mut self, entry: &'a Entry) {
        if self.entries == 0 {
            self.first = entry.id.0;
        }
        self.entries += 1;
        for (name, value) in &entry.fields {
            if let Value::Int(n) = value {
                *self.sums.entry(name).or_default() += n;
            }
        }
    }

    fn says(&self, language: &Language, template: &str) -> String {
        language.sentence(template, |name| match name {
            "entries" => Some(Value::Int(self.entries)),
            name => Some(Value::Int(self.sums.get(name).copied().unwrap_or(0))),
        })
    }
}

/// The form in which an entry reaches people as a message, if it does, and its words if they are not
/// the journal's.
fn form_of<'a>(
    session: &'a Session,
    entry: &Entry,
    line: &Line,
) -> Option<(&'a str, Option<&'static str>)> {
    if entry.kind.name == INJECT.name {
        return Some((inject(session, entry, line).map_or(form::MEMO, |spec| &spec.form), None));
    }
    let mut declared = session.sim().catalogue().inbox.iter();
    declared.find(|info| info.kind == entry.kind.name).map(|info| (info.form, info.says))
}

/// The inject that an entry delivers.
fn inject<'a>(
    session: &'a Session,
    entry: &Entry,
    line: &Line,
) -> Option<&'a hotwash_scenario::InjectSpec> {
    let name = line.fields.get("inject").filter(|_| entry.kind.name == INJECT.name)?.as_str()?;
    session.plan().scenario.injects().iter().find(|i| i.name.as_str() == name)
}

fn item(session: &Session, entry: &Entry, line: &Line, form: &str, says: Option<&str>) -> Item {
    let spec = inject(session, entry, line);
    let text = match says {
        Some(template) => spoken::words(session, entry, template),
        None => spoken::says(session, entry, line),
    };
    Item {
        id: format!("e{}", line.n),
        entry: line.n,
        ms: line.ms,
        at: line.at.clone(),
        form: form.to_owned(),
        from: spec.map_or_else(|| spoken::who(session, entry), |i| i.from.clone()),
        text: sentence(&text),
        is_shared: session.state().shared.contains(&line.n),
        is_turning: entry.kind.weight == Weight::Milestone,
    }
}

/// As the sentence of a letter: with a capital letter and an end.
fn sentence(text: &str) -> String {
    let mut letters = text.trim().chars();
    let mut out: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
    out.push_str(letters.as_str());
    let ends =
        ['.', '?', '!', '\u{2026}', ')', '"', '\u{3002}', '\u{ff1f}', '\u{300d}', '\u{ff09}'];
    if !out.is_empty() && !out.ends_with(ends) {
        out.push('.');
    }
    out
}

fn date_time(session: &Session, ms: i64) -> String {
    session.sim().calendar().date_time(SimTime::from_ms(ms))
}
