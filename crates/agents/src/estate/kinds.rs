//! What the estate writes into the journal.

use hotwash_engine::{Audience, Digest, Kind, SimBuilder, SimDuration, Weight};
use hotwash_incident::view::{self, form};

/// Alerts of a day or week, as those see them who work on them: true and false look alike.
pub static ALERTS: Kind = Kind {
    name: "estate.alerts",
    lane: view::WORLD,
    weight: Weight::Routine,
    audience: view::SOC,
    says: "raised alerts on unusual access to support records: {count}",
    tags: &[],
};

/// The first, tenth, hundredth alert that the insider's reading raised.
pub static REAL_ALERT: Kind = Kind {
    name: "estate.real-alert",
    lane: view::TRUTH,
    weight: Weight::Notable,
    audience: Audience::NONE,
    says: "raised alert number {number} on the insider's reading, after {count} records on one day",
    tags: &["T1213.004"],
};

/// Alerts in the network, as those see them who work on them: true and false look alike.
pub static HOST_ALERTS: Kind = Kind {
    name: "estate.host-alerts",
    lane: view::WORLD,
    weight: Weight::Routine,
    audience: view::SOC,
    says: "raised alerts on {act} in {segment}: {count}",
    tags: &[],
};

/// The first, tenth, hundredth alert that a hostile act raised.
pub static REAL_HOST_ALERT: Kind = Kind {
    name: "estate.real-host-alert",
    lane: view::TRUTH,
    weight: Weight::Notable,
    audience: Audience::NONE,
    says: "raised alert number {number} that was an intruder's doing: {act} in {segment}",
    tags: &[],
};

/// Which entries reach somebody as a message. Nobody who leads reads alerts one by one.
pub(super) fn reach(sim: &mut SimBuilder) {
    let weeks = |says| Digest {
        form: form::ALERT,
        from: "Monitoring",
        says,
        every: SimDuration::from_days(42),
    };
    sim.digest(
        &ALERTS,
        weeks("Alerts on unusual access to support records in the last six weeks: {count}."),
    );
    sim.digest(&HOST_ALERTS, weeks("Alerts in the network in the last six weeks: {count}."));
}
