//! The services a handler may use: time, agenda, chance, journal, milestones, registered numbers.

use std::any::Any;
use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::actor::ActorId;
use crate::agenda::{Agenda, EntryId};
use crate::calendar::Calendar;
use crate::decision::OrderBox;
use crate::director::Director;
use crate::draw::Draw;
use crate::event::{AnySlab, Event, EventIndex, Slab};
use crate::fault::Fault;
use crate::journal::{Entry, Journal, Kind, Note, NoteId};
use crate::milestone::{MilestoneId, Milestones};
use crate::param::{Dist, ParamId, Reading, Unit};
use crate::plugin::Problem;
use crate::streams::{DrawRecord, RunKey, StreamId, Streams};
use crate::time::{SimDuration, SimTime};

/// A message waiting to be handled at this instant.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pending {
    pub(crate) event: u16,
    pub(crate) slot: u32,
    pub(crate) cause: u32,
}

/// A registered number's distribution and the value drawn for the run, if any.
#[derive(Debug)]
pub(crate) struct ParamSlot {
    pub(crate) dist: Dist,
    /// What runs have in place of a draw, when the number is bent.
    pub(crate) held: Option<f64>,
    pub(crate) occurrence: u64,
    epoch: u32,
    value: f64,
    /// Whether this run drew it from case to case; kept only while draws are recorded.
    is_sampled: AtomicBool,
}

impl ParamSlot {
    pub(crate) fn new(dist: Dist, occurrence: u64) -> Self {
        let is_sampled = AtomicBool::new(false);
        ParamSlot { dist, held: None, occurrence, epoch: 0, value: 0.0, is_sampled }
    }
}

/// Everything of a run that is not the state of an actor.
pub struct Cx {
    pub(crate) now: SimTime,
    pub(crate) horizon: SimTime,
    pub(crate) calendar: Calendar,
    pub(crate) agenda: Agenda,
    pub(crate) soon: VecDeque<Pending>,
    pub(crate) slabs: Vec<Box<dyn AnySlab>>,
    /// Numbers of the events that have fields.
    pub(crate) payloads: Vec<u16>,
    /// Whether the one value of an event without fields is in its slab, by event number.
    pub(crate) is_stored: Vec<bool>,
    pub(crate) index: EventIndex,
    pub(crate) streams: Streams,
    pub(crate) params: Vec<ParamSlot>,
    pub(crate) param_stream: StreamId,
    pub(crate) epoch: u32,
    pub(crate) milestones: Milestones,
    pub(crate) director: Director,
    pub(crate) journal: Option<Journal>,
    pub(crate) notes: u32,
    pub(crate) cause: u32,
    pub(crate) entries_run: u64,
    /// What the run cannot go on for; taken after the handlers of the event.
    pub(crate) failed: Option<Box<Fault>>,
}

impl Cx {
    /// The current instant.
    #[inline]
    pub fn now(&self) -> SimTime {
        self.now
    }

    /// When the run ends.
    pub fn horizon(&self) -> SimTime {
        self.horizon
    }

    /// Civil time and business hours.
    pub fn calendar(&self) -> &Calendar {
        &self.calendar
    }

    /// Schedules an event `delay` from now; at once when the delay is negative. An event that no
    /// plugin handles is dropped: a plugin may be left out of a simulation.
    #[inline]
    pub fn after<E: Event>(&mut self, delay: SimDuration, event: E) -> Option<EntryId> {
        self.at(self.now + delay, event)
    }

    /// Schedules an event at an instant; at once when the instant has passed.
    #[inline]
    pub fn at<E: Event>(&mut self, at: SimTime, event: E) -> Option<EntryId> {
        let number = self.index.number(E::KEY);
        if number == EventIndex::NONE {
            return None;
        }
        let slot = self.store(number, event);
        Some(self.agenda.push(at.max(self.now), E::PHASE, number, slot, self.cause))
    }

    /// Sends an event: it is handled at this instant, after the handlers that run now and before
    /// anything else on the agenda, in the order sent.
    #[inline]
    pub fn send<E: Event>(&mut self, event: E) {
        let number = self.index.number(E::KEY);
        if number != EventIndex::NONE {
            let slot = self.store(number, event);
            self.soon.push_back(Pending { event: number, slot, cause: self.cause });
        }
    }

    /// Carries out orders that the scenario has prepared: see [`SimBuilder::prepared`].
    ///
    /// [`SimBuilder::prepared`]: crate::SimBuilder::prepared
    pub fn give(&mut self, orders: &[OrderBox]) {
        for order in orders {
            order.send(self);
        }
    }

