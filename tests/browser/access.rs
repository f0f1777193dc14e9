//! Pages that everybody can use: by keyboard, by screen reader, on a phone, in the dark, without scripts.

use hotwash_incident::view::form;
use hotwash_tests::guest::Guest;
use hotwash_tests::option_name;
use hotwash_tests::webdriver::{Browser, keys};
use serde_json::json;

use crate::stage::{self, DECIDE, SOON, Stage, assert_quiet, option, picture, sure, to_a_decision};

/// Fails when axe-core finds something that keeps people from using the page, or it is too wide.
fn look(browser: &Browser, axe: &str, page: &str, faults: &mut Vec<String>) {
    for is_dark in [false, true] {
        browser.prefer_dark(is_dark);
        for (device, width, height) in [("laptop", 1280, 900), ("phone", 360, 740)] {
            browser.resize(width, height);
            let scheme = if is_dark { "dark" } else { "light" };
            let name = format!("{page}-{device}-{scheme}");
            browser.screenshot(&picture(&name));
            let wider = browser.overflow();
            if wider > 0 {
                faults.push(format!("{name}: {wider} pixels too wide: {}", widest(browser)));
            }
            for found in browser.axe(axe).iter().filter(|v| v.is_grave()) {
                let nodes = found.nodes.iter().take(3).cloned().collect::<Vec<_>>().join("\n    ");
                faults.push(format!(
                    "{name}: {} ({}): {}\n    {nodes}",
                    found.rule, found.impact, found.help
                ));
            }
        }
    }
}

/// The element that sticks out the most.
fn widest(browser: &Browser) -> String {
    let script = "let worst = null, most = document.documentElement.clientWidth;
        for (const e of document.querySelectorAll('body *')) {
            const r = e.getBoundingClientRect().right; if (r > most + 1) { most = r; worst = e; } }
        return worst ? worst.outerHTML.slice(0, 160) : '?'";
    browser.run(script, json!([])).to_string()
}

