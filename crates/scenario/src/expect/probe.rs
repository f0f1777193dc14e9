//! What a fact means in a run: looked up once in a simulation, then read off any number of its runs.

use hotwash_engine::{DecisionId, MilestoneId, SimTime, Simulation, chosen_name};
use hotwash_incident::case::SharedCase;
use hotwash_incident::statement::Polarity;
use hotwash_incident::{CaseBook, Ledgers, Party, PropositionId};

use super::fact::{Bound, Fact, Happening, Level};
use super::names::RELEASED;

/// A fact, looked up in a simulation. It fits every simulation of the same scenario.
pub struct Probe {
    root: Test,
    case: Option<SharedCase>,
    /// Instants at which numbers are read, in order.
    instants: Vec<SimTime>,
    /// Numbers read in mid-run: the place of the instant, and what is read.
    levels: Vec<(usize, Read)>,
}

/// Numbers read in mid-run, by probe's own count.
#[derive(Clone, Debug, Default)]
pub struct Readings(Vec<Option<f64>>);

/// What a run has of a part of a fact.
#[derive(Clone, Debug, PartialEq)]
pub struct Observed {
    /// The part, in a few words.
    pub what: String,
    /// When it came about; nothing where it did not, or where it is a number.
    pub at: Option<SimTime>,
    /// Its value, where it is a number that has one.
    pub value: Option<f64>,
    /// Whether it is a number.
    pub is_number: bool,
    /// The milestone by which the journal tells of it, if there is one.
    pub milestone: Option<String>,
    /// Whether this part is as expected.
    pub holds: bool,
}

enum Test {
    Happens(When),
    By(SimTime, When),
    NotBefore(SimTime, When),
    Within(i64, When, When),
    InOrder(Vec<When>),
    /// A number at the end of the run.
    Level(Read, Bound),
    /// A number read in mid-run, by its place among these.
    Noted(usize, SimTime, Bound),
    All(Vec<Test>),
    Any(Vec<Test>),
    Not(Box<Test>),
}

struct When {
    words: String,
    source: Source,
}

enum Source {
    Milestone(MilestoneId, String),
    Asked(DecisionId),
    True(PropositionId),
    Known(PropositionId),
    Claimed(Polarity, PropositionId),
    Delivered(usize),
}

#[derive(Clone)]
enum Read {
    Metric(String),
    Belief(Party, PropositionId, String),
}

impl Read {
    fn words(&self) -> String {
        match self {
            Read::Metric(name) => name.clone(),
            Read::Belief(party, _, name) => format!("the {}'s belief in {name}", party.name()),
        }
    }
}

impl Probe {
    /// Looks a fact up.
    ///
    /// # Errors
    /// Says which name there is not. For facts of a loaded scenario that does not happen, unless a plugin
    /// declares other names under other levers.
    pub fn new(fact: &Fact, sim: &Simulation) -> Result<Probe, String> {
        let mut instants = Vec::new();
        fact.instants(&mut instants);
        instants.sort_unstable();
        instants.dedup();
        let case = sim.catalogue().shared::<SharedCase>();
        let mut probe = Probe { root: Test::All(Vec::new()), case, instants, levels: Vec::new() };
        probe.root = probe.test(fact, sim)?;
        Ok(probe)
    }

    /// The instants of a run at which [`Probe::note`] wants to be called, in order.
    pub fn instants(&self) -> &[SimTime] {
        &self.instants
    }

    /// Reads the numbers that are wanted at an instant, by its place in [`Probe::instants`].
    pub fn note(&self, instant: usize, sim: &Simulation, readings: &mut Readings) {
        readings.0.resize(self.levels.len(), None);
        for (slot, (at, read)) in readings.0.iter_mut().zip(&self.levels) {
            if *at == instant {
                *slot = self.level(read, sim);
            }
        }
    }

    /// Whether the fact holds in a run that has ended.
    pub fn holds(&self, sim: &Simulation, readings: &Readings) -> bool {
        self.test_holds(&self.root, sim, readings)
    }

    /// What the run has of each part of the fact.
    pub fn observed(&self, sim: &Simulation, readings: &Readings) -> Vec<Observed> {
        let mut out = Vec::new();
        self.observe(&self.root, false, sim, readings, &mut out);
        out
    }

