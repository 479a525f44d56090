"""The invented offices and people beside those one signs in as: names, posts, places.

Everybody's serial in the NIP is 9xx, which nobody real has.
"""

from dataclasses import dataclass

PKY, JAMBI = "6771", "5500"
BKPSDM = "Badan Kepegawaian dan Pengembangan Sumber Daya Manusia"
DPMPTSP = "Dinas Penanaman Modal dan Pelayanan Terpadu Satu Pintu"
DUKCAPIL = "Dinas Kependudukan dan Pencatatan Sipil"
KOMINFO = "Dinas Komunikasi dan Informatika"

# Short word: agency code, office, division ("" = the office itself).
PLACES = {
    "izin": (PKY, DPMPTSP, "Bidang Pelayanan Perizinan"),
    "izin-sek": (PKY, DPMPTSP, "Sekretariat"),
    "izin-dinas": (PKY, DPMPTSP, ""),
    "dukcapil": (PKY, DUKCAPIL, "Bidang Pelayanan Pendaftaran Penduduk"),
    "dukcapil-dinas": (PKY, DUKCAPIL, ""),
    "bangkom": (PKY, BKPSDM, "Bidang Pengembangan Kompetensi"),
    "bkpsdm": (PKY, BKPSDM, ""),
    "dinkes": (PKY, "Dinas Kesehatan", "Bidang Pelayanan Kesehatan"),
    "pajak": (PKY, "Badan Pengelola Pajak dan Retribusi Daerah", "Bidang Pelayanan"),
    "jekan": (PKY, "Kecamatan Jekan Raya", "Seksi Pelayanan Umum"),
    "jekan-camat": (PKY, "Kecamatan Jekan Raya", ""),
    "jambi-app": (JAMBI, KOMINFO, "Bidang Aplikasi Informatika"),
    "jambi-izin": (JAMBI, DPMPTSP, "Bidang Pelayanan Perizinan"),
}


@dataclass(frozen=True)
class Extra:
    """Somebody of the agency; `superior` is a key, "" = whoever heads the unit.

    heads  the unit they work in
    """

    key: str
    name: str
    nip: str
    place: str
    job: tuple[str, str, str]
    rank: str
    superior: str = ""
    titles: tuple[str, str] = ("", "")
    heads: bool = False
    status: str = "PNS"


def _post(title: str) -> tuple[str, str, str]:
    return (title, "pelaksana", "")


def _skill(title: str, level: str) -> tuple[str, str, str]:
    return (title, "fungsional", level)


def _chief(title: str, level: str) -> tuple[str, str, str]:
    return (title, "struktural", level)


COUNTER = _post("Penata Layanan Operasional")
OPERATOR = _post("Operator Layanan Operasional")
OFFICE = _post("Pengadministrasi Perkantoran")
MONEY = _post("Pengelola Layanan Administrasi Keuangan")
DATA = _post("Pengolah Data dan Informasi")
HEALTH = _post("Penata Layanan Kesehatan")
POLICY = _post("Penelaah Teknis Kebijakan")
LICENCES, LICENCES_2 = (
    _skill("Penata Perizinan", "PT"),
    _skill("Penata Perizinan", "MU"),
)
HEAD_OF_OFFICE = _chief("Kepala Dinas", "jpt-pratama")
HEAD_OF_DIVISION = _chief("Kepala Bidang", "administrator")

