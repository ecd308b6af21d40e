"""From files of many kinds to cleaned Articles."""
