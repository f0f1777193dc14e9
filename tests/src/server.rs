//! The program `hotwash serve`, started as a user does and killed when dropped.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, SystemTime};

/// How long a server may take until it has said where it is; it may have a session to replay first.
const START: Duration = Duration::from_secs(60);

/// What the server prints for people to open.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Links {
    /// The facilitator's link.
    pub facilitator: String,
    /// Where players join; the code is in it.
    pub players: String,
    /// Where evaluators join.
    pub evaluators: String,
    /// The projector's screen.
    pub screen: String,
    /// The code that players type.
    pub code: String,
}

impl Links {
    /// Reads them out of what is printed: a link belongs to the last of those whom a line names.
    pub fn read<'a>(lines: impl IntoIterator<Item = &'a str>) -> Links {
        let mut links = Links::default();
        let mut whose = String::new();
        for line in lines {
            let lower = line.to_lowercase();
            for name in ["facilitator", "evaluator", "screen", "player"] {
                if lower.contains(name) {
                    name.clone_into(&mut whose);
                }
            }
            let Some(at) = line.find("http://") else { continue };
            let link = line[at..].split_whitespace().next().unwrap_or_default();
            let link = link.trim_end_matches(['.', ',', ')', ';']).to_owned();
            if let Some((_, code)) = link.split_once("code=") {
                code.clone_into(&mut links.code);
                links.players = link;
                continue;
            }
            let place = match whose.as_str() {
                "facilitator" => &mut links.facilitator,
                "evaluator" => &mut links.evaluators,
                "screen" => &mut links.screen,
                _ => continue,
            };
            if place.is_empty() {
                *place = link;
            }
        }
        links
    }
}

/// A running server.
#[derive(Debug)]
pub struct Server {
    child: Child,
    /// `http://127.0.0.1:8321`
    pub address: String,
    /// What it printed for people to open.
    pub links: Links,
    /// All that it had printed by then.
    pub printed: String,
}

impl Server {
    /// Starts the program and waits until it has said where it is. Port 0 takes a free one.
    ///
    /// # Panics
    /// When it ends or says nothing of an address, with what it printed.
    pub fn start(scenario: Option<&str>, sessions: &Path, port: u16) -> Server {
        Server::start_program(&program(), scenario, sessions, port)
    }

    /// The same with a program that was built elsewhere.
    ///
    /// # Panics
    /// As above.
    pub fn start_program(
        program: &Path,
        scenario: Option<&str>,
        sessions: &Path,
        port: u16,
    ) -> Server {
        let mut command = Command::new(program);
        command.arg("serve").args(scenario);
        command.args(["--listen", &format!("127.0.0.1:{port}"), "--sessions"]).arg(sessions);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap_or_else(|e| panic!("{}: {e}", program.display()));
        let lines = lines_of(&mut child);
        let mut printed: Vec<String> = Vec::new();
        // The links come together; a pause after the facilitator's means that all are there.
        loop {
            let has_link = !Links::read(printed.iter().map(String::as_str)).facilitator.is_empty();
            let patience = if has_link { Duration::from_millis(150) } else { START };
            match lines.recv_timeout(patience) {
                Ok(line) => printed.push(line),
                Err(_) if has_link => break,
                Err(why) => {
                    let _ = child.kill();
                    panic!("no server: {why}\n{}", printed.join("\n"));
                }
            }
        }
        // Whatever else it prints must not fill the pipe.
        std::thread::spawn(move || lines.iter().for_each(drop));
        let links = Links::read(printed.iter().map(String::as_str));
        let address = links.facilitator.split('/').take(3).collect::<Vec<_>>().join("/");
        Server { child, address, links, printed: printed.join("\n") }
    }

    /// The port it listens on.
    ///
    /// # Panics
    /// When the address has none.
    pub fn port(&self) -> u16 {
        let port = self.address.rsplit(':').next().and_then(|p| p.parse().ok());
        port.unwrap_or_else(|| panic!("{} names no port", self.address))
    }

