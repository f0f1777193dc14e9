//! What the types that authors write say of themselves, so that references can be generated: schemas of
//! numbers, durations, names and files. All other types derive theirs.
//!
//! JSON Schema has no word for most of it, so each carries the key `x-form`: `number` (with `x-unit` and
//! `x-about`), `duration`, `name`, `file`; a plugin's own field may say `date`, or with the key `x-words` in words what
//! is written there: `#[schemars(extend("x-words" = "name of a milestone"))]`.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use crate::names::Attached;
use crate::param::{Param, Raw, Unit};
use crate::slug::Slug;
use crate::time::SimDuration;

/// What an author writes for a number, whatever its unit.
pub fn number_schema() -> Schema {
    schemars::schema_for!(Raw)
}

/// A schema that stands where it is used, under a name of no consequence.
macro_rules! inline {
    ($name:expr) => {
        fn inline_schema() -> bool {
            true
        }

        fn schema_name() -> Cow<'static, str> {
            Cow::Owned(format!("hotwash {}", $name))
        }
    };
}

impl<U: Unit> JsonSchema for Param<U> {
    inline!(U::NAME);

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "object",
            "x-form": "number",
            "x-unit": U::NAME,
            "x-about": U::ABOUT.trim(),
            "minimum": U::MIN,
            "maximum": U::MAX,
        })
    }
}

impl JsonSchema for SimDuration {
    inline!("duration");

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "x-form": "duration" })
    }
}

impl JsonSchema for Slug {
    inline!("name");

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "x-form": "name" })
    }
}

impl JsonSchema for Attached {
    inline!("file");

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "object", "x-form": "file" })
    }
}
