//! `hotwash report`: what is written about a session, from its directory alone.

use hotwash_exercise::debrief::{ForkStudy, questions, story};
use hotwash_exercise::{Act, FACILITATOR, Session};
use hotwash_lab::Ended;
use hotwash_scenario::Registry;

use super::study::at_table;
use crate::args::live;
use crate::exit::{self, Code, Failure};
use crate::text::{self, Page};
use crate::{report_dir, session_dir};

pub(crate) fn report(registry: &Registry, args: &live::Report) -> Result<(), Failure> {
    let made = make(registry, args)?;
    exit::print(&made.text)?;
    match made.ended {
        Ended::Complete => Ok(()),
        Ended::Stopped => {
            let session = args.session.display();
            let hint = format!("for all of them: hotwash report {session} --out NEW");
            Err(Failure::new(Code::Stopped, made.partial).hint(hint))
        }
    }
}

/// A report that has been written.
struct Made {
    /// What to print.
    text: String,
    ended: Ended,
    /// What to say where it was stopped.
    partial: String,
}

fn make(registry: &Registry, args: &live::Report) -> Result<Made, Failure> {
    let out = args.out.clone().unwrap_or_else(|| args.session.join("report"));
    report_dir::vacant(&out)?;
    let mut session = session_dir::read(registry, &args.session, args.tongue.lang.as_deref())?;
    if session.state().endex_ms.is_none() {
        end(&mut session, args)?;
    }
    exit::say(&opening(&session, args.futures));
    let story = story(&session);
    let mut study = ForkStudy::new(&session, args.futures);
    let threads = args.threads.map(usize::from);
    let ended = at_table(&mut study, &session.plan().scenario, threads)?;
    let found = study.finding();
    let worth = Some(&found).filter(|worth| worth.futures > 0);
    let questions = questions(&story, worth);
    let files = report_dir::documents(session.plan(), &story, worth, &questions);
    report_dir::write(&out, &files)?;
    let names: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
    let text = text::report(&story, worth, &questions, (&out, &names), Page::of_terminal());
    let partial = format!(
        "stopped after {} of {} futures; the figures are of these",
        found.futures, found.wanted
    );
    Ok(Made { text, ended, partial })
}

/// Ends a session that goes on, in memory alone, if that was asked for.
fn end(session: &mut Session, args: &live::Report) -> Result<(), Failure> {
    if !args.so_far {
        let message = format!("{}: the session has not ended", args.session.display());
        return Err(Failure::new(Code::Usage, message).hint(
            "end it with ENDEX, or add --so-far: the policy then decides the rest, and the session \
             stays as it is",
        ));
    }
    let last = session.state().wall.1;
    session
        .act(FACILITATOR, Act::Endex, last)
        .map(|_| ())
        .map_err(|refusal| Failure::new(Code::Bug, refusal.to_string()))
}

/// What is about to be done.
fn opening(session: &Session, futures: u64) -> String {
    let taken = session.state().taken.len();
    format!(
        "{}: {} of people, each option in {futures} futures",
        session.plan().scenario.title(),
        if taken == 1 { "1 decision".to_owned() } else { format!("{taken} decisions") }
    )
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::{Path, PathBuf};

    use hotwash_exercise::Plan;

    use super::*;

    /// A session of the shortest scenario, played up to its first decision, and perhaps ended.
    fn session(name: &str, is_ended: bool) -> PathBuf {
        let dir = std::env::temp_dir().join(format!("hotwash-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&dir);
        let scenario = crate::open(&crate::registry(), "departing-admin").unwrap();
        let policy = scenario.policy("historical").cloned();
        let plan = Plan::new(scenario, "departing-admin", policy);
        let log = session_dir::create(&dir, &plan).unwrap();
        let mut session = Session::begin(plan, Box::new(log), 1_777_800_000_000).unwrap();
        let asked = loop {
            if let Some(number) = session.skip().unwrap().asked.first() {
                break *number;
            }
        };
        let spec = &session.plan().scenario.decisions()[asked];
        let act = Act::Decide {
            decision: spec.name.as_str().to_owned(),
            option: spec.options[0].name.as_str().to_owned(),
            confidence: Some(4),
            reason: "<script>alert('x')</script>".to_owned(),
        };
        session.act(FACILITATOR, act, 1_777_800_060_000).unwrap();
        if is_ended {
            session.act(FACILITATOR, Act::Endex, 1_777_800_120_000).unwrap();
        }
        dir
    }

    fn args(dir: &Path, so_far: bool) -> live::Report {
        let session = dir.to_owned();
        let tongue = live::Tongue::default();
        live::Report { session, tongue, out: None, so_far, futures: 2, threads: None }
    }

    #[test]
    fn a_session_that_has_ended_is_written_up_once() {
        let dir = session("ended", true);
        let before = fs::read(dir.join(session_dir::LOG)).unwrap();
        let made = make(&crate::registry(), &args(&dir, false)).unwrap();
        assert!(
            made.ended == Ended::Complete && made.text.contains("hot-wash.html"),
            "{}",
            made.text
        );
        let page = fs::read_to_string(dir.join("report/hot-wash.html")).unwrap();
        assert!(page.contains("id=\"wash-lanes\"") && !page.contains("<script"));
        let refused = make(&crate::registry(), &args(&dir, false)).err().unwrap();
        assert!(refused.message.contains("exists already"), "{}", refused.message);
        assert_eq!(before, fs::read(dir.join(session_dir::LOG)).unwrap());
        fs::remove_dir_all(&dir).unwrap();
    }

    #[test]
    fn one_that_goes_on_is_refused_and_left_as_it_is() {
        let dir = session("going-on", false);
        let before = fs::read(dir.join(session_dir::LOG)).unwrap();
        let refused = make(&crate::registry(), &args(&dir, false)).err().unwrap();
        assert_eq!(refused.code, Code::Usage);
        assert!(refused.hint.unwrap().contains("--so-far") && !dir.join("report").exists());
        make(&crate::registry(), &args(&dir, true)).unwrap();
        assert!(dir.join("report/hot-wash.html").is_file());
        assert_eq!(before, fs::read(dir.join(session_dir::LOG)).unwrap());
        fs::remove_dir_all(&dir).unwrap();
    }
}
