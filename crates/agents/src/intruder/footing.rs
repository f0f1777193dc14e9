//! Where the crew stands: what it holds, which ways in are left to it, where it can go from there.

use hotwash_engine::{SimTime, state};
use hotwash_incident::network::Access;

use super::decisions;

/// How the crew stands towards the vendor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// It has not turned to this vendor yet.
    Elsewhere,
    /// It tries to get in.
    Outside,
    /// It is in.
    Inside,
    /// It is cut off, and something is left that would let it in again.
    CutOff,
    /// Nothing is left, and it does not come back.
    Gone,
}

/// What it has in one segment.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Hold {
    /// It works there.
    pub is_held: bool,
    /// It has been there at some time.
    pub was_entered: bool,
    /// A remote-administration tool of its own runs there.
    pub has_tool: bool,
    /// The vendor has cut the segment off.
    pub is_shut: bool,
    /// Nothing leads on from here in this run.
    pub is_sealed: bool,
}

/// A back door.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Door {
    /// Place of its segment.
    pub segment: usize,
    /// Search after which it is found; see [`decisions::searched`].
    pub hidden: f64,
    /// Search so far.
    pub searched: f64,
    /// Whether it lies on a machine; an account otherwise.
    pub is_on_machine: bool,
    /// Whether it still works.
    pub is_open: bool,
}

/// What the crew knows of a segment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// Whether a login can be reached from outside.
    pub is_exposed: bool,
    /// Whether the directory of accounts lies there.
    pub holds_directory: bool,
    /// Where one gets from there with ordinary credentials.
    pub links: Vec<usize>,
}

state! {
    /// The crew.
    pub struct Intruder {
        /// How it stands towards the vendor.
        pub phase: Phase,
        /// What it has, by segment.
        pub holds: Vec<Hold>,
        /// Its back doors, closed ones included.
        pub doors: Vec<Door>,
        /// Whether it has credentials that work.
        pub has_credentials: bool,
        /// Whether the vendor blocks remote-administration tools.
        pub tools_blocked: bool,
        /// Whether it has been disturbed.
        pub is_cautious: bool,
        /// Whether it lies low before it uses what was left to it.
        pub is_lying_low: bool,
        /// Whether it has all it can get.
        pub is_done: bool,
        /// Size of each store in this run, TB.
        pub sizes: Vec<f64>,
        /// What it wants of each store, TB.
        pub wants: Vec<f64>,
        /// What has left of each store, TB.
        pub taken: Vec<f64>,
        /// Which stores a part worth having has left of.
        pub has_worth: Vec<bool>,
        /// Counts up when it gets in or loses access: what was planned before is off.
        pub stay: u64,
        /// Logins that came along so far.
        pub logins: u64,
        /// Attempts to move so far.
        pub turns: u64,
        /// Segments set up for staying so far.
        pub setups: u64,
        /// Times it lay low.
        pub lulls: u64,
        /// Times it lost its last way in.
        pub evictions: u64,
        /// Times it came back.
        pub came_back: u64,
        /// When it last lost access.
        pub last_out: Option<SimTime>,
    }
}

impl Intruder {
    /// A crew that has not turned to a vendor with so many segments and stores.
    pub fn new(segments: usize, stores: usize) -> Self {
        Intruder {
            phase: Phase::Elsewhere,
            holds: vec![Hold::default(); segments],
            doors: Vec::new(),
            has_credentials: false,
            tools_blocked: false,
            is_cautious: false,
            is_lying_low: false,
            is_done: false,
            sizes: vec![0.0; stores],
            wants: vec![0.0; stores],
            taken: vec![0.0; stores],
            has_worth: vec![false; stores],
            stay: 0,
            logins: 0,
            turns: 0,
            setups: 0,
            lulls: 0,
            evictions: 0,
            came_back: 0,
            last_out: None,
        }
    }

    /// Whether something of its own opens this segment from outside.
    fn has_way(&self, segment: usize) -> bool {
        let has_tool = self.holds[segment].has_tool && !self.tools_blocked;
        let has_door = || self.doors.iter().any(|d| d.segment == segment && d.is_open);
        !self.holds[segment].is_shut && (has_tool || has_door())
    }

    /// Whether it can get in from outside now, by a login, a tool or a back door.
    pub fn is_connected(&self, ground: &[Place]) -> bool {
        self.door_step(ground).is_some()
    }

    /// The first segment that it can get into from outside now.
    pub fn door_step(&self, ground: &[Place]) -> Option<usize> {
        (0..self.holds.len()).find(|i| self.opens(*i, ground))
    }

    /// Whether it can get into this segment from outside now.
    fn opens(&self, segment: usize, ground: &[Place]) -> bool {
        self.opens_without_door(segment, ground) || self.has_way(segment)
    }

