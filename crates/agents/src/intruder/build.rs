//! From the section to what the handlers need: names resolved, numbers registered.

use hotwash_engine::{Actor, MilestoneId, Problem, SimBuilder, SimTime, StreamId};
use hotwash_incident::network::{Access, SharedNetwork};
use hotwash_incident::{CaseBook, NetworkBook, PropositionId, milestones};

use super::config::{
    AppetiteIds, CredentialsIds, ExfiltrationIds, FootholdsIds, IntruderConfig, MovesIds,
    PersistenceIds,
};
use super::footing::{Intruder, Place};

/// Everything that a handler needs besides state.
pub(super) struct Wiring {
    pub(super) actor: Actor,
    pub(super) book: SharedNetwork,
    pub(super) ground: Vec<Place>,
    pub(super) begins: SimTime,
    pub(super) reach: Option<PropositionId>,
    pub(super) entered_makes_true: Vec<PropositionId>,
    pub(super) beyond_makes_true: Vec<PropositionId>,
    pub(super) credentials: CredentialsIds,
    pub(super) moves: MovesIds,
    pub(super) footholds: FootholdsIds,
    pub(super) appetite: AppetiteIds,
    pub(super) exfiltration: ExfiltrationIds,
    pub(super) persistence: PersistenceIds,
    pub(super) streams: Streams,
    pub(super) marks: Marks,
}

/// Its streams of chance, each numbered on its own.
pub(super) struct Streams {
    /// When logins come along, by login.
    pub(super) logins: StreamId,
    /// Whether they pass and where, by login.
    pub(super) entries: StreamId,
    /// Where nothing leads on, by segment.
    pub(super) seals: StreamId,
    /// Moves, by attempt.
    pub(super) moves: StreamId,
    /// What it leaves behind, by segment set up.
    pub(super) footholds: StreamId,
    /// How long it lies low, by time.
    pub(super) lulls: StreamId,
    /// Whether and when it tries to come back, by eviction.
    pub(super) returns: StreamId,
}

/// Its milestones.
pub(super) struct Marks {
    pub(super) first_action: MilestoneId,
    pub(super) entered: MilestoneId,
    pub(super) moved_on: MilestoneId,
    pub(super) first_exfiltration: MilestoneId,
    pub(super) last_exfiltration: MilestoneId,
    pub(super) evicted: MilestoneId,
    pub(super) came_back: MilestoneId,
}

pub(super) fn wiring(
    config: IntruderConfig,
    case: &CaseBook,
    sim: &mut SimBuilder,
) -> Result<Wiring, Problem> {
    let breach = case.proposition(config.breach.as_str()).map_err(|p| p.at("breach"))?;
    let matter = case.require_matter(breach).map_err(|p| p.at("breach"))?;
    let book = sim.shared::<SharedNetwork>()?;
    let reach = match config.reach {
        None => None,
        Some(name) => Some(case.proposition(name.as_str()).map_err(|p| p.at("reach"))?),
    };
    let mut mark = |name, about| case.mark(sim, matter, name, about);
    let marks = Marks {
        first_action: mark(milestones::FIRST_MALICIOUS_ACTION, "the first password tried"),
        entered: mark(milestones::ENTERED, "the crew is in the network"),
        moved_on: mark(milestones::MOVED_ON, "the crew left the segment it came in by"),
        first_exfiltration: mark(milestones::FIRST_EXFILTRATION, "the first files left the vendor"),
        last_exfiltration: mark(
            milestones::LAST_EXFILTRATION,
            "from here on nothing more leaves the vendor",
        ),
        evicted: mark(milestones::EVICTED, "the crew lost its last way in"),
        came_back: mark(
            milestones::CAME_BACK,
            "the crew is in again after it had been cut off or had lost its last way in",
        ),
    };
    let state = Intruder::new(book.segments.len(), book.stores.len());
    let actor = sim.spawn(&config.crew, state);
    sim.add(actor, Access::none(matter, book.segments.len()));
    Ok(Wiring {
        actor,
        ground: ground(&book),
        book,
        begins: begins(&config.begins, sim)?,
        reach,
        entered_makes_true: case.propositions(&config.entered_makes_true, "entered_makes_true")?,
        beyond_makes_true: case.propositions(&config.beyond_makes_true, "beyond_makes_true")?,
        credentials: config.credentials.register("credentials", sim),
        moves: config.moves.register("moves", sim),
        footholds: config.footholds.register("footholds", sim),
        appetite: config.appetite.register("appetite", sim),
        exfiltration: config.exfiltration.register("exfiltration", sim),
        persistence: config.persistence.register("persistence", sim),
        streams: Streams {
            logins: sim.stream("crew", "logins"),
            entries: sim.stream("crew", "entries"),
            seals: sim.stream("crew", "seals"),
            moves: sim.stream("crew", "moves"),
            footholds: sim.stream("crew", "footholds"),
            lulls: sim.stream("crew", "lulls"),
            returns: sim.stream("crew", "returns"),
        },
        marks,
    })
}

fn ground(book: &NetworkBook) -> Vec<Place> {
    let place = |s: &hotwash_incident::network::SegmentInfo| Place {
        is_exposed: s.is_exposed,
        holds_directory: s.holds_directory,
        links: s.links.iter().map(|id| usize::from(id.0)).collect(),
    };
    book.segments.iter().map(place).collect()
}

fn begins(text: &str, sim: &SimBuilder) -> Result<SimTime, Problem> {
    let at = sim.calendar().instant(text).map_err(|m| Problem::new(m).at("begins"))?;
    if at < sim.start() || at > sim.horizon() {
        let (from, to) = (sim.calendar().date(sim.start()), sim.calendar().date(sim.horizon()));
        return Err(Problem::new(format!("{text} lies outside the run"))
            .at("begins")
            .hint(format!("choose a date between {from} and {to}, or a longer lead-in")));
    }
    Ok(at)
}
