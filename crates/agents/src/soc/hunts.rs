//! The three hunts: joining complaints with access logs, planting canaries, interviewing agents.

use hotwash_engine::{Cx, SimDuration, SimTime};
use hotwash_incident::Ledgers;
use hotwash_incident::events::{CanaryCalled, InsiderAlarmed};

use super::decisions::{
    Bars, Channel, Finding, Suspect, complainants_needed, correlation_hours, interview,
    judge_correlation, kept_share,
};
use super::ids::LeakIds;
use super::response::name_suspect;
use super::state::{Piece, Soc};
use super::{Alarm, HuntAgain, HuntDone, HuntMethod, OwnCanaryRings, kinds, triage};

/// Starts a hunt unless it is under way.
pub(super) fn begin(cx: &mut Cx, soc: &mut Soc, ids: &LeakIds, method: HuntMethod) {
    let is_done = method == HuntMethod::Canaries && soc.tally.planted_at.is_some();
    if soc.hunts[method as usize].is_running || is_done {
        return;
    }
    let until = finish(cx, soc, ids, method);
    let pool = soc.desk.detailed;
    let hunt = &mut soc.hunts[method as usize];
    hunt.is_running = true;
    hunt.pool = pool;
    hunt.rounds += 1;
    let kind = if hunt.rounds == 1 { &kinds::HUNT } else { &kinds::HUNT_AGAIN };
    let what = match method {
        HuntMethod::Correlation => "join complainants' tickets with access logs",
        HuntMethod::Canaries => "plant canary records",
        HuntMethod::Interviews => "interview support agents",
    };
    cx.note(kind, ids.soc.id, |n| n.with("what", what).with("until", until));
    if method == HuntMethod::Interviews {
        interviews_begin(cx, soc, ids, until);
    }
    cx.at(until, HuntDone { method });
}

/// When a hunt begun now is done; adds up its work where no team is paid for it.
fn finish(cx: &mut Cx, soc: &mut Soc, ids: &LeakIds, method: HuntMethod) -> SimTime {
    let has_team = soc.team() > 0.0;
    let staff = soc.team().max(cx.value(ids.correlation.lone_staff));
    let now = cx.now();
    // Without a team it is one more task in the queue.
    let starts = if has_team { now } else { soc.read_at(cx, &ids.common, now) };
    let work = match method {
        HuntMethod::Correlation => {
            let base = cx.value(ids.correlation.base);
            let each = cx.value(ids.correlation.per_complainant);
            correlation_hours(base, each, soc.desk.detailed, 1.0)
        }
        HuntMethod::Canaries => cx.value(ids.canaries.plant),
        HuntMethod::Interviews => cx.value(ids.interviews.work),
    };
    if !has_team {
        soc.work(cx, work);
    }
    if method == HuntMethod::Interviews {
        let slower = if has_team { 1.0 } else { cx.value(ids.interviews.slower_alone).max(1.0) };
        let hours = cx.value_span(ids.interviews.takes).hours() * slower;
        return cx.calendar().next_open(starts + SimDuration::from_hours_f64(hours));
    }
    let hours = SimDuration::from_hours_f64(correlation_hours(work, 0.0, 0, staff));
    cx.calendar().after_business(starts, hours)
}

/// A hunt has come to its end.
pub(super) fn done(
    cx: &mut Cx,
    soc: &mut Soc,
    ledgers: &mut Ledgers,
    ids: &LeakIds,
    method: HuntMethod,
) {
    soc.hunts[method as usize].is_running = false;
    match method {
        HuntMethod::Correlation => correlated(cx, soc, ledgers, ids),
        HuntMethod::Canaries => {
            soc.tally.planted_at = Some(cx.now());
            cx.note(&kinds::PLANTED, ids.soc.id, |n| n);
        }
        HuntMethod::Interviews => interviewed(cx, soc, ledgers, ids),
    }
}

/// What the logs show about those complainants whose tickets are known.
fn correlated(cx: &mut Cx, soc: &mut Soc, ledgers: &mut Ledgers, ids: &LeakIds) {
    let c = &ids.correlation;
    let method = HuntMethod::Correlation as usize;
    let pool = soc.hunts[method].pool;
    let kept = kept_share(soc.theft.read, cx.now(), ids.levers.log_retention);
    // One number per complainant for the whole run: longer logs never lose one.
    let usable =
        (0..pool).filter(|i| cx.draw_at(ids.streams.logged, *i).chance(kept)).count() as u64;
    let tolerated = cx.value(c.tolerated);
    let bars = bars(cx, ids);
    let counted = soc.hunts[method].counted;
    let finding = judge_correlation(pool, usable, counted, bars);
    if matches!(finding, Finding::Partial { .. } | Finding::Conclusive { .. }) {
        soc.hunts[method].counted = usable;
    }
    let channel = Channel::Search;
    let share = cx.value(ids.credibility.correlation);
    let (kind, evidence, credibility) = match finding {
        Finding::Nothing if pool == 0 => (&kinds::NO_TICKETS, None, 0.0),
        Finding::Nothing => (&kinds::NOTHING_NEW, None, 0.0),
        Finding::Empty => (
            &kinds::CORRELATED_NOT,
            Some(ids.evidence.correlation_empty),
            cx.value(ids.credibility.correlation_empty),
        ),
        Finding::TooFew => (&kinds::TOO_FEW, None, 0.0),
        Finding::Partial { weight } => {
            (&kinds::CORRELATED_PARTLY, Some(ids.evidence.correlation), share * weight)
        }
        Finding::Conclusive { weight } if counted >= bars.needed => {
            (&kinds::CONFIRMED, Some(ids.evidence.correlation), share * weight)
        }
        Finding::Conclusive { weight } => {
            (&kinds::CORRELATED, Some(ids.evidence.correlation), share * weight)
        }
    };
    cx.note(kind, ids.soc.id, |n| {
        n.with("pool", pool).with("usable", usable).with("needed", bars.needed)
    });
    if let Finding::Conclusive { .. } = finding {
        let round = soc.hunts[method].rounds;
        let is_wrong = cx.draw_at(ids.streams.correlation, round).chance(tolerated);
        let who = if is_wrong { Suspect::Bystander } else { Suspect::Insider };
        name_suspect(cx, soc, ids, who, "joining complaints with access logs");
    }
    let wait = cx.value_span(c.rerun_after);
    cx.after(wait.max(SimDuration::DAY), HuntAgain {});
    if let Some(evidence) = evidence {
        soc.find(cx, ledgers, ids, Piece { evidence, credibility, pieces: 1, channel });
    }
}

