//! An edited list of events: applied to a scenario, kept as text with the session, applied again.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::Path;
use std::sync::Arc;

use hotwash_report::msel::Msel;
use hotwash_scenario::{MAX_FILE, Scenario};

use crate::decider::pairs;
use crate::exit::{Code, Failure, plain};
use crate::record::{MSEL, read_bytes};

/// Path and text of a list as it is kept.
type Kept = (String, Arc<str>);

/// The scenario with what a file changes in its list of events, and the list as it is kept. What was
/// changed, and what could not be, goes to standard error.
pub(crate) fn edit(
    scenario: &Scenario,
    path: &Path,
    map: &[String],
) -> Result<(Scenario, Kept), Failure> {
    let shown = path.display().to_string();
    let bytes = read_bytes(path, MAX_FILE)?;
    let map: BTreeMap<String, String> = pairs(map, "--map")?;
    let refused = |wrong: Vec<String>| refuse(&shown, &wrong);
    let list = Msel::read(&shown, &bytes, &map).map_err(refused)?;
    let edited = list.apply(scenario).map_err(refused)?;
    let mut err = anstream::stderr().lock();
    for note in &edited.notes {
        let _ = writeln!(err, "note: {shown}: {}", plain(note));
    }
    let done = match edited.changes.as_slice() {
        [] => "changes nothing".to_owned(),
        changes => format!("changes {}", changes.join("; ")),
    };
    let _ = writeln!(err, "{shown}: {done}");
    let stem = path.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
    Ok((edited.scenario, (format!("{MSEL}{stem}.csv"), list.csv().into())))
}

/// A scenario of a session with the list that was kept with it, if there was one.
pub(crate) fn reapply(scenario: Scenario, kept: &[Kept]) -> Result<Scenario, Failure> {
    let Some((path, text)) = kept.iter().find(|(path, _)| path.starts_with(MSEL)) else {
        return Ok(scenario);
    };
    let differs = |wrong: Vec<String>| {
        let message = format!("{path}: the list of events no longer fits: {}", wrong.join("; "));
        Failure::new(Code::Differs, plain(&message))
    };
    let list = Msel::read(path, text.as_bytes(), &BTreeMap::new()).map_err(differs)?;
    Ok(list.apply(&scenario).map_err(differs)?.scenario)
}

/// All that is wrong with a list, a line each.
fn refuse(shown: &str, wrong: &[String]) -> Failure {
    let lines: Vec<String> = wrong.iter().map(|why| format!("  {}", plain(why))).collect();
    let mistakes = if wrong.len() == 1 { "one mistake" } else { "mistakes" };
    Failure::new(Code::Scenario, format!("{shown} has {mistakes}:\n{}", lines.join("\n")))
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use clap::Parser as _;
    use hotwash_exercise::record::journal_text;
    use hotwash_exercise::{Act, FACILITATOR, Session};

    use crate::args::live;
    use crate::commands::table;
    use crate::session_dir;

    #[derive(clap::Parser)]
    struct Flags {
        #[command(flatten)]
        table: live::Table,
    }

    /// A new directory for one test.
    fn scratch(name: &str) -> PathBuf {
        let dir = std::env::temp_dir().join(format!("hotwash-msel-{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&dir);
        std::fs::create_dir_all(&dir).unwrap();
        dir
    }

    fn table(words: &[&str]) -> live::Table {
        Flags::try_parse_from([&["play"], words].concat()).unwrap().table
    }

    #[test]
    fn a_session_keeps_its_list_and_comes_back_with_it() {
        let registry = crate::registry();
        let dir = scratch("kept");
        let list = dir.join("our list.csv");
        let text =
            "Name;Scenario time;Message;From;Intended player\n;T+1d 10:00;Read this.;us;counsel\n";
        std::fs::write(&list, text).unwrap();
        let words = ["--msel", list.to_str().unwrap(), "--map", "Inject text=Message"];
        let plan = table::plan(&registry, "departing-admin", &table(&words)).unwrap();
        let home = dir.join("session");
        let log = session_dir::create(&home, &plan).unwrap();
        let mut session = Session::begin(plan, Box::new(log), 0).unwrap();
        while session.lines().iter().all(|l| l.says != "Read this.") {
            assert!(!session.skip().unwrap().is_over, "the new inject never came");
        }
        session.act(FACILITATOR, Act::Endex, 0).unwrap();
        assert!(home.join("msel/our list.csv").exists());
        std::fs::remove_file(&list).unwrap();
        let again = session_dir::read(&registry, &home, None).unwrap();
        assert_eq!(journal_text(session.lines()), journal_text(again.lines()));
        // A list that was changed since is not taken for the session's own.
        std::fs::write(home.join("msel/our list.csv"), "Name,Scenario time,Inject text\n").unwrap();
        assert!(session_dir::read(&registry, &home, None).is_err());
        std::fs::remove_dir_all(&dir).unwrap();
    }

    #[test]
    fn all_mistakes_of_a_list_end_in_one_failure() {
        let registry = crate::registry();
        let dir = scratch("wrong");
        let list = dir.join("list.csv");
        std::fs::write(&list, "Name,Scenario time,Inject text\nnobody,,\n,T+3x,Hello.\n").unwrap();
        let words = ["--msel", list.to_str().unwrap()];
        let failure = table::plan(&registry, "departing-admin", &table(&words)).unwrap_err();
        assert_eq!(failure.code, crate::exit::Code::Scenario);
        for part in
            ["row 2: the scenario has no inject or decision `nobody`", "row 3: `T+3x` is no time"]
        {
            assert!(failure.message.contains(part), "{}", failure.message);
        }
        assert!(
            table::plan(&registry, "departing-admin", &table(&["--msel", "/no/such"])).is_err()
        );
        std::fs::remove_dir_all(&dir).unwrap();
    }
}
