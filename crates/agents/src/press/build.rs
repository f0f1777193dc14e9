//! Builds the press out of its section: names resolved, numbers registered.

use hotwash_engine::{Param, ParamId, Problem, SimBuilder, Slug, Unit};
use hotwash_incident::case::SharedCase;
use hotwash_incident::statement::SharedStatements;
use hotwash_incident::{CaseBook, EvidenceId, MatterId, milestones};

use super::config::{
    BeatConfig, InterestConfig, LeakConfig, OutletConfig, PressConfig, ResearchConfig,
};
use super::decisions::Story;
use super::{Beat, Desk, Interest, Leak, Notebook, Numbers, Outlet, PressRoom, Research, Streams};

/// Resolves all names, declares streams and milestones, and registers the numbers.
pub(super) fn desk(config: PressConfig, sim: &mut SimBuilder) -> Result<Desk, Problem> {
    let case = sim.shared::<SharedCase>()?;
    let book = sim.shared::<SharedStatements>()?;
    if config.outlets.is_empty() {
        return Err(Problem::new("there must be at least one outlet").at("outlets"));
    }
    if config.matters.is_empty() {
        return Err(Problem::new("there must be at least one matter").at("matters"));
    }
    let slug = |story: Story| story.slug().parse::<Slug>().map_err(Problem::new);
    let slugs = Story::ALL.map(slug).into_iter().collect::<Result<Vec<_>, _>>()?;
    let outlets = config.outlets.iter().map(|o| outlet(o, sim)).collect();
    let room = PressRoom {
        articles: 0,
        coverage: 0.0,
        contradictions: 0,
        walked_back: 0,
        contradiction: 0.0,
        contradicted: 0,
    };
    let actor = sim.spawn("press", room);
    let (s, c) = (config.severity, config.contradiction);
    let numbers = Numbers {
        exposed: sim.param("severity.exposed", s.exposed),
        own: sim.param("severity.own_disclosure", s.own_disclosure),
        per_month_silent: sim.param("severity.per_month_silent", s.per_month_silent),
        picked_up: sim.param("severity.advisory_picked_up", s.advisory_picked_up),
        story: sim.param("contradiction.story", c.story),
        walked_back: sim.param("contradiction.walked_back", c.walked_back),
        memory: sim.param("contradiction.memory", c.memory),
    };
    let mut beats: Vec<Beat> = Vec::new();
    for beat in config.matters {
        let place = format!("matters[{}]", beats.len());
        let beat = build_beat(beats.len() as u8, beat, &case, sim).map_err(|p| {
            let path = format!("{place}.{}", p.path);
            p.at(path)
        })?;
        check(&beats, &beat, &place)?;
        beats.push(beat);
    }
    Ok(Desk { actor, case, book, outlets, slugs, numbers, beats })
}

fn check(beats: &[Beat], beat: &Beat, place: &str) -> Result<(), Problem> {
    if beats.iter().any(|b| b.matter == beat.matter) {
        let problem = Problem::new("an earlier entry has a breach of the same matter");
        return Err(problem.at(format!("{place}.breach")));
    }
    if beat.research.is_some() && beats.iter().any(|b| b.research.is_some()) {
        let problem = Problem::new("an earlier matter has a researcher already");
        return Err(problem.at(format!("{place}.research")));
    }
    Ok(())
}

fn outlet(config: &OutletConfig, sim: &mut SimBuilder) -> Outlet {
    let path = |field: &str| format!("outlets.{}.{field}", config.name);
    Outlet {
        actor: sim.actor(&config.name),
        reach: sim.param(&path("reach"), config.reach.clone()),
        deadline: sim.param(&path("deadline"), config.deadline.clone()),
        stream: sim.stream(&config.name, "print"),
    }
}

/// Registers what belongs to one matter, and looks its names up.
struct Place<'a> {
    case: &'a CaseBook,
    matter: MatterId,
}

impl Place<'_> {
    fn param<U: Unit>(&self, sim: &mut SimBuilder, path: &str, param: Param<U>) -> ParamId<U> {
        sim.param(&self.case.name_in(self.matter, path), param)
    }

    fn evidence(&self, name: Slug, path: &str) -> Result<EvidenceId, Problem> {
        self.case.evidence(name.as_str()).map_err(|p| p.at(path))
    }
}

