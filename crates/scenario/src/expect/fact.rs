//! Facts: what may be said of one run. The words that authors write, checked against the shape of their
//! text; what they mean in a run is in `probe`.

use hotwash_engine::{Calendar, SimDuration, SimTime};
use hotwash_incident::Party;
use hotwash_incident::statement::Polarity;
use serde::Deserialize;

use super::read::Book;
use crate::diagnostic::DiagnosticKind as Is;
use crate::locate;
use crate::read::{Reader, did_you_mean};
use crate::tree::{Node, Shape};

/// The bounds of a number.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
pub enum Bound {
    /// Not less.
    AtLeast(f64),
    /// Not more.
    AtMost(f64),
    /// Neither less than the first nor more than the second.
    Between(f64, f64),
    /// This number, as near as numbers of this size are told apart.
    Exactly(f64),
}

impl Bound {
    /// Whether a number keeps them.
    pub fn holds(self, value: f64) -> bool {
        match self {
            Bound::AtLeast(low) => value >= low,
            Bound::AtMost(high) => value <= high,
            Bound::Between(low, high) => (low..=high).contains(&value),
            Bound::Exactly(wanted) => {
                (value - wanted).abs() <= 1e-9 * wanted.abs().max(value.abs()).max(1.0)
            }
        }
    }

    /// The lowest and the highest number that keep them.
    pub fn ends(self) -> (f64, f64) {
        match self {
            Bound::AtLeast(low) => (low, f64::INFINITY),
            Bound::AtMost(high) => (f64::NEG_INFINITY, high),
            Bound::Between(low, high) => (low, high),
            Bound::Exactly(wanted) => (wanted, wanted),
        }
    }

    pub(super) fn is_sound(self) -> bool {
        match self {
            Bound::AtLeast(n) | Bound::AtMost(n) | Bound::Exactly(n) => n.is_finite(),
            Bound::Between(low, high) => low.is_finite() && high.is_finite() && low <= high,
        }
    }
}

/// Something that comes about at one instant of a run, or never.
#[derive(Clone, Debug, PartialEq)]
pub enum Happening {
    /// A milestone is reached.
    Reached(String),
    /// A decision comes up, by its number in the scenario.
    Asked(usize),
    /// An option is taken in it.
    Decided(usize, usize),
    /// A proposition becomes true.
    True(String),
    /// The vendor comes to know a proposition, by the case's measure of knowing.
    Known(String),
    /// The vendor says in public that a proposition is so, or that it is not, as readers take it.
    Claimed(Polarity, String),
    /// A statement goes out.
    Released(String),
    /// An inject is delivered, by its number in the scenario.
    Delivered(usize),
}

/// A number that a run has at every instant.
#[derive(Clone, Debug, PartialEq)]
pub enum Level {
    /// A metric's value.
    Metric(String),
    /// A party's probability for a proposition.
    Belief(Party, String),
}

/// What is said of a run.
#[derive(Clone, Debug, PartialEq)]
pub enum Fact {
    /// It comes about.
    Happens(Happening),
    /// It comes about, at this instant at the latest.
    By(SimTime, Happening),
    /// It does not come about before this instant; perhaps never.
    NotBefore(SimTime, Happening),
    /// Both come about, the second at or after the first and at most so long after it.
    Within(SimDuration, Happening, Happening),
    /// All come about, none before the one named ahead of it.
    InOrder(Vec<Happening>),
    /// A number keeps its bounds, at this instant or at the end.
    Holds(Option<SimTime>, Level, Bound),
    /// All of these.
    All(Vec<Fact>),
    /// At least one.
    Any(Vec<Fact>),
    /// Not this.
    Not(Box<Fact>),
}

/// A fact as an author writes it.
#[derive(Debug, Deserialize)]
pub(super) enum RawFact {
    Reached(String),
    Asked(String),
    Decided(String, String),
    True(String),
    Known(String),
    Claimed(Polarity, String),
    Released(String),
    Delivered(String),
    By(String, Box<RawFact>),
    NotBefore(String, Box<RawFact>),
    Within(SimDuration, Box<RawFact>, Box<RawFact>),
    InOrder(Vec<RawFact>),
    At(String, Box<RawFact>),
    Metric(String, Bound),
    Belief(Party, String, Bound),
    All(Vec<RawFact>),
    Any(Vec<RawFact>),
    Not(Box<RawFact>),
}

/// Resolves facts against what a scenario says of itself, and reports what is wrong at its place.
pub(super) struct Resolver<'a, 'b> {
    pub(super) reader: &'a mut Reader<'b>,
    pub(super) book: &'a Book<'a>,
    /// Names that need a simulation to be checked, also those in facts that are wrong otherwise.
    pub(super) named: &'a mut Vec<Named>,
}

