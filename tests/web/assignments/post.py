"""A small mail server that can be down, take mail, or die when it has."""

import socket
import threading
from email import message_from_bytes, policy

GREETING, READY, GO = b"220 uji\r\n", b"250 ok\r\n", b"354 teruskan\r\n"


class MailServer:
    """Listens on a free port of this machine; what it took stands in `mails`.

    mood  takes; refuses (answers 421); dies (takes the mail, answers, then cuts the
          line); silent (takes the mail and cuts the line before it answers)
    """

    def __init__(self) -> None:
        self.mood, self.mails = "takes", []
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"smtp://127.0.0.1:{self._socket.getsockname()[1]}"
        threading.Thread(target=self._serve, daemon=True).start()

    def close(self) -> None:
        self._socket.close()

    @property
    def subjects(self) -> list[str]:
        return [mail["Subject"] for mail in self.mails]

    def _serve(self) -> None:
        while True:
            try:
                line, _from = self._socket.accept()
            except OSError:
                return
            with line, line.makefile("rb") as said:
                try:
                    self._talk(line, said)
                except OSError:
                    continue

    def _talk(self, line, said) -> None:
        if self.mood == "refuses":
            line.sendall(b"421 nanti saja\r\n")
            return
        line.sendall(GREETING)
        while word := said.readline():
            if not word.upper().startswith(b"DATA"):
                line.sendall(READY)
                continue
            line.sendall(GO)
            lines = []
            while (text := said.readline()) != b".\r\n":
                lines.append(text)
            self.mails.append(
                message_from_bytes(b"".join(lines), policy=policy.default)
            )
            if self.mood != "silent":
                line.sendall(READY)
            if self.mood != "takes":
                return
