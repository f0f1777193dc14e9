//! Forms as acts: the one place where what a browser sends becomes something that is done.

use hotwash_exercise::{Act, Rating, Seat};

/// A form's fields as they were sent; a name may come several times.
#[derive(Clone, Debug, Default)]
pub(crate) struct Fields(pub(crate) Vec<(String, String)>);

/// What a form asks for.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Asked {
    /// An act of the session.
    Act(Act),
    /// To go to the next thing that matters.
    Skip,
    /// To go back to a decision.
    Rewind { decision: String, all_the_same: bool },
    /// A new session that begins with this one's first records.
    Branch { until: u64 },
}

impl Fields {
    /// A field's text without white space around it; empty where there is none. Of several the last, so
    /// that the button pressed wins over what the form has for those who press none.
    pub(crate) fn one(&self, name: &str) -> &str {
        let found = self.0.iter().rev().find(|(n, _)| n == name);
        found.map_or("", |(_, value)| value.trim())
    }

    /// The texts of a field that may come several times.
    pub(crate) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        let named = self.0.iter().filter(move |(n, _)| n == name);
        named.map(|(_, value)| value.trim()).filter(|value| !value.is_empty())
    }

    /// A text that somebody wrote, without what no document can hold and no page can show.
    fn owned(&self, name: &str) -> String {
        let is_shown = |c: &char| !c.is_control() || matches!(c, '\n' | '\t');
        self.one(name).chars().filter(is_shown).collect()
    }

    fn needed(&self, name: &str, what: &str) -> Result<String, String> {
        match self.one(name) {
            "" => Err(format!("choose {what} first")),
            text => Ok(text.to_owned()),
        }
    }

    fn number<N: std::str::FromStr>(&self, name: &str, what: &str) -> Result<N, String> {
        self.one(name).parse().map_err(|_| format!("{what} is a number"))
    }

    /// A number that may be left out.
    fn number_or<N: std::str::FromStr>(&self, name: &str, what: &str, or: N) -> Result<N, String> {
        if self.one(name).is_empty() { Ok(or) } else { self.number(name, what) }
    }

    /// The seats of a form.
    pub(crate) fn seats(&self) -> Vec<Seat> {
        let mut seats: Vec<Seat> = self.all("seats").map(seat).collect();
        seats.sort();
        seats.dedup();
        seats
    }
}

/// A seat by its name; a role's may be written with `role:` in front, and must be where it has the name
/// of another seat.
fn seat(name: &str) -> Seat {
    match name {
        "facilitator" => Seat::Facilitator,
        "evaluator" => Seat::Evaluator,
        "screen" => Seat::Screen,
        _ => Seat::Role(name.strip_prefix("role:").unwrap_or(name).to_owned()),
    }
}

/// What a form asks for; none when there is no such verb.
pub(crate) fn asked(verb: &str, form: &Fields) -> Option<Result<Asked, String>> {
    Some(match verb {
        "decide" => answer(form, |decision, option, confidence, reason| Act::Decide {
            decision,
            option,
            confidence,
            reason,
        }),
        "vote" => answer(form, |decision, option, confidence, reason| Act::Vote {
            decision,
            option,
            confidence: confidence.unwrap_or(0),
            reason,
        }),
        "run" => form.number("pace", "the pace").map(|pace| Asked::Act(Act::Run { pace })),
        "pause" => Ok(Asked::Act(Act::Pause)),
        "skip" => Ok(Asked::Skip),
        "inject" => {
            form.needed("inject", "an inject").map(|inject| Asked::Act(Act::Inject { inject }))
        }
        "message" => Ok(Asked::Act(Act::Message {
            from: form.owned("from"),
            form: form.owned("form"),
            to: form.all("to").map(str::to_owned).collect(),
            text: form.owned("text"),
        })),
        "share" => form.number("entry", "the entry").map(|entry| Asked::Act(Act::Share { entry })),
        "note" => form
            .number_or("entry", "the entry", 0)
            .map(|entry| Asked::Act(Act::Note { text: form.owned("text"), entry })),
        "expected" => expected(form),
        "rate" => rate(form),
        "propose-rewind" => form
            .needed("decision", "a decision")
            .map(|decision| Asked::Act(Act::ProposeRewind { decision })),
        "consent" => {
            yes_or_no(form.one("agrees")).map(|agrees| Asked::Act(Act::Consent { agrees }))
        }
        "rewind" => form.needed("decision", "a decision").map(|decision| Asked::Rewind {
            decision,
            all_the_same: form.one("override") == "yes",
        }),
        "endex" if form.one("confirm") == "yes" => Ok(Asked::Act(Act::Endex)),
        "endex" => Err("confirm first that the exercise is to end".to_owned()),
        "reseat" => form
            .needed("person", "somebody")
            .map(|person| Asked::Act(Act::Reseat { person, seats: form.seats() })),
        "branch" => form.number("record", "the record").map(|until| Asked::Branch { until }),
        _ => return None,
    })
}

