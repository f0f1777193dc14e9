//! The press: hears of postings, of research and from inside, asks, prints, follows up contradictions.
//!
//! It prints a breach as a fact when its own belief is high enough and the vendor has not told of it,
//! and names as a victim whom others name; it prints what the vendor admits, more mildly; and it
//! remembers who had said otherwise. What it knows is kept by matter; its outlets, its articles and
//! its memory are one.

mod build;
pub mod config;
pub mod decisions;
pub mod kinds;
mod metrics;
mod printing;
mod research;
mod systems;
#[cfg(test)]
mod tests;
mod wiring;

use std::sync::Arc;

use hotwash_engine::{
    Actor, ActorId, Count, Days, Event, Factor, Hours, MilestoneId, NoOrder, ParamId, Plugin,
    Problem, Query, Share, SimBuilder, Slug, StreamId, state,
};
use hotwash_incident::case::SharedCase;
use hotwash_incident::statement::SharedStatements;
use hotwash_incident::{EvidenceId, MatterId, PropositionId};

use config::PressConfig;
use decisions::Story;

/// A week of watching a matter is over.
#[derive(Clone, Copy, Debug)]
struct WeekDue {
    beat: u8,
}
impl Event for WeekDue {
    const NAME: &'static str = "press.week-due";
}

/// The deadline of a journalist who has asked.
#[derive(Clone, Copy, Debug)]
struct DeadlineDue {
    beat: u8,
    outlet: u16,
}
impl Event for DeadlineDue {
    const NAME: &'static str = "press.deadline-due";
}

/// Journalists have found out whom the researcher did not name.
#[derive(Clone, Copy, Debug)]
struct NamesDue {
    beat: u8,
}
impl Event for NamesDue {
    const NAME: &'static str = "press.names-due";
}

/// An outlet prints.
#[derive(Clone, Copy, Debug)]
struct PrintDue {
    beat: u8,
    outlet: u16,
    story: Story,
    /// Which story of its sort it is, from 1; who prints it first leads.
    serial: u32,
    severity: f64,
    /// Records that the vendor gave, for a disclosure.
    given: Option<(f64, f64)>,
}
impl Event for PrintDue {
    const NAME: &'static str = "press.print-due";
}

/// Contradictions of this instant are taken up.
#[derive(Clone, Copy, Debug)]
struct ContradictionDue;
impl Event for ContradictionDue {
    const NAME: &'static str = "press.contradiction-due";
}

state! {
    /// What the press has printed in all, and its memory.
    pub struct PressRoom {
        /// Articles printed.
        pub articles: u64,
        /// Sum of reach times severity over them.
        pub coverage: f64,
        /// Contradictions so far.
        pub contradictions: u32,
        /// Public claims taken back, as far as the press has taken notice.
        pub walked_back: u64,
        /// Hardest contradiction of this instant.
        pub contradiction: f64,
        /// On which beat it was.
        pub contradicted: u8,
    }
}

state! {
    /// What the press knows and has printed of one matter.
    pub struct Notebook {
        /// Postings by customers whose callers knew a ticket.
        pub postings: u64,
        /// Of these, since the last look.
        pub postings_new: u64,
        /// What is left of the attention they drew, in postings.
        pub attention: f64,
        /// Whether somebody looks every week.
        pub is_watching: bool,
        /// Whether a journalist has asked and not yet printed.
        pub is_asking: bool,
        /// Whether it has printed the breach before the vendor told of it.
        pub has_exposed: bool,
        /// Whether the vendor's own telling is on its way into print, or was printed.
        pub has_disclosure: bool,
        /// Whether researchers have told the public of it.
        pub has_research: bool,
        /// Whether journalists know that the vendor is meant.
        pub has_name: bool,
        /// Whether the researcher has taken back an accusation.
        pub is_cooled: bool,
        /// Rebuttals by the researcher so far.
        pub rebuttals: u32,
        /// Records read so far, in truth.
        pub records: u64,
        /// Number printed first, 0 before that.
        pub printed: f64,
        /// Last serial that somebody has led with, by story.
        pub led: Vec<u32>,
    }
}

struct Outlet {
    actor: ActorId,
    reach: ParamId<Share>,
    deadline: ParamId<Hours>,
    stream: StreamId,
}

/// Fixed facts of the press, shared by its handlers.
struct Desk {
    actor: Actor,
    case: SharedCase,
    book: SharedStatements,
    outlets: Vec<Outlet>,
    /// By story.
    slugs: Vec<Slug>,
    numbers: Numbers,
    beats: Vec<Beat>,
}

