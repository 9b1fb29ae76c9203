//! Owns the list of values that words may print or ask about: name, kind, meaning, example and where each comes from.

use crate::campaign::choices::{
    AgencyKind, Answer, Approval, BillPosition, DetainerRule, EndRule, EventKind, Model, OrganizationKind, PlaceKind,
    Role, Stance, Status,
};
use crate::contract::Group;

/// What kind of value it is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Kind {
    /// Text that prints as itself; if it is needed and missing, a write-in line of so many inches.
    Text(f32),
    /// Text that may be absent; words guard it with `{{#if}}`.
    Optional,
    /// One word of a closed set; for conditions.
    Choice(&'static [&'static str]),
    /// Several words of a closed set; for conditions.
    Choices(&'static [&'static str]),
    /// True or false; for conditions.
    Flag,
    /// Several records, for `{{#each}}`.
    List(&'static [FieldSpec]),
}

impl Kind {
    /// The kind's name for people.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Text(_) => "text",
            Kind::Optional => "text or absent",
            Kind::Choice(_) => "choice",
            Kind::Choices(_) => "choices",
            Kind::Flag => "yes or no",
            Kind::List(_) => "list",
        }
    }

    /// The words a choice may be.
    pub fn choices(self) -> &'static [&'static str] {
        match self {
            Kind::Choice(words) | Kind::Choices(words) => words,
            _ => &[],
        }
    }
}

/// One value that words may use.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FieldSpec {
    /// Its name in words: `agency.name`.
    pub path: &'static str,
    /// What it is.
    pub kind: Kind,
    /// What it means, one sentence.
    pub about: &'static str,
    /// How it looks.
    pub example: &'static str,
    /// Where it comes from: a key of `campaign.toml`, or how it is worked out.
    pub origin: &'static str,
    /// Flags under which an optional value is sure to be there.
    pub sure_if: &'static [&'static str],
}

const fn field(
    path: &'static str,
    kind: Kind,
    about: &'static str,
    example: &'static str,
    origin: &'static str,
) -> FieldSpec {
    FieldSpec { path, kind, about, example, origin, sure_if: &[] }
}

const fn sure(spec: FieldSpec, sure_if: &'static [&'static str]) -> FieldSpec {
    FieldSpec { sure_if, ..spec }
}

use Kind::{Choice, Choices, Flag, List, Optional, Text};

/// Fields of one agreement in `{{#each agreements}}`.
const AGREEMENT: &[FieldSpec] = &[
    field("model", Choice(Model::WORDS), "Its model.", "warrant", "agreement.model"),
    field("model_name", Text(2.0), "Its model's name.", "Warrant Service Officer", "agreement.model"),
    field("status", Choice(Status::WORDS), "Where it stands.", "active", "agreement.status"),
    field("signed", Optional, "Day it was signed.", "May 22, 2025", "agreement.signed"),
    field("ended", Optional, "Day it ended.", "January 14, 2026", "agreement.ended"),
];

/// Fields of one known cost in `{{#each costs.known}}`.
const KNOWN_COST: &[FieldSpec] = &[
    field("what", Text(2.0), "What is paid.", "ICE pays the county for each person it holds", "costs.known.what"),
    field("amount", Text(1.0), "How much.", "$102 per person per day", "costs.known.amount, costs.known.per"),
];

/// Fields of one cost question in `{{#each costs.questions}}`.
const QUESTION: &[FieldSpec] = &[
    field(
        "text",
        Text(3.0),
        "The question.",
        "How much overtime was tied to 287(g) work?",
        "costs.questions.id, from the question bank",
    ),
    field("own", Flag, "Whether the campaign wrote it itself.", "no", "costs.questions.text"),
    field("asked_on", Optional, "Day it was asked.", "May 2, 2026", "costs.questions.asked_on"),
    field("answer", Optional, "The answer.", "None.", "costs.questions.answer"),
    field(
        "source",
        Optional,
        "Where the answer comes from.",
        "letter of the sheriff, June 2026",
        "costs.questions.source",
    ),
];

