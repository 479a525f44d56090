"""Reads values out of a data part and notes what does not fit. Missing = default."""

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import TypeVar

from lms.courseware import durations
from lms.courseware.data import Node, Rows, Table, Text
from lms.courseware.guess import code_from, is_code, meant
from lms.courseware.notes import Notes

T = TypeVar("T")
MAX_TEXT = 2_000
UNLIMITED = "tidak terbatas"
YES = {"ya": True, "tidak": False}


class Fields:
    """One table of a data part.

    owner    what the table describes, in words for authors: "modul", "kursus.yml"
    missing  code of the finding for a required key that is not there
    """

    def __init__(
        self, table: Table, notes: Notes, owner: str, missing: str = "A132"
    ) -> None:
        self.table = table
        self.notes = notes
        self.owner = owner
        self.missing = missing

    def refuse_unknown(self, known: Collection[str], code: str) -> None:
        """Note every key that is not in `known`."""
        for name, (key, _value) in self.table.rows.items():
            if name in known:
                continue
            owner = f" untuk jenis {self.owner}" if code == "A134" else ""
            self.notes.error(
                code,
                key.line,
                key.column,
                f'data "{name}" tidak dikenal{owner}',
                meant(name, known),
            )

    def place(self, name: str) -> tuple[int, int]:
        """Line and column of a value; of the table when the key is missing."""
        node = self.node(name)
        return (node.line, node.column) if node else (self.table.line, 1)

    def node(self, name: str) -> Node | None:
        row = self.table.rows.get(name)
        return row[1] if row else None

    def has(self, name: str) -> bool:
        """Say whether the key is there and says something."""
        node = self.node(name)
        return node is not None and not (isinstance(node, Text) and not node.text)

    def text(self, name: str, *, required: bool = False, default: str = "") -> str:
        node = self._present(name, required)
        if node is None:
            return default
        if not isinstance(node, Text):
            self.wrong_shape(name, node, "satu baris teks")
            return default
        if len(node.text) > MAX_TEXT:
            self.error(
                "A139", node, f'"{name}" lebih panjang dari {MAX_TEXT} huruf', "ringkas"
            )
            return default
        return " ".join(node.text.split())

    def code(self, name: str = "id") -> str:
        """An identity; "" when it is missing or not one."""
        text = self.text(name, required=True)
        if not text or is_code(text):
            return text
        self.error(
            "A133",
            self.node(name),
            f'id "{text}" hanya boleh huruf kecil, angka, dan tanda hubung',
            f"{name}: {code_from(text)}",
        )
        return ""

    def whole(
        self, name: str, low: int, high: int, default: T, *, required: bool = False
    ) -> int | T:
        node = self._present(name, required)
        if node is None:
            return default
        text = node.text.strip() if isinstance(node, Text) else ""
        if text.isascii() and text.isdigit() and len(text) <= 9:
            number = int(text)
            if low <= number <= high:
                return number
        self.error(
            "A135",
            node,
            f'"{name}" harus bilangan bulat {low}–{high}, bukan "{_shown(node)}"',
        )
        return default

    def attempts(self, most: int, default: int | None) -> int | None:
        """How often something may be tried (`percobaan`); None = without limit."""
        node = self.node("percobaan")
        if isinstance(node, Text) and node.text.strip() == UNLIMITED:
            return None
        return self.whole("percobaan", 1, most, default)

    def yes(self, name: str, default: bool) -> bool:
        node = self._present(name, False)
        if node is None:
            return default
        text = node.text.strip() if isinstance(node, Text) else ""
        if text in YES:
            return YES[text]
        self.error(
            "A137",
            node,
            f'"{name}" hanya "ya" atau "tidak", bukan "{_shown(node)}"',
        )
        return default

    def choice(
        self, name: str, meanings: Mapping[str, T], default: T, *, code: str = "A138"
    ) -> T:
        """What one of the known words means."""
        node = self._present(name, False)
        if node is None:
            return default
        text = " ".join(node.text.split()) if isinstance(node, Text) else ""
        if text in meanings:
            return meanings[text]
        self.error(
            code,
            node,
            f'isi "{_shown(node)}" tidak dikenal untuk "{name}"',
            "pilihan: " + ", ".join(meanings),
        )
        return default

    def minutes(self, name: str, default: int | None) -> int | None:
        """A length of time; "tidak ada" means None."""
        return self._time(
            name, default, durations.minutes, "contoh: 25 menit, 1 jam 30 menit"
        )

    def months(self, name: str) -> int | None:
        return self._time(name, None, durations.months, "contoh: 24 bulan, 2 tahun")

    def _time(
        self,
        name: str,
        default: int | None,
        read: Callable[[str], int | None],
        example: str,
    ) -> int | None:
        node = self._present(name, False)
        if node is None:
            return default
        text = node.text if isinstance(node, Text) else ""
        if text.strip() == durations.NONE:
            return None
        value = read(text)
        if value is None:
            self.error(
                "A136",
                node,
                f'"{name}" tidak terbaca sebagai lama waktu: "{_shown(node)}"',
                example,
            )
            return default
        return value

    def texts(self, name: str) -> tuple[Text, ...]:
        """A list of texts; a single text counts as a list of one."""
        node = self._present(name, False)
        if node is None:
            return ()
        if isinstance(node, Text):
            return (node,)
        if not isinstance(node, Rows):
            self.wrong_shape(name, node, "daftar")
            return ()
        found = []
        for item in node.items:
            if isinstance(item, Text):
                if item.text.strip():
                    found.append(item)
                else:
                    self.error(
                        "A132", item, f'butir "{name}" kosong', "hapus butir ini"
                    )
            elif isinstance(item, Table) and len(item.rows) == 1:
                self._split_by_colon(item)
            else:
                self.wrong_shape(name, item, "satu baris teks")
        return tuple(found)

    def words(self, name: str) -> tuple[str, ...]:
        """A list of texts, without their places."""
        return tuple(" ".join(t.text.split()) for t in self.texts(name))

    def tables(self, name: str, *, required: bool = False) -> tuple[Table, ...]:
        """A list of tables."""
        node = self._present(name, required)
        if node is None:
            return ()
        items: Iterable[Node] = node.items if isinstance(node, Rows) else (node,)
        found = [item for item in items if isinstance(item, Table)]
        for item in items:
            if not isinstance(item, Table):
                self.wrong_shape(name, item, 'baris "kunci: isi"')
        return tuple(found)

    def mapping(self, name: str, *, required: bool = False) -> Table | None:
        node = self._present(name, required)
        if node is None or isinstance(node, Table):
            return node
        self.wrong_shape(name, node, 'baris "kunci: isi"')
        return None

    def wrong_shape(self, name: str, node: Node, wanted: str) -> None:
        self.error("A139", node, f'"{name}" harus berupa {wanted}')

    def error(self, code: str, node: Node | None, message: str, fix: str = "") -> None:
        line, column = (node.line, node.column) if node else (self.table.line, 1)
        self.notes.error(code, line, column, message, fix)

    def _present(self, name: str, required: bool) -> Node | None:
        if self.has(name):
            return self.node(name)
        if required:
            row = self.table.rows.get(name)
            line, column = (row[0].line, row[0].column) if row else self._start()
            self.notes.error(
                self.missing,
                line,
                column,
                f'data "{name}" wajib diisi',
                f'tambahkan baris "{name}: …"',
            )
        return None

    def _start(self) -> tuple[int, int]:
        return self.table.line, self.table.column

    def _split_by_colon(self, item: Table) -> None:
        name, (key, value) = next(iter(item.rows.items()))
        rest = value.text if isinstance(value, Text) else "…"
        self.notes.error(
            "A110",
            key.line,
            key.column + len(name),
            "isi data memuat tanda titik dua (:) tanpa tanda kutip",
            f'- "{name}: {rest}"',
        )


def _shown(node: Node | None) -> str:
    if not isinstance(node, Text):
        return "…"
    return node.text if len(node.text) <= 60 else node.text[:59] + "…"