    /// Whether a login or a tool of its own opens this segment from outside now.
    fn opens_without_door(&self, segment: usize, ground: &[Place]) -> bool {
        let hold = &self.holds[segment];
        let by_login = self.has_credentials && ground[segment].is_exposed;
        !hold.is_shut && (by_login || hold.has_tool && !self.tools_blocked)
    }

    /// Keeps what others see of its ways in up to date.
    pub fn show(&self, access: &mut Access, ground: &[Place]) {
        for (i, works) in access.segments.iter_mut().enumerate() {
            *works = self.opens_without_door(i, ground);
        }
        for door in self.doors.iter().filter(|d| d.is_open && !self.holds[d.segment].is_shut) {
            access.segments[door.segment] = true;
        }
    }

    /// Whether it can work in this segment now.
    pub fn is_live(&self, segment: usize, ground: &[Place]) -> bool {
        let hold = &self.holds[segment];
        let can_work =
            || self.has_way(segment) || self.has_credentials && self.is_connected(ground);
        hold.is_held && !hold.is_shut && can_work()
    }

    /// Whether it can work anywhere now.
    pub fn is_inside(&self, ground: &[Place]) -> bool {
        (0..self.holds.len()).any(|i| self.is_live(i, ground))
    }

    /// Whether anything is left that would let it in, now or when a segment is let back in.
    pub fn has_anything_left(&self) -> bool {
        let has_tool = !self.tools_blocked && self.holds.iter().any(|h| h.has_tool);
        self.has_credentials || has_tool || self.doors.iter().any(|d| d.is_open)
    }

    /// Back doors that still work.
    pub fn doors_left(&self) -> u64 {
        self.doors.iter().filter(|d| d.is_open).count() as u64
    }

    /// Segments it works in, cut off or not.
    pub fn held(&self) -> u64 {
        self.holds.iter().filter(|h| h.is_held).count() as u64
    }

    /// Whether it could move from some segment that `stands` says of to this one.
    fn leads_to(&self, to: usize, ground: &[Place], stands: impl Fn(usize) -> bool) -> bool {
        // Whether it stands there is asked last: that takes the longest to find out.
        (0..ground.len())
            .filter(|from| ground[*from].holds_directory || ground[*from].links.contains(&to))
            .any(|from| !self.holds[from].is_sealed && stands(from))
    }

    /// Where to try next: the directory first, else one of what it can reach by a number `u` between
    /// 0 and 1.
    pub fn next_target(&self, ground: &[Place], u: f64) -> Option<usize> {
        let is_open = |i: &usize| {
            let hold = &self.holds[*i];
            let is_new = !hold.is_held && !hold.is_shut;
            is_new && self.leads_to(*i, ground, |from| self.is_live(from, ground))
        };
        let open = || (0..ground.len()).filter(is_open);
        if let Some(directory) = open().find(|i| ground[*i].holds_directory) {
            return Some(directory);
        }
        let count = open().count();
        open().nth(((u * count as f64) as usize).min(count.saturating_sub(1)))
    }

    /// Whether it may ever hold more than it does, whatever is cut off now.
    pub fn can_spread(&self, ground: &[Place]) -> bool {
        let is_held = |i: usize| self.holds[i].is_held;
        (0..ground.len()).any(|to| !is_held(to) && self.leads_to(to, ground, is_held))
    }

    /// A hunt for back doors, in one segment or everywhere.
    pub fn hunt(&mut self, segment: Option<usize>, thoroughness: f64) {
        let more = decisions::searched(thoroughness);
        for door in self.doors.iter_mut().filter(|d| segment.is_none_or(|s| s == d.segment)) {
            door.searched += more;
            door.is_open &= door.searched < door.hidden;
        }
    }

    /// Machines were set up anew, in one segment or everywhere.
    pub fn reimage(&mut self, segment: Option<usize>) {
        for door in self.doors.iter_mut().filter(|d| segment.is_none_or(|s| s == d.segment)) {
            door.is_open &= !door.is_on_machine;
        }
        for (i, hold) in self.holds.iter_mut().enumerate() {
            if segment.is_none_or(|s| s == i) {
                hold.has_tool = false;
            }
        }
    }

