//! What plugins hand one another while they are built, by type; kept afterwards for who reads a run.

use std::any::{Any, TypeId};
use std::collections::BTreeMap;

/// One value of each type.
#[derive(Default)]
pub(crate) struct Shared(BTreeMap<TypeId, Box<dyn Any + Send + Sync>>);

impl Shared {
    pub(crate) fn put<T: Send + Sync + 'static>(&mut self, value: T) {
        self.0.insert(TypeId::of::<T>(), Box::new(value));
    }

    pub(crate) fn get<T: Clone + 'static>(&self) -> Option<T> {
        self.0.get(&TypeId::of::<T>())?.downcast_ref::<T>().cloned()
    }
}

impl std::fmt::Debug for Shared {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} shared values", self.0.len())
    }
}
