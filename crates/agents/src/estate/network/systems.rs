//! Handlers of the network: hostile acts leave traces and raise alerts, and so does ordinary work.

use hotwash_engine::{Cx, Event, On, SimDuration, SimTime, Start};
use hotwash_incident::events::{DataTaken, HostAlert, HostileAct};
use hotwash_incident::network::Trail;
use hotwash_incident::{Act, Footprints, SegmentId};

use super::book::{Control, Wiring};
use super::decisions::{self, Trace, Transfers};
use super::{Noise, Sensors};
use crate::estate::kinds;

const WEEK: SimDuration = SimDuration::from_days(7);

/// Alerts that one batch of data may raise. No limit of the model: it only keeps a scenario with
/// absurd numbers from counting for ever.
const MOST_AT_ONCE: u64 = 1_000;

/// A week of ordinary work.
#[derive(Clone, Copy, Debug)]
pub(super) struct NetworkWeek;

impl Event for NetworkWeek {
    const NAME: &'static str = "estate.network-week";
}

pub(super) fn start(on: &mut On<'_, Start>, sensors: &mut Sensors, w: &Wiring) {
    sensors.next_alert = on.draw_at(w.transfers, 0).exponential(1.0);
    on.after(WEEK, NetworkWeek);
}

/// Chance that an act which left a trace raises an alert.
fn alert_chance(cx: &mut Cx, w: &Wiring, act: Act, is_watched: bool, amount: f64) -> f64 {
    let ids = &w.ids;
    let (unwatched, watched) = match act {
        Act::Guess => {
            let once = cx.value(ids.guess);
            return decisions::any_of(once, amount);
        }
        Act::Login => return cx.value(ids.login),
        Act::OldAccount => return cx.value(ids.old_account),
        // Alerts on transfers go by what has left: see `data_taken`.
        Act::Transfer => return 0.0,
        Act::Move => (ids.move_unwatched, ids.move_watched),
        Act::Directory => (ids.directory_unwatched, ids.directory_watched),
        Act::BackDoor => (ids.back_door_unwatched, ids.back_door_watched),
        Act::RemoteTool => (ids.remote_tool_unwatched, ids.remote_tool_watched),
        Act::Keylog => (ids.keylog_unwatched, ids.keylog_watched),
        Act::Collect => (ids.collect_unwatched, ids.collect_watched),
    };
    let unwatched = cx.value(unwatched);
    if is_watched { unwatched.max(cx.value(watched)) } else { unwatched }
}

/// One draw for each act: whether it is logged, and whether it raises an alert.
pub(super) fn hostile_act(
    on: &mut On<'_, HostileAct>,
    sensors: &mut Sensors,
    footprints: &mut Footprints,
    w: &Wiring,
) {
    let HostileAct { act, segment, amount } = on.event;
    let kind = act as usize;
    let number = sensors.acts[kind];
    sensors.acts[kind] += 1;
    let is_watched = w.watch.looks_for(act, w.is_core[usize::from(segment.0)]);
    let chance = alert_chance(on, w, act, is_watched, amount);
    let visibility = w.book.segment(segment).visibility(on);
    let u = on.draw_at(w.acts[kind], number).uniform();
    let Trace { is_logged, is_alert } = decisions::trace(u, visibility, chance);
    let now = on.now();
    // Whoever tries passwords is outside: that may raise an alert, and is no trace of somebody inside.
    if act != Act::Guess {
        leave_trace(&mut footprints.trails[usize::from(segment.0)], now, is_logged);
    }
    if is_alert {
        let alert = HostAlert { act, segment, is_real: true, count: 1, origin: number };
        raise(on, sensors, w, alert);
    }
}

fn leave_trace(trail: &mut Trail, now: SimTime, is_logged: bool) {
    trail.acts += 1;
    trail.first = trail.first.or(Some(now));
    if is_logged {
        trail.logged += 1;
        trail.first_logged = trail.first_logged.or(Some(now));
        trail.last_logged = Some(now);
    }
}

