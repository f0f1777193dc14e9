//! A browser: going to pages, finding, clicking, typing, looking.

use std::cell::RefCell;
use std::path::Path;
use std::time::Duration;

use serde_json::{Value, json};

use super::{Wrong, agent, base64, call};
use crate::temp::Temp;
use crate::wait::poll;

/// How long an action waits for its element.
const PATIENCE: Duration = Duration::from_secs(8);
/// The protocol's name for a reference to an element.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// Keys as WebDriver writes them.
pub mod keys {
    /// Tabulator.
    pub const TAB: &str = "\u{E004}";
    /// Enter.
    pub const ENTER: &str = "\u{E007}";
    /// Space bar.
    pub const SPACE: &str = " ";
    /// Arrow down.
    pub const DOWN: &str = "\u{E015}";
}

/// Something that axe-core finds wrong with a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// `minor`, `moderate`, `serious` or `critical`.
    pub impact: String,
    /// The rule.
    pub rule: String,
    /// What the rule asks for.
    pub help: String,
    /// The elements, as markup, with what is wrong.
    pub nodes: Vec<String>,
}

impl Violation {
    /// Whether it keeps somebody from using the page.
    pub fn is_grave(&self) -> bool {
        matches!(self.impact.as_str(), "serious" | "critical")
    }
}

/// A browser with one window and a profile of its own; it closes when dropped.
pub struct Browser {
    agent: ureq::Agent,
    session: String,
    /// Addresses asked for so far; chromedriver tells each only once.
    requests: RefCell<Vec<String>>,
    console: RefCell<Vec<String>>,
    _profile: Temp,
}

impl Drop for Browser {
    fn drop(&mut self) {
        let _ = call(&self.agent, "DELETE", &self.session, &Value::Null);
    }
}

impl Browser {
    pub(super) fn new(session: String, profile: Temp) -> Self {
        Browser {
            agent: agent(),
            session,
            requests: RefCell::default(),
            console: RefCell::default(),
            _profile: profile,
        }
    }

    /// The page that a browser opens with is not of the tests.
    pub(super) fn forget_the_start(&self) {
        self.resize(1280, 900);
        self.goto("about:blank");
        let _ = (self.requests(), self.complaints());
        self.requests.borrow_mut().clear();
        self.console.borrow_mut().clear();
    }

    fn command(&self, method: &str, path: &str, body: &Value) -> Result<Value, Wrong> {
        call(&self.agent, method, &format!("{}/{path}", self.session), body)
    }

    #[track_caller]
    fn must(&self, method: &str, path: &str, body: &Value) -> Value {
        self.command(method, path, body).unwrap_or_else(|wrong| panic!("{path}: {wrong}"))
    }

    /// A command of Chromium's own protocol.
    #[track_caller]
    pub fn cdp(&self, command: &str, params: Value) -> Value {
        self.must("POST", "goog/cdp/execute", &json!({ "cmd": command, "params": params }))
    }

    /// Goes to an address and waits until it has loaded.
    #[track_caller]
    pub fn goto(&self, url: &str) {
        self.must("POST", "url", &json!({ "url": url }));
    }

    /// Loads the page again.
    #[track_caller]
    pub fn reload(&self) {
        self.must("POST", "refresh", &json!({}));
    }

    /// Where it is.
    #[track_caller]
    pub fn url(&self) -> String {
        text_of(&self.must("GET", "url", &Value::Null))
    }

    /// The page's title.
    #[track_caller]
    pub fn title(&self) -> String {
        text_of(&self.must("GET", "title", &Value::Null))
    }

    /// Runs a script in the page; gives what it returns.
    #[track_caller]
    pub fn run(&self, script: &str, args: Value) -> Value {
        self.must("POST", "execute/sync", &json!({ "script": script, "args": args }))
    }

    /// The page as markup, as it stands now.
    #[track_caller]
    pub fn source(&self) -> String {
        text_of(&self.must("GET", "source", &Value::Null))
    }

    /// How many elements there are.
    #[track_caller]
    pub fn count(&self, css: &str) -> usize {
        let found = self.must("POST", "elements", &by(css));
        found.as_array().map_or(0, Vec::len)
    }

    /// Whether there is such an element.
    #[track_caller]
    pub fn has(&self, css: &str) -> bool {
        self.count(css) > 0
    }

