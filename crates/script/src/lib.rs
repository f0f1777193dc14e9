//! Agents whose behaviour stands beside a scenario: a script in Rhai, or a module in WebAssembly.
//!
//! All that a simulation has to know before it runs (what an agent hears, its streams, numbers, levers,
//! milestones, metrics, journal entries, orders) is declared in the section `script` of the scenario and
//! checked when it is loaded. The file holds behaviour only. It reaches the simulation through one `Host`
//! and nothing else: no clock, no file, no network, no chance but its own addressed streams. Limits on
//! steps, depth, sizes and timers end a run that breaks them with one error at the place in the file.

mod agent;
mod build;
mod config;
mod host;
mod kinds;
pub mod limits;
#[cfg(feature = "wasm")]
mod module;
mod number;
mod plugin;
mod program;
mod script;

pub use config::{AgentConfig, ScriptConfig};
pub use host::functions;
pub use number::Number;
pub use plugin::{ScriptOrder, Scripts};
