# SPDX-License-Identifier: GPL-3.0-or-later
"""Titles and descriptions from the format strings of a kind."""

import re

from catalog.departments import CLOSING

_KEPT = {"Wi-Fi", "Bluetooth", "Chelsea", "Milanese", "Moka", "French", "Oxford", "Boston"}
_SOUNDS_LIKE_A_CONSONANT = ("us", "uni", "one", "eu")


class Word(str):
    """A value that format strings can ask for in lower case (`:l`) or with its article (`:a`)."""

    def __format__(self, spec):
        if spec == "l":
            return _lower(self)
        if spec == "a":
            return _with_article(_lower(self))
        return super().__format__(spec)


def _lower(text):
    return " ".join(word if word in _KEPT else _lower_word(word) for word in text.split(" "))


def _lower_word(word):
    """Lower case but for what is written in capitals: USB-C, LED, T-shirt, 4K."""
    return "-".join(part.lower() if part[1:].islower() or part[1:2] == "'" else part for part in word.split("-"))


def _with_article(text):
    vowel = text[0] in "aeiou" and not text.startswith(_SOUNDS_LIKE_A_CONSONANT)
    return ("an " if vowel or text.startswith(("8", "11", "18", "LED", "HDMI", "RC")) else "a ") + text


def words(facts):
    return {name: Word(value) for name, value in facts.items()}


def title(kind, facts, titles):
    """`titles` are the words of the axes as they stand in the title, which may be empty."""
    text = kind.title.format(**{**facts, **titles})
    text = re.sub(r" +", " ", text).strip()
    return re.sub(r"(, )+$|^ |(?<=,),", "", text.replace(" ,", ","))


def description(kind, facts, chosen, dice):
    """Two to four sentences: an opening, what sets this product apart, details, perhaps a closing."""
    about = [option.text for option in chosen if option.text]
    sentences = [dice.pick(kind.lead)] + dice.shuffled(about)[: 1 + dice.below(2)]
    details = dice.shuffled(kind.detail)
    if facts.get("material") and dice.chance(0.25):
        details = ["Made of {material:l}."] + details
    wanted = dice.weighted((2, 3, 4), (1, 3, 2))
    sentences += details[: max(1, wanted - len(sentences))]
    if len(sentences) < 4 and dice.chance(0.4):
        sentences.append(dice.pick(CLOSING[kind.department]))
    values = words({"material": "", **facts})
    return " ".join(_sentence(sentence.format(**values)) for sentence in sentences)


def _sentence(text):
    return text[:1].upper() + text[1:]
