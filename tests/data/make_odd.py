"""Writes odd.xlsx: a small list with the irregularities that only a real workbook can have."""
import datetime, openpyxl
book = openpyxl.Workbook()
notes = book.active
notes.title = "Notes"
notes.append(["scratch"])
sheet = book.create_sheet("Sheet1")
rows = [
    ["LAW ENFORCEMENT AGENCY", "STATE", "COUNTY", "TYPE", "SUPPORT TYPE", "SIGNED", None, "MOA", "ADDENDUM"],
    ["Bee County Sheriff's Office", "TEXAS", "Bee County", "County", "Task Force Model ", datetime.datetime(2025, 5, 8), None, "link", None],
    ["Bee County Sheriff\u2019s Office", "TEXAS", "#N/A", "County", "Warrant Services Officer", datetime.datetime(5025, 5, 8), None, "link", "link"],
    [],
    ["Taft Police Department", "TEXAS", "San Patricio", "Muncipality ", "Task Force Model", "7/72025", "x", "link pending", None],
    ["Taft Police Department", "TEXAS", "San Patricio", "Municipality", "Task Force Model", datetime.datetime(2025, 7, 7), None, "link pending", None],
]
for row in rows:
    sheet.append(row)
sheet["H2"].hyperlink = "https://gcc02.safelinks.protection.outlook.com/?url=https%3A%2F%2Fwww.ice.gov%2Fdoclib%2FA.pdf&data=1"
sheet["H3"].hyperlink = "https://example.org/A.pdf"
sheet["I3"].hyperlink = "https://www.ice.gov/doclib/B.pdf"
sheet["C3"].data_type = "e"
sheet["N40"].number_format = "mm-dd-yy"
sheet.auto_filter.ref = "A1:I6"
sheet.row_dimensions[5].hidden = True
book.save("odd.xlsx")