/// Fields of one organization in `{{#each coalition.all}}`.
const PARTNER: &[FieldSpec] = &[
    field("name", Text(2.0), "Its name.", "First Lutheran Church", "coalition.name"),
    field("city", Optional, "Its city or town.", "Willmar", "coalition.city"),
    field("contact", Optional, "Who speaks for it.", "Rev. A. Berg", "coalition.contact"),
    field("answer", Choice(Answer::WORDS), "What it answered.", "asked", "coalition.answer"),
    field("logo", Flag, "Whether its logo may be used.", "no", "coalition.logo"),
];

/// Fields of one bill in `{{#each bills}}`.
const BILL: &[FieldSpec] = &[
    field("number", Text(1.0), "Its number.", "HF 3413", "bill.number"),
    field("title", Text(2.0), "What it would do.", "to end 287(g) agreements", "bill.title"),
    field("position", Choice(BillPosition::WORDS), "For or against.", "support", "bill.position"),
];

/// Fields of one document in `{{#each paper}}`.
const PAPER: &[FieldSpec] = &[
    field("title", Text(2.0), "Its title.", "Fact sheet", "the documents of this run"),
    field("purpose", Text(3.0), "What it is for.", "One sheet, two sides: what is so here.", "template.toml"),
    field("group", Choice(Group::WORDS), "Whom it serves.", "residents", "template.toml"),
];

/// Fields of one line in `{{#each confirm}}`.
const CONFIRM: &[FieldSpec] =
    &[field("text", Text(3.0), "What to confirm.", "the agreement is 187 days old", "the campaign's dates")];

