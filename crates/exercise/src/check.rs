//! Whether something may be done now: looked at before it is kept, so that whatever is in a session's
//! file can be done again.

use hotwash_incident::view::form;

use crate::act::Act;
use crate::error::Refusal;
use crate::rules;
use crate::seat::{FACILITATOR, Seat};
use crate::session::Session;

/// Longest text that somebody may write, in bytes.
const LONGEST: usize = 4_000;
/// Fastest pace: sixty days a second.
const FASTEST: i64 = 60 * 86_400_000;

impl Session {
    /// Whether something may be done now, by this person.
    pub(crate) fn check(&self, by: &str, act: &Act) -> Result<(), Refusal> {
        let decides = match act {
            Act::Decide { decision, .. } | Act::Vote { decision, .. } => {
                let number = self.decision(decision).ok();
                // Whether a decision is still to come, is over, or was made up is not for everybody.
                match number.filter(|n| self.open().iter().any(|open| open.number == *n)) {
                    None => return wrong("this decision is not open"),
                    open => open,
                }
            }
            _ => None,
        };
        let decisions = self.plan().scenario.decisions();
        rules::may(&self.seats(by), act, decides.map(|d| decisions[d].role.as_str()))?;
        if self.state().endex_ms.is_some() && is_for_play(act) {
            return wrong("the exercise has ended; branch the session to try something else");
        }
        match act {
            Act::Open(_) => wrong("the session is open"),
            Act::Join { person, name, seats } => self.check_joining(person, name, seats),
            Act::Reseat { person, seats } => match self.state().person(person) {
                None => wrong("nobody here has this id"),
                Some(_) => self.check_seats(seats),
            },
            Act::Run { pace } if !(1..=FASTEST).contains(pace) => {
                wrong("the pace must lie between a millisecond and sixty days a second")
            }
            Act::Decide { decision, option, confidence, reason } => {
                self.check_answer(decision, option, *confidence, reason)
            }
            Act::Vote { decision, option, confidence, reason } => {
                self.check_answer(decision, option, Some(*confidence), reason)
            }
            Act::ProposeRewind { decision } | Act::Rewind { decision } => {
                match self.asked_ms(decision) {
                    Some(ms) if ms >= 0 => Ok(()),
                    _ => wrong("this decision has not come up"),
                }
            }
            Act::Consent { .. } if self.state().rewind.is_none() => {
                wrong("nobody has proposed to go back")
            }
            _ => self.check_words(by, act),
        }
    }

    /// What people write, and what it is about.
    fn check_words(&self, by: &str, act: &Act) -> Result<(), Refusal> {
        match act {
            Act::Inject { inject } => match self.sim().inject_delivered(self.inject(inject)?) {
                Some(_) => wrong("this inject has been delivered"),
                None => Ok(()),
            },
            Act::Message { from, form, to, text } => {
                short(from)?;
                written(text)?;
                if !form::ALL.contains(&form.as_str()) {
                    return wrong("there is no such form of message");
                }
                crate::view::audience_of(self.plan(), to).map(|_| ())
            }
            Act::Share { entry } => match self.knows(by, *entry) {
                true => Ok(()),
                false => wrong("there is no such entry"),
            },
            Act::Note { text, entry } => match *entry == 0 || self.knows(by, *entry) {
                true => written(text),
                false => wrong("there is no such entry"),
            },
            Act::Expected { item, .. } => {
                self.decision(item).map(|_| ()).or_else(|_| self.inject(item).map(|_| ()))
            }
            Act::Rate { objective, comment, evidence, .. } => {
                short(comment)?;
                if !evidence.iter().all(|n| self.knows(by, *n)) {
                    return wrong("the evidence names an entry that does not exist");
                }
                let known = self.plan().scenario.objectives().iter();
                match known.map(|o| o.name.as_str()).any(|name| name == objective) {
                    true => Ok(()),
                    false => wrong("there is no such objective"),
                }
            }
            _ => Ok(()),
        }
    }

    fn check_answer(
        &self,
        decision: &str,
        option: &str,
        confidence: Option<u8>,
        reason: &str,
    ) -> Result<(), Refusal> {
        self.option(decision, option)?;
        if confidence.is_some_and(|c| !(1..=5).contains(&c)) {
            return wrong("confidence is a number from 1 to 5");
        }
        short(reason)
    }

