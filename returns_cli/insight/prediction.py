"""The reports ``predict products`` and ``predict evaluate``."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from returns_cli.insight.backtest import FIRST_AFTER, TOP, BackTest, Score, Trial, back_test
from returns_cli.insight.figures import period as period_text
from returns_cli.insight.forecast import HALF_LIFE, RECENT, Forecast, History, forecasts
from returns_cli.insight.periods import Cut, first_day, last_day, named
from returns_cli.insight.reasons import UNKNOWN
from returns_cli.insight.report import MOST_DRAWN, Cell, Chart, Column, Period, Report, Share, Table
from returns_cli.insight.statistics import LEVEL, outweighs, wilson
from returns_cli.insight.words import called, counted, out_of, percent, spoken

_LIKELY = 0.8  # the least chance that a sentence is worth
_SUREST = 0.999999  # no forecast is certain
_MOST_NAMED = 3
LEAST_BACK = 20  # lines that came back; from fewer nothing is forecast, and nothing judged
_DOUBT = 0.05
_WORTH_A_WORD = 0.005  # less log loss than the categories', as a part of theirs

_PREDICTIONS = (
    Column("sku", "SKU", "text"),
    Column("title", "Product", "text"),
    Column("category", "Category", "text", lesser=True),
    Column("chance", "Chance", "rate"),
    Column("expected", "Expect", "rate"),
    Column("interval", "95%", "interval", lesser=True),
    Column("category_rate", "Category's", "rate", lesser=True),
    Column("so_far", "So far", "share", lesser=True),
    Column("recent", "Lately", "share", lesser=True),
    Column("before", "Before", "share", lesser=True),
    Column("trend", "Trend", "word"),
    Column("reason", "Most for", "word"),
    Column("reason_share", "Of its own", "share", lesser=True),
)
_METHODS = (
    Column("method", "Forecast by", "word"),
    Column("log_loss", "Log loss", "number"),
    Column("hits", "Right", "share"),
)
_TRIALS = (
    Column("period", "Orders of", "period"),
    Column("rate", "Back", "share", lesser=True),
    Column("known", "Known", "rate", lesser=True),
    Column("above", "Above", "share", lesser=True),
    Column("log_loss", "Log loss", "number"),
    Column("log_loss_naive", "Last rates", "number"),
    Column("log_loss_category", "Categories", "number", lesser=True),
    Column("hits", "Right", "share"),
    Column("hits_naive", "Last right", "share"),
)
_BANDS = (
    Column("band", "Band", "count"),
    Column("expected", "Forecast", "rate"),
    Column("came", "Came back", "share"),
    Column("interval", "95%", "interval"),
)


def predict_products(history: History, last: int, as_of: str, most: int) -> Report:
    """Which products will come back above their category's rate in the next period.

    Args:
        history: all that is known.
        last: the number of the last period that is over.
        as_of: the clock, ISO 8601.
        most: how many products to list.
    """
    known = history.until(last)
    back = sum(one.lines for one in known.backs)
    made = forecasts(known, last) if back >= LEAST_BACK else []
    reasons = _reasons(known)
    rows = tuple(_prediction(one, known, reasons[one.sku]) for one in made[:most])
    following = period_text(named(last + 1, history.by))
    title = f"Products likely to come back in {following}"
    key = "title" if rows and all(row[1] for row in rows[:MOST_DRAWN]) else "sku"
    shown = f"The first {len(rows)} of {counted(len(made), 'product')}."
    return Report(
        "predict_products",
        title,
        _period(known, last, as_of),
        (),
        (Table("predictions", title, _PREDICTIONS, rows, shown),),
        (Chart("intervals", "predictions", "Rates to expect", key, ("expected",), "interval"),),
        _foresight(made, known, reasons, following) or _too_little(known, back),
        _forecast_notes(history.by),
    )


def _forecast_notes(by: Cut) -> tuple[str, ...]:
    return (
        f"""A sale is an order line; it came back when a unit of it arrived. Lately is the last \
{counted(RECENT[by], by)}. A sale of {counted(HALF_LIFE[by], by)} ago weighs half as much as one \
of today; a young one counts as kept only as far as it had the time to come back.""",
        """The rates of a category's products are the prior (beta-binomial, by moments); each \
product's own sales move it from there. A trend is told where no more than one in 20 of those \
told is chance (Fisher's test, corrected by Benjamini and Hochberg).""",
        "Whether to believe this: returns predict evaluate.",
    )


