"""The spreadsheets of the demo."""

from datetime import datetime


TASKS = (
    (
        "01/VP-GV",
        "Rà soát, điều chuyển vốn dự án giải ngân chậm",
        "Sở Tài chính",
        "27/11/2026",
        "Đang thực hiện",
    ),
    ("02/VP-GV", "Kế hoạch cải cách hành chính năm 2027", "Sở Nội vụ", "30/11/2026", "Đang thực hiện"),
    ("03/VP-GV", "Báo cáo rà soát hộ dân vùng sạt lở", "UBND xã Suối Lam Hạ", "24/11/2026", "Quá hạn"),
    ("04/VP-GV", "Dự trữ lương thực đợt 2", "UBND đặc khu Hòn Nhạn", "25/11/2026", "Đang thực hiện"),
    (
        "05/VP-GV",
        "Bàn giao mặt bằng khu tái định cư Bến Sao",
        "UBND phường Bến Sao",
        "05/12/2026",
        "Đang thực hiện",
    ),
    (
        "06/VP-GV",
        "Kiểm tra an toàn hồ chứa nước Suối Lam",
        "Sở Nông nghiệp và Môi trường",
        "23/11/2026",
        "Hoàn thành",
    ),
)
PROJECTS = (
    ("Đường ven biển đoạn Bến Sao – Cửa Lộ", "Chuyển tiếp", 285.0),
    ("Kè chống sạt lở bờ sông Lam Hạ", "Chuyển tiếp", 146.5),
    ("Cảng cá kết hợp khu neo đậu Hòn Nhạn", "Khởi công mới", 98.0),
    ("Trường THPT Bến Sao", "Chuyển tiếp", 62.0),
    ("Trung tâm dữ liệu tỉnh", "Khởi công mới", 120.0),
    ("Cầu Rạch Mới", "Hoàn thành", 33.5),
    ("Nhà máy nước sạch Đồi Gió", "Chuẩn bị đầu tư", 4.5),
)
HOUSEHOLDS = (
    ("Phường Bến Sao", "Tổ dân phố 4", 210, 832, "Trường tiểu học Đồi Gió"),
    ("Phường Bến Sao", "Tổ dân phố 6", 210, 848, "Nhà văn hóa phường"),
    ("Xã Suối Lam Hạ", "Thôn Chân Đồi", 186, 742, "Trụ sở UBND xã"),
    ("Đặc khu Hòn Nhạn", "Khu Bờ Nam", 95, 361, "Đồn trú cũ, nhà đa năng"),
)
FIGURES = (
    ("Chỉ số sản xuất công nghiệp (%)", 107.4, 109.1),
    ("Bán lẻ hàng hóa và dịch vụ (tỷ đồng)", 5980, 6215),
    ("Kim ngạch xuất khẩu (triệu USD)", 139, 148),
    ("Thu ngân sách (tỷ đồng)", 982, 1040),
    ("Khách du lịch (nghìn lượt)", 398, 412),
)


def write_all(folder) -> None:
    """Write the spreadsheets into *folder*."""
    _write(
        folder / "tong-hop-nhiem-vu.xlsx", "Nhiệm vụ", "TỔNG HỢP NHIỆM VỤ UBND TỈNH GIAO",
        ("Số giao việc", "Nội dung", "Đơn vị chủ trì", "Thời hạn", "Tình trạng"), TASKS,
    )  # fmt: skip
    _write(
        folder / "phu-luc-danh-muc-du-an.xlsx", "Danh mục", "DANH MỤC DỰ ÁN BỐ TRÍ VỐN NĂM 2027",
        ("Tên dự án", "Nhóm", "Kế hoạch vốn (tỷ đồng)"), PROJECTS,
    )  # fmt: skip
    _write(
        folder / "danh-sach-ho-so-tan.xlsx", "Sơ tán", "DANH SÁCH KHU VỰC VÀ SỐ HỘ CẦN SƠ TÁN",
        ("Địa phương", "Khu vực", "Số hộ", "Số khẩu", "Điểm tập trung"), HOUSEHOLDS,
    )  # fmt: skip
    _write(
        folder / "phu-luc-so-lieu-thang-10.xlsx", "Số liệu", "MỘT SỐ CHỈ TIÊU CHỦ YẾU THÁNG 10",
        ("Chỉ tiêu", "Tháng 9", "Tháng 10"), FIGURES,
    )  # fmt: skip


def _write(path, sheet_title, heading, columns, rows):
    from openpyxl import Workbook
    from openpyxl.styles import Alignment
    from openpyxl.styles import Border
    from openpyxl.styles import Font
    from openpyxl.styles import Side

    book = Workbook()
    book.properties.created = book.properties.modified = datetime(2026, 11, 20)
    sheet = book.active
    sheet.title = sheet_title
    sheet.append([heading])
    sheet["A1"].font = Font(name="Times New Roman", size=14, bold=True)
    sheet.append([])
    sheet.append(columns)
    for row in rows:
        sheet.append(row)
    edge = Side(style="thin")
    for row in sheet.iter_rows(min_row=3):
        for cell in row:
            cell.font = Font(name="Times New Roman", size=12, bold=cell.row == 3)
            cell.border = Border(left=edge, right=edge, top=edge, bottom=edge)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    for number, name in enumerate("ABCDE"[: len(columns)]):
        longest = max(len(str(row[number])) for row in (*rows, columns))
        sheet.column_dimensions[name].width = min(46, longest + 3)
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    book.save(path)