    fn test(&mut self, fact: &Fact, sim: &Simulation) -> Result<Test, String> {
        Ok(match fact {
            Fact::Happens(one) => Test::Happens(self.when(one, sim)?),
            Fact::By(at, one) => Test::By(*at, self.when(one, sim)?),
            Fact::NotBefore(at, one) => Test::NotBefore(*at, self.when(one, sim)?),
            Fact::Within(span, from, to) => {
                Test::Within(span.ms(), self.when(from, sim)?, self.when(to, sim)?)
            }
            Fact::InOrder(list) => {
                let all: Result<Vec<When>, String> =
                    list.iter().map(|one| self.when(one, sim)).collect();
                Test::InOrder(all?)
            }
            Fact::Holds(None, level, bound) => Test::Level(self.read(level)?, *bound),
            Fact::Holds(Some(at), level, bound) => {
                let read = self.read(level)?;
                let instant = self.instants.partition_point(|other| other < at);
                self.levels.push((instant, read));
                Test::Noted(self.levels.len() - 1, *at, *bound)
            }
            Fact::All(list) => Test::All(self.tests(list, sim)?),
            Fact::Any(list) => Test::Any(self.tests(list, sim)?),
            Fact::Not(inner) => Test::Not(Box::new(self.test(inner, sim)?)),
        })
    }

    fn tests(&mut self, list: &[Fact], sim: &Simulation) -> Result<Vec<Test>, String> {
        list.iter().map(|fact| self.test(fact, sim)).collect()
    }

    fn proposition(&self, name: &str) -> Result<PropositionId, String> {
        let case: &CaseBook =
            self.case.as_deref().ok_or_else(|| "the scenario has no case".to_owned())?;
        case.proposition(name).map_err(|problem| problem.message)
    }

    fn read(&self, level: &Level) -> Result<Read, String> {
        Ok(match level {
            Level::Metric(name) => Read::Metric(name.clone()),
            Level::Belief(party, name) => {
                Read::Belief(*party, self.proposition(name)?, name.clone())
            }
        })
    }

    fn when(&self, one: &Happening, sim: &Simulation) -> Result<When, String> {
        let decision = |number: usize| {
            let spec = sim.decisions().nth(number);
            spec.ok_or_else(|| "the simulation has fewer decisions".to_owned())
        };
        let milestone = |name: String| {
            let known = &sim.catalogue().milestones;
            match known.iter().position(|m| m.name == name) {
                Some(number) => Ok(Source::Milestone(MilestoneId(number as u16), name)),
                None => Err(format!("no milestone is called `{name}`")),
            }
        };
        let (words, source) = match one {
            Happening::Reached(name) => (name.clone(), milestone(name.clone())?),
            Happening::Released(name) => {
                (format!("statement {name} goes out"), milestone(format!("{RELEASED}{name}"))?)
            }
            Happening::Asked(number) => {
                let name = decision(*number)?.name;
                (format!("decision {name} comes up"), Source::Asked(DecisionId(*number as u16)))
            }
            Happening::Decided(number, option) => {
                let spec = decision(*number)?;
                let option = spec.options.get(*option).map_or("", |o| o.name.as_str());
                let words = format!("decision {}: {option}", spec.name);
                (words, milestone(chosen_name(spec.name.as_str(), option))?)
            }
            Happening::True(name) => {
                (format!("{name} becomes true"), Source::True(self.proposition(name)?))
            }
            Happening::Known(name) => {
                (format!("the vendor knows {name}"), Source::Known(self.proposition(name)?))
            }
            Happening::Claimed(polarity, name) => {
                let verb = if *polarity == Polarity::Affirms { "affirms" } else { "denies" };
                let words = format!("the vendor {verb} {name}");
                (words, Source::Claimed(*polarity, self.proposition(name)?))
            }
            Happening::Delivered(number) => {
                let name = sim.injects().nth(*number).map_or("", |i| i.name.as_str()).to_owned();
                (format!("inject {name} comes"), Source::Delivered(*number))
            }
        };
        Ok(When { words, source })
    }

