//! What security makes of alerts and traces in the network: pure functions.

use hotwash_engine::SimTime;
use hotwash_incident::{Act, StoreKind};

/// Which kind of alert an act raises; evidence and analysts' habits go by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Family {
    /// Somebody gets in, or tries.
    Login,
    /// What administrators do as well.
    RemoteTool,
    /// Somebody looks round.
    Movement,
    /// Much data leaves.
    Transfer,
}

impl Family {
    /// The family of an act.
    pub(super) fn of(act: Act) -> Self {
        match act {
            Act::Guess | Act::Login | Act::OldAccount => Family::Login,
            Act::RemoteTool | Act::BackDoor | Act::Keylog => Family::RemoteTool,
            Act::Move | Act::Directory | Act::Collect => Family::Movement,
            Act::Transfer => Family::Transfer,
        }
    }
}

/// Whether an alert on an act, if it is right, says that somebody is in the segment. Guessing at the
/// door does not.
pub(super) fn says_inside(act: Act) -> bool {
    act != Act::Guess
}

/// Number of what is drawn about an alert: by what raised it, so that seeing more leaves the judgement of
/// all else as it was.
pub(super) fn occurrence(act: Act, origin: u64) -> u64 {
    origin * Act::COUNT as u64 + act as u64
}

/// What decides whether a real alert is taken for a false one.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reading {
    /// Chance by a rested analyst without habits.
    pub(super) rested: f64,
    /// Share of false ones among alerts of the kind.
    pub(super) false_share: f64,
    /// How many earlier ones the analyst goes by.
    pub(super) memory: f64,
    /// How much of the false-positive share adds at full load.
    pub(super) fatigue: f64,
    /// Work asked for per work possible.
    pub(super) load: f64,
    /// Whether a case team waits for just this kind of alert.
    pub(super) is_awaited: bool,
}

impl Reading {
    /// Chance that a real alert is taken for a false one: it must pass the analyst's eye, the habit of
    /// false ones (when the last `memory` were all false nobody asks), and the load of the day.
    pub(super) fn missed(&self) -> f64 {
        if self.is_awaited {
            return self.rested;
        }
        let habit = libm::pow(self.false_share, self.memory.max(1.0));
        let tired = self.fatigue * self.false_share * self.load.clamp(0.0, 1.0);
        1.0 - (1.0 - self.rested) * (1.0 - habit) * (1.0 - tired)
    }
}

/// Chance that at least one of `n` things happens, each with chance `p`.
pub(super) fn any_of(n: f64, p: f64) -> f64 {
    -libm::expm1(-n.max(0.0) * super::super::decisions::hazard(p))
}

/// A chance of seeing something, with help that leaves only a share of what was missed.
pub(super) fn helped(chance: f64, misses: f64, is_helped: bool) -> f64 {
    if is_helped { 1.0 - (1.0 - chance) * misses } else { chance }
}

/// What decides how many back doors of a segment are found.
#[derive(Clone, Copy, Debug)]
pub(super) struct Closing {
    /// Chance where traces were found and everything is logged.
    pub(super) best: f64,
    /// What is left of it where nobody knows whether the intruder was there.
    pub(super) unknown: f64,
    /// What is left of it without logs.
    pub(super) unlogged: f64,
    /// Share still missed when everything is done at once.
    pub(super) together_misses: f64,
    /// Share that outside responders miss too.
    pub(super) expert_misses: f64,
}

/// How a segment is gone through.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pass {
    /// Traces of the intruder were found there.
    pub(super) is_known: bool,
    /// Share of what happens there that is logged.
    pub(super) visibility: f64,
    /// Everything is done in one go.
    pub(super) is_together: bool,
    /// Outside responders are there.
    pub(super) has_experts: bool,
}

impl Closing {
    /// Chance that each back door of a segment is found and closed.
    pub(super) fn thoroughness(&self, pass: Pass) -> f64 {
        let sight = self.unlogged + (1.0 - self.unlogged) * pass.visibility;
        let known = if pass.is_known { 1.0 } else { self.unknown };
        let chance = self.best * known * sight;
        let chance = helped(chance, self.together_misses, pass.is_together);
        helped(chance, self.expert_misses, pass.has_experts)
    }
}

/// Hours until a team has done some person-hours of work.
pub(super) fn hours_of(work: f64, staff: f64) -> f64 {
    work / staff.max(1.0)
}

/// Person-hours left of some work after `hours` of a team at it.
pub(super) fn left_of(work: f64, hours: f64, staff: f64) -> f64 {
    (work - hours.max(0.0) * staff.max(1.0)).max(0.0)
}

/// What a sample turned out to be, as half a sentence.
pub(super) fn sample_is(kind: StoreKind) -> &'static str {
    match kind {
        StoreKind::SourceCode => "source code of ours",
        StoreKind::DebugSymbols => {
            "debug symbols of our builds, which do not show that source code was taken"
        }
        StoreKind::Documents => "development documents of ours",
        StoreKind::Models => "AI models of ours",
    }
}

/// Instants between which an intruder was inside, as milestones tell them.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stay {
    /// When it came in.
    pub(super) entered: SimTime,
    /// When it first lost its last way in.
    pub(super) evicted: Option<SimTime>,
    /// When it first came back. After a mere cut-off it may do so before it has lost its last way
    /// in: then it was inside all the time.
    pub(super) back: Option<SimTime>,
}

