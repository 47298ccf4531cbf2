#!/usr/bin/env node
import { isOlder } from './is-older.ts';

// The oldest version in `engines` of the package; esbuild defines it.
declare const OLDEST_NODE: string;

const { node } = process.versions;
const { emitWarning } = process;

// Node.js 22 calls its SQLite experimental, each time that a command starts.
process.emitWarning = (warning, ...options: unknown[]) => {
  if (!String(warning).startsWith('SQLite is an experimental feature')) {
    Reflect.apply(emitWarning, process, [warning, ...options]);
  }
};

// The commands are imported only then, because an older Node.js fails at their imports.
if (isOlder(node, OLDEST_NODE)) {
  process.stderr.write(`session-counter needs Node.js ${OLDEST_NODE} or later; this is ${node}.\n`);
  process.exitCode = 2;
} else {
  await import(new URL('run-command-line.js', import.meta.url).href);
}
