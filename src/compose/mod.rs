//! Owns the step from a job to what a layout gets: words filled, made into blocks, sources numbered, and every rule of the document checked.

mod rules;

use std::collections::BTreeMap;

use jiff::civil;
use serde_json::{Value, json};

use crate::address::address_lines;
use crate::blocks::{Body, Inline, Section, each_paragraph, plain, read_aloud};
use crate::campaign::check::table_spot;
use crate::campaign::choices::{ContactColumn, Role};
use crate::campaign::{Campaign, Official};
use crate::context::{Piece, Run, SourceDates, blank_width, context};
use crate::contract::{Contract, OnePer, Recipient};
use crate::diagnostic::{Diagnostic, Diagnostics, Spot};
use crate::fields::{blank_label, origin};
use crate::fill::fill;
use crate::kit::{Kit, Language};
use crate::markdown::parse;
use crate::pictures;
use crate::plan::{Job, office};
use crate::reading::{Sentence, sentences};
use crate::sources::{Cited, Ledger, may_say, notes, shared_date};
use crate::words::Words;
use rules::{allowed_pages, check_limits, check_scripts, check_sections, wanted};

/// What a person decided for a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// The date on the paper.
    pub today: civil::Date,
    /// Whether missing details become write-in lines.
    pub blanks: bool,
    /// Whether facts past their review may be printed, marked as such.
    pub allow_overdue: bool,
    /// Petition sheets to number, if not what the campaign says.
    pub sheets: Option<u32>,
}

/// A job as a layout gets it, with what it was made from.
#[derive(Debug, Clone)]
pub struct Composed {
    /// The layout's data.
    pub data: Value,
    /// The facts and details cited, by id.
    pub cited: Vec<String>,
    /// The details that became write-in lines because they are missing.
    pub blanks: Vec<&'static str>,
    /// Every run of text with the field, fact or words it comes from; write-in lines and line ends stand in it as `blank` and `break`.
    pub runs: Vec<(String, String)>,
    /// Pages the contract allows.
    pub allowed_pages: usize,
    /// The sentences of its text, without headings, labels and sources.
    pub sentences: Vec<Sentence>,
}

