import type { DynamoDBRecord } from 'aws-lambda';
import {
  applyCorrection,
  confirmSurvey,
  type RebuildDependencies,
  surveyRows,
} from '../../src/audit/rebuild.ts';
import { createMemoryCounter } from '../../src/domain/memory-counter.ts';
import type { RowDrift } from '../../src/domain/row-comparison.ts';
import { createRowCounts } from '../../src/domain/row-counts.ts';
import { inserted, NOW_MS, removed } from './stream-records.ts';
import { tellStory } from './stream-story.ts';

/** A table, its stream and its counter, in memory, on a clock that a test moves. */
export interface AuditedWorld {
  readonly counter: () => ReturnType<ReturnType<typeof createMemoryCounter>['read']>;
  /** Rows are inserted, dated so many milliseconds from the first instant. */
  readonly insert: (...datedMs: number[]) => void;
  /** The first rows with this date are deleted. */
  readonly remove: (...datedMs: number[]) => void;
  /** All that waits in the stream is counted. */
  readonly count: () => Promise<void>;
  /** All that waits leaves the stream, and nobody hears of it. */
  readonly lose: () => void;
  /** Whenever a rebuild or an audit waits, this happens too. */
  onSleep: () => void | Promise<void>;
  /** Between the two halves of the rows that are read, this happens. */
  onRead: () => void | Promise<void>;
  readonly dependencies: (parts?: Partial<RebuildDependencies>) => RebuildDependencies;
}

const SHARD = 'shard-a';
const DAY = 86_400_000;

/** A world without a row, at NOW. */
export const createAuditedWorld = (): AuditedWorld => {
  const store = createMemoryCounter();
  const { deliver } = tellStory(store);
  const rows: number[] = [];
  let waiting: DynamoDBRecord[] = [];
  let position = 0;
  let nowMs = NOW_MS;
  const stamp = (record: DynamoDBRecord): DynamoDBRecord => ({
    ...record,
    dynamodb: { ...record.dynamodb, ApproximateCreationDateTime: Math.floor(nowMs / 1000) },
  });
  const isoOf = (datedMs: number): string => new Date(NOW_MS + datedMs).toISOString();
  const world: AuditedWorld = {
    counter: () => store.read(),
    insert: (...datedMs) => {
      for (const dated of datedMs) {
        rows.push(NOW_MS + dated);
        waiting.push(stamp(inserted(++position, isoOf(dated))));
      }
    },
    remove: (...datedMs) => {
      for (const dated of datedMs) {
        rows.splice(rows.indexOf(NOW_MS + dated), 1);
        const { dynamodb, ...rest } = removed(++position);
        const OldImage = { first_accessed: { S: isoOf(dated) } };
        waiting.push(stamp({ ...rest, dynamodb: { ...dynamodb, OldImage } }));
      }
    },
    count: async () => {
      const batch = waiting;
      waiting = [];
      await deliver(SHARD, batch);
    },
    lose: () => {
      waiting = [];
    },
    onSleep: () => undefined,
    onRead: () => undefined,
    dependencies: (parts = {}) => ({
      store,
      readCounter: async () => store.read(),
      countRows: async (cutoffMs) => {
        const tally = createRowCounts(cutoffMs);
        const all = [...rows];
        const middle = Math.floor(all.length / 2);
        for (const row of all.slice(0, middle)) tally.add(row);
        await world.onRead();
        for (const row of all.slice(middle)) if (rows.includes(row)) tally.add(row);
        for (const row of rows.slice(all.length)) tally.add(row);
        return tally.counts();
      },
      isCounted: async () => waiting.length === 0,
      now: () => nowMs,
      sleep: async (ms) => {
        nowMs += ms;
        await world.onSleep();
      },
      marginMs: 60_000,
      apartMs: 120_000,
      policy: 'add-removals',
      ...parts,
    }),
  };
  return world;
};

/** So many days before the first instant, in milliseconds. */
export const daysAgo = (days: number): number => -days * DAY;

/** A rebuild from beginning to end, with `--yes`, and what it found. */
export const rebuildOf = async (dependencies: RebuildDependencies): Promise<RowDrift> => {
  const survey = await confirmSurvey(dependencies, await surveyRows(dependencies));
  await applyCorrection(dependencies, survey.correction);
  const { missing, surplus, uncertainty } = survey;
  return { missing, surplus, uncertainty };
};

/** What it finds when rows and counter agree, and nothing came or went. */
export const EXACT: RowDrift = { missing: 0, surplus: 0, uncertainty: 0 };
