//! The press: hears of postings, asks, prints, follows up contradictions.
//!
//! It prints a leak as a fact when its own belief is high enough and the vendor has not told of it;
//! it prints what the vendor admits, more mildly; and it remembers who had said otherwise.

pub mod config;
pub mod decisions;
pub mod kinds;
mod printing;
mod systems;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use hotwash_engine::{
    Actor, ActorId, Better, Count, Event, Factor, Hours, MetricInfo, MilestoneId, NoOrder, On,
    ParamId, Plugin, Problem, Share, SimBuilder, Single, Slug, StreamId, state,
};
use hotwash_incident::case::SharedCase;
use hotwash_incident::events::{
    BeliefMoved, ClaimRefuted, Complaints, PeopleNotified, RecordsRead, StatementReleased,
};
use hotwash_incident::statement::SharedStatements;
use hotwash_incident::{EvidenceId, Ledgers, MatterId, PropositionId, milestones};

use config::{OutletConfig, PressConfig};
use decisions::Story;

/// A week of watching postings is over.
#[derive(Clone, Copy, Debug)]
struct WeekDue;
impl Event for WeekDue {
    const NAME: &'static str = "press.week-due";
}

/// The deadline of a journalist who has asked.
#[derive(Clone, Copy, Debug)]
struct DeadlineDue {
    outlet: u16,
}
impl Event for DeadlineDue {
    const NAME: &'static str = "press.deadline-due";
}

