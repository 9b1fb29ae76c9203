//! Owns what was answered so far: the questions in their order, what form each answer has, and what may be given on the command line.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::listed::Listed;
use crate::campaign::choices::{AgencyKind, Model, OrganizationKind, Status};
use crate::counties::County;
use crate::values::{self, AsOf, Email, Leaf, Phone, Text, Url};

/// The questions, in the order they are asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// Which state.
    State,
    /// Which county, or that it is a city.
    Place,
    /// Which city.
    City,
    /// Which of the list's agencies.
    Listed,
    /// The agency's name.
    Agency,
    /// What the agency is.
    Kind,
    /// The name of its head.
    Head,
    /// The head's title.
    Title,
    /// Where its agreement stands.
    Status,
    /// Which models.
    Models,
    /// The day they were signed.
    Signed,
    /// Where that is known from.
    Source,
    /// The day of that.
    AsOf,
    /// The governing body.
    Body,
    /// Who makes the paper.
    Organization,
    /// What kind of organization it is.
    OrganizationKind,
    /// Its phone.
    Phone,
    /// Its e-mail.
    Email,
    /// Its web address.
    Url,
    /// The day of the next meeting.
    MeetingDate,
    /// Its time.
    MeetingTime,
    /// Its place.
    MeetingPlace,
    /// The folder's name, if the usual one is taken.
    Folder,
    /// Whether it is right so.
    Confirm,
}

impl Step {
    /// All of them, in order.
    pub const ALL: [Step; 24] = [
        Step::State,
        Step::Place,
        Step::City,
        Step::Listed,
        Step::Agency,
        Step::Kind,
        Step::Head,
        Step::Title,
        Step::Status,
        Step::Models,
        Step::Signed,
        Step::Source,
        Step::AsOf,
        Step::Body,
        Step::Organization,
        Step::OrganizationKind,
        Step::Phone,
        Step::Email,
        Step::Url,
        Step::MeetingDate,
        Step::MeetingTime,
        Step::MeetingPlace,
        Step::Folder,
        Step::Confirm,
    ];
}

/// Where the agency is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ground {
    /// A county, or a city that is its own.
    County(&'static County),
    /// A city or town within some county; its name is asked next.
    City,
}

/// What was answered.
#[derive(Debug, Clone, Default)]
pub struct Answers {
    /// The state's two letters.
    pub state: Option<&'static str>,
    /// Where.
    pub ground: Option<Ground>,
    /// The agency on the list, if it stands there.
    pub listed: Option<Listed>,
    /// Whether it was found there by a name that was typed.
    pub by_name: bool,
    /// What the agency is.
    pub kind: Option<AgencyKind>,
    /// Where its agreement stands.
    pub status: Option<Status>,
    /// Its models.
    pub models: Vec<Model>,
    /// What kind of organization it is.
    pub organization: Option<OrganizationKind>,
    /// What was typed, checked and in the form it is written; empty where it was left out.
    pub typed: BTreeMap<Step, String>,
}

impl Answers {
    /// What was typed, unless it was left out or not asked.
    pub fn text(&self, step: Step) -> Option<&str> {
        self.typed.get(&step).map(String::as_str).filter(|text| !text.is_empty())
    }

    /// Forgets what hangs on the place, but for what the command line gave.
    pub fn forget_agency(&mut self, given: &Answers) {
        const HANG: [Step; 9] = [
            Step::City,
            Step::Agency,
            Step::Head,
            Step::Title,
            Step::Signed,
            Step::Source,
            Step::AsOf,
            Step::Body,
            Step::Folder,
        ];
        self.listed = None;
        self.by_name = false;
        self.kind = given.kind;
        self.status = given.status;
        self.models.clone_from(&given.models);
        self.typed.retain(|step, _| !HANG.contains(step) || given.typed.contains_key(step));
    }
}

/// Answers given on the command line, before any question.
#[derive(Debug, Clone, Default)]
pub struct Given {
    /// The county, as typed.
    pub county: Option<String>,
    /// The folder's name.
    pub folder: Option<String>,
    /// Everything that needs no look-up; a city stands here as typed.
    pub answers: Answers,
}

