//! `hotwash course`: lessons in order, graded; can be left and gone on with.

mod results;
mod xapi;

use std::path::{Path, PathBuf};

use hotwash_exercise::course::grade;
use hotwash_exercise::{Keep, Nowhere, Plan, Session};
use hotwash_scenario::{Course, Lesson, MAX_FILE, Registry, Scenario};

use self::results::{LessonResult, RESULTS_FORMAT, Results};
use super::play::{Input, Left, Paper, Script, Sitting, command, is_alone, wash};
use super::{speaking, table};
use crate::args::live;
use crate::exit::{self, Code, Failure};
use crate::record::{read_bytes, sha256};
use crate::text::Page;
use crate::text::course as text;
use crate::wall::wall_ms;
use crate::{session_dir, shipped};

/// A course that has been asked for.
struct Asked<'a> {
    registry: &'a Registry,
    args: &'a live::Course,
    course: Course,
    /// The folder of the course's file, where its own scenarios lie.
    folder: PathBuf,
    page: Page,
}

pub(crate) fn course(registry: &Registry, args: &live::Course) -> Result<(), Failure> {
    let (course, folder) = open(registry, args)?;
    let page = if args.script.is_some() { Page::new(80) } else { Page::of_terminal() };
    let asked = Asked { registry, args, course, folder, page };
    let mut results = asked.results()?;
    let done = results.lessons.len();
    let mut inputs = asked.inputs(done)?.into_iter();
    let mut paper = Paper::Out;
    let count = asked.course.lessons.len();
    for (at, lesson) in asked.course.lessons.iter().enumerate() {
        if at < done {
            paper.put(&format!("Lesson {} of {count} is done: {}\n", at + 1, lesson.title))?;
            continue;
        }
        paper.put(&text::lesson(lesson, (at + 1, count), page))?;
        let mut input = inputs.next().unwrap_or_else(Input::standard);
        results.add(asked.teach(at, &mut input, &mut paper)?);
        if let Some(dir) = &args.out {
            results.write(dir)?;
        }
    }
    asked.conclude(&results, &mut paper)
}

/// Reads a course, shipped or from a file, and all that its lessons name.
fn open(registry: &Registry, args: &live::Course) -> Result<(Course, PathBuf), Failure> {
    let file = args.file.as_path();
    let named = file.display().to_string();
    let (bytes, folder) = match shipped::course(&named) {
        Some(text) => (text.as_bytes().to_vec(), PathBuf::new()),
        None if file.is_file() => {
            let folder = file.parent().unwrap_or(Path::new("")).to_owned();
            (read_bytes(file, MAX_FILE)?, folder)
        }
        None => {
            let failure = Failure::unknown("course", &named, shipped::courses());
            return Err(failure.hint_file(file));
        }
    };
    let (course, diagnostics) = Course::read(&named, bytes);
    let course = course.ok_or_else(|| exit::refuse(&diagnostics))?;
    let mut wrong = Vec::new();
    for (at, lesson) in course.lessons.iter().enumerate() {
        match scenario_of(registry, lesson, &folder)? {
            Some((_, scenario)) => {
                wrong.extend(course.check(at, &scenario));
                // Said before the first lesson, not at the third.
                speaking(scenario, args.tongue.lang.as_deref())?;
            }
            None => wrong.push(course.no_scenario(at, &shipped::scenarios())),
        }
    }
    if !wrong.is_empty() {
        return Err(exit::refuse(&wrong));
    }
    Ok((course, folder))
}

impl Failure {
    /// The hint for something that is neither shipped nor a file.
    fn hint_file(self, path: &Path) -> Failure {
        let is_path = path.extension().is_some() || path.components().count() > 1;
        if is_path {
            Failure::new(Code::Io, format!("{}: no such file", path.display()))
        } else {
            self
        }
    }
}

/// A lesson's scenario with the name to open it by: a shipped one, or one beside the course.
fn scenario_of(
    registry: &Registry,
    lesson: &Lesson,
    folder: &Path,
) -> Result<Option<(String, Scenario)>, Failure> {
    let name = lesson.scenario.clone();
    if shipped::scenarios().contains(&name.as_str()) {
        return Ok(Some((name.clone(), shipped::open(registry, &name)?)));
    }
    let path = folder.join(&name);
    if !path.exists() {
        return Ok(None);
    }
    let path = path.display().to_string();
    let scenario = shipped::open(registry, &path)?;
    Ok(Some((path, scenario)))
}