impl Stay {
    /// Days inside from an instant until now: from the entry to the eviction, and again from a
    /// return that is later than that. What happened after it is not told by milestones: from
    /// there on it counts as inside.
    pub(super) fn days_after(&self, from: SimTime, now: SimTime) -> f64 {
        let since = |start: SimTime, end: SimTime| (end - start.max(from)).days().max(0.0);
        let Some(evicted) = self.evicted else { return since(self.entered, now) };
        let back = self.back.filter(|back| *back > evicted);
        since(self.entered, evicted) + back.map_or(0.0, |back| since(back, now))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reading(false_share: f64, load: f64) -> Reading {
        Reading { rested: 0.2, false_share, memory: 20.0, fatigue: 0.4, load, is_awaited: false }
    }

    #[test]
    fn every_act_has_a_family() {
        assert_eq!(Act::ALL.map(Family::of).len(), Act::COUNT);
        assert_eq!(Family::of(Act::OldAccount), Family::Login);
        assert_eq!(Family::of(Act::Keylog), Family::RemoteTool);
        assert_eq!(Family::of(Act::Collect), Family::Movement);
        assert!(!says_inside(Act::Guess) && says_inside(Act::Login));
    }

    #[test]
    fn nobody_asks_about_what_is_nearly_always_harmless() {
        let missed = |share| reading(share, 0.0).missed();
        let shares: Vec<f64> = (0..100).map(|i| missed(f64::from(i) / 100.0)).collect();
        assert!(shares.is_sorted());
        assert!(missed(0.7) < 0.21, "ordinary noise leaves judgement alone");
        assert!(missed(0.99) > 0.8 && missed(0.999) > 0.95, "P-26: no questions");
        assert!(reading(0.7, 0.5).missed() < reading(0.7, 1.0).missed());
        assert_eq!(reading(0.7, 1.0).missed(), reading(0.7, 9.0).missed());
        let awaited = Reading { is_awaited: true, ..reading(0.999, 5.0) };
        assert_eq!(awaited.missed(), 0.2, "a case team asks");
    }

    #[test]
    fn chances_add_up_and_help_only_helps() {
        assert!((any_of(2.0, 0.5) - 0.75).abs() < 1e-12);
        assert_eq!(any_of(0.0, 0.5), 0.0);
        assert!(any_of(10.0, 0.1) < any_of(20.0, 0.1));
        for p in [0.0, 0.3, 1.0] {
            assert!(helped(p, 0.5, true) >= helped(p, 0.5, false));
        }
        assert_eq!(helped(0.6, 0.5, true), 0.8);
    }

    #[test]
    fn more_sight_knowledge_and_hands_close_more() {
        let closing = Closing {
            best: 0.8,
            unknown: 0.5,
            unlogged: 0.4,
            together_misses: 0.5,
            expert_misses: 0.6,
        };
        let all = [false, true];
        for is_known in all {
            for is_together in all {
                for has_experts in all {
                    let pass = |visibility| Pass { is_known, visibility, is_together, has_experts };
                    let t = |pass| closing.thoroughness(pass);
                    assert!(t(pass(0.1)) < t(pass(0.9)) && t(pass(1.0)) < 1.0);
                    assert!(t(pass(0.5)) <= t(Pass { is_known: true, ..pass(0.5) }));
                    assert!(t(pass(0.5)) <= t(Pass { is_together: true, ..pass(0.5) }));
                    assert!(t(pass(0.5)) <= t(Pass { has_experts: true, ..pass(0.5) }));
                }
            }
        }
    }

    #[test]
    fn a_stay_is_counted_from_the_later_of_entry_and_notice() {
        let day = |d: i64| SimTime::from_ms(d * 86_400_000);
        let stay = |evicted, back| Stay { entered: day(10), evicted, back };
        assert_eq!(stay(None, None).days_after(day(0), day(30)), 20.0);
        assert_eq!(stay(Some(day(20)), None).days_after(day(15), day(99)), 5.0);
        assert_eq!(stay(Some(day(20)), None).days_after(day(40), day(99)), 0.0);
        assert_eq!(stay(Some(day(20)), Some(day(50))).days_after(day(15), day(60)), 15.0);
        assert_eq!(stay(Some(day(20)), Some(day(50))).days_after(day(55), day(60)), 5.0);
        // Back after a mere cut-off, before it lost its last way in: that is no second stay.
        assert_eq!(stay(Some(day(50)), Some(day(20))).days_after(day(15), day(60)), 35.0);
        assert_eq!(stay(None, Some(day(20))).days_after(day(15), day(60)), 45.0);
    }

    #[test]
    fn a_stay_is_never_longer_than_the_time() {
        let day = |d: i64| SimTime::from_ms(d * 86_400_000);
        let steps = || (0..8).map(|k| day(k * 10));
        let maybe = || steps().map(Some).chain([None]);
        for entered in steps() {
            for evicted in maybe().filter(|e| e.is_none_or(|e| e >= entered)) {
                for back in maybe() {
                    for from in steps() {
                        let days = Stay { entered, evicted, back }.days_after(from, day(70));
                        assert!((0.0..=(day(70) - from).days()).contains(&days), "{days}");
                    }
                }
            }
        }
    }

    #[test]
    fn hands_that_come_later_finish_what_is_left() {
        assert_eq!(left_of(100.0, 10.0, 3.0), 70.0);
        assert_eq!(left_of(100.0, 99.0, 3.0), 0.0);
        assert_eq!(left_of(100.0, -5.0, 3.0), 100.0);
        assert_eq!(left_of(100.0, hours_of(100.0, 4.0), 4.0), 0.0);
    }

    #[test]
    fn every_alert_has_its_own_draw() {
        let all = (0..20).flat_map(|origin| Act::ALL.map(|act| occurrence(act, origin)));
        let mut all: Vec<u64> = all.collect();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), 20 * Act::COUNT);
    }
}
