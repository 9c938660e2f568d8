"""What a refund's move enters in the journal. Debits are positive, credits negative.

===========  ===========================================  =====================
move to      debit                                        credit
===========  ===========================================  =====================
submitted    ``returns:KIND`` for each component          ``payable:TENDER``
confirmed    ``payable:TENDER``                           ``paid:TENDER``
failed       the opposite of submitted
reversed     the opposite of all that was entered so far
===========  ===========================================  =====================

A fee or a deduction is negative, so it stands on the other side. ``in_doubt`` enters nothing.
"""

from __future__ import annotations

import hashlib
import hmac
from collections import Counter

from returns_cli.domain.model import Refund
from returns_cli.domain.vocabulary import RefundState
from returns_cli.store.journal import Posting


def order_ref(salt: bytes, channel: str, order_id: str) -> str:
    """How an order stands in the journal: an HMAC of its number, 32 hex digits.

    Only the shop's own store can say which order it is.
    """
    message = f"order\0{channel}\0{order_id}".encode()
    return hmac.new(salt, message, hashlib.sha256).hexdigest()[:32]


def postings_of(refund: Refund, state: RefundState, ref: str) -> tuple[Posting, ...]:
    """The postings of a refund's move to a state; they sum to zero.

    Args:
        refund: before the move.
        state: where it goes; not ``planned`` or ``in_doubt``.
        ref: from :func:`order_ref`; ``/LINE`` is added where a component has a line.
    """
    payable, paid = f"payable:{refund.tender}", f"paid:{refund.tender}"
    amounts: Counter[tuple[str, str]] = Counter()
    if state is RefundState.CONFIRMED:
        amounts[payable, ref] = refund.amount_minor
        amounts[paid, ref] = -refund.amount_minor
    else:
        sign = 1 if state is RefundState.SUBMITTED else -1
        for part in refund.components:  # parts of one kind and line are one posting
            place = ref if part.line is None else f"{ref}/{part.line}"
            amounts[f"returns:{part.kind}", place] += sign * part.amount_minor
        owed_to = paid if refund.state is RefundState.CONFIRMED else payable
        amounts[owed_to, ref] = -sign * refund.amount_minor
    return tuple(
        Posting(account, place, refund.currency, minor)
        for (account, place), minor in amounts.items()
        if minor
    )
