//! Owns the questions on the agreement, the body, the organization and the meeting.

use super::answers::{Step, accept};
use super::ask::{Asker, Choose, Offer, Turn, Typed};
use super::{Interview, start};
use crate::campaign::choices::{Model, OrganizationKind, Status};
use crate::ice::ListKind;

impl Interview<'_> {
    /// Whether what is said of the agreement needs a source that no list gives.
    pub(super) fn needs_source(&self) -> bool {
        match self.answers.status {
            Some(Status::Active | Status::Pending | Status::Ended) => true,
            Some(Status::None) => self.lists.participating().is_none(),
            Some(Status::Unknown) | None => false,
        }
    }

    /// Whether the day of the source has to be asked; `told` if a list says what the agreement is.
    pub(super) fn needs_day(&self, told: bool) -> bool {
        match (told, &self.answers.listed) {
            (true, Some(listed)) => listed.held.iter().any(|(_, day, _)| day.is_none()),
            _ => {
                let undated = self.lists.participating().is_some_and(|list| list.day.is_none());
                self.needs_source() || (self.answers.status == Some(Status::None) && undated)
            }
        }
    }

    /// Whether something is said of the agreement for which the source or its day is still open.
    pub(super) fn unsourced(&self) -> bool {
        let told = self.answers.listed.is_some() && !self.is_settled(Step::Status);
        let source = !told && self.needs_source() && self.answers.text(Step::Source).is_none();
        let day = self.needs_day(told) && self.answers.text(Step::AsOf).is_none();
        let said = matches!(self.answers.status, Some(Status::Active | Status::Pending | Status::Ended));
        source || day || (!told && said && self.answers.models.is_empty())
    }

    /// Leaves open what cannot be said without its source.
    pub(super) fn drop_unsourced(&mut self) {
        if self.unsourced() {
            self.answers.status = Some(Status::Unknown);
            self.settled.push(Step::Status);
        }
    }

    pub(super) fn ask_status(&mut self, asker: &mut dyn Asker) -> Result<bool, Turn> {
        let labels = [
            (Status::Active, "active: signed, and in force as far as you know"),
            (Status::Pending, "pending: asked for, not signed"),
            (Status::None, "none: there is no agreement"),
            (Status::Ended, "ended: there was one"),
            (Status::Unknown, "not known yet"),
        ];
        let listed = self.lists.participating();
        // Only a list says that there is none; without one nothing is taken for granted.
        let usual = self.answers.status.unwrap_or(if listed.is_some() { Status::None } else { Status::Unknown });
        let help = match listed {
            Some(list) => match list.day {
                Some(day) => format!("It is not on ICE's list of {day}"),
                None => format!("It is not on ICE's list, {}", list.name),
            },
            None => "ICE publishes a list: www.ice.gov/identify-and-arrest/287g".to_string(),
        };
        let question = Choose {
            flag: "--status",
            question: "Where does its 287(g) agreement stand?".to_string(),
            help,
            offers: labels.iter().map(|(_, label)| Offer::new(*label)).collect(),
            usual: labels.iter().position(|(status, _)| *status == usual),
            because: None,
        };
        self.answers.status = Some(labels[asker.choose(&question)?].0);
        Ok(true)
    }

    pub(super) fn ask_models(&mut self, asker: &mut dyn Asker) -> Result<bool, Turn> {
        let labels = [
            (Model::Jail, "jail: Jail Enforcement Model (JEM)"),
            (Model::Warrant, "warrant: Warrant Service Officer (WSO)"),
            (Model::TaskForce, "task-force: Task Force Model (TFM), on the street"),
        ];
        let chosen: Vec<usize> = (0..labels.len()).filter(|at| self.answers.models.contains(&labels[*at].0)).collect();
        let question = Choose {
            flag: "--model",
            question: "Which models?".to_string(),
            help: "An agency can hold several".to_string(),
            offers: labels.iter().map(|(_, label)| Offer::new(*label)).collect(),
            usual: None,
            because: None,
        };
        let taken = asker.choose_some(&question, &chosen)?;
        self.answers.models = taken.into_iter().map(|at| labels[at].0).collect();
        Ok(true)
    }

    pub(super) fn ask_organization_kind(&mut self, asker: &mut dyn Asker) -> Result<bool, Turn> {
        let labels = [
            (OrganizationKind::C3, "c3: a 501(c)(3) charity (the strictest rules)"),
            (OrganizationKind::C4, "c4: a 501(c)(4) social welfare organization"),
            (OrganizationKind::Union, "union: a labor union"),
            (OrganizationKind::Faith, "faith: a congregation or faith body"),
            (OrganizationKind::Informal, "informal: neighbors without a legal form"),
            (OrganizationKind::Pac, "pac: a political committee"),
        ];
        let usual = self.answers.organization.unwrap_or(OrganizationKind::C3);
        let question = Choose {
            flag: "--organization-kind",
            question: "What kind of organization is it?".to_string(),
            help: "Decides what may be said; if you are not sure, c3".to_string(),
            offers: labels.iter().map(|(_, label)| Offer::new(*label)).collect(),
            usual: labels.iter().position(|(kind, _)| *kind == usual),
            because: None,
        };
        self.answers.organization = Some(labels[asker.choose(&question)?].0);
        Ok(true)
    }

    /// Asks a question that is answered by typing.
    pub(super) fn ask_typed(&mut self, step: Step, asker: &mut dyn Asker) -> Result<bool, Turn> {
        let today = self.today;
        let (flag, question, help, needed) = self.wording(step);
        let before = self.answers.typed.get(&step).cloned();
        let usual = before.clone().unwrap_or_else(|| self.usual_text(step, asker.asks_a_person()));
        let taken = self.taken;
        let there = format!("there is a campaign in {} already; give another name", self.path(&self.folder()));
        let text = asker.typed(&Typed {
            flag,
            question,
            help,
            usual,
            check: &|text| {
                let text = accept(step, text, today)?;
                match needed {
                    Some(why) if text.is_empty() => Err(why.replace("{there}", &there)),
                    _ if step == Step::Folder && taken(&text) => Err(there.clone()),
                    _ => Ok(()),
                }
            },
        })?;
        // What nobody saw is not written as if somebody had said it.
        if before.is_some() || asker.asks_a_person() || step == Step::Folder {
            self.answers.typed.insert(step, accept(step, &text, today).unwrap_or(text));
        }
        Ok(true)
    }

    /// The option, the question, its line of help, and why it cannot be left empty, if it cannot.
    fn wording(&self, step: Step) -> (&'static str, String, String, Option<&'static str>) {
        let start = self.start();
        let (flag, question, help, needed) = match step {
            Step::City => (
                "--city",
                "Which city or town?".into(),
                "Its name, without \"City of\"".into(),
                Some("every sheet names the place"),
            ),
            Step::Head => (
                "--head",
                format!("Who heads the {}?", start.agency),
                "First and last name; empty if you do not know".into(),
                None,
            ),
            Step::Title => {
                ("--title", "With which title?".into(), "Such as Sheriff, Chief of Police, Director".into(), None)
            }
            Step::Signed => (
                "--signed",
                if self.answers.models.len() > 1 { "When were they signed?" } else { "When was it signed?" }
                    .to_string(),
                "Such as 2025-03-25 or 3/25/2025; empty if you do not know".to_string(),
                None,
            ),
            Step::Source => (
                "--source",
                "Where do you know that from?".into(),
                "A list, an article with its date, a letter: it is printed".into(),
                Some("what is said of an agreement needs its source"),
            ),
            Step::AsOf => (
                "--as-of",
                "Of which day is that source?".into(),
                "Such as 2026-05-18, 5/18/2026 or 2026-05".into(),
                Some("the paper prints the day of its source"),
            ),
            Step::Body => (
                "--body",
                "What is its governing body called?".into(),
                "As usual in the state; correct it if yours has another name".into(),
                None,
            ),
            Step::Organization => (
                "--organization",
                "Who makes the paper? The name of your organization".into(),
                "It stands at the foot of every sheet; empty if you do not know yet".into(),
                None,
            ),
            Step::Phone => ("--phone", "Its phone?".into(), "Printed; such as 320-555-0100, or empty".into(), None),
            Step::Email => {
                ("--email", "Its e-mail?".into(), "Printed; such as office@example.org, or empty".into(), None)
            }
            Step::Url => {
                ("--url", "Its web address?".into(), "Printed; such as example.org/287g, or empty".into(), None)
            }
            Step::MeetingDate => (
                "--meeting-date",
                "When does the governing body meet next?".into(),
                "Such as 2027-01-19 or 1/19/2027; empty to skip the meeting".into(),
                None,
            ),
            Step::MeetingTime => ("--meeting-time", "At what time?".into(), "As printed: 9 a.m.".into(), None),
            Step::MeetingPlace => ("--meeting-place", "Where?".into(), "Building and room".into(), None),
            Step::Folder => (
                "--name",
                "Name of the new folder?".into(),
                format!("There is a campaign in {} already", self.path(&self.folder())),
                Some("{there}"),
            ),
            _ => ("", String::new(), String::new(), None),
        };
        (flag, question, help, needed)
    }

    /// What stands in the field before anybody types; what only a person can vouch for stands there only for one.
    fn usual_text(&self, step: Step, person: bool) -> String {
        match step {
            Step::Title => start::usual_title(self.start().agency_kind).unwrap_or_default().to_string(),
            Step::Source if person => match self.answers.status {
                Some(Status::Active | Status::None) => ListKind::Participating.source(),
                Some(Status::Pending) => ListKind::Pending.source(),
                _ => String::new(),
            },
            Step::Body => self.usual_body().unwrap_or_default(),
            Step::Folder if self.renames || person => self.free_folder(),
            _ => String::new(),
        }
    }

    /// The usual name of the folder with the first number that is free.
    fn free_folder(&self) -> String {
        let folder = self.folder();
        (2..).map(|number| format!("{folder}-{number}")).find(|name| !(self.taken)(name)).unwrap_or_default()
    }
}
