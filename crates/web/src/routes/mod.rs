//! What is answered to which address.

mod assets;
mod entry;
mod events;
mod files;
mod seat;

use std::sync::Arc;

use axum::Router;
use axum::extract::rejection::FormRejection;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post};
use hotwash_scenario::Words;
use maud::Markup;

use crate::door::Door;
use crate::guard;
use crate::hall::Hall;
use crate::page;
use crate::room::{Looker, Room, SCREEN};

/// A form's fields as axum reads them.
type Sent = Result<axum::Form<Vec<(String, String)>>, FormRejection>;

/// All routes with their guards.
pub(crate) fn all(hall: Arc<Hall>) -> Router {
    let routes = Router::new()
        .route("/", get(entry::first))
        .route("/begin", post(entry::begin))
        .route("/resume", post(entry::resume))
        .route("/join", get(entry::ask_to_join).post(entry::join))
        .route("/key/{key}", get(entry::key))
        .route("/s/{id}", get(seat::room))
        .route("/s/{id}/panel/{name}", get(seat::panel))
        .route("/s/{id}/events", get(events::events))
        .route("/s/{id}/do/{verb}", post(seat::perform))
        .route("/s/{id}/files", get(files::list))
        .route("/s/{id}/files/{*name}", get(files::file))
        .route("/assets/{name}", get(assets::asset))
        .fallback(nowhere)
        .with_state(hall.clone());
    guard::around(routes, &hall)
}

async fn nowhere() -> Response {
    wrong(
        StatusCode::NOT_FOUND,
        "There is no such page",
        "The address is not one of this server's.",
    )
}

/// A page that says what is wrong.
fn wrong(status: StatusCode, title: &str, what: &str) -> Response {
    shown(status, &page::wrong(title, what, Words::ENGLISH))
}

fn shown(status: StatusCode, page: &Markup) -> Response {
    (status, Html(page.0.clone())).into_response()
}

fn see(path: &str) -> Response {
    (StatusCode::SEE_OTHER, [(header::LOCATION, path)]).into_response()
}

/// Does something that waits for a lock or the disk, on a thread that may.
async fn blocking<R: Send + 'static>(
    work: impl FnOnce() -> R + Send + 'static,
) -> Result<R, Response> {
    tokio::task::spawn_blocking(work).await.map_err(|_| {
        let what =
            "What was done before is on the disk. Stop the server with Ctrl-C and start it again.";
        wrong(StatusCode::INTERNAL_SERVER_ERROR, "The program stopped unexpectedly", what)
    })
}

/// Name of the cookie with a browser's token.
fn own_cookie(hall: &Hall) -> String {
    format!("hotwash-{}", hall.port)
}

/// Name of the cookie with the screen's key: a facilitator's browser may show the screen too.
fn screen_cookie(hall: &Hall) -> String {
    format!("hotwash-screen-{}", hall.port)
}

/// Name of the cookie with which an evaluator comes to join.
fn evaluator_cookie(hall: &Hall) -> String {
    format!("hotwash-evaluator-{}", hall.port)
}

/// A cookie's value, if the browser sent it.
fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let lines = headers.get_all(header::COOKIE).into_iter().filter_map(|line| line.to_str().ok());
    let pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.split_once('='));
    pairs.map(|(n, v)| (n.trim(), v.trim())).find(|(n, _)| *n == name).map(|(_, value)| value)
}

/// The browser's token, if it has one.
fn token<'a>(hall: &Hall, headers: &'a HeaderMap) -> Option<&'a str> {
    cookie(headers, &own_cookie(hall))
}

/// The line that gives a browser a cookie for a week: longer than an exercise, shorter than a season.
fn set_cookie(name: &str, value: &str, path: &str) -> String {
    format!("{name}={value}; Path={path}; Max-Age=604800; HttpOnly; SameSite=Strict")
}

/// Somebody in a room.
struct Visit {
    hall: Arc<Hall>,
    door: Arc<Door>,
    room: Arc<Room>,
    person: String,
    /// The room's path as this browser uses it.
    base: String,
}

/// What stands behind a session's id in the address of its screen.
const AS_SCREEN: &str = "~screen";

/// Lets a browser into a room, or says why not.
async fn visit(hall: &Arc<Hall>, id: &str, headers: &HeaderMap) -> Result<Visit, Response> {
    let (name, is_screen) = match id.strip_suffix(AS_SCREEN) {
        Some(name) => (name, true),
        None => (id, false),
    };
    let Some(door) = hall.door(name) else {
        let what = "Check the address, or ask the facilitator for the code.";
        return Err(wrong(StatusCode::NOT_FOUND, "There is no such session", what));
    };
    let held = if is_screen { cookie(headers, &screen_cookie(hall)) } else { None };
    let person =
        held.into_iter().chain(token(hall, headers)).find_map(|token| hall.person(&door, token));
    let Some(person) = person else {
        let what = "This browser is not in the session. Join at /join with the facilitator's code. \
                    If you were in it a moment ago, load the page again.";
        return Err(wrong(StatusCode::FORBIDDEN, "You are not in this session", what));
    };
    let person = if is_screen { SCREEN.to_owned() } else { person };
    let room = match door.room() {
        Some(room) if person != SCREEN => room,
        _ => open(hall, &door, person == SCREEN).await?,
    };
    Ok(Visit { hall: hall.clone(), door, room, person, base: format!("/s/{id}") })
}

/// Opens the room of somebody who may come in.
async fn open(hall: &Arc<Hall>, door: &Arc<Door>, is_screen: bool) -> Result<Arc<Room>, Response> {
    let (own, at) = (hall.clone(), door.clone());
    let opened = blocking(move || {
        let room = own.room(&at)?;
        if is_screen {
            room.seat_screen().map_err(|refusal| refusal.to_string())?;
        }
        Ok::<_, String>(room)
    });
    opened
        .await?
        .map_err(|why| wrong(StatusCode::CONFLICT, "The session cannot be opened", &sentence(&why)))
}

/// What is said to people begins with a capital and ends with a full stop.
fn sentence(why: &str) -> String {
    let mut letters = why.chars();
    let first: String = letters.next().map(|c| c.to_uppercase().collect()).unwrap_or_default();
    let end = if why.ends_with(['.', '!', '?']) { "" } else { "." };
    format!("{first}{}{end}", letters.as_str())
}

impl Visit {
    /// Whether they lead the exercise.
    fn leads(&self) -> bool {
        self.person == hotwash_exercise::FACILITATOR
    }

    /// Shows the room to them.
    fn look<R>(&self, show: impl FnOnce(&page::Sight<'_>) -> R) -> R {
        let code = self.door.keys.code();
        let knows_code = self.leads() || self.person == SCREEN;
        let addresses = if self.leads() { entry::addresses(&self.hall, &self.door) } else { None };
        let links = addresses.as_ref().map(|a| page::Links {
            players: &a.players,
            evaluators: &a.evaluators,
            screen: &a.screen,
            facilitator: &a.facilitator,
            is_on_network: self.hall.urls.is_on_network,
        });
        let looker = Looker {
            person: &self.person,
            base: &self.base,
            code: if knows_code { &code } else { "" },
            links,
        };
        self.room.look(&looker, show)
    }
}

pub(crate) use entry::addresses;
