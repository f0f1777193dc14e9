//! One person at the table: the clock runs until something is to be decided, and what is typed is done.

use hotwash_engine::{Fault, SimDuration, SimTime};
use hotwash_exercise::{
    Act, Advance, Card, ExerciseError, FACILITATOR, Refusal, Seat, Session, View,
};

use super::came;
use super::input::Input;
use super::typed::{Typed, Which};
use crate::exit::{self, Code, Failure};
use crate::text::{DIM, Page, session};
use crate::wall::wall_ms;

/// The person who plays.
pub(crate) const PLAYER: &str = "p1";
/// Things that come before somebody at a terminal is asked whether to go on: what fits a small screen.
const BREATH: usize = 7;
/// Entries that `timeline` shows when not all are asked for.
const LATEST: usize = 15;

/// How somebody left the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Left {
    /// The exercise has ended.
    Ended,
    /// Before its end.
    Early,
}

/// Where text goes.
#[derive(Debug)]
pub(crate) enum Paper {
    /// Standard output.
    Out,
    /// It is kept.
    Kept(String),
}

impl Paper {
    /// Writes a text.
    pub(crate) fn put(&mut self, text: &str) -> Result<(), Failure> {
        match self {
            Paper::Out => exit::print(text),
            Paper::Kept(kept) => {
                kept.push_str(text);
                Ok(())
            }
        }
    }
}

/// One person's sitting.
pub(crate) struct Sitting<'a> {
    pub(crate) session: Session,
    pub(super) input: &'a mut Input,
    pub(super) paper: &'a mut Paper,
    pub(super) page: Page,
    /// Entries of the journal that were told or passed over.
    seen: usize,
    /// The decision that the next answer is for.
    current: Option<String>,
    /// The card that was shown last, so that it is not shown twice.
    shown: Option<String>,
    /// Things told since somebody last typed.
    told: usize,
}

impl<'a> Sitting<'a> {
    /// Somebody sits down; `name` joins the session unless it has its player already.
    pub(crate) fn new(
        mut session: Session,
        name: &str,
        input: &'a mut Input,
        paper: &'a mut Paper,
    ) -> Result<Self, Failure> {
        let page = if input.is_script() { Page::new(80) } else { Page::of_terminal() };
        let page = page.speaking(session.plan().scenario.language().words());
        if session.state().people.is_empty() {
            let seats = session.plan().played.iter().cloned().map(Seat::Role).collect();
            let (person, name) = (PLAYER.to_owned(), name.to_owned());
            let join = Act::Join { person, name, seats };
            session.act(FACILITATOR, join, wall_ms()).map_err(|why| refused(&why))?;
        }
        let seen = session.lines().len();
        Ok(Sitting { session, input, paper, page, seen, current: None, shown: None, told: 0 })
    }

    /// Plays until the exercise has ended or somebody leaves.
    pub(crate) fn play(&mut self) -> Result<Left, Failure> {
        if self.session.state().endex_ms.is_some() {
            return Ok(Left::Ended);
        }
        self.open()?;
        loop {
            if self.session.is_over() {
                self.tell()?;
                self.put(&format!("\n{}\n", DIM.on(self.page.words.of("The scenario is over."))))?;
                return self.endex();
            }
            let cards = self.cards();
            self.turn(&cards)?;
            if cards.is_empty() && !self.is_asked() {
                self.run_on()?;
                continue;
            }
            let words = self.page.words;
            let prompt = if cards.is_empty() { words.of("go on> ") } else { words.of("decide> ") };
            let Some(line) = self.ask(prompt)? else {
                return self.dry(&cards);
            };
            self.told = 0;
            if let Some(left) = self.perform(&line, &cards)? {
                return Ok(left);
            }
        }
    }

    /// Whether to ask although nothing is open: a script's next line is no answer, or somebody at a
    /// terminal has much to read.
    fn is_asked(&mut self) -> bool {
        if let Some(line) = self.input.next_command() {
            return !matches!(Typed::read(line, self.page.words), Ok(Typed::Answer(_)));
        }
        matches!(self.input, Input::Terminal) && self.told >= BREATH
    }

    /// Nothing more is typed.
    fn dry(&mut self, cards: &[Card]) -> Result<Left, Failure> {
        let open = cards.first().map_or("", |card| &card.ask);
        if let Some(failure) = self.input.ended(open) {
            return Err(failure);
        }
        self.put("\n")?;
        Ok(Left::Early)
    }