def _period(known: History, last: int, as_of: str) -> Period:
    first = min((one.period for one in known.sales), default=last)
    since = first_day(named(first, known.by)).isoformat()
    return Period(since, last_day(named(last, known.by)).isoformat(), known.by, as_of)


def _reasons(known: History) -> defaultdict[str, Counter[str]]:
    reasons: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for one in known.backs:
        reasons[one.sku][one.reason] += one.lines
    return reasons


def _main_reason(reasons: Counter[str]) -> tuple[str, int] | None:
    ranked = sorted(reasons.items(), key=lambda item: (-item[1], item[0]))
    return ranked[0] if ranked and ranked[0][1] else None


def _prediction(one: Forecast, known: History, reasons: Counter[str]) -> tuple[Cell, ...]:
    title, category = known.names[one.sku]
    main = _main_reason(reasons)
    return (
        one.sku,
        title,
        category,
        min(one.chance, _SUREST),
        one.rate.mean,
        one.rate.interval(LEVEL),
        one.category_rate,
        Share(one.back, one.sold),
        Share(*one.recent),
        Share(*one.before),
        one.trend,
        main[0] if main else None,
        Share(main[1], reasons.total()) if main else None,
    )


def _too_little(known: History, back: int) -> tuple[str, ...]:
    if not known.sales:
        return (f"No whole {known.by} of orders is over yet: there is nothing to forecast from.",)
    came = counted(back, "line")
    return (f"There is too little to forecast from: {came} came back, and it takes {LEAST_BACK}.",)


def _foresight(
    made: Sequence[Forecast], known: History, reasons: Mapping[str, Counter[str]], following: str
) -> tuple[str, ...]:
    if not made:
        return ()
    likely = [one for one in made if one.chance >= _LIKELY]
    if not likely:
        return (f"No product is likely to come back above its category's rate in {following}.",)
    told = [_of_one(one, known.names[one.sku], reasons[one.sku]) for one in likely[:_MOST_NAMED]]
    rising = [one.sku for one in likely if one.trend == "rising"]
    if rising:
        more = len(rising) - _MOST_NAMED
        others = f" and {more} more" if more > 0 else ""
        told.append(f"Rising beyond chance: {', '.join(rising[:_MOST_NAMED])}{others}.")
    return tuple(told)


def _of_one(one: Forecast, names: tuple[str, str], reasons: Counter[str]) -> str:
    title, category = names
    main = _main_reason(reasons)
    why = ""
    if main and main[0] not in UNKNOWN:
        why = f", most for {spoken(main[0])} ({main[1]} of {reasons.total()})"
    between = one.rate.interval(LEVEL)
    others = "its category" if category else "others without a category"
    return (
        f"{called(one.sku, title)} is likely to come back above {others} "
        f"({percent(min(one.chance, _SUREST))} sure): expect "
        f"{percent(one.rate.mean)} ({percent(between.low)} to {percent(between.high)}) against "
        f"{percent(one.category_rate)}; so far {out_of(Share(one.back, one.sold), 'line')}{why}."
    )


def evaluate_predictions(history: History, last: int, as_of: str) -> Report:
    """How good the forecasts of past periods would have been, and whether to believe them.

    Args:
        history: all that is known.
        last: the number of the last period that is over.
        as_of: the clock, ISO 8601.
    """
    test = back_test(history, last)
    return Report(
        "predict_evaluate",
        "Whether to believe the forecasts",
        _period(history.until(last), last, as_of),
        (),
        (
            Table("methods", "All periods together", _METHODS, _method_rows(test)),
            Table(
                "periods",
                "Period by period",
                _TRIALS,
                tuple(_trial_row(one, history) for one in test.trials),
            ),
            Table("calibration", "Forecast rates and what came", _BANDS, _band_rows(test)),
        ),
        (
            Chart(
                "lines",
                "periods",
                "Log loss (lower is better)",
                "period",
                ("log_loss", "log_loss_naive", "log_loss_category"),
            ),
        ),
        verdict(test, history.by),
        _evaluation_notes(history.by),
    )


