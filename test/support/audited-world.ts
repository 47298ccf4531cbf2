import type { DynamoDBRecord } from 'aws-lambda';
import { beforeEach } from 'vitest';
import {
  applyCorrection,
  confirmSurvey,
  type RebuildDependencies,
  surveyRows,
} from '../../src/audit/rebuild.ts';
import type { Counter } from '../../src/domain/counter.ts';
import { createMemoryCounter } from '../../src/domain/memory-counter.ts';
import type { RowDrift } from '../../src/domain/row-comparison.ts';
import { createRowTally } from '../../src/domain/row-counts.ts';
import { DAY_MS } from '../../src/domain/utc-day.ts';
import { inserted, NOW_MS, removed } from './stream-records.ts';
import { tellStory } from './stream-story.ts';

/** A table, its stream and its counter, in memory, with a simulated clock. */
export interface AuditedWorld {
  readonly counter: () => Counter;
  /** Inserts rows, dated this many milliseconds from `NOW`. */
  readonly insert: (...datedMs: number[]) => void;
  /** Deletes the first row with each of these dates. */
  readonly remove: (...datedMs: number[]) => void;
  /** Counts all pending records of the stream. */
  readonly count: () => Promise<void>;
  /** Drops all pending records, uncounted. */
  readonly lose: () => void;
  /** Called whenever a rebuild or an audit sleeps. */
  onSleep: () => void | Promise<void>;
  /** Called in the middle of each scan of the rows. */
  onRead: () => void | Promise<void>;
  readonly dependencies: (parts?: Partial<RebuildDependencies>) => RebuildDependencies;
}

const SHARD = 'shard-a';

/** Gives each test a world without rows, at `NOW`. */
export const useAuditedWorld = () => {
  let world = createAuditedWorld();
  beforeEach(() => {
    world = createAuditedWorld();
  });
  return {
    world: () => world,
    /** A complete rebuild of that world, and what it found. */
    rebuild: (parts: Partial<RebuildDependencies> = {}) => rebuildOf(world.dependencies(parts)),
  };
};

const createAuditedWorld = (): AuditedWorld => {
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
        const tally = createRowTally(cutoffMs);
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
      confirmAfterMs: 120_000,
      policy: 'add-removals',
      ...parts,
    }),
  };
  return world;
};

export const HOUR_MS = 3_600_000;

/** The date of a row this many days before `NOW`, in milliseconds from it. */
export const daysAgo = (days: number): number => -days * DAY_MS;

const rebuildOf = async (dependencies: RebuildDependencies): Promise<RowDrift> => {
  const survey = await confirmSurvey(dependencies, await surveyRows(dependencies));
  await applyCorrection(dependencies, survey.correction);
  const { missing, surplus, uncertainty } = survey;
  return { missing, surplus, uncertainty };
};

/** What a rebuild finds when rows and counter agree and nothing changed during the scan. */
export const EXACT: RowDrift = { missing: 0, surplus: 0, uncertainty: 0 };
