//! The parts around the document: how it looks, what stands above and below each page, and how the parts belong together.

use super::super::paper::{Block, Paper, Sheet};
use super::room;
use super::xml::escaped;
use crate::report::text::SIMULATED;
use crate::scenario::model::Tlp;
use std::fmt::Write as _;

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const W: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";

/// How many letters of the title stand above each page.
const MOST_OF_TITLE: usize = 60;

/// What the archive as a whole is related to.
pub(super) const RELATIONS: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
    <Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
    <Relationship Id=\"document\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/>\
    <Relationship Id=\"core\" Type=\"http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties\" Target=\"docProps/core.xml\"/>\
    <Relationship Id=\"app\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/extended-properties\" Target=\"docProps/app.xml\"/>\
    </Relationships>";

/// Which program made it.
pub(super) const APP_PROPERTIES: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
    <Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties\"><Application>Canvass</Application></Properties>";

/// That it is laid out as Word does since 2013.
pub(super) const SETTINGS: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
    <w:settings xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">\
    <w:defaultTabStop w:val=\"720\"/><w:characterSpacingControl w:val=\"doNotCompress\"/>\
    <w:compat><w:compatSetting w:name=\"compatibilityMode\" w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/></w:compat>\
    </w:settings>";

/// What kind of content each part has.
pub(super) fn content_types(paper: &Paper) -> String {
    const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";
    let mut out = format!(
        "{HEAD}<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
         <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
         <Default Extension=\"xml\" ContentType=\"application/xml\"/>\
         <Override PartName=\"/word/document.xml\" ContentType=\"{WORD}.document.main+xml\"/>\
         <Override PartName=\"/word/styles.xml\" ContentType=\"{WORD}.styles+xml\"/>\
         <Override PartName=\"/word/numbering.xml\" ContentType=\"{WORD}.numbering+xml\"/>\
         <Override PartName=\"/word/settings.xml\" ContentType=\"{WORD}.settings+xml\"/>\
         <Override PartName=\"/docProps/core.xml\" ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/>\
         <Override PartName=\"/docProps/app.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.extended-properties+xml\"/>"
    );
    for (position, kind) in (0..paper.sheets.len()).flat_map(|position| [(position, "header"), (position, "footer")]) {
        let _ = write!(out, "<Override PartName=\"/word/{kind}{position}.xml\" ContentType=\"{WORD}.{kind}+xml\"/>");
    }
    out + "</Types>"
}

