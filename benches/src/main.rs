//! The program of the benches: see the library.

fn main() -> std::process::ExitCode {
    hotwash_benches::main()
}
