//! The agenda: the future event list. Order is total: time, then phase, then sequence.
//!
//! A 4-ary heap on one `u64` key. Knows nothing of what its entries mean.

use crate::time::SimTime;

/// Which of the entries due at one instant come first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Phase {
    /// Messages of the exercise itself.
    Inject = 0,
    /// What agents do of their own accord.
    Act = 1,
    /// What agents do in answer.
    React = 2,
    /// Reports and measurements; sees all that the instant brought.
    Observe = 3,
}

/// One pending entry, for cancelling it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EntryId(u32);

#[derive(Clone, Copy, Debug)]
pub(crate) struct Item {
    key: u64,
    /// Where the event's payload lies in its slab.
    pub(crate) slot: u32,
    /// The journal entry that led here.
    pub(crate) cause: u32,
    pub(crate) event: u16,
}

const SEQUENCE_BITS: u32 = 22;
const PHASE_BITS: u32 = 2;
const TIME_SHIFT: u32 = SEQUENCE_BITS + PHASE_BITS;
const TIME_BIAS: i64 = 1 << 39;
const ARITY: usize = 4;

impl Item {
    pub(crate) fn time(&self) -> SimTime {
        SimTime::from_ms((self.key >> TIME_SHIFT) as i64 - TIME_BIAS)
    }

    fn sequence(&self) -> u32 {
        (self.key as u32) & ((1 << SEQUENCE_BITS) - 1)
    }
}

/// Pending entries of one run.
#[derive(Debug, Default)]
pub(crate) struct Agenda {
    heap: Vec<Item>,
    sequence: u32,
    /// One bit per sequence number; only looked at while something is cancelled.
    cancelled: Vec<u64>,
    cancelled_pending: u32,
}

impl Agenda {
    /// How many entries one run may schedule. More is a runaway model.
    pub(crate) const CAPACITY: u32 = (1 << SEQUENCE_BITS) - 1;

    pub(crate) fn clear(&mut self) {
        self.heap.clear();
        self.sequence = 0;
        if self.cancelled_pending > 0 || !self.cancelled.is_empty() {
            self.cancelled.clear();
            self.cancelled_pending = 0;
        }
    }

    /// Whether the run has used up its sequence numbers.
    pub(crate) fn is_exhausted(&self) -> bool {
        self.sequence >= Self::CAPACITY
    }

    #[cfg(test)]
    pub(crate) fn len(&self) -> usize {
        self.heap.len()
    }

    /// How many entries this run has scheduled so far.
    pub(crate) fn scheduled(&self) -> u32 {
        self.sequence
    }

    #[inline]
    pub(crate) fn push(
        &mut self,
        at: SimTime,
        phase: Phase,
        event: u16,
        slot: u32,
        cause: u32,
    ) -> EntryId {
        let ms = at.ms().clamp(-SimTime::LIMIT, SimTime::LIMIT);
        // Past the capacity the run is already lost; keep the key well formed until it is stopped.
        let sequence = self.sequence.min(Self::CAPACITY);
        self.sequence = self.sequence.saturating_add(1);
        let key = ((ms + TIME_BIAS) as u64) << TIME_SHIFT
            | (phase as u64) << SEQUENCE_BITS
            | u64::from(sequence);
        self.heap.push(Item { key, slot, cause, event });
        self.sift_up(self.heap.len() - 1);
        EntryId(sequence)
    }

    #[inline]
    pub(crate) fn peek(&self) -> Option<SimTime> {
        self.heap.first().map(Item::time)
    }

    /// The next entry and whether it was cancelled (its payload must still be freed).
    #[inline]
    pub(crate) fn pop(&mut self) -> Option<(Item, bool)> {
        let last = self.heap.pop()?;
        let top = match self.heap.first_mut() {
            Some(first) => std::mem::replace(first, last),
            None => last,
        };
        self.sift_down();
        let cancelled = self.cancelled_pending > 0 && self.take_cancelled(top.sequence());
        Some((top, cancelled))
    }