/// Composes one job.
pub fn compose(
    kit: &Kit,
    campaign: &Campaign,
    job: &Job,
    settings: &Settings,
    run: &Run,
    can_draw: &dyn Fn(char) -> bool,
    problems: &mut Diagnostics,
) -> Option<Composed> {
    let contract = kit.contracts.get(&job.document)?;
    let language = kit.languages.get(&job.lang)?;
    let words = language.words.get(&job.document)?;
    let official = job.official.and_then(|at| campaign.officials.get(at));
    // A letter to an official whose name is not known yet still goes to the office.
    let nobody = nameless(contract);
    let official = official.or(match contract.one_per {
        OnePer::Official => nobody.as_ref(),
        OnePer::Place => None,
    });

    let mut filling = Filling {
        kit,
        campaign,
        job,
        settings,
        run,
        language,
        official,
        may: may_say(&kit.register, campaign),
        dates: SourceDates::default(),
    };
    let (body, cited) = filling.fill(words, problems)?;
    filling.dates = source_dates(&cited, language);
    let (labels, _) = filling.fill(&language.shared, problems)?;
    let notes = notes(&cited, &language.lexicon);

    check_sections(contract, words, &body, problems);
    let scripts = check_scripts(contract, words, campaign, &body, problems);
    check_limits(contract, words, &body, problems);
    let sections: Vec<&Section> =
        body.sections.iter().filter(|section| wanted(contract, &scripts, &section.id)).collect();

    let labels: BTreeMap<&str, &[Inline]> =
        labels.sections.iter().map(|section| (section.id.as_str(), first_words(section))).collect();
    let recipient: Vec<Vec<Inline>> = address_lines(campaign, official, contract.to, &language.lexicon)
        .into_iter()
        .map(|line| line.into_iter().map(|piece| inline(piece, language)).collect())
        .collect();

    let mut composed = Composed {
        data: Value::Null,
        cited: cited.into_iter().flat_map(|cited| std::iter::once(cited.id).chain(cited.also)).collect(),
        blanks: Vec::new(),
        runs: Vec::new(),
        allowed_pages: allowed_pages(contract, campaign, settings, scripts.len()),
        sentences: Vec::new(),
    };
    for section in &sections {
        each_paragraph(&section.blocks, &mut |inlines| {
            let text = read_aloud(inlines);
            // What ends without a mark is a label or an entry, not a sentence.
            if text.trim_end().ends_with(['.', '?', '!', ':', '\u{201D}']) && text.split_whitespace().count() > 3 {
                composed.sentences.extend(sentences(&text));
            }
        });
    }
    let letter = sections.iter().any(|section| section.id == "salutation");
    let mut take = |inlines: &[Inline]| {
        for inline in inlines {
            match inline {
                Inline::Text { text, origin, .. } => composed.runs.push((origin.clone(), text.clone())),
                Inline::Blank { missing, .. } => {
                    composed.runs.push(("blank".to_string(), "____".to_string()));
                    composed.blanks.extend(missing.filter(|path| !composed.blanks.contains(path)));
                }
                Inline::Break => composed.runs.push(("break".to_string(), "\n".to_string())),
                Inline::Note { .. } => {}
            }
        }
        composed.runs.push(("break".to_string(), "\n".to_string()));
    };
    take(&body.heading);
    for section in &sections {
        take(&section.heading);
        each_paragraph(&section.blocks, &mut take);
    }
    labels.values().for_each(|label| take(label));
    notes.iter().for_each(|note| take(&note.inlines));
    if letter {
        recipient.iter().for_each(|line| take(line));
    }
    check_glyphs(&composed.runs, campaign, job, can_draw, problems);
    if !settings.blanks && !campaign.blanks {
        for path in &composed.blanks {
            problems.push(missing(campaign, contract, official, path));
        }
    }

    let petition = &campaign.petition;
    composed.data = json!({
        "id": job.document,
        "lang": job.lang,
        "region": "us",
        "title": format!("{}, {}", plain(&body.heading), campaign.state.name),
        "heading": body.heading,
        "sections": sections,
        "notes": notes,
        "labels": labels,
        "values": {
            "place": campaign.place.name,
            "agency": campaign.agency.name,
            "union_bug": campaign.organization.union_bug,
            "status": campaign.status().word(),
            "models": campaign.models().iter().map(|model| model.word()).collect::<Vec<_>>(),
            "stance": campaign.stance().word(),
            "recipient": recipient,
            "qr": campaign.organization.url.as_ref().and_then(|url| qr_rows(&url.0)),
            "window": true,
            "lines": petition.lines,
            "sheets": settings.sheets.or(petition.sheets),
            "contact_column": match petition.contact {
                ContactColumn::Nothing => Value::Null,
                other => json!(other.word()),
            },
            "scripts": scripts,
        },
    });
    let pictures = pictures::wanted(contract, campaign);
    pictures::add(&mut composed.data["values"], &pictures, campaign, &kit.register.counts, &language.lexicon);
    Some(composed)
}

/// The shared labels of a language filled for no document in particular, with the packet's title as plain text.
pub fn shared_labels(
    kit: &Kit,
    campaign: &Campaign,
    lang: &str,
    settings: &Settings,
    problems: &mut Diagnostics,
) -> Option<(Value, String)> {
    let language = kit.languages.get(lang)?;
    let job = Job { document: "packet".to_string(), lang: lang.to_string(), official: None, name: String::new() };
    let (may, dates) = (may_say(&kit.register, campaign), SourceDates::default());
    let run = Run::default();
    let filling = Filling { kit, campaign, job: &job, settings, run: &run, language, official: None, may, dates };
    let (labels, _) = filling.fill(&language.shared, problems)?;
    let map: BTreeMap<&str, &[Inline]> =
        labels.sections.iter().map(|section| (section.id.as_str(), first_words(section))).collect();
    let title = map.get("packet-title").map(|inlines| plain(inlines)).unwrap_or_default();
    Some((json!(map), title))
}

/// The dates that the frame of a page speaks of, known once the document's sources are.
fn source_dates(cited: &[Cited], language: &Language) -> SourceDates {
    // A meeting's hours, a board's members and the like have their own dates in their own notes.
    let claims = cited.iter().filter(|cited| !cited.id.starts_with("local:") || cited.id == "local:agreement");
    SourceDates {
        oldest: claims.filter_map(|cited| cited.as_of).min().map(|as_of| language.lexicon.as_of(as_of)),
        shared: shared_date(cited).map(|as_of| language.lexicon.as_of(as_of)),
    }
}

/// What filling a job's words takes.
struct Filling<'a> {
    kit: &'a Kit,
    campaign: &'a Campaign,
    job: &'a Job,
    settings: &'a Settings,
    run: &'a Run,
    language: &'a Language,
    official: Option<&'a Official>,
    may: Vec<String>,
    dates: SourceDates,
}