def _evaluation_notes(by: Cut) -> tuple[str, ...]:
    return (
        f"""Each {by} is forecast from what was known when it began, from the \
{FIRST_AFTER + 1}th on, and held against what came of its orders by now.""",
        f"""Log loss is the mean, over sold lines, of -ln of the probability that was given to \
what came: 0 is perfect. Right of the first {TOP} are those that came back above their category's \
rate. Last rates are the lines that arrived in the {by} before, of those ordered in it.""",
        f"""Rates are scaled, for all alike, by the part of a {by}'s returns that is likely to \
have come by now; a {by} with less than half of them is left out.""",
    )


def _loss(test: BackTest, method: str) -> float:
    lines = sum(one.lines for one in test.trials)
    return sum(_score(one, method).log_loss * one.lines for one in test.trials) / lines


def _hits(test: BackTest, method: str) -> Share:
    scores = [_score(one, method) for one in test.trials]
    return Share(sum(one.hits for one in scores), sum(one.tried for one in scores))


def _score(trial: Trial, method: str) -> Score:
    score: Score = getattr(trial, method)
    return score


def _above(test: BackTest) -> Share:
    return Share(sum(one.above for one in test.trials), sum(one.products for one in test.trials))


def _method_rows(test: BackTest) -> tuple[tuple[Cell, ...], ...]:
    if not test.trials:
        return ()
    return (
        ("forecast", _loss(test, "ours"), _hits(test, "ours")),
        ("last_rate", _loss(test, "naive"), _hits(test, "naive")),
        ("category_rate", _loss(test, "category"), _above(test)),
    )


def _trial_row(one: Trial, history: History) -> tuple[Cell, ...]:
    return (
        named(one.period, history.by),
        Share(one.back, one.lines),
        one.known,
        Share(one.above, one.products),
        one.ours.log_loss,
        one.naive.log_loss,
        one.category.log_loss,
        Share(one.ours.hits, one.ours.tried),
        Share(one.naive.hits, one.naive.tried),
    )


def _band_rows(test: BackTest) -> tuple[tuple[Cell, ...], ...]:
    return tuple(
        (
            number,
            one.expected / one.lines,
            Share(one.back, one.lines),
            wilson(one.back, one.lines),
        )
        for number, one in enumerate(test.bands, 1)
    )


def verdict(test: BackTest, by: str) -> tuple[str, ...]:
    """Whether to believe the forecasts, in plain words; what it rests on after it."""
    if sum(one.back for one in test.trials) < LEAST_BACK:
        return (
            (
                f"Nobody can say yet whether to believe the forecasts: it takes {FIRST_AFTER + 1} "
                f"whole {by}s of orders, and {LEAST_BACK} returns of the later ones."
            ),
        )
    wins = sum(one.ours.log_loss < one.naive.log_loss for one in test.trials)
    ours, naive, category = (_loss(test, name) for name in ("ours", "naive", "category"))
    hits, last_hits, above = _hits(test, "ours"), _hits(test, "naive"), _above(test)
    periods = counted(len(test.trials), by)
    if ours >= naive:
        judged = f"Do not believe the forecasts: the last {by}'s rates were as good."
    elif ours > category * (1 - _WORTH_A_WORD):
        judged = "The forecasts tell no more than the rates of the categories do: use those."
    elif outweighs(wins, len(test.trials) - wins) > _DOUBT or hits.part < last_hits.part:
        judged = "Take the forecasts with care: they were better, but that may be chance."
    else:
        judged = "Believe the forecasts: they were better than chance would make them."
    return (
        judged,
        f"""Better than the last {by}'s rates in {wins} of {periods}: log loss {ours:.4f} against \
{naive:.4f}, and {category:.4f} of the categories' rates.""",
        f"""Of the products put first {out_of(hits, "product")} came back above their category's \
rate; of those with the highest last rate {percent(last_hits.rate)}, of all products \
{percent(above.rate)}.""",
    )
