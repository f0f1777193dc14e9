//! Secrets of a session: keys in links, tokens in cookies, the code by which players join.
//!
//! Keys and tokens have 256 bits from the operating system; only their SHA-256 is kept, in `keys.json`
//! beside the session's file, so that the same browsers go on after a crash and nobody who reads the
//! file gets in. The join code is for a room full of people and is kept as it is.

use std::collections::BTreeMap;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use hotwash_exercise::record::sha256;
use serde::{Deserialize, Serialize};

use crate::ring::held;

/// Name of the file.
const FILE: &str = "keys.json";
/// Version of the file.
const FORMAT: u32 = 1;
/// Keys of one kind that are valid at once: each start of the server makes one more.
const MOST: usize = 16;
/// Digits and letters that nobody takes for another one, read aloud or on a projector.
const CODE_LETTERS: &[u8; 24] = b"ACDEFGHJKMNPQRTUVWXY3479";
/// Letters of a join code.
const CODE_LENGTH: usize = 6;

/// What a key opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Opens {
    Facilitator,
    Evaluator,
    Screen,
}

/// The secrets of a session, or of the whole server, as they are kept.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Kept {
    format: u32,
    code: String,
    facilitator: Vec<String>,
    evaluator: Vec<String>,
    screen: Vec<String>,
    /// Ids of people by the hash of their token.
    people: BTreeMap<String, String>,
}

/// The secrets of a session, or of the whole server. Nothing is in effect before it is on the disk, and
/// who only looks never waits for the disk.
#[derive(Debug)]
pub(crate) struct Keys {
    path: PathBuf,
    kept: Mutex<Arc<Kept>>,
    writing: Mutex<()>,
}

impl Keys {
    /// The secrets kept in a directory; none yet where there is no file.
    pub(crate) fn read(dir: &Path) -> Result<Keys, String> {
        let path = dir.join(FILE);
        let shown = path.display();
        let kept = match fs::read(&path) {
            Ok(bytes) => serde_json::from_slice(&bytes)
                .map_err(|e| format!("{shown}: {e}; delete the file to make new links"))?,
            Err(error) if error.kind() == io::ErrorKind::NotFound => Kept {
                format: FORMAT,
                code: String::new(),
                facilitator: Vec::new(),
                evaluator: Vec::new(),
                screen: Vec::new(),
                people: BTreeMap::new(),
            },
            Err(error) => return Err(format!("{shown}: {error}")),
        };
        if kept.format != FORMAT {
            return Err(format!(
                "{shown}: written by another version; delete it to make new links"
            ));
        }
        Ok(Keys { path, kept: Mutex::new(Arc::new(kept)), writing: Mutex::new(()) })
    }

    fn now(&self) -> Arc<Kept> {
        held(&self.kept).clone()
    }

    /// Changes the secrets: first on the disk, then here.
    fn change<R>(&self, change: impl FnOnce(&mut Kept) -> Result<R, String>) -> Result<R, String> {
        let writing = held(&self.writing);
        let mut kept = Kept::clone(&self.now());
        let out = change(&mut kept)?;
        let written = write(&self.path, &kept);
        written.map_err(|error| format!("{}: {error}", self.path.display()))?;
        *held(&self.kept) = Arc::new(kept);
        drop(writing);
        Ok(out)
    }

    /// The join code; empty until there is one.
    pub(crate) fn code(&self) -> String {
        self.now().code.clone()
    }

    /// Makes a join code if there is none that would do.
    pub(crate) fn ensure_code(&self, is_taken: impl Fn(&str) -> bool) -> Result<(), String> {
        self.change(|kept| {
            while kept.code.is_empty() || is_taken(&kept.code) {
                kept.code = new_code()?;
            }
            Ok(())
        })
    }

    /// Makes a key. Earlier ones stay valid: people may have the link.
    pub(crate) fn new_key(&self, opens: Opens) -> Result<String, String> {
        let key = new_token()?;
        self.change(|kept| {
            let list = match opens {
                Opens::Facilitator => &mut kept.facilitator,
                Opens::Evaluator => &mut kept.evaluator,
                Opens::Screen => &mut kept.screen,
            };
            list.push(hash(&key));
            let surplus = list.len().saturating_sub(MOST);
            list.drain(..surplus);
            Ok(())
        })?;
        Ok(key)
    }

    /// What a key opens, by its hash.
    pub(crate) fn opens(&self, hash: &str) -> Option<Opens> {
        let kept = self.now();
        let lists = [
            (&kept.facilitator, Opens::Facilitator),
            (&kept.evaluator, Opens::Evaluator),
            (&kept.screen, Opens::Screen),
        ];
        let found = lists.into_iter().find(|(list, _)| list.iter().any(|h| h == hash));
        found.map(|(_, opens)| opens)
    }

