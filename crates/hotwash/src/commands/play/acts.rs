//! What somebody at the table does: decides, notes, goes back, ends.

use hotwash_exercise::{Act, Card, FACILITATOR};

use super::sitting::{Left, PLAYER, Sitting, refused, told};
use super::typed;
use crate::exit::Failure;
use crate::text::session::sentence;
use crate::text::value::panel::entry;
use crate::wall::wall_ms;

impl Sitting<'_> {
    /// Takes a line for an answer to a card.
    pub(super) fn answer(&mut self, line: &str, cards: &[Card]) -> Result<(), Failure> {
        if cards.is_empty() {
            return self.complain(&typed::no_question(line, self.page.words));
        }
        let answer = match typed::answer(line, cards, self.at_hand(cards), self.page.words) {
            Ok(answer) => answer,
            Err(why) => return self.complain(&why),
        };
        let card = &cards[answer.card];
        let (confidence, reason) = match answer.confidence {
            Some(sure) => (Some(sure), answer.reason),
            None => match self.sure_and_why()? {
                Some(both) => both,
                None => {
                    let text = self.page.words.of("Nothing was decided.");
                    return self.put(&format!("\n{text}\n"));
                }
            },
        };
        let option = &card.options[answer.option];
        let act = Act::Decide {
            decision: card.name.clone(),
            option: option.name.clone(),
            confidence,
            reason,
        };
        if let Err(refusal) = self.session.act(PLAYER, act, wall_ms()) {
            let why = told(&refusal)?;
            return self.complain(&why);
        }
        let text = sentence(&option.text);
        let text = self.page.words.fill("Decided: {option}", &[("option", &text)]);
        self.forget_card(None);
        let mut out = String::new();
        entry(&mut out, "", &text, self.page);
        self.put(&out)
    }

    /// How sure, and why: both may be left empty. Nothing at the end of what is typed.
    fn sure_and_why(&mut self) -> Result<Option<(Option<u8>, String)>, Failure> {
        let sure = loop {
            let Some(line) = self.read(self.page.words.of("How sure, 1 to 5? "))? else {
                return self.broken_off();
            };
            match typed::confidence(&line, self.page.words) {
                _ if line.is_empty() => break None,
                Ok(sure) => break Some(sure),
                Err(why) => self.complain(&why)?,
            }
        };
        let Some(why) = self.read(self.page.words.of("Why? "))? else { return self.broken_off() };
        Ok(Some((sure, why)))
    }

    fn broken_off<T>(&mut self) -> Result<Option<T>, Failure> {
        match self.input.ended("it asks how sure you are, and why; a blank line leaves it open") {
            Some(failure) => Err(failure),
            None => Ok(None),
        }
    }

    /// Keeps a note, or shows those kept.
    pub(super) fn note(&mut self, text: &str) -> Result<(), Failure> {
        if !text.is_empty() {
            let act = Act::Note { text: text.to_owned(), entry: 0 };
            return match self.session.act(PLAYER, act, wall_ms()) {
                Ok(_) => self.put(&format!("{}\n", self.page.words.of("Noted."))),
                Err(refusal) => {
                    let why = told(&refusal)?;
                    self.complain(&why)
                }
            };
        }
        let notes = &self.session.state().notes;
        if notes.is_empty() {
            let text = self.page.words.of("No notes so far; `notes TEXT` keeps one.");
            return self.put(&format!("{text}\n"));
        }
        let mut out = String::new();
        for note in notes {
            entry(&mut out, "  - ", &format!("{}: {}", self.date(note.ms), note.text), self.page);
        }
        self.put(&out)
    }

    /// Goes back to when a decision came up, or lists those to which one can.
    pub(super) fn back(&mut self, which: Option<&str>) -> Result<(), Failure> {
        let asks = self.taken();
        if asks.is_empty() {
            return self.complain(self.page.words.of("nothing has been decided so far"));
        }
        let Some(which) = which else {
            let mut out = String::new();
            for (number, (_, text)) in asks.iter().enumerate() {
                entry(&mut out, &format!("{:>3}  ", number + 1), text, self.page);
            }
            out += self.page.words.of("`back N` goes back to when it came up.");
            out.push('\n');
            return self.put(&out);
        };
        let by_number = which.parse::<usize>().ok().and_then(|n| asks.get(n.checked_sub(1)?));
        let found = by_number.or_else(|| asks.iter().find(|(name, _)| name == which));
        let Some((decision, _)) = found.cloned() else {
            let why = "`{what}` was not decided; `back` lists what was";
            let why = self.page.words.fill(why, &[("what", &which)]);
            return self.complain(&why);
        };
        let act = Act::Rewind { decision: decision.clone() };
        if let Err(refusal) = self.session.act(FACILITATOR, act, wall_ms()) {
            let why = told(&refusal)?;
            return self.complain(&why);
        }
        self.pass_over();
        self.forget_card(Some(decision));
        let now = self.date(self.session.now_ms());
        let text = "Back on {now}. What was done since is kept and counts no more.";
        self.put(&format!("{}\n", self.page.words.fill(text, &[("now", &now)])))
    }

    /// Decisions that were taken: name, and what was asked and taken.
    fn taken(&self) -> Vec<(String, String)> {
        let decisions = self.session.plan().scenario.decisions();
        let told = |taken: &hotwash_exercise::TakenDecision| {
            let spec = decisions.iter().find(|d| d.name.as_str() == taken.decision)?;
            let option = spec.options.iter().find(|o| o.name.as_str() == taken.option)?;
            let text = format!("{}: {} -> {}", self.date(taken.ms), spec.ask, option.text);
            Some((taken.decision.clone(), text))
        };
        self.session.state().taken.iter().filter_map(told).collect()
    }

    /// Asks before the exercise is ended.
    pub(super) fn is_sure(&mut self) -> Result<bool, Failure> {
        let words = self.page.words;
        let question =
            words.of("End the exercise here? It cannot be gone on with after that. (yes/no) ");
        let line = self.read(question)?.unwrap_or_default();
        let is_sure = ["yes", "y", words.of("yes")].contains(&line.to_lowercase().as_str());
        if !is_sure {
            self.put(&format!("{}\n", words.of("It goes on.")))?;
        }
        Ok(is_sure)
    }

    /// Ends the exercise: the policy decides whatever still comes up.
    pub(super) fn endex(&mut self) -> Result<Left, Failure> {
        if let Some(failure) = self.input.left_over() {
            return Err(failure);
        }
        self.session.act(FACILITATOR, Act::Endex, wall_ms()).map_err(|why| refused(&why))?;
        let now = self.date(self.session.now_ms());
        self.put(&self.page.words.fill("\nENDEX, {now}.\n\n", &[("now", &now)]))?;
        Ok(Left::Ended)
    }
}