    /// Does what a line asks for; says when somebody leaves.
    fn perform(&mut self, line: &str, cards: &[Card]) -> Result<Option<Left>, Failure> {
        let typed = match Typed::read(line, self.page.words) {
            Ok(typed) => typed,
            Err(why) => return self.complain(&why).map(|()| None),
        };
        match typed {
            Typed::Nothing if cards.is_empty() => self.run_on()?,
            Typed::Nothing => {}
            Typed::Help => self.put(&session::help(self.page))?,
            Typed::Go => self.run_on()?,
            Typed::Wait(span) => self.wait(span)?,
            Typed::Cards => {
                let current = self.current.as_deref();
                let text = session::cards(cards, current, self.session.now_ms(), self.page);
                self.put(&text)?;
            }
            Typed::Card(number) => match number.checked_sub(1).and_then(|n| cards.get(n)) {
                Some(card) => {
                    self.current = Some(card.name.clone());
                    self.shown = None;
                }
                None => {
                    let open = &cards.len();
                    let why = self.page.words.fill("open decisions: {n}", &[("n", open)]);
                    self.complain(&why)?;
                }
            },
            Typed::Back(which) => self.back(which.as_deref())?,
            Typed::Notes(text) => self.note(&text)?,
            Typed::End { is_sure } => {
                if is_sure || self.is_sure()? {
                    return self.endex().map(Some);
                }
            }
            Typed::Quit => return Ok(Some(Left::Early)),
            Typed::Answer(line) => self.answer(&line, cards)?,
            look => self.look(&look)?,
        }
        Ok(None)
    }

    /// Shows what lies on the desk.
    fn look(&mut self, typed: &Typed) -> Result<(), Failure> {
        let (view, page, now) = (self.view(), self.page, self.session.now_ms());
        let text = match typed {
            Typed::Inbox(which) => {
                let items = view.inbox(&self.session);
                match which {
                    Which::Latest => session::inbox(&items, false, page),
                    Which::All => session::inbox(&items, true, page),
                    Which::One(n) => match items.get(n - 1) {
                        Some(item) => session::message(*n, item, page),
                        None => {
                            let there = &items.len();
                            let why =
                                page.words.fill("the inbox has {n} messages", &[("n", there)]);
                            return self.complain(&why);
                        }
                    },
                }
            }
            Typed::Known => session::known(&view.ledger(&self.session), |ms| self.date(ms), page),
            Typed::Clocks => session::clocks(&view.clocks(&self.session), now, page),
            Typed::Timeline { all } => {
                let list = came::story(&self.session, &view);
                let first = if *all { 0 } else { list.len().saturating_sub(LATEST) };
                let mut text = session::in_full(&list[first..], page);
                if first > 0 {
                    text +=
                        &page.words.fill("{n} older entries: `timeline all`.", &[("n", &first)]);
                    text.push('\n');
                }
                text
            }
            _ => String::new(),
        };
        self.put(&text)
    }

    /// Shows the card that the next answer is for, unless it stands there.
    fn turn(&mut self, cards: &[Card]) -> Result<(), Failure> {
        let is_open = |name: &String| cards.iter().any(|card| card.name == *name);
        if !self.current.as_ref().is_some_and(is_open) {
            let next = cards.iter().min_by_key(|card| card.due_ms);
            self.current = next.map(|card| card.name.clone());
        }
        let card = cards.iter().find(|card| Some(&card.name) == self.current.as_ref());
        let Some(card) = card.filter(|card| Some(&card.name) != self.shown.as_ref()) else {
            return Ok(());
        };
        let ledger = self.view().ledger(&self.session);
        let (now, others) = (self.now(), cards.len() - 1);
        let now = (self.session.now_ms(), now.as_str());
        let text = session::card(card, &ledger, now, others, self.page);
        self.shown = Some(card.name.clone());
        self.put(&format!("\n{text}"))
    }

    /// Lets the clock run until something comes that whoever plays sees, a decision or the end; from a
    /// script or a pipe, until a decision or the end.
    fn run_on(&mut self) -> Result<(), Failure> {
        let is_read = matches!(self.input, Input::Terminal) || !self.session.open().is_empty();
        loop {
            let step = self.session.skip().map_err(|error| bug(&error))?;
            let news = came::since(&self.session, &self.view(), self.seen).len();
            if step.is_over || !step.asked.is_empty() || (is_read && news > 0) {
                return self.came_to(&step);
            }
        }
    }

    /// Lets the clock run for so long, or until a decision comes up.
    fn wait(&mut self, span: SimDuration) -> Result<(), Failure> {
        let now = SimTime::from_ms(self.session.now_ms());
        let step = self.session.advance(now + span).map_err(|error| bug(&error))?;
        self.came_to(&step)?;
        if step.asked.is_empty() && !step.is_over {
            let now = self.now();
            let text = self.page.words.fill("It is {now}.", &[("now", &now)]);
            self.put(&format!("{text}\n"))?;
        }
        Ok(())
    }

    /// The clock has stopped: what came is told, and the first of the new decisions is at hand.
    fn came_to(&mut self, step: &Advance) -> Result<(), Failure> {
        self.tell()?;
        if let Some(number) = step.asked.first() {
            let spec = &self.session.plan().scenario.decisions()[*number];
            self.current = Some(spec.name.as_str().to_owned());
        }
        // Only for coming back: what was done is kept when it is done.
        self.session
            .act(FACILITATOR, Act::Reached, wall_ms())
            .map(|_| ())
            .map_err(|why| refused(&why))
    }

