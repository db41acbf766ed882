"""Print the speed table of the plan: ``python -m tests.benchmarks``."""

from tests.benchmarks import kernels, pages, pictures

pictures.report()
kernels.report()
pages.report()
pages.report_site()
