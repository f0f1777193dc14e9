//! Tests of reading a list: workbooks and tables, columns by their heads, what is refused.

use std::collections::BTreeMap;

use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};

use super::{Column, Msel};

fn read(name: &str, bytes: &[u8]) -> Result<Msel, Vec<String>> {
    Msel::read(name, bytes, &BTreeMap::new())
}

fn cell(msel: &Msel, row: usize, column: Column) -> &str {
    msel.rows[row].cell(column).unwrap_or_default()
}

/// A workbook as a pack has it, edited by hand: a sheet in front, a line above the heads, a real date.
fn workbook() -> Vec<u8> {
    let mut book = Workbook::new();
    let front = book.add_worksheet();
    front.set_name("Read me").unwrap().write(0, 0, "How to use this list").unwrap();
    let sheet = book.add_worksheet();
    sheet.set_name("MSEL").unwrap().write(0, 0, "Master scenario events list").unwrap();
    for (at, column) in Column::ALL.iter().enumerate() {
        sheet.write(2, at as u16, column.head()).unwrap();
    }
    sheet.write(3, 0, 1).unwrap().write(3, 1, "board-asks").unwrap();
    sheet.write(3, 4, "Why, asks the board.\nToday.").unwrap();
    let date = ExcelDateTime::parse_from_str("2019-09-19T14:30:00").unwrap();
    let format = Format::new().set_num_format("yyyy-mm-dd hh:mm");
    sheet.write_with_format(3, 2, &date, &format).unwrap();
    sheet.write(5, 4, "Something new").unwrap().write(5, 13, 2.5).unwrap();
    book.save_to_buffer().unwrap()
}

#[test]
fn a_workbook_is_read_with_its_dates_and_places() {
    let msel = read("list.xlsx", &workbook()).unwrap();
    assert_eq!(msel.rows.len(), 2, "empty rows are none");
    assert_eq!(msel.rows[0].place, "sheet MSEL, row 4");
    assert_eq!(msel.rows[1].place, "sheet MSEL, row 6");
    assert_eq!(cell(&msel, 0, Column::Number), "1");
    assert_eq!(cell(&msel, 0, Column::Time), "2019-09-19 14:30");
    assert_eq!(cell(&msel, 0, Column::Text), "Why, asks the board.\nToday.");
    assert_eq!(cell(&msel, 1, Column::Minutes), "2.5");
}

#[test]
fn kept_as_text_it_is_the_same_list() {
    let msel = read("list.xlsx", &workbook()).unwrap();
    let again = read("msel:list.csv", msel.csv().as_bytes()).unwrap();
    let cells = |msel: &Msel| msel.rows.iter().map(|r| r.cells.clone()).collect::<Vec<_>>();
    assert_eq!(cells(&msel), cells(&again));
    assert_eq!(msel.csv(), again.csv());
    let empty = read("empty.csv", b"Name,Scenario time,Inject text\n").unwrap();
    assert_eq!(read("again.csv", empty.csv().as_bytes()).unwrap().rows.len(), 0);
}

#[test]
fn tables_with_other_signs_and_spellings_are_read() {
    let semicolons = "\u{feff}NAME;scenario  time;Inject Text;from\n;T+1d;\"a; b\";x\n";
    let tabs = "Name\tTime\tMessage\tSender\n\tT+1d\ta; b\tx\n";
    for text in [semicolons, tabs] {
        let msel = read("list.csv", text.as_bytes()).unwrap();
        assert_eq!(cell(&msel, 0, Column::Text), "a; b", "{text}");
        assert_eq!(cell(&msel, 0, Column::From), "x", "{text}");
        assert_eq!(msel.rows[0].place, "row 2");
    }
}

#[test]
fn columns_of_other_names_are_mapped() {
    let text = "Nr,Label,When,What they read,From\n1,board-asks,T+1d,Why?,board\n";
    let map = [("Name", "Label"), ("Scenario time", "When"), ("inject text", "what they read")];
    let map: BTreeMap<String, String> =
        map.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect();
    let msel = Msel::read("list.csv", text.as_bytes(), &map).unwrap();
    assert_eq!(cell(&msel, 0, Column::Name), "board-asks");
    assert_eq!(cell(&msel, 0, Column::Text), "Why?");
    let wrong = BTreeMap::from([("Injekt text".to_owned(), "x".to_owned())]);
    let why = Msel::read("list.csv", text.as_bytes(), &wrong).unwrap_err();
    assert_eq!(why, ["the list has no column `Injekt text` (did you mean `Inject text`?)"]);
}

#[test]
fn what_is_no_list_is_refused_with_the_fix() {
    let why = read("notes.csv", b"one,two\nthree,four\n").unwrap_err().join("\n");
    assert!(why.contains("no row has the heads") && why.contains("--map"), "{why}");
    let why = read("list.csv", b"Name,From,Status\nx,y,z\n").unwrap_err().join("\n");
    assert!(why.contains("no column `Inject text`"), "{why}");
    let why = read("list.csv", b"Name,Name,Inject text,From\n").unwrap_err().join("\n");
    assert!(why.contains("two columns are called `Name`"), "{why}");
    let why = read("list.xls", &[0xd0, 0xcf, 0x11, 0xe0, 0xff]).unwrap_err().join("\n");
    assert!(why.contains("neither .xlsx nor text"), "{why}");
    let why = read("list.xlsx", b"PK\x03\x04 and nothing more").unwrap_err().join("\n");
    assert!(why.contains("cannot be read"), "{why}");
}
