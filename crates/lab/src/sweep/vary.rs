//! What is written after `--vary`, before anybody knows what it is about.

use super::plan::MOST_CELLS;
use crate::error::LabError;

/// `NAME=V1,V2,..`, `NAME=LOW..HIGH/LEVELS` or `NAME=LOW..HIGH`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Vary {
    /// A lever, a decision, or [`Vary::POLICY`].
    pub name: String,
    /// Its levels.
    pub levels: Written,
}

/// Levels as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Written {
    /// One by one.
    Listed(Vec<String>),
    /// So many at equal distances, both ends among them.
    Steps(String, String, usize),
    /// Anything between the ends.
    Range(String, String),
}

impl Vary {
    /// The factor whose levels are policies.
    pub const POLICY: &'static str = "policy";

    /// Reads it.
    ///
    /// # Errors
    /// What is not as it should be written.
    pub fn read(text: &str) -> Result<Vary, LabError> {
        let wrong = |what: &str| {
            LabError::usage(format!("--vary {text}: {what}"))
                .hint("write NAME=V1,V2,.. or NAME=LOW..HIGH/LEVELS or NAME=LOW..HIGH")
        };
        let (name, levels) = text.split_once('=').ok_or_else(|| wrong("there is no `=`"))?;
        let (name, levels) = (name.trim(), levels.trim());
        if name.is_empty() || levels.is_empty() {
            return Err(wrong("a name or its levels are missing"));
        }
        // A policy may be a path such as ../mine.ron.
        let ends = levels.split_once("..").filter(|_| name != Vary::POLICY);
        let levels = match ends {
            Some((low, rest)) => between(low, rest).map_err(|what| wrong(&what))?,
            None => Written::Listed(levels.split(',').map(|v| v.trim().to_owned()).collect()),
        };
        if let Written::Listed(list) = &levels
            && list.iter().any(String::is_empty)
        {
            return Err(wrong("there is an empty level"));
        }
        Ok(Vary { name: name.to_owned(), levels })
    }
}

fn between(low: &str, rest: &str) -> Result<Written, String> {
    let rest = rest.strip_prefix('=').unwrap_or(rest);
    let (high, steps) = rest.split_once('/').map_or((rest, None), |(h, s)| (h, Some(s.trim())));
    let (low, high) = (low.trim().to_owned(), high.trim().to_owned());
    if low.is_empty() || high.is_empty() {
        return Err("a range needs both ends".to_owned());
    }
    if low.contains(',') || high.contains(',') {
        return Err("levels are listed or a range, not both".to_owned());
    }
    let Some(steps) = steps else { return Ok(Written::Range(low, high)) };
    match steps.parse() {
        Ok(steps) if steps > MOST_CELLS => Err(format!("more than {MOST_CELLS} levels")),
        Ok(steps) if steps >= 2 => Ok(Written::Steps(low, high, steps)),
        Ok(_) => Err("a range needs two levels or more: its ends are the first two".to_owned()),
        Err(_) => Err(format!("`{steps}` is not a number of levels")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_three_ways_are_read() {
        let read = |text| Vary::read(text).unwrap().levels;
        let texts = |list: &[&str]| list.iter().map(|t| (*t).to_owned()).collect::<Vec<_>>();
        assert_eq!(read("a.b=3, 6,12"), Written::Listed(texts(&["3", "6", "12"])));
        assert_eq!(read("a.b=0d..60d/7"), Written::Steps("0d".into(), "60d".into(), 7));
        assert_eq!(read("a.b=0.5..1.5"), Written::Range("0.5".into(), "1.5".into()));
        assert_eq!(read("a.b=1..=5/2"), Written::Steps("1".into(), "5".into(), 2));
        assert_eq!(read("policy=../x.ron,deny"), Written::Listed(texts(&["../x.ron", "deny"])));
    }

    #[test]
    fn what_cannot_be_read_is_named() {
        for (text, says) in [
            ("a.b", "no `=`"),
            ("=3,4", "missing"),
            ("a.b=", "missing"),
            ("a.b=3,,4", "empty level"),
            ("a.b=..4", "both ends"),
            ("a.b=1..", "both ends"),
            ("a.b=1..4/", "`` is not a number of levels"),
            ("a.b=1..4/1", "two levels"),
            ("a.b=1..4/0", "two levels"),
            ("a.b=1..4/10001", "more than 10000 levels"),
            ("a.b=1..4/-3", "`-3` is not"),
            ("a.b=1..4,9", "not both"),
        ] {
            let error = Vary::read(text).unwrap_err().to_string();
            assert!(error.contains(says) && error.contains(text), "{text}: {error}");
        }
    }
}
