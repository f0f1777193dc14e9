//! Somebody in a session without a browser: joins, acts, listens, all by HTTP.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use crate::wait::Stopwatch;

/// An answer of the server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// Where it sends whoever asked.
    pub location: String,
    /// The body.
    pub text: String,
    /// How long the server may want to be left alone, in seconds.
    pub retry_after: Option<u64>,
}

impl Answer {
    /// Whether what was asked for has been done.
    pub fn is_done(&self) -> bool {
        matches!(self.status, 200..=399)
    }
}

/// An event of the room.
#[derive(Clone, Debug)]
pub struct Heard {
    /// Its name: `changed`, `clock`.
    pub event: String,
    /// What came with it.
    pub data: String,
    /// When it came.
    pub at: Stopwatch,
}

/// Somebody in a room.
#[derive(Clone, Debug)]
pub struct Guest {
    agent: ureq::Agent,
    address: String,
    cookies: BTreeMap<String, String>,
    /// The room's path: `/s/ID`; empty where there is none.
    pub room: String,
}

impl Guest {
    /// Somebody who has not joined.
    pub fn stranger(address: &str) -> Guest {
        Guest {
            agent: agent(Some(Duration::from_secs(60))),
            address: address.to_owned(),
            cookies: BTreeMap::new(),
            room: String::new(),
        }
    }

    /// Joins by the code. Where too many join at once, waits as the server asks.
    ///
    /// # Errors
    /// What the server answers when it refuses.
    pub fn join(address: &str, code: &str, name: &str, seats: &[&str]) -> Result<Guest, Answer> {
        let mut guest = Guest::stranger(address);
        let mut fields = vec![("code", code), ("name", name)];
        fields.extend(seats.iter().map(|seat| ("seats", *seat)));
        loop {
            let answer = guest.post("/join", &fields);
            match answer.status {
                429 => thread::sleep(Duration::from_secs(answer.retry_after.unwrap_or(1))),
                303 if answer.location.contains("/s/") => {
                    guest.enter(&answer.location);
                    return Ok(guest);
                }
                _ => return Err(answer),
            }
        }
    }

    /// Comes in by a secret link.
    ///
    /// # Errors
    /// What the server answers when it refuses.
    pub fn by_link(link: &str) -> Result<Guest, Answer> {
        let address = link.split('/').take(3).collect::<Vec<_>>().join("/");
        let mut guest = Guest::stranger(&address);
        let mut path = link[address.len()..].to_owned();
        for _ in 0..4 {
            let answer = guest.get(&path);
            if !(300..400).contains(&answer.status) {
                return if answer.status == 200 { Ok(guest) } else { Err(answer) };
            }
            guest.enter(&answer.location);
            path = answer.location.trim_start_matches(address.as_str()).to_owned();
        }
        Err(Answer { status: 310, location: path, text: String::new(), retry_after: None })
    }

    /// Goes into the room of an address, if it is one.
    pub fn enter(&mut self, location: &str) {
        if let Some(at) = location.find("/s/") {
            let id = location[at + 3..].split(['/', '?', '#']).next().unwrap_or_default();
            self.room = format!("/s/{id}");
        }
    }

    /// Asks for a page.
    pub fn get(&mut self, path: &str) -> Answer {
        let request = self.agent.get(format!("{}{path}", self.address));
        let answer = self.with_cookies(request).call();
        self.read(answer)
    }

