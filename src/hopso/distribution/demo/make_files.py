"""Makes the files of the demo from sources/*.txt; run by hand when a text changes.

    bin/zopepy src/hopso/distribution/demo/make_files.py

Needs python-docx, LibreOffice, the DejaVu fonts and fonts-croscore.  The results in files/
are kept with the code, so that making the demo needs none of these.
"""

import os
from pathlib import Path
import random
import subprocess
import tempfile

from hopso.distribution.demo import letters
from hopso.distribution.demo import long_report
from hopso.distribution.demo import sheets
from hopso.documents.convert import fonts
from PIL import Image
from PIL import ImageDraw
from PIL import ImageFont


HERE = Path(__file__).parent
SOURCES, FILES = HERE / "sources", HERE / "files"
AS_PDF = (
    "to-trinh-dau-tu-cong",
    "cong-dien-ung-pho-bao",
    "bao-cao-du-toan",
    "bao-cao-thang-10",
    "bao-cao-chuyen-doi-so",
)
# Liberation Serif lacks Vietnamese letters; LibreOffice helps itself, Pillow does not.
FONTS = Path("/usr/share/fonts/truetype/dejavu")
STYLES = {
    "Regular": "DejaVuSerif",
    "Bold": "DejaVuSerif-Bold",
    "Italic": "DejaVuSerif",
    "BoldItalic": "DejaVuSerif-Bold",
}


def main() -> None:
    """Make every file anew."""
    FILES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        drafts = Path(folder)
        for source in sorted(SOURCES.glob("*.txt")):
            target = (drafts if source.stem in AS_PDF else FILES) / f"{source.stem}.docx"
            letters.write(letters.read(source.read_text("utf-8")), target)
        letters.write(long_report.letter(), drafts / "bao-cao-giai-ngan.docx")
        to_pdf([drafts / f"{name}.docx" for name in (*AS_PDF, "bao-cao-giai-ngan")], drafts)
    sheets.write_all(FILES)
    scan(FILES / "cong-van-scan.jpg")


def to_pdf(paths, profile: Path) -> None:
    """Turn documents into PDF by LibreOffice, with a profile of its own and fonts that know Vietnamese.

    Letters borrowed from a second font would be torn out of their words in the text of the PDF.
    """
    (profile / "fonts.conf").write_text(fonts.configuration(profile / "fonts"), "utf-8")
    env = {**os.environ, "FONTCONFIG_FILE": str(profile / "fonts.conf")}
    command = [
        "soffice",
        f"-env:UserInstallation=file://{profile}/office",
        "--headless",
        "--convert-to",
        "pdf",
    ]
    subprocess.run([*command, "--outdir", str(FILES), *map(str, paths)], env=env, check=True, timeout=300)  # noqa: S603


def scan(path: Path) -> None:
    """Draw a letter as a scanner sees it: grey paper, a little turned, no text inside."""
    page = Image.new("L", (1240, 1754), 247)
    draw = ImageDraw.Draw(page)

    def font(size, style="Regular"):
        return ImageFont.truetype(str(FONTS / f"{STYLES[style]}.ttf"), round(size * 0.84))

    def centred(x, y, text, size, style="Bold"):
        draw.text((x, y), text, 40, font(size, style), anchor="mt")

    centred(340, 110, "ỦY BAN NHÂN DÂN", 28)
    centred(340, 148, "ĐẶC KHU HÒN NHẠN", 28)
    draw.line((270, 190, 410, 190), 60, 2)
    centred(850, 110, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 27)
    centred(850, 148, "Độc lập – Tự do – Hạnh phúc", 29)
    draw.line((690, 190, 1010, 190), 60, 2)
    centred(340, 215, "Số: 88/UBND-KT", 27, "Regular")
    centred(850, 215, "Hòn Nhạn, ngày 19 tháng 11 năm 2026", 27, "Italic")
    centred(340, 262, "V/v đề nghị hỗ trợ tàu vận chuyển", 25, "Regular")
    centred(340, 294, "lương thực dự trữ đợt 2", 25, "Regular")
    centred(620, 390, "Kính gửi: Ủy ban nhân dân tỉnh Hải Sơn.", 31, "Regular")
    y = 480
    for line in SCAN_LINES:
        draw.text((170, y), line, 45, font(30))
        y += 52
    draw.text((150, 1390), "Nơi nhận:", 50, font(23, "BoldItalic"))
    for number, line in enumerate(("- Như trên;", "- Sở Nông nghiệp và Môi trường;", "- Lưu: VT, KT.")):
        draw.text((150, 1424 + 32 * number), line, 50, font(22))
    centred(880, 1380, "TM. ỦY BAN NHÂN DÂN", 28)
    centred(880, 1418, "CHỦ TỊCH", 28)
    centred(880, 1560, "Mai Văn Thuận", 30)
    page = page.rotate(-0.8, Image.Resampling.BICUBIC, fillcolor=232)
    dice = random.Random(88)
    pixels = page.load()
    for _speck in range(26000):
        x, y = dice.randrange(page.width), dice.randrange(page.height)
        pixels[x, y] = max(0, min(255, pixels[x, y] + dice.randint(-70, 15)))
    page.save(path, "JPEG", quality=58, dpi=(150, 150))


SCAN_LINES = (
    "        Thực hiện chỉ đạo của Ủy ban nhân dân tỉnh về công tác chuẩn bị",
    "ứng phó mưa bão năm 2026, Ủy ban nhân dân đặc khu Hòn Nhạn đã dự trữ",
    "đợt 1 gồm 12 tấn gạo, 4.000 thùng mì và 6.500 lít nước uống. Theo kế hoạch,",
    "đợt 2 phải hoàn thành trước ngày 25 tháng 11; tuy nhiên tàu vận tải của địa",
    "phương đang sửa chữa, chưa thể ra khơi.",
    "        Ủy ban nhân dân đặc khu kính đề nghị Ủy ban nhân dân tỉnh bố trí",
    "01 tàu vận tải trọng tải từ 50 tấn để chở lương thực, thuốc men và máy phát",
    "điện dự phòng ra đảo trong tuần này.",
    "        Kính đề nghị Ủy ban nhân dân tỉnh quan tâm, xem xét./.",
)


if __name__ == "__main__":
    main()
