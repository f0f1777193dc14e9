//! What a typed line asks for.

use hotwash_engine::{SimDuration, nearest};
use hotwash_exercise::Card;
use hotwash_scenario::Words;

/// All commands, for hints.
const COMMANDS: [&str; 13] = [
    "help", "go", "wait", "inbox", "known", "clocks", "timeline", "cards", "card", "notes", "back",
    "end", "quit",
];

/// What a line asks for.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Typed {
    Nothing,
    Help,
    Go,
    Wait(SimDuration),
    /// The latest messages, all, or one in full.
    Inbox(Which),
    Known,
    Clocks,
    Timeline {
        all: bool,
    },
    Cards,
    Card(usize),
    Notes(String),
    /// A decision by its number among those taken or its name; all of them when there is none.
    Back(Option<String>),
    End {
        is_sure: bool,
    },
    Quit,
    /// Perhaps an answer.
    Answer(String),
}

/// Which messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Which {
    Latest,
    All,
    One(usize),
}

/// An answer to a decision, as far as it was said in one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Answer {
    /// Position of the card.
    pub(super) card: usize,
    /// Position of the option.
    pub(super) option: usize,
    /// How sure, if it was said.
    pub(super) confidence: Option<u8>,
    /// Why; asked for unless how sure was said.
    pub(super) reason: String,
}

impl Typed {
    /// Reads a line; what is no command is taken for an answer.
    pub(super) fn read(line: &str, words: Words) -> Result<Typed, String> {
        let (word, rest) = line.split_once(' ').map_or((line, ""), |(w, r)| (w, r.trim()));
        let number = || rest.parse::<usize>().ok().filter(|n| *n > 0);
        Ok(match (word.to_lowercase().as_str(), rest) {
            ("", _) => Typed::Nothing,
            ("help" | "?", "") => Typed::Help,
            ("go", "") => Typed::Go,
            ("wait", "") => {
                return Err(words.of("how long? Such as `wait 3d` or `wait 12h`").to_owned());
            }
            ("wait", span) => Typed::Wait(time(span, words)?),
            ("inbox", "") => Typed::Inbox(Which::Latest),
            ("inbox", "all") => Typed::Inbox(Which::All),
            ("inbox", _) => match number() {
                Some(n) => Typed::Inbox(Which::One(n)),
                None => return Err(words.of("type `inbox`, `inbox all` or `inbox 3`").to_owned()),
            },
            ("known", "") => Typed::Known,
            ("clocks", "") => Typed::Clocks,
            ("timeline", "") => Typed::Timeline { all: false },
            ("timeline", "all") => Typed::Timeline { all: true },
            ("cards" | "card", "") => Typed::Cards,
            ("card", _) => match number() {
                Some(n) => Typed::Card(n),
                None => return Err(words.of("type `cards` or `card 2`").to_owned()),
            },
            ("notes" | "note", text) => Typed::Notes(text.to_owned()),
            ("back", "") => Typed::Back(None),
            ("back", which) => Typed::Back(Some(which.to_owned())),
            ("end", "") => Typed::End { is_sure: false },
            ("end", "now") => Typed::End { is_sure: true },
            ("quit" | "exit", "") => Typed::Quit,
            _ => Typed::Answer(line.to_owned()),
        })
    }
}

/// A length of time that lies ahead.
fn time(text: &str, words: Words) -> Result<SimDuration, String> {
    let span: SimDuration = text.parse()?;
    match span.ms() {
        ms if ms < 60_000 => Err(words.of("wait for a minute at least").to_owned()),
        _ => Ok(span),
    }
}

/// Reads `2`, `OPTION`, `DECISION OPTION`, each with a confidence and a reason behind it if wanted.
/// Numbers and options alone answer the card at `current`.
pub(super) fn answer(
    line: &str,
    cards: &[Card],
    current: usize,
    tongue: Words,
) -> Result<Answer, String> {
    let mut words = line.split(' ').filter(|w| !w.is_empty());
    let mut word = words.next().unwrap_or_default();
    let mut at = current;
    if let Some(named) = cards.iter().position(|c| c.name == word)
        && option(&cards[at], word).is_none()
    {
        at = named;
        word = words.next().ok_or_else(|| {
            tongue.fill("which option of it? {legal}", &[("legal", &legal(&cards[at], tongue))])
        })?;
    }
    let card = &cards[at];
    let Some(option) = option(card, word) else { return Err(unknown(word, card, tongue)) };
    let mut answer = Answer { card: at, option, confidence: None, reason: String::new() };
    if let Some(sure) = words.next() {
        answer.confidence = Some(confidence(sure, tongue)?);
        answer.reason = words.collect::<Vec<_>>().join(" ");
    }
    Ok(answer)
}

fn option(card: &Card, word: &str) -> Option<usize> {
    let by_number = word.parse::<usize>().ok().and_then(|n| n.checked_sub(1));
    let by_number = by_number.filter(|n| *n < card.options.len());
    by_number.or_else(|| card.options.iter().position(|o| o.name == word))
}

