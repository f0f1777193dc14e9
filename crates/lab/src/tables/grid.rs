//! The tables of a grid: runs, settings, metrics and decisions, from the batches in its log.

use std::path::Path;

use super::{Cell, Column, Provenance, Table, TableWriter};
use crate::arm::Reply;
use crate::error::LabError;
use crate::grid::Grid;
use crate::layout::Row;
use crate::log::Log;

/// The key that joins the tables.
pub const RUN: Column =
    Column::count("run", "Number of the run in the study: the key that joins the tables.");
/// The policy of a row's run.
pub const POLICY: Column =
    Column::text("policy", "The policy that was followed; `defaults` if none.");
/// The arm of a row's run.
pub const CELL: Column = Column::text(
    "cell",
    "What was run, as the finding names it: in a sweep the combination, else the policy.",
);
/// The world of a row's run.
pub const REPLICATION: Column = Column::count(
    "replication",
    "Which world of the seed: runs with the same one met the same luck, so compare within it.",
);

/// One row is a run of the simulation.
const RUNS: Table = Table {
    name: "runs",
    about: "One row is a run of the simulation.",
    columns: &[
        RUN,
        POLICY,
        CELL,
        REPLICATION,
        Column::text("seed", "The seed as given; with the replication it fixes all chance."),
        Column::text("scenario", "The scenario's name."),
        Column::text("scenario_sha256", "SHA-256 over the scenario's files and policies."),
        Column::text("hotwash", "Version of the program."),
    ],
};

const SETTINGS: Table = Table {
    name: "settings",
    about: "One row is a lever or an answer that a cell sets, by its policy or in its stead. What is \
            not named is as the scenario has it.",
    columns: &[
        POLICY,
        CELL,
        Column::text(
            "kind",
            "`lever`; `decision` for an answer in the policy's stead, when it would have answered; \
             `decision-at-once` for one given as soon as it is asked.",
        ),
        Column::text("name", "The lever's or the decision's name."),
        Column::text("value", "The lever's value, or the option; `policy NAME` if that answers."),
    ],
};

const METRICS: Table = Table {
    name: "metrics",
    about: "One row is a metric of a run.",
    columns: &[
        RUN,
        POLICY,
        CELL,
        REPLICATION,
        Column::text("metric", "The metric's name; `hotwash show SCENARIO --metrics` explains it."),
        Column::text("unit", "The unit of the value."),
        Column::number("value", "see `unit`", "The value; missing when the run has none.")
            .optional(),
    ],
};

const DECISIONS: Table = Table {
    name: "decisions",
    about: "One row is a decision of a run, whether it came up or not.",
    columns: &[
        RUN,
        POLICY,
        CELL,
        REPLICATION,
        Column::text("decision", "The decision's name."),
        Column::number(
            "asked_hours",
            "hours from STARTEX",
            "When it came up; missing when it did not.",
        )
        .optional(),
        Column::text("option", "The option taken; missing when none was.").optional(),
    ],
};

/// Worlds of a grid whose batches are in the log without a gap before them.
pub fn worlds_kept(grid: &Grid, log: &Log) -> u64 {
    let kept = (0..grid.batches()).take_while(|batch| log.has(*batch));
    let whole = kept.filter(|batch| grid.completes_worlds(*batch));
    whole.last().map_or(0, |batch| grid.worlds_of(batch).end)
}

/// Writes the tables of a grid into a folder, of the worlds in its log. Gives what they are.
/// Numbers that a study keeps behind the rows of a batch are left out.
///
/// # Errors
/// When the log cannot be read, or is of another study, or a file cannot be written.
pub fn write_grid(
    dir: &Path,
    grid: &Grid,
    log: &mut Log,
    from: &Provenance,
) -> Result<Vec<Table>, LabError> {
    let metadata = from.pairs();
    let create = |table| TableWriter::create(dir, table, &metadata);
    let mut settings = create(SETTINGS)?;
    write_settings(grid, &mut settings)?;
    settings.finish()?;
    let mut tables = GridTables {
        grid,
        from,
        runs: create(RUNS)?,
        metrics: create(METRICS)?,
        decisions: create(DECISIONS)?,
    };
    let worlds = worlds_kept(grid, log);
    for batch in (0..grid.batches()).take_while(|batch| grid.worlds_of(*batch).end <= worlds) {
        let numbers = log.read(batch)?.unwrap_or_default();
        let Some(rows) = numbers.get(..grid.numbers_of(batch)) else {
            return Err(LabError::Bug(format!("batch {batch} is of another study")));
        };
        for (replication, arm, row) in grid.rows(batch, rows) {
            tables.write(replication, arm, row)?;
        }
    }
    tables.runs.finish()?;
    tables.metrics.finish()?;
    tables.decisions.finish()?;
    Ok(vec![RUNS, SETTINGS, METRICS, DECISIONS])
}

struct GridTables<'a> {
    grid: &'a Grid,
    from: &'a Provenance,
    runs: TableWriter,
    metrics: TableWriter,
    decisions: TableWriter,
}

