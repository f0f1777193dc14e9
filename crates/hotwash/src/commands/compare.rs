//! `hotwash compare`: policies over the same worlds, paired.

use std::path::Path;

use hotwash_lab::compare::{Compare, PILOT, Precision, Setup};
use hotwash_lab::findings::{Comparison, Tolerance};
use hotwash_lab::{Arm, Layout, Round, Study};
use hotwash_scenario::{MAX_FILE, Policy, Registry};

use super::run::USUAL_POLICY;
use super::study::{Asked, failure};
use crate::args::lab;
use crate::exit::{self, Code, Failure};
use crate::record;
use crate::text;

pub(crate) fn compare(registry: &Registry, args: &lab::Compare) -> Result<(), Failure> {
    let asked = Asked::read(registry, args.scenario.as_deref(), &args.common)?;
    let mut study = study(&asked, args)?;
    let ended = asked.conduct(&mut Announced { study: &mut study })?;
    if study.worlds() == 0 {
        return Err(Failure::new(Code::Stopped, "stopped before the first worlds were done"));
    }
    asked.tabulate(study.grid())?;
    let header = asked.header(study.worlds(), study.runs(), ended);
    let finding = study.finding(header).map_err(|error| failure(error, &asked))?;
    asked.deliver::<Comparison>(
        &finding,
        &finding.header,
        text::comparison,
        hotwash_report::comparison,
    )
}

/// The study that is asked for.
pub(crate) fn study(asked: &Asked, args: &lab::Compare) -> Result<Compare, Failure> {
    let arms = arms(asked, &args.policies)?;
    // Each arm is built once here, so that mistakes in any of them show before the work begins.
    let models = arms.iter().map(|arm| asked.model(arm)).collect::<Result<Vec<_>, _>>()?;
    let layout = Layout::of(&models[0]);
    let shown = asked.metrics(&args.metrics, &layout)?;
    let precision = args.precision.as_deref().map(|text| precision(text, &layout)).transpose()?;
    let tolerance = args.tolerance.as_deref().map(tolerance).transpose()?.unwrap_or_default();
    if let Some(stranger) = tolerance.iter().find(|t| !is_borne(&layout, &t.bearer)) {
        let bearers = layout.metrics.iter().filter(|m| m.unit == "USD").map(|m| m.bearer);
        let mut bearers: Vec<&str> = bearers.collect();
        bearers.sort_unstable();
        bearers.dedup();
        return Err(Failure::unknown("bearer of losses", &stranger.bearer, bearers));
    }
    let setup = Setup {
        arms,
        layout,
        seed: asked.seed,
        worlds: args.runs,
        precision,
        shown,
        has_usual_curves: args.metrics.metrics.is_empty(),
        every_pair: args.every_pair,
        tolerance,
    };
    Compare::new(&asked.scenario, setup).map_err(|error| failure(error, asked))
}

fn is_borne(layout: &Layout, bearer: &str) -> bool {
    bearer.is_empty() || layout.metrics.iter().any(|m| m.unit == "USD" && m.bearer == bearer)
}

/// Says what a pilot has shown before the rest of the worlds, which may take long, are met.
struct Announced<'a> {
    study: &'a mut Compare,
}

impl Study for Announced<'_> {
    type Job = <Compare as Study>::Job;

    fn next_round(&mut self) -> Option<Round<Self::Job>> {
        let before = self.study.plan();
        let round = self.study.next_round();
        if let (None, Some(plan)) = (before, self.study.plan()) {
            exit::say(&plan);
        }
        round
    }

    fn absorb(&mut self, batch: u64, numbers: &[f64]) {
        self.study.absorb(batch, numbers);
    }
}

