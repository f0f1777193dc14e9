//! What the choices of the invented session were worth, with invented numbers.

use hotwash_exercise::debrief::{DiscussionQuestion, Fork, ForkEffect, ForkedOption, Place, Worth};

use super::wash::{DECISIONS, OUTCOMES, day};
use super::{Luck, e, measure};

fn found(
    value: f64,
    size: f64,
    luck: &mut Luck,
    (direction, same): (f64, bool),
    better: &str,
) -> ForkEffect {
    let shift = if same { 0.0 } else { direction * size * (0.6 + 0.8 * luck.share()) };
    let half = size.abs() * 0.22;
    let is_clear = !same && shift.abs() > half;
    let is_better = (shift < 0.0) == (better == "lower");
    let share = if same { 0.0 } else { 0.55 + 0.4 * luck.share() };
    let rest = (1.0 - share) * 0.7;
    ForkEffect {
        here: Some((value + shift * 1.2).max(0.0)),
        mean: Some(e((value + shift).max(0.0), half * 1.4)),
        values: 512,
        difference: Some(if same { e(0.0, 0.0) } else { e(shift, half) }),
        shares: match (same, is_better) {
            (true, _) => (0.0, 1.0, 0.0),
            (_, true) => (share, 1.0 - share - rest, rest),
            (_, false) => (rest, 1.0 - share - rest, share),
        },
        is_clear,
    }
}

/// Forks of the seven decisions that people took.
pub(crate) fn worth() -> Worth {
    let mut luck = Luck::new(5);
    let sizes = [310.0, 225_000.0, 18_000.0, 6.0, 40.0, 0.4, 2.2, 910_000.0];
    let mut forks = Vec::new();
    for (i, (ask, options, expected, taken, at, by)) in DECISIONS.iter().enumerate() {
        if by.is_none() {
            continue;
        }
        let weight = [1.0, 0.0, 0.5, 0.9, 0.25, 0.6, 0.12][i];
        let option = |o: usize, text: &&str, luck: &mut Luck| ForkedOption {
            name: format!("option-{o}"),
            text: (*text).to_owned(),
            effects: OUTCOMES
                .iter()
                .zip(sizes)
                .enumerate()
                .map(|(m, ((_, _, better, value, _), size))| {
                    let way = if *better == "lower" { -1.0 } else { 1.0 };
                    let way = if o == *expected { way } else { way * (luck.share() - 0.6) };
                    let same = o == *taken || weight == 0.0 || (i > 4 && m < 4);
                    found(*value, size * weight, luck, (way, same), better)
                })
                .collect(),
        };
        forks.push(Fork {
            decision: format!("decision-{i}"),
            ask: (*ask).to_owned(),
            ms: day(*at),
            taken: *taken,
            options: options.iter().enumerate().map(|(o, t)| option(o, t, &mut luck)).collect(),
            stake: weight,
        });
    }
    Worth {
        futures: 512,
        wanted: 512,
        runs: 12_800,
        measures: OUTCOMES
            .map(|(name, unit, better, _, about)| measure(name, unit, better, "vendor", about))
            .into(),
        decisions: forks,
        places: places(),
        notes: vec![
            "many differences are looked at together, so a few marks may be chance".to_owned(),
        ],
    }
}

fn places() -> Vec<Place> {
    let quantiles = [
        [60.0, 240.0, 610.0, 1_150.0, 2_400.0],
        [41_000.0, 160_000.0, 420_000.0, 820_000.0, 1_700_000.0],
        [21_000.0, 48_000.0, 69_000.0, 98_000.0, 171_000.0],
        [6.0, 14.0, 24.0, 41.0, 90.0],
        [71.0, 94.0, 109.0, 131.0, 190.0],
        [0.0, 0.0, 0.0, 1.0, 2.0],
        [63.1, 67.4, 69.5, 71.2, 73.8],
        [3_900_000.0, 5_400_000.0, 6_600_000.0, 8_100_000.0, 11_500_000.0],
    ];
    let lower = [0.66, 0.67, 0.45, 0.33, 0.45, 0.0, 0.4, 0.51];
    (0..8)
        .map(|m| Place {
            measure: m,
            value: Some(OUTCOMES[m].3),
            worlds: 512,
            values: if m == 3 { 480 } else { 512 },
            quantiles: Some(quantiles[m]),
            lower: lower[m],
            equal: if m == 5 { 0.64 } else { 0.0 },
        })
        .collect()
}

/// Questions as they might be drawn from it.
pub(crate) fn questions() -> Vec<DiscussionQuestion> {
    [
        ("What would the desk have needed on day two to send those three reports to security?", "in 512 futures that begin exactly like yours, passing every such report on leaves 310 [242, 378] fewer victims; confidence was 4 of 5", 0.9),
        ("Who may decide to write to customers before the cause is known, and what would such a letter say?", "records were known to be taken on 14 Aug 2019 and people were told on 12 Nov 2019: 90 days; votes were split 2 to 1", 0.8),
        ("Which sentence of the September warning would you take back, and who would have had to read it first?", "“we have nothing to do with these companies” was read as a denial; it was false for 54 days, then taken back", 0.7),
        ("What would have told us by the end of August that it was somebody inside?", "it was knowable on 31 Aug and known on 24 Oct 2019, 54 days later", 0.5),
        ("Which clock ran out without anybody in the room watching it?", "the report to the data protection authority was due on 17 Aug and went out on 8 Nov 2019", 0.4),
    ]
    .map(|(ask, because, weight)| DiscussionQuestion { ask: ask.to_owned(), because: because.to_owned(), weight })
    .into()
}
