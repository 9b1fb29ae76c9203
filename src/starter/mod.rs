//! Owns what a new campaign begins with, and the commented `campaign.toml` that is written for it.

use jiff::civil::Date;

use crate::campaign::choices::{AgencyKind, Model, OrganizationKind, PlaceKind, Status};
use sheet::Sheet;

pub mod missing;
mod sheet;
mod tables;

pub use sheet::quoted;

/// Where ICE publishes its lists.
pub const ICE_LISTS: &str = "https://www.ice.gov/identify-and-arrest/287g";

/// What is known of a campaign when it begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Start {
    /// What the first line says after the agency's name: where this comes from.
    pub origin: String,
    /// The state's two letters.
    pub state: String,
    /// The place's name without its word.
    pub place: String,
    /// What the place is.
    pub place_kind: PlaceKind,
    /// The Census code.
    pub fips: Option<String>,
    /// The agency's full name.
    pub agency: String,
    /// What the agency is.
    pub agency_kind: AgencyKind,
    /// Who heads it.
    pub head: Option<String>,
    /// The head's title.
    pub title: Option<String>,
    /// Its agreements, or the one entry that says there is none or that it is not known.
    pub agreements: Vec<Agreement>,
    /// The governing body, if not what it is usually called.
    pub body: Option<String>,
    /// Who makes the paper.
    pub organization: Organization,
    /// The next meeting.
    pub meeting: Meeting,
}

/// One agreement, or one entry saying that there is none or that it is not known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agreement {
    /// Its row on the list, if it comes from one.
    pub row: Option<u32>,
    /// The model.
    pub model: Option<Model>,
    /// Where it stands.
    pub status: Status,
    /// Day it was signed.
    pub signed: Option<Date>,
    /// What the list says of that day where it has to be settled by a person.
    pub unsettled: Option<String>,
    /// Where the signed paper is published.
    pub moa_url: Option<String>,
    /// Where this comes from.
    pub source: Option<String>,
    /// Its web address.
    pub url: Option<String>,
    /// When it was so, as a day or a month.
    pub as_of: Option<String>,
}

impl Agreement {
    /// An entry of which only the status is known.
    pub fn of(status: Status) -> Agreement {
        Agreement {
            row: None,
            model: None,
            status,
            signed: None,
            unsettled: None,
            moa_url: None,
            source: None,
            url: None,
            as_of: None,
        }
    }
}

/// Who makes the paper.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Organization {
    /// Its name.
    pub name: Option<String>,
    /// What it is.
    pub kind: Option<OrganizationKind>,
    /// Phone.
    pub phone: Option<String>,
    /// E-mail.
    pub email: Option<String>,
    /// Web address.
    pub url: Option<String>,
}

/// The next meeting.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Meeting {
    /// The day.
    pub date: Option<Date>,
    /// The time, as printed.
    pub time: Option<String>,
    /// Building and room.
    pub place: Option<String>,
}

/// The text of a new campaign's file.
pub fn write(start: &Start) -> String {
    let mut sheet = Sheet::default();
    sheet.line(crate::schema::CAMPAIGN_LINE);
    sheet.say(&format!("{}, {}: {}.", start.agency, start.state, start.origin));
    sheet.line("#");
    sheet.say(
        "To complete this file, take the # away before a key and write your own between the quotes. What stands behind",
    );
    sheet.say("the second # is an example. Leave out what you do not know: it becomes a line to write on.");
    sheet.line("format = 1");
    place(&mut sheet, start);
    for agreement in &start.agreements {
        sheet.gap();
        agreement_table(&mut sheet, agreement);
    }
    tables::body(&mut sheet, start);
    tables::meeting(&mut sheet, start);
    tables::organization(&mut sheet, start);
    tables::organizing(&mut sheet);
    tables::looked_up(&mut sheet);
    tables::output(&mut sheet);
    sheet.finish()
}

