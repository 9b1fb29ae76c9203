//! Every document for every combination that reads differently: state law, status, models, who signed, who speaks, how much is known.
//!
//! All of it is filled and read; what differs only in names is set once, in its longest form, to see that it fits its paper.

mod common;

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Mutex;

use common::{root, settings, told};
use handbill::campaign::choices::{
    AgencyKind, AgreementRule, Answer, Approval, DetainerRule, Model, OrganizationKind, Status,
};
use handbill::campaign::organizing::{Event, Hotline, Partner};
use handbill::campaign::{Agreement, Campaign};
use handbill::compose::{Composed, compose};
use handbill::diagnostic::Diagnostics;
use handbill::make::Workshop;
use handbill::plan::{Job, Wanted};

/// The sets of models an agency may hold that read differently.
const MODELS: &[&[Model]] = &[
    &[Model::Warrant],
    &[Model::Jail],
    &[Model::TaskForce],
    &[Model::TaskForce, Model::Warrant],
    &[Model::Jail, Model::Warrant, Model::TaskForce],
];

/// One combination.
#[derive(Clone, Copy)]
struct Case {
    state: usize,
    kind: AgencyKind,
    status: Status,
    models: &'static [Model],
    organization: OrganizationKind,
    approved: Approval,
    /// Whether everything a campaign can say of its event, partners and the like is said.
    full: bool,
}

/// Every combination; who speaks, and what the board did, take turns.
fn cases(states: usize) -> Vec<Case> {
    let mut cases = Vec::new();
    for state in 0..states {
        for kind in [AgencyKind::Sheriff, AgencyKind::Police] {
            for status in Status::ALL.iter().copied() {
                let without = matches!(status, Status::None | Status::Unknown);
                // Without an agreement there are no models to tell apart.
                for models in MODELS.iter().take(if without { 1 } else { MODELS.len() }) {
                    // A police department has no jail.
                    if kind == AgencyKind::Police && *models != [Model::TaskForce] {
                        continue;
                    }
                    let turn = cases.len();
                    cases.push(Case {
                        state,
                        kind,
                        status,
                        models,
                        organization: OrganizationKind::ALL[turn % OrganizationKind::ALL.len()],
                        approved: Approval::ALL[turn / 2 % Approval::ALL.len()],
                        full: turn % 3 == 0,
                    });
                }
            }
        }
    }
    cases
}

/// The campaign of a combination.
fn campaign(first: &Campaign, states: &[handbill::facts::State], case: Case) -> Campaign {
    let mut campaign = first.clone();
    campaign.state = states[case.state].clone();
    campaign.agency.kind = case.kind;
    campaign.organization.kind = case.organization;
    if case.kind == AgencyKind::Police {
        campaign.agency.name = "Springfield Police Department".to_string();
        campaign.agency.title = Some("Police Chief".to_string());
        campaign.agency.jail = false;
    }
    campaign.agreements = agreements(first, case);
    // One letter stands for all: they differ in the address alone.
    campaign.officials.truncate(1);
    if case.full {
        fill_up(&mut campaign);
    }
    campaign
}

fn agreements(campaign: &Campaign, case: Case) -> Vec<Agreement> {
    let first = campaign.agreements[0].clone();
    let day = |text: &str| Some(text.parse().expect("a date"));
    let one = |model: Option<Model>| Agreement {
        model,
        status: case.status,
        approved: case.approved,
        approval_sourced: first.sourced.clone(),
        applied: (case.status == Status::Pending && case.full).then(|| "2026-03-03".parse().expect("a date")),
        signed: first.signed.filter(|_| matches!(case.status, Status::Active | Status::Ended)),
        ended: day("2026-01-14").filter(|_| case.status == Status::Ended),
        asked_on: day("2026-10-01").filter(|_| case.status == Status::Unknown && case.full),
        ..first.clone()
    };
    match case.status {
        Status::None | Status::Unknown => vec![one(None)],
        _ => case.models.iter().map(|model| one(Some(*model))).collect(),
    }
}

