"""The verbs, each written once against ``xlwings.Book`` and run in Excel and without it alike."""
