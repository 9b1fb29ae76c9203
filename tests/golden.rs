//! The paper of every example campaign against what was kept: its blocks, its text, the facts of its files and a small picture.

mod common;

use std::collections::BTreeSet;

use common::{Kept, blessing, examples, full, make_all, root};
use handbill::contract::{Group, Set};
use handbill::diagnostic::Diagnostics;
use handbill::kit::Kit;
use handbill::plan::documents;
use serde_json::json;
use tiny_skia::Pixmap;

/// Dots to the inch of the kept pictures: enough to see a page's shape.
const DPI: f64 = 24.0;
/// How different a dot may be, of 255.
const DOT: u8 = 48;
/// How many of a thousand dots may be that different.
const DOTS: usize = 5;

#[test]
fn paper_is_as_kept() {
    let mut kept = Kept::new("golden");
    for folder in examples().into_iter().chain([full()]) {
        let (workshop, made) = make_all(&folder);
        let mut seen = BTreeSet::new();
        for made in &made {
            // Letters of one kind differ in the address alone: the first stands for all.
            if made.job.official.is_some() && !seen.insert(made.job.document.clone()) {
                continue;
            }
            let name = format!("{}/{}", workshop.campaign.id, made.job.name);
            let text = made.pages.text().join("\n\n---- page ----\n\n");
            kept.text(&format!("{name}.txt"), &format!("{text}\n"));
            let facts = json!({
                "pages": made.pages.count(),
                "title": made.composed.data["title"],
                "lang": made.composed.data["lang"],
                "sources": made.composed.cited,
                "blanks": made.composed.blanks,
            });
            kept.text(&format!("{name}.facts.json"), &format!("{facts:#}\n"));
            let basic = workshop.kit.contracts[&made.job.document].sets.contains(&Set::Basics);
            if workshop.campaign.id == "kandiyohi-county-mn" && basic {
                let blocks =
                    json!({ "heading": made.composed.data["heading"], "sections": made.composed.data["sections"] });
                kept.text(&format!("{name}.blocks.json"), &format!("{blocks:#}\n"));
            }
            // One place with its blanks and one with everything known show every layout.
            if !matches!(workshop.campaign.id.as_str(), "crow-wing-county-mn" | "example-county-mn") && !basic {
                continue;
            }
            for (at, picture) in made.pages.png(DPI).into_iter().enumerate() {
                compare_picture(&mut kept, &format!("{name}-{}.png", at + 1), &picture);
            }
        }
    }
    kept.finish();
}

/// Compares a picture dot by dot, forgiving what a font's rounding may move.
fn compare_picture(kept: &mut Kept, name: &str, found: &[u8]) {
    let path = kept.path(name);
    if blessing() {
        std::fs::create_dir_all(path.parent().expect("it has one")).expect("the folder can be made");
        std::fs::write(&path, found).expect("the picture can be written");
        return;
    }
    let Ok(before) = Pixmap::load_png(&path) else {
        return kept.wrong(format!("{name} is not kept"));
    };
    let now = Pixmap::decode_png(found).expect("our own picture can be read");
    if (before.width(), before.height()) != (now.width(), now.height()) {
        return kept.wrong(format!("{name} has another size"));
    }
    let different = before
        .pixels()
        .iter()
        .zip(now.pixels())
        .filter(|(a, b)| {
            a.red().abs_diff(b.red()).max(a.green().abs_diff(b.green())).max(a.blue().abs_diff(b.blue())) > DOT
        })
        .count();
    if different * 1000 > DOTS * before.pixels().len() {
        kept.wrong(format!("{name} looks different in {different} of {} dots", before.pixels().len()));
    }
}

/// Where the catalogue stands that people read.
const CATALOGUE: &str = "docs/catalogue.md";

#[test]
fn the_catalogue_is_in_step() {
    let mut problems = Diagnostics::default();
    let kit = Kit::built_in(&mut problems);
    let mut page = "# The catalogue\n\nEvery document, with its first side as the tests keep it. `handbill build CAMPAIGN -d NAME` makes one, \
                    `--set NAME` makes the documents of a set, `--set all` makes everything.\n"
        .to_string();
    for (group, heading) in Group::ALL.iter().zip(["For residents", "To officials", "For meetings", "For organizers"]) {
        page.push_str(&format!("\n## {heading}\n\n| | Document | What it is for | Sets |\n|---|---|---|---|\n"));
        for document in documents(&kit) {
            let contract = &kit.contracts[&document];
            if contract.group != *group {
                continue;
            }
            let sets: Vec<&str> = contract.sets.iter().map(|set| set.word()).collect();
            let picture = pictured(&document);
            page.push_str(&format!(
                "| <img src=\"../{picture}\" alt=\"First side of: {}\" width=\"120\"> | `{document}` | {} | {} |\n",
                contract.title,
                contract.purpose,
                sets.join(", ")
            ));
        }
    }
    let path = root().join(CATALOGUE);
    if blessing() {
        std::fs::write(&path, &page).expect("the catalogue can be written");
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(kept == page, "{CATALOGUE} is not in step with the contracts: run again with BLESS=1");
}

/// The kept picture of a document's first side.
fn pictured(document: &str) -> String {
    let folder = "tests/golden/example-county-mn";
    let mut pictures: Vec<String> = std::fs::read_dir(root().join(folder))
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .filter(|name| name.starts_with(document) && name.ends_with("-1.png"))
        .collect();
    // `letter-board-1.png` before that of a longer name; for letters, the one to a named person.
    pictures.sort_by_key(String::len);
    format!("{folder}/{}", pictures.first().map_or("", String::as_str))
}
