//! Sweeps over the toy, whose effects are known.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};

use super::{Design, Factor, Plan, Sweep, Vary};
use crate::arm::{Arm, Reply};
use crate::conduct::{Conduct, Ended, Shard, conduct};
use crate::error::LabError;
use crate::findings::{self, Header, Swept};
use crate::layout::Layout;
use crate::toy;

fn factors(list: &[&str], design: Design) -> Result<Vec<Factor>, LabError> {
    let scenario = toy::scenario();
    let model = scenario.build(&BTreeMap::new(), None).unwrap();
    let factor = |text: &&str| {
        let vary = Vary::read(text)?;
        match vary.levels {
            super::Written::Listed(names) if vary.name == Vary::POLICY => {
                let policies = names.iter().map(|n| scenario.policy(n).unwrap().clone());
                Factor::policies(policies.collect())
            }
            _ => Factor::of(&vary, &model, design.fills_space()),
        }
    };
    list.iter().map(factor).collect()
}

fn plan(list: &[&str], design: Design) -> Result<Plan, LabError> {
    Plan::new(factors(list, design)?, design, 3)
}

fn base() -> Arm {
    let policy = toy::scenario().policy("historical").cloned();
    Arm::new("historical", policy, BTreeMap::new())
}

fn study(plan: Plan, metrics: &[&str], seed: u64, runs: u64) -> Result<Sweep, LabError> {
    let layout = Layout::of(&toy::scenario().build(&BTreeMap::new(), None).unwrap());
    let metrics = metrics.iter().map(|m| layout.metric(m).unwrap()).collect();
    Sweep::new(plan, &base(), layout, metrics, seed, runs)
}

/// Conducts a sweep on so many threads until so many batches are done.
fn conducted(sweep: &mut Sweep, threads: usize, stop_after: u64) -> Ended {
    let (scenario, flag) = (toy::scenario(), AtomicBool::new(false));
    let mut seen = 0;
    let mut progress = |_| {
        seen += 1;
        flag.store(seen >= stop_after, Ordering::Relaxed);
    };
    let mut how = Conduct {
        scenario: &scenario,
        threads,
        shard: Shard::WHOLE,
        log: None,
        stop: &flag,
        progress: &mut progress,
    };
    conduct(sweep, &mut how).unwrap()
}

fn found(list: &[&str], design: Design, metrics: &[&str], runs: u64) -> findings::Sweep {
    let mut sweep = study(plan(list, design).unwrap(), metrics, 1, runs).unwrap();
    assert_eq!(conducted(&mut sweep, 2, u64::MAX), Ended::Complete);
    sweep.finding(Header::default())
}

/// The change of a factor to a level, which must be known exactly.
fn change(swept: &Swept, factor: usize, to: &str) -> f64 {
    let found = swept.changes.iter().find(|c| c.factor == factor && c.to == to).unwrap();
    assert!(found.effect.half_width() < 1e-9, "{found:?}");
    found.effect.value
}

fn pair(swept: &Swept, factors: (usize, usize), levels: (&str, &str)) -> f64 {
    let is_it = |i: &&findings::Interaction| {
        i.factors == factors && (i.levels.0.as_str(), i.levels.1.as_str()) == levels
    };
    let found = swept.interactions.iter().find(is_it).unwrap();
    assert!(found.effect.half_width() < 1e-9, "{found:?}");
    found.effect.value
}

fn together<'a>(
    swept: &'a Swept,
    factors: (usize, usize),
    to: (&str, &str),
) -> &'a findings::Together {
    let is_it =
        |t: &&findings::Together| t.factors == factors && (t.to.0.as_str(), t.to.1.as_str()) == to;
    swept.together.iter().find(is_it).unwrap()
}

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() < 1e-9
}

const THREE: [&str; 3] = ["toy.effort=0,4,8", "speak=never,now", "fix=no,yes"];

