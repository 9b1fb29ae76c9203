//! Owns the options of `new`.

use std::path::PathBuf;

use clap::Args;

use super::{parse_date, words};
use crate::campaign::choices::{AgencyKind, Model, OrganizationKind, Status};
use crate::values::Date;

/// Options of `new`: each answers one question, which is then not asked.
#[derive(Debug, Args)]
pub struct New {
    /// The new campaign's folder; by the place's name in `--out` if left out.
    #[arg(value_name = "DIR", conflicts_with_all = ["out", "name"])]
    pub dir: Option<PathBuf>,
    /// The state, by its two letters or its name.
    #[arg(long, value_name = "STATE")]
    pub state: Option<String>,
    /// The county, parish, borough or independent city.
    #[arg(long, value_name = "COUNTY", conflicts_with = "city")]
    pub county: Option<String>,
    /// The city or town, for its own police.
    #[arg(long, value_name = "CITY")]
    pub city: Option<String>,
    /// The agency's full name.
    #[arg(long, value_name = "NAME")]
    pub agency: Option<String>,
    /// What the agency is.
    #[arg(long, value_name = "KIND", value_parser = words::<AgencyKind>())]
    pub agency_kind: Option<AgencyKind>,
    /// Who heads it.
    #[arg(long, value_name = "NAME")]
    pub head: Option<String>,
    /// The head's title.
    #[arg(long, value_name = "TITLE")]
    pub title: Option<String>,
    /// A model of its agreement; may be given several times.
    #[arg(long = "model", value_name = "MODEL", requires = "status", value_parser = words::<Model>())]
    pub models: Vec<Model>,
    /// Where the agreement stands.
    #[arg(long, value_name = "STATUS", value_parser = words::<Status>())]
    pub status: Option<Status>,
    /// The day it was signed.
    #[arg(long, value_name = "DAY", requires = "status")]
    pub signed: Option<String>,
    /// Where what is said of the agreement comes from.
    #[arg(long, value_name = "SOURCE", requires = "status")]
    pub source: Option<String>,
    /// The day of that source, or of a list whose name does not say it.
    #[arg(long, value_name = "DAY")]
    pub as_of: Option<String>,
    /// The governing body's name, if not the usual one.
    #[arg(long, value_name = "NAME")]
    pub body: Option<String>,
    /// Who makes the paper.
    #[arg(long, value_name = "NAME")]
    pub organization: Option<String>,
    /// What kind of organization it is.
    #[arg(long, value_name = "KIND", value_parser = words::<OrganizationKind>())]
    pub organization_kind: Option<OrganizationKind>,
    /// Its phone.
    #[arg(long, value_name = "PHONE")]
    pub phone: Option<String>,
    /// Its e-mail.
    #[arg(long, value_name = "EMAIL")]
    pub email: Option<String>,
    /// Its web address.
    #[arg(long, value_name = "URL")]
    pub url: Option<String>,
    /// The day of the body's next meeting.
    #[arg(long, value_name = "DAY")]
    pub meeting_date: Option<String>,
    /// Its time, as printed.
    #[arg(long, value_name = "TIME")]
    pub meeting_time: Option<String>,
    /// Its building and room.
    #[arg(long, value_name = "PLACE")]
    pub meeting_place: Option<String>,
    /// ICE's list of participating agencies, which answers for the agency and its agreements.
    #[arg(long, value_name = "LIST")]
    pub ice: Option<PathBuf>,
    /// ICE's list of pending agencies.
    #[arg(long, value_name = "LIST")]
    pub pending: Option<PathBuf>,
    /// The folder of campaigns that the new one goes into.
    #[arg(short, long, value_name = "DIR", default_value = "campaigns")]
    pub out: PathBuf,
    /// The new folder's name.
    #[arg(long, value_name = "FOLDER")]
    pub name: Option<String>,
    /// The day it begins; today if left out.
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = parse_date)]
    pub date: Option<Date>,
    /// Ask nothing: take the options, and the usual answer for the rest.
    #[arg(short, long)]
    pub yes: bool,
}
