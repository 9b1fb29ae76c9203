"""Writes members.xlsx and members.ods: workbooks with several sheets and the kinds of cells that text does not have."""
import datetime, openpyxl
book = openpyxl.Workbook()
notes = book.active
notes.title = "Read me"
notes.append(["Ask the office for the newest list"])
old = book.create_sheet("Calls")
old.append(["when", "who"])
old.append([datetime.datetime(2026, 5, 1, 14, 30), "Ana"])
sheet = book.create_sheet("Members")
rows = [
    ["Members of the local"],
    [],
    [None, "Name", "ZIP Code", "Since", "Dues", "Active", "District"],
    [None, "Ana Ruiz", 4401, datetime.date(2019, 11, 22), 12.5, True, "4"],
    [None, "Lee Moua", 56301, datetime.date(2020, 2, 29), 0.1 + 0.2, False, "#N/A"],
    [],
    [None, "Sam Hill", "04401", None, 30, None, 7.0],
]
for row in rows:
    sheet.append(row)
sheet["C4"].number_format = "00000"
sheet["G5"].data_type = "e"
sheet["J900"].number_format = "mm-dd-yy"
sheet.row_dimensions[5].hidden = True
book.save("members.xlsx")

# The same rows as an OpenDocument sheet, written out: blank cells and rows are counts of repetition there.
import zipfile

def cell(value):
    if value is None:
        return "<table:table-cell/>"
    if isinstance(value, bool):
        kind, said = "boolean", f'office:boolean-value="{str(value).lower()}"'
    elif isinstance(value, (datetime.date, datetime.datetime)):
        kind, said = "date", f'office:date-value="{value.isoformat()}"'
    elif isinstance(value, (int, float)):
        kind, said = "float", f'office:value="{value}"'
    else:
        return f'<table:table-cell office:value-type="string"><text:p>{value}</text:p></table:table-cell>'
    return f'<table:table-cell office:value-type="{kind}" {said}><text:p>?</text:p></table:table-cell>'

def table(name, rows):
    lines = "".join(
        "<table:table-row>" + "".join(map(cell, row)) + "</table:table-row>"
        if row else '<table:table-row table:number-rows-repeated="1"><table:table-cell table:number-columns-repeated="1024"/></table:table-row>'
        for row in rows
    )
    return f'<table:table table:name="{name}">{lines}</table:table>'

names = {"office": "office", "table": "table", "text": "text"}
spaces = " ".join(f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for short, name in names.items())
content = (
    f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces} office:version="1.2"><office:body><office:spreadsheet>'
    + table("Read me", [["Ask the office for the newest list"]])
    + table("Calls", [["when", "who"], [datetime.datetime(2026, 5, 1, 14, 30), "Ana"]])
    + table("Members", rows)
    + "</office:spreadsheet></office:body></office:document-content>"
)
kind = "application/vnd.oasis.opendocument.spreadsheet"
manifest = (
    '<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
)
with zipfile.ZipFile("members.ods", "w", zipfile.ZIP_DEFLATED) as out:
    out.writestr("mimetype", kind, zipfile.ZIP_STORED)
    out.writestr("content.xml", content)
    out.writestr("META-INF/manifest.xml", manifest)
