//! The list's columns: what they are called, and which column of a file is which.

use std::collections::BTreeMap;

use hotwash_engine::nearest;

use super::sheet::Table;
use super::{Msel, Row};

/// How `--map` is written.
pub const MAP_HELP: &str = "write --map \"Inject text=Message\": our column, =, the file's";

/// A column of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Column {
    /// Its number; for people.
    Number,
    /// The inject's or decision's name in the scenario; empty for what is new.
    Name,
    /// When it comes.
    Time,
    /// What happens, in a few words; for people.
    Synopsis,
    /// What players read.
    Text,
    /// The form it comes in.
    Delivery,
    /// Who it is from.
    From,
    /// Whom it is for.
    To,
    /// Who delivers it; for people.
    Controller,
    /// What is expected; for people.
    Expected,
    /// The objective; for people.
    Objective,
    /// The core capability; for people.
    Capability,
    /// Notes; for people.
    Notes,
    /// Time that it may take; for people.
    Minutes,
    /// `cancelled` drops an inject.
    Status,
}

impl Column {
    /// All of them, in the order of a pack's list.
    pub const ALL: [Column; 15] = [
        Column::Number,
        Column::Name,
        Column::Time,
        Column::Synopsis,
        Column::Text,
        Column::Delivery,
        Column::From,
        Column::To,
        Column::Controller,
        Column::Expected,
        Column::Objective,
        Column::Capability,
        Column::Notes,
        Column::Minutes,
        Column::Status,
    ];

    /// Its head in a pack's list.
    pub const fn head(self) -> &'static str {
        match self {
            Column::Number => "No.",
            Column::Name => "Name",
            Column::Time => "Scenario time",
            Column::Synopsis => "Event synopsis",
            Column::Text => "Inject text",
            Column::Delivery => "Delivery method",
            Column::From => "From",
            Column::To => "Intended player",
            Column::Controller => "Responsible controller",
            Column::Expected => "Expected action",
            Column::Objective => "Objective",
            Column::Capability => "Core capability",
            Column::Notes => "Evaluator notes",
            Column::Minutes => "Max minutes",
            Column::Status => "Status",
        }
    }

    /// Other heads by which it is known without being told.
    const fn also(self) -> &'static [&'static str] {
        match self {
            Column::Number => &["number", "event number", "inject number"],
            Column::Name => &["inject name", "event name"],
            Column::Time => &["time", "event time", "date and time"],
            Column::Synopsis => &["synopsis", "event description", "description"],
            Column::Text => &["text", "inject", "message"],
            Column::Delivery => &["delivery", "method", "inject mode", "form"],
            Column::From => &["sender"],
            Column::To => &["player", "recipient", "to", "intended players", "receiving player"],
            Column::Controller => &["controller"],
            Column::Expected => {
                &["expected player action", "expected actions", "expected action/outcome"]
            }
            Column::Objective => &["objectives"],
            Column::Capability => &["capability", "core capabilities"],
            Column::Notes => &["notes", "comments", "evaluator note"],
            Column::Minutes => &["max. minutes", "maximum minutes", "duration"],
            Column::Status => &["state"],
        }
    }

    fn is_called(self, head: &str) -> bool {
        plain(self.head()) == plain(head)
            || self.also().iter().any(|also| plain(also) == plain(head))
    }
}

/// A head without capitals, spaces and signs: what two spellings of one have in common.
fn plain(head: &str) -> String {
    head.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Columns that the user says are called otherwise.
pub(super) fn mapping(
    map: &BTreeMap<String, String>,
) -> Result<Vec<(Column, String)>, Vec<String>> {
    let mut wrong = Vec::new();
    let mut out: Vec<(Column, String)> = Vec::new();
    for (ours, theirs) in map {
        match Column::ALL.into_iter().find(|c| plain(c.head()) == plain(ours)) {
            Some(column) => out.push((column, theirs.clone())),
            None => {
                let heads = Column::ALL.map(Column::head);
                let hint = match nearest(ours, heads) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("the columns are {}", heads.join(", ")),
                };
                wrong.push(format!("the list has no column `{ours}` ({hint})"));
            }
        }
    }
    if wrong.is_empty() { Ok(out) } else { Err(wrong) }
}

