import { parseArgs } from 'node:util';
import type { Mode } from './part/plan.ts';

export interface Options {
  readonly mode: Mode;
  readonly seed: number;
  /** The parts to run; empty for all. */
  readonly only: readonly string[];
  /** The file for the results as JSON; undefined writes none. */
  readonly out: string | undefined;
}

export const HELP = `Compares the counter with its alternatives, all measured in the same run.

  npm run bench                   a few minutes
  npm run bench -- --quick        under a minute
  npm run bench -- --full         with a million sessions and ten minutes of load

  --only PART     run this part only; may be repeated: page-view, active-sessions,
                  refresh-storm, throughput, projector, visible, cold-start, sustained-load, stream-length
  --seed N        seed of the random numbers (default 1)
  --out FILE      write the results as JSON; npm run bench:charts draws them

Exits 1 when a counted goal (requests, units, writes, bytes) is missed. Timed goals are only reported.`;

/** Parses `args`. Throws an Error that says what is wrong with them. */
export const parseOptions = (args: readonly string[]): Options | 'help' => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      quick: { type: 'boolean', default: false },
      full: { type: 'boolean', default: false },
      only: { type: 'string', multiple: true, default: [] },
      seed: { type: 'string', default: '1' },
      out: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  const { quick, full, only, seed, out, help } = values;
  if (help) return 'help';
  if (quick && full) throw new Error('Either --quick or --full, not both');
  if (!/^\d{1,9}$/.test(seed)) throw new Error(`--seed must be a whole number, but it is ${seed}`);
  return { mode: quick ? 'quick' : full ? 'full' : 'normal', seed: Number(seed), only, out };
};
