import {
  type RebuildDependencies,
  surveyRows,
  switchTotal,
} from '../../src/cli/rebuild/rebuild.ts';
import type { Correction } from '../../src/domain/rebuild.ts';
import { instantsOfRebuild } from '../../src/domain/rebuild.ts';
import { countRowsBefore } from '../../src/tables/count-rows.ts';
import { readCounter } from '../../src/tables/read-counter.ts';
import { createRebuildStore } from '../../src/tables/rebuild-counter.ts';
import { COUNTER } from '../../src/tables/schema.ts';
import type { Program } from '../engine/program.ts';
import { createOperator, type OperatorCall, type OperatorKit } from '../world/operator-call.ts';
import { COUNTS_TABLE_NAME, SESSIONS_TABLE_NAME } from '../world/table-names.ts';
import type { Operator } from '../world/world-plan.ts';

/** How long the rebuild waits for visits under way. */
const MARGIN_MS = 60_000;

/** What `rebuild --yes` does, once it has its options, on a machine whose clock is ahead by so much. */
const rebuild = (aheadMs: number): Program<OperatorCall> =>
  createOperator([
    async (kit) => (await surveyRows(dependenciesOf(kit, aheadMs))).correction,
    async (kit, correction: Correction) => {
      await switchTotal(dependenciesOf(kit, aheadMs), correction);
      return correction;
    },
  ]);

const dependenciesOf = (
  { client, sleepForgetful, isCounted, correcting }: OperatorKit,
  aheadMs: number,
): RebuildDependencies => {
  const store = createRebuildStore(client, COUNTS_TABLE_NAME);
  return {
    ...{ isCounted, marginMs: MARGIN_MS, now: () => Date.now() + aheadMs },
    // It sleeps once, from its mark to the end of the margin, and then knows of its cut alone.
    sleep: sleepForgetful,
    readCounter: () => readCounter(client, COUNTS_TABLE_NAME, 'strong'),
    countRows: (cut) => countRowsBefore(client, SESSIONS_TABLE_NAME, instantsOfRebuild(cut)),
    store: {
      ...store,
      correct: (correction, at) => correcting(() => store.correct(correction, at)),
    },
  };
};

// What a rebuild may end with and have moved nothing: another took its place.
const BENIGN = ['CommandError'];

/**
 * A rebuild. When it ends well the total is off by no more than the possible error that it states,
 * and it states none but for rows that were deleted.
 */
export const rebuildOperator = (
  name: string,
  { after, aheadMs = 0 }: { readonly after?: number; readonly aheadMs?: number } = {},
): Operator => ({
  ...{ name, program: rebuild(aheadMs) },
  ...(after === undefined ? {} : { after }),
  judge: (end, { errors, stream }) => {
    if ('error' in end) return judgeError(end.error);
    const { uncertainty } = end.value as Correction;
    const deleted = stream.flat().filter(({ kind }) => kind === 'remove').length;
    if (uncertainty > deleted) return `The possible error is ${uncertainty}, not up to ${deleted}`;
    const left = errors.get(COUNTER.total) ?? 0;
    if (Math.abs(left) <= uncertainty) return undefined;
    return `After the rebuild the total is off by ${left}, with a possible error of ${uncertainty}`;
  },
});

const judgeError = (error: unknown): string | undefined => {
  const { name, message } = error as Error;
  return BENIGN.includes(name) ? undefined : `The rebuild fails: ${name}: ${message}`;
};
