//! Keys, codes, cookies: who gets in as whom, also after a restart.

use std::time::{Duration, Instant};

use super::browser::Browser;
use super::house::Scratch;
use super::{ROOM, Serving, path, to};

#[test]
fn the_code_takes_players_and_nobody_else() {
    let scratch = Scratch::new("code");
    let serving = Serving::playing(&scratch);
    let join = |seats: &[&str], name: &str| {
        let mut form = vec![("code", serving.code()), ("name", name)];
        form.extend(seats.iter().map(|seat| ("seats", *seat)));
        let mut browser = serving.browser();
        let answer = browser.submit("/join", &form);
        (answer.status, answer.body, browser)
    };
    for seat in ["facilitator", "evaluator", "screen", "role:chief-executive", "role:nobody"] {
        let (status, _, mut browser) = join(&[seat], "Mallory");
        assert_eq!(status, 409, "{seat}");
        assert!(browser.cookies.is_empty());
        assert_eq!(browser.get(ROOM).status, 403);
    }
    assert_eq!(join(&[], "Nobody").0, 409);
    assert_eq!(join(&["role:soc-lead", "facilitator"], "Mallory").0, 409);
    assert_eq!(join(&["role:counsel"], "").0, 409);
    let (status, _, mut ann) = join(&["role:counsel", "role:support-lead"], "Ann");
    assert_eq!(status, 303);
    assert_eq!(ann.get(ROOM).status, 200);
    let (status, body, _) = join(&["role:counsel"], "ann");
    assert_eq!(status, 409);
    assert!(body.contains("is called ann"), "{body}");
    // Whoever is in is taken to their room, not seated twice.
    let answer = ann.get(&format!("/join?code={}", serving.code()));
    assert_eq!((answer.status, answer.header("location")), (303, ROOM));
}

#[test]
fn a_link_opens_what_it_is_for() {
    let scratch = Scratch::new("links");
    let serving = Serving::playing(&scratch);
    let mut facilitator = serving.facilitator();
    let home = facilitator.get("/");
    assert!(home.body.contains("insider-sale-1"), "{}", home.body);
    // Everybody else's first page is the one to join by.
    assert!(!serving.browser().get("/").body.contains("insider-sale-1"));
    assert_eq!(serving.evaluator().get(ROOM).status, 200);
    let mut screen = serving.screen();
    assert_eq!(screen.get(&format!("{ROOM}~screen")).status, 200);
    assert_eq!(screen.get(ROOM).status, 403, "the screen's cookie is the screen's alone");
    assert_eq!(serving.browser().get("/key/guessed").status, 404);
    // Without the evaluators' link nobody becomes one, and the link makes no players.
    let mut late = serving.browser();
    let evaluators = serving.news.opened.as_ref().unwrap().evaluators.clone();
    late.follow(path(&evaluators));
    let form = [("code", serving.code()), ("name", "Eli"), ("seats", "role:counsel")];
    assert_eq!(late.submit("/join", &form).status, 409);
    // The one who leads does not become a player by mistake.
    let form = [("code", serving.code()), ("name", "Fay"), ("seats", "role:counsel")];
    assert_eq!(facilitator.submit("/join", &form).status, 409);
    assert_eq!(facilitator.post(&to("pause"), &[]).status, 204);
}

#[test]
fn a_link_from_another_site_works() {
    let scratch = Scratch::new("elsewhere");
    let serving = Serving::playing(&scratch);
    let mut browser = serving.browser();
    let link = path(&serving.news.facilitator).to_owned();
    let answer = browser.ask("GET", &link, &[("sec-fetch-site", "cross-site")], "");
    assert_eq!(answer.status, 200, "a redirect would come without its cookie");
    assert!(answer.body.contains("http-equiv=\"refresh\""));
    assert!(!answer.body.contains(&link), "the key does not stay in the page");
    assert_eq!(browser.get(ROOM).status, 200);
}

#[test]
fn wrong_codes_are_slowed_down() {
    let scratch = Scratch::new("guessing");
    let serving = Serving::playing(&scratch);
    let mut browser = serving.browser();
    let tries: Vec<u16> = (0..12)
        .map(|n| {
            let code = format!("AAAA{:02}", n + 30);
            let form = [("code", code.as_str()), ("name", "M"), ("seats", "role:counsel")];
            browser.submit("/join", &form).status
        })
        .collect();
    assert_eq!(tries[..10], [403; 10]);
    assert_eq!(tries[10..], [429; 2]);
    let answer = browser.get(&format!("/join?code={}", serving.code()));
    assert_eq!(answer.status, 429, "looking is trying too");
    assert!(!answer.header("retry-after").is_empty());
}

