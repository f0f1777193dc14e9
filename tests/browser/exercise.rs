//! A full exercise: five people in browsers of their own, from joining to the hot wash.

use std::time::Duration;

use hotwash_tests::option_name;
use hotwash_tests::webdriver::Browser;
use serde_json::{Value, json};

use crate::stage::{DECIDE, SOON, Stage, VOTE, assert_quiet, option, picture, sure};

/// Everybody in the room.
struct Table {
    lead: Browser,
    /// Decides what comes up first.
    ann: Browser,
    /// Has another role.
    bob: Browser,
    eve: Browser,
    screen: Browser,
}

impl Table {
    fn all(&self) -> [(&'static str, &Browser); 5] {
        [
            ("the facilitator", &self.lead),
            ("Ann", &self.ann),
            ("Bob", &self.bob),
            ("the evaluator", &self.eve),
            ("the screen", &self.screen),
        ]
    }
}

const CARD: &str = "#cards .card";
/// Text that would do something if it were markup.
const HOSTILE: &str =
    "<script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">";

#[test]
fn five_people_play_from_joining_to_the_hot_wash() {
    let Some(stage) = Stage::open("five_people_play_from_joining_to_the_hot_wash") else { return };
    // Which decision comes first is the scenario's to say; a session nobody sees finds out.
    let (first, skips) = first_decision(&stage);
    let (decider, other) = stage.decider_and_other(&first);
    let table = Table {
        lead: stage.by_link(&stage.server.links.facilitator),
        ann: stage.join("Ann", &decider),
        bob: by_typing_the_code(&stage, "Bob", &other),
        eve: stage.evaluate("Eve"),
        screen: stage.by_link(&stage.server.links.screen),
    };
    everybody_is_there(&stage, &table);
    a_decision_comes_up(&stage, &table, &first, skips);
    wrong_seats_cannot_decide(&table, &first, &option_name(&stage.scenario, &first, 0));
    bob_votes_and_ann_decides(&stage, &table, &first);
    messages_are_text(&table);
    the_evaluator_rates(&table);
    they_go_back(&table, &first);
    table.ann.click(&option(&option_name(&stage.scenario, &first, 0)));
    table.ann.click(&sure(3));
    table.ann.click(DECIDE);
    table.lead.wait("the decision is taken again", SOON, |b| !b.has(CARD));
    the_exercise_ends(&table);
    // Refused above, as they should be.
    for browser in [&table.ann, &table.bob] {
        browser.forget_complaints("/panel/");
    }
    for (who, browser) in table.all() {
        assert_ne!(browser.title(), "owned", "{who}");
        assert_quiet(who, browser, &stage.server.address);
    }
}

/// Joins with the code alone, as it stands on the screen: then the page asks for the seat.
fn by_typing_the_code(stage: &Stage, name: &str, role: &str) -> Browser {
    let browser = stage.driver.browser();
    browser.goto(&format!("{}/join", stage.server.address));
    let code = stage.server.links.code.to_lowercase();
    browser.fill("input[name='code']", &code);
    browser.fill("input[name='name']", name);
    browser.click("form[action$='/join'] button[type='submit']");
    browser.wait_for("input[name='seats']", SOON);
    browser.forget_complaints("/join");
    browser.fill("input[name='name']", name);
    browser.click(&format!("label:has(input[name='seats'][value='role:{role}'])"));
    browser.click("form[action$='/join'] button[type='submit']");
    browser.wait("the room is open", SOON, |b| b.url().contains("/s/"));
    browser
}

/// The decision that comes up first, and how often the facilitator skips until it does.
fn first_decision(stage: &Stage) -> (String, usize) {
    use hotwash_exercise::{Nowhere, Plan, Session};
    let policy = stage.scenario.policy("historical").cloned();
    let plan = Plan::new(stage.scenario.clone(), crate::stage::SCENARIO, policy);
    let mut session = Session::begin(plan, Box::new(Nowhere), 0).unwrap();
    let mut skips = 0;
    while session.open().is_empty() {
        session.skip().unwrap();
        skips += 1;
    }
    let number = session.open()[0].number;
    (stage.scenario.decisions()[number].name.as_str().to_owned(), skips)
}

fn everybody_is_there(stage: &Stage, table: &Table) {
    for (who, browser) in table.all() {
        let url = browser.url();
        assert!(!url.contains("key"), "{who}'s secret stays in the address: {url}");
        assert!(url.starts_with(&stage.server.address), "{who} is at {url}");
    }
    for name in ["Ann", "Bob", "Eve"] {
        table.lead.wait_text(name, SOON);
    }
    assert!(table.lead.has("#truth") && table.lead.has("#msel"));
    for (who, browser) in [("Ann", &table.ann), ("Bob", &table.bob)] {
        assert!(!browser.has("#truth") && !browser.has("#msel"), "{who} sees too much");
        for panel in ["truth", "msel", "objectives"] {
            let status = browser.run(
                "return fetch(location.pathname + '/panel/' + arguments[0]).then(r => r.status)",
                json!([panel]),
            );
            assert!(status.as_u64() >= Some(400), "{who} gets the panel {panel}: {status}");
        }
    }
    assert!(!table.screen.has("form"), "the screen only shows");
}

/// The facilitator goes on until a decision comes up; everybody sees it within a second.
fn a_decision_comes_up(stage: &Stage, table: &Table, decision: &str, skips: usize) {
    let card = format!("{CARD} input[name='decision'][value='{decision}']");
    for browser in [&table.ann, &table.bob] {
        note_when(browser, "card", &card, true);
    }
    let mut lead = stage.lead();
    for _ in 1..skips {
        assert!(lead.act("skip", &[]).is_done());
    }
    assert!(lead.open_decisions().is_empty() && !table.lead.has(CARD));
    table.lead.run("window.clicked = Date.now()", json!([]));
    table.lead.click("form[action$='/do/skip'] button");
    for (who, browser) in [("Ann", &table.ann), ("Bob", &table.bob)] {
        browser.wait_for(&card, SOON);
        seen_within_a_second(who, &table.lead, browser, "card");
    }
    table.eve.wait_for(CARD, SOON);
    assert!(!table.screen.has(CARD), "the public does not see what the vendor has to decide");
    table.ann.screenshot(&picture("player-decides"));
    table.lead.screenshot(&picture("facilitator-decides"));
}

/// Has a page write down when something appears on it, or is gone.
fn note_when(browser: &Browser, name: &str, css: &str, appears: bool) {
    let script = "const [name, css, appears] = arguments;
        window.noted = window.noted || {};
        const look = () => { if (!(name in window.noted) && !!document.querySelector(css) === appears)
            window.noted[name] = Date.now(); };
        new MutationObserver(look).observe(document.body, { childList: true, subtree: true, attributes: true });
        look();";
    browser.run(script, json!([name, css, appears]));
}

/// By the pages' own clock, which is the machine's: not by how fast the test looks.
#[track_caller]
fn seen_within_a_second(who: &str, clicked: &Browser, seen: &Browser, name: &str) {
    let at = clicked.run("return window.clicked", json!([])).as_i64().unwrap();
    let noted = seen.run("return window.noted[arguments[0]]", json!([name])).as_i64();
    let took = noted.unwrap_or_else(|| panic!("{who} has not seen it")) - at;
    assert!((0..1000).contains(&took), "{who} sees it after {took} ms");
    println!("{who}: {name} after {took} ms");
}

fn wrong_seats_cannot_decide(table: &Table, decision: &str, option: &str) {
    assert!(!table.bob.has(DECIDE), "Bob does not take this decision");
    assert!(table.bob.has(VOTE));
    for (who, browser) in
        [("Bob", &table.bob), ("the evaluator", &table.eve), ("the screen", &table.screen)]
    {
        let status = browser.run(
            "return fetch(location.pathname + '/do/decide', { method: 'POST', headers: { 'x-hotwash': '1' },
                body: new URLSearchParams({ decision: arguments[0], option: arguments[1], confidence: '5', reason: '' }),
             }).then(r => r.status)",
            json!([decision, option]),
        );
        assert_eq!(status, 403, "{who} decides");
    }
    assert!(table.ann.has(CARD), "nothing is decided");
    for browser in [&table.bob, &table.eve, &table.screen] {
        browser.forget_complaints("403");
    }
}

