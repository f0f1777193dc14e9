//! From rows to changes of a scenario.

use std::collections::BTreeSet;

use hotwash_engine::{SimTime, nearest};
use hotwash_scenario::{DecisionSpec, InjectDraft, InjectEdit, InjectSpec, Scenario};

use super::time::{self, When};
use super::{Column, Msel, Row};

/// Viewers as people call them, and as scenarios do.
const VIEWERS: [(&str, &str); 7] = [
    ("security operations", "soc"),
    ("customer support", "support"),
    ("communications", "comms"),
    ("legal counsel", "legal"),
    ("management", "executive"),
    ("journalists", "press"),
    ("security team", "soc"),
];

/// A scenario as an edited list wants it.
#[derive(Clone, Debug)]
pub struct Edited {
    /// The scenario.
    pub scenario: Scenario,
    /// What was changed, each in a few words: `board-asks: text, time`.
    pub changes: Vec<String>,
    /// What was read and not done, each with its row and why.
    pub notes: Vec<String>,
}

/// What is read off the rows.
struct Reading<'a> {
    scenario: &'a Scenario,
    edits: Vec<InjectEdit>,
    /// By edit, the position of the row that it is from.
    rows: Vec<usize>,
    /// With the position of the row.
    wrong: Vec<(usize, String)>,
    notes: Vec<String>,
    /// The position of the row that is read.
    at: usize,
    seen: BTreeSet<&'a str>,
    added: usize,
}

impl Msel {
    /// The scenario with its injects as the list has them: changed, added and dropped. What options of
    /// decisions do cannot be changed by a list.
    ///
    /// # Errors
    /// All mistakes of the list, each with its row and how to mend it.
    pub fn apply(&self, scenario: &Scenario) -> Result<Edited, Vec<String>> {
        let mut reading = Reading {
            scenario,
            edits: Vec::new(),
            rows: Vec::new(),
            wrong: Vec::new(),
            notes: Vec::new(),
            at: 0,
            seen: BTreeSet::new(),
            added: 0,
        };
        for (at, row) in self.rows.iter().enumerate() {
            reading.at = at;
            reading.row(row);
        }
        let unseen = scenario.injects().iter().filter(|i| !reading.seen.contains(i.name.as_str()));
        let told = unseen.map(|inject| {
            let name = inject.name;
            format!(
                "the list has no row `{name}`, so that inject stays as it is; to drop it, keep its \
                 row and write `cancelled` under Status"
            )
        });
        let told: Vec<String> = told.collect();
        reading.notes.extend(told);
        let Reading { edits, rows, mut wrong, notes, .. } = reading;
        let edited = scenario.with_injects(&edits);
        let problems = edited.as_ref().err().into_iter().flatten();
        wrong.extend(
            problems.map(|(edit, why)| (rows.get(*edit).copied().unwrap_or(0), why.clone())),
        );
        let edited = match edited {
            Ok(edited) if wrong.is_empty() => edited,
            _ => return Err(self.in_order(wrong)),
        };
        Ok(Edited { changes: changes(scenario, &edited), scenario: edited, notes })
    }
}

impl Msel {
    /// Mistakes with their rows, from the top of the list down.
    fn in_order(&self, mut wrong: Vec<(usize, String)>) -> Vec<String> {
        wrong.sort_by_key(|(row, _)| *row);
        let told = |(row, why): (usize, String)| match self.rows.get(row) {
            Some(row) => format!("{}: {why}", row.place),
            None => why,
        };
        wrong.into_iter().map(told).collect()
    }
}

impl<'a> Reading<'a> {
    fn refuse(&mut self, why: String) {
        self.wrong.push((self.at, why));
    }

