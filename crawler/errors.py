"""Errors of the crawler: our own data is wrong; a portal's fault is an observation and never raised."""


class ProductMarkError(Exception):
    """Raised when an entry of ``products.toml`` is wrong, from ``crawler.refusal.products``.

    Args:
        product: name of the entry as written; empty where it has none.
        problem: what is wrong, without a full stop.
    """

    def __init__(self, product: str, problem: str) -> None:
        self.product = product
        self.problem = problem
        super().__init__(f'crawler/refusal/products.toml: product "{product}" {problem}')