    /// Takes an entry off the agenda. An entry that has run already is left alone.
    pub(crate) fn cancel(&mut self, id: EntryId) {
        let pending = self.heap.iter().any(|item| item.sequence() == id.0);
        if !pending {
            return;
        }
        let word = id.0 as usize / 64;
        if self.cancelled.len() <= word {
            self.cancelled.resize(word + 1, 0);
        }
        let bit = 1_u64 << (id.0 % 64);
        if self.cancelled[word] & bit == 0 {
            self.cancelled[word] |= bit;
            self.cancelled_pending += 1;
        }
    }

    fn take_cancelled(&mut self, sequence: u32) -> bool {
        let Some(word) = self.cancelled.get_mut(sequence as usize / 64) else { return false };
        let bit = 1_u64 << (sequence % 64);
        let hit = *word & bit != 0;
        if hit {
            *word &= !bit;
            self.cancelled_pending -= 1;
        }
        hit
    }

    #[inline]
    fn sift_up(&mut self, mut at: usize) {
        let item = self.heap[at];
        while at > 0 {
            let parent = (at - 1) / ARITY;
            if self.heap[parent].key <= item.key {
                break;
            }
            self.heap[at] = self.heap[parent];
            at = parent;
        }
        self.heap[at] = item;
    }

    #[inline]
    fn sift_down(&mut self) {
        let len = self.heap.len();
        if len < 2 {
            return;
        }
        let item = self.heap[0];
        let mut at = 0;
        loop {
            let first = at * ARITY + 1;
            if first >= len {
                break;
            }
            let mut child = first;
            let mut least = self.heap[first].key;
            for other in first + 1..len.min(first + ARITY) {
                let key = self.heap[other].key;
                if key < least {
                    (child, least) = (other, key);
                }
            }
            if item.key <= least {
                break;
            }
            self.heap[at] = self.heap[child];
            at = child;
        }
        self.heap[at] = item;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(ms: i64) -> SimTime {
        SimTime::from_ms(ms)
    }

    #[test]
    fn order_is_time_then_phase_then_sequence() {
        let mut agenda = Agenda::default();
        agenda.push(at(5), Phase::Act, 0, 0, 0);
        agenda.push(at(-7), Phase::Observe, 1, 0, 0);
        agenda.push(at(-7), Phase::Act, 2, 0, 0);
        agenda.push(at(-7), Phase::Act, 3, 0, 0);
        agenda.push(at(5), Phase::Inject, 4, 0, 0);
        let order: Vec<u16> =
            std::iter::from_fn(|| agenda.pop()).map(|(item, _)| item.event).collect();
        assert_eq!(order, [2, 3, 1, 4, 0]);
    }

    #[test]
    fn agrees_with_a_sort_on_many_entries() {
        let mut agenda = Agenda::default();
        let mut expected = Vec::new();
        let mut state = 1_u64;
        for i in 0..5_000_u32 {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            let ms = (state >> 54) as i64 - 500;
            agenda.push(at(ms), Phase::Act, 0, i, 0);
            expected.push((ms, i));
        }
        expected.sort_unstable();
        let got: Vec<(i64, u32)> = std::iter::from_fn(|| agenda.pop())
            .map(|(item, _)| (item.time().ms(), item.slot))
            .collect();
        assert_eq!(got, expected);
    }

    #[test]
    fn a_cancelled_entry_is_marked_once() {
        let mut agenda = Agenda::default();
        let first = agenda.push(at(1), Phase::Act, 0, 0, 0);
        agenda.push(at(2), Phase::Act, 1, 0, 0);
        agenda.cancel(first);
        agenda.cancel(first);
        assert!(agenda.pop().unwrap().1);
        // The entry has left the agenda: cancelling it again must not hit a later one.
        agenda.cancel(first);
        assert!(!agenda.pop().unwrap().1);
        assert_eq!(agenda.len(), 0);
    }
}
