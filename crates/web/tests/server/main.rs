//! The server as browsers meet it: real sockets, real sessions on a disk.

#![allow(clippy::unwrap_used, reason = "what goes wrong here is a failed test")]
#![allow(clippy::disallowed_methods, reason = "what is tested runs by the wall clock")]

mod browser;
mod coming_in;
mod house;
mod playing;
mod safety;

use std::net::SocketAddr;
use std::sync::Arc;
use std::thread::JoinHandle;

use browser::Browser;
use hotwash_web::{Announcement, Options, ServeError, Server, Stopper};
use house::{Scratch, Simple};

/// A server under way.
struct Serving {
    address: SocketAddr,
    news: Announcement,
    stopper: Stopper,
    thread: Option<JoinHandle<Result<(), ServeError>>>,
}

impl Serving {
    fn start(scratch: &Scratch, scenario: Option<&str>) -> Serving {
        let options =
            Options { listen: "127.0.0.1:0".to_owned(), scenario: scenario.map(str::to_owned) };
        let server = Server::open(&options, Arc::new(Simple(scratch.0.clone()))).unwrap();
        let (news, stopper) = (server.announcement().clone(), server.stopper());
        let thread = Some(std::thread::spawn(move || server.run()));
        Serving { address: news.listens, news, stopper, thread }
    }

    /// With the scenario opened.
    fn playing(scratch: &Scratch) -> Serving {
        Serving::start(scratch, Some("insider-sale"))
    }

    fn browser(&self) -> Browser {
        Browser::new(self.address)
    }

    fn code(&self) -> &str {
        &self.news.opened.as_ref().unwrap().code
    }

    fn facilitator(&self) -> Browser {
        let mut browser = self.browser();
        assert_eq!(browser.follow(path(&self.news.facilitator)).status, 200);
        browser
    }

    fn evaluator(&self) -> Browser {
        let mut browser = self.browser();
        let link = &self.news.opened.as_ref().unwrap().evaluators;
        assert!(browser.follow(path(link)).body.contains("evaluator"));
        let form = [("code", self.code()), ("name", "Eve"), ("seats", "evaluator")];
        assert_eq!(browser.submit("/join", &form).status, 303);
        browser
    }

    fn screen(&self) -> Browser {
        let mut browser = self.browser();
        assert_eq!(browser.follow(path(&self.news.opened.as_ref().unwrap().screen)).status, 200);
        browser
    }

    fn player(&self, name: &str, role: &str) -> Browser {
        let mut browser = self.browser();
        let form = [("code", self.code()), ("name", name), ("seats", &format!("role:{role}"))];
        let answer = browser.submit("/join", &form);
        assert_eq!(answer.status, 303, "{}", answer.body);
        browser
    }

    fn stop(&mut self) {
        self.stopper.stop();
        if let Some(thread) = self.thread.take() {
            thread.join().unwrap().unwrap();
        }
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            self.stop();
        }
    }
}

/// An address without its host.
fn path(link: &str) -> &str {
    &link[link.find("//").unwrap() + 2..][link.split("//").nth(1).unwrap().find('/').unwrap()..]
}

const ROOM: &str = "/s/insider-sale-1";

/// A verb's address in the first session.
fn to(verb: &str) -> String {
    format!("{ROOM}/do/{verb}")
}