    /// Sends a form.
    pub fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let request = self.agent.post(format!("{}{path}", self.address));
        let request = self.with_cookies(request).header("Sec-Fetch-Site", "same-origin");
        let request = request.content_type("application/x-www-form-urlencoded");
        let answer = request.send(form(fields));
        self.read(answer)
    }

    /// Does something in the room, as the page's script does: no redirect follows.
    pub fn act(&self, verb: &str, fields: &[(&str, &str)]) -> Answer {
        let url = format!("{}{}/do/{verb}", self.address, self.room);
        let request = self.with_cookies(self.agent.post(url));
        let request = request.header("Sec-Fetch-Site", "same-origin").header("x-hotwash", "1");
        let request = request.content_type("application/x-www-form-urlencoded");
        answer(request.send(form(fields)))
    }

    /// A panel of the room's page.
    pub fn panel(&mut self, name: &str) -> String {
        self.get(&format!("{}/panel/{name}", self.room.clone())).text
    }

    /// Names of the decisions whose cards lie open.
    pub fn open_decisions(&mut self) -> Vec<String> {
        let mut names = inputs(&self.panel("cards"), "decision");
        names.dedup();
        names
    }

    /// What happens in the room, from now on, until the server ends.
    pub fn listen(&self) -> Receiver<Heard> {
        let (send, events) = channel();
        let request = agent(None).get(format!("{}{}/events", self.address, self.room));
        let request = self.with_cookies(request);
        let answer = request.call();
        thread::spawn(move || {
            let Ok(answer) = answer else { return };
            let mut event = String::new();
            for line in BufReader::new(answer.into_body().into_reader()).lines() {
                let Ok(line) = line else { return };
                if let Some(name) = line.strip_prefix("event:") {
                    name.trim().clone_into(&mut event);
                } else if let Some(data) = line.strip_prefix("data:") {
                    let data = data.trim().to_owned();
                    let heard = Heard { event: event.clone(), data, at: Stopwatch::start() };
                    if send.send(heard).is_err() {
                        return;
                    }
                }
            }
        });
        events
    }

    fn with_cookies<B>(&self, request: ureq::RequestBuilder<B>) -> ureq::RequestBuilder<B> {
        let pairs: Vec<String> = self.cookies.iter().map(|(k, v)| format!("{k}={v}")).collect();
        if pairs.is_empty() { request } else { request.header("Cookie", pairs.join("; ")) }
    }

    fn read(&mut self, got: Result<ureq::http::Response<ureq::Body>, ureq::Error>) -> Answer {
        if let Ok(response) = &got {
            for cookie in response.headers().get_all("set-cookie") {
                let pair =
                    cookie.to_str().unwrap_or_default().split(';').next().unwrap_or_default();
                if let Some((name, value)) = pair.split_once('=') {
                    self.cookies.insert(name.trim().to_owned(), value.trim().to_owned());
                }
            }
        }
        answer(got)
    }
}

fn agent(limit: Option<Duration>) -> ureq::Agent {
    let config = ureq::Agent::config_builder().http_status_as_error(false).max_redirects(0);
    config.timeout_global(limit).build().into()
}

/// What came back; status 0 where nothing did.
fn answer(got: Result<ureq::http::Response<ureq::Body>, ureq::Error>) -> Answer {
    let mut response = match got {
        Ok(response) => response,
        Err(error) => {
            let text = error.to_string();
            return Answer { status: 0, location: String::new(), text, retry_after: None };
        }
    };
    let header = |name: &str| {
        let value = response.headers().get(name)?;
        value.to_str().ok().map(str::to_owned)
    };
    let location = header("location").unwrap_or_default();
    let retry_after = header("retry-after").and_then(|s| s.parse().ok());
    let status = response.status().as_u16();
    // An answer that breaks off was none.
    match response.body_mut().read_to_string() {
        Ok(text) => Answer { status, location, text, retry_after },
        Err(e) => Answer { status: 0, location, text: e.to_string(), retry_after },
    }
}

/// Fields as a form sends them.
fn form(fields: &[(&str, &str)]) -> String {
    let mut out = String::new();
    for (name, value) in fields {
        if !out.is_empty() {
            out.push('&');
        }
        escape(name, &mut out);
        out.push('=');
        escape(value, &mut out);
    }
    out
}

fn escape(text: &str, out: &mut String) {
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                out.push(char::from(byte));
            }
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
}

/// Values of all input fields of one name in a page, in order.
pub fn inputs(page: &str, name: &str) -> Vec<String> {
    let tags = page.split("<input").skip(1).filter_map(|rest| rest.split('>').next());
    let of_name = tags.filter(|tag| attribute(tag, "name") == Some(name));
    of_name.filter_map(|tag| attribute(tag, "value")).map(str::to_owned).collect()
}

fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let start = tag.find(&format!(" {name}=\""))? + name.len() + 3;
    tag[start..].split('"').next()
}

#[cfg(test)]
mod tests {
    use super::{form, inputs};

    #[test]
    fn forms_are_encoded_and_pages_read() {
        assert_eq!(form(&[("a b", "ü&="), ("c", "")]), "a%20b=%C3%BC%26%3D&c=");
        let page = r#"<form><input type="hidden" name="decision" value="one"><input name="n">
            <input type="radio" name="option" value="x" checked></form>"#;
        assert_eq!(inputs(page, "decision"), ["one"]);
        assert_eq!(inputs(page, "option"), ["x"]);
        assert!(inputs(page, "n").is_empty());
    }
}
