//! `hotwash value`: what each decision is worth, and where the difference between two policies comes
//! from.

use hotwash_lab::{Layout, ValueStudy};
use hotwash_scenario::Registry;

use super::study::{Asked, failure};
use crate::args::lab;
use crate::exit::{Code, Failure};
use crate::text;

pub(crate) fn value(registry: &Registry, args: &lab::Value) -> Result<(), Failure> {
    let asked = Asked::read(registry, args.scenario.as_deref(), &args.common)?;
    if asked.scenario.decisions().is_empty() {
        let message = format!("scenario `{}` has no decisions", asked.scenario.name());
        return Err(Failure::new(Code::Usage, message)
            .hint("`hotwash sweep` and `hotwash sensitivity` look at levers and numbers"));
    }
    let arm = asked.arm(asked.policy_or_usual(args.policy.as_deref())?);
    let layout = Layout::of(&asked.model(&arm)?);
    let metrics = asked.metrics(&args.metrics, &layout)?;
    let mut study =
        ValueStudy::new(&asked.scenario, arm.clone(), layout, metrics, asked.seed, args.runs);
    if let Some(name) = &args.against {
        let other = asked.policy(name)?;
        let is_same = arm.policy().is_some_and(|policy| policy.text() == other.text());
        if is_same {
            let message = format!("--against {name}: this is the policy itself");
            return Err(Failure::new(Code::Usage, message).hint(format!(
                "name another with --policy or --against; {}",
                others(&asked, name)
            )));
        }
        let study_against = study.against(&asked.scenario, other);
        study = study_against.map_err(|error| failure(error, &asked))?;
    }
    let ended = asked.conduct(&mut study)?;
    let header = asked.header(study.worlds(), study.runs(), ended);
    let finding = study.finding(header);
    asked.deliver(&finding, &finding.header, text::value, hotwash_report::value)
}

/// The scenario's other policies, in words.
fn others(asked: &Asked, name: &str) -> String {
    let names = asked.scenario.policies().iter().map(|p| p.name()).filter(|n| *n != name);
    format!("there are {}", names.collect::<Vec<_>>().join(", "))
}
