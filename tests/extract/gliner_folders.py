"""GLiNER models for tests: one made here with random weights, and a stand-in for the library."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any


def untrained(folder: Path) -> Path:
    """Save a GLiNER model of one tiny layer with random weights; needs gliner, torch and transformers."""
    import torch
    from gliner import GLiNER, GLiNERConfig
    from tokenizers import Tokenizer, models, pre_tokenizers, processors
    from transformers import BertConfig, PreTrainedTokenizerFast

    torch.manual_seed(0)
    special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    vocabulary = {token: at for at, token in enumerate([*special, *map(chr, range(33, 127))])}
    tokenizer = Tokenizer(models.WordLevel(vocabulary, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Split("", "isolated")
    ends = [("[CLS]", 2), ("[SEP]", 3)]
    tokenizer.post_processor = processors.TemplateProcessing(single="[CLS] $A [SEP]", special_tokens=ends)
    names = dict(zip(("pad", "unk", "cls", "sep", "mask"), special, strict=True))
    fast = PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, **{f"{name}_token": token for name, token in names.items()}
    )
    encoder = folder / "encoder"
    fast.save_pretrained(encoder)
    size: dict[str, Any] = {"hidden_size": 32, "num_hidden_layers": 1, "num_attention_heads": 2}
    BertConfig(vocab_size=len(vocabulary), intermediate_size=32, **size).save_pretrained(encoder)
    config = GLiNERConfig(model_name=str(encoder), hidden_size=32, max_width=4, num_rnn_layers=1, dropout=0.0)
    model = GLiNER.from_config(config, backbone_from_pretrained=False)
    model.save_pretrained(folder / "model")
    return folder / "model"


class StandIn:
    """What `gliner.GLiNER` is to the extractor: a model that finds the names of a list, and relations between two."""

    names: Mapping[str, str] = {}
    """The label of each name that is found, one of those asked for."""
    joint: bool = False
    shift: int = 0
    asked: list[tuple[list[str], float]]
    """Labels and threshold of each call."""

    def __init__(self) -> None:
        self.asked = []
        if self.joint:
            self.map_relations_to_text = None

    @classmethod
    def from_pretrained(cls, model: str, *, local_files_only: bool) -> StandIn:
        assert local_files_only
        assert Path(model).is_dir()
        return cls()

    def inference(self, texts: Sequence[str], labels: list[str], *, threshold: float, relations: Any = None) -> Any:
        self.asked.append((labels, threshold))
        found = [[self._name(one) for one in re.finditer("|".join(self.names), text)] for text in texts]
        if relations is None:
            return found
        assert "acquires" in relations
        told = [
            [{"head": names[0], "tail": names[1], "relation": "acquires", "score": 0.8}] if len(names) > 1 else []
            for names in found
        ]
        return found, told

    def _name(self, found: re.Match[str]) -> dict[str, Any]:
        start, end = found.start() + self.shift, found.end() + self.shift
        return {"start": start, "end": end, "text": found.group(), "label": self.names[found.group()], "score": 0.9}
