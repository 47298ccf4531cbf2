import { parseArgs } from 'node:util';

export interface Options {
  /** The containers of each bundle that are measured. */
  readonly containers: number;
  /** Whether to write the results into docs/. */
  readonly isForDocs: boolean;
}

export const HELP = `Runs every Lambda function under AWS's own runtime interface client: checks and measurements.

  npm run runtime                     some minutes; the first time two more, to compile the client
  npm run runtime -- --containers N   measure N containers of each bundle (default 11, at most 999)
  npm run runtime -- --docs           write the results into docs/performance.md and docs/performance/runtime.json

Needs Linux, a C++ compiler, make, cmake, Python 3 and xz.
Exits 1 when a check fails. Measurements are only reported.`;

/** Parses `args`. Throws an Error that says what is wrong with them. */
export const parseOptions = (args: readonly string[]): Options | 'help' => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      containers: { type: 'string', default: '11' },
      docs: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const { containers, docs, help } = values;
  if (help) return 'help';
  if (!/^[1-9]\d{0,2}$/.test(containers)) {
    throw new Error(`--containers must be a whole number from 1 to 999, but it is ${containers}`);
  }
  return { containers: Number(containers), isForDocs: docs };
};
