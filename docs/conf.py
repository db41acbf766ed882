"""How Sphinx builds the course as a web site; `make site` gives it the pages."""

project = "Magnesium and muscle cramps"
author = "The course's authors"
copyright = "2026, text and figures CC BY 4.0, code BSD-3-Clause"  # noqa: A001  Sphinx's name
language = "en-GB"

extensions = ["myst_parser", "course_lib.publish.mathml"]
myst_enable_extensions = ["amsmath", "colon_fence", "dollarmath"]
myst_heading_anchors = 3
myst_heading_slug_func = "course_lib.publish.pages.heading_anchor"
suppress_warnings = ["myst.header"]  # a page may begin a section at any level
smartquotes = False
highlight_language = "python"
pygments_style = "a11y-light"
pygments_dark_style = "a11y-dark"

html_theme = "furo"
html_title = "Magnesium and muscle cramps: six claims, tested"
html_math_renderer = "mathml"
html_static_path = ["_static"]
html_css_files = ["course.css"]
html_js_files = [("course.js", {"defer": "defer"})]
html_copy_source = False
html_show_sourcelink = False
html_show_search_summary = False  # it would fetch pages, which a page from a folder may not
html_theme_options = {
    "navigation_with_keys": False,  # arrow keys belong to the sliders
    "light_css_variables": {
        "color-brand-primary": "#00629b",
        "color-brand-content": "#00629b",
        "color-brand-visited": "#5b3f8c",
    },
    "dark_css_variables": {
        "color-brand-primary": "#7cc4f0",
        "color-brand-content": "#7cc4f0",
        "color-brand-visited": "#c3a8f0",
    },
}
