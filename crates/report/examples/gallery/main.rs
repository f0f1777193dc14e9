//! Writes every page with invented numbers into a directory, to look at: `cargo run -p hotwash-report
//! --example gallery -- DIR`. None of these numbers comes from a run.

mod invented;

use std::path::PathBuf;

fn main() -> std::io::Result<()> {
    let directory = PathBuf::from(std::env::args().nth(1).unwrap_or_else(|| "gallery".to_owned()));
    std::fs::create_dir_all(&directory)?;
    for (name, page) in invented::pages().into_iter().chain(invented::washes()) {
        std::fs::write(directory.join(format!("{name}.html")), page)?;
    }
    Ok(())
}