/// How far down the heads may stand.
const DEEPEST_HEAD: usize = 20;

/// The rows of the first table that has the list's heads.
pub(super) fn find(
    file: &str,
    tables: Vec<Table>,
    names: &[(Column, String)],
) -> Result<Msel, Vec<String>> {
    for table in &tables {
        let heads = table.rows.iter().take(DEEPEST_HEAD).enumerate();
        for (at, (_, cells)) in heads {
            let found = assign(cells, names)?;
            let has = |column| found.iter().any(|(c, _)| *c == column);
            if found.len() >= 3 && (has(Column::Text) || has(Column::Name)) {
                return Ok(Msel { rows: rows(table, at + 1, &found) })
                    .and_then(|msel| missing(file, &found).map_or(Ok(msel), |why| Err(vec![why])));
            }
        }
    }
    let wanted = [Column::Name, Column::Time, Column::Text, Column::From, Column::To];
    let wanted: Vec<&str> = wanted.iter().map(|c| c.head()).collect();
    let listed = wanted.join(", ");
    Err(vec![format!(
        "{file}: no row has the heads of an events list ({listed}); {MAP_HELP}, if they are called otherwise"
    )])
}

/// Without names nothing of the scenario could be told apart from what is new.
fn missing(file: &str, found: &[(Column, usize)]) -> Option<String> {
    let has = |column| found.iter().any(|(c, _)| *c == column);
    let missing = [Column::Name, Column::Text].into_iter().find(|c| !has(*c))?;
    let head = missing.head();
    Some(format!(
        "{file}: the list has no column `{head}`; add it, or say what it is called: {MAP_HELP}"
    ))
}

/// Which cell of a row of heads is which column.
fn assign(
    cells: &[String],
    names: &[(Column, String)],
) -> Result<Vec<(Column, usize)>, Vec<String>> {
    let mut found: Vec<(Column, usize)> = Vec::new();
    let mut wrong = Vec::new();
    for (column, theirs) in names {
        if let Some(at) = cells.iter().position(|head| plain(head) == plain(theirs)) {
            found.push((*column, at));
        }
    }
    let is_mapped = |column: Column| names.iter().any(|(c, _)| *c == column);
    let by_own_head = |column: &Column| !is_mapped(*column);
    for column in Column::ALL.into_iter().filter(by_own_head) {
        let own = |head: &&String| plain(head) == plain(column.head());
        let places = cells.iter().filter(own).count();
        let exact = cells.iter().position(|head| own(&head));
        let at = exact.or_else(|| cells.iter().position(|head| column.is_called(head)));
        if let Some(at) = at.filter(|at| !found.iter().any(|(_, taken)| taken == at)) {
            found.push((column, at));
        }
        if places > 1 {
            wrong.push(format!("two columns are called `{}`; keep one", column.head()));
        }
    }
    // Only a row of heads is judged.
    if wrong.is_empty() || found.len() < 3 { Ok(found) } else { Err(wrong) }
}

fn rows(table: &Table, from: usize, found: &[(Column, usize)]) -> Vec<Row> {
    let row = |(number, cells): &(usize, Vec<String>)| {
        let cell = |(column, at): &(Column, usize)| {
            let text = cells.get(*at)?.trim();
            (!text.is_empty()).then(|| (*column, text.to_owned()))
        };
        Row {
            place: match &table.sheet {
                Some(sheet) => format!("sheet {sheet}, row {number}"),
                None => format!("row {number}"),
            },
            cells: found.iter().filter_map(cell).collect(),
        }
    };
    table.rows[from..].iter().map(row).filter(|row| !row.cells.is_empty()).collect()
}
