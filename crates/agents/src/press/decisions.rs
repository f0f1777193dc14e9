//! The press's reasoning, without side effects: when a journalist asks, what is printed, which number
//! is printed, and how hard a story falls.

use hotwash_incident::{Audiences, Polarity, PropositionId, Statement};

/// What a story is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Story {
    /// Fraud calls, nothing of a leak.
    ScamWave,
    /// The press tells of the breach first.
    LeakExposed,
    /// The vendor has told of it.
    Disclosure,
    /// The printed number is far above the true one.
    NumberInflated,
    /// The vendor had said otherwise.
    Contradiction,
    /// The vendor has spoken and admitted nothing, or a journalist has asked and found nothing.
    Statement,
    /// A researcher tells of victims and names none.
    UnnamedVictims,
    /// A researcher contradicts the vendor.
    Rebuttal,
    /// Customers were attacked through the product.
    Exploit,
}

impl Story {
    /// All, in order.
    pub const ALL: [Story; 9] = [
        Story::ScamWave,
        Story::LeakExposed,
        Story::Disclosure,
        Story::NumberInflated,
        Story::Contradiction,
        Story::Statement,
        Story::UnnamedVictims,
        Story::Rebuttal,
        Story::Exploit,
    ];

    /// The slug by which other agents know it.
    pub const fn slug(self) -> &'static str {
        match self {
            Story::ScamWave => "scam-wave",
            Story::LeakExposed => "leak-exposed",
            Story::Disclosure => "disclosure",
            Story::NumberInflated => "number-inflated",
            Story::Contradiction => "contradiction",
            Story::Statement => "statement",
            Story::UnnamedVictims => "unnamed-victims",
            Story::Rebuttal => "rebuttal",
            Story::Exploit => "exploit",
        }
    }

    /// Whether it lives on what the researcher says.
    pub const fn is_research(self) -> bool {
        matches!(self, Story::UnnamedVictims | Story::LeakExposed | Story::Rebuttal)
    }

    /// As a headline says it, where the matter has none of its own.
    pub const fn headline(self) -> &'static str {
        match self {
            Story::ScamWave => "callers pose as the vendor's support",
            Story::LeakExposed => "the vendor was breached",
            Story::Disclosure => "the vendor admits that it was breached",
            Story::NumberInflated => "how many records were taken",
            Story::Contradiction => "the vendor had said otherwise",
            Story::Statement => "the vendor is asked about its security",
            Story::UnnamedVictims => {
                "security vendors were broken into, says a research firm that names none"
            }
            Story::Rebuttal => "the research firm contradicts the vendor",
            Story::Exploit => "customers are attacked through the vendor's product",
        }
    }
}

/// Chance in a week that a journalist asks, when each of `postings` alone makes it `per_posting`.
pub fn inquiry_chance(postings: f64, per_posting: f64) -> f64 {
    if postings <= 0.0 {
        return 0.0;
    }
    1.0 - libm::pow((1.0 - per_posting).max(0.0), postings)
}

/// Attention left of a week's postings, with what came in since.
pub fn attention(before: f64, kept: f64, new: u64) -> f64 {
    before * kept.clamp(0.0, 1.0) + new as f64
}

/// People with the story whom a journalist talks to: those there are, up to so many.
pub fn sources_found(postings: u64, most: f64) -> u64 {
    postings.min(most.round().max(0.0) as u64)
}

/// What a journalist finds worth printing at the deadline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AtDeadline {
    /// The breach, and that it is the vendor's.
    Breach,
    /// Something of the vendor, nothing of the breach.
    Aside,
    /// Nothing: it has been told by then.
    Nothing,
}

/// What is printed at the deadline: the breach when the journalist believes it or others name the
/// vendor, so that the name can be laid at their door; nothing when it has been told by then.
pub fn story_at_deadline(
    belief: f64,
    prints_at: f64,
    is_named_by_others: bool,
    has_vendor_told: bool,
) -> AtDeadline {
    match () {
        () if has_vendor_told => AtDeadline::Nothing,
        () if is_named_by_others || belief >= prints_at => AtDeadline::Breach,
        () => AtDeadline::Aside,
    }
}

/// Severity of a story once the researcher it lives on has taken an accusation back, or not.
pub fn cooled_severity(severity: f64, is_cooled: bool, cooled: f64) -> f64 {
    if is_cooled { severity * cooled.clamp(0.0, 1.0) } else { severity }
}

/// What a statement is to the press.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    /// It admits the breach.
    Admission,
    /// It is in the open and admits nothing.
    Advisory,
    /// It is not for the press.
    Private,
}

/// Whether a statement is not for the press.
pub fn is_private(statement: &Statement) -> bool {
    statement.to == Audiences::Affected
}

/// How the press reads a statement.
pub fn reading(statement: &Statement, breach: PropositionId) -> Reading {
    let admits = |(about, _): &&(PropositionId, _)| -> bool { *about == breach };
    let is_admission =
        statement.claims.iter().filter(admits).any(|(_, spec)| spec.perceived == Polarity::Affirms);
    match statement.to {
        Audiences::Affected => Reading::Private,
        _ if is_admission => Reading::Admission,
        _ => Reading::Advisory,
    }
}

/// Severity of a disclosure by the vendor itself: a share of an exposure's, more after a long silence.
pub fn disclosure_severity(
    exposed: f64,
    own_share: f64,
    per_month_silent: f64,
    days_silent: f64,
) -> f64 {
    let months = (days_silent / 30.0).clamp(0.0, 3.0);
    (exposed * own_share * (1.0 + per_month_silent * months)).clamp(0.0, 1.0)
}

