"""A tool as nanobot defines them. It knows nothing of Nanoswarm."""

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from nanobot.agent.tools.base import Tool


class TaxTool(Tool):
    @property
    def name(self) -> str:
        return "tax"

    @property
    def description(self) -> str:
        return "Adds the tax to a net amount in cents."

    @property
    def parameters(self) -> dict[str, Any]:
        return {
            "type": "object",
            "properties": {
                "net": {"type": "integer", "description": "In cents.", "minimum": 0},
                "percent": {"type": "integer", "minimum": 0, "maximum": 100},
            },
            "required": ["net"],
        }

    async def execute(self, net: int, percent: int = 19, **kwargs: Any) -> str:
        gross = Decimal(net) * (100 + percent) / 100
        return str(gross.quantize(Decimal(1), ROUND_HALF_UP))