/// Says everything that a campaign may say.
fn fill_up(campaign: &mut Campaign) {
    let some = |text: &str| Some(text.to_string());
    let day = |text: &str| Some(text.parse().expect("a date"));
    campaign.organization.name = some("Kandiyohi Neighbors for Fair and Open Local Policing");
    campaign.meeting.date = day("2027-01-19");
    campaign.meeting.time = some("9 a.m.");
    campaign.meeting.place = some("County Boardroom, second floor");
    campaign.meeting.address = some("400 Example Avenue Southwest, Willmar");
    campaign.rules.time_limit = Some(180);
    campaign.rules.sign_up = some("on the sheet at the door");
    campaign.petition.deliver_on = day("2027-01-19");
    campaign.petition.signatures = Some(1240);
    campaign.petition.return_by = day("2027-01-12");
    let all = &mut campaign.organizing;
    all.event = Event {
        name: some("Community forum on 287(g)"),
        kind: None,
        date: day("2026-12-08"),
        time: some("6:30 p.m. to 8 p.m."),
        place: some("Public Library, main hall"),
        address: some("100 Example Street, Willmar"),
        access: some("Ramp and elevator at the side door"),
        childcare: some("Free childcare, ages 2 to 10"),
        interpretation: some("Spanish, Somali and Karen"),
        rides: some("Call 320-555-0100 by noon for a ride"),
    };
    all.hotline = Hotline {
        name: some("Immigrant Law Center"),
        phone: some("320-555-0199"),
        hours: some("every day, 8 a.m. to 8 p.m."),
        languages: some("English, Spanish and Somali"),
    };
    all.legal.reviewer = some("Immigrant Law Center of Example City");
    all.legal.reviewed_on = day("2026-11-02");
    all.media.outlet = some("West Central Example");
    all.media.article = some("your article of November 3 on the county jail");
    all.talk.date = day("2026-10-06");
    all.talk.said = some("the training has not begun and no date is set");
    all.budget.adoption = day("2026-12-15");
    all.records.requested_on = day("2026-10-01");
    all.records.denied_on = day("2026-10-12");
    for (name, answer) in [("First Lutheran Church", Answer::Signed), ("Teamsters Local 1", Answer::Asked)] {
        all.coalition.push(Partner {
            name: name.to_string(),
            city: some("Willmar"),
            contact: some("Office, 320-555-0101"),
            answer,
            logo: None,
        });
    }
}

/// What brief Part 0 bars, in the words in which it is most likely to come back. All lower case.
const NEVER: &[&str] = &[
    "h.r. 3451",
    "personally liable",
    "19 hours",
    "$10 billion",
    "largest budget",
    "641%",
    "667%",
    "violates the fourth amendment",
    "violate the fourth amendment",
    "solely for immigration",
    "medium risk",
    "low risk",
    "high risk",
    "from invasion",
    "lower crime",
    "foster care",
    "297(g)",
    "custom's",
    "40 states",
    "entirely voluntary",
    "without breaking any law",
    "no legal obligation",
    "there is no reimbursement",
    "support challenger",
    "decline to renew",
    "illegal immigrant",
    "illegal alien",
    "tenth circuit",
    "10th circuit",
    "alamance",
    "scaled back",
    "you are safe here",
    "they cannot raid",
];

/// Words of elections; whoever speaks, none of them stands beside an official.
const ELECTIONS: &[&str] = &[
    "candidate",
    "opponent",
    "challenger",
    "ballot",
    "re-elect",
    "reelect",
    "re-election",
    "vote for",
    "vote against",
    "vote out",
    "voted out",
];

/// Where such a word is said on purpose: that a petition is no ballot petition, and what an organizer must keep away from.
const ELECTIONS_ALLOWED: &[&str] = &["not a ballot petition", "say nothing of candidates, elections"];

/// What must never stand on paper whose agreement and state law are these.
fn forbidden(campaign: &Campaign, document: &str) -> Vec<&'static str> {
    let mut words: Vec<&str> = NEVER.to_vec();
    let models = campaign.models();
    if !models.is_empty()
        && !models.contains(&Model::TaskForce)
        && !matches!(document, "models" | "talking-points" | "faq")
    {
        words.extend(["traffic stop", "on patrol"]);
    }
    if campaign.state.code != "MN" {
        // Only Minnesota's Attorney General says that a board must approve; in Pennsylvania a court has said otherwise.
        words.push("and the approval of the");
    }
    if campaign.required() && campaign.status() == Status::Active {
        words.extend([
            "end the agreement",
            "end the 287(g) agreement",
            "end this agreement",
            "ends this agreement",
            "end these agreements",
            "withdraw the application",
            "withdraw from",
        ]);
    }
    if matches!(campaign.state.detainers, DetainerRule::Mandates | DetainerRule::Partly) {
        words.extend(["may decline a detainer", "can decline a detainer", "a county may decline"]);
    }
    if campaign.state.rules.contains(&AgreementRule::Requires) && campaign.required() {
        words.extend(["withdraw at any time", "end it at any time", "agreement at any time"]);
    }
    words
}