fn bob_votes_and_ann_decides(stage: &Stage, table: &Table, decision: &str) {
    let (mine, theirs) =
        (option_name(&stage.scenario, decision, 1), option_name(&stage.scenario, decision, 0));
    table.bob.click(&option(&mine));
    table.bob.click(&sure(4));
    table.bob.fill(&format!("{CARD} [name='reason']"), HOSTILE);
    table.bob.click(VOTE);
    for browser in [&table.ann, &table.lead, &table.eve] {
        browser.wait("Bob's vote is shown as he wrote it", SOON, |b| {
            b.text(CARD).contains("Bob") && b.text(CARD).contains("<script>")
        });
    }
    for browser in [&table.lead, &table.bob] {
        note_when(browser, "gone", CARD, false);
    }
    table.ann.click(&option(&theirs));
    table.ann.click(&sure(5));
    table.ann.fill(&format!("{CARD} [name='reason']"), "It is what the plan says.");
    table.ann.run("window.clicked = Date.now()", json!([]));
    table.ann.click(DECIDE);
    for (who, browser) in [("the facilitator", &table.lead), ("Bob", &table.bob)] {
        browser.wait("the decision is taken", SOON, |b| !b.has(CARD));
        seen_within_a_second(who, &table.ann, browser, "gone");
    }
}

