//! The session's file: one line a record, `CRC32 JSON`, appended and flushed to the disk before
//! anybody sees the effect.
//!
//! A last line without its end, or with a wrong sum, is what a power cut leaves: it was never
//! acknowledged and is cut off. Damage before the last line is refused.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Read as _, Write as _};
use std::path::Path;
use std::time::Duration;

use crate::act::Record;
use crate::error::ExerciseError;

/// Where records go.
pub trait Keep: Send {
    /// Appends a record. With `flush`, it is on the disk when this returns.
    ///
    /// # Errors
    /// When it could not be written; nothing may then be taken as done.
    fn keep(&mut self, record: &Record, flush: bool) -> io::Result<()>;
}

/// Keeps nothing.
#[derive(Clone, Copy, Debug)]
pub struct Nowhere;

impl Keep for Nowhere {
    fn keep(&mut self, _: &Record, _: bool) -> io::Result<()> {
        Ok(())
    }
}

/// What a session's file is written to.
trait Disk: Send {
    fn write(&mut self, bytes: &[u8]) -> io::Result<()>;
    fn flush(&mut self) -> io::Result<()>;
    fn cut(&mut self, length: u64) -> io::Result<()>;
}

impl Disk for File {
    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.write_all(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.sync_data()
    }

    fn cut(&mut self, length: u64) -> io::Result<()> {
        self.set_len(length)
    }
}

/// A session's file.
pub struct SessionLog {
    file: Box<dyn Disk>,
    /// Bytes of whole records.
    length: u64,
    /// A failed write could not be undone: the end of the file is unknown.
    is_broken: bool,
}

impl SessionLog {
    /// A new file.
    ///
    /// # Errors
    /// When there is one already, or it cannot be made.
    pub fn create(path: &Path) -> io::Result<Self> {
        let file = OpenOptions::new().create_new(true).append(true).open(path)?;
        alone(&file)?;
        // The name must survive a power cut too.
        if let Some(dir) = path.parent().filter(|dir| !dir.as_os_str().is_empty()) {
            File::open(dir)?.sync_all()?;
        }
        Ok(SessionLog { file: Box::new(file), length: 0, is_broken: false })
    }

    /// The file of a session to go on with, and its records. A torn last line is cut off.
    ///
    /// # Errors
    /// When it cannot be read, is damaged before its last line, or another program goes on with it.
    pub fn open(path: &Path) -> Result<(Self, Vec<Record>), ExerciseError> {
        let file = OpenOptions::new().append(true).open(path)?;
        // Before it is read: what another program still appends would be taken for torn.
        alone(&file)?;
        let (records, length) = read_whole(path)?;
        file.set_len(length)?;
        file.sync_all()?;
        Ok((SessionLog { file: Box::new(file), length, is_broken: false }, records))
    }
}

impl Keep for SessionLog {
    fn keep(&mut self, record: &Record, flush: bool) -> io::Result<()> {
        if self.is_broken {
            return Err(io::Error::other("an earlier record could not be written"));
        }
        let line = line(record)?;
        let written = self.file.write(line.as_bytes());
        let written = if flush { written.and_then(|()| self.file.flush()) } else { written };
        match written {
            Ok(()) => {
                self.length += line.len() as u64;
                Ok(())
            }
            Err(error) => {
                // Half a line would make the next one unreadable.
                self.is_broken = self.file.cut(self.length).is_err();
                Err(error)
            }
        }
    }
}

/// Keeps other programs from appending to the same file for as long as it is open; the system lets go of
/// it even after a crash. Not on Windows, where nobody could then read the file either.
fn alone(file: &File) -> io::Result<()> {
    if cfg!(windows) {
        return Ok(());
    }
    /// A program that is just ending, or that is just starting another one, still holds the lock: it is
    /// worth some tenths of a second of patience.
    const TRIES: u32 = 20;
    const PATIENCE: Duration = Duration::from_millis(20);
    let mut tried = file.try_lock();
    for _ in 1..TRIES {
        if !matches!(tried, Err(TryLockError::WouldBlock)) {
            break;
        }
        std::thread::sleep(PATIENCE);
        tried = file.try_lock();
    }
    match tried {
        Err(TryLockError::WouldBlock) => Err(io::Error::new(
            io::ErrorKind::ResourceBusy,
            "another program has this session open; stop that one first",
        )),
        // Some network drives know no locks; the session is played all the same.
        Ok(()) | Err(TryLockError::Error(_)) => Ok(()),
    }
}

fn line(record: &Record) -> io::Result<String> {
    let json = serde_json::to_string(record).map_err(io::Error::other)?;
    Ok(format!("{:08x} {json}\n", crc32fast::hash(json.as_bytes())))
}

