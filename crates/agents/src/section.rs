//! One macro: a part of a plugin's section whose fields are all registered numbers.

/// Declares a config struct of `Param`s and a `Copy` struct of their ids, and how one becomes the
/// other. The field path in the catalogue is `PART.FIELD`, or `FIELD` when the part has no name.
macro_rules! section {
    ($(#[$doc:meta])* $config:ident => $ids:ident {
        $($(#[$field_doc:meta])* $field:ident : $unit:ident),* $(,)?
    }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, serde::Deserialize, hotwash_engine::JsonSchema)]
        #[schemars(crate = "hotwash_engine::schemars")]
        #[serde(deny_unknown_fields)]
        pub struct $config {
            $($(#[$field_doc])* pub $field: hotwash_engine::Param<hotwash_engine::$unit>),*
        }

        #[derive(Clone, Copy)]
        pub(super) struct $ids {
            $(pub(super) $field: hotwash_engine::ParamId<hotwash_engine::$unit>),*
        }

        impl $config {
            pub(super) fn register(
                self,
                part: &str,
                sim: &mut hotwash_engine::SimBuilder,
            ) -> $ids {
                let path = |field: &str| match part {
                    "" => field.to_owned(),
                    _ => format!("{part}.{field}"),
                };
                $ids { $($field: sim.param(&path(stringify!($field)), self.$field)),* }
            }
        }
    };
}

pub(crate) use section;
