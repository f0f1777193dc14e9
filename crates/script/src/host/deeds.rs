//! What a script does in the world: journal entries, milestones, orders, evidence.

use hotwash_engine::{Cx, SimDuration, SimTime, Value};
use hotwash_incident::events::{OutsideTip, SecurityTold, Teller};

use super::{Answer, Deed, Desk, Host, Refusal, Sort, Word, find, finite, unknown, within};
use crate::build::Raised;
use crate::config::Recipient;
use crate::limits;

/// A value that a script puts into an entry.
#[derive(Clone, Debug)]
pub(crate) enum Given {
    /// A whole number.
    Int(i64),
    /// A number.
    Num(f64),
    /// Words.
    Text(String),
    /// A length of time in hours.
    Hours(f64),
    /// An instant, in hours since STARTEX.
    Instant(f64),
}

impl Given {
    fn value(self) -> Answer<Value> {
        Ok(match self {
            Given::Int(n) => Value::Int(n),
            Given::Num(n) => Value::Num(finite(n, "a value of the entry")?),
            Given::Text(text) if text.len() > limits::NOTE_BYTES => {
                let message = format!("a text of an entry is over {} bytes", limits::NOTE_BYTES);
                return Err(Refusal::new(message));
            }
            Given::Text(text) => Value::Text(text),
            Given::Hours(h) => {
                Value::Span(SimDuration::from_hours_f64(finite(h, "a length of time")?))
            }
            Given::Instant(h) => {
                let after = SimDuration::from_hours_f64(finite(h, "an instant")?);
                Value::Time(SimTime::STARTEX + after)
            }
        })
    }
}

impl Host {
    /// Writes a journal entry.
    pub(crate) fn note(&self, name: &str, given: Vec<(String, Given)>) -> Answer<()> {
        self.with(|declared, cx, desk| {
            let known = declared.entries.iter().map(|entry| entry.name.as_str());
            let entry = &declared.entries[find(Sort::Entry, name, known)?];
            let mut values = Vec::with_capacity(given.len());
            for (field, value) in given {
                let Some(known) = entry.fields.iter().find(|known| **known == field) else {
                    let fields = entry.fields.iter().copied();
                    let refusal = unknown("field", &field, fields);
                    let message = format!("the entry `{name}` has no field `{field:.60}`");
                    return Err(Refusal { message, ..refusal });
                };
                values.push((*known, value.value()?));
            }
            if let Some(missing) =
                entry.fields.iter().find(|field| values.iter().all(|(name, _)| name != *field))
            {
                let message = format!("the entry `{name}` needs the field `{missing}`");
                return Err(Refusal::new(message).hint("its sentence names it in braces"));
            }
            desk.account.notes += 1;
            if desk.account.notes > limits::NOTES_PER_INSTANT {
                let message = format!("over {} entries at one instant", limits::NOTES_PER_INSTANT);
                return Err(Refusal::new(message).hint("sum up what happened in one entry"));
            }
            desk.account.noted += 1;
            if desk.account.noted > limits::NOTES_PER_RUN {
                let message = format!("over {} entries in one run", limits::NOTES_PER_RUN);
                return Err(Refusal::new(message).hint("write what people should read, not all"));
            }
            cx.note(entry.kind, declared.actor, |mut note| {
                for (name, value) in values {
                    note = note.with(name, value);
                }
                note
            });
            Ok(())
        })
    }

    /// Reaches a milestone.
    pub(crate) fn reach(&self, name: &str) -> Answer<()> {
        self.with(|declared, cx, _| {
            let known = declared.milestones.iter().map(|(name, _)| name.as_str());
            cx.reach(declared.milestones[find(Sort::Milestone, name, known)?].1);
            Ok(())
        })
    }

    /// Gives orders that the scenario lays out.
    pub(crate) fn give(&self, name: &str) -> Answer<()> {
        self.with(|declared, cx, desk| {
            let known = declared.orders.iter().map(|(name, _)| name.as_str());
            let number = find(Sort::Order, name, known)?;
            count(desk)?;
            cx.give(&declared.orders[number].1);
            Ok(())
        })
    }

    /// Raises evidence.
    pub(crate) fn evidence(&self, name: &str, credibility: f64) -> Answer<()> {
        let credibility = within(credibility, "how far it is believed", 0.0, 1.0)?;
        self.with(|declared, cx, desk| {
            let known = declared.evidence.iter().map(|raised| raised.name.as_str());
            let number = find(Sort::Evidence, name, known)?;
            count(desk)?;
            let raised = &declared.evidence[number];
            match raised.teller() {
                Some(teller) => tell(cx, raised, teller, credibility)?,
                None if matches!(raised.to, Recipient::Tip) => {
                    first_signal(cx, raised);
                    cx.send(OutsideTip { evidence: raised.id, credibility });
                }
                None => desk.deeds.push(Deed::Shown(number, credibility, cx.cause())),
            }
            Ok(())
        })
    }
}

fn count(desk: &mut Desk) -> Answer<()> {
    desk.given += 1;
    if desk.given <= limits::DEEDS_PER_CALL {
        return Ok(());
    }
    let message =
        format!("over {} orders and pieces of evidence in one call", limits::DEEDS_PER_CALL);
    Err(Refusal::new(message).hint("this looks like a loop that does not end"))
}

fn tell(cx: &mut Cx, raised: &Raised, by: Teller, credibility: f64) -> Answer<()> {
    let Some(matter) = raised.matter else {
        let message = format!("no matter of the case is about the evidence `{}`", raised.name);
        return Err(Refusal::new(message));
    };
    first_signal(cx, raised);
    cx.send(SecurityTold { matter, by, evidence: raised.id, credibility });
    Ok(())
}

/// Something that points at a breach has reached the vendor, whether it is heard or not.
fn first_signal(cx: &mut Cx, raised: &Raised) {
    if let Some(signal) = raised.signal {
        cx.reach(signal);
    }
}

impl Word<'_> {
    /// As a value of an entry, if it can be one.
    pub(crate) fn given(self) -> Option<Given> {
        Some(match self {
            Word::Int(n) => Given::Int(n),
            Word::Num(n) => Given::Num(n),
            Word::Text(text) => Given::Text(text.to_owned()),
            Word::Flag(flag) => Given::Text(if flag { "yes" } else { "no" }.to_owned()),
            Word::Nothing | Word::Pair(..) => return None,
        })
    }
}
