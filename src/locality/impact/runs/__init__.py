"""The engines that draw a report: Vega-Lite for charts, typst for PDF, python-docx for Word."""
