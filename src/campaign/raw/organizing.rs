//! Owns the tables of `campaign.toml` on what organizers plan and keep themselves.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::campaign::choices::{Answer, BillPosition, EventKind};
use crate::values::{AsOf, Count, Date, Field, Phone, Text, YesNo};

tables! {
    /// What the organizers invite to.
    Event {
        /// Its name, as on the flyer.
        name: Field<Text>,
        /// What it is.
        kind: Field<EventKind>,
        /// The day.
        date: Field<Date>,
        /// The time, as printed.
        time: Field<Text>,
        /// Building and room.
        place: Field<Text>,
        /// Street address.
        address: Field<Text>,
        /// Steps, ramps, seating, hearing loop: one phrase.
        access: Field<Text>,
        /// Childcare: one phrase.
        childcare: Field<Text>,
        /// Interpretation: one phrase.
        interpretation: Field<Text>,
        /// Rides: one phrase.
        rides: Field<Text>,
    }

    /// Whom to call for help.
    Hotline {
        /// Whose it is.
        name: Field<Text>,
        /// Its number.
        phone: Field<Phone>,
        /// When it is answered.
        hours: Field<Text>,
        /// In which languages.
        languages: Field<Text>,
    }

    /// Who has read the pieces on rights and the resolution.
    Legal {
        /// The lawyer or legal group that approved the know-your-rights text.
        reviewer: Field<Text>,
        /// The day.
        reviewed_on: Field<Date>,
        /// The day a lawyer cleared the resolution; until then it is marked as a draft.
        resolution_cleared: Field<Date>,
    }

    /// The paper or station that letters and releases go to.
    Media {
        /// Its name.
        outlet: Field<Text>,
        /// The article or broadcast answered, with its date.
        article: Field<Text>,
        /// The most words it takes in a letter; 200 if left out.
        word_limit: Field<Count>,
    }

    /// The last talk with the agency's head.
    Talk {
        /// The day.
        date: Field<Date>,
        /// Where.
        place: Field<Text>,
        /// What was said, from your notes.
        said: Field<Text>,
    }

    /// When the body decides on money.
    Budget {
        /// The year it is for, as printed.
        year: Field<Text>,
        /// The public hearing.
        hearing: Field<Date>,
        /// The decision.
        adoption: Field<Date>,
        /// Where this comes from.
        source: Field<Text>,
        /// When it was so.
        as_of: Field<AsOf>,
    }

    /// The public-records request.
    Records {
        /// The day it was sent.
        requested_on: Field<Date>,
        /// The day it was denied.
        denied_on: Field<Date>,
        /// How soon the law asks for an answer, if you know better than we: within 10 business days.
        response: Field<Text>,
        /// Where that comes from.
        source: Field<Text>,
        /// When it was so.
        as_of: Field<AsOf>,
    }

    /// An organization asked to join.
    #[schemars(extend("required" = ["name"]))]
    Partner {
        /// Its name.
        name: Field<Text>,
        /// Its city or town.
        city: Field<Text>,
        /// Who speaks for it.
        contact: Field<Text>,
        /// What it answered; asked if left out.
        answer: Field<Answer>,
        /// Whether its logo may be used.
        logo: Field<YesNo>,
    }

    /// A bill in the state's legislature.
    #[schemars(extend("required" = ["number", "title", "position", "source", "as_of"]))]
    Bill {
        /// Its number.
        number: Field<Text>,
        /// What it would do, as a phrase.
        title: Field<Text>,
        /// For or against.
        position: Field<BillPosition>,
        /// Where it was looked up.
        source: Field<Text>,
        /// When.
        as_of: Field<AsOf>,
    }
}
