//! The list as a workbook: the rows, with drop-down lists, and a sheet that explains them.

use rust_xlsxwriter::{
    Color, DataValidation, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder,
    Workbook, Worksheet, XlsxError,
};

use super::{CARD, HEADS, Row, STATUSES, form};

/// Paper sizes by the numbers that spreadsheets give them.
const A3: u8 = 8;
const A4: u8 = 9;

/// Widths of the columns in characters.
const WIDTHS: [f64; 15] =
    [5.0, 20.0, 30.0, 34.0, 46.0, 14.0, 16.0, 22.0, 16.0, 36.0, 28.0, 22.0, 40.0, 9.0, 15.0];

/// What each column holds, in the order of [`HEADS`].
const COLUMNS: [&str; 15] = [
    "Counts the rows.",
    "The name in the scenario. Leave it as it is: by it an edited list is read back. A new row has none.",
    "The date and time in the exercise, with its place after STARTEX, such as T+3d 01:00; or what the row waits for.",
    "What the row is about. For a decision: number of options, time limit, and what happens when nobody decides.",
    "What players read: the message, or the question of a decision.",
    "In which form it reaches them.",
    "Who it comes from, in the exercise.",
    "The posts or departments that see it.",
    "Who among the controllers sees to it. The program delivers by itself what has a time or a condition.",
    "What the authors expect players to do. Evaluators look for it.",
    "The objective that the row exercises.",
    "The core capability that the objective belongs to.",
    "Room for evaluators. In the list as played: what was done, by whom, how sure, and why.",
    "Minutes at the table. A proposal: an hour of play shared among the decisions. Change it as you like.",
    "How the row stands.",
];

/// The list as an `.xlsx` file; `title` names the exercise.
///
/// # Panics
/// Never: the layout is fixed and texts are cut to what a cell holds.
pub fn xlsx(title: &str, rows: &[Row]) -> Vec<u8> {
    match write(title, rows) {
        Ok(bytes) => bytes,
        Err(error) => unreachable!("a sheet of texts can be written: {error}"),
    }
}

fn write(title: &str, rows: &[Row]) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    // Written at no time, so that the same list has the same bytes.
    let written = ExcelDateTime::from_ymd(2020, 1, 1)?;
    book.set_properties(
        &DocProperties::new()
            .set_title(cut(&format!("{title}: master scenario events list")))
            .set_author("hotwash")
            .set_creation_datetime(&written),
    );
    list(book.add_worksheet(), title, rows)?;
    read_me(book.add_worksheet(), title)?;
    book.save_to_buffer()
}

fn list(sheet: &mut Worksheet, title: &str, rows: &[Row]) -> Result<(), XlsxError> {
    sheet.set_name("MSEL")?;
    let head = Format::new()
        .set_bold()
        .set_font_color(Color::White)
        .set_background_color(Color::RGB(0x1F_3A_5F))
        .set_align(FormatAlign::VerticalCenter)
        .set_text_wrap()
        .set_border(FormatBorder::Thin);
    let body = Format::new()
        .set_text_wrap()
        .set_align(FormatAlign::Top)
        .set_border(FormatBorder::Thin)
        .set_border_color(Color::RGB(0xBF_BF_BF));
    for (i, (name, width)) in (0_u16..).zip(HEADS.iter().zip(WIDTHS)) {
        sheet.set_column_width(i, width)?;
        sheet.write_string_with_format(0, i, *name, &head)?;
    }
    sheet.set_row_height(0, 32)?;
    for (i, row) in rows.iter().enumerate() {
        let at = i as u32 + 1;
        let cells = row.cells(i + 1);
        sheet.set_row_height(at, height(cells.iter().map(String::as_str).zip(WIDTHS)))?;
        for (column, cell) in (0_u16..).zip(cells) {
            match cell.parse::<u32>() {
                Ok(number) if HEADS[usize::from(column)] == "No." || is_minutes(column) => {
                    sheet.write_number_with_format(at, column, number, &body)?;
                }
                _ => {
                    sheet.write_string_with_format(at, column, cut(&cell), &body)?;
                }
            }
        }
    }
    let last = rows.len() as u32;
    sheet.autofilter(0, 0, last, HEADS.len() as u16 - 1)?;
    sheet.set_freeze_panes(1, 2)?;
    choices(sheet, last)?;
    sheet.set_landscape().set_paper_size(A3).set_print_fit_to_pages(1, 0).set_repeat_rows(0, 0)?;
    let shown = cut(title).replace('&', "&&");
    let shown: String = shown.chars().take(120).collect();
    sheet.set_header(format!("&L{shown}&RMaster scenario events list (MSEL)"));
    sheet.set_footer("&LFor controllers and evaluators only&RPage &P of &N");
    Ok(())
}

