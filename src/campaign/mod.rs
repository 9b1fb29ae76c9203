//! Owns a campaign once checked: one place's details as values that cannot be wrong.

use std::path::PathBuf;
use std::sync::Arc;

use jiff::civil;

use crate::contract::{Picture, Set};
use crate::diagnostic::{SourceFile, Spot};
use crate::facts::{Situation, State};
use crate::values::{AsOf, Email, Fips, Money, Phone, Url};
use choices::{
    AgencyKind, AgreementRule, Approval, ContactColumn, EndRule, Model, MustState, OrganizationKind, PlaceKind, Role,
    Selected, Stance, Status,
};
use organizing::Organizing;

pub mod check;
pub mod choices;
mod details;
pub mod load;
pub mod officials;
pub mod organizing;
mod people;
pub mod raw;

/// Where a detail comes from, and when it was so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sourced {
    /// The source as printed.
    pub source: String,
    /// Where a person can check it.
    pub url: Option<Url>,
    /// When it was so.
    pub as_of: Option<AsOf>,
}

/// A postal address; each part may be missing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Address {
    /// Street and number, with the unit.
    pub street: Option<String>,
    /// City, state and ZIP code on one line.
    pub city_line: Option<String>,
}

/// A person who holds an office.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Full name.
    pub name: Option<String>,
    /// Family name.
    pub last: Option<String>,
    /// Whether "The Honorable" goes before the name.
    pub honorable: bool,
    /// Last day of the term.
    pub term_end: Option<civil::Date>,
    /// When the name was last confirmed.
    pub confirmed: Option<AsOf>,
    /// Where it comes from.
    pub sourced: Option<Sourced>,
    /// Where it stands in its file.
    pub spot: Option<Spot>,
}

/// One place's details, checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Campaign {
    /// The folder's name, which names the output too.
    pub id: String,
    /// The folder.
    pub folder: PathBuf,
    /// `campaign.toml`.
    pub file: Arc<SourceFile>,
    /// The state and its law.
    pub state: State,
    /// The place.
    pub place: Place,
    /// The agency.
    pub agency: Agency,
    /// Its agreements; never empty.
    pub agreements: Vec<Agreement>,
    /// The county's governing body.
    pub body: Body,
    /// People letters go to.
    pub officials: Vec<Official>,
    /// The next meeting.
    pub meeting: Meeting,
    /// How public comment works.
    pub rules: CommentRules,
    /// What is known and asked about cost.
    pub costs: Costs,
    /// Other arrangements with ICE.
    pub ties: Ties,
    /// Who makes the paper.
    pub organization: Organization,
    /// The petition.
    pub petition: Petition,
    /// By when officials are asked to reply.
    pub reply_by: Option<civil::Date>,
    /// What the organizers plan and keep.
    pub organizing: Organizing,
    /// Facts not to be used.
    pub facts_off: Vec<String>,
    /// Languages to print.
    pub languages: Vec<String>,
    /// Whether missing details become write-in lines without asking.
    pub blanks: bool,
    /// Sets that are made when nothing else is asked for.
    pub sets: Vec<Set>,
    /// The picture that goes into the fact sheet and the poster.
    pub picture: Option<Picture>,
}

/// The place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The name without its word: Kandiyohi.
    pub bare: String,
    /// The name with its word: Kandiyohi County.
    pub name: String,
    /// What it is.
    pub kind: PlaceKind,
    /// Census code.
    pub fips: Option<Fips>,
    /// County seat.
    pub seat: Option<String>,
}

/// The agency and its head.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agency {
    /// Full name.
    pub name: String,
    /// What it is.
    pub kind: AgencyKind,
    /// Whether it runs a jail.
    pub jail: bool,
    /// Title of its head.
    pub title: Option<String>,
    /// How the head came to office.
    pub selected: Option<Selected>,
    /// Its head.
    pub head: Person,
    /// Where mail goes.
    pub mail: Address,
    /// Non-emergency number.
    pub phone: Option<Phone>,
    /// E-mail.
    pub email: Option<Email>,
}