/// Every value words may use, in the order of `handbill fields`.
pub const FIELDS: &[FieldSpec] = &[
    field("place.name", Text(2.5), "The place with its right word.", "Kandiyohi County", "place.name, place.kind"),
    field("place.kind", Choice(PlaceKind::WORDS), "What the place is.", "county", "place.kind"),
    field("place.kind_word", Text(1.0), "The word for such a place.", "county", "place.kind"),
    field("place.state", Text(1.5), "The state.", "Minnesota", "place.state"),
    field("place.state_code", Text(0.5), "The state's two letters.", "MN", "place.state"),
    field("place.seat", Optional, "The county seat.", "Willmar", "place.seat"),
    field("agency.name", Text(3.0), "The agency's full name.", "Kandiyohi County Sheriff's Office", "agency.name"),
    field("agency.kind", Choice(AgencyKind::WORDS), "What the agency is.", "sheriff", "agency.kind"),
    field("agency.officers", Text(1.0), "What its people are called.", "deputies", "agency.kind"),
    field("agency.officer", Text(1.0), "What one of them is called.", "deputy", "agency.kind"),
    field("agency.has_jail", Flag, "Whether it runs a jail.", "yes", "agency.jail, or agency.kind"),
    field("head.title", Text(1.5), "Title of the agency's head.", "Sheriff", "agency.head.title"),
    field("head.title_lower", Text(1.5), "The title inside a sentence.", "sheriff", "agency.head.title"),
    field("head.name", Text(2.0), "Name of the agency's head.", "Eric Tollefson", "agency.head.name"),
    field("head.full", Text(2.0), "Title and name.", "Sheriff Eric Tollefson", "agency.head.title, agency.head.name"),
    field(
        "head.salutation",
        Text(2.0),
        "Title and family name.",
        "Sheriff Tollefson",
        "agency.head.title, agency.head.last",
    ),
    field("head.elected", Flag, "Whether the head is elected.", "yes", "agency.head.selected"),
    field("agency.phone", Text(2.0), "Its non-emergency number.", "320-555-0100", "agency.phone"),
    field(
        "agreement.status",
        Choice(Status::WORDS),
        "Where the agreements stand as a whole.",
        "active",
        "agreement.status",
    ),
    field(
        "agreement.models",
        Choices(Model::WORDS),
        "The models of the agreements that the status speaks of.",
        "warrant",
        "agreement.model",
    ),
    sure(
        field(
            "agreement.model_names",
            Optional,
            "Those models by name.",
            "Warrant Service Officer model",
            "agreement.model",
        ),
        &["agreement.jail_only", "agreement.task_force", "agreement.several"],
    ),
    field("agreement.several", Flag, "Whether there is more than one such agreement.", "no", "agreement"),
    field("agreement.task_force", Flag, "Whether one is a Task Force Model.", "no", "agreement.model"),
    field(
        "agreement.jail_only",
        Flag,
        "Whether there are some and none is a Task Force Model.",
        "yes",
        "agreement.model",
    ),
    field("agreement.signed", Optional, "Day the first was signed.", "May 22, 2025", "agreement.signed"),
    field("agreement.ended", Optional, "Day the last ended.", "January 14, 2026", "agreement.ended"),
    field("agreement.applied", Optional, "Day the first was asked for.", "March 3, 2026", "agreement.applied"),
    field(
        "agreement.asked_on",
        Optional,
        "Day you asked whether there is one.",
        "October 1, 2026",
        "agreement.asked_on",
    ),
    field("agreement.checked", Optional, "Date of the list or other source.", "May 18, 2026", "agreement.as_of"),
    field(
        "agreement.board_approved",
        Choice(Approval::WORDS),
        "Whether the county body approved.",
        "unknown",
        "agreement.board_approved",
    ),
    field(
        "agreement.board_as_of",
        Optional,
        "When its approval was known to stand so.",
        "December 2025",
        "agreement.board_as_of",
    ),
    field("agreement.signer", Optional, "Who signed, as a phrase.", "the sheriff", "agreement.signed_by"),
    field("agreement.moa_url", Optional, "Where it is published.", "ice.gov/287g", "agreement.moa_url"),
    field("agreement.officers_authorized", Optional, "Officers named in it.", "7", "agreement.officers_authorized"),
    field("agreement.officers_trained", Optional, "Officers trained.", "7", "agreement.officers_trained"),
    field("agreement.officers_active", Optional, "Officers at work under it.", "0", "agreement.officers_active"),
    field("agreements", List(AGREEMENT), "Every agreement of the agency.", "", "agreement"),
    field(
        "law.end",
        Choice(EndRule::WORDS),
        "Whether state law leaves room to ask for an end.",
        "yes",
        "facts/states.toml, place.state",
    ),
    field(
        "law.requires",
        Flag,
        "Whether state law makes this agency have or seek one.",
        "no",
        "facts/states.toml, agency.kind",
    ),
    field("law.prohibits", Flag, "Whether state law bars agreements.", "no", "facts/states.toml"),
    field("law.board", Flag, "Whether the board, not the sheriff alone, may have to sign.", "yes", "facts/states.toml"),
    field("law.limits", Flag, "Whether state law bars local limits on cooperation.", "no", "facts/states.toml"),
    field("law.known", Flag, "Whether the state's rule is known.", "yes", "facts/states.toml"),
    field(
        "law.detainers",
        Choice(DetainerRule::WORDS),
        "The state's rule about detainers.",
        "forbids",
        "facts/states.toml",
    ),
    field(
        "stance",
        Choice(Stance::WORDS),
        "What may be asked here.",
        "end",
        "agreement.status, facts/states.toml, agency.kind",
    ),
    field(
        "body.name",
        Text(3.0),
        "The county's governing body.",
        "Kandiyohi County Board of Commissioners",
        "body.name, or the state's usual name",
    ),
    field("body.short", Text(1.5), "Its short name.", "County Board", "body.short, or from its name"),
    field(
        "body.member",
        Text(1.5),
        "What a member is called inside a sentence.",
        "commissioner",
        "body.member, or the state's usual word",
    ),
    field("body.members", Text(1.5), "Several of them.", "commissioners", "body.members, or body.member"),
    field("body.lead", Text(1.0), "What its head is called.", "Chair", "body.lead, or the state's usual word"),
    field("body.chair", Optional, "Its head, with the title.", "Chair Steve Gardner", "official with `lead = true`"),
    field("body.clerk", Optional, "Its clerk, with the title.", "Clerk A. Lind", "official with the role `clerk`"),
    field("body.may_limit", Flag, "Whether it may set limits on cooperation.", "yes", "facts/states.toml"),
    field("official.name", Text(2.5), "Whom the letter goes to.", "Roger Imdieke", "official.name"),
    field("official.title", Text(1.5), "That person's title.", "Commissioner", "official.title, or body.member"),
    field(
        "official.salutation",
        Text(2.5),
        "Title and family name.",
        "Commissioner Imdieke",
        "official.title, official.last",
    ),
    field("official.district", Optional, "That person's seat.", "District 4", "official.district"),
    field("official.role", Choice(Role::WORDS), "What that person does.", "county-body", "official.role"),
    field("official.is_lead", Flag, "Whether that person heads the body.", "no", "official.lead"),
    field("meeting.upcoming", Flag, "Whether a meeting with a date lies ahead.", "yes", "meeting.date, --date"),
    sure(
        field("meeting.date", Optional, "Its day.", "Tuesday, December 1, 2026", "meeting.date"),
        &["meeting.upcoming"],
    ),
    field("meeting.time", Optional, "Its time.", "9 a.m.", "meeting.time"),
    field("meeting.place", Optional, "Building and room.", "County Boardroom", "meeting.place"),
    field("meeting.address", Optional, "Street address.", "400 Example Avenue, Willmar", "meeting.address"),
    field(
        "meeting.regular",
        Optional,
        "When the body meets as a rule.",
        "first and third Tuesdays, 9 a.m.",
        "meeting.regular",
    ),
    field("rules.known", Flag, "Whether any rule for speakers is known.", "no", "comment_rules"),
    field("rules.limit", Optional, "Time a speaker has.", "3 minutes", "comment_rules.time_limit"),
    field("rules.sign_up", Optional, "How to sign up.", "on the sheet at the door", "comment_rules.sign_up"),
    field("rules.sign_up_by", Optional, "By when.", "before the meeting starts", "comment_rules.sign_up_by"),
    field("rules.must_state", Optional, "What speakers must state.", "your name and city", "comment_rules.must_state"),
    field(
        "rules.agenda_only",
        Flag,
        "Whether only agenda items may be spoken to.",
        "no",
        "comment_rules.agenda_items_only",
    ),
    field("rules.copies", Optional, "Copies of a handout to bring.", "12", "comment_rules.copies"),
    field(
        "rules.remote",
        Optional,
        "How to speak from afar.",
        "by the link on the county's site",
        "comment_rules.remote",
    ),
    field(
        "rules.interpreter_by",
        Optional,
        "By when to ask for an interpreter.",
        "three days before",
        "comment_rules.interpreter_by",
    ),
    field("rules.notes", Optional, "Anything else.", "No signs in the room.", "comment_rules.notes"),
    field("costs.known", List(KNOWN_COST), "What is known of costs and payments.", "", "costs.known"),
    field(
        "costs.questions",
        List(QUESTION),
        "The cost questions that are asked.",
        "",
        "costs.questions, or five that suit the models; ids: after-money, beds, claims, complaints, equipment, hours, interpreters, outcomes, overtime, reimbursement, response, scaap, screened, stops, training",
    ),
    field(
        "ties.detention",
        Flag,
        "Whether the jail holds people for ICE under a contract of its own.",
        "yes",
        "ties.detention",
    ),
    field("ties.per_diem", Optional, "What ICE pays for that.", "$102 per person per day", "ties.per_diem"),
    field("organization.name", Text(2.5), "Who makes the paper.", "Neighbors for Fair Policing", "organization.name"),
    field(
        "organization.kind",
        Choice(OrganizationKind::WORDS),
        "What kind of organization it is.",
        "informal",
        "organization.kind",
    ),
    field(
        "organization.contact",
        Text(2.5),
        "How to reach it.",
        "218-555-0100 or office@example.org",
        "organization.contact, .phone, .email",
    ),
    field("organization.url", Optional, "Its web address.", "example.org", "organization.url"),
    field(
        "organization.address",
        Optional,
        "Its postal address on one line.",
        "PO Box 1, Willmar, MN 56201",
        "organization.mail",
    ),
    field(
        "organization.disclaimer",
        Optional,
        "A line state law may ask for.",
        "Paid for by ...",
        "organization.disclaimer",
    ),
    field("petition.return_by", Optional, "By when sheets come back.", "January 12, 2027", "petition.return_by"),
    field(
        "petition.return_to",
        Text(3.5),
        "Where sheets come back to.",
        "PO Box 1, Willmar, MN 56201",
        "organization.mail",
    ),
    field("petition.goal", Optional, "Signatures wanted.", "1,000", "petition.goal"),
    field("petition.statement", Optional, "The campaign's own statement.", "We ask ...", "petition.statement"),
    field(
        "petition.deliver_on",
        Optional,
        "The day sheets are handed over.",
        "January 19, 2027",
        "petition.deliver_on",
    ),
    field("petition.signatures", Optional, "Signatures there are by now.", "640", "petition.signatures"),
    field("event.known", Flag, "Whether an event with a day lies ahead.", "yes", "event.date, --date"),
    field("event.kind", Choice(EventKind::WORDS), "What it is; a forum if not said.", "forum", "event.kind"),
    field("event.name", Optional, "Its name.", "Community forum on 287(g)", "event.name"),
    sure(field("event.date", Optional, "Its day.", "Tuesday, December 1, 2026", "event.date"), &["event.known"]),
    field("event.time", Optional, "Its time.", "6:30 p.m.", "event.time"),
    field("event.place", Optional, "Building and room.", "Public Library, main hall", "event.place"),
    field("event.address", Optional, "Street address.", "100 Example Street, Willmar", "event.address"),
    field("event.access", Optional, "Access.", "Ramp at the side door", "event.access"),
    field("event.childcare", Optional, "Childcare.", "Free childcare, ages 2 to 10", "event.childcare"),
    field("event.interpretation", Optional, "Interpretation.", "Spanish and Somali", "event.interpretation"),
    field("event.rides", Optional, "Rides.", "Call 320-555-0100 for a ride", "event.rides"),
    field("hotline.known", Flag, "Whether there is a number to call for help.", "no", "hotline.phone"),
    field("hotline.name", Optional, "Whose it is.", "Immigrant Law Center", "hotline.name"),
    sure(field("hotline.phone", Optional, "Its number.", "320-555-0199", "hotline.phone"), &["hotline.known"]),
    field("hotline.hours", Optional, "When it is answered.", "every day, 8 to 8", "hotline.hours"),
    field("hotline.languages", Optional, "In which languages.", "English and Spanish", "hotline.languages"),
    field(
        "legal.reviewer",
        Text(3.0),
        "Who approved the piece on rights.",
        "a lawyer or legal group",
        "legal.reviewer",
    ),
    field("legal.reviewed_on", Text(1.5), "When.", "November 2, 2026", "legal.reviewed_on"),
    field(
        "legal.resolution_cleared",
        Optional,
        "When a lawyer cleared the resolution.",
        "November 2, 2026",
        "legal.resolution_cleared",
    ),
    field("media.outlet", Optional, "The paper or station written to.", "West Central Tribune", "media.outlet"),
    field("media.article", Optional, "What is answered.", "your article of November 3", "media.article"),
    field("media.limit", Optional, "The most words it takes in a letter.", "200", "media.word_limit, or 200"),
    field("talk.date", Optional, "Day of the last talk with the agency's head.", "October 6, 2026", "talk.date"),
    field("talk.place", Optional, "Where it was.", "the Law Enforcement Center", "talk.place"),
    field("talk.said", Optional, "What was said, from your notes.", "the training has not begun", "talk.said"),
    field("budget.year", Optional, "The year the next budget is for.", "2027", "budget.year"),
    field("budget.hearing", Optional, "Its public hearing.", "December 1, 2026", "budget.hearing"),
    field("budget.adoption", Optional, "The decision.", "December 15, 2026", "budget.adoption"),
    field(
        "records.law",
        Text(3.0),
        "The state's public-records law.",
        "Minnesota Government Data Practices Act",
        "facts/records.toml, place.state",
    ),
    field("records.citation", Text(2.0), "Its sections.", "Minn. Stat. ch. 13", "facts/records.toml"),
    field(
        "records.response",
        Text(2.0),
        "How soon it asks for an answer.",
        "within 5 business days",
        "records.response, or facts/records.toml",
    ),
    field("records.residents", Flag, "Whether only residents or citizens may ask.", "no", "facts/records.toml"),
    field("records.custodian", Text(2.0), "What it calls who answers.", "responsible authority", "facts/records.toml"),
    field("records.appeal", Text(4.0), "What may be done about a denial.", "You may sue.", "facts/records.toml"),
    field("records.requested_on", Optional, "Day the request was sent.", "October 1, 2026", "records.requested_on"),
    field("records.denied_on", Optional, "Day it was denied.", "October 12, 2026", "records.denied_on"),
    field(
        "records.due",
        Optional,
        "Day the first answer is due, where the law counts days; holidays are not taken out.",
        "October 8, 2026",
        "records.requested_on, facts/records.toml",
    ),
    field("coalition.any", Flag, "Whether an organization has signed.", "no", "coalition"),
    field("coalition.signed", List(PARTNER), "Organizations that have signed, by name.", "", "coalition"),
    field("coalition.all", List(PARTNER), "Every organization asked, by name.", "", "coalition"),
    field("bills_known", Flag, "Whether the campaign names a bill.", "no", "bill"),
    field("bills", List(BILL), "Bills in the state's legislature.", "", "bill"),
    field("timeline.known", Flag, "Whether there is a day to count back from.", "yes", "meeting.date and others"),
    field("timeline.short", Flag, "Whether fewer than twelve weeks are left.", "no", "meeting.date, --date"),
    field(
        "timeline.goal",
        Optional,
        "The day the weeks lead to: the meeting, the handing over, or the decision on the budget.",
        "December 15, 2026",
        "meeting.date, petition.deliver_on, budget.hearing, budget.adoption",
    ),
    field("timeline.week_1", Optional, "When week 1 begins, or now.", "September 28, 2026", "timeline.goal"),
    field("timeline.week_2", Optional, "When week 2 begins, or now.", "October 5, 2026", "timeline.goal"),
    field("timeline.week_3", Optional, "When week 3 begins, or now.", "October 12, 2026", "timeline.goal"),
    field("timeline.week_4", Optional, "When week 4 begins, or now.", "October 19, 2026", "timeline.goal"),
    field("timeline.week_5", Optional, "When week 5 begins, or now.", "October 26, 2026", "timeline.goal"),
    field("timeline.week_6", Optional, "When week 6 begins, or now.", "November 2, 2026", "timeline.goal"),
    field("timeline.week_7", Optional, "When week 7 begins, or now.", "November 9, 2026", "timeline.goal"),
    field("timeline.week_8", Optional, "When week 8 begins, or now.", "November 16, 2026", "timeline.goal"),
    field("timeline.week_9", Optional, "When week 9 begins, or now.", "November 23, 2026", "timeline.goal"),
    field("timeline.week_10", Optional, "When week 10 begins, or now.", "November 30, 2026", "timeline.goal"),
    field("timeline.week_11", Optional, "When week 11, that of the goal, begins.", "December 7, 2026", "timeline.goal"),
    field("timeline.week_12", Optional, "When week 12 begins.", "December 14, 2026", "timeline.goal"),
    field("paper", List(PAPER), "The documents made in this run.", "", "the documents of this run"),
    field("confirm", List(CONFIRM), "What to confirm before printing.", "", "the campaign's dates and names"),
    field(
        "asks.reply_by",
        Optional,
        "By when officials are asked to reply; thirty days from the date on the paper if the campaign does not say.",
        "December 18, 2026",
        "asks.reply_by",
    ),
    field("today", Text(1.5), "The date on the paper.", "November 21, 2026", "--date, SOURCE_DATE_EPOCH or today"),
    field(
        "sources_as_of",
        Optional,
        "The date that most sources share, said once in their heading.",
        "June 2026",
        "the cited facts",
    ),
    field(
        "facts_as_of",
        Optional,
        "The oldest date among the claims the document makes.",
        "May 2026",
        "the cited facts",
    ),
];

/// Finds a value by its name.
pub fn find(path: &str) -> Option<&'static FieldSpec> {
    FIELDS.iter().find(|field| field.path == path)
}

/// Where a missing value is written: a key of `campaign.toml`, or how it is worked out.
pub fn origin(path: &str) -> &str {
    match path {
        // The parts of an address, which only the address block prints.
        "mail.street" | "mail.city_line" => "agency.mail, body.mail",
        _ => find(path).map_or(path, |field| field.origin),
    }
}

/// The label under a missing value's write-in line stands in the shared words under this id.
pub fn blank_label(path: &str) -> String {
    format!("blank-{}", path.replace(['.', '_'], "-"))
}

#[cfg(test)]
mod tests {
    use super::FIELDS;

    #[test]
    fn names_are_unique_and_sure_flags_exist() {
        for (at, field) in FIELDS.iter().enumerate() {
            assert!(FIELDS[..at].iter().all(|earlier| earlier.path != field.path), "{} twice", field.path);
            for flag in field.sure_if {
                assert!(super::find(flag).is_some(), "{flag}");
            }
        }
    }
}
