//! What strangers, other sites and odd requests get: nothing.

use super::house::Scratch;
use super::{ROOM, Serving, to};

#[test]
fn other_sites_get_nothing_done() {
    let scratch = Scratch::new("csrf");
    let serving = Serving::playing(&scratch);
    let mut facilitator = serving.facilitator();
    let own = format!("http://{}", serving.address);
    let cases: [(&[(&str, &str)], u16); 5] = [
        (&[("sec-fetch-site", "cross-site")], 403),
        (&[("sec-fetch-site", "same-site")], 403),
        (&[("origin", "http://evil.example")], 403),
        (&[("origin", &own)], 303),
        (&[("sec-fetch-site", "same-origin")], 303),
    ];
    for (headers, status) in cases {
        assert_eq!(
            facilitator.ask("POST", &to("pause"), headers, "").status,
            status,
            "{headers:?}"
        );
    }
    // A name that somebody made to point here.
    for host in ["evil.example", "evil.example:80", "192.168.0.9", ""] {
        let answer = facilitator.ask("GET", ROOM, &[("host", host)], "");
        assert!(answer.status == 421 || answer.status == 400, "{host}: {}", answer.status);
        assert!(!answer.body.contains("section"), "{host}");
    }
}

#[test]
fn large_bodies_are_refused() {
    let scratch = Scratch::new("large");
    let serving = Serving::playing(&scratch);
    let mut ann = serving.player("Ann", "counsel");
    let text = "x".repeat(100_000);
    assert_eq!(ann.post(&to("note"), &[("text", &text)]).status, 413);
    assert_eq!(ann.post(&to("note"), &[("text", &text[..5_000])]).status, 409);
    assert_eq!(ann.post(&to("note"), &[("text", &text[..4_000])]).status, 204);
}

#[test]
fn nobody_does_too_much_at_once() {
    let scratch = Scratch::new("flood");
    let serving = Serving::playing(&scratch);
    let mut ann = serving.player("Ann", "counsel");
    let mut ben = serving.player("Ben", "counsel");
    let is_slowed = (0..400).any(|_| ann.post(&to("vote"), &[]).status == 429);
    assert!(is_slowed);
    assert_eq!(ben.post(&to("note"), &[("text", "I am heard")]).status, 204);
}

#[test]
fn a_script_in_a_message_is_text() {
    let scratch = Scratch::new("script");
    let serving = Serving::playing(&scratch);
    let mut facilitator = serving.facilitator();
    let mut ann = serving.player("<b>Ann</b>", "counsel");
    let script = "<script>alert(1)</script>\"'&";
    let message = [("from", script), ("form", "email"), ("text", script)];
    assert_eq!(facilitator.post(&to("message"), &message).status, 204);
    for browser in [&mut ann, &mut facilitator] {
        let page = browser.get(ROOM);
        assert!(page.body.contains("&lt;script&gt;alert(1)"), "{}", page.body);
        assert!(!page.body.contains("<script>alert") && !page.body.contains("<b>Ann"));
    }
}

#[test]
fn no_path_leads_to_the_disk() {
    let scratch = Scratch::new("paths");
    let serving = Serving::playing(&scratch);
    let mut facilitator = serving.facilitator();
    assert_eq!(facilitator.post(&to("endex"), &[("confirm", "yes")]).status, 204);
    let known = format!("{ROOM}/files/hot-wash.html");
    let begun = std::time::Instant::now();
    while facilitator.get(&known).status != 200 {
        assert!(begun.elapsed().as_secs() < 20);
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    for trick in [
        "../session.log",
        "..%2fsession.log",
        "%2e%2e/session.log",
        "%2e%2e%2fkeys.json",
        "controllers/../../session.log",
        "controllers%2f..%2f..%2fsession.log",
        "/etc/passwd",
        "%2fetc%2fpasswd",
        "..%5csession.log",
        "hot-wash.html%00",
        "hot-wash.html/",
    ] {
        let answer = facilitator.get(&format!("{ROOM}/files/{trick}"));
        assert_eq!(answer.status, 404, "{trick}: {}", answer.body);
    }
    for trick in ["/s/..", "/s/..%2f..", "/s/.", "/s/insider-sale-1%2f..", "/assets/..%2flib.rs"] {
        assert_eq!(facilitator.get(trick).status, 404, "{trick}");
    }
    assert_eq!(facilitator.get("/assets/app.css").status, 200);
}

#[test]
fn every_answer_keeps_the_page_to_itself() {
    let scratch = Scratch::new("headers");
    let serving = Serving::playing(&scratch);
    let mut facilitator = serving.facilitator();
    for path in ["/", ROOM, "/join", "/nowhere", "/assets/app.js"] {
        let answer = facilitator.get(path);
        let csp = answer.header("content-security-policy");
        assert!(csp.starts_with("default-src 'self';") && !csp.contains("unsafe"), "{path}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert_eq!(answer.header("referrer-policy"), "no-referrer");
        let cached = if path.starts_with("/assets") { "no-cache" } else { "no-store" };
        assert_eq!(answer.header("cache-control"), cached, "{path}");
    }
}
