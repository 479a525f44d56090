"""A course to measure with: 10 kB modules with headings, tables, boxes, checks."""

import shutil
from pathlib import Path

PARAGRAPH = (
    "Petugas loket menyambut warga dengan salam, menanyakan keperluan, lalu memeriksa"
    " kelengkapan berkas **satu kali** sampai tuntas. Bila ada kekurangan, semuanya"
    " ditulis pada lembar yang dibawa pulang warga, lengkap dengan contoh dan alamat"
    " kantor yang menerbitkannya, sehingga warga tidak perlu datang berkali-kali.\n"
)
PART = """## Bagian {n}

{paragraph}
{paragraph}
- Memeriksa persyaratan di depan warga
- Menyebut semua kekurangan sekaligus
- Menuliskan tanggal janji pada tanda terima

| Unsur | Yang dijanjikan | Yang terlihat di loket |
|---|---|---|
| Persyaratan | Daftar dokumen lengkap | Petugas memeriksa sekali |
| Waktu | Selesai tiga hari kerja | Tanda terima bertanggal |
| Biaya | Tanpa biaya | Tidak ada pungutan |

/// catatan | Ingat
{paragraph}
///

"""
CHECK = """/// soal | Cek pemahaman {{#cek-{m}-{n}}}
Apa yang diperiksa petugas lebih dahulu?

- ( ) Pakaian warga
  > Belum tepat. Yang diperiksa adalah berkas.
- (x) Kelengkapan berkas
  > Tepat.
- ( ) Nomor antrean kemarin
  > Belum tepat. Nomor kemarin tidak berlaku lagi.
///

"""
QUIZ_QUESTION = """## Soal {n} {{#soal-{n}}}

Berapa kali kekurangan berkas sebaiknya disampaikan?

- ( ) Dua kali
  > Warga jadi bolak-balik.
- (x) Satu kali, lengkap dan tertulis
- ( ) Setiap kali warga bertanya

Pembahasan: Satu kali, lengkap, dan tertulis.
Kompetensi: PPB/1

"""

# Nobody chooses the way out, so that steps can be taken for as long as one measures.
SCENES = 8
SCENE = """## Adegan {n} {{#adegan-{n}}}

{paragraph}

- [Lanjut dengan menyapa dan menanyakan keperluan](#adegan-{next})
  > Warga menyebut keperluannya.
- [Berhenti melayani](#selesai)
  > Warga menunggu.

"""
SIMULATION = (
    "---\njenis: simulasi\nid: berputar\njudul: Berputar\n"
    "durasi: 45 menit\n---\n\n## Awal {#awal}\n\nMulai.\n\n"
    "- [Lanjut](#adegan-1) (+10)\n\n"
    + "".join(
        SCENE.format(n=n, next=n % SCENES + 1, paragraph=PARAGRAPH)
        for n in range(1, SCENES + 1)
    )
    + "## Selesai {#selesai}\n\nAkhir: baik\n\nSelesai.\n"
)

OURS = Path(__file__).parents[2] / "content"


def module(m: int) -> str:
    """Return one module of about 10 kB with two checks."""
    parts = [
        PART.format(n=n, paragraph=PARAGRAPH)
        + (CHECK.format(m=m, n=n) if n < 3 else "")
        for n in range(1, 7)
    ]
    head = (
        f"---\njenis: modul\nid: modul-{m}\njudul: Modul ke {m}\n"
        "durasi: 13 menit\n---\n\n"
    )
    return head + "".join(parts)


def write_content(content: Path) -> None:
    """Write a content folder: "ukur" as courses are, a simulation, 100 modules."""
    write_course(content, "ukur", modules=10)
    write_course(content, "ukur-besar", modules=100)
    write_simulation(content, "ukur-cerita")
    for name in ("kompetensi.yml", "jabatan.yml"):
        shutil.copy(OURS / name, content / name)


def write_course(content: Path, code: str, modules: int, questions: int = 10) -> None:
    """Write one course with a quiz."""
    folder = content / "kursus" / code
    folder.mkdir(parents=True)
    names = [f"{m:03}-modul.md" for m in range(1, modules + 1)]
    for m, name in enumerate(names, start=1):
        (folder / name).write_text(module(m), "utf-8")
    asked = "".join(QUIZ_QUESTION.format(n=n) for n in range(1, questions + 1))
    (folder / "kuis-akhir.md").write_text(
        "---\njenis: kuis\nid: kuis-akhir\njudul: Kuis akhir\nacak_soal: ya\n---\n\n"
        "Jawablah dengan saksama.\n\n" + asked,
        "utf-8",
    )
    jp = round((modules * 13 + 15) / 45)
    rows = "".join(f"      - {name}\n" for name in names)
    (folder / "kursus.yml").write_text(
        f"id: {code}\njudul: Kursus ukur\nringkasan: Kursus untuk mengukur kecepatan.\n"
        f"bahasa: id\nedisi: 1\njp: {jp}\nstatus: tayang\npemilik: ukur\n"
        "kompetensi:\n  - kode: PPB\n    tingkat: 1\n    bukti: [kuis-akhir]\n"
        f"urutan:\n  - bab: Semua\n    isi:\n{rows}      - kuis-akhir.md\n"
        "kelulusan:\n  - kuis-akhir: lulus\n",
        "utf-8",
    )


def write_simulation(content: Path, code: str) -> None:
    """Write one course that is nothing but a simulation."""
    folder = content / "kursus" / code
    folder.mkdir(parents=True)
    (folder / "berputar.md").write_text(SIMULATION, "utf-8")
    (folder / "kursus.yml").write_text(
        f"id: {code}\njudul: Kursus cerita\nringkasan: Kursus untuk mengukur langkah.\n"
        "bahasa: id\nedisi: 1\njp: 1\nstatus: tayang\npemilik: ukur\n"
        "urutan:\n  - bab: Semua\n    isi: [berputar.md]\n",
        "utf-8",
    )