fn messages_are_text(table: &Table) {
    let form = "form[action$='/do/message']";
    open_details(&table.lead, form);
    table.lead.fill(&format!("{form} [name='from']"), "A <b>caller</b>");
    table.lead.fill(&format!("{form} [name='text']"), HOSTILE);
    table.lead.click(&format!("{form} button[type='submit']"));
    for browser in [&table.ann, &table.bob] {
        browser.wait("the message is shown as it was written", SOON, |b| {
            b.text("#inbox").contains(HOSTILE)
        });
    }
    table.ann.fill("form[action$='/do/note'] [name='text']", "I would have asked who called.");
    table.ann.click("form[action$='/do/note'] button[type='submit']");
    table.lead.wait_text("I would have asked who called.", SOON);
    assert!(!table.bob.page_text().contains("I would have asked"), "a note is not for everybody");
}

/// Opens whatever a form is folded into.
fn open_details(browser: &Browser, css: &str) {
    let script = "for (let e = document.querySelector(arguments[0]); e; e = e.parentElement)
        if (e.tagName === 'DETAILS') e.open = true";
    browser.run(script, json!([css]));
}

fn the_evaluator_rates(table: &Table) {
    let form = "form[action$='/do/rate']";
    open_details(&table.eve, form);
    table.eve.click(&format!("{form} label:has(input[name='rating'][value='S'])"));
    table.eve.fill(&format!("{form} [name='comment']"), "They asked the right question late.");
    table.eve.click(&format!("{form} button[type='submit']"));
    table.eve.wait("the rating stands", SOON, |b| {
        b.reload();
        b.property("form[action$='/do/rate'] input[name='rating'][value='S']", "checked") == "true"
    });
    assert!(!table.ann.has(form) && !table.bob.has(form));
}

/// The facilitator proposes, both players agree, and the decision is open again.
fn they_go_back(table: &Table, decision: &str) {
    let form = format!("form[action$='/do/propose-rewind']:has(input[value='{decision}'])");
    open_details(&table.lead, &form);
    table.lead.click(&format!("{form} button"));
    for browser in [&table.ann, &table.bob] {
        browser.click("form[action$='/do/consent'] button[value='yes']");
    }
    table.lead.wait("both agree", SOON, |b| {
        b.has("form[action$='/do/rewind']")
            && !b.has("form[action$='/do/rewind'] [name='override']")
    });
    table.lead.click("form[action$='/do/rewind'] button");
    for browser in [&table.ann, &table.bob, &table.lead] {
        browser.wait_for(CARD, SOON);
    }
}

fn the_exercise_ends(table: &Table) {
    let form = "form[action$='/do/endex']";
    assert!(!table.ann.has(form) && !table.eve.has(form));
    open_details(&table.lead, form);
    table.lead.click(&format!("{form} button[type='submit']"));
    for (who, browser) in table.all() {
        browser.wait(&format!("{who} sees the hot wash"), Duration::from_secs(20), |b| {
            b.has("#hotwash:not([hidden]) svg")
        });
    }
    // The counterfactuals: done when nothing is under way any more.
    let limit = Duration::from_secs(240);
    table.lead.wait("the hot wash is complete", limit, |b| {
        b.has("#hotwash a[href$='/files']") && !b.has("#hotwash progress")
    });
    // The documents are listed on a page of their own, which the hot wash leads to.
    let script = "return fetch(document.querySelector(\"#hotwash a[href$='/files']\").href).then(r => r.text()).then(text => {
        const list = new DOMParser().parseFromString(text, 'text/html');
        const links = [...list.querySelectorAll(\"a[href*='/files/']\")].map(a => location.origin + a.getAttribute('href'));
        return Promise.all(links.map(link =>
            fetch(link).then(r => r.arrayBuffer().then(b => [link, r.status, b.byteLength])))); })";
    let files = table.lead.run(script, json!([]));
    let files = files.as_array().cloned().unwrap_or_default();
    assert!(files.len() >= 3, "files to take home: {files:?}");
    for file in &files {
        assert_eq!(file[1], 200, "{file}");
        assert!(file[2].as_u64() > Some(100), "{file}");
    }
    let first = files[0][0].as_str().unwrap_or_default();
    let taken = table.ann.run("return fetch(arguments[0]).then(r => r.status)", json!([first]));
    assert!(taken == 403 || taken == 404, "{taken}");
    table.ann.forget_complaints("/files/");
    let shown: Value =
        table.ann.run("return document.querySelector('#hotwash').innerText", json!([]));
    assert!(shown.as_str().unwrap_or_default().len() > 500, "the hot wash says something");
    for (who, browser) in table.all() {
        browser.screenshot(&picture(&format!("hot-wash-{}", who.replace(' ', "-"))));
    }
}
