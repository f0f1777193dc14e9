//! The `hotwash` program with the built-in plugins.

fn main() -> std::process::ExitCode {
    hotwash::main_with(hotwash::registry())
}
