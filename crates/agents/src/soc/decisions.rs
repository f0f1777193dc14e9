//! What the desk and the analysts make of what they see: pure functions.

use hotwash_engine::{SimDuration, SimTime};

/// What the support desk does with "the caller knew my ticket".
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum ComplaintPath {
    /// Nothing: it is one more fraud call.
    None,
    /// It sets a tag that somebody may read.
    Tag,
    /// It passes it on as an indicator of a leak.
    LeakIndicator,
}

impl ComplaintPath {
    /// The lever's words, in order.
    pub(super) const WORDS: &'static [&'static str] = &["none", "tag", "leak-indicator"];

    /// From the lever's index.
    pub(super) fn of(index: usize) -> Self {
        match index {
            0 => ComplaintPath::None,
            1 => ComplaintPath::Tag,
            _ => ComplaintPath::LeakIndicator,
        }
    }
}

/// Chances by path, and after an order.
#[derive(Clone, Copy, Debug)]
pub(super) struct Recognition {
    pub(super) none: f64,
    pub(super) tag: f64,
    pub(super) leak: f64,
    pub(super) routed: f64,
}

impl Recognition {
    /// Chance that the desk sees a leak indicator in a complaint. A better path is never worse,
    /// whatever the draws of its numbers; a desk lead who has noticed makes everybody set tags.
    pub(super) fn chance(&self, path: ComplaintPath, is_primed: bool, is_routed: bool) -> f64 {
        let path = if is_primed { path.max(ComplaintPath::Tag) } else { path };
        let mut chance = self.none;
        if path >= ComplaintPath::Tag {
            chance = chance.max(self.tag);
        }
        if path >= ComplaintPath::LeakIndicator {
            chance = chance.max(self.leak);
        }
        if is_routed {
            chance = chance.max(self.routed);
        }
        chance
    }
}

/// How far complaints are believed when a share of them can be checked. It is the rule's share and
/// not the luck of the day: pieces of evidence count less the more there were before, so an early
/// poor piece would otherwise take the place of a good one, and hearing more could prove less.
pub(super) fn blended(bare: f64, detailed: f64, share: f64) -> f64 {
    bare + (detailed.max(bare) - bare) * share
}

/// What is left of a pile of complaints after some days, of which each counts for about `window`.
pub(super) fn pile_after(pile: f64, days: f64, window: f64) -> f64 {
    if window > 0.0 { pile * libm::exp(-days.max(0.0) / window) } else { 0.0 }
}

/// The hazard that corresponds to a chance per piece; hazards add up over pieces.
pub(super) fn hazard(chance: f64) -> f64 {
    -libm::log1p(-chance.min(1.0 - f64::EPSILON))
}

/// Chance that a real alert is taken for a false one: a rested analyst's chance, and beyond it what
/// the habit of false alerts adds, the more the fuller the queue.
pub(super) fn misjudged_chance(rested: f64, fatigue: f64, false_share: f64, load: f64) -> f64 {
    rested + (1.0 - rested) * fatigue * false_share * load.clamp(0.0, 1.0)
}

/// Complainants needed until at most `tolerated` innocent agents are expected to have read all their
/// tickets: with `n` agents and `readers` to a ticket, `n (readers / n)^k` innocents match `k`.
pub(super) fn complainants_needed(agents: f64, readers: f64, tolerated: f64, least: f64) -> u64 {
    let least = libm::ceil(least.max(1.0));
    if agents <= 1.0 || readers <= 0.0 {
        return least as u64;
    }
    if readers >= agents || tolerated <= 0.0 {
        // Everybody reads everything: no number of complainants singles anybody out.
        return u64::MAX;
    }
    let by_chance = libm::log(tolerated / agents) / libm::log(readers / agents);
    libm::ceil(by_chance).max(least) as u64
}

/// Share of the stolen records whose reading the logs still hold, if they were read evenly between
/// the first and the last reading. 0 when nothing was read.
pub(super) fn kept_share(
    read: Option<(SimTime, SimTime)>,
    now: SimTime,
    retention: SimDuration,
) -> f64 {
    let Some((first, last)) = read else { return 0.0 };
    let horizon = now - retention;
    if horizon <= first {
        return 1.0;
    }
    if horizon >= last {
        return 0.0;
    }
    (last - horizon).days() / (last - first).days()
}