/// A name that needs a simulation to be checked: its sort and where it stands.
#[derive(Clone, Debug)]
pub(super) struct Named {
    pub(super) sort: &'static str,
    pub(super) name: String,
    pub(super) span: std::ops::Range<usize>,
}

impl Resolver<'_, '_> {
    /// A fact and its node; nothing when it is wrong, which has been reported then.
    pub(super) fn fact(&mut self, raw: RawFact, node: &Node) -> Option<Fact> {
        let parts = node.children();
        let part = |at: usize| parts.get(at).copied().unwrap_or(node);
        match raw {
            RawFact::By(time, inner) => {
                let at = self.moment(&time, part(0), DayEdge::End);
                let inner = self.happening(*inner, part(1), "By");
                Some(Fact::By(at?, inner?))
            }
            RawFact::NotBefore(time, inner) => {
                let at = self.moment(&time, part(0), DayEdge::Start);
                let inner = self.happening(*inner, part(1), "NotBefore");
                Some(Fact::NotBefore(at?, inner?))
            }
            RawFact::Within(span, from, to) => {
                if span < SimDuration::ZERO {
                    self.wrong(part(0), "a time within which something comes is not negative");
                    return None;
                }
                let from = self.happening(*from, part(1), "Within");
                let to = self.happening(*to, part(2), "Within");
                Some(Fact::Within(span, from?, to?))
            }
            RawFact::InOrder(list) => {
                let items = self.items(part(0), list.len(), 2, "InOrder([..])")?;
                let all: Vec<Option<Happening>> = list
                    .into_iter()
                    .zip(items)
                    .map(|(raw, node)| self.happening(raw, node, "InOrder"))
                    .collect();
                Some(Fact::InOrder(all.into_iter().collect::<Option<_>>()?))
            }
            RawFact::At(time, inner) => {
                let at = self.moment(&time, part(0), DayEdge::End);
                match self.fact(*inner, part(1))? {
                    Fact::Holds(None, level, bound) => Some(Fact::Holds(Some(at?), level, bound)),
                    _ => {
                        let hint = "for what happens, write `By(\"T+3d\", Reached(\"..\"))`";
                        let message = "`At(..)` takes a number: `Metric(..)` or `Belief(..)`";
                        let span = locate::head(part(1));
                        self.reader.wrong(Is::Field, span, message, hint.to_owned());
                        None
                    }
                }
            }
            RawFact::Metric(name, bound) => {
                self.name("metric", &name, part(0));
                self.level(Level::Metric(name), bound, part(1))
            }
            RawFact::Belief(party, name, bound) => {
                self.name("proposition", &name, part(1));
                self.level(Level::Belief(party, name), bound, part(2))
            }
            RawFact::All(list) => self.facts(list, part(0), "All([..])").map(Fact::All),
            RawFact::Any(list) => self.facts(list, part(0), "Any([..])").map(Fact::Any),
            RawFact::Not(inner) => Some(Fact::Not(Box::new(self.fact(*inner, part(0))?))),
            other => self.happening(other, node, "").map(Fact::Happens),
        }
    }

    fn name(&mut self, sort: &'static str, name: &str, node: &Node) {
        self.named.push(Named { sort, name: name.to_owned(), span: locate::head(node) });
    }

    fn level(&mut self, level: Level, bound: Bound, node: &Node) -> Option<Fact> {
        if !bound.is_sound() {
            self.wrong(node, "bounds are finite numbers, the lower one first");
            return None;
        }
        Some(Fact::Holds(None, level, bound))
    }

    fn facts(&mut self, list: Vec<RawFact>, node: &Node, what: &str) -> Option<Vec<Fact>> {
        let items = self.items(node, list.len(), 1, what)?;
        // All are read before giving up.
        let all: Vec<Option<Fact>> =
            list.into_iter().zip(items).map(|(raw, node)| self.fact(raw, node)).collect();
        all.into_iter().collect()
    }

