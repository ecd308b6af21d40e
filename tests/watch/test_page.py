from __future__ import annotations

import re
from pathlib import Path

from kg.watch.sources import Source, read_list

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "watch.md").read_text(encoding="utf-8")


def test_the_list_of_the_page_can_be_read(tmp_path: Path) -> None:
    found = re.search(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
    assert found is not None
    path = tmp_path / "watch.yaml"
    path.write_text(found[1], encoding="utf-8")
    listed = read_list(path)
    assert (listed.contact, listed.delay) == ("mailto:you@example.org", 2.0)
    assert listed.sources[1:] == (
        Source("https://example.com/atom.xml", "한빛일보", full_text=True),
        Source("http://intranet/rss", private=True),
        Source(str(tmp_path / "incoming"), "나래일보"),
    )


def test_the_python_of_the_page_is_python() -> None:
    for block in re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL):
        compile(block, "docs/watch.md", "exec")
