//! The alert queue as a fluid: how long an alert waits, and how many are dropped unread.
//!
//! Between two changes of load the wait moves on a straight line until it is nothing or until it is
//! the age at which alerts are dropped, so hours and weeks are integrated in one step.

use hotwash_engine::SimTime;

/// Hours in a week, for turning shifts per week into capacity per hour.
const WEEK_HOURS: f64 = 168.0;

/// The queue and what has passed through it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Queue {
    /// Until when it is worked out.
    pub(super) at: SimTime,
    /// Hours that an alert arriving now waits, 0 to the age at which it is dropped.
    pub(super) wait: f64,
    /// Alerts so far.
    pub(super) alerts: f64,
    /// Alerts dropped unread so far.
    pub(super) dropped: f64,
    /// Sum of waits over alerts, hours.
    pub(super) waited: f64,
    /// Analyst hours staffed so far, for the queue or a case.
    pub(super) staffed: f64,
}

/// What the queue faces for a while.
#[derive(Clone, Copy, Debug)]
pub(super) struct Demand {
    /// Alerts per hour.
    pub(super) alerts: f64,
    /// Analyst hours per alert.
    pub(super) work: f64,
    /// Analyst hours per hour, averaged over the week.
    pub(super) capacity: f64,
    /// The same with those whom a case has taken away.
    pub(super) standing: f64,
    /// Hours after which an unread alert is dropped.
    pub(super) max_age: f64,
}

impl Demand {
    /// Work asked for per work possible; above 1 the queue grows.
    pub(super) fn load(&self) -> f64 {
        let asked = self.alerts * self.work;
        if self.capacity > 0.0 {
            asked / self.capacity
        } else if asked > 0.0 {
            f64::MAX
        } else {
            0.0
        }
    }
}

impl Queue {
    /// An empty queue.
    pub(super) fn new(at: SimTime) -> Self {
        Queue { at, wait: 0.0, alerts: 0.0, dropped: 0.0, waited: 0.0, staffed: 0.0 }
    }

    /// Works the queue out until an instant under one demand.
    pub(super) fn advance(&mut self, until: SimTime, demand: &Demand) {
        let hours = (until - self.at).hours();
        self.at = self.at.max(until);
        if hours <= 0.0 {
            return;
        }
        let load = demand.load();
        let flow = flow(self.wait, load, hours, demand.max_age);
        self.wait = flow.wait;
        self.alerts += demand.alerts * hours;
        self.dropped += demand.alerts * flow.full_hours * drop_share(load);
        self.waited += demand.alerts * flow.wait_hours;
        self.staffed += demand.standing * hours;
    }

    /// Chance that an alert arriving now is dropped unread.
    pub(super) fn drop_chance(&self, demand: &Demand) -> f64 {
        if self.wait >= demand.max_age { drop_share(demand.load()) } else { 0.0 }
    }

    /// A batch of alerts arrives at once on top of the rest: it waits behind what is there, what then
    /// would grow too old is dropped. Gives how many of it are read: in a full queue they are read in
    /// the place of others.
    pub(super) fn pour(&mut self, count: f64, demand: &Demand) -> f64 {
        let work = count * demand.work;
        if demand.capacity <= 0.0 {
            self.alerts += count;
            self.dropped += count;
            return 0.0;
        }
        let room = (demand.max_age - self.wait).max(0.0) * demand.capacity;
        let taken = if work > 0.0 { (room / work).min(1.0) } else { 1.0 };
        let added = taken * work / demand.capacity;
        self.alerts += count;
        self.dropped += count * (1.0 - taken);
        // As for other alerts, what is dropped counts with the age at which it is.
        let mean = taken * (self.wait + added / 2.0) + (1.0 - taken) * demand.max_age;
        self.waited += count * mean;
        self.wait += added;
        count * taken.max(1.0 - drop_share(demand.load()))
    }