    /// What an element shows, once there is one.
    #[track_caller]
    pub fn text(&self, css: &str) -> String {
        let told =
            self.with(css, |id| self.command("GET", &format!("element/{id}/text"), &Value::Null));
        text_of(&told)
    }

    /// All that the page shows.
    #[track_caller]
    pub fn page_text(&self) -> String {
        self.text("body")
    }

    /// A property of an element, as text.
    #[track_caller]
    pub fn property(&self, css: &str, name: &str) -> String {
        let path = |id: &str| format!("element/{id}/property/{name}");
        text_of(&self.with(css, |id| self.command("GET", &path(id), &Value::Null)))
    }

    /// Clicks, once the element is there and can be clicked.
    #[track_caller]
    pub fn click(&self, css: &str) {
        self.with(css, |id| {
            // What lies under a part of the page that stays in place counts as in sight already.
            let middle = "arguments[0].scrollIntoView({ block: 'center', behavior: 'instant' })";
            let element = json!({ "script": middle, "args": [{ ELEMENT: id }] });
            self.command("POST", "execute/sync", &element)?;
            self.command("POST", &format!("element/{id}/click"), &json!({}))
        });
    }

    /// Types into a field, in place of what stands there.
    #[track_caller]
    pub fn fill(&self, css: &str, text: &str) {
        self.with(css, |id| {
            self.command("POST", &format!("element/{id}/clear"), &json!({}))?;
            self.command("POST", &format!("element/{id}/value"), &json!({ "text": text }))
        });
    }

    /// Chooses an option of a drop-down list by its value.
    #[track_caller]
    pub fn choose(&self, css: &str, value: &str) {
        self.click(&format!("{css} option[value=\"{value}\"]"));
    }

    /// Presses keys, one after the other, wherever the focus is.
    #[track_caller]
    pub fn press(&self, pressed: &[&str]) {
        let strokes = pressed
            .iter()
            .flat_map(|key| ["keyDown", "keyUp"].map(|kind| json!({ "type": kind, "value": key })));
        let strokes: Vec<Value> = strokes.collect();
        let keyboard = json!({ "type": "key", "id": "keyboard", "actions": strokes });
        self.must("POST", "actions", &json!({ "actions": [keyboard] }));
    }

    /// Does something with an element, again and again while the page changes under it.
    #[track_caller]
    fn with(&self, css: &str, act: impl Fn(&str) -> Result<Value, Wrong>) -> Value {
        let mut last = String::new();
        let done = poll(PATIENCE, || {
            let found = self.command("POST", "element", &by(css));
            let id = found.map(|value| text_of(&value[ELEMENT]));
            match id.and_then(|id| act(&id)) {
                Ok(value) => Some(Ok(value)),
                Err(wrong) if passes(&wrong.error) => {
                    last = wrong.to_string();
                    None
                }
                Err(wrong) => Some(Err(wrong)),
            }
        });
        match done {
            Some(Ok(value)) => value,
            Some(Err(wrong)) => panic!("{css} on {}: {wrong}", self.url()),
            None => panic!("{css} on {}: {last}\n{}", self.url(), self.page_text_or_none()),
        }
    }

    fn page_text_or_none(&self) -> String {
        let shown = json!({ "script": "return document.body.innerText", "args": [] });
        self.command("POST", "execute/sync", &shown).map(|v| text_of(&v)).unwrap_or_default()
    }

    /// Waits until something holds; fails with what the page shows when it does not within the limit.
    #[track_caller]
    pub fn wait(&self, what: &str, limit: Duration, mut holds: impl FnMut(&Browser) -> bool) {
        if poll(limit, || holds(self).then_some(())).is_none() {
            panic!("{}: not within {limit:?}: {what}\n{}", self.url(), self.page_text_or_none());
        }
    }

    /// Waits until the page shows a text.
    #[track_caller]
    pub fn wait_text(&self, text: &str, limit: Duration) {
        let shows =
            "return document.body !== null && document.body.innerText.includes(arguments[0])";
        self.wait(&format!("`{text}` is shown"), limit, |b| {
            b.command("POST", "execute/sync", &json!({ "script": shows, "args": [text] }))
                .is_ok_and(|v| v == true)
        });
    }

    /// Waits until there is such an element.
    #[track_caller]
    pub fn wait_for(&self, css: &str, limit: Duration) {
        self.wait(&format!("there is {css}"), limit, |b| b.has(css));
    }

