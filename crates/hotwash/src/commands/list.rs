//! `hotwash list`: what there is to play.

use std::fmt::Write as _;

use hotwash_scenario::Registry;

use crate::exit::{self, Failure};
use crate::shipped;
use crate::text::{BOLD, DIM, Page, wrap};

pub(crate) fn list(registry: &Registry) -> Result<(), Failure> {
    let page = Page::of_terminal();
    let mut out = String::new();
    for name in shipped::scenarios() {
        let scenario = shipped::open_to_run(registry, name)?;
        let _ = writeln!(out, "{}  {}", BOLD.on(name), scenario.title());
        for line in wrap(scenario.summary(), page.width - 4) {
            let _ = writeln!(out, "    {line}");
        }
        let policies: Vec<&str> = scenario.policies().iter().map(|p| p.name()).collect();
        let _ = writeln!(out, "    {}", DIM.on(format_args!("policies: {}", policies.join(", "))));
        out.push('\n');
    }
    exit::print(&out)
}
