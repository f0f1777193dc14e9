//! Declares an agent: all that its section says, in the simulation and for the host.

use std::collections::BTreeMap;

use hotwash_engine::{
    ActorId, Attached, Audience, Kind, MilestoneId, OrderBox, Problem, SimBuilder, Slug, StreamId,
    Weight, intern,
};
use hotwash_incident::case::SharedCase;
use hotwash_incident::events::{self, Teller};
use hotwash_incident::{EvidenceId, MatterId, Party, PropositionId, milestones, view};

use crate::config::{
    AgentConfig, EntryConfig, EvidenceConfig, Lane, LeverConfig, LeverShape, Matters,
    MilestoneConfig, Recipient,
};
use crate::kinds::{self, Making};
use crate::number::{Number, NumberId};

/// A lever as it is set.
#[derive(Clone, Debug)]
pub(crate) enum LeverIs {
    Flag(bool),
    Count(i64),
    Number(f64),
    Word(&'static str),
}

/// A kind of entry.
#[derive(Debug)]
pub(crate) struct Entry {
    pub(crate) name: Slug,
    pub(crate) kind: &'static Kind,
    /// The fields that its sentences name.
    pub(crate) fields: Vec<&'static str>,
}

/// Evidence that the agent may raise.
#[derive(Debug)]
pub(crate) struct Raised {
    pub(crate) name: Slug,
    pub(crate) id: EvidenceId,
    pub(crate) to: Recipient,
    pub(crate) matter: Option<MatterId>,
    /// The matter's first signal, where it goes to the vendor.
    pub(crate) signal: Option<MilestoneId>,
}

impl Raised {
    /// Who tells security of it in person, if somebody does.
    pub(crate) fn teller(&self) -> Option<Teller> {
        match self.to {
            Recipient::Colleague => Some(Teller::Colleague),
            Recipient::Reviewer => Some(Teller::Reviewer),
            Recipient::PressOffice => Some(Teller::PressOffice),
            Recipient::Tip | Recipient::Everybody | Recipient::Only(_) => None,
        }
    }

    /// The parties that see it at once.
    pub(crate) fn shown_to(&self) -> &[Party] {
        match &self.to {
            Recipient::Everybody => &Party::ALL,
            Recipient::Only(parties) => parties,
            _ => &[],
        }
    }
}

/// What an agent has declared, by name.
#[derive(Debug)]
pub(crate) struct Declared {
    pub(crate) name: Slug,
    /// Its place among the agents.
    pub(crate) number: u16,
    pub(crate) actor: ActorId,
    pub(crate) hears: Vec<&'static str>,
    pub(crate) told: Vec<Slug>,
    pub(crate) streams: Vec<(Slug, StreamId)>,
    pub(crate) numbers: Vec<(Slug, NumberId)>,
    pub(crate) levers: Vec<(Slug, LeverIs)>,
    pub(crate) orders: Vec<(String, Vec<OrderBox>)>,
    pub(crate) evidence: Vec<Raised>,
    pub(crate) milestones: Vec<(String, MilestoneId)>,
    pub(crate) metrics: Vec<Slug>,
    pub(crate) entries: Vec<Entry>,
    /// Parties whose beliefs it may know.
    pub(crate) knows: Vec<Party>,
    pub(crate) propositions: Vec<(String, PropositionId)>,
}

/// Where problems of one agent are: `agents[2]`.
pub(crate) struct Place(pub(crate) String);

impl Place {
    fn field(&self, field: &str) -> String {
        format!("{}.{field}", self.0)
    }

