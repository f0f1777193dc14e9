//! The built-in agents: each a plugin on the public API of the engine and the shared vocabulary.
//! They never import one another.

mod section;

pub mod customers;
pub mod estate;
pub mod insider;
pub mod intruder;
pub mod law;
pub mod leaver;
pub mod ledger;
pub mod market;
pub mod pr;
pub mod press;
pub mod regulator;
pub mod researcher;
pub mod scam;
pub mod soc;

#[cfg(test)]
mod forum_stage;
#[cfg(test)]
mod network_stage;
#[cfg(test)]
mod testkit;
#[cfg(test)]
mod two_matters;
#[cfg(test)]
mod vendor_stage;
