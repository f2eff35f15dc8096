"""Templates are written with line breaks and indentation, which are taken out once, as a template is loaded.

What a browser would not show need not be sent. A line break, with the indentation after it, becomes

- nothing beside the tag of an element that is not inline (``<tr>``, ``</p>``, ``<path/>``),
- nothing just inside an inline element or a part of the template (after ``<b>`` or ``{% if %}``, before ``</b>``,
  ``{% else %}`` or ``{% endif %}``), and at both ends of the file,
- nothing before a part that begins with a space of its own (``{% if x %} <b>``),
- one space everywhere else: between words, values, inline elements, and the attributes of one tag.

The end of a loop is no inner edge: what stands before it is followed by the loop's next round. A comment goes with the
line break after it, so that ``{##}`` at the end of a line joins it to the next. ``<pre>`` and ``<textarea>`` stay as
they are.
"""

import re

from django.template import Origin
from django.template.loaders.filesystem import Loader as FilesystemLoader

# A browser sets these in a line of words, so that white space on either side of them is seen.
INLINE = re.compile(
    "a|abbr|b|bdi|bdo|button|cite|code|data|del|dfn|em|i|img|input|ins|kbd|label|mark|meter|output|progress|q|s|samp"
    "|select|small|span|strong|sub|sup|svg|textarea|time|tspan|u|var|wbr"
)
WITHOUT_INSIDE = frozenset({"img", "input", "textarea", "wbr"})
OPENS = frozenset({"autoescape", "block", "empty", "for", "if", "with"})
ON_ITS_OWN = frozenset({"elif", "else", "extends", "load"})

BREAK = re.compile(r"[ \t]*\r?\n\s*", re.ASCII)
COMMENT = re.compile(r"\{#.*?#\}(?:[ \t]*\r?\n\s*)?", re.ASCII)
BEFORE_OWN_SPACE = re.compile(r"[ \t]*\r?\n\s*(?=\{% if (?:(?!%\}).)*%\} )", re.ASCII)
TAG = re.compile(
    r"<(?P<kept>pre|textarea)\b.*?</(?P=kept)>"
    r"|\{%.*?%\}|\{\{.*?\}\}"
    r"|<(?:\{%.*?%\}|\{\{.*?\}\}|[^<>{])*>",  # a condition inside a tag may hold a ">"
    re.DOTALL,
)
NAME = re.compile(r"(\{%\s*|</?)(\w+)")


class Loader(FilesystemLoader):
    """Django's loader of the folders in DIRS, for markup as it is sent."""

    def get_contents(self, origin: Origin) -> str:
        contents: str = super().get_contents(origin)
        # An e-mail's lines have a greatest length, so its breaks stay.
        is_markup = origin.name.endswith((".html", ".svg")) and "/mail/" not in origin.name
        return squeezed(contents) if is_markup else contents


def squeezed(source: str) -> str:
    """The template without the line breaks and the indentation that nobody would see."""
    source = BEFORE_OWN_SPACE.sub("", COMMENT.sub("", source))
    sent, end, none_after = [], 0, True
    for tag in TAG.finditer(source):
        none_before, then_none_after = _edges(tag[0])
        sent.append(_text(source[end : tag.start()], none_after, none_before))
        sent.append(tag[0] if tag["kept"] or tag[0][0] == "{" else BREAK.sub(" ", tag[0]))
        end, none_after = tag.end(), then_none_after
    sent.append(_text(source[end:], none_after, none_before=True))
    return "".join(sent)


def _text(text: str, none_after: bool, none_before: bool) -> str:
    """What stands between two tags, of which the first wants no line break after it, or the second none before it."""
    text = BREAK.sub("\n", text)
    text = text.removeprefix("\n") if none_after else text
    text = text.removesuffix("\n") if none_before else text
    return text.replace("\n", " ")


def _edges(tag: str) -> tuple[bool, bool]:
    """Whether a line break is nothing before this tag, and after it."""
    named = NAME.match(tag)
    if tag.startswith("{{"):
        return False, False
    mark, name = named.groups() if named else ("", "")
    if mark.startswith("{%"):
        closes = name.startswith("end") and name != "endfor"
        return closes or name in ON_ITS_OWN, name in OPENS or name in ON_ITS_OWN
    if not INLINE.fullmatch(name):
        return True, True
    return mark == "</", mark == "<" and name not in WITHOUT_INSIDE
