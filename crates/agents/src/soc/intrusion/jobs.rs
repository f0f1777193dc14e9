//! Work that the people of the case do together: searches and the hunt for back doors. What is left of it
//! is kept in person-hours, so that those who come later speed it and those who leave slow it.

use hotwash_engine::{SimDuration, SimTime};

use super::JobDone;
use super::decisions::{hours_of, left_of};
use super::state::{Job, Scene, Task};
use super::{measures, search};

/// Work that has begun: its number, and when it is done if nobody comes or goes.
#[derive(Clone, Copy)]
pub(super) struct Begun {
    pub(super) number: u32,
    pub(super) until: SimTime,
}

/// Who is at it, and from when on.
struct Hands {
    since: SimTime,
    staff: f64,
    is_lone: bool,
}

/// The case's team at once; without a case somebody from the queue, when it comes up there.
fn hands(scene: &mut Scene<'_>) -> Hands {
    let team = scene.soc.intruder_crew.team();
    let now = scene.cx.now();
    if team > 0.0 {
        return Hands { since: now, staff: team, is_lone: false };
    }
    let since = scene.soc.read_at(scene.cx, &scene.ids.common, now);
    Hands { since, staff: scene.cx.value(scene.ids.search.lone_staff), is_lone: true }
}

/// When a job is done if nobody comes or goes.
fn end(scene: &Scene<'_>, job: &Job) -> SimTime {
    let takes = SimDuration::from_hours_f64(hours_of(job.left, job.staff));
    scene.cx.calendar().after_business(job.since, takes).max(job.not_before)
}

fn next_number(scene: &mut Scene<'_>) -> u32 {
    scene.work.jobs_begun += 1;
    scene.work.jobs_begun
}

/// Begins a task of some person-hours that is done no earlier than an instant. The caller tells of it and
/// sends `JobDone` for its end.
pub(super) fn begin(
    scene: &mut Scene<'_>,
    task: Task,
    person_hours: f64,
    not_before: SimTime,
) -> Begun {
    let Hands { since, staff, is_lone } = hands(scene);
    let number = next_number(scene);
    let job = Job { task, number, left: person_hours, since, staff, is_lone, not_before };
    scene.work.jobs.push(job);
    Begun { number, until: end(scene, &job) }
}

/// Takes off a job what was done of it. The hours of a case's people are told by the week, those of
/// somebody from the queue as they are worked.
fn settle(scene: &mut Scene<'_>, job: &mut Job) {
    let worked = scene.cx.calendar().business_between(job.since, scene.cx.now()).hours();
    let left = left_of(job.left, worked, job.staff);
    if job.is_lone {
        scene.soc.work(scene.cx, job.left - left);
    }
    job.left = left;
}

/// People have come or gone: what is under way ends sooner or later than it would have.
pub(super) fn team_changed(scene: &mut Scene<'_>) {
    for i in 0..scene.work.jobs.len() {
        let mut job = scene.work.jobs[i];
        let team = scene.soc.intruder_crew.team();
        let is_same = if job.is_lone { team <= 0.0 } else { team == job.staff };
        if is_same {
            continue;
        }
        settle(scene, &mut job);
        let Hands { since, staff, is_lone } = hands(scene);
        job = Job { number: next_number(scene), since, staff, is_lone, ..job };
        scene.work.jobs[i] = job;
        let until = end(scene, &job);
        scene.cx.at(until, JobDone { number: job.number });
    }
}

/// A job is done, unless its end was put elsewhere since.
pub(super) fn done(scene: &mut Scene<'_>, number: u32) {
    let Some(place) = scene.work.jobs.iter().position(|job| job.number == number) else { return };
    let job = scene.work.jobs.remove(place);
    if job.is_lone {
        scene.soc.work(scene.cx, job.left);
    }
    match job.task {
        Task::Verify => search::verified(scene),
        Task::Scope => search::scoped(scene),
        Task::Measure(measure) => measures::done(scene, measure),
    }
}
