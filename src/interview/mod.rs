//! Owns the conversation that begins a campaign: which question comes next, back, stopping without loss, and what is written at the end.

use jiff::civil::Date;

use crate::diagnostic::Diagnostic;
use crate::facts::Register;
use crate::plan::slug;
use crate::starter::Start;
use answers::{Answers, Given, Ground, Step};
use ask::{Asker, Choose, Offer, Silent, Turn};
use listed::Lists;

pub mod answers;
pub mod ask;
mod details;
pub mod lines;
pub mod listed;
mod places;
mod start;
pub mod terminal;

pub use places::no_territory;

/// A conversation.
pub struct Interview<'a> {
    register: &'a Register,
    lists: &'a Lists,
    today: Date,
    given: Given,
    /// Whether there is a campaign in a folder of this name.
    taken: &'a dyn Fn(&str) -> bool,
    /// Where folders go, as it is told.
    out: String,
    answers: Answers,
    /// Steps that the command line answered.
    settled: Vec<Step>,
    /// Whether another name may be taken for a folder that is there, without asking.
    renames: bool,
}

/// How a conversation ends.
#[derive(Debug)]
pub enum Outcome {
    /// A campaign to write, in a folder of this name.
    Write {
        /// The folder's name.
        folder: String,
        /// What is known.
        start: Box<Start>,
    },
    /// Nothing is written, as the person wants it.
    Nothing,
    /// Nothing is written, since there is a campaign in the folder of this name.
    There(String),
    /// Nothing is written, since an answer is missing.
    Stuck(Box<Diagnostic>),
}

/// What is done when a person stops.
enum Leaving {
    GoOn,
    Write,
    Drop,
}

