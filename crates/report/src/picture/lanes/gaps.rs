//! The gaps between truth, belief and claim of one proposition, as data: how long it was true and not
//! known, known and not said, said and not true.

use hotwash_exercise::debrief::{Claim, Lane};

/// Probability from which the vendor counts as knowing, and a reasonable investigator as sure.
pub const HELD: f64 = 0.8;

/// Which two ledgers differ, and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum GapKind {
    /// True, and not known: dwell.
    Dwell,
    /// Believed, and not true.
    Mistaken,
    /// True and known, and not said.
    Withheld,
    /// Said or denied, and the truth is otherwise.
    False,
}

/// A stretch of time in which two ledgers differ. Instants are in milliseconds since STARTEX.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gap {
    /// Of what sort.
    pub kind: GapKind,
    /// From when.
    pub from: i64,
    /// Until when.
    pub to: i64,
    /// Whether it was there when the run began: then its length says nothing.
    pub is_from_start: bool,
    /// Whether it was still there when the run ended.
    pub is_open: bool,
    /// For how much of a dwell a reasonable investigator would have known; zero for other gaps.
    pub knowable_ms: i64,
}

impl Gap {
    /// How long it lasted.
    pub fn length(&self) -> i64 {
        self.to.saturating_sub(self.from)
    }
}

/// A lane read as four functions of time over a span.
pub struct Reading {
    true_from: i64,
    belief: Vec<(i64, f64)>,
    hindsight: Vec<(i64, f64)>,
    claims: Vec<Claim>,
    span: (i64, i64),
}

impl Reading {
    /// Reads a lane over the span of a run. Steps are put in order; what is no probability is left out.
    pub fn of(lane: &Lane, span: (i64, i64)) -> Reading {
        let span = (span.0.min(span.1), span.0.max(span.1));
        let mut claims = lane.claims.clone();
        claims.sort_by_key(|c| (c.ms, c.entry));
        Reading {
            true_from: lane.true_from_ms.unwrap_or(i64::MAX),
            belief: steps(&lane.belief),
            hindsight: steps(&lane.hindsight),
            claims,
            span,
        }
    }

    /// The vendor's belief in order.
    pub fn belief(&self) -> &[(i64, f64)] {
        &self.belief
    }

    /// What could have been believed, in order.
    pub fn hindsight(&self) -> &[(i64, f64)] {
        &self.hindsight
    }

    /// What was said, in order.
    pub fn claims(&self) -> &[Claim] {
        &self.claims
    }

    /// Until when a claim stood: it was refuted, taken back, or the run ended.
    pub fn stood_until(&self, claim: &Claim) -> i64 {
        let ends = [claim.refuted_ms, claim.walked_back_ms].into_iter().flatten();
        ends.fold(self.span.1, i64::min).max(claim.ms)
    }

    /// For which part of the time that it stood a claim was false.
    pub fn was_false(&self, claim: &Claim) -> Option<(i64, i64)> {
        let until = self.stood_until(claim);
        let (from, to) = if claim.denies {
            (claim.ms.max(self.true_from), until)
        } else {
            (claim.ms, until.min(self.true_from))
        };
        (from < to).then_some((from, to))
    }

    /// All gaps: by kind, then in order of time.
    pub fn gaps(&self) -> Vec<Gap> {
        let mut out: Vec<Gap> = Vec::new();
        for pair in self.instants().windows(2) {
            let &[from, to] = pair else { continue };
            for kind in self.kinds_at(from) {
                let is_knowable = kind == GapKind::Dwell && at(&self.hindsight, from) >= HELD;
                let knowable_ms = if is_knowable { to.saturating_sub(from) } else { 0 };
                match out.iter_mut().find(|g| g.kind == kind && g.to == from) {
                    Some(gap) => {
                        gap.to = to;
                        gap.knowable_ms = gap.knowable_ms.saturating_add(knowable_ms);
                    }
                    None => {
                        let is_from_start = from == self.span.0;
                        out.push(Gap {
                            kind,
                            from,
                            to,
                            is_from_start,
                            is_open: false,
                            knowable_ms,
                        });
                    }
                }
            }
        }
        for gap in &mut out {
            gap.is_open = gap.to == self.span.1;
        }
        out.sort_by_key(|g| (g.kind, g.from));
        out
    }

    /// The instants at which anything changes, in order, each once, within the span.
    fn instants(&self) -> Vec<i64> {
        let claims =
            self.claims.iter().flat_map(|c| [Some(c.ms), c.refuted_ms, c.walked_back_ms]).flatten();
        let mut out: Vec<i64> = [self.span.0, self.span.1, self.true_from]
            .into_iter()
            .chain(self.belief.iter().map(|s| s.0))
            .chain(self.hindsight.iter().map(|s| s.0))
            .chain(claims)
            .filter(|ms| (self.span.0..=self.span.1).contains(ms))
            .collect();
        out.sort_unstable();
        out.dedup();
        out
    }

    fn kinds_at(&self, ms: i64) -> Vec<GapKind> {
        let is_true = self.true_from <= ms;
        let is_held = at(&self.belief, ms) >= HELD;
        let last = self.claims.iter().rev().find(|c| c.ms <= ms);
        let is_said = last.is_some_and(|c| !c.denies);
        let is_false =
            |c: &Claim| self.was_false(c).is_some_and(|(from, to)| (from..to).contains(&ms));
        let mut out = Vec::new();
        match (is_true, is_held) {
            (true, false) => out.push(GapKind::Dwell),
            (false, true) => out.push(GapKind::Mistaken),
            (true, true) if !is_said => out.push(GapKind::Withheld),
            _ => {}
        }
        if self.claims.iter().any(is_false) {
            out.push(GapKind::False);
        }
        out
    }
}

