//! The built-in agents: each a plugin on the public API of the engine and the shared vocabulary.
//! They never import one another.

pub mod customers;
pub mod estate;
pub mod insider;
pub mod scam;
