//! Owns the list of values that words may print or ask about: name, kind, meaning, example and where each comes from.

use crate::campaign::choices::{
    AgencyKind, Approval, DetainerRule, EndRule, Model, OrganizationKind, PlaceKind, Stance, Status,
};

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
    field("agency.has_jail", Flag, "Whether it is a kind of agency that runs a jail.", "yes", "agency.kind"),
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