fn answer(
    form: &Fields,
    act: impl FnOnce(String, String, Option<u8>, String) -> Act,
) -> Result<Asked, String> {
    let decision = form.needed("decision", "a decision")?;
    let option = form.needed("option", "an option")?;
    let confidence = match form.one("confidence") {
        "" => None,
        _ => Some(form.number("confidence", "confidence")?),
    };
    Ok(Asked::Act(act(decision, option, confidence, form.owned("reason"))))
}

fn expected(form: &Fields) -> Result<Asked, String> {
    let met = match form.one("met") {
        "clear" => None,
        met => Some(yes_or_no(met)?),
    };
    Ok(Asked::Act(Act::Expected { item: form.needed("item", "a row")?, met }))
}

fn rate(form: &Fields) -> Result<Asked, String> {
    let rating = match form.one("rating") {
        "clear" => None,
        letter => {
            let known = Rating::ALL.into_iter().find(|r| r.letter().to_string() == letter);
            Some(known.ok_or("choose a rating first: P, S, M or U")?)
        }
    };
    let entry = |text: &str| text.parse().map_err(|_| format!("`{text}` is no entry's number"));
    let evidence: Result<Vec<u32>, String> = form.all("evidence").map(entry).collect();
    Ok(Asked::Act(Act::Rate {
        objective: form.needed("objective", "an objective")?,
        rating,
        comment: form.owned("comment"),
        evidence: evidence?,
    }))
}

fn yes_or_no(text: &str) -> Result<bool, String> {
    match text {
        "yes" => Ok(true),
        "no" => Ok(false),
        _ => Err("answer yes or no".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(list: &[(&str, &str)]) -> Fields {
        Fields(list.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect())
    }

    #[test]
    fn every_verb_is_read() {
        let form = fields(&[
            ("decision", "d"),
            ("option", " o "),
            ("confidence", "4"),
            ("reason", "r"),
            ("pace", "3600000"),
            ("inject", "i"),
            ("from", "f"),
            ("form", "email"),
            ("text", "t"),
            ("to", "soc-lead"),
            ("to", "counsel"),
            ("entry", "7"),
            ("item", "x"),
            ("met", "no"),
            ("objective", "ob"),
            ("rating", "M"),
            ("evidence", "1"),
            ("evidence", "2"),
            ("agrees", "yes"),
            ("override", "yes"),
            ("confirm", "yes"),
            ("person", "p1"),
            ("seats", "role:evaluator"),
            ("seats", "evaluator"),
            ("record", "3"),
        ]);
        let verbs = [
            "decide",
            "vote",
            "run",
            "pause",
            "skip",
            "inject",
            "message",
            "share",
            "note",
            "expected",
            "rate",
            "propose-rewind",
            "consent",
            "rewind",
            "endex",
            "reseat",
            "branch",
        ];
        for verb in verbs {
            assert!(matches!(asked(verb, &form), Some(Ok(_))), "{verb}");
        }
        assert_eq!(asked("open", &form), None);
        let Some(Ok(Asked::Act(Act::Decide { option, confidence, .. }))) = asked("decide", &form)
        else {
            panic!("no decision")
        };
        assert_eq!((option.as_str(), confidence), ("o", Some(4)));
        let Some(Ok(Asked::Act(Act::Reseat { seats, .. }))) = asked("reseat", &form) else {
            panic!("no seats")
        };
        assert_eq!(seats, [Seat::Role("evaluator".to_owned()), Seat::Evaluator]);
    }

    #[test]
    fn what_no_document_can_hold_is_left_out() {
        let form = fields(&[("text", "one\r\ntwo\t\u{0}\u{1b}[31m\u{b}")]);
        let Some(Ok(Asked::Act(Act::Note { text, .. }))) = asked("note", &form) else {
            panic!("no note")
        };
        assert_eq!(text, "one\ntwo\t[31m");
    }

    #[test]
    fn what_is_missing_is_named() {
        let empty = Fields::default();
        assert_eq!(asked("decide", &empty), Some(Err("choose a decision first".to_owned())));
        assert!(matches!(asked("endex", &empty), Some(Err(_))));
        assert!(matches!(asked("rate", &fields(&[("rating", "X")])), Some(Err(_))));
        assert!(matches!(asked("run", &fields(&[("pace", "fast")])), Some(Err(_))));
    }
}