/// Data left: what the logs hold of it, and whether the sum of all that left raises alerts.
pub(super) fn data_taken(
    on: &mut On<'_, DataTaken>,
    sensors: &mut Sensors,
    footprints: &mut Footprints,
    w: &Wiring,
) {
    let DataTaken { store, tb, mbit_s } = on.event;
    let segment = w.book.store(store).segment;
    let visibility = w.book.segment(segment).visibility(on);
    // A batch and the act of transferring it have one number, so one draw says of both whether they
    // are logged.
    let origin = sensors.batches;
    let u = on.draw_at(w.acts[Act::Transfer as usize], origin).uniform();
    sensors.batches += 1;
    let trail = &mut footprints.trails[usize::from(segment.0)];
    trail.taken_tb += tb;
    if decisions::trace(u, visibility, 0.0).is_logged {
        trail.logged_tb += tb;
    }
    let watched = if w.watch.transfers { 1.0 } else { on.value(w.ids.transfer_unwatched) };
    let transfers = Transfers {
        per_tb: on.value(w.ids.transfer_per_tb),
        rate: on.value(w.ids.transfer_rate),
        steepness: on.value(w.ids.transfer_steepness),
        watched,
    };
    sensors.hazard += transfers.hazard(tb, mbit_s, visibility);
    let mut count = 0;
    while sensors.hazard >= sensors.next_alert && count < MOST_AT_ONCE {
        count += 1;
        let number = sensors.transfer_alerts + count;
        sensors.next_alert += on.draw_at(w.transfers, number).exponential(1.0);
    }
    if count > 0 {
        sensors.transfer_alerts += count;
        let act = Act::Transfer;
        raise(on, sensors, w, HostAlert { act, segment, is_real: true, count, origin });
    }
}

/// Sends an alert. Those who work on alerts see no difference between a true and a false one.
fn raise(cx: &mut Cx, sensors: &mut Sensors, w: &Wiring, alert: HostAlert) {
    let HostAlert { act, segment, is_real, count, .. } = alert;
    let title = w.book.segment(segment).title.as_str();
    if is_real {
        let before = sensors.real_alerts;
        sensors.real_alerts += count;
        // The first, the tenth and the hundredth are told; a batch may jump over one.
        let told = [1, 10, 100].into_iter().find(|n| before < *n && *n <= sensors.real_alerts);
        if let Some(number) = told {
            cx.note(&kinds::REAL_HOST_ALERT, w.actor.id, |n| {
                n.with("number", number).with("act", act.name()).with("segment", title)
            });
        }
    } else {
        sensors.false_alerts += count;
    }
    cx.note(&kinds::HOST_ALERTS, w.actor.id, |n| {
        n.with("count", count).with("act", act.name()).with("segment", title)
    });
    cx.send(alert);
}

/// Alerts on ordinary work: one draw a week for each control, so that a second control adds alerts
/// and changes none of the first.
pub(super) fn ordinary_week(on: &mut On<'_, NetworkWeek>, sensors: &mut Sensors, w: &Wiring) {
    on.after(WEEK, NetworkWeek);
    let week = on.calendar().day_number(on.now()).unsigned_abs() / 7;
    let cause = on.cause();
    for control in &w.controls {
        let origin = week * Control::ALL as u64 + control.number as u64;
        let mut draw = on.draw_at(w.ordinary, origin);
        let where_ = draw.uniform();
        let noise = &mut sensors.noise[control.number];
        let noise = *noise.get_or_insert_with(|| Noise::of_run(on, w, control));
        let count = draw.poisson(noise.mean);
        if count > 0 {
            let (act, segment) = (control.act, noisy_segment(on, w, control, where_ * noise.hosts));
            on.because(cause);
            raise(on, sensors, w, HostAlert { act, segment, is_real: false, count, origin });
        }
    }
}

impl Noise {
    /// That of a control in this run.
    fn of_run(cx: &mut Cx, w: &Wiring, control: &Control) -> Self {
        let (mut all, mut covered) = (0.0, 0.0);
        let mut covers = control.covers.iter().peekable();
        for (i, segment) in w.book.segments.iter().enumerate() {
            let hosts = cx.value(segment.hosts);
            all += hosts;
            if covers.next_if(|place| **place == i).is_some() {
                covered += hosts;
            }
        }
        // Logins come from outside: their noise does not grow with the machines behind them.
        let is_outside = control.act == Act::Login || all <= 0.0;
        let share = if is_outside { 1.0 } else { covered / all };
        Noise { hosts: covered, mean: cx.value(control.per_week) * share }
    }
}

/// Where a control's false alerts of a week come from: the segment of one of its machines.
fn noisy_segment(cx: &mut Cx, w: &Wiring, control: &Control, host: f64) -> SegmentId {
    let (mut left, mut chosen) = (host, 0);
    for place in &control.covers {
        chosen = *place;
        left -= cx.value(w.book.segments[chosen].hosts);
        if left < 0.0 {
            break;
        }
    }
    SegmentId(chosen as u16)
}
