//! Owns the tables of a new campaign's file that a person completes, each with what it makes possible and an example of every key.

use super::sheet::Sheet;
use super::{Start, address};
use crate::campaign::choices::PlaceKind;

/// The governing body and the people letters go to.
pub fn body(sheet: &mut Sheet, start: &Start) {
    let city = matches!(start.place_kind, PlaceKind::City | PlaceKind::Municipality);
    sheet
        .table("body", "The governing body, which decides on money; the paper has its usual name if you leave it out.");
    sheet.known("name", start.body.as_deref(), "Example County Board of Commissioners");
    sheet.open("short", "County Board");
    sheet.table("body.mail", "Where letters to its members go.");
    address(sheet, "2 Example Avenue");
    sheet.open_entry(
        "official",
        "One letter for each official: a table like this for each, or the same as rows of an officials.csv beside this file.",
    );
    sheet.open(
        "role",
        if city {
            "city-council; or county-attorney, clerk, state-senator, us-senator..."
        } else {
            "county-body; or county-attorney, clerk, state-senator, us-senator..."
        },
    );
    sheet.open("name", "Lee Sample");
    sheet.open("district", "District 1");
    sheet.open("confirmed", "2026-11-10; the day you last made sure of the name");
}

/// The next meeting, and how it takes comment.
pub fn meeting(sheet: &mut Sheet, start: &Start) {
    let meeting = &start.meeting;
    sheet.table(
        "meeting",
        "The next meeting: invites to it on the flyer, the handbill and the scripts, and dates the timeline.",
    );
    match meeting.date {
        Some(day) => sheet.bare("date", day),
        None => sheet.open("date", "2027-01-19"),
    }
    sheet.known("time", meeting.time.as_deref(), "9 a.m.");
    sheet.known("place", meeting.place.as_deref(), "County Boardroom");
    sheet.open("address", "2 Example Avenue, Exampleville");
    sheet.open("regular", "first and third Tuesdays, 9 a.m.");
    sheet.table(
        "comment_rules",
        "How it takes comment, from its clerk: fits the speaking scripts to the time there is.",
    );
    sheet.open("time_limit", "180; in seconds");
    sheet.open("sign_up", "on the sheet at the door");
    sheet.open("sign_up_by", "before the meeting starts");
    sheet.open_list("must_state", "\"name\", \"city\"; or address, agenda-item, group");
    sheet.open("source", "county web site");
    sheet.open("as_of", "2026-11-10");
}

/// Who makes the paper, the petition and what is asked.
pub fn organization(sheet: &mut Sheet, start: &Start) {
    let organization = &start.organization;
    sheet.table("organization", "You: stands at the foot of every sheet. The kind decides what may be said; without it the rules for a c3 apply.");
    sheet.known("name", organization.name.as_deref(), "Example Neighbors");
    sheet.known("kind", organization.kind.map(|kind| kind.word()), "informal; or c3, c4, union, faith, pac");
    sheet.open("contact", "Outreach lead; a role, not a private person");
    sheet.known("phone", organization.phone.as_deref(), "320-555-0100");
    sheet.known("email", organization.email.as_deref(), "office@example.org");
    sheet.known("url", organization.url.as_deref(), "https://example.org/287g");
    sheet.open("disclaimer", "Paid for by Example Neighbors; if your state's law asks for such a line");
    sheet.table("organization.mail", "Where petition sheets come back to.");
    address(sheet, "PO Box 1");
    sheet.table("petition", "The petition: a goal to aim at, and days to work towards.");
    sheet.open("goal", "1000");
    sheet.open("return_by", "2027-01-12");
    sheet.open("deliver_on", "2027-01-19");
    sheet.table("asks", "By when letters ask for an answer; thirty days after their date if you leave it out.");
    sheet.open("reply_by", "2027-01-18");
}

