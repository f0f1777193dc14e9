//! What the work on an intruder was worth: metrics of its matter, and what must always hold.

use hotwash_engine::{Better, MetricInfo, MilestoneId, SimBuilder, View};
use hotwash_incident::case::SharedCase;
use hotwash_incident::{Footprints, Ledgers, milestones};

use super::decisions::Stay;
use super::ids::IntrusionIds;
use super::state::IntrusionWork;
use crate::soc::decisions::Channel;
use crate::soc::state::Soc;

/// A metric's name, unit, direction and meaning.
type Told = (&'static str, &'static str, Better, &'static str);

/// Milestones of the intruder, which it reaches itself.
#[derive(Clone, Copy)]
struct Marks {
    entered: MilestoneId,
    evicted: MilestoneId,
    back: MilestoneId,
}

impl Marks {
    fn stay(&self, v: &View<'_>) -> Option<Stay> {
        Some(Stay {
            entered: v.reached(self.entered)?,
            evicted: v.reached(self.evicted),
            back: v.reached(self.back),
        })
    }
}

/// Declares them all.
pub(super) fn declare(sim: &mut SimBuilder, book: &SharedCase, ids: &IntrusionIds) {
    let mut mark = |name, about| book.mark(sim, ids.matter, name, about);
    let marks = Marks {
        entered: mark(milestones::ENTERED, "a hostile actor is in the network"),
        evicted: mark(milestones::EVICTED, "the hostile actor lost its last way in"),
        back: mark(milestones::CAME_BACK, "it came back after that"),
    };
    let mut add = Adder { sim, book, ids };
    times(&mut add, marks);
    stays(&mut add, marks);
    found_by(&mut add);
    searches(&mut add);
    alerts(&mut add);
    invariants(sim, ids);
}

struct Adder<'a> {
    sim: &'a mut SimBuilder,
    book: &'a SharedCase,
    ids: &'a IntrusionIds,
}

impl Adder<'_> {
    fn metric(
        &mut self,
        (name, unit, better, about): Told,
        read: impl Fn(&View<'_>) -> Option<f64> + Send + Sync + 'static,
    ) {
        let name = self.book.metric(self.ids.matter, name);
        self.sim.metric(MetricInfo { name, unit, better, bearer: "vendor", about }, read);
    }
}

fn between(v: &View<'_>, from: MilestoneId, to: MilestoneId) -> Option<f64> {
    Some((v.reached(to)? - v.reached(from)?).days().max(0.0))
}

fn times(add: &mut Adder<'_>, marks: Marks) {
    let (signal, contained) = (add.ids.first_signal, add.ids.contained);
    let (ledgers, proposition) = (add.book.ledgers, add.ids.entered);
    add.metric(
        (
            "time-to-discover",
            "days",
            Better::Lower,
            "from the intruder's coming in to the vendor's knowing that somebody is in the network",
        ),
        move |v| {
            let came = v.reached(marks.entered)?;
            let known = v.get::<Ledgers>(ledgers).known_since(proposition)?;
            Some((known - came).days().max(0.0))
        },
    );
    add.metric(
        (
            "dwell-to-notice",
            "days",
            Better::Lower,
            "from the intruder's coming in to the first signal that reached the vendor, heard or not",
        ),
        move |v| between(v, marks.entered, signal),
    );
    add.metric(
        (
            "time-to-contain",
            "days",
            Better::Lower,
            "from the first signal that reached the vendor to everything ordered against the intruder having been done",
        ),
        move |v| between(v, signal, contained),
    );
}

fn stays(add: &mut Adder<'_>, marks: Marks) {
    let (signal, out) = (add.ids.first_signal, add.ids.thought_out);
    let inside = move |v: &View<'_>, from: MilestoneId| {
        Some(marks.stay(v)?.days_after(v.reached(from)?, v.now()))
    };
    add.metric(
        (
            "days-inside-after-first-signal",
            "days",
            Better::Lower,
            "days that the intruder was inside after the first signal; once it has come back after an eviction it counts as inside",
        ),
        move |v| inside(v, signal),
    );
    add.metric(
        (
            "days-in-after-thought-out",
            "days",
            Better::Lower,
            "days that the intruder was inside after the vendor first took it to be out; once it has come back after an eviction it counts as inside",
        ),
        move |v| inside(v, out),
    );
}

