"""The words of the field that records are limited to."""

from enum import StrEnum


class TaxStyle(StrEnum):
    """Whether prices hold their tax."""

    INCLUDED = "included"
    ON_TOP = "on_top"
    NONE = "none"


class Kind(StrEnum):
    """Why goods come back at all."""

    RETURN = "return"
    CLAIM = "claim"
    WITHDRAWAL = "withdrawal"
    RETURN_TO_SENDER = "return_to_sender"


class Resolution(StrEnum):
    """What the customer wants."""

    REFUND = "refund"
    STORE_CREDIT = "store_credit"
    EXCHANGE = "exchange"
    REPAIR = "repair"
    REPLACEMENT = "replacement"


class Fault(StrEnum):
    """Whose fault a reason names."""

    CUSTOMER = "customer"
    MERCHANT = "merchant"
    CARRIER = "carrier"
    UNKNOWN = "unknown"


class Verdict(StrEnum):
    """A judgement of one line, or of a return; ``partial`` only of a return."""

    APPROVE = "approve"
    DENY = "deny"
    REVIEW = "review"
    PARTIAL = "partial"


class RefundState(StrEnum):
    """The money machine: planned → submitted → confirmed | failed | in_doubt, or reversed."""

    PLANNED = "planned"
    SUBMITTED = "submitted"
    CONFIRMED = "confirmed"
    FAILED = "failed"
    IN_DOUBT = "in_doubt"
    REVERSED = "reversed"
