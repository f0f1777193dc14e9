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

/// Two words, so that the four children of a place in the heap take one line of the cache, or two, and
/// none is read in wider pieces than it was written in, which processors are slow at.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Item {
    key: u64,
    /// The event's number, where its payload lies in its slab, and the journal entry that led here.
    what: u64,
}

const SEQUENCE_BITS: u32 = 22;
const PHASE_BITS: u32 = 2;
const TIME_SHIFT: u32 = SEQUENCE_BITS + PHASE_BITS;
const SLOT_BITS: u32 = 22;
const TIME_BIAS: i64 = 1 << 39;
const ARITY: usize = 4;

impl Item {
    pub(crate) fn time(&self) -> SimTime {
        SimTime::from_ms((self.key >> TIME_SHIFT) as i64 - TIME_BIAS)
    }

    /// The event's number.
    #[inline]
    pub(crate) fn event(&self) -> u16 {
        (self.what >> (32 + SLOT_BITS)) as u16
    }

    /// Where the event's payload lies in its slab.
    #[inline]
    pub(crate) fn slot(&self) -> u32 {
        (self.what >> 32) as u32 & ((1 << SLOT_BITS) - 1)
    }

    /// The journal entry that led here.
    #[inline]
    pub(crate) fn cause(&self) -> u32 {
        self.what as u32
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
    /// One bit per sequence number; empty in a run that has cancelled nothing. Numbers are not used
    /// twice in a run, so the bit of an entry that had run already does no harm.
    cancelled: Vec<u64>,
}

impl Agenda {
    /// How many kinds of events a simulation may have, the engine's own included.
    pub(crate) const EVENTS: usize = 1 << (32 - SLOT_BITS);

    /// How many entries one run may schedule. More is a runaway model.
    pub(crate) const CAPACITY: u32 = (1 << SEQUENCE_BITS) - 1;

    pub(crate) fn clear(&mut self) {
        self.heap.clear();
        self.sequence = 0;
        self.cancelled.clear();
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

    #[inline(always)]
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
        assert!(slot < 1 << SLOT_BITS, "more than four million payloads of an event wait");
        let what = u64::from(event) << (32 + SLOT_BITS) | u64::from(slot) << 32 | u64::from(cause);
        let item = Item { key, what };
        self.heap.push(item);
        self.sift_up(item);
        EntryId(sequence)
    }

    #[inline]
    pub(crate) fn peek(&self) -> Option<SimTime> {
        self.heap.first().map(Item::time)
    }

    /// The next entry, if it is due by then. It may have been cancelled.
    #[inline]
    pub(crate) fn pop_due(&mut self, by: SimTime) -> Option<Item> {
        let top = *self.heap.first()?;
        if top.time() > by {
            return None;
        }
        if let Some(last) = self.heap.pop()
            && !self.heap.is_empty()
        {
            self.sift_down(last);
        }
        Some(top)
    }

    /// Whether an entry that has left the agenda was cancelled; its payload must still be freed.
    #[inline]
    pub(crate) fn was_cancelled(&self, item: &Item) -> bool {
        !self.cancelled.is_empty() && self.has_cancelled(item.sequence())
    }

    fn has_cancelled(&self, sequence: u32) -> bool {
        let word = self.cancelled.get(sequence as usize / 64);
        word.is_some_and(|word| word & (1 << (sequence % 64)) != 0)
    }

    /// Takes an entry off the agenda. An entry that has run already is left alone.
    pub(crate) fn cancel(&mut self, id: EntryId) {
        let word = id.0 as usize / 64;
        if self.cancelled.len() <= word {
            self.cancelled.resize(word + 1, 0);
        }
        self.cancelled[word] |= 1 << (id.0 % 64);
    }

    /// Puts an item where the last place of the heap has been made free.
    #[inline]
    fn sift_up(&mut self, item: Item) {
        let heap = &mut self.heap[..];
        let mut at = heap.len() - 1;
        while at > 0 {
            let parent = (at - 1) / ARITY;
            if heap[parent].key <= item.key {
                break;
            }
            heap[at] = heap[parent];
            at = parent;
        }
        heap[at] = item;
    }

    /// Puts an item where the top of the heap has been taken.
    #[inline]
    fn sift_down(&mut self, item: Item) {
        let heap = &mut self.heap[..];
        let mut at = 0;
        loop {
            let first = at * ARITY + 1;
            let Some(children) = heap.get(first..heap.len().min(first + ARITY)) else { break };
            let Some((eldest, others)) = children.split_first() else { break };
            let (mut child, mut least) = (first, eldest.key);
            for (other, item) in others.iter().enumerate() {
                if item.key < least {
                    (child, least) = (first + 1 + other, item.key);
                }
            }
            if item.key <= least {
                break;
            }
            heap[at] = heap[child];
            at = child;
        }
        heap[at] = item;
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
            std::iter::from_fn(|| agenda.pop_due(at(5))).map(|item| item.event()).collect();
        // What lies later than asked stays.
        agenda.push(at(7), Phase::Act, 5, 0, 0);
        assert!(agenda.pop_due(at(6)).is_none());
        assert_eq!(agenda.len(), 1);
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
        let got: Vec<(i64, u32)> = std::iter::from_fn(|| agenda.pop_due(at(1_000)))
            .map(|item| (item.time().ms(), item.slot()))
            .collect();
        assert_eq!(got, expected);
    }

    #[test]
    fn only_the_entry_cancelled_is_marked() {
        let mut agenda = Agenda::default();
        let first = agenda.push(at(1), Phase::Act, 0, 0, 0);
        agenda.push(at(2), Phase::Act, 1, 0, 0);
        agenda.cancel(first);
        agenda.cancel(first);
        let popped = agenda.pop_due(at(9)).unwrap();
        assert!(agenda.was_cancelled(&popped));
        // The entry has left the agenda: cancelling it again must not hit a later one.
        agenda.cancel(first);
        let popped = agenda.pop_due(at(9)).unwrap();
        assert!(!agenda.was_cancelled(&popped));
        assert_eq!(agenda.len(), 0);
    }
}
