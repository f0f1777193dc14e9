//! The crew in a small simulation: in, on, out, and back through what was left open.

use hotwash_engine::{SimBuilder, Simulation, Weight};

use super::{
    AppetiteConfig, CredentialsConfig, ExfiltrationConfig, FootholdsConfig, IntruderConfig,
    IntruderPlugin, MovesConfig, PersistenceConfig,
};
use crate::network_stage::{LAB, Play, Stage, StageConfig, builder, finish, metric, run};
use crate::testkit::{count_of, day_of, p, slug};

const SEEDS: u64 = 30;

fn crew() -> IntruderConfig {
    IntruderConfig {
        crew: "the crew".into(),
        begins: "2018-10-05".into(),
        breach: slug("network-entered"),
        reach: Some(slug("code-within-reach")),
        entered_makes_true: vec![slug("network-entered")],
        beyond_makes_true: vec![slug("beyond-lab")],
        credentials: CredentialsConfig {
            botnet_per_month: p(2.0),
            guess_tries: p(50.0),
            guess_success: p(0.01),
        },
        moves: MovesConfig {
            every: p(4.0),
            with_directory: p(0.5),
            success: p(0.5),
            entry_sealed: p(0.0),
        },
        footholds: FootholdsConfig { remote_tool: p(0.7), back_doors: p(2.0), on_machines: p(0.5) },
        appetite: AppetiteConfig {
            source_code: p(1.0),
            debug_symbols: p(0.5),
            documents: p(0.2),
            models: p(0.1),
            worth_having: p(0.2),
            worth_having_tb: p(0.5),
        },
        exfiltration: ExfiltrationConfig {
            starts_after: p(14.0),
            rate: p(30.0),
            duty: p(0.3),
            cautious: p(0.5),
        },
        persistence: PersistenceConfig {
            lies_low: p(20.0),
            returns: p(0.0),
            returns_after: p(30.0),
            most_returns: p(2.0),
        },
    }
}

fn world(
    settings: &[(&str, &str)],
    reach: bool,
    plays: &[(f64, Play)],
    change: impl Fn(&mut IntruderConfig),
) -> Simulation {
    let mut config = crew();
    change(&mut config);
    let mut sim: SimBuilder = builder(settings, 0.4, reach);
    sim.plugin::<IntruderPlugin>(config);
    sim.plugin::<Stage>(StageConfig::new(plays));
    finish(sim)
}

/// What the crew did, line by line.
fn story(sim: &Simulation) -> Vec<String> {
    let entries = sim.journal().entries().iter();
    let own = entries.filter(|e| e.kind.name.starts_with("intruder."));
    own.map(|e| format!("{} {}", e.at, e.say(e.kind.says))).collect()
}

/// Everything at once on one day, with a hunt of this thoroughness.
fn clean_up(day: f64, thoroughness: f64) -> Vec<(f64, Play)> {
    vec![
        (day, Play::Quarantine(LAB)),
        (day, Play::Reset),
        (day, Play::BlockTools(true)),
        (day, Play::Hunt(None, thoroughness)),
        (day + 10.0, Play::Release(LAB)),
    ]
}

#[test]
fn it_gets_in_moves_on_and_takes_what_it_wants() {
    let mut sim = world(&[], true, &[], |_| {});
    for seed in 0..SEEDS {
        run(&mut sim, seed);
        let day = |kind: &str| day_of(&sim, kind).unwrap_or(f64::INFINITY);
        let order = ["knocking", "entered", "moved-on", "directory", "done"];
        let days: Vec<f64> = order.iter().map(|k| day(&format!("intruder.{k}"))).collect();
        assert!(days.is_sorted() && days[4].is_finite(), "{days:?}\n{:#?}", story(&sim));
        assert_eq!(metric(&sim, "segments-entered"), 4.0);
        assert!((metric(&sim, "tb-taken") - 9.0).abs() < 1e-9, "1 + 4 + 4 TB");
        assert_eq!(metric(&sim, "tb-taken-source"), 4.0);
        assert_eq!(metric(&sim, "source-taken"), 1.0);
        assert!(metric(&sim, "belief-source-taken") < 0.11, "and nobody knows");
        assert!(metric(&sim, "days-to-move-on") >= 4.0);
        assert_eq!(metric(&sim, "back-doors-left"), 8.0);
        let inside = 100.0 - day("intruder.entered");
        assert!((metric(&sim, "days-inside") - inside).abs() < 1e-6);
        let told = sim.journal().entries().iter();
        let told = told.filter(|e| e.kind.name.starts_with("intruder."));
        let told = told.filter(|e| e.kind.weight >= Weight::Notable).count();
        assert!((5..=12).contains(&told), "{:#?}", story(&sim));
    }
}