#[test]
fn a_full_factorial_finds_the_effects_of_the_toy() {
    let finding = found(&THREE, Design::Full, &["gain", "spend"], 40);
    assert_eq!((finding.cells.len(), finding.header.runs), (12, 480));
    assert_eq!(finding.cells[1].values, ["0", "never", "yes"]);
    let gain = &finding.metrics[0];
    assert_eq!(gain.worlds, 40);
    // 3 e + (now: 5 + e) + (yes: 4), averaged over the other factors' levels.
    assert!(near(change(gain, 0, "4"), 14.0) && near(change(gain, 0, "8"), 28.0));
    assert!(near(change(gain, 1, "now"), 9.0) && near(change(gain, 2, "yes"), 4.0));
    let main = |level: &str| gain.mains.iter().find(|m| m.level == level).unwrap().effect.value;
    assert!(near(main("0"), -14.0) && near(main("4"), 0.0) && near(main("now"), 4.5));
    // (e - 4) times (1 or 0, less 1/2).
    assert!(near(pair(gain, (0, 1), ("8", "now")), 2.0));
    assert!(near(pair(gain, (0, 1), ("0", "now")), -2.0));
    for level in ["0", "4", "8"] {
        assert_eq!(pair(gain, (0, 2), (level, "yes")), 0.0);
    }
    assert!(gain.interactions.iter().filter(|i| i.effect.is_clear()).count() == 4);
    let described = gain.described.unwrap();
    assert!(near(described.with_pairs, 1.0) && described.singles < 0.99);
    // Sums of squares over the 12 cells: 14^2 * 8, 4.5^2 * 12, 2^2 * 12; pairs 2^2 * 8.
    let singles = 1568.0 + 243.0 + 48.0;
    assert!(near(described.singles, singles / (singles + 32.0)), "{described:?}");
    // Additive: single factors say all.
    assert!(near(finding.metrics[1].described.unwrap().singles, 1.0));
}

/// What a reader does with the table: the first combination, what each does from there, and the pair.
#[test]
fn pairs_make_up_what_single_changes_leave_of_a_combination() {
    for list in
        [&["toy.effort=0,4,8", "speak=never,now"][..], &["speak=later,now,never", "toy.effort=3,9"]]
    {
        let finding = found(list, Design::Full, &["gain"], 40);
        let gain = &finding.metrics[0];
        let cell = |a: &str, b: &str| {
            let cell = finding.cells.iter().find(|c| c.values == [a, b]).unwrap();
            cell.outcomes[0].mean.value
        };
        assert_eq!(gain.together.len(), 2);
        for pair in &gain.together {
            let (a0, b0, a, b) = (&pair.from.0, &pair.from.1, &pair.to.0, &pair.to.1);
            let base = cell(a0, b0);
            let sum = base + (cell(a, b0) - base) + (cell(a0, b) - base) + pair.effect.value;
            assert!(near(sum, cell(a, b)), "{pair:?}");
        }
    }
    // Under `now` a unit of effort gains one more than under `never`.
    let finding = found(&THREE, Design::Full, &["gain"], 40);
    let gain = &finding.metrics[0];
    for (effort, more) in [("4", 4.0), ("8", 8.0)] {
        let pair = together(gain, (0, 1), (effort, "now"));
        assert!(near(pair.effect.value, more) && pair.differing == 40, "{pair:?}");
        let none = together(gain, (0, 2), (effort, "yes"));
        assert_eq!((none.effect.value, none.differing), (0.0, 0), "{none:?}");
    }
}

