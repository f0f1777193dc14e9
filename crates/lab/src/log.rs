//! The log of a study: its batches as they were done, in one file that only grows.
//!
//! A batch is a frame: its number, its length, a checksum, its numbers as they are in memory, little
//! end first. A frame that was being written when the process died does not pass its checksum and is
//! cut off when the log is opened again. One process at a time has a log open.

use std::collections::BTreeMap;
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{BufReader, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

use crate::error::LabError;

const HEAD: usize = 8 + 8 + 4;
/// More numbers than a frame ever has: a length beyond it is not one.
const MOST: u64 = 1 << 32;

/// A study's batches on disk.
#[derive(Debug)]
pub struct Log {
    file: File,
    path: PathBuf,
    /// Where each batch's numbers are, and how many.
    frames: BTreeMap<u64, (u64, u64)>,
    end: u64,
}

impl Log {
    /// A new log.
    ///
    /// # Errors
    /// When there is a file already, or it cannot be written.
    pub fn create(path: &Path) -> Result<Self, LabError> {
        let file = OpenOptions::new()
            .read(true)
            .write(true)
            .create_new(true)
            .open(path)
            .map_err(|error| LabError::io(path, &error))?;
        claim(&file, path)?;
        Ok(Log { file, path: path.to_owned(), frames: BTreeMap::new(), end: 0 })
    }

    /// A log that was begun; what was written in part is cut off.
    ///
    /// # Errors
    /// When it cannot be read or written, or another process is at work on it.
    pub fn open(path: &Path) -> Result<Self, LabError> {
        let wrong = |error| LabError::io(path, &error);
        let file = OpenOptions::new().read(true).write(true).open(path).map_err(wrong)?;
        claim(&file, path)?;
        let log = Log::scan(file, path)?;
        log.file.set_len(log.end).map_err(wrong)?;
        Ok(log)
    }

    /// A log to read and leave as it is.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn open_to_read(path: &Path) -> Result<Self, LabError> {
        let file = File::open(path).map_err(|error| LabError::io(path, &error))?;
        Log::scan(file, path)
    }

    fn scan(file: File, path: &Path) -> Result<Self, LabError> {
        let wrong = |error| LabError::io(path, &error);
        let mut reader = BufReader::new(file.try_clone().map_err(wrong)?);
        let size = file.metadata().map_err(wrong)?.len();
        let mut log = Log { file, path: path.to_owned(), frames: BTreeMap::new(), end: 0 };
        while let Some((batch, numbers)) = read_frame(&mut reader, size - log.end) {
            let count = numbers.len() as u64 / 8;
            log.frames.insert(batch, (log.end + HEAD as u64, count));
            log.end += HEAD as u64 + numbers.len() as u64;
        }
        Ok(log)
    }

    /// Whether a batch is in it.
    pub fn has(&self, batch: u64) -> bool {
        self.frames.contains_key(&batch)
    }

    /// The batches in it.
    pub fn batches(&self) -> impl Iterator<Item = u64> {
        self.frames.keys().copied()
    }

    /// A batch's numbers, if it is in it.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn read(&mut self, batch: u64) -> Result<Option<Vec<f64>>, LabError> {
        let Some(&(at, count)) = self.frames.get(&batch) else { return Ok(None) };
        let mut bytes = vec![0; count as usize * 8];
        self.file
            .seek(SeekFrom::Start(at))
            .and_then(|_| self.file.read_exact(&mut bytes))
            .map_err(|error| LabError::io(&self.path, &error))?;
        Ok(Some(numbers(&bytes)))
    }

    /// Writes a batch to the end. It survives the end of the process from then on.
    ///
    /// # Errors
    /// When it cannot be written, as on a full disk; what was written before stays.
    pub fn append(&mut self, batch: u64, numbers: &[f64]) -> Result<(), LabError> {
        let mut frame = Vec::with_capacity(HEAD + numbers.len() * 8);
        frame.extend_from_slice(&batch.to_le_bytes());
        frame.extend_from_slice(&(numbers.len() as u64).to_le_bytes());
        frame.extend_from_slice(&[0; 4]);
        for number in numbers {
            frame.extend_from_slice(&number.to_le_bytes());
        }
        let sum = checksum(&frame[..16], &frame[HEAD..]);
        frame[16..HEAD].copy_from_slice(&sum.to_le_bytes());
        self.file
            .seek(SeekFrom::Start(self.end))
            .and_then(|_| self.file.write_all(&frame))
            .map_err(|error| LabError::io(&self.path, &error))?;
        self.frames.insert(batch, (self.end + HEAD as u64, numbers.len() as u64));
        self.end += frame.len() as u64;
        Ok(())
    }
}