/// A word that opens with the sound of a vowel though not with its letter, or the other way round.
fn sounds_like_vowel(word: &str) -> Option<bool> {
    let first = word.chars().next()?;
    let lower = word.to_lowercase();
    if lower.starts_with("hour") || lower.starts_with("honest") || lower.starts_with("heir") {
        return Some(true);
    }
    // Figures and initials are spoken in many ways.
    if !first.is_alphabetic() || word.chars().take(2).all(char::is_uppercase) || word.contains('.') && word.len() < 6 {
        return None;
    }
    if ["uni", "use", "usu", "one", "once", "eu", "u-"].iter().any(|start| lower.starts_with(start)) {
        return Some(lower.starts_with("unin") || lower.starts_with("unim"));
    }
    Some("aeiou".contains(first.to_ascii_lowercase()))
}

/// Slips that only putting parts together makes: empty slots, doubled words, wrong articles.
fn slips(text: &str) -> Vec<String> {
    let mut found: Vec<String> =
        ["  ", " ,", " .", "..", " ;", " :", "{{", "}}", "()", "( ", " )", "undefined", "null", ",,", ", .", ":."]
            .into_iter()
            .filter(|slip| text.contains(slip))
            .map(|slip| format!("prints `{slip}`"))
            .collect();
    for line in text.lines() {
        let words: Vec<&str> = line.split_whitespace().collect();
        for pair in words.windows(2) {
            let [one, two] = [pair[0], pair[1]];
            let bare = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_string();
            if one == two
                && bare(one).chars().all(char::is_alphabetic)
                && !bare(one).is_empty()
                && !["that", "had"].contains(&one)
            {
                found.push(format!("says `{one} {two}`"));
            }
            let (next, article) = (bare(two), bare(one).to_lowercase());
            // "Plan A" and list letters are not articles.
            if (article == "a" && one != "A" || article == "an")
                && let Some(vowel) = sounds_like_vowel(&next)
                && vowel != (article == "an")
            {
                found.push(format!("says `{one} {two}`"));
            }
        }
    }
    found
}

/// Everything wrong with what one document says.
fn read(campaign: &Campaign, document: &str, composed: &Composed) -> Vec<String> {
    let text: String = composed.runs.iter().map(|(_, text)| text.as_str()).collect();
    let lower = text.to_lowercase();
    let mut wrong: Vec<String> = forbidden(campaign, document)
        .into_iter()
        .filter(|words| lower.contains(words))
        // The map names every county of its state that has an agency on the list; of the case it says nothing.
        .filter(|words| document != "map" || *words != "alamance")
        .map(|words| format!("{document} says `{words}`"))
        .collect();
    wrong.extend(slips(&text).into_iter().map(|slip| format!("{document} {slip}")));
    let spared = ELECTIONS_ALLOWED.iter().fold(lower, |text, allowed| text.replace(allowed, ""));
    if document != "organizer-notes" {
        wrong.extend(
            ELECTIONS.iter().filter(|word| spared.contains(**word)).map(|word| format!("{document} says `{word}`")),
        );
    }
    // Every fact that is worded has its note on the same paper.
    for (origin, _) in &composed.runs {
        if let Some(id) = origin.strip_prefix("fact:")
            && !composed.cited.iter().any(|cited| cited == id)
        {
            wrong.push(format!("{document} says the fact `{id}` without its source"));
        }
    }
    wrong
}

/// What a paper looks like whatever the names on it: the words that are its own, and where others stand between them.
fn shape(document: &str, composed: &Composed) -> u64 {
    let mut hasher = DefaultHasher::new();
    document.hash(&mut hasher);
    for (origin, text) in &composed.runs {
        match origin.as_str() {
            "" => text.hash(&mut hasher),
            // Of a state's law only its presence counts; the longest is set.
            other => other.hash(&mut hasher),
        }
    }
    hasher.finish()
}

/// How many of the longest shapes of a document are set, and of the rest every which one.
const LONGEST: usize = 16;
const EVERY: usize = 12;

/// The longest paper of one shape: its length, the combination and the file.
type Longest = BTreeMap<u64, (usize, usize, Job)>;

