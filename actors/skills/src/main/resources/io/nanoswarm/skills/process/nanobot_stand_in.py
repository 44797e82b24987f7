"""What tool classes import from nanobot, where nanobot itself is not installed.

Written for Nanoswarm after the interface of nanobot.agent.tools.base and .schema alone: enough for a
tool that is dropped in. What nanobot offers beyond that (its configuration, bus and sessions) is not here.
"""

import copy
import math
import sys
import types
from abc import ABC, abstractmethod

PYTHON_TYPES = {
    "string": str,
    "integer": int,
    "number": (int, float),
    "boolean": bool,
    "array": list,
    "object": dict,
}

WORDS_OF_BOOLEANS = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}


def kind_of(schema):
    """The type that is not null, and whether null is allowed."""
    kinds = schema.get("type")
    kinds = kinds if isinstance(kinds, list) else [kinds]
    named = [kind for kind in kinds if kind not in (None, "null")]
    return named[0] if named else None, "null" in kinds or bool(schema.get("nullable"))


def fits(kind, value):
    if kind not in PYTHON_TYPES:
        return True
    if isinstance(value, bool) and kind in ("integer", "number"):
        return False
    return isinstance(value, PYTHON_TYPES[kind])


def problems(value, schema, path=""):
    kind, nullable = kind_of(schema)
    name = path or "parameter"
    if value is None and nullable:
        return []
    if not fits(kind, value):
        return ["%s should be %s" % (name, kind)]
    found = []
    if "enum" in schema and value not in schema["enum"]:
        found.append("%s must be one of %s" % (name, schema["enum"]))
    if kind in ("integer", "number"):
        found += problems_of_number(value, schema, name)
    elif kind == "string":
        found += problems_of_length(value, schema, name, "minLength", "maxLength", "chars")
    elif kind == "array":
        found += problems_of_length(value, schema, name, "minItems", "maxItems", "items")
        for index, item in enumerate(value if "items" in schema else ()):
            found += problems(item, schema["items"], "%s[%d]" % (path, index))
    elif kind == "object":
        found += problems_of_object(value, schema, path)
    return found


def problems_of_number(value, schema, name):
    if isinstance(value, float) and not math.isfinite(value):
        return ["%s must be finite" % name]
    found = []
    if value < schema.get("minimum", value):
        found.append("%s must be >= %s" % (name, schema["minimum"]))
    if value > schema.get("maximum", value):
        found.append("%s must be <= %s" % (name, schema["maximum"]))
    return found


def problems_of_length(value, schema, name, least, most, unit):
    found = []
    if len(value) < schema.get(least, 0):
        found.append("%s must be at least %s %s" % (name, schema[least], unit))
    if len(value) > schema.get(most, len(value)):
        found.append("%s must be at most %s %s" % (name, schema[most], unit))
    return found


def problems_of_object(value, schema, path):
    properties = schema.get("properties", {})
    others = schema.get("additionalProperties", True)
    found = []
    for name in schema.get("required", []):
        if name not in value:
            found.append("missing required %s" % Schema.subpath(path, name))
    for name, item in value.items():
        where = Schema.subpath(path, name)
        if name in properties:
            found += problems(item, properties[name], where)
        elif others is False:
            found.append("unexpected parameter %s" % where)
        elif isinstance(others, dict):
            found += problems(item, others, where)
    return found


def cast(value, schema):
    """What a model gets wrong and nobody can misread: numbers and booleans as text."""
    kind, _ = kind_of(schema)
    if isinstance(value, str) and kind in ("integer", "number"):
        try:
            return int(value) if kind == "integer" else float(value)
        except ValueError:
            return value
    if isinstance(value, str) and kind == "boolean":
        return WORDS_OF_BOOLEANS.get(value.lower(), value)
    if kind == "string" and value is not None:
        return value if isinstance(value, str) else str(value)
    if isinstance(value, list) and kind == "array" and schema.get("items"):
        return [cast(item, schema["items"]) for item in value]
    if isinstance(value, dict) and kind == "object":
        return cast_object(value, schema)
    return value


def cast_object(value, schema):
    properties = schema.get("properties", {})
    others = schema.get("additionalProperties")
    others = others if isinstance(others, dict) else {}
    return {name: cast(item, properties.get(name, others)) for name, item in value.items()}


class Schema(ABC):
    @staticmethod
    def resolve_json_schema_type(kinds):
        return kind_of({"type": kinds})[0]

    @staticmethod
    def subpath(path, key):
        return path + "." + key if path else key

    @staticmethod
    def validate_json_schema_value(value, schema, path=""):
        return problems(value, schema, path)

    @staticmethod
    def fragment(value):
        if callable(getattr(value, "to_json_schema", None)):
            return value.to_json_schema()
        if isinstance(value, dict):
            return value
        raise TypeError("%r (expected: a schema or a dict)" % (value,))

    @abstractmethod
    def to_json_schema(self):
        ...

    def validate_value(self, value, path=""):
        return problems(value, self.to_json_schema(), path)


class ToolResult(str):
    """A result that is text, and knows whether it tells of a failure."""

    def __new__(cls, content, *, is_error=False):
        result = super().__new__(cls, content)
        result.is_error = is_error
        return result

    @classmethod
    def error(cls, content):
        return cls(content, is_error=True)