    fn items<'n>(
        &mut self,
        node: &'n Node,
        len: usize,
        least: usize,
        what: &str,
    ) -> Option<Vec<&'n Node>> {
        if len < least {
            self.wrong(node, &format!("`{what}` names at least {least}"));
            return None;
        }
        match &node.shape {
            Shape::List(items) => Some(items.iter().collect()),
            _ => Some(vec![node; len]),
        }
    }

    fn happening(&mut self, raw: RawFact, node: &Node, of: &str) -> Option<Happening> {
        let parts = node.children();
        let part = |at: usize| parts.get(at).copied().unwrap_or(node);
        match &raw {
            RawFact::Reached(name) => self.name("milestone", name, part(0)),
            RawFact::True(name) | RawFact::Known(name) => self.name("proposition", name, part(0)),
            RawFact::Claimed(_, name) => self.name("proposition", name, part(1)),
            RawFact::Released(name) => self.name("statement", name, part(0)),
            _ => {}
        }
        Some(match raw {
            RawFact::Reached(name) => Happening::Reached(name),
            RawFact::True(name) => Happening::True(name),
            RawFact::Known(name) => Happening::Known(name),
            RawFact::Claimed(polarity, name) => Happening::Claimed(polarity, name),
            RawFact::Released(name) => Happening::Released(name),
            RawFact::Asked(name) => Happening::Asked(self.decision(&name, part(0))?),
            RawFact::Decided(name, option) => {
                let number = self.decision(&name, part(0))?;
                let spec = &self.book.decisions[number];
                let options: Vec<&str> = spec.options.iter().map(|o| o.name.as_str()).collect();
                let Some(taken) = options.iter().position(|o| *o == option) else {
                    let message = format!("decision `{name}` has no option `{option}`");
                    self.unknown(part(1), message, &option, &options);
                    return None;
                };
                Happening::Decided(number, taken)
            }
            RawFact::Delivered(name) => {
                let names: Vec<&str> = self.book.injects.iter().map(|i| i.name.as_str()).collect();
                let Some(number) = names.iter().position(|n| *n == name) else {
                    let message = format!("no inject is called `{name}`");
                    self.unknown(part(0), message, &name, &names);
                    return None;
                };
                Happening::Delivered(number)
            }
            _ => {
                let message = format!(
                    "`{of}(..)` takes what happens at one instant: Reached, Asked, Decided, True, \
                     Known, Claimed, Released or Delivered"
                );
                self.wrong(node, &message);
                return None;
            }
        })
    }

    fn decision(&mut self, name: &str, node: &Node) -> Option<usize> {
        let names: Vec<&str> = self.book.decisions.iter().map(|d| d.name.as_str()).collect();
        let found = names.iter().position(|n| *n == name);
        if found.is_none() {
            self.unknown(node, format!("no decision is called `{name}`"), name, &names);
        }
        found
    }

    fn unknown(&mut self, node: &Node, message: String, name: &str, known: &[&str]) {
        self.reader.wrong(Is::Name, locate::head(node), message, did_you_mean(name, known));
    }

    fn wrong(&mut self, node: &Node, message: &str) {
        self.reader.wrong(Is::Field, locate::head(node), message, None);
    }

    fn moment(&mut self, text: &str, node: &Node, edge: DayEdge) -> Option<SimTime> {
        match moment(text, self.book.calendar, edge) {
            Ok(at) if at < self.book.start => {
                let start = self.book.calendar.date(self.book.start);
                let message = format!("`{text}` lies before the run begins, on {start}");
                self.wrong(node, &message);
                None
            }
            Ok(at) => {
                if at > self.book.end {
                    let (end, time) = (self.book.calendar.date(self.book.end), self.book.end);
                    let message = format!("`{text}` lies after the run ends, on {end} ({time})");
                    self.reader.wrong(Is::Note, locate::head(node), message, None);
                }
                Some(at.min(self.book.end))
            }
            Err(why) => {
                let hint = "write `\"T+3d\"`, `\"T+3d 04:10\"`, `\"T-2d\"`, or a date, `\"2019-09-19\"` or `\"2019-09-19 14:30\"`";
                self.reader.wrong(Is::Field, locate::head(node), why, hint.to_owned());
                None
            }
        }
    }
}

/// Which end of a day a date without a time stands for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum DayEdge {
    Start,
    End,
}

/// The instant that a text names.
fn moment(text: &str, calendar: &Calendar, edge: DayEdge) -> Result<SimTime, String> {
    let signed = |rest: &str| -> Result<SimDuration, String> {
        let (days, clock) = match rest.rsplit_once(' ') {
            Some((days, clock)) if clock.contains(':') => (days, Some(clock)),
            _ => (rest, None),
        };
        if !days.starts_with(|c: char| c.is_ascii_digit()) {
            return Err(format!("`{text}` is no time"));
        }
        let days: SimDuration = days.parse()?;
        let Some((hours, minutes)) = clock.and_then(|c| c.split_once(':')) else { return Ok(days) };
        let wrong = |_| format!("`{text}` is no time");
        let hours: i64 = hours.parse().map_err(wrong)?;
        let minutes: i64 = minutes.parse().map_err(wrong)?;
        if !(0..24).contains(&hours) || !(0..60).contains(&minutes) {
            return Err(format!("`{text}` is no time"));
        }
        Ok(days + SimDuration::from_minutes(hours * 60 + minutes))
    };
    if let Some(rest) = text.strip_prefix("T+") {
        return Ok(SimTime::STARTEX + signed(rest)?);
    }
    if let Some(rest) = text.strip_prefix("T-") {
        return Ok(SimTime::STARTEX - signed(rest)?);
    }
    let at = calendar.instant(text)?;
    let is_day = !text.trim().contains([' ', 'T']);
    Ok(if is_day && edge == DayEdge::End {
        at + SimDuration::from_ms(SimDuration::DAY.ms() - 1)
    } else {
        at
    })
}