/// How many complainants a correlation must rest on in this run.
fn bars(cx: &mut Cx, ids: &LeakIds) -> Bars {
    let c = &ids.correlation;
    let (agents, readers, tolerated) =
        (cx.value(c.agents), cx.value(c.readers), cx.value(c.tolerated));
    Bars {
        telling: complainants_needed(agents, readers, tolerated, 1.0),
        needed: complainants_needed(agents, readers, tolerated, cx.value(c.needed)),
    }
}

/// A correlation is tried again if more complainants have named their tickets: to name somebody, or
/// to be surer of the one who was named, until the account is shut.
pub(super) fn again(cx: &mut Cx, soc: &mut Soc, ids: &LeakIds) {
    let hunt = soc.hunts[HuntMethod::Correlation as usize];
    if hunt.is_running || soc.suspicion.is_contained {
        return;
    }
    if soc.desk.detailed > hunt.pool {
        begin(cx, soc, ids, HuntMethod::Correlation);
    } else {
        let wait = cx.value_span(ids.correlation.rerun_after);
        cx.after(wait.max(SimDuration::DAY), HuntAgain {});
    }
}

/// Records were sold: a canary planted before may be among them and ring one day.
pub(super) fn leads_sold(cx: &mut Cx, soc: &mut Soc, ids: &LeakIds) {
    if soc.tally.planted_at.is_none() {
        return;
    }
    let number = soc.theft.batches;
    soc.theft.batches += 1;
    let mut draw = cx.draw_at(ids.streams.planted, number);
    let is_in = draw.chance(cx.value(ids.canaries.in_batch));
    let after = cx.sample_span(ids.canaries.called_after, &mut draw);
    if is_in {
        cx.after(after, OwnCanaryRings {});
    }
}

/// One of the planted canaries rings.
pub(super) fn own_canary(cx: &mut Cx, soc: &mut Soc, ledgers: &mut Ledgers, ids: &LeakIds) {
    triage::canary_called(cx, soc, ledgers, ids, CanaryCalled { calls: 1 });
}

/// The insider may notice at some moment of the interviews.
fn interviews_begin(cx: &mut Cx, soc: &Soc, ids: &LeakIds, until: SimTime) {
    let round = soc.hunts[HuntMethod::Interviews as usize].rounds;
    let mut draw = cx.draw_at(ids.streams.interview, round);
    // The first number of this ticket says whom the interviews name when they end.
    let _ = draw.uniform();
    let (is_alarmed, when) = (draw.chance(cx.value(ids.interviews.alarm)), draw.uniform());
    if is_alarmed {
        let hours = (until - cx.now()).hours() * when;
        cx.after(SimDuration::from_hours_f64(hours), Alarm {});
    }
}

/// The insider notices.
pub(super) fn alarmed(cx: &mut Cx) {
    cx.send(InsiderAlarmed {});
}

/// What interviews gave.
fn interviewed(cx: &mut Cx, soc: &mut Soc, ledgers: &mut Ledgers, ids: &LeakIds) {
    let round = soc.hunts[HuntMethod::Interviews as usize].rounds;
    let (right, wrong) = (cx.value(ids.interviews.right), cx.value(ids.interviews.wrong));
    let u = cx.draw_at(ids.streams.interview, round).uniform();
    let named = interview(u, right, wrong);
    let is_named = named != Suspect::Nobody;
    let result = if is_named { "they point at one of them" } else { "they point at nobody" };
    cx.note(&kinds::INTERVIEWED, ids.soc.id, |n| n.with("result", result));
    if is_named && soc.suspicion.suspect == Suspect::Nobody {
        name_suspect(cx, soc, ids, named, "interviews");
    }
    let evidence = if is_named { ids.evidence.interview } else { ids.evidence.interview_empty };
    let credibility = cx.value(ids.credibility.interview);
    soc.find(
        cx,
        ledgers,
        ids,
        Piece { evidence, credibility, pieces: 1, channel: Channel::Search },
    );
}
