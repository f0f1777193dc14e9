//! Handlers of the support store: reading raises alerts, and so does ordinary work.

use hotwash_engine::{Event, On, SimDuration, Start};
use hotwash_incident::events::{AccessAlert, RecordsRead};

use super::decisions::{self, Monitor};
use super::{Estate, Ids};
use crate::estate::kinds;

const WEEK: SimDuration = SimDuration::from_days(7);

/// A week of ordinary work, while any control is on.
#[derive(Clone, Copy, Debug)]
pub(super) struct OrdinaryWeek;

impl Event for OrdinaryWeek {
    const NAME: &'static str = "estate.ordinary-week";
}

pub(super) fn start(on: &mut On<'_, Start>, ids: &Ids) {
    if ids.monitor.is_some() || ids.need_checks.is_some() {
        on.after(WEEK, OrdinaryWeek);
    }
}

/// Alerts on ordinary work: one draw a week for each control, so that a second control adds alerts
/// and changes none of the first.
pub(super) fn ordinary_week(on: &mut On<'_, OrdinaryWeek>, estate: &mut Estate, ids: &Ids) {
    on.after(WEEK, OrdinaryWeek);
    let week = on.calendar().day_number(on.now()).unsigned_abs() / 7;
    let mut alerts = 0;
    let means = [ids.monitor.map(|m| m.false_per_week), ids.need_checks.map(|(_, noise)| noise)];
    for (control, mean) in means.into_iter().enumerate() {
        if let Some(mean) = mean {
            let mean = on.value(mean);
            alerts += on.draw_at(ids.ordinary, week * 2 + control as u64).poisson(mean);
        }
    }
    if alerts == 0 {
        return;
    }
    estate.false_alerts += alerts;
    on.note(&kinds::ALERTS, ids.actor.id, |n| n.with("count", alerts));
    for _ in 0..alerts {
        on.send(AccessAlert { is_real: false });
    }
}

/// Whether a day's reading raises an alert: one uniform number against the joint chance, so that
/// closer watching never misses what looser watching sees.
pub(super) fn records_read(on: &mut On<'_, RecordsRead>, estate: &mut Estate, ids: &Ids) {
    let count = on.event.count;
    let by_monitor = ids.monitor.map_or(0.0, |m| {
        let monitor = Monitor {
            half_at: on.value(m.half_at),
            steepness: on.value(m.steepness),
            ceiling: on.value(m.ceiling),
        };
        monitor.alert_chance(count)
    });
    let by_check = match ids.need_checks {
        Some((alert, _)) if count > 0 => on.value(alert),
        _ => 0.0,
    };
    let chance = decisions::either(by_monitor, by_check);
    if chance <= 0.0 {
        return;
    }
    let day = on.calendar().day_number(on.now()).unsigned_abs();
    if !on.draw_at(ids.real, day).chance(chance) {
        return;
    }
    estate.real_alerts += 1;
    let number = estate.real_alerts;
    if [1, 10, 100].contains(&number) {
        on.note(&kinds::REAL_ALERT, ids.actor.id, |n| {
            n.with("number", number).with("count", count)
        });
    }
    on.note(&kinds::ALERTS, ids.actor.id, |n| n.with("count", 1_u64));
    on.send(AccessAlert { is_real: true });
}
