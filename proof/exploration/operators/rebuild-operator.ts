import { applyCorrections } from '../../../src/audit/apply-corrections.ts';
import { type Cutoff, establishCutoff } from '../../../src/audit/cutoff.ts';
import {
  type CounterSurvey,
  confirmSurvey,
  type RebuildDependencies,
  type Survey,
  surveyCutoff,
} from '../../../src/audit/rebuild.ts';
import { mapCounters } from '../../../src/domain/by-counter.ts';
import { type Counter, EMPTY_COUNTER } from '../../../src/domain/counter.ts';
import { SITE } from '../../../src/domain/counter-name.ts';
import type { SurplusPolicy } from '../../../src/domain/rebuild.ts';
import { NO_ROWS, type RowCounts } from '../../../src/domain/row-counts.ts';
import { countRows } from '../../../src/tables/count-rows.ts';
import { readCounter } from '../../../src/tables/read-counter.ts';
import { createRebuildStore } from '../../../src/tables/rebuild-counter.ts';
import type { Program } from '../engine/program.ts';
import { areMonthsSums, rowError } from '../world/counter-errors.ts';
import { createOperator, type OperatorCall, type OperatorKit } from '../world/operator-call.ts';
import { COUNTS_TABLE_NAME, SESSIONS_TABLE_NAME } from '../world/table-names.ts';
import type { Operator } from '../world/world-plan.ts';
import { comparedFields } from './compared-fields.ts';

/** How long the rebuild waits for visits in flight, in milliseconds. */
const MARGIN_MS = 20_000;
/** The time between its two comparisons, in milliseconds. */
const APART_MS = 120_000;

/** Options of a rebuild. */
export interface RebuildOptions {
  /** The operator that must have ended, or be killed, before this one starts. */
  readonly after?: number;
  /** How far its clock is ahead, in milliseconds. */
  readonly aheadMs?: number;
  readonly policy?: SurplusPolicy;
}

/** What `rebuild --yes` does after parsing its options: `surveyRows` is the first two stages. */
const rebuild = (options: RebuildOptions): Program<OperatorCall> =>
  createOperator([
    (kit) => establishCutoff(createDependencies(kit, SETTING_CUTOFF, options)),
    async (kit, cutoff: Cutoff) =>
      withoutCounter(await surveyCutoff(createDependencies(kit, COMPARING, options), cutoff)),
    async (kit, survey: Survey) =>
      withoutCounter(await confirmSurvey(createDependencies(kit, COMPARING, options), survey)),
    async (kit, survey: Survey) => {
      await applyCorrections(createDependencies(kit, COMPARING, options), survey);
      return survey;
    },
  ]);

// The counter is only printed.
const withoutCounter = ({ cutoff, counters }: Survey): Survey => ({
  cutoff,
  counters: mapCounters(counters, (survey) => ({ ...survey, counter: EMPTY_COUNTER })),
});

/** What a stage uses of the values it reads. */
interface Use {
  readonly counter: (counter: Counter) => unknown;
  readonly rows: (rows: RowCounts) => unknown;
}

/** While setting its cutoff, a rebuild uses the running rebuild and the rows dated past the cutoff. */
const SETTING_CUTOFF: Use = {
  counter: ({ rebuild: running }) => running,
  rows: ({ sinceCutoff }) => sinceCutoff,
};

const COMPARING: Use = { counter: comparedFields, rows: (rows) => rows };

const createDependencies = (
  { client, sleep, isCounted, correcting, memory }: OperatorKit,
  use: Use,
  { aheadMs = 0, policy = 'add-removals' }: RebuildOptions,
): RebuildDependencies => {
  const store = createRebuildStore(client, COUNTS_TABLE_NAME);
  let cutoffs = 0;
  return {
    ...{ isCounted, sleep, policy, marginMs: MARGIN_MS, confirmAfterMs: APART_MS },
    now: () => Date.now() + aheadMs,
    readCounters: async () => {
      const read = () => readCounter(client, COUNTS_TABLE_NAME, 'strong');
      return new Map([[SITE, await memory.rememberOnly(read, use.counter)]]);
    },
    countRows: (cutoffMs) =>
      memory.rememberOnly(
        () => countRows(client, SESSIONS_TABLE_NAME, cutoffMs),
        (rows) => use.rows(rows.get(SITE) ?? NO_ROWS),
      ),
    storeOf: () => ({
      ...store,
      beginRebuild: async (cutoff, lastCutoff) => {
        // A new attempt to set a cutoff does not depend on the previous ones.
        cutoffs += 1;
        memory.clear();
        memory.add(`cutoff ${cutoffs}: ${cutoff} at ${Date.now()}`);
        return store.beginRebuild(cutoff, lastCutoff);
      },
      // How long it took decides how far in the future the next cutoff is.
      abortRebuild: async (cutoff) => {
        const isDropped = await store.abortRebuild(cutoff);
        memory.add(`dropped at ${Date.now()}`);
        return isDropped;
      },
      applyCorrection: (correction, at) => correcting(() => store.applyCorrection(correction, at)),
    }),
  };
};

const siteOf = ({ counters }: Survey): CounterSurvey => counters.get(SITE) as CounterSurvey;

// Errors with which a rebuild may end without a correction: another one replaced it, or it was unsure.
const BENIGN = ['AuditError'];

/**
 * A rebuild. On success the difference between counter and rows must be within its stated possible error,
 * which must be 0 unless rows were deleted. It must not lower the total unless told to.
 */
export const rebuildOperator = (name: string, options: RebuildOptions = {}): Operator => ({
  ...{ name, program: rebuild(options) },
  ...(options.after === undefined ? {} : { after: options.after }),
  check: (end, { errors, stream }) => {
    if ('error' in end) return checkError(end.error);
    const { uncertainty, correction } = siteOf(end.value as Survey);
    if (correction.total < 0 && options.policy !== 'lower-total')
      return 'The rebuild lowers the total';
    const deleted = stream.flat().filter(({ kind }) => kind === 'remove').length;
    if (uncertainty > deleted)
      return `The possible error is ${uncertainty}, above the allowed ${deleted}`;
    if (!areMonthsSums(errors)) return 'After the rebuild a month is not the sum of its days';
    const left = rowError(errors);
    if (Math.abs(left) <= uncertainty) return undefined;
    return `After the rebuild the counter is off by ${left} rows, with a possible error of ${uncertainty}`;
  },
});

const checkError = (error: unknown): string | undefined => {
  const { name, message } = error as Error;
  return BENIGN.includes(name) ? undefined : `The rebuild fails: ${name}: ${message}`;
};