/// An outlet prints.
#[derive(Clone, Copy, Debug)]
struct PrintDue {
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
    /// What the press knows and has printed.
    pub struct PressRoom {
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
        /// Articles printed.
        pub articles: u64,
        /// Sum of reach times severity over them.
        pub coverage: f64,
        /// Records read so far, in truth.
        pub records: u64,
        /// Number printed first, 0 before that.
        pub printed: f64,
        /// Contradictions so far.
        pub contradictions: u32,
        /// Public claims taken back, as far as the press has taken notice.
        pub walked_back: u64,
        /// Hardest contradiction of this instant.
        pub contradiction: f64,
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
    book: SharedStatements,
    matter: MatterId,
    breach: PropositionId,
    posting: EvidenceId,
    checked: EvidenceId,
    inside: EvidenceId,
    report: EvidenceId,
    outlets: Vec<Outlet>,
    slugs: [Slug; 5],
    streams: DeskStreams,
    numbers: Numbers,
    signal: MilestoneId,
    inquiry: MilestoneId,
    exposed: MilestoneId,
}

struct DeskStreams {
    postings: StreamId,
    inquiry: StreamId,
    inside: StreamId,
    letters: StreamId,
}

/// Registered numbers.
struct Numbers {
    posts: ParamId<Share>,
    posting_credibility: ParamId<Share>,
    kept: ParamId<Share>,
    asks: ParamId<Share>,
    sources: ParamId<Count>,
    checked: ParamId<Share>,
    question: ParamId<Share>,
    inside_tells: ParamId<Share>,
    inside_credibility: ParamId<Share>,
    letter_surfaces: ParamId<Share>,
    prints_at: ParamId<Share>,
    report_credibility: ParamId<Share>,
    exposed: ParamId<Share>,
    own: ParamId<Factor>,
    per_month_silent: ParamId<Share>,
    scam_wave: ParamId<Share>,
    picked_up: ParamId<Share>,
    guessed: ParamId<Factor>,
    inflated: ParamId<Share>,
    story: ParamId<Factor>,
    walked_back: ParamId<Share>,
    memory: ParamId<Factor>,
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
        let desk = Arc::new(build_desk(config, sim)?);
        wire_hearing(sim, &desk);
        wire_printing(sim, &desk);
        declare_metrics(sim, desk.actor);
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

fn build_desk(config: PressConfig, sim: &mut SimBuilder) -> Result<Desk, Problem> {
    let case = sim.shared::<SharedCase>()?;
    let book = sim.shared::<SharedStatements>()?;
    if config.outlets.is_empty() {
        return Err(Problem::new("there must be at least one outlet").at("outlets"));
    }
    let breach = case.proposition(config.breach.as_str()).map_err(|p| p.at("breach"))?;
    let matter = case.require_matter(breach).map_err(|p| p.at("breach"))?;
    let evidence = |name: Slug, path: &str| {
        case.evidence(name.as_str()).map_err(|p| p.at(format!("evidence.{path}")))
    };
    let posting = evidence(config.evidence.posting, "posting")?;
    let checked = evidence(config.evidence.checked, "checked")?;
    let inside = evidence(config.evidence.inside, "inside")?;
    let report = evidence(config.evidence.report, "report")?;
    let slug = |story: Story| story.slug().parse::<Slug>().map_err(Problem::new);
    let [a, b, c, d, e] = Story::ALL.map(slug);
    let slugs = [a?, b?, c?, d?, e?];
    let outlets = config.outlets.iter().map(|o| build_outlet(o, sim)).collect();
    let room = PressRoom {
        postings: 0,
        postings_new: 0,
        attention: 0.0,
        is_watching: false,
        is_asking: false,
        has_exposed: false,
        has_disclosure: false,
        articles: 0,
        coverage: 0.0,
        records: 0,
        printed: 0.0,
        contradictions: 0,
        walked_back: 0,
        contradiction: 0.0,
        led: vec![0; Story::ALL.len()],
    };
    let actor = sim.spawn("press", room);
    Ok(Desk {
        actor,
        book,
        matter,
        breach,
        posting,
        checked,
        inside,
        report,
        outlets,
        slugs,
        streams: DeskStreams {
            postings: sim.stream("press", "postings"),
            inquiry: sim.stream("press", "inquiry"),
            inside: sim.stream("press", "inside source"),
            letters: sim.stream("press", "letters"),
        },
        numbers: register(config, sim),
        signal: case.mark(
            sim,
            matter,
            milestones::FIRST_SIGNAL,
            "something that points at a leak reached the vendor, whether heard or not",
        ),
        inquiry: case.mark(sim, matter, milestones::PRESS_INQUIRY, "a journalist asked the vendor"),
        exposed: case.mark(
            sim,
            matter,
            milestones::EXPOSED,
            "the press told of the leak before the vendor did",
        ),
    })
}

fn build_outlet(config: &OutletConfig, sim: &mut SimBuilder) -> Outlet {
    let path = |field: &str| format!("outlets.{}.{field}", config.name);
    Outlet {
        actor: sim.actor(&config.name),
        reach: sim.param(&path("reach"), config.reach.clone()),
        deadline: sim.param(&path("deadline"), config.deadline.clone()),
        stream: sim.stream(&config.name, "print"),
    }
}

fn register(config: PressConfig, sim: &mut SimBuilder) -> Numbers {
    let (i, s) = (config.interest, config.severity);
    let (n, c) = (config.number, config.contradiction);
    Numbers {
        posts: sim.param("interest.posts", i.posts),
        posting_credibility: sim.param("interest.posting_credibility", i.posting_credibility),
        kept: sim.param("interest.kept_per_week", i.kept_per_week),
        asks: sim.param("interest.asks_per_posting", i.asks_per_posting),
        sources: sim.param("interest.sources", i.sources),
        checked: sim.param("interest.checked_credibility", i.checked_credibility),
        question: sim.param("interest.question_credibility", i.question_credibility),
        inside_tells: sim.param("interest.inside_tells", i.inside_tells),
        inside_credibility: sim.param("interest.inside_credibility", i.inside_credibility),
        letter_surfaces: sim.param("interest.letter_surfaces", i.letter_surfaces),
        prints_at: sim.param("interest.prints_at", i.prints_at),
        report_credibility: sim.param("interest.report_credibility", i.report_credibility),
        exposed: sim.param("severity.exposed", s.exposed),
        own: sim.param("severity.own_disclosure", s.own_disclosure),
        per_month_silent: sim.param("severity.per_month_silent", s.per_month_silent),
        scam_wave: sim.param("severity.scam_wave", s.scam_wave),
        picked_up: sim.param("severity.advisory_picked_up", s.advisory_picked_up),
        guessed: sim.param("number.guessed", n.guessed),
        inflated: sim.param("number.inflated", n.inflated),
        story: sim.param("contradiction.story", c.story),
        walked_back: sim.param("contradiction.walked_back", c.walked_back),
        memory: sim.param("contradiction.memory", c.memory),
    }
}

/// What reaches the press, and when it looks.
fn wire_hearing(sim: &mut SimBuilder, desk: &Arc<Desk>) {
    sim.on(|on: On<'_, RecordsRead>, mut room: Single<'_, '_, &mut PressRoom>| {
        room.records += on.event.count;
    });
    let d = Arc::clone(desk);
    sim.on(move |mut on: On<'_, Complaints>, mut room: Single<'_, '_, &mut PressRoom>| {
        let complaints = on.event;
        systems::hear_complaints(&mut on, &mut room, &d, complaints);
    });
    let d = Arc::clone(desk);
    sim.on(
        move |mut on: On<'_, BeliefMoved>,
              mut room: Single<'_, '_, &mut PressRoom>,
              ledgers: Single<'_, '_, &Ledgers>| {
            let moved = on.event;
            systems::mind_the_silence(&mut on, &mut room, &ledgers, &d, moved);
        },
    );
    let d = Arc::clone(desk);
    sim.on(
        move |mut on: On<'_, WeekDue>,
              mut room: Single<'_, '_, &mut PressRoom>,
              mut ledgers: Single<'_, '_, &mut Ledgers>| {
            systems::look(&mut on, &mut room, &mut ledgers, &d);
        },
    );
    let d = Arc::clone(desk);
    sim.on(
        move |mut on: On<'_, PeopleNotified>,
              mut room: Single<'_, '_, &mut PressRoom>,
              mut ledgers: Single<'_, '_, &mut Ledgers>| {
            systems::hear_of_letters(&mut on, &mut room, &mut ledgers, &d);
        },
    );
}