/// What organizers plan.
pub fn organizing(sheet: &mut Sheet) {
    sheet.table("event", "What you invite to: fills the flyer, the poster and the sign-in sheet.");
    sheet.open("name", "Community forum on 287(g)");
    sheet.open("kind", "forum; or rally, meeting, training, vigil");
    sheet.open("date", "2026-12-08");
    sheet.open("time", "6:30 p.m. to 8 p.m.");
    sheet.open("place", "Public Library, main hall");
    sheet.open("address", "4 Example Avenue, Exampleville");
    sheet.open("access", "Ramp and elevator at the side door");
    sheet.open("childcare", "Free childcare, ages 2 to 10");
    sheet.open("interpretation", "Spanish and Somali");
    sheet.open("rides", "Call 320-555-0100 for a ride");
    sheet.table(
        "hotline",
        "Whom to call for help: stands on the know-your-rights piece, the questions and answers, and the incident log.",
    );
    sheet.open("name", "Example Legal Aid");
    sheet.open("phone", "320-555-0199");
    sheet.open("hours", "every day, 8 a.m. to 8 p.m.");
    sheet.open("languages", "English, Spanish and Somali");
    sheet.table("legal", "Who has read the piece on rights: it is not made without both.");
    sheet.open("reviewer", "Example Legal Aid");
    sheet.open("reviewed_on", "2026-11-02");
    sheet.table("media", "The paper or station you write to: addresses the letter to the editor.");
    sheet.open("outlet", "Example Tribune");
    sheet.open("article", "your article of November 3");
    sheet.table("talk", "The last talk with the agency's head: the follow-up letter recalls it.");
    sheet.open("date", "2026-10-06");
    sheet.open("place", "the Law Enforcement Center");
    sheet.open("said", "the training has begun and no patrol has used it");
    sheet.open_entry("coalition", "Organizations asked to join, a table for each: fills the coalition list.");
    sheet.open("name", "First Example Church");
    sheet.open("city", "Exampleville");
    sheet.open("answer", "signed; or asked, declined");
}

/// What is looked up: costs, other ties, the budget, records, bills.
pub fn looked_up(sheet: &mut Sheet) {
    sheet.open_entry("costs.known", "What a paper or record says of cost, a table for each: stands in the fact sheet.");
    sheet.open("what", "ICE pays the county for each person it holds");
    sheet.open("amount", "$102");
    sheet.open("per", "person per day");
    sheet.open("source", "county budget, 2026");
    sheet.open("as_of", "2026-03-01");
    sheet.open_entry(
        "costs.questions",
        "What you asked of cost, by the names that `handbill fields cost-questions` shows.",
    );
    sheet.open("id", "training");
    sheet.open("asked_on", "2026-09-01");
    sheet.open("answer", "Four deputies, 40 hours each, on county time.");
    sheet.open("source", "letter of the sheriff's office, September 2026");
    sheet.table("ties", "Whether the jail holds people for ICE under a contract of its own.");
    sheet.open("detention", "yes; or no");
    sheet.open("per_diem", "$102; what ICE pays for a person and day");
    sheet.open("source", "county contract with ICE");
    sheet.open("as_of", "2026-03-01");
    sheet.table("budget", "When money is decided on: dates the timeline.");
    sheet.open("year", "2027");
    sheet.open("hearing", "2026-12-01");
    sheet.open("adoption", "2026-12-15");
    sheet.open("source", "county web site");
    sheet.open("as_of", "2026-11-10");
    sheet.table("records", "Your public-records request: works out when the answer is due, and fills the appeal.");
    sheet.open("requested_on", "2026-10-01");
    sheet.open("denied_on", "2026-10-12");
    sheet.open_entry(
        "bill",
        "Bills in the state's legislature, a table for each: the letters to legislators name them.",
    );
    sheet.open("number", "HF 3413");
    sheet.open("title", "to ban 287(g) agreements and end those there are");
    sheet.open("position", "support; or oppose");
    sheet.open("source", "the legislature's web site");
    sheet.open("as_of", "2026-11-10");
}

/// How paper is made.
pub fn output(sheet: &mut Sheet) {
    sheet.table("output", "How paper is made.");
    sheet.line(&format!("{:<34}# what is missing becomes a line to write on", "blanks = true"));
    sheet.open_list("sets", "\"basics\", \"forum\"; what is made if you ask for nothing else");
}
