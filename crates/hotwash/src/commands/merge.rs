//! `hotwash merge`: the parts of a study, as if it had been done at once.

use hotwash_scenario::Registry;

use crate::args::lab;
use crate::exit::Failure;
use crate::study_dir;

pub(crate) fn merge(registry: &Registry, args: &lab::Merge) -> Result<(), Failure> {
    super::perform(registry, study_dir::merge(args)?)
}
