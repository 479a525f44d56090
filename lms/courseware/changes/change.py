"""A change between what is live and what would be published. Texts are templates."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from lms.courseware.pairing import Pair
from lms.kernel.i18n import N_

GREEN, YELLOW, RED = "green", "yellow", "red"
TINTS = (GREEN, YELLOW, RED)  # the later, the more it needs


@dataclass(frozen=True, slots=True)
class Kind:
    """A row of the table of changes.

    code     stays the same for good: scripts read it
    message  and mending hold places %(x)s filled from the facts of a change
    asks     "" | "score": finished attempts may be counted again | "rule": those who
             are taking the course may be bound by it
    """

    code: str
    tint: str
    message: str
    mending: str = ""
    asks: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """One difference.

    item, question  codes; "" where it is of the course, or of an item as a whole
    old, new        as a person reads them; "" when there is none
    pairs           options of the old version beside what they became
    """

    kind: Kind
    facts: Mapping[str, Any] = field(default_factory=dict)
    item: str = ""
    question: str = ""
    old: str = ""
    new: str = ""
    pairs: tuple[Pair, ...] = ()

    @property
    def code(self) -> str:
        return self.kind.code

    @property
    def tint(self) -> str:
        return self.kind.tint

    @property
    def message(self) -> str:
        """The sentence in Indonesian, as the command line says it."""
        return self.kind.message % self.facts

    @property
    def mending(self) -> str:
        return self.kind.mending % self.facts


GONE = Kind(
    "V901",
    RED,
    N_("Soal “%(question)s” hilang."),
    N_("Kembalikan soal itu, atau setujui: percobaan yang memakainya tetap utuh."),
)
RETYPED = Kind(
    "V902",
    RED,
    N_("Kode “%(question)s” hilang, dan “%(new)s” berisi soal yang sama."),
    N_(
        "Tulis kembali {#%(question)s}, atau tambahkan “Dulu: %(question)s”"
        " pada soal itu."
    ),
)
KEY = Kind(
    "V903",
    RED,
    N_("Kunci jawaban soal “%(question)s” berubah."),
    N_(
        "Pilih bagi percobaan yang sudah dinilai: biarkan, hitung ulang, atau anggap"
        " benar."
    ),
    "score",
)
OTHER_KIND = Kind(
    "V904",
    RED,
    N_("Jenis soal “%(question)s” berubah dari %(was)s menjadi %(becomes)s."),
    N_("Beri kode baru dan “Dulu: %(question)s” bila soalnya memang lain."),
    "score",
)
OPTION_TEXT = Kind("V905", YELLOW, N_("Teks pilihan soal “%(question)s” berubah."))
PASSING = Kind(
    "V906",
    RED,
    N_("Syarat kelulusan berubah."),
    N_(
        "Pilih siapa yang terikat: hanya pendaftar baru, atau juga yang sedang"
        " berjalan."
    ),
    "rule",
)
STEM = Kind("V907", YELLOW, N_("Teks soal “%(question)s” berubah."))
OPTIONS = Kind(
    "V908",
    RED,
    N_("Pilihan soal “%(question)s” ditambah atau dihapus."),
    N_(
        "Pilih bagi percobaan yang sudah dinilai: biarkan, hitung ulang, atau anggap"
        " benar."
    ),
    "score",
)
POINTS = Kind("V909", YELLOW, N_("Poin soal “%(question)s” berubah."))
TOLD = Kind(
    "V910",
    GREEN,
    N_("Petunjuk, umpan balik, atau pembahasan soal “%(question)s” berubah."),
)
RENAMED = Kind("V911", GREEN, N_("Kode soal “%(question)s” menjadi “%(new)s”."))
ADDED = Kind("V912", YELLOW, N_("Soal baru “%(question)s”."))
FRAME = Kind("V913", YELLOW, N_("Ketentuan soal “%(question)s” berubah: %(what)s."))
LOOKS = Kind("V914", GREEN, N_("Tampilan soal “%(question)s” berubah, isinya tidak."))
MEASURE = Kind(
    "V915",
    RED,
    N_("Ukuran penilaian soal “%(question)s” berubah: %(what)s."),
)
MOVED_OUT = Kind(
    "V916",
    RED,
    N_("Soal “%(question)s” tidak lagi dipakai di “%(item)s”."),
    N_("Kembalikan soal itu, atau setujui."),
)
ITEM_GONE = Kind(
    "V920",
    RED,
    N_("Bagian “%(item)s” hilang."),
    N_("Kembalikan berkasnya ke “urutan”, atau setujui."),
    "rule",
)
REQUIRED_ADDED = Kind(
    "V921",
    RED,
    N_("Bagian wajib “%(item)s” ditambahkan."),
    N_(
        "Pilih siapa yang terikat: hanya pendaftar baru, atau juga yang sedang"
        " berjalan."
    ),
    "rule",
)
ITEM_ADDED = Kind("V922", GREEN, N_("Bagian pilihan “%(item)s” ditambahkan."))
REQUIRED = Kind(
    "V923",
    RED,
    N_("Bagian “%(item)s” kini %(becomes)s."),
    N_(
        "Pilih siapa yang terikat: hanya pendaftar baru, atau juga yang sedang"
        " berjalan."
    ),
    "rule",
)
ITEM_KIND = Kind(
    "V924",
    RED,
    N_("Jenis bagian “%(item)s” berubah."),
    N_("Beri id baru bila isinya memang lain."),
    "rule",
)
QUIZ_RULE = Kind("V925", YELLOW, N_("Aturan “%(item)s” berubah: %(what)s."))
COMPLETION = Kind(
    "V926",
    RED,
    N_("Syarat selesai “%(item)s” berubah."),
    N_(
        "Pilih siapa yang terikat: hanya pendaftar baru, atau juga yang sedang"
        " berjalan."
    ),
    "rule",
)
DRAWN = Kind("V927", YELLOW, N_("Pengambilan soal di “%(item)s” berubah."))
PROSE = Kind("V930", GREEN, N_("Isi “%(item)s” berubah."))
TITLE = Kind("V931", GREEN, N_("Judul “%(item)s” berubah."))
ITEM_TEXT = Kind("V932", YELLOW, N_("Teks “%(item)s” berubah."))
ITEM_MEASURE = Kind("V933", RED, N_("Susunan atau penilaian “%(item)s” berubah."))
SCENE_GONE = Kind(
    "V950",
    RED,
    N_("Adegan “%(scene)s” dalam “%(item)s” dihapus."),
    N_(
        "Kembalikan adegan itu, atau setujui: yang sedang bermain tetap"
        " memakai cerita lama."
    ),
)
SCENE_ADDED = Kind(
    "V951",
    YELLOW,
    N_("Adegan baru “%(scene)s” dalam “%(item)s”."),
)
SCENE_TEXT = Kind(
    "V952",
    YELLOW,
    N_("Teks adegan “%(scene)s” dalam “%(item)s” berubah."),
)
CHOICES = Kind(
    "V953",
    RED,
    N_("Tindakan di adegan “%(scene)s” dalam “%(item)s” ditambah atau dihapus."),
)
CHOICE_TEXT = Kind(
    "V954",
    YELLOW,
    N_("Teks tindakan di adegan “%(scene)s” dalam “%(item)s” berubah."),
)
LEADS = Kind(
    "V955",
    RED,
    N_("Tindakan di adegan “%(scene)s” dalam “%(item)s” menuju adegan lain."),
)
CHOICE_POINTS = Kind(
    "V956",
    RED,
    N_("Poin tindakan di adegan “%(scene)s” dalam “%(item)s” berubah."),
    N_(
        "Yang sudah selesai tetap bernilai seperti semula; hanya permainan"
        " baru yang memakainya."
    ),
)
CONSEQUENCE = Kind(
    "V957",
    GREEN,
    N_("Akibat yang diceritakan di adegan “%(scene)s” dalam “%(item)s” berubah."),
)
ENDING = Kind(
    "V958",
    RED,
    N_("Mutu akhir di adegan “%(scene)s” dalam “%(item)s” berubah."),
)
STARTS = Kind(
    "V959",
    RED,
    N_("Adegan pertama “%(item)s” berubah."),
)
CRITERION_GONE = Kind(
    "V960",
    RED,
    N_("Kriteria “%(what)s” dihapus dari rubrik “%(item)s”."),
    N_("Pekerjaan yang sudah dimulai tetap dinilai dengan rubrik lamanya."),
)
CRITERION_ADDED = Kind(
    "V961",
    RED,
    N_("Kriteria “%(what)s” ditambahkan ke rubrik “%(item)s”."),
    N_("Pekerjaan yang sudah dimulai tetap dinilai dengan rubrik lamanya."),
)
CRITERION_TEXT = Kind(
    "V962",
    YELLOW,
    N_("Nama kriteria “%(what)s” dalam rubrik “%(item)s” berubah."),
)
WEIGHT = Kind(
    "V963",
    RED,
    N_("Bobot kriteria “%(what)s” dalam rubrik “%(item)s” berubah."),
    N_("Pekerjaan yang sudah dimulai tetap dinilai dengan rubrik lamanya."),
)
LEVELS = Kind(
    "V964",
    RED,
    N_("Tingkat kriteria “%(what)s” dalam rubrik “%(item)s” ditambah atau dihapus."),
    N_("Pekerjaan yang sudah dimulai tetap dinilai dengan rubrik lamanya."),
)
LEVEL_TEXT = Kind(
    "V965",
    YELLOW,
    N_("Teks tingkat kriteria “%(what)s” dalam rubrik “%(item)s” berubah."),
)
GRADERS = Kind(
    "V966",
    RED,
    N_("Penilai “%(item)s” berubah: %(what)s."),
    N_("Pekerjaan yang sudah dimulai tetap dinilai oleh penilai semula."),
)
ORDERED = Kind(
    "V967",
    GREEN,
    N_("Urutan dalam “%(item)s” berubah."),
)
MINUTES = Kind(
    "V968",
    GREEN,
    N_("Perkiraan waktu “%(item)s” berubah."),
)
ANONYMITY = Kind(
    "V970",
    RED,
    N_("Kerahasiaan jawaban “%(item)s” berubah."),
    N_(
        "Jawaban yang sudah masuk tetap seperti dijanjikan; yang baru"
        " dihitung terpisah."
    ),
)
STATEMENT_RECODED = Kind(
    "V971",
    RED,
    N_("Kode pernyataan “%(what)s” pada soal “%(question)s” berubah."),
    N_(
        "Kembalikan kodenya: dengan kode lain, jawaban lama dan baru tidak"
        " lagi dihitung bersama."
    ),
)
STATEMENT_GONE = Kind(
    "V972",
    RED,
    N_("Pernyataan “%(what)s” pada soal “%(question)s” hilang."),
    N_("Kembalikan pernyataan itu, atau setujui: jawaban yang sudah masuk tetap ada."),
)
STATEMENT_ADDED = Kind(
    "V973",
    YELLOW,
    N_("Pernyataan baru “%(what)s” pada soal “%(question)s”."),
)
STATEMENT_TEXT = Kind(
    "V974",
    YELLOW,
    N_("Teks pernyataan “%(what)s” pada soal “%(question)s” berubah."),
    N_("Pastikan artinya sama; bila tidak, beri kode baru."),
)
SCALE = Kind(
    "V975",
    RED,
    N_("Skala soal “%(question)s” berubah."),
    N_("Jawaban lama memakai skala lama dan dihitung terpisah."),
)
COURSE_TEXT = Kind("V940", GREEN, N_("Keterangan kursus berubah: %(what)s."))
COURSE_TERM = Kind("V941", YELLOW, N_("Ketentuan kursus berubah: %(what)s."))
COURSE_RECORD = Kind("V942", RED, N_("Yang dicatat dari kursus berubah: %(what)s."))
ORDER = Kind("V943", GREEN, N_("Urutan atau bab kursus berubah."))
STATUS = Kind("V944", YELLOW, N_("Status kursus berubah."))
EDITION_BACK = Kind(
    "V945", RED, N_("Nomor edisi turun dari %(old)s ke %(new)s."),
    N_("Edisi hanya boleh naik; kembalikan nomornya."),
)  # fmt: skip
LANGUAGE_ADDED = Kind("V980", GREEN, N_("Terjemahan %(what)s ditambahkan."))
LANGUAGE_GONE = Kind(
    "V981", YELLOW, N_("Terjemahan %(what)s hilang."),
    N_("Yang membaca dalam bahasa itu akan membaca bahasa asal kursus."),
)  # fmt: skip
LANGUAGE_LESS = Kind(
    "V982", YELLOW, N_("Terjemahan %(what)s tidak lagi memuat: %(new)s."),
    N_("Bagian itu akan dibaca dalam bahasa asal kursus."),
)  # fmt: skip
LANGUAGE_ASKED = Kind(
    "V983", YELLOW, N_("Soal dalam terjemahan %(what)s berubah: %(new)s."),
    N_("Kunci dan nilai selalu dari bahasa asal kursus."),
)  # fmt: skip
LANGUAGE_READ = Kind("V984", GREEN, N_("Terjemahan %(what)s berubah: %(new)s."))
LANGUAGE_COURSE = Kind(
    "V985", GREEN, N_("Keterangan kursus dalam terjemahan %(what)s berubah.")
)
KINDS = {kind.code: kind for kind in tuple(globals().values()) if type(kind) is Kind}
