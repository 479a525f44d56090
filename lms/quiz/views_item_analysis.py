"""How the questions of one's quizzes do: /tulis/analisis and below each quiz."""

import csv
import io

from flask import Blueprint, Response, render_template
from flask_babel import gettext
from flask_login import current_user

from lms.kernel import cells
from lms.web.access import roles as only_roles

from . import item_advice, item_analysis, item_answers, item_keys, item_statistics
from .item_analysis import Measure, Question

bp = Blueprint("item_analysis", __name__)

PLACE = "/kuis/<kursus>/<butir>/analisis"
LIMITS = {"group": item_statistics.GROUP, "enough": item_statistics.ENOUGH,
          "many": item_advice.MANY, "most": item_answers.MOST}  # fmt: skip


@bp.get("/tulis/analisis")
@only_roles("instructor")
def index():
    """List the quizzes of the courses one teaches."""
    quizzes = item_analysis.taught(current_user)
    people = item_analysis.people_of(quizzes)
    return render_template("quiz/analysis_list.html", quizzes=quizzes, people=people)


@bp.get(PLACE)
@only_roles("instructor")
def quiz(kursus: str, butir: str):
    """List the questions of a quiz, those that want care first."""
    found = item_analysis.find(current_user, kursus, butir)
    measured = item_analysis.measure(found)
    questions = item_analysis.questions(found, measured)
    return render_template(
        "quiz/analysis.html",
        quiz=found,
        measured=measured,
        questions=questions,
        wrong=_most_wrong(questions),
        pair=item_analysis.pair_of(found),
        limits=LIMITS,
    )


@bp.get(f"{PLACE}/<soal>")
@only_roles("instructor")
def question(kursus: str, butir: str, soal: str):
    """Show a question as its author wrote it, with the figures of each version."""
    found = item_analysis.find(current_user, kursus, butir)
    measured = item_analysis.measure(found)
    asked = item_analysis.question(found, measured, soal)
    return render_template(
        "quiz/analysis_question.html",
        quiz=found,
        asked=asked,
        shown=[
            (one, item_analysis.answers_of(one),
             item_keys.told(one.version.body, one.key))
            for one in asked.measures
        ],
        text=item_keys.text,
        limits=LIMITS,
    )  # fmt: skip


@bp.get(f"{PLACE}.csv")
@only_roles("instructor")
def table(kursus: str, butir: str) -> Response:
    """Send the figures of all question versions, as Indonesian Excel reads them."""
    found = item_analysis.find(current_user, kursus, butir)
    questions = item_analysis.questions(found, item_analysis.measure(found))
    file = io.StringIO()
    writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for one in questions:
        for measure in one.measures:
            row = (found.live.code, found.code, *_row(one, measure))
            writer.writerow(row)
    answer = Response(
        "\ufeff" + file.getvalue(), content_type="text/csv; charset=utf-8"
    )
    name = f"analisis-{found.live.code}-{found.code}.csv"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


# Names for programs: the same in both languages. Shares and scores in percent.
COLUMNS = (
    "kursus", "kuis", "kode_soal", "judul", "versi", "tampil", "jenis", "n",
    "rata_rata", "kelompok_atas", "kelompok_bawah", "daya_beda", "korelasi_sisa",
    "tidak_dijawab", "median_detik", "n_detik", "pilihan", "saran", "dihitung_ulang",
)  # fmt: skip


def _row(asked: Question, measure: Measure) -> tuple[object, ...]:
    of = measure.figures
    picked = (f"{use.number}: {use.count}" for use in of.options)
    return (
        asked.code,
        cells.safe(measure.version.body["title"]),
        measure.number,
        "ya" if measure.is_live else "tidak",
        measure.version.kind,
        of.n,
        *map(_percent, (of.mean_bp, of.upper_bp, of.lower_bp, of.discrimination_bp)),
        "" if of.correlation is None else f"{of.correlation:.3f}".replace(".", ","),
        of.empty,
        "" if of.seconds is None else of.seconds,
        of.seconds_n,
        "; ".join(picked),
        " ".join(gettext(one.text) % dict(one.facts) for one in measure.advice),
        " ".join(f"{act.at:%Y-%m-%d}" for act in measure.acts),
    )


def _percent(bp: int | None) -> str:
    return "" if bp is None else f"{bp / 100:.2f}".replace(".", ",")


def _most_wrong(questions: list[Question]) -> dict[int, tuple[str, int] | None]:
    """Return the wrong answer given most often, by question version."""
    return {one.now.version.id: item_analysis.most_wrong(one.now) for one in questions}
