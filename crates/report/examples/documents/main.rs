//! Writes the documents of an invented session, to look at: `cargo run -p hotwash-report --example
//! documents DIR`.

#![expect(clippy::print_stdout, reason = "an example talks to whoever runs it")]

mod sample;

use std::path::PathBuf;

use hotwash_report::document::after_action;

fn main() -> std::io::Result<()> {
    let dir = PathBuf::from(std::env::args().nth(1).unwrap_or_else(|| "documents".to_owned()));
    std::fs::create_dir_all(&dir)?;
    let (story, worth, questions) = (sample::story(), sample::worth(), sample::questions());
    for (name, bytes) in after_action(&story, Some(&worth), &questions) {
        std::fs::write(dir.join(&name), bytes)?;
        println!("{}", dir.join(&name).display());
    }
    Ok(())
}
