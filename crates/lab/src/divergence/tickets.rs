//! The draws of chance of two runs: the same tickets, other ones, or some that only one run drew.

use std::collections::BTreeMap;

use hotwash_engine::DrawRecord;
use serde::Serialize;

/// A ticket that the runs do not share.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum TicketDifference {
    /// Both drew at this address and got another ticket: the seed or the replication differs.
    OtherTicket,
    /// Only the run before drew it.
    OnlyBefore,
    /// Only the run after drew it.
    OnlyAfter,
    /// Both drew it, at another time.
    OtherTime,
    /// Both drew it at the same instant, in another order.
    OtherOrder,
}

/// How the draws of two runs agree.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Tickets {
    /// Addresses that both drew, with the same ticket.
    pub same: u64,
    /// Addresses that both drew, with another ticket.
    pub other: u64,
    /// Addresses that only the run before drew.
    pub only_before: u64,
    /// Addresses that only the run after drew.
    pub only_after: u64,
    /// Where the draws part, if they do.
    pub first: Option<FirstTicket>,
}

/// The first draw in which two runs differ.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FirstTicket {
    /// `owner/actor/purpose`.
    pub stream: String,
    /// Which ticket of the stream.
    pub occurrence: u64,
    /// When, in milliseconds since STARTEX: where it was drawn first.
    pub ms: i64,
    /// In what it differs.
    pub how: TicketDifference,
}

/// Holds the draws of two runs against each other.
pub fn tickets(before: &[DrawRecord], after: &[DrawRecord]) -> Tickets {
    let by_address = |list: &[DrawRecord]| -> BTreeMap<(String, u64), (u64, i64)> {
        list.iter().map(|d| ((d.stream.clone(), d.occurrence), (d.ticket, d.at_ms))).collect()
    };
    let (a, b) = (by_address(before), by_address(after));
    let both: Vec<_> = a.iter().filter_map(|(key, ours)| Some((ours.0, b.get(key)?.0))).collect();
    let same = both.iter().filter(|(x, y)| x == y).count();
    let parts = before.iter().zip(after).position(|(x, y)| x != y);
    let shorter = before.len().min(after.len());
    let parts = parts.or((before.len() != after.len()).then_some(shorter));
    Tickets {
        same: same as u64,
        other: (both.len() - same) as u64,
        only_before: (a.len() - both.len()) as u64,
        only_after: (b.len() - both.len()) as u64,
        first: parts.and_then(|at| first(before.get(at), after.get(at), &a, &b)),
    }
}

type ByAddress = BTreeMap<(String, u64), (u64, i64)>;

fn first(
    x: Option<&DrawRecord>,
    y: Option<&DrawRecord>,
    a: &ByAddress,
    b: &ByAddress,
) -> Option<FirstTicket> {
    let told = |draw: &DrawRecord, how| {
        let DrawRecord { stream, occurrence, at_ms, .. } = draw;
        Some(FirstTicket { stream: stream.clone(), occurrence: *occurrence, ms: *at_ms, how })
    };
    let is_in = |draw: &DrawRecord, there: &ByAddress| {
        there.contains_key(&(draw.stream.clone(), draw.occurrence))
    };
    match (x, y) {
        (Some(x), Some(y)) if (&x.stream, x.occurrence) == (&y.stream, y.occurrence) => {
            let how = if x.ticket == y.ticket {
                TicketDifference::OtherTime
            } else {
                TicketDifference::OtherTicket
            };
            told(if y.at_ms < x.at_ms { y } else { x }, how)
        }
        (Some(x), _) if !is_in(x, b) => told(x, TicketDifference::OnlyBefore),
        (_, Some(y)) if !is_in(y, a) => told(y, TicketDifference::OnlyAfter),
        (Some(x), Some(y)) => {
            let draw = if y.at_ms < x.at_ms { y } else { x };
            let is_then = x.at_ms == y.at_ms;
            let how =
                if is_then { TicketDifference::OtherOrder } else { TicketDifference::OtherTime };
            told(draw, how)
        }
        _ => None,
    }
}
