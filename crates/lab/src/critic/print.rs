//! Whether two runs are the same: a fingerprint of the journal, from which the entry of one decision can
//! be taken away.

use hotwash_engine::{DECISION_TAKEN, Entry, Simulation, Value};

/// The fingerprint of a run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Print {
    whole: u64,
    /// By decision: what the entry of its answer adds.
    answers: Vec<u64>,
}

impl Print {
    /// Of a run whose journal was recorded.
    pub(super) fn of(sim: &Simulation) -> Self {
        let names: Vec<&str> = sim.decisions().map(|d| d.name.as_str()).collect();
        let mut print = Print { whole: 0, answers: vec![0; names.len()] };
        for entry in sim.journal().entries() {
            let hash = hash_of(entry);
            // A sum does not depend on order, but each entry's number is in its hash.
            print.whole = print.whole.wrapping_add(hash);
            if let Some(decision) = answered(entry, &names) {
                print.answers[decision] = hash;
            }
        }
        print
    }

    /// The whole journal.
    pub(super) fn whole(&self) -> u64 {
        self.whole
    }

    /// All but the entry in which this decision is answered: that one differs by what was chosen.
    pub(super) fn without(&self, decision: usize) -> u64 {
        self.whole.wrapping_sub(self.answers[decision])
    }
}

/// The decision that an entry answers.
fn answered(entry: &Entry, names: &[&str]) -> Option<usize> {
    if entry.kind.name != DECISION_TAKEN.name {
        return None;
    }
    let Some(Value::Text(name)) = entry.field("decision") else { return None };
    names.iter().position(|known| known == name)
}

/// FNV-1a over words, mixed at the end so that sums of hashes do not cancel.
struct Hash(u64);

impl Hash {
    fn word(&mut self, word: u64) {
        for byte in word.to_le_bytes() {
            self.byte(byte);
        }
    }

    fn byte(&mut self, byte: u8) {
        self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }

    fn text(&mut self, text: &str) {
        self.word(text.len() as u64);
        text.bytes().for_each(|byte| self.byte(byte));
    }

    fn value(&mut self, value: &Value) {
        match value {
            Value::Int(n) => self.tagged(1, *n as u64),
            Value::Num(n) => self.tagged(2, n.to_bits()),
            Value::Text(text) => {
                self.byte(3);
                self.text(text);
            }
            Value::Time(at) => self.tagged(4, at.ms() as u64),
            Value::Span(span) => self.tagged(5, span.ms() as u64),
        }
    }

    fn tagged(&mut self, tag: u8, word: u64) {
        self.byte(tag);
        self.word(word);
    }

    fn end(self) -> u64 {
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
}

fn hash_of(entry: &Entry) -> u64 {
    let mut hash = Hash(0xcbf2_9ce4_8422_2325);
    hash.word(u64::from(entry.id.0));
    hash.word(entry.at.ms() as u64);
    hash.word(u64::from(entry.who.0) << 32 | u64::from(entry.cause.0));
    hash.word(u64::from(entry.audience.0));
    hash.text(entry.kind.name);
    entry.milestones.iter().for_each(|milestone| hash.word(u64::from(milestone.0)));
    for (name, value) in &entry.fields {
        hash.text(name);
        hash.value(value);
    }
    hash.end()
}
