"""The long report of the demo: progress of public investment, project by project."""

import random

from hopso.distribution.demo.letters import Letter


FIELDS = ("giao thông", "thủy lợi", "giáo dục", "y tế", "hạ tầng đô thị", "chuyển đổi số")
WORKS = (
    "Đường ven biển đoạn Bến Sao – Cửa Lộ", "Kè chống sạt lở bờ sông Lam Hạ", "Hồ chứa nước Suối Lam",
    "Trường THPT Bến Sao", "Trường tiểu học Đồi Gió", "Bệnh viện đa khoa khu vực phía Nam",
    "Trạm y tế đặc khu Hòn Nhạn", "Khu tái định cư Bến Sao", "Hệ thống thoát nước lưu vực số 3",
    "Cầu Rạch Mới", "Đường liên xã Suối Lam Hạ – Đồng Vát", "Cảng cá kết hợp khu neo đậu Hòn Nhạn",
    "Trung tâm dữ liệu tỉnh", "Nền tảng hội nghị và phòng họp không giấy", "Nhà máy nước sạch Đồi Gió",
    "Nâng cấp đê biển đoạn K12 – K18", "Công viên ven sông Bến Sao", "Trụ sở làm việc liên cơ quan",
    "Đường vành đai phía Tây", "Khu xử lý chất thải rắn tập trung", "Chợ đầu mối nông sản",
    "Cải tạo Thư viện tỉnh", "Đường dây cấp điện ra đặc khu Hòn Nhạn", "Khu thiết chế công đoàn",
    "Sửa chữa Nhà hát nhân dân", "Trạm bơm tiêu úng Đồng Vát", "Đường cứu hộ hồ Suối Lam", "Bến tàu khách Bến Sao",
)  # fmt: skip
CAUSES = (
    "vướng mắc trong xác định nguồn gốc đất khi bồi thường, giải phóng mặt bằng",
    "giá vật liệu đắp nền tăng, nguồn cung tại địa phương không đủ",
    "hồ sơ điều chỉnh thiết kế phải thẩm định lại",
    "nhà thầu huy động nhân lực, thiết bị chưa tương xứng với hợp đồng",
    "mưa lớn kéo dài làm giảm số ngày thi công",
    "phải di dời hạ tầng kỹ thuật điện, viễn thông trong phạm vi công trường",
)
REMEDIES = (
    "giao Ủy ban nhân dân cấp xã hoàn thành kiểm đếm, phê duyệt phương án bồi thường",
    "yêu cầu chủ đầu tư lập lại tiến độ chi tiết theo từng tuần và kiểm điểm trách nhiệm nhà thầu",
    "cho phép điều chuyển phần vốn chưa giải ngân sang dự án có khối lượng hoàn thành",
    "tổ chức thi công ba ca, bốn kíp đối với hạng mục nằm trên đường găng tiến độ",
    "giải quyết thủ tục cấp phép khai thác mỏ vật liệu theo cơ chế đặc thù",
)