impl Asked<'_> {
    /// The results so far, in the directory that was asked for.
    fn results(&self) -> Result<Results, Failure> {
        let fresh = Results {
            format: RESULTS_FORMAT,
            hotwash: env!("CARGO_PKG_VERSION").to_owned(),
            course: self.course.title.clone(),
            course_sha256: sha256(self.course.text().as_bytes()),
            learner: self.args.learner.clone(),
            lessons: Vec::new(),
            of: self.course.lessons.len(),
            score: 0.0,
            is_passed: None,
        };
        let Some(dir) = &self.args.out else { return Ok(fresh) };
        let io = |e: std::io::Error| Failure::new(Code::Io, format!("{}: {e}", dir.display()));
        let Some(then) = Results::read(dir)? else {
            let is_used = dir.is_dir() && dir.read_dir().map_err(io)?.next().is_some();
            if is_used || dir.is_file() {
                let message = format!("{}: it is there and has no results", dir.display());
                return Err(Failure::new(Code::Io, message).hint("name a new directory"));
            }
            std::fs::create_dir_all(dir).map_err(io)?;
            fresh.write(dir)?;
            return Ok(fresh);
        };
        let differs = |what: &str| {
            let message = format!("{}: {what}", dir.display());
            Err(Failure::new(Code::Differs, message).hint("name a new directory"))
        };
        if then.course_sha256 != fresh.course_sha256 {
            return differs("another course was begun here, or this one has changed since");
        }
        if then.learner != fresh.learner {
            return differs(&format!("the learner here is {}", exit::plain(&then.learner)));
        }
        Ok(then)
    }

    /// The parts of a script, one for each lesson that is to be played; none without a script.
    fn inputs(&self, done: usize) -> Result<Vec<Input>, Failure> {
        let Some(path) = &self.args.script else { return Ok(Vec::new()) };
        let parts = Script::read(path)?.parts();
        let lessons = &self.course.lessons[done..];
        let wrong = |message: String| {
            let message = format!("{}: {message}", path.display());
            Err(Failure::new(Code::Usage, message).hint("a line `--- NAME` begins a lesson"))
        };
        if parts.len() != lessons.len() {
            let (there, wanted) = (parts.len(), lessons.len());
            return wrong(format!(
                "the script has {there} parts, {wanted} lessons are to be played"
            ));
        }
        for ((words, _), lesson) in parts.iter().zip(lessons) {
            let name = words.strip_prefix("lesson").unwrap_or(words).trim();
            if !name.is_empty() && name != lesson.name.as_str() {
                return wrong(format!("`{name}` stands where lesson `{}` is due", lesson.name));
            }
        }
        Ok(parts.into_iter().map(|(_, script)| Input::Script(script)).collect())
    }

    /// Has a lesson played, and grades it.
    fn teach(
        &self,
        at: usize,
        input: &mut Input,
        paper: &mut Paper,
    ) -> Result<LessonResult, Failure> {
        let lesson = &self.course.lessons[at];
        let session = self.session(at)?;
        let mut sitting = Sitting::new(session, &self.args.learner, input, paper)?;
        if sitting.play()? == Left::Early {
            return Err(self.left());
        }
        let session = sitting.session;
        let wash_args = self.args.wash;
        let washed = wash(&session, wash_args.futures, wash_args.threads.map(usize::from))?;
        let grade = grade(&washed.story, Some(&washed.worth), &lesson.pass);
        paper.put(&washed.text(self.page, session.plan().scenario.language()))?;
        paper.put(&text::grade(lesson, &grade, self.page))?;
        paper.put("\n")?;
        Ok(LessonResult {
            lesson: lesson.name.as_str().to_owned(),
            title: lesson.title.clone(),
            scenario: lesson.scenario.clone(),
            seed: session.plan().seed.clone(),
            weight: lesson.weight,
            wall_ms: session.state().wall,
            grade,
        })
    }

    /// A lesson's session: gone on with where it was begun.
    fn session(&self, at: usize) -> Result<Session, Failure> {
        let lesson = &self.course.lessons[at];
        let dir =
            self.args.out.as_ref().map(|dir| dir.join(format!("{:02}-{}", at + 1, lesson.name)));
        if let Some(dir) = dir.as_ref().filter(|dir| dir.join(session_dir::LOG).exists()) {
            let session = session_dir::open(self.registry, dir, self.args.tongue.lang.as_deref())?;
            if !is_alone(&session) {
                let message = format!("{}: somebody else plays this session", dir.display());
                return Err(Failure::new(Code::Differs, message).hint("name a new directory"));
            }
            return Ok(session);
        }
        let plan = self.plan(lesson)?;
        let keep: Box<dyn Keep> = match &dir {
            Some(dir) => Box::new(session_dir::create(dir, &plan)?),
            None => Box::new(Nowhere),
        };
        Session::begin(plan, keep, wall_ms())
            .map_err(|error| session_dir::refuse(Path::new(&lesson.scenario), error))
    }

    /// What a lesson is played from.
    fn plan(&self, lesson: &Lesson) -> Result<Plan, Failure> {
        let found = scenario_of(self.registry, lesson, &self.folder)?;
        let (named, _) = found.ok_or_else(|| {
            Failure::new(Code::Io, format!("the scenario `{}` is gone", lesson.scenario))
        })?;
        let table = live::Table {
            policy: lesson.policy.clone(),
            seed: lesson.seed.clone(),
            roles: lesson.roles.clone(),
            set: lesson.levers.iter().map(|(name, value)| format!("{name}={value}")).collect(),
            tongue: self.args.tongue.clone(),
            ..live::Table::default()
        };
        table::plan(self.registry, &named, &table)
    }

    /// Somebody left before the end of a lesson.
    fn left(&self) -> Failure {
        let failure = Failure::new(Code::Stopped, "left before the end of the lesson");
        match &self.args.out {
            Some(dir) => {
                let file = self.args.file.display().to_string();
                let mut words = vec!["course", file.as_str()];
                if self.args.learner != live::LEARNER {
                    words.extend(["--learner", self.args.learner.as_str()]);
                }
                words.push("--out");
                failure.hint(format!("go on with: {}", command(&words, dir)))
            }
            None => failure.hint("nothing is kept; --out DIR keeps a course"),
        }
    }

    fn conclude(&self, results: &Results, paper: &mut Paper) -> Result<(), Failure> {
        let lessons: Vec<_> =
            results.lessons.iter().map(|l| (l.title.as_str(), &l.grade)).collect();
        paper.put(&text::summary(&self.course.title, &lessons, results.score, self.page))?;
        if let Some(dir) = &self.args.out {
            exit::say(&format!(
                "results.csv, results.json and xapi.jsonl are in {}",
                dir.display()
            ));
        }
        match results.is_passed {
            Some(true) => Ok(()),
            _ => Err(Failure::new(Code::Differs, "the course is not passed")
                .hint("to try again, name a new directory; every world is the same")),
        }
    }
}
