//! Which parts of a page change with what. Whose page has which parts is the pages' own to say.

use hotwash_exercise::Act;

/// A part of a page, by name.
pub(crate) type Panel = &'static str;

/// What more of the world changes: whatever shows entries.
pub(crate) const WORLD: &[Panel] =
    &["inbox", "timeline", "ledger", "clocks", "truth", "msel", "objectives", "screen"];
/// What a decision that comes up, is taken or runs out changes.
pub(crate) const OPEN: &[Panel] =
    &["header", "cards", "clocks", "msel", "rewind", "objectives", "screen"];
/// What the end of a digest's period changes: the digest comes then, and not when something happens.
pub(crate) const PERIOD: &[Panel] = &["inbox", "screen"];
/// What whoever comes or goes changes.
pub(crate) const PRESENCE: &[Panel] = &["people", "rewind"];
/// What the hot wash changes.
pub(crate) const WASH: &[Panel] = &["hotwash"];

/// What an act changes besides what it does to the world; nothing named means everything.
pub(crate) fn changed_by(act: &Act) -> Option<&'static [Panel]> {
    Some(match act {
        Act::Open(_) | Act::Reached => &[],
        Act::Join { .. } => &["people", "header", "rewind", "screen"],
        Act::Run { .. } | Act::Pause => &["header", "screen"],
        Act::Vote { .. } => &["cards"],
        Act::Decide { .. } => OPEN,
        Act::Inject { .. } => &["msel"],
        Act::Message { .. } => &["inbox", "msel", "cards", "screen"],
        Act::Share { .. } => &["inbox", "timeline", "cards"],
        Act::Note { .. } => &["notes"],
        Act::Expected { .. } => &["msel", "objectives"],
        Act::Rate { .. } => &["objectives"],
        Act::ProposeRewind { .. } | Act::Consent { .. } => &["rewind", "header"],
        Act::Reseat { .. } | Act::Rewind { .. } | Act::Endex => return None,
    })
}
