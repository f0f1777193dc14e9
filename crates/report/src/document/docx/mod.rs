//! Documents for word processors: Office Open XML, the parts of it that these documents need.
//!
//! The same document gives the same bytes: no clock is read, and the parts stand in a fixed order.

mod body;
mod parts;
mod styles;
mod xml;

use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::model::Document;

/// The document as a `.docx` file.
///
/// # Panics
/// Never: writing to memory does not fail.
pub(super) fn docx(document: &Document) -> Vec<u8> {
    let (body, lists) = body::body(document);
    let parts: [(&str, String); 11] = [
        ("[Content_Types].xml", parts::content_types()),
        ("_rels/.rels", parts::package_relations()),
        ("docProps/core.xml", parts::core(document)),
        ("docProps/app.xml", parts::app()),
        ("word/document.xml", body),
        ("word/_rels/document.xml.rels", parts::relations()),
        ("word/styles.xml", styles::styles()),
        ("word/numbering.xml", parts::numbering(lists)),
        ("word/settings.xml", parts::settings()),
        ("word/header1.xml", parts::header(document)),
        ("word/footer1.xml", parts::footer(document)),
    ];
    match pack(&parts) {
        Ok(bytes) => bytes,
        Err(error) => unreachable!("memory takes what is written to it: {error}"),
    }
}

fn pack(parts: &[(&str, String)]) -> zip::result::ZipResult<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    for (name, text) in parts {
        zip.start_file(*name, options)?;
        zip.write_all(text.as_bytes())?;
    }
    Ok(zip.finish()?.into_inner())
}
