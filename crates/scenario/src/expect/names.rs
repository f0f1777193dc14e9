//! The names that a simulation has, for facts to be checked against.

use hotwash_engine::Simulation;
use hotwash_incident::PropositionId;
use hotwash_incident::case::SharedCase;

/// How the milestone of a statement that goes out begins.
pub(super) const RELEASED: &str = "pr.released/";

/// What there is in a simulation, by sort.
pub(super) struct Names {
    milestones: Vec<String>,
    metrics: Vec<&'static str>,
    propositions: Vec<String>,
}

impl Names {
    pub(super) fn of(sim: &Simulation) -> Names {
        let case = sim.catalogue().shared::<SharedCase>();
        Names {
            milestones: sim.catalogue().milestones.iter().map(|m| m.name.clone()).collect(),
            metrics: sim.metrics().map(|m| m.name).collect(),
            propositions: case.map_or_else(Vec::new, |case| {
                let all = (0..case.propositions_len()).map(|i| i as u16);
                all.map(|i| case.proposition_name(PropositionId(i)).to_owned()).collect()
            }),
        }
    }

    pub(super) fn of_sort(&self, sort: &str) -> Vec<&str> {
        match sort {
            "milestone" => self.milestones.iter().map(String::as_str).collect(),
            "metric" => self.metrics.clone(),
            "statement" => {
                self.milestones.iter().filter_map(|m| m.strip_prefix(RELEASED)).collect()
            }
            _ => self.propositions.iter().map(String::as_str).collect(),
        }
    }
}
