//! The appendices: improvement plan, participants, turning points, how the figures were made.

use hotwash_exercise::debrief::{Story, Worth};
use hotwash_exercise::record::Line as Entry;

use crate::dates::length;
use crate::document::eeg::capability;
use crate::document::findings::{Finding, RULES};
use crate::document::hseep::Element;
use crate::document::model::{Blocks, Cell, Line, Table, Turn, blank, strong};
use crate::document::names;
use crate::document::when::When;
use crate::picture;
use crate::words;

pub(super) fn improvement_plan(blocks: &mut Blocks, story: &Story, found: &[Finding]) {
    blocks.page(Turn::Wide);
    blocks.head(1, "Appendix A: Improvement plan");
    blocks.para(
        "Corrective actions and capability elements are proposals by rule. The team keeps, changes or drops them, and says who \
         does what by when.",
    );
    let columns = [
        ("Core capability", 3),
        ("Issue / area for improvement", 6),
        ("Corrective action", 6),
        ("Capability element", 3),
        ("Primary responsible organization", 3),
        ("Organization POC", 3),
        ("Start date", 2),
        ("Completion date", 3),
    ];
    let mut table = Table::new("", &columns);
    for finding in found.iter().filter(|f| !f.is_strength) {
        let or_blank = |text: &str, what: &str| match text {
            "" => Cell::from(blank(what)),
            text => Cell::from(text),
        };
        let objective =
            story.objectives.iter().find(|o| Some(&o.name) == finding.objective.as_ref());
        let its = match objective {
            Some(objective) => Cell::from(capability(objective)),
            None => Cell::from(blank("core capability")),
        };
        table.row(vec![
            its,
            finding.observation.as_str().into(),
            or_blank(&finding.recommendation, "corrective action"),
            or_blank(finding.element.map_or("", Element::name), "element"),
            or_blank(&finding.owner, "organization"),
            blank("POC").into(),
            blank("date").into(),
            blank("date").into(),
        ]);
    }
    if table.rows.is_empty() {
        blocks.para(
            "The rules found no area for improvement. Add those that the hot wash brought up:",
        );
        let cells = columns.map(|(name, _)| Cell::from(blank(crate::document::when::lower(name))));
        table.row(cells.into());
    }
    blocks.table(table);
}

pub(super) fn participants(blocks: &mut Blocks, story: &Story) {
    blocks.page(Turn::Upright);
    blocks.head(1, "Appendix B: Exercise participants");
    let mut table = Table::new("", &[("Name", 4), ("In the exercise", 6), ("Organization", 4)]);
    for person in &story.people {
        let seats = names::capital(&words::list(&person.seats, 12));
        table.row(vec![person.name.as_str().into(), seats.into(), blank("organization").into()]);
    }
    if table.rows.is_empty() {
        table.row(vec![blank("name").into(), blank("post").into(), blank("organization").into()]);
    }
    blocks.table(table);
}

pub(super) fn timeline(blocks: &mut Blocks, story: &Story) {
    let when = When::of(story);
    blocks.page(Turn::Upright);
    blocks.head(1, "Appendix C: Timeline of turning points");
    blocks.para(
        "Truth, what the company believed and did, and what others did, in one list. Numbers are those of the journal's entries.",
    );
    let columns = [("Entry", 2), ("Date", 4), ("Who", 4), ("What", 10)];
    let mut table = Table::new("Turning points", &columns);
    let mut is_after = false;
    for (i, line) in story.timeline.iter().enumerate() {
        if i >= story.entries_at_endex && !is_after {
            is_after = true;
            let text = "ENDEX. What follows was decided by the program's policy";
            let at = when.date_time(story.about.span_ms.1);
            table.row(vec![Cell::default(), at.into(), Cell::default(), strong(text).into()]);
        }
        if line.weight == "milestone" {
            table.row(vec![
                format!("#{}", line.n).into(),
                line.at.as_str().into(),
                who(story, line).into(),
                names::says(line).into(),
            ]);
        }
    }
    blocks.table(table);
    blocks.head(2, "What was true, believed and said");
    picture::lanes("aar-lane", story).into_iter().for_each(|figure| blocks.picture(figure));
    known(blocks, story, &when);
    clocks(blocks, story, &when);
    notes(blocks, story, &when);
}

/// Who did what an entry tells: of a decision the post that took it.
fn who(story: &Story, line: &Entry) -> String {
    let decision = line.fields.get("decision").and_then(|v| v.as_str());
    let role = story.decisions.iter().find(|d| Some(d.name.as_str()) == decision);
    role.map_or_else(|| names::somebody(&line.who), |d| d.role.clone())
}

