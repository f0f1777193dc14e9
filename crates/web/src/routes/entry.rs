//! Coming in: the first page, links with keys, joining by a code.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::{ConnectInfo, Path, Query, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use hotwash_exercise::{FACILITATOR, Seat};
use hotwash_scenario::Words;
use maud::{DOCTYPE, html};

use super::{AS_SCREEN, sentence, shown, token, wrong};
use super::{Sent, blocking, cookie, evaluator_cookie, own_cookie, screen_cookie, see, set_cookie};
use crate::door::Door;
use crate::form::Fields;
use crate::hall::{Hall, Opened};
use crate::keys::{self, Opens};
use crate::ring::held;
use crate::{limit, page, wall};

/// Addresses to give away, absolute.
pub(crate) struct Addresses {
    pub(crate) players: String,
    pub(crate) evaluators: String,
    pub(crate) screen: String,
    pub(crate) facilitator: String,
}

/// The addresses of a session, once it was opened.
pub(crate) fn addresses(hall: &Hall, door: &Door) -> Option<Addresses> {
    let secrets = door.secrets()?;
    let (near, far) = (&hall.urls.near, &hall.urls.far);
    Some(Addresses {
        players: format!("{far}/join?code={}", door.keys.code()),
        evaluators: format!("{far}/key/{}", secrets.evaluator),
        // The screen is most often a second window of the machine itself.
        screen: format!("{near}/key/{}", secrets.screen),
        facilitator: format!("{near}/key/{}", secrets.facilitator),
    })
}

/// The facilitator's first page, or the page to join by for everybody else.
pub(super) async fn first(State(hall): State<Arc<Hall>>, headers: HeaderMap) -> Response {
    let leads = token(&hall, &headers).is_some_and(|token| hall.is_host(token));
    if !leads {
        let words = hall.house.words();
        return shown(StatusCode::OK, &page::join("", "", &[], false, None, words));
    }
    home(hall, StatusCode::OK, None).await
}

async fn home(hall: Arc<Hall>, status: StatusCode, wrong: Option<String>) -> Response {
    let page = blocking(move || {
        let house = &hall.house;
        page::home(&house.offers(), &house.kept(), wrong.as_deref(), house.words())
    });
    page.await.map_or_else(|error| error, |page| shown(status, &page))
}

/// Opens a new session.
pub(super) async fn begin(
    State(hall): State<Arc<Hall>>,
    headers: HeaderMap,
    sent: Sent,
) -> Response {
    open(hall, headers, sent, |hall, form| hall.begin(form.one("scenario"))).await
}

/// Goes on with a kept session.
pub(super) async fn resume(
    State(hall): State<Arc<Hall>>,
    headers: HeaderMap,
    sent: Sent,
) -> Response {
    open(hall, headers, sent, |hall, form| {
        let door = hall.door(form.one("id")).ok_or("this session is not there any more")?;
        hall.room(&door)?;
        Ok(door)
    })
    .await
}

async fn open(
    hall: Arc<Hall>,
    headers: HeaderMap,
    sent: Sent,
    how: impl FnOnce(&Hall, &Fields) -> Result<Arc<Door>, String> + Send + 'static,
) -> Response {
    if !token(&hall, &headers).is_some_and(|token| hall.is_host(token)) {
        let what = "Open the facilitator's link that the program printed.";
        return wrong(StatusCode::FORBIDDEN, "Only the facilitator opens sessions", what);
    }
    let form = match sent {
        Ok(axum::Form(fields)) => Fields(fields),
        Err(rejection) => return rejection.into_response(),
    };
    let own = hall.clone();
    match blocking(move || how(&own, &form)).await {
        Ok(Ok(door)) => see(&format!("/s/{}", door.id)),
        Ok(Err(why)) => home(hall, StatusCode::CONFLICT, Some(sentence(&why))).await,
        Err(error) => error,
    }
}

