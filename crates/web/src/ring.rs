//! Whose browsers listen, and what each has yet to be told.
//!
//! What has changed is gathered per browser, so that a slow one is told once of many changes and
//! nothing piles up.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;

use crate::panels::Panel;

/// Streams of one person: tabs, and what a changed network left hanging.
const PER_PERSON: usize = 6;

/// One browser's stream of events.
#[derive(Debug)]
pub(crate) struct Feed {
    pub(crate) person: String,
    changed: Mutex<(u64, BTreeSet<Panel>)>,
    is_over: AtomicBool,
    news: Notify,
}

impl Feed {
    /// Something has changed.
    pub(crate) fn tell(&self, version: u64, panels: impl IntoIterator<Item = Panel>) {
        let mut changed = held(&self.changed);
        changed.0 = version;
        changed.1.extend(panels);
        drop(changed);
        self.news.notify_one();
    }

    /// What has changed since the last time, if anything has.
    pub(crate) fn take(&self) -> Option<(u64, BTreeSet<Panel>)> {
        let mut changed = held(&self.changed);
        let panels = std::mem::take(&mut changed.1);
        (!panels.is_empty()).then_some((changed.0, panels))
    }

    /// Waits for news.
    pub(crate) async fn news(&self) {
        self.news.notified().await;
    }

    /// Whether the stream is to end: the same person has too many.
    pub(crate) fn is_over(&self) -> bool {
        self.is_over.load(Ordering::Relaxed)
    }
}

/// All streams of a room.
#[derive(Debug, Default)]
pub(crate) struct Ring {
    feeds: Mutex<Vec<Arc<Feed>>>,
}

impl Ring {
    /// A new stream; and whether its person was not there before.
    pub(crate) fn enter(&self, person: &str) -> (Arc<Feed>, bool) {
        let feed = Arc::new(Feed {
            person: person.to_owned(),
            changed: Mutex::default(),
            is_over: AtomicBool::new(false),
            news: Notify::new(),
        });
        let mut feeds = held(&self.feeds);
        let own: Vec<usize> =
            (0..feeds.len()).filter(|i| feeds[*i].person == feed.person).collect();
        if own.len() >= PER_PERSON {
            let oldest = feeds.remove(own[0]);
            oldest.is_over.store(true, Ordering::Relaxed);
            oldest.news.notify_one();
        }
        feeds.push(feed.clone());
        (feed, own.is_empty())
    }

    /// A stream has ended; says whether its person has no other.
    pub(crate) fn leave(&self, feed: &Arc<Feed>) -> bool {
        let mut feeds = held(&self.feeds);
        feeds.retain(|f| !Arc::ptr_eq(f, feed));
        !feeds.iter().any(|f| f.person == feed.person)
    }

    /// All streams.
    pub(crate) fn feeds(&self) -> Vec<Arc<Feed>> {
        held(&self.feeds).clone()
    }

    /// Ids of people who listen, each once.
    pub(crate) fn present(&self) -> Vec<String> {
        let people: BTreeSet<String> = held(&self.feeds).iter().map(|f| f.person.clone()).collect();
        people.into_iter().collect()
    }
}

/// The lock of something that is whole at any instant, so that a panic elsewhere has not hurt it.
pub(crate) fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_person_cannot_take_all_streams() {
        let ring = Ring::default();
        let (first, is_new) = ring.enter("p1");
        assert!(is_new);
        for _ in 0..PER_PERSON {
            let _ = ring.enter("p1");
        }
        assert!(first.is_over());
        assert_eq!(ring.feeds().len(), PER_PERSON);
        assert_eq!(ring.present(), ["p1"]);
    }

    #[test]
    fn many_changes_are_told_once() {
        let ring = Ring::default();
        let (feed, _) = ring.enter("p1");
        feed.tell(1, ["cards", "inbox"]);
        feed.tell(2, ["cards"]);
        let (version, panels) = feed.take().unwrap();
        assert_eq!((version, panels.len()), (2, 2));
        assert_eq!(feed.take(), None);
        assert!(ring.leave(&feed));
    }
}
