//! Comparisons against known answers: of the toy scenario, and of made-up rows.

use std::collections::BTreeMap;
use std::sync::atomic::AtomicBool;

use hotwash_engine::{Draw, RunKey, normal_quantile};

use super::*;
use crate::Bench;
use crate::conduct::{Conduct, Shard, conduct};
use crate::findings::{Comparison, Header, Paired};
use crate::stats::Estimate;
use crate::toy;

fn setup(policies: &[&str], worlds: u64, shown: &[&str]) -> (Scenario, Setup) {
    let scenario = toy::scenario();
    let layout = Layout::of(&scenario.build(&BTreeMap::new(), None).unwrap());
    let arm = |name: &&str| {
        let policy = scenario.policy(name).unwrap();
        Arm::new(*name, Some(policy.clone()), BTreeMap::new())
    };
    let setup = Setup {
        arms: policies.iter().map(arm).collect(),
        shown: shown.iter().map(|name| layout.metric(name).unwrap()).collect(),
        layout,
        seed: 1,
        worlds,
        precision: None,
        has_usual_curves: true,
        every_pair: false,
        tolerance: Vec::new(),
    };
    (scenario, setup)
}

fn found(scenario: &Scenario, setup: Setup, threads: usize) -> Comparison {
    let mut study = Compare::new(scenario, setup).unwrap();
    let (stop, mut progress) = (AtomicBool::new(false), |_| {});
    let mut how = Conduct {
        scenario,
        threads,
        shard: Shard::WHOLE,
        log: None,
        stop: &stop,
        progress: &mut progress,
    };
    conduct(&mut study, &mut how).unwrap();
    study.finding(Header::default()).unwrap()
}

/// The study fed with made-up worlds in place of runs: of each world the two arms' values of `gain`.
fn fed(
    precision: Option<f64>,
    worlds: u64,
    world: impl Fn(u64) -> [Option<f64>; 2],
) -> Result<Comparison, LabError> {
    let (scenario, mut setup) = setup(&["historical", "keen"], worlds, &["gain"]);
    let gain = setup.shown[0];
    setup.precision = precision.map(|half_width| Precision { metric: gain, half_width });
    let width = setup.layout.width();
    let mut study = Compare::new(&scenario, setup)?;
    while let Some(round) = study.next_round() {
        let Task::Grid(grid) = &round.job else { panic!("the toy has no course") };
        for batch in round.batches.clone() {
            let mut numbers = Vec::new();
            for replication in replications(batch, grid.worlds) {
                for value in world(replication) {
                    let mut row = vec![f64::NAN; width];
                    row[gain] = value.unwrap_or(f64::NAN);
                    numbers.extend(row);
                }
            }
            study.absorb(batch, &numbers);
        }
    }
    study.finding(Header::default())
}

fn pair<'a>(found: &'a Comparison, metric: &str) -> &'a Paired {
    &found.metrics.iter().find(|m| m.measure.name == metric).unwrap().pairs[0]
}

fn covers(interval: Estimate, truth: f64) -> u32 {
    u32::from(interval.low <= truth && truth <= interval.high)
}

#[test]
fn known_differences_are_found() {
    let (scenario, setup) =
        setup(&["historical", "keen", "slow"], 200, &["gain", "loss", "delay", "harm"]);
    let found = found(&scenario, setup, 2);
    assert_eq!((found.header.worlds, found.header.runs), (200, 600));
    let gain = &found.metrics[0];
    assert_eq!(gain.pairs.iter().map(|p| (p.a, p.b)).collect::<Vec<_>>(), [(1, 0), (2, 0)]);
    // 3 e + 5 + e + 4 with e = 4, and 2: luck is the same and falls out.
    for (pair, truth) in gain.pairs.iter().zip([25.0, 2.0]) {
        assert!(
            (pair.difference.value - truth).abs() < 1e-9 && pair.difference.half_width() < 1e-9
        );
        assert!(pair.variance_removed.unwrap() > 0.999_999);
        assert_eq!((pair.better[0].value, pair.count), (1.0, 200));
    }
    // A fifth less of every loss: the difference has a 25th of one loss's variance.
    let loss = pair(&found, "loss");
    assert!((loss.variance_removed.unwrap() - (1.0 - 0.04 / 1.64)).abs() < 1e-9);
    assert_eq!(loss.better[0].value, 1.0);
    // Nobody speaks under `historical`: nothing to compare, and nothing is made up.
    let delay = pair(&found, "delay");
    assert!(
        delay.count == 0 && delay.difference.value.is_nan() && delay.median_difference.is_none()
    );
    assert_eq!(delay.share_difference.value, 1.0);
    let summary = &found.metrics[2].arms[0];
    assert!(summary.mean.value.is_nan() && summary.quantiles.is_none() && summary.count == 0);
    assert!(found.header.notes.iter().any(|note| note.contains("not a fair sample")));
    // What is not a number is null in JSON, and all of it can be read again.
    let json = serde_json::to_string(&found).unwrap();
    let read: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert!(read["metrics"][2]["pairs"][0]["difference"]["value"].is_null());
}

