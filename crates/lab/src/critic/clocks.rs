//! The clocks that plugins declare, over a run: which were started, and by how much they were met.

use std::collections::BTreeMap;

use hotwash_engine::{ClockInfo, Entry, Simulation, Value};

/// A clock of a simulation: by declaration, and by whose it is.
pub(super) type ClockKey = (usize, u16);

/// How the runs of a clock ended.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Ran {
    /// How often it was started and ended before the scenario's end.
    pub(super) started: f64,
    /// Ran out before anything stopped it.
    pub(super) late: f64,
    /// The least share of its time that was left when it was stopped.
    pub(super) least_left: f64,
}

impl Ran {
    pub(super) const NONE: Ran = Ran { started: 0.0, late: 0.0, least_left: f64::INFINITY };

    /// Both together.
    pub(super) fn and(self, other: Ran) -> Ran {
        Ran {
            started: self.started + other.started,
            late: self.late + other.late,
            least_left: self.least_left.min(other.least_left),
        }
    }
}

/// A clock that runs.
struct Running {
    key: ClockKey,
    since: i64,
    due: i64,
}

/// The clocks of a run whose journal was recorded. A clock that nothing can stop is no deadline.
pub(super) fn clocks(sim: &Simulation) -> BTreeMap<ClockKey, Ran> {
    let declared = &sim.catalogue().clocks;
    let mut all: BTreeMap<ClockKey, Ran> = BTreeMap::new();
    let mut running: Vec<Running> = Vec::new();
    for entry in sim.journal().entries() {
        let at = entry.at.ms();
        running.retain(|clock| {
            let is_stopped = declared[clock.key.0].stops.contains(&entry.kind.name);
            if is_stopped {
                end(&mut all, clock, Some(at));
            }
            !is_stopped
        });
        for (number, info) in declared.iter().enumerate().filter(|(_, i)| !i.stops.is_empty()) {
            if let Some(due) = started(sim, info, entry) {
                running.push(Running { key: (number, entry.who.0), since: at, due });
            }
        }
    }
    let now = sim.span().1.ms();
    for clock in running.iter().filter(|clock| clock.due <= now) {
        end(&mut all, clock, None);
    }
    all
}

fn end(all: &mut BTreeMap<ClockKey, Ran>, clock: &Running, stopped: Option<i64>) {
    let length = (clock.due - clock.since).max(1) as f64;
    let left = stopped.map_or(-1.0, |at| (clock.due - at) as f64 / length);
    let ran = Ran { started: 1.0, late: if left < 0.0 { 1.0 } else { 0.0 }, least_left: left };
    let known = all.entry(clock.key).or_insert(Ran::NONE);
    *known = known.and(ran);
}

/// When a clock runs out that an entry starts, if it does.
fn started(sim: &Simulation, info: &ClockInfo, entry: &Entry) -> Option<i64> {
    if info.starts != entry.kind.name {
        return None;
    }
    let is_meant = |(field, text): (&str, &str)| matches!(entry.field(field), Some(Value::Text(found)) if found.as_str() == text);
    if !info.only.is_none_or(is_meant) {
        return None;
    }
    match entry.field(info.due)? {
        Value::Time(at) => Some(at.ms()),
        Value::Span(span) => Some((entry.at + *span).ms()),
        Value::Text(date) => sim.calendar().instant(date).ok().map(|at| at.ms()),
        _ => None,
    }
}

/// What a clock is called, for people.
pub(super) fn title(sim: &Simulation, key: ClockKey) -> String {
    let info = &sim.catalogue().clocks[key.0];
    let whose = sim.catalogue().title(hotwash_engine::ActorId(key.1));
    let what = info.only.map_or(info.says, |(_, text)| text);
    format!("{whose}: {what}")
}