    /// Analysts leave the queue: the same backlog takes longer, and what grows too old is dropped.
    /// When they come back the wait stays: they begin with what is new.
    pub(super) fn lose_capacity(&mut self, before: f64, after: &Demand) {
        if after.capacity <= 0.0 || before <= after.capacity {
            return;
        }
        let wait = self.wait * before / after.capacity;
        let excess = (wait - after.max_age).max(0.0);
        if after.work > 0.0 {
            self.dropped += excess * after.capacity / after.work;
        }
        self.wait = wait.min(after.max_age);
    }
}

/// Share of alerts that nobody gets to once the queue is full.
pub(super) fn drop_share(load: f64) -> f64 {
    if load > 1.0 { 1.0 - 1.0 / load } else { 0.0 }
}

/// What some hours under one load do to the wait.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Flow {
    /// Wait at their end, hours.
    pub(super) wait: f64,
    /// Integral of the wait over them, hours squared.
    pub(super) wait_hours: f64,
    /// Hours during which the queue was full.
    pub(super) full_hours: f64,
}

/// Moves a wait by `hours` under a load: an hour adds `load - 1` hours, between 0 and `max_age`.
pub(super) fn flow(wait: f64, load: f64, hours: f64, max_age: f64) -> Flow {
    let wait = wait.clamp(0.0, max_age);
    let slope = load - 1.0;
    let bound = if slope > 0.0 { max_age } else { 0.0 };
    let until_bound = if slope == 0.0 { hours } else { ((bound - wait) / slope).min(hours) };
    let end = if until_bound < hours { bound } else { wait + slope * hours };
    let end = end.clamp(0.0, max_age);
    let rest = hours - until_bound;
    Flow {
        wait: end,
        wait_hours: (wait + end) / 2.0 * until_bound + bound * rest,
        full_hours: if slope > 0.0 { rest } else { 0.0 },
    }
}

/// Analyst hours per hour, averaged over the week.
pub(super) fn capacity(analysts: f64, usable: f64, shift_hours: f64, shifts_per_week: f64) -> f64 {
    analysts * usable * shift_hours * shifts_per_week / WEEK_HOURS
}

