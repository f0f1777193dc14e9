//! Plays a scenario in memory and writes every page in several states as files, to look at:
//! `cargo run -p hotwash-web --example gallery -- /tmp/gallery [scenario]`.

use std::fs;
use std::path::Path;

use hotwash_exercise::debrief::{Story, story};
use hotwash_exercise::{Act, FACILITATOR, Nowhere, Plan, Rating, Seat, Session, View};
use hotwash_scenario::Words;
use hotwash_web::page::{self, Kept, Links, Offer, Sight, Wash};

const BASE: &str = "/s/demo";
const LINKS: Links<'static> = Links {
    players: "http://192.168.4.20:8321/join?code=K7MPXQ",
    evaluators: "http://192.168.4.20:8321/key/5r0cS1yqf2mW1bQm9xYw8V3cJ6T4aUe7ZkNnLhGdPpE",
    screen: "http://192.168.4.20:8321/key/Qm9xYw8V3cJ6T4aUe7ZkNnLhGdPpE5r0cS1yqf2mW1b",
    facilitator: "http://192.168.4.20:8321/key/V3cJ6T4aUe7ZkNnLhGdPpE5r0cS1yqf2mW1bQm9xYw8",
    is_on_network: true,
};

fn main() {
    let mut args = std::env::args().skip(1);
    let (Some(out), name) = (args.next(), args.next().unwrap_or("insider-sale".to_owned())) else {
        panic!("usage: gallery DIRECTORY [SCENARIO]");
    };
    let gallery = Gallery { out };
    fs::create_dir_all(Path::new(&gallery.out).join("assets")).expect("the directory can be made");
    gallery.assets();
    gallery.doors();
    let registry = hotwash::registry();
    let scenario = hotwash::open(&registry, &name).unwrap_or_else(|_| panic!("no scenario {name}"));
    let policy = scenario.policy("historical").cloned();
    let plan = Plan::new(scenario, &name, policy);
    let mut session = Session::begin(plan, Box::new(Nowhere), 0).expect("the scenario builds");
    gallery.rooms("0-empty", &session, None);
    sit_down(&mut session);
    gallery.rooms("0-start", &session, None);
    act(&mut session, FACILITATOR, Act::Run { pace: 21_600_000 });
    until_decision(&mut session);
    gallery.rooms("1-first", &session, None);
    for _ in 0..4 {
        decide(&mut session, None);
        until_decision(&mut session);
    }
    write_about(&mut session);
    gallery.rooms("2-middle", &session, None);
    while !session.is_over() {
        decide(&mut session, Some(1));
        until_decision(&mut session);
    }
    act(&mut session, FACILITATOR, Act::Endex);
    let told = story(&session);
    gallery.rooms("3-endex", &session, Some(&told));
}

fn act(session: &mut Session, by: &str, act: Act) {
    session.act(by, act, 0).unwrap_or_else(|why| panic!("{by}: {why}"));
}

fn sit_down(session: &mut Session) {
    let roles: Vec<String> =
        session.plan().scenario.roles().iter().map(|r| r.name.as_str().to_owned()).collect();
    let names = ["Amina Diallo", "Bo Lindqvist", "Chiara Conti", "Dmitri", "Esther O'Neill"];
    for (n, (role, name)) in roles.iter().zip(names).enumerate() {
        let seats = vec![Seat::Role(role.clone())];
        let join = Act::Join { person: format!("p{}", n + 1), name: name.to_owned(), seats };
        act(session, FACILITATOR, join);
    }
    for (person, name, seat) in
        [("p8", "Evelyn Evaluator", Seat::Evaluator), ("p9", "The screen", Seat::Screen)]
    {
        let join =
            Act::Join { person: person.to_owned(), name: name.to_owned(), seats: vec![seat] };
        act(session, FACILITATOR, join);
    }
}

fn until_decision(session: &mut Session) {
    while session.open().is_empty() && !session.is_over() {
        session.skip().expect("the model has no bug");
    }
    act(session, FACILITATOR, Act::Pause);
}

/// Decides what is open: the option of this number, or the expected one.
fn decide(session: &mut Session, pick: Option<usize>) {
    for open in session.open() {
        let spec = &session.plan().scenario.decisions()[open.number];
        let (decision, role) = (spec.name.as_str().to_owned(), spec.role.as_str().to_owned());
        let option = pick.or(spec.expected).unwrap_or(0) % spec.options.len();
        let option = spec.options[option].name.as_str().to_owned();
        let by = session.state().people.iter().find(|p| p.seats == [Seat::Role(role.clone())]);
        let by = by.map_or(FACILITATOR.to_owned(), |p| p.id.clone());
        let reason = "It is the least that we can do.".to_owned();
        act(session, &by, Act::Decide { decision, option, confidence: Some(3), reason });
    }
}

