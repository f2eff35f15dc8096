"""White space of templates: none is sent that nobody sees, and none is lost that somebody does."""

import re
from itertools import chain
from typing import Any

import pytest
from django.conf import settings
from django.template.loader import get_template

from sandwell.templates import squeezed

FOLDER = settings.BASE_DIR / "templates"
LONGEST_LINE = 160


def test_no_line_of_a_template_is_too_long_to_read() -> None:
    files = sorted(chain.from_iterable(FOLDER.rglob(f"*.{ending}") for ending in ("html", "svg", "txt")))
    assert len(files) > 50
    assert not [
        f"{file.relative_to(FOLDER)}:{number} has {len(line)} characters"
        for file in files
        for number, line in enumerate(file.read_text().splitlines(), start=1)
        if len(line) > LONGEST_LINE
    ]


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        # Nothing beside what is not inline.
        ("<tr>\n  <td>\n    1\n  </td>\n</tr>\n", "<tr><td>1</td></tr>"),
        ("<p>\n  one\n  two\n</p>", "<p>one two</p>"),
        ("one\n<br>\ntwo", "one<br>two"),
        (
            '<svg>\n  <path d="M0 0"/>\n  <use href="#a"/>\n</svg>',
            '<svg><path d="M0 0"/><use href="#a"/></svg>',
        ),
        # A space beside what is inline, nothing just inside it.
        ("one\n<b>\n  two\n</b>\nthree", "one <b>two</b> three"),
        ("<a>one</a>\n<a>two</a>", "<a>one</a> <a>two</a>"),
        ("{{ one }}\n{{ two }}", "{{ one }} {{ two }}"),
        ("one\n{% include 'two' %}\nthree", "one {% include 'two' %} three"),
        (
            "<label>one</label>\n<input>\n<button>\n  two\n</button>",
            "<label>one</label> <input> <button>two</button>",
        ),
        # Parts of the template.
        (
            "one\n{% if a %}\n  two\n{% else %}\n  three\n{% endif %}\nfour",
            "one {% if a %}two{% else %}three{% endif %} four",
        ),
        (
            "<ul>\n{% for a in b %}\n  <li>1</li>\n{% endfor %}\n</ul>",
            "<ul>{% for a in b %}<li>1</li>{% endfor %}</ul>",
        ),
        ("{% for a in b %}\n  <a>1</a>\n{% endfor %}", "{% for a in b %}<a>1</a> {% endfor %}"),
        ("one\n{% if a %} <b>two</b>{% endif %}", "one{% if a %} <b>two</b>{% endif %}"),
        ("one\n{% if a %}{{ b }} {% endif %}", "one {% if a %}{{ b }} {% endif %}"),
        # Inside one tag.
        (
            '<td class="a"\n    {% if a > 1 %} id="b"{% endif %}\n    role="cell">',
            '<td class="a"{% if a > 1 %} id="b"{% endif %} role="cell">',
        ),
        # Comments.
        ("{# what it takes #}\n<p>one</p>", "<p>one</p>"),
        ("one{##}\n  {{ two }}", "one{{ two }}"),
        # As it is.
        ("one  two\u00a0\n", "one  two\u00a0"),
        ("<p>\n<pre>\n  one\n    two\n</pre>\n</p>", "<p><pre>\n  one\n    two\n</pre></p>"),
        ("<textarea>\n\n  one\n</textarea>\ntwo", "<textarea>\n\n  one\n</textarea> two"),
    ],
)
def test_a_line_break_is_sent_only_where_it_is_seen(written: str, sent: str) -> None:
    assert squeezed(written) == sent
    assert squeezed(sent) == sent


def test_words_around_inline_elements_keep_their_spaces(rf: Any) -> None:
    html = get_template("403.html").render({}, rf.get("/"))
    assert "\n " not in html
    words = " ".join(re.sub("<[^>]*>", "", html).split())
    assert (
        "Go to your first page, or see on your account what your role opens. If your work needs this page"
        in words
    )


def test_text_is_sent_as_it_is_written() -> None:
    template: Any = get_template("notices/mail/notices.txt")
    assert template.template.source == (FOLDER / template.template.name).read_text()
