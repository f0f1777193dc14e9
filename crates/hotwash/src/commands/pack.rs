//! `hotwash pack`: the documents of an exercise before it is played.

use hotwash_report::document::planning;
use hotwash_scenario::Registry;

use super::table;
use crate::args::live;
use crate::exit::{self, Code, Failure};
use crate::report_dir;

pub(crate) fn pack(registry: &Registry, args: &live::Pack) -> Result<(), Failure> {
    report_dir::vacant(&args.out)?;
    let plan = table::plan(registry, &args.scenario, &args.table)?;
    // What is wrong with levers is said before anything is written.
    if let Err(problems) = plan.scenario.build(&plan.set, plan.policy.as_ref()) {
        return Err(exit::refuse_build(&problems));
    }
    let files = planning(&plan);
    if files.is_empty() {
        let message =
            "the scenario could not be played through, so that its documents cannot be written";
        return Err(Failure::new(Code::Bug, message)
            .hint("this is a bug of the model; `hotwash run` shows it"));
    }
    report_dir::write(&args.out, &files)?;
    exit::print(&listed(args, &files))
}

/// What was written, by document, players' and controllers' apart.
fn listed(args: &live::Pack, files: &[(String, Vec<u8>)]) -> String {
    let mut out = format!("{}: the documents of an exercise\n", args.out.display());
    for (folder, whose) in
        [("players/", "For players"), ("controllers/", "For the facilitator and evaluators only")]
    {
        out.push_str(&format!("\n{whose}\n"));
        let mut documents: Vec<(&str, Vec<&str>)> = Vec::new();
        for (name, _) in files {
            let Some((stem, form)) = name.strip_prefix(folder).and_then(|n| n.rsplit_once('.'))
            else {
                continue;
            };
            match documents.last_mut().filter(|(known, _)| *known == stem) {
                Some((_, forms)) => forms.push(form),
                None => documents.push((stem, vec![form])),
            }
        }
        for (stem, forms) in documents {
            out.push_str(&format!("  {folder}{stem}  ({})\n", forms.join(", ")));
        }
    }
    out
}
