//! The leaver's ways in and what the vendor's controls leave of them, as pure functions.

use hotwash_engine::Draw;

/// Most keyloggers: they are numbered bits.
pub const MOST: u64 = 64;

/// How soon accounts are shut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pace {
    /// On the last day.
    SameDay,
    /// At the week's round.
    Weekly,
    /// When somebody asks for it.
    OnRequest,
}

impl Pace {
    /// Words of the lever, in order.
    pub const WORDS: [&'static str; 3] = ["same-day", "weekly", "on-request"];

    /// By the lever's index.
    pub fn of(index: usize) -> Self {
        [Pace::SameDay, Pace::Weekly, Pace::OnRequest][index]
    }
}

/// How much of the privileged sessions during notice is looked through.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Review {
    /// Nothing, and nothing is recorded.
    None,
    /// Samples.
    Sampled,
    /// Everything.
    All,
}

impl Review {
    /// Words of the lever, in order.
    pub const WORDS: [&'static str; 3] = ["none", "sampled", "all"];

    /// By the lever's index.
    pub fn of(index: usize) -> Self {
        [Review::None, Review::Sampled, Review::All][index]
    }
}

/// Keyloggers numbered from 0, as bits.
pub fn planted(count: f64) -> u64 {
    let count = (count.max(1.0).round() as u64).min(MOST);
    if count == MOST { u64::MAX } else { (1 << count) - 1 }
}

/// What is left of `alive` when each is removed with a chance. Each keylogger has its own number out of
/// the draw, whether it is still there or not: a greater chance never leaves one that a smaller one
/// removes.
pub fn survivors(alive: u64, removed: f64, draw: &mut Draw) -> u64 {
    (0..MOST).fold(alive, |left, bit| {
        let is_removed = draw.uniform() < removed;
        if is_removed { left & !(1 << bit) } else { left }
    })
}

/// How many of `shared` passwords are forgotten when they are changed.
pub fn forgotten(shared: u64, missed: f64, draw: &mut Draw) -> u64 {
    (0..shared.min(MOST)).filter(|_| draw.uniform() < missed).count() as u64
}

/// A way into the network.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// The own account, or a shared password that was not changed.
    OldAccount,
    /// Credentials that a keylogger caught.
    Harvested,
}

/// What still works.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Keys {
    /// Whether the own account is open.
    pub own: bool,
    /// Shared passwords that were not changed.
    pub shared: u64,
    /// Caught credentials that have not been changed.
    pub harvested: u64,
}

impl Keys {
    /// The way in that is used: what was always used, while it lasts.
    pub fn way(self) -> Option<Way> {
        match self {
            Keys { own: false, shared: 0, harvested: 0 } => None,
            Keys { own: false, shared: 0, .. } => Some(Way::Harvested),
            _ => Some(Way::OldAccount),
        }
    }
}

/// Chance that at least one of `uses` is noticed.
pub fn noticed(uses: u64, chance: f64) -> f64 {
    1.0 - libm::pow(1.0 - chance.clamp(0.0, 1.0), uses as f64)
}

/// Documents taken now: at most what is still wanted.
pub fn portion(at_a_time: f64, uses: u64, left: f64) -> f64 {
    (at_a_time.max(0.0) * uses as f64).min(left.max(0.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keyloggers_are_bits() {
        assert_eq!(planted(0.0), 1);
        assert_eq!(planted(3.4), 0b111);
        assert_eq!(planted(64.0), u64::MAX);
        assert_eq!(planted(1e9), u64::MAX);
    }

    #[test]
    fn more_thorough_never_leaves_more() {
        for ticket in 0..50 {
            let left: Vec<u64> = (0..=10)
                .map(|k| survivors(0xffff, f64::from(k) / 10.0, &mut Draw::new(ticket)))
                .collect();
            assert_eq!((left[0], left[10]), (0xffff, 0));
            assert!(left.windows(2).all(|w| w[1] & !w[0] == 0), "{left:?}");
        }
    }

    #[test]
    fn what_is_gone_moves_no_other() {
        let all = survivors(0b1111, 0.5, &mut Draw::new(3));
        let some = survivors(0b0101, 0.5, &mut Draw::new(3));
        assert_eq!(some, all & 0b0101);
    }

    #[test]
    fn forgotten_passwords_rise_with_carelessness() {
        let left: Vec<u64> =
            (0..=10).map(|k| forgotten(6, f64::from(k) / 10.0, &mut Draw::new(9))).collect();
        assert!(left.is_sorted());
        assert_eq!((left[0], left[10]), (0, 6));
    }

    #[test]
    fn old_accounts_are_used_while_they_last() {
        let way = |own, shared, harvested| Keys { own, shared, harvested }.way();
        assert_eq!(way(true, 0, 0), Some(Way::OldAccount));
        assert_eq!(way(false, 2, 5), Some(Way::OldAccount));
        assert_eq!(way(false, 0, 5), Some(Way::Harvested));
        assert_eq!(way(false, 0, 0), None);
    }

    #[test]
    fn portions_stop_at_what_is_wanted() {
        assert_eq!(portion(0.2, 3, 10.0), 0.2 * 3.0);
        assert_eq!(portion(0.2, 3, 0.5), 0.5);
        assert_eq!(portion(0.2, 0, 0.5), 0.0);
        assert_eq!(portion(0.2, 3, -1.0), 0.0);
    }

    #[test]
    fn more_uses_are_noticed_more() {
        let chances: Vec<f64> = (0..5).map(|uses| noticed(uses, 0.1)).collect();
        assert!(chances.is_sorted() && chances[0] == 0.0 && chances[4] < 1.0);
        assert_eq!(noticed(1, 1.0), 1.0);
    }
}
