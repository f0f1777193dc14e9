//! Token buckets: how often somebody may try.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::time::{Duration, Instant};

/// Buckets by key, of which there are never more than `most`.
#[derive(Debug)]
pub(crate) struct Buckets<K> {
    burst: f64,
    per_second: f64,
    most: usize,
    /// What is left, and when that was.
    left: BTreeMap<K, (f64, Instant)>,
}

impl<K: Ord + Clone> Buckets<K> {
    pub(crate) fn new(burst: u32, per_second: f64, most: usize) -> Self {
        Buckets { burst: f64::from(burst), per_second, most, left: BTreeMap::new() }
    }

    /// How long somebody has to wait; nothing when they may try now. Takes nothing.
    pub(crate) fn wait(&self, key: &K, now: Instant) -> Option<Duration> {
        let left = self.level(key, now);
        (left < 1.0).then(|| Duration::from_secs_f64((1.0 - left) / self.per_second))
    }

    /// Takes one, or says how long to wait for it.
    pub(crate) fn take(&mut self, key: &K, now: Instant) -> Result<(), Duration> {
        if let Some(wait) = self.wait(key, now) {
            return Err(wait);
        }
        let left = self.level(key, now) - 1.0;
        if !self.left.contains_key(key) && self.left.len() >= self.most {
            self.make_room(now);
        }
        self.left.insert(key.clone(), (left, now));
        Ok(())
    }

    fn level(&self, key: &K, now: Instant) -> f64 {
        self.left.get(key).map_or(self.burst, |(left, then)| {
            let grown = now.saturating_duration_since(*then).as_secs_f64() * self.per_second;
            (left + grown).min(self.burst)
        })
    }

    /// Forgets the full ones, which change nothing, or else the one that was used the longest ago.
    fn make_room(&mut self, now: Instant) {
        let full: Vec<K> =
            self.left.keys().filter(|k| self.level(k, now) >= self.burst).cloned().collect();
        for key in &full {
            self.left.remove(key);
        }
        if full.is_empty() {
            let oldest = self.left.iter().min_by_key(|(_, (_, then))| *then);
            let oldest = oldest.map(|(key, _)| key.clone());
            oldest.and_then(|key| self.left.remove(&key));
        }
    }
}

/// Whoever shares this has one bucket: a host may have as many addresses in an IPv6 network as it likes.
pub(crate) fn network(ip: IpAddr) -> [u8; 8] {
    let mut out = [0; 8];
    match ip.to_canonical() {
        IpAddr::V4(ip) => out[4..].copy_from_slice(&ip.octets()),
        IpAddr::V6(ip) => out.copy_from_slice(&ip.octets()[..8]),
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_bucket_fills_again() {
        let mut buckets = Buckets::new(2, 0.5, 8);
        let start = crate::wall::now();
        assert!(buckets.take(&1, start).is_ok() && buckets.take(&1, start).is_ok());
        assert_eq!(buckets.take(&1, start), Err(Duration::from_secs(2)));
        assert!(buckets.take(&2, start).is_ok(), "another's bucket is another");
        assert!(buckets.take(&1, start + Duration::from_secs(2)).is_ok());
    }

    #[test]
    fn there_are_never_more_than_so_many() {
        let mut buckets = Buckets::new(1, 0.001, 8);
        let start = crate::wall::now();
        for key in 0..100 {
            assert!(buckets.take(&key, start + Duration::from_millis(key)).is_ok());
        }
        assert!(buckets.left.len() <= 8);
        assert!(buckets.take(&99, start + Duration::from_millis(100)).is_err());
    }
}
