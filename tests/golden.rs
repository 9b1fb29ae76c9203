//! The paper of every example campaign against what was kept: its blocks, its text, the facts of its files and a small picture.

mod common;

use common::{Kept, blessing, examples, make_all};
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
    for folder in examples() {
        let (workshop, made) = make_all(&folder);
        let mut letters = 0;
        for made in &made {
            // Letters to the members of one body differ in the address alone: the first stands for all.
            if made.job.official.is_some() {
                letters += 1;
                if letters > 1 {
                    continue;
                }
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
            if workshop.campaign.id == "kandiyohi-county-mn" {
                let blocks =
                    json!({ "heading": made.composed.data["heading"], "sections": made.composed.data["sections"] });
                kept.text(&format!("{name}.blocks.json"), &format!("{blocks:#}\n"));
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
