//! Owns `facts/*.toml` as written: every key a fact checker may use, nothing more, each with its place.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Days, Scope, When};
use crate::campaign::choices::{AgencyKind, AgreementRule, Certainty, DetainerRule, EndRule, Model};
use crate::values::{AsOf, Count, Date, Field, Text, Url, YesNo};

/// The whole file.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("required" = ["format"]))]
pub struct RawFile {
    /// The file's format; 1.
    #[schemars(extend("enum" = [1]))]
    pub format: Field<Count>,
    /// Claims that may be printed.
    #[schemars(with = "Vec<RawFact>")]
    pub fact: Vec<toml::Spanned<RawFact>>,
    /// What each state's law does, and what its counties call things.
    #[schemars(with = "Vec<RawState>")]
    pub state: Vec<toml::Spanned<RawState>>,
    /// Each state's public-records law.
    #[schemars(with = "Vec<RawRecords>")]
    pub records: Vec<toml::Spanned<RawRecords>>,
}

/// A state's public-records law.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("required" = ["state", "law", "citation", "response", "custodian", "appeal", "source", "as_of", "review_by", "certainty"]))]
pub struct RawRecords {
    /// The state, as two letters.
    pub state: Field<Text>,
    /// The law's name.
    pub law: Field<Text>,
    /// Its sections.
    pub citation: Field<Text>,
    /// How soon it asks for an answer, to follow "asks for an answer".
    pub response: Field<Text>,
    /// The same as days, where the law counts them.
    pub due: Option<RawDue>,
    /// Whether only residents or citizens of the state may ask.
    pub residents: bool,
    /// What it calls who answers.
    pub custodian: Field<Text>,
    /// What may be done about a denial.
    pub appeal: Field<Text>,
    /// Full citation.
    pub source: Field<Text>,
    /// Where a person can check it.
    pub url: Field<Url>,
    /// When it was last checked.
    pub as_of: Field<AsOf>,
    /// The last day it may be printed without a new check.
    pub review_by: Field<Date>,
    /// How sure it is.
    pub certainty: Field<Certainty>,
    /// For the fact checker; never printed.
    pub note: Field<Text>,
}

/// A count of days.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct RawDue {
    /// How many.
    pub days: Field<Count>,
    /// Which kind.
    pub kind: Field<Days>,
}

/// A claim with its source.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("required" = ["id", "text", "source", "certainty"], "anyOf" = [{ "required": ["counts"] }, { "required": ["as_of", "review_by"] }]))]
pub struct RawFact {
    /// Unique in the whole register: small letters, digits and hyphens.
    pub id: Field<Text>,
    /// Printed wording by language: `text.en`.
    #[schemars(extend("minProperties" = 1))]
    pub text: BTreeMap<String, Field<Text>>,
    /// Wording to be read aloud, by language.
    pub spoken: BTreeMap<String, Field<Text>>,
    /// What of ICE's list its wording counts; the numbers stand in braces, and its days follow the list's.
    pub counts: Field<Scope>,
    /// For a fact that counts a state: its wording where the state has none, by language.
    pub none: BTreeMap<String, Field<Text>>,
    /// Full citation.
    pub source: Field<Text>,
    /// Where a person can check it.
    pub url: Field<Url>,
    /// When it was last checked.
    pub as_of: Field<AsOf>,
    /// The last day it may be printed without a new check.
    pub review_by: Field<Date>,
    /// How sure it is.
    pub certainty: Field<Certainty>,
    /// What a fair opponent answers.
    pub adverse: Field<Text>,
    /// For the fact checker; never printed.
    pub note: Field<Text>,
    /// When it may be said; each condition given must hold.
    pub when: When,
}

/// What a state's law does, and what its counties call things.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("required" = ["code", "name", "circuit", "agreements", "detainers"]))]
pub struct RawState {
    /// The state, as two letters.
    pub code: Field<Text>,
    /// Its full name.
    pub name: Field<Text>,
    /// Its federal circuit: 1 to 11, dc.
    pub circuit: Field<Text>,
    /// Usual name of a county's governing body.
    pub body: Field<Text>,
    /// What its members are called.
    pub member: Field<Text>,
    /// What its head is called.
    pub lead: Field<Text>,
    /// What a seat is called.
    pub unit: Field<Text>,
    /// Whether its sheriffs run jails as a rule; yes if left out.
    pub sheriff_jails: Field<YesNo>,
    /// Its lower house, if not the House of Representatives.
    pub lower_house: Field<Text>,
    /// What a member of it is called, if not Representative.
    pub lower_member: Field<Text>,
    /// Its upper house, if not the Senate.
    pub upper_house: Field<Text>,
    /// What its law says of 287(g) agreements.
    pub agreements: RawAgreements,
    /// What its law says of ICE detainers.
    pub detainers: RawDetainers,
}

/// What a state's law says of 287(g) agreements.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("required" = ["rules", "end"]))]
pub struct RawAgreements {
    /// The rules; `unknown` if it is not known.
    #[schemars(length(min = 1))]
    pub rules: Vec<AgreementRule>,
    /// Whether an official may be asked to end one.
    pub end: Field<EndRule>,
    /// The agencies a duty falls on; all if left out.
    pub required_of: Vec<AgencyKind>,
    /// Whether the duty falls on every agency that runs a jail, too.
    pub required_with_jail: bool,
    /// Models that may be asked to end all the same.
    pub may_end: Vec<Model>,
    /// Printed wording by language; none if it is not known.
    pub text: BTreeMap<String, Field<Text>>,
    /// Full citation.
    pub source: Field<Text>,
    /// Where a person can check it.
    pub url: Field<Url>,
    /// When it was last checked.
    pub as_of: Field<AsOf>,
    /// The last day it may be printed without a new check.
    pub review_by: Field<Date>,
    /// How sure it is.
    pub certainty: Field<Certainty>,
    /// What a fair opponent answers.
    pub adverse: Field<Text>,
    /// For the fact checker; never printed.
    pub note: Field<Text>,
}

/// What a state's law says of ICE detainers.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("required" = ["rule"]))]
pub struct RawDetainers {
    /// The rule.
    pub rule: Field<DetainerRule>,
    /// Printed wording by language; none if it is not known.
    pub text: BTreeMap<String, Field<Text>>,
    /// Full citation.
    pub source: Field<Text>,
    /// Where a person can check it.
    pub url: Field<Url>,
    /// When it was last checked.
    pub as_of: Field<AsOf>,
    /// The last day it may be printed without a new check.
    pub review_by: Field<Date>,
    /// How sure it is.
    pub certainty: Field<Certainty>,
    /// What a fair opponent answers.
    pub adverse: Field<Text>,
    /// For the fact checker; never printed.
    pub note: Field<Text>,
}
