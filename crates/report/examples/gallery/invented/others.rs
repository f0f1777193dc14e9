//! Invented sweeps, sensitivities and hindcasts.

use hotwash_lab::findings::{
    Cell, Change, Described, Factor, Hindcast, HindcastAlternative, HindcastRow, Index,
    Interaction, MainEffect, Measure, NumberInfo, Ranking, Screened, Sensitivity, Sweep, Swept,
    Together, Turning, VarianceShares,
};

use super::{Luck, arm, e, header, measure, share, summary};

pub(crate) fn victims() -> Measure {
    measure("victims", "customers", "lower", "victims", "customers who lost money to the callers")
}

pub(crate) fn cost() -> Measure {
    measure("cost-vendor", "USD", "lower", "vendor", "all cost of the vendor")
}

fn factors(is_space_filling: bool) -> Vec<Factor> {
    let factor = |name: &str, levels: &[&str], about: &str| Factor {
        name: name.to_owned(),
        sort: if name.contains('.') { "lever" } else { "decision" },
        levels: levels.iter().map(|l| (*l).to_owned()).collect(),
        is_range: is_space_filling,
        unit: String::new(),
        about: about.to_owned(),
    };
    let advisories = ["generic", "not-affiliated", "callers-know-tickets"];
    let mut out = vec![
        factor("soc.analysts", &["3", "6", "12"], "analysts per shift"),
        factor("estate.access_monitoring", &["none", "peer"], "who watches access to records"),
        factor("advisory", &advisories, "what is published"),
    ];
    if is_space_filling {
        out.push(factor("estate.log_retention", &["30d", "400d"], "how long logs are kept"));
    }
    out
}

fn swept(measure: Measure, size: f64, levels: &[Vec<String>], luck: &mut Luck) -> Swept {
    let (mut mains, mut interactions) = (Vec::new(), Vec::new());
    for (f, own) in levels.iter().enumerate() {
        for level in own {
            let effect = e(size * luck.bell(), size * 0.3);
            mains.push(MainEffect { factor: f, level: level.clone(), effect });
        }
        for (g, others) in levels.iter().enumerate().skip(f + 1) {
            for (one, other) in own.iter().flat_map(|o| others.iter().map(move |p| (o, p))) {
                interactions.push(Interaction {
                    factors: (f, g),
                    levels: (one.clone(), other.clone()),
                    effect: e(size * 0.4 * luck.bell(), size * 0.25),
                });
            }
        }
    }
    let changes = mains.iter().map(|main| Change {
        factor: main.factor,
        from: "the first".to_owned(),
        to: main.level.clone(),
        effect: main.effect,
        differing: 1500,
    });
    let together = interactions.iter().map(|pair: &Interaction| Together {
        factors: pair.factors,
        from: ("the first".to_owned(), "the first".to_owned()),
        to: pair.levels.clone(),
        effect: pair.effect,
        differing: 1500,
    });
    let together = together.collect();
    Swept {
        measure,
        worlds: 2000,
        mean: e(size * 6.0, size * 0.2),
        changes: changes.collect(),
        mains,
        together,
        interactions,
        described: Some(Described {
            singles: 0.71,
            with_pairs: 0.93,
            left_out: None,
            coefficients: None,
        }),
    }
}

pub(crate) fn sweep(is_space_filling: bool) -> Sweep {
    let mut luck = Luck::new(3);
    let factors = factors(is_space_filling);
    let slope = || vec!["from low to high".to_owned()];
    let levels: Vec<Vec<String>> =
        factors.iter().map(|f| if is_space_filling { slope() } else { f.levels.clone() }).collect();
    let metrics = vec![
        swept(victims(), 110.0, &levels, &mut luck),
        swept(cost(), 140_000.0, &levels, &mut luck),
    ];
    let mut cells = Vec::new();
    for a in &factors[0].levels {
        for m in &factors[1].levels {
            for p in &factors[2].levels {
                let mut values = vec![a.clone(), m.clone(), p.clone()];
                values.resize(factors.len(), "210d".to_owned());
                let outcomes = vec![summary(500.0 + 90.0 * luck.bell(), 1.0), summary(8e5, 1.0)];
                cells.push(Cell { values, outcomes });
            }
        }
    }
    let command = "hotwash sweep insider-sale --vary soc.analysts=3,6,12";
    let design = if is_space_filling { "sobol" } else { "full" }.to_owned();
    let policy = "historical".to_owned();
    Sweep { header: header(command), design, policy, factors, cells, metrics }
}