/// What was knowable, known and said of each proposition.
fn known(blocks: &mut Blocks, story: &Story, when: &When) {
    let columns = [
        ("Proposition", 6),
        ("True", 3),
        ("Knowable", 3),
        ("Known", 3),
        ("Said", 3),
        ("Denied", 3),
    ];
    let mut table =
        Table::new("What was true, knowable, known and said", &columns).with_row_heads();
    let date =
        |ms: Option<i64>| Cell::from(ms.map_or_else(|| "never".to_owned(), |ms| when.date(ms)));
    for k in &story.knowable {
        table.row(vec![
            names::capital(&k.proposition).into(),
            date(k.true_ms),
            date(k.knowable_ms),
            date(k.known_ms),
            date(k.said_ms),
            date(k.denied_ms),
        ]);
    }
    blocks.table(table);
}

fn clocks(blocks: &mut Blocks, story: &Story, when: &When) {
    let columns = [("Clock", 8), ("Since", 3), ("Until", 3), ("Stopped", 4)];
    let mut table = Table::new("Clocks", &columns);
    for clock in &story.clocks {
        let stopped = match clock.stopped_ms {
            None => "not within the run".to_owned(),
            Some(ms) if ms <= clock.due_ms => when.date_time(ms),
            Some(ms) => format!("{}, {} late", when.date_time(ms), length(ms - clock.due_ms)),
        };
        table.row(vec![
            clock.label.as_str().into(),
            when.date_time(clock.since_ms).into(),
            when.date_time(clock.due_ms).into(),
            stopped.into(),
        ]);
    }
    blocks.table(table);
}

fn notes(blocks: &mut Blocks, story: &Story, when: &When) {
    let mut table = Table::new("Notes", &[("Date", 3), ("By", 3), ("Note", 10), ("Entry", 2)]);
    for note in &story.notes {
        let entry = if note.entry == 0 { String::new() } else { format!("#{}", note.entry) };
        table.row(vec![
            when.date_time(note.ms).into(),
            note.by.as_str().into(),
            note.text.as_str().into(),
            entry.into(),
        ]);
    }
    blocks.table(table);
}

/// What the outcomes examined count.
fn measures(blocks: &mut Blocks, worth: Option<&Worth>) {
    let columns = [("Outcome", 3), ("What it counts", 8), ("Unit", 2), ("Better", 2)];
    let mut table = Table::new("Outcomes examined", &columns).with_row_heads();
    for measure in worth.iter().flat_map(|w| &w.measures) {
        table.row(vec![
            names::capital(&names::metric(&measure.name)).into(),
            names::capital(&measure.about).into(),
            measure.unit.as_str().into(),
            measure.better.into(),
        ]);
    }
    blocks.table(table);
}

pub(super) fn method(blocks: &mut Blocks, story: &Story, worth: Option<&Worth>) {
    let about = &story.about;
    blocks.page(Turn::Upright);
    blocks.head(1, "Appendix D: How the figures were made, and what is not known");
    blocks.para(
        "The exercise is a simulation. The session's record, seed and decisions, gives the same run again, entry by entry. What \
         another choice would have been worth is found by going back to the instant at which a decision was taken, taking \
         another option, and letting the future run on with other luck, many times: the past is the session's own, the futures are \
         drawn alike for each option.",
    );
    let mut notes: Vec<String> = [
        "Figures in brackets are 95 % intervals. They say how far a figure may be off because only so many futures were run.",
        "They do not say whether the model is right. Many of its numbers are judgements; the scenario's documentation names the \
         source of each.",
        "Later decisions are taken as the team took them, where they come up again.",
        "An expected action is the authors' view. A rating by expected actions alone says nothing about how the team worked.",
    ]
    .map(str::to_owned)
    .into();
    notes.extend(worth.iter().flat_map(|w| &w.notes).map(|n| words::sentence(n)));
    blocks.bullets(notes);
    measures(blocks, worth);
    blocks.head(2, "Rules by which strengths and areas for improvement were found");
    blocks.numbers(RULES);
    blocks.head(2, "What the figures come from");
    let policy = match about.policy.as_str() {
        "" => "the defaults of all decisions".to_owned(),
        name => format!("{}: {}", names::spoken(name), about.policy_summary),
    };
    let futures = worth.map_or_else(
        || "none".to_owned(),
        |w| {
            format!(
                "{} of {} for each option, {} runs in all",
                words::count(w.futures),
                words::count(w.wanted),
                words::count(w.runs)
            )
        },
    );
    let rows: [(&str, String); 8] = [
        ("Scenario", format!("{} ({})", about.title, about.scenario)),
        ("Modelled on", about.sources.clone()),
        ("Policy for what nobody played", policy),
        ("Seed", about.seed.clone()),
        ("Records of the session", words::count(about.records)),
        ("Futures", futures),
        ("SHA-256 of the journal", about.journal_sha256.clone()),
        ("Program", format!("hotwash {}", about.hotwash)),
    ];
    let rows =
        rows.into_iter().map(|(name, value)| (name.to_owned(), Cell::from(Line::from(value))));
    blocks.table(Table::facts("", rows.collect()));
}
