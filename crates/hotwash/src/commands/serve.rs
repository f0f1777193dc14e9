//! `hotwash serve`: the live exercise in browsers.

use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;

use hotwash_scenario::Registry;
use hotwash_web::{Announcement, Options, ServeError, Server};

use super::table::plan;
use crate::args::live;
use crate::exit::{self, Code, Failure};
use crate::house::Sessions;
use crate::shipped;
use crate::text::{BOLD, DIM};

/// Where it listens unless told otherwise.
const USUAL: &str = "127.0.0.1:8321";

pub(crate) fn serve(registry: &Registry, args: &live::Serve) -> Result<(), Failure> {
    if let Some(name) = &args.scenario {
        // Mistakes are said in full here, before anything is made.
        plan(registry, name, &args.table)?;
    } else if let Some(lang) = &args.table.tongue.lang {
        spoken_somewhere(registry, lang)?;
    }
    let named = args.scenario.as_deref();
    let house = Sessions::open(registry, &args.sessions, &args.table, named)?;
    let options = Options { listen: args.listen.clone(), scenario: args.scenario.clone() };
    let server = Server::open(&options, Arc::new(house)).map_err(refuse)?;
    let again = go_on(args);
    exit::print(&announced(server.announcement(), &args.sessions))?;
    server.run().map_err(refuse)?;
    exit::print(&format!(
        "\nStopped. Every session is on the disk. Those who were in one are in it again after:\n  {again}\n"
    ))
}

/// Refuses a language that no shipped scenario speaks: nothing that can be chosen on the page would be in it.
fn spoken_somewhere(registry: &Registry, lang: &str) -> Result<(), Failure> {
    let mut known: Vec<String> = Vec::new();
    for name in shipped::scenarios() {
        let scenario = shipped::open(registry, name)?;
        known.extend(scenario.languages().iter().map(|&code| code.to_owned()));
    }
    known.sort();
    known.dedup();
    if known.iter().any(|code| code == lang) {
        return Ok(());
    }
    Err(Failure::unknown("language", lang, known.iter().map(String::as_str)))
}

/// The command that goes on with what was served.
fn go_on(args: &live::Serve) -> String {
    let mut again = "hotwash serve".to_owned();
    if let Some(lang) = &args.table.tongue.lang {
        let _ = write!(again, " --lang {lang}");
    }
    if args.sessions != Path::new("sessions") {
        let _ = write!(again, " --sessions {}", args.sessions.display());
    }
    if args.listen != USUAL {
        let _ = write!(again, " --listen {}", args.listen);
    }
    again
}

fn refuse(error: ServeError) -> Failure {
    let message = error.to_string();
    match error {
        ServeError::Address(_) => Failure::new(Code::Usage, message).hint(format!(
            "write an address and a port: --listen {USUAL}, or 0.0.0.0:8321 for the whole network"
        )),
        ServeError::Listen(..) => Failure::new(Code::Io, message)
            .hint("choose another address or port with --listen ADDRESS:PORT"),
        ServeError::House(_) | ServeError::System(_) => Failure::new(Code::Io, message),
    }
}

/// What whoever started the server has to know.
fn announced(news: &Announcement, sessions: &Path) -> String {
    let mut out = String::new();
    let mut row = |what: &str, address: &str, note: &str| {
        let _ = writeln!(out, "{} {address}", BOLD.on(format_args!("{what:<12}")));
        if !note.is_empty() {
            let _ = writeln!(out, "{:<12} {}", "", DIM.on(note));
        }
    };
    row("Facilitator", &news.facilitator, "Yours alone: whoever has this link leads the exercise.");
    match &news.opened {
        Some(opened) => {
            row("Players", &opened.players, "");
            row("", &format!("or {} with the code {}", news.join, BOLD.on(&opened.code)), "");
            row("Evaluators", &opened.evaluators, "For those who rate; not for players.");
            row("Screen", &opened.screen, "For the projector: shows what the public knows.");
        }
        None => row("Players", &news.join, "The facilitator's page has the code."),
    }
    let kept = news.opened.as_ref().map(|opened| sessions.join(&opened.id));
    let head = match &news.opened {
        Some(opened) => format!("{}\n\n", BOLD.on(&opened.title)),
        None => String::new(),
    };
    if let Some(qr) = news.opened.as_ref().and_then(|opened| opened.qr.as_deref()) {
        let _ = writeln!(out, "\n{}", drawn(qr));
        let _ = writeln!(out, "{}", DIM.on("Players scan this with a phone on the same network."));
    }
    out.push('\n');
    if news.is_on_network {
        let _ = writeln!(
            out,
            "Everybody on this network can reach the page, and it is sent unencrypted (HTTP).\n\
             Use a network that you trust."
        );
        if !news.is_address_known {
            let _ = writeln!(
                out,
                "This computer's address could not be found out: write it in place of ADDRESS."
            );
        }
    } else {
        let _ = writeln!(
            out,
            "Only this computer can reach it. For others: --listen 0.0.0.0:{}",
            news.listens.port()
        );
    }
    match kept {
        Some(dir) => {
            let _ = writeln!(out, "Kept in {} as it goes. Ctrl-C stops.", dir.display());
        }
        None => {
            let _ = writeln!(out, "Sessions are kept in {}. Ctrl-C stops.", sessions.display());
        }
    }
    if news.kept > 0 {
        let (noun, them) = if news.kept == 1 { ("session", "it") } else { ("sessions", "them") };
        let _ = writeln!(
            out,
            "{} earlier {noun}: the facilitator's first page lists {them}, and browsers that were in go on.",
            news.kept
        );
    }
    format!("{head}{out}")
}

/// A QR code in white on black, whatever the terminal's colours are: phones want it that way round.
fn drawn(qr: &str) -> String {
    let line = |line: &str| format!("\u{1b}[97;40m{line}\u{1b}[0m");
    qr.lines().map(line).collect::<Vec<_>>().join("\n")
}
