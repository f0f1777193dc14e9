//! `hotwash play`: a session alone in a terminal, at a pipe or from a script.

mod acts;
mod came;
mod input;
mod sitting;
mod typed;
mod wash;

use std::path::Path;

use hotwash_exercise::{Nowhere, Session};
use hotwash_lab::Ended;
use hotwash_scenario::Registry;

use super::table;
use crate::args::live;
use crate::exit::{self, Code, Failure};
use crate::session_dir;
use crate::study_dir::shown;
use crate::text::Page;
use crate::wall::wall_ms;

pub(crate) use input::{Input, Script};
pub(crate) use sitting::{Left, Paper, Sitting, is_alone};
pub(crate) use wash::wash;

/// The name of whoever plays, where nobody gave one.
const NAME: &str = "Player";

pub(crate) fn play(registry: &Registry, args: &live::Play) -> Result<(), Failure> {
    let mut input = match &args.script {
        Some(path) => Input::Script(Script::read(path)?),
        None => Input::standard(),
    };
    let session = begin(registry, args)?;
    let dir = args.out.as_deref().or(args.resume.as_deref());
    let mut paper = Paper::Out;
    let mut sitting = Sitting::new(session, NAME, &mut input, &mut paper)?;
    let left = sitting.play()?;
    let session = sitting.session;
    let words = session.plan().scenario.language().words();
    let go_on = |verb: &str, flag: &[&str], dir: &Path| {
        let lang: &[&str] = match &args.table.tongue.lang {
            Some(lang) => &["--lang", lang],
            None => &[],
        };
        command(&[&[verb], lang, flag].concat(), dir)
    };
    if left == Left::Early {
        let resume = |dir: &Path| go_on("play", &["--resume"], dir);
        exit::say(&match dir {
            Some(dir) => words.fill("left; go on with: {command}", &[("command", &resume(dir))]),
            None => words.of("left; nothing is kept (--out DIR keeps a session)").to_owned(),
        });
        return Ok(());
    }
    let washed = wash(&session, args.wash.futures, args.wash.threads.map(usize::from))?;
    let page = if input.is_script() { Page::new(80) } else { Page::of_terminal() };
    paper.put(&washed.text(page, session.plan().scenario.language()))?;
    exit::say(&match dir {
        Some(dir) => {
            let command = go_on("report", &[], dir);
            let text = "with pictures, and as an after-action report: {command}";
            words.fill(text, &[("command", &command)])
        }
        None => {
            words.of("nothing is kept (--out DIR keeps a session, for hotwash report)").to_owned()
        }
    });
    match washed.ended {
        Ended::Complete => Ok(()),
        Ended::Stopped => Err(Failure::new(
            Code::Stopped,
            "stopped before all futures were run; the figures are of those that were",
        )),
    }
}

/// The session that is asked for: a new one, or one to go on with.
fn begin(registry: &Registry, args: &live::Play) -> Result<Session, Failure> {
    if let Some(dir) = &args.resume {
        let session = session_dir::open(registry, dir, args.table.tongue.lang.as_deref())?;
        if !is_alone(&session) {
            let message = format!("{}: several people play this session", dir.display());
            return Err(Failure::new(Code::Usage, message)
                .hint("go on with it by hotwash serve; hotwash report looks back on it"));
        }
        return Ok(session);
    }
    let named = args.scenario.as_deref().unwrap_or_default();
    let plan = table::plan(registry, named, &args.table)?;
    let keep: Box<dyn hotwash_exercise::Keep> = match &args.out {
        Some(dir) => Box::new(session_dir::create(dir, &plan)?),
        None => Box::new(Nowhere),
    };
    Session::begin(plan, keep, wall_ms())
        .map_err(|error| session_dir::refuse(Path::new(named), error))
}

/// A command to type, its directory in quotes where it needs them.
pub(crate) fn command(words: &[&str], dir: &Path) -> String {
    let dir = dir.display().to_string();
    let all: Vec<&str> =
        std::iter::once("hotwash").chain(words.iter().copied()).chain([dir.as_str()]).collect();
    shown(&all)
}

/// What a script leads to in a scenario: the transcript, with the hot wash, as text.
///
/// # Errors
/// When there is no such scenario, or the script has a mistake.
pub fn transcript(
    registry: &Registry,
    scenario: &str,
    script: (&str, &str),
    futures: u64,
) -> Result<String, Failure> {
    let table = live::Table::default();
    let plan = table::plan(registry, scenario, &table)?;
    let session = Session::begin(plan, Box::new(Nowhere), 0)
        .map_err(|error| session_dir::refuse(Path::new(scenario), error))?;
    let mut input = Input::Script(Script::of(script.0, script.1));
    let mut paper = Paper::Kept(String::new());
    let mut sitting = Sitting::new(session, NAME, &mut input, &mut paper)?;
    let left = sitting.play()?;
    let session = sitting.session;
    if left == Left::Ended {
        let language = session.plan().scenario.language();
        let text = wash(&session, futures, None)?.text(Page::new(80), language);
        paper.put(&text)?;
    }
    match paper {
        Paper::Kept(text) => Ok(text),
        Paper::Out => Ok(String::new()),
    }
}