/// What joining complaints with logs gave.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Finding {
    /// No complaint names a ticket, or none more than last time: it says nothing.
    Nothing,
    /// Complaints name tickets and the logs hold none of the readings.
    Empty,
    /// Fewer complainants than tell a common reader from chance: it says nothing yet.
    TooFew,
    /// A reader in common, of too few to name anybody; `weight` is new since last time, 0 to 1.
    Partial {
        /// Share of the complainants needed that is new.
        weight: f64,
    },
    /// One reader is left.
    Conclusive {
        /// Share of the complainants needed that is new.
        weight: f64,
    },
}

/// How many complainants a correlation must rest on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Bars {
    /// Below this a reader in common may well be chance.
    pub(super) telling: u64,
    /// From here on somebody is named.
    pub(super) needed: u64,
}

/// Judges a correlation: `usable` of `pool` complainants whose reading is logged, of which `counted`
/// were told before. Those beyond the bar still confirm the name, as far as they are new.
pub(super) fn judge_correlation(pool: u64, usable: u64, counted: u64, bars: Bars) -> Finding {
    if pool == 0 {
        return Finding::Nothing;
    }
    if usable == 0 {
        return Finding::Empty;
    }
    if usable < bars.telling.min(bars.needed) {
        return Finding::TooFew;
    }
    if usable <= counted {
        return Finding::Nothing;
    }
    let weight = ((usable - counted) as f64 / bars.needed as f64).min(1.0);
    if usable >= bars.needed { Finding::Conclusive { weight } } else { Finding::Partial { weight } }
}

/// Hours until a team has joined the complaints with the logs.
pub(super) fn correlation_hours(base: f64, per_complainant: f64, pool: u64, staff: f64) -> f64 {
    (base + per_complainant * pool as f64) / staff.max(1.0)
}

/// Whom security takes for the insider.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(super) enum Suspect {
    /// Nobody yet.
    #[default]
    Nobody,
    /// The one who did it.
    Insider,
    /// Somebody else.
    Bystander,
}

/// Whom interviews name, from one uniform number: the insider first, so that better interviews
/// never lose him on the same number.
pub(super) fn interview(u: f64, right: f64, wrong: f64) -> Suspect {
    if u < right {
        Suspect::Insider
    } else if u < right + wrong {
        Suspect::Bystander
    } else {
        Suspect::Nobody
    }
}

/// What brought the vendor to suspect a breach.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Channel {
    /// Customers' complaints.
    Complaints,
    /// Alerts and canaries.
    Monitoring,
    /// A search of the vendor's own: counts for what set it going, if anything did.
    Search,
    /// Police, partners, researchers; of a leak also the press.
    Others,
    /// The press, where it is told from others.
    Press,
}

/// Whether a belief that moves crosses a bar upwards.
pub(super) fn crosses(from: f64, to: f64, bar: f64) -> bool {
    from < bar && to >= bar
}

#[cfg(test)]
mod tests {
    use super::*;

    const R: Recognition = Recognition { none: 0.1, tag: 0.3, leak: 0.8, routed: 0.7 };

    #[test]
    fn a_better_path_is_never_worse() {
        use ComplaintPath::{LeakIndicator, None, Tag};
        for odd in [R, Recognition { none: 0.5, tag: 0.2, leak: 0.3, routed: 0.1 }] {
            for primed in [false, true] {
                for routed in [false, true] {
                    let c = |path| odd.chance(path, primed, routed);
                    assert!(c(None) <= c(Tag) && c(Tag) <= c(LeakIndicator));
                    assert!(odd.chance(None, false, routed) <= c(None));
                    assert!(odd.chance(None, primed, false) <= c(None));
                }
            }
        }
        assert_eq!(R.chance(None, true, false), 0.3);
        assert_eq!(R.chance(Tag, false, true), 0.7);
        assert_eq!(ComplaintPath::of(2), LeakIndicator);
    }

    #[test]
    fn details_only_add_credibility() {
        assert_eq!(blended(0.4, 0.8, 0.0), 0.4);
        assert_eq!(blended(0.4, 0.8, 1.0), 0.8);
        assert_eq!(blended(0.5, 0.3, 0.7), 0.5);
    }

    #[test]
    fn piles_decay_and_hazards_add() {
        assert_eq!(pile_after(10.0, 0.0, 7.0), 10.0);
        assert!(pile_after(10.0, 7.0, 7.0) < 4.0);
        assert_eq!(pile_after(10.0, 1.0, 0.0), 0.0);
        let ten = 10.0 * hazard(0.1);
        assert!((1.0 - libm::exp(-ten) - (1.0 - libm::pow(0.9, 10.0))).abs() < 1e-12);
        assert!(hazard(1.0).is_finite() && hazard(0.0) == 0.0);
    }