    /// Its process.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Ends it at once, as `kill -9` does.
    pub fn kill(mut self) {
        self.end_at_once();
    }

    /// Asks it to stop, as Ctrl-C does; gives its exit code when it does so within the limit.
    pub fn interrupt(mut self, limit: Duration) -> Option<i32> {
        let id = self.child.id().to_string();
        Command::new("kill").args(["-INT", &id]).status().ok()?;
        crate::wait::poll(limit, || self.child.try_wait().ok()?)?.code()
    }

    /// The same, keeping what it printed.
    pub fn end_at_once(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.end_at_once();
    }
}

/// Lines of both outputs as they come.
fn lines_of(child: &mut Child) -> Receiver<String> {
    let (send, lines) = channel();
    let outputs: [Option<Box<dyn std::io::Read + Send>>; 2] = [
        child.stdout.take().map(|o| Box::new(o) as _),
        child.stderr.take().map(|o| Box::new(o) as _),
    ];
    for output in outputs.into_iter().flatten() {
        let send = send.clone();
        std::thread::spawn(move || {
            // Whoever listens may have enough: the rest is read all the same.
            BufReader::new(output).lines().map_while(Result::ok).for_each(|line| {
                let _ = send.send(line);
            });
        });
    }
    lines
}

/// The built program, which lies beside the tests' own folder.
///
/// # Panics
/// When it is not there, or older than its sources: a test of yesterday's program says nothing.
pub fn program() -> PathBuf {
    let own = std::env::current_exe().expect("a test has a path");
    let folder = own.ancestors().find(|p| p.file_name().is_some_and(|n| n == "deps"));
    let folder = folder.and_then(Path::parent).or_else(|| own.parent()).expect("it lies somewhere");
    let program = folder.join(format!("hotwash{}", std::env::consts::EXE_SUFFIX));
    let built = modified(&program).unwrap_or_else(|| {
        panic!("{} is not there: run `cargo build --package hotwash`", program.display())
    });
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut newest = (SystemTime::UNIX_EPOCH, PathBuf::new());
    for folder in std::fs::read_dir(root.join("crates")).into_iter().flatten().flatten() {
        find_newest(&folder.path().join("src"), &mut newest);
    }
    let (changed, path) = newest;
    assert!(
        changed <= built,
        "{} is older than {}: run `cargo build --package hotwash`",
        program.display(),
        path.display()
    );
    program
}

fn modified(path: &Path) -> Option<SystemTime> {
    path.metadata().ok()?.modified().ok()
}

fn find_newest(folder: &Path, newest: &mut (SystemTime, PathBuf)) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            find_newest(&path, newest);
        } else if let Some(when) = modified(&path).filter(|when| *when > newest.0) {
            *newest = (when, path);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Links;

    #[test]
    fn links_are_read_however_they_are_laid_out() {
        let wanted = Links {
            facilitator: "http://127.0.0.1:9/key/aa".to_owned(),
            players: "http://127.0.0.1:9/join?code=XK4P7M".to_owned(),
            evaluators: "http://127.0.0.1:9/key/bb".to_owned(),
            screen: "http://127.0.0.1:9/key/cc".to_owned(),
            code: "XK4P7M".to_owned(),
        };
        let beside = "Facilitator (yours alone)  http://127.0.0.1:9/key/aa\n\
                      Players join at http://127.0.0.1:9/join?code=XK4P7M.\n\
                      Evaluators http://127.0.0.1:9/key/bb\nScreen: http://127.0.0.1:9/key/cc";
        let below = "Open this, facilitator:\n  http://127.0.0.1:9/key/aa\nEvaluators:\n  \
                     http://127.0.0.1:9/key/bb\nThe screen:\n  http://127.0.0.1:9/key/cc\n\
                     Players:\n  http://127.0.0.1:9/join?code=XK4P7M";
        assert_eq!(Links::read(beside.lines()), wanted);
        assert_eq!(Links::read(below.lines()), wanted);
    }
}