/// One agreement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agreement {
    /// Its model, unless there is none or it is not known.
    pub model: Option<Model>,
    /// Where it stands.
    pub status: Status,
    /// Day it was asked for.
    pub applied: Option<civil::Date>,
    /// Day it was signed.
    pub signed: Option<civil::Date>,
    /// Day it ended.
    pub ended: Option<civil::Date>,
    /// Who signed, as a phrase.
    pub signed_by: Option<String>,
    /// Whether the county body approved it.
    pub approved: Approval,
    /// Where that comes from.
    pub approval_sourced: Option<Sourced>,
    /// Day its status was asked.
    pub asked_on: Option<civil::Date>,
    /// Officers named in it, trained, and at work.
    pub officers: [Option<u32>; 3],
    /// Where the signed paper is published.
    pub moa_url: Option<Url>,
    /// Where this comes from.
    pub sourced: Option<Sourced>,
}

/// The county's governing body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Body {
    /// Full name.
    pub name: Option<String>,
    /// Short name.
    pub short: Option<String>,
    /// What a member is called, capitalized.
    pub member: Option<String>,
    /// Several of them, capitalized.
    pub members: Option<String>,
    /// What its head is called.
    pub lead: Option<String>,
    /// Where mail goes.
    pub mail: Address,
    /// Where this comes from.
    pub sourced: Option<Sourced>,
}

/// A person letters go to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Official {
    /// What the person does.
    pub role: Role,
    /// Title, if not the body's word for a member.
    pub title: Option<String>,
    /// District or seat.
    pub district: Option<String>,
    /// Whether the person heads the body.
    pub lead: bool,
    /// The person.
    pub person: Person,
    /// Where mail goes, if not to the body.
    pub mail: Address,
    /// Phone.
    pub phone: Option<Phone>,
    /// E-mail.
    pub email: Option<Email>,
}

/// The next meeting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meeting {
    /// When the body meets as a rule.
    pub regular: Option<String>,
    /// The day.
    pub date: Option<civil::Date>,
    /// The time as printed.
    pub time: Option<String>,
    /// Building and room.
    pub place: Option<String>,
    /// Street address.
    pub address: Option<String>,
    /// Where this comes from.
    pub sourced: Option<Sourced>,
}

/// How public comment works.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommentRules {
    /// Seconds a speaker has.
    pub time_limit: Option<u32>,
    /// Words a minute.
    pub pace: u32,
    /// How to sign up.
    pub sign_up: Option<String>,
    /// By when.
    pub sign_up_by: Option<String>,
    /// What speakers must state.
    pub must_state: Vec<MustState>,
    /// Whether only agenda items may be spoken to; `None` if not known.
    pub agenda_items_only: Option<bool>,
    /// Copies of a handout to bring.
    pub copies: Option<u32>,
    /// How to speak from afar.
    pub remote: Option<String>,
    /// By when to ask for an interpreter.
    pub interpreter_by: Option<String>,
    /// Anything else.
    pub notes: Option<String>,
    /// Where this comes from.
    pub sourced: Option<Sourced>,
}

/// What is known and asked about cost.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Costs {
    /// What is known.
    pub known: Vec<KnownCost>,
    /// What is asked; empty means the five that suit the models.
    pub questions: Vec<AskedCost>,
}

/// A cost that is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownCost {
    /// What is paid.
    pub what: String,
    /// How much, with its unit.
    pub amount: String,
    /// Where this comes from.
    pub sourced: Option<Sourced>,
}

/// A cost question, and what came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskedCost {
    /// What is asked.
    pub question: Question,
    /// Where it stands in the file.
    pub spot: Option<Spot>,
    /// The day it was asked.
    pub asked_on: Option<civil::Date>,
    /// The answer.
    pub answer: Option<String>,
    /// Where the answer comes from.
    pub source: Option<String>,
}

/// Other arrangements with ICE.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ties {
    /// Whether the jail holds people for ICE under a contract of its own.
    pub detention: bool,
    /// What ICE pays for a person and day.
    pub per_diem: Option<Money>,
    /// Where this comes from.
    pub sourced: Option<Sourced>,
}

/// Who makes the paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Organization {
    /// Its name.
    pub name: Option<String>,
    /// What it is; a charity, with the strictest rules, until the campaign says otherwise.
    pub kind: OrganizationKind,
    /// Who to ask for.
    pub contact: Option<String>,
    /// Phone.
    pub phone: Option<Phone>,
    /// E-mail.
    pub email: Option<Email>,
    /// Web address.
    pub url: Option<Url>,
    /// Where mail goes.
    pub mail: Address,
    /// A line state law may ask for.
    pub disclaimer: Option<String>,
    /// Whether a place is left for a union label.
    pub union_bug: bool,
}

