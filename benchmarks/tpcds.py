"""Orders and returns of TPC-DS as plain CSVs: catalogue and web sales with their returns.

Made by DuckDB with its extension, both from PyPI; neither is a dependency of this project:

    pip install duckdb==1.4.4 duckdb-ext-tpcds
"""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, files
from pathlib import Path

_SALES = """
SELECT '{short}-' || {p}_order_number AS order_id, d.d_date || 'T12:00:00+00:00' AS placed_at,
  'USD' AS currency, row_number() OVER (PARTITION BY {p}_order_number ORDER BY {p}_item_sk)
  AS line_no, i.i_item_id AS sku, greatest({p}_quantity, 1) AS quantity,
  {p}_sales_price AS unit_price, '{channel}' AS channel, coalesce(i.i_product_name, '') AS title,
  coalesce(i.i_category, '') AS category, {p}_ext_tax AS line_tax, 'false' AS tax_included,
  coalesce(c.c_first_name, '') || ' ' || coalesce(c.c_last_name, '') AS customer_name,
  coalesce(c.c_email_address, '') AS customer_email, {p}_item_sk AS item_sk,
  {p}_order_number AS order_number
FROM {table} JOIN date_dim d ON d.d_date_sk = {p}_sold_date_sk
JOIN item i ON i.i_item_sk = {p}_item_sk
LEFT JOIN customer c ON c.c_customer_sk = {p}_bill_customer_sk
WHERE {p}_sales_price IS NOT NULL AND {p}_quantity IS NOT NULL AND {p}_ext_tax IS NOT NULL
"""
_RETURNS = """
SELECT s.order_id, s.line_no, least(coalesce(r.{p}_return_quantity, 1), s.quantity) AS quantity,
  ['too_small', 'damaged', 'not_as_described', 'too_large'][(1 + hash(r.{p}_reason_sk) % 4)::BIGINT]
  AS reason, s.channel,
  coalesce(d.d_date::VARCHAR, '') AS requested_at
FROM {table} r LEFT JOIN date_dim d ON d.d_date_sk = r.{p}_returned_date_sk
JOIN sales s ON s.channel = '{channel}'
  AND s.order_number = r.{p}_order_number AND s.item_sk = r.{p}_item_sk
"""


def write_tpcds(scale: float, orders: Path, requests: Path) -> tuple[int, int]:
    """Write both files in the layout of our own CSVs.

    Returns:
        How many order lines and returned lines there are.
    """
    try:
        import duckdb

        extension = next(
            path for path in files("duckdb-ext-tpcds") or () if path.name.startswith("tpcds.")
        )
    except (ImportError, PackageNotFoundError):
        raise SystemExit(
            "TPC-DS is made by DuckDB: pip install duckdb==1.4.4 duckdb-ext-tpcds"
        ) from None
    with duckdb.connect() as made:
        made.execute(f"LOAD '{extension.locate()}'")
        made.execute("CALL dsdgen(sf = ?)", [scale])
        sales = " UNION ALL ".join(
            _SALES.format(p=p, table=table, channel=channel, short=channel[0].upper())
            for p, table, channel in (
                ("cs", "catalog_sales", "catalogue"),
                ("ws", "web_sales", "web"),
            )
        )
        made.execute(f"CREATE TABLE sales AS {sales}")
        returned = " UNION ALL ".join(
            _RETURNS.format(p=p, table=table, channel=channel)
            for p, table, channel in (
                ("cr", "catalog_returns", "catalogue"),
                ("wr", "web_returns", "web"),
            )
        )
        made.execute(f"CREATE TABLE asked AS {returned}")
        made.execute(
            "COPY (SELECT * EXCLUDE (item_sk, order_number) FROM sales ORDER BY order_id, line_no) "
            f"TO '{orders}' (HEADER, DELIMITER ',')"
        )
        made.execute(
            f"COPY (SELECT * FROM asked ORDER BY order_id, line_no) TO '{requests}' "
            "(HEADER, DELIMITER ',')"
        )
        counts = made.execute("SELECT (SELECT count(*) FROM sales), (SELECT count(*) FROM asked)")
        lines, asked = counts.fetchone() or (0, 0)
    return int(lines), int(asked)