impl<'a> Interview<'a> {
    /// A conversation that knows what the command line gave.
    pub fn new(
        register: &'a Register,
        lists: &'a Lists,
        today: Date,
        given: Given,
        out: String,
        taken: &'a dyn Fn(&str) -> bool,
    ) -> Interview<'a> {
        let answers = given.answers.clone();
        let mut settled: Vec<Step> = answers.typed.keys().copied().collect();
        settled.extend(answers.state.map(|_| Step::State));
        settled.extend(answers.kind.map(|_| Step::Kind));
        settled.extend(answers.status.map(|_| Step::Status));
        settled.extend(answers.organization.map(|_| Step::OrganizationKind));
        if !answers.models.is_empty() {
            settled.push(Step::Models);
        }
        let mut interview = Interview { register, lists, today, given, taken, out, answers, settled, renames: false };
        if interview.is_settled(Step::City) {
            interview.answers.ground = Some(Ground::City);
            interview.settled.push(Step::Place);
        }
        interview
    }

    /// Asks everything that is to be asked.
    pub fn run(&mut self, asker: &mut dyn Asker) -> Outcome {
        let mut asked: Vec<Step> = Vec::new();
        let mut at = 0;
        while let Some(step) = Step::ALL.get(at).copied() {
            if !self.applies(step) {
                at += 1;
                continue;
            }
            // A script that runs twice makes no second campaign.
            if step == Step::Folder && !self.renames && !asker.asks_a_person() {
                return Outcome::There(self.folder());
            }
            match self.ask(step, asker) {
                Ok(true) => {
                    asked.push(step);
                    at += 1;
                }
                // The command line had answered it.
                Ok(false) => at += 1,
                Err(Turn::Back) => match asked.pop() {
                    Some(before) => at = Step::ALL.iter().position(|step| *step == before).unwrap_or(0),
                    None => asker.tell("This is the first question. Ctrl-C stops."),
                },
                Err(Turn::Quit) => match self.leave(asker) {
                    Leaving::GoOn => {}
                    Leaving::Write => return self.finish_silently(asker),
                    Leaving::Drop => return Outcome::Nothing,
                },
                Err(Turn::Stuck(problem)) => return Outcome::Stuck(problem),
            }
        }
        Outcome::Write { folder: self.folder(), start: Box::new(self.start()) }
    }

    fn is_settled(&self, step: Step) -> bool {
        self.settled.contains(&step)
    }

    /// Whether a question is to be asked at all.
    fn applies(&self, step: Step) -> bool {
        use crate::campaign::choices::Status;
        let answers = &self.answers;
        let status = answers.status;
        // What the list says of the agreement is not asked.
        let told = answers.listed.is_some() && !self.is_settled(Step::Status);
        let said = matches!(status, Some(Status::Active | Status::Pending | Status::Ended));
        match step {
            Step::City => answers.ground == Some(Ground::City) && !self.is_settled(step),
            Step::Listed => !self.is_settled(Step::Agency) && !self.offered().is_empty(),
            Step::Agency => answers.listed.is_none() || answers.by_name,
            Step::Kind => answers.listed.is_none() && !self.is_settled(step),
            Step::Status => !told && !self.is_settled(step),
            Step::Models => !told && said && !self.is_settled(step),
            Step::Signed => !told && matches!(status, Some(Status::Active | Status::Ended)) && !self.is_settled(step),
            Step::Source => !told && self.needs_source() && !self.is_settled(step),
            Step::AsOf => self.needs_day(told) && !self.is_settled(step),
            Step::OrganizationKind | Step::Phone | Step::Email | Step::Url => {
                answers.text(Step::Organization).is_some() && !self.is_settled(step)
            }
            Step::MeetingTime | Step::MeetingPlace => {
                answers.text(Step::MeetingDate).is_some() && !self.is_settled(step)
            }
            Step::Folder => (self.taken)(&self.folder()),
            // These look at what the command line gave themselves.
            Step::Place | Step::Confirm => true,
            Step::State | Step::Head | Step::Title | Step::Body | Step::Organization | Step::MeetingDate => {
                !self.is_settled(step)
            }
        }
    }

    /// Asks one question; `false` if the command line had answered it.
    fn ask(&mut self, step: Step, asker: &mut dyn Asker) -> Result<bool, Turn> {
        match step {
            Step::State => self.ask_state(asker),
            Step::Place => self.ask_place(asker),
            Step::Listed => self.ask_listed(asker),
            Step::Agency => self.ask_agency(asker),
            Step::Kind => self.ask_kind(asker),
            Step::Status => self.ask_status(asker),
            Step::Models => self.ask_models(asker),
            Step::OrganizationKind => self.ask_organization_kind(asker),
            Step::Confirm => self.confirm(asker),
            _ => self.ask_typed(step, asker),
        }
    }

    /// Shows what will be written, and asks whether it is right so.
    fn confirm(&mut self, asker: &mut dyn Asker) -> Result<bool, Turn> {
        asker.tell(&format!("\n{}", start::summary(&self.start(), &self.place_told())));
        let question = Choose {
            flag: "--yes",
            question: format!("Write {}/campaign.toml?", self.path(&self.folder())),
            help: "The rest stands in the file as comments, to complete at leisure".to_string(),
            offers: vec![
                Offer::new("yes, write it"),
                Offer::new("no, back to the question before"),
                Offer::new("no, stop and write nothing"),
            ],
            usual: Some(0),
            because: None,
        };
        match asker.choose(&question)? {
            0 => Ok(true),
            1 => Err(Turn::Back),
            _ => Err(Turn::Quit),
        }
    }

    /// A folder as it is told.
    fn path(&self, folder: &str) -> String {
        match self.out.as_str() {
            "" => folder.to_string(),
            out => format!("{}/{folder}", out.trim_end_matches('/')),
        }
    }

    /// The folder's name: as given, or the usual one.
    fn folder(&self) -> String {
        let given = self.given.folder.as_deref().or(self.answers.text(Step::Folder));
        given.map_or_else(|| self.usual_folder(), str::to_string)
    }

    /// A sheriff's campaign is named after the county, any other after the agency.
    fn usual_folder(&self) -> String {
        let start = self.start();
        let county = match self.answers.ground {
            Some(Ground::County(county)) if start.agency_kind == crate::campaign::choices::AgencyKind::Sheriff => {
                Some(county.full_name())
            }
            _ => None,
        };
        let name = county.unwrap_or(start.agency);
        format!("{}-{}", slug(&name), start.state.to_lowercase())
    }

    /// Asks a person who stops what is to become of the answers.
    fn leave(&mut self, asker: &mut dyn Asker) -> Leaving {
        let mut rest = Silent::default();
        if !matches!(self.clone_for_rest().run(&mut rest), Outcome::Write { .. }) {
            asker.tell("Stopped. There was not enough to write yet.");
            return Leaving::Drop;
        }
        let question = Choose {
            flag: "--yes",
            question: "Stop here?".to_string(),
            help: "What is written can be completed later in any editor".to_string(),
            offers: vec![
                Offer::new("write what is answered so far, and stop"),
                Offer::new("go on with the questions"),
                Offer::new("stop and write nothing"),
            ],
            usual: Some(0),
            because: None,
        };
        match asker.choose(&question) {
            Ok(0) => Leaving::Write,
            Ok(1) | Err(Turn::Back) => Leaving::GoOn,
            Ok(_) | Err(Turn::Quit | Turn::Stuck(_)) => Leaving::Drop,
        }
    }

    /// The same conversation, to be ended without further questions.
    fn clone_for_rest(&self) -> Interview<'a> {
        let mut rest = Interview {
            register: self.register,
            lists: self.lists,
            today: self.today,
            given: self.given.clone(),
            taken: self.taken,
            out: self.out.clone(),
            answers: self.answers.clone(),
            settled: self.settled.clone(),
            renames: true,
        };
        rest.drop_unsourced();
        rest
    }

    /// Takes the usual answer to every question that is left.
    fn finish_silently(&mut self, asker: &mut dyn Asker) -> Outcome {
        let mut silent = Silent::default();
        let outcome = self.clone_for_rest().run(&mut silent);
        if self.unsourced() {
            asker.tell(
                "What you said of the agreement is not written, since its source or day is open: write them together.",
            );
        }
        outcome
    }
}

#[cfg(test)]
mod tests;