/// The number that is printed when the vendor gives these ends, or nothing, and the truth is `records`.
///
/// A range whose lower end is above 0 is printed by its middle; a mere ceiling is printed as it is.
pub fn printed_number(given: Option<(f64, f64)>, records: f64, guessed: f64) -> f64 {
    match given {
        Some((low, high)) if low > 0.0 => (low + high) / 2.0,
        Some((_, ceiling)) => ceiling,
        None => records * guessed,
    }
}

/// Whether the press has to make do with a ceiling or a guess.
pub fn is_vague(given: Option<(f64, f64)>) -> bool {
    given.is_none_or(|(low, _)| low <= 0.0)
}

/// Severity of printing `ratio` times the true number, given the severity at twice the truth.
pub fn inflation_severity(ratio: f64, at_double: f64) -> f64 {
    if ratio <= 1.0 {
        return 0.0;
    }
    (at_double * libm::log2(ratio)).clamp(0.0, 1.0)
}

/// Severity of a contradiction story after so many earlier ones.
pub fn contradiction_severity(refutation: f64, story: f64, memory: f64, earlier: u32) -> f64 {
    (refutation * story * libm::pow(memory.max(1.0), f64::from(earlier))).clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use hotwash_incident::{ClaimSpec, Wording};

    #[test]
    fn more_postings_make_a_question_likelier() {
        let chances: Vec<f64> = (0..60).map(|n| inquiry_chance(f64::from(n), 0.02)).collect();
        assert_eq!(chances[0], 0.0);
        assert!((chances[1] - 0.02).abs() < 1e-12);
        assert!(chances.is_sorted() && chances[59] < 1.0);
        assert_eq!(inquiry_chance(5.0, 1.0), 1.0);
        assert_eq!(attention(10.0, 0.5, 3), 8.0);
        assert_eq!(sources_found(40, 5.0), 5);
        assert_eq!(sources_found(2, 5.0), 2);
    }

    #[test]
    fn the_press_prints_what_it_believes_unless_it_was_told() {
        use AtDeadline::{Aside, Breach, Nothing};
        for (belief, named, told, want) in [
            (0.9, false, false, Breach),
            (0.3, false, false, Aside),
            (0.3, true, false, Breach),
            (0.9, false, true, Nothing),
            (0.3, true, true, Nothing),
        ] {
            assert_eq!(
                story_at_deadline(belief, 0.6, named, told),
                want,
                "{belief} {named} {told}"
            );
        }
    }

    #[test]
    fn a_withdrawn_accusation_never_makes_a_story_harder() {
        assert_eq!(cooled_severity(0.7, false, 0.5), 0.7);
        assert_eq!(cooled_severity(0.7, true, 0.5), 0.35);
        assert_eq!(cooled_severity(0.7, true, 3.0), 0.7);
    }

    #[test]
    fn own_disclosure_is_milder_and_worse_when_late() {
        let at = |days| disclosure_severity(0.7, 0.4, 0.1, days);
        assert!(at(0.0) < at(45.0) && at(45.0) < at(90.0));
        assert_eq!(at(90.0), at(900.0));
        assert!(at(900.0) < 0.7);
        assert_eq!(disclosure_severity(1.0, 1.0, 1.0, 90.0), 1.0);
    }

    #[test]
    fn vague_numbers_are_printed_high() {
        assert_eq!(printed_number(Some((0.0, 120_000.0)), 68_000.0, 1.5), 120_000.0);
        assert_eq!(printed_number(Some((68_000.0, 68_000.0)), 68_400.0, 1.5), 68_000.0);
        assert_eq!(printed_number(Some((60_000.0, 80_000.0)), 68_000.0, 1.5), 70_000.0);
        assert_eq!(printed_number(None, 68_000.0, 1.5), 102_000.0);
        assert!(is_vague(None) && is_vague(Some((0.0, 9.0))) && !is_vague(Some((1.0, 9.0))));
        assert_eq!(inflation_severity(1.0, 0.2), 0.0);
        assert_eq!(inflation_severity(0.5, 0.2), 0.0);
        assert!((inflation_severity(2.0, 0.2) - 0.2).abs() < 1e-12);
        assert!(inflation_severity(4.0, 0.2) > inflation_severity(2.0, 0.2));
        assert_eq!(inflation_severity(1e9, 0.2), 1.0);
    }

    #[test]
    fn contradictions_add_up() {
        let at = |earlier| contradiction_severity(0.4, 0.8, 1.3, earlier);
        assert!(at(0) < at(1) && at(1) < at(2));
        assert!(at(100) <= 1.0);
        assert_eq!(
            contradiction_severity(0.4, 0.8, 0.5, 3),
            contradiction_severity(0.4, 0.8, 1.0, 0)
        );
    }

    #[test]
    fn letters_are_not_for_the_press() {
        let breach = PropositionId(0);
        let statement = |to, perceived| {
            let spec = ClaimSpec {
                about: "records-taken".parse().unwrap(),
                literal: None,
                perceived,
                wording: Wording::Plain,
            };
            Statement {
                name: "s".parse().unwrap(),
                title: String::new(),
                text: String::new(),
                matter: hotwash_incident::MatterId(0),
                to,
                claims: vec![(breach, spec)],
                records: None,
                is_specific_warning: false,
                specifics: hotwash_incident::Specifics::default(),
            }
        };
        use {Audiences::*, Polarity::*};
        for (to, polarity, want) in [
            (Public, Affirms, Reading::Admission),
            (Support, Affirms, Reading::Admission),
            (Public, Denies, Reading::Advisory),
            (Affected, Affirms, Reading::Private),
        ] {
            assert_eq!(reading(&statement(to, polarity), breach), want);
        }
    }
}
