//! The built-in agents: each a plugin on the public API of the engine and the shared vocabulary.
//! They never import one another.

mod section;

pub mod customers;
pub mod estate;
pub mod insider;
pub mod law;
pub mod ledger;
pub mod pr;
pub mod press;
pub mod regulator;
pub mod scam;
pub mod soc;

#[cfg(test)]
mod testkit;
#[cfg(test)]
mod vendor_stage;