/// Fixed facts of what the press can know of one matter.
struct Beat {
    /// Place in the desk's list.
    number: u8,
    /// The actor that holds the [`Notebook`].
    notebook: Actor,
    matter: MatterId,
    breach: PropositionId,
    exposed_headline: String,
    disclosure_headline: String,
    question: EvidenceId,
    inside: EvidenceId,
    report: EvidenceId,
    interest: Interest,
    /// Severity of a story that says nothing of the breach.
    aside: ParamId<Share>,
    leak: Option<Leak>,
    research: Option<Research>,
    streams: Streams,
    signal: MilestoneId,
    inquiry: MilestoneId,
    exposed: MilestoneId,
}

struct Streams {
    postings: StreamId,
    inquiry: StreamId,
    inside: StreamId,
    letters: StreamId,
    names: StreamId,
    asking: StreamId,
}

/// Registered numbers of all matters.
struct Numbers {
    exposed: ParamId<Share>,
    own: ParamId<Factor>,
    per_month_silent: ParamId<Share>,
    picked_up: ParamId<Share>,
    story: ParamId<Factor>,
    walked_back: ParamId<Share>,
    memory: ParamId<Factor>,
}

/// Registered numbers of one matter.
struct Interest {
    question: ParamId<Share>,
    inside_tells: ParamId<Share>,
    inside_credibility: ParamId<Share>,
    prints_at: ParamId<Share>,
    report_credibility: ParamId<Share>,
}

/// How a leak of customers' data becomes known.
struct Leak {
    posting: EvidenceId,
    checked: EvidenceId,
    posts: ParamId<Share>,
    posting_credibility: ParamId<Share>,
    kept: ParamId<Share>,
    asks: ParamId<Share>,
    sources: ParamId<Count>,
    checked_credibility: ParamId<Share>,
    letter_surfaces: ParamId<Share>,
    guessed: ParamId<Factor>,
    inflated: ParamId<Share>,
}

/// How a researcher's findings become news.
struct Research {
    chats: EvidenceId,
    names_found: ParamId<Share>,
    names_after: ParamId<Days>,
    chats_credibility: ParamId<Share>,
    unnamed: ParamId<Share>,
    rebuttal: ParamId<Share>,
    exploit: ParamId<Share>,
    exploit_covered: ParamId<Share>,
    cooled: ParamId<Factor>,
}

impl Desk {
    /// Of a matter; `None` when the press does not cover it.
    fn beat_of(&self, matter: MatterId) -> Option<&Beat> {
        self.beats.iter().find(|b| b.matter == matter)
    }

    fn beat(&self, number: u8) -> &Beat {
        &self.beats[usize::from(number)]
    }
}

impl Beat {
    /// The story that speaks of the vendor and says nothing of the breach.
    fn aside_story(&self) -> Story {
        if self.leak.is_some() { Story::ScamWave } else { Story::Statement }
    }

    fn headline(&self, story: Story) -> &str {
        match story {
            Story::LeakExposed => &self.exposed_headline,
            Story::Disclosure => &self.disclosure_headline,
            other => other.headline(),
        }
    }
}

/// Calls with the notebook of a beat.
fn with_notebook(
    notebooks: &mut Query<'_, '_, &mut Notebook>,
    beat: &Beat,
    then: impl FnOnce(&mut Notebook),
) {
    if let Ok(mut notebook) = notebooks.get_mut(beat.notebook.entity) {
        then(&mut notebook);
    }
}

/// The press as a plugin.
pub struct Press;

impl Plugin for Press {
    const NAME: &'static str = "press";
    const ABOUT: &'static str =
        "journalists: hear of postings, ask, print, and follow up contradictions";
    type Config = PressConfig;
    type Order = NoOrder;

    fn build(config: PressConfig, sim: &mut SimBuilder) -> Result<(), Problem> {
        let desk = Arc::new(build::desk(config, sim)?);
        kinds::reach(sim);
        wiring::hearing(sim, &desk);
        wiring::research(sim, &desk);
        wiring::printing(sim, &desk);
        metrics::declare(sim, &desk);
        let actor = desk.actor;
        sim.invariant("coverage is at most one per article", move |view| {
            let room = view.get::<PressRoom>(actor);
            if (0.0..=room.articles as f64 + 1e-9).contains(&room.coverage) {
                return Ok(());
            }
            Err(format!("{} articles with coverage {}", room.articles, room.coverage))
        });
        Ok(())
    }
}
