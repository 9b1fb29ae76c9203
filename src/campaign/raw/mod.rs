//! Owns `campaign.toml` as written: every key a person may use, nothing more, each with its place.

use schemars::JsonSchema;
use serde::Deserialize;

use super::choices::{
    AgencyKind, Approval, ContactColumn, Honorific, Model, MustState, OrganizationKind, PlaceKind, Role, Selected,
    Status,
};
use crate::contract::{Picture, Set};
use crate::values::{AsOf, Count, Date, Email, Field, Fips, Money, Phone, Text, Url, YesNo, Zip};

/// Declares tables of a TOML file: unknown keys are problems, every key may be left out.
macro_rules! tables {
    ($($(#[$meta:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident: $ty:ty),* $(,)? })+) => {
        $(
            #[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
            #[serde(default, deny_unknown_fields)]
            $(#[$meta])*
            pub struct $name { $($(#[$field_doc])* pub $field: $ty),* }
        )+
    };
}

mod organizing;

pub use organizing::{Bill, Budget, Event, Hotline, Legal, Media, Partner, Records, Talk};

tables! {
    /// The whole file.
    #[schemars(extend("required" = ["format", "place", "agency", "agreement"]))]
    Campaign {
        /// The file's format; 1.
        #[schemars(extend("enum" = [1]))]
        format: Field<Count>,
        /// Which place.
        place: Place,
        /// Who signed or may sign.
        agency: Agency,
        /// The agreements of that agency.
        #[schemars(length(min = 1))]
        agreement: Vec<Agreement>,
        /// The county's governing body.
        body: Body,
        /// The people letters go to; `officials.csv` adds to them.
        official: Vec<Official>,
        /// The next meeting.
        meeting: Meeting,
        /// How the body takes public comment.
        comment_rules: CommentRules,
        /// What is known and asked about cost.
        costs: Costs,
        /// Other arrangements with ICE.
        ties: Ties,
        /// Who makes the paper.
        organization: Organization,
        /// The petition.
        petition: Petition,
        /// What is asked, and by when.
        asks: Asks,
        /// What the organizers invite to.
        event: Event,
        /// Whom to call for help.
        hotline: Hotline,
        /// Who has read the pieces on rights and the resolution.
        legal: Legal,
        /// The paper or station that letters and releases go to.
        media: Media,
        /// The last talk with the agency's head.
        talk: Talk,
        /// When the body decides on money.
        budget: Budget,
        /// The public-records request.
        records: Records,
        /// Organizations asked to join.
        coalition: Vec<Partner>,
        /// Bills in the state's legislature.
        bill: Vec<Bill>,
        /// How facts are used.
        facts: Facts,
        /// How paper is made.
        output: Output,
    }

    /// The place.
    #[schemars(extend("required" = ["state", "name", "kind"]))]
    Place {
        /// Two-letter code of the state.
        state: Field<Text>,
        /// Its name without "County".
        name: Field<Text>,
        /// County, parish, borough...
        kind: Field<PlaceKind>,
        /// The Census code.
        fips: Field<Fips>,
        /// The county seat.
        seat: Field<Text>,
    }

    /// A postal address.
    Address {
        /// Street and number, or box.
        street: Field<Text>,
        /// Suite, floor or room.
        unit: Field<Text>,
        /// City.
        city: Field<Text>,
        /// State, as two letters; the place's own if left out.
        state: Field<Text>,
        /// ZIP code, in quotes.
        zip: Field<Zip>,
    }

    /// The agency.
    #[schemars(extend("required" = ["name", "kind"]))]
    Agency {
        /// Its full name.
        name: Field<Text>,
        /// What it is.
        kind: Field<AgencyKind>,
        /// Who heads it.
        head: Head,
        /// Whether it runs a jail; if it is not said, a sheriff's office does where sheriffs of the state do.
        jail: Field<YesNo>,
        /// Where mail goes.
        mail: Address,
        /// A non-emergency number.
        phone: Field<Phone>,
        /// E-mail.
        email: Field<Email>,
        /// Where this comes from.
        source: Field<Text>,
        /// When it was so.
        as_of: Field<AsOf>,
    }

    /// The head of the agency.
    Head {
        /// Title: Sheriff, Chief of Police, Director.
        title: Field<Text>,
        /// Full name.
        name: Field<Text>,
        /// Family name, if it is not the last word of the name.
        last: Field<Text>,
        /// Elected or appointed.
        selected: Field<Selected>,
        /// "The Honorable" or not; elected heads have it by default.
        honorific: Field<Honorific>,
        /// Last day of the term.
        term_end: Field<Date>,
        /// When the name was last confirmed.
        confirmed: Field<AsOf>,
        /// Where this comes from.
        source: Field<Text>,
        /// When it was so.
        as_of: Field<AsOf>,
    }

    /// One agreement, or one entry saying that there is none or that it is not known.
    #[schemars(extend("required" = ["status"]))]
    Agreement {
        /// The model; left out for `none` and `unknown`.
        model: Field<Model>,
        /// Where it stands.
        status: Field<Status>,
        /// Day it was asked for.
        applied: Field<Date>,
        /// Day it was signed.
        signed: Field<Date>,
        /// Day it ended.
        ended: Field<Date>,
        /// Who signed for the agency, as a phrase: the sheriff.
        signed_by: Field<Text>,
        /// Whether the county body approved it.
        board_approved: Field<Approval>,
        /// Where that comes from.
        board_source: Field<Text>,
        /// When it was so.
        board_as_of: Field<AsOf>,
        /// For `unknown`: the day you asked.
        asked_on: Field<Date>,
        /// Officers named in it.
        officers_authorized: Field<Count>,
        /// Officers trained.
        officers_trained: Field<Count>,
        /// Officers at work under it.
        officers_active: Field<Count>,
        /// Where the signed paper is published.
        moa_url: Field<Url>,
        /// Where this comes from.
        source: Field<Text>,
        /// Its web address.
        url: Field<Url>,
        /// When it was so.
        as_of: Field<AsOf>,
    }

    /// The county's governing body.
    Body {
        /// Its full name.
        name: Field<Text>,
        /// Its short name: County Board.
        short: Field<Text>,
        /// What a member is called: Commissioner.
        member: Field<Text>,
        /// Several members, if not with an added s.
        members: Field<Text>,
        /// What its head is called: Chair.
        lead: Field<Text>,
        /// Where mail goes.
        mail: Address,
        /// Where this comes from.
        source: Field<Text>,
        /// When it was so.
        as_of: Field<AsOf>,
    }

    /// A person letters go to.
    #[schemars(extend("required" = ["role"]))]
    Official {
        /// What the person does.
        role: Field<Role>,
        /// Full name; left out, the letter has a line to write it on.
        name: Field<Text>,
        /// Family name, if it is not the last word of the name.
        last: Field<Text>,
        /// Title, if not the body's word for a member.
        title: Field<Text>,
        /// District, ward, precinct or seat: District 4.
        district: Field<Text>,
        /// Whether the person heads the body.
        lead: Field<YesNo>,
        /// "The Honorable" or not.
        honorific: Field<Honorific>,
        /// Where mail goes, if not to the body's address.
        mail: Address,
        /// Phone.
        phone: Field<Phone>,
        /// E-mail.
        email: Field<Email>,
        /// Last day of the term.
        term_end: Field<Date>,
        /// When the name was last confirmed.
        confirmed: Field<AsOf>,
        /// Where this comes from.
        source: Field<Text>,
        /// When it was so.
        as_of: Field<AsOf>,
    }

    /// The next meeting.
    Meeting {
        /// When it meets as a rule: first and third Tuesdays, 9 a.m.
        regular: Field<Text>,
        /// The day.
        date: Field<Date>,
        /// The time, as printed.
        time: Field<Text>,
        /// Building and room.
        place: Field<Text>,
        /// Street address.
        address: Field<Text>,
        /// Where this comes from.
        source: Field<Text>,
        /// When it was so.
        as_of: Field<AsOf>,
    }

    /// How the body takes public comment.
    CommentRules {
        /// Seconds a speaker has.
        time_limit: Field<Count>,
        /// Words a minute the scripts are measured by; 125 if left out.
        pace: Field<Count>,
        /// How to sign up.
        sign_up: Field<Text>,
        /// By when.
        sign_up_by: Field<Text>,
        /// What speakers must state.
        must_state: Vec<MustState>,
        /// Whether only items of the agenda may be spoken to.
        agenda_items_only: Field<YesNo>,
        /// Copies of a handout to bring.
        copies: Field<Count>,
        /// How to speak from afar.
        remote: Field<Text>,
        /// By when to ask for an interpreter.
        interpreter_by: Field<Text>,
        /// Anything else, one sentence.
        notes: Field<Text>,
        /// Where this comes from.
        source: Field<Text>,
        /// When it was so.
        as_of: Field<AsOf>,
    }

    /// What is known and asked about cost.
    Costs {
        /// What is known.
        known: Vec<KnownCost>,
        /// What is asked, by the names in the question bank; five that suit the models if left out.
        questions: Vec<AskedCost>,
    }

    /// A cost that is known.
    #[schemars(extend("required" = ["what", "amount", "source"]))]
    KnownCost {
        /// What is paid, as a phrase.
        what: Field<Text>,
        /// How much.
        amount: Field<Money>,
        /// For what unit: per person per day.
        per: Field<Text>,
        /// Where this comes from.
        source: Field<Text>,
        /// Its web address.
        url: Field<Url>,
        /// When it was so.
        as_of: Field<AsOf>,
    }

    /// A cost question, and what came of it.
    AskedCost {
        /// Its name in the question bank.
        id: Field<Text>,
        /// The day it was asked.
        asked_on: Field<Date>,
        /// Your own question, in place of one of the bank.
        text: Field<Text>,
        /// The answer.
        answer: Field<Text>,
        /// Where the answer comes from.
        source: Field<Text>,
    }

    /// Other arrangements with ICE.
    Ties {
        /// Whether the jail holds people for ICE under a contract of its own.
        detention: Field<YesNo>,
        /// What ICE pays for a person and day.
        per_diem: Field<Money>,
        /// Where this comes from.
        source: Field<Text>,
        /// Its web address.
        url: Field<Url>,
        /// When it was so.
        as_of: Field<AsOf>,
    }

    /// Who makes the paper.
    Organization {
        /// Its name.
        name: Field<Text>,
        /// What it is.
        kind: Field<OrganizationKind>,
        /// Who to ask for: a role, not a private person.
        contact: Field<Text>,
        /// Phone.
        phone: Field<Phone>,
        /// E-mail.
        email: Field<Email>,
        /// Web address.
        url: Field<Url>,
        /// Where mail and petition sheets go.
        mail: Address,
        /// A line the law of your state may ask for: Paid for by...
        disclaimer: Field<Text>,
        /// Whether a place is left for a union label.
        union_bug: Field<YesNo>,
    }

    /// The petition.
    Petition {
        /// Your own statement, in place of ours.
        statement: Field<Text>,
        /// How many signatures you want.
        goal: Field<Count>,
        /// By when sheets come back.
        return_by: Field<Date>,
        /// Sheets to number and print; one with an empty number if left out.
        sheets: Field<Count>,
        /// Lines on a sheet; as many as fit if left out.
        lines: Field<Count>,
        /// An optional column.
        contact: Field<ContactColumn>,
        /// The day the sheets are handed over.
        deliver_on: Field<Date>,
        /// Signatures there are by now.
        signatures: Field<Count>,
    }

    /// What is asked.
    Asks {
        /// By when officials are asked to reply.
        reply_by: Field<Date>,
    }

    /// How facts are used.
    Facts {
        /// Facts not to be used, by id.
        #[schemars(with = "Vec<String>")]
        off: Vec<toml::Spanned<String>>,
    }

    /// How paper is made.
    Output {
        /// Languages to print; English if left out.
        #[schemars(with = "Vec<String>")]
        languages: Vec<toml::Spanned<String>>,
        /// Whether a missing detail becomes a write-in line without asking.
        blanks: Option<bool>,
        /// Sets that are made when nothing else is asked for.
        #[schemars(with = "Vec<Set>")]
        sets: Vec<toml::Spanned<String>>,
        /// A picture of ICE's list for the fact sheet and the poster; none if left out.
        picture: Field<Picture>,
    }
}
