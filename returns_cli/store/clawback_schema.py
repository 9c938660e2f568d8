"""Migration: what a promotion took back may be given back by a later return.

``promotion_clawback`` was never above zero. When goods come back whose discount an earlier return
took back, that return's clawback is no longer right and is given back. The rule is read otherwise;
its text is replaced as SQLite's page on ALTER TABLE describes it, as in ``order_mark_schema``.
"""

from __future__ import annotations

_BEFORE = """''condition_deduction'',
      ''promotion_clawback'') AND amount_minor <= 0)"""
_AFTER = """''condition_deduction'')
      AND amount_minor <= 0) OR kind = ''promotion_clawback''"""

STATEMENTS: tuple[str, ...] = (
    "PRAGMA writable_schema = ON",
    f"""UPDATE sqlite_schema SET sql = replace(sql, '{_BEFORE}', '{_AFTER}')
WHERE type = 'table' AND name = 'refund_component'""",  # noqa: S608 - texts from above
    "PRAGMA writable_schema = RESET",  # the rules are read again, and closed
)
