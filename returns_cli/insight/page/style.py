"""The style of a page: a printed report that also fits a phone and the night.

Grounds and inks are the page's own; the shop's colour is on the cover, the charts and the links.
Fonts are those of the reader's machine, since the page loads nothing.
"""

from __future__ import annotations

from returns_cli.insight.page.colors import Palette, palette


def style_sheet(color: str) -> str:
    """The whole style.

    Args:
        color: ``brand.color`` of ``shop.yaml``; empty for our own.
    """
    light, dark = palette(color, dark=False), palette(color, dark=True)
    return (
        f"\n:root {{ color-scheme: light dark; {_variables(light)} }}\n"
        f"@media (prefers-color-scheme: dark) {{\n  :root {{ {_variables(dark)} }}\n}}\n"
        f"{_SCREEN}{_CHARTS}"
        f"@media print {{\n  :root {{ {_variables(light)} }}\n{_PRINT}}}\n{_SHEET}"
    )


def _variables(colors: Palette) -> str:
    return " ".join(f"--{name.replace('_', '-')}: {value};" for name, value in _named(colors))


def _named(colors: Palette) -> list[tuple[str, str]]:
    return list(zip(colors._fields, colors, strict=True))


_SCREEN = """\
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; scroll-behavior: auto; }
body { margin: 0; background: var(--paper); color: var(--ink); overflow-wrap: anywhere;
  font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans",
  sans-serif; font-variant-numeric: lining-nums; }
h1, h2, .findings li, nav a, .shop, .days, footer { font-family: "Iowan Old Style",
  "Palatino Linotype", Palatino, "Book Antiqua", "Source Serif 4", "Noto Serif", Georgia,
  "DejaVu Serif", serif; }
.cover > div, nav, main, footer { max-width: 64rem; margin: 0 auto; padding: 0 1.25rem; }
.cover { background: var(--band); color: var(--on-band); }
.cover > div { padding-top: 1.25rem; padding-bottom: 1.5rem; }
.shop { margin: 0 0 2.25rem; font-size: 1.05rem; letter-spacing: .02em; }
h1 { margin: 0; max-width: 22ch; font-size: clamp(2.1rem, 1.5rem + 3.2vw, 3.6rem);
  line-height: 1.08; font-weight: 500; letter-spacing: -.015em; text-wrap: balance; }
.days { margin: .9rem 0 0; font-size: 1.15rem; }
nav { padding-top: 2.5rem; }
nav h2 { margin-top: 0; }
nav ol { list-style: none; margin: 0; padding: 0; counter-reset: n; }
nav li { counter-increment: n; display: grid; grid-template-columns: 2.2rem 1fr;
  border-top: 1px solid var(--line); padding: .7rem 0; }
nav li::before { content: counter(n); color: var(--accent); font-variant-numeric: tabular-nums;
  grid-row: 1 / 3; }
nav a { font-size: 1.2rem; }
nav p { grid-column: 2; margin: .1rem 0 0; color: var(--dim); font-size: .92rem; max-width: 44rem; }
a { color: var(--accent); text-decoration-thickness: 1px; text-underline-offset: .2em; }
a:focus-visible, summary:focus-visible, .scroll:focus-visible { outline: 2px solid var(--accent);
  outline-offset: 3px; }
article { padding-top: 3rem; }
h2 { margin: 0 0 1.5rem; font-size: clamp(1.7rem, 1.4rem + 1.4vw, 2.4rem); line-height: 1.15;
  font-weight: 500; letter-spacing: -.01em; text-wrap: balance; }
article > h2 { border-top: 3px solid var(--accent); padding-top: 1rem; }
.unseen { position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden;
  clip-path: inset(50%); white-space: nowrap; border: 0; padding: 0; }
h3 { margin: 0 0 .75rem; font-size: .95rem; font-weight: 650; color: var(--accent); }
.filters { margin: 0 0 1.5rem; color: var(--dim); }
.findings ol { margin: 0; padding: 0; list-style: none; }
.findings li { margin: 0 0 .7rem; max-width: 40rem; font-size: 1.08rem; line-height: 1.5; }
.findings li:first-child { font-size: clamp(1.35rem, 1.2rem + .7vw, 1.7rem); line-height: 1.35;
  margin-bottom: 1.1rem; text-wrap: pretty; }
.plate { margin-top: 3.5rem; }
figure { margin: 0 0 2.25rem; min-width: 0; }
.title, h4 { margin: 0 0 .6rem; font-size: 1.05rem; font-weight: 650; line-height: 1.35; }
.note, .remark { margin: 0 0 .75rem; color: var(--dim); font-size: .88rem; max-width: 44rem; }
.remark { margin: .4rem 0 0; }
.legend { list-style: none; display: flex; flex-wrap: wrap; gap: .2rem 1.25rem; margin: 0 0 .9rem;
  padding: 0; font-size: .88rem; color: var(--dim); }
.legend li { display: flex; align-items: center; gap: .45rem; }
.scroll { overflow-x: auto; background:
  linear-gradient(to right, var(--paper) 1rem, transparent 2rem) 0 0 / 3rem 100% no-repeat local,
  linear-gradient(to left, var(--paper) 1rem, transparent 2rem) 100% 0 / 3rem 100% no-repeat local,
  linear-gradient(to right, var(--line), transparent) 0 0 / .6rem 100% no-repeat scroll,
  linear-gradient(to left, var(--line), transparent) 100% 0 / .6rem 100% no-repeat scroll; }
table { border-collapse: collapse; width: 100%; font-size: .92rem; line-height: 1.4;
  font-variant-numeric: lining-nums tabular-nums; }
th, td { text-align: start; vertical-align: baseline; padding: .42rem 0 .42rem 1.1rem;
  border-bottom: 1px solid var(--line); min-width: 7rem; overflow-wrap: normal; }
.broken { overflow-wrap: anywhere; min-width: 11rem; }
th:first-child, td:first-child { padding-left: 0; }
thead th { vertical-align: bottom; color: var(--dim); font-weight: 500; font-size: .92em;
  line-height: 1.3; border-bottom: 1px solid var(--dim); }
tbody th { font-weight: 500; }
.n { text-align: end; white-space: nowrap; min-width: 0; }
thead .n { white-space: normal; }
.w { min-width: 0; }
.n:first-child { text-align: start; }
.n + :not(.n) { padding-left: 2rem; }
.next th, .next td { border-top: 1px solid var(--dim); }
.day, .whole { white-space: nowrap; min-width: 0; }
.wide { font-size: .84rem; }
.wide th, .wide td { padding-left: .8rem; }
.wide th:first-child, .wide td:first-child { padding-left: 0; }
.nothing { color: var(--dim); }
details { margin-top: .75rem; }
summary { cursor: pointer; color: var(--accent); font-size: .92rem; padding: .25rem 0; }
.notes { margin-top: 3rem; }
.notes p { margin: 0 0 .6rem; font-size: .88rem; color: var(--dim); max-width: 44rem; }
footer { margin-top: 4rem; padding-top: 1rem; padding-bottom: 3rem; color: var(--dim);
  font-size: .9rem; }
footer p { border-top: 1px solid var(--line); margin: 0; padding-top: 1rem; }
@media (min-width: 60rem) {
  .cover > div, nav, main, footer { padding-left: 2.5rem; padding-right: 2.5rem; }
  .shop { margin-bottom: 3.5rem; }
  article { padding-top: 4.5rem; }
  .findings, .notes { display: grid; grid-template-columns: 11rem 1fr; column-gap: 3rem; }
  .findings h3, .notes h3 { grid-row: 1 / 99; line-height: 1.5; padding-top: .45rem; }
  .notes h3 { padding-top: 0; font-size: .88rem; }
  .notes p { grid-column: 2; }
  .plate { display: grid; grid-template-columns: 1fr 1fr; column-gap: 3rem; }
  .lying, .listing, .standing:only-of-type { grid-column: 1 / -1; }
  .listing { min-width: 0; }
  .standing { display: flex; flex-direction: column; }
  .standing .chart { margin-top: auto; }
}
"""
_CHARTS = """\
.chart { display: block; width: 100%; overflow: visible; fill: var(--ink); }
.chart text { font-size: 13px; font-variant-numeric: lining-nums tabular-nums; }
.chart .figure, .chart .names text { fill: var(--dim); font-size: 12px; }
.chart text { paint-order: stroke; stroke: var(--paper); stroke-width: 4px;
  stroke-linejoin: round; }
.chart .value { fill: var(--ink); font-weight: 600; }
.rows { --room: 16rem; padding-right: 6.25rem; padding-left: var(--room); }
.rows.short { --room: 7rem; }
.rows.medium { --room: 11rem; }
.rows .name { transform: translateX(calc(-1 * var(--room))); }
.intervals .point { stroke: none; r: 5px; }
.rows .end { transform: translateX(10px); }
.periods { padding-top: 12px; padding-left: 3.25rem; padding-right: .5rem; }
.level { stroke: var(--line); stroke-width: 1; }
.zero { stroke: var(--dim); stroke-width: 1; }
.f { stroke: var(--paper); stroke-width: 1; }
.f1 { fill: var(--accent); }
.f2 { fill: var(--tint); }
.f2, .f3, .f4, .f5 { stroke: var(--accent); }
.f6 { fill: var(--paper); stroke: var(--accent); stroke-width: 1.5; }
.f.partial { fill-opacity: .45; stroke: var(--accent); stroke-dasharray: 4 3; }
.ground { fill: var(--paper); }
.hatch { fill: none; stroke: var(--accent); stroke-width: 1.5; }
.dot { fill: var(--accent); }
.line { fill: none; stroke: var(--accent); stroke-width: 2.25; stroke-linejoin: round;
  vector-effect: non-scaling-stroke; }
.line.l2 { stroke-dasharray: 7 4; }
.line.l3 { stroke: var(--dim); stroke-dasharray: 2 3; }
.line.l4 { stroke: var(--dim); }
.line.l5 { stroke: var(--ink); stroke-dasharray: 10 3 2 3; }
.line.l6 { stroke: var(--ink); stroke-width: 1.25; }
.point { fill: var(--accent); stroke: var(--paper); stroke-width: 1.5; }
.point.l3, .point.l4 { fill: var(--dim); }
.point.l5, .point.l6 { fill: var(--ink); }
.point.hollow { fill: var(--paper); stroke: var(--accent); stroke-width: 2; }
.whisker { stroke: var(--accent); stroke-width: 2; }
.swatch { flex: none; overflow: visible; }
.on-phone, .on-paper { display: none; }
@media (max-width: 40rem) {
  table { font-size: .84rem; }
  th, td, .wide th, .wide td { padding-left: .7rem; min-width: 5.5rem; }
  th:first-child, td:first-child, .wide th:first-child, .wide td:first-child { padding-left: 0; }
  .n, .w, .day, .whole, .wide .n, .wide .w, .wide .day, .wide .whole { min-width: 0; }
  .n + :not(.n), .wide .n + :not(.n) { padding-left: 1.1rem; }
  .rows { padding-left: 0; padding-right: 5.25rem; }
  .rows .name { transform: translate(4px, -15px); }
  .on-phone { display: inline; }
  .on-desk { display: none; }
}
"""
_PRINT = """\
  body { background: #fff; font-size: 9.5pt; line-height: 1.45; }
  .cover { background: none; color: var(--ink); border-top: 10pt solid var(--band);
    print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  .cover > div, nav, main, footer { max-width: none; padding-left: 0; padding-right: 0; }
  .shop { margin-bottom: 10mm; }
  nav { padding-top: 8mm; }
  nav li { padding: 1.6mm 0; }
  nav a { font-size: 11pt; }
  article { padding-top: 0; margin-top: 12mm; }
  article + article { margin-top: 14mm; }
  nav + main article:first-child { break-before: page; margin-top: 0; }
  .plate { margin-top: 8mm; }
  .notes { margin-top: 6mm; }
  figure { margin-bottom: 4mm; }
  h1 { font-size: 30pt; }
  h2 { font-size: 20pt; break-after: avoid; }
  h3, h4, .title, .legend, h4 + .note { break-after: avoid; }
  figure, tr, .findings li, nav li { break-inside: avoid; }
  thead { display: table-header-group; }
  .scroll { overflow: visible; background: none; }
  table { font-size: 8pt; }
  th, td { padding: 2.5pt 0 2.5pt 7pt; min-width: 0; }
  .broken { min-width: 26mm; }
  th:first-child, td:first-child { min-width: 17mm; }
  .listing.short { break-inside: avoid; }
  .wide { font-size: 7pt; }
  .n + :not(.n) { padding-left: 12pt; }
  .wide th, .wide td { padding-left: 4pt; overflow-wrap: anywhere; }
  .wide th:first-child, .wide td:first-child { padding-left: 0; }
  .rows { --room: 13rem; }
  .chart text { font-size: 11px; }
  .plate { display: block; }
  .standing:not(:only-of-type) { display: inline-block; width: calc(50% - 5mm); margin-right: 4mm;
    vertical-align: top; }
  .standing:not(:only-of-type) .on-phone { display: inline; }
  .standing:not(:only-of-type) .on-desk { display: none; }
  details { display: none; }
  .on-paper { display: block; }
  a { color: inherit; text-decoration: none; }
"""
_SHEET = "@page { margin: 16mm 15mm 18mm; }\n"
