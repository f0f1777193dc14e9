//! How much a script may take. They are so wide that no honest agent meets them, and so narrow that a
//! hostile one ends within seconds and within some tens of megabytes: see `docs/model/script.md`.

/// Steps of one call: about one a statement, an operator or a call.
pub const STEPS_PER_CALL: u64 = 100_000;
/// Steps of one agent in one run.
pub const STEPS_PER_RUN: u64 = 5_000_000;
/// Functions that are open at once.
pub const CALL_DEPTH: usize = 16;
/// Expressions within one another.
pub const EXPRESSION_DEPTH: usize = 48;
/// Variables at once within one function.
pub const VARIABLES: usize = 48;
/// Functions of a script.
pub const FUNCTIONS: usize = 200;
/// Bytes of one text, and of all texts within one value.
pub const TEXT_BYTES: usize = 4_096;
/// Elements of one array, those of arrays within it counted.
pub const ARRAY_ELEMENTS: usize = 1_000;
/// Entries of one map, those of maps within it counted.
pub const MAP_ENTRIES: usize = 500;
/// Calls of one agent at one instant.
pub const CALLS_PER_INSTANT: u32 = 1_000;
/// Journal entries of one agent at one instant.
pub const NOTES_PER_INSTANT: u32 = 200;
/// Journal entries of one agent in one run.
pub const NOTES_PER_RUN: u32 = 20_000;
/// Bytes of a text in a journal entry.
pub const NOTE_BYTES: usize = 1_000;
/// Steps that every call counts beside its own.
pub const STEPS_OF_A_CALL: u64 = 10;
/// Pieces of evidence and orders that one call may give.
pub const DEEDS_PER_CALL: usize = 100;
/// Timers of one agent that wait at once.
pub const TIMERS: u32 = 1_000;
/// Bytes of a file with behaviour.
pub const FILE_BYTES: usize = 256 << 10;
/// Memory of a module, in pages of 64 KiB.
pub const MODULE_PAGES: usize = 64;
/// Fuel of a module for one call: about one an instruction.
pub const FUEL_PER_CALL: u64 = 2_000_000;
/// Fuel of a module in one run.
pub const FUEL_PER_RUN: u64 = 200_000_000;
