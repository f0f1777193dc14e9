//! The program with one plugin more: ten lines, as docs say.

mod insurer;

use std::process::ExitCode;

fn main() -> ExitCode {
    hotwash::main_with(hotwash::registry().add::<insurer::Insurer>())
}
