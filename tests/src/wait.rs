//! Waiting for other programs: the only place of the tests that reads a clock.

use std::thread;
use std::time::{Duration, Instant};

/// How often something is looked at again.
const EVERY: Duration = Duration::from_millis(20);

/// Measures how long something takes.
#[derive(Clone, Copy, Debug)]
pub struct Stopwatch(Instant);

impl Stopwatch {
    /// Starts it.
    #[expect(clippy::disallowed_methods, reason = "browsers and servers take real time")]
    pub fn start() -> Self {
        Stopwatch(Instant::now())
    }

    /// How long ago it was started.
    pub fn read(&self) -> Duration {
        self.0.elapsed()
    }

    /// How much later this one was started than another; nothing where it was earlier.
    pub fn after(&self, other: &Stopwatch) -> Duration {
        self.0.saturating_duration_since(other.0)
    }
}

/// Looks again and again until there is something, or the time is up.
pub fn poll<T>(limit: Duration, mut look: impl FnMut() -> Option<T>) -> Option<T> {
    let watch = Stopwatch::start();
    loop {
        if let Some(found) = look() {
            return Some(found);
        }
        if watch.read() > limit {
            return None;
        }
        thread::sleep(EVERY);
    }
}