#[test]
fn every_combination_fills_fits_and_holds() {
    let open = || {
        let mut problems = Diagnostics::default();
        let folder = root().join("campaigns/kandiyohi-county-mn");
        Workshop::open(&folder, &mut problems).unwrap_or_else(|| panic!("{}", told(&problems)))
    };
    let began = std::time::Instant::now();
    let base = open();
    let first = base.campaign.clone();
    let states: Vec<_> = base.kit.register.states.values().cloned().collect();
    let cases = cases(states.len());
    let wrong: Mutex<BTreeMap<String, Vec<String>>> = Mutex::default();
    let longest: Mutex<Longest> = Mutex::default();
    let name = |case: &Case| {
        format!(
            "{} {} {} {:?} {} {}",
            states[case.state].code,
            case.kind.word(),
            case.status.word(),
            case.models,
            case.organization.word(),
            if case.full { "full" } else { "bare" }
        )
    };
    let note = |what: String, case: &Case| wrong.lock().expect("no panic").entry(what).or_default().push(name(case));
    let mut settings = settings();
    settings.blanks = true;
    const THREADS: usize = 2;

    std::thread::scope(|scope| {
        for thread in 0..THREADS {
            let (cases, states, first, note, settings, longest) = (&cases, &states, &first, &note, &settings, &longest);
            scope.spawn(move || {
                let mut workshop = open();
                for (at, case) in cases.iter().enumerate().filter(|(at, _)| at % THREADS == thread) {
                    workshop.campaign = campaign(first, states, *case);
                    let mut problems = Diagnostics::default();
                    let plan = workshop.plan(&Wanted::everything(), settings, &mut problems);
                    for job in &plan.jobs {
                        let mut own = Diagnostics::default();
                        let composed =
                            compose(&workshop.kit, &workshop.campaign, job, settings, &plan.run, &|_| true, &mut own);
                        own.iter().for_each(|problem| note(problem.render(false), case));
                        let Some(composed) = composed else { continue };
                        for what in read(&workshop.campaign, &job.document, &composed) {
                            note(what, case);
                        }
                        let length = composed.runs.iter().map(|(_, text)| text.len()).sum();
                        let mut longest = longest.lock().expect("no panic");
                        let best = longest.entry(shape(&job.document, &composed)).or_insert((0, at, job.clone()));
                        if length > best.0 {
                            *best = (length, at, job.clone());
                        }
                    }
                }
            });
        }
    });

    eprintln!("read after {:.0} s", began.elapsed().as_secs_f64());
    // The longest shapes of each document on paper, and some of the rest: what is short fits where what is long does.
    let mut by_document: BTreeMap<String, Vec<(usize, usize, Job)>> = BTreeMap::new();
    for (length, at, job) in longest.into_inner().expect("no panic").into_values() {
        by_document.entry(job.document.clone()).or_default().push((length, at, job));
    }
    let mut shapes: Vec<(usize, Job)> = Vec::new();
    for list in by_document.values_mut() {
        list.sort_by_key(|(length, at, _)| (std::cmp::Reverse(*length), *at));
        let kept = list.iter().enumerate().filter(|(nth, _)| *nth < LONGEST || nth % EVERY == 0);
        shapes.extend(kept.map(|(_, (_, at, job))| (*at, job.clone())));
    }
    let half = shapes.len().div_ceil(THREADS);
    std::thread::scope(|scope| {
        for part in shapes.chunks(half.max(1)) {
            let (cases, states, first, note, settings) = (&cases, &states, &first, &note, &settings);
            scope.spawn(move || {
                let mut workshop = open();
                for (at, job) in part {
                    workshop.campaign = campaign(first, states, cases[*at]);
                    let mut own = Diagnostics::default();
                    workshop.plan(&Wanted::everything(), settings, &mut own);
                    let mut own = Diagnostics::default();
                    workshop.make(job, settings, &mut own);
                    own.iter().for_each(|problem| note(problem.render(false), &cases[*at]));
                }
            });
        }
    });
    let wrong = wrong.into_inner().expect("no panic");
    let list: Vec<String> = wrong
        .iter()
        .map(|(what, cases)| format!("{what}\n    in {} cases, such as {}", cases.len(), cases[0]))
        .collect();
    assert!(
        list.is_empty(),
        "{} combinations, {} shapes set, {} things wrong\n\n{}",
        cases.len(),
        shapes.len(),
        list.len(),
        list.join("\n\n")
    );
    eprintln!("{} combinations, {} shapes set", cases.len(), shapes.len());
}
