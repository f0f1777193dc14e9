//! What led to an entry of the journal.

use hotwash_exercise::record::Line;

/// Viewers at the vendor, as lines name them.
const VENDOR: [&str; 5] = ["soc", "support", "comms", "legal", "executive"];

/// The entry with a number.
pub(super) fn line(lines: &[Line], n: u32) -> Option<&Line> {
    // Numbers begin at 1 and have no gaps.
    lines.get((n as usize).checked_sub(1)?)
}

/// What led to an entry, the nearest first.
pub(super) fn chain<'a>(lines: &'a [Line], of: &'a Line) -> impl Iterator<Item = &'a Line> {
    // A cause is older than its effect; what is written otherwise ends the chain.
    let next = |at: &&'a Line| line(lines, at.cause).filter(|cause| cause.n < at.n);
    std::iter::successors(next(&of), next)
}

/// Whether somebody at the vendor sees it.
pub(super) fn is_seen(line: &Line) -> bool {
    line.sees.iter().any(|viewer| VENDOR.contains(&viewer.as_str()))
}