/// Analysts that cases take from the queue: what they ask for, but all together no more than a share
/// of them; where that is short, each gets its part.
pub(super) fn staff_split(asked: [f64; 2], largest_share: f64, analysts: f64) -> [f64; 2] {
    let most = analysts * largest_share;
    let total = asked[0] + asked[1];
    if total <= most {
        return asked;
    }
    asked.map(|a| if a >= total { most } else { most * a / total })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn demand(alerts: f64, capacity: f64) -> Demand {
        Demand { alerts, work: 0.25, capacity, standing: capacity, max_age: 72.0 }
    }

    fn run(capacity: f64) -> Vec<f64> {
        let mut queue = Queue::new(SimTime::STARTEX);
        // Weeks of rising and falling load.
        [4.0, 9.0, 30.0, 2.0, 12.0, 5.0, 0.0]
            .iter()
            .enumerate()
            .map(|(week, alerts)| {
                let until = SimTime::from_ms((week as i64 + 1) * 7 * 86_400_000);
                queue.advance(until, &demand(*alerts, capacity));
                assert!(queue.dropped <= queue.alerts + 1e-9);
                queue.wait
            })
            .collect()
    }

    #[test]
    fn more_capacity_never_lengthens_a_wait() {
        let runs: Vec<Vec<f64>> = (1..40).map(|c| run(f64::from(c) * 0.1)).collect();
        for pair in runs.windows(2) {
            assert!(pair[0].iter().zip(&pair[1]).all(|(less, more)| more <= less), "{pair:?}");
        }
    }

    #[test]
    fn one_step_equals_many() {
        let whole = flow(3.0, 1.4, 200.0, 72.0);
        let mut wait = 3.0;
        let (mut integral, mut full) = (0.0, 0.0);
        for _ in 0..2000 {
            let part = flow(wait, 1.4, 0.1, 72.0);
            wait = part.wait;
            integral += part.wait_hours;
            full += part.full_hours;
        }
        assert!((whole.wait - wait).abs() < 1e-9);
        assert!((whole.wait_hours - integral).abs() < 1e-6);
        assert!((whole.full_hours - full).abs() < 1e-6);
    }

    #[test]
    fn edges_of_the_flow() {
        assert_eq!(flow(0.0, 0.3, 50.0, 72.0).wait, 0.0);
        assert_eq!(flow(10.0, 1.0, 50.0, 72.0).wait, 10.0);
        assert_eq!(flow(10.0, 0.0, 4.0, 72.0).wait, 6.0);
        assert_eq!(flow(0.0, f64::MAX, 5.0, 72.0).wait, 72.0);
        assert_eq!(flow(5.0, 2.0, 0.0, 72.0).wait, 5.0);
    }

    #[test]
    fn an_overloaded_queue_drops_what_capacity_leaves() {
        let mut queue = Queue::new(SimTime::STARTEX);
        let demand = demand(12.0, 1.0);
        queue.advance(SimTime::from_ms(365 * 86_400_000), &demand);
        let share = queue.dropped / queue.alerts;
        assert!((share - 2.0 / 3.0).abs() < 0.02, "{share}");
        assert_eq!(queue.drop_chance(&demand), 1.0 - 1.0 / 3.0);
    }

    #[test]
    fn losing_analysts_lengthens_the_wait_and_gaining_them_does_not() {
        let mut queue = Queue { wait: 20.0, ..Queue::new(SimTime::STARTEX) };
        queue.lose_capacity(2.0, &demand(1.0, 1.0));
        assert_eq!(queue.wait, 40.0);
        queue.lose_capacity(2.0, &demand(1.0, 0.5));
        assert_eq!((queue.wait, queue.dropped), (72.0, (160.0 - 72.0) * 0.5 / 0.25));
        queue.lose_capacity(0.5, &demand(1.0, 2.0));
        assert_eq!(queue.wait, 72.0);
    }

    #[test]
    fn a_batch_waits_behind_the_rest_and_overflows() {
        let calm = demand(1.0, 1.0);
        let mut queue = Queue { wait: 10.0, ..Queue::new(SimTime::STARTEX) };
        assert_eq!(queue.pour(40.0, &calm), 40.0);
        assert_eq!((queue.wait, queue.alerts, queue.dropped), (20.0, 40.0, 0.0));
        let busy = demand(8.0, 1.0);
        assert_eq!(queue.pour(416.0, &busy), 208.0, "52 hours of room are left");
        assert_eq!((queue.wait, queue.dropped), (72.0, 208.0));
        assert_eq!(queue.pour(10.0, &busy), 5.0, "a full queue reads what its load leaves");
        assert_eq!(queue.pour(5.0, &demand(1.0, 0.0)), 0.0);
        let waits: Vec<f64> = (0..50)
            .map(|n| {
                let mut queue = Queue::new(SimTime::STARTEX);
                queue.pour(f64::from(n), &calm);
                queue.wait
            })
            .collect();
        assert!(waits.is_sorted(), "{waits:?}");
    }

    #[test]
    fn two_cases_share_what_the_alerts_can_spare() {
        assert_eq!(staff_split([2.0, 0.0], 0.5, 6.0), [2.0, 0.0]);
        assert_eq!(staff_split([4.0, 0.0], 0.5, 6.0), [3.0, 0.0]);
        assert_eq!(staff_split([2.0, 4.0], 0.5, 6.0), [1.0, 2.0]);
        for n in 1..20 {
            let n = f64::from(n);
            let [alone, _] = staff_split([2.0, 0.0], 0.5, n);
            let [a, b] = staff_split([2.0, 3.0], 0.5, n);
            assert!(a <= alone && a + b <= n * 0.5 + 1e-12);
        }
    }

    #[test]
    fn leaving_staff_hurts_a_small_team_at_least_as_much() {
        let ratio = |n: f64| n / (n - staff_split([3.0, 0.0], 0.5, n)[0]);
        let ratios: Vec<f64> = (1..50).map(|n| ratio(f64::from(n))).collect();
        assert!(ratios.windows(2).all(|w| w[1] <= w[0]), "{ratios:?}");
    }
}