/// What the press does with it.
fn wire_printing(sim: &mut SimBuilder, desk: &Arc<Desk>) {
    let d = Arc::clone(desk);
    sim.on(
        move |mut on: On<'_, DeadlineDue>,
              mut room: Single<'_, '_, &mut PressRoom>,
              mut ledgers: Single<'_, '_, &mut Ledgers>| {
            let due = on.event;
            systems::meet_deadline(&mut on, &mut room, &mut ledgers, &d, due);
        },
    );
    let d = Arc::clone(desk);
    sim.on(move |mut on: On<'_, PrintDue>, mut room: Single<'_, '_, &mut PressRoom>| {
        let due = on.event;
        printing::print(&mut on, &mut room, &d, due);
    });
    let d = Arc::clone(desk);
    sim.on(
        move |mut on: On<'_, StatementReleased>,
              mut room: Single<'_, '_, &mut PressRoom>,
              ledgers: Single<'_, '_, &Ledgers>| {
            let released = on.event;
            printing::cover_statement(&mut on, &mut room, &ledgers, &d, released);
        },
    );
    sim.on(|mut on: On<'_, ClaimRefuted>, mut room: Single<'_, '_, &mut PressRoom>| {
        let severity = on.event.severity;
        printing::note_contradiction(&mut on, &mut room, severity);
    });
    let d = Arc::clone(desk);
    sim.on(move |mut on: On<'_, ContradictionDue>, mut room: Single<'_, '_, &mut PressRoom>| {
        printing::follow_up(&mut on, &mut room, &d);
    });
}

fn declare_metrics(sim: &mut SimBuilder, actor: Actor) {
    let info =
        |name, unit, better, about| MetricInfo { name, unit, better, bearer: "vendor", about };
    sim.metric(
        info("articles", "articles", Better::Lower, "articles on the matter, of any sort"),
        move |v| Some(v.get::<PressRoom>(actor).articles as f64),
    );
    sim.metric(
        info(
            "coverage",
            "reach x severity",
            Better::Lower,
            "sum over all articles of the share of customers reached times the severity, 0 to 1",
        ),
        move |v| Some(v.get::<PressRoom>(actor).coverage),
    );
    sim.metric(
        info(
            "exposed-by-press",
            "of 1",
            Better::Lower,
            "1 if the press told of the leak before the vendor did",
        ),
        move |v| Some(f64::from(u8::from(v.get::<PressRoom>(actor).has_exposed))),
    );
    sim.metric(
        info(
            "published-number-error",
            "ratio",
            Better::Neither,
            "records as first printed over records read in truth; none if no number was printed",
        ),
        move |v| {
            let room = v.get::<PressRoom>(actor);
            let is_known = room.printed > 0.0 && room.records > 0;
            is_known.then(|| room.printed / room.records as f64)
        },
    );
}
