//! The table: roles with nothing to do, and clocks that never press.

use std::collections::BTreeMap;

use super::{Case, ENOUGH};
use crate::critic::clocks::{ClockKey, Ran, title};
use crate::critic::desk::Desk;
use crate::critic::finding::{Finding, Idleness, Kind, Severity};
use crate::critic::world::World;
use crate::stats::quantile;

/// Things that a role meets at least, or it has nothing to do.
const FEWEST_THINGS: f64 = 3.0;

/// Minutes at the table that a role waits at most.
const LONGEST_WAIT: f64 = 60.0;

/// A clock that always has more than this part of its time left when it is stopped is never near.
const NEAR: f64 = 0.25;

impl Case<'_> {
    pub(super) fn table(&self, clocks: &BTreeMap<ClockKey, Ran>, out: &mut Vec<Finding>) {
        self.roles(out);
        for (key, ran) in clocks {
            if ran.late == 0.0 && ran.least_left > NEAR && ran.started >= ENOUGH as f64 {
                let kind = Kind::ClockNeverBinds {
                    clock: title(&self.sim, *key),
                    started: ran.started as u64,
                    least_left: ran.least_left,
                };
                out.push(Finding::new(Severity::Doubt, None, kind));
            }
        }
    }

    /// Roles that have nothing to do under any policy in nine of ten worlds: who plays chooses a world in
    /// which something happens.
    fn roles(&self, out: &mut Vec<Finding>) {
        for (number, post) in self.plan.posts.iter().enumerate() {
            let over = |read: fn(&Desk) -> f64, p: f64| -> Vec<f64> {
                let of = |worlds: &[World]| of_worlds(worlds, |w| read(&w.desks[number]), p);
                self.by_policy().filter_map(|(_, worlds)| of(worlds)).collect()
            };
            let most = over(|d| d.decisions + d.messages, 0.9).into_iter().fold(0.0, f64::max);
            let shortest = over(|d| d.longest, 0.1).into_iter().fold(f64::INFINITY, f64::min);
            let idleness = if most < FEWEST_THINGS {
                Idleness::Few { things: most }
            } else if shortest > LONGEST_WAIT {
                Idleness::Gap { minutes: shortest }
            } else {
                continue;
            };
            let role = post.name.clone();
            let kind = Kind::RoleIdle { role, idleness, worlds: self.worlds };
            out.push(Finding::new(Severity::Fault, None, kind));
        }
    }
}

/// A quantile over some worlds; nothing when there are none.
fn of_worlds(worlds: &[World], read: impl Fn(&World) -> f64, p: f64) -> Option<f64> {
    let mut rising: Vec<f64> = worlds.iter().map(read).collect();
    rising.sort_by(f64::total_cmp);
    quantile(&rising, p)
}