    #[test]
    fn tired_analysts_misjudge_more() {
        let at = |load| misjudged_chance(0.2, 0.5, 0.7, load);
        assert_eq!(at(0.0), 0.2);
        assert!(at(0.5) < at(1.0));
        assert_eq!(at(1.0), at(9.0));
        assert!(misjudged_chance(1.0, 1.0, 1.0, 1.0) <= 1.0);
    }

    #[test]
    fn a_handful_of_complainants_singles_out_one_of_hundreds() {
        assert_eq!(complainants_needed(300.0, 4.0, 0.01, 1.0), 3);
        assert_eq!(complainants_needed(300.0, 4.0, 0.01, 8.0), 8);
        assert!(complainants_needed(300.0, 100.0, 0.01, 1.0) > 8);
        assert_eq!(complainants_needed(5.0, 5.0, 0.01, 1.0), u64::MAX);
        assert_eq!(complainants_needed(1.0, 1.0, 0.01, 0.0), 1);
    }

    #[test]
    fn logs_forget_the_beginning_first() {
        let day = |d: i64| SimTime::from_ms(d * 86_400_000);
        let kept = |now, days| {
            kept_share(Some((day(0), day(100))), day(now), SimDuration::from_days(days))
        };
        assert_eq!(kept(100, 200), 1.0);
        assert_eq!(kept(100, 50), 0.5);
        assert_eq!(kept(130, 50), 0.2);
        assert_eq!(kept(200, 50), 0.0);
        assert_eq!(kept_share(None, day(5), SimDuration::from_days(9)), 0.0);
        let once = Some((day(3), day(3)));
        assert_eq!(kept_share(once, day(5), SimDuration::from_days(9)), 1.0);
        assert_eq!(kept_share(once, day(50), SimDuration::from_days(9)), 0.0);
        let shares: Vec<f64> = (0..250).map(|r| kept(180, r)).collect();
        assert!(shares.is_sorted(), "{shares:?}");
    }

    #[test]
    fn findings_follow_the_number_of_usable_complainants() {
        let judge = |pool, usable, counted| {
            judge_correlation(pool, usable, counted, Bars { telling: 3, needed: 8 })
        };
        assert_eq!(judge(0, 0, 0), Finding::Nothing);
        assert_eq!(judge(5, 0, 0), Finding::Empty);
        assert_eq!(judge(5, 2, 0), Finding::TooFew, "two may share a reader by chance");
        assert_eq!(judge(5, 4, 0), Finding::Partial { weight: 0.5 });
        assert_eq!(judge(5, 4, 4), Finding::Nothing);
        assert_eq!(judge(9, 6, 4), Finding::Partial { weight: 0.25 });
        assert_eq!(judge(99, 8, 4), Finding::Conclusive { weight: 0.5 });
        assert_eq!(judge(99, 50, 0), Finding::Conclusive { weight: 1.0 });
        assert_eq!(judge(99, 50, 50), Finding::Nothing);
        assert_eq!(judge(99, 54, 50), Finding::Conclusive { weight: 0.5 }, "a confirmation");
    }

    #[test]
    fn more_hands_are_quicker_and_more_names_are_work() {
        assert!(correlation_hours(40.0, 0.5, 20, 4.0) < correlation_hours(40.0, 0.5, 20, 3.0));
        assert!(correlation_hours(40.0, 0.5, 20, 4.0) < correlation_hours(40.0, 0.5, 30, 4.0));
        assert_eq!(correlation_hours(40.0, 0.5, 0, 0.0), 40.0);
    }

    #[test]
    fn interviews_name_the_right_one_first() {
        assert_eq!(interview(0.1, 0.2, 0.3), Suspect::Insider);
        assert_eq!(interview(0.3, 0.2, 0.3), Suspect::Bystander);
        assert_eq!(interview(0.6, 0.2, 0.3), Suspect::Nobody);
        assert_eq!(interview(0.3, 0.4, 0.3), Suspect::Insider);
    }

    #[test]
    fn a_bar_is_crossed_once_upwards() {
        assert!(crosses(0.1, 0.5, 0.5) && !crosses(0.5, 0.6, 0.5) && !crosses(0.6, 0.1, 0.5));
    }
}