#[test]
fn a_fit_finds_the_same_effects() {
    let list = ["toy.effort=0..10", "speak=now,later,never", "fix=yes,no"];
    for design in [Design::LatinHypercube(40), Design::Sobol(40)] {
        let finding = found(&list, design, &["gain", "harm"], 33);
        let gain = &finding.metrics[0];
        assert!(near(gain.described.unwrap().left_out.unwrap(), 1.0), "{:?}", gain.described);
        // 3 e, and e in one of three levels of `speak`.
        assert!(near(change(gain, 0, "10"), 30.0 + 10.0 / 3.0));
        assert!(near(change(gain, 1, "later"), 2.0 - 10.0));
        assert!(near(change(gain, 1, "never"), -10.0) && near(change(gain, 2, "no"), -4.0));
        // The high end is 5 above the middle; `now` has 1, 0 and 0 times that, less the mean of a third.
        assert!(near(pair(gain, (0, 1), ("10", "now")), 5.0 * 2.0 / 3.0));
        // Against the low end and `now`, ten units of effort gain ten less.
        assert!(near(together(gain, (0, 1), ("10", "never")).effect.value, -10.0));
        assert!(near(together(gain, (0, 1), ("10", "later")).effect.value, -10.0));
        assert_eq!(together(gain, (0, 2), ("10", "no")).differing, 0);
        assert!(near(pair(gain, (0, 1), ("10", "never")), -5.0 / 3.0));
        assert_eq!(pair(gain, (0, 2), ("10", "yes")), 0.0);
        assert!(near(change(&finding.metrics[1], 0, "10"), -20.0));
    }
}

#[test]
fn policies_can_be_varied_with_levers() {
    let finding = found(&["policy=historical,keen", "toy.effort=0,1"], Design::Full, &["gain"], 20);
    // keen: now and yes, 5 + e + 4; the lever wins over the policy's effort of 4.
    assert!(near(change(&finding.metrics[0], 0, "keen"), 9.5));
    assert!(near(change(&finding.metrics[0], 1, "1"), 3.5));
    assert_eq!(finding.policy, "");
}

#[test]
fn effects_are_about_worlds_in_which_all_cells_have_a_value() {
    let finding = found(&["speak=never,later", "fix=no,yes"], Design::Full, &["delay", "gain"], 30);
    let delay = &finding.metrics[0];
    assert_eq!((delay.worlds, delay.changes.len(), delay.described), (0, 0, None));
    assert!(delay.mean.value.is_nan());
    assert_eq!(finding.cells[0].outcomes[0].count, 0);
    assert!(finding.cells[0].outcomes[0].quantiles.is_none());
    assert_eq!(finding.cells[3].outcomes[0].count, 30);
    assert_eq!(finding.metrics[1].worlds, 30);
    assert!(finding.header.notes.iter().any(|n| n.contains("no value")));
}

#[test]
fn nothing_varies_where_nothing_matters() {
    let finding = found(&["toy.effort=0,5"], Design::Full, &["ishigami"], 10);
    let swept = &finding.metrics[0];
    assert!(swept.described.is_none() && !swept.changes[0].effect.is_clear());
    assert_eq!(swept.changes[0].effect.value, 0.0);
}

/// `delay` under later less `delay` under now is 10 u in each world: 5 on average.
#[test]
fn intervals_cover_what_they_should() {
    let (mut covered, ensembles) = (0_u32, 400);
    for seed in 0..ensembles {
        let plan = plan(&["speak=now,later"], Design::Full).unwrap();
        let mut sweep = study(plan, &["delay"], seed, 20).unwrap();
        conducted(&mut sweep, 1, u64::MAX);
        let effect = sweep.finding(Header::default()).metrics[0].changes[0].effect;
        covered += u32::from(effect.low <= 5.0 && 5.0 <= effect.high);
    }
    // Binomial(400, 0.95): 380, standard deviation 4.4; three of them.
    assert!(covered.abs_diff(380) <= 13, "{covered} of {ensembles}");
}

fn json(finding: &findings::Sweep) -> String {
    serde_json::to_string(finding).unwrap()
}

#[test]
fn threads_do_not_matter_and_a_stopped_sweep_is_a_shorter_one() {
    // 60 cells: two parts of arms per 32 worlds.
    let list = ["toy.effort=0,1,2,3,4,5,6,7,8,9", "speak=now,later,never", "fix=yes,no"];
    let run = |threads, runs, stop_after| {
        let plan = plan(&list, Design::Full).unwrap();
        let mut sweep = study(plan, &["loss", "delay"], 7, runs).unwrap();
        let ended = conducted(&mut sweep, threads, stop_after);
        (sweep.worlds(), ended, json(&sweep.finding(Header::default())))
    };
    let (worlds, _, whole) = run(1, 100, u64::MAX);
    assert_eq!((worlds, &whole), (100, &run(3, 100, u64::MAX).2));
    // Whatever was absorbed when it stopped, the finding is that of so many worlds.
    let (worlds, ended, part) = run(2, 5_000, 3);
    assert_eq!(ended, Ended::Stopped);
    assert!(worlds % 32 == 0 && worlds >= 32, "{worlds}");
    assert_eq!(part, run(1, worlds, u64::MAX).2);
    // Not one world has met all cells.
    let plan = plan(&list, Design::Full).unwrap();
    let none = json(&study(plan, &["loss"], 7, 100).unwrap().finding(Header::default()));
    assert!(none.contains("\"worlds\":0"));
}

