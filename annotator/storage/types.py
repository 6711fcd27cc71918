"""Our column types, mapped onto what a STRICT table of SQLite knows (TEXT and INTEGER) and PostgreSQL too."""

from sqlalchemy import BigInteger, Integer
from sqlalchemy import Text as _Text

Text = _Text()
Name = _Text()
Identifier = _Text()  # a UUID, or for documents any string
Sha256 = _Text()  # 64 hexadecimal digits
Time = _Text()  # UTC, 2026-01-02T03:04:05.000Z: sorts as it reads
Json = _Text()
Offset = Integer()  # code points
Count = Integer().with_variant(BigInteger(), "postgresql")
