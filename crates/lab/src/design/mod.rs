//! Experimental designs: which combinations of levels, or which points of the unit cube, to run.

mod directions;
mod factorial;
mod latin;
mod sobol;

pub use factorial::full_factorial;
pub use latin::{Place, latin_hypercube};
pub use sobol::Sobol;
