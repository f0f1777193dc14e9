//! The hot wash of a room: computed while people stretch, shown as it sharpens, then written down.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::{Duration, Instant};

use hotwash_exercise::debrief::{self, DEFAULT_FUTURES, ForkStudy, Story, Worth};
use hotwash_lab::{Conduct, Round, Shard, Study};

use super::Room;
use crate::house::Found;
use crate::panels;
use crate::ring::held;
use crate::wall;

/// How often browsers are told of better figures.
const TELL: Duration = Duration::from_millis(500);

/// How far the hot wash has come.
#[derive(Clone)]
pub(super) struct Washed {
    pub(super) story: Arc<Story>,
    pub(super) worth: Option<Arc<Worth>>,
    pub(super) is_running: bool,
}

/// Begins the hot wash of a session that has ended, on a thread of its own.
pub(super) fn begin(room: &Arc<Room>) {
    let own = room.clone();
    let work = move || {
        // People wait for this page: it must not say for ever that figures are being computed.
        if catch_unwind(AssertUnwindSafe(|| own.wash())).is_err() {
            own.house.tell(&format!("session {}: the hot wash broke off; this is a bug", own.id));
            let shown = held(&own.wash).clone();
            if let Some(washed) = shown {
                own.show(Washed { is_running: false, ..washed });
            }
        }
    };
    let spawned = std::thread::Builder::new().name("hot-wash".to_owned()).spawn(work);
    if let Err(error) = spawned {
        room.house.tell(&format!("session {}: no hot wash: {error}", room.id));
    }
}

/// The study, telling of each better finding.
struct Sharpened<'a> {
    study: ForkStudy,
    tell: &'a mut dyn FnMut(&ForkStudy),
}

impl Study for Sharpened<'_> {
    type Job = <ForkStudy as Study>::Job;

    fn next_round(&mut self) -> Option<Round<Self::Job>> {
        self.study.next_round()
    }

    fn absorb(&mut self, batch: u64, numbers: &[f64]) {
        self.study.absorb(batch, numbers);
        (self.tell)(&self.study);
    }
}

impl Room {
    fn wash(&self) {
        let (plan, story, study) = self.read(|session| {
            let story = Arc::new(debrief::story(session));
            (session.plan().clone(), story, ForkStudy::new(session, DEFAULT_FUTURES))
        });
        self.show(Washed { story: story.clone(), worth: None, is_running: true });
        let mut told: Option<Instant> = None;
        let mut tell = |study: &ForkStudy| {
            let now = wall::now();
            if told.is_none_or(|then| now.duration_since(then) >= TELL) {
                told = Some(now);
                let worth = Some(Arc::new(study.finding()));
                self.show(Washed { story: story.clone(), worth, is_running: true });
            }
        };
        let mut sharpened = Sharpened { study, tell: &mut tell };
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        let ended = hotwash_lab::conduct(
            &mut sharpened,
            &mut Conduct {
                scenario: &plan.scenario,
                threads,
                shard: Shard::WHOLE,
                log: None,
                stop: &self.stop,
                progress: &mut |_| {},
            },
        );
        let worth = Arc::new(sharpened.study.finding());
        match ended {
            Ok(hotwash_lab::Ended::Complete) => self.write(&plan, &story, &worth),
            Ok(hotwash_lab::Ended::Stopped) => {}
            Err(error) => self.house.tell(&format!("session {}: the hot wash: {error}", self.id)),
        }
        // Last, since the page then offers the documents.
        self.show(Washed { story, worth: Some(worth), is_running: false });
    }

    fn show(&self, washed: Washed) {
        *held(&self.wash) = Some(washed);
        self.publish(&mut self.table(), panels::WASH);
    }

    /// Has the documents written, unless they were when the session ended.
    fn write(&self, plan: &hotwash_exercise::Plan, story: &Story, worth: &Worth) {
        if self.files().is_empty() {
            let questions = debrief::questions(story, Some(worth));
            let found = Found { plan, story, worth: Some(worth), questions: &questions };
            if let Err(error) = self.house.report(&self.id, found) {
                self.house.tell(&format!("session {}: the report: {error}", self.id));
            }
            *held(&self.files) = self.house.files(&self.id);
        }
    }
}
