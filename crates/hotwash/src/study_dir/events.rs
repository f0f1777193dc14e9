//! The journals of a study's first worlds as a table: they are played again, entry by entry the same.

use std::path::Path;

use hotwash_engine::RunKey;
use hotwash_lab::tables::{
    CELL, Cell, Column, POLICY, Provenance, REPLICATION, RUN, Table, TableWriter,
};
use hotwash_lab::{Arm, Bench, Grid};
use hotwash_scenario::Scenario;

use super::kept::lab;
use crate::exit::Failure;
use crate::record::{self, Line};

const EVENTS: Table = Table {
    name: "events",
    about: "One row is an entry of a run's journal, of the first worlds under every cell.",
    columns: &[
        RUN,
        POLICY,
        CELL,
        REPLICATION,
        Column::count("n", "Number of the entry in its run, from 1."),
        Column::count("cause", "Number of the entry that led here; missing at a root.").optional(),
        Column::number("at_hours", "hours from STARTEX", "When; before STARTEX less than zero."),
        Column::text("date", "Civil date and time, the vendor's."),
        Column::text("who", "Whose doing."),
        Column::text("lane", "Which ledger it belongs to."),
        Column::text("weight", "`routine`, `notable` or `milestone`."),
        Column::text("kind", "What happened, as `plugin.what-happened`."),
        Column::text("text", "Its sentence."),
    ],
};

const HOUR_MS: f64 = 3_600_000.0;

/// Writes the journals of the first `worlds` worlds.
pub(super) fn write_events(
    dir: &Path,
    grid: &Grid,
    scenario: &Scenario,
    worlds: u64,
    from: &Provenance,
) -> Result<Table, Failure> {
    let mut table = TableWriter::create(dir, EVENTS, &from.pairs()).map_err(lab)?;
    let mut bench = Bench::new(scenario);
    for replication in 0..worlds {
        for (number, arm) in grid.arms.iter().enumerate() {
            let seat = bench.seat(arm).map_err(lab)?;
            seat.sim_mut().record_journal(true);
            let key = RunKey { seed: grid.seed, replication };
            let sim = seat.run(arm, key).map_err(lab)?;
            for line in record::lines(sim) {
                let run = (grid.run(replication, number), arm, replication);
                write_line(&mut table, run, &line)?;
            }
        }
    }
    table.finish().map_err(lab)?;
    Ok(EVENTS)
}

fn write_line(
    table: &mut TableWriter,
    (run, arm, replication): (u64, &Arm, u64),
    line: &Line,
) -> Result<(), Failure> {
    let cause = if line.cause == 0 { Cell::Missing } else { Cell::Count(u64::from(line.cause)) };
    let row = [
        Cell::Count(run),
        Cell::Text(arm.policy_name(0)),
        Cell::Text(arm.name()),
        Cell::Count(replication),
        Cell::Count(u64::from(line.n)),
        cause,
        Cell::Number(line.ms as f64 / HOUR_MS),
        Cell::Text(&line.at),
        Cell::Text(&line.who),
        Cell::Text(&line.lane),
        Cell::Text(&line.weight),
        Cell::Text(&line.kind),
        Cell::Text(&line.says),
    ];
    table.row(&row).map_err(lab)
}