    /// Whose token has this hash.
    pub(crate) fn person(&self, hash: &str) -> Option<String> {
        self.now().people.get(hash).cloned()
    }

    /// From now on a token is somebody's.
    pub(crate) fn admit(&self, hash: String, person: String) -> Result<(), String> {
        self.change(|kept| {
            kept.people.insert(hash, person);
            Ok(())
        })
    }

    /// The people of another session have the same tokens here, as far as they are here too: the id of
    /// somebody who is not will be another's.
    pub(crate) fn admit_all(
        &self,
        of: &Keys,
        is_here: impl Fn(&str) -> bool,
    ) -> Result<(), String> {
        let mut people = of.now().people.clone();
        people.retain(|_, person| is_here(person));
        self.change(|kept| {
            kept.people = people;
            Ok(())
        })
    }
}

/// Writes all anew beside the old file and puts it in its place, so that a crash leaves one of both.
fn write(path: &Path, kept: &Kept) -> io::Result<()> {
    let json = serde_json::to_vec(kept).map_err(io::Error::other)?;
    let new = path.with_extension("json.new");
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&new)?;
    file.write_all(&json)?;
    file.sync_all()?;
    fs::rename(&new, path)?;
    match path.parent() {
        Some(dir) => File::open(dir)?.sync_all(),
        None => Ok(()),
    }
}

/// What a link or a cookie carries: 256 bits in letters that need no escape in an address.
pub(crate) fn new_token() -> Result<String, String> {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut bytes = [0_u8; 33];
    fill(&mut bytes[..32])?;
    let groups = bytes.chunks_exact(3).flat_map(|group| {
        let bits = u32::from(group[0]) << 16 | u32::from(group[1]) << 8 | u32::from(group[2]);
        [18, 12, 6, 0].map(|shift| LETTERS[(bits >> shift & 63) as usize] as char)
    });
    // The last six bits are none of the token's.
    Ok(groups.take(43).collect())
}

fn new_code() -> Result<String, String> {
    let mut code = String::new();
    while code.len() < CODE_LENGTH {
        let mut byte = [0_u8];
        fill(&mut byte)?;
        // What does not divide evenly is drawn again: every letter is as likely.
        if byte[0] < 240 {
            code.push(CODE_LETTERS[usize::from(byte[0]) % CODE_LETTERS.len()] as char);
        }
    }
    Ok(code)
}

fn fill(bytes: &mut [u8]) -> Result<(), String> {
    getrandom::fill(bytes).map_err(|e| format!("the operating system gives no random bytes: {e}"))
}

/// A code as somebody typed it, in the form in which it is kept.
pub(crate) fn normal_code(typed: &str) -> String {
    let letters = typed.chars().filter(char::is_ascii_alphanumeric).take(CODE_LENGTH + 1);
    letters.map(|c| c.to_ascii_uppercase()).collect()
}

/// The hash by which a key or token is known.
pub(crate) fn hash(token: &str) -> String {
    sha256(token.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scratch(name: &str) -> PathBuf {
        let dir = std::env::temp_dir().join(format!("hotwash-keys-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&dir);
        fs::create_dir_all(&dir).unwrap();
        dir
    }

    #[test]
    fn tokens_are_long_and_all_different() {
        let tokens: std::collections::BTreeSet<String> =
            (0..64).map(|_| new_token().unwrap()).collect();
        assert_eq!(tokens.len(), 64);
        assert!(tokens.iter().all(|t| t.len() == 43));
    }

    #[test]
    fn secrets_survive_and_are_not_in_the_file() {
        let dir = scratch("survive");
        let keys = Keys::read(&dir).unwrap();
        keys.ensure_code(|_| false).unwrap();
        let key = keys.new_key(Opens::Evaluator).unwrap();
        keys.admit(hash("somebody's"), "p1".to_owned()).unwrap();
        let again = Keys::read(&dir).unwrap();
        assert_eq!(again.now(), keys.now());
        assert_eq!(again.opens(&hash(&key)), Some(Opens::Evaluator));
        assert_eq!(again.opens(&hash("another")), None);
        assert_eq!(again.person(&hash("somebody's")).as_deref(), Some("p1"));
        let text = fs::read_to_string(dir.join(FILE)).unwrap();
        assert!(!text.contains(&key) && !text.contains("somebody's"));
        fs::remove_dir_all(dir).unwrap();
    }

    #[test]
    fn a_code_is_typed_as_people_type() {
        let code = new_code().unwrap();
        assert_eq!(code.len(), 6);
        let typed = format!(" {}-{} ", &code[..3].to_lowercase(), &code[3..]);
        assert_eq!(normal_code(&typed), code);
    }
}
