//! The stream of events to a browser: which parts of its page have changed, and what time it is.

use std::collections::BTreeSet;
use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::sse::{Event, Sse};
use axum::response::{IntoResponse, Response};
use tokio::sync::{mpsc, watch};
use tokio_stream::wrappers::ReceiverStream;

use super::visit;
use crate::hall::Hall;
use crate::panels::Panel;
use crate::ring::Feed;
use crate::room::{Room, Tick};

/// Streams of all rooms together.
const MOST: usize = 2_000;
/// How soon a browser tries again after the connection was lost.
const RETRY: Duration = Duration::from_millis(500);
/// How often something is sent to find out whether anybody listens.
const ALIVE: Duration = Duration::from_secs(15);

type Sender = mpsc::Sender<Result<Event, Infallible>>;

pub(super) async fn events(
    State(hall): State<Arc<Hall>>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Response {
    let visit = match visit(&hall, &id, &headers).await {
        Ok(visit) => visit,
        Err(answer) => return answer,
    };
    let Some(place) = Place::take(&hall) else {
        let why = "Too many browsers are connected. Close some.\n";
        return (StatusCode::SERVICE_UNAVAILABLE, why).into_response();
    };
    let (sender, receiver) = mpsc::channel(4);
    let (room, person, stop) = (visit.room, visit.person, hall.stop.clone());
    tokio::spawn(async move {
        let own = room.clone();
        let entered = tokio::task::spawn_blocking(move || own.enter(&person)).await;
        if let Ok(feed) = entered {
            tell(&room, &feed, &sender, stop).await;
            drop(sender);
            let _ = tokio::task::spawn_blocking(move || room.leave(&feed)).await;
        }
        drop(place);
    });
    Sse::new(ReceiverStream::new(receiver)).into_response()
}

/// A place among all streams; given back when it is dropped.
struct Place(Arc<Hall>);

impl Place {
    fn take(hall: &Arc<Hall>) -> Option<Place> {
        let streams: &AtomicUsize = &hall.streams;
        let place = Place(hall.clone());
        (streams.fetch_add(1, Ordering::Relaxed) < MOST).then_some(place)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.0.streams.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Tells a browser what there is to tell until it goes, or the server stops.
async fn tell(room: &Room, feed: &Feed, sender: &Sender, mut stop: watch::Receiver<bool>) {
    let mut ticks = room.ticks();
    // The version is stated again with every change, so this says only how soon to come back.
    let mut is_sent = sender.send(Ok(Event::default().retry(RETRY))).await.is_ok();
    ticks.mark_changed();
    while is_sent && !feed.is_over() && !*stop.borrow_and_update() {
        let event = match feed.take() {
            Some((version, panels)) => changed(version, &panels),
            None => tokio::select! {
                () = feed.news() => continue,
                Ok(()) = ticks.changed() => clock(&ticks.borrow_and_update()),
                () = tokio::time::sleep(ALIVE) => Event::default().comment("alive"),
                _ = stop.changed() => break,
                () = sender.closed() => break,
            },
        };
        // A browser that does not read waits here alone, and no longer than it is connected.
        is_sent = tokio::select! {
            sent = sender.send(Ok(event)) => sent.is_ok(),
            _ = stop.changed() => false,
        };
    }
}

fn changed(version: u64, panels: &BTreeSet<Panel>) -> Event {
    let data = serde_json::json!({ "version": version, "panels": panels });
    Event::default().event("changed").id(version.to_string()).data(data.to_string())
}

fn clock(tick: &Tick) -> Event {
    let data = serde_json::to_string(tick).unwrap_or_default();
    Event::default().event("clock").data(data)
}
