// Runs a Node module as a process skill of Nanoswarm: docs/skills-protocol.md has its lines.
//
//     node node_shim.mjs MODULE
//
// The module exports name, description, parameters and execute(arguments, {signal}), by themselves or as
// its default.

import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const out = process.stdout.write.bind(process.stdout);
process.stdout.write = process.stderr.write.bind(process.stderr);
console.log = console.info = console.debug = console.error;

const answer = (line) => out(JSON.stringify(line) + "\n");
const fail = (id, cause, message) => answer({ id, error: { cause, message } });
const running = new Map();

let tool;
let refused;
try {
  const module = await import(pathToFileURL(process.argv[2]).href);
  tool = module.default ?? module;
  if (typeof tool.execute !== "function") refused = `${process.argv[2]} exports no execute`;
} catch (e) {
  refused = `${process.argv[2]} cannot be loaded: ${e.message}`;
}

async function call(id, given) {
  const control = new AbortController();
  running.set(id, control);
  try {
    const result = await tool.execute(given, { signal: control.signal });
    answer({ id, result: result === undefined ? null : result });
  } catch (e) {
    if (control.signal.aborted) fail(id, "timed-out", "it was told to stop");
    else fail(id, "failed", String(e?.message ?? e));
  } finally {
    running.delete(id);
  }
}

createInterface({ input: process.stdin })
  .on("line", (line) => {
    if (!line.trim()) return;
    const request = JSON.parse(line);
    if (request.cancel) running.get(request.id)?.abort();
    else if (refused) fail(request.id, "unmet-needs", refused);
    else if (request.describe) {
      const { name, description, parameters } = tool;
      answer({ id: request.id, result: { name, description, parameters } });
    } else call(request.id, request.arguments);
  })
  .on("close", () => process.exit(0));
