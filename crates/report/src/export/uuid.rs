//! Ids that are the same whenever the same session is exported.

use hotwash_exercise::record::sha256;

/// A UUID out of what it stands for. It says that it is of version 4, which is all that some receivers
/// take; its digits come from a digest where others have chance.
pub(super) fn of(parts: &[&str]) -> String {
    let digest = sha256(parts.join("\u{1f}").as_bytes());
    let variant = ['8', '9', 'a', 'b'][usize::from(digest.as_bytes()[16] % 4)];
    format!(
        "{}-{}-4{}-{variant}{}-{}",
        &digest[..8],
        &digest[8..12],
        &digest[13..16],
        &digest[17..20],
        &digest[20..32]
    )
}
