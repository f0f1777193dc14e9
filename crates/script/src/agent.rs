//! An agent in a simulation: hands its program what happens, keeps its state with the engine, and turns
//! a program's trouble into the author's error.

use hotwash_engine::{Actor, Cx, Problem, state};
use hotwash_incident::reflect::FieldValue;
use hotwash_incident::{Directory, Ledgers};

use crate::host::{Account, Host, Word};
use crate::program::{Call, Keep, Program, Trouble};

state! {
    /// What an agent keeps and has counted; put back with the run.
    pub(crate) struct Memory {
        pub(crate) keep: Keep,
        pub(crate) account: Account,
    }
}

/// An agent of a scenario.
pub(crate) struct Agent {
    pub(crate) actor: Actor,
    pub(crate) host: Host,
    pub(crate) program: Program,
    /// The file with its behaviour.
    pub(crate) file: String,
    /// Where it stands in the section: `agents[2]`.
    pub(crate) place: String,
    pub(crate) directory: Directory,
}

impl Agent {
    /// Calls the program.
    pub(crate) fn call(
        &self,
        cx: &mut Cx,
        memory: &mut Memory,
        ledgers: Option<&mut Ledgers>,
        call: Call<'_>,
    ) {
        if let Err(trouble) = self.try_call(cx, memory, ledgers, call) {
            cx.fail(self.problem(trouble));
        }
    }

    fn try_call(
        &self,
        cx: &mut Cx,
        memory: &mut Memory,
        ledgers: Option<&mut Ledgers>,
        call: Call<'_>,
    ) -> Result<(), Trouble> {
        let Memory { keep, account } = memory;
        account.open(cx.now())?;
        if let Call::Due(_) = call {
            account.timers = account.timers.saturating_sub(1);
        }
        let (host, program) = (&self.host, &self.program);
        let (ended, deeds) = cx.lend(|lent| {
            host.open(lent, account, ledgers.as_deref());
            let (steps, ended) = program.call(host, call, keep);
            let (back, deeds, refused) = host.close(account);
            let Some(back) = back else { unreachable!("the host keeps what it is lent") };
            account.steps += steps + crate::limits::STEPS_OF_A_CALL;
            // What the host refused is the cause of whatever the program made of it.
            (back, (refused.map_or(ended, Err), deeds))
        });
        ended?;
        let most = program.steps_per_run();
        if account.steps > most {
            let trouble = Trouble::new(format!("it takes over {most} steps in one run"));
            return Err(trouble.hint("look for work that is done again and again without need"));
        }
        if let Some(ledgers) = ledgers.filter(|_| !deeds.is_empty()) {
            host.settle(cx, ledgers, &deeds);
        }
        Ok(())
    }

    /// A program's trouble as the author's mistake, at its place in the file.
    fn problem(&self, trouble: Trouble) -> Problem {
        let name = self.host.declared.name;
        let message = format!("the agent `{name}` cannot go on: {}", trouble.message);
        let problem = Problem::new(message).at(self.place.clone());
        let problem = Problem { plugin: "script".to_owned(), hint: trouble.hint, ..problem };
        let (line, column) = trouble.at.unwrap_or((0, 0));
        problem.in_file(self.file.clone(), line, column)
    }

    /// A field of an event as a script gets it: names in place of numbers.
    pub(crate) fn word<'a>(&'a self, value: &'a FieldValue) -> Word<'a> {
        match value {
            FieldValue::Nothing => Word::Nothing,
            FieldValue::Flag(flag) => Word::Flag(*flag),
            FieldValue::Int(n) => Word::Int(*n),
            FieldValue::Num(n) => Word::Num(*n),
            FieldValue::Pair(low, high) => Word::Pair(*low, *high),
            FieldValue::Word(word) => Word::Text(word),
            FieldValue::Name(name) => Word::Text(name.as_str()),
            FieldValue::Of(reference) => {
                self.directory.name(*reference).map_or(Word::Nothing, Word::Text)
            }
        }
    }
}