fn arms(asked: &Asked, wanted: &[String]) -> Result<Vec<Arm>, Failure> {
    let all = asked.scenario.policies();
    let known = || all.iter().map(Policy::name).collect::<Vec<_>>().join(", ");
    let policies: Vec<Policy> = if wanted.is_empty() {
        let (usual, others): (Vec<_>, Vec<_>) =
            all.iter().cloned().partition(|policy| policy.name() == USUAL_POLICY);
        [usual, others].concat()
    } else {
        if wanted.iter().any(|name| name.trim().is_empty()) {
            let message = format!("--policies {}: a name is missing", wanted.join(","));
            let hint = format!("write names with one comma between; the scenario has {}", known());
            return Err(Failure::new(Code::Usage, message).hint(hint));
        }
        wanted.iter().map(|name| asked.policy(name.trim())).collect::<Result<_, _>>()?
    };
    if let [] | [_] = policies[..] {
        let message = "a comparison needs at least two policies";
        let hint = match all {
            [] | [_] => {
                "write another policy and name both by --policies A,path/to/b.ron".to_owned()
            }
            _ => format!("name them by --policies A,B; the scenario has {}", known()),
        };
        return Err(Failure::new(Code::Usage, message).hint(hint));
    }
    for (i, policy) in policies.iter().enumerate() {
        if policies[..i].iter().any(|other| other.name() == policy.name()) {
            let message = format!("--policies names `{}` twice", policy.name());
            let hint = "a policy compared with itself shows no difference; name each once";
            return Err(Failure::new(Code::Usage, message).hint(hint));
        }
    }
    Ok(policies.into_iter().map(|policy| asked.arm(Some(policy))).collect())
}

/// `METRIC=±X`, where the sign may be left out or written `+-`.
fn precision(text: &str, layout: &Layout) -> Result<Precision, Failure> {
    let wrong = |why: &str| {
        Failure::new(Code::Usage, format!("--precision {text}: {why}"))
            .hint(format!("write a metric and half the width, such as victims=±20; a pilot of {PILOT} worlds then says how many it takes"))
    };
    let (name, width) = text.split_once('=').ok_or_else(|| wrong("there is no `=`"))?;
    let name = name.trim();
    let metric = layout.metric(name).ok_or_else(|| {
        Failure::unknown("metric", name, layout.metrics.iter().map(|metric| metric.name))
    })?;
    let width = width.trim();
    let width = width.strip_prefix('±').or_else(|| width.strip_prefix("+-")).unwrap_or(width);
    let half_width: f64 =
        width.trim().replace('_', "").parse().map_err(|_| wrong("this is no number"))?;
    if half_width > 0.0 && half_width.is_finite() {
        Ok(Precision { metric, half_width })
    } else {
        Err(wrong("the width has to be greater than zero"))
    }
}

/// What is tolerated, from CSV: `amount_usd,probability` and, if wanted, `bearer`.
fn tolerance(path: &Path) -> Result<Vec<Tolerance>, Failure> {
    let bytes = record::read_bytes(path, MAX_FILE)?;
    let text = String::from_utf8(bytes).map_err(|_| {
        Failure::new(Code::Usage, format!("{}: this is no UTF-8 text", path.display()))
    })?;
    read_tolerance(&text).map_err(|(line, why)| {
        Failure::new(Code::Usage, format!("{} line {line}: {why}", path.display())).hint(
            "the first line is amount_usd,probability,bearer and the others are like 1000000,0.1,vendor",
        )
    })
}