/// A link with a key: gives the browser its cookie and takes it to an address without the key.
pub(super) async fn key(
    State(hall): State<Arc<Hall>>,
    Path(key): Path<String>,
    headers: HeaderMap,
) -> Response {
    let (cookie, to) = match hall.opened_by(&key) {
        None => {
            let what = "The link is not complete, or is of another session. Copy it once more.";
            return wrong(StatusCode::NOT_FOUND, "This link opens nothing", what);
        }
        Some(Opened::House) => {
            let only = hall.only_open();
            let to = only.map_or("/".to_owned(), |door| format!("/s/{}", door.id));
            (set_cookie(&own_cookie(&hall), &key, "/"), to)
        }
        Some(Opened::Session(door, Opens::Facilitator)) => {
            (set_cookie(&own_cookie(&hall), &key, "/"), format!("/s/{}", door.id))
        }
        Some(Opened::Session(door, Opens::Screen)) => {
            let to = format!("/s/{}{AS_SCREEN}", door.id);
            (set_cookie(&screen_cookie(&hall), &key, &to), to)
        }
        Some(Opened::Session(door, Opens::Evaluator)) => {
            let to = format!("/join?code={}", door.keys.code());
            (set_cookie(&evaluator_cookie(&hall), &key, "/join"), to)
        }
    };
    // A browser that comes from another site keeps strict cookies back all the way through redirects:
    // from a page of ours it goes on as from here.
    let is_from_elsewhere = headers.get("sec-fetch-site").is_some_and(|site| site == "cross-site");
    let mut answer = if is_from_elsewhere { onward(&to) } else { see(&to) };
    if let Ok(line) = HeaderValue::from_str(&cookie) {
        answer.headers_mut().append(header::SET_COOKIE, line);
    }
    answer
}

fn onward(to: &str) -> Response {
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta http-equiv="refresh" content=(format!("0;url={to}"));
                title { "hotwash" }
            }
            body { p { a href=(to) { "Go on" } } }
        }
    };
    Html(page.0).into_response()
}

/// What the page to join by shows.
struct Invitation {
    door: Option<Arc<Door>>,
    code: String,
    is_evaluator: bool,
    words: Words,
}

/// Whether somebody may try a code, and which session it is of. A wrong code costs a try.
fn knock(hall: &Hall, code: &str, from: SocketAddr) -> Result<Option<Arc<Door>>, Duration> {
    let (network, now) = (limit::network(from.ip()), wall::now());
    let mut own = held(&hall.limits.wrong_codes);
    let mut all = held(&hall.limits.all_wrong_codes);
    if let Some(wait) = own.wait(&network, now).max(all.wait(&(), now)) {
        return Err(wait);
    }
    let door = hall.by_code(code);
    if door.is_none() && !code.is_empty() {
        own.take(&network, now)?;
        all.take(&(), now)?;
    }
    Ok(door)
}

fn too_often(wait: Duration) -> Response {
    let seconds = wait.as_secs().max(1);
    let what = format!("Wait {seconds} seconds, then try once more with the facilitator's code.");
    let mut answer = wrong(StatusCode::TOO_MANY_REQUESTS, "Too many tries", &what);
    answer.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    answer
}

/// The page to join by.
pub(super) async fn ask_to_join(
    State(hall): State<Arc<Hall>>,
    ConnectInfo(from): ConnectInfo<SocketAddr>,
    Query(query): Query<Vec<(String, String)>>,
    headers: HeaderMap,
) -> Response {
    let code = keys::normal_code(Fields(query).one("code"));
    let door = match knock(&hall, &code, from) {
        Ok(door) => door,
        Err(wait) => return too_often(wait),
    };
    let is_wrong = door.is_none() && !code.is_empty();
    let is_evaluator = door.as_ref().is_some_and(|door| evaluates(&hall, door, &headers));
    let seated = door.as_ref().and_then(|door| seated(&hall, door, &headers));
    let words = hall.house.words();
    let note = match seated.as_deref() {
        Some(FACILITATOR) => Some(words.of(LEADS).to_owned()),
        Some(_) if !is_evaluator => {
            return see(&door.map_or("/".into(), |d| format!("/s/{}", d.id)));
        }
        _ => is_wrong.then(|| words.of(WRONG_CODE).to_owned()),
    };
    let status = if is_wrong { StatusCode::NOT_FOUND } else { StatusCode::OK };
    let invitation = Invitation { door, code, is_evaluator, words };
    invite(invitation, status, note).await
}

const LEADS: &str = "This browser leads the exercise. To play, open this page in another browser or a private window.";
const WRONG_CODE: &str = "No exercise has this code. Check it with the facilitator.";

fn evaluates(hall: &Hall, door: &Door, headers: &HeaderMap) -> bool {
    let key = cookie(headers, &evaluator_cookie(hall)).map(keys::hash);
    key.is_some_and(|key| door.keys.opens(&key) == Some(Opens::Evaluator))
}

/// As whom this browser is in a session already.
fn seated(hall: &Hall, door: &Door, headers: &HeaderMap) -> Option<String> {
    hall.person(door, token(hall, headers)?)
}