/// The petition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Petition {
    /// The campaign's own statement.
    pub statement: Option<String>,
    /// Signatures wanted.
    pub goal: Option<u32>,
    /// By when sheets come back.
    pub return_by: Option<civil::Date>,
    /// Sheets to number.
    pub sheets: Option<u32>,
    /// Lines on a sheet; as many as fit if it is not said.
    pub lines: Option<u32>,
    /// An optional column.
    pub contact: ContactColumn,
    /// The day the sheets are handed over.
    pub deliver_on: Option<civil::Date>,
    /// Signatures there are by now.
    pub signatures: Option<u32>,
}

/// What is asked of cost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Question {
    /// A question of the bank, by its name.
    Banked(String),
    /// The campaign's own words.
    Own(String),
}

impl Campaign {
    /// Where the agreements stand as a whole: in force before asked for, before ended, before none.
    pub fn status(&self) -> Status {
        [Status::Active, Status::Pending, Status::Ended, Status::None]
            .into_iter()
            .find(|status| self.agreements.iter().any(|agreement| agreement.status == *status))
            .unwrap_or(Status::Unknown)
    }

    /// The agreements that the status speaks of.
    pub fn current(&self) -> impl Iterator<Item = &Agreement> {
        let status = self.status();
        self.agreements.iter().filter(move |agreement| agreement.status == status)
    }

    /// The models of the current agreements, each once, in a fixed order.
    pub fn models(&self) -> Vec<Model> {
        let held: Vec<Model> = self.current().filter_map(|agreement| agreement.model).collect();
        Model::ALL.iter().copied().filter(|model| held.contains(model)).collect()
    }

    /// Whether state law makes this very agency have or seek an agreement.
    pub fn required(&self) -> bool {
        self.state.rules.contains(&AgreementRule::Requires)
            && (self.state.required_of.is_empty()
                || self.state.required_of.contains(&self.agency.kind)
                || (self.state.required_with_jail && self.agency.jail))
    }

    /// Whether the county body may set limits on cooperation at all.
    pub fn body_may_limit(&self) -> bool {
        !self.state.rules.iter().any(|rule| matches!(rule, AgreementRule::Limits | AgreementRule::Requires))
    }

    /// What may be asked here.
    pub fn stance(&self) -> Stance {
        let status = self.status();
        let end = match self.state.end {
            // The duty falls on other agencies; what remains is the bar on local limits.
            EndRule::No | EndRule::Part if !self.required() => {
                if self.body_may_limit() {
                    EndRule::Yes
                } else {
                    EndRule::Care
                }
            }
            end => end,
        };
        match (end, status) {
            (_, Status::Unknown) => Stance::FindOut,
            // No ending is thanked for, and nothing is asked against the law, where the law requires an agreement.
            (EndRule::No | EndRule::Part, Status::Active) if self.may_end_task_force() => Stance::Part,
            (EndRule::No | EndRule::Part, _) => Stance::Narrow,
            (EndRule::Law, Status::Active | Status::Pending) => Stance::Comply,
            (EndRule::Check, Status::Active | Status::Pending) => Stance::Clarify,
            (EndRule::Care, Status::Active) => Stance::Care,
            (EndRule::Yes, Status::Active) => Stance::End,
            (_, Status::Pending) => Stance::Withdraw,
            (_, Status::None) => Stance::Decline,
            (_, Status::Ended) => Stance::KeepEnded,
        }
    }

    /// Whether the Task Force Model is held and may be asked to end though an agreement is required.
    fn may_end_task_force(&self) -> bool {
        self.models().contains(&Model::TaskForce) && self.state.may_end.contains(&Model::TaskForce)
    }

    /// What the conditions of facts are held against.
    pub fn situation(&self) -> Situation {
        Situation {
            models: self.models(),
            status: self.status(),
            state: self.state.code.clone(),
            circuit: self.state.circuit.clone(),
            agreements: self.state.rules.clone(),
            detainers: self.state.detainers,
            organization: self.organization.kind,
        }
    }
}
