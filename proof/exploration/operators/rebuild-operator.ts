import { type Cutoff, establishCutoff } from '../../../src/audit/cutoff.ts';
import {
  applyCorrection,
  confirmSurvey,
  type RebuildDependencies,
  type Survey,
  surveyCutoff,
} from '../../../src/audit/rebuild.ts';
import { type Counter, EMPTY_COUNTER } from '../../../src/domain/counter.ts';
import type { SurplusPolicy } from '../../../src/domain/rebuild.ts';
import type { RowCounts } from '../../../src/domain/row-counts.ts';
import { countRows } from '../../../src/tables/count-rows.ts';
import { readCounter } from '../../../src/tables/read-counter.ts';
import { createRebuildStore } from '../../../src/tables/rebuild-counter.ts';
import type { Program } from '../engine/program.ts';
import { createOperator, type OperatorCall, type OperatorKit } from '../world/operator-call.ts';
import { COUNTS_TABLE_NAME, SESSIONS_TABLE_NAME } from '../world/table-names.ts';
import { rowError } from '../world/truth.ts';
import type { Operator } from '../world/world-plan.ts';
import { comparedOf } from './compared.ts';

/** How long the rebuild waits for visits under way, in milliseconds. */
const MARGIN_MS = 20_000;
/** How far apart its two comparisons are, in milliseconds. */
const APART_MS = 120_000;

/** How a rebuild is run. */
export interface RebuildOptions {
  /** The operator that must have ended, or be killed, before this one begins. */
  readonly after?: number;
  /** By how much its clock is ahead, in milliseconds. */
  readonly aheadMs?: number;
  readonly policy?: SurplusPolicy;
}

/** What `rebuild --yes` does, once it has its options: `surveyRows` is the first two stages. */
const rebuild = (options: RebuildOptions): Program<OperatorCall> =>
  createOperator([
    (kit) => establishCutoff(createDependencies(kit, MARKING, options)),
    async (kit, cutoff: Cutoff) =>
      withoutCounter(await surveyCutoff(createDependencies(kit, COMPARING, options), cutoff)),
    async (kit, survey: Survey) =>
      withoutCounter(await confirmSurvey(createDependencies(kit, COMPARING, options), survey)),
    async (kit, survey: Survey) => {
      await applyCorrection(createDependencies(kit, COMPARING, options), survey.correction);
      return survey;
    },
  ]);

// It is only printed.
const withoutCounter = (survey: Survey): Survey => ({ ...survey, counter: EMPTY_COUNTER });

/** What a stage makes use of in what it reads. */
interface Use {
  readonly counter: (counter: Counter) => unknown;
  readonly rows: (rows: RowCounts) => unknown;
}

/** While it marks its cutoff it wants to know who rebuilds, and of the rows dated past it. */
const MARKING: Use = {
  counter: ({ rebuild: running }) => running,
  rows: ({ sinceCutoff }) => sinceCutoff,
};

const COMPARING: Use = { counter: comparedOf, rows: (rows) => rows };

const createDependencies = (
  { client, sleep, isCounted, correcting, notes }: OperatorKit,
  use: Use,
  { aheadMs = 0, policy = 'add-removals' }: RebuildOptions,
): RebuildDependencies => {
  const store = createRebuildStore(client, COUNTS_TABLE_NAME);
  let markings = 0;
  return {
    ...{ isCounted, sleep, policy, marginMs: MARGIN_MS, confirmAfterMs: APART_MS },
    now: () => Date.now() + aheadMs,
    readCounter: () =>
      notes.keeping(() => readCounter(client, COUNTS_TABLE_NAME, 'strong'), use.counter),
    countRows: (cutoffMs) =>
      notes.keeping(() => countRows(client, SESSIONS_TABLE_NAME, cutoffMs), use.rows),
    store: {
      ...store,
      beginRebuild: async (cutoff, lastCutoff) => {
        // Whatever went before it, it now begins anew.
        markings += 1;
        notes.clear();
        notes.add(`marking ${markings}: ${cutoff} at ${Date.now()}`);
        return store.beginRebuild(cutoff, lastCutoff);
      },
      // How long it took decides how far ahead the next cutoff lies.
      abortRebuild: async (cutoff) => {
        const isDropped = await store.abortRebuild(cutoff);
        notes.add(`dropped at ${Date.now()}`);
        return isDropped;
      },
      applyCorrection: (correction, at) => correcting(() => store.applyCorrection(correction, at)),
    },
  };
};

// What a rebuild may end with and have moved nothing: another took its place, or it could not tell.
const BENIGN = ['AuditError'];

/**
 * A rebuild. When it ends well the counter is off from the rows by no more than the possible error
 * that it states, and it states none but for rows that were deleted. It lowers no total unasked.
 */
export const rebuildOperator = (name: string, options: RebuildOptions = {}): Operator => ({
  ...{ name, program: rebuild(options) },
  ...(options.after === undefined ? {} : { after: options.after }),
  judge: (end, { errors, stream }) => {
    if ('error' in end) return judgeError(end.error);
    const { uncertainty, correction } = end.value as Survey;
    if (correction.total < 0 && options.policy !== 'lower-total')
      return 'The rebuild lowers the total';
    const deleted = stream.flat().filter(({ kind }) => kind === 'remove').length;
    if (uncertainty > deleted) return `The possible error is ${uncertainty}, not up to ${deleted}`;
    const left = rowError(errors);
    if (Math.abs(left) <= uncertainty) return undefined;
    return `After the rebuild the counter is off by ${left} rows, with a possible error of ${uncertainty}`;
  },
});

const judgeError = (error: unknown): string | undefined => {
  const { name, message } = error as Error;
  return BENIGN.includes(name) ? undefined : `The rebuild fails: ${name}: ${message}`;
};
