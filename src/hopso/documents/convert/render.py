"""Pages of a PDF or an image to pictures and text; run as a process of its own.

It reads its job from standard input: ``{"source": …, "kind": "pdf", "target": …,
"first": 1, "last": 20, …}``.  A crash of PDFium or a picture that explodes in
memory takes this process with it, not the worker.  One line of JSON a page
goes to standard output, and ``{"error": reason}`` if the file cannot be read.
Needs pypdfium2 and Pillow on the path and nothing else of the house.
"""

import json
from pathlib import Path
import resource
import sys


USABLE_LETTERS = 12
OCR_WIDTH = 1800  # pixels: about 220 dpi of an A4 page


def fail(reason):
    """Say why and stop."""
    print(json.dumps({"error": reason}), flush=True)
    sys.exit(3)


def usable(text):
    """Tell whether the text layer of a page is worth keeping: enough letters, few unknown ones."""
    letters = sum(char.isalpha() for char in text)
    unknown = sum(char == "\ufffd" or "\ue000" <= char <= "\uf8ff" for char in text)
    return letters >= USABLE_LETTERS and unknown * 5 < letters


def blank(image):
    """Tell whether there is nothing on the page."""
    low, high = image.convert("L").getextrema()
    return high - low < 24


def save_sizes(image, job, number):
    """Write the picture in every size; return the size of the largest one in pixels."""
    from PIL import Image

    target = Path(job["target"])
    size, current = None, image
    # The largest first; each smaller one is made of the one before.
    for name, width in sorted(job["sizes"].items(), key=lambda one: -one[1]):
        if current.width != width:
            height = min(max(1, round(current.height * width / current.width)), 16000)
            current = current.resize((width, height), Image.Resampling.BILINEAR, reducing_gap=2.0)
        current.save(target / f"{name}_{number}.webp", "WEBP", quality=job["quality"], method=0)
        size = size or current.size
    return size


def report(number, size, text, ocr):
    """Tell the worker that a page is ready."""
    line = {"page": number, "width": size[0], "height": size[1], "text": text, "ocr": ocr}
    print(json.dumps(line), flush=True)


def clean(text):
    """Return text without what no reader wants: NULs, soft hyphens of PDFium, Windows line ends."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "").replace("\ufffe", "-").strip()


def read_pdf(job):
    """Render pages ``first`` to ``last`` of a PDF."""
    import pypdfium2

    try:
        pdf = pypdfium2.PdfDocument(job["source"])
        count = len(pdf)
    except pypdfium2.PdfiumError as error:
        fail("encrypted" if "password" in str(error).lower() else "damaged")
    if job.get("count"):
        print(json.dumps({"count": count}), flush=True)
        return
    width = max(job["sizes"].values())
    for number in range(job["first"], min(job["last"], count) + 1):
        try:
            render_page(pdf[number - 1], job, number, width)
        except pypdfium2.PdfiumError:
            fail("damaged")
    pdf.close()


def render_page(page, job, number, width):
    """Render one page of a PDF and close it."""
    page_width, page_height = page.get_size()
    textpage = page.get_textpage()
    text = clean(textpage.get_text_bounded() or "")
    textpage.close()
    # A page as tall as a banner must not need gigabytes.
    scale = min(width / max(page_width, 1), 4 * width / max(page_height, 1))
    bitmap = page.render(scale=scale)
    image = bitmap.to_pil().convert("RGB")
    wants_ocr = not usable(text) and not blank(image)
    if wants_ocr:
        sharp = page.render(scale=scale * OCR_WIDTH / width, grayscale=True)
        sharp.to_pil().save(Path(job["target"]) / f"ocr_{number}.png", compress_level=1)
        sharp.close()
    size = save_sizes(image, job, number)
    image.close()
    bitmap.close()
    page.close()
    report(number, size, text, wants_ocr)


def read_image(job):
    """Render the frames of an image (one, or more in a TIFF)."""
    from PIL import Image
    from PIL import UnidentifiedImageError

    Image.MAX_IMAGE_PIXELS = job["pixels"]
    try:
        image = Image.open(job["source"], formats=["JPEG", "PNG", "TIFF"])
        count = getattr(image, "n_frames", 1)
        if job.get("count"):
            print(json.dumps({"count": count}), flush=True)
            return
        for number in range(job["first"], min(job["last"], count) + 1):
            image.seek(number - 1)
            if image.width * image.height > job["pixels"]:
                fail("memory")
            render_frame(image, job, number)
    except Image.DecompressionBombError:
        fail("memory")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError):
        fail("damaged")


def render_frame(image, job, number):
    """Render the present frame of an image, upright and on white paper."""
    from PIL import Image
    from PIL import ImageOps

    page = ImageOps.exif_transpose(image)
    if page.mode in ("RGBA", "LA", "PA") or "transparency" in page.info:
        page = page.convert("RGBA")
        paper = Image.new("RGB", page.size, "white")
        paper.paste(page, mask=page.getchannel("A"))
        page = paper
    elif page.mode.startswith("I"):
        page = page.point(lambda value: value / 256).convert("L").convert("RGB")
    else:
        page = page.convert("RGB")
    wants_ocr = not blank(page)
    if wants_ocr:
        sharp = page.convert("L")
        width = min(max(sharp.width, OCR_WIDTH), 2 * OCR_WIDTH)
        if sharp.width != width:
            sharp = sharp.resize((width, max(1, round(sharp.height * width / sharp.width))))
        sharp.save(Path(job["target"]) / f"ocr_{number}.png", compress_level=1)
    report(number, save_sizes(page, job, number), "", wants_ocr)


def main():
    """Read the job from standard input and do it."""
    job = json.load(sys.stdin)
    resource.setrlimit(resource.RLIMIT_AS, (job["memory"], job["memory"]))
    resource.setrlimit(resource.RLIMIT_CPU, (job["cpu"], job["cpu"]))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        {"pdf": read_pdf, "image": read_image}[job["kind"]](job)
    except MemoryError:
        fail("memory")


if __name__ == "__main__":
    main()
