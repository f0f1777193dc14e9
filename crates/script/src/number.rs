//! Numbers of an agent: as an author writes them with their unit, and as a run reads them.

use hotwash_engine::{
    Count, Cx, Days, Draw, Factor, Hours, JsonSchema, LikelihoodRatio, Megabits, Minutes, Param,
    ParamId, PerDay, Points, Share, SimBuilder, Terabytes, Usd, schemars,
};
use serde::Deserialize;

macro_rules! numbers {
    ($($(#[$doc:meta])* $unit:ident)*) => {
        /// A number of the agent with its unit; a script is given it in that unit.
        #[derive(Clone, Debug, Deserialize, JsonSchema)]
        pub enum Number {
            $($(#[$doc])* $unit(Param<$unit>),)*
        }

        /// A catalogued number.
        #[derive(Clone, Copy, Debug)]
        pub(crate) enum NumberId {
            $($unit(ParamId<$unit>),)*
        }

        impl Number {
            pub(crate) fn register(self, sim: &mut SimBuilder, name: &str) -> NumberId {
                match self { $(Number::$unit(param) => NumberId::$unit(sim.param(name, param)),)* }
            }
        }

        impl NumberId {
            /// One value for the whole run.
            pub(crate) fn value(self, cx: &mut Cx) -> f64 {
                match self { $(NumberId::$unit(id) => cx.value(id),)* }
            }

            /// A fresh draw.
            pub(crate) fn sample(self, cx: &Cx, draw: &mut Draw) -> f64 {
                match self { $(NumberId::$unit(id) => cx.sample(id, draw),)* }
            }
        }
    };
}

numbers! {
    /// A probability or a share of a whole.
    Share
    /// A length of time in minutes.
    Minutes
    /// A length of time in hours.
    Hours
    /// A length of time in days.
    Days
    /// A number of things.
    Count
    /// Things per day.
    PerDay
    /// An amount of data in terabytes.
    Terabytes
    /// A data rate in Mbit/s.
    Megabits
    /// US dollars.
    Usd
    /// What something is multiplied by.
    Factor
    /// A likelihood ratio.
    LikelihoodRatio
    /// Points of trust.
    Points
}
