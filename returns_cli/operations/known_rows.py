"""Files of rows that were read before: the same bytes, read alike, are answered without reading."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from returns_cli.operations.return_view import Json
from returns_cli.operations.shop import Shop

if TYPE_CHECKING:
    from returns_cli.intake import ReadOptions, RowReading
    from returns_cli.store.connection import Store


class KnownRows:
    """One call of a command that reads rows.

    Args:
        shop: whose.
        command: ``products import`` …
        importer: version of the reading; a higher one reads known files again.
        options: of the call.
        more: whatever else decides what the rows mean.
    """

    def __init__(
        self, shop: Shop, command: str, importer: str, options: ReadOptions, more: str = ""
    ) -> None:
        self.command = command
        self._shop = shop
        self._importer = importer
        content = [asdict(options), more]
        text = json.dumps(content, sort_keys=True, default=str)
        self._options_hash = hashlib.sha256(text.encode()).hexdigest()

    def answer(self, store: Store, sources: Sequence[Path | BinaryIO]) -> Json | None:
        """What the last call answered, every row ``same``, where it read these very files.

        None where they must be read: other files, standard input, rows that were refused then.
        """
        from returns_cli.intake import file_digest
        from returns_cli.store.row_sources import known_rows

        paths = [source for source in sources if isinstance(source, Path)]
        if len(paths) < len(sources):
            return None
        sha256 = digest_of([file_digest(path) for path in paths])
        found = known_rows(
            store, sha256, self._hash([path.name for path in paths]), self._importer, self.command
        )
        if found is None:
            return None
        answer: dict[str, Any] = json.loads(found[0])
        if answer["rejected"]:
            return None
        names = ", ".join(path.name for path in paths)
        self._shop.notes.append(
            f"{names}: read before, on {found[1][:10]}; --force reads it again."
        )
        answer.update(new=0, same=answer["new"] + answer["same"])
        return answer

    def add_file(self, store: Store, reading: RowReading[Any]) -> int:
        """Record the files of a reading; inside a transaction.

        Returns:
            The number that their rows refer to.
        """
        from returns_cli.store.source_files import NewFile, add_file

        names = [one.name for one in reading.files]
        new_file = NewFile(
            sha256=digest_of([one.sha256 for one in reading.files]),
            options_hash=self._hash(names),
            importer=self._importer,
            command=self.command,
            name=", ".join(names),
            actor=self._shop.actor,
            at=self._shop.now,
        )
        return add_file(store, new_file)

    def work(self, reading: RowReading[Any]) -> str:
        """What tells this call from others of its command: the files, and how they are read."""
        names = [f"{one.name} {one.sha256}" for one in reading.files]
        return f"{self._importer} {self._hash(names)}"

    def finish(self, store: Store, file_id: int, answer: Json) -> None:
        """Keep the answer; in the transaction of the rows."""
        from returns_cli.store.source_files import finish_file

        finish_file(store, file_id, json.dumps(answer, ensure_ascii=False))

    def _hash(self, names: Sequence[str]) -> str:
        text = "\n".join([self._options_hash, *names])
        return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def digest_of(digests: Sequence[str]) -> str:
    """The digest of one file, or of several files together."""
    if len(digests) == 1:
        return digests[0]
    return hashlib.sha256("\n".join(digests).encode()).hexdigest()
