//! Addresses: what is listened on, what others type, what a request may call this server.

use std::net::{IpAddr, Ipv4Addr, SocketAddr, UdpSocket};

use qrcode::QrCode;
use qrcode::render::unicode::Dense1x2;

/// What to tell whoever started the server.
#[derive(Clone, Debug)]
pub struct Announcement {
    /// What is listened on, with the port that it became.
    pub listens: SocketAddr,
    /// The facilitator's link; a secret.
    pub facilitator: String,
    /// The session that was begun at once, if one was.
    pub opened: Option<Opened>,
    /// Where players type the code.
    pub join: String,
    /// Whether others on the network can reach it.
    pub is_on_network: bool,
    /// Whether `join` has the address that others use; else it could not be found out.
    pub is_address_known: bool,
    /// Kept sessions that can be gone on with.
    pub kept: usize,
}

/// A session that was begun at once, and the addresses to give away.
#[derive(Clone, Debug)]
pub struct Opened {
    /// Its id.
    pub id: String,
    /// The scenario's title.
    pub title: String,
    /// The code by which players join.
    pub code: String,
    /// Where players join, the code in it.
    pub players: String,
    /// Where evaluators join; a secret.
    pub evaluators: String,
    /// The projector's screen; a secret.
    pub screen: String,
    /// The players' link as a QR code in half blocks, where others can reach it.
    pub qr: Option<String>,
}

/// Beginnings of addresses.
#[derive(Clone, Debug)]
pub(crate) struct Urls {
    /// For the machine itself.
    pub(crate) near: String,
    /// For others; the same as `near` when only the machine itself gets in.
    pub(crate) far: String,
    pub(crate) is_on_network: bool,
    pub(crate) is_address_known: bool,
}

impl Urls {
    pub(crate) fn of(listens: SocketAddr) -> Urls {
        let (ip, port) = (listens.ip(), listens.port());
        let url = |ip: IpAddr| format!("http://{}", SocketAddr::new(ip, port));
        if ip.is_loopback() {
            let near = url(ip);
            return Urls { far: near.clone(), near, is_on_network: false, is_address_known: true };
        }
        if !ip.is_unspecified() {
            let near = url(ip);
            return Urls { far: near.clone(), near, is_on_network: true, is_address_known: true };
        }
        let near = url(IpAddr::V4(Ipv4Addr::LOCALHOST));
        let found = own_address();
        let far = found.map_or_else(|| format!("http://ADDRESS:{port}"), url);
        Urls { near, far, is_on_network: true, is_address_known: found.is_some() }
    }
}

/// The address by which others on the network most likely reach this machine. Asking for the route to
/// an address sends nothing.
fn own_address() -> Option<IpAddr> {
    let ways = ["192.0.2.1:9", "10.255.255.254:9", "192.168.255.254:9", "172.31.255.254:9"];
    let own = |way: &&str| {
        let socket = UdpSocket::bind("0.0.0.0:0").ok()?;
        socket.connect(*way).ok()?;
        let ip = socket.local_addr().ok()?.ip();
        (!ip.is_unspecified() && !ip.is_loopback()).then_some(ip)
    };
    ways.iter().find_map(own)
}

/// The address and port to listen on. Names other than `localhost` are not looked up: that would be a
/// request to somebody else.
pub(crate) fn parse(listen: &str) -> Option<SocketAddr> {
    let literal = listen.replacen("localhost:", "127.0.0.1:", 1);
    literal.parse().ok()
}

/// Whether a request's `Host` is one that this server has. A page elsewhere whose name was made to point
/// here (DNS rebinding) has that name as its host; nobody can make a browser send an address literal
/// that is not the one it talks to.
pub(crate) fn is_host_ours(host: &str, is_on_network: bool) -> bool {
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|b| b.is_ascii_digit()) => name,
        _ => host,
    };
    if name.eq_ignore_ascii_case("localhost") {
        return true;
    }
    let bare = name.strip_prefix('[').and_then(|n| n.strip_suffix(']')).unwrap_or(name);
    bare.parse::<IpAddr>().is_ok_and(|ip| is_on_network || ip.is_loopback())
}

/// A link as a QR code of half blocks, light on dark.
pub(crate) fn qr(link: &str) -> Option<String> {
    let code = QrCode::new(link).ok()?;
    let mut image = code.render::<Dense1x2>();
    Some(image.dark_color(Dense1x2::Light).light_color(Dense1x2::Dark).quiet_zone(true).build())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_and_localhost_are_ours() {
        for host in ["127.0.0.1:8321", "localhost", "LOCALHOST:1", "[::1]:8321", "127.0.0.1"] {
            assert!(is_host_ours(host, false), "{host}");
        }
        for host in ["evil.example:8321", "127.0.0.1.evil.example", "", "192.168.1.5:8321", "::"] {
            assert!(!is_host_ours(host, false), "{host}");
        }
        assert!(is_host_ours("192.168.1.5:8321", true));
        assert!(!is_host_ours("evil.example", true));
    }

    #[test]
    fn no_name_is_looked_up() {
        assert!(parse("localhost:0").is_some() && parse("0.0.0.0:80").is_some());
        assert!(parse("[::1]:80").is_some());
        assert_eq!(parse("example.com:80"), None);
        assert_eq!(parse("8321"), None);
    }

    #[test]
    fn a_link_fits_a_code() {
        let code = qr("http://192.168.100.100:8321/join?code=ACDEFG").unwrap();
        assert!(code.lines().count() <= 24, "{code}");
        assert!(code.lines().all(|l| l.chars().count() <= 60));
    }
}