/// Votes, messages of every form, notes, ratings, a proposal to go back.
fn write_about(session: &mut Session) {
    let texts = [
        (
            "alert",
            "Access monitoring",
            "Account t.weber read 412 support records in one hour; usual: 18.",
        ),
        ("ticket", "Customer", "The caller knew my ticket number and the name of my laptop. How?"),
        (
            "call",
            "Customer in Leeds",
            "Says that `your man` asked for remote access and for a gift card.",
        ),
        ("inquiry", "Wireline Agency", "Have customer data of yours leaked? We publish at six."),
        (
            "article",
            "The Evening Dispatch",
            "Callers know more than they should, antivirus users say",
        ),
        (
            "email",
            "R. Okafor, independent researcher",
            "I have a sample of 500 rows. They look like your tickets. <script>alert(1)</script>",
        ),
        (
            "letter",
            "Data Protection Commission",
            "Please state by Friday whether personal data of residents are concerned, and how many.",
        ),
        ("memo", "Board", "Why have customers not been told?"),
    ];
    for (form, from, text) in texts {
        let (from, form, text) = (from.to_owned(), form.to_owned(), text.to_owned());
        act(session, FACILITATOR, Act::Message { from, form, to: Vec::new(), text });
    }
    for open in session.open() {
        let spec = &session.plan().scenario.decisions()[open.number];
        let decision = spec.name.as_str().to_owned();
        let options: Vec<String> =
            spec.options.iter().map(|o| o.name.as_str().to_owned()).collect();
        for (n, person) in ["p1", "p3", "p5"].into_iter().enumerate() {
            let reason = ["", "We would look as if we hid something.", "Ask counsel first"][n];
            let vote = Act::Vote {
                decision: decision.clone(),
                option: options[n % 2].clone(),
                confidence: 2 + n as u8,
                reason: reason.to_owned(),
            };
            act(session, person, vote);
        }
    }
    act(session, "p1", Act::Note { text: "The desk had no field for it.".to_owned(), entry: 0 });
    act(session, "p8", Act::Note { text: "Legal was asked late.".to_owned(), entry: 0 });
    let objective = session.plan().scenario.objectives()[0].name.as_str().to_owned();
    let comment = "Three days were lost before anybody counted.".to_owned();
    let rate = Act::Rate { objective, rating: Some(Rating::M), comment, evidence: vec![1] };
    act(session, "p8", rate);
    let taken = session.state().taken[0].decision.clone();
    act(session, FACILITATOR, Act::ProposeRewind { decision: taken });
    act(session, "p2", Act::Consent { agrees: true });
}

struct Gallery {
    out: String,
}

impl Gallery {
    fn write(&self, name: &str, text: &str) {
        // Files have no root: assets lie beside the pages.
        let text = text.replace("\"/assets/", "\"assets/");
        fs::write(Path::new(&self.out).join(name), text).expect("the file can be written");
    }

    fn assets(&self) {
        self.write("assets/app.css", include_str!("../assets/app.css"));
        self.write("assets/app.js", include_str!("../assets/app.js"));
        self.write("assets/icon.svg", include_str!("../assets/icon.svg"));
        self.write("assets/report.css", &page::report_css());
    }

    fn doors(&self) {
        let offers: Vec<Offer> = hotwash::scenarios()
            .into_iter()
            .filter_map(|name| {
                let (scenario, _) = hotwash::load(&hotwash::registry(), name).ok()?;
                let scenario = scenario?;
                let (title, summary) = (scenario.title(), scenario.summary());
                Some(Offer {
                    name: name.to_owned(),
                    title: title.to_owned(),
                    summary: summary.to_owned(),
                })
            })
            .collect();
        let kept =
            [("running", "20 Nov 2026, 14:02"), ("ended", "18 Nov 2026, 09:30")].map(|(s, b)| {
                Kept {
                    id: s.to_owned(),
                    title: "The support desk leak".to_owned(),
                    begun: b.to_owned(),
                    status: s.to_owned(),
                }
            });
        self.write("home.html", &page::home(&offers, &kept, None, Words::ENGLISH).into_string());
        let role = |name: &str, title: &str, who: &[&str]| {
            let who = who.iter().map(|w| (*w).to_owned()).collect();
            (name.to_owned(), title.to_owned(), who)
        };
        let roles = [
            role("support-lead", "Head of customer support", &["Amina Diallo"]),
            role("soc-lead", "Head of security operations", &[]),
            role("comms-lead", "Head of communications", &[]),
            role("counsel", "General counsel", &["Dmitri", "Bo Lindqvist"]),
            role("executive", "Chief executive", &[]),
        ];
        let title = "The support desk leak";
        self.write(
            "join.html",
            &page::join(title, "K7MPXQ", &roles, false, None, Words::ENGLISH).into_string(),
        );
        let wrong =
            Some("This code is not in use. Ask the facilitator for the code on their page.");
        self.write(
            "join-wrong.html",
            &page::join("", "K7MPXO", &[], false, wrong, Words::ENGLISH).into_string(),
        );
        self.write(
            "join-evaluator.html",
            &page::join(title, "x", &[], true, None, Words::ENGLISH).into_string(),
        );
        let what = "Your browser is not known to this session. Join again with the code.";
        self.write(
            "wrong.html",
            &page::wrong("This page is not for you", what, Words::ENGLISH).into_string(),
        );
    }

    fn rooms(&self, state: &str, session: &Session, told: Option<&Story>) {
        let people = [
            ("facilitator", FACILITATOR),
            ("player-soc", "p2"),
            ("player-support", "p1"),
            ("player-counsel", "p4"),
            ("evaluator", "p8"),
            ("screen", "p9"),
        ];
        let present = ["p1", "p2", "p3", "p8"].map(str::to_owned);
        for (name, person) in people {
            let view = View::of(session, person);
            let sight = Sight {
                session,
                view: &view,
                base: BASE,
                join_code: "K7MPXQ",
                links: view.is_facilitator().then_some(LINKS),
                present: &present,
                wash: told.map(|story| Wash { story, worth: None, is_running: false }),
            };
            self.write(&format!("{state}-{name}.html"), &page::room(&sight).into_string());
        }
    }
}
