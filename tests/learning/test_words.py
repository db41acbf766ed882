import bs4
import mistune
import pytest

from course_lib.learning.words import inert, markdown, plain


def test_plain_words_of_a_choice_and_a_number():
    assert plain("Question", "Why?", ["a", "b"]) == "Question. Why?\n  ( ) a\n  ( ) b"
    assert plain("Predict", "How much?", [], "A number from 0 to 1") == (
        "Predict. How much?\n  A number from 0 to 1"
    )


def test_markdown_has_a_bold_prompt_and_a_list():
    assert markdown("Question", "Why, at 0.7 mmol?", ["a", "b"]) == (
        "Question.\n\n**Why, at 0.7 mmol?**\n\n- a\n- b"
    )


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "&lt;b&gt;", "**bold** _it_",
        "[a](javascript:alert(1))", "![a](b.png)", "`code`", "# heading", "- item", "+ item",
        "1. item", "2) item", "> quote", "~~no~~", "$x^2$ and $y$", r"\(x\) \\", "a | b",
        "https://example.org", "www.example.org", "me@example.org", "===", "---", "***", "<!-- x",
    ],
)  # fmt: skip
def test_text_is_shown_as_it_is(text):
    """nbconvert's Markdown engine gives the text back unchanged and without tags."""
    html = mistune.create_markdown(
        escape=False, plugins=["table", "strikethrough", "url", "math", "footnotes"]
    )(f"**{inert(text)}**\n\n- {inert(text)}\n")
    soup = bs4.BeautifulSoup(html, "html.parser")
    assert {tag.name for tag in soup.find_all()} <= {"p", "strong", "ul", "li", "span"}
    assert soup.find("strong").text == text
    assert soup.find("li").text.strip() == text
