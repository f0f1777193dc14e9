//! The version of a package that a peer was really built with.

/// What a `Cargo.lock` says of a package; empty when it is not in there.
pub(crate) fn locked_version<'a>(lock: &'a str, package: &str) -> &'a str {
    let name = format!("name = \"{package}\"");
    let after = lock.lines().skip_while(|line| *line != name).nth(1);
    after.and_then(|line| line.strip_prefix("version = \"")).map_or("", |v| v.trim_end_matches('"'))
}