    fn item(&self, field: &str, index: usize) -> String {
        format!("{}.{field}[{index}]", self.0)
    }
}

/// Declares an agent. Mistakes are reported and skipped, so that all are found at once.
pub(crate) fn declare(
    sim: &mut SimBuilder,
    config: &mut AgentConfig,
    number: u16,
    place: &Place,
) -> Declared {
    let case = sim.shared::<SharedCase>().ok();
    let actor = sim.actor(config.name.as_str());
    if let Some(title) = &config.title {
        sim.entitle(actor, title);
    }
    let propositions = case.iter().flat_map(|case| {
        let ids = (0..case.propositions_len() as u16).map(PropositionId);
        ids.map(|id| (case.proposition_name(id).to_owned(), id))
    });
    let propositions = propositions.collect();
    let name = config.name;
    let mut knows = vec![Party::Public, Party::Press];
    knows.extend(config.stands_for.filter(|party| !knows.contains(party)));
    Declared {
        name,
        number,
        actor,
        hears: hears(sim, &config.hears, place),
        told: told(sim, &config.told, name, place),
        streams: streams(sim, &config.streams, name, place),
        numbers: numbers(sim, std::mem::take(&mut config.numbers), name),
        levers: levers(sim, &config.levers, name, place),
        orders: orders(sim, &config.orders, place),
        evidence: evidence(sim, &config.evidence, case.as_ref(), place),
        milestones: marks(sim, &config.milestones, name, place),
        metrics: config.metrics.iter().map(|metric| metric.name).collect(),
        entries: entries(sim, &config.entries, name, place),
        knows,
        propositions,
    }
}

/// Reports names that are given twice; true for the first of each.
fn is_first<T: PartialEq + std::fmt::Display>(
    sim: &mut SimBuilder,
    seen: &mut Vec<T>,
    name: T,
    what: &str,
    at: String,
) -> bool {
    if seen.contains(&name) {
        sim.problem(Problem::new(format!("two {what} of this agent are called `{name}`")).at(at));
        return false;
    }
    seen.push(name);
    true
}

fn hears(sim: &mut SimBuilder, names: &[String], place: &Place) -> Vec<&'static str> {
    let mut heard = Vec::new();
    for (i, name) in names.iter().enumerate() {
        let at = place.item("hears", i);
        match events::NAMES.iter().find(|known| **known == name) {
            Some(known) => {
                is_first(sim, &mut heard, *known, "events", at);
            }
            None => sim.problem(
                Problem::new(format!("no event is called `{name}`"))
                    .hint_names(name, events::NAMES.iter().copied())
                    .at(at),
            ),
        }
    }
    heard
}

fn told(sim: &mut SimBuilder, words: &[Slug], agent: Slug, place: &Place) -> Vec<Slug> {
    let mut seen = Vec::new();
    for (i, word) in words.iter().enumerate() {
        is_first(sim, &mut seen, *word, "words that it is told", place.item("told", i));
        sim.names.declare(TOLD, &format!("{agent}: {word}"));
    }
    seen
}

/// The sort of names of agents that orders may tell something.
pub(crate) const AGENT: &str = "script's agent";
/// The sort of names of what they may be told, as `AGENT: WORD`.
pub(crate) const TOLD: &str = "word for a script's agent";

fn streams(
    sim: &mut SimBuilder,
    names: &[Slug],
    agent: Slug,
    place: &Place,
) -> Vec<(Slug, StreamId)> {
    let mut seen = Vec::new();
    let mut streams = Vec::new();
    for (i, name) in names.iter().enumerate() {
        if is_first(sim, &mut seen, *name, "streams", place.item("streams", i)) {
            streams.push((*name, sim.stream(agent.as_str(), name.as_str())));
        }
    }
    streams
}

fn numbers(
    sim: &mut SimBuilder,
    numbers: BTreeMap<Slug, Number>,
    agent: Slug,
) -> Vec<(Slug, NumberId)> {
    let register =
        |(name, number): (Slug, Number)| (name, number.register(sim, &format!("{agent}.{name}")));
    numbers.into_iter().map(register).collect()
}

fn levers(
    sim: &mut SimBuilder,
    configs: &[LeverConfig],
    agent: Slug,
    place: &Place,
) -> Vec<(Slug, LeverIs)> {
    let mut seen = Vec::new();
    let mut levers = Vec::new();
    for (i, config) in configs.iter().enumerate() {
        let at = place.item("levers", i);
        if !is_first(sim, &mut seen, config.name, "levers", at.clone()) {
            continue;
        }
        match lever(sim, config, &format!("{agent}.{}", config.name)) {
            Ok(value) => levers.push((config.name, value)),
            Err(problem) => sim.problem(problem.at(at)),
        }
    }
    levers
}

