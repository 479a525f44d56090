"""Answer forms of the format that this version recognises and refuses."""

from lms.courseware.answers.form import Form

FORMS = (
    Form("menjodohkan", "Pasangkan", lines=True, later=True),
    Form("mengurutkan", "Urutkan", lines=True, later=True),
    Form("rumpang", "Isian", lines=True, later=True),
    Form("uraian", "Uraian", lines=True, later=True),
    Form("unggah", "Unggah", later=True),
    Form("skala", "Skala", lines=True, later=True),
)
