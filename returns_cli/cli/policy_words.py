"""Commands that start a policy, and say it in words or in other forms. They need no shop."""

from __future__ import annotations

from typing import TYPE_CHECKING

from returns_cli.cli.context import Invocation, invocation_of
from returns_cli.domain.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from returns_cli.cli.options import (
        Context,
        CountriesOption,
        CurrencyOption,
        DaysOption,
        DryRunOption,
        MarkupOption,
        NewPolicyName,
        PoliciesArgument,
        PolicyFolderOption,
        PublishedOption,
        PublishOption,
        RefundDaysOption,
        RestockingOption,
        ReturnShippingOption,
        TitleOption,
    )
    from returns_cli.operations.shop import Shop


def explain(context: Context, files: PoliciesArgument = None) -> None:
    """Say a whole policy in plain words, as a customer can read it.

    In the language of --lang, else of the shop: en, ro, ja, zh-Hans, zh-Hant. What a merchant
    wrote (titles, reasons for rules) stays as it is written.
    """
    from returns_cli.cli.pages.policy_words import explained_page
    from returns_cli.operations.explain_policy import explain_policies

    call = invocation_of(context)
    call.renders(explained_page)
    shop = _shop(call, files)
    answers = explain_policies(files or (), shop, language=call.language)
    call.show(answers[0] if files and len(files) == 1 else answers)
    _say_language(call, str(answers[0]["language"]))


def publish(
    context: Context,
    form: PublishOption,
    files: PoliciesArgument = None,
    target: PublishedOption = None,
    dry_run: DryRunOption = False,
) -> None:
    """Write policies for the web (html, md), for search engines (jsonld) or Google's feed.

    What a form has no place for is listed on stderr, and with --json under not_said.
    """
    from returns_cli.cli.pages.policy_words import published_page
    from returns_cli.operations.publish_policy import PublishRequest, publish_policies

    call = invocation_of(context)
    call.renders(published_page)
    shop = _shop(call, files)
    request = PublishRequest(form, files or (), call.language, target, call.as_of, dry_run=dry_run)
    answer = publish_policies(request, shop)
    if target is None and call.output.format == "table":
        call.output.write_file(str(answer["content"]))
    else:
        call.show(answer, dry_run=dry_run)
    if call.output.format == "table":
        _say_not_said(call, answer["not_said"])
    if answer["language"] is not None:
        _say_language(call, str(answer["language"]))


def new(
    context: Context,
    name: NewPolicyName = "returns",
    title: TitleOption = None,
    days: DaysOption = None,
    return_shipping: ReturnShippingOption = None,
    restocking: RestockingOption = None,
    countries: CountriesOption = None,
    currency: CurrencyOption = None,
    refund_days: RefundDaysOption = None,
    markup: MarkupOption = None,
    folder: PolicyFolderOption = None,
    dry_run: DryRunOption = False,
) -> None:
    """Write a commented policy to start from, and its cases; nothing is overwritten.

    At a terminal it asks for what no option says. With --from it starts from the schema.org
    markup of a page, and lists what it could not take over.
    """
    from returns_cli.cli.pages.policy_words import started_page
    from returns_cli.operations.start_policy import StartRequest, option_values, start_policy

    call = invocation_of(context)
    call.renders(started_page)
    shop = call.shop_if_any()
    usual = shop.config.currency if shop is not None else "USD"
    if markup is None:
        days = days if days is not None else _number(call.ask_for("Days to return goods", "30"))
        return_shipping = return_shipping or call.ask_for(
            "Who pays the way back: shop, customer, or an amount that you keep", "customer"
        )
        restocking = restocking or call.ask_for("Restocking fee: 10%, or an amount", "0%")
        currency = currency or call.ask_for("Currency", usual)
    request = StartRequest(
        name=name,
        title=title,
        days=days,
        return_shipping=return_shipping,
        restocking=restocking,
        countries=option_values(countries),
        currency=currency,
        refund_days=refund_days,
        markup=markup,
        folder=folder,
        dry_run=dry_run,
    )
    answer = start_policy(request, shop)
    call.show(answer, dry_run=dry_run)
    if shop is not None and folder is None and not dry_run:
        call.output.say(
            "It is one of the shop's policies now. Before the next return: returns policy check"
        )
    call.output.suggest([f"returns policy check {file}" for file in _first(answer["files"])])


def _first(files: object) -> list[object]:
    return files[:1] if isinstance(files, list) else []


def _number(answer: str | None) -> int | None:
    """A number that was typed; what is none is refused, not guessed."""
    if answer is None:
        return None
    if not (answer.isascii() and answer.isdigit() and len(answer) < 7):
        raise UsageError(
            "E-USAGE",
            f"{answer!r} is not a number of days.",
            where="days",
            hint="Write digits only, such as 30.",
        )
    return int(answer)


def schema(context: Context) -> None:
    """Print the JSON Schema of policies, so that editors complete and check while typing."""
    from returns_cli.operations.print_policy_schema import policy_schema_text

    invocation_of(context).output.write_file(policy_schema_text())


def _shop(call: Invocation, files: list[Path] | None) -> Shop | None:
    return call.shop_if_any() if files else call.shop()


def _say_not_said(call: Invocation, unsaid: object) -> None:
    for one in unsaid if isinstance(unsaid, list) else ():
        call.output.say(f"not said: {one['at']} {one['name']}. {one['why']}")


def _say_language(call: Invocation, spoken: str) -> None:
    """A language without texts is answered in English; that is said, not hidden."""
    asked = call.language
    if asked and asked.replace("_", "-").split("-")[0].lower() != spoken.split("-")[0]:
        call.output.say(f"There are no texts in {asked}: the fixed text is in {spoken}.")
