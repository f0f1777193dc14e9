//! A sound scenario loads, builds and runs; policies answer its decisions.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

mod common;

use std::collections::BTreeMap;

use common::{load_files, registry, sample};
use hotwash_engine::{DecisionId, RunKey, SimTime, Simulation, Stop, TakeDefaults};
use hotwash_scenario::{
    DiagnosticKind, Folder, Policy, ReadError, RecordFirmness, Recorded, Scenario, WithLibrary,
    load,
};

fn loaded() -> Scenario {
    let (scenario, said) = load_files(&sample());
    assert!(said.is_empty(), "{said:#?}");
    scenario.unwrap()
}

fn built(scenario: &Scenario, policy: Option<&Policy>) -> Simulation {
    scenario.build(&BTreeMap::new(), policy).unwrap()
}

#[test]
fn the_sample_says_what_it_is() {
    let scenario = loaded();
    assert_eq!(scenario.name(), "corner-shop");
    assert_eq!(scenario.seed(), hotwash_engine::parse_seed("calm-otter"));
    assert_eq!(scenario.plugins().collect::<Vec<_>>(), ["shop", "watch"]);
    assert_eq!(scenario.contested().len(), 1);
    let names: Vec<&str> = scenario.policies().iter().map(Policy::name).collect();
    assert_eq!(names, ["careful", "historical"]);
    let paths: Vec<String> = scenario.texts().into_iter().map(|(path, _)| path).collect();
    assert_eq!(
        paths,
        [
            "scenario.ron",
            "world.ron",
            "library:rules",
            "policies/careful.ron",
            "policies/historical.ron"
        ]
    );
    let decision = &scenario.decisions()[0];
    assert_eq!((decision.default, decision.expected), (0, Some(1)));
    assert_eq!(decision.options[1].orders[1].text, "Display(\"bread\")");
}

#[test]
fn levers_of_the_command_line_win_over_the_policy_over_the_scenario() {
    let scenario = loaded();
    let clerks = |settings: &[(&str, &str)], policy: Option<&Policy>| {
        let settings = settings.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
        let sim = scenario.build(&settings, policy).unwrap();
        let levers = &sim.catalogue().levers;
        levers.iter().find(|l| l.name == "shop.clerks").unwrap().value.clone()
    };
    let historical = scenario.policy("historical");
    assert_eq!(clerks(&[], None), "3");
    assert_eq!(clerks(&[], historical), "2");
    assert_eq!(clerks(&[("shop.clerks", "7")], historical), "7");
    let wrong = [("shop.clerks".to_owned(), "70".to_owned())].into();
    let said = scenario.build(&wrong, None).map(|_| ()).unwrap_err();
    assert_eq!(
        said[0].to_string(),
        "lever `shop.clerks`: 70 lies outside 1..=9 (legal values: 1..=9)"
    );
}

#[test]
fn policies_answer_now_later_or_by_rules() {
    let scenario = loaded();
    let taken = |name: &str| {
        let policy = scenario.policy(name).unwrap();
        let mut sim = built(&scenario, Some(policy));
        let mut decider = policy.decider(&sim);
        let stop = sim.run(RunKey::single(1), &mut decider).unwrap();
        assert_eq!(stop, Stop::Ended);
        [0, 1].map(|id| {
            let state = sim.decision_state(DecisionId(id));
            let at = |name: &str| {
                let all = &sim.catalogue().milestones;
                sim.milestones()[all.iter().position(|m| m.name == name).unwrap()].unwrap()
            };
            let spec = &scenario.decisions()[usize::from(id)];
            let option = spec.options[state.taken.unwrap()].name;
            let waited = at(&format!("chose/{}/{option}", spec.name)) - state.asked_at.unwrap();
            format!("{option} after {waited}")
        })
    };
    assert_eq!(taken("historical"), ["restock after 2d", "keep after 0min"]);
    assert_eq!(taken("careful"), ["restock after 6h", "raise after 1d"]);
}

#[test]
fn without_a_policy_defaults_are_taken() {
    let scenario = loaded();
    let mut sim = built(&scenario, None);
    sim.run(RunKey::single(1), &mut TakeDefaults).unwrap();
    assert_eq!(sim.decision_state(DecisionId(0)).taken, Some(0));
    assert_eq!(sim.decision_state(DecisionId(1)).asked_at, None);
    assert_eq!(sim.span().0, SimTime::STARTEX - scenario.lead_in());
}

#[test]
fn a_decision_left_out_of_a_policy_is_noted() {
    let mut files = sample();
    let policy = files.get_mut("policies/historical.ron").unwrap();
    *policy = policy.replace("\"after-restock\": Choose(\"keep\"),", "");
    let (scenario, said) = load_files(&files);
    assert!(scenario.is_some());
    assert_eq!(said.len(), 1);
    assert_eq!(said[0].kind, DiagnosticKind::Note);
    assert!(said[0].message.contains("its default `keep` is taken"));
}