/// The records of a session's file, to read only.
///
/// # Errors
/// When it cannot be read, or is damaged before its last line.
pub fn read_log(path: &Path) -> Result<Vec<Record>, ExerciseError> {
    read_whole(path).map(|(records, _)| records)
}

/// Records, and how many bytes they fill.
fn read_whole(path: &Path) -> Result<(Vec<Record>, u64), ExerciseError> {
    let mut bytes = Vec::new();
    File::open(path)?.read_to_end(&mut bytes)?;
    let mut records: Vec<Record> = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let end = bytes[at..].iter().position(|b| *b == b'\n').map(|n| at + n);
        let is_last = end.is_none_or(|end| end + 1 == bytes.len());
        let read = end.and_then(|end| parse(&bytes[at..end]));
        match (read, end) {
            (Some(record), Some(end)) if record.n == records.len() as u64 => {
                records.push(record);
                at = end + 1;
            }
            (None, end) if is_last && end.is_none_or(|end| whole(&bytes[at..end]).is_none()) => {
                break;
            }
            _ => {
                let (n, path) = (records.len() + 1, path.display());
                let why = format!(
                    "{path}:{n}: this line is damaged or of another version, or a line before it is missing"
                );
                return Err(ExerciseError::File(why));
            }
        }
    }
    Ok((records, at as u64))
}

fn parse(line: &[u8]) -> Option<Record> {
    serde_json::from_str(whole(line)?).ok()
}

