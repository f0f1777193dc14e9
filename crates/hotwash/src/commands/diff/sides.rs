//! The two runs that are held against each other: recorded ones, and scenarios that are played now.

use std::path::Path;

use hotwash_lab::divergence::Recorded;
use hotwash_scenario::{Policy, Registry, Scenario};

use super::super::replay;
use super::super::run::{Plan, USUAL_POLICY, choose_policy};
use super::super::why::read as read_run;
use crate::args::author;
use crate::decider::pairs;
use crate::exit::{Code, Failure, plain};
use crate::record::{self, Manifest, Outcomes, PACKED, POLICY};
use crate::shipped;

/// One of the two runs.
pub(super) struct Run {
    /// As it was asked for.
    pub(super) named: String,
    /// How to play it, or why that is not possible.
    pub(super) plan: Result<Plan, String>,
    /// As it was recorded, if it was.
    pub(super) recorded: Option<Recorded>,
    pub(super) manifest: Option<Manifest>,
}

impl Run {
    /// What is played: scenario, policy, seed.
    pub(super) fn what(&self) -> String {
        let policy = |name: &str| {
            if name.is_empty() { "no policy".to_owned() } else { format!("policy {name}") }
        };
        let line = |scenario: &str, name: &str, seed: &str, replication: u64| {
            let more = match replication {
                0 => String::new(),
                n => format!(", replication {n}"),
            };
            plain(&format!("{scenario}, {}, seed {seed}{more}", policy(name)))
        };
        match (&self.plan, &self.manifest) {
            (_, Some(m)) => line(&m.scenario, &m.policy, &m.seed, m.replication),
            (Ok(p), None) => line(p.scenario.name(), p.policy_name(), &p.seed, p.replication),
            (Err(_), None) => String::new(),
        }
    }
}

/// What the flags and the other run say of a scenario that is played now.
#[derive(Clone, Copy)]
struct Given<'a> {
    registry: &'a Registry,
    args: &'a author::Diff,
    /// The recorded run that it is held against.
    like: Option<&'a record::Recorded>,
}

/// Reads both runs.
pub(super) fn read(registry: &Registry, args: &author::Diff) -> Result<(Run, Run), Failure> {
    let dir = is_recorded;
    let open = |text: &str| read_run(Path::new(text));
    let given = |like| Given { registry, args, like };
    let Some(after) = &args.after else { return alone(registry, args) };
    match (dir(&args.before), dir(after)) {
        (true, true) => {
            if has_flags(args) {
                let message = "both runs are recorded: there is nothing to set in them";
                return Err(Failure::new(Code::Usage, message)
                    .hint("leave the flags out, or give one run as a scenario"));
            }
            Ok((
                recorded(registry, &args.before, &open(&args.before)?)?,
                recorded(registry, after, &open(after)?)?,
            ))
        }
        (true, false) => {
            let run = open(&args.before)?;
            let played = given(Some(&run)).scenario(after)?;
            Ok((recorded(registry, &args.before, &run)?, played))
        }
        (false, true) => {
            let run = open(after)?;
            let played = given(Some(&run)).scenario(&args.before)?;
            Ok((played, recorded(registry, after, &run)?))
        }
        (false, false) => Ok((given(None).scenario(&args.before)?, given(None).scenario(after)?)),
    }
}

/// Whether something is a recorded run: a directory, or a golden timeline's file.
fn is_recorded(text: &str) -> bool {
    let path = Path::new(text);
    path.join("manifest.json").is_file() || (text.ends_with(PACKED) && path.is_file())
}

fn has_flags(args: &author::Diff) -> bool {
    args.policy.is_some() || args.seed.is_some() || !args.set.is_empty() || !args.decide.is_empty()
}

/// One run, against itself with what the flags say.
fn alone(registry: &Registry, args: &author::Diff) -> Result<(Run, Run), Failure> {
    if !has_flags(args) {
        let message = "name a second run, or say what is to be different";
        return Err(Failure::new(Code::Usage, message).hint(
            "give --policy, --seed, --set or --decide; `hotwash replay RUN` plays a run again",
        ));
    }
    let named = format!("{} with what was asked for", args.before);
    let bare = author::Diff {
        before: args.before.clone(),
        after: None,
        policy: None,
        seed: None,
        set: Vec::new(),
        decide: Vec::new(),
        format: args.format,
    };
    if is_recorded(&args.before) {
        let run = read_run(Path::new(&args.before))?;
        let plan = replay::plan(registry, &run)?;
        let given = Given { registry, args, like: Some(&run) };
        let plan = given.fill(plan.scenario, &args.before, (None, None))?;
        let after = Run { named, plan: Ok(plan), recorded: None, manifest: None };
        return Ok((recorded(registry, &args.before, &run)?, after));
    }
    let before = Given { registry, args: &bare, like: None }.scenario(&args.before)?;
    let (name, at, seed) = spec(&args.before);
    let scenario = shipped::open(registry, name)?;
    // What is asked for by a flag takes the place of what stands in the name.
    let at = at.filter(|_| args.policy.is_none());
    let seed = seed.filter(|_| args.seed.is_none());
    let given = Given { registry, args, like: None };
    let plan = given.fill(scenario, name, (at, seed))?;
    Ok((before, Run { named, plan: Ok(plan), recorded: None, manifest: None }))
}

