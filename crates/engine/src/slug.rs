//! Slugs: short stable names that copy like numbers, for events and orders that name things.

use std::fmt;
use std::str::FromStr;

use serde::de::{self, Deserialize, Deserializer};

/// A name of 1 to 31 characters out of `a-z 0-9 - . / _`; `Copy`, so events can carry it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Slug {
    bytes: [u8; Slug::MAX_LEN],
    len: u8,
}

impl Slug {
    /// Longest slug in bytes.
    pub const MAX_LEN: usize = 31;

    /// The name as text.
    pub fn as_str(&self) -> &str {
        // Only ASCII was let in.
        std::str::from_utf8(&self.bytes[..usize::from(self.len)]).unwrap_or_default()
    }
}

impl FromStr for Slug {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if text.is_empty() || text.len() > Slug::MAX_LEN {
            return Err(format!("name `{text:.40}` must have 1 to {} characters", Slug::MAX_LEN));
        }
        let legal = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b"-./_".contains(&b);
        if let Some(wrong) = text.chars().find(|c| !c.is_ascii() || !legal(*c as u8)) {
            return Err(format!(
                "name `{text}` has `{wrong}`; use a-z, 0-9, `-`, `_`, `.` and `/`"
            ));
        }
        let mut bytes = [0; Slug::MAX_LEN];
        bytes[..text.len()].copy_from_slice(text.as_bytes());
        Ok(Slug { bytes, len: text.len() as u8 })
    }
}

impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.as_str())
    }
}

impl<'de> Deserialize<'de> for Slug {
    fn deserialize<D: Deserializer<'de>>(de: D) -> Result<Self, D::Error> {
        struct Text;
        impl de::Visitor<'_> for Text {
            type Value = Slug;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a name in quotes, such as \"first-complaint\"")
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<Slug, E> {
                text.parse().map_err(E::custom)
            }
        }
        de.deserialize_str(Text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_names_are_slugs() {
        assert_eq!("sept-advisory".parse::<Slug>().unwrap().as_str(), "sept-advisory");
        for bad in ["", "Sept", "a b", "é", &"x".repeat(32)] {
            assert!(bad.parse::<Slug>().is_err(), "{bad}");
        }
    }
}