async fn invite(invitation: Invitation, status: StatusCode, note: Option<String>) -> Response {
    let page = blocking(move || {
        let Invitation { door, code, is_evaluator, words } = invitation;
        let room = door.and_then(|door| door.room());
        let read = room.map(|room| {
            room.read(|session| {
                let scenario = &session.plan().scenario;
                let played = scenario
                    .roles()
                    .iter()
                    .filter(|r| session.plan().played.iter().any(|name| name == r.name.as_str()));
                let roles = played.map(|role| {
                    let seat = Seat::Role(role.name.as_str().to_owned());
                    let people = session.state().people.iter().filter(|p| p.seats.contains(&seat));
                    let names = people.map(|p| p.name.clone()).collect();
                    (role.name.as_str().to_owned(), role.title.clone(), names)
                });
                (session.plan().title_for_players().to_owned(), roles.collect::<Vec<_>>())
            })
        });
        let (title, roles) = read.unwrap_or_default();
        page::join(&title, &code, &roles, is_evaluator, note.as_deref(), words)
    });
    page.await.map_or_else(|error| error, |page| shown(status, &page))
}

/// Somebody joins.
pub(super) async fn join(
    State(hall): State<Arc<Hall>>,
    ConnectInfo(from): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    sent: Sent,
) -> Response {
    let form = match sent {
        Ok(axum::Form(fields)) => Fields(fields),
        Err(rejection) => return rejection.into_response(),
    };
    let code = keys::normal_code(form.one("code"));
    let knocked = knock(&hall, &code, from);
    let Ok(Some(door)) = knocked else {
        return match knocked {
            Err(wait) => too_often(wait),
            Ok(_) => {
                let words = hall.house.words();
                let invitation = Invitation { door: None, code, is_evaluator: false, words };
                let note = Some(words.of(WRONG_CODE).to_owned());
                invite(invitation, StatusCode::FORBIDDEN, note).await
            }
        };
    };
    let is_evaluator = evaluates(&hall, &door, &headers);
    let words = hall.house.words();
    let again = |note: String| {
        let (door, code) = (Some(door.clone()), code.clone());
        let invitation = Invitation { door, code, is_evaluator, words };
        invite(invitation, StatusCode::CONFLICT, Some(note))
    };
    match seated(&hall, &door, &headers).as_deref() {
        Some(FACILITATOR) => return again(words.of(LEADS).to_owned()).await,
        Some(_) if !is_evaluator => return see(&format!("/s/{}", door.id)),
        _ => {}
    }
    if let Err(wait) = held(&hall.limits.joining).take(&code, wall::now()) {
        return too_often(wait);
    }
    let seats = form.seats();
    if let Some(why) = not_for_them(&hall, &door, &seats, is_evaluator) {
        return again(why).await;
    }
    // A browser keeps its token in all sessions it takes part in.
    let known = token(&hall, &headers).filter(|token| hall.is_known(token)).map(str::to_owned);
    let (own, at, name) = (hall.clone(), door.clone(), form.one("name").to_owned());
    let admitted = blocking(move || {
        let token = known.map_or_else(keys::new_token, Ok)?;
        let room = own.room(&at)?;
        let person = room.join(&name, seats).map_err(|refusal| refusal.to_string())?;
        at.keys.admit(keys::hash(&token), person)?;
        Ok::<_, String>(token)
    });
    match admitted.await {
        Ok(Ok(token)) => {
            let mut answer = see(&format!("/s/{}", door.id));
            let line = set_cookie(&own_cookie(&hall), &token, "/");
            if let Ok(line) = HeaderValue::from_str(&line) {
                answer.headers_mut().append(header::SET_COOKIE, line);
            }
            answer
        }
        Ok(Err(why)) => again(sentence(&why)).await,
        Err(error) => error,
    }
}

/// Why somebody who came this way may not have these seats.
fn not_for_them(
    hall: &Hall,
    door: &Arc<Door>,
    seats: &[Seat],
    is_evaluator: bool,
) -> Option<String> {
    let words = hall.house.words();
    if is_evaluator {
        let is_right = seats == [Seat::Evaluator];
        return (!is_right).then(|| words.of("This link is for evaluators.").to_owned());
    }
    if seats.is_empty() {
        return Some(words.of("Choose at least one seat.").to_owned());
    }
    let room = hall.room(door).ok()?;
    let is_played = |seat: &Seat| match seat {
        Seat::Role(name) => room.read(|session| session.plan().played.contains(name)),
        _ => false,
    };
    let is_right = seats.iter().all(is_played);
    let why = words.of("The code is for players: choose among the seats on this page.");
    (!is_right).then(|| why.to_owned())
}