impl GridTables<'_> {
    fn write(&mut self, replication: u64, number: usize, row: Row<'_>) -> Result<(), LabError> {
        let (grid, from) = (self.grid, self.from);
        let arm = &grid.arms[number];
        let key = [
            Cell::Count(grid.run(replication, number)),
            Cell::Text(arm.policy_name(0)),
            Cell::Text(arm.name()),
            Cell::Count(replication),
        ];
        let [run, policy, cell, world] = key;
        let texts = [&from.seed, &from.scenario, &from.scenario_sha256, &from.hotwash];
        let [seed, scenario, sha256, hotwash] = texts.map(|text| Cell::Text(text));
        self.runs.row(&[run, policy, cell, world, seed, scenario, sha256, hotwash])?;
        for (i, metric) in grid.layout.metrics.iter().enumerate() {
            let (name, unit) = (Cell::Text(metric.name), Cell::Text(metric.unit));
            let value = Cell::number(row.metric(i));
            self.metrics.row(&[run, policy, cell, world, name, unit, value])?;
        }
        for (i, decision) in grid.layout.decisions.iter().enumerate() {
            let name = Cell::Text(&decision.name);
            let asked = Cell::number(row.asked_hours(i));
            let option = row.taken(i).and_then(|option| decision.options.get(option));
            let option = option.map_or(Cell::Missing, |option| Cell::Text(option));
            self.decisions.row(&[run, policy, cell, world, name, asked, option])?;
        }
        Ok(())
    }
}

fn write_settings(grid: &Grid, table: &mut TableWriter) -> Result<(), LabError> {
    for arm in &grid.arms {
        let key = [Cell::Text(arm.policy_name(0)), Cell::Text(arm.name())];
        let of_policy = arm.policy().into_iter().flat_map(|policy| policy.levers());
        let not_set = of_policy.filter(|(name, _)| !arm.set().contains_key(*name));
        let set = arm.set().iter().map(|(name, value)| (name.as_str(), value.as_str()));
        for (name, value) in not_set.chain(set) {
            let [policy, cell] = key;
            let (kind, name, value) = (Cell::Text("lever"), Cell::Text(name), Cell::Text(value));
            table.row(&[policy, cell, kind, name, value])?;
        }
        for (decision, reply) in arm.replies() {
            let decision = &grid.layout.decisions[usize::from(*decision)];
            let value = match reply {
                Reply::Of(other) => format!("policy {}", arm.policy_name(*other)),
                Reply::AtOnce(option) | Reply::Instead(option) => decision.options[*option].clone(),
            };
            let [policy, cell] = key;
            let kind =
                if matches!(reply, Reply::AtOnce(_)) { "decision-at-once" } else { "decision" };
            let (kind, name) = (Cell::Text(kind), Cell::Text(&decision.name));
            table.row(&[policy, cell, kind, name, Cell::Text(&value)])?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::arm::Arm;
    use crate::layout::Layout;
    use crate::{Bench, Job, toy};

    fn from(worlds: u64) -> Provenance {
        Provenance {
            scenario: "toy".to_owned(),
            scenario_sha256: "abc".to_owned(),
            seed: "toy, \"quoted\"".to_owned(),
            hotwash: "0".to_owned(),
            streams: 1,
            command: "hotwash compare toy".to_owned(),
            worlds,
            is_partial: false,
        }
    }

    #[test]
    fn the_tables_hold_every_run_and_what_is_known_of_it() {
        let dir = std::env::temp_dir().join(format!("hotwash-tables-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&dir);
        std::fs::create_dir(&dir).unwrap();
        let scenario = toy::scenario();
        let layout = Layout::of(&scenario.build(&BTreeMap::new(), None).unwrap());
        let mut arms: Vec<Arm> = Vec::new();
        for policy in scenario.policies() {
            let set = BTreeMap::from([("toy.effort".to_owned(), "2".to_owned())]);
            let set = if policy.name() == "slow" { set } else { BTreeMap::new() };
            arms.push(Arm::new(policy.name(), Some(policy.clone()), set));
        }
        let slow = arms[2].clone().with_reply(0, Reply::Of(1)).with_reply(1, Reply::AtOnce(0));
        arms[2] = slow.with_policy(scenario.policies()[1].clone());
        let grid = std::sync::Arc::new(Grid { arms, layout, seed: 1, worlds: 70 });
        let mut log = Log::create(&dir.join("log")).unwrap();
        let mut bench = Bench::new(&scenario);
        // Batch 2, of 6 worlds, is there but not what comes before it.
        for batch in [0, 2] {
            let mut out = Vec::new();
            grid.work(&mut bench, batch, &mut out).unwrap();
            // What a study keeps besides is not the tables' concern.
            out.push(7.0);
            log.append(batch, &out).unwrap();
        }
        assert_eq!(worlds_kept(&grid, &log), 32);
        let mut out = Vec::new();
        grid.work(&mut bench, 1, &mut out).unwrap();
        log.append(1, &out).unwrap();
        assert_eq!(worlds_kept(&grid, &log), 70);
        let tables = write_grid(&dir, &grid, &mut log, &from(70)).unwrap();
        assert_eq!(tables.len(), 4);
        let read = |name: &str| std::fs::read_to_string(dir.join(name)).unwrap();
        let (runs, metrics, decisions) =
            (read("runs.csv"), read("metrics.csv"), read("decisions.csv"));
        assert_eq!(runs.lines().count(), 1 + 70 * 3);
        assert_eq!(runs.lines().last(), Some("209,slow,slow,69,\"toy, \"\"quoted\"\"\",toy,abc,0"));
        assert_eq!(metrics.lines().count(), 1 + 70 * 3 * 7);
        // `historical` never speaks, so that it has no delay.
        assert!(metrics.contains("\n0,historical,historical,0,delay,days,\n"));
        assert!(metrics.contains("\n1,keen,keen,0,delay,days,1\n"));
        assert_eq!(decisions.lines().count(), 1 + 70 * 3 * 2);
        assert!(decisions.contains("\n209,slow,slow,69,speak,24,now\n"));
        assert_eq!(
            read("settings.csv"),
            "policy,cell,kind,name,value\nkeen,keen,lever,toy.effort,4\n\
             slow,slow,lever,toy.effort,2\nslow,slow,decision,speak,policy keen\n\
             slow,slow,decision-at-once,fix,yes\n"
        );
        std::fs::remove_dir_all(&dir).unwrap();
    }
}