    fn ledgers<'s>(&self, sim: &'s Simulation) -> Option<&'s Ledgers> {
        Some(sim.view().get::<Ledgers>(self.case.as_ref()?.ledgers))
    }

    /// When something came about in the run so far.
    fn came(&self, when: &When, sim: &Simulation) -> Option<SimTime> {
        match &when.source {
            Source::Milestone(id, _) => *sim.milestones().get(usize::from(id.0))?,
            Source::Asked(id) => sim.decision_state(*id).asked_at,
            Source::True(id) => self.ledgers(sim)?.true_since(*id),
            Source::Known(id) => self.ledgers(sim)?.known_since(*id),
            Source::Claimed(polarity, id) => {
                let claims = self.ledgers(sim)?.claims().iter();
                let mut own = claims
                    .filter(|c| c.is_public && c.proposition == *id && c.perceived == *polarity);
                own.next().map(|c| c.at)
            }
            Source::Delivered(number) => sim.inject_delivered(*number),
        }
    }

    fn level(&self, read: &Read, sim: &Simulation) -> Option<f64> {
        match read {
            Read::Metric(name) => sim.view().metric(name),
            Read::Belief(party, id, _) => Some(self.ledgers(sim)?.belief(*party, *id)),
        }
    }

    fn test_holds(&self, test: &Test, sim: &Simulation, readings: &Readings) -> bool {
        let came = |when: &When| self.came(when, sim);
        match test {
            Test::Happens(when) => came(when).is_some(),
            Test::By(at, when) => came(when).is_some_and(|t| t <= *at),
            Test::NotBefore(at, when) => came(when).is_none_or(|t| t >= *at),
            Test::Within(span, from, to) => match (came(from), came(to)) {
                (Some(from), Some(to)) => (0..=*span).contains(&(to - from).ms()),
                _ => false,
            },
            Test::InOrder(list) => {
                let times: Option<Vec<SimTime>> = list.iter().map(came).collect();
                times.is_some_and(|times| times.is_sorted())
            }
            Test::Level(read, bound) => self.level(read, sim).is_some_and(|v| bound.holds(v)),
            Test::Noted(slot, _, bound) => {
                readings.0.get(*slot).copied().flatten().is_some_and(|v| bound.holds(v))
            }
            Test::All(list) => list.iter().all(|t| self.test_holds(t, sim, readings)),
            Test::Any(list) => list.iter().any(|t| self.test_holds(t, sim, readings)),
            Test::Not(inner) => !self.test_holds(inner, sim, readings),
        }
    }

    fn observe(
        &self,
        test: &Test,
        is_negated: bool,
        sim: &Simulation,
        readings: &Readings,
        out: &mut Vec<Observed>,
    ) {
        let holds = self.test_holds(test, sim, readings) != is_negated;
        let happening = |when: &When| Observed {
            what: when.words.clone(),
            at: self.came(when, sim),
            value: None,
            is_number: false,
            milestone: match &when.source {
                Source::Milestone(_, name) => Some(name.clone()),
                _ => None,
            },
            holds,
        };
        let number = |what: String, value: Option<f64>| Observed {
            what,
            at: None,
            value,
            is_number: true,
            milestone: None,
            holds,
        };
        match test {
            Test::Happens(when) | Test::By(_, when) | Test::NotBefore(_, when) => {
                out.push(happening(when));
            }
            Test::Within(_, from, to) => out.extend([happening(from), happening(to)]),
            Test::InOrder(list) => out.extend(list.iter().map(happening)),
            Test::Level(read, _) => out.push(number(read.words(), self.level(read, sim))),
            Test::Noted(slot, at, _) => {
                let words = format!("{} at {at}", self.levels[*slot].1.words());
                out.push(number(words, readings.0.get(*slot).copied().flatten()));
            }
            Test::All(list) | Test::Any(list) => {
                list.iter().for_each(|t| self.observe(t, is_negated, sim, readings, out));
            }
            Test::Not(inner) => self.observe(inner, !is_negated, sim, readings, out),
        }
    }
}

impl Fact {
    fn instants(&self, out: &mut Vec<SimTime>) {
        match self {
            Fact::Holds(Some(at), ..) => out.push(*at),
            Fact::All(list) | Fact::Any(list) => list.iter().for_each(|f| f.instants(out)),
            Fact::Not(inner) => inner.instants(out),
            _ => {}
        }
    }
}