#[test]
fn source_out_of_reach_stays() {
    let mut sim = world(&[], false, &[], |_| {});
    run(&mut sim, 3);
    assert_eq!(metric(&sim, "source-taken"), 0.0);
    assert!((metric(&sim, "tb-taken") - 5.0).abs() < 1e-9);
    let mut sim = world(&[], true, &[], |c| c.moves.entry_sealed = p(1.0));
    run(&mut sim, 3);
    assert_eq!(metric(&sim, "segments-entered"), 1.0);
    assert_eq!(metric(&sim, "tb-taken"), 1.0);
    assert_eq!(count_of(&sim, "intruder.done"), 1);
    assert!(sim.view().metric("days-to-move-on").is_none());
}

#[test]
fn what_the_vendor_watches_changes_nothing_that_the_crew_draws() {
    let levers = [
        ("estate.watch_remote_tools", "true"),
        ("estate.watch_movement", "all"),
        ("estate.watch_transfers", "true"),
        ("estate.visibility", "everywhere"),
    ];
    let (mut plain, mut watched) =
        (world(&[], true, &[], |_| {}), world(&levers, true, &[], |_| {}));
    let mut lonely = builder(&[], 0.4, true);
    lonely.plugin::<IntruderPlugin>(crew());
    let mut lonely = finish(lonely);
    for seed in 0..SEEDS {
        run(&mut plain, seed);
        run(&mut watched, seed);
        run(&mut lonely, seed);
        assert_eq!(story(&plain), story(&watched));
        assert_eq!(story(&plain), story(&lonely), "and it needs no one to listen");
    }
}

#[test]
fn a_second_factor_never_lets_it_in_sooner() {
    let factor = [("estate.second_factor", "true")];
    let (mut plain, mut factor) =
        (world(&[], true, &[], |_| {}), world(&factor, true, &[], |_| {}));
    let mut later = 0;
    for seed in 0..SEEDS {
        run(&mut plain, seed);
        run(&mut factor, seed);
        let day = |sim| day_of(sim, "intruder.entered").unwrap_or(f64::INFINITY);
        assert!(day(&plain) <= day(&factor));
        later += u64::from(day(&plain) < day(&factor));
    }
    assert!(later > SEEDS / 2, "{later}");
}

#[test]
fn a_thorough_cleaning_evicts_it_and_a_half_done_one_does_not() {
    let mut thorough = world(&[], true, &clean_up(200.0, 1.0), |_| {});
    let mut half = world(&[], true, &clean_up(200.0, 0.5), |_| {});
    let (mut stays, mut returns) = (0, 0);
    for seed in 0..SEEDS {
        run(&mut thorough, seed);
        assert_eq!(count_of(&thorough, "intruder.evicted"), 1, "{:#?}", story(&thorough));
        assert_eq!(metric(&thorough, "back-doors-left"), 0.0);
        assert_eq!(metric(&thorough, "times-came-back"), 0.0);
        run(&mut half, seed);
        assert!(metric(&half, "days-inside") >= metric(&thorough, "days-inside"));
        assert!(metric(&half, "tb-taken") >= metric(&thorough, "tb-taken"));
        stays += count_of(&half, "intruder.went-on");
        returns += count_of(&half, "intruder.came-back");
    }
    assert!(stays > 20, "{stays}");
    // It is cut off only where what is left lies in the lab alone.
    assert_eq!(returns, 0, "it never left");
}

#[test]
fn a_door_in_the_lab_opens_again_when_the_lab_is_released() {
    let plays = clean_up(200.0, 0.3);
    let mut sim = world(&[], true, &plays, |c| c.moves.entry_sealed = p(1.0));
    let mut returns = 0;
    for seed in 0..SEEDS {
        run(&mut sim, seed);
        let came_back = count_of(&sim, "intruder.came-back");
        if came_back == 0 {
            assert_eq!(count_of(&sim, "intruder.evicted"), 1);
            continue;
        }
        returns += 1;
        let (out, back) = ("intruder.cut-off", "intruder.came-back");
        let gap = day_of(&sim, back).unwrap() - day_of(&sim, out).unwrap();
        assert!((gap - 30.0).abs() < 1e-6, "10 days shut and 20 of lying low, not {gap}");
    }
    assert!(returns > SEEDS / 2, "{returns}");
}

