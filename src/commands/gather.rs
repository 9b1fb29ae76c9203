//! Owns `handbill gather`: the parts of a mailing joined and looked at.

use super::{PROBLEMS, print, report};
use crate::cli::Gather;
use crate::merge::gather::gather;
use crate::values::thousands;

/// Runs the command.
pub fn run(options: &Gather) -> u8 {
    let gathered = match gather(&options.folders, options.out.as_deref()) {
        Ok(gathered) => gathered,
        Err(problems) => {
            report(&problems);
            eprintln!("nothing was joined");
            return PROBLEMS;
        }
    };
    if options.json {
        let list: Vec<serde_json::Value> = gathered
            .iter()
            .map(|mailing| {
                serde_json::json!({
                    "mailing": mailing.mailing,
                    "parts": mailing.parts,
                    "files": mailing.files,
                    "letters": mailing.letters,
                    "folder": mailing.folder,
                })
            })
            .collect();
        return print(&format!("{:#}\n", serde_json::Value::Array(list)));
    }
    let text: String = gathered
        .iter()
        .map(|mailing| {
            format!(
                "{}: {} parts, {} files, {} letters, all as they were written, in {}\n",
                mailing.mailing,
                mailing.parts,
                thousands(mailing.files as u64),
                thousands(mailing.letters as u64),
                mailing.folder.display()
            )
        })
        .collect();
    print(&text)
}
