//! `hotwash sensitivity`: which numbers of the model an outcome and a ranking hang on.

use hotwash_lab::{Arm, Screening, SensitivityPlan};
use hotwash_scenario::{Policy, Registry};

use super::run::USUAL_POLICY;
use super::study::{Asked, failure};
use crate::args::lab;
use crate::exit::{Code, Failure};
use crate::text;

/// The policy that the usual one is compared with, where a scenario has it.
const RIVAL: &str = "by-the-book";

pub(crate) fn sensitivity(registry: &Registry, args: &lab::Sensitivity) -> Result<(), Failure> {
    let asked = Asked::read(registry, args.scenario.as_deref(), &args.common)?;
    if asked.output.shard.is_some() {
        let message = "--shard cannot be used with sensitivity: which numbers get indices depends on all \
                       of the screening";
        return Err(Failure::new(Code::Usage, message).hint("leave --shard away"));
    }
    let plan = SensitivityPlan {
        arms: arms(&asked, &args.policies)?,
        outcome: args.outcome.clone(),
        seed: asked.seed,
        trajectories: args.trajectories,
        top: args.top as usize,
        rows: args.rows,
    };
    let wrong = |error| failure(error, &asked);
    let mut study = Screening::new(&asked.scenario, plan).map_err(wrong)?;
    let ended = asked.conduct(&mut study)?;
    let header = asked.header(study.worlds(), study.runs(), ended);
    let Some(found) = study.finding(header) else {
        return Err(Failure::new(Code::Stopped, "stopped before two trajectories were done"));
    };
    asked.deliver(&found, &found.header, text::sensitivity, hotwash_report::sensitivity)
}

/// The policies named; else the usual one and its rival, or the first two that there are.
fn arms(asked: &Asked, named: &[String]) -> Result<Vec<Arm>, Failure> {
    if !named.is_empty() {
        let named = named.iter().map(|name| asked.policy(name.trim()));
        return named.map(|policy| Ok(asked.arm(Some(policy?)))).collect();
    }
    let usual = [USUAL_POLICY, RIVAL].map(|name| asked.scenario.policy(name).cloned());
    let chosen: Vec<Policy> = match usual {
        [Some(usual), Some(rival)] => vec![usual, rival],
        _ => asked.scenario.policies().iter().take(2).cloned().collect(),
    };
    if chosen.is_empty() {
        return Ok(vec![asked.arm(None)]);
    }
    Ok(chosen.into_iter().map(|policy| asked.arm(Some(policy))).collect())
}
