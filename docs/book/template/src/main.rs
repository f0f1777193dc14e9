//! The program with one plugin more.

use std::process::ExitCode;

fn main() -> ExitCode {
    hotwash::main_with(my_hotwash::registry())
}
