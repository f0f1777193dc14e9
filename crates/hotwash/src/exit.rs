//! How a command ends: exit codes, failures, and writing to a pipe that may close.

use std::io::{self, Write as _};
use std::process::ExitCode;

use hotwash_engine::Fault;
use hotwash_scenario::{Diagnostic, Scenario};

/// Exit codes. They are part of the interface; `hotwash --help` lists them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Code {
    /// Nothing is wrong and nothing is left to do: a part of a study ends without a finding.
    Done = 0,
    /// A bug in the program or in a plugin.
    Bug = 1,
    /// Wrong flags or names.
    Usage = 2,
    /// A scenario or policy has mistakes.
    Scenario = 3,
    /// An invariant of the model broke.
    Invariant = 4,
    /// A check or comparison found a difference.
    Differs = 5,
    /// A file or directory could not be read or written.
    Io = 6,
    /// Stopped by Ctrl-C; what was done is written.
    Stopped = 7,
}

impl From<Code> for ExitCode {
    fn from(code: Code) -> ExitCode {
        ExitCode::from(code as u8)
    }
}

/// Why a command failed: what to say and the exit code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// The exit code.
    pub code: Code,
    /// What is wrong; may have several lines.
    pub message: String,
    /// How to mend it.
    pub hint: Option<String>,
}

impl Failure {
    /// A failure without a hint.
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Failure { code, message: message.into(), hint: None }
    }

    /// The same with a hint.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// An unknown name, with the nearest known one or the list of them.
    pub fn unknown<'a>(sort: &str, name: &str, known: impl IntoIterator<Item = &'a str>) -> Self {
        let known: Vec<&str> = known.into_iter().collect();
        let failure = Failure::new(Code::Usage, format!("no {sort} is called `{name}`"));
        match hotwash_engine::nearest(name, known.iter().copied()) {
            Some(near) => failure.hint(format!("did you mean `{near}`?")),
            None => failure.hint(format!("known: {}", listed(sort, &known))),
        }
    }
}

/// Names, or the first of them where there are many.
fn listed(sort: &str, known: &[&str]) -> String {
    /// Names that are listed at most.
    const LISTED: usize = 12;
    if known.len() <= LISTED + 1 {
        return known.join(", ");
    }
    let all = if sort == "metric" { ": hotwash show SCENARIO --metrics" } else { "" };
    format!("{} and {} more{all}", known[..LISTED].join(", "), known.len() - LISTED)
}

/// Prints a failure to standard error.
pub(crate) fn complain(failure: &Failure) {
    let mut err = anstream::stderr().lock();
    let is_rendered = failure.message.starts_with("error: ") || failure.message.contains("\u{1b}[");
    let head =
        if is_rendered { String::new() } else { format!("{} ", crate::text::ERROR.on("error:")) };
    let _ = writeln!(err, "{head}{}", failure.message.trim_end());
    if let Some(hint) = &failure.hint {
        let _ = writeln!(err, "  {} {hint}", crate::text::BOLD.on("hint:"));
    }
}

/// Prints diagnostics to standard error.
pub(crate) fn tell(diagnostics: &[Diagnostic]) {
    if !diagnostics.is_empty() {
        let _ =
            write!(anstream::stderr().lock(), "{}", hotwash_scenario::render(diagnostics, true));
    }
}

/// Diagnostics as a failure.
pub(crate) fn refuse(diagnostics: &[Diagnostic]) -> Failure {
    let count = diagnostics.iter().filter(|d| d.is_error()).count();
    let noun = if count == 1 { "mistake" } else { "mistakes" };
    Failure::new(
        Code::Scenario,
        format!("{}error: {count} {noun}", hotwash_scenario::render(diagnostics, true)),
    )
}

/// A mistake of the scenario that showed only while it ran, with the command that shows it again; `None`
/// when the fault is no mistake of the scenario.
pub(crate) fn refuse_run(scenario: &Scenario, fault: &Fault, again: &str) -> Option<Failure> {
    let Fault::Author { problem, at } = fault else { return None };
    let mut mistake = scenario.blame(problem);
    mistake.message = format!("at {at}, {}", mistake.message);
    let shown = hotwash_scenario::render(&[mistake], true);
    let failure = Failure::new(
        Code::Scenario,
        format!("{shown}error: a mistake of the scenario ended the run"),
    );
    Some(failure.hint(format!("it comes again with: {again}")))
}

/// What is wrong with a simulation that cannot be built: what the scenario's own files do not cause
/// comes from the command line.
pub(crate) fn refuse_build(problems: &[Diagnostic]) -> Failure {
    let is_ours = problems.iter().all(|p| p.file.is_empty());
    if is_ours { refuse_flags(problems) } else { refuse(problems) }
}

/// Mistakes that no file has made, so that the command line did.
fn refuse_flags(diagnostics: &[Diagnostic]) -> Failure {
    if let [only] = diagnostics {
        let failure = Failure::new(Code::Usage, only.message.clone());
        return Failure { hint: only.hint.clone(), ..failure };
    }
    let lines: Vec<String> = diagnostics.iter().map(ToString::to_string).collect();
    Failure::new(Code::Usage, lines.join("\n"))
}

/// Text from a file that anybody may have written, without what would command a terminal.
pub(crate) fn plain(text: &str) -> String {
    let harmless = |c: char| if c.is_control() && c != '\n' { '\u{fffd}' } else { c };
    text.chars().map(harmless).collect()
}

/// Runs a command; a panic is a bug of ours and ends with the code that says so.
pub(crate) fn guarded(command: impl FnOnce() -> Result<(), Failure>) -> Result<(), Failure> {
    // What was borrowed is not used again: the process ends.
    let ended = std::panic::catch_unwind(std::panic::AssertUnwindSafe(command));
    ended.unwrap_or_else(|_| {
        let message = "the program or a plugin stopped unexpectedly; what it said stands above";
        Err(Failure::new(Code::Bug, message).hint("this is a bug; please report it"))
    })
}

/// Prints to standard output. A reader that has closed the pipe has seen enough: that is no failure.
pub(crate) fn print(text: &str) -> Result<(), Failure> {
    let mut out = anstream::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Failure::new(Code::Io, format!("standard output: {error}")))
        }
        _ => Ok(()),
    }
}

/// Says something on standard error.
pub(crate) fn say(text: &str) {
    let _ = writeln!(anstream::stderr().lock(), "{text}");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_a_bug_with_its_code() {
        let failure = guarded(|| panic!("as a plugin might")).unwrap_err();
        assert_eq!(failure.code, Code::Bug);
        assert_eq!(guarded(|| Ok(())), Ok(()));
    }

    #[test]
    fn many_known_names_are_cut_short() {
        let names: Vec<String> = (0..40).map(|i| format!("m{i}")).collect();
        let hint = |known: &[String]| {
            Failure::unknown("metric", "zzzzzzzz", known.iter().map(String::as_str)).hint.unwrap()
        };
        assert!(hint(&names).ends_with("m11 and 28 more: hotwash show SCENARIO --metrics"));
        assert_eq!(hint(&names[..3]), "known: m0, m1, m2");
    }

    #[test]
    fn what_commands_a_terminal_is_replaced() {
        assert_eq!(plain("a\u{1b}[31m\0b\nc"), "a\u{fffd}[31m\u{fffd}b\nc");
    }
}