/// What stands in a line, if it has the right sum.
fn whole(line: &[u8]) -> Option<&str> {
    let text = std::str::from_utf8(line).ok()?;
    let (sum, json) = text.split_once(' ')?;
    let is_whole = u32::from_str_radix(sum, 16).ok()? == crc32fast::hash(json.as_bytes());
    is_whole.then_some(json)
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;
    use crate::act::Act;

    /// A file of a test's own, gone when the test is over.
    struct Scratch(PathBuf);

    impl Scratch {
        fn new(name: &str) -> Scratch {
            let file = format!("hotwash-log-{name}-{}", std::process::id());
            let path = std::env::temp_dir().join(file);
            let _ = std::fs::remove_file(&path);
            Scratch(path)
        }

        /// With so many records.
        fn with(name: &str, records: u64) -> Scratch {
            let scratch = Scratch::new(name);
            let mut log = SessionLog::create(&scratch.0).unwrap();
            (0..records).for_each(|n| log.keep(&record(n), true).unwrap());
            scratch
        }

        fn bytes(&self) -> Vec<u8> {
            std::fs::read(&self.0).unwrap()
        }

        fn write(&self, bytes: &[u8]) {
            std::fs::write(&self.0, bytes).unwrap();
        }
    }

    impl Drop for Scratch {
        fn drop(&mut self) {
            let _ = std::fs::remove_file(&self.0);
        }
    }

    fn record(n: u64) -> Record {
        let act = Act::Note { text: format!("note {n}\nof two lines, \u{e4}"), entry: 0 };
        Record { n, ms: n as i64 * 1_000, wall_ms: 7, by: "p1".to_owned(), act }
    }

    fn records(count: u64) -> Vec<Record> {
        (0..count).map(record).collect()
    }

    #[test]
    fn what_was_kept_is_read_and_gone_on_with() {
        let scratch = Scratch::with("kept", 3);
        assert_eq!(read_log(&scratch.0).unwrap(), records(3));
        let (mut log, read) = SessionLog::open(&scratch.0).unwrap();
        assert_eq!(read, records(3));
        log.keep(&record(3), false).unwrap();
        assert_eq!(read_log(&scratch.0).unwrap(), records(4));
        assert!(SessionLog::create(&scratch.0).is_err(), "a session's file is not written over");
    }

    #[test]
    fn a_last_line_torn_anywhere_is_cut_off_and_nothing_else() {
        let whole = Scratch::with("torn", 3);
        let bytes = whole.bytes();
        let two = bytes[..bytes.len() - 1].iter().rposition(|b| *b == b'\n').unwrap() + 1;
        for length in two..bytes.len() {
            whole.write(&bytes[..length]);
            let (mut log, read) = SessionLog::open(&whole.0).unwrap();
            assert_eq!(read, records(2), "torn at {length}");
            assert_eq!(whole.bytes(), bytes[..two]);
            log.keep(&record(2), true).unwrap();
            assert_eq!(whole.bytes(), bytes);
        }
        // Whole in length, but not what was written.
        let mut wrong = bytes.clone();
        *wrong.iter_mut().rev().nth(3).unwrap() ^= 1;
        whole.write(&wrong);
        assert_eq!(read_log(&whole.0).unwrap(), records(2));
        assert_eq!(whole.bytes(), wrong, "looking changes nothing");
    }

    #[test]
    fn damage_before_the_last_line_is_refused_and_left_as_it_is() {
        let scratch = Scratch::with("damage", 3);
        let bytes = scratch.bytes();
        let first_two = bytes[..bytes.len() - 1].iter().rposition(|b| *b == b'\n').unwrap();
        for at in 0..first_two {
            let mut wrong = bytes.clone();
            wrong[at] ^= 1;
            scratch.write(&wrong);
            let Err(ExerciseError::File(why)) = SessionLog::open(&scratch.0) else {
                panic!("byte {at} was changed and nobody noticed");
            };
            assert!(why.contains("damaged"), "{why}");
            assert_eq!(scratch.bytes(), wrong);
        }
    }

    #[test]
    fn a_whole_last_line_that_nobody_understands_is_not_cut_off() {
        let scratch = Scratch::with("newer", 2);
        let json = r#"{"n":2,"ms":0,"wall_ms":0,"by":"p1","act":{"Dance":{}}}"#;
        let line = format!("{:08x} {json}\n", crc32fast::hash(json.as_bytes()));
        let bytes = [scratch.bytes(), line.into_bytes()].concat();
        scratch.write(&bytes);
        let Err(ExerciseError::File(why)) = SessionLog::open(&scratch.0) else {
            panic!("a record was dropped and nobody noticed");
        };
        assert!(why.contains(":3:") && why.contains("another version"), "{why}");
        assert_eq!(scratch.bytes(), bytes);
    }

    #[test]
    #[cfg(not(windows))]
    fn two_programs_do_not_go_on_with_one_session() {
        let scratch = Scratch::with("two", 1);
        let (first, _) = SessionLog::open(&scratch.0).unwrap();
        let Err(error) = SessionLog::open(&scratch.0) else { panic!("both would write record 1") };
        assert!(error.to_string().contains("another program"), "{error}");
        assert_eq!(read_log(&scratch.0).unwrap(), records(1), "looking is for everybody");
        drop(first);
        assert!(SessionLog::open(&scratch.0).is_ok());
    }

    #[test]
    fn a_missing_line_is_refused() {
        let scratch = Scratch::with("hole", 4);
        let text = String::from_utf8(scratch.bytes()).unwrap();
        let lines: Vec<&str> = text.split_inclusive('\n').collect();
        for missing in 0..3 {
            let rest: String =
                lines.iter().enumerate().filter(|(n, _)| *n != missing).map(|(_, l)| *l).collect();
            scratch.write(rest.as_bytes());
            let Err(ExerciseError::File(why)) = read_log(&scratch.0) else {
                panic!("line {missing} is missing and nobody noticed");
            };
            assert!(why.contains(&format!(":{}:", missing + 1)), "{why}");
        }
        scratch.write(lines[..3].concat().as_bytes());
        assert_eq!(read_log(&scratch.0).unwrap(), records(3));
    }

    /// A disk that is full at the third write: half of the line is written, then it fails.
    struct Full {
        file: File,
        writes: u32,
        may_cut: bool,
    }

    impl Disk for Full {
        fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
            self.writes += 1;
            if self.writes == 3 {
                self.file.write_all(&bytes[..bytes.len() / 2])?;
                return Err(io::ErrorKind::StorageFull.into());
            }
            self.file.write_all(bytes)
        }

        fn flush(&mut self) -> io::Result<()> {
            self.file.sync_data()
        }

        fn cut(&mut self, length: u64) -> io::Result<()> {
            if self.may_cut { self.file.set_len(length) } else { Err(io::Error::other("no")) }
        }
    }

    fn on_full_disk(scratch: &Scratch, may_cut: bool) -> SessionLog {
        let file = OpenOptions::new().create_new(true).append(true).open(&scratch.0).unwrap();
        let disk = Full { file, writes: 0, may_cut };
        let mut log = SessionLog { file: Box::new(disk), length: 0, is_broken: false };
        assert!(log.keep(&record(0), true).is_ok() && log.keep(&record(1), true).is_ok());
        assert!(log.keep(&record(2), true).is_err());
        log
    }

    #[test]
    fn a_write_that_fails_leaves_the_file_whole() {
        let scratch = Scratch::new("full");
        let mut log = on_full_disk(&scratch, true);
        assert_eq!(scratch.bytes().last(), Some(&b'\n'));
        assert_eq!(read_log(&scratch.0).unwrap(), records(2));
        // There is room again.
        log.keep(&record(2), true).unwrap();
        assert_eq!(read_log(&scratch.0).unwrap(), records(3));
    }

    #[test]
    fn a_file_whose_end_is_unknown_takes_nothing_more() {
        let scratch = Scratch::new("broken");
        let mut log = on_full_disk(&scratch, false);
        assert!(log.keep(&record(2), true).is_err());
        // What was acknowledged is all there.
        assert_eq!(read_log(&scratch.0).unwrap(), records(2));
    }
}
