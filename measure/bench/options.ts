import { parseArgs } from 'node:util';
import { PART_NAMES, type PartName } from './part/part-name.ts';
import type { Mode } from './part/plan.ts';

export interface Options {
  readonly mode: Mode;
  readonly seed: number;
  /** The parts to run; empty for all. */
  readonly only: readonly PartName[];
  /** The file for the results as JSON; undefined writes none. */
  readonly out: string | undefined;
}

export const HELP = `Compares the counter with its alternatives, all measured in the same run.

  npm run bench                   a few minutes
  npm run bench -- --smoke        seconds; only the counted goals mean anything
  npm run bench -- --quick        under a minute
  npm run bench -- --full         with a million sessions and ten minutes of load

  --only PART     run this part only; may be repeated: page-view, active-sessions,
                  refresh-storm, page-requests, throughput, projector, several-counters,
                  counters-on-page, counter-item, visible, cold-start, sustained-load,
                  stream-length
  --seed N        seed of the random numbers (default 1)
  --out FILE      write the results as JSON; npm run bench:charts draws them

Exits 1 when a counted goal (requests, units, writes, bytes) is missed. Timed goals are only reported.`;

/** Parses `args`. Throws an Error that says what is wrong with them. */
export const parseOptions = (args: readonly string[]): Options | 'help' => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      smoke: { type: 'boolean', default: false },
      quick: { type: 'boolean', default: false },
      full: { type: 'boolean', default: false },
      only: { type: 'string', multiple: true, default: [] },
      seed: { type: 'string', default: '1' },
      out: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  const { seed, out, help } = values;
  if (help) return 'help';
  if (!/^\d{1,9}$/.test(seed)) throw new Error(`--seed must be a whole number, but it is ${seed}`);
  return { mode: modeOf(values), seed: Number(seed), only: values.only.map(parsePart), out };
};

const MODES = ['smoke', 'quick', 'full'] as const;

const modeOf = (values: Readonly<Record<(typeof MODES)[number], boolean>>): Mode => {
  const [mode = 'normal', ...others] = MODES.filter((each) => values[each]);
  if (others.length === 0) return mode;
  throw new Error('Either --smoke or --quick or --full, not several of them');
};

const parsePart = (text: string): PartName => {
  const name = PART_NAMES.find((each) => each === text);
  if (name) return name;
  throw new Error(`--only must be one of ${PART_NAMES.join(', ')}, but it is ${text}`);
};
