//! `hotwash sweep`.

use hotwash_lab::Layout;
use hotwash_lab::sweep::{Design, Factor, Plan, Sweep, Vary, Written};
use hotwash_scenario::{Policy, Registry};

use super::study::{Asked, failure};
use crate::args::lab::{self, Design as Wanted};
use crate::exit::{Code, Failure};
use crate::text;

/// Points of a space-filling design when nobody says how many.
const CELLS: usize = 32;

pub(crate) fn sweep(registry: &Registry, args: &lab::Sweep) -> Result<(), Failure> {
    let asked = Asked::read(registry, args.scenario.as_deref(), &args.common)?;
    let mut sweep = prepare(&asked, args)?;
    let ended = asked.conduct(&mut sweep)?;
    if sweep.worlds() == 0 {
        let message = "stopped before the first worlds had met every combination";
        return Err(Failure::new(Code::Stopped, message));
    }
    asked.tabulate(sweep.grid())?;
    let header = asked.header(sweep.worlds(), sweep.runs(), ended);
    let finding = sweep.finding(header);
    asked.deliver(&finding, &finding.header, text::sweep, hotwash_report::sweep)
}

/// The study, with everything checked that can be without a run.
fn prepare(asked: &Asked, args: &lab::Sweep) -> Result<Sweep, Failure> {
    let refuse = |error| failure(error, asked);
    let design = design(args)?;
    let vary: Vec<Vary> =
        args.vary.iter().map(|text| Vary::read(text)).collect::<Result<_, _>>().map_err(refuse)?;
    let varied = vary.iter().find(|v| v.name == Vary::POLICY);
    let policies = match varied {
        Some(vary) => policies(asked, args, vary)?,
        None => Vec::new(),
    };
    let policy = match policies.first() {
        Some(first) => Some(first.clone()),
        None => asked.policy_or_usual(args.policy.as_deref())?,
    };
    let base = asked.arm(policy);
    let model = asked.model(&base)?;
    let factor = |vary: &Vary| match vary.name.as_str() {
        Vary::POLICY => Factor::policies(policies.clone()),
        _ => Factor::of(vary, &model, design.fills_space()),
    };
    let factors = vary.iter().map(factor).collect::<Result<_, _>>().map_err(refuse)?;
    let plan = Plan::new(factors, design, asked.seed).map_err(refuse)?;
    let layout = Layout::of(&model);
    let metrics = asked.metrics(&args.metrics, &layout)?;
    Sweep::new(plan, &base, layout, metrics, asked.seed, args.runs).map_err(refuse)
}

fn design(args: &lab::Sweep) -> Result<Design, Failure> {
    let cells = args.cells.unwrap_or(CELLS);
    match args.design {
        Wanted::Full if args.cells.is_some() => {
            let message =
                "--cells is for --design lhs and sobol; a full design has all combinations";
            Err(Failure::new(Code::Usage, message).hint("leave out --cells, or name a design"))
        }
        Wanted::Full => Ok(Design::Full),
        Wanted::Lhs => Ok(Design::LatinHypercube(cells)),
        Wanted::Sobol => Ok(Design::Sobol(cells)),
    }
}

fn policies(asked: &Asked, args: &lab::Sweep, vary: &Vary) -> Result<Vec<Policy>, Failure> {
    if args.policy.is_some() {
        let message = "policies are varied, and --policy names one for all combinations";
        return Err(Failure::new(Code::Usage, message).hint("do one of the two"));
    }
    match &vary.levels {
        Written::Listed(names) => names.iter().map(|name| asked.policy(name)).collect(),
        // Policies are never read as a range, as their paths may have dots.
        Written::Steps(..) | Written::Range(..) => {
            Err(Failure::new(Code::Usage, "policies have no range"))
        }
    }
}