class Tool(ABC):
    config_key = ""
    _plugin_discoverable = True
    _scopes = {"core"}

    @property
    @abstractmethod
    def name(self):
        ...

    @property
    @abstractmethod
    def description(self):
        ...

    @property
    @abstractmethod
    def parameters(self):
        ...

    @abstractmethod
    async def execute(self, **kwargs):
        ...

    @property
    def read_only(self):
        return False

    @property
    def exclusive(self):
        return False

    @property
    def concurrency_safe(self):
        return self.read_only and not self.exclusive

    @classmethod
    def config_cls(cls):
        return None

    @classmethod
    def enabled(cls, ctx):
        return True

    @classmethod
    def create(cls, ctx):
        return cls()

    def runtime_context_provider(self):
        return None

    @staticmethod
    def error(content):
        return ToolResult.error(content)

    def cast_params(self, params):
        schema = self.parameters or {}
        return cast_object(params, schema) if schema.get("type", "object") == "object" else params

    def validate_params(self, params):
        schema = self.parameters or {}
        if schema.get("type", "object") != "object":
            raise ValueError("parameters of type %r (expected: object)" % schema.get("type"))
        if not isinstance(params, dict):
            return ["parameters must be an object, not %s" % type(params).__name__]
        return problems(params, dict(schema, type="object"))

    def to_schema(self):
        function = {
            "name": self.name,
            "description": self.description,
            "parameters": self.parameters,
        }
        return {"type": "function", "function": function}


def tool_parameters(schema):
    """Decorates a tool class with a schema of its parameters."""
    kept = copy.deepcopy(schema)

    def decorate(cls):
        cls.parameters = property(lambda self: copy.deepcopy(kept))
        cls.__abstractmethods__ = getattr(cls, "__abstractmethods__", frozenset()) - {"parameters"}
        return cls

    return decorate


class Described(Schema):
    """One parameter: a type, a description, and what else its JSON Schema says of it."""

    kind = "object"

    def __init__(self, description, nullable, **others):
        self._schema = {"type": [self.kind, "null"] if nullable else self.kind}
        if description:
            self._schema["description"] = description
        self._schema.update((key, value) for key, value in others.items() if value is not None)

    def to_json_schema(self):
        return copy.deepcopy(self._schema)


class StringSchema(Described):
    kind = "string"

    def __init__(self, description="", *, min_length=None, max_length=None, enum=None, nullable=False):
        super().__init__(
            description, nullable, minLength=min_length, maxLength=max_length, enum=listed(enum)
        )


class IntegerSchema(Described):
    kind = "integer"

    # nanobot's own takes everything by keyword; a value in front, as older tools have it, is let pass.
    def __init__(self, _value=None, *, description="", minimum=None, maximum=None, enum=None, nullable=False):
        super().__init__(description, nullable, minimum=minimum, maximum=maximum, enum=listed(enum))


class NumberSchema(IntegerSchema):
    kind = "number"


class BooleanSchema(Described):
    kind = "boolean"

    def __init__(self, *, description="", default=None, nullable=False):
        super().__init__(description, nullable, default=default)


class ArraySchema(Described):
    kind = "array"

    def __init__(self, items=None, *, description="", min_items=None, max_items=None, nullable=False):
        items = Schema.fragment(StringSchema() if items is None else items)
        super().__init__(description, nullable, items=items, minItems=min_items, maxItems=max_items)


class ObjectSchema(Described):
    kind = "object"

    def __init__(
        self,
        properties=None,
        *,
        required=None,
        description="",
        additional_properties=None,
        nullable=False,
        **others
    ):
        named = dict(properties or {}, **others)
        super().__init__(
            description,
            nullable,
            properties={name: Schema.fragment(value) for name, value in named.items()},
            required=list(required) if required else None,
            additionalProperties=additional_properties,
        )


def listed(values):
    return None if values is None else list(values)


def tool_parameters_schema(*, required=None, description="", additional_properties=False, **properties):
    return ObjectSchema(
        properties,
        required=required,
        description=description,
        additional_properties=additional_properties,
    ).to_json_schema()


BASE = (Schema, Tool, ToolResult, tool_parameters)
SCHEMA = (
    StringSchema,
    IntegerSchema,
    NumberSchema,
    BooleanSchema,
    ArraySchema,
    ObjectSchema,
    tool_parameters_schema,
)


def install():
    """Makes the modules importable under nanobot's names."""
    for name, offered in (
        ("nanobot", ()),
        ("nanobot.agent", ()),
        ("nanobot.agent.tools", BASE + SCHEMA),
        ("nanobot.agent.tools.base", BASE),
        ("nanobot.agent.tools.schema", SCHEMA + (Schema,)),
    ):
        module = types.ModuleType(name, "Stand-in of Nanoswarm.")
        module.__path__ = []
        for each in offered:
            setattr(module, each.__name__, each)
        sys.modules[name] = module
        if "." in name:
            parent = sys.modules[name.rpartition(".")[0]]
            setattr(parent, name.rpartition(".")[2], module)
