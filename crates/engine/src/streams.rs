//! Chance lives in addressed streams: every draw is (seed, replication, owner, actor, purpose, occurrence).
//!
//! The ChaCha8 key is the seed and the replication, written out; the stream number is a fixed hash
//! of owner, actor and purpose; occurrence `k` is word pair `k` of that stream. That word pair, the
//! *ticket*, seeds a small generator ([`Draw`]) from which one decision takes as many numbers as it
//! likes. No draw moves another: that is what common random numbers need.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

use crate::draw::Draw;

/// Version of the mapping from addresses to draws. Any change to it changes every run.
pub const STREAMS_VERSION: u32 = 1;

/// What makes one run's chance differ from another's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct RunKey {
    /// The seed the user gave, as a number.
    pub seed: u64,
    /// Which member of the ensemble this is; 0 for a single run.
    pub replication: u64,
}

impl RunKey {
    /// Replication 0 of `seed`.
    pub const fn single(seed: u64) -> Self {
        RunKey { seed, replication: 0 }
    }

    fn chacha_key(self) -> [u8; 32] {
        let mut key = [0_u8; 32];
        key[..8].copy_from_slice(&self.seed.to_le_bytes());
        key[8..16].copy_from_slice(&self.replication.to_le_bytes());
        key[16..20].copy_from_slice(&STREAMS_VERSION.to_le_bytes());
        key[24..].copy_from_slice(b"hotwash!");
        key
    }
}

/// Reads a seed: a number, or words such as `calm-otter`, which are hashed.
pub fn parse_seed(text: &str) -> u64 {
    text.parse().unwrap_or_else(|_| address_hash(&[text]))
}

/// A stream's handle; obtained while a simulation is built.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StreamId(u32);

/// The fixed hash of an address: FNV-1a over the parts with a separator, then an avalanche step.
pub(crate) fn address_hash(parts: &[&str]) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for part in parts {
        for byte in part.bytes().chain([0xff]) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }
    hash ^= hash >> 32;
    hash = hash.wrapping_mul(0xd6e8_feb8_6659_fd93);
    hash ^ (hash >> 32)
}

/// Tickets that the generator makes at one go.
const WINDOW: usize = 32;

struct Stream {
    address: u64,
    /// The run that the window is of; filled lazily, so unused streams cost nothing.
    epoch: u32,
    /// Number of the window of occurrences that are at hand.
    window: u64,
    /// Occurrence that the next unaddressed draw takes.
    next: u64,
    tickets: [u64; WINDOW],
}

impl Stream {
    /// The ticket of an occurrence, from the window at hand or a new one.
    #[inline]
    fn ticket(&mut self, occurrence: u64, key: [u8; 32], epoch: u32) -> u64 {
        let window = occurrence / WINDOW as u64;
        if self.epoch != epoch || self.window != window {
            self.fill(window, key, epoch);
        }
        self.tickets[occurrence as usize % WINDOW]
    }

    #[cold]
    fn fill(&mut self, window: u64, key: [u8; 32], epoch: u32) {
        if self.epoch != epoch {
            self.epoch = epoch;
            self.next = 0;
        }
        self.window = window;
        let mut generator = ChaCha8Rng::from_seed(key);
        generator.set_stream(self.address);
        generator.set_word_pos(u128::from(window) * 2 * WINDOW as u128);
        self.tickets.fill_with(|| generator.next_u64());
    }
}

/// All streams of a simulation.
pub(crate) struct Streams {
    key: [u8; 32],
    epoch: u32,
    table: Vec<Stream>,
    names: Vec<String>,
    log: Option<Vec<DrawRecord>>,
}

/// One ticket taken, for tests that compare which draws two runs made.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct DrawRecord {
    /// `owner/actor/purpose`.
    pub stream: String,
    /// Which ticket of the stream.
    pub occurrence: u64,
    /// Its value.
    pub ticket: u64,
    /// Simulated milliseconds since STARTEX when it was taken.
    pub at_ms: i64,
}

impl Streams {
    pub(crate) fn new() -> Self {
        Streams {
            key: RunKey::single(0).chacha_key(),
            // No stream's window is of this run yet.
            epoch: 1,
            table: Vec::new(),
            names: Vec::new(),
            log: None,
        }
    }

    /// Adds a stream.
    ///
    /// # Errors
    /// When the address is taken, or hashes like another.
    pub(crate) fn add(
        &mut self,
        owner: &str,
        actor: &str,
        purpose: &str,
    ) -> Result<StreamId, String> {
        let address = address_hash(&[owner, actor, purpose]);
        let name = format!("{owner}/{actor}/{purpose}");
        if let Some(twin) = self.table.iter().position(|s| s.address == address) {
            return Err(format!("stream `{name}` has the address of `{}`", self.names[twin]));
        }
        self.table.push(Stream { address, epoch: 0, window: 0, next: 0, tickets: [0; WINDOW] });
        self.names.push(name);
        Ok(StreamId(self.table.len() as u32 - 1))
    }

    pub(crate) fn start(&mut self, key: RunKey) {
        self.key = key.chacha_key();
        self.epoch = self.epoch.wrapping_add(1);
        if self.epoch == 0 {
            // After 2^32 runs epochs repeat; forget what was keyed long ago.
            self.epoch = 1;
            for stream in &mut self.table {
                stream.epoch = 0;
            }
        }
        if let Some(log) = &mut self.log {
            log.clear();
        }
    }