#[test]
fn after_a_restart_the_same_browsers_go_on() {
    let scratch = Scratch::new("restart");
    let mut serving = Serving::playing(&scratch);
    let mut facilitator = serving.facilitator();
    let mut ann = serving.player("Ann", "support-lead");
    let mut eve = serving.evaluator();
    let screen = serving.screen();
    assert_eq!(facilitator.post(&to("skip"), &[]).status, 204);
    assert_eq!(ann.post(&to("note"), &[("text", "before the crash")]).status, 204);
    assert_eq!(eve.post(&to("note"), &[("text", "seen")]).status, 204);
    let before = facilitator.get(&format!("{ROOM}/panel/timeline")).body;
    let log = std::fs::read(scratch.0.join("insider-sale-1/session.log")).unwrap();
    serving.stop();
    drop(serving);
    let again = Serving::start(&scratch, None);
    let here = |browser: &Browser| browser.moved(again.address);
    let (mut facilitator, mut ann) = (here(&facilitator), here(&ann));
    assert_eq!(ann.get(ROOM).status, 200, "a player's browser opens the session again");
    assert_eq!(facilitator.get(&format!("{ROOM}/panel/timeline")).body, before);
    assert_eq!(here(&screen).get(&format!("{ROOM}~screen")).status, 200);
    assert_eq!(here(&eve).post(&to("note"), &[("text", "still seen")]).status, 204);
    assert_eq!(ann.post(&to("endex"), &[("confirm", "yes")]).status, 403);
    assert_eq!(ann.post(&to("note"), &[("text", "after")]).status, 204);
    let now = std::fs::read(scratch.0.join("insider-sale-1/session.log")).unwrap();
    assert!(now.starts_with(&log), "what was kept stays as it was");
    // The new run has a key of its own; strangers are strangers still.
    assert_eq!(again.facilitator().get(ROOM).status, 200);
    assert_eq!(again.browser().get(ROOM).status, 403);
}

#[test]
fn sessions_side_by_side_do_not_see_each_other() {
    let scratch = Scratch::new("side-by-side");
    let serving = Serving::playing(&scratch);
    let mut facilitator = serving.facilitator();
    let answer = facilitator.submit("/begin", &[("scenario", "insider-sale")]);
    assert_eq!(answer.header("location"), "/s/insider-sale-2");
    assert_eq!(facilitator.submit("/begin", &[("scenario", "../../etc")]).status, 409);
    let mut ann = serving.player("Ann", "counsel");
    assert_eq!(ann.submit("/begin", &[("scenario", "insider-sale")]).status, 403);
    for way in ["", "/panel/inbox", "/events", "/files"] {
        assert_eq!(ann.get(&format!("/s/insider-sale-2{way}")).status, 403, "{way}");
    }
    assert_eq!(ann.post("/s/insider-sale-2/do/note", &[("text", "x")]).status, 403);
    assert_eq!(ann.get("/s/insider-sale-3").status, 404);
    assert_eq!(ann.post(&to("note"), &[("text", "only here")]).status, 204);
    let other = std::fs::read_to_string(scratch.0.join("insider-sale-2/session.log")).unwrap();
    assert!(!other.contains("only here") && !other.contains("Ann"));
    // A session's own facilitator leads that one alone.
    let page = facilitator.get("/s/insider-sale-2").body;
    assert!(page.contains("/key/"), "the facilitator's page has the links");
}

#[test]
fn a_stop_does_not_wait_for_open_streams() {
    let scratch = Scratch::new("stop");
    let mut serving = Serving::playing(&scratch);
    let mut facilitator = serving.facilitator();
    let mut events = facilitator.listen(&format!("{ROOM}/events"));
    assert!(events.next("changed", &[]).is_some());
    assert_eq!(facilitator.post(&to("run"), &[("pace", "3600000")]).status, 204);
    let begun = Instant::now();
    serving.stop();
    assert!(begun.elapsed() < Duration::from_secs(2), "{:?}", begun.elapsed());
    while events.next("changed", &[]).is_some() {}
    let log = std::fs::read_to_string(scratch.0.join("insider-sale-1/session.log")).unwrap();
    assert!(log.lines().last().unwrap().contains("\"Pause\""), "{log}");
}
