//! Builds the press office out of its section: names resolved, numbers registered, levers read.

use std::sync::Arc;

use hotwash_engine::{Count, Factor, Param, Problem, SimBuilder, Slug, StreamId};
use hotwash_incident::case::SharedCase;
use hotwash_incident::{CaseBook, Statement, StatementBook, milestones};

use super::config::{
    BriefingConfig, LettersConfig, PrConfig, StatementConfig, TopicConfig, WarningConfig,
};
use super::decisions::DisclosureRule;
use super::{
    Briefing, Job, Letters, Marks, Numbers, OTHER_JOBS, Office, PART, PrOffice, Topic, Warning,
};

/// Resolves all names, declares levers, streams and milestones, and registers the numbers.
pub(super) fn office(mut config: PrConfig, sim: &mut SimBuilder) -> Result<Office, Problem> {
    let case = sim.shared::<SharedCase>()?;
    let topics = std::mem::take(&mut config.hearing.topics).into_iter().enumerate();
    let topics = topics.map(|(i, topic)| build_topic(i, topic, &case));
    let topics = topics.collect::<Result<Vec<_>, _>>()?;
    let book = build_book(&config.statements, &case, sim)?;
    let counted = config.statements.iter().enumerate().map(|(i, s)| counted_share(i, s, sim));
    let counted = counted.collect::<Result<Vec<_>, _>>()?;
    let warning = config.warning.take().map(|warning| build_warning(warning, sim));
    let letters = match config.letters.take() {
        Some(letters) => Some(build_letters(letters, &case, &book, sim)?),
        None => None,
    };
    let briefing = match config.briefing.take() {
        Some(briefing) => Some(build_briefing(briefing, &case, sim)?),
        None => None,
    };
    let (approvals, is_prepared, is_review_light, rule) = levers(sim);
    let mut streams: Vec<StreamId> =
        book.statements.iter().map(|s| sim.stream(s.name.as_str(), "time")).collect();
    streams.push(sim.stream("direct warning", "time"));
    streams.push(sim.stream("letters to those affected", "time"));
    streams.push(sim.stream("briefing of business customers", "time"));
    let marks = marks(sim, &case, &book);
    let jobs = vec![Job::default(); book.statements.len() + OTHER_JOBS];
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
        case,
        book: Arc::new(book),
        counted,
        topics,
        warning,
        letters,
        briefing,
        approvals,
        is_prepared,
        is_review_light,
        rule,
        streams,
        numbers: register(config, is_review_light, rule, sim),
        marks,
    })
}

fn build_topic(index: usize, config: TopicConfig, case: &CaseBook) -> Result<Topic, Problem> {
    let path = |field: &str| format!("hearing.topics[{index}].{field}");
    let of = config.of.iter().map(|name| case.proposition(name.as_str()));
    let of = of.collect::<Result<Vec<_>, _>>().map_err(|p| p.at(path("of")))?;
    let evidence =
        |name: Slug, field: &str| case.evidence(name.as_str()).map_err(|p| p.at(path(field)));
    let admits = evidence(config.admits, "admits")?;
    let denies = evidence(config.denies, "denies")?;
    Ok(Topic { of, admits, denies })
}

fn build_warning(config: WarningConfig, sim: &mut SimBuilder) -> Warning {
    sim.names.declare(PART, "warning");
    Warning {
        prepare: sim.param("warning.prepare", config.prepare),
        reach: sim.param("warning.reach", config.reach),
        contact_usd: sim.param("warning.contact_usd", config.contact_usd),
        done: sim.milestone("pr.warned", "those at risk were warned directly"),
    }
}

fn build_letters(
    config: LettersConfig,
    case: &CaseBook,
    book: &StatementBook,
    sim: &mut SimBuilder,
) -> Result<Letters, Problem> {
    let scope = case.proposition(config.scope_known_by.as_str());
    let scope = scope.map_err(|p| p.at("letters.scope_known_by"))?;
    let matter = case.require_matter(scope).map_err(|p| p.at("letters.scope_known_by"))?;
    let statement = match config.statement {
        Some(name) => Some(book.find(name.as_str()).map_err(|p| p.at("letters.statement"))?),
        None => None,
    };
    sim.names.declare(PART, "letters");
    Ok(Letters {
        matter,
        scope,
        statement,
        prepare: sim.param("letters.prepare", config.prepare),
        per_day: sim.param("letters.per_day", config.per_day),
        letter_usd: sim.param("letters.letter_usd", config.letter_usd),
        scope_known_at: sim.param("letters.scope_known_at", config.scope_known_at),
        scope_factor: sim.param("letters.scope_factor", config.scope_factor),
        done: case.mark(
            sim,
            matter,
            milestones::PEOPLE_NOTIFIED,
            "those whose data were taken were told",
        ),
    })
}

fn build_briefing(
    config: BriefingConfig,
    case: &CaseBook,
    sim: &mut SimBuilder,
) -> Result<Briefing, Problem> {
    let matter =
        case.matter_or_only(config.matter.as_ref()).map_err(|p| p.at("briefing.matter"))?;
    sim.names.declare(PART, "briefing");
    Ok(Briefing {
        matter,
        prepare: sim.param("briefing.prepare", config.prepare),
        reach: sim.param("briefing.reach", config.reach),
        usd: sim.param("briefing.usd", config.usd),
        leaks: sim.param("briefing.leaks", config.leaks),
        leaks_after: sim.param("briefing.leaks_after", config.leaks_after),
        stream: sim.stream("briefing of business customers", "leak"),
        done: case.mark(
            sim,
            matter,
            milestones::BRIEFED,
            "business customers were told in confidence",
        ),
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

fn marks(sim: &mut SimBuilder, case: &CaseBook, book: &StatementBook) -> Marks {
    let released = book.statements.iter().map(|s| {
        let about = format!("the statement `{}` is out: {}", s.name, s.title);
        sim.milestone(&format!("pr.released/{}", s.name), &about)
    });
    let released = released.collect();
    let mut of_each = |name: &str, about: &str| {
        case.matter_ids().map(|matter| case.mark(sim, matter, name, about)).collect()
    };
    Marks {
        first_statement: of_each(
            milestones::FIRST_STATEMENT,
            "the vendor's first words in public about the matter",
        ),
        disclosed: of_each(milestones::DISCLOSED, "the vendor told the public of the breach"),
        released,
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
            let is_contrary = |(known, other): &(_, hotwash_incident::ClaimSpec)| {
                *known == about && other.perceived != claim.perceived
            };
            if claims.iter().any(is_contrary) {
                let message =
                    format!("`{}` says that `{}` is so and that it is not", s.name, claim.about);
                return Err(Problem::new(message).at(format!("statements[{i}].claims[{k}]")));
            }
            claims.push((about, claim.clone()));
        }
        let matter = case
            .matter_or_only(s.matter.as_ref())
            .map_err(|p| p.at(format!("statements[{i}].matter")))?;
        let records = published_records(i, s, sim)?;
        book.statements.push(Statement {
            name: s.name,
            title: s.title.clone(),
            text: s.text.clone(),
            matter,
            to: s.to,
            claims,
            records,
            is_specific_warning: s.is_specific_warning,
            specifics: s.tells,
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
        statement_usd: sim.param("statement_usd", config.statement_usd),
        effort: sim.param("effort", config.effort),
        admission: sim.param("hearing.admission", config.hearing.admission),
        denial_distrusted: sim.param("hearing.denial_distrusted", config.hearing.denial_distrusted),
        denial_trusted: sim.param("hearing.denial_trusted", config.hearing.denial_trusted),
    }
}
