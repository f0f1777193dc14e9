//! The server: binds, announces, serves until it is told to stop.

use std::fmt;
use std::future::Future;
use std::io;
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use tokio::runtime::Runtime;
use tokio::sync::watch;

use crate::address::{self, Announcement, Opened, Urls};
use crate::door::Door;
use crate::hall::Hall;
use crate::house::House;
use crate::routes;

/// How long answers under way may take once the server stops.
const PATIENCE: Duration = Duration::from_secs(3);

/// How to serve.
#[derive(Clone, Debug)]
pub struct Options {
    /// Address and port to listen on; with port 0 the system chooses one.
    pub listen: String,
    /// The scenario to open at once.
    pub scenario: Option<String>,
}

/// Why the server cannot serve.
#[derive(Debug)]
pub enum ServeError {
    /// The address is none.
    Address(String),
    /// The address cannot be listened on.
    Listen(SocketAddr, io::Error),
    /// The session or its secrets cannot be made; a sentence.
    House(String),
    /// The operating system gives no threads or no signals.
    System(io::Error),
}

impl fmt::Display for ServeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ServeError::Address(listen) => write!(f, "{listen}: not an address and a port"),
            ServeError::Listen(address, error) => match error.kind() {
                io::ErrorKind::AddrInUse => write!(f, "{address}: another program listens there"),
                _ => write!(f, "{address}: {error}"),
            },
            ServeError::House(why) => f.write_str(why),
            ServeError::System(error) => write!(f, "the server cannot start: {error}"),
        }
    }
}

impl std::error::Error for ServeError {}

/// Stops a server from elsewhere.
#[derive(Clone, Debug)]
pub struct Stopper(Arc<watch::Sender<bool>>);

impl Stopper {
    /// The server ends what is under way and stops.
    pub fn stop(&self) {
        self.0.send_replace(true);
    }
}

/// A server that is bound and has not begun to answer.
pub struct Server {
    runtime: Runtime,
    listener: TcpListener,
    hall: Arc<Hall>,
    announcement: Announcement,
    stopper: Stopper,
}

impl Server {
    /// Binds the address and opens the scenario that was named.
    ///
    /// # Errors
    /// When the address is not free, or the session cannot be opened.
    pub fn open(options: &Options, house: Arc<dyn House>) -> Result<Server, ServeError> {
        let address = address::parse(&options.listen)
            .ok_or_else(|| ServeError::Address(options.listen.clone()))?;
        let refused = |error| ServeError::Listen(address, error);
        let listener = TcpListener::bind(address).map_err(refused)?;
        listener.set_nonblocking(true).map_err(refused)?;
        let listens = listener.local_addr().map_err(refused)?;
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .enable_all()
            .thread_name("web")
            .build()
            .map_err(ServeError::System)?;
        let (sender, stop) = watch::channel(false);
        let urls = Urls::of(listens);
        let hall = Hall::new(house, urls, listens.port(), stop, runtime.handle().clone())
            .map_err(ServeError::House)?;
        let hall = Arc::new(hall);
        let kept = hall.len();
        let opened = options.scenario.as_deref().map(|name| hall.begin(name)).transpose();
        let opened = opened.map_err(ServeError::House)?;
        let key = hall.new_host_key().map_err(ServeError::House)?;
        let announcement = Announcement {
            listens,
            facilitator: format!("{}/key/{key}", hall.urls.near),
            opened: opened.and_then(|door| told(&hall, &door)),
            join: format!("{}/join", hall.urls.far),
            is_on_network: hall.urls.is_on_network,
            is_address_known: hall.urls.is_address_known,
            kept,
        };
        let stopper = Stopper(Arc::new(sender));
        Ok(Server { runtime, listener, hall, announcement, stopper })
    }

    /// What to tell whoever started it.
    pub fn announcement(&self) -> &Announcement {
        &self.announcement
    }

    /// Stops it from elsewhere.
    pub fn stopper(&self) -> Stopper {
        self.stopper.clone()
    }

    /// Serves until Ctrl-C, a signal to end, or its [`Stopper`]. When this returns, every session is on
    /// the disk with its clock stopped.
    ///
    /// # Errors
    /// When the operating system gives no signals or takes the address away.
    pub fn run(self) -> Result<(), ServeError> {
        let Server { runtime, listener, hall, stopper, .. } = self;
        let served = runtime.block_on(serve(listener, hall, stopper));
        // Whatever still runs, such as a hot wash, is done again when the session is opened again.
        runtime.shutdown_timeout(PATIENCE);
        served.map_err(ServeError::System)
    }
}

fn told(hall: &Hall, door: &Door) -> Option<Opened> {
    let addresses = routes::addresses(hall, door)?;
    let title = door.room()?.read(|session| session.plan().scenario.title().to_owned());
    let is_seen = hall.urls.is_on_network && hall.urls.is_address_known;
    Some(Opened {
        id: door.id.clone(),
        title,
        code: door.keys.code(),
        qr: if is_seen { address::qr(&addresses.players) } else { None },
        players: addresses.players,
        evaluators: addresses.evaluators,
        screen: addresses.screen,
    })
}

async fn serve(listener: TcpListener, hall: Arc<Hall>, stopper: Stopper) -> io::Result<()> {
    let listener = tokio::net::TcpListener::from_std(listener)?;
    let routes = routes::all(hall.clone());
    let service = routes.into_make_service_with_connect_info::<SocketAddr>();
    let mut stop = hall.stop.clone();
    let graceful = async move {
        let _ = stop.wait_for(|is_stopping| *is_stopping).await;
    };
    let serving = axum::serve(listener, service).with_graceful_shutdown(graceful);
    let mut serving = std::pin::pin!(serving.into_future());
    let mut told = hall.stop.clone();
    let told_to_end = told_to_end()?;
    let early = tokio::select! {
        served = &mut serving => Some(served),
        () = told_to_end => None,
        _ = told.wait_for(|is_stopping| *is_stopping) => None,
    };
    // Streams of events and clocks end with this; graceful shutdown would wait for them.
    hall.is_stopping.store(true, Ordering::Relaxed);
    stopper.stop();
    let served = match early {
        Some(served) => served,
        None => tokio::time::timeout(PATIENCE, serving).await.unwrap_or(Ok(())),
    };
    hall.rest().await;
    served
}

/// Ends when the process is told to end.
#[cfg(unix)]
fn told_to_end() -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

/// Ends when the process is told to end.
#[cfg(not(unix))]
fn told_to_end() -> io::Result<impl Future<Output = ()>> {
    Ok(async {
        // Without a signal there is still the window's own button.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    })
}
