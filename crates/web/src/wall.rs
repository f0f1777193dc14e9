//! The wall clock, read in one place.

use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// Milliseconds since 1970.
#[expect(clippy::disallowed_methods, reason = "people live by the wall clock; records say when")]
pub(crate) fn now_ms() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or(Duration::ZERO);
    since.as_millis() as i64
}

/// Now, for measuring how long something takes.
#[expect(clippy::disallowed_methods, reason = "the exercise's clock runs by the wall clock")]
pub(crate) fn now() -> Instant {
    Instant::now()
}