    /// It has lost everything.
    pub fn lose_all(&mut self) {
        self.has_credentials = false;
        self.is_lying_low = false;
        for hold in &mut self.holds {
            hold.is_held = false;
            hold.has_tool = false;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A lab that is exposed, an office behind it, a core with the directory, code behind the core.
    fn ground() -> Vec<Place> {
        let place = |links: &[usize]| Place { links: links.to_vec(), ..Place::default() };
        vec![
            Place { is_exposed: true, ..place(&[1]) },
            place(&[0, 2]),
            Place { holds_directory: true, ..place(&[]) },
            place(&[]),
        ]
    }

    fn door(segment: usize, hidden: f64) -> Door {
        Door { segment, hidden, searched: 0.0, is_on_machine: true, is_open: true }
    }

    fn crew(held: &[usize]) -> Intruder {
        let mut crew = Intruder::new(4, 0);
        crew.has_credentials = true;
        for i in held {
            crew.holds[*i].is_held = true;
        }
        crew
    }

    #[test]
    fn it_goes_where_links_lead_and_anywhere_with_the_directory() {
        let ground = ground();
        assert_eq!(crew(&[0]).next_target(&ground, 0.9), Some(1));
        assert_eq!(crew(&[0, 1]).next_target(&ground, 0.0), Some(2), "the directory comes first");
        assert_eq!(crew(&[0, 1, 2]).next_target(&ground, 0.5), Some(3));
        assert_eq!(crew(&[0, 1, 2, 3]).next_target(&ground, 0.5), None);
        assert!(!crew(&[0, 1, 2, 3]).can_spread(&ground) && crew(&[0]).can_spread(&ground));
        let mut sealed = crew(&[0]);
        sealed.holds[0].is_sealed = true;
        assert_eq!(sealed.next_target(&ground, 0.5), None);
        assert!(!sealed.can_spread(&ground));
    }

    #[test]
    fn a_cut_off_lab_shuts_out_who_has_only_a_password() {
        let ground = ground();
        let mut crew = crew(&[0, 1]);
        assert!(crew.is_inside(&ground));
        crew.holds[0].is_shut = true;
        assert!(!crew.is_inside(&ground) && crew.has_anything_left());
        crew.doors.push(door(1, 1.0));
        assert!(crew.is_live(1, &ground) && !crew.is_live(0, &ground));
        assert_eq!(crew.next_target(&ground, 0.5), Some(2));
        crew.has_credentials = false;
        assert!(crew.is_live(1, &ground), "the door is in the office");
        crew.hunt(Some(1), 1.0);
        assert!(!crew.has_anything_left());
    }

    #[test]
    fn access_works_where_a_login_or_a_way_of_its_own_does() {
        let ground = ground();
        let mut crew = crew(&[0, 1]);
        let mut access = Access::none(hotwash_incident::MatterId(0), 4);
        let mut shown = |crew: &Intruder| {
            crew.show(&mut access, &ground);
            access.segments.clone()
        };
        assert_eq!(shown(&crew), [true, false, false, false]);
        crew.doors.push(door(1, 1.0));
        crew.holds[0].is_shut = true;
        assert_eq!(shown(&crew), [false, true, false, false]);
        crew.holds[1].is_shut = true;
        assert_eq!(shown(&crew), [false; 4]);
        crew.holds[0].is_shut = false;
        assert_eq!(shown(&crew), [true, false, false, false]);
        crew.lose_all();
        assert_eq!(shown(&crew), [false; 4]);
    }

    #[test]
    fn tools_hold_until_blocked_or_set_up_anew() {
        let ground = ground();
        let mut crew = crew(&[1]);
        crew.has_credentials = false;
        crew.holds[1].has_tool = true;
        assert!(crew.is_inside(&ground));
        crew.tools_blocked = true;
        assert!(!crew.is_inside(&ground) && !crew.has_anything_left());
        crew.tools_blocked = false;
        crew.reimage(Some(0));
        assert!(crew.is_inside(&ground));
        crew.reimage(None);
        assert!(!crew.has_anything_left());
    }

    #[test]
    fn a_more_thorough_hunt_never_leaves_more_doors() {
        let left = |hunts: &[f64]| {
            let mut crew = crew(&[0]);
            crew.doors = (1..30).map(|k| door(k % 4, f64::from(k as u32) / 10.0)).collect();
            hunts.iter().for_each(|t| crew.hunt(None, *t));
            crew.doors_left()
        };
        let by_thoroughness: Vec<u64> =
            (0..=10).rev().map(|k| left(&[f64::from(k) / 10.0])).collect();
        assert!(by_thoroughness.is_sorted());
        assert_eq!((by_thoroughness[0], by_thoroughness[10]), (0, 29));
        assert!(left(&[0.5, 0.5]) < left(&[0.5]), "a second hunt finds more");
        let mut accounts = crew(&[0]);
        accounts.doors = vec![Door { is_on_machine: false, ..door(0, 1.0) }, door(0, 1.0)];
        accounts.reimage(None);
        assert_eq!(accounts.doors_left(), 1);
    }
}