fn read_tolerance(text: &str) -> Result<Vec<Tolerance>, (usize, String)> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut lines = text.lines().enumerate().map(|(i, line)| (i + 1, line.trim()));
    let mut lines = lines.by_ref().filter(|(_, line)| !line.is_empty() && !line.starts_with('#'));
    let fields = |line: &str| -> Vec<String> {
        line.split(',').map(|field| field.trim().trim_matches('"').to_owned()).collect()
    };
    let Some((first, head)) = lines.next() else { return Err((1, "the file is empty".to_owned())) };
    let head = fields(head);
    let is_known = |name: &String| ["amount_usd", "probability", "bearer"].contains(&name.as_str());
    if let Some(stranger) = head.iter().find(|name| !is_known(name)) {
        return Err((first, format!("there is no column `{stranger}`")));
    }
    let column = |name: &str| head.iter().position(|field| field == name);
    let needed = |name: &str| column(name).ok_or((first, format!("column `{name}` is missing")));
    let (amount, probability) = (needed("amount_usd")?, needed("probability")?);
    let bearer = column("bearer");
    let mut points: Vec<(usize, Tolerance)> = Vec::new();
    for (number, line) in lines {
        let row = fields(line);
        if row.len() != head.len() {
            let message = format!("{} fields where the head has {}", row.len(), head.len());
            return Err((number, message));
        }
        let figure = |column: usize, most: f64, what: &str| {
            let value = row[column].replace('_', "").parse::<f64>().ok();
            let value = value.filter(|value| (0.0..=most).contains(value) && value.is_finite());
            value.ok_or_else(|| (number, format!("`{}` is no {what}", row[column])))
        };
        let point = Tolerance {
            amount_usd: figure(amount, f64::MAX, "amount of at least 0 US dollars")?,
            probability: figure(probability, 1.0, "probability from 0 to 1")?,
            bearer: bearer.map_or_else(String::new, |column| row[column].clone()),
        };
        if let Some(why) = points.iter().find_map(|(at, other)| contradiction(&point, *at, other)) {
            return Err((number, why));
        }
        points.push((number, point));
    }
    if points.is_empty() {
        return Err((first, "no line follows the head".to_owned()));
    }
    Ok(points.into_iter().map(|(_, point)| point).collect())
}

/// Why two points cannot both be meant: the chance of losing more falls as the amount rises.
fn contradiction(point: &Tolerance, line: usize, other: &Tolerance) -> Option<String> {
    let is_about_same =
        point.bearer == other.bearer || point.bearer.is_empty() || other.bearer.is_empty();
    if !is_about_same {
        return None;
    }
    if point.amount_usd == other.amount_usd {
        return Some(format!("line {line} has the same amount, {}", point.amount_usd));
    }
    let (low, high) =
        if point.amount_usd < other.amount_usd { (point, other) } else { (other, point) };
    (high.probability > low.probability).then(|| {
        format!(
            "it contradicts line {line}: more than {} cannot be likelier ({}) than more than {} ({})",
            high.amount_usd, high.probability, low.amount_usd, low.probability
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tolerance_is_read_with_or_without_a_bearer() {
        let points =
            read_tolerance("\u{feff}amount_usd,probability\n# ours\n1_000_000, 0.1\n").unwrap();
        let point = Tolerance { amount_usd: 1e6, probability: 0.1, bearer: String::new() };
        assert_eq!(points, std::slice::from_ref(&point));
        let points = read_tolerance("bearer,probability,amount_usd\r\nvendor,0.1,1e6\r\n").unwrap();
        assert_eq!(points, [Tolerance { bearer: "vendor".to_owned(), ..point }]);
    }

    #[test]
    fn mistakes_in_tolerance_have_their_line() {
        for (text, line, part) in [
            ("", 1, "empty"),
            ("amount_usd,probability\n", 1, "no line follows"),
            ("amount,probability\n1,1\n", 1, "`amount`"),
            ("amount_usd\n1\n", 1, "`probability` is missing"),
            ("amount_usd,probability\n1,0.5\n\n2\n", 4, "1 fields where the head has 2"),
            ("amount_usd,probability\n-1,0.5\n", 2, "`-1` is no amount"),
            ("amount_usd,probability\n1,5\n", 2, "`5` is no probability"),
            ("amount_usd,probability\n1,NaN\n", 2, "`NaN` is no probability"),
            ("amount_usd,probability\ninf,1\n", 2, "`inf` is no amount"),
            ("amount_usd,probability\n1e6,0.1\n\n2e6,0.2\n", 4, "contradicts line 2"),
            ("amount_usd,probability\n2e6,0.2\n1e6,0.1\n", 3, "contradicts line 2"),
            ("amount_usd,probability\n1e6,0.1\n1_000_000,0.05\n", 3, "line 2 has the same amount"),
            (
                "amount_usd,probability,bearer\n1,0.1,a\n2,0.2,b\n3,0.15,a\n",
                4,
                "contradicts line 2",
            ),
        ] {
            let (number, why) = read_tolerance(text).unwrap_err();
            assert!(number == line && why.contains(part), "{text:?}: {number} {why}");
        }
    }
}
