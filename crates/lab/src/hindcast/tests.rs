//! Hindcasts of the toy, whose distributions are known.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};

use hotwash_scenario::{Embedded, Registry, load};

use super::*;
use crate::conduct::{Conduct, Ended, Shard, conduct};
use crate::toy::ToyPlugin;

const SCENARIO: &str = r#"(
    version: 1, name: "toy", title: "A toy", summary: "Known answers.", sources: "none",
    startex: "2019-08-01 09:00", lead_in: "0d", horizon: "10d", seed: "toy",
    plugins: { "toy": (
        a: Uniform(low: 0, high: 1, source: "judgement: a toy", firmness: Guess),
        b: Uniform(low: 0, high: 1, source: "a table", firmness: Reported),
        c: Uniform(low: 0, high: 1, source: "judgement: a toy", firmness: Guess),
    ) },
    roles: [(name: "boss", title: "The boss", sees: [])],
    decisions: [
        (name: "speak", ask: "Speak?", role: "boss", when: At("2019-08-02 09:00"), limit: "2d", default: "never",
            options: [(name: "later", text: "Later.", orders: [("toy", Later)]), (name: "never", text: "Never.")]),
    ],
)"#;

const POLICY: &str = r#"(version: 1, name: "historical", summary: "Speaks late.", decisions: { "speak": ChooseAfter("20h", "later") })"#;

/// `gain` is normal with 102 and 15, `harm` normal with 45 and 1, `level` is what it is, `delay` is uniform
/// on 1 to 11, `later` is taken at 05:00 on 3 August.
const RECORD: &str = r#"(version: 1, about: "A toy's history.", rows: [
    (id: "G", quantity: "gain", measure: Metric("gain"), recorded: Exactly(102), kind: Emergent, firmness: A),
    (id: "G2", quantity: "gain", measure: Metric("gain"), recorded: Between(87, 117), kind: Emergent, derived_from: ["G"],
        alternatives: [(recorded: AtLeast(200), firmness: C, note: "a rumour"), (recorded: Between(0, 78), firmness: D)]),
    (id: "H", quantity: "harm", measure: Metric("harm"), recorded: AtLeast(47.5), kind: Emergent, firmness: B),
    (id: "L", quantity: "level", measure: Metric("level"), recorded: Between(10, 12), kind: Scripted),
    (id: "S", quantity: "both", measure: Sum(["level", "level"]), recorded: Between(20, 20), kind: Scripted),
    (id: "U", quantity: "delay of six or less", measure: Metric("delay"), recorded: Between(1, 6), point: 6, kind: Emergent),
    (id: "Y", quantity: "spending", measure: Metric("spend"), recorded: ShareAtLeast(0.5), kind: Qualitative),
    (id: "Z", quantity: "a large wave", measure: Metric("ishigami"), recorded: ShareAtLeast(1), kind: Qualitative),
    (id: "D", quantity: "the word", measure: Date("chose/speak/later"), recorded: Dates("2019-08-02", "2019-08-03"), kind: Emergent),
    (id: "D2", quantity: "the word", measure: Days(from: "toy.started", to: "chose/speak/later"), recorded: Exactly(2), kind: Emergent),
    (id: "D3", quantity: "the word", measure: DaysFrom("2019-07-31", "chose/speak/later"), recorded: Exactly(2), kind: Emergent),
    (id: "N", quantity: "silence", measure: Date("chose/speak/never"), recorded: Dates("2019-08-02", "2019-08-02"), kind: Emergent),
    (id: "O", quantity: "gain", measure: Metric("gain"), recorded: Nothing("nobody counted"), kind: Qualitative),
    (id: "X", quantity: "cats", measure: Unscored("the toy has no cats"), recorded: Exactly(2), unit: "cats", kind: Emergent),
])"#;

fn scenario(record: &str) -> Scenario {
    let files =
        [("scenario.ron", SCENARIO), ("policies/historical.ron", POLICY), ("hindcast.ron", record)];
    let files = Embedded::new(files.into_iter().filter(|(_, text)| !text.is_empty()));
    let (scenario, problems) = load(&Registry::new().add::<ToyPlugin>(), &files, "scenario.ron");
    assert!(problems.is_empty(), "{}", hotwash_scenario::render(&problems, false));
    scenario.unwrap()
}

fn study(scenario: &Scenario, worlds: u64) -> Result<HindcastStudy, LabError> {
    let policy = scenario.policy("historical").cloned();
    let arm = Arm::new("historical", policy, BTreeMap::new());
    let sim = scenario.build(arm.set(), arm.policy()).unwrap();
    HindcastStudy::new(scenario, arm, Layout::of(&sim).with_milestones(&sim), 1, worlds)
}

/// The finding over at most these worlds, stopped after so many batches.
fn found(worlds: u64, threads: usize, stop_after: u64) -> (Hindcast, Ended) {
    found_of(RECORD, worlds, threads, stop_after)
}

