//! Five generators, one for each purpose, of the kind that ixa's own streams are.

use ixa::rand::SeedableRng;
use ixa::rand::rngs::SmallRng;

/// The generators of a run.
pub(crate) struct Chance {
    pub(crate) intruder: SmallRng,
    pub(crate) noise: SmallRng,
    pub(crate) triage: SmallRng,
    pub(crate) customers: SmallRng,
    pub(crate) press: SmallRng,
}

impl Chance {
    /// Those of one replication.
    pub(crate) fn new(seed: u64, replication: u64) -> Self {
        let mut seeds =
            SmallRng::seed_from_u64(seed.wrapping_mul(1 << 32).wrapping_add(replication));
        let mut next = || SmallRng::from_rng(&mut seeds);
        Chance { intruder: next(), noise: next(), triage: next(), customers: next(), press: next() }
    }
}