    /// Stops the run: the author gave something that cannot go on, which showed only now (a script that
    /// failed). The first who says so is heard; what the handler does after it is lost.
    pub fn fail(&mut self, problem: Problem) {
        let at = self.now;
        self.failed
            .get_or_insert_with(|| Box::new(Fault::Author { problem: Box::new(problem), at }));
    }

    /// A handler could not run, for its parameters are not to be had.
    #[cold]
    pub(crate) fn cannot_handle<E: Event>(&mut self, handler: &str, why: &dyn std::fmt::Display) {
        let message = format!("handler `{handler}` of {}: {why}", E::NAME);
        let at = self.now;
        self.failed.get_or_insert_with(|| Box::new(Fault::Handler { message, at }));
    }

    /// Hands the services over to something that has to own what it works with, such as a script's
    /// interpreter, and takes them back after it. What it does with them is done by this handler.
    pub fn lend<R>(&mut self, work: impl FnOnce(Cx) -> (Cx, R)) -> R {
        let (back, result) = work(std::mem::replace(self, Cx::none(self.param_stream)));
        *self = back;
        result
    }

    /// What stands in the place of services that are lent. It allocates nothing.
    fn none(param_stream: StreamId) -> Cx {
        Cx {
            now: SimTime::STARTEX,
            horizon: SimTime::STARTEX,
            calendar: Calendar::none(),
            agenda: Agenda::default(),
            soon: VecDeque::new(),
            slabs: Vec::new(),
            payloads: Vec::new(),
            is_stored: Vec::new(),
            index: EventIndex::default(),
            streams: Streams::new(),
            params: Vec::new(),
            param_stream,
            epoch: 0,
            milestones: Milestones::default(),
            director: Director::default(),
            journal: None,
            notes: 0,
            cause: 0,
            entries_run: 0,
            failed: None,
        }
    }

    /// Takes an entry off the agenda, if it is still there.
    pub fn cancel(&mut self, entry: EntryId) {
        self.agenda.cancel(entry);
    }

    #[inline]
    fn store<E: Event>(&mut self, number: u16, event: E) -> u32 {
        // All values of a type without fields are alike: once one is there, nothing is to be stored.
        if size_of::<E>() == 0 && std::mem::replace(&mut self.is_stored[usize::from(number)], true)
        {
            return 0;
        }
        self.slab::<E>(number).put(event)
    }

    #[inline]
    pub(crate) fn slab<E: Event>(&mut self, number: u16) -> &mut Slab<E> {
        let any: &mut dyn Any = &mut *self.slabs[usize::from(number)];
        match any.downcast_mut() {
            Some(slab) => slab,
            None => unreachable!("event {} shares its name with another type", E::NAME),
        }
    }

    /// The next ticket of a stream.
    #[inline]
    pub fn draw(&mut self, stream: StreamId) -> Draw {
        self.streams.draw(stream, self.now.ms())
    }

    /// The ticket of a stream with a logical number (a day, a week, a customer), so that what was
    /// drawn before does not matter.
    pub fn draw_at(&mut self, stream: StreamId, occurrence: u64) -> Draw {
        self.streams.draw_at(stream, occurrence, self.now.ms())
    }

    /// A registered number as this run drew it: one value for the whole run, the same whoever asks
    /// first.
    #[inline]
    pub fn value<U: Unit>(&mut self, param: ParamId<U>) -> f64 {
        let slot = &self.params[param.index as usize];
        if slot.epoch == self.epoch { slot.value } else { self.draw_value(param) }
    }

    /// The value is asked for the first time in this run.
    #[cold]
    fn draw_value<U: Unit>(&mut self, param: ParamId<U>) -> f64 {
        let slot = &self.params[param.index as usize];
        let value = match (slot.held, &slot.dist) {
            (Some(value), _) => value,
            (None, Dist::Fixed(value)) => *value,
            (None, _) => {
                let mut draw =
                    self.streams.draw_at(self.param_stream, slot.occurrence, self.now.ms());
                self.params[param.index as usize].dist.sample(&mut draw).clamp(U::MIN, U::MAX)
            }
        };
        let slot = &mut self.params[param.index as usize];
        slot.epoch = self.epoch;
        slot.value = value;
        value
    }

    /// As [`Cx::value`], for a number that is a length of time.
    pub fn value_span<U: Unit>(&mut self, param: ParamId<U>) -> SimDuration {
        SimDuration::from_ms((self.value(param) * U::MS).round() as i64)
    }

