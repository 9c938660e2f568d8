"""Amazon's reports in their exact layouts: tabs, no quotes, CRLF; all people are invented."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

ALL_ORDERS = (
    "amazon-order-id merchant-order-id purchase-date last-updated-date order-status "
    "fulfillment-channel sales-channel order-channel url ship-service-level product-name sku asin "
    "item-status quantity currency item-price item-tax shipping-price shipping-tax "
    "gift-wrap-price gift-wrap-tax item-promotion-discount ship-promotion-discount ship-city "
    "ship-state ship-postal-code ship-country promotion-ids is-business-order "
    "purchase-order-number price-designation"
).split()
# The oldest layout known: no URL, no gift wrap, no promotions' names, nothing for business.
ALL_ORDERS_21 = (
    "amazon-order-id merchant-order-id purchase-date order-status fulfillment-channel "
    "sales-channel order-channel product-name sku asin item-status quantity currency item-price "
    "item-tax shipping-price shipping-tax item-promotion-discount ship-promotion-discount "
    "ship-city ship-country"
).split()
NEW_ORDERS = (
    "order-id order-item-id purchase-date payments-date buyer-email buyer-name "
    "buyer-phone-number sku product-name quantity-purchased currency item-price item-tax "
    "shipping-price shipping-tax ship-service-level recipient-name ship-address-1 ship-address-2 "
    "ship-address-3 ship-city ship-state ship-postal-code ship-country ship-phone-number"
).split()
UNSHIPPED = (
    "order-id order-item-id purchase-date payments-date reporting-date promise-date "
    "days-past-promise buyer-email buyer-name buyer-phone-number sku product-name "
    "quantity-purchased quantity-shipped quantity-to-ship ship-service-level recipient-name "
    "ship-address-1 ship-address-2 ship-address-3 ship-city ship-state ship-postal-code "
    "ship-country is-business-order purchase-order-number price-designation"
).split()
FBA_RETURNS = (
    "return-date order-id sku asin fnsku product-name quantity fulfillment-center-id "
    "detailed-disposition reason status license-plate-number customer-comments"
).split()
MFN_RETURNS = (
    "Order ID|Order date|Return request date|Return request status|Amazon RMA ID|Merchant RMA ID|"
    "Label type|Label cost|Currency code|Return carrier|Tracking ID|Label to be paid by|"
    "A-to-Z Claim|Is prime|ASIN|Merchant SKU|Item Name|Return quantity|Return Reason|In policy|"
    "Return type|Resolution|Invoice number|Return delivery date|Order Amount|Order quantity|"
    "SafeT Action reason|SafeT claim id|SafeT claim state|SafeT claim creation time|"
    "SafeT claim reimbursement amount|Refunded Amount"
).split("|")

ITEM = {
    "amazon-order-id": "111-1111111-1111111",
    "merchant-order-id": "111-1111111-1111111",
    "purchase-date": "2026-03-01T10:15:00+00:00",
    "last-updated-date": "2026-03-03T08:00:00+00:00",
    "order-status": "Shipped",
    "fulfillment-channel": "Amazon",
    "sales-channel": "Amazon.com",
    "ship-service-level": "Standard",
    "product-name": 'Cup, 3" wide',
    "sku": "CUP-1",
    "asin": "B000000001",
    "item-status": "Shipped",
    "quantity": "2",
    "currency": "USD",
    "item-price": "20.00",
    "item-tax": "1.60",
    "shipping-price": "5.00",
    "shipping-tax": "0.40",
    "gift-wrap-price": "3.00",
    "gift-wrap-tax": "0.24",
    "item-promotion-discount": "2.00",
    "ship-promotion-discount": "5.00",
    "ship-city": "Springfield",
    "ship-state": "IL",
    "ship-postal-code": "62701",
    "ship-country": "US",
    "promotion-ids": "SAVE10,FREE-SHIP",
    "is-business-order": "false",
}
NEW_ITEM = {
    "order-id": "222-2222222-2222222",
    "order-item-id": "10000000000001",
    "purchase-date": "2026-03-02T09:00:00-08:00",
    "payments-date": "2026-03-02T09:01:00-08:00",
    "buyer-email": "ann@example.com",
    "buyer-name": "Ann Buyer",
    "buyer-phone-number": "+1 555 0100",
    "sku": "JUG-1",
    "product-name": "Jug",
    "quantity-purchased": "1",
    "currency": "USD",
    "item-price": "30.00",
    "item-tax": "2.40",
    "shipping-price": "4.00",
    "shipping-tax": "0.32",
    "ship-service-level": "Standard",
    "recipient-name": "Rita Reader",
    "ship-address-1": "5 Elm Row",
    "ship-address-2": "Flat 2",
    "ship-address-3": "Back yard",
    "ship-city": "Austin",
    "ship-state": "TX",
    "ship-postal-code": "78704",
    "ship-country": "US",
    "ship-phone-number": "+1 555 0199",
}
ARRIVED = {
    "return-date": "2026-03-15T22:30:00+00:00",
    "order-id": "111-1111111-1111111",
    "sku": "CUP-1",
    "asin": "B000000001",
    "fnsku": "X000000001",
    "product-name": "Cup",
    "quantity": "1",
    "fulfillment-center-id": "ABE2",
    "detailed-disposition": "SELLABLE",
    "reason": "UNWANTED_ITEM",
    "status": "Unit returned to inventory",
    "license-plate-number": "LPNRR0000001",
    "customer-comments": "",
}
ASKED = {
    "Order ID": "222-2222222-2222222",
    "Order date": "02-Mar-2026",
    "Return request date": "12-Mar-2026",
    "Return request status": "Approved",
    "Amazon RMA ID": "Dx0000001RRMA",
    "Merchant RMA ID": " ",
    "Label type": "AmazonPrePaidLabel",
    "Label cost": "4.14",
    "Currency code": "USD",
    "Return carrier": "USPS",
    "Tracking ID": "9200000000000000000001",
    "Label to be paid by": "Seller",
    "A-to-Z Claim": "N",
    "Is prime": "N",
    "ASIN": "B000000002",
    "Merchant SKU": "JUG-1",
    "Item Name": "Jug",
    "Return quantity": "1",
    "Return Reason": "CR-DEFECTIVE",
    "In policy": "Y",
    "Return type": "C-Returns",
    "Resolution": "StandardRefund",
    "Order Amount": "36.72",
    "Order quantity": "1",
    "Refunded Amount": "36.72",
}


def report(columns: Sequence[str], *rows: Mapping[str, str], newline: str = "\r\n") -> bytes:
    """A report with these columns; the cells stand as they are, without quotes."""
    lines = [list(columns), *([row.get(name, "") for name in columns] for row in rows)]
    return "".join("\t".join(cells) + newline for cells in lines).encode()


def all_orders(*rows: Mapping[str, str]) -> bytes:
    """An all orders report of 32 columns; each row is ``ITEM`` with its changes."""
    return report(ALL_ORDERS, *(ITEM | dict(row) for row in rows))


def new_orders(*rows: Mapping[str, str]) -> bytes:
    """A new orders report; each row is ``NEW_ITEM`` with its changes."""
    return report(NEW_ORDERS, *(NEW_ITEM | dict(row) for row in rows))


def unshipped(*rows: Mapping[str, str]) -> bytes:
    """An unshipped orders report of 27 columns; each row is ``NEW_ITEM`` with its changes."""
    own = {"quantity-shipped": "0", "quantity-to-ship": "1", "days-past-promise": "-2"}
    return report(UNSHIPPED, *(NEW_ITEM | own | dict(row) for row in rows))


def fba_returns(*rows: Mapping[str, str]) -> bytes:
    """An FBA customer returns report; each row is ``ARRIVED`` with its changes."""
    return report(FBA_RETURNS, *(ARRIVED | dict(row) for row in rows))


def mfn_returns(*rows: Mapping[str, str]) -> bytes:
    """A seller-fulfilled returns report; each row is ``ASKED`` with its changes."""
    return report(MFN_RETURNS, *(ASKED | dict(row) for row in rows))
