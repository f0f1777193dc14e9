//! Pictures of findings: each with a sentence that says what to see, the figures as a table, and a
//! sentence in place of the picture where there is nothing to draw.

mod bars;
mod calibration;
mod course;
mod effects;
mod exceedance;
mod forest;
mod fork;
mod heat;
mod hindcast;
mod indices;
mod knowable;
pub mod lanes;
mod paired;
mod place;
mod scatter;
mod screening;
mod survival;
mod time_axis;
mod turning;
mod waterfall;
mod worth;

pub use calibration::calibration;
pub use course::courses;
pub use effects::main_effects;
pub use exceedance::exceedance;
pub use fork::{difference_text, fork, letter, verdict};
pub use heat::interactions;
pub use hindcast::hindcast;
pub use indices::indices;
pub use knowable::knowable;
pub use lanes::lanes;
pub use paired::paired;
pub use place::{placed, places, standing};
pub use scatter::frontier;
pub use screening::screening;
pub use survival::survival;
pub use turning::turning;
pub use waterfall::shapley;
pub use worth::worth;

use hotwash_lab::findings::{ArmInfo, Header};
use maud::Markup;

use crate::words;

/// A table's column.
#[derive(Clone, Debug)]
pub struct Column {
    /// Its head.
    pub title: String,
    /// Whether it holds figures: they stand at the right.
    pub is_figure: bool,
}

/// A table of texts.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// What it holds.
    pub caption: String,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows, as long as the columns.
    pub rows: Vec<Vec<String>>,
}

impl Table {
    /// An empty table: the first `names` columns hold names, the rest figures.
    pub fn new(caption: &str, names: usize, titles: &[&str]) -> Self {
        let columns = titles
            .iter()
            .enumerate()
            .map(|(i, title)| Column { title: (*title).to_owned(), is_figure: i >= names });
        Table { caption: caption.to_owned(), columns: columns.collect(), rows: Vec::new() }
    }
}

/// A picture and all that belongs to it.
#[derive(Clone, Debug)]
pub struct Figure {
    /// Its heading.
    pub heading: String,
    /// What is to be seen, from the data.
    pub sentence: String,
    /// The drawing; none where there is nothing to draw, which the sentence then says.
    pub drawing: Option<Markup>,
    /// How to read it, and over how many worlds it is.
    pub caption: String,
    /// The same as figures.
    pub table: Table,
}

impl Figure {
    /// A sentence in place of a picture.
    pub(crate) fn empty(heading: &str, why: &str) -> Figure {
        Figure {
            heading: heading.to_owned(),
            sentence: words::sentence(why),
            drawing: None,
            caption: String::new(),
            table: Table::default(),
        }
    }
}

/// An arm's name, or its number where a finding has fewer names than curves.
pub(crate) fn arm(arms: &[ArmInfo], index: usize) -> String {
    match arms.get(index) {
        Some(arm) if !arm.name.trim().is_empty() => arm.name.clone(),
        _ => format!("policy {}", index + 1),
    }
}

/// `N = 2,000 worlds, seed quiet-valley`.
pub(crate) fn base(header: &Header) -> String {
    format!("N = {} worlds, seed {}", words::count(header.worlds), header.seed)
}

/// A number's place in a list that is drawn in parts of at most `most`: as even as can be.
pub(crate) fn parts(total: usize, most: usize) -> usize {
    let count = total.div_ceil(most.max(1)).max(1);
    total.div_ceil(count).max(1)
}