/// How sure somebody is.
pub(super) fn confidence(text: &str, words: Words) -> Result<u8, String> {
    let number = text.parse().ok().filter(|n| (1..=5).contains(n));
    let wrong = || words.of("how sure you are is a number from 1 (a guess) to 5 (sure)").to_owned();
    number.ok_or_else(wrong)
}

/// What a card can be answered with.
fn legal(card: &Card, words: Words) -> String {
    match card.options.len() {
        1 => words.of("type 1").to_owned(),
        n => words.fill("type a number from 1 to {n}", &[("n", &n)]),
    }
}

/// A guess at what was meant, if there is one.
fn meant<'a>(word: &str, known: impl Iterator<Item = &'a str>, words: Words) -> String {
    let meant = |near: &str| words.fill("did you mean `{near}`? ", &[("near", &near)]);
    nearest(word, known).map_or_else(String::new, meant)
}

fn unknown(word: &str, card: &Card, words: Words) -> String {
    let known = card.options.iter().map(|o| o.name.as_str()).chain(COMMANDS);
    words.fill(
        "`{word}` is neither an option nor a command: {near}{legal}, or `help`",
        &[("word", &word), ("near", &meant(word, known, words)), ("legal", &legal(card, words))],
    )
}

/// What is wrong with an answer while no decision is open.
pub(super) fn no_question(word: &str, words: Words) -> String {
    words.fill(
        "no decision is open: {near}`go` lets the clock run on, `help` lists the commands",
        &[("near", &meant(word, COMMANDS.into_iter(), words))],
    )
}

#[cfg(test)]
mod tests {
    use hotwash_exercise::CardOption;

    use super::*;

    fn card(name: &str, options: &[&str]) -> Card {
        let option = |name: &&str| CardOption {
            name: (*name).to_owned(),
            text: String::new(),
            votes: Vec::new(),
        };
        Card {
            name: name.to_owned(),
            ask: String::new(),
            role: String::new(),
            title: String::new(),
            options: options.iter().map(option).collect(),
            asked_ms: 0,
            due_ms: 0,
            due: String::new(),
            default: 0,
            expected: None,
            objective: String::new(),
            may_decide: true,
            may_vote: true,
            my_vote: None,
        }
    }

    fn cards() -> [Card; 2] {
        [card("last-day", &["cake", "accounts"]), card("letter", &["nobody", "staff", "letter"])]
    }

    #[test]
    fn commands_are_read() {
        let read = |line: &str| Typed::read(line, Words::ENGLISH);
        assert_eq!(read("wait 1d 12h"), Ok(Typed::Wait(SimDuration::from_hours(36))));
        assert_eq!(read("INBOX 7"), Ok(Typed::Inbox(Which::One(7))));
        assert_eq!(read("notes  who knew? "), Ok(Typed::Notes("who knew?".to_owned())));
        assert_eq!(read("back"), Ok(Typed::Back(None)));
        assert_eq!(read("end now"), Ok(Typed::End { is_sure: true }));
        assert_eq!(read("2 4 why not"), Ok(Typed::Answer("2 4 why not".to_owned())));
        assert_eq!(read("").unwrap(), Typed::Nothing);
        for wrong in ["wait", "wait 3", "wait -3d", "wait 1s", "inbox x", "inbox 0", "card x"] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn answers_are_numbers_or_names_with_or_without_the_decision() {
        let cards = cards();
        let of = |line: &str| {
            answer(line, &cards, 0, Words::ENGLISH).map(|a| (a.card, a.option, a.confidence))
        };
        assert_eq!(of("2"), Ok((0, 1, None)));
        assert_eq!(of("cake"), Ok((0, 0, None)));
        assert_eq!(of("letter staff 3 they must know"), Ok((1, 1, Some(3))));
        assert_eq!(
            answer("1 5  he may  come back", &cards, 0, Words::ENGLISH).unwrap().reason,
            "he may come back"
        );
        // An option of the card at hand wins over a decision of the same name.
        let of = answer("letter", &cards, 1, Words::ENGLISH).unwrap();
        assert_eq!((of.card, of.option), (1, 2));
    }

    #[test]
    fn what_cannot_be_meant_is_refused_with_what_can() {
        let cards = cards();
        let of = |line: &str| answer(line, &cards, 0, Words::ENGLISH).unwrap_err();
        assert!(of("3").contains("from 1 to 2"), "{}", of("3"));
        assert!(of("acounts").contains("did you mean `accounts`?"));
        assert!(of("inbx").contains("did you mean `inbox`?"));
        assert!(of("letter").contains("which option of it? type a number from 1 to 3"));
        assert!(of("1 six").contains("1 (a guess) to 5"));
        assert!(no_question("gp", Words::ENGLISH).contains("did you mean `go`?"));
    }
}