/// Height in points that shows the texts of a row in columns of these widths: programs differ in
/// whether they find it out by themselves.
fn height<'a>(cells: impl Iterator<Item = (&'a str, f64)>) -> f64 {
    /// Highest row that a sheet can have.
    const MOST: f64 = 409.0;
    let lines = cells.map(|(text, width)| {
        // Words do not fill a line: some of it stays empty.
        let of = |part: &str| (part.chars().count() as f64 * 1.12 / width).ceil().max(1.0);
        text.lines().map(of).sum::<f64>()
    });
    (lines.fold(1.0, f64::max) * 15.0 + 3.0).min(MOST)
}

fn is_minutes(column: u16) -> bool {
    HEADS[usize::from(column)] == "Max minutes"
}

/// Drop-down lists, also for rows that people add.
fn choices(sheet: &mut Worksheet, last: u32) -> Result<(), XlsxError> {
    const ROOM: u32 = 200;
    let methods: Vec<&str> = form::ALL.iter().copied().chain([CARD]).collect();
    for (head, words) in [("Delivery method", methods), ("Status", STATUSES.to_vec())] {
        let column = HEADS.iter().position(|h| *h == head).unwrap_or_default() as u16;
        let rule = DataValidation::new().allow_list_strings(&words)?;
        sheet.add_data_validation(1, column, last + ROOM, column, &rule)?;
    }
    Ok(())
}

fn read_me(sheet: &mut Worksheet, title: &str) -> Result<(), XlsxError> {
    sheet.set_name("Read me")?;
    let big = Format::new().set_bold().set_font_size(14);
    let bold = Format::new().set_bold().set_align(FormatAlign::Top);
    let text = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    sheet.set_column_width(0, 24)?.set_column_width(1, 100)?;
    sheet.write_string_with_format(0, 0, cut(title), &big)?;
    sheet.write_string(1, 0, "Master scenario events list (MSEL)")?;
    let notes = [
        ("For", "Controllers and evaluators only. Players must not see it before ENDEX."),
        (
            "Decisions and injects",
            "A row whose delivery method is \u{201c}decision card\u{201d} is a decision: its options and what they do stand in the scenario. \
             The others are injects, messages to players.",
        ),
        (
            "Contingency injects",
            "An inject that is called off by something that players do comes only when the expected action does not. \
             The facilitator can deliver any inject by hand.",
        ),
        (
            "Order",
            "As the rows come in a rehearsal with nobody at the table. In play the order follows from what players do.",
        ),
    ];
    let columns = HEADS.iter().copied().zip(COLUMNS);
    for (row, (name, about)) in (3_u32..).zip(notes.into_iter().chain(columns)) {
        sheet.write_string_with_format(row, 0, name, &bold)?;
        sheet.write_string_with_format(row, 1, about, &text)?;
        sheet.set_row_height(row, height([(name, 24.0), (about, 100.0)].into_iter()))?;
    }
    sheet.set_landscape().set_paper_size(A4).set_print_fit_to_pages(1, 0);
    Ok(())
}

/// Text that a cell holds: spreadsheets take 32,767 characters.
fn cut(text: &str) -> String {
    const MOST: usize = 32_000;
    crate::svg::clean(text).chars().take(MOST).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_list_has_the_same_bytes() {
        let row = Row { text: "<&> \u{7}".to_owned(), minutes: Some(6), ..Row::default() };
        let rows = vec![row; 3];
        assert_eq!(xlsx("Test", &rows), xlsx("Test", &rows));
        // However long the texts, they fit.
        let long = Row { text: "x".repeat(40_000), ..Row::default() };
        assert!(!xlsx(&"y".repeat(500), &[long]).is_empty());
    }
}
