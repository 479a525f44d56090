"""The columns of riwayat_kursus are a promise to other systems."""

from lms.hr.history import COLUMNS

PROMISED = """
id_rekaman nip jenis_identitas nama gelar_depan gelar_belakang status_asn pns_orang_id
instansi_kode instansi_id perangkat_daerah unit_kerja unor_id jenis_jabatan jabatan
jenjang golongan kode_kursus versi_kursus nama_kursus jenis_diklat_id jenis_diklat
kode_sertipikat jenis_kursus_id jalur penyelenggara lokasi tanggal_mulai
tanggal_selesai tahun jp nilai_akhir predikat nomor_sertifikat tanggal_sertifikat
penandatangan tautan_verifikasi nama_berkas sha256_berkas kompetensi level_target
rumpun sumber status_verifikasi status_kirim rw_kursus_id pesan_kirim
"""


def test_the_47_columns_keep_their_names_and_order():
    assert tuple(PROMISED.split()) == COLUMNS
    assert len(COLUMNS) == 47