#[test]
fn every_pair_is_compared_if_asked() {
    let (scenario, mut setup) = setup(&["historical", "keen", "slow"], 64, &["gain"]);
    setup.every_pair = true;
    let found = found(&scenario, setup, 1);
    let pairs = &found.metrics[0].pairs;
    assert_eq!(pairs.iter().map(|p| (p.a, p.b)).collect::<Vec<_>>(), [(1, 0), (2, 0), (2, 1)]);
    assert!((pairs[2].difference.value + 23.0).abs() < 1e-9);
    assert_eq!(pairs[2].better[2].value, 1.0);
}

#[test]
fn curves_are_shares_of_worlds() {
    let (scenario, mut setup) = setup(&["keen", "historical"], 300, &["loss", "delay"]);
    let tolerated =
        Tolerance { amount_usd: 12_345.0, probability: 0.1, bearer: "vendor".to_owned() };
    let others = Tolerance { amount_usd: 54_321.0, probability: 0.1, bearer: "victims".to_owned() };
    setup.tolerance = vec![tolerated, others];
    let found = found(&scenario, setup, 2);
    let loss = &found.losses[0];
    assert_eq!((found.losses.len(), loss.measure.name.as_str()), (1, "loss"));
    let curve = &loss.curves[1];
    assert!(curve.windows(2).all(|w| w[0].0 < w[1].0 && w[0].1.value >= w[1].1.value));
    let last = curve[curve.len() - 1].1.value;
    assert!(curve[0].1.value >= 0.99 && last == 0.0, "{last}");
    assert!(curve.iter().all(|point| point.0 != 54_321.0));
    // P(exp(10 + z) > 12345) = P(z > ln 12345 - 10).
    let at = curve.iter().find(|point| point.0 == 12_345.0).unwrap().1;
    let truth = 0.719; // 1 - Phi(-0.5790)
    assert!(at.low < truth && truth < at.high, "{at:?}");
    // `delay` begins with `time-to` nowhere, so no curve is drawn of it.
    assert!(found.times.is_empty());
}

#[test]
fn what_never_happens_has_not_happened_yet() {
    use tally::Column;
    let (mut some, none) = (Column::default(), Column::default());
    [1.0, 2.0, 40.0].into_iter().for_each(|day| some.push(Some(day)));
    let (_, setup) = setup(&["keen", "slow"], 10, &["delay"]);
    let measure = crate::findings::Measure::from(&setup.layout.metrics[setup.shown[0]]);
    let survival = curves::survival(measure, &[some, none], 4);
    let share = |arm: usize, day: f64| {
        let curve = &survival.curves[arm];
        curve.iter().find(|point| point.0 == day).unwrap().1.value
    };
    assert_eq!(
        [share(0, 0.0), share(0, 1.0), share(0, 2.0), share(0, 40.0)],
        [1.0, 0.75, 0.5, 0.25]
    );
    assert!(survival.curves[1].iter().all(|point| point.1.value == 1.0));
}