/// Makes sure that no other process writes to the file. The operating system gives the claim back when
/// the process ends, however it ends.
fn claim(file: &File, path: &Path) -> Result<(), LabError> {
    match file.try_lock() {
        Err(TryLockError::WouldBlock) => {
            let message = "another process is at work on it".to_owned();
            Err(LabError::Io { path: path.to_owned(), message })
        }
        // Some file systems know no locks. That is no reason to refuse to work.
        Ok(()) | Err(TryLockError::Error(_)) => Ok(()),
    }
}

fn checksum(head: &[u8], body: &[u8]) -> u32 {
    let mut sum = crc32fast::Hasher::new();
    sum.update(head);
    sum.update(body);
    sum.finalize()
}

/// The next frame's batch and bytes; nothing when what is left is not a whole frame.
fn read_frame(reader: &mut impl std::io::Read, left: u64) -> Option<(u64, Vec<u8>)> {
    let mut head = [0; HEAD];
    if left < HEAD as u64 {
        return None;
    }
    reader.read_exact(&mut head).ok()?;
    let word = |from: usize| {
        let mut bytes = [0; 8];
        bytes.copy_from_slice(&head[from..from + 8]);
        u64::from_le_bytes(bytes)
    };
    let (batch, count) = (word(0), word(8));
    if count >= MOST || HEAD as u64 + count * 8 > left {
        return None;
    }
    let mut body = vec![0; count as usize * 8];
    reader.read_exact(&mut body).ok()?;
    let sum = checksum(&head[..16], &body).to_le_bytes();
    (head[16..] == sum).then_some((batch, body))
}

fn numbers(bytes: &[u8]) -> Vec<f64> {
    let (words, _) = bytes.as_chunks::<8>();
    words.iter().map(|word| f64::from_le_bytes(*word)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scratch(name: &str) -> PathBuf {
        let path = std::env::temp_dir().join(format!("hotwash-log-{}-{name}", std::process::id()));
        let _ = std::fs::remove_file(&path);
        path
    }

    #[test]
    fn a_log_cut_anywhere_keeps_the_frames_before() {
        let path = scratch("cut");
        let mut log = Log::create(&path).unwrap();
        log.append(4, &[1.0, f64::NAN]).unwrap();
        log.append(0, &[]).unwrap();
        log.append(7, &[3.0]).unwrap();
        drop(log);
        let whole = std::fs::read(&path).unwrap();
        for cut in 0..whole.len() {
            std::fs::write(&path, &whole[..cut]).unwrap();
            let mut log = Log::open(&path).unwrap();
            let expected = [(36, 4), (56, 0)].iter().filter(|(end, _)| cut >= *end);
            let mut expected: Vec<u64> = expected.map(|(_, batch)| *batch).collect();
            expected.sort_unstable();
            assert_eq!(log.batches().collect::<Vec<_>>(), expected, "cut at {cut}");
            log.append(9, &[8.0]).unwrap();
            drop(log);
            let mut again = Log::open(&path).unwrap();
            assert_eq!(again.read(9).unwrap().unwrap(), [8.0]);
        }
        std::fs::remove_file(&path).unwrap();
    }

    #[test]
    fn a_flipped_bit_ends_the_log_before_it() {
        let path = scratch("flip");
        let mut log = Log::create(&path).unwrap();
        log.append(1, &[1.0]).unwrap();
        log.append(2, &[2.0]).unwrap();
        drop(log);
        let mut bytes = std::fs::read(&path).unwrap();
        let last = bytes.len() - 1;
        bytes[last] ^= 1;
        std::fs::write(&path, &bytes).unwrap();
        assert_eq!(Log::open(&path).unwrap().batches().collect::<Vec<_>>(), [1]);
        std::fs::remove_file(&path).unwrap();
    }

    #[test]
    fn a_log_has_one_owner_at_a_time() {
        let path = scratch("owner");
        let log = Log::create(&path).unwrap();
        let error = Log::open(&path).unwrap_err().to_string();
        assert!(error.contains("another process"), "{error}");
        drop(log);
        Log::open(&path).unwrap();
        std::fs::remove_file(&path).unwrap();
    }

    #[test]
    fn bytes_of_something_else_are_no_frames() {
        let path = scratch("garbage");
        let text = "not a log at all, though it is long enough to be one ".repeat(9);
        for bytes in [Vec::new(), vec![0; 19], vec![255; 4096], text.into_bytes()] {
            std::fs::write(&path, bytes).unwrap();
            assert_eq!(Log::open(&path).unwrap().batches().count(), 0);
            assert_eq!(std::fs::metadata(&path).unwrap().len(), 0);
        }
        std::fs::remove_file(&path).unwrap();
    }
}