#[test]
fn axe_finds_nothing_grave_on_any_page() {
    let Some(stage) = Stage::open("axe_finds_nothing_grave_on_any_page") else { return };
    let axe = stage::axe();
    let mut faults = Vec::new();
    let mut lead = stage.lead();
    let address = &stage.server.address;

    let stranger = stage.driver.browser();
    stranger.goto(&format!("{address}/join"));
    look(&stranger, &axe, "join", &mut faults);
    stranger.goto(&stage.server.links.players);
    look(&stranger, &axe, "join-with-code", &mut faults);
    stranger.goto(&format!("{address}/no-such-page"));
    look(&stranger, &axe, "wrong", &mut faults);

    let facilitator = stage.by_link(&stage.server.links.facilitator);
    look(&facilitator, &axe, "facilitator-begins", &mut faults);
    let decision = to_a_decision(&mut lead);
    let (decider, other) = stage.decider_and_other(&decision);
    let players = [stage.join("Ann", &decider), stage.join("Bob", &other)];
    let eve = stage.evaluate("Eve");
    let screen = stage.by_link(&stage.server.links.screen);
    fill_the_room(&stage, &mut lead, &decision);
    let rooms = [
        ("facilitator", &facilitator),
        ("player-decides", &players[0]),
        ("player-votes", &players[1]),
        ("evaluator", &eve),
        ("screen", &screen),
    ];
    for (page, browser) in rooms {
        look(browser, &axe, page, &mut faults);
    }
    let endex = lead.act("endex", &[("confirm", "yes")]);
    assert!(endex.is_done(), "{endex:?}");
    for (page, browser) in rooms {
        browser.wait_for("#hotwash:not([hidden])", SOON);
        look(browser, &axe, &format!("{page}-hot-wash"), &mut faults);
        assert_quiet(page, browser, address);
    }
    facilitator.goto(address);
    look(&facilitator, &axe, "home", &mut faults);
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

/// Something in every part of the pages: messages in all forms, votes, notes, a proposal, an open card.
fn fill_the_room(stage: &Stage, lead: &mut Guest, decision: &str) {
    let done = |answer: hotwash_tests::guest::Answer| assert!(answer.is_done(), "{answer:?}");
    let choice = option_name(&stage.scenario, decision, 0);
    done(
        lead.act("decide", &[("decision", decision), ("option", &choice), ("reason", "To go on.")]),
    );
    to_a_decision(lead);
    for form in form::ALL {
        let text = format!("A message as {form}, long enough to be broken into lines on a phone.");
        done(lead.act("message", &[("from", "A neighbour"), ("form", form), ("text", &text)]));
    }
    done(lead.act(
        "note",
        &[("text", "A_very_long_word_without_any_place_to_break_it_in_two_at_all"), ("entry", "0")],
    ));
    done(lead.act("propose-rewind", &[("decision", decision)]));
}

#[test]
fn a_decision_is_taken_by_keyboard_alone() {
    let Some(stage) = Stage::open("a_decision_is_taken_by_keyboard_alone") else { return };
    let mut lead = stage.lead();
    let decision = to_a_decision(&mut lead);
    let (decider, _) = stage.decider_and_other(&decision);
    let ann = stage.join("Ann", &decider);
    ann.wait_for(DECIDE, SOON);
    ann.press(&[keys::TAB]);
    assert!(focus(&ann).contains("#main"), "first comes the way to the contents: {}", focus(&ann));
    tab_to(&ann, "e.name === 'option'");
    ann.press(&[keys::SPACE, keys::DOWN]);
    assert_eq!(ann.run("return document.activeElement.checked", json!([])), true);
    tab_to(&ann, "e.name === 'confidence'");
    ann.press(&[keys::DOWN]);
    tab_to(&ann, "e.name === 'reason'");
    ann.press(&["k", "e", "y", "s"]);
    tab_to(&ann, "e.matches(\"form[action$='/do/decide'] button:not([formaction])\")");
    ann.press(&[keys::ENTER]);
    ann.wait("the decision is taken", SOON, |b| !b.has(DECIDE));
    assert!(lead.open_decisions().is_empty());
}

/// The element with the focus, as markup.
fn focus(browser: &Browser) -> String {
    browser.run("return document.activeElement.outerHTML.slice(0, 200)", json!([])).to_string()
}

/// Goes on by tabulator until the focus is where it should be; each stop on the way can be seen.
#[track_caller]
fn tab_to(browser: &Browser, is_there: &str) {
    let script = format!("const e = document.activeElement; return {is_there}");
    let is_visible = "const e = document.activeElement; const seen = x => {
            const s = getComputedStyle(x);
            return (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) > 0) || s.boxShadow !== 'none'; };
        return seen(e) || (e.parentElement !== null && seen(e.parentElement))";
    for _ in 0..80 {
        if browser.run(&script, json!([])) == true {
            return;
        }
        browser.press(&[keys::TAB]);
        assert_eq!(
            browser.run(is_visible, json!([])),
            true,
            "no focus to be seen: {}",
            focus(browser)
        );
    }
    panic!("the tabulator does not lead to {is_there}; it is at {}", focus(browser));
}

#[test]
fn pages_work_without_scripts() {
    let Some(stage) = Stage::open("pages_work_without_scripts") else { return };
    let mut lead = stage.lead();
    let decision = to_a_decision(&mut lead);
    let (decider, _) = stage.decider_and_other(&decision);
    let ann = stage.driver.browser();
    ann.without_scripts();
    stage.join_in(&ann, "Ann", &decider);
    assert!(ann.has("noscript"), "the page says how to refresh it");
    ann.click(&option(&option_name(&stage.scenario, &decision, 0)));
    ann.click(&sure(4));
    ann.fill("#cards [name='reason']", "Without scripts.");
    ann.click(DECIDE);
    ann.wait("the decision is taken, and the room is shown", SOON, |b| {
        b.url().contains("/s/") && !b.url().contains("/do/") && !b.has(DECIDE)
    });
    assert!(lead.open_decisions().is_empty());
    assert_quiet("Ann", &ann, &stage.server.address);
}