fn number(index: usize) -> NumberInfo {
    const PATHS: [(&str, &str, &str); 8] = [
        ("scam.calls_per_caller_day", "calls", "reported"),
        ("customers.believe_caller", "probability", "guess"),
        ("insider.records_per_shift", "records", "guess"),
        ("soc.minutes_per_alert", "minutes", "weak"),
        ("press.inside_tells", "per week", "guess"),
        ("market.lost_business_per_trust_point", "share", "guess"),
        ("regulator.fine_per_record", "USD", "primary"),
        ("customers.complain", "probability", "weak"),
    ];
    let (path, unit, firmness) = PATHS[index % PATHS.len()];
    let path = if index < PATHS.len() { path.to_owned() } else { format!("{path}_{index}") };
    NumberInfo {
        path,
        unit: unit.to_owned(),
        firmness: firmness.to_owned(),
        source: "judgement: nobody has counted".to_owned(),
        range: "0.02 to 0.2".to_owned(),
    }
}

pub(crate) fn sensitivity() -> Sensitivity {
    let mut luck = Luck::new(11);
    let screened = (0..30)
        .map(|i| {
            let size = 400.0 / (1.0 + i as f64 * 0.8);
            Screened {
                number: number(i),
                outcome: e(size, size * 0.25 + 4.0),
                signed: size * 0.8,
                spread: size * 0.4,
                difference: Some(e(size * 0.3, size * 0.1)),
                steps: 20,
                steps_without_value: u64::from(i == 3) * 6,
                has_effect: i < 25,
                is_out_of_reach: i == 29,
            }
        })
        .collect();
    let mut shares = |scale: f64| -> Vec<Index> {
        let mut list: Vec<Index> = (0..8)
            .map(|i| {
                let first = scale / (1.0 + i as f64 * 1.4);
                Index {
                    number: Some(number(i)),
                    first: e(first + 0.01 * luck.bell(), 0.03),
                    total: e(first * 1.4, 0.04),
                }
            })
            .collect();
        list.push(Index { number: None, first: e(0.22, 0.03), total: e(0.41, 0.04) });
        list
    };
    let (indices, difference_indices) = (shares(0.34), shares(0.18));
    let turning = (0..8)
        .map(|i| Turning {
            number: number(i),
            low: e(120.0 - 60.0 * i as f64, 40.0),
            high: e(-90.0, 45.0),
            turns: i < 2,
        })
        .collect();
    Sensitivity {
        outcome_range: Some((0.0, 4000.0)),
        header: header(
            "hotwash sensitivity insider-sale --outcome victims --policies historical,by-the-book",
        ),
        measure: victims(),
        arms: vec![arm("historical", "what was done in 2019"), arm("by-the-book", "")],
        screened,
        indices,
        difference_indices,
        turning,
        trajectories: 20,
        rows: 1024,
        rows_without_value: 0,
        shares: Some(made_of(0.46)),
        difference_shares: Some(made_of(0.3)),
        ranking: Some(Ranking {
            difference: e(36.0, 12.0),
            better: [share(0.41, 2000.0), share(0.06, 2000.0), share(0.53, 2000.0)],
            worlds: 2000,
            without_value: 0,
        }),
    }
}

fn made_of(guesses: f64) -> VarianceShares {
    VarianceShares {
        guesses: e(guesses, 0.05),
        sourced: e(0.08, 0.03),
        chance_and_rest: e(0.22, 0.03),
        interactions: e(0.7 - guesses, 0.06),
    }
}

type Recorded<'a> = (Option<(f64, f64)>, &'a str);
type Simulated<'a> = (Option<[f64; 3]>, &'a str);