    /// A fresh draw of a registered number, for what varies from case to case within a run.
    #[inline]
    pub fn sample<U: Unit>(&self, param: ParamId<U>, draw: &mut Draw) -> f64 {
        let slot = &self.params[param.index as usize];
        if self.streams.is_recording() {
            slot.is_sampled.store(true, Ordering::Relaxed);
        }
        slot.dist.sample(draw).clamp(U::MIN, U::MAX)
    }

    /// What this run has made of a number so far.
    pub(crate) fn reading(&self, number: usize) -> Reading {
        let slot = &self.params[number];
        if slot.is_sampled.load(Ordering::Relaxed) {
            Reading::FromCaseToCase
        } else if slot.epoch == self.epoch {
            Reading::Once(slot.value)
        } else {
            Reading::Never
        }
    }

    /// As [`Cx::sample`], for a number that is a length of time.
    pub fn sample_span<U: Unit>(&self, param: ParamId<U>, draw: &mut Draw) -> SimDuration {
        SimDuration::from_ms((self.sample(param, draw) * U::MS).round() as i64)
    }

    /// Writes an entry into the journal. Its cause is what this handler wrote last or, before that,
    /// what led to this handler. What the handler schedules from here on has this entry as cause.
    #[inline]
    pub fn note(
        &mut self,
        kind: &'static Kind,
        who: ActorId,
        write: impl FnOnce(Note<'_>) -> Note<'_>,
    ) -> NoteId {
        self.notes += 1;
        if self.journal.is_some() {
            self.write_note(kind, who, write);
        }
        self.cause = self.notes;
        NoteId(self.notes)
    }

    #[cold]
    fn write_note(
        &mut self,
        kind: &'static Kind,
        who: ActorId,
        write: impl FnOnce(Note<'_>) -> Note<'_>,
    ) {
        let mut entry = Entry {
            id: NoteId(self.notes),
            at: self.now,
            who,
            kind,
            cause: NoteId(self.cause),
            audience: kind.audience,
            milestones: Vec::new(),
            fields: Vec::new(),
        };
        let _ = write(Note { entry: &mut entry });
        if let Some(journal) = &mut self.journal {
            journal.entries.push(entry);
        }
    }

    /// Makes what this handler does next the consequence of an earlier entry.
    pub fn because(&mut self, entry: NoteId) {
        self.cause = entry.0;
    }

    /// The entry that led here, or that this handler wrote last.
    pub fn cause(&self) -> NoteId {
        NoteId(self.cause)
    }

    /// Marks a milestone; what waits for it is set going. Only the first time counts. Call it after
    /// the note that tells of it.
    pub fn reach(&mut self, milestone: MilestoneId) {
        if !self.milestones.reach(milestone, self.now) {
            return;
        }
        if let Some(entry) = self.journal.as_mut().and_then(|j| j.entries.last_mut())
            && entry.id.0 == self.cause
        {
            entry.milestones.push(milestone);
        }
        self.director.reached(milestone, self.now, self.cause, &mut self.agenda, &self.milestones);
    }

    /// When a milestone was first reached.
    pub fn reached(&self, milestone: MilestoneId) -> Option<SimTime> {
        self.milestones.reached[usize::from(milestone.0)]
    }

    /// The tickets taken so far, when the simulation records them.
    pub fn draws(&self) -> &[DrawRecord] {
        self.streams.records()
    }

    /// Records every ticket taken, or stops doing so.
    pub(crate) fn record_draws(&mut self, on: bool) {
        self.streams.record(on);
        self.forget_samples();
    }

    fn forget_samples(&mut self) {
        for slot in &mut self.params {
            *slot.is_sampled.get_mut() = false;
        }
    }

    pub(crate) fn reset(&mut self, key: RunKey, start: SimTime) {
        self.now = start;
        self.agenda.clear();
        self.soon.clear();
        for number in &self.payloads {
            self.slabs[usize::from(*number)].clear();
        }
        self.streams.start(key);
        if self.streams.is_recording() {
            self.forget_samples();
        }
        self.epoch = self.epoch.wrapping_add(1);
        if self.epoch == 0 {
            self.epoch = 1;
            for slot in &mut self.params {
                slot.epoch = 0;
            }
        }
        self.milestones.clear();
        self.director.clear();
        if let Some(journal) = &mut self.journal {
            journal.entries.clear();
        }
        self.notes = 0;
        self.cause = 0;
        self.entries_run = 0;
        self.failed = None;
    }
}