fn place(sheet: &mut Sheet, start: &Start) {
    sheet.table("place", "");
    sheet.set("state", &start.state);
    sheet.set("name", &start.place);
    sheet.set("kind", start.place_kind.word());
    if let Some(fips) = &start.fips {
        sheet.set("fips", fips);
    }
    sheet.open("seat", "Exampleville; the county seat");

    sheet.table("agency", "");
    sheet.set("name", &start.agency);
    sheet.set("kind", start.agency_kind.word());
    sheet.open("phone", "320-555-0110; the office line, not the jail or dispatch");
    sheet.table("agency.head", "Who heads it: the name stands on the petition and the letters.");
    sheet.known("name", start.head.as_deref(), "Pat Sample");
    let example = match start.agency_kind {
        AgencyKind::Sheriff => "Sheriff; printed so if you leave it out",
        AgencyKind::Police | AgencyKind::Campus => "Police Chief; printed so if you leave it out",
        AgencyKind::Constable => "Constable; printed so if you leave it out",
        AgencyKind::Corrections | AgencyKind::State | AgencyKind::Other => "Director",
    };
    sheet.known("title", start.title.as_deref(), example);
    sheet.open("selected", "elected; or appointed");
    sheet.open("term_end", "2027-01-04");
    sheet.open("confirmed", "2026-11-10; the day you last made sure of the name");
    sheet.table("agency.mail", "Where letters to the agency go.");
    address(sheet, "1 Example Avenue");
}

/// The keys of an address that is not known yet.
fn address(sheet: &mut Sheet, street: &str) {
    sheet.open("street", street);
    sheet.open("city", "Exampleville");
    sheet.open("zip", "56299");
}

/// The lines of one `[[agreement]]`, its heading first.
pub fn agreement_lines(agreement: &Agreement) -> String {
    let mut sheet = Sheet::default();
    agreement_table(&mut sheet, agreement);
    sheet.finish()
}

fn agreement_table(sheet: &mut Sheet, agreement: &Agreement) {
    match agreement.row {
        Some(row) => sheet.line(&format!("{:<34}# row {row} of the list", "[[agreement]]")),
        None => sheet.line("[[agreement]]"),
    }
    if let Some(model) = agreement.model {
        sheet.set("model", model.word());
    }
    sheet.set("status", agreement.status.word());
    let held = agreement.model.is_some();
    match (agreement.signed, &agreement.unsettled) {
        (Some(day), _) => sheet.bare("signed", day),
        (None, Some(found)) => {
            sheet.open("signed", &format!("2026-01-01; the list says {}: ask which day is meant", quoted(found)));
        }
        (None, None) if matches!(agreement.status, Status::Active | Status::Ended) => {
            sheet.open("signed", "2025-03-25");
        }
        (None, None) => {}
    }
    match agreement.status {
        Status::Pending => sheet.open("applied", "2026-03-03; the day it was asked for"),
        Status::Ended => sheet.open("ended", "2026-01-14"),
        Status::Unknown => sheet.open("asked_on", "2026-10-01; the day you asked the agency in writing"),
        Status::Active | Status::None => {}
    }
    if held {
        sheet.open("board_approved", "no; or yes, later, unknown");
        sheet.open("board_source", "minutes of the County Board");
        sheet.open("board_as_of", "2026-10-06");
    }
    if let Some(moa) = &agreement.moa_url {
        sheet.set("moa_url", moa);
    }
    if let Some(source) = &agreement.source {
        sheet.set("source", source);
    }
    if let Some(url) = &agreement.url {
        sheet.set("url", url);
    }
    match &agreement.as_of {
        // A month stands in quotes, since TOML has none.
        Some(day) if day.len() == "2026-05-18".len() => sheet.bare("as_of", day),
        Some(month) => sheet.set("as_of", month),
        None if agreement.source.is_some() => sheet.line(&format!("{:<34}# the day of the source", "as_of = \"\"")),
        None => {}
    }
}

#[cfg(test)]
mod tests;
