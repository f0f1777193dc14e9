//! The machine that was measured on: without it no figure says anything.

use std::process::Command;

/// Load above which times are no good: somebody else is working.
const QUIET: f64 = 0.6;

/// What the system says of itself, in the order in which it is printed.
pub(crate) fn facts() -> Vec<(&'static str, String)> {
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    vec![
        ("processor", processor()),
        ("cores", cores.to_string()),
        (
            "system",
            std::fs::read_to_string("/proc/version").map_or_else(
                |_| std::env::consts::OS.to_owned(),
                |v| v.split(" (").next().unwrap_or_default().to_owned(),
            ),
        ),
        ("compiler", rustc()),
        (
            "load average",
            load().map_or_else(
                || "unknown here".to_owned(),
                |load| format!("{load:.2} (one minute, before measuring)"),
            ),
        ),
    ]
}

/// What to say when others are using the machine; nothing when it is quiet.
pub(crate) fn warning() -> Option<String> {
    let load = load()?;
    (load > QUIET).then(|| {
        format!("WARNING: the load average was {load:.2}: others used this machine, and times are too long. Instructions, allocations and, within limits, ratios hold.")
    })
}

fn load() -> Option<f64> {
    let text = std::fs::read_to_string("/proc/loadavg").ok()?;
    text.split(' ').next()?.parse().ok()
}

fn processor() -> String {
    let text = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let line = text.lines().find_map(|line| line.strip_prefix("model name"));
    line.map_or_else(
        || std::env::consts::ARCH.to_owned(),
        |name| name.trim_start_matches([' ', '\t', ':']).to_owned(),
    )
}

/// The compiler's name and version.
pub(crate) fn rustc() -> String {
    let rustc = std::env::var("RUSTC").unwrap_or_else(|_| "rustc".to_owned());
    let output = Command::new(rustc).arg("--version").output();
    let text = output.map(|o| String::from_utf8_lossy(&o.stdout).trim().to_owned());
    text.unwrap_or_else(|_| "an unknown compiler".to_owned())
}

/// The largest resident memory of a process so far, where the system says; else 0.
pub(crate) fn peak_kib(process: &str) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|l| l.trim().trim_end_matches(" kB").parse().ok()).unwrap_or(0)
}
