//! The page of a hindcast.

use hotwash_lab::findings::Hindcast;

use super::{Page, Section, interval_note};
use crate::picture;
use crate::words;

/// The historical policy against the record.
pub fn hindcast(finding: &Hindcast) -> String {
    let page = Page {
        header: &finding.header,
        kind: "Hindcast",
        about: format!(
            "{} What {} comes to in {} worlds, beside {} on record.",
            words::sentence(&finding.about),
            finding.policy.name,
            words::count(finding.header.worlds),
            words::counted(finding.rows.len(), "fact", "facts")
        ),
        arms: std::slice::from_ref(&finding.policy),
        reading: vec![
            "the record is one history out of many that might have been: it should overlap the simulated \
             5 to 95 % at least nine times in ten, and need not lie at the median"
                .to_owned(),
            "a row\u{2019}s record is as firm as its letter says, from A to D; - is undetermined".to_owned(),
            "CRPS measures how far the whole simulated distribution lies from the value on record, given \
             that it happens, in the row\u{2019}s unit (days for dates); less is better, and a forecast \
             with spread is worth its spread if it scores less than its median alone"
                .to_owned(),
            interval_note(),
        ],
        sections: vec![Section::of("Row by row", picture::hindcast("record", finding))],
    };
    page.render()
}
