//! `hotwash diff`: where two runs part, which difference does it, and what came of it.

mod changes;
mod sides;
mod trial;

use hotwash_lab::divergence::{Divergence, Finding, Recorded, Side, Why, diverge, search, tickets};
use hotwash_scenario::Registry;

use self::changes::Candidate;
use self::sides::Run;
use self::trial::{Played, Trial, play};
use super::run::Plan;
use crate::args::author;
use crate::args::lab::Format;
use crate::exit::{self, Code, Failure};
use crate::record;
use crate::text::{self, Page};

pub(crate) fn diff(registry: &Registry, args: &author::Diff) -> Result<(), Failure> {
    let (before, after) = sides::read(registry, args)?;
    let finding = compare(&before, &after)?;
    let text = match args.format {
        Format::Text => text::diff(&finding, Page::of_terminal()),
        Format::Json => serde_json::to_string_pretty(&finding)
            .map_err(|error| Failure::new(Code::Bug, error.to_string()))?,
    };
    exit::print(&format!("{}\n", text.trim_end()))?;
    match &finding.divergence {
        same if same.is_none() => Ok(()),
        Divergence { first: Some(first), .. } => {
            Err(Failure::new(Code::Differs, format!("the runs differ from entry {} on", first.n)))
        }
        _ => Err(Failure::new(Code::Differs, "the outcomes differ, and no entry does")),
    }
}

/// How a run that is played now differs from the one that was kept, and why.
pub(super) fn explain(
    registry: &Registry,
    kept: &record::Recorded,
    plan: Plan,
) -> Result<Finding, Failure> {
    let before = sides::recorded(registry, "the run that was kept", kept)?;
    let named = "the run of now".to_owned();
    compare(&before, &Run { named, plan: Ok(plan), recorded: None, manifest: None })
}

/// Both runs as they are held against each other, and as this program plays them or cannot.
struct Pair<'a> {
    before: &'a Run,
    after: &'a Run,
    played: (Result<Played, String>, Result<Played, String>),
}

fn compare(before: &Run, after: &Run) -> Result<Finding, Failure> {
    let pair = Pair::play(before, after)?;
    let (a, b) = (recorded(before, &pair.played.0), recorded(after, &pair.played.1));
    let headline: Vec<&str> =
        after.plan.iter().chain(&before.plan).flat_map(|plan| plan.scenario.headline()).collect();
    let divergence = diverge(&a, &b, &headline);
    let side = |run: &Run, recorded: &Recorded| Side {
        named: run.named.clone(),
        what: run.what(),
        entries: recorded.entries.len() as u64,
    };
    let (changes, why) = pair.explain();
    Ok(Finding {
        before: side(before, &a),
        after: side(after, &b),
        same_meaning: changes::same_meaning(before, after, &changes),
        changes,
        why: Some(why),
        divergence,
    })
}

/// A run as it was recorded or, where it was not, as it was played now.
fn recorded(run: &Run, played: &Result<Played, String>) -> Recorded {
    let now = || played.as_ref().ok().map(|played| played.recorded.clone());
    run.recorded.clone().or_else(now).unwrap_or_default()
}

impl<'a> Pair<'a> {
    fn play(before: &'a Run, after: &'a Run) -> Result<Self, Failure> {
        let one = |run: &Run| -> Result<Result<Played, String>, Failure> {
            let why = match run.plan.as_ref().map(play) {
                Ok(Ok(played)) => return Ok(Ok(played)),
                // What was recorded can be compared though this program plays it no more.
                Ok(Err(failure)) if run.recorded.is_some() => failure.message,
                Ok(Err(failure)) => return Err(failure),
                Err(why) => why.clone(),
            };
            let why = exit::plain(why.trim_end());
            Ok(Err(format!("{} cannot be played again: {why}", run.named)))
        };
        Ok(Pair { before, after, played: (one(before)?, one(after)?) })
    }

    /// What was different to begin with, and what of it does it.
    fn explain(&self) -> (Vec<hotwash_lab::divergence::Change>, Why) {
        let mut why = Why {
            together: None,
            program_before: None,
            program_after: None,
            recounted: Vec::new(),
            tickets: None,
            cannot: None,
        };
        let programs = changes::of_programs(self.before, self.after);
        let (a, b) = match &self.played {
            (Ok(a), Ok(b)) => (a, b),
            (Err(cannot), _) | (_, Err(cannot)) => {
                why.cannot = Some(cannot.clone());
                return (programs, why);
            }
        };
        // What was played has a plan.
        let (Ok(ours), Ok(theirs)) = (&self.before.plan, &self.after.plan) else {
            return (programs, why);
        };
        let program = |run: &Run, played: &Played| {
            let then = run.recorded.as_ref()?;
            diverge(then, &played.recorded, &[]).first
        };
        why.program_before = program(self.before, a);
        why.program_after = program(self.after, b);
        for (word, run, played) in [("before", self.before, a), ("after", self.after, b)] {
            let is_recounted = |then: &Recorded| {
                then.entries == played.recorded.entries && then.outcomes != played.recorded.outcomes
            };
            if run.recorded.as_ref().is_some_and(is_recounted) {
                why.recounted.push(word.to_owned());
            }
        }
        why.tickets = Some(tickets(a.sim.draws(), b.sim.draws()));
        let candidates = changes::candidates(ours, theirs, &a.sim, &b.sim);
        let trial = Trial::new(ours, theirs, &candidates, &a.sim);
        let count = candidates.iter().take_while(|c| c.can_be_tried()).count();
        let is_same = a.recorded == b.recorded;
        let found = search(&a.recorded, &b.recorded, count, &mut |chosen| trial.play(chosen));
        why.together = found.together.filter(|_| !is_same);
        let told = candidates.iter().enumerate().map(|(number, candidate)| {
            let effect = found.effects.get(number).cloned();
            candidate.told(effect, trial.read(number))
        });
        // What was tried comes first: `together` names changes by their place.
        (told.chain(programs).collect(), why)
    }
}

impl Candidate {
    /// Whether a run may depend on it.
    fn can_be_tried(&self) -> bool {
        !self.is_words()
    }
}
