//! Styles: one for each role that text has in a document.

use super::parts::name_spaces;
use super::xml::DECLARATION;

/// A paragraph style: id, name, the style it is based on, paragraph properties, run properties.
type Paragraph = (&'static str, &'static str, &'static str, &'static str, &'static str);

/// Colours and sizes are those of the printed page; sizes are in half points, spaces in twentieths.
const PARAGRAPHS: [Paragraph; 20] = [
    (
        "Title",
        "Title",
        "Normal",
        "<w:spacing w:before=\"60\" w:after=\"480\"/>",
        "<w:b/><w:sz w:val=\"60\"/>",
    ),
    (
        "Subtitle",
        "Subtitle",
        "Normal",
        "<w:spacing w:before=\"2800\" w:after=\"0\"/>",
        "<w:b/><w:color w:val=\"555555\"/><w:sz w:val=\"30\"/>",
    ),
    (
        "FormTitle",
        "Form Title",
        "Normal",
        "<w:spacing w:before=\"0\" w:after=\"160\"/>",
        "<w:b/><w:sz w:val=\"34\"/>",
    ),
    (
        "Heading1",
        "heading 1",
        "Normal",
        "<w:keepNext/><w:keepLines/><w:pBdr><w:bottom w:val=\"single\" w:sz=\"8\" w:space=\"2\" w:color=\"A6A6A6\"/></w:pBdr><w:spacing w:before=\"400\" w:after=\"160\"/><w:outlineLvl w:val=\"0\"/>",
        "<w:b/><w:sz w:val=\"34\"/>",
    ),
    (
        "Heading2",
        "heading 2",
        "Normal",
        "<w:keepNext/><w:keepLines/><w:spacing w:before=\"300\" w:after=\"100\"/><w:outlineLvl w:val=\"1\"/>",
        "<w:b/><w:sz w:val=\"26\"/>",
    ),
    (
        "Heading3",
        "heading 3",
        "Normal",
        "<w:keepNext/><w:keepLines/><w:spacing w:before=\"220\" w:after=\"60\"/><w:outlineLvl w:val=\"2\"/>",
        "<w:b/><w:sz w:val=\"22\"/>",
    ),
    (
        "ListBullet",
        "List Bullet",
        "Normal",
        "<w:spacing w:after=\"60\"/><w:contextualSpacing/>",
        "",
    ),
    (
        "ListNumber",
        "List Number",
        "Normal",
        "<w:spacing w:after=\"60\"/><w:contextualSpacing/>",
        "",
    ),
    (
        "Note",
        "Note",
        "Normal",
        "<w:keepLines/><w:pBdr><w:top w:val=\"single\" w:sz=\"4\" w:space=\"5\" w:color=\"BFBFBF\"/><w:left w:val=\"single\" w:sz=\"36\" w:space=\"7\" w:color=\"0072B2\"/><w:bottom w:val=\"single\" w:sz=\"4\" w:space=\"5\" w:color=\"BFBFBF\"/><w:right w:val=\"single\" w:sz=\"4\" w:space=\"7\" w:color=\"BFBFBF\"/></w:pBdr><w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"F2F2F2\"/><w:spacing w:before=\"160\" w:after=\"200\"/><w:ind w:left=\"160\" w:right=\"160\"/>",
        "",
    ),
    (
        "Caption",
        "caption",
        "Normal",
        "<w:keepNext/><w:spacing w:before=\"200\" w:after=\"80\"/>",
        "<w:b/><w:sz w:val=\"19\"/>",
    ),
    (
        "TableText",
        "Table Text",
        "Normal",
        "<w:spacing w:before=\"20\" w:after=\"20\" w:line=\"240\" w:lineRule=\"auto\"/>",
        "<w:sz w:val=\"18\"/>",
    ),
    ("TableHead", "Table Head", "TableText", "<w:keepNext/>", "<w:b/>"),
    (
        "TableBox",
        "Table Box",
        "TableText",
        "<w:jc w:val=\"center\"/>",
        "<w:rFonts w:ascii=\"Segoe UI Symbol\" w:hAnsi=\"Segoe UI Symbol\" w:eastAsia=\"Segoe UI Symbol\" w:cs=\"Segoe UI Symbol\"/><w:sz w:val=\"24\"/>",
    ),
    (
        "AfterTable",
        "After Table",
        "Normal",
        "<w:spacing w:before=\"0\" w:after=\"0\" w:line=\"160\" w:lineRule=\"exact\"/>",
        "<w:sz w:val=\"8\"/>",
    ),
    (
        "Ruled",
        "Ruled",
        "Normal",
        "<w:pBdr><w:bottom w:val=\"single\" w:sz=\"4\" w:space=\"1\" w:color=\"808080\"/><w:between w:val=\"single\" w:sz=\"4\" w:space=\"1\" w:color=\"808080\"/></w:pBdr><w:spacing w:before=\"0\" w:after=\"0\" w:line=\"440\" w:lineRule=\"exact\"/>",
        "",
    ),
    (
        "TOCHeading",
        "TOC Heading",
        "Normal",
        "<w:keepNext/><w:spacing w:after=\"120\"/>",
        "<w:b/><w:sz w:val=\"34\"/>",
    ),
    ("TOC1", "toc 1", "Normal", "<w:spacing w:before=\"80\" w:after=\"20\"/>", "<w:b/>"),
    ("TOC2", "toc 2", "Normal", "<w:spacing w:after=\"20\"/><w:ind w:left=\"400\"/>", ""),
    (
        "Header",
        "header",
        "Normal",
        "<w:pBdr><w:bottom w:val=\"single\" w:sz=\"4\" w:space=\"3\" w:color=\"BFBFBF\"/></w:pBdr><w:spacing w:after=\"0\"/>",
        "<w:color w:val=\"555555\"/><w:sz w:val=\"17\"/>",
    ),
    (
        "Footer",
        "footer",
        "Normal",
        "<w:spacing w:after=\"0\"/><w:jc w:val=\"center\"/>",
        "<w:color w:val=\"555555\"/><w:sz w:val=\"17\"/>",
    ),
];

/// The part `styles.xml`.
pub(super) fn styles() -> String {
    let paragraphs: String = PARAGRAPHS.iter().map(paragraph).collect();
    format!(
        "{DECLARATION}<w:styles {}><w:docDefaults><w:rPrDefault><w:rPr>\
         <w:rFonts w:ascii=\"Arial\" w:hAnsi=\"Arial\" w:eastAsia=\"Arial\" w:cs=\"Arial\"/>\
         <w:sz w:val=\"21\"/><w:szCs w:val=\"21\"/><w:lang w:val=\"en-GB\" w:eastAsia=\"ja-JP\" w:bidi=\"ar-SA\"/>\
         </w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after=\"140\" w:line=\"269\" w:lineRule=\"auto\"/>\
         </w:pPr></w:pPrDefault></w:docDefaults>\
         <w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/><w:qFormat/></w:style>\
         <w:style w:type=\"character\" w:default=\"1\" w:styleId=\"DefaultParagraphFont\">\
         <w:name w:val=\"Default Paragraph Font\"/><w:uiPriority w:val=\"1\"/><w:semiHidden/></w:style>\
         {paragraphs}{CHARACTERS}{TABLES}</w:styles>",
        name_spaces()
    )
}

fn paragraph((id, name, based, properties, run): &Paragraph) -> String {
    let run = if run.is_empty() { String::new() } else { format!("<w:rPr>{run}</w:rPr>") };
    format!(
        "<w:style w:type=\"paragraph\" w:styleId=\"{id}\"><w:name w:val=\"{name}\"/>\
         <w:basedOn w:val=\"{based}\"/><w:qFormat/><w:pPr>{properties}</w:pPr>{run}</w:style>"
    )
}

const CHARACTERS: &str = "<w:style w:type=\"character\" w:styleId=\"Blank\"><w:name w:val=\"Blank\"/><w:qFormat/>\
    <w:rPr><w:color w:val=\"3D3200\"/><w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"FFF1B8\"/></w:rPr></w:style>\
    <w:style w:type=\"character\" w:styleId=\"Hyperlink\"><w:name w:val=\"Hyperlink\"/></w:style>";

const TABLES: &str = "<w:style w:type=\"table\" w:default=\"1\" w:styleId=\"TableNormal\">\
    <w:name w:val=\"Normal Table\"/><w:uiPriority w:val=\"99\"/><w:semiHidden/><w:tblPr><w:tblInd w:w=\"0\" w:type=\"dxa\"/>\
    <w:tblCellMar><w:top w:w=\"0\" w:type=\"dxa\"/><w:left w:w=\"108\" w:type=\"dxa\"/>\
    <w:bottom w:w=\"0\" w:type=\"dxa\"/><w:right w:w=\"108\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr></w:style>\
    <w:style w:type=\"table\" w:styleId=\"TableGrid\"><w:name w:val=\"Table Grid\"/><w:basedOn w:val=\"TableNormal\"/>\
    <w:tblPr><w:tblBorders><w:top w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"A6A6A6\"/>\
    <w:left w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"A6A6A6\"/>\
    <w:bottom w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"A6A6A6\"/>\
    <w:right w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"A6A6A6\"/>\
    <w:insideH w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"A6A6A6\"/>\
    <w:insideV w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"A6A6A6\"/></w:tblBorders></w:tblPr></w:style>";
