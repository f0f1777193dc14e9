//! Which acts leave a trace and which raise an alert, as pure functions.

use hotwash_incident::Act;

/// How much of the network a control covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cover {
    /// None of it.
    None,
    /// The core segments.
    Core,
    /// All of it.
    All,
}

impl Cover {
    /// Whether it covers a segment.
    pub fn covers(self, is_core: bool) -> bool {
        match self {
            Cover::None => false,
            Cover::Core => is_core,
            Cover::All => true,
        }
    }
}

/// Which controls are on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Watch {
    /// Remote-administration tools and other programs that nobody approved.
    pub remote_tools: bool,
    /// Movement between machines, reading of the directory, new accounts and services.
    pub movement: Cover,
    /// Large transfers and mass reading.
    pub transfers: bool,
}

impl Watch {
    /// Whether a control looks for this act in such a segment.
    pub fn looks_for(self, act: Act, is_core: bool) -> bool {
        match act {
            Act::RemoteTool | Act::Keylog => self.remote_tools,
            Act::Move | Act::Directory | Act::BackDoor => self.movement.covers(is_core),
            Act::Collect | Act::Transfer => self.transfers,
            Act::Guess | Act::Login | Act::OldAccount => false,
        }
    }
}

/// What becomes of an act.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Trace {
    /// It is in a log.
    pub is_logged: bool,
    /// It raised an alert; such an act is logged, too.
    pub is_alert: bool,
}

/// What becomes of an act, by one number `u` between 0 and 1: so that better visibility or a closer
/// watch never loses a trace or an alert.
pub fn trace(u: f64, visibility: f64, alert: f64) -> Trace {
    let visibility = visibility.clamp(0.0, 1.0);
    Trace { is_logged: u < visibility, is_alert: u < visibility * alert.clamp(0.0, 1.0) }
}

/// Chance of an alert on an act that comes `times` over, each with chance `once`.
pub fn any_of(once: f64, times: f64) -> f64 {
    let once = once.clamp(0.0, 1.0);
    if once >= 1.0 {
        return if times > 0.0 { 1.0 } else { 0.0 };
    }
    -libm::expm1(times.max(0.0) * libm::log1p(-once))
}

/// How alerts on transfers come about in this run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Transfers {
    /// Alerts for each terabyte at `rate`.
    pub per_tb: f64,
    /// Mbit/s.
    pub rate: f64,
    /// Exponent of the rate.
    pub steepness: f64,
    /// Share of the alerts that is left by how closely transfers are watched, 0 to 1.
    pub watched: f64,
}

impl Transfers {
    /// Alerts to expect on `tb` that leave at `mbit_s` from where a share `visibility` is seen. The
    /// same amount never raises more when it leaves more slowly.
    pub fn hazard(&self, tb: f64, mbit_s: f64, visibility: f64) -> f64 {
        if tb <= 0.0 || mbit_s <= 0.0 || self.rate <= 0.0 {
            return 0.0;
        }
        let speed = libm::pow(mbit_s / self.rate, self.steepness.max(0.0));
        tb * self.per_tb * speed * self.watched.clamp(0.0, 1.0) * visibility.clamp(0.0, 1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn better_visibility_or_watch_never_loses_anything() {
        let steps = || (0..=10).map(|k| f64::from(k) / 10.0);
        for u in [0.001, 0.1, 0.33, 0.5, 0.77, 0.999] {
            for fixed in steps() {
                let by_visibility: Vec<Trace> = steps().map(|v| trace(u, v, fixed)).collect();
                let by_watch: Vec<Trace> = steps().map(|a| trace(u, fixed, a)).collect();
                assert!(by_visibility.is_sorted_by_key(|t| (t.is_logged, t.is_alert)));
                assert!(by_watch.is_sorted_by_key(|t| (t.is_logged, t.is_alert)));
                let all = by_visibility.iter().chain(&by_watch);
                assert!(all.clone().all(|t| t.is_logged || !t.is_alert), "no alert without a log");
            }
        }
    }

    #[test]
    fn slower_transfers_never_raise_more_alerts() {
        let watched = Transfers { per_tb: 0.1, rate: 30.0, steepness: 1.5, watched: 1.0 };
        let by_rate: Vec<f64> =
            (0..50).map(|k| watched.hazard(30.0, f64::from(k) * 20.0, 0.8)).collect();
        assert!(by_rate.is_sorted());
        assert!((watched.hazard(30.0, 30.0, 1.0) - 3.0).abs() < 1e-12);
        let unwatched = Transfers { watched: 0.01, ..watched };
        assert!(unwatched.hazard(30.0, 300.0, 0.8) < watched.hazard(30.0, 300.0, 0.8));
        assert_eq!(watched.hazard(0.0, 30.0, 1.0), 0.0);
        assert_eq!(watched.hazard(1.0, 0.0, 1.0), 0.0);
    }

    #[test]
    fn controls_look_for_their_own_acts() {
        let none = Watch { remote_tools: false, movement: Cover::None, transfers: false };
        let core = Watch { movement: Cover::Core, ..none };
        let all = Watch { remote_tools: true, movement: Cover::All, transfers: true };
        for act in Act::ALL {
            assert!(!none.looks_for(act, true), "{act:?}");
            assert!(all.looks_for(act, false) || !core.looks_for(act, true), "{act:?}");
        }
        assert!(core.looks_for(Act::Move, true) && !core.looks_for(Act::Move, false));
        assert!(all.looks_for(Act::Transfer, false) && all.looks_for(Act::RemoteTool, false));
    }

    #[test]
    fn many_tries_are_seen_sooner_than_one() {
        assert!((any_of(0.1, 1.0) - 0.1).abs() < 1e-12);
        let more: Vec<f64> = (0..20).map(|n| any_of(0.01, f64::from(n) * 10.0)).collect();
        assert!(more.is_sorted() && more[0] == 0.0 && more[19] < 1.0);
        assert_eq!((any_of(1.0, 5.0), any_of(1.0, 0.0), any_of(0.0, 1e9)), (1.0, 0.0, 0.0));
    }
}
