"""What is published of a translation: fragments to convert, and bodies made of them.

The body of a translated item or question is built by the same code as its base's, from
the base with other texts. So numbers, order, rules and all that decides a score are the
base's; a translation that lacks a part is not shown at all, rather than half.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from lms.courseware import bodies, fragments
from lms.courseware.grading import TOLD
from lms.courseware.render import Fragment, Part, Rendered
from lms.courseware.sanitize import visible
from lms.courseware.schema import Course, Finding, Spoken, Translation
from lms.courseware.stored import STORED, Material

# Texts of a body that are not converted from Markdown, by the name they stand under.
PLAIN = frozenset({"title", "objectives", "unit", "text", "label", "scale"})
# Reckoned from the words of the base, and so the same in every language.
RECKONED = ("minutes", "words")
_ID = re.compile(r'\b(id|href|aria-labelledby|aria-describedby)="(#?)([^"]+)"')


def fragments_of(course: Course, translation: Translation) -> Iterator[Fragment]:
    """Yield the base's fragments with the texts of a translation."""
    for fragment in fragments.of_course(course):
        letter, _, code = fragment.id.partition(":")
        if letter == "t":
            continue  # transcripts have companions of their own: x.en.vtt
        known = translation.questions if letter == "q" else translation.items
        words = known.get(code)
        if words is not None and all(_is_said(part, words) for part in fragment.parts):
            parts = tuple(_part(part, words) for part in fragment.parts)
            yield replace(fragment, parts=parts)


def _is_said(part: Part, words: Spoken) -> bool:
    return not part.text.strip() or part.text in words.texts


def _part(part: Part, words: Spoken) -> Part:
    said = words.of(part.text)
    return replace(part, text=said.text, line=said.line)


def bodies_of(
    course: Course,
    translation: Translation,
    material: Material,
    rendered: Mapping[str, Rendered],
    base: Mapping[tuple[str, str], Mapping[str, Any]],
) -> Iterator[tuple[tuple[str, str], dict[str, Any], dict[str, Any]]]:
    """Yield (("item" or "question", code), body, what its key tells) of a translation.

    rendered  its fragments; base  the bodies of the base's versions
    """
    used = fragments.used_questions(course)
    for (what, code), stored in base.items():
        is_question = what == "question"
        known = translation.questions if is_question else translation.items
        if code not in known or not _is_whole(what, code, material, rendered):
            continue
        told: dict[str, Any] = {}
        if is_question:
            question, text = used[code][0], rendered[f"q:{code}"]
            made = bodies.question_body(question, text)
            key = bodies.question_key(question, text)
            told = {name: key[name] for name in TOLD}
        else:
            item = course.items[code]
            texts = _laid_over(material.texts, rendered, code)
            stored_as, spoken = STORED[item.kind], replace(material, texts=texts)
            made, told = stored_as.body(item, spoken), stored_as.told(item, spoken)
        body = _body(stored, made, known[code], translation.language)
        yield (what, code), body, told


def _is_whole(
    what: str, code: str, material: Material, rendered: Mapping[str, Rendered]
) -> bool:
    """Say whether every fragment of an item or question came back translated."""
    wanted = (
        name
        for name in material.texts
        if name.partition(":")[2] == code
        and name.startswith("q:") is (what == "question")
        and not name.startswith("t:")
    )
    return all(name in rendered for name in wanted)


def _laid_over(
    base: Mapping[str, Rendered], rendered: Mapping[str, Rendered], code: str
) -> dict[str, Rendered]:
    """Return the base's texts with those of one item translated."""
    mine = {
        name: _with_ids(base[name], text)
        for name, text in rendered.items()
        if name.partition(":")[2] == code and not name.startswith("q:")
    }
    return {**base, **mine}


def _with_ids(base: Rendered, text: Rendered) -> Rendered:
    """Return a text whose headings have the base's ids, so that notes stay in place.

    Only where both have as many headings of the same levels.
    """
    if [level for *_h, level in base.headings] != [
        level for *_h, level in text.headings
    ]:
        return text
    names = {
        its[0]: mine[0] for mine, its in zip(base.headings, text.headings, strict=True)
    }

    def named(match: re.Match[str]) -> str:
        attribute, sharp, name = match.groups()
        return f'{attribute}="{sharp}{names.get(name, name)}"'

    return replace(
        text,
        html=tuple(_ID.sub(named, html) for html in text.html),
        headings=tuple(
            (names[name], title, level) for name, title, level in text.headings
        ),
    )


def _body(
    base: Mapping[str, Any], made: Mapping[str, Any], words: Spoken, language: str
) -> dict[str, Any]:
    """Return a body made of translated texts, its plain texts translated as well."""
    plain = {visible(text): visible(said.text) for text, said in words.texts.items()}
    found = {name: _plain(name, value, plain) for name, value in made.items()}
    kept = {name: base[name] for name in RECKONED if name in base}
    return found | kept | {"language": language}


def _plain(name: str, value: Any, plain: Mapping[str, str]) -> Any:
    if isinstance(value, str):
        return plain.get(value, value) if name in PLAIN else value
    if isinstance(value, list):
        return [_plain(name, one, plain) for one in value]
    if isinstance(value, dict):
        return {key: _plain(str(key), one, plain) for key, one in value.items()}
    return value


def placed(finding: Finding, language: str) -> Finding:
    """Return a finding on a fragment with the path of the translated file."""
    return replace(finding, path=f"{language}/{finding.path}")


def said_of_course(
    course: Course, shas: Mapping[tuple[str, str, str], str]
) -> dict[str, dict[str, Any]]:
    """Return what the manifest says of each translation.

    shas   of texts by (language, "item" or "question", code)
    Items tell their title as well, so that an outline needs nothing else.
    """
    return {
        language: {
            "title": translation.title,
            "summary": translation.summary,
            "objectives": list(translation.objectives),
            "chapters": list(translation.chapters),
            "items": {
                code: {
                    "sha": shas[language, "item", code],
                    "title": translation.items[code].of(course.items[code].title).text,
                    "is_stale": course.items[code].path in translation.stale,
                }
                for code in course.items
                if (language, "item", code) in shas
            },
            "questions": {
                code: sha
                for (spoken, what, code), sha in sorted(shas.items())
                if spoken == language and what == "question"
            },
        }
        for language, translation in sorted(course.translations.items())
    }
