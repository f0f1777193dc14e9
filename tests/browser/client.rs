//! The WebDriver client itself, on a page that needs no server: a check that the checks can fail.

use std::time::Duration;

use hotwash_tests::temp::Temp;
use hotwash_tests::webdriver::keys;

use crate::stage;

const PAGE: &str = r#"<!doctype html><html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>A page</title>
<style>:root { color-scheme: light dark } #pale { color: #ccc; background: #fff }</style></head>
<body><main><h1>Here</h1>
<form id="f"><label for="n">Name</label> <input id="n" name="n" value="old">
<label><input type="radio" name="r" value="1"> one</label><label><input type="radio" name="r" value="2"> two</label>
<select id="s" aria-label="s"><option value="a">A</option><option value="b">B</option></select>
<button id="go">Go</button></form><p id="out">nothing</p>
<noscript><p id="plain">no scripts</p></noscript></main>
<script>document.getElementById("f").addEventListener("submit", e => { e.preventDefault();
  const d = new FormData(e.target);
  setTimeout(() => { document.getElementById("out").textContent = d.get("n") + d.get("r"); }, 150); });</script>
</body></html>"#;

fn page(temp: &Temp) -> String {
    let path = temp.path().join("page.html");
    std::fs::write(&path, PAGE).unwrap();
    format!("file://{}", path.display())
}

const SOON: Duration = Duration::from_secs(5);

#[test]
fn a_page_is_read_filled_and_left() {
    let Some(driver) = stage::driver("a_page_is_read_filled_and_left") else { return };
    let temp = Temp::new("page");
    let browser = driver.browser();
    browser.goto(&page(&temp));
    assert_eq!(browser.title(), "A page");
    assert_eq!(browser.text("h1"), "Here");
    assert!(!browser.has("#plain p") && browser.count("input") == 3);
    browser.fill("#n", "Ann <b>");
    browser.click("input[value='2']");
    browser.choose("#s", "b");
    assert_eq!(browser.property("#s", "value"), "b");
    browser.click("#go");
    browser.wait_text("Ann <b>2", SOON);
    browser.screenshot(&temp.path().join("shot.png"));
    assert!(std::fs::read(temp.path().join("shot.png")).unwrap().starts_with(b"\x89PNG"));
}

#[test]
fn keys_go_where_the_focus_is() {
    let Some(driver) = stage::driver("keys_go_where_the_focus_is") else { return };
    let temp = Temp::new("page");
    let browser = driver.browser();
    browser.goto(&page(&temp));
    browser.press(&[keys::TAB, "x", keys::TAB, keys::SPACE, keys::DOWN, keys::ENTER]);
    browser.wait_text("x2", SOON);
}

#[test]
fn sizes_schemes_and_scripts_are_as_set() {
    let Some(driver) = stage::driver("sizes_schemes_and_scripts_are_as_set") else { return };
    let temp = Temp::new("page");
    let browser = driver.browser();
    let url = page(&temp);
    browser.goto(&url);
    let is_dark = "return matchMedia('(prefers-color-scheme: dark)').matches";
    browser.prefer_dark(true);
    assert_eq!(browser.run(is_dark, serde_json::json!([])), true);
    browser.prefer_dark(false);
    assert_eq!(browser.run(is_dark, serde_json::json!([])), false);
    browser.resize(360, 700);
    assert_eq!(browser.run("return innerWidth", serde_json::json!([])), 360);
    assert_eq!(browser.overflow(), 0);
    let wide = "document.getElementById('out').style.width = '900px'";
    browser.run(wide, serde_json::json!([]));
    assert!(browser.overflow() > 100);
    browser.without_scripts();
    browser.goto(&url);
    browser.fill("#n", "typed");
    assert_eq!(browser.text("#plain"), "no scripts");
    browser.click("#go");
    browser.wait("the form is sent", SOON, |b| b.url().contains("n=typed"));
}

#[test]
fn faults_are_found() {
    let Some(driver) = stage::driver("faults_are_found") else { return };
    let temp = Temp::new("page");
    let browser = driver.browser();
    browser.goto(&page(&temp));
    let axe = stage::axe();
    assert_eq!(browser.axe(&axe).iter().filter(|v| v.is_grave()).count(), 0);
    browser.run("document.getElementById('out').id = 'pale'", serde_json::json!([]));
    let found = browser.axe(&axe);
    assert!(found.iter().any(|v| v.rule == "color-contrast" && v.is_grave()), "{found:?}");

    // A port that nobody listens on: the request is made, and fails.
    browser.run("fetch('http://127.0.0.1:9/outside').catch(() => {})", serde_json::json!([]));
    browser.wait("the request is told", SOON, |b| {
        b.requests().iter().any(|url| url == "http://127.0.0.1:9/outside")
    });
    browser.wait("the failure is told", SOON, |b| !b.complaints().is_empty());
}

#[test]
fn browsers_share_no_cookie() {
    let Some(driver) = stage::driver("browsers_share_no_cookie") else { return };
    let temp = Temp::new("page");
    let (one, two) = (driver.browser(), driver.browser());
    let url = page(&temp);
    one.goto(&url);
    two.goto(&url);
    let kept = "localStorage.setItem('seen', 'yes'); return localStorage.getItem('seen')";
    assert_eq!(one.run(kept, serde_json::json!([])), "yes");
    let read = "return localStorage.getItem('seen')";
    assert_eq!(two.run(read, serde_json::json!([])), serde_json::Value::Null);
}