fn row(
    id: &str,
    (what, unit): (&str, &str),
    recorded: Recorded<'_>,
    simulated: Simulated<'_>,
) -> HindcastRow {
    let holds = recorded.0.zip(simulated.0).map(|((a, b), s)| b >= s[0] && a <= s[2]);
    HindcastRow {
        id: id.to_owned(),
        quantity: what.to_owned(),
        measure: "a metric".to_owned(),
        unit: unit.to_owned(),
        is_share: unit.is_empty(),
        recorded: recorded.0,
        recorded_text: recorded.1.to_owned(),
        kind: if holds.is_some() { "emergent" } else { "qualitative" }.to_owned(),
        firmness: "B".to_owned(),
        note: "press reports; the vendor's own figure differs".to_owned(),
        derived_from: if id == "H5" { vec!["H3".to_owned()] } else { Vec::new() },
        count: 1660,
        simulated_intervals: simulated.0.map(|q| q.map(|v| e(v, v * 0.02))),
        counts: holds.is_some() && id != "H5",
        alternatives: if id == "H4" { vec![other_source()] } else { Vec::new() },
        crps_interval: holds.map(|_| e(31.4, 2.2)),
        share: share(0.83, 2000.0),
        simulated: simulated.0,
        simulated_text: simulated.1.to_owned(),
        inside: holds.map(|_| share(0.21, 2000.0)),
        holds,
        crps: holds.map(|_| 31.4),
        crps_of_median: holds.map(|_| 43.5),
    }
}

fn other_source() -> HindcastAlternative {
    HindcastAlternative {
        recorded: Some((26.0, 30.0)),
        recorded_text: "26 to 30".to_owned(),
        firmness: "C".to_owned(),
        note: "the regulator's decision".to_owned(),
        holds: Some(true),
        inside: None,
    }
}

fn dates_and_counts() -> Vec<HindcastRow> {
    let pattern = ("first complaints recognised as a pattern", "date");
    let affected = ("customers affected, as first published", "customers");
    vec![
        row(
            "H1",
            pattern,
            (Some((154.0, 165.0)), "early August 2019"),
            (Some([40.0, 120.0, 260.0]), "2019-06-29 (2019-04-10 to 2019-11-16)"),
        ),
        row(
            "H2",
            ("source of the leak named", "date"),
            (Some((230.0, 233.0)), "17 to 20 October 2019"),
            (Some([150.0, 260.0, 380.0]), "2019-11-16 (2019-07-29 to 2020-03-15)"),
        ),
        row(
            "H3",
            affected,
            (Some((68_000.0, 68_000.0)), "68,000"),
            (Some([59_500.0, 68_400.0, 72_400.0]), "68,400 (59,500 to 72,400)"),
        ),
        row(
            "H4",
            ("days from attribution until disclosure", "days"),
            (Some((19.0, 19.0)), "19 days"),
            (Some([24.0, 60.0, 140.0]), "60 (24 to 140)"),
        ),
    ]
}

fn shares_and_others() -> Vec<HindcastRow> {
    let first = ("whether the press was first to tell it", "");
    vec![
        row(
            "H5",
            ("share of customers affected", "share"),
            (Some((0.005, 0.01)), "under 1 %"),
            (Some([0.004, 0.0055, 0.006]), "0.0055 (0.004 to 0.006)"),
        ),
        row("H6", first, (None, "no"), (None, "no in 81 % of worlds")),
        row(
            "H7",
            ("fines", "USD"),
            (Some((0.0, 0.0)), "none known"),
            (Some([0.0, 0.0, 225_000.0]), "0 (0 to 225,000)"),
        ),
        row(
            "H8",
            ("arrests", "arrests"),
            (Some((1.0, 1.0)), "one, contested"),
            (None, "none in any world"),
        ),
    ]
}

pub(crate) fn hindcast() -> Hindcast {
    let mut rows = dates_and_counts();
    rows.extend(shares_and_others());
    Hindcast {
        header: header("hotwash hindcast insider-sale"),
        policy: arm("historical", "what was done in 2019"),
        rows,
        about: "an invented leak, as nobody told it".to_owned(),
        covered: (4, 5),
        covered_derived: (1, 1),
        startex: "2019-03-01".to_owned(),
    }
}