    pub(crate) fn record(&mut self, on: bool) {
        self.log = on.then(Vec::new);
    }

    #[inline]
    pub(crate) fn is_recording(&self) -> bool {
        self.log.is_some()
    }

    pub(crate) fn records(&self) -> &[DrawRecord] {
        self.log.as_deref().unwrap_or_default()
    }

    /// The next ticket of a stream.
    #[inline]
    pub(crate) fn draw(&mut self, id: StreamId, at_ms: i64) -> Draw {
        let stream = &mut self.table[id.0 as usize];
        let occurrence = if stream.epoch == self.epoch { stream.next } else { 0 };
        let ticket = stream.ticket(occurrence, self.key, self.epoch);
        stream.next = occurrence + 1;
        self.take(id, occurrence, ticket, at_ms)
    }

    /// Ticket number `occurrence` of a stream, whatever was drawn before. A look-up, unless it is not
    /// among the same 32 as the last.
    #[inline]
    pub(crate) fn draw_at(&mut self, id: StreamId, occurrence: u64, at_ms: i64) -> Draw {
        let ticket = self.table[id.0 as usize].ticket(occurrence, self.key, self.epoch);
        self.take(id, occurrence, ticket, at_ms)
    }

    #[inline]
    fn take(&mut self, id: StreamId, occurrence: u64, ticket: u64, at_ms: i64) -> Draw {
        if self.log.is_some() {
            self.write_down(id, occurrence, ticket, at_ms);
        }
        Draw::new(ticket)
    }

    #[cold]
    fn write_down(&mut self, id: StreamId, occurrence: u64, ticket: u64, at_ms: i64) {
        let stream = self.names[id.0 as usize].clone();
        self.log.get_or_insert_default().push(DrawRecord { stream, occurrence, ticket, at_ms });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(key: RunKey, purpose: &str, occurrence: u64) -> u64 {
        let mut streams = Streams::new();
        let id = streams.add("plugin", "actor", purpose).unwrap();
        streams.start(key);
        streams.draw_at(id, occurrence, 0).bits()
    }

    #[test]
    fn live_and_addressed_draws_agree() {
        let mut streams = Streams::new();
        let id = streams.add("soc", "analyst-1", "triage").unwrap();
        streams.start(RunKey::single(7));
        let live: Vec<u64> = (0..200).map(|_| streams.draw(id, 0).bits()).collect();
        for k in [199, 3, 64, 65, 0, 128] {
            assert_eq!(streams.draw_at(id, k, 0).bits(), live[k as usize], "occurrence {k}");
        }
        // In whatever order they are asked for, near and far, at both ends of what can be addressed.
        let far = [u64::MAX, 7, u64::MAX - 40, 8, 1 << 32, 39, 31, 32, (1 << 32) + 31, 0, u64::MAX];
        let key = RunKey::single(7);
        streams.start(key);
        for k in far {
            let alone = address_hash(&["soc", "analyst-1", "triage"]);
            let mut generator = ChaCha8Rng::from_seed(key.chacha_key());
            generator.set_stream(alone);
            generator.set_word_pos(u128::from(k) * 2);
            let ticket = Draw::new(generator.next_u64()).bits();
            assert_eq!(streams.draw_at(id, k, 0).bits(), ticket, "occurrence {k}");
        }
        // An addressed draw does not move the live ones.
        streams.start(RunKey::single(7));
        streams.draw_at(id, 500, 0);
        assert_eq!(streams.draw(id, 0).bits(), live[0]);
    }

    #[test]
    fn every_part_of_the_address_matters() {
        let base = first(RunKey::single(1), "a", 0);
        assert_eq!(base, first(RunKey::single(1), "a", 0));
        assert_ne!(base, first(RunKey::single(2), "a", 0));
        assert_ne!(base, first(RunKey { seed: 1, replication: 1 }, "a", 0));
        assert_ne!(base, first(RunKey::single(1), "b", 0));
        assert_ne!(base, first(RunKey::single(1), "a", 1));
    }

    #[test]
    fn separators_keep_addresses_apart() {
        assert_ne!(address_hash(&["ab", "c"]), address_hash(&["a", "bc"]));
        let mut streams = Streams::new();
        streams.add("a", "b", "c").unwrap();
        assert!(streams.add("a", "b", "c").unwrap_err().contains("a/b/c"));
    }

    #[test]
    fn the_mapping_is_pinned() {
        // Changing these numbers changes every run: bump STREAMS_VERSION.
        assert_eq!(address_hash(&["soc", "analyst-1", "triage"]), 1_035_988_315_466_323_103);
        assert_eq!(
            first(RunKey { seed: 42, replication: 3 }, "pin", 9),
            10_675_260_630_373_944_288
        );
    }

    #[test]
    fn seeds_are_numbers_or_words() {
        assert_eq!(parse_seed("42"), 42);
        assert_eq!(parse_seed("calm-otter"), parse_seed("calm-otter"));
        assert_ne!(parse_seed("calm-otter"), parse_seed("calm-otters"));
    }
}
