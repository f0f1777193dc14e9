//! Sweeps: levers, decisions and policies varied together over the same worlds, and what each does.
//!
//! A [`Plan`] makes cells out of factors and a design; [`Sweep`] runs every cell in every world. All
//! effects are linear in the outcomes of a world's cells, so each is taken world by world and its
//! interval is Student's t over worlds: the luck that cells share cancels before it is averaged.

mod effects;
mod factor;
mod plan;
mod regression;
mod scale;
mod study;
mod tell;
#[cfg(test)]
mod tests;
mod vary;

pub use factor::Factor;
pub use plan::{Design, MOST_CELLS, Plan};
pub use study::Sweep;
pub use vary::{Vary, Written};
