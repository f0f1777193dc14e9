//! Events: the typed messages that agents schedule and handle, and where their payloads wait.

use std::any::Any;

use crate::agenda::Phase;

/// Something that falls due on the agenda or is sent at once; handlers are registered by its type.
pub trait Event: Clone + Send + Sync + 'static {
    /// `area.what`, unique in a simulation.
    const NAME: &'static str;
    /// Its place among the entries of one instant.
    const PHASE: Phase = Phase::Act;
    /// Hash of the name; leave as it is.
    const KEY: u64 = event_key(Self::NAME);
}

/// FNV-1a at compile time.
pub const fn event_key(name: &str) -> u64 {
    let bytes = name.as_bytes();
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let mut i = 0;
    while i < bytes.len() {
        hash = (hash ^ bytes[i] as u64).wrapping_mul(0x0000_0100_0000_01b3);
        i += 1;
    }
    hash ^ (hash >> 29)
}

/// Sent to every plugin once, at the start of the lead-in.
#[derive(Clone, Copy, Debug)]
pub struct Start;

impl Event for Start {
    const NAME: &'static str = "engine.start";
    const PHASE: Phase = Phase::Inject;
}

/// Sent once at the end of the run, before the metrics are read.
#[derive(Clone, Copy, Debug)]
pub struct End;

impl Event for End {
    const NAME: &'static str = "engine.end";
    const PHASE: Phase = Phase::Observe;
}

/// Payloads of the pending events of one type.
pub(crate) struct Slab<E> {
    items: Vec<E>,
    free: Vec<u32>,
}

impl<E: Event> Slab<E> {
    pub(crate) fn new() -> Self {
        Slab { items: Vec::new(), free: Vec::new() }
    }

    #[inline]
    pub(crate) fn put(&mut self, event: E) -> u32 {
        if let Some(slot) = self.free.pop() {
            self.items[slot as usize] = event;
            return slot;
        }
        self.items.push(event);
        self.items.len() as u32 - 1
    }

    #[inline]
    pub(crate) fn take(&mut self, slot: u32) -> E {
        if size_of::<E>() != 0 {
            self.free.push(slot);
        }
        self.read(slot)
    }

    /// As [`Slab::take`], but the slot stays taken.
    #[inline]
    pub(crate) fn read(&self, slot: u32) -> E {
        self.items[slot as usize].clone()
    }
}

/// A slab whose event type is forgotten.
pub(crate) trait AnySlab: Any + Send + Sync {
    /// Whether there is anything to clear: an event without fields is stored once and for all.
    fn has_payloads(&self) -> bool;
    fn clear(&mut self);
    fn free(&mut self, slot: u32);
}

impl<E: Event> AnySlab for Slab<E> {
    fn has_payloads(&self) -> bool {
        size_of::<E>() != 0
    }

    fn clear(&mut self) {
        self.items.clear();
        self.free.clear();
    }

    fn free(&mut self, slot: u32) {
        if size_of::<E>() != 0 {
            self.free.push(slot);
        }
    }
}

/// From event keys to the numbers of this simulation: a table without collisions, made once.
#[derive(Debug, Default)]
pub(crate) struct EventIndex {
    table: Vec<(u64, u16)>,
    mask: usize,
}

impl EventIndex {
    pub(crate) const NONE: u16 = u16::MAX;

    pub(crate) fn new(keys: &[u64]) -> Self {
        let mut size = (keys.len() * 2).next_power_of_two().max(8);
        'grow: loop {
            let mask = size - 1;
            let mut table = vec![(0, Self::NONE); size];
            for (number, key) in keys.iter().enumerate() {
                let place = &mut table[*key as usize & mask];
                if place.1 != Self::NONE {
                    size *= 2;
                    assert!(size <= 1 << 24, "two event names hash alike: rename one");
                    continue 'grow;
                }
                *place = (*key, number as u16);
            }
            return EventIndex { table, mask };
        }
    }

    /// The number of the event with this key, or `NONE` when nobody handles it.
    #[inline]
    pub(crate) fn number(&self, key: u64) -> u16 {
        let (found, number) = self.table[key as usize & self.mask];
        if found == key { number } else { Self::NONE }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_index_finds_every_key_and_no_other() {
        let names: Vec<String> = (0..200).map(|i| format!("area.event-{i}")).collect();
        let keys: Vec<u64> = names.iter().map(|n| event_key(n)).collect();
        let index = EventIndex::new(&keys);
        for (i, key) in keys.iter().enumerate() {
            assert_eq!(index.number(*key), i as u16);
        }
        assert_eq!(index.number(event_key("area.unknown")), EventIndex::NONE);
    }
}
