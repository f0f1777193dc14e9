//! Where scenarios come from: those built into the program, and paths.

use std::path::Path;

use hotwash_scenario::{
    Diagnostic, Embedded, Files, Folder, ReadError, Registry, Scenario, WithHouse, WithLibrary,
    load as load_files, load_to_run,
};

use crate::exit::{Code, Failure};

mod built_in {
    include!(concat!(env!("OUT_DIR"), "/shipped.rs"));
}

/// The shipped scenarios' names.
pub fn scenarios() -> Vec<&'static str> {
    let tops = built_in::FILES.iter().filter_map(|(path, _)| path.strip_suffix("/scenario.ron"));
    tops.filter(|name| !name.contains('/')).collect()
}

/// The shipped courses' names.
pub(crate) fn courses() -> Vec<&'static str> {
    let files = built_in::FILES.iter().map(|(path, _)| path);
    files.filter_map(|path| path.strip_prefix("courses/")?.strip_suffix(".ron")).collect()
}

/// The text of a shipped course.
pub(crate) fn course(name: &str) -> Option<&'static str> {
    let path = format!("courses/{name}.ron");
    built_in::FILES.iter().find(|(known, _)| *known == path).map(|(_, text)| *text)
}

/// The files below a folder of what is built in, by path from there.
fn inside(folder: &str) -> Vec<(&'static str, &'static str)> {
    let prefix = format!("{folder}/");
    let files = built_in::FILES.iter();
    files.filter_map(|(path, text)| Some((path.strip_prefix(&prefix)?, *text))).collect()
}

fn below(folder: &str) -> Embedded {
    Embedded::lasting(inside(folder))
}

/// All files of a shipped scenario, by path from its folder.
pub(crate) fn files(name: &str) -> Option<Vec<(&'static str, &'static str)>> {
    scenarios().contains(&name).then(|| inside(name))
}

/// Whether a file is of a sort that a scenario can consist of: what `build.rs` builds in.
pub(crate) fn is_part(path: &str) -> bool {
    // A kept run is of the scenario that it was kept for.
    if path.starts_with("golden/") || path.contains("/golden/") {
        return false;
    }
    let ending = path.rsplit_once('.').map(|(_, ending)| ending);
    matches!(ending, Some("ron" | "md" | "rhai" | "wat" | "txt"))
}

/// The shipped library, and the files of all shipped scenarios under their names.
pub(crate) fn library() -> Embedded {
    let name = |path: &'static str| path.strip_prefix("library/").unwrap_or(path);
    Embedded::lasting(built_in::FILES.iter().map(|(path, text)| (name(path), *text)))
}

/// The text of a file of a shipped scenario, by its path below the scenario's folder.
pub(crate) fn file(scenario: &str, path: &str) -> Option<&'static str> {
    let path = format!("{scenario}/{path}");
    built_in::FILES.iter().find(|(known, _)| *known == path).map(|(_, text)| *text)
}

/// What loading gives: the scenario, if it has no mistakes, and all that is to be said of it.
type Loaded = (Option<Scenario>, Vec<Diagnostic>);

/// Loads a scenario by its shipped name or by a path, with all that is to be said of it.
///
/// # Errors
/// When there is no such scenario.
pub fn load(registry: &Registry, name: &str) -> Result<Loaded, Failure> {
    load_with(load_files, registry, name)
}

fn load_with(
    load: fn(&Registry, &dyn Files, &str) -> Loaded,
    registry: &Registry,
    name: &str,
) -> Result<Loaded, Failure> {
    let library = library();
    if scenarios().contains(&name) {
        let files = below(name).shown_as(&format!("{name}/"));
        return Ok(load(registry, &WithLibrary::new(&files, &library), "scenario.ron"));
    }
    let path = Path::new(name);
    if !path.exists() {
        let failure = Failure::unknown("scenario", name, scenarios());
        let is_path = name.contains('/') || name.ends_with(".ron");
        return Err(if is_path {
            Failure::new(Code::Io, format!("{name}: no such file or folder"))
        } else {
            failure
        });
    }
    let (folder, entry) =
        Folder::open(path).map_err(|error| Failure::new(Code::Io, format!("{name}: {error}")))?;
    let message = match folder.read(&entry) {
        Err(ReadError::Missing) => format!("{name}: the folder has no `{entry}`"),
        Err(ReadError::Failed(why)) => format!("{}: {why}", folder.show(&entry)),
        // What is wrong with what can be read is the scenario's.
        _ => {
            let house = house(path);
            let house = house.as_ref().map(|house| house as &dyn Files);
            let library = WithHouse::new(&library, house);
            return Ok(load(registry, &WithLibrary::new(&folder, &library), &entry));
        }
    };
    Err(Failure::new(Code::Io, message)
        .hint("a scenario is a folder with scenario.ron, or one file"))
}

/// The house's own library: the folder `library` beside the scenario's folder.
fn house(scenario: &Path) -> Option<Folder> {
    let full = scenario.canonicalize().ok()?;
    let folder = if full.is_dir() { full.as_path() } else { full.parent()? };
    let library = folder.parent()?.join("library");
    let (house, _) = library.is_dir().then(|| Folder::open(&library).ok())??;
    Some(house)
}

/// Loads a scenario that has no mistakes; notes go to standard error.
///
/// # Errors
/// When there is none, or when it has mistakes.
pub fn open(registry: &Registry, name: &str) -> Result<Scenario, Failure> {
    let (scenario, diagnostics) = load(registry, name)?;
    scenario.ok_or_else(|| crate::exit::refuse(&diagnostics))
}

/// Loads a scenario to run it at once: see `load_to_run`. One with mistakes is refused with all of them.
pub(crate) fn open_to_run(registry: &Registry, name: &str) -> Result<Scenario, Failure> {
    match load_with(load_to_run, registry, name)? {
        (Some(scenario), _) => Ok(scenario),
        (None, _) => open(registry, name),
    }
}
