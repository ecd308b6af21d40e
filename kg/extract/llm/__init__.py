"""Extraction by a language model behind an OpenAI-compatible endpoint: quotations alone are believed.

`settings` → `reading` (sentences, passages) → `prompt` → `asking` (`cache`, `ledger`, `client`) → `answers` (the form)
→ `checks` (each item against the text) → `stage`; `cascade` asks about sentences where the Korean extractor is unsure.
"""
