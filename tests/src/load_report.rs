//! Times of a load run, as a table, and what machine they are from.

use std::time::Duration;

/// The processor, its cores, the system.
pub fn machine() -> String {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let facts = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = facts.lines().find_map(|l| l.strip_prefix("model name")).unwrap_or_default();
    let model = model.trim_start_matches(['\t', ' ', ':']);
    let memory = std::fs::read_to_string("/proc/meminfo").unwrap_or_default();
    let kib = memory
        .lines()
        .find_map(|l| l.strip_prefix("MemTotal:")?.trim().split(' ').next()?.parse::<u64>().ok());
    let memory = kib.map(|kib| format!(", {} GiB", kib >> 20)).unwrap_or_default();
    format!("{model}, {cores} cores{memory}, {}", std::env::consts::OS)
}

/// The head of a table.
pub fn head() -> String {
    format!("{:<38} {:>7} {:>9} {:>9} {:>9}", "milliseconds", "count", "p50", "p99", "max")
}

/// Count, median, 99th percentile and longest of some times.
pub fn row(what: &str, times: &mut [Duration]) -> String {
    times.sort_unstable();
    let at = |share: f64| {
        let rank = (share * times.len() as f64).ceil() as usize;
        let time = times.get(rank.clamp(1, times.len().max(1)) - 1);
        time.map_or("-".to_owned(), |t| format!("{:.2}", t.as_secs_f64() * 1e3))
    };
    format!("{what:<38} {:>7} {:>9} {:>9} {:>9}", times.len(), at(0.5), at(0.99), at(1.0))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    #[test]
    fn percentiles_are_nearest_ranks() {
        let mut times: Vec<Duration> = (1..=200).rev().map(Duration::from_millis).collect();
        let row = super::row("x", &mut times);
        assert_eq!(
            row.split_whitespace().collect::<Vec<_>>(),
            ["x", "200", "100.00", "198.00", "200.00"]
        );
        assert!(super::row("none", &mut []).trim_end().ends_with('-'));
    }
}
