"""Our own file shapes: orders, requests, receipts, inspections, products, customers, shipments."""
