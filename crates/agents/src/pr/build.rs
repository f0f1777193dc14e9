//! Builds the press office out of its section: names resolved, numbers registered, levers read.

use std::sync::Arc;

use hotwash_engine::{Count, Factor, Param, Problem, SimBuilder, Slug, StreamId};
use hotwash_incident::case::SharedCase;
use hotwash_incident::{CaseBook, MatterId, Statement, StatementBook, milestones};

use super::config::{PrConfig, StatementConfig};
use super::decisions::DisclosureRule;
use super::{Job, Marks, Numbers, Office, PrOffice};

/// Resolves all names, declares levers, streams and milestones, and registers the numbers.
pub(super) fn office(config: PrConfig, sim: &mut SimBuilder) -> Result<Office, Problem> {
    let case = sim.shared::<SharedCase>()?;
    let breach = case.proposition(config.breach.as_str()).map_err(|p| p.at("breach"))?;
    let owner = case.require_matter(breach).map_err(|p| p.at("breach"))?;
    let matter = config.matter.iter().map(|name| case.proposition(name.as_str()));
    let matter = matter.collect::<Result<Vec<_>, _>>().map_err(|p| p.at("matter"))?;
    let scope = case
        .proposition(config.letters.scope_known_by.as_str())
        .map_err(|p| p.at("letters.scope_known_by"))?;
    let evidence = |name: Slug, path: &str| case.evidence(name.as_str()).map_err(|p| p.at(path));
    let admits = evidence(config.hearing.admits, "hearing.admits")?;
    let denies = evidence(config.hearing.denies, "hearing.denies")?;
    let book = build_book(&config.statements, &case, sim)?;
    let counted = config.statements.iter().enumerate().map(|(i, s)| counted_share(i, s, sim));
    let counted = counted.collect::<Result<Vec<_>, _>>()?;
    let letter = match config.letters.statement {
        Some(name) => Some(book.find(name.as_str()).map_err(|p| p.at("letters.statement"))?),
        None => None,
    };
    let (approvals, is_prepared, is_review_light, rule) = levers(sim);
    let mut streams: Vec<StreamId> =
        book.statements.iter().map(|s| sim.stream(s.name.as_str(), "time")).collect();
    streams.push(sim.stream("direct warning", "time"));
    streams.push(sim.stream("letters to those affected", "time"));
    let marks = marks(sim, &case, owner, &book);
    let jobs = vec![Job::default(); book.statements.len() + 2];
    let actor = sim.spawn(
        "press office",
        PrOffice {
            jobs,
            released: 0,
            records: 0,
            letters: 0,
            covered: 0,
            covering: 0,
            hold_until: None,
        },
    );
    Ok(Office {
        actor,
        book: Arc::new(book),
        counted,
        breach,
        matter,
        scope,
        admits,
        denies,
        letter,
        approvals,
        is_prepared,
        is_review_light,
        rule,
        streams,
        numbers: register(config, is_review_light, rule, sim),
        marks,
    })
}

fn levers(sim: &mut SimBuilder) -> (u8, bool, bool, DisclosureRule) {
    let approvals = sim.lever_count(
        "approval_steps",
        3,
        0,
        6,
        "steps",
        "people who must agree, one after the other, before words go out",
    );
    let is_prepared = sim.lever_flag(
        "prepared_statements",
        false,
        "texts for a data theft lie ready, so that nothing has to be written first",
    );
    let review = sim.lever_choice(
        "legal_review",
        1,
        &["light", "full"],
        "whether counsel reads for falsehood only, or for liability too",
    );
    let rule = sim.lever_choice(
        "disclosure_rule",
        0,
        DisclosureRule::WORDS,
        "how sure the office wants to be before it lets words out that affirm the theft",
    );
    (approvals as u8, is_prepared, review == 0, DisclosureRule::from_index(rule))
}

fn marks(sim: &mut SimBuilder, case: &CaseBook, matter: MatterId, book: &StatementBook) -> Marks {
    let released = book.statements.iter().map(|s| {
        let about = format!("the statement `{}` is out: {}", s.name, s.title);
        sim.milestone(&format!("pr.released/{}", s.name), &about)
    });
    let released = released.collect();
    Marks {
        released,
        first_statement: case.mark(
            sim,
            matter,
            milestones::FIRST_STATEMENT,
            "the vendor's first words in public about the matter",
        ),
        disclosed: case.mark(
            sim,
            matter,
            milestones::DISCLOSED,
            "the vendor said in public that data were taken",
        ),
        warned: sim.milestone("pr.warned", "those at risk were warned directly"),
        people_notified: case.mark(
            sim,
            matter,
            milestones::PEOPLE_NOTIFIED,
            "those whose data were taken were told",
        ),
    }
}

