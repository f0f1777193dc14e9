//! Metrics and the invariant of the researcher.

use hotwash_engine::{Better, MetricInfo, SimBuilder, View};

use super::{Researcher, Wiring};

type Read = Box<dyn Fn(&View<'_>, &Researcher) -> Option<f64> + Send + Sync>;

pub(super) fn declare(sim: &mut SimBuilder, w: &Wiring) {
    let actor = w.firm;
    let case = &w.case;
    let mut metric = |name, unit, better, about, read: Read| {
        let name = case.metric(w.matter, name);
        let info = MetricInfo { name, unit, better, bearer: "vendor", about };
        sim.metric(info, move |v| read(v, v.get::<Researcher>(actor)));
    };
    let offered = w.marks.offered;
    metric(
        "days-from-offer-to-tip",
        "days",
        Better::Lower,
        "from the offer to the researcher's telling the vendor",
        Box::new(move |v, r| Some((r.told_at? - v.reached(offered)?).days())),
    );
    metric(
        "days-from-tip-to-publication",
        "days",
        Better::Higher,
        "from the researcher's telling the vendor to its publication",
        Box::new(|_, r| Some((r.published_at? - r.told_at?).days())),
    );
    metric(
        "rebuttals",
        "rebuttals",
        Better::Lower,
        "statements of the vendor that the researcher contradicted in public",
        Box::new(|_, r| Some(r.rebuttals as f64)),
    );
    metric(
        "accusation-withdrawn",
        "of 1",
        Better::Neither,
        "whether the researcher took back what it had said of another firm",
        Box::new(|_, r| Some(f64::from(u8::from(r.has_withdrawn)))),
    );
    metric(
        "researcher-standing",
        "share",
        Better::Neither,
        "how far the researcher is to be believed at the end",
        Box::new(|_, r| Some(r.standing)),
    );
    sim.invariant("the researcher says nothing that it has not looked into", move |view| {
        let r = view.get::<Researcher>(actor);
        let is_early = |at: Option<_>| at.is_some() && r.convinced_at.is_none();
        if is_early(r.told_at)
            || is_early(r.published_at)
            || (r.rebuttals > 0 && r.published_at.is_none())
            || (r.convinced_at.is_some() && !r.has_talked)
            || !(0.0..=1.0).contains(&r.standing)
        {
            return Err(format!(
                "talked {}, convinced {:?}, told {:?}, published {:?}, {} rebuttals, standing {}",
                r.has_talked, r.convinced_at, r.told_at, r.published_at, r.rebuttals, r.standing
            ));
        }
        Ok(())
    });
}
