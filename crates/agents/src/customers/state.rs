//! What the customers plugin remembers besides the cohorts, and how trust is lost and won back.

use hotwash_engine::{Cx, Query, SimTime, state};
use hotwash_incident::Cohort;

use super::decisions::{self, Window};
use super::kinds;
use super::wiring::Wiring;

/// Mean trust must fall this far, in points, before it is told again.
const TELL_TRUST: f64 = 1.0;
/// And the trust of those affected this far.
const TELL_AFFECTED: f64 = 5.0;
/// The share warned must rise this far before it is told as news again.
const TELL_WARNED: f64 = 0.1;

state! {
    /// All customers together.
    pub struct Customers {
        /// Mean trust before the incident, points.
        pub initial: f64,
        /// Half-life of a loss of trust, days.
        pub half_life: f64,
        /// Until when recovery has been counted.
        pub recovered_at: SimTime,
        /// How many times a loss counts since claims did not hold; 1 at first.
        pub harshness: f64,
        /// Mean trust of those whose records were taken, points.
        pub affected_trust: f64,
        /// Lowest it was.
        pub affected_lowest: f64,
        /// Lowest mean trust of all customers.
        pub mean_lowest: f64,
        /// Mean trust and trust of those affected as last told in the journal.
        pub told: [f64; 2],
        /// Shares warned specifically and generally as last told.
        pub told_warned: [f64; 2],
        /// Records read beyond need so far: people affected.
        pub taken: u64,
        /// Of them, those to whom letters were sent so far.
        pub letters: u64,
        /// Complaints by people whose caller had the stolen record, as they reached support.
        pub genuine: u64,
        /// Of these, before the vendor disclosed.
        pub genuine_before_disclosure: u64,
        /// Complaints with a ticket in the last seven days.
        pub window: Window,
        /// Whether a surge has been told.
        pub has_surged: bool,
        /// Calls with stolen data that somebody answered.
        pub answered: u64,
        /// Customers who lost money.
        pub victims: u64,
        /// Of the answered calls, to people who had been specifically warned before, as expected.
        pub answered_warned: f64,
        /// Customers expected to leave; known at the end of the run.
        pub lost: Option<f64>,
    }
}

impl Customers {
    pub(super) fn new() -> Self {
        Customers {
            initial: 0.0,
            half_life: 0.0,
            recovered_at: SimTime::STARTEX,
            harshness: 1.0,
            affected_trust: 0.0,
            affected_lowest: 0.0,
            mean_lowest: 0.0,
            told: [0.0; 2],
            told_warned: [0.0; 2],
            taken: 0,
            letters: 0,
            genuine: 0,
            genuine_before_disclosure: 0,
            window: Window::default(),
            has_surged: false,
            answered: 0,
            victims: 0,
            answered_warned: 0.0,
            lost: None,
        }
    }

    /// How trust has recovered by `now` from what it was when recovery was last counted.
    pub fn recovered(&self, now: SimTime) -> impl Fn(f64) -> f64 + use<> {
        let days = (now - self.recovered_at).days();
        let left = decisions::loss_left(days, self.half_life);
        let initial = self.initial;
        move |trust| decisions::recover(trust, initial, left)
    }

    /// Everybody in a cohort loses `everyone(cohort)` points on average, those affected `affected`.
    pub(super) fn lose_trust(
        &mut self,
        cx: &mut Cx,
        cohorts: &mut Query<'_, '_, &mut Cohort>,
        w: &Wiring,
        affected: f64,
        everyone: impl Fn(&Cohort) -> f64,
    ) {
        let fall = decisions::fall;
        let now = |cohort: &Cohort, trust| fall(trust, everyone(cohort));
        self.change_trust(cx, cohorts, w, |trust| fall(trust, affected), now);
    }

    /// The vendor's word did not hold: losses so far and from now on count `factor` times.
    pub(super) fn break_trust(
        &mut self,
        cx: &mut Cx,
        cohorts: &mut Query<'_, '_, &mut Cohort>,
        w: &Wiring,
        factor: f64,
    ) {
        if factor <= self.harshness {
            return;
        }
        let ratio = factor / self.harshness;
        self.harshness = factor;
        cx.note(&kinds::TRUST_BROKEN, w.who, |n| n.with("factor", factor));
        let initial = self.initial;
        let deepen = |trust| decisions::deepen(trust, initial, ratio);
        self.change_trust(cx, cohorts, w, deepen, |_, trust| deepen(trust));
    }

    /// Counts recovery up to now, then the change, in one walk over all cohorts; keeps the lowest.
    fn change_trust(
        &mut self,
        cx: &mut Cx,
        cohorts: &mut Query<'_, '_, &mut Cohort>,
        w: &Wiring,
        of_affected: impl Fn(f64) -> f64,
        of_cohort: impl Fn(&Cohort, f64) -> f64,
    ) {
        let recovered = self.recovered(cx.now());
        let (mut trust, mut people) = (0.0, 0.0);
        for cohort in cohorts.iter_mut() {
            let cohort = cohort.into_inner();
            cohort.trust = of_cohort(cohort, recovered(cohort.trust));
            cohort.trust_lowest = cohort.trust_lowest.min(cohort.trust);
            trust += cohort.trust * cohort.size as f64;
            people += cohort.size as f64;
        }
        self.affected_trust = of_affected(recovered(self.affected_trust));
        self.recovered_at = cx.now();
        self.keep_lowest(cx, w, if people > 0.0 { trust / people } else { self.initial });
    }

    /// Keeps the lowest of all customers' mean and of those affected, and tells of a fall.
    fn keep_lowest(&mut self, cx: &mut Cx, w: &Wiring, mean: f64) {
        self.mean_lowest = self.mean_lowest.min(mean);
        self.affected_lowest = self.affected_lowest.min(self.affected_trust);
        let fell = [self.told[0] - mean, self.told[1] - self.affected_trust];
        if fell[0] >= TELL_TRUST || fell[1] >= TELL_AFFECTED {
            self.told = [mean, self.affected_trust];
            let affected = self.affected_trust;
            match w.calls {
                Some(_) => cx.note(&kinds::TRUST_FELL, w.who, |n| {
                    n.with("trust", mean).with("affected", affected)
                }),
                None => cx.note(&kinds::ALL_TRUST_FELL, w.who, |n| n.with("trust", mean)),
            };
        }
    }

    /// Raises the share warned in every cohort, each from what it was, and tells of it.
    pub(super) fn warn(
        &mut self,
        cx: &mut Cx,
        cohorts: &mut Query<'_, '_, &mut Cohort>,
        w: &Wiring,
        is_specific: bool,
        raise: impl Fn(f64) -> f64,
    ) {
        // Warnings reach all cohorts alike, so any one of them stands for all.
        let (mut specific, mut general) = (0.0, 0.0);
        for mut cohort in cohorts.iter_mut() {
            if is_specific {
                cohort.warned_specifically = raise(cohort.warned_specifically).clamp(0.0, 1.0);
            } else {
                cohort.warned_generally = raise(cohort.warned_generally).clamp(0.0, 1.0);
            }
            (specific, general) = (cohort.warned_specifically, cohort.warned_generally);
        }
        let [told_specific, told_general] = self.told_warned;
        let is_news = specific - told_specific >= TELL_WARNED
            || general - told_general >= TELL_WARNED
            || (told_specific + told_general == 0.0 && specific + general > 0.0);
        if is_news {
            self.told_warned = [specific, general];
        }
        let kind = if is_news { &kinds::WARNED } else { &kinds::WARNED_FURTHER };
        cx.note(kind, w.who, |n| n.with("specific", specific).with("general", general));
    }
}
