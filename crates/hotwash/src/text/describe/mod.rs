//! The reference for people: a page becomes blocks, and blocks become lines for a terminal or Markdown.

mod assemble;
mod markdown;
mod terminal;
mod world;

use assemble::sentence;
pub(crate) use assemble::{Scope, example_of, index, list, page, part, topic};
pub(crate) use markdown::markdown;
pub(crate) use terminal::terminal;
pub(crate) use world::{Sort, World};

/// A part of a description.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Block {
    /// What is described, and in one sentence what it is.
    Title(String, String),
    /// A part of it.
    Heading(String),
    /// A paragraph.
    Prose(String),
    /// Something with a name.
    Item(Item),
    /// A page that can be asked for, and in one sentence what it is.
    Entry(String, String),
    /// RON.
    Code(String),
}

/// Something with a name: a field, an order, a lever.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Item {
    /// As it is written.
    pub(crate) name: String,
    /// What it looks like and whether it must be there.
    pub(crate) form: String,
    /// What it means, as a sentence.
    pub(crate) about: String,
    /// How far inside of the item before it.
    pub(crate) depth: usize,
}
