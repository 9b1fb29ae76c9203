//! Owns the closed sets of words that campaigns and facts choose from.

use crate::choices;

choices! {
    /// What kind of place it is.
    PlaceKind {
        /** A county. */ County = "county",
        /** A Louisiana parish. */ Parish = "parish",
        /** An Alaska borough. */ Borough = "borough",
        /** An Alaska census area. */ CensusArea = "census-area",
        /** A city, also one that is its own county. */ City = "city",
        /** A town or municipality. */ Municipality = "municipality",
    }
}

impl PlaceKind {
    /// The word that follows the name: `County`; none for a city or town.
    pub fn suffix(self) -> Option<&'static str> {
        match self {
            PlaceKind::County => Some("County"),
            PlaceKind::Parish => Some("Parish"),
            PlaceKind::Borough => Some("Borough"),
            PlaceKind::CensusArea => Some("Census Area"),
            PlaceKind::City | PlaceKind::Municipality => None,
        }
    }
}

choices! {
    /// Who the agency is.
    AgencyKind {
        /** A sheriff's office. */ Sheriff = "sheriff",
        /** A police department. */ Police = "police",
        /** A jail or corrections department that is not the sheriff's. */ Corrections = "corrections",
        /** A state agency. */ State = "state",
        /** A constable's office. */ Constable = "constable",
        /** A campus police force. */ Campus = "campus",
        /** Any other. */ Other = "other",
    }
}

choices! {
    /// The model of a 287(g) agreement.
    Model {
        /** Jail Enforcement Model, JEM. */ Jail = "jail",
        /** Warrant Service Officer, WSO. */ Warrant = "warrant",
        /** Task Force Model, TFM. */ TaskForce = "task-force",
    }
}

choices! {
    /// Where an agreement stands.
    Status {
        /** Signed and in force as far as known. */ Active = "active",
        /** Asked for, not signed. */ Pending = "pending",
        /** There is none. */ None = "none",
        /** There was one; it has ended. */ Ended = "ended",
        /** Not known. */ Unknown = "unknown",
    }
}

choices! {
    /// Whether the county body approved an agreement.
    Approval {
        /** Before or when it was signed. */ Yes = "yes",
        /** Never. */ No = "no",
        /** After it was signed. */ Later = "later",
        /** Not known. */ Unknown = "unknown",
    }
}

choices! {
    /// How a person came to the office.
    Selected {
        /** Elected. */ Elected = "elected",
        /** Appointed. */ Appointed = "appointed",
    }
}

choices! {
    /// Whether "The Honorable" stands before a name in an address.
    Honorific {
        /** "The Honorable". */ Honorable = "honorable",
        /** The office's title alone. */ Plain = "none",
    }
}

choices! {
    /// What an official does in the campaign's place.
    Role {
        /** A member of the county's governing body. */ CountyBody = "county-body",
        /** The county's lawyer. */ CountyAttorney = "county-attorney",
        /** The prosecutor, where that is someone else. */ Prosecutor = "prosecutor",
        /** A member of a city council. */ CityCouncil = "city-council",
        /** A state senator. */ StateSenator = "state-senator",
        /** A state representative, assembly member or delegate. */ StateRepresentative = "state-representative",
        /** A United States senator. */ UsSenator = "us-senator",
        /** A United States representative. */ UsRepresentative = "us-representative",
        /** The governor. */ Governor = "governor",
        /** The state's attorney general. */ AttorneyGeneral = "attorney-general",
        /** Who answers public-records requests. */ RecordsCustodian = "records-custodian",
        /** The clerk of the county's governing body. */ Clerk = "clerk",
    }
}

choices! {
    /// What the organizers invite to.
    EventKind {
        /** A forum or town hall. */ Forum = "forum",
        /** A rally. */ Rally = "rally",
        /** A meeting of the organizers. */ Meeting = "meeting",
        /** A training. */ Training = "training",
        /** A vigil. */ Vigil = "vigil",
    }
}

