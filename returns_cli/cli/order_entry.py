"""The command that takes an order as somebody types it, for a merchant without an export."""

from __future__ import annotations

from typing import TYPE_CHECKING

from returns_cli.cli.context import invocation_of
from returns_cli.domain.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from returns_cli.cli.money_options import PaymentOption
    from returns_cli.cli.options import (
        AddressOption,
        BusinessOption,
        ChannelOption,
        CityOption,
        CodeWordsOption,
        CompanyOption,
        Context,
        CurrencyOption,
        CustomerIdOption,
        CustomerOption,
        DeliveredOption,
        DiscountOption,
        DryRunOption,
        EmailOption,
        GiftOption,
        NewOrder,
        PhoneOption,
        PlacedOption,
        PostcodeOption,
        RegionOption,
        ReplaceOption,
        ShipCountryOption,
        ShipNameOption,
        ShippedOption,
        ShippingOption,
        SoldItems,
        TagsOption,
        TaxAmountOption,
        TaxOption,
    )

_STREET_LINES = 2


def add(
    context: Context,
    order: NewOrder,
    items: SoldItems,
    placed: PlacedOption = None,
    shipped: ShippedOption = None,
    delivered: DeliveredOption = None,
    currency: CurrencyOption = None,
    shipping: ShippingOption = None,
    discount: DiscountOption = None,
    tax: TaxOption = None,
    tax_amount: TaxAmountOption = None,
    payment: PaymentOption = "",
    discount_codes: CodeWordsOption = None,
    tags: TagsOption = None,
    gift: GiftOption = False,
    business: BusinessOption = False,
    channel: ChannelOption = None,
    customer_id: CustomerIdOption = "",
    customer: CustomerOption = "",
    email: EmailOption = "",
    ship_name: ShipNameOption = None,
    company: CompanyOption = "",
    address: AddressOption = None,
    city: CityOption = "",
    region: RegionOption = "",
    postcode: PostcodeOption = "",
    country: ShipCountryOption = None,
    phone: PhoneOption = "",
    replace: ReplaceOption = False,
    dry_run: DryRunOption = False,
) -> None:
    """Add an order that was sold without an export: by phone, at a market.

    The same order again changes nothing; another content is refused (exit 6) unless --replace.
    """
    from returns_cli.cli.pages.lists import order_page
    from returns_cli.domain.model import Address
    from returns_cli.operations.add_order import TypedOrder, add_order

    call = invocation_of(context)
    call.renders(order_page)
    shop = call.shop(dry_run=dry_run)
    street = _street(address or ())
    ship_to = Address(
        name=customer if ship_name is None else ship_name,
        company=company,
        address1=street[0],
        address2=street[1],
        city=city,
        region=region,
        postcode=postcode,
        country=shop.config.country if country is None else country.upper(),
        phone=phone,
    )
    typed = TypedOrder(
        order_id=order,
        items=tuple(items),
        placed=placed,
        currency=currency,
        shipping=shipping,
        discount=discount,
        tax=tax,
        tax_amount=tax_amount,
        channel=channel,
        shipped=shipped,
        delivered=delivered,
        payment=payment,
        discount_codes=tuple(discount_codes or ()),
        tags=tuple(tags or ()),
        gift=gift,
        business=business,
        customer_id=customer_id,
        customer=customer,
        email=email,
        ship_to=ship_to,
        replace=replace,
    )
    call.show(add_order(shop, typed, call.confirm))


def _street(lines: Sequence[str]) -> tuple[str, str]:
    if len(lines) > _STREET_LINES:
        raise UsageError(
            "E-USAGE",
            "An address has at most two lines for the street.",
            where="--address",
            hint="City, region and postcode have options of their own.",
        )
    first, second = (*lines, "", "")[:_STREET_LINES]
    return first, second
