//! Invented frontiers and worths of decisions.

use hotwash_lab::findings::{
    Beaten, DecisionWorth, Effect, Frontier, FrontierPoint, OptionWorth, Ranked, Shapley,
    ShapleyShare, Value,
};
use hotwash_lab::stats::Estimate;

use super::others::{cost, victims};
use super::{Luck, arm, e, header, measure, share};

pub(crate) fn frontier() -> Frontier {
    let mut luck = Luck::new(21);
    let mut points = Vec::new();
    for i in 0..9 {
        let cost = 240_000.0 + 130_000.0 * f64::from(i);
        let harm = 620_000.0 / (1.0 + 0.45 * f64::from(i)) + 40_000.0;
        points.push(point(&format!("found-{}", i + 1), cost, harm, (true, false)));
    }
    for _ in 0..14 {
        let cost = 400_000.0 + 1_100_000.0 * luck.share();
        let harm = 250_000.0 + 500_000.0 * luck.share();
        points.push(point("tried", cost, harm, (false, false)));
    }
    for (name, cost, harm) in [
        ("historical", 825_000.0, 460_000.0),
        ("by-the-book", 900_000.0, 240_000.0),
        ("deny", 1_300_000.0, 610_000.0),
        ("silent", 700_000.0, 590_000.0),
        ("watchful", 880_000.0, 230_000.0),
    ] {
        points.push(point(name, cost, harm, (false, true)));
    }
    points.sort_by(|a, b| a.cost.value.total_cmp(&b.cost.value));
    Frontier {
        header: header("hotwash frontier insider-sale --budget 20000"),
        cost: cost(),
        harm: measure("cost-victims", "USD", "lower", "victims", "money that they lost"),
        base: "historical".to_owned(),
        searched: vec!["soc.analysts".to_owned(), "advisory".to_owned()],
        tried: 412,
        search_runs: 20_000,
        search_worlds: 224,
        unbeaten: 14,
        dropped: 5,
        final_worlds: 1000,
        points,
    }
}

fn point(
    name: &str,
    cost: f64,
    harm: f64,
    (is_on_frontier, is_shipped): (bool, bool),
) -> FrontierPoint {
    FrontierPoint {
        name: name.to_owned(),
        choices: vec![
            ("soc.analysts".to_owned(), "6".to_owned()),
            ("advisory".to_owned(), "callers-know-tickets".to_owned()),
        ],
        cost: e(cost, cost * 0.05),
        harm: e(harm, harm * 0.06),
        cost_quantiles: [cost * 0.3, cost * 0.9, cost * 2.2],
        harm_quantiles: [harm * 0.3, harm * 0.9, harm * 2.2],
        is_on_frontier,
        is_shipped,
        is_base: name == "historical",
        beaten: (!is_on_frontier).then(|| Beaten {
            by: "found-3".to_owned(),
            cost: e(cost * 0.1, cost * 0.04),
            harm: e(harm * 0.1, harm * 0.2),
        }),
        step: (is_on_frontier && name != "found-1")
            .then(|| [e(130_000.0, 20_000.0), e(-30_000.0, 12_000.0)]),
        policy_text: String::new(),
    }
}

/// Name, question and options of each.
type Asked = (&'static str, &'static str, &'static [&'static str]);

const DECISIONS: [Asked; 6] = [
    (
        "first-complaints",
        "A few customers say that a caller knew their support ticket. What does the desk do with such reports?",
        &["file-as-fraud", "route-to-security", "ask-for-more"],
    ),
    (
        "open-case",
        "Something points at a leak. How is the matter treated?",
        &["leak-case", "fraud-case", "keep-watching"],
    ),
    (
        "hunt",
        "How is the source of the leak looked for?",
        &["correlate", "interview", "honey-tickets"],
    ),
    (
        "advisory",
        "Customers and forums talk of callers who pretend to be us. What do we publish?",
        &["generic", "not-affiliated", "callers-know-tickets", "nothing"],
    ),
    (
        "warn-targets",
        "Do we write to the customers at risk now?",
        &["warn-now", "wait-for-attribution"],
    ),
    (
        "press-inquiry",
        "A journalist asks whether our customer data have leaked. What do we answer?",
        &["deny", "no-comment", "confirm"],
    ),
];

pub(crate) fn value() -> Value {
    let mut luck = Luck::new(31);
    let decisions: Vec<DecisionWorth> = DECISIONS
        .into_iter()
        .map(|(name, ask, options)| DecisionWorth {
            is_fixed: false,
            decision: name.to_owned(),
            ask: ask.to_owned(),
            asked: share(0.5 + 0.4 * luck.share(), 500.0),
            asked_count: 340,
            answered: 320,
            asked_day: Some([20.0, 60.0, 140.0]),
            options: options
                .iter()
                .enumerate()
                .map(|(i, option)| OptionWorth {
                    option: (*option).to_owned(),
                    text: "What it means in a sentence.".to_owned(),
                    is_taken: i == 0,
                    taken: share(f64::from(u8::from(i == 0)), 320.0),
                    is_expected: i == 1,
                    effects: [true, i == 1].map(effect).into(),
                    differences: [90.0, 120_000.0]
                        .map(|size| (i > 0).then(|| e(size * luck.bell(), size * 0.4)))
                        .into(),
                })
                .collect(),
        })
        .collect();
    Value {
        pairing: None,
        spreads: vec![700.0, 3e6],
        header: header("hotwash value insider-sale --policy historical --against by-the-book"),
        policy: arm("historical", "what was done in 2019"),
        measures: vec![victims(), cost()],
        shapley: Some(shapley(&decisions, &mut luck)),
        ranking: vec![Ranked {
            decision: 2,
            option: 1,
            measure: 0,
            size: 0.4,
            further: Vec::new(),
        }],
        decisions,
    }
}

fn effect(is_clear: bool) -> Effect {
    Effect {
        variance_removed: Some(0.9),
        alone: 20,
        count: 300,
        better: [share(0.5, 300.0), share(0.2, 300.0), share(0.3, 300.0)],
        share_difference: e(0.01, 0.02),
        is_clear,
    }
}

fn shapley(decisions: &[DecisionWorth], luck: &mut Luck) -> Shapley {
    let choices: Vec<ShapleyShare> = decisions
        .iter()
        .map(|d| ShapleyShare {
            name: d.decision.clone(),
            sort: "decision",
            from: d.options[0].option.clone(),
            to: d.options[1].option.clone(),
            shares: [60.0, 80_000.0].map(|size| e(size * (luck.bell() - 0.7), size * 0.3)).into(),
            is_clear: vec![true, false],
        })
        .collect();
    let total = |metric: usize| -> Estimate {
        let sum: f64 = choices.iter().map(|c| c.shares[metric].value).sum();
        e(sum, sum.abs() * 0.1)
    };
    Shapley {
        from: "historical".to_owned(),
        to: "by-the-book".to_owned(),
        differences: vec![total(0), total(1)],
        choices,
        counts: vec![2000, 1800],
        is_exact: false,
        orders: 64,
        worlds: 2000,
    }
}
