//! The parts around the text: what the package holds, properties, lists, header and footer.

use super::xml::{DECLARATION, escape};
use crate::document::model::Document;

const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const RELATED: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
/// Documents are written at no time: the same one has the same bytes.
const WRITTEN: &str = "2020-01-01T00:00:00Z";

/// The root element's name spaces.
pub(super) fn name_spaces() -> String {
    format!("xmlns:w=\"{WORD}\" xmlns:r=\"{RELATED}\"")
}

pub(super) fn content_types() -> String {
    let word = "application/vnd.openxmlformats-officedocument.wordprocessingml";
    let part = |path: &str, form: &str| {
        format!("<Override PartName=\"/{path}\" ContentType=\"{form}+xml\"/>")
    };
    let parts: String = [
        ("word/document.xml", format!("{word}.document.main")),
        ("word/styles.xml", format!("{word}.styles")),
        ("word/numbering.xml", format!("{word}.numbering")),
        ("word/settings.xml", format!("{word}.settings")),
        ("word/header1.xml", format!("{word}.header")),
        ("word/footer1.xml", format!("{word}.footer")),
        ("docProps/core.xml", "application/vnd.openxmlformats-package.core-properties".to_owned()),
        (
            "docProps/app.xml",
            "application/vnd.openxmlformats-officedocument.extended-properties".to_owned(),
        ),
    ]
    .iter()
    .map(|(path, form)| part(path, form))
    .collect();
    format!(
        "{DECLARATION}<Types xmlns=\"{PACKAGE}/content-types\">\
         <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
         <Default Extension=\"xml\" ContentType=\"application/xml\"/>{parts}</Types>"
    )
}

fn relations_to(list: &[(&str, &str)]) -> String {
    let each = |(i, (sort, target)): (usize, &(&str, &str))| {
        format!("<Relationship Id=\"rId{}\" Type=\"{sort}\" Target=\"{target}\"/>", i + 1)
    };
    let all: String = list.iter().enumerate().map(each).collect();
    format!("{DECLARATION}<Relationships xmlns=\"{PACKAGE}/relationships\">{all}</Relationships>")
}

pub(super) fn package_relations() -> String {
    relations_to(&[
        (&format!("{RELATED}/officeDocument"), "word/document.xml"),
        (&format!("{PACKAGE}/relationships/metadata/core-properties"), "docProps/core.xml"),
        (&format!("{RELATED}/extended-properties"), "docProps/app.xml"),
    ])
}

/// What the text names: the header is `rId4`, the footer `rId5`.
pub(super) fn relations() -> String {
    let to = |sort: &str| format!("{RELATED}/{sort}");
    relations_to(&[
        (&to("styles"), "styles.xml"),
        (&to("numbering"), "numbering.xml"),
        (&to("settings"), "settings.xml"),
        (&to("header"), "header1.xml"),
        (&to("footer"), "footer1.xml"),
    ])
}

pub(super) fn core(document: &Document) -> String {
    let title = escape(&format!("{}: {}", document.exercise, document.kind));
    let subject = escape(document.kind);
    let marking = escape(document.marking());
    format!(
        "{DECLARATION}<cp:coreProperties xmlns:cp=\"{PACKAGE}/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">\
         <dc:title>{title}</dc:title><dc:subject>{subject}</dc:subject><dc:creator>hotwash</dc:creator>\
         <cp:keywords>HSEEP, exercise</cp:keywords><dc:description>{marking}</dc:description>\
         <cp:lastModifiedBy>hotwash</cp:lastModifiedBy>\
         <dcterms:created xsi:type=\"dcterms:W3CDTF\">{WRITTEN}</dcterms:created>\
         <dcterms:modified xsi:type=\"dcterms:W3CDTF\">{WRITTEN}</dcterms:modified>\
         <dc:language>en-GB</dc:language></cp:coreProperties>"
    )
}

pub(super) fn app() -> String {
    format!(
        "{DECLARATION}<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties\">\
         <Application>hotwash</Application></Properties>"
    )
}

/// Bullets are list 1; each list with numbers, from 2 on, begins at 1.
pub(super) fn numbering(numbered: u32) -> String {
    let level = |form: &str, text: &str| {
        format!(
            "<w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{form}\"/>\
             <w:lvlText w:val=\"{text}\"/><w:lvlJc w:val=\"left\"/>\
             <w:pPr><w:ind w:left=\"425\" w:hanging=\"340\"/></w:pPr></w:lvl>"
        )
    };
    let (bullets, numbers) = (level("bullet", "\u{2022}"), level("decimal", "%1."));
    let lists: String = (0..numbered)
        .map(|i| {
            format!(
                "<w:num w:numId=\"{}\"><w:abstractNumId w:val=\"1\"/><w:lvlOverride w:ilvl=\"0\">\
                 <w:startOverride w:val=\"1\"/></w:lvlOverride></w:num>",
                i + 2
            )
        })
        .collect();
    format!(
        "{DECLARATION}<w:numbering {}>\
         <w:abstractNum w:abstractNumId=\"0\"><w:multiLevelType w:val=\"singleLevel\"/>{bullets}</w:abstractNum>\
         <w:abstractNum w:abstractNumId=\"1\"><w:multiLevelType w:val=\"singleLevel\"/>{numbers}</w:abstractNum>\
         <w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num>{lists}</w:numbering>",
        name_spaces()
    )
}

pub(super) fn settings() -> String {
    format!(
        "{DECLARATION}<w:settings {}><w:zoom w:percent=\"100\"/><w:defaultTabStop w:val=\"720\"/>\
         <w:characterSpacingControl w:val=\"doNotCompress\"/>\
         <w:compat><w:compatSetting w:name=\"compatibilityMode\" \
         w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/></w:compat>\
         <w:themeFontLang w:val=\"en-GB\"/></w:settings>",
        name_spaces()
    )
}

pub(super) fn header(document: &Document) -> String {
    let text = escape(&format!("{} \u{b7} {}", document.exercise, document.kind));
    format!(
        "{DECLARATION}<w:hdr {}><w:p><w:pPr><w:pStyle w:val=\"Header\"/></w:pPr>\
         <w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r></w:p></w:hdr>",
        name_spaces()
    )
}

pub(super) fn footer(document: &Document) -> String {
    let marking = escape(document.marking());
    let field = |code: &str| {
        format!(
            "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r>\
             <w:r><w:instrText xml:space=\"preserve\"> {code} </w:instrText></w:r>\
             <w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>1</w:t></w:r>\
             <w:r><w:fldChar w:fldCharType=\"end\"/></w:r>"
        )
    };
    format!(
        "{DECLARATION}<w:ftr {}><w:p><w:pPr><w:pStyle w:val=\"Footer\"/></w:pPr>\
         <w:r><w:t xml:space=\"preserve\">{marking} \u{b7} page </w:t></w:r>{}\
         <w:r><w:t xml:space=\"preserve\"> of </w:t></w:r>{}</w:p></w:ftr>",
        name_spaces(),
        field("PAGE"),
        field("NUMPAGES")
    )
}