    fn row(&mut self, row: &'a Row) {
        let status = row.cell(Column::Status).unwrap_or_default().to_lowercase();
        let is_cancelled = ["cancelled", "canceled", "cancel"].contains(&status.trim());
        let Some(name) = row.cell(Column::Name) else {
            let says_something = [Column::Text, Column::Synopsis, Column::From, Column::Time];
            if !is_cancelled && says_something.iter().any(|c| row.cell(*c).is_some()) {
                self.added += 1;
                let name = self.free_name();
                let draft = self.draft(row, None);
                self.edit(InjectEdit::Add(name, draft));
            }
            return;
        };
        if !self.seen.insert(name) {
            self.refuse(format!(
                "`{name}` has a row above already; keep one of them, or empty Name to add a new inject"
            ));
            return;
        }
        let decisions = self.scenario.decisions();
        let injects = self.scenario.injects();
        if let Some(decision) = decisions.iter().find(|d| d.name.as_str() == name) {
            self.decision(row, decision, is_cancelled);
        } else if let Some(inject) = injects.iter().find(|i| i.name.as_str() == name) {
            let edit = if is_cancelled {
                InjectEdit::Drop(name.to_owned())
            } else {
                InjectEdit::Change(name.to_owned(), self.draft(row, Some(inject)))
            };
            self.edit(edit);
        } else {
            let known = decisions.iter().map(|d| d.name.as_str());
            let known = known.chain(injects.iter().map(|i| i.name.as_str()));
            let hint = match nearest(name, known) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "empty Name to add a new inject".to_owned(),
            };
            self.refuse(format!("the scenario has no inject or decision `{name}` ({hint})"));
        }
    }

    fn edit(&mut self, edit: InjectEdit) {
        self.edits.push(edit);
        self.rows.push(self.at);
    }

    /// A name for a new inject: by its place among the new ones.
    fn free_name(&self) -> String {
        let is_taken = |name: &str| self.scenario.injects().iter().any(|i| i.name.as_str() == name);
        let mut name = format!("added-{}", self.added);
        while is_taken(&name) {
            name.push('x');
        }
        name
    }

    /// What the cells of an inject's row say.
    fn draft(&mut self, row: &Row, old: Option<&InjectSpec>) -> InjectDraft {
        let own = |column, was: Option<&String>| {
            let is_as_it_was = |cell: &&str| was.is_some_and(|was| was.trim() == *cell);
            row.cell(column).filter(|cell| !is_as_it_was(cell)).map(str::to_owned)
        };
        let to = row.cell(Column::To).map(|cell| self.players(cell));
        InjectDraft {
            at: self.time(row, old),
            from: own(Column::From, old.map(|o| &o.from)),
            form: row.cell(Column::Delivery).map(|cell| form(cell).unwrap_or(cell).to_owned()),
            text: own(Column::Text, old.map(|o| &o.text)),
            to,
        }
    }

    fn players(&self, cell: &str) -> Vec<String> {
        let everybody = ["all", "all players", "everybody", "everyone"];
        if everybody.contains(&cell.trim().to_lowercase().as_str()) {
            return self.scenario.roles().iter().map(|r| r.name.as_str().to_owned()).collect();
        }
        let names =
            cell.split([',', ';', '\n', '/']).map(str::trim).filter(|name| !name.is_empty());
        let plain = |name: &str| {
            let viewer = VIEWERS.iter().find(|(words, _)| words.eq_ignore_ascii_case(name));
            viewer.map_or(name, |(_, viewer)| viewer).to_owned()
        };
        names.map(plain).collect()
    }

    fn time(&mut self, row: &Row, old: Option<&InjectSpec>) -> Option<String> {
        let cell = row.cell(Column::Time)?;
        let read = time::read(cell, self.scenario.calendar());
        // Of what is new it is said that its time is wrong, not that it has none as well.
        let stand_in =
            || old.is_none().then(|| self.scenario.calendar().date_time(SimTime::STARTEX));
        let (stand_in, at) = (stand_in(), self.at);
        let mut refuse = |why: String| {
            self.wrong.push((at, why));
            stand_in.clone()
        };
        match read {
            Err(why) => refuse(why),
            // What it waits for is the scenario's; of a new one it says nothing.
            Ok(When::Words) if old.is_some() => None,
            Ok(When::Words) => refuse(format!(
                "`{cell}` is no time; a new inject needs one, such as T+3d 09:00 or 2019-09-19 14:30"
            )),
            // An estimate of when what it waits for comes is not a wish.
            Ok(When::Among(_)) if old.is_some_and(|old| fixed(self.scenario, old).is_none()) => {
                None
            }
            Ok(When::At(times) | When::Among(times)) => {
                let was = old.and_then(|old| fixed(self.scenario, old));
                let new: Vec<&String> = times.iter().filter(|t| Some(*t) != was.as_ref()).collect();
                match new.as_slice() {
                    [] => None,
                    [new] => Some((*new).clone()),
                    _ => refuse(format!("`{cell}` names two times that differ; leave one")),
                }
            }
        }
    }

    /// A decision's row changes nothing; what differs from the scenario is said.
    fn decision(&mut self, row: &Row, decision: &DecisionSpec, is_cancelled: bool) {
        let name = decision.name;
        let mut note = |what: &str| {
            self.notes.push(format!(
                "{}: {what} of decision `{name}` cannot be changed by a list and stays as the scenario has it",
                row.place
            ));
        };
        let says = |cell: &str, text: &str| squeezed(cell).contains(&squeezed(text));
        if row.cell(Column::Text).is_some_and(|cell| !says(cell, &decision.ask)) {
            note("the question");
        }
        if let (Some(cell), Some(expected)) = (row.cell(Column::Expected), decision.expected) {
            let option = &decision.options[expected];
            if !says(cell, &option.text) && !says(cell, option.name.as_str()) {
                note("the expected action");
            }
        }
        if is_cancelled {
            self.notes.push(format!(
                "{}: decision `{name}` comes up nevertheless; leave its role to the policy (--roles) \
                 if nobody is to take it",
                row.place
            ));
        }
    }
}

