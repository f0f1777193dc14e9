//! The connection breaks and comes back: nobody has to do anything, nothing typed is lost.

use std::time::Duration;

use hotwash_tests::option_name;
use hotwash_tests::server::Server;
use serde_json::json;

use crate::stage::{DECIDE, SOON, Stage, option, sure, to_a_decision};

#[test]
fn browsers_go_on_after_a_crash() {
    let Some(mut stage) = Stage::open("browsers_go_on_after_a_crash") else { return };
    let mut lead = stage.lead();
    let decision = to_a_decision(&mut lead);
    let (decider, other) = stage.decider_and_other(&decision);
    let (ann, bob) = (stage.join("Ann", &decider), stage.join("Bob", &other));
    ann.click(&option(&option_name(&stage.scenario, &decision, 0)));
    ann.click(&sure(5));
    ann.click(DECIDE);
    bob.wait("the decision is taken", SOON, |b| !b.has("#cards .card"));
    bob.fill("form[action$='/do/note'] [name='text']", "half a thou");
    bob.run("window.same = true", json!([]));

    let port = stage.server.port();
    let again = |stage: &Stage| Server::start(None, stage.sessions.path(), port);
    stage.server.end_at_once();
    bob.wait("the page says that the connection is lost", SOON, |b| b.has("#lost:not([hidden])"));
    stage.server = again(&stage);
    bob.wait("the page has found the server again", Duration::from_secs(10), |b| {
        b.has("#lost[hidden]")
    });

    // What happens now is seen by everybody without a reload.
    to_a_decision(&mut lead);
    for browser in [&ann, &bob] {
        browser.wait_for("#cards .card", SOON);
    }
    assert_eq!(bob.run("return window.same", json!([])), true, "the page was not loaded anew");
    assert_eq!(bob.property("form[action$='/do/note'] [name='text']", "value"), "half a thou");

    // And the page is the same after a reload.
    ann.reload();
    ann.wait_for("#cards .card", SOON);
    ann.wait_text("Decided so far: 1", SOON);
}
