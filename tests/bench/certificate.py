"""How long a certificate takes to set as PDF, and how heavy it is."""

import statistics
import time
from collections.abc import Iterator

from .line import line
from .stage import Stage

URL = "https://kelas.contoh.go.id/cek/7Q4K-M2XD-9T3B-W8PA"
PAPERS = 30
PRINTED = {
    "office": "BKPSDM Kota Palangka Raya",
    "city": "Palangka Raya",
    "name": "Dr. Rani Kusumawardhani, S.Sos., M.Si.",
    "id_kind": "NI_PPPK",
    "nip": "199508252022212902",
    "rank": "IX",
    "job": "Pengelola Layanan Administrasi Keuangan",
    "unit": "Bidang Pelayanan Perizinan",
    "employer": "Dinas Penanaman Modal dan PTSP",
    "course": "Layanan Prima di Loket",
    "form": "E-Learning",
    "organiser": "BKPSDM Kota Palangka Raya",
    "started_on": "2026-10-02",
    "finished_on": "2026-11-22",
    "issued_on": "2026-11-22",
    "jp": 4,
    "jp_words": "empat",
    "score_bp": 8_650,
    "signer_name": "Drs. Lukas Binti",
    "signer_title": "Kepala Badan",
    "signer_nip": "197001011995031901",
    "subjects": [[f"Materi ke-{n} tentang layanan di loket", 20] for n in range(10)],
    "code": "7Q4KM2XD9T3BW8PA",
}


def measure(_stage: Stage) -> Iterator[dict]:
    """Yield ms of CPU (median, in a warm process) and kilobytes of one paper."""
    from lms.records import typesetting

    times, sizes = [], []
    for number in range(PAPERS + 1):
        printed = PRINTED | {"number": f"{number:05}/layanan-prima/6771/XI/2026"}
        began = time.process_time()
        sizes.append(len(typesetting.pdf(printed, URL)))
        times.append(time.process_time() - began)
    yield line("certificate_pdf", statistics.median(times[1:]) * 1000, "ms", 50)
    yield line("certificate_pdf_size", max(sizes) / 1000, "kB", 40)