fn steps(raw: &[(i64, f64)]) -> Vec<(i64, f64)> {
    let mut out: Vec<(i64, f64)> =
        raw.iter().filter(|s| !s.1.is_nan()).map(|s| (s.0, s.1.clamp(0.0, 1.0))).collect();
    out.sort_by_key(|s| s.0);
    out
}

/// The value of steps at an instant; nobody believes anything before the first.
fn at(steps: &[(i64, f64)], ms: i64) -> f64 {
    steps.iter().take_while(|s| s.0 <= ms).last().map_or(0.0, |s| s.1)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn claim(ms: i64, denies: bool) -> Claim {
        Claim {
            ms,
            entry: 1,
            denies,
            how: String::new(),
            statement: String::new(),
            is_false: false,
            refuted_ms: None,
            walked_back_ms: None,
        }
    }

    fn lane() -> Lane {
        Lane {
            name: "taken".to_owned(),
            proposition: "records were taken".to_owned(),
            true_from_ms: Some(10),
            belief: vec![(0, 0.02), (30, 0.5), (40, 0.85), (45, 0.7), (50, 0.9)],
            hindsight: vec![(0, 0.02), (25, 0.9)],
            claims: Vec::new(),
        }
    }

    /// Kind, from, to, open, knowable.
    fn found(lane: &Lane) -> Vec<(GapKind, i64, i64, bool, i64)> {
        let gaps = Reading::of(lane, (0, 100)).gaps();
        gaps.iter().map(|g| (g.kind, g.from, g.to, g.is_open, g.knowable_ms)).collect()
    }

    #[test]
    fn what_is_true_and_not_held_is_dwell_and_what_is_held_and_not_said_withheld() {
        assert_eq!(
            found(&lane()),
            [
                (GapKind::Dwell, 10, 40, false, 15),
                (GapKind::Dwell, 45, 50, false, 5),
                (GapKind::Withheld, 40, 45, false, 0),
                (GapKind::Withheld, 50, 100, true, 0),
            ]
        );
    }

    #[test]
    fn saying_it_ends_withholding_and_denying_it_again_brings_it_back() {
        let mut lane = lane();
        lane.claims = vec![claim(60, false), claim(80, true)];
        lane.claims[0].walked_back_ms = Some(80);
        let gaps = found(&lane);
        assert!(gaps.contains(&(GapKind::Withheld, 50, 60, false, 0)), "{gaps:?}");
        assert!(gaps.contains(&(GapKind::Withheld, 80, 100, true, 0)), "{gaps:?}");
        assert!(gaps.contains(&(GapKind::False, 80, 100, true, 0)), "{gaps:?}");
    }

    #[test]
    fn a_denial_is_false_only_while_it_stands_and_the_thing_is_true() {
        let mut lane = lane();
        lane.belief.clear();
        lane.claims = vec![claim(5, true), claim(70, true)];
        lane.claims[0].refuted_ms = Some(20);
        lane.claims[1].walked_back_ms = Some(90);
        assert_eq!(
            found(&lane)[1..],
            [(GapKind::False, 10, 20, false, 0), (GapKind::False, 70, 90, false, 0)]
        );
    }

    #[test]
    fn what_is_believed_or_said_and_never_true_is_told_apart() {
        let mut lane = lane();
        lane.true_from_ms = None;
        lane.belief = vec![(0, 0.9), (60, 0.2)];
        lane.claims = vec![claim(20, false)];
        assert_eq!(
            found(&lane),
            [(GapKind::Mistaken, 0, 60, false, 0), (GapKind::False, 20, 100, true, 0)]
        );
    }

    proptest! {
        #[test]
        fn gaps_lie_within_the_span_and_those_of_a_kind_do_not_touch(
            true_from in proptest::option::of(-50..150_i64),
            belief in proptest::collection::vec((-50..150_i64, 0.0..1.0_f64), 0..8),
            claims in proptest::collection::vec((-50..150_i64, any::<bool>(),
                proptest::option::of(-50..150_i64), proptest::option::of(-50..150_i64)), 0..6),
        ) {
            let mut lane = lane();
            (lane.true_from_ms, lane.belief) = (true_from, belief);
            lane.claims = claims
                .into_iter()
                .map(|(ms, denies, refuted_ms, walked_back_ms)| {
                    Claim { refuted_ms, walked_back_ms, ..claim(ms, denies) }
                })
                .collect();
            let gaps = Reading::of(&lane, (0, 100)).gaps();
            for gap in &gaps {
                prop_assert!(0 <= gap.from && gap.from < gap.to && gap.to <= 100);
                prop_assert!(gap.knowable_ms <= gap.length());
            }
            for pair in gaps.windows(2).filter(|p| p[0].kind == p[1].kind) {
                prop_assert!(pair[0].to < pair[1].from);
            }
            // Truth and belief are never both kinds of different at once.
            let of = |kind| gaps.iter().filter(move |g| g.kind == kind);
            for a in of(GapKind::Dwell) {
                prop_assert!(of(GapKind::Withheld).all(|b| a.to <= b.from || b.to <= a.from));
            }
        }
    }
}