#[test]
fn machines_set_up_anew_leave_only_accounts() {
    let reimage = |c: &mut IntruderConfig| c.footholds.on_machines = p(1.0);
    let plays = [(200.0, Play::Reimage(None)), (200.0, Play::Reset)];
    let mut sim = world(&[], true, &plays, reimage);
    let mut accounts = world(&[], true, &plays, |c| c.footholds.on_machines = p(0.0));
    for seed in 0..SEEDS {
        run(&mut sim, seed);
        assert_eq!(count_of(&sim, "intruder.evicted"), 1);
        run(&mut accounts, seed);
        assert_eq!(count_of(&accounts, "intruder.evicted"), 0);
        assert_eq!(count_of(&accounts, "intruder.went-on"), 1);
    }
}

#[test]
fn it_takes_nothing_while_it_lies_low() {
    // New passwords in the middle of the transfers: back doors are left, and it keeps still.
    let slow = |c: &mut IntruderConfig| {
        c.exfiltration.rate = p(2.0);
        c.persistence.lies_low = p(30.0);
    };
    let mut sim = world(&[], true, &[(150.0, Play::Reset)], slow);
    let mut hauls = 0;
    for seed in 0..SEEDS {
        run(&mut sim, seed);
        let entries = sim.journal().entries().iter().filter(|e| e.kind.name == "intruder.haul");
        let days: Vec<f64> = entries.map(|e| e.at.days()).collect();
        let from = 150.0 - 300.0;
        assert!(days.iter().all(|d| !(*d > from && *d < from + 30.0)), "{days:?}");
        hauls += days.iter().filter(|d| **d > from).count();
    }
    assert!(hauls > 0, "it goes on afterwards");
}

#[test]
fn a_more_thorough_hunt_never_leaves_it_in_longer() {
    let mut last: Option<Vec<f64>> = None;
    for thoroughness in [1.0, 0.8, 0.5, 0.2, 0.0] {
        let mut sim = world(&[], true, &clean_up(150.0, thoroughness), |_| {});
        let inside: Vec<f64> = (0..SEEDS)
            .map(|seed| {
                run(&mut sim, seed);
                metric(&sim, "days-inside")
            })
            .collect();
        if let Some(last) = last {
            assert!(last.iter().zip(&inside).all(|(a, b)| a <= b), "{thoroughness}");
        }
        last = Some(inside);
    }
}

#[test]
fn who_is_thrown_out_may_try_again_a_few_times() {
    let mut plays = Vec::new();
    for k in 0..6 {
        plays.extend(clean_up(100.0 + 50.0 * f64::from(k), 1.0));
    }
    let eager = |c: &mut IntruderConfig| {
        c.persistence.returns = p(1.0);
        c.persistence.returns_after = p(5.0);
        c.credentials.botnet_per_month = p(20.0);
    };
    let mut sim = world(&[], true, &plays, eager);
    for seed in 0..SEEDS {
        run(&mut sim, seed);
        assert_eq!(metric(&sim, "times-came-back"), 2.0, "{:#?}", story(&sim));
        assert_eq!(count_of(&sim, "intruder.gave-up"), 1);
        assert_eq!(count_of(&sim, "intruder.evicted"), 3);
    }
}

#[test]
fn disturbed_it_takes_less_and_shut_out_it_takes_nothing() {
    let mut plain = world(&[], true, &[], |_| {});
    let reset = [(100.0, Play::Hunt(None, 0.0))];
    let mut wary = world(&[], true, &reset, |_| {});
    let shut = [(0.0, Play::Quarantine(LAB))];
    let mut shut = world(&[], true, &shut, |_| {});
    for seed in 0..SEEDS {
        run(&mut plain, seed);
        run(&mut wary, seed);
        run(&mut shut, seed);
        let day = |sim| day_of(sim, "intruder.done").unwrap_or(f64::INFINITY);
        assert!(day(&plain) <= day(&wary));
        assert_eq!(count_of(&shut, "intruder.entered"), 0);
        assert_eq!(metric(&shut, "tb-taken"), 0.0);
    }
}

#[test]
fn a_used_simulation_runs_like_a_fresh_one() {
    let plays = clean_up(180.0, 0.6);
    let mut used = world(&[], true, &plays, |c| c.persistence.returns = p(1.0));
    for seed in [4, 5, 4] {
        let mut fresh = world(&[], true, &plays, |c| c.persistence.returns = p(1.0));
        run(&mut used, seed);
        run(&mut fresh, seed);
        assert_eq!(story(&used), story(&fresh));
    }
}

#[test]
fn a_date_outside_the_run_is_refused() {
    let mut config = crew();
    config.begins = "2011-01-01".into();
    let mut sim = builder(&[], 0.4, true);
    sim.plugin::<IntruderPlugin>(config);
    let problems = sim.finish().err().unwrap();
    assert_eq!((problems[0].plugin.as_str(), problems[0].path.as_str()), ("intruder", "begins"));
}
