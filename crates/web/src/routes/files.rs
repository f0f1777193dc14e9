//! The documents of a session that has ended: those that were written, from a list, never a path.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use maud::{DOCTYPE, html};

use super::{blocking, shown, visit, wrong};
use crate::hall::Hall;

/// The list of documents.
pub(super) async fn list(
    State(hall): State<Arc<Hall>>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Response {
    let (base, files) = match documents(&hall, &id, &headers).await {
        Ok(found) => found,
        Err(answer) => return answer,
    };
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { "Documents of the exercise" }
                link rel="icon" type="image/svg+xml" href="/assets/icon.svg";
                link rel="stylesheet" href="/assets/app.css";
            }
            body.door.narrow {
                header.top { div.what { h1 { "Documents of the exercise" } } }
                main id="main" {
                    section.panel aria-label="Documents" {
                        ul.plain {
                            @for (name, _) in &files {
                                li { p { a href=(format!("{base}/files/{name}")) { (name) } } }
                            }
                        }
                        p { a href=(base) { "Back to the hot wash" } }
                    }
                }
            }
        }
    };
    shown(StatusCode::OK, &page)
}

/// One of them, to keep.
pub(super) async fn file(
    State(hall): State<Arc<Hall>>,
    Path((id, name)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response {
    let (_, files) = match documents(&hall, &id, &headers).await {
        Ok(found) => found,
        Err(answer) => return answer,
    };
    let Some((name, path)) = files.into_iter().find(|(known, _)| *known == name) else {
        let what = "The list of documents has all that there are.";
        return wrong(StatusCode::NOT_FOUND, "There is no such document", what);
    };
    match blocking(move || std::fs::read(path)).await {
        Ok(Ok(bytes)) => {
            let last = name.rsplit('/').next().unwrap_or(&name);
            let kept: String =
                last.chars().filter(|c| c.is_ascii_alphanumeric() || "-_.".contains(*c)).collect();
            let attached = format!("attachment; filename=\"{kept}\"");
            let kind = kind(&name).to_owned();
            ([(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, attached)], bytes)
                .into_response()
        }
        Ok(Err(error)) => {
            let what = format!("{name}: {error}");
            wrong(StatusCode::NOT_FOUND, "The document cannot be read", &what)
        }
        Err(error) => error,
    }
}

type Documents = (String, Vec<(String, std::path::PathBuf)>);

/// The room's path and its documents, for those who may have them.
async fn documents(hall: &Arc<Hall>, id: &str, headers: &HeaderMap) -> Result<Documents, Response> {
    let visit = visit(hall, id, headers).await?;
    let (room, person) = (visit.room.clone(), visit.person.clone());
    let (may, files) = blocking(move || {
        let seats = room.read(|session| session.seats(&person));
        let may = seats.iter().any(|s| {
            matches!(s, hotwash_exercise::Seat::Facilitator | hotwash_exercise::Seat::Evaluator)
        });
        (may, room.files())
    })
    .await?;
    if !may {
        let what = "The facilitator and the evaluators have the documents. Ask one of them.";
        return Err(wrong(StatusCode::FORBIDDEN, "The documents are not for everybody", what));
    }
    if files.is_empty() {
        let what = "They are written when the exercise has ended and the hot wash is done.";
        return Err(wrong(StatusCode::NOT_FOUND, "There are no documents yet", what));
    }
    Ok((visit.base, files))
}

fn kind(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "md" | "txt" => "text/plain; charset=utf-8",
        "csv" => "text/csv; charset=utf-8",
        "json" => "application/json",
        "jsonl" => "application/x-ndjson",
        "svg" => "image/svg+xml",
        "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        _ => "application/octet-stream",
    }
}
