//! Owns what a value is that words may print or ask about, and finding one; the list itself stands in `list`.

mod list;
mod listed;

use list::OWN;
use listed::LISTED;

/// Every value words may use, in the order of `handbill fields`.
pub const FIELDS: &[FieldSpec] = &JOINED;

static JOINED: [FieldSpec; OWN.len() + LISTED.len()] = {
    let mut all = [OWN[0]; OWN.len() + LISTED.len()];
    let mut at = 0;
    while at < all.len() {
        all[at] = if at < OWN.len() { OWN[at] } else { LISTED[at - OWN.len()] };
        at += 1;
    }
    all
};

/// What kind of value it is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Kind {
    /// Text that prints as itself; if it is needed and missing, a write-in line of so many inches; of none, it is always known.
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

    /// Whether a campaign is asked for it where a document needs it.
    pub fn may_be_blank(self) -> bool {
        matches!(self, Kind::Text(width) if width > 0.0)
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
