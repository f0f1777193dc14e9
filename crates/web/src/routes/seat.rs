//! A room as somebody sees it, and what they do in it.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use hotwash_exercise::Refusal;

use super::{Sent, Visit, blocking, see, sentence, shown, visit, wrong};
use crate::form::{self, Asked, Fields};
use crate::hall::Hall;
use crate::ring::held;
use crate::{page, wall};

/// The room's page.
pub(super) async fn room(
    State(hall): State<Arc<Hall>>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Response {
    let visit = match visit(&hall, &id, &headers).await {
        Ok(visit) => visit,
        Err(answer) => return answer,
    };
    let drawn = blocking(move || visit.look(page::room)).await;
    drawn.map_or_else(|error| error, |page| shown(StatusCode::OK, &page))
}

/// A part of it.
pub(super) async fn panel(
    State(hall): State<Arc<Hall>>,
    Path((id, name)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response {
    let visit = match visit(&hall, &id, &headers).await {
        Ok(visit) => visit,
        Err(answer) => return answer,
    };
    match blocking(move || visit.look(|sight| page::panel(sight, &name))).await {
        Ok(Some(panel)) => Html(panel.0).into_response(),
        Ok(None) => StatusCode::NOT_FOUND.into_response(),
        Err(error) => error,
    }
}

/// What somebody does: a form.
pub(super) async fn perform(
    State(hall): State<Arc<Hall>>,
    Path((id, verb)): Path<(String, String)>,
    headers: HeaderMap,
    sent: Sent,
) -> Response {
    let visit = match visit(&hall, &id, &headers).await {
        Ok(visit) => visit,
        Err(answer) => return answer,
    };
    let is_fetched = headers.get("x-hotwash").is_some_and(|v| v == "1");
    let form = match sent {
        Ok(axum::Form(fields)) => Fields(fields),
        Err(rejection) => return rejection.into_response(),
    };
    let who = (visit.door.id.clone(), visit.person.clone());
    if let Err(wait) = held(&hall.limits.acts).take(&who, wall::now()) {
        return too_fast(is_fetched, wait);
    }
    let base = visit.base.clone();
    let done = match form::asked(&verb, &form) {
        None => Err(No(StatusCode::NOT_FOUND, "There is no such thing to do.".to_owned())),
        Some(Err(why)) => Err(No(StatusCode::CONFLICT, sentence(&why))),
        Some(Ok(asked)) => match blocking(move || carry_out(&visit, asked)).await {
            Ok(done) => done,
            Err(error) => return error,
        },
    };
    match done {
        Ok(to) if is_fetched => {
            let mut answer = StatusCode::NO_CONTENT.into_response();
            let to = to.and_then(|to| HeaderValue::from_str(&to).ok());
            if let Some(to) = to {
                answer.headers_mut().insert("x-hotwash-go", to);
            }
            answer
        }
        Ok(to) => see(&to.unwrap_or(base)),
        Err(No(status, why)) => refuse(status, &why, is_fetched),
    }
}

/// Why something is not done.
struct No(StatusCode, String);

/// Does it; says where to go from here, if elsewhere.
fn carry_out(visit: &Visit, asked: Asked) -> Result<Option<String>, No> {
    let (room, by) = (&visit.room, visit.person.as_str());
    let done = match asked {
        Asked::Act(act) => room.act(by, act).map(|_| ()),
        Asked::Skip => room.skip(by),
        Asked::Rewind { decision, all_the_same } => {
            room.rewind(by, decision, all_the_same).map(|_| ())
        }
        Asked::Branch { until } => return branch(visit, until).map(Some),
    };
    done.map(|()| None).map_err(|refusal| {
        let status = match refusal {
            Refusal::NotYours(_) => StatusCode::FORBIDDEN,
            Refusal::Wrong(_) => StatusCode::CONFLICT,
            Refusal::NotKept(_) => StatusCode::INSUFFICIENT_STORAGE,
        };
        No(status, sentence(&refusal.to_string()))
    })
}

fn branch(visit: &Visit, until: u64) -> Result<String, No> {
    if !visit.leads() {
        return Err(No(StatusCode::FORBIDDEN, "Only the facilitator does that.".to_owned()));
    }
    let door = visit.hall.branch(&visit.door, until);
    let door = door.map_err(|why| No(StatusCode::CONFLICT, sentence(&why)))?;
    Ok(format!("/s/{}", door.id))
}

fn refuse(status: StatusCode, why: &str, is_fetched: bool) -> Response {
    if is_fetched {
        return (status, format!("{why}\n")).into_response();
    }
    wrong(status, "That could not be done", &format!("{why} Go back to the page before."))
}

fn too_fast(is_fetched: bool, wait: Duration) -> Response {
    let why = "That was too much at once. Wait a second.";
    let mut answer = refuse(StatusCode::TOO_MANY_REQUESTS, why, is_fetched);
    let seconds = HeaderValue::from(wait.as_secs().max(1));
    answer.headers_mut().insert(header::RETRY_AFTER, seconds);
    answer
}