fn build_beat(
    number: u8,
    config: BeatConfig,
    case: &CaseBook,
    sim: &mut SimBuilder,
) -> Result<Beat, Problem> {
    let breach = case.proposition(config.breach.as_str()).map_err(|p| p.at("breach"))?;
    let matter = case.require_matter(breach).map_err(|p| p.at("breach"))?;
    let place = Place { case, matter };
    let question = place.evidence(config.evidence.question, "evidence.question")?;
    let inside = place.evidence(config.evidence.inside, "evidence.inside")?;
    let report = place.evidence(config.evidence.report, "evidence.report")?;
    // The number's address is older than stories of other matters.
    let aside = if config.leak.is_some() { "severity.scam_wave" } else { "severity.aside" };
    let leak = match config.leak {
        Some(leak) => Some(build_leak(leak, &place, sim)?),
        None => None,
    };
    let research = match config.research {
        Some(research) => Some(build_research(research, &place, sim)?),
        None => None,
    };
    Ok(Beat {
        number,
        notebook: sim.spawn("press", empty_notebook()),
        matter,
        breach,
        exposed_headline: config.headlines.exposed,
        disclosure_headline: config.headlines.disclosure,
        question,
        inside,
        report,
        interest: build_interest(config.interest, &place, sim),
        aside: place.param(sim, aside, config.aside),
        leak,
        research,
        streams: streams(&place, sim),
        signal: case.mark(
            sim,
            matter,
            milestones::FIRST_SIGNAL,
            "something that points at a breach reached the vendor, whether heard or not",
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

fn streams(place: &Place<'_>, sim: &mut SimBuilder) -> Streams {
    let mut stream = |purpose| sim.stream("press", &place.case.name_in(place.matter, purpose));
    Streams {
        postings: stream("postings"),
        inquiry: stream("inquiry"),
        inside: stream("inside source"),
        letters: stream("letters"),
        names: stream("names"),
        asking: stream("asking"),
    }
}

fn empty_notebook() -> Notebook {
    Notebook {
        postings: 0,
        postings_new: 0,
        attention: 0.0,
        is_watching: false,
        is_asking: false,
        has_exposed: false,
        has_disclosure: false,
        has_research: false,
        has_name: false,
        is_cooled: false,
        rebuttals: 0,
        records: 0,
        printed: 0.0,
        led: vec![0; Story::ALL.len()],
    }
}

fn build_interest(i: InterestConfig, place: &Place<'_>, sim: &mut SimBuilder) -> Interest {
    let mut param = |field: &str, param| place.param(sim, &format!("interest.{field}"), param);
    Interest {
        question: param("question_credibility", i.question_credibility),
        inside_tells: param("inside_tells", i.inside_tells),
        inside_credibility: param("inside_credibility", i.inside_credibility),
        prints_at: param("prints_at", i.prints_at),
        report_credibility: param("report_credibility", i.report_credibility),
    }
}

/// The numbers' addresses are older than the part of the section.
fn build_leak(l: LeakConfig, place: &Place<'_>, sim: &mut SimBuilder) -> Result<Leak, Problem> {
    let posting = place.evidence(l.posting, "leak.posting")?;
    let checked = place.evidence(l.checked, "leak.checked")?;
    let sources = place.param(sim, "interest.sources", l.sources);
    let guessed = place.param(sim, "number.guessed", l.number.guessed);
    let inflated = place.param(sim, "number.inflated", l.number.inflated);
    let mut param = |field: &str, param| place.param(sim, &format!("interest.{field}"), param);
    Ok(Leak {
        posting,
        checked,
        posts: param("posts", l.posts),
        posting_credibility: param("posting_credibility", l.posting_credibility),
        kept: param("kept_per_week", l.kept_per_week),
        asks: param("asks_per_posting", l.asks_per_posting),
        sources,
        checked_credibility: param("checked_credibility", l.checked_credibility),
        letter_surfaces: param("letter_surfaces", l.letter_surfaces),
        guessed,
        inflated,
    })
}

fn build_research(
    r: ResearchConfig,
    place: &Place<'_>,
    sim: &mut SimBuilder,
) -> Result<Research, Problem> {
    let chats = place.evidence(r.chats, "research.chats")?;
    let names_after = place.param(sim, "research.names_after", r.names_after);
    let cooled = place.param(sim, "research.cooled", r.cooled);
    let mut param = |field: &str, param| place.param(sim, &format!("research.{field}"), param);
    Ok(Research {
        chats,
        names_found: param("names_found", r.names_found),
        names_after,
        chats_credibility: param("chats_credibility", r.chats_credibility),
        unnamed: param("unnamed", r.unnamed),
        rebuttal: param("rebuttal", r.rebuttal),
        exploit: param("exploit", r.exploit),
        exploit_covered: param("exploit_covered", r.exploit_covered),
        cooled,
    })
}
