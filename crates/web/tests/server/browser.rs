//! A browser as far as a server can tell: requests over a socket, cookies with paths.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::time::{Duration, Instant};

/// An answer.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: String,
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> &str {
        let found = self.headers.iter().find(|(n, _)| n == name);
        found.map_or("", |(_, value)| value)
    }
}

/// A browser with its cookies.
pub(crate) struct Browser {
    server: SocketAddr,
    /// Values by path and name.
    pub(crate) cookies: BTreeMap<(String, String), String>,
}

impl Browser {
    pub(crate) fn new(server: SocketAddr) -> Browser {
        Browser { server, cookies: BTreeMap::new() }
    }

    /// The same browser after the server was started again elsewhere: cookies know no ports, but the
    /// names of ours do.
    pub(crate) fn moved(&self, server: SocketAddr) -> Browser {
        let (old, new) = (self.server.port().to_string(), server.port().to_string());
        let cookies = self.cookies.iter();
        let renamed = cookies.map(|((p, n), v)| ((p.clone(), n.replace(&old, &new)), v.clone()));
        Browser { server, cookies: renamed.collect() }
    }

    pub(crate) fn get(&mut self, path: &str) -> Answer {
        self.ask("GET", path, &[], "")
    }

    /// Goes where it is sent, once.
    pub(crate) fn follow(&mut self, path: &str) -> Answer {
        let answer = self.get(path);
        assert_eq!(answer.status, 303, "{path}: {}", answer.body);
        let to = answer.header("location").to_owned();
        self.get(&to)
    }

    /// Posts a form as a page's script does.
    pub(crate) fn post(&mut self, path: &str, form: &[(&str, &str)]) -> Answer {
        self.ask(
            "POST",
            path,
            &[("x-hotwash", "1"), ("sec-fetch-site", "same-origin")],
            &coded(form),
        )
    }

    /// Posts a form as a page without script does.
    pub(crate) fn submit(&mut self, path: &str, form: &[(&str, &str)]) -> Answer {
        self.ask("POST", path, &[("sec-fetch-site", "same-origin")], &coded(form))
    }

    pub(crate) fn ask(
        &mut self,
        method: &str,
        path: &str,
        more: &[(&str, &str)],
        body: &str,
    ) -> Answer {
        let mut stream = self.send(method, path, more, body);
        let mut bytes = Vec::new();
        // A server that refuses a body closes while it is still being sent.
        let _ = stream.read_to_end(&mut bytes);
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
        let mut lines = head.lines();
        let status = lines.next().and_then(|l| l.split(' ').nth(1)).unwrap_or("0");
        let headers: Vec<(String, String)> = lines
            .filter_map(|line| line.split_once(':'))
            .map(|(n, v)| (n.to_ascii_lowercase(), v.trim().to_owned()))
            .collect();
        for (_, line) in headers.iter().filter(|(n, _)| n == "set-cookie") {
            self.keep(line);
        }
        Answer { status: status.parse().unwrap(), headers, body: body.to_owned() }
    }

    /// Listens to events.
    pub(crate) fn listen(&mut self, path: &str) -> Events {
        let stream = self.send("GET", path, &[], "");
        Events(BufReader::new(stream))
    }

    fn send(&self, method: &str, path: &str, more: &[(&str, &str)], body: &str) -> TcpStream {
        let mut stream = TcpStream::connect(self.server).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        let mut head = format!("{method} {path} HTTP/1.1\r\nconnection: close\r\n");
        if !more.iter().any(|(n, _)| *n == "host") {
            head += &format!("host: {}\r\n", self.server);
        }
        let own = path.split('?').next().unwrap();
        let is_for = |root: &str| {
            root == "/" || own == root || own.strip_prefix(root).is_some_and(|r| r.starts_with('/'))
        };
        let sent = self.cookies.iter().filter(|((root, _), _)| is_for(root));
        let cookies: Vec<String> = sent.map(|((_, n), v)| format!("{n}={v}")).collect();
        head += &format!("cookie: {}\r\n", cookies.join("; "));
        for (name, value) in more {
            head += &format!("{name}: {value}\r\n");
        }
        if method == "POST" {
            head += "content-type: application/x-www-form-urlencoded\r\n";
            head += &format!("content-length: {}\r\n", body.len());
        }
        let _ = stream.write_all(format!("{head}\r\n{body}").as_bytes());
        stream
    }

    fn keep(&mut self, line: &str) {
        assert!(line.contains("HttpOnly") && line.contains("SameSite=Strict"), "{line}");
        let mut parts = line.split("; ");
        let (name, value) = parts.next().unwrap().split_once('=').unwrap();
        let path = parts.find_map(|part| part.strip_prefix("Path=")).unwrap();
        self.cookies.insert((path.to_owned(), name.to_owned()), value.to_owned());
    }
}

/// A stream of events.
pub(crate) struct Events(BufReader<TcpStream>);

impl Events {
    /// The data of the next event of a kind that has all these words; nothing when the stream ends, or
    /// none comes.
    pub(crate) fn next(&mut self, kind: &str, words: &[&str]) -> Option<String> {
        let mut is_it = false;
        let mut line = String::new();
        let begun = Instant::now();
        // A quiet stream says now and then that it is alive.
        while begun.elapsed() < Duration::from_secs(20) {
            line.clear();
            if self.0.read_line(&mut line).ok()? == 0 {
                return None;
            }
            if let Some(event) = line.strip_prefix("event: ") {
                is_it = event.trim() == kind;
            }
            if let Some(data) = line.strip_prefix("data: ")
                && is_it
                && words.iter().all(|word| data.contains(word))
            {
                return Some(data.trim().to_owned());
            }
        }
        None
    }
}

fn coded(form: &[(&str, &str)]) -> String {
    let escape = |text: &str| -> String {
        let plain = |b: u8| b.is_ascii_alphanumeric() || b"-_.".contains(&b);
        text.bytes()
            .map(|b| if plain(b) { (b as char).to_string() } else { format!("%{b:02X}") })
            .collect()
    };
    let pairs = form.iter().map(|(n, v)| format!("{}={}", escape(n), escape(v)));
    pairs.collect::<Vec<_>>().join("&")
}
