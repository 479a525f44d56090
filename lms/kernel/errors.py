"""Errors a person should see. Anything that is not an LmsError is a bug."""

from .i18n import N_


class LmsError(Exception):
    """Base of every refusal.

    status   HTTP status the web edge answers with
    message  Indonesian text; %(name)s places are filled from `facts`
    code     stable machine name, sent in JSON and written to the log
    fields   what is wrong with which parameter of the API; name -> Indonesian text
    """

    status = 500
    message = N_(
        "Terjadi gangguan pada sistem. Pekerjaan Anda yang sudah tersimpan tetap aman."
    )

    fields: dict[str, str] | None = None

    def __init__(self, **facts: object) -> None:
        self.facts = facts
        super().__init__(self.code, facts)

    @property
    def code(self) -> str:
        return type(self).__name__


class BadRequest(LmsError):
    status = 400
    message = N_(
        "Permintaan ini tidak dapat dibaca. Muat ulang halaman, lalu coba lagi."
    )


class NotFound(LmsError):
    status = 404
    message = N_("Halaman ini tidak ada, atau Anda tidak berwenang melihatnya.")


class Forbidden(LmsError):
    status = 403
    message = N_("Anda tidak berwenang membuka halaman ini.")


class Conflict(LmsError):
    status = 409
    message = N_("Data sudah berubah sejak halaman dibuka. Muat ulang halaman.")


class Invalid(LmsError):
    status = 422
    message = N_("Isian belum benar.")


class TooMany(LmsError):
    status = 429
    message = N_("Terlalu banyak permintaan. Tunggu sebentar, lalu coba lagi.")

    def __init__(self, retry_after: int = 60, **facts: object) -> None:
        self.retry_after = retry_after  # seconds
        super().__init__(retry_after=retry_after, **facts)


class Unavailable(LmsError):
    status = 503
    message = N_("Layanan sedang sibuk. Tunggu beberapa detik, lalu coba lagi.")