def letter() -> Letter:
    """Return the report; the same at every run."""
    dice = random.Random(2026)
    body = [
        "Thực hiện nhiệm vụ được giao, Sở Tài chính báo cáo Ủy ban nhân dân tỉnh tình hình thực hiện và giải ngân "
        "kế hoạch vốn đầu tư công 11 tháng năm 2026, kèm theo tình hình chi tiết của từng dự án, như sau:",
        "# PHẦN I. TÌNH HÌNH CHUNG",
        "Tổng kế hoạch vốn năm 2026 là 2.874 tỷ đồng. Đến hết ngày 19 tháng 11 năm 2026 đã giải ngân 1.966 tỷ đồng, "
        "đạt 68,4% kế hoạch, cao hơn cùng kỳ năm trước 3,1 điểm phần trăm nhưng còn thấp hơn mục tiêu đề ra.",
        "| Nguồn vốn | Kế hoạch (tỷ đồng) | Giải ngân (tỷ đồng) | Tỷ lệ |",
        "| Ngân sách trung ương | 1.120 | 742 | 66,3% |",
        "| Ngân sách tỉnh | 1.354 | 958 | 70,8% |",
        "| Vốn nước ngoài | 400 | 266 | 66,5% |",
        "# PHẦN II. TÌNH HÌNH TỪNG DỰ ÁN",
    ]
    for number, work in enumerate(WORKS, 1):
        body.extend(_project(dice, number, work))
    body += [
        "# PHẦN III. KIẾN NGHỊ",
        "- Đề nghị Ủy ban nhân dân tỉnh thành lập tổ công tác tháo gỡ vướng mắc giải phóng mặt bằng.",
        "- Đề nghị điều chuyển 126 tỷ đồng của các dự án giải ngân chậm sang các dự án có nhu cầu.",
        "Sở Tài chính kính báo cáo Ủy ban nhân dân tỉnh xem xét, chỉ đạo./.",
    ]
    return Letter(
        organ="SỞ TÀI CHÍNH",
        parent="ỦY BAN NHÂN DÂN TỈNH HẢI SƠN",
        number="742/BC-STC",
        date="Hải Sơn, ngày 20 tháng 11 năm 2026",
        kind="BÁO CÁO",
        subject="Tình hình thực hiện và giải ngân kế hoạch vốn đầu tư công 11 tháng năm 2026",
        sign="GIÁM ĐỐC | | Phan Thanh Tùng",
        to="UBND tỉnh; Văn phòng UBND tỉnh; Các chủ đầu tư; Lưu: VT, QLNS.",
        body=body,
    )


def _project(dice, number, work):
    plan = dice.randint(38, 290)
    paid = round(plan * dice.uniform(0.35, 0.96), 1)
    share = f"{paid / plan * 100:.1f}".replace(".", ",")
    spent = f"{paid:.1f}".replace(".", ",")
    sector = FIELDS[number % len(FIELDS)]
    built = dice.randint(40, 95)
    first, second = dice.sample(CAUSES, 2)
    one, two, three = dice.sample(REMEDIES, 3)
    quarter = dice.choice(("quý I", "quý II", "quý III"))
    return [
        f"## {number}. {work}",
        f"Dự án thuộc lĩnh vực {sector}, do Ban Quản lý dự án đầu tư xây dựng tỉnh làm chủ đầu tư. Kế hoạch vốn năm "
        f"2026 là {plan} tỷ đồng, đã giải ngân {spent} tỷ đồng, đạt {share}% kế hoạch. Khối lượng thi công lũy kế đạt "
        f"khoảng {built}% giá trị hợp đồng; dự kiến hoàn thành trong {quarter} năm 2027.",
        "| Chỉ tiêu | Kế hoạch | Thực hiện |",
        f"| Vốn năm 2026 (tỷ đồng) | {plan} | {spent} |",
        f"| Giải phóng mặt bằng (hộ) | {dice.randint(40, 220)} | {dice.randint(15, 40)} |",
        f"| Khối lượng xây lắp (%) | 100 | {built} |",
        f"| Số ngày thi công trong năm | 300 | {dice.randint(150, 268)} |",
        f"Khó khăn, vướng mắc: {first}; {second}. Chủ đầu tư đã có {dice.randint(2, 6)} văn bản đôn đốc và tổ chức "
        f"{dice.randint(3, 12)} cuộc họp hiện trường với nhà thầu, tư vấn giám sát và chính quyền địa phương. Một số "
        "hộ dân chưa nhận tiền bồi thường do đề nghị xem xét lại đơn giá cây trồng, vật kiến trúc; Ủy ban nhân dân cấp "
        "xã đang tiếp tục vận động, đối thoại.",
        f"Giải pháp đề xuất: {one}; {two}; {three}. Sở Tài chính sẽ kiểm tra tiến độ hằng tuần và báo cáo Ủy ban nhân "
        "dân tỉnh các trường hợp chậm so với cam kết quá 15 ngày để xử lý trách nhiệm theo quy định.",
        "Trách nhiệm tham mưu tiếp theo: phòng chuyên môn của Sở phối hợp với Kho bạc Nhà nước rà soát số dư tạm ứng, "
        "thu hồi tạm ứng theo đúng hợp đồng, không để nợ đọng xây dựng cơ bản phát sinh trong năm 2026.",
    ]
