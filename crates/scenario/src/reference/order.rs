//! The order in which a type declares its fields and variants. Schemas keep fields in the order of the
//! alphabet; serde is told the declared order by every derived reader, so it is asked by beginning to read.

use std::cell::Cell;

use serde::de::value::{Error, StrDeserializer};
use serde::de::{
    self, DeserializeOwned, DeserializeSeed, Deserializer, EnumAccess, IntoDeserializer as _,
    MapAccess, SeqAccess, VariantAccess, Visitor,
};

/// A step from a type to a part of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// To a field of a group.
    Field(String),
    /// To the items of a list.
    Item,
    /// To a place of a tuple, from 0.
    Place(usize),
    /// To the values of a map.
    Entry,
    /// Into a variant of a choice.
    Variant(String),
}

/// Names of the fields or variants at the end of a path, as declared. `None` where the path leads to
/// neither, or over something that cannot be read halfway.
pub(crate) fn declared<T: DeserializeOwned>(path: &[Step]) -> Option<&'static [&'static str]> {
    let found = Cell::new(None);
    // It always fails: there is nothing to read. What matters is what the reader asked for.
    let _ = T::deserialize(Probe { path, found: &found });
    found.get()
}

type Names = &'static [&'static str];

#[derive(Clone, Copy)]
struct Probe<'a> {
    path: &'a [Step],
    found: &'a Cell<Option<Names>>,
}

impl<'a> Probe<'a> {
    /// Notes the names where the path ends here; the rest of the path otherwise.
    fn arrive(self, names: Names) -> Option<Probe<'a>> {
        match self.path {
            [] => {
                self.found.set(Some(names));
                None
            }
            [_, ..] => Some(self),
        }
    }

    fn rest(self) -> Probe<'a> {
        Probe { path: self.path.get(1..).unwrap_or_default(), found: self.found }
    }

    fn key(self) -> Option<&'a str> {
        match self.path.first()? {
            Step::Field(name) | Step::Variant(name) => Some(name),
            Step::Item | Step::Place(_) | Step::Entry => None,
        }
    }
}

fn over<T>() -> Result<T, Error> {
    Err(de::Error::custom("nothing is read"))
}

impl<'de> Deserializer<'de> for Probe<'_> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Error> {
        over()
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_seq(Once::to(self))
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_seq(Once::to(self))
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_seq(Once::to(self))
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_map(Once::to(self))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: Names,
        visitor: V,
    ) -> Result<V::Value, Error> {
        match self.arrive(fields) {
            Some(probe) => visitor.visit_map(Once::to(probe)),
            None => over(),
        }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        variants: Names,
        visitor: V,
    ) -> Result<V::Value, Error> {
        match self.arrive(variants) {
            Some(probe) => visitor.visit_enum(probe),
            None => over(),
        }
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string
        bytes byte_buf unit unit_struct identifier ignored_any
    }
}

/// One item of a list, one entry of a map, or the items of a tuple up to the one that the path leads over.
struct Once<'a> {
    probe: Option<Probe<'a>>,
    /// Items in front of it.
    before: usize,
}

impl<'a> Once<'a> {
    fn to(probe: Probe<'a>) -> Self {
        let before = match probe.path.first() {
            Some(Step::Place(before)) => *before,
            _ => 0,
        };
        Once { probe: Some(probe), before }
    }
}

impl<'de> SeqAccess<'de> for Once<'_> {
    type Error = Error;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Error> {
        if self.before > 0 {
            self.before -= 1;
            return seed.deserialize(Blank).map(Some);
        }
        match self.probe.take() {
            Some(probe) if matches!(probe.path, [Step::Item | Step::Place(_), ..]) => {
                seed.deserialize(probe.rest()).map(Some)
            }
            _ => over(),
        }
    }
}

/// Any value of a plain type, to get past it.
struct Blank;

