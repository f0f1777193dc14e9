//! Where a scenario's files come from: a folder on disk, texts built into the program, a library.

use std::borrow::Cow;
use std::io::Read as _;
use std::path::{Path, PathBuf};

/// Largest file that is read, in bytes.
pub const MAX_FILE: u64 = 4 << 20;

/// Prefix of files of the shipped library.
pub const LIBRARY: &str = "library:";

/// Why a file cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReadError {
    /// There is none.
    Missing,
    /// It lies outside of the scenario's folder, through a link.
    Escapes,
    /// It has this many bytes, more than [`MAX_FILE`].
    TooLarge(u64),
    /// The system's words.
    Failed(String),
}

/// A scenario's files by path: relative, with `/`.
pub trait Files {
    /// The bytes of a file.
    ///
    /// # Errors
    /// Why it cannot be read.
    fn read(&self, path: &str) -> Result<Vec<u8>, ReadError>;

    /// Paths of all `.ron` files in a folder (empty for the top), sorted, without its sub-folders.
    fn list(&self, folder: &str) -> Vec<String>;

    /// The path as people know it.
    fn show(&self, path: &str) -> String {
        path.to_owned()
    }
}

/// A folder on disk.
#[derive(Clone, Debug)]
pub struct Folder {
    shown: PathBuf,
    root: PathBuf,
}

impl Folder {
    /// Opens a scenario's folder, or the folder of a scenario that is one file; says which file to
    /// start with.
    ///
    /// # Errors
    /// When there is no such folder or file.
    pub fn open(path: &Path) -> std::io::Result<(Self, String)> {
        if path.is_dir() {
            let root = path.canonicalize()?;
            return Ok((Folder { shown: path.to_owned(), root }, "scenario.ron".to_owned()));
        }
        let shown = path.parent().unwrap_or(Path::new("")).to_owned();
        let name = path.file_name().and_then(|n| n.to_str()).ok_or_else(|| {
            std::io::Error::new(
                std::io::ErrorKind::InvalidInput,
                "the name of the file is not text",
            )
        })?;
        let full = path.canonicalize()?;
        // The file itself may be a link; its neighbours are those of the link's target.
        let root = full.parent().unwrap_or(Path::new("/")).to_owned();
        let target = full.file_name().and_then(|n| n.to_str()).unwrap_or(name);
        Ok((Folder { shown, root }, target.to_owned()))
    }
}

impl Files for Folder {
    fn read(&self, path: &str) -> Result<Vec<u8>, ReadError> {
        let failed = |e: std::io::Error| match e.kind() {
            std::io::ErrorKind::NotFound => ReadError::Missing,
            _ => ReadError::Failed(e.to_string()),
        };
        let full = self.root.join(path).canonicalize().map_err(failed)?;
        if !full.starts_with(&self.root) {
            return Err(ReadError::Escapes);
        }
        let meta = full.metadata().map_err(failed)?;
        if !meta.is_file() {
            return Err(ReadError::Failed("it is not a file".to_owned()));
        }
        let mut bytes = Vec::new();
        let file = std::fs::File::open(&full).map_err(failed)?;
        file.take(MAX_FILE + 1).read_to_end(&mut bytes).map_err(failed)?;
        if bytes.len() as u64 > MAX_FILE {
            return Err(ReadError::TooLarge(meta.len().max(bytes.len() as u64)));
        }
        Ok(bytes)
    }

    fn list(&self, folder: &str) -> Vec<String> {
        let Ok(entries) = std::fs::read_dir(self.root.join(folder)) else { return Vec::new() };
        let mut paths: Vec<String> = entries
            .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
            .filter(|name| name.ends_with(".ron") && !name.starts_with('.'))
            .map(|name| if folder.is_empty() { name } else { format!("{folder}/{name}") })
            .collect();
        paths.sort();
        paths
    }

    fn show(&self, path: &str) -> String {
        self.shown.join(path).display().to_string()
    }
}

/// Texts built into the program.
#[derive(Clone, Debug, Default)]
pub struct Embedded {
    files: Vec<(Cow<'static, str>, Cow<'static, str>)>,
    prefix: String,
}

