//! Owns `handbill schema`, and the schema that stands beside the campaigns this program makes.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use super::print;
use crate::cli::Described;
use crate::schema::{self, CAMPAIGN_SCHEMA};

/// Runs the command.
pub fn run(file: Described) -> u8 {
    print(&match file {
        Described::Campaign => schema::campaign(),
        Described::Template => schema::template(),
        Described::Facts => schema::facts(),
    })
}

/// Writes the schema of `campaign.toml` into a folder of campaigns, unless what stands there is somebody's own.
pub fn write_beside(campaigns: &Path) -> io::Result<()> {
    let path = campaigns.join(CAMPAIGN_SCHEMA);
    let text = schema::campaign();
    match fs::read(&path) {
        Ok(bytes) if bytes == text.as_bytes() || !schema::is_ours(&String::from_utf8_lossy(&bytes)) => return Ok(()),
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        Ok(_) | Err(_) => {}
    }
    fs::create_dir_all(campaigns)?;
    let mut file = tempfile::Builder::new().prefix(".handbill-").tempfile_in(campaigns)?;
    file.write_all(text.as_bytes())?;
    file.persist(path).map_err(|error| error.error)?;
    Ok(())
}
