//! The press office's reasoning, without side effects: the chain a text runs through, the rule that
//! lets it out, whom to write to, and how far outsiders believe it.

use hotwash_engine::{SimDuration, SimTime, group_digits};
use hotwash_incident::{Claim, ClaimSpec, Polarity, PropositionId, Statement};

/// How sure the office wants to be before it affirms the breach.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DisclosureRule {
    /// Only what is certain.
    WhenCertain,
    /// What is more likely than not.
    WhenLikely,
    /// What is suspected.
    OnSuspicion,
}

impl DisclosureRule {
    /// The words of the lever, in the order of the variants.
    pub const WORDS: &'static [&'static str] = &["when-certain", "when-likely", "on-suspicion"];

    /// The rule with this place in [`DisclosureRule::WORDS`].
    pub fn from_index(index: usize) -> Self {
        match index {
            0 => DisclosureRule::WhenCertain,
            1 => DisclosureRule::WhenLikely,
            _ => DisclosureRule::OnSuspicion,
        }
    }
}

/// Where a text stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Stage {
    /// Not ordered, or stopped.
    #[default]
    Idle,
    /// Being written.
    Drafting,
    /// With counsel.
    Review,
    /// With this approver, from 1.
    Approval(u8),
    /// Approved, and held back: by the disclosure rule, or by the police.
    Waiting,
    /// Approved and cleared for release.
    Cleared,
    /// Letters are going out.
    Sending,
    /// Out.
    Done,
}

impl Stage {
    /// Whether somebody is busy with it or it waits for something.
    pub fn is_open(self) -> bool {
        !matches!(self, Stage::Idle | Stage::Done)
    }

    /// A number of the stage that no other stage of one attempt has.
    pub fn number(self) -> u64 {
        match self {
            Stage::Idle => 0,
            Stage::Drafting => 1,
            Stage::Review => 2,
            Stage::Waiting => 3,
            Stage::Cleared => 4,
            Stage::Sending => 5,
            Stage::Done => 6,
            Stage::Approval(step) => 7 + u64::from(step),
        }
    }
}

/// The stage after this one in a chain with so many approvals.
pub fn next_stage(stage: Stage, approvals: u8) -> Stage {
    match stage {
        Stage::Drafting => Stage::Review,
        Stage::Review if approvals > 0 => Stage::Approval(1),
        Stage::Approval(step) if step < approvals => Stage::Approval(step + 1),
        Stage::Review | Stage::Approval(_) => Stage::Cleared,
        other => other,
    }
}

/// Whether a text may go out: it does not affirm the breach, or the vendor is sure enough, or the
/// office has waited as long as the rule lets it.
pub fn may_release(
    affirms_breach: bool,
    belief: f64,
    bar: f64,
    waited: SimDuration,
    patience: SimDuration,
) -> bool {
    !affirms_breach || belief >= bar || waited >= patience
}

/// How many people must be written to so that all affected are among them.
///
/// `scope_factor` counts only while the vendor does not know whose records were taken; a factor
/// below 1 would leave affected people out, so it counts as 1.
pub fn recipients(affected: u64, is_scope_known: bool, scope_factor: f64) -> u64 {
    if is_scope_known {
        return affected;
    }
    (affected as f64 * scope_factor.max(1.0)).round() as u64
}

/// The ends of a number that the vendor counted, as it gives them: rounded outwards to two digits or
/// so, and to the nearest for a plain number.
pub fn counted(records: u64, (low, high): (f64, f64)) -> (f64, f64) {
    let count = records as f64;
    let mut step = 1.0;
    while step * 100.0 <= count {
        step *= 10.0;
    }
    if low >= high {
        let plain = libm::round(count * low / step) * step;
        return (plain, plain);
    }
    (libm::floor(count * low / step) * step, libm::ceil(count * high / step) * step)
}

/// Words with a counted number in them.
pub fn with_number(words: &str, ends: Option<(f64, f64)>) -> String {
    let Some((low, high)) = ends else { return words.to_owned() };
    words.replace("{low}", &grouped(low)).replace("{high}", &grouped(high))
}

