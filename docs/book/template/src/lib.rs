//! The plugins that this program knows: those that hotwash ships, and ours.

mod insurer;

pub use insurer::Insurer;

/// All plugins, in build order: ours comes after those whose books it reads.
pub fn registry() -> hotwash::Registry {
    hotwash::registry().add::<Insurer>()
}