#[test]
fn watching_changes_no_outcome() {
    let (scenario, setup) = setup(&["historical", "keen"], 4, &["level"]);
    let level = setup.shown[0];
    let grid = Grid { arms: setup.arms, layout: setup.layout, seed: 1, worlds: 40 };
    let grid = Arc::new(grid);
    let instants: Vec<SimTime> = (0..=10).map(|day| SimTime::from_ms(day * 86_400_000)).collect();
    let mut bench = Bench::new(&scenario);
    let (mut values, mut seen, mut plain) = (Vec::new(), Vec::new(), Vec::new());
    for replication in 0..40 {
        for arm in &grid.arms {
            let key = RunKey { seed: 1, replication };
            let seat = bench.seat(arm).unwrap();
            let mut levels = Vec::new();
            let sim = seat
                .watch(arm, key, &instants, |_, sim| levels.push(sim.view().metric("level")))
                .unwrap();
            grid.layout.write(sim, &mut values, &mut seen);
            let sim = seat.run(arm, key).unwrap();
            grid.layout.write(sim, &mut values, &mut plain);
            let speed = if arm.name() == "keen" { 2.0 } else { 1.0 };
            assert_eq!(
                [levels[0], levels[1], levels[10]],
                [Some(0.0), Some(speed), Some(10.0 * speed)]
            );
        }
    }
    let bits = |row: &[f64]| row.iter().map(|x| x.to_bits()).collect::<Vec<u64>>();
    assert_eq!(bits(&seen), bits(&plain));
    // The same by way of a batch, as bands.
    let watching = Watching { grid, metric: level, instants };
    let (mut out, mut courses) = (Vec::new(), Courses::default());
    watching.work(&mut bench, 0..32, &mut out).unwrap();
    courses.absorb(2, 11, &out);
    let course = watching.course(&courses, "2019-08-01");
    assert_eq!((course.worlds, course.bands.len(), course.days[10]), (32, 2, 10.0));
    assert_eq!((course.bands[0][10], course.bands[1][10]), ([10.0; 5], [20.0; 5]));
}

#[test]
fn threads_do_not_matter() {
    let json = |threads| {
        let (scenario, setup) = setup(&["keen", "slow"], 500, &["loss", "delay"]);
        serde_json::to_string(&found(&scenario, setup, threads)).unwrap()
    };
    assert_eq!(json(1), json(3));
}

/// Runs of the toy: 400 studies of 64 worlds. The t interval is held against a difference that is
/// uniform and one that is lognormal, order statistics against normal and lognormal quantiles. Of 400
/// intervals with 95 % coverage, 380 +- 4.4 cover; 367 to 393 is three deviations.
#[test]
fn intervals_cover_what_they_promise() {
    let (mut uniform, mut skewed, mut medians, mut tails) = (0, 0, 0, 0);
    for study in 0..400 {
        let (scenario, mut setup) = setup(&["keen", "slow"], 64, &["delay", "loss", "gain"]);
        setup.seed = 1_000 + study;
        let found = found(&scenario, setup, 1);
        // 1 + 10 u - 1, and a fifth of a lognormal loss with sigma 1.
        uniform += covers(pair(&found, "delay").difference, 5.0);
        skewed += covers(pair(&found, "loss").difference, 0.2 * libm::exp(10.5));
        medians += covers(found.metrics[2].arms[1].median().unwrap(), 102.0);
        let tail = libm::exp(10.0 + normal_quantile(0.9));
        tails += covers(found.metrics[1].arms[1].quantiles.unwrap()[3], tail);
    }
    assert!((367..=393).contains(&uniform), "uniform: {uniform}");
    assert!((367..=398).contains(&medians), "medians: {medians}");
    assert!((367..=398).contains(&tails), "tails: {tails}");
    // At 64 worlds a lognormal difference is too skewed for t: seen is about 91 %.
    assert!((350..=380).contains(&skewed), "skewed: {skewed}");
}

/// Made-up worlds: 400 studies of 512, a - b normal around 0.3 or lognormal.
#[test]
fn shares_and_skewed_means_cover_with_more_worlds() {
    let (mut better, mut means, mut middles) = (0, 0, 0);
    for study in 0..400 {
        let noise = |world| Draw::new(study * 1_000_003 + world).normal();
        let found = fed(None, 512, |world| [Some(-0.3), Some(noise(world))]).unwrap();
        // Better is higher: P(z > -0.3).
        better += covers(pair(&found, "gain").better[0], 0.617_911);
        let found = fed(None, 512, |world| [Some(0.0), Some(libm::exp(noise(world)))]).unwrap();
        means += covers(pair(&found, "gain").difference, libm::exp(0.5));
        middles += covers(pair(&found, "gain").median_difference.unwrap(), 1.0);
    }
    assert!((367..=393).contains(&better), "better: {better}");
    assert!((363..=393).contains(&means), "means: {means}");
    assert!((367..=395).contains(&middles), "middles: {middles}");
}

#[test]
fn a_precision_is_reached_and_covers() {
    let (mut covered, mut worlds) = (0, Vec::new());
    for study in 0..400 {
        let noise = |world| Draw::new(study * 1_000_003 + world).normal();
        let found = fed(Some(0.1), 0, |world| [Some(0.0), Some(2.0 * noise(world))]).unwrap();
        let difference = pair(&found, "gain").difference;
        assert!(difference.half_width() <= 0.1 * (1.0 + 1e-12));
        covered += covers(difference, 0.0);
        worlds.push(found.header.worlds as f64);
    }
    assert!((367..=393).contains(&covered), "{covered}");
    // (1.962 * 2 / 0.1)^2 = 1540 on average.
    let mean = worlds.iter().sum::<f64>() / 400.0;
    assert!((mean - 1540.0).abs() < 15.0, "{mean}");
}