/// Puts a typed answer in the form it is written in, or says what is wrong with it; empty stays empty.
pub fn accept(step: Step, text: &str, today: Date) -> Result<String, String> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(String::new());
    }
    match step {
        Step::Signed => day(text).and_then(|day| match day <= today {
            true => Ok(day.to_string()),
            false => Err(format!("{day} is still to come; leave it empty if it is not signed")),
        }),
        Step::MeetingDate => day(text).and_then(|day| match day >= today {
            true => Ok(day.to_string()),
            false => Err(format!("{day} is past; give the next meeting, or leave it empty")),
        }),
        Step::AsOf => {
            let text = iso(text).unwrap_or_else(|| text.to_string());
            let as_of = AsOf::parse(&text)?;
            match as_of.date <= today {
                true => Ok(text),
                false => Err(format!("{text} is still to come; give the day of the list, article or letter")),
            }
        }
        Step::Phone => Phone::parse(text).map(|phone| phone.0),
        Step::Email => Email::parse(text).map(|email| email.0),
        // Nobody types the scheme.
        Step::Url => match text.contains("://") {
            true => Url::parse(text),
            false => Url::parse(&format!("https://{text}")).map_err(|_| Url::parse(text).err().unwrap_or_default()),
        }
        .map(|url| url.0),
        Step::City if text.chars().count() > LONGEST_PLACE => {
            Err(format!("a place's name has at most {LONGEST_PLACE} characters"))
        }
        Step::Folder => folder(text),
        _ => Text::parse(text).map(|text| text.0),
    }
}

/// The most letters the loader takes for a place's name.
const LONGEST_PLACE: usize = 60;

fn day(text: &str) -> Result<Date, String> {
    let iso = iso(text);
    values::Date::parse(iso.as_deref().unwrap_or(text)).map(|date| date.0)
}

/// A day as Americans write it, `12/1/2026`, as the file has it.
fn iso(text: &str) -> Option<String> {
    let parts: Vec<&str> = text.split('/').collect();
    let [month, day, year] = parts.as_slice() else { return None };
    let (month, day): (u8, u8) = (month.trim().parse().ok()?, day.trim().parse().ok()?);
    (year.trim().len() == 4).then(|| format!("{}-{month:02}-{day:02}", year.trim()))
}

/// A folder's name that every system takes.
fn folder(text: &str) -> Result<String, String> {
    let bad = |letter: char| letter.is_control() || "/\\:*?\"<>|".contains(letter);
    match text {
        _ if text.starts_with('.') || text.ends_with('.') => {
            Err("a folder's name does not begin or end with a point".to_string())
        }
        _ if text.contains(bad) => Err("a folder's name has letters, digits, spaces and hyphens".to_string()),
        _ => Ok(text.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::{Step, accept};

    #[test]
    fn answers_are_held_to_the_forms_of_the_file() {
        let today = "2026-11-21".parse().expect("a date");
        let take = |step, text| accept(step, text, today);
        assert_eq!(take(Step::MeetingDate, " 12/1/2026 "), Ok("2026-12-01".to_string()));
        assert_eq!(take(Step::Signed, "2026-03-26"), Ok("2026-03-26".to_string()));
        assert_eq!(take(Step::AsOf, "2026-05"), Ok("2026-05".to_string()));
        assert_eq!(take(Step::Phone, "(320) 555-0100"), Ok("320-555-0100".to_string()));
        assert_eq!(take(Step::Url, "example.org/287g"), Ok("https://example.org/287g".to_string()));
        assert_eq!(take(Step::Email, "  "), Ok(String::new()));
        for (step, text) in [
            (Step::MeetingDate, "2026-11-20"),
            (Step::MeetingDate, "tomorrow"),
            (Step::Signed, "2026-11-22"),
            (Step::Signed, "2/30/2026"),
            (Step::AsOf, "2027-01"),
            (Step::Phone, "555-0100"),
            (Step::Email, "office"),
            (Step::Url, "our page"),
            (Step::Folder, "../elsewhere"),
            (Step::Folder, "a/b"),
            (Step::Head, "Pat\u{7}"),
        ] {
            assert!(take(step, text).is_err(), "{step:?} {text}");
        }
        assert!(take(Step::Url, "our page").unwrap_err().contains("`our page`"));
    }
}
