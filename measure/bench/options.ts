import { parseArgs } from 'node:util';

/** How long the benchmark may take: under a minute, minutes, or as long as it takes. */
export type Mode = 'quick' | 'normal' | 'full';

export interface Options {
  readonly mode: Mode;
  readonly seed: number;
  /** Which parts run; empty for all. */
  readonly only: readonly string[];
  /** Where the results go as JSON; undefined writes none. */
  readonly out: string | undefined;
}

export const HELP = `Measures the counter side by side with what it is compared to, in one run.

  npm run bench                   some minutes
  npm run bench -- --quick        under a minute
  npm run bench -- --full         with a million sessions, and ten minutes of load

  --only PART     one part, and again for another: page-view, active-sessions,
                  refresh-storm, throughput, projector, visible, cold-start, sustained-load, stream-length
  --seed N        another random order (default 1)
  --out FILE      the results as JSON; npm run bench:charts draws them

Exit code 1 when a counted goal is missed: requests, units, writes, bytes. Times are only shown.`;

/** The options in `args`; throws an Error that says what is wrong with them. */
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
  if (quick && full) throw new Error('Either --quick or --full');
  if (!/^\d{1,9}$/.test(seed)) throw new Error(`--seed must be a whole number, but it is ${seed}`);
  return { mode: quick ? 'quick' : full ? 'full' : 'normal', seed: Number(seed), only, out };
};