fn found_of(record: &str, worlds: u64, threads: usize, stop_after: u64) -> (Hindcast, Ended) {
    let (scenario, stop) = (scenario(record), AtomicBool::new(false));
    let mut study = study(&scenario, worlds).unwrap();
    let mut seen = 0;
    let mut progress = |_| {
        seen += 1;
        stop.fetch_or(seen == stop_after, Ordering::Relaxed);
    };
    let mut how = Conduct {
        scenario: &scenario,
        threads,
        shard: Shard::WHOLE,
        log: None,
        stop: &stop,
        progress: &mut progress,
    };
    let ended = conduct(&mut study, &mut how).unwrap();
    let worlds = study.worlds();
    (study.find(Header { worlds, ..Header::default() }), ended)
}

fn row<'a>(hindcast: &'a Hindcast, id: &str) -> &'a HindcastRow {
    hindcast.rows.iter().find(|r| r.id == id).unwrap()
}

fn covers(estimate: Option<crate::stats::Estimate>, truth: f64) -> bool {
    estimate.is_some_and(|e| e.low <= truth && truth <= e.high)
}

#[test]
fn known_distributions_are_found() {
    let (hindcast, ended) = found(2_000, 2, u64::MAX);
    assert_eq!(ended, Ended::Complete);
    let gain = row(&hindcast, "G");
    let ends = gain.simulated_intervals.unwrap();
    for (end, truth) in ends.into_iter().zip([102.0 - 24.673, 102.0, 102.0 + 24.673]) {
        assert!(covers(Some(end), truth), "{end:?} {truth}");
    }
    // A normal's score at its mean is its deviation times (sqrt 2 - 1) / sqrt pi.
    assert!(covers(gain.crps_interval, 15.0 * 0.233_694_977), "{:?}", gain.crps_interval);
    assert!(gain.crps_of_median.unwrap() < 1.5);
    assert!(covers(row(&hindcast, "G2").inside, 0.682_689), "{:?}", row(&hindcast, "G2").inside);
    assert!(covers(row(&hindcast, "U").inside, 0.5), "{:?}", row(&hindcast, "U").inside);
    // Uniform on an interval of length 10, scored at its middle: 10 / 12.
    assert!(covers(row(&hindcast, "U").crps_interval, 10.0 / 12.0));
    assert_eq!(row(&hindcast, "U").unit, "days");
}

#[test]
fn rows_hold_or_not_as_they_should() {
    let (hindcast, _) = found(640, 2, u64::MAX);
    let holds = |id| row(&hindcast, id).holds;
    assert_eq!([holds("G"), holds("G2")], [Some(true); 2]);
    // 47.5 is two and a half deviations above the mean: hardly any value, and beyond the 95 %.
    assert_eq!(holds("H"), Some(false));
    // Both ends of a bracket belong to it, and a value without spread can hold.
    assert_eq!([holds("L"), holds("S")], [Some(true); 2]);
    assert_eq!(row(&hindcast, "L").inside.unwrap().value, 1.0);
    // Something is always spent; waves are large in most worlds and not in all.
    assert_eq!([holds("Y"), holds("Z")], [Some(true), Some(false)]);
    assert_eq!(row(&hindcast, "Y").simulated_text, "so in 100 %");
    let others: Vec<Option<bool>> =
        row(&hindcast, "G2").alternatives.iter().map(|a| a.holds).collect();
    assert_eq!(others, [Some(false), Some(true)]);
    // What nobody counted, what never came and what the toy has not is not judged, and not invented.
    assert_eq!([holds("O"), holds("N"), holds("X")], [None; 3]);
    let never = row(&hindcast, "N");
    assert_eq!((never.count, never.share.value, never.simulated), (0, 0.0, None));
    assert_eq!(
        (never.simulated_text.as_str(), never.recorded_text.as_str()),
        ("never", "2019-08-02")
    );
    let cats = row(&hindcast, "X");
    assert_eq!((cats.unit.as_str(), cats.recorded_text.as_str()), ("cats", "2"));
    assert!(cats.share.value.is_nan() && cats.crps.is_none() && cats.simulated_text.is_empty());
    // H and D3 do not hold; G2 follows from G, and N and X cannot be scored.
    assert_eq!((hindcast.covered, hindcast.covered_derived), ((4, 6), (1, 1)));
    let counted: Vec<&str> =
        hindcast.rows.iter().filter(|r| r.counts).map(|r| r.id.as_str()).collect();
    assert_eq!(counted, ["G", "H", "U", "D", "D2", "D3"]);
}