#[test]
fn what_cannot_be_varied_is_named() {
    for (list, design, says) in [
        (&["toy.efort=1,2"][..], Design::Full, "did you mean `toy.effort`"),
        (&["speek=now,never"], Design::Full, "did you mean `speak`"),
        (&["toy.effort=1,99"], Design::Full, "99 lies outside 0..=10"),
        (&["toy.effort=1,two"], Design::Full, "`two` is not a whole number"),
        (&["toy.effort=1,2.5"], Design::Full, "`2.5` is not a whole number"),
        (&["toy.effort=3"], Design::Full, "3 alone is no variation"),
        (&["toy.effort=3,4,3"], Design::Full, "level 3 is given twice"),
        (&["toy.effort=3,+3"], Design::Full, "levels 3 and +3 are the same"),
        (&["toy.effort=8..2/3"], Design::Full, "write 2..8"),
        (&["toy.effort=0..10"], Design::Full, "0..10/LEVELS"),
        (&["toy.effort=0..10/4"], Design::Full, "not whole"),
        (&["speak=now,nver"], Design::Full, "did you mean `never`"),
        (&["speak=now..never"], Design::Sobol(8), "options: now, later, never"),
        (&["fix=yes,no", "fix=no,yes"], Design::Full, "fix is varied twice"),
        (&["policy=keen,keen"], Design::Full, "keen is given twice"),
        (&["policy=keen"], Design::Full, "keen alone"),
        (&[], Design::Full, "nothing is varied"),
        (&["speak=now,never", "fix=yes,no"], Design::LatinHypercube(9), "only 4 combinations"),
        (&["toy.effort=0..10"], Design::Sobol(1), "give 2 to 10000"),
        (&["toy.effort=0..10"], Design::Sobol(10_001), "give 2 to 10000"),
    ] {
        let error = plan(list, design).expect_err(says).to_string();
        assert!(error.contains(says), "{list:?}: {error}");
    }
}

#[test]
fn what_cannot_be_run_is_named() {
    let effort = plan(&["toy.effort=0,1", "speak=now,never"], Design::Full).unwrap();
    let set = |name: &str| BTreeMap::from([(name.to_owned(), "2".to_owned())]);
    let error = effort.arms(&Arm::new("x", None, set("toy.effort"))).unwrap_err().to_string();
    assert!(error.contains("toy.effort is varied, and set"), "{error}");
    let decided = base().with_reply(0, Reply::AtOnce(1));
    let error = effort.arms(&decided).unwrap_err().to_string();
    assert!(error.contains("speak is varied, and decided"), "{error}");
    // The base's other replies stay.
    let arms = effort.arms(&base().with_reply(1, Reply::AtOnce(0))).unwrap();
    assert_eq!(arms[1].replies()[&1], Reply::AtOnce(0));
    assert_eq!(arms[1].replies()[&0], Reply::Instead(2));
    assert_eq!(arms[1].name(), "toy.effort=0, speak=never");
    let error = study(effort, &["gain"], 1, 10_000_000).err().unwrap().to_string();
    assert!(error.contains("40000000 outcomes") && error.contains("--runs"), "{error}");
    let few = plan(&["toy.effort=0..10", "speak=now,later,never"], Design::Sobol(4)).unwrap();
    let error = study(few, &["gain"], 1, 10).err().unwrap().to_string();
    assert!(error.contains("4 cells do not tell") && error.contains("--cells 8"), "{error}");
}
