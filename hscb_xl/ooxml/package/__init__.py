"""The zip file and what holds its parts together: members, content types, relationships.

From outside: ``package.Package``; ``opc.Relationship``; ``located`` gives errors the file and the sheet.
"""
