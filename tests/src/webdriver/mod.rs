//! A small WebDriver client: real browsers, driven through chromedriver.
//!
//! What a page does not do fails the test that asked for it: everything here panics with a sentence
//! that names the page and what was looked for. Actions wait for their element first.

mod base64;
mod browser;

use std::io::{BufRead as _, BufReader};
use std::os::unix::process::CommandExt as _;
use std::process::{Child, Command, Stdio};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde_json::{Value, json};

pub use browser::{Browser, Violation, keys};

use crate::temp::Temp;

/// Set to `1` where browser tests must run: what is missing then fails them.
pub const WANTED: &str = "HOTWASH_BROWSER";

/// Browsers need the machine for themselves to answer in time: one test drives them at a time.
static TURN: Mutex<()> = Mutex::new(());

const FLAGS: &[&str] = &[
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--hide-scrollbars",
    "--lang=en-GB",
];

/// A running chromedriver, which opens browsers; all of them end with it.
pub struct Driver {
    child: Child,
    address: String,
    _turn: MutexGuard<'static, ()>,
}

impl Driver {
    /// Starts one; none where browser tests were not asked for.
    ///
    /// # Panics
    /// When browser tests were asked for and chromedriver does not start.
    pub fn start() -> Option<Driver> {
        if std::env::var(WANTED).as_deref() != Ok("1") {
            return None;
        }
        let turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
        let mut command = Command::new("chromedriver");
        command.arg("--port=0").stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
        // A group of its own, so that its browsers can be ended with it whatever happens.
        command.process_group(0);
        let mut child = command.spawn().unwrap_or_else(|e| {
            panic!("chromedriver does not start ({e}): `cargo xtask browser` says what to install")
        });
        let mut lines = BufReader::new(child.stdout.take().expect("its output is piped")).lines();
        let port = lines.by_ref().map_while(Result::ok).find_map(|line| {
            let port = line.split_once("started successfully on port ")?.1;
            port.trim_end_matches('.').parse::<u16>().ok()
        });
        let port = port.expect("chromedriver says on which port it listens");
        // Nobody reads on, so that a full pipe must not stop it.
        std::thread::spawn(move || lines.map_while(Result::ok).for_each(drop));
        Some(Driver { child, address: format!("http://127.0.0.1:{port}"), _turn: turn })
    }

    /// Opens a browser with a profile of its own: no cookie is shared with any other.
    pub fn browser(&self) -> Browser {
        let profile = Temp::new("chrome");
        let mut flags: Vec<String> = FLAGS.iter().map(|f| (*f).to_owned()).collect();
        flags.push(format!("--user-data-dir={}", profile.path().display()));
        let wanted = json!({ "capabilities": { "alwaysMatch": {
            "browserName": "chrome",
            "goog:chromeOptions": { "args": flags },
            "goog:loggingPrefs": { "performance": "ALL", "browser": "ALL" },
            "unhandledPromptBehavior": "ignore",
        }}});
        let made = call(&agent(), "POST", &format!("{}/session", self.address), &wanted)
            .unwrap_or_else(|wrong| panic!("no browser opens: {wrong}"));
        let id = made["sessionId"].as_str().expect("a session has an id").to_owned();
        let browser = Browser::new(format!("{}/session/{id}", self.address), profile);
        browser.forget_the_start();
        browser
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        let group = format!("-{}", self.child.id());
        let _ = Command::new("kill").args(["-KILL", "--", &group]).stderr(Stdio::null()).status();
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What chromedriver says is wrong.
#[derive(Debug)]
pub(crate) struct Wrong {
    /// The protocol's name of it: `no such element`.
    pub(crate) error: String,
    pub(crate) message: String,
}

impl std::fmt::Display for Wrong {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // The rest is a trace of chromedriver's own.
        let message = self.message.split("\n  (Session info").next().unwrap_or_default();
        write!(f, "{}: {message}", self.error)
    }
}

fn agent() -> ureq::Agent {
    let config = ureq::Agent::config_builder()
        .http_status_as_error(false)
        .timeout_global(Some(Duration::from_secs(60)));
    config.build().into()
}

/// One command of the protocol; gives the value of its answer.
fn call(agent: &ureq::Agent, method: &str, url: &str, body: &Value) -> Result<Value, Wrong> {
    let lost = |e: ureq::Error| Wrong { error: "chromedriver".to_owned(), message: e.to_string() };
    let answer = match method {
        "GET" => agent.get(url).call(),
        "DELETE" => agent.delete(url).call(),
        _ => agent.post(url).content_type("application/json").send(body.to_string()),
    };
    let mut answer = answer.map_err(lost)?;
    // A screenshot of a long page has some megabytes.
    let text = answer.body_mut().with_config().limit(256 << 20).read_to_string().map_err(lost)?;
    let value: Value = serde_json::from_str(&text)
        .map_err(|e| Wrong { error: "chromedriver".to_owned(), message: e.to_string() })?;
    let value = value["value"].clone();
    match value["error"].as_str() {
        Some(error) if !answer.status().is_success() => Err(Wrong {
            error: error.to_owned(),
            message: value["message"].as_str().unwrap_or_default().to_owned(),
        }),
        _ => Ok(value),
    }
}
