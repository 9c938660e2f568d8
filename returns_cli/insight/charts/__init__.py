"""Charts as SVG, drawn from their declarations."""