    /// Whether somebody sees an entry: for whoever does not, it is as if it were not there.
    fn knows(&self, by: &str, entry: u32) -> bool {
        crate::View::of(self, by).sees_entry(self, entry)
    }

    fn check_joining(&self, person: &str, name: &str, seats: &[Seat]) -> Result<(), Refusal> {
        if person == FACILITATOR || self.state().person(person).is_some() {
            return wrong("somebody here has this id");
        }
        if name.trim().is_empty() || name.chars().count() > 60 {
            return wrong("a name has 1 to 60 characters");
        }
        if !name.chars().any(char::is_alphanumeric) || name.chars().any(is_unseen) {
            return wrong("a name is written with letters and digits that everybody can see");
        }
        self.check_seats(seats)
    }

    fn check_seats(&self, seats: &[Seat]) -> Result<(), Refusal> {
        let roles = self.plan().scenario.roles();
        for seat in seats {
            let is_known = match seat {
                Seat::Role(name) => roles.iter().any(|r| r.name.as_str() == name),
                Seat::Facilitator => false,
                Seat::Evaluator | Seat::Screen => true,
            };
            if !is_known {
                return Err(Refusal::Wrong(format!("there is no seat `{}`", seat.name())));
            }
        }
        Ok(())
    }

    pub(crate) fn decision(&self, name: &str) -> Result<usize, Refusal> {
        let known = self.plan().scenario.decisions().iter().position(|d| d.name.as_str() == name);
        known.ok_or_else(|| Refusal::Wrong(format!("no decision is called `{name}`")))
    }

    pub(crate) fn option(&self, decision: &str, option: &str) -> Result<(usize, usize), Refusal> {
        let number = self.decision(decision)?;
        let options = &self.plan().scenario.decisions()[number].options;
        let known = options.iter().position(|o| o.name.as_str() == option);
        let wrong = || Refusal::Wrong(format!("`{decision}` has no option `{option}`"));
        Ok((number, known.ok_or_else(wrong)?))
    }

    pub(crate) fn inject(&self, name: &str) -> Result<usize, Refusal> {
        let known = self.plan().scenario.injects().iter().position(|i| i.name.as_str() == name);
        known.ok_or_else(|| Refusal::Wrong(format!("no inject is called `{name}`")))
    }
}

fn wrong(why: &str) -> Result<(), Refusal> {
    Err(Refusal::Wrong(why.to_owned()))
}

/// What makes no sense once the exercise has ended.
fn is_for_play(act: &Act) -> bool {
    matches!(
        act,
        Act::Run { .. }
            | Act::Pause
            | Act::Reached
            | Act::Vote { .. }
            | Act::Decide { .. }
            | Act::Inject { .. }
            | Act::Message { .. }
            | Act::ProposeRewind { .. }
            | Act::Rewind { .. }
            | Act::Endex
    )
}

/// Letters that cannot be seen, or turn the direction of what stands beside them: with them one name
/// could look like another.
fn is_unseen(letter: char) -> bool {
    letter.is_control()
        || matches!(
            letter,
            '\u{ad}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{180e}' | '\u{200b}'
        )
        || matches!(letter, '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}')
        || matches!(letter, '\u{3164}' | '\u{feff}' | '\u{ffa0}')
}

/// A text of somebody's that is not too long.
fn short(text: &str) -> Result<(), Refusal> {
    if text.len() <= LONGEST {
        return Ok(());
    }
    Err(Refusal::Wrong(format!("a text has at most {LONGEST} bytes")))
}

/// The same, and not empty.
fn written(text: &str) -> Result<(), Refusal> {
    if text.trim().is_empty() {
        return wrong("the text is empty");
    }
    short(text)
}

#[cfg(test)]
mod tests {
    use super::is_unseen;

    #[test]
    fn what_nobody_sees_is_in_no_name() {
        for letter in ['\0', '\n', '\u{1b}', '\u{202e}', '\u{200b}', '\u{feff}', '\u{3164}'] {
            assert!(is_unseen(letter), "{letter:?}");
        }
        assert!("Zo\u{eb} O'Neil-\u{738b} \u{645}\u{200c}\u{6cc}".chars().all(|c| !is_unseen(c)));
    }
}