fn lever(sim: &mut SimBuilder, config: &LeverConfig, name: &str) -> Result<LeverIs, Problem> {
    let about = intern(&config.about);
    let outside = |default: String| {
        Problem::new(format!("the default {default} lies outside the lever's bounds"))
    };
    Ok(match &config.kind {
        LeverShape::Flag { default } => LeverIs::Flag(sim.lever_flag(name, *default, about)),
        LeverShape::Count { default, min, max, unit, .. } => {
            if !(min..=max).contains(&default) {
                return Err(outside(default.to_string()));
            }
            let value = sim.lever_count(name, *default, *min, *max, intern(unit), about);
            LeverIs::Count(value)
        }
        LeverShape::Number { default, min, max, unit, .. } => {
            if !min.is_finite() || !max.is_finite() || !(min..=max).contains(&default) {
                return Err(outside(default.to_string()));
            }
            let value = sim.lever_number(name, *default, *min, *max, intern(unit), about);
            LeverIs::Number(value)
        }
        LeverShape::Span { default, min, max } => {
            if !(min..=max).contains(&default) {
                return Err(outside(default.to_string()));
            }
            LeverIs::Number(sim.lever_span(name, *default, *min, *max, about).hours())
        }
        LeverShape::Choice { words, default } => {
            let names: Vec<&str> = words.iter().map(Slug::as_str).collect();
            let Some(place) = words.iter().position(|word| word == default) else {
                let problem = Problem::new(format!("`{default}` is none of the lever's words"));
                return Err(problem.hint_names(default.as_str(), names));
            };
            let words = kinds::words(&names);
            LeverIs::Word(words[sim.lever_choice(name, place, words, about)])
        }
    })
}

fn orders(sim: &mut SimBuilder, names: &[String], place: &Place) -> Vec<(String, Vec<OrderBox>)> {
    let mut orders = Vec::new();
    for (i, name) in names.iter().enumerate() {
        match sim.prepared(name) {
            Ok(prepared) => orders.push((name.clone(), prepared)),
            Err(problem) => {
                let hint = problem.hint.clone().unwrap_or_else(|| {
                    format!("lay them out: `orders: {{\"{name}\": [(\"plugin\", Order)]}}`")
                });
                sim.problem(problem.hint(hint).at(place.item("orders", i)));
                // The script may name it all the same: one mistake is reported once.
                orders.push((name.clone(), Vec::new()));
            }
        }
    }
    orders
}

fn evidence(
    sim: &mut SimBuilder,
    configs: &[EvidenceConfig],
    case: Option<&SharedCase>,
    place: &Place,
) -> Vec<Raised> {
    let mut seen = Vec::new();
    let mut raised = Vec::new();
    for (i, config) in configs.iter().enumerate() {
        let at = place.item("evidence", i);
        if !is_first(sim, &mut seen, config.name, "kinds of evidence", at.clone()) {
            continue;
        }
        let Some(case) = case else {
            let problem = Problem::new("evidence needs a case, and this scenario has none");
            sim.problem(problem.hint("add the section `case`").at(at));
            continue;
        };
        let id = match case.evidence(config.name.as_str()) {
            Ok(id) => id,
            Err(problem) => {
                sim.problem(problem.at(at.clone()));
                // The script may name it all the same: one mistake is reported once.
                EvidenceId(0)
            }
        };
        let mut one = Raised {
            name: config.name,
            id,
            to: config.to.clone(),
            matter: case.matter_of_evidence(id),
            signal: None,
        };
        let is_to_vendor = one.teller().is_some() || matches!(one.to, Recipient::Tip);
        if one.teller().is_some() && one.matter.is_none() {
            let message = format!("no matter of the case is about the evidence `{}`", one.name);
            let hint = "security is told of a matter: list what it is about under `matters`";
            sim.problem(Problem::new(message).hint(hint).at(at));
        }
        one.signal = one
            .matter
            .filter(|_| is_to_vendor)
            .map(|matter| case.mark(sim, matter, milestones::FIRST_SIGNAL, ""));
        raised.push(one);
    }
    raised
}

fn marks(
    sim: &mut SimBuilder,
    configs: &[MilestoneConfig],
    agent: Slug,
    place: &Place,
) -> Vec<(String, MilestoneId)> {
    let mut marks = Vec::new();
    for (i, MilestoneConfig { name, about }) in configs.iter().enumerate() {
        let at = place.item("milestones", i);
        let own = format!("{agent}.");
        if name.strip_prefix(&own).is_none_or(|rest| rest.parse::<Slug>().is_err()) {
            let problem = Problem::new(format!("the milestone `{name}` is not this agent's own"));
            let last = name.rsplit('.').next().unwrap_or_default();
            sim.problem(problem.hint(format!("call it `{own}{last}`")).at(at));
            marks.push((name.clone(), sim.milestone(&format!("{own}{last}"), about)));
        } else if sim.known_milestone(name).is_ok() {
            sim.problem(Problem::new(format!("two milestones are called `{name}`")).at(at));
        } else {
            marks.push((name.clone(), sim.milestone(name, about)));
        }
    }
    marks
}