EXTRAS = (
    # DPMPTSP: Yohanes heads the division; seven besides Rani work for him.
    Extra("agustina", "Agustina Nyai Undeh", "197004171995032906", "izin-dinas",
          HEAD_OF_OFFICE, "IV/c", titles=("Dra.", "M.Si."), heads=True),
    Extra("dian", "Dian Permata Sari", "198801242011012907", "izin", LICENCES_2,
          "III/c", "yohanes", ("", "S.H.")),
    Extra("bayu", "Bayu Setiawan", "199303092019031906", "izin", LICENCES, "III/b",
          "yohanes", ("", "S.E.")),
    Extra("lestari", "Lestari Handayani", "199011302014022908", "izin", COUNTER,
          "III/a", "yohanes"),
    Extra("hendrik", "Hendrik Tiwa", "198506212009041907", "izin", COUNTER, "II/d",
          "yohanes"),
    Extra("nurul", "Nurul Hidayah", "199702142023212909", "izin", OPERATOR, "V",
          "yohanes", status="PPPK"),
    Extra("jefri", "Jefri Lamiang", "199409052023211908", "izin", DATA, "VII",
          "yohanes", status="PPPK"),
    Extra("maria", "Maria Goreti Sulang", "199812202024212910", "izin", OFFICE, "V",
          status="PPPK"),  # has no superior of her own: the head of the unit is it
    Extra("suparman", "Suparman Hadi", "197403181998031909", "izin-sek",
          _chief("Sekretaris", "administrator"), "IV/a", titles=("", "S.Sos."),
          heads=True),
    Extra("wahyuni", "Wahyuni Eka Putri", "198910022012012911", "izin-sek", MONEY,
          "III/b", "suparman"),
    Extra("rudi", "Rudi Kurniawan", "199105112015031910", "izin-sek", OFFICE, "II/c",
          "suparman"),
    Extra("elisabet", "Elisabet Dehen", "199607172020122912", "izin-sek",
          _skill("Arsiparis", "TR"), "II/c", "suparman"),
    # Disdukcapil
    Extra("murniati", "Murniati Tundan", "196909091993032913", "dukcapil-dinas",
          HEAD_OF_OFFICE, "IV/c", titles=("", "M.A.P."), heads=True),
    Extra("fransiskus", "Fransiskus Uda", "197812031999031911", "dukcapil",
          HEAD_OF_DIVISION, "IV/a", "murniati", ("", "S.IP."), heads=True),
    Extra("rina", "Rina Oktaviani", "199210282016022914", "dukcapil",
          _skill("Administrator Database Kependudukan", "PT"), "III/b", "fransiskus"),
    Extra("slamet", "Slamet Riyadi", "198404152008011912", "dukcapil", DATA, "III/a",
          "fransiskus"),
    Extra("novita", "Novita Anjani", "199511062022212915", "dukcapil", COUNTER, "VII",
          "fransiskus", status="PPPK"),
    Extra("anton", "Anton Ruslan", "198702192010011913", "dukcapil", OPERATOR, "II/d"),
    Extra("yuliana", "Yuliana Sinta", "200001132024212916", "dukcapil", OPERATOR, "V",
          status="PPPK"),
    # BKPSDM
    Extra("kartini", "Kartini Bulan", "197003121994032901", "bkpsdm",
          _chief("Kepala Badan", "jpt-pratama"), "IV/c", titles=("Dra.", "M.Si."),
          heads=True),
    Extra("teguh", "Teguh Prasetyo", "198011252005011914", "bangkom",
          HEAD_OF_DIVISION, "IV/a", "kartini", ("", "M.M."), heads=True),
    Extra("ratna", "Ratna Dewi Ayu", "199201082015022917", "bangkom",
          _skill("Analis Pengembangan Kompetensi", "PT"), "III/b", "teguh"),
    Extra("gunawan", "Gunawan Tarigan", "198308142006041915", "bangkom",
          _skill("Asesor SDM Aparatur", "MU"), "III/d", "teguh", ("", "S.Psi.")),
    # Dinas Kesehatan
    Extra("dewi", "Dewi Anggraini Sangkai", "197609302002122918", "dinkes",
          HEAD_OF_DIVISION, "IV/a", titles=("dr.", "M.Kes."), heads=True),
    Extra("yanti", "Yanti Marlupi", "199003222013022919", "dinkes",
          _skill("Perawat", "MH"), "III/a", "dewi", ("Ns.", "S.Kep.")),
    Extra("samuel", "Samuel Ngabe", "199408162019031916", "dinkes", HEALTH, "III/a",
          "dewi"),
    Extra("fitri", "Fitriani Aziz", "199903042024212920", "dinkes", HEALTH, "IX",
          "dewi", status="PPPK"),
    # Pajak
    Extra("hotman", "Hotman Simanjuntak", "197301261997031917", "pajak",
          HEAD_OF_DIVISION, "IV/a", titles=("", "S.E., M.Ak."), heads=True),
    Extra("indah", "Indah Wulandari", "199106122014022921", "pajak", MONEY, "III/b",
          "hotman"),
    Extra("petrus", "Petrus Sawang", "198607072010011918", "pajak", COUNTER, "II/d",
          "hotman"),
    Extra("aisyah", "Siti Aisyah Rahman", "199710192023212922", "pajak",
          _skill("Analis Keuangan Pusat dan Daerah", "PT"), "IX", "hotman",
          status="PPPK"),
    # Kecamatan Jekan Raya
    Extra("sabirin", "Sabirin Mihing", "197505052000031919", "jekan-camat",
          _chief("Camat", "administrator"), "IV/a", titles=("", "S.STP."), heads=True),
    Extra("kristina", "Kristina Rewa", "199308302018012923", "jekan",
          _post("Fasilitator Pemerintahan"), "III/a", "sabirin"),
    # Jambi
    Extra("ilham", "Ilham Mahendra", "197907072004121920", "jambi-app",
          HEAD_OF_DIVISION, "IV/a", titles=("", "M.Kom."), heads=True),
    Extra("putri", "Putri Ramadhani", "199606182020122924", "jambi-app",
          _skill("Pranata Komputer", "PT"), "III/a", "ilham"),
    Extra("zulkifli", "Zulkifli Batubara", "198902262013031921", "jambi-izin", POLICY,
          "III/b"),
)  # fmt: skip
