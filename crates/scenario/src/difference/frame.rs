//! Differences of what stands around the plugins: time, prepared orders, roles, words about the scenario.

use hotwash_engine::SimTime;

use super::items::order_list;
use super::{At, Difference, DifferenceSort as Sort, Written, short};
use crate::scenario::Scenario;

fn differs(
    out: &mut Vec<Difference>,
    sort: Sort,
    path: impl Into<String>,
    pair: (Option<Written>, Option<Written>),
    at: At,
) {
    let (before, after) = pair;
    out.push(Difference { sort, path: path.into(), before, after, at });
}

/// A field of the scenario's top as it is written, or else as it counts.
fn top(scenario: &Scenario, name: &str, counts: impl FnOnce() -> String) -> Option<Written> {
    let found = scenario.docs.iter().find_map(|doc| Some((doc, &doc.root.field(name)?.value)));
    Some(match found {
        Some((doc, node)) => Written::at(short(doc, node), &doc.place(node.span.clone())),
        None => Written::nowhere(counts()),
    })
}

/// The calendar and the time that is simulated.
pub(super) fn time(before: &Scenario, after: &Scenario, out: &mut Vec<Difference>) {
    if before.calendar != after.calendar {
        let start = |s: &Scenario| s.calendar.date_time(SimTime::STARTEX);
        let name = if start(before) == start(after) { "calendar" } else { "startex" };
        let show = |s: &Scenario| match name {
            "calendar" => top(s, name, || "the usual hours, no holidays".to_owned()),
            _ => top(s, name, || start(s)),
        };
        differs(out, Sort::Time, name, (show(before), show(after)), At::Calendar);
    }
    if before.lead_in != after.lead_in {
        let show = |s: &Scenario| top(s, "lead_in", || s.lead_in.to_string());
        differs(out, Sort::Time, "lead_in", (show(before), show(after)), At::LeadIn);
    }
    if before.horizon != after.horizon {
        let show = |s: &Scenario| top(s, "horizon", || s.horizon.to_string());
        differs(out, Sort::Time, "horizon", (show(before), show(after)), At::Horizon);
    }
}

/// Orders that are laid out for plugins.
pub(super) fn orders(before: &Scenario, after: &Scenario, out: &mut Vec<Difference>) {
    let show = |s: &Scenario, name: &str| {
        let prepared = s.orders.iter().find(|o| o.name == name)?;
        Some(Written::at(order_list(&prepared.orders), &prepared.place))
    };
    let mut names: Vec<&str> =
        before.orders.iter().chain(&after.orders).map(|o| o.name.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    for name in names {
        let (a, b) = (show(before, name), show(after, name));
        if a.as_ref().map(|w| &w.text) != b.as_ref().map(|w| &w.text) {
            let at = At::Orders(name.to_owned());
            differs(out, Sort::Orders, format!("orders.{name}"), (a, b), at);
        }
    }
}

/// What roles see: it decides who sees decisions and injects.
pub(super) fn roles(before: &Scenario, after: &Scenario, out: &mut Vec<Difference>) {
    for role in &before.roles {
        let Some(other) = after.roles.iter().find(|r| r.name == role.name) else { continue };
        if other.audience != role.audience {
            let sees = |names: &[String]| Some(Written::nowhere(names.join(", ")));
            let pair = (sees(&role.sees), sees(&other.sees));
            let at = At::Role(role.name.as_str().to_owned());
            differs(out, Sort::Role, format!("roles.{}.sees", role.name), pair, at);
        }
    }
}

/// Texts about the scenario, on which no run depends.
pub(super) fn words(before: &Scenario, after: &Scenario, out: &mut Vec<Difference>) {
    let text = |s: &Scenario| {
        let about = &s.about;
        let briefing = about.briefing.as_ref().map_or(String::new(), |b| b.title.clone() + &b.text);
        let roles: Vec<String> =
            s.roles.iter().map(|r| format!("{}: {}", r.name, r.title)).collect();
        let objectives: Vec<String> = s
            .objectives
            .iter()
            .map(|o| format!("{}: {} {:?}", o.name, o.text, o.capability))
            .collect();
        [
            ("name", about.name.as_str().to_owned()),
            ("title", about.title.clone()),
            ("summary", about.summary.clone()),
            ("sources", about.sources.clone()),
            ("briefing", briefing),
            ("contested", about.contested.join("; ")),
            ("headline", s.headline().collect::<Vec<_>>().join(", ")),
            ("roles", roles.join("; ")),
            ("objectives", objectives.join("; ")),
        ]
    };
    for ((name, a), (_, b)) in text(before).into_iter().zip(text(after)) {
        if a != b {
            let pair = (top(before, name, || a), top(after, name, || b));
            differs(out, Sort::Words, name, pair, At::Nothing);
        }
    }
}