/// `60000` as `60,000`.
fn grouped(number: f64) -> String {
    group_digits(&format!("{number:.0}"))
}

/// Business days that so many letters take, at least one.
pub fn letter_days(letters: u64, per_day: f64) -> u32 {
    let days = libm::ceil(letters as f64 / per_day.max(1.0));
    days.clamp(1.0, f64::from(u16::MAX)) as u32
}

/// How far a denial is believed by people with this trust, 0 to 100.
pub fn denial_credibility(trust: f64, distrusted: f64, trusted: f64) -> f64 {
    let share = (trust / 100.0).clamp(0.0, 1.0);
    distrusted + (trusted - distrusted) * share
}

/// Mean of `(size, trust)` pairs weighted by size; `None` when nobody is there.
pub fn mean_trust(cohorts: impl Iterator<Item = (u64, f64)>) -> Option<f64> {
    let (mut people, mut sum) = (0.0, 0.0);
    for (size, trust) in cohorts {
        people += size as f64;
        sum += size as f64 * trust;
    }
    (people > 0.0).then(|| sum / people)
}

/// Whether readers take a statement to affirm a proposition.
pub fn affirms(statement: &Statement, proposition: PropositionId) -> bool {
    let is_it = |(about, spec): &(PropositionId, _)| {
        let spec: &hotwash_incident::ClaimSpec = spec;
        *about == proposition && spec.perceived == Polarity::Affirms
    };
    statement.claims.iter().any(is_it)
}

/// Whether a text that was ordered at an instant contradicts something that the office has said in
/// public since: such a draft is dropped. One that was ordered to correct an older claim is not.
pub fn is_overtaken(statement: &Statement, ordered_at: SimTime, claims: &[Claim]) -> bool {
    let is_contrary = |claim: &Claim| {
        let opposes = |(about, spec): &(PropositionId, ClaimSpec)| {
            *about == claim.proposition && spec.perceived != claim.perceived
        };
        claim.is_public && claim.at > ordered_at && statement.claims.iter().any(opposes)
    };
    claims.iter().any(is_contrary)
}

/// What a statement says of the matter as a whole, as readers take it: who affirms any part of it
/// admits, who only denies parts of it denies, who speaks of none of it says nothing.
pub fn stance(statement: &Statement, matter: &[PropositionId]) -> Option<Polarity> {
    let claims = || statement.claims.iter().filter(|(about, _)| matter.contains(about));
    if claims().any(|(_, spec)| spec.perceived == Polarity::Affirms) {
        return Some(Polarity::Affirms);
    }
    claims().next().map(|_| Polarity::Denies)
}

/// Until when letters are kept back, if the police have asked for it.
pub fn kept_back_until(now: SimTime, hold_until: Option<SimTime>) -> Option<SimTime> {
    hold_until.filter(|until| *until > now)
}

#[cfg(test)]
mod tests {
    use super::*;
    use hotwash_incident::{Audiences, ClaimSpec, Wording};

    fn statement(claims: &[(u16, Polarity)]) -> Statement {
        let claim = |&(about, perceived): &(u16, Polarity)| {
            let spec = ClaimSpec {
                about: "x".parse().unwrap(),
                literal: None,
                perceived,
                wording: Wording::Plain,
            };
            (PropositionId(about), spec)
        };
        Statement {
            name: "s".parse().unwrap(),
            title: String::new(),
            text: String::new(),
            matter: hotwash_incident::MatterId(0),
            to: Audiences::Public,
            claims: claims.iter().map(claim).collect(),
            records: None,
            is_specific_warning: false,
            specifics: hotwash_incident::Specifics::default(),
        }
    }

    #[test]
    fn a_chain_passes_every_approver_once() {
        for approvals in 0..=6 {
            let mut stage = Stage::Drafting;
            let mut steps = 0;
            while stage != Stage::Cleared {
                stage = next_stage(stage, approvals);
                steps += 1;
            }
            assert_eq!(steps, 2 + u32::from(approvals));
        }
        assert_eq!(next_stage(Stage::Done, 3), Stage::Done);
        assert_eq!(next_stage(Stage::Idle, 3), Stage::Idle);
    }

