//! `hotwash hindcast`: a policy against what is on record.

use hotwash_lab::{HindcastStudy, Layout};
use hotwash_scenario::{Policy, Registry};

use super::run::USUAL_POLICY;
use super::study::{Asked, failure};
use crate::args::lab;
use crate::exit::{Code, Failure};
use crate::text;

pub(crate) fn hindcast(registry: &Registry, args: &lab::Hindcast) -> Result<(), Failure> {
    let asked = Asked::read(registry, args.scenario.as_deref(), &args.common)?;
    let policy = asked.policy_or_usual(args.policy.as_deref())?;
    let has_policy = policy.is_some();
    let arm = asked.arm(policy);
    let sim = asked.model(&arm)?;
    let layout = Layout::of(&sim).with_milestones(&sim);
    let mut study = HindcastStudy::new(&asked.scenario, arm, layout, asked.seed, args.runs)
        .map_err(|error| failure(error, &asked))?;
    if !has_policy {
        let names: Vec<&str> = asked.scenario.policies().iter().map(Policy::name).collect();
        let message = format!("{} has no policy `{USUAL_POLICY}`", asked.scenario.name());
        let hint = format!("name one with --policy: {}", names.join(", "));
        return Err(Failure::new(Code::Usage, message).hint(hint));
    }
    let ended = asked.conduct(&mut study)?;
    asked.tabulate(study.grid())?;
    let worlds = study.worlds();
    let finding = study.find(asked.header(worlds, worlds, ended));
    asked.deliver(&finding, &finding.header, text::hindcast, hotwash_report::hindcast)
}
