//! Files that are part of the program.

use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::page;

pub(super) async fn asset(Path(name): Path<String>) -> Response {
    let (kind, text) = match name.as_str() {
        "app.css" => ("text/css; charset=utf-8", include_str!("../../assets/app.css").to_owned()),
        "report.css" => ("text/css; charset=utf-8", page::report_css()),
        "app.js" => {
            ("text/javascript; charset=utf-8", include_str!("../../assets/app.js").to_owned())
        }
        "icon.svg" => ("image/svg+xml", include_str!("../../assets/icon.svg").to_owned()),
        _ => return StatusCode::NOT_FOUND.into_response(),
    };
    // A newer program has newer files under the same names.
    ([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "no-cache")], text).into_response()
}