    #[test]
    fn stages_of_an_attempt_have_numbers_of_their_own() {
        let mut numbers: Vec<u64> = (1..=6).map(|s| Stage::Approval(s).number()).collect();
        let others = [Stage::Idle, Stage::Drafting, Stage::Review, Stage::Waiting];
        numbers.extend(others.map(Stage::number));
        numbers.extend([Stage::Cleared, Stage::Sending, Stage::Done].map(Stage::number));
        numbers.sort_unstable();
        numbers.dedup();
        assert_eq!(numbers.len(), 13);
    }

    #[test]
    fn the_rule_holds_back_only_unsure_affirmations() {
        let day = SimDuration::DAY;
        let long = SimDuration::from_days(30);
        for (affirms, belief, bar, waited, want) in [
            (true, 0.5, 0.9, day, false),
            (true, 0.9, 0.9, day, true),
            (false, 0.0, 0.9, day, true),
            (true, 0.0, 0.9, long, true),
            (true, 0.2, 0.15, SimDuration::ZERO, true),
        ] {
            assert_eq!(may_release(affirms, belief, bar, waited, long), want, "{belief} {bar}");
        }
    }

    #[test]
    fn not_knowing_the_scope_costs_letters_and_never_leaves_people_out() {
        assert_eq!(recipients(68_000, true, 4.0), 68_000);
        assert_eq!(recipients(68_000, false, 4.0), 272_000);
        assert_eq!(recipients(68_000, false, 0.2), 68_000);
        assert_eq!(recipients(0, false, 4.0), 0);
        assert_eq!(letter_days(68_000, 20_000.0), 4);
        assert_eq!(letter_days(0, 20_000.0), 1);
        assert_eq!(letter_days(u64::MAX, 0.0), u32::from(u16::MAX));
    }

    #[test]
    fn a_counted_number_is_rounded_and_written_out() {
        assert_eq!(counted(68_123, (0.88, 1.18)), (59_000.0, 81_000.0));
        assert_eq!(counted(4_918, (0.88, 1.18)), (4_300.0, 5_900.0));
        assert_eq!(counted(68_123, (1.0, 1.0)), (68_000.0, 68_000.0));
        assert_eq!(counted(0, (0.88, 1.18)), (0.0, 0.0));
        assert_eq!(counted(7, (1.0, 1.0)), (7.0, 7.0));
        let words = "between {low} and {high} records";
        assert_eq!(with_number(words, Some((900.0, 1_100.0))), "between 900 and 1,100 records");
        assert_eq!(with_number("1,200,000", None), "1,200,000");
        assert_eq!(grouped(1_200_000.0), "1,200,000");
    }

    #[test]
    fn trusted_vendors_are_believed_more() {
        assert_eq!(denial_credibility(0.0, 0.1, 0.6), 0.1);
        assert_eq!(denial_credibility(100.0, 0.1, 0.6), 0.6);
        let steps: Vec<f64> =
            (0..=10).map(|t| denial_credibility(f64::from(t) * 10.0, 0.1, 0.6)).collect();
        assert!(steps.is_sorted());
        assert_eq!(mean_trust([(100, 80.0), (300, 40.0)].into_iter()), Some(50.0));
        assert_eq!(mean_trust(std::iter::empty()), None);
    }

    #[test]
    fn readers_take_an_affirmation_of_any_part_as_admission() {
        use Polarity::{Affirms, Denies};
        let matter = [PropositionId(0), PropositionId(1)];
        assert_eq!(stance(&statement(&[(0, Denies)]), &matter), Some(Denies));
        assert_eq!(stance(&statement(&[(0, Denies), (1, Affirms)]), &matter), Some(Affirms));
        assert_eq!(stance(&statement(&[(2, Affirms)]), &matter), None);
        assert!(affirms(&statement(&[(0, Affirms)]), PropositionId(0)));
        assert!(!affirms(&statement(&[(0, Denies), (1, Affirms)]), PropositionId(0)));
    }
}