    fn tell(&mut self) -> Result<(), Failure> {
        let news = came::since(&self.session, &self.view(), self.seen);
        self.seen = self.session.lines().len();
        let (list, folded) = came::folded(news);
        self.told += list.len();
        let text = session::arrivals(&list, &folded, self.page);
        match text.is_empty() {
            true => Ok(()),
            false => self.put(&format!("\n{text}")),
        }
    }

    fn open(&mut self) -> Result<(), Failure> {
        let view = self.view();
        let scenario = &self.session.plan().scenario;
        let played = |name: &str| self.session.plan().played.iter().any(|p| p == name);
        let roles = scenario.roles().iter().filter(|r| played(r.name.as_str()));
        let end = self.session.sim().span().1;
        let ledger = view.ledger(&self.session);
        let is_resumed = self.session.now_ms() > 0;
        let opening = session::Opening {
            title: view.title(&self.session).to_owned(),
            roles: roles.map(|r| r.title.clone()).collect(),
            has_others: scenario.decisions().iter().any(|d| !played(d.role.as_str())),
            now: self.now(),
            end: self.page.words.date(&self.session.sim().calendar().date(end)),
            known: session::known(&ledger, |ms| self.date(ms), self.page),
            situation: match scenario.briefing() {
                Some(briefing) if !is_resumed => {
                    briefing.text.split("\n\n").map(str::to_owned).collect()
                }
                _ => Vec::new(),
            },
            messages: view.inbox(&self.session).len(),
            is_resumed,
        };
        let text = session::opening(&opening, self.page);
        self.put(&text)
    }

    pub(super) fn forget_card(&mut self, next: Option<String>) {
        self.shown = None;
        self.current = next;
    }

    /// What was told is passed over: the journal is another one.
    pub(super) fn pass_over(&mut self) {
        self.seen = self.session.lines().len();
    }

    /// The position of the card that an answer without a decision's name is for.
    pub(super) fn at_hand(&self, cards: &[Card]) -> usize {
        let is_current = |card: &Card| Some(&card.name) == self.current.as_ref();
        cards.iter().position(is_current).unwrap_or(0)
    }

    /// Asks for a line and shows it where typing does not.
    pub(super) fn ask(&mut self, prompt: &str) -> Result<Option<String>, Failure> {
        if self.input.is_script() && prompt.ends_with("> ") {
            let _ = self.input.next_command();
        }
        self.read(prompt)
    }

    /// The same with blank lines counting as answers.
    pub(super) fn read(&mut self, prompt: &str) -> Result<Option<String>, Failure> {
        let Some(line) = (match self.input.is_echoed() {
            true => self.input.line()?,
            false => {
                self.put(prompt)?;
                self.input.line()?
            }
        }) else {
            return Ok(None);
        };
        if self.input.is_echoed() {
            self.put(&format!("{}\n", format!("{prompt}{line}").trim_end()))?;
        }
        Ok(Some(line))
    }

    /// Says what is wrong with the last line; of a script, ends with it.
    pub(super) fn complain(&mut self, why: &str) -> Result<(), Failure> {
        match self.input.blame(why) {
            Some(failure) => Err(failure),
            None => self.put(&format!("{}\n", session::sentence(why))),
        }
    }

    pub(super) fn put(&mut self, text: &str) -> Result<(), Failure> {
        self.paper.put(text)
    }

    pub(super) fn view(&self) -> View {
        View::of(&self.session, PLAYER)
    }

    pub(super) fn cards(&self) -> Vec<Card> {
        let cards = self.view().cards(&self.session);
        cards.into_iter().filter(|card| card.may_decide).collect()
    }

    pub(super) fn date(&self, ms: i64) -> String {
        self.page.words.date(&self.session.sim().calendar().date(SimTime::from_ms(ms)))
    }

    fn now(&self) -> String {
        let (calendar, at) = (self.session.sim().calendar(), self.session.now_ms());
        let at = SimTime::from_ms(at);
        self.page.words.dated(calendar.weekday(at), &calendar.date_time(at))
    }
}

/// An act that the program itself wanted and the session refuses.
pub(super) fn refused(why: &Refusal) -> Failure {
    let code = if matches!(why, Refusal::NotKept(_)) { Code::Io } else { Code::Bug };
    Failure::new(code, session::sentence(&why.to_string()))
}

fn bug(error: &ExerciseError) -> Failure {
    if let ExerciseError::Fault(fault @ Fault::Author { .. }) = error {
        return Failure::new(Code::Scenario, fault.to_string())
            .hint("this is a mistake of the scenario; what was played is kept");
    }
    Failure::new(Code::Bug, error.to_string()).hint("this is a bug of the model; please report it")
}

/// Whether somebody who sat alone left this session, so that they can go on alone.
pub(crate) fn is_alone(session: &Session) -> bool {
    let people = &session.state().people;
    people.is_empty() || (people.len() == 1 && people[0].id == PLAYER)
}

/// The text of an error, if a sentence must be made of it.
pub(super) fn told(refusal: &Refusal) -> Result<String, Failure> {
    match refusal {
        Refusal::NotKept(_) => Err(refused(refusal)),
        refusal => Ok(refusal.to_string()),
    }
}