    /// Keeps a picture of the window.
    #[track_caller]
    pub fn screenshot(&self, path: &Path) {
        let shot = text_of(&self.must("GET", "screenshot", &Value::Null));
        let bytes = base64::decode(&shot).expect("a screenshot is in base64");
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).expect("the folder can be made");
        }
        std::fs::write(path, bytes).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    }

    /// Makes the page as wide and high as a device's screen.
    #[track_caller]
    pub fn resize(&self, width: u32, height: u32) {
        let is_phone = width < 600;
        let size =
            json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": is_phone });
        self.cdp("Emulation.setDeviceMetricsOverride", size);
    }

    /// Whether somebody prefers dark pages.
    #[track_caller]
    pub fn prefer_dark(&self, is_dark: bool) {
        let value = if is_dark { "dark" } else { "light" };
        let features = json!([{ "name": "prefers-color-scheme", "value": value }]);
        self.cdp("Emulation.setEmulatedMedia", json!({ "features": features }));
    }

    /// Turns the scripts of pages off.
    #[track_caller]
    pub fn without_scripts(&self) {
        self.cdp("Emulation.setScriptExecutionDisabled", json!({ "value": true }));
    }

    /// By how many pixels the page is wider than the window.
    #[track_caller]
    pub fn overflow(&self) -> i64 {
        let script = "const e = document.documentElement; return e.scrollWidth - e.clientWidth";
        self.run(script, json!([])).as_i64().unwrap_or_default()
    }

    /// All addresses that pages have asked for, from the first on.
    #[track_caller]
    pub fn requests(&self) -> Vec<String> {
        let mut all = self.requests.borrow_mut();
        for entry in self.log("performance") {
            let message: Value =
                serde_json::from_str(&text_of(&entry["message"])).unwrap_or_default();
            let message = &message["message"];
            let url = match message["method"].as_str() {
                Some("Network.requestWillBeSent") => &message["params"]["request"]["url"],
                Some("Network.webSocketCreated") => &message["params"]["url"],
                _ => continue,
            };
            all.push(text_of(url));
        }
        all.clone()
    }

    /// What the browser has complained about, from the first on.
    #[track_caller]
    pub fn complaints(&self) -> Vec<String> {
        let mut all = self.console.borrow_mut();
        all.extend(self.log("browser").iter().map(|entry| text_of(&entry["message"])));
        all.clone()
    }

    /// Takes away the complaints that a test has provoked: those with this text.
    #[track_caller]
    pub fn forget_complaints(&self, text: &str) {
        let _ = self.complaints();
        self.console.borrow_mut().retain(|complaint| !complaint.contains(text));
    }

    #[track_caller]
    fn log(&self, kind: &str) -> Vec<Value> {
        let told = self.must("POST", "se/log", &json!({ "type": kind }));
        told.as_array().cloned().unwrap_or_default()
    }

    /// What axe-core finds wrong with the page; `axe` is its source.
    #[track_caller]
    pub fn axe(&self, axe: &str) -> Vec<Violation> {
        self.run(&format!("{axe}; window.axe = axe || window.axe;"), json!([]));
        let script = "const done = arguments[arguments.length - 1];
            axe.run(document, { resultTypes: ['violations'] }).then(
                r => done(r.violations.map(v => ({ impact: v.impact, rule: v.id, help: v.help,
                    nodes: v.nodes.map(n => n.html.slice(0, 200) + ' -- ' + n.failureSummary) }))),
                e => done(String(e)));";
        let found = self.must("POST", "execute/async", &json!({ "script": script, "args": [] }));
        let found = found.as_array().unwrap_or_else(|| panic!("axe failed: {found}")).clone();
        let read = |v: &Value| Violation {
            impact: text_of(&v["impact"]),
            rule: text_of(&v["rule"]),
            help: text_of(&v["help"]),
            nodes: v["nodes"].as_array().into_iter().flatten().map(text_of).collect(),
        };
        found.iter().map(read).collect()
    }
}

fn by(css: &str) -> Value {
    json!({ "using": "css selector", "value": css })
}

fn text_of(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}

/// Whether a page that is still changing may be the reason.
fn passes(error: &str) -> bool {
    matches!(
        error,
        "no such element"
            | "stale element reference"
            | "element not interactable"
            | "element click intercepted"
    )
}
