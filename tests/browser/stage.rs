//! Where a browser test plays: browsers, a server, and the doors into a session.

use std::path::{Path, PathBuf};
use std::time::Duration;

use hotwash_scenario::Scenario;
use hotwash_tests::guest::Guest;
use hotwash_tests::server::Server;
use hotwash_tests::shipped;
use hotwash_tests::temp::Temp;
use hotwash_tests::webdriver::{Browser, Driver};

/// How long something on a page may take.
pub(crate) const SOON: Duration = Duration::from_secs(8);
/// The scenario that is played.
pub(crate) const SCENARIO: &str = "insider-sale";

/// Browsers, where they were asked for; else says that the test is skipped.
pub(crate) fn driver(test: &str) -> Option<Driver> {
    let driver = Driver::start();
    if driver.is_none() {
        println!("SKIP {test}: run `cargo xtask browser`");
    }
    driver
}

/// axe-core's source, as `cargo xtask browser` fetched it.
pub(crate) fn axe() -> String {
    let path = root().join("target/axe/node_modules/axe-core/axe.min.js");
    std::fs::read_to_string(&path)
        .unwrap_or_else(|e| panic!("{}: {e}: `cargo xtask browser` fetches it", path.display()))
}

/// Where a screenshot goes, for whoever wants to look.
pub(crate) fn picture(name: &str) -> PathBuf {
    root().join("target/browser").join(format!("{name}.png"))
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// A session that is served, and browsers to look at it.
pub(crate) struct Stage {
    pub(crate) driver: Driver,
    pub(crate) server: Server,
    pub(crate) scenario: Scenario,
    pub(crate) sessions: Temp,
}

impl Stage {
    /// A new session; none where browsers were not asked for.
    pub(crate) fn open(test: &str) -> Option<Stage> {
        let driver = driver(test)?;
        let sessions = Temp::new("sessions");
        let server = Server::start(Some(SCENARIO), sessions.path(), 0);
        Some(Stage { driver, server, scenario: shipped(SCENARIO), sessions })
    }

    /// A browser that has opened one of the secret links.
    pub(crate) fn by_link(&self, link: &str) -> Browser {
        let browser = self.driver.browser();
        browser.goto(link);
        browser
    }

    /// Joins as a player would: by the link with the code, with a name and a seat.
    pub(crate) fn join(&self, name: &str, role: &str) -> Browser {
        let browser = self.driver.browser();
        self.join_in(&browser, name, role);
        browser
    }

    /// The same in a browser that is open.
    pub(crate) fn join_in(&self, browser: &Browser, name: &str, role: &str) {
        browser.goto(&self.server.links.players);
        browser.fill("input[name='name']", name);
        browser.click(&format!("label:has(input[name='seats'][value='role:{role}'])"));
        browser.click("form[action$='/join'] button[type='submit']");
        browser.wait("the room is open", SOON, |b| b.url().contains("/s/"));
    }

    /// Joins as an evaluator.
    pub(crate) fn evaluate(&self, name: &str) -> Browser {
        let browser = self.by_link(&self.server.links.evaluators);
        browser.fill("input[name='name']", name);
        browser.click("form[action$='/join'] button[type='submit']");
        browser.wait("the room is open", SOON, |b| b.url().contains("/s/"));
        browser
    }

    /// The facilitator without a browser, to bring the session somewhere.
    pub(crate) fn lead(&self) -> Guest {
        Guest::by_link(&self.server.links.facilitator).unwrap()
    }

    /// Who decides, by name of the decision; and somebody who does not.
    pub(crate) fn decider_and_other(&self, decision: &str) -> (String, String) {
        let spec = self.scenario.decisions().iter().find(|d| d.name.as_str() == decision).unwrap();
        let roles = self.scenario.roles().iter().map(|r| r.name.as_str());
        let other = roles.into_iter().find(|r| *r != spec.role.as_str()).unwrap();
        (spec.role.as_str().to_owned(), other.to_owned())
    }
}

/// Brings the session to its next decision; gives its name.
pub(crate) fn to_a_decision(lead: &mut Guest) -> String {
    for _ in 0..200 {
        if let Some(name) = lead.open_decisions().first() {
            return name.clone();
        }
        let answer = lead.act("skip", &[]);
        assert!(answer.is_done(), "{answer:?}");
    }
    panic!("no decision comes up");
}

/// The part of the page in which somebody answers.
pub(crate) const VOTE: &str =
    "button[formaction$='/do/vote'], form[action$='/do/vote'] button[type='submit']";
/// The button with which whoever decides does so.
pub(crate) const DECIDE: &str = "form[action$='/do/decide'] button[type='submit']:not([formaction]), button[formaction$='/do/decide']";
/// The radio button of an option, as it is clicked.
pub(crate) fn option(name: &str) -> String {
    format!("label:has(input[name='option'][value='{name}'])")
}

/// The radio button of how sure somebody is.
pub(crate) fn sure(confidence: u8) -> String {
    format!("#cards label:has(input[name='confidence'][value='{confidence}'])")
}

/// Fails when a browser has asked for anything but this server, or complained.
#[track_caller]
pub(crate) fn assert_quiet(who: &str, browser: &Browser, address: &str) {
    let outside = browser.requests().into_iter().filter(|url| {
        let is_inside = url.strip_prefix(address).is_some_and(|rest| rest.starts_with('/'));
        // The browser's own parts come from the browser.
        let is_own = ["data:", "blob:", "about:", "chrome:"].iter().any(|own| url.starts_with(own));
        !is_inside && !is_own
    });
    let outside: Vec<String> = outside.collect();
    assert!(outside.is_empty(), "{who} asked for {outside:?}");
    assert!(!browser.requests().is_empty(), "the requests are told");
    let complaints = browser.complaints();
    assert!(complaints.is_empty(), "{who}'s browser says {complaints:#?}");
}
