"""What reports read in the canonical text of a decision, without parsing all of it.

Decisions that were made by the same rules hold the same settings, so most are met again. Within a
text of JSON a quote is escaped: what is looked for here stands only where it means this.
"""

from __future__ import annotations

import json
from functools import lru_cache

_SETTINGS, _AFTER = '"settings":', ',"sku":"'
_VALUE = 9  # letters of a setting's value that tell it apart


def setting_in(body: str, name: str) -> str | None:
    """The begin of the text of a setting, of the first line that has it; None where none has.

    >>> setting_in('[["refund.after","received",null,"p:1"]]', "refund.after")
    'received"'
    """
    mark = f'["{name}","'
    at = body.find(mark)
    return body[at + len(mark) : at + len(mark) + _VALUE] if at >= 0 else None


def rules_in(body: str, n: int) -> str:
    """The rules that set something for a decision's line, each once, as a JSON list.

    Args:
        body: of the decision.
        n: which of its lines, from 1.
    """
    return _rules(body.split(_SETTINGS, n)[n].partition(_AFTER)[0])


@lru_cache(1024)
def _rules(settings: str) -> str:
    return json.dumps(sorted({rule for _, _, rule, _ in json.loads(settings) if rule is not None}))
