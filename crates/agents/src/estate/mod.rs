//! The estate: what the vendor has that is worth stealing, and who notices when somebody takes it.
//!
//! Two parts, each of which a scenario may leave out: the store of support records, and the vendor's
//! own network. Their levers are the vendor's standing choices. They raise alerts; whether anybody
//! looks at them is the business of the security team.

mod config;
pub mod kinds;
pub mod network;
pub mod support;

use hotwash_engine::{NoOrder, Plugin, Problem, SimBuilder, SimDuration};

pub use config::{EstateConfig, MonitorConfig, NeedCheckConfig, SupportConfig};
pub use network::{MonitoringConfig, NetworkConfig, SegmentConfig, StoreConfig};
pub use support::Estate;

/// What the vendor has that is worth stealing.
pub struct EstatePlugin;

impl Plugin for EstatePlugin {
    const NAME: &'static str = "estate";
    const ABOUT: &'static str = "what the vendor has that is worth stealing: support records, segments and stores; what is logged, and what raises an alert";
    type Config = EstateConfig;
    type Order = NoOrder;

    fn build(config: EstateConfig, sim: &mut SimBuilder) -> Result<(), Problem> {
        let log_retention = sim.lever_span(
            "log_retention",
            SimDuration::from_days(180),
            SimDuration::from_days(30),
            SimDuration::from_days(730),
            match config.network {
                None => "how long the logs say who read which support record",
                Some(_) => "how long the logs say who did what, in the network and in the stores",
            },
        );
        kinds::reach(sim);
        if let Some(support) = config.support {
            support::build(support, log_retention, sim);
        }
        if let Some(network) = config.network {
            network::build(network, log_retention, sim)?;
        }
        Ok(())
    }
}