#[test]
fn a_record_is_read_and_takes_no_part_in_runs() {
    let scenario = loaded();
    let record = scenario.hindcast().unwrap();
    assert_eq!(record.text().0, "hindcast.ron");
    assert!(scenario.texts().iter().all(|(path, _)| path != "hindcast.ron"));
    let rows = record.rows();
    let ids: Vec<&str> = rows.iter().map(|r| r.id.as_str()).collect();
    assert_eq!(ids, ["S-1", "S-2", "S-3", "S-4", "S-5", "S-6"]);
    // Days from the day of STARTEX, 1 August.
    assert_eq!(rows[0].recorded, Recorded::Bracket { low: -20.0, high: -18.0 });
    assert_eq!(rows[0].alternatives[0].recorded, Recorded::Bracket { low: -12.0, high: -12.0 });
    assert_eq!(rows[3].recorded, Recorded::Bracket { low: 150.0, high: f64::INFINITY });
    assert_eq!((rows[0].firmness, rows[2].firmness), (Some(RecordFirmness::B), None));
    assert_eq!(rows[2].derived_from, ["S-1", "S-2"]);
    let mut files = sample();
    files.remove("hindcast.ron");
    let (scenario, said) = load_files(&files);
    assert!(said.is_empty() && scenario.unwrap().hindcast().is_none());
}

#[test]
fn a_date_on_record_that_no_run_reaches_is_noted() {
    let mut files = sample();
    let record = files.get_mut("hindcast.ron").unwrap();
    *record = record.replace("\"2019-07-14\"", "\"2020-07-14\"");
    let (scenario, said) = load_files(&files);
    assert!(scenario.is_some() && said.len() == 1, "{said:?}");
    assert_eq!(said[0].kind, DiagnosticKind::Note);
    assert!(
        said[0].message.contains("outside of the run, from 2019-07-02 to 2019-09-30"),
        "{said:?}"
    );
}

#[test]
fn a_policy_from_elsewhere_is_read_and_checked() {
    let scenario = loaded();
    let text = "(version: 1, name: \"mine\", summary: \"x\", decisions: {\"empty-shelves\": Rules([(when: Always, choose: \"wait\")]), \"after-restock\": Default})";
    let (policy, said) = scenario.read_policy("somewhere/mine.ron", text.as_bytes().to_vec());
    assert!(said.is_empty(), "{said:?}");
    assert_eq!(policy.unwrap().name(), "mine");
    let (policy, said) = scenario.read_policy("mine.ron", b"(version: 1, name: \"mine\"".to_vec());
    assert!(policy.is_none() && said.len() == 1);
}

#[test]
fn scenarios_can_be_shared_between_threads() {
    fn shared<T: Send + Sync + Clone>(_: &T) {}
    shared(&loaded());
    let scenario = loaded();
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| built(&scenario, None).run(RunKey::single(3), &mut TakeDefaults));
        }
    });
}

#[test]
fn a_folder_on_disk_reads_its_own_files_only() {
    let base = std::env::temp_dir().join(format!("hotwash-scenario-{}", std::process::id()));
    let folder = base.join("shop");
    std::fs::create_dir_all(folder.join("policies")).unwrap();
    for (path, text) in sample() {
        std::fs::write(folder.join(path), text).unwrap();
    }
    std::fs::write(base.join("secret.ron"), "(title: \"x\")").unwrap();
    let (disk, entry) = Folder::open(&folder).unwrap();
    let library = hotwash_scenario::Embedded::new(common::LIBRARY);
    let (scenario, said) = load(&registry(), &WithLibrary::new(&disk, &library), &entry);
    assert!(scenario.is_some(), "{said:?}");
    let files: &dyn hotwash_scenario::Files = &disk;
    assert_eq!(files.read("../secret.ron"), Err(ReadError::Escapes));
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(base.join("secret.ron"), folder.join("link.ron")).unwrap();
        assert_eq!(files.read("link.ron"), Err(ReadError::Escapes));
    }
    assert_eq!(files.read("nothing.ron"), Err(ReadError::Missing));
    std::fs::write(folder.join("big.ron"), vec![b' '; (4 << 20) + 1]).unwrap();
    assert!(matches!(files.read("big.ron"), Err(ReadError::TooLarge(_))));
    let (_, entry) = Folder::open(&folder.join("scenario.ron")).unwrap();
    assert_eq!(entry, "scenario.ron");
    std::fs::remove_dir_all(&base).unwrap();
}
