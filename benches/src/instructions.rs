//! Counting instructions: named work is done twice by this program under valgrind, once longer than the other
//! time, and the difference is what the additional replications took. Start-up and warming up drop out.

use std::process::{Command, Stdio};

use crate::work;

/// What the additional replications took.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Counted {
    /// Instructions executed.
    pub instructions: u64,
    /// Events, or entries.
    pub events: u64,
}

impl Counted {
    /// Instructions per event.
    pub(crate) fn each(self) -> f64 {
        self.instructions as f64 / self.events as f64
    }
}

/// Whether there is a valgrind.
pub(crate) fn is_possible() -> bool {
    let mut valgrind = Command::new("valgrind");
    let valgrind = valgrind.arg("--version").stdout(Stdio::null()).stderr(Stdio::null());
    valgrind.status().is_ok_and(|status| status.success())
}

/// Does work for a tool that counts, and prints how many events there were.
pub(crate) fn work(name: &str, runs: &str) -> Result<(), String> {
    let runs: u64 = runs.parse().map_err(|e| format!("{runs}: {e}"))?;
    println!("{}", work::named(name)?.runs(0..runs));
    Ok(())
}

/// Counts the replications from `few` to `many` of some work.
pub(crate) fn count(name: &str, few: u64, many: u64) -> Result<Counted, String> {
    let (short, long) = std::thread::scope(|scope| {
        let short = scope.spawn(|| under_valgrind(name, few));
        let long = under_valgrind(name, many);
        (short.join().expect("no panic"), long)
    });
    let (short, long) = (short?, long?);
    Ok(Counted {
        instructions: long.instructions - short.instructions,
        events: long.events - short.events,
    })
}

/// Valgrind shows programs one of a few fixed processors, whatever the real one is; what the C library makes of it
/// is fixed too, so that the same functions copy memory everywhere. The environment is emptied because its size
/// shifts the stack, and with it how copies are aligned.
fn under_valgrind(name: &str, runs: u64) -> Result<Counted, String> {
    let program = std::env::current_exe().map_err(|e| e.to_string())?;
    let mut valgrind = Command::new("valgrind");
    valgrind.env_clear().envs(std::env::vars().filter(|(name, _)| name == "PATH"));
    valgrind.env("GLIBC_TUNABLES", "glibc.cpu.hwcaps=-AVX512F,-AVX2,-AVX,-ERMS,-FSRM");
    valgrind.args(["--tool=callgrind", "--callgrind-out-file=/dev/null"]);
    valgrind.arg(program).args(["count", name, &runs.to_string()]);
    let output = valgrind.output().map_err(|e| format!("valgrind: {e}"))?;
    let (said, noted) =
        (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    let collected = noted.lines().find_map(|line| line.split_once("Collected :"));
    let instructions = collected.and_then(|(_, number)| number.trim().parse().ok());
    match (instructions, said.trim().parse()) {
        (Some(instructions), Ok(events)) if output.status.success() => {
            Ok(Counted { instructions, events })
        }
        _ => Err(format!("valgrind counted nothing in {name}:\n{noted}")),
    }
}