/// The instant of an inject that waits for nothing but a date.
fn fixed(scenario: &Scenario, inject: &InjectSpec) -> Option<String> {
    let hotwash_scenario::WhenSpec::At(date) = &inject.cue.when else { return None };
    let at = scenario.calendar().instant(date).ok()? + inject.cue.delay;
    Some(scenario.calendar().date_time(at))
}

/// The form of a message by the words that people use for it.
fn form(cell: &str) -> Option<&'static str> {
    let cell = cell.to_lowercase();
    let words: [(&str, &str); 14] = [
        ("mail", "email"),
        ("ticket", "ticket"),
        ("inquiry", "inquiry"),
        ("enquiry", "inquiry"),
        ("article", "article"),
        ("news", "article"),
        ("letter", "letter"),
        ("alert", "alert"),
        ("call", "call"),
        ("phone", "call"),
        ("memo", "memo"),
        ("internal", "memo"),
        ("in person", "memo"),
        ("verbal", "memo"),
    ];
    words.into_iter().find(|(word, _)| cell.contains(word)).map(|(_, form)| form)
}

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// What two versions of a scenario's injects differ in.
fn changes(old: &Scenario, new: &Scenario) -> Vec<String> {
    let mut out = Vec::new();
    for was in old.injects() {
        let Some(now) = new.injects().iter().find(|i| i.name == was.name) else {
            out.push(format!("{}: dropped", was.name));
            continue;
        };
        let differs = [
            ("time", was.cue.when != now.cue.when || was.cue.delay != now.cue.delay),
            ("sender", was.from != now.from),
            ("form", was.form != now.form),
            ("text", was.text != now.text),
            ("players", was.audience != now.audience),
        ];
        let differs: Vec<&str> =
            differs.iter().filter(|(_, d)| *d).map(|(what, _)| *what).collect();
        if !differs.is_empty() {
            out.push(format!("{}: {}", was.name, differs.join(", ")));
        }
    }
    let is_new = |i: &&InjectSpec| !old.injects().iter().any(|was| was.name == i.name);
    out.extend(new.injects().iter().filter(is_new).map(|i| format!("{}: added", i.name)));
    out
}