#[test]
fn a_precision_counts_worlds_in_which_both_have_a_value() {
    let world = |world| {
        let mut draw = Draw::new(world * 7_919);
        [draw.chance(0.5).then_some(0.0), Some(2.0 * draw.normal())]
    };
    let found = fed(Some(0.1), 0, world).unwrap();
    let pair = pair(&found, "gain");
    assert!(found.header.worlds > 2800 && found.header.worlds < 3700, "{}", found.header.worlds);
    assert!(pair.difference.half_width() <= 0.1);
}

#[test]
fn a_precision_that_cannot_be_had_says_so() {
    for wrong in [0.0, -1.0, f64::NAN, f64::INFINITY] {
        let error = fed(Some(wrong), 0, |_| [Some(0.0); 2]).unwrap_err();
        assert!(matches!(error, LabError::Usage { .. }), "{error}");
    }
    let error = fed(Some(1.0), 0, |_| [None, Some(1.0)]).unwrap_err();
    assert!(error.to_string().contains("in 0 of the pilot's 1,024 worlds"), "{error}");
    // Nothing varies: the pilot is enough.
    let found = fed(Some(1e-9), 0, |_| [Some(1.0), Some(3.0)]).unwrap();
    assert_eq!(found.header.worlds, PILOT);
    assert_eq!(pair(&found, "gain").difference, Estimate::exact(2.0));
    // More worlds than a study meets.
    let (_, setup) = setup(&["historical", "keen"], PILOT, &["gain"]);
    let mut tally = Tally::new(&setup);
    for world in 0..PILOT {
        let mut numbers = vec![f64::NAN; 2 * setup.layout.width()];
        numbers[setup.shown[0]] = Draw::new(world).normal();
        numbers[setup.layout.width() + setup.shown[0]] = 0.0;
        let rows: Vec<_> = numbers.chunks(setup.layout.width()).collect();
        tally.push(&[setup.layout.row(rows[0]), setup.layout.row(rows[1])]);
    }
    let precision = Precision { metric: setup.shown[0], half_width: 1e-6 };
    let plan = precision::plan(&precision, &setup, &tally);
    let Err(LabError::Usage { message, hint }) = plan else { panic!("it takes too many worlds") };
    assert!(message.contains("more than the 10,000,000 worlds"), "{message}");
    // What is offered instead can be had, and hardly less can.
    let hint = hint.unwrap();
    let within = hint.split_once("=±").unwrap().1.split(' ').next().unwrap();
    let half_width: f64 = within.parse().unwrap();
    let plan = |half_width| precision::plan(&Precision { half_width, ..precision }, &setup, &tally);
    assert!(plan(half_width).unwrap().worlds <= MOST_WORLDS, "{hint}");
    assert!(plan(half_width * 0.85).is_err(), "{hint}");
}

/// Worlds of which one in `rarity` differs.
fn rarely(rarity: u64) -> impl Fn(u64) -> [Option<f64>; 2] {
    move |world| [Some(0.0), Some(f64::from(u8::from(world % rarity == 3)))]
}

#[test]
fn a_pilot_without_differences_promises_nothing() {
    // Worlds beyond the pilot differ, and a plan without variance would never meet them.
    let late = |world| [Some(0.0), Some(f64::from(u8::from(world >= PILOT && world % 9 == 0)))];
    let error = fed(Some(1e-5), 0, late).unwrap_err().to_string();
    assert!(error.contains("the same in all 1,024 of the pilot's worlds"), "{error}");
    assert!(error.contains("at most 0.3 % of worlds"), "{error}");
    // Nineteen worlds of the pilot are too few to plan with, twenty are enough.
    let error = fed(Some(0.1), 0, rarely(54)).unwrap_err().to_string();
    assert!(error.contains("differ in 19 of the pilot's 1,024 worlds"), "{error}");
    let found = fed(Some(0.1), 0, rarely(51)).unwrap();
    assert_eq!(found.header.worlds, PILOT);
}