impl<'de> Deserializer<'de> for Blank {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Error> {
        over()
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_bool(false)
    }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_f64(0.5)
    }

    fn deserialize_u64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_u8(1)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_str("name")
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_none()
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_seq(de::value::SeqDeserializer::<_, Error>::new(std::iter::empty::<u8>()))
    }

    serde::forward_to_deserialize_any! {
        i8 i16 i32 i64 i128 u8 u16 u32 u128 f32 char str bytes byte_buf unit unit_struct
        newtype_struct tuple tuple_struct map struct enum identifier ignored_any
    }
}

impl<'de> MapAccess<'de> for Once<'_> {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Error> {
        let Some(probe) = self.probe else { return over() };
        // Keys of maps are names; any will do.
        let key = probe.key().unwrap_or("name");
        let key: StrDeserializer<'_, Error> = key.into_deserializer();
        seed.deserialize(key).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Error> {
        match self.probe.take() {
            Some(probe) => seed.deserialize(probe.rest()),
            None => over(),
        }
    }
}

impl<'de, 'a> EnumAccess<'de> for Probe<'a> {
    type Error = Error;
    type Variant = Probe<'a>;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Self), Error> {
        let key: StrDeserializer<'_, Error> = self.key().unwrap_or_default().into_deserializer();
        Ok((seed.deserialize(key)?, self.rest()))
    }
}

impl<'de> VariantAccess<'de> for Probe<'_> {
    type Error = Error;

    fn unit_variant(self) -> Result<(), Error> {
        over()
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Error> {
        seed.deserialize(self)
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_seq(Once::to(self))
    }

    fn struct_variant<V: Visitor<'de>>(self, fields: Names, visitor: V) -> Result<V::Value, Error> {
        match self.arrive(fields) {
            Some(probe) => visitor.visit_map(Once::to(probe)),
            None => over(),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Deserialize)]
    #[expect(dead_code, reason = "only its shape is asked for")]
    struct Outer {
        zeta: u32,
        alpha: Option<Vec<Inner>>,
        way: Way,
    }

    #[derive(Deserialize)]
    #[expect(dead_code, reason = "only its shape is asked for")]
    struct Inner {
        second: bool,
        first: std::collections::BTreeMap<String, Way>,
    }

    #[derive(Deserialize)]
    #[expect(dead_code, reason = "only its shape is asked for")]
    enum Way {
        Up,
        Down { steps: u8, from: Inner2 },
        Aside(Inner2),
        Pair(f64, Inner2),
    }

    #[derive(Deserialize)]
    #[expect(dead_code, reason = "only its shape is asked for")]
    struct Inner2 {
        y: u8,
        x: u8,
    }

    #[test]
    fn fields_come_in_the_order_of_their_declaration() {
        let field = |name: &str| Step::Field(name.to_owned());
        let variant = |name: &str| Step::Variant(name.to_owned());
        let at = |path: &[Step]| declared::<Outer>(path).map(<[_]>::to_vec);
        assert_eq!(at(&[]), Some(vec!["zeta", "alpha", "way"]));
        assert_eq!(at(&[field("alpha"), Step::Item]), Some(vec!["second", "first"]));
        let way = [field("alpha"), Step::Item, field("first"), Step::Entry];
        assert_eq!(at(&way), Some(vec!["Up", "Down", "Aside", "Pair"]));
        assert_eq!(at(&[field("way"), variant("Down")]), Some(vec!["steps", "from"]));
        let inner = [field("way"), variant("Down"), field("from")];
        assert_eq!(at(&inner), Some(vec!["y", "x"]));
        assert_eq!(at(&[field("way"), variant("Aside")]), Some(vec!["y", "x"]));
        assert_eq!(at(&[field("way"), variant("Pair"), Step::Place(1)]), Some(vec!["y", "x"]));
        assert_eq!(at(&[field("zeta")]), None);
        assert_eq!(at(&[field("nothing")]), None);
    }
}
