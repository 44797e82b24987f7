"""Runs Python tool classes as a process skill of Nanoswarm: docs/skills-protocol.md has its lines.

    python tool_shim.py FOLDER SKILL MODULE.CLASS [MODULE.CLASS ...]

A tool is a class with name, description, parameters and execute(**arguments), as nanobot defines it.
Needs Python 3.8 and nothing beside its standard library.
"""

import asyncio
import importlib
import importlib.util
import inspect
import json
import os
import sys
import threading


class Pipe:
    """The lines to and from Nanoswarm, out of reach of whatever a tool prints or reads."""

    def __init__(self):
        self._lines = os.fdopen(os.dup(0), "r", encoding="utf-8", errors="replace")
        self._out = os.dup(1)
        self._lock = threading.Lock()
        nothing = os.open(os.devnull, os.O_RDONLY)
        os.dup2(nothing, 0)
        os.close(nothing)
        os.dup2(2, 1)

    def requests(self):
        return self._lines

    def answer(self, **answer):
        line = (json.dumps(answer, allow_nan=False) + "\n").encode("ascii")
        with self._lock:
            while line:
                line = line[os.write(self._out, line):]


class Refused(Exception):
    """A call that fails before the tool is asked."""

    def __init__(self, cause, message):
        super().__init__(message)
        self.cause = cause


def load(folder, skill, classes):
    """The tool that is meant: the only one, or the one of that name."""
    sys.path[0] = folder
    if importlib.util.find_spec("nanobot") is None:
        stand_in = importlib.util.spec_from_file_location(
            "nanobot_stand_in",
            os.path.join(os.path.dirname(os.path.abspath(__file__)), "nanobot_stand_in.py"),
        )
        module = importlib.util.module_from_spec(stand_in)
        stand_in.loader.exec_module(module)
        module.install()
    tools = [make(each) for each in classes]
    if len(tools) == 1:
        return tools[0]
    for tool in tools:
        if tool.name == skill:
            return tool
    names = ", ".join(str(tool.name) for tool in tools)
    raise Refused("unmet-needs", "no tool '%s' here (there are: %s)" % (skill, names))


def make(path):
    module, _, name = path.rpartition(".")
    try:
        tool = getattr(importlib.import_module(module), name)
    except ImportError as e:
        raise Refused("unmet-needs", "%s cannot be imported: %s" % (path, e)) from e
    except AttributeError as e:
        raise Refused("unmet-needs", "module %s has no class %s" % (module, name)) from e
    try:
        return tool()
    except TypeError as e:
        raise Refused("unmet-needs", "%s cannot be made without arguments: %s" % (path, e)) from e


def prepared(tool, arguments):
    """The arguments as nanobot hands them over: cast where that is safe, and validated."""
    if hasattr(tool, "cast_params"):
        arguments = tool.cast_params(arguments)
    if hasattr(tool, "validate_params"):
        errors = tool.validate_params(arguments)
        if errors:
            raise Refused("invalid-arguments", "; ".join(errors))
    return arguments


async def execute(tool, arguments):
    if inspect.iscoroutinefunction(tool.execute):
        return await tool.execute(**arguments)
    loop = asyncio.get_running_loop()
    result = await loop.run_in_executor(None, lambda: tool.execute(**arguments))
    return await result if inspect.isawaitable(result) else result


def as_json(result):
    try:
        return json.loads(json.dumps(result, allow_nan=False))
    except (TypeError, ValueError):
        return str(result)


class Shim:
    def __init__(self, pipe, loop, folder, skill, classes):
        self._pipe = pipe
        self._loop = loop
        self._running = {}
        self._tool = None
        self._refused = None
        try:
            self._tool = load(folder, skill, classes)
        except Refused as e:
            self._refused = e
        except (Exception, SystemExit) as e:
            self._refused = Refused("failed", "cannot be loaded: %s" % described(e))

    def read(self):
        """Until Nanoswarm closes the pipe, however it ended: then nothing here outlives it."""
        for line in self._pipe.requests():
            if line.strip():
                self._loop.call_soon_threadsafe(self._on, json.loads(line))
        if self._running:
            os._exit(0)
        self._loop.call_soon_threadsafe(self._loop.stop)

    def _on(self, request):
        number = request["id"]
        if "cancel" in request:
            if number in self._running:
                self._running[number].cancel()
        elif "describe" in request:
            self._answer(number, self._describe)
        else:
            self._running[number] = self._loop.create_task(self._call(number, request["arguments"]))

    def _describe(self):
        tool = self._loaded()
        return {
            "name": tool.name,
            "description": tool.description,
            "parameters": tool.parameters,
        }

    def _loaded(self):
        if self._refused is not None:
            raise self._refused
        return self._tool

    def _answer(self, number, of):
        try:
            self._pipe.answer(id=number, result=as_json(of()))
        except Refused as e:
            self._fail(number, e.cause, str(e))
        except Exception as e:
            self._fail(number, "failed", described(e))

    async def _call(self, number, arguments):
        try:
            tool = self._loaded()
            result = await execute(tool, prepared(tool, arguments))
            if getattr(result, "is_error", False):
                self._fail(number, "failed", str(result))
            else:
                self._pipe.answer(id=number, result=as_json(result))
        except Refused as e:
            self._fail(number, e.cause, str(e))
        except asyncio.CancelledError:
            self._fail(number, "timed-out", "it was told to stop")
        except MemoryError:
            self._fail(number, "limit", "it needs more memory than it may have")
        except (Exception, SystemExit) as e:
            self._fail(number, "failed", described(e))
        finally:
            del self._running[number]

    def _fail(self, number, cause, message):
        self._pipe.answer(id=number, error={"cause": cause, "message": message})


def described(e):
    return "%s: %s" % (type(e).__name__, e) if str(e) else type(e).__name__


def main():
    pipe = Pipe()
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    shim = Shim(pipe, loop, sys.argv[1], sys.argv[2], sys.argv[3:])
    threading.Thread(target=shim.read, daemon=True).start()
    loop.run_forever()
    os._exit(0)


if __name__ == "__main__":
    main()