fn entries(
    sim: &mut SimBuilder,
    configs: &[EntryConfig],
    agent: Slug,
    place: &Place,
) -> Vec<Entry> {
    let mut seen = Vec::new();
    let mut entries = Vec::new();
    for (i, config) in configs.iter().enumerate() {
        let at = place.item("entries", i);
        if !is_first(sim, &mut seen, config.name, "entries", at.clone()) {
            continue;
        }
        match entry(sim, config, agent) {
            Ok(entry) => entries.push(entry),
            Err(problem) => sim.problem(problem.at(at)),
        }
    }
    entries
}

fn entry(sim: &mut SimBuilder, config: &EntryConfig, agent: Slug) -> Result<Entry, Problem> {
    let kind = kinds::kind(Making {
        name: intern(&format!("script.{agent}.{}", config.name)),
        lane: match config.lane {
            Lane::Truth => view::TRUTH,
            Lane::Belief => view::BELIEF,
            Lane::Claim => view::CLAIM,
            Lane::Response => view::RESPONSE,
            Lane::World => view::WORLD,
        },
        weight: match config.weight {
            Matters::Routine => Weight::Routine,
            Matters::Notable => Weight::Notable,
            Matters::Milestone => Weight::Milestone,
        },
        audience: audience(&config.seen_by)?.0,
        says: intern(&config.says),
    });
    let mut fields = kinds::fields(&config.says);
    if let Some(message) = &config.message {
        let Some(form) = view::form::ALL.iter().find(|form| **form == message.form) else {
            let problem = Problem::new(format!("no form of message is called `{}`", message.form));
            return Err(problem.hint_names(&message.form, view::form::ALL));
        };
        let inbox = sim.inbox(kind, form);
        if let Some(says) = &message.says {
            inbox.says(intern(says));
            fields.extend(kinds::fields(says));
        }
    }
    fields.sort_unstable();
    fields.dedup();
    Ok(Entry { name: config.name, kind, fields })
}

fn audience(names: &[String]) -> Result<Audience, Problem> {
    let mut all = Audience::NONE;
    for name in names {
        let known = view::VIEWERS.iter().find(|(viewer, _)| viewer == name).map(|(_, a)| *a);
        all = all.and(match (known, name.as_str()) {
            (Some(viewer), _) => viewer,
            (None, "vendor") => view::VENDOR,
            (None, "everybody") => view::PUBLIC,
            (None, _) => {
                let known = view::VIEWERS.iter().map(|(viewer, _)| *viewer);
                let problem = Problem::new(format!("no viewer is called `{name}`"));
                return Err(problem.hint_names(name, known.chain(["vendor", "everybody"])));
            }
        });
    }
    Ok(all)
}

/// The file with an agent's behaviour.
pub(crate) enum Behaviour<'a> {
    Script(&'a Attached),
    Module(&'a Attached),
}

/// Which file an agent's behaviour is in.
pub(crate) fn behaviour<'a>(
    config: &'a AgentConfig,
    place: &Place,
) -> Result<Behaviour<'a>, Problem> {
    let (found, field) = match (&config.code, &config.module) {
        (Some(code), None) => (Behaviour::Script(code), "code"),
        (None, Some(module)) => (Behaviour::Module(module), "module"),
        (Some(_), Some(_)) => {
            let problem = Problem::new("the agent has a script and a module");
            return Err(problem.hint("give one of `code` and `module`").at(place.field("module")));
        }
        (None, None) => {
            let problem = Problem::new(format!("the agent `{}` has no behaviour", config.name));
            let hint = "add `code: File(\"NAME.rhai\")` with a script beside the scenario";
            return Err(problem.hint(hint).at(place.0.clone()));
        }
    };
    let (Behaviour::Script(file) | Behaviour::Module(file)) = &found;
    if file.text.len() > crate::limits::FILE_BYTES {
        let most = crate::limits::FILE_BYTES / 1024;
        let problem = Problem::new(format!("`{}` is larger than {most} KiB", file.name));
        return Err(problem.at(place.field(field)));
    }
    Ok(found)
}