impl Filling<'_> {
    /// Fills words and makes blocks of them, with what they cite.
    fn fill(&self, words: &Words, problems: &mut Diagnostics) -> Option<(Body, Vec<Cited>)> {
        let lexicon = &self.language.lexicon;
        let context = {
            let counts = &self.kit.register.counts;
            context(self.campaign, counts, self.official, lexicon, self.settings.today, &self.dates, self.run)
        };
        let filled = match fill(words, &context, &self.may) {
            Ok(filled) => filled,
            Err(problem) => {
                problems.push(*problem);
                return None;
            }
        };
        let mut ledger = Ledger {
            register: &self.kit.register,
            campaign: self.campaign,
            lexicon,
            lang: &self.job.lang,
            today: self.settings.today,
            allow_overdue: self.settings.allow_overdue,
            words: &words.file,
            cited: Vec::new(),
            problems: Diagnostics::default(),
        };
        let body = parse(&filled, &context.printed, &mut ledger, &words.file, problems);
        problems.extend(ledger.problems);
        Some((body, ledger.cited))
    }
}

/// An official of whom only the office is known.
fn nameless(contract: &Contract) -> Option<Official> {
    Some(Official {
        role: *contract.roles.first()?,
        title: None,
        district: None,
        lead: false,
        person: crate::campaign::Person {
            name: None,
            last: None,
            honorable: true,
            term_end: None,
            confirmed: None,
            sourced: None,
            spot: None,
        },
        mail: crate::campaign::Address::default(),
        phone: None,
        email: None,
    })
}

/// A label is the first paragraph under its name; none is an empty label.
fn first_words(section: &Section) -> &[Inline] {
    match section.blocks.first() {
        Some(crate::blocks::Block::P { inlines }) => inlines,
        _ => &[],
    }
}

fn inline(piece: Piece, language: &Language) -> Inline {
    match piece {
        Piece::Text(text) => Inline::Text {
            text: crate::blocks::typographic(&text),
            strong: false,
            emph: false,
            origin: "recipient".to_string(),
        },
        Piece::Blank { path } => Inline::Blank {
            label: language.lexicon.label(&blank_label(path)).to_string(),
            width: blank_width(path),
            missing: Some(path),
        },
    }
}

/// The rows of a QR code, a letter for each module: `1` is black. `None` if the text is too long for one.
fn qr_rows(text: &str) -> Option<Vec<String>> {
    // Level M mends what a photocopier spoils in about a sixth of the code.
    let code = qrcode::QrCode::with_error_correction_level(text, qrcode::EcLevel::M).ok()?;
    let modules = code.to_colors();
    let dark = |module: &qrcode::Color| if *module == qrcode::Color::Dark { '1' } else { '0' };
    Some(modules.chunks(code.width()).map(|row| row.iter().map(dark).collect()).collect())
}

/// A character that no font can draw is an error that names it and where it comes from.
fn check_glyphs(
    runs: &[(String, String)],
    campaign: &Campaign,
    job: &Job,
    can_draw: &dyn Fn(char) -> bool,
    problems: &mut Diagnostics,
) {
    for (origin, text) in runs {
        let Some(c) = text.chars().find(|c| !can_draw(*c)) else { continue };
        let whence = match origin.as_str() {
            "" => format!("the words of {}", job.document),
            field => format!("`{field}`"),
        };
        let spot = campaign.file.text.find(c).map(|at| Spot::Text(campaign.file.clone(), at..at + c.len_utf8()));
        problems.push(
            Diagnostic::error(format!("no font can draw `{c}` (U+{:04X}) in {whence}", c as u32))
                .spot(spot.or(Some(Spot::File(campaign.file.path.clone()))))
                .hint("write it another way, or put a font that has it into templates/shared/fonts/ of the campaign"),
        );
    }
}

/// Says which detail is missing and where to write it.
fn missing(campaign: &Campaign, contract: &Contract, official: Option<&Official>, path: &str) -> Diagnostic {
    let key = match path {
        "mail.street" | "mail.city_line" => {
            match (official.map(|official| office(campaign, official.role)), contract.to) {
                (Some(Role::CountyBody), _) | (None, Recipient::Body | Recipient::Clerk) => {
                    "body.mail.street, .city, .zip"
                }
                (Some(_), _) => "official.mail.street, .city, .zip",
                (None, _) => "agency.mail.street, .city, .zip",
            }
        }
        _ => origin(path),
    };
    let table = key.rsplit_once('.').map_or(key, |(table, _)| table);
    Diagnostic::error(format!("`{path}` is empty, and {} needs it", contract.document))
        .spot(Some(table_spot(&campaign.file, table)))
        .hint(format!("write it in campaign.toml: {key}"))
        .hint("or build with `--blanks` to have a line to write on")
}
