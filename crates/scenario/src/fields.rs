//! Fields that scenarios and policies write alike, and the civil calendar: version, levers, hours.

use std::collections::BTreeMap;

use hotwash_engine::{Calendar, JsonSchema, schemars};
use serde::Deserialize;

use crate::diagnostic::{DiagnosticKind as Is, Place};
use crate::load::FORMAT_VERSION;
use crate::locate;
use crate::read::Reader;
use crate::tree::{Node, Shape};

/// A lever as a file sets it.
#[derive(Clone, Debug)]
pub(crate) struct LeverSetting {
    pub(crate) value: String,
    pub(crate) key: Place,
    pub(crate) place: Place,
}

/// Checks the version of a file; false when it cannot be read further.
pub(crate) fn version(reader: &mut Reader<'_>, root: &Node, is_required: bool) -> bool {
    let Some(field) = root.field("version") else {
        // Anything but a group is reported by who reads the group.
        if is_required && matches!(root.shape, Shape::Fields(None, _)) {
            let hint = format!("begin the file with `( version: {FORMAT_VERSION}, ..`");
            let message = "the field `version` is missing";
            reader.wrong(Is::Field, locate::head(root), message, hint);
        }
        return true;
    };
    let Some(version) = reader.value::<u32>(&field.value) else { return false };
    if version != FORMAT_VERSION {
        let message = format!("version {version} of the format is not known");
        let hint = format!("this program reads version {FORMAT_VERSION}");
        reader.wrong(Is::Field, field.value.span.clone(), message, hint);
    }
    version == FORMAT_VERSION
}

/// Reads the field `levers`: values as text.
pub(crate) fn levers(reader: &mut Reader<'_>, root: &Node) -> BTreeMap<String, LeverSetting> {
    let mut set = BTreeMap::new();
    for (name, key, node) in reader.map(root.field("levers").map(|f| &f.value)) {
        let written = &reader.doc.text[node.span.clone()];
        let value = match node.shape {
            Shape::Text => reader.value::<String>(node),
            Shape::Number => Some(written.replace('_', "")),
            Shape::Word if ["true", "false"].contains(&written) => Some(written.to_owned()),
            _ => {
                let found = node.describe(&reader.doc.text);
                let message =
                    format!("a lever is a number, true, false or text in quotes, found {found}");
                reader.wrong(Is::Field, locate::head(node), message, None);
                None
            }
        };
        if let Some(value) = value {
            let place = reader.doc.place(node.span.clone());
            let key = reader.doc.place(key.span.clone());
            set.insert(name, LeverSetting { value, key, place });
        }
    }
    set
}

/// The field `calendar` of a scenario.
#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "calendar")]
#[serde(deny_unknown_fields)]
pub(crate) struct Business {
    /// Dates on which nobody works, beside the weekends.
    #[serde(default)]
    #[schemars(extend("x-words" = "list of dates"))]
    holidays: Vec<String>,
    /// When work begins, such as `08:30`; 09:00 when it is left out.
    #[schemars(extend("x-words" = "time of day"))]
    opens: Option<String>,
    /// When it ends; 18:00 when it is left out.
    #[schemars(extend("x-words" = "time of day"))]
    closes: Option<String>,
}

/// The calendar with the business hours and holidays that a scenario gives.
pub(crate) fn business(
    reader: &mut Reader<'_>,
    node: &Node,
    calendar: Calendar,
) -> Option<Calendar> {
    let raw: Business = reader.value(node)?;
    let minute = |text: &Option<String>, default: &str| {
        let text = text.as_deref().unwrap_or(default);
        let (h, m) = text.split_once(':')?;
        let is_plain = |t: &str| t.len() == 2 && t.bytes().all(|b| b.is_ascii_digit());
        let (hour, minute): (i64, i64) = (h.parse().ok()?, m.parse().ok()?);
        (is_plain(h) && is_plain(m) && hour <= 24 && minute < 60).then_some(hour * 60 + minute)
    };
    let (Some(opens), Some(closes)) = (minute(&raw.opens, "09:00"), minute(&raw.closes, "18:00"))
    else {
        let message = "business hours are written `opens: \"09:00\", closes: \"18:00\"`";
        reader.wrong(Is::Field, locate::head(node), message, None);
        return None;
    };
    let done = calendar
        .with_hours(opens, closes)
        .and_then(|c| c.with_holidays(raw.holidays.iter().map(String::as_str)));
    match done {
        Ok(calendar) => Some(calendar),
        Err(message) => {
            let bad = raw.holidays.iter().find(|h| message.contains(&format!("`{h}`")));
            let place = bad.and_then(|h| locate::first_text(node, &reader.doc.text, h));
            reader.wrong(Is::Field, locate::head(place.unwrap_or(node)), message, None);
            None
        }
    }
}
