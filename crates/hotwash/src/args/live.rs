//! Flags of the commands with people: play, serve, report, pack, course.

use std::path::PathBuf;

use clap::Args as ClapArgs;

/// What a session is played from; shared by the commands that begin one.
#[derive(Clone, Debug, Default, ClapArgs)]
pub(crate) struct Table {
    /// A policy's name, or the path of a policy file, for what nobody plays [default: historical, if there is one]
    #[arg(long, value_name = "POLICY")]
    pub(crate) policy: Option<String>,
    /// A number, or words such as calm-otter [default: the scenario's]
    #[arg(long, value_name = "SEED", allow_hyphen_values = true, value_parser = super::seed)]
    pub(crate) seed: Option<String>,
    /// Set a lever; may be given several times
    #[arg(long, value_name = "LEVER=VALUE")]
    pub(crate) set: Vec<String>,
    /// Which year's law counts the clocks
    #[arg(long, value_name = "YEAR")]
    pub(crate) law: Option<String>,
    /// Roles that people play, with commas; the policy decides for the others [default: all]
    #[arg(long, value_name = "ROLES", value_delimiter = ',')]
    pub(crate) roles: Vec<String>,
    /// An edited master scenario events list (.xlsx or .csv), as written by `hotwash pack`
    #[arg(long, value_name = "FILE")]
    pub(crate) msel: Option<PathBuf>,
    /// A column of that list that is called otherwise, such as "Inject text=Message"; may be given several times
    #[arg(long, value_name = "COLUMN=HEAD", requires = "msel")]
    pub(crate) map: Vec<String>,
    #[command(flatten)]
    pub(crate) tongue: Tongue,
}

/// The language in which people are told; shared by the commands that tell them.
#[derive(Clone, Debug, Default, ClapArgs)]
pub(crate) struct Tongue {
    /// The language in which people are told, of those that the scenario speaks: en, ja; no run depends on it
    #[arg(long, value_name = "LANGUAGE")]
    pub(crate) lang: Option<String>,
}

/// Arguments of `play`.
#[derive(Debug, ClapArgs)]
#[command(after_help = "\
The clock runs to the next thing that matters and stands while you decide. `help` lists what can be
typed. At the end you see what was true, and what each of your choices was worth.

A script has one line for each line that would be typed; lines that begin with # are left out. An
answer is an option's number or name, then a line for how sure you are and one for why (both may be
blank), or all in one line: `accounts 4 He may still know a password`.

Examples:
  hotwash play departing-admin
  hotwash play insider-sale --roles counsel,soc-lead      the policy decides the rest
  hotwash play insider-sale --out mine                    keep it, for --resume and report
  hotwash play departing-admin --script answers.txt")]
pub(crate) struct Play {
    /// A shipped scenario's name, or the path of a scenario's folder or file
    #[arg(required_unless_present = "resume")]
    pub(crate) scenario: Option<String>,
    #[command(flatten)]
    pub(crate) table: Table,
    /// Read what would be typed from a file
    #[arg(long, value_name = "FILE")]
    pub(crate) script: Option<PathBuf>,
    /// Keep the session in a new directory, for report and --resume
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
    /// Go on with a session
    #[arg(long, value_name = "DIR", conflicts_with_all = ["out", "scenario", "policy", "seed", "set", "law", "roles", "msel"])]
    pub(crate) resume: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) wash: Wash,
}

/// How the hot wash finds out what choices were worth.
#[derive(Clone, Copy, Debug, ClapArgs)]
pub(crate) struct Wash {
    /// Futures run for each option of each decision
    #[arg(long, value_name = "N", default_value_t = 256, value_parser = clap::value_parser!(u64).range(2..=100_000))]
    pub(crate) futures: u64,
    /// Threads [default: all cores]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(crate) threads: Option<u16>,
}

/// Arguments of `serve`.
#[derive(Debug, ClapArgs)]
pub(crate) struct Serve {
    /// A shipped scenario's name, or the path of a scenario's folder or file; choose on the page when left out
    pub(crate) scenario: Option<String>,
    #[command(flatten)]
    pub(crate) table: Table,
    /// Address and port to listen on; another than loopback lets others on the network join
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:8321")]
    pub(crate) listen: String,
    /// Where sessions are kept, one directory each; those that are there can be gone on with
    #[arg(long, value_name = "DIR", default_value = "sessions")]
    pub(crate) sessions: PathBuf,
}

/// Arguments of `report`.
#[derive(Debug, ClapArgs)]
#[command(after_help = "\
Writes the hot wash as a page, the after-action report with its improvement plan, the planning documents
as they were, and the session for other programs. The session itself is only read.

Ctrl-C ends the forks after the batch in hand; what was found until then is written and called partial.

Examples:
  hotwash report sessions/insider-sale-1
  hotwash report mine --out mine-report --futures 2000
  hotwash report mine --so-far                 before ENDEX: the policy decides the rest")]
pub(crate) struct Report {
    /// A directory written by `play --out` or `serve`
    pub(crate) session: PathBuf,
    #[command(flatten)]
    pub(crate) tongue: Tongue,
    /// A new directory for the pages and documents [default: SESSION/report]
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
    /// Report a session that has not ended: the policy decides what still comes up, and the session stays
    /// as it is
    #[arg(long)]
    pub(crate) so_far: bool,
    /// Futures run for each option of each decision
    #[arg(long, value_name = "N", default_value_t = 512, value_parser = clap::value_parser!(u64).range(2..=100_000))]
    pub(crate) futures: u64,
    /// Threads [default: all cores]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(crate) threads: Option<u16>,
}

/// Arguments of `pack`.
#[derive(Debug, ClapArgs)]
pub(crate) struct Pack {
    /// A shipped scenario's name, or the path of a scenario's folder or file
    pub(crate) scenario: String,
    #[command(flatten)]
    pub(crate) table: Table,
    /// A new directory for the documents
    #[arg(long, value_name = "DIR")]
    pub(crate) out: PathBuf,
}

/// The name of whoever takes a course, where nobody gave one.
pub(crate) const LEARNER: &str = "Learner";

/// Arguments of `course`.
#[derive(Debug, ClapArgs)]
#[command(after_help = "\
A course is a RON file: lessons in order, each a scenario with objectives and pass marks. Every learner
meets the same worlds. After each lesson you see the grade and which of your choices cost what.

With --out a course can be left and gone on with by the same command; a lesson that is finished is not
played again. The directory then has results.csv, results.json, xapi.jsonl and the sessions.

In a script, a line that begins with --- stands before each lesson.

Ends with code 0 when the course is passed, with 5 when it is not.

Examples:
  hotwash course first-steps --out mine --learner \"Ada L.\"
  hotwash course my-course.ron --script answers.txt --out results")]
pub(crate) struct Course {
    /// A shipped course's name, or a course file (.ron)
    pub(crate) file: PathBuf,
    /// The learner's name, for the results
    #[arg(long, value_name = "NAME", default_value = LEARNER, value_parser = learner)]
    pub(crate) learner: String,
    #[command(flatten)]
    pub(crate) tongue: Tongue,
    /// Read what would be typed from a file, for all lessons
    #[arg(long, value_name = "FILE")]
    pub(crate) script: Option<PathBuf>,
    /// A directory for sessions and results; go on in it if it is there
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) wash: Wash,
}

/// A name as it is shown and written into files.
fn learner(text: &str) -> Result<String, String> {
    let name = text.trim();
    if name.is_empty() || name.chars().count() > 60 || name.chars().any(char::is_control) {
        return Err("a name has 1 to 60 characters".to_owned());
    }
    Ok(name.to_owned())
}