fn build_book(
    statements: &[StatementConfig],
    case: &SharedCase,
    sim: &mut SimBuilder,
) -> Result<StatementBook, Problem> {
    let mut book = StatementBook::default();
    for (i, s) in statements.iter().enumerate() {
        if !sim.names.declare("statement", s.name.as_str()) {
            return Err(Problem::new(format!("two statements are called `{}`", s.name))
                .at(format!("statements[{i}].name")));
        }
        let mut claims = Vec::new();
        for (k, claim) in s.claims.iter().enumerate() {
            let about = case
                .proposition(claim.about.as_str())
                .map_err(|p| p.at(format!("statements[{i}].claims[{k}].about")))?;
            claims.push((about, claim.clone()));
        }
        let records = published_records(i, s, sim)?;
        book.statements.push(Statement {
            name: s.name,
            title: s.title.clone(),
            text: s.text.clone(),
            to: s.to,
            claims,
            records,
            is_specific_warning: s.is_specific_warning,
        });
    }
    Ok(book)
}

/// Catalogues a published number and checks that its ends are in order.
fn published_records(
    index: usize,
    statement: &StatementConfig,
    sim: &mut SimBuilder,
) -> Result<Option<(f64, f64)>, Problem> {
    let Some(records) = &statement.records else { return Ok(None) };
    let path = format!("statements[{index}].records");
    if records.low > records.high {
        return Err(Problem::new("the lower end lies above the upper end").at(path));
    }
    for (end, value) in [("low", records.low), ("high", records.high)] {
        let param = Param::<Count>::fixed(value, &records.source, records.firmness)
            .map_err(|message| Problem::new(message).at(format!("{path}.{end}")))?;
        sim.param(&format!("statements.{}.records.{end}", statement.name), param);
    }
    Ok(Some((records.low, records.high)))
}

/// Catalogues the ends of a counted number and checks that they are in order.
fn counted_share(
    index: usize,
    statement: &StatementConfig,
    sim: &mut SimBuilder,
) -> Result<Option<(f64, f64)>, Problem> {
    let Some(counted) = &statement.counted else { return Ok(None) };
    let path = format!("statements[{index}].counted");
    if statement.records.is_some() {
        return Err(Problem::new("a number is either fixed in the words or counted").at(path));
    }
    if counted.low > counted.high {
        return Err(Problem::new("the lower end lies above the upper end").at(path));
    }
    for (end, value) in [("low", counted.low), ("high", counted.high)] {
        let param = Param::<Factor>::fixed(value, &counted.source, counted.firmness)
            .map_err(|message| Problem::new(message).at(format!("{path}.{end}")))?;
        sim.param(&format!("statements.{}.counted.{end}", statement.name), param);
    }
    Ok(Some((counted.low, counted.high)))
}

fn register(
    config: PrConfig,
    is_review_light: bool,
    rule: DisclosureRule,
    sim: &mut SimBuilder,
) -> Numbers {
    let times = config.times;
    let light = sim.param("times.review_light", times.review_light);
    let full = sim.param("times.review_full", times.review_full);
    let light_usd = sim.param("review_usd.light", config.review_usd.0);
    let full_usd = sim.param("review_usd.full", config.review_usd.1);
    let bars = [
        sim.param("bars.certain", config.bars.certain),
        sim.param("bars.likely", config.bars.likely),
        sim.param("bars.suspicion", config.bars.suspicion),
    ];
    Numbers {
        draft: sim.param("times.draft", times.draft),
        review: if is_review_light { light } else { full },
        review_usd: if is_review_light { light_usd } else { full_usd },
        approval: sim.param("times.approval", times.approval),
        patience: sim.param("times.rule_patience", times.rule_patience),
        bar: bars[rule as usize],
        warning_prepare: sim.param("warning.prepare", config.warning.prepare),
        warning_reach: sim.param("warning.reach", config.warning.reach),
        contact_usd: sim.param("warning.contact_usd", config.warning.contact_usd),
        letters_prepare: sim.param("letters.prepare", config.letters.prepare),
        per_day: sim.param("letters.per_day", config.letters.per_day),
        letter_usd: sim.param("letters.letter_usd", config.letters.letter_usd),
        scope_known_at: sim.param("letters.scope_known_at", config.letters.scope_known_at),
        scope_factor: sim.param("letters.scope_factor", config.letters.scope_factor),
        statement_usd: sim.param("statement_usd", config.statement_usd),
        effort: sim.param("effort", config.effort),
        admission: sim.param("hearing.admission", config.hearing.admission),
        denial_distrusted: sim.param("hearing.denial_distrusted", config.hearing.denial_distrusted),
        denial_trusted: sim.param("hearing.denial_trusted", config.hearing.denial_trusted),
    }
}
