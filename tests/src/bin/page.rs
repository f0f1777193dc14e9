//! What somebody at a browser waits for, on loopback: how long after a click on "Decide" the page shows that it
//! is decided, there and on the facilitator's page. Times are read in the pages themselves.

#![expect(clippy::print_stdout, reason = "a report talks to its terminal")]
#![expect(clippy::unwrap_used, reason = "a measurement that cannot go on has nothing to say")]

use std::path::{Path, PathBuf};
use std::time::Duration;

use hotwash_tests::guest::Guest;
use hotwash_tests::server::{Server, program};
use hotwash_tests::temp::Temp;
use hotwash_tests::webdriver::{Browser, Driver};
use hotwash_tests::{load_report as report, shipped};
use serde_json::{Value, json};

const SCENARIO: &str = "insider-sale";
/// Sessions, one after the other, each with all decisions of the scenario.
const SESSIONS: usize = 5;
/// How long a page may take to be as it should: none is measured against it.
const PATIENCE: Duration = Duration::from_secs(20);

/// Notes when the card of a decision is gone from a page and when the screen shows that: after the next frame.
const WATCH: &str = "
    const seen = window.measured = { origin: performance.timeOrigin };
    const cards = document.getElementById('cards');
    const observer = new MutationObserver(() => {
        if ([...cards.querySelectorAll('.card')].some((card) => card.dataset.key === arguments[0])) return;
        observer.disconnect();
        seen.changed = performance.now();
        requestAnimationFrame(() => {
            const next = new MessageChannel();
            next.port1.onmessage = () => { seen.shown = performance.now(); };
            next.port2.postMessage(0);
        });
    });
    observer.observe(cards, { subtree: true, childList: true });";

/// Takes the first option and clicks on \"Decide\".
const DECIDE: &str = "
    const card = [...document.querySelectorAll('#cards .card')].find((card) => card.dataset.key === arguments[0]);
    card.querySelector(\"input[name='option']\").click();
    card.querySelector(\"input[name='confidence']\").click();
    const button = card.querySelector(\"form[action$='/do/decide'] button[type='submit']:not([formaction])\");
    performance.clearResourceTimings();
    window.measured.clicked = performance.now();
    button.click();";

/// When the answer to the click had come.
const ANSWERED: &str = "
    const acts = performance.getEntriesByType('resource').filter((e) => e.name.endsWith('/do/decide'));
    return acts.at(-1).responseEnd;";

#[derive(Default)]
struct Times {
    answered: Vec<Duration>,
    changed: Vec<Duration>,
    shown: Vec<Duration>,
    /// The same on the facilitator's page.
    shown_to_lead: Vec<Duration>,
}

fn main() {
    let named = std::env::args().nth(1).map(PathBuf::from);
    let program = named.unwrap_or_else(program);
    let Some(driver) = Driver::start() else {
        println!("no browser was asked for: HOTWASH_BROWSER=1 asks for one");
        return;
    };
    let mut times = Times::default();
    for _ in 0..SESSIONS {
        session(&program, &driver, &mut times);
    }
    println!("{}\n", report::machine());
    println!("A decision, from the click, in two real browsers on the server's machine");
    println!("{}", report::head());
    for (what, times) in [
        ("answered", &mut times.answered),
        ("the page has changed", &mut times.changed),
        ("the screen shows it", &mut times.shown),
        ("the facilitator's screen shows it", &mut times.shown_to_lead),
    ] {
        println!("{}", report::row(what, times));
    }
}

/// Somebody with all seats decides all that comes up, and the facilitator looks on.
fn session(program: &Path, driver: &Driver, times: &mut Times) {
    let sessions = Temp::new("page");
    let server = Server::start_program(program, Some(SCENARIO), sessions.path(), 0);
    let mut lead = Guest::by_link(&server.links.facilitator).unwrap();
    let watching = driver.browser();
    watching.goto(&server.links.facilitator);
    let player = driver.browser();
    player.goto(&server.links.players);
    player.fill("input[name='name']", "Ann");
    for role in shipped(SCENARIO).roles() {
        player.click(&format!("label:has(input[name='seats'][value='role:{}'])", role.name));
    }
    player.click("form[action$='/join'] button[type='submit']");
    player.wait("the room is open", PATIENCE, |b| b.url().contains("/s/"));
    // Nothing more comes up once it has ended, and then there is nothing to skip to.
    for _ in 0..200 {
        for decision in lead.open_decisions() {
            decide(&decision, &player, &watching, times);
        }
        if !lead.act("skip", &[]).is_done() {
            break;
        }
    }
}

fn decide(decision: &str, player: &Browser, watching: &Browser, times: &mut Times) {
    let card = format!("#cards .card[data-key='{decision}']");
    for browser in [player, watching] {
        browser.wait_for(&card, PATIENCE);
        browser.run(WATCH, json!([decision]));
    }
    player.run(DECIDE, json!([decision]));
    for browser in [player, watching] {
        browser.wait("the decision is shown as taken", PATIENCE, |b| {
            number(&measured(b), "shown") > 0.0
        });
    }
    let (mine, theirs) = (measured(player), measured(watching));
    let clicked = number(&mine, "clicked");
    let after = |ms: f64| Duration::from_secs_f64((ms - clicked).max(0.0) / 1e3);
    times.answered.push(after(player.run(ANSWERED, json!([])).as_f64().unwrap()));
    times.changed.push(after(number(&mine, "changed")));
    times.shown.push(after(number(&mine, "shown")));
    // Each page counts from its own beginning.
    let ahead = number(&theirs, "origin") - number(&mine, "origin");
    times.shown_to_lead.push(after(number(&theirs, "shown") + ahead));
}

fn measured(browser: &Browser) -> Value {
    browser.run("return window.measured", json!([]))
}

fn number(of: &Value, name: &str) -> f64 {
    of[name].as_f64().unwrap_or(0.0)
}