/// The parts to which the document refers.
pub(super) fn document_relations(paper: &Paper) -> String {
    const KINDS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let mut out =
        format!("{HEAD}<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">");
    for kind in ["styles", "numbering", "settings"] {
        let _ = write!(out, "<Relationship Id=\"{kind}\" Type=\"{KINDS}/{kind}\" Target=\"{kind}.xml\"/>");
    }
    for (position, kind) in (0..paper.sheets.len()).flat_map(|position| [(position, "header"), (position, "footer")]) {
        let name = format!("{kind}{position}");
        let _ = write!(out, "<Relationship Id=\"{name}\" Type=\"{KINDS}/{kind}\" Target=\"{name}.xml\"/>");
    }
    out + "</Relationships>"
}

/// Title and marking, for lists of files. It holds no date: the same paper is the same bytes.
pub(super) fn core_properties(paper: &Paper) -> String {
    format!(
        "{HEAD}<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>{}: {}</dc:title><dc:subject>{}, {SIMULATED}</dc:subject>\
         <dc:creator>Canvass</dc:creator></cp:coreProperties>",
        escaped(&paper.kind),
        escaped(&paper.title),
        paper.tlp.marking(),
    )
}

/// What stands above each page.
pub(super) fn header(paper: &Paper, sheet: &Sheet) -> String {
    let mut title: String = paper.title.split_whitespace().collect::<Vec<_>>().join(" ");
    if title.chars().count() > MOST_OF_TITLE {
        title = title.chars().take(MOST_OF_TITLE).collect::<String>() + "…";
    }
    let words = words(&format!("{} · {title}", paper.kind));
    format!(
        "{HEAD}<w:hdr {W}><w:p><w:pPr><w:pStyle w:val=\"Header\"/>{}</w:pPr>{words}<w:r><w:tab/></w:r>{}{}</w:p></w:hdr>",
        tabs(&[("right", room(paper.size, sheet))]),
        self::words(&format!("{SIMULATED}  ")),
        label(paper.tlp),
    )
}

/// What stands below each page.
pub(super) fn footer(paper: &Paper, sheet: &Sheet) -> String {
    let room = room(paper.size, sheet);
    let field = |name: &str| format!("<w:fldSimple w:instr=\" {name} \"><w:r><w:t>1</w:t></w:r></w:fldSimple>");
    format!(
        "{HEAD}<w:ftr {W}><w:p><w:pPr><w:pStyle w:val=\"Footer\"/>{}</w:pPr>{}<w:r><w:tab/></w:r>{}{}{}{}\
         <w:r><w:tab/></w:r>{}</w:p></w:ftr>",
        tabs(&[("center", room / 2), ("right", room)]),
        words(SIMULATED),
        words("Page "),
        field("PAGE"),
        words(" of "),
        field("NUMPAGES"),
        label(paper.tlp),
    )
}

fn tabs(stops: &[(&str, u32)]) -> String {
    let all = stops.iter().fold(String::new(), |mut all, (kind, place)| {
        let _ = write!(all, "<w:tab w:val=\"{kind}\" w:pos=\"{place}\"/>");
        all
    });
    format!("<w:tabs>{all}</w:tabs>")
}

fn words(text: &str) -> String {
    format!("<w:r><w:t xml:space=\"preserve\">{}</w:t></w:r>", escaped(text))
}

/// The marking as the Traffic Light Protocol wants it: at the right, at least 12 points, coloured letters on black.
fn label(tlp: Tlp) -> String {
    format!(
        "<w:r><w:rPr><w:b/><w:bCs/><w:color w:val=\"{:06X}\"/><w:sz w:val=\"24\"/><w:szCs w:val=\"24\"/>\
         <w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"000000\"/></w:rPr><w:t xml:space=\"preserve\"> {} </w:t></w:r>",
        tlp.colour(),
        tlp.marking(),
    )
}

/// Lists: one with bullets, and one with numbers for each list of steps, so that each begins with 1.
pub(super) fn numbering(paper: &Paper) -> String {
    let level = |format: &str, text: &str| {
        format!(
            "<w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{format}\"/><w:lvlText w:val=\"{text}\"/><w:lvlJc w:val=\"left\"/>\
             <w:pPr><w:ind w:left=\"397\" w:hanging=\"397\"/></w:pPr></w:lvl>"
        )
    };
    let mut out = format!(
        "{HEAD}<w:numbering {W}>\
         <w:abstractNum w:abstractNumId=\"0\"><w:multiLevelType w:val=\"singleLevel\"/>{}</w:abstractNum>\
         <w:abstractNum w:abstractNumId=\"1\"><w:multiLevelType w:val=\"singleLevel\"/>{}</w:abstractNum>\
         <w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num>",
        level("bullet", "•"),
        level("decimal", "%1."),
    );
    let lists = paper.blocks().filter(|block| matches!(block, Block::Steps(_))).count();
    for list in 0..lists {
        let _ = write!(
            out,
            "<w:num w:numId=\"{}\"><w:abstractNumId w:val=\"1\"/>\
             <w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"1\"/></w:lvlOverride></w:num>",
            list + 2
        );
    }
    out + "</w:numbering>"
}

/// A paragraph style.
struct Style {
    id: &'static str,
    name: &'static str,
    paragraph: &'static str,
    run: &'static str,
}

const fn style(id: &'static str, name: &'static str, paragraph: &'static str, run: &'static str) -> Style {
    Style { id, name, paragraph, run }
}

const BLUE: &str = "<w:color w:val=\"1F3A5F\"/>";

const STYLES: [Style; 18] = [
    style(
        "Kind",
        "Kind of Paper",
        "<w:keepNext/><w:spacing w:before=\"0\" w:after=\"40\"/>",
        "<w:b/><w:bCs/><w:color w:val=\"5A6B7F\"/><w:sz w:val=\"26\"/><w:szCs w:val=\"26\"/>",
    ),
    style(
        "Title",
        "Title",
        "<w:keepNext/><w:pBdr><w:bottom w:val=\"single\" w:sz=\"12\" w:space=\"6\" w:color=\"1F3A5F\"/></w:pBdr><w:spacing w:before=\"0\" w:after=\"240\"/>",
        "<w:b/><w:bCs/><w:color w:val=\"1F3A5F\"/><w:sz w:val=\"44\"/><w:szCs w:val=\"44\"/>",
    ),
    style(
        "Heading1",
        "heading 1",
        "<w:keepNext/><w:keepLines/><w:spacing w:before=\"360\" w:after=\"120\"/><w:outlineLvl w:val=\"0\"/>",
        "<w:b/><w:bCs/><w:color w:val=\"1F3A5F\"/><w:sz w:val=\"30\"/><w:szCs w:val=\"30\"/>",
    ),
    style(
        "Heading2",
        "heading 2",
        "<w:keepNext/><w:keepLines/><w:spacing w:before=\"280\" w:after=\"80\"/><w:outlineLvl w:val=\"1\"/>",
        "<w:b/><w:bCs/><w:color w:val=\"1F3A5F\"/><w:sz w:val=\"24\"/><w:szCs w:val=\"24\"/>",
    ),
    style(
        "Heading3",
        "heading 3",
        "<w:keepNext/><w:keepLines/><w:spacing w:before=\"200\" w:after=\"60\"/><w:outlineLvl w:val=\"2\"/>",
        "<w:b/><w:bCs/><w:sz w:val=\"21\"/><w:szCs w:val=\"21\"/>",
    ),
    style("Contents", "Contents Line", "<w:spacing w:before=\"0\" w:after=\"40\"/>", BLUE),
    style(
        "Bullet",
        "List Bullet",
        "<w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr><w:spacing w:before=\"0\" w:after=\"60\"/><w:ind w:left=\"397\" w:hanging=\"397\"/>",
        "",
    ),
    style(
        "Step",
        "List Number",
        "<w:spacing w:before=\"0\" w:after=\"60\"/><w:ind w:left=\"397\" w:hanging=\"397\"/>",
        "",
    ),
    style(
        "About",
        "About the Paper",
        "<w:keepLines/><w:pBdr><w:left w:val=\"single\" w:sz=\"24\" w:space=\"8\" w:color=\"1F3A5F\"/></w:pBdr>\
         <w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"EEF2F7\"/><w:spacing w:before=\"0\" w:after=\"80\"/><w:ind w:left=\"227\" w:right=\"113\"/>",
        "",
    ),
    style(
        "Aloud",
        "Read Aloud",
        "<w:keepLines/><w:pBdr><w:left w:val=\"single\" w:sz=\"24\" w:space=\"8\" w:color=\"2E7D4F\"/></w:pBdr>\
         <w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"EDF6F0\"/><w:spacing w:before=\"80\" w:after=\"120\"/><w:ind w:left=\"227\" w:right=\"113\"/>",
        "<w:sz w:val=\"23\"/><w:szCs w:val=\"23\"/>",
    ),
    style(
        "Missing",
        "Missing in the Scenario",
        "<w:keepLines/><w:pBdr><w:left w:val=\"single\" w:sz=\"24\" w:space=\"8\" w:color=\"B06000\"/></w:pBdr>\
         <w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"FFF4E0\"/><w:spacing w:before=\"80\" w:after=\"120\"/><w:ind w:left=\"227\" w:right=\"113\"/>",
        "",
    ),
    style(
        "Cell",
        "Table Cell",
        "<w:spacing w:before=\"30\" w:after=\"30\" w:line=\"240\" w:lineRule=\"auto\"/>",
        "<w:sz w:val=\"19\"/><w:szCs w:val=\"19\"/>",
    ),
    style(
        "CellHeading",
        "Table Heading",
        "<w:keepNext/><w:spacing w:before=\"30\" w:after=\"30\" w:line=\"240\" w:lineRule=\"auto\"/>",
        "<w:b/><w:bCs/><w:color w:val=\"1F3A5F\"/><w:sz w:val=\"19\"/><w:szCs w:val=\"19\"/>",
    ),
    style(
        "Line",
        "Line to Write on",
        "<w:pBdr><w:bottom w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"8A94A0\"/>\
         <w:between w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"8A94A0\"/></w:pBdr><w:spacing w:before=\"0\" w:after=\"0\" w:line=\"440\" w:lineRule=\"exact\"/>",
        "",
    ),
    style(
        "Gap",
        "Gap",
        "<w:spacing w:before=\"0\" w:after=\"0\" w:line=\"160\" w:lineRule=\"exact\"/>",
        "<w:sz w:val=\"8\"/><w:szCs w:val=\"8\"/>",
    ),
    style(
        "Turn",
        "Turn of the Page",
        "<w:spacing w:before=\"0\" w:after=\"0\" w:line=\"20\" w:lineRule=\"exact\"/>",
        "<w:sz w:val=\"2\"/><w:szCs w:val=\"2\"/>",
    ),
    style(
        "Header",
        "header",
        "<w:pBdr><w:bottom w:val=\"single\" w:sz=\"4\" w:space=\"4\" w:color=\"8A94A0\"/></w:pBdr><w:spacing w:before=\"0\" w:after=\"0\"/>",
        "<w:color w:val=\"5A6B7F\"/><w:sz w:val=\"17\"/><w:szCs w:val=\"17\"/>",
    ),
    style(
        "Footer",
        "footer",
        "<w:spacing w:before=\"0\" w:after=\"0\"/>",
        "<w:color w:val=\"5A6B7F\"/><w:sz w:val=\"17\"/><w:szCs w:val=\"17\"/>",
    ),
];

/// The part `word/styles.xml`.
pub(super) fn styles(paper: &Paper) -> String {
    let language = match paper.size {
        super::Size::Letter => "en-US",
        super::Size::A4 => "en-GB",
    };
    let mut out = format!(
        "{HEAD}<w:styles {W}><w:docDefaults>\
         <w:rPrDefault><w:rPr><w:rFonts w:ascii=\"Arial\" w:hAnsi=\"Arial\" w:eastAsia=\"Arial\" w:cs=\"Arial\"/><w:sz w:val=\"21\"/><w:szCs w:val=\"21\"/>\
         <w:lang w:val=\"{language}\"/></w:rPr></w:rPrDefault>\
         <w:pPrDefault><w:pPr><w:spacing w:before=\"0\" w:after=\"120\" w:line=\"264\" w:lineRule=\"auto\"/></w:pPr></w:pPrDefault></w:docDefaults>\
         <w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/><w:qFormat/></w:style>"
    );
    for Style { id, name, paragraph, run } in STYLES {
        let _ = write!(
            out,
            "<w:style w:type=\"paragraph\" w:styleId=\"{id}\"><w:name w:val=\"{name}\"/><w:basedOn w:val=\"Normal\"/><w:qFormat/>\
             <w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr></w:style>"
        );
    }
    let border = |side: &str| format!("<w:{side} w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"8A94A0\"/>");
    let borders: String = ["top", "left", "bottom", "right", "insideH", "insideV"].map(border).concat();
    out + "<w:style w:type=\"table\" w:default=\"1\" w:styleId=\"TableNormal\"><w:name w:val=\"Normal Table\"/><w:tblPr><w:tblInd w:w=\"0\" w:type=\"dxa\"/>\
           <w:tblCellMar><w:top w:w=\"0\" w:type=\"dxa\"/><w:left w:w=\"108\" w:type=\"dxa\"/><w:bottom w:w=\"0\" w:type=\"dxa\"/>\
           <w:right w:w=\"108\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr></w:style>\
           <w:style w:type=\"table\" w:styleId=\"Grid\"><w:name w:val=\"Table Grid\"/><w:basedOn w:val=\"TableNormal\"/><w:tblPr><w:tblBorders>"
        + &borders
        + "</w:tblBorders></w:tblPr></w:style></w:styles>"
}