fn found_by(add: &mut Adder<'_>) {
    let soc = add.ids.common.soc;
    for (name, about, channel) in [
        (
            "found-by-monitoring",
            "1 if alerts first made the vendor suspect that somebody is in the network",
            Channel::Monitoring,
        ),
        ("found-by-search", "1 if a hunt that nothing had set going did", Channel::Search),
        ("found-by-others", "1 if a researcher, the police or a partner did", Channel::Others),
        ("found-by-press", "1 if the press did", Channel::Press),
    ] {
        add.metric((name, "of 1", Better::Neither, about), move |v| {
            let by = v.get::<IntrusionWork>(soc).tally.found_by;
            by.map(|by| f64::from(u8::from(by == channel)))
        });
    }
}

fn searches(add: &mut Adder<'_>) {
    let (soc, network) = (add.ids.common.soc, add.ids.network.actor);
    let proved = move |v: &View<'_>| {
        let work = v.get::<IntrusionWork>(soc);
        let scoped = work.search.scoped_at?;
        Some((scoped, work.since.map_or(0.0, |since| (scoped - since).days().max(0.0))))
    };
    add.metric(
        (
            "dwell-provable",
            "days",
            Better::Higher,
            "how far back logs and alerts prove the intruder's presence when the network has been searched",
        ),
        move |v| proved(v).map(|(_, days)| days),
    );
    add.metric(
        (
            "dwell-proved-share",
            "share",
            Better::Higher,
            "the same as a share of the time that it had really been since the first hostile act inside",
        ),
        move |v| {
            let (scoped, days) = proved(v)?;
            let trails = &v.get::<Footprints>(network).trails;
            let real = (scoped - trails.iter().filter_map(|t| t.first).min()?).days();
            (real > 0.0).then(|| days / real)
        },
    );
    add.metric(
        (
            "segments-missed",
            "segments",
            Better::Lower,
            "segments that the intruder had entered and the last search of the whole network did not find",
        ),
        move |v| {
            let search = &v.get::<IntrusionWork>(soc).search;
            search.scoped_at.map(|_| search.missed as f64)
        },
    );
    add.metric(
        ("hunts", "hunts", Better::Neither, "hunts through the logs that nothing had set going"),
        move |v| Some(v.get::<IntrusionWork>(soc).search.hunts as f64),
    );
    add.metric(
        (
            "standstill-days",
            "segment-days",
            Better::Lower,
            "days that segments were cut off or set up anew, added up over segments",
        ),
        move |v| {
            let work = v.get::<IntrusionWork>(soc);
            let open = work.places.iter().filter_map(|p| p.still_since);
            let open: f64 = open.map(|since| (v.now() - since).days()).sum();
            Some(work.tally.standstill + open)
        },
    );
}

fn alerts(add: &mut Adder<'_>) {
    let soc = add.ids.common.soc;
    add.metric(
        (
            "host-alerts-read",
            "alerts",
            Better::Higher,
            "real alerts in the network that were read and taken seriously",
        ),
        move |v| Some(v.get::<IntrusionWork>(soc).tally.taken as f64),
    );
    add.metric(
        (
            "host-alerts-dropped",
            "alerts",
            Better::Lower,
            "real alerts in the network that nobody ever read",
        ),
        move |v| Some(v.get::<IntrusionWork>(soc).tally.dropped as f64),
    );
    add.metric(
        (
            "host-alerts-misjudged",
            "alerts",
            Better::Lower,
            "real alerts in the network that were read and taken for false ones",
        ),
        move |v| Some(v.get::<IntrusionWork>(soc).tally.misjudged as f64),
    );
}

fn invariants(sim: &mut SimBuilder, ids: &IntrusionIds) {
    let common = ids.common;
    sim.invariant("no more host alerts are handled than were raised", move |v| {
        let t = &v.get::<IntrusionWork>(common.soc).tally;
        let handled = t.dropped + t.misjudged + t.taken;
        if handled <= t.real_alerts && t.standstill >= 0.0 {
            Ok(())
        } else {
            Err(format!("{handled} handled of {}", t.real_alerts))
        }
    });
    let network = ids.network.actor;
    sim.invariant("nothing is proved of before the first hostile act inside", move |v| {
        let Some(since) = v.get::<IntrusionWork>(common.soc).since else { return Ok(()) };
        let first = v.get::<Footprints>(network).trails.iter().filter_map(|t| t.first).min();
        if first.is_some_and(|first| first <= since) {
            Ok(())
        } else {
            Err(format!("proved since {since}, first act at {first:?}"))
        }
    });
    sim.invariant("cases leave some analysts to the alerts", move |v| {
        let soc = v.get::<Soc>(common.soc);
        let left = soc.left(&common);
        if left >= 0.0 { Ok(()) } else { Err(format!("{left} analysts are left")) }
    });
}