#[test]
fn clear_takes_twenty_worlds_that_differ() {
    // A difference of 19 in 20 worlds: its interval by t is clear of zero.
    let found = fed(None, 20, |world| [Some(0.0), Some(if world == 3 { 0.0 } else { 1.0 })]);
    let found = found.unwrap();
    assert!(pair(&found, "gain").difference.is_clear() && !pair(&found, "gain").is_clear);
    let found = fed(None, 21, |world| [Some(0.0), Some(if world == 3 { 0.0 } else { 1.0 })]);
    assert!(pair(&found.unwrap(), "gain").is_clear);
}

#[test]
fn what_is_the_same_may_have_been_missed() {
    let found = fed(None, 300, |_| [Some(1.0), Some(1.0 + 1e-13)]).unwrap();
    let note =
        found.header.notes.iter().find(|note| note.contains("Where two policies are the same"));
    assert!(note.unwrap().contains("in up to 1 % of worlds"), "{note:?}");
    let found = fed(None, 300, |_| [Some(1.0), Some(2.0)]).unwrap();
    assert!(!found.header.notes.iter().any(|note| note.contains("are the same")));
}

#[test]
fn means_of_skewed_values_have_their_note() {
    let skewed = |world| libm::exp(2.0 * Draw::new(world * 31).normal());
    // The difference is constant, the values are skewed.
    let found = fed(None, 200, |world| [Some(skewed(world) + 1.0), Some(skewed(world))]).unwrap();
    let has = |found: &Comparison, part: &str| found.header.notes.iter().any(|n| n.contains(part));
    assert!(has(&found, "own means of gain") && !has(&found, "Differences in gain"));
    let found = fed(None, 200, |_| [Some(0.1), Some(0.3)]).unwrap();
    assert!(!has(&found, "extreme worlds"));
}

#[test]
fn few_values_have_intervals_without_end() {
    let noise = |world| Draw::new(world * 31).normal();
    let few = fed(None, 5, |world| [Some(0.0), Some(noise(world))]).unwrap();
    let median = pair(&few, "gain").median_difference.unwrap();
    assert_eq!((median.low, median.high), (f64::NEG_INFINITY, f64::INFINITY));
    assert!(few.header.notes.iter().any(|note| note.contains("6 for a median")));
    let json: serde_json::Value =
        serde_json::from_str(&serde_json::to_string(&few).unwrap()).unwrap();
    assert!(json["metrics"][0]["pairs"][0]["median_difference"]["high"].is_null());
    let more = fed(None, 6, |world| [Some(0.0), Some(noise(world))]).unwrap();
    assert!(pair(&more, "gain").median_difference.unwrap().half_width().is_finite());
}

#[test]
fn curves_are_of_what_is_asked_for() {
    let (_, mut setup) = setup(&["keen", "slow"], 10, &["delay"]);
    setup.has_usual_curves = false;
    // The toy's names stand for those of which curves are usual.
    let (delay, loss) = (setup.shown[0], setup.layout.metric("loss").unwrap());
    setup.layout.metrics[loss].name = "cost-vendor";
    setup.layout.metrics[delay].name = "time-to-discover";
    let curves = |setup: &Setup| {
        let tally = Tally::new(setup);
        (tally.losses, tally.times)
    };
    assert_eq!(curves(&setup), (vec![], vec![delay]));
    setup.shown = vec![loss];
    assert_eq!(curves(&setup), (vec![loss], vec![]));
    setup.shown = vec![];
    setup.tolerance =
        vec![Tolerance { amount_usd: 1.0, probability: 0.1, bearer: "vendor".to_owned() }];
    assert_eq!(curves(&setup), (vec![loss], vec![]));
    setup.has_usual_curves = true;
    assert_eq!(curves(&setup), (vec![loss], vec![delay]));
}

#[test]
fn senseless_setups_are_refused() {
    let refused = |policies: &[&str], worlds| {
        let (scenario, setup) = setup(policies, worlds, &["gain"]);
        Compare::new(&scenario, setup).err().unwrap().to_string()
    };
    assert!(refused(&["keen"], 10).contains("at least two policies"));
    assert!(refused(&["keen", "slow", "keen"], 10).contains("`keen` is named twice"));
    assert!(refused(&["keen", "slow"], 1).contains("at least two worlds"));
}

#[test]
fn memory_is_bounded_and_quantiles_then_say_so() {
    let noise = |world| libm::exp(Draw::new(world * 31).normal());
    let found = fed(None, 20_000, |world| [Some(0.0), Some(noise(world))]).unwrap();
    let median = found.metrics[0].arms[1].median().unwrap();
    assert!((median.value - 1.0).abs() < 0.05);
    assert!(found.header.notes.iter().any(|note| note.contains("0.2 %")));
}