choices! {
    /// Whether the organizers are for a bill or against it.
    BillPosition {
        /** For it. */ Support = "support",
        /** Against it. */ Oppose = "oppose",
    }
}

choices! {
    /// What an organization answered when it was asked to join.
    Answer {
        /** It has signed. */ Signed = "signed",
        /** It was asked and has not answered. */ Asked = "asked",
        /** It said no. */ Declined = "declined",
    }
}

choices! {
    /// What kind of organization stands behind the campaign; it decides what may be said.
    OrganizationKind {
        /** A 501(c)(3) charity. */ C3 = "c3",
        /** A 501(c)(4) social welfare organization. */ C4 = "c4",
        /** A labor union. */ Union = "union",
        /** A congregation or faith body. */ Faith = "faith",
        /** Neighbors without a legal form. */ Informal = "informal",
        /** A political committee. */ Pac = "pac",
    }
}

choices! {
    /// What a speaker must say before speaking.
    MustState {
        /** The speaker's name. */ Name = "name",
        /** The city or town. */ City = "city",
        /** The full address. */ Address = "address",
        /** The agenda item. */ AgendaItem = "agenda-item",
        /** The group spoken for. */ Group = "group",
    }
}

choices! {
    /// The optional column of a petition sheet.
    ContactColumn {
        /** None. */ Nothing = "none",
        /** Phone. */ Phone = "phone",
        /** E-mail. */ Email = "email",
    }
}

choices! {
    /// A state's rule about 287(g) agreements; a state can have several.
    AgreementRule {
        /** Agreements are barred. */ Prohibits = "prohibits",
        /** Agreements are allowed under conditions. */ Conditions = "conditions",
        /** Who may sign is in question: the board, not the sheriff alone. */ Board = "board",
        /** No statewide rule was found. */ Open = "open",
        /** Some agencies must have or seek one. */ Requires = "requires",
        /** Local limits on cooperation are barred. */ Limits = "limits",
        /** Not known. */ Unknown = "unknown",
    }
}

choices! {
    /// Whether an official may be asked to end an agreement in a state.
    EndRule {
        /** Nothing found forbids it. */ Yes = "yes",
        /** State law itself requires it to end, or bars it. */ Law = "law",
        /** Only the signer, in writing, with the county attorney: a local policy could break state law. */ Care = "care",
        /** Some federal jail agreement is required, the rest is open. */ Part = "part",
        /** State law requires the agreement. */ No = "no",
        /** Not known. */ Check = "check",
    }
}

choices! {
    /// A state's rule about ICE detainers.
    DetainerRule {
        /** Jails must honor them. */ Mandates = "mandates",
        /** Jails must honor them in some cases. */ Partly = "partly",
        /** Jails may not hold people on them alone. */ Forbids = "forbids",
        /** No rule was found. */ None = "none",
        /** Not known. */ Unknown = "unknown",
    }
}

choices! {
    /// What may be asked here: status, state law and signatory taken together.
    Stance {
        /** End the agreement by written notice. */ End = "end",
        /** Ask only the signer to end it, in writing; local limits are barred. */ Care = "care",
        /** State law bars it: ask for proof that it has ended. */ Comply = "comply",
        /** State law requires it: ask for the narrowest model, limits and numbers. */ Narrow = "narrow",
        /** Ask to end the Task Force Model; the rest is required. */ Part = "part",
        /** The law is not known: ask for facts only. */ Clarify = "clarify",
        /** Withdraw the application. */ Withdraw = "withdraw",
        /** Do not apply. */ Decline = "decline",
        /** It has ended: thanks, keep it so. */ KeepEnded = "keep-ended",
        /** Not known whether there is one: ask. */ FindOut = "find-out",
    }
}

choices! {
    /// How sure a fact is.
    Certainty {
        /** The text of the law, ruling or publication was read. */ Primary = "primary",
        /** The press or another second hand. */ Reported = "reported",
        /** An advocate's own finding. */ Advocacy = "advocacy",
        /** Not confirmed; never printed. */ Unconfirmed = "unconfirmed",
    }
}
