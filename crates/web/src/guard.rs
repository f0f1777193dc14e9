//! What every request and answer goes through: whose host it asks for, how large it is, how long it may
//! take, whether another site sent it; and the headers that keep a page to itself.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::http::header::{self, HeaderName, HeaderValue};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use tower_http::csrf::CsrfLayer;
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::timeout::TimeoutLayer;

use crate::address;
use crate::hall::Hall;

/// Largest body of a request, in bytes.
const LARGEST: usize = 32 * 1024;
/// Longest time until an answer begins; streams of events go on after that.
const LONGEST: Duration = Duration::from_secs(30);

const CSP: &str = "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'";

/// Puts the guards around all routes.
pub(crate) fn around(routes: Router, hall: &Arc<Hall>) -> Router {
    routes
        .layer(CsrfLayer::new())
        .layer(RequestBodyLimitLayer::new(LARGEST))
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, LONGEST))
        .layer(middleware::from_fn_with_state(hall.clone(), guard))
}

async fn guard(State(hall): State<Arc<Hall>>, request: Request, next: Next) -> Response {
    let mut answer = if is_ours(&hall, &request) {
        next.run(request).await
    } else {
        let why = format!("This server is {} and has no other name.\n", hall.urls.far);
        (StatusCode::MISDIRECTED_REQUEST, why).into_response()
    };
    let headers = answer.headers_mut();
    let fixed = [
        (header::CONTENT_SECURITY_POLICY, CSP),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    ];
    for (name, value) in fixed {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    answer
}

fn is_ours(hall: &Hall, request: &Request) -> bool {
    let named = request.uri().authority().map(|a| a.as_str());
    let host = request.headers().get(header::HOST).and_then(|h| h.to_str().ok());
    let is_ours = |host| address::is_host_ours(host, hall.urls.is_on_network);
    match (named, host) {
        (Some(named), Some(host)) => is_ours(named) && is_ours(host),
        (None, Some(host)) => is_ours(host),
        _ => false,
    }
}