pub(super) fn recorded(
    registry: &Registry,
    named: &str,
    run: &record::Recorded,
) -> Result<Run, Failure> {
    let path = |file: &str| run.dir.join(file).display().to_string();
    if record::sha256(run.text.as_bytes()) != run.manifest.journal_sha256 {
        let message = format!("{}: changed since it was recorded", path("journal.jsonl"));
        return Err(Failure::new(Code::Io, message));
    }
    let lines = run.lines().map_err(|error| Failure::new(Code::Io, error.to_string()))?;
    let outcomes: Outcomes = serde_json::from_str(&run.outcomes)
        .map_err(|e| Failure::new(Code::Io, plain(&format!("{}: {e}", path("outcomes.json")))))?;
    Ok(Run {
        named: named.to_owned(),
        plan: replay::plan(registry, run).map_err(|failure| failure.message),
        recorded: Some(record::recorded(&lines, &outcomes.outcomes)),
        manifest: Some(run.manifest.clone()),
    })
}

/// `SCENARIO[@POLICY][#SEED]` in its parts. What exists as it is written is a path.
fn spec(text: &str) -> (&str, Option<&str>, Option<&str>) {
    let is_known = |t: &str| shipped::scenarios().contains(&t) || Path::new(t).exists();
    if is_known(text) {
        return (text, None, None);
    }
    let (rest, seed) = match text.rsplit_once('#') {
        Some((rest, seed)) if !seed.is_empty() => (rest, Some(seed)),
        _ => (text, None),
    };
    match rest.rsplit_once('@') {
        Some((name, policy)) if !is_known(rest) && !policy.is_empty() => (name, Some(policy), seed),
        _ => (rest, None, seed),
    }
}

impl Given<'_> {
    /// A scenario that is played now.
    fn scenario(self, text: &str) -> Result<Run, Failure> {
        let (name, policy, seed) = spec(text);
        for (at, flag, is_both) in [
            (policy, "--policy", policy.is_some() && self.args.policy.is_some()),
            (seed, "--seed", seed.is_some() && self.args.seed.is_some()),
        ] {
            if is_both {
                let message = format!("{text} names `{}` and {flag} another", at.unwrap_or(""));
                return Err(Failure::new(Code::Usage, message).hint("give one of them"));
            }
        }
        let scenario = shipped::open(self.registry, name)?;
        let plan = self.fill(scenario, name, (policy, seed))?;
        Ok(Run { named: text.to_owned(), plan: Ok(plan), recorded: None, manifest: None })
    }

    /// The plan of a scenario, out of what was typed, what the other run had, and what is usual.
    fn fill(
        self,
        scenario: Scenario,
        named: &str,
        (at, seed): (Option<&str>, Option<&str>),
    ) -> Result<Plan, Failure> {
        let like = self.like.map(|run| &run.manifest);
        let asked = at.or(self.args.policy.as_deref());
        let policy = match (asked, self.like) {
            (Some(name), _) => choose_policy(&scenario, Some(name))?.0,
            (None, Some(run)) => self.policy_of(run, &scenario)?,
            (None, None) => scenario.policy(USUAL_POLICY).cloned(),
        };
        let mut set = like.map_or_else(Default::default, |m| m.set.clone());
        set.extend(pairs(&self.args.set, "--set")?);
        let mut decide = like.map_or_else(Default::default, |m| m.decide.clone());
        decide.extend(pairs(&self.args.decide, "--decide")?);
        let seed = seed.or(self.args.seed.as_deref()).or(like.map(|m| m.seed.as_str()));
        Ok(Plan {
            named: named.to_owned(),
            policy,
            foreign_policy: None,
            set,
            decide,
            seed: seed.unwrap_or(scenario.seed_text()).to_owned(),
            replication: like.map_or(0, |m| m.replication),
            until: like.and_then(|m| m.until.clone()),
            scenario,
        })
    }

    /// The policy of a recorded run, as the scenario has it now; one from elsewhere as it was then.
    fn policy_of(
        self,
        run: &record::Recorded,
        scenario: &Scenario,
    ) -> Result<Option<Policy>, Failure> {
        let name = run.manifest.policy.as_str();
        if name.is_empty() {
            return Ok(None);
        }
        if name.starts_with(POLICY) {
            return run.copies()?.policy(scenario, name);
        }
        let known = scenario.policies().iter().map(Policy::name);
        let missing = || {
            Failure::unknown("policy", &plain(name), known).hint(format!(
                "the run in {} followed it; name another with --policy",
                run.dir.display()
            ))
        };
        scenario.policy(name).cloned().map(Some).ok_or_else(missing)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_are_named_by_scenario_policy_and_seed() {
        assert_eq!(spec("insider-sale"), ("insider-sale", None, None));
        assert_eq!(spec("insider-sale@deny"), ("insider-sale", Some("deny"), None));
        assert_eq!(spec("insider-sale#calm-otter"), ("insider-sale", None, Some("calm-otter")));
        assert_eq!(spec("no/where@a/b.ron#7"), ("no/where", Some("a/b.ron"), Some("7")));
        assert_eq!(spec("a@b@c#1#2"), ("a@b", Some("c#1"), Some("2")));
        assert_eq!(spec("x@"), ("x@", None, None));
    }
}