/// The interval's upper end would let the fewer worlds hold the more.
#[test]
fn a_share_holds_if_it_is_large_enough_itself() {
    let (hindcast, _) = found(100, 1, u64::MAX);
    let share = row(&hindcast, "Z").inside.unwrap();
    for (least, holds) in [(share.value, true), (share.value + 0.005, false)] {
        assert!(share.low < least && least < share.high, "{share:?}");
        let old = "recorded: ShareAtLeast(1), kind";
        let record = RECORD.replace(old, &format!("recorded: ShareAtLeast({least}), kind"));
        let (hindcast, _) = found_of(&record, 100, 1, u64::MAX);
        assert_eq!(row(&hindcast, "Z").holds, Some(holds), "{least}");
    }
}

#[test]
fn a_policy_that_was_changed_is_not_called_the_policy() {
    let scenario = scenario(RECORD);
    let name = |set: BTreeMap<String, String>, is_answered: bool| {
        let arm = Arm::new("historical", scenario.policy("historical").cloned(), set);
        let arm = match is_answered {
            true => arm.with_reply(0, crate::arm::Reply::AtOnce(1)),
            false => arm,
        };
        name_of(&arm)
    };
    let set = BTreeMap::from([("toy.effort".to_owned(), "3".to_owned())]);
    assert_eq!(name(BTreeMap::new(), false), "historical");
    assert_eq!(name(set, false), "historical (changed)");
    assert_eq!(name(BTreeMap::new(), true), "historical (changed)");
}

#[test]
fn more_worlds_than_memory_holds_are_refused() {
    let error = study(&scenario(RECORD), MOST_WORLDS + 1).err().unwrap().to_string();
    assert!(error.contains("at most 1000000 worlds") && error.contains("--runs"), "{error}");
    assert!(study(&scenario(RECORD), MOST_WORLDS).is_ok());
}

/// Where nearly all members are the record, the fair score's interval reaches below 0.
#[test]
fn no_score_is_told_below_zero() {
    let scenario = scenario(RECORD);
    let rows = scenario.hindcast().unwrap().rows();
    let rising = [&[92.0][..], &[102.0; 17], &[112.0; 2]].concat();
    assert!(crps::crps(&rising, 102.0).unwrap().low < 0.0);
    let judged = judge::Judged {
        row: rows.iter().find(|r| r.id == "G").unwrap(),
        rising: &rising,
        worlds: 20,
        unit: "points",
        calendar: scenario.calendar(),
        is_read: true,
    };
    let finding = judged.finding();
    let score = finding.crps_interval.unwrap();
    assert!(score.low >= 0.0 && score.value >= score.low && score.high >= score.value);
    assert_eq!(finding.crps, Some(score.value));
}

/// 44 hours after a start at nine the calendar is two days on; 20 hours after the second morning it is
/// the third of the month.
#[test]
fn days_are_those_of_the_calendar() {
    let (hindcast, _) = found(32, 1, u64::MAX);
    for (id, ends, text) in [
        ("D", 2.0, "2019-08-03 / 2019-08-03 / 2019-08-03"),
        ("D2", 2.0, "2 / 2 / 2"),
        ("D3", 3.0, "3 / 3 / 3"),
    ] {
        let row = row(&hindcast, id);
        assert_eq!((row.simulated, row.simulated_text.as_str()), (Some([ends; 3]), text), "{id}");
    }
    let word = row(&hindcast, "D");
    assert_eq!((word.recorded, word.holds), (Some((1.0, 2.0)), Some(true)));
    assert_eq!(word.recorded_text, "2019-08-02 to 2019-08-03");
    assert_eq!(row(&hindcast, "D3").crps, Some(1.0));
    assert_eq!(row(&hindcast, "D3").holds, Some(false));
}

#[test]
fn few_worlds_say_nothing_about_ends() {
    let (hindcast, _) = found(19, 1, u64::MAX);
    let gain = row(&hindcast, "G");
    assert_eq!((gain.count, gain.holds, gain.crps), (19, None, None));
    assert_eq!(hindcast.covered, (0, 0));
}

#[test]
fn threads_do_not_matter_and_a_stop_leaves_the_first_worlds() {
    let text = |h: &Hindcast| serde_json::to_string(h).unwrap();
    let (one, _) = found(200, 1, u64::MAX);
    let (four, _) = found(200, 4, u64::MAX);
    assert_eq!(text(&one), text(&four));
    let (stopped, ended) = found(20_000, 2, 3);
    let worlds = stopped.header.worlds;
    assert!(ended == Ended::Stopped && (96..20_000).contains(&worlds) && worlds % 32 == 0);
    let (whole, _) = found(worlds, 1, u64::MAX);
    assert_eq!(text(&stopped), text(&whole));
}

#[test]
fn a_scenario_without_a_record_is_refused() {
    let error = study(&scenario(""), 10).err().unwrap().to_string();
    assert!(error.contains("toy has no record") && error.contains("hindcast.ron"), "{error}");
}