impl Embedded {
    /// Files by path.
    pub fn new<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let owned = |text: &str| Cow::Owned(text.to_owned());
        let files = files.into_iter().map(|(path, text)| (owned(path), owned(text)));
        Embedded { files: files.collect(), prefix: String::new() }
    }

    /// The same of texts that last as long as the program, which are not copied.
    pub fn lasting(files: impl IntoIterator<Item = (&'static str, &'static str)>) -> Self {
        let files = files.into_iter().map(|(path, text)| (path.into(), text.into()));
        Embedded { files: files.collect(), prefix: String::new() }
    }

    /// The same, shown to people with this in front of each path.
    #[must_use]
    pub fn shown_as(mut self, prefix: &str) -> Self {
        prefix.clone_into(&mut self.prefix);
        self
    }
}

impl Files for Embedded {
    fn read(&self, path: &str) -> Result<Vec<u8>, ReadError> {
        let (_, text) =
            self.files.iter().find(|(known, _)| known == path).ok_or(ReadError::Missing)?;
        if text.len() as u64 > MAX_FILE {
            return Err(ReadError::TooLarge(text.len() as u64));
        }
        Ok(text.as_bytes().to_vec())
    }

    fn list(&self, folder: &str) -> Vec<String> {
        let inside = |path: &str| match (folder, path.rsplit_once('/')) {
            ("", at) => at.is_none(),
            (folder, Some((at, _))) => at == folder,
            (_, None) => false,
        };
        let known = self.files.iter().map(|(path, _)| path);
        let known = known.filter(|p| p.ends_with(".ron") && inside(p));
        let mut paths: Vec<String> = known.map(|path| path.clone().into_owned()).collect();
        paths.sort();
        paths
    }

    fn show(&self, path: &str) -> String {
        format!("{}{path}", self.prefix)
    }
}

/// Prefix, within the library, of the house's own: `library:house/NAME`.
pub const HOUSE: &str = "house/";

/// A library with the house's own files in it.
#[derive(Clone, Copy)]
pub struct WithHouse<'a> {
    library: &'a dyn Files,
    house: Option<&'a dyn Files>,
}

impl<'a> WithHouse<'a> {
    /// Both together; there may be no house library.
    pub fn new(library: &'a dyn Files, house: Option<&'a dyn Files>) -> Self {
        WithHouse { library, house }
    }
}

impl Files for WithHouse<'_> {
    fn read(&self, path: &str) -> Result<Vec<u8>, ReadError> {
        match (path.strip_prefix(HOUSE), self.house) {
            (Some(name), Some(house)) => house.read(name),
            _ => self.library.read(path),
        }
    }

    fn list(&self, folder: &str) -> Vec<String> {
        let inside = folder.strip_prefix(HOUSE.trim_end_matches('/'));
        match (inside, self.house) {
            (Some(rest), Some(house)) if rest.is_empty() || rest.starts_with('/') => {
                let names = house.list(rest.trim_start_matches('/')).into_iter();
                names.map(|name| format!("{HOUSE}{name}")).collect()
            }
            _ => self.library.list(folder),
        }
    }
}

/// The file that a name in the library stands for: `.ron` is left out of names, other endings are not.
pub fn library_file(name: &str) -> String {
    let last = name.rsplit('/').next().unwrap_or(name);
    if last.contains('.') { name.to_owned() } else { format!("{name}.ron") }
}

/// Files together with a library: `library:NAME` is the library's `NAME.ron`, and
/// `library:SCENARIO/NAME` a file of another scenario that it holds.
#[derive(Clone, Copy)]
pub struct WithLibrary<'a> {
    files: &'a dyn Files,
    library: &'a dyn Files,
}

impl<'a> WithLibrary<'a> {
    /// Both together.
    pub fn new(files: &'a dyn Files, library: &'a dyn Files) -> Self {
        WithLibrary { files, library }
    }
}

impl Files for WithLibrary<'_> {
    fn read(&self, path: &str) -> Result<Vec<u8>, ReadError> {
        match path.strip_prefix(LIBRARY) {
            Some(name) => self.library.read(&library_file(name)),
            None => self.files.read(path),
        }
    }

    fn list(&self, folder: &str) -> Vec<String> {
        let Some(inside) = folder.strip_prefix(LIBRARY) else { return self.files.list(folder) };
        let names = self.library.list(inside).into_iter();
        names.map(|p| format!("{LIBRARY}{}", p.trim_end_matches(".ron"))).collect()
    }

    fn show(&self, path: &str) -> String {
        if path.starts_with(LIBRARY) { path.to_owned() } else { self.files.show(path) }
    }
}
