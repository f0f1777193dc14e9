//! `hotwash frontier`: searches for the policies that no other beats, and writes them as files.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use hotwash_lab::findings::{Frontier, FrontierPoint};
use hotwash_lab::frontier::{Ask, Search};
use hotwash_lab::stats::Estimate;
use hotwash_lab::{Ended, Reply};
use hotwash_scenario::Registry;

use super::study::{Asked, failure};
use crate::args::lab;
use crate::exit::{self, Code, Failure};
use crate::text;

pub(crate) fn frontier(registry: &Registry, args: &lab::Frontier) -> Result<(), Failure> {
    refuse_parts(args)?;
    if let Some(dir) = &args.policies_out {
        check_free(dir)?;
    }
    let asked = Asked::read(registry, args.scenario.as_deref(), &args.common)?;
    let ask = Ask {
        base: asked.policy_or_usual(args.policy.as_deref())?,
        set: asked.set.clone(),
        decide: at_once(&asked.replies),
        seed: asked.seed,
        cost: args.cost.clone(),
        harm: args.harm.clone(),
        budget: args.budget,
        worlds: args.runs,
        answers_only: args.answers_only,
    };
    let mut search = Search::new(&asked.scenario, &ask).map_err(|error| failure(error, &asked))?;
    let ended = asked.conduct(&mut search)?;
    let worlds = search.judged_worlds();
    let runs = search.search_runs() + worlds * search.judged_policies();
    let header = asked.header(worlds, runs, ended);
    let Some(finding) = search.finding(header) else {
        debug_assert_eq!(ended, Ended::Stopped);
        let message = "stopped before the policies found were judged in worlds that the search had not \
                       seen, so there are no figures to show";
        return Err(Failure::new(Code::Stopped, message).hint("a smaller --budget ends sooner"));
    };
    refuse_flat(&finding)?;
    if let Some(dir) = &args.policies_out {
        write_policies(dir, &finding)?;
    }
    let header = finding.header.clone();
    asked.deliver(&finding, &header, text::frontier, hotwash_report::frontier)
}

/// A search decides by what it has seen what to run next.
fn refuse_parts(args: &lab::Frontier) -> Result<(), Failure> {
    let output = &args.common.output;
    if output.shard.is_some() {
        let message =
            "--shard: a search cannot be split into parts, for each step depends on the last";
        return Err(Failure::new(Code::Usage, message).hint("use more --threads on one machine"));
    }
    if output.events.is_some() {
        let message = "--events: a search keeps no journals";
        return Err(Failure::new(Code::Usage, message)
            .hint("write the policies by --policies-out and use `hotwash compare --events`"));
    }
    Ok(())
}

/// Without a difference in cost or harm there is no frontier to draw.
fn refuse_flat(finding: &Frontier) -> Result<(), Failure> {
    let values = |of: fn(&FrontierPoint) -> Estimate| finding.points.iter().map(of);
    let worlds = text::number(finding.final_worlds as f64);
    for (role, measure, list) in [
        ("cost", &finding.cost, values(|p| p.cost).collect::<Vec<_>>()),
        ("harm", &finding.harm, values(|p| p.harm).collect()),
    ] {
        let Some(first) = list.first().filter(|e| **e == Estimate::exact(e.value)) else {
            continue;
        };
        if list.iter().all(|e| e == first) {
            let message = format!(
                "{role} ({}) is {} in every one of {worlds} worlds under every policy judged: there is \
                 nothing to set against the other",
                measure.name,
                text::number(first.value)
            );
            return Err(Failure::new(Code::Usage, message).hint(format!(
                "choose another by --{role}; `hotwash show {} --metrics` lists them",
                finding.header.scenario
            )));
        }
    }
    Ok(())
}

fn at_once(replies: &BTreeMap<u16, Reply>) -> BTreeMap<u16, usize> {
    let option = |reply: &Reply| match reply {
        Reply::AtOnce(option) | Reply::Instead(option) => Some(*option),
        Reply::Of(_) => None,
    };
    replies.iter().filter_map(|(decision, reply)| Some((*decision, option(reply)?))).collect()
}

/// Says before the search when its policies could not be written after it.
fn check_free(dir: &Path) -> Result<(), Failure> {
    let is_taken = match fs::read_dir(dir) {
        Ok(mut entries) => entries.next().is_some(),
        Err(_) => dir.exists(),
    };
    if !is_taken {
        return Ok(());
    }
    let message = format!("--policies-out {}: something is there already", dir.display());
    Err(Failure::new(Code::Io, message).hint("name a directory that does not exist yet"))
}

/// Writes the policies that were found, beside their place, and moves them there whole.
fn write_policies(dir: &Path, finding: &Frontier) -> Result<(), Failure> {
    let wrong = |e: std::io::Error| Failure::new(Code::Io, format!("{}: {e}", dir.display()));
    let mut draft = dir.as_os_str().to_owned();
    draft.push(".part");
    let draft = Path::new(&draft);
    let found: Vec<&FrontierPoint> = finding.points.iter().filter(|p| !p.is_shipped).collect();
    let write = || {
        fs::create_dir_all(draft)?;
        for point in &found {
            fs::write(draft.join(format!("{}.ron", point.name)), &point.policy_text)?;
        }
        // An empty directory makes room; one that has filled up meanwhile refuses.
        if dir.exists() {
            fs::remove_dir(dir)?;
        }
        fs::rename(draft, dir)
    };
    write().map_err(|error| {
        let _ = fs::remove_dir_all(draft);
        wrong(error)
    })?;
    let example = found.iter().find(|p| p.is_on_frontier).or(found.first());
    let example = example.map_or_else(String::new, |p| {
        let file = dir.join(format!("{}.ron", p.name));
        format!("; try: hotwash run {} --policy {}", finding.header.scenario, file.display())
    });
    exit::say(&format!("{} policies in {}{example}", found.len(), dir.display()));
    Ok(())
}
