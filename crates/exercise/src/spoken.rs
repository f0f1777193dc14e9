//! Entries of the journal in the language that a scenario speaks. The journal itself stays English: it is put
//! into words here, when somebody looks.

use hotwash_engine::{Entry, Simulation, Value};
use hotwash_scenario::{Language, Words};
use serde_json::Value as Json;

use crate::record::{self, Line};
use crate::session::Session;

/// Fields of entries that hold words for people. The others are names, which stay what they are.
const FOR_PEOPLE: [&str; 6] = ["ask", "evidence", "headline", "proposition", "text", "title"];

/// The journal of the simulation's current run, line by line, as people read it.
pub fn lines(sim: &Simulation, language: &Language) -> Vec<Line> {
    if language.is_english() {
        return record::lines(sim);
    }
    let entries = sim.journal().entries().iter();
    entries.map(|entry| line(sim, language, entry, &record::line(sim, entry))).collect()
}

/// An entry in its recorded form, with what is for people in the language.
pub(crate) fn line(sim: &Simulation, language: &Language, entry: &Entry, line: &Line) -> Line {
    let mut line = line.clone();
    if language.is_english() {
        return line;
    }
    line.says = template(sim, language, entry, entry.kind.says);
    for (name, value) in &mut line.fields {
        if let (true, Json::String(text)) = (FOR_PEOPLE.contains(&name.as_str()), &value) {
            *value = Json::String(language.text(text).into_owned());
        }
    }
    line
}

/// A template with the entry's fields, instants as dates.
pub(crate) fn template(sim: &Simulation, language: &Language, entry: &Entry, says: &str) -> String {
    language.sentence(says, |name| match entry.field(name)? {
        Value::Time(at) => Some(Value::Text(sim.calendar().date(*at))),
        other => Some(other.clone()),
    })
}

/// The language of a session.
pub(crate) fn language(session: &Session) -> &Language {
    session.plan().scenario.language()
}

/// The program's own words, in the session's language.
pub(crate) fn program(session: &Session) -> Words {
    language(session).words()
}

/// Whose doing an entry is, by the name that people know.
pub fn who(session: &Session, entry: &Entry) -> String {
    let language = language(session);
    let title = session.sim().catalogue().title(entry.who);
    if language.is_english() {
        return title.to_owned();
    }
    let mut roles = session.plan().scenario.roles().iter();
    if let Some(role) = roles.find(|role| role.name.as_str() == title) {
        return role.title.clone();
    }
    // Those of one country, which nobody has given a name of their own.
    match title.rsplit_once('-').filter(|(_, country)| country.len() == 2) {
        Some((what, country)) => {
            let what = language.text(what);
            format!("{what}\u{ff08}{}\u{ff09}", country.to_uppercase())
        }
        None => language.text(title).into_owned(),
    }
}

/// A template with the entry's fields, instants as dates.
pub(crate) fn words(session: &Session, entry: &Entry, says: &str) -> String {
    template(session.sim(), language(session), entry, says)
}

/// The entry's own sentence.
pub(crate) fn says(session: &Session, entry: &Entry, line: &Line) -> String {
    match language(session).is_english() {
        true => line.says.clone(),
        false => words(session, entry, entry.kind.says),
    }
}
