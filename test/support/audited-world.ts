import type { DynamoDBRecord } from 'aws-lambda';
import { beforeEach } from 'vitest';
import { applyCorrections } from '../../src/audit/apply-corrections.ts';
import {
  type CounterSurvey,
  confirmSurvey,
  type RebuildDependencies,
  surveyRows,
} from '../../src/audit/rebuild.ts';
import type { Counter } from '../../src/domain/counter.ts';
import { SITE } from '../../src/domain/counter-name.ts';
import type { MemoryCounter } from '../../src/domain/memory-counter.ts';
import { createMemoryCounters } from '../../src/domain/memory-counters.ts';
import type { RowDrift } from '../../src/domain/row-comparison.ts';
import { createRowTallies } from '../../src/domain/row-counts.ts';
import { DAY_MS } from '../../src/domain/utc-day.ts';
import { counterOfChange } from '../../src/tables/row-counter.ts';
import { inCounter, inserted, marked, NOW_MS, removed } from './stream-records.ts';
import { tellStory } from './stream-story.ts';

/** Changes to the rows of one counter. */
export interface RowChanges {
  /** Inserts rows, dated this many milliseconds from `NOW`. */
  readonly insert: (...datedMs: number[]) => void;
  /** Deletes the first row with each of these dates. */
  readonly remove: (...datedMs: number[]) => void;
  /** Deletes the first row with each of these dates, marked as retracted. */
  readonly retract: (...datedMs: number[]) => void;
}

/** A table, its stream and its counters, in memory, with a simulated clock; by default those of the site. */
export interface AuditedWorld extends RowChanges {
  readonly counter: (name?: string) => Counter;
  readonly store: (name?: string) => MemoryCounter;
  /** The rows of the counter with this name. */
  readonly of: (name: string) => RowChanges;
  /** Counts the pending records of this counter, as if the projector was killed before its next write. */
  readonly countOnly: (name: string) => Promise<void>;
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

interface Row {
  readonly counter: string;
  readonly firstMs: number;
}

const SHARD = 'shard-a';

const nameIn = (counter: string, record: DynamoDBRecord): DynamoDBRecord =>
  counter === SITE ? record : inCounter(counter, record);

const counterOfRecord = ({ dynamodb }: DynamoDBRecord): string => counterOfChange(dynamodb);

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
  const stores = createMemoryCounters();
  const { deliver } = tellStory({ commitChange: stores.commitChange, read: stores.of(SITE).read });
  const rows: Row[] = [];
  let waiting: DynamoDBRecord[] = [];
  let position = 0;
  let nowMs = NOW_MS;
  const stamp = (record: DynamoDBRecord): DynamoDBRecord => ({
    ...record,
    dynamodb: { ...record.dynamodb, ApproximateCreationDateTime: Math.floor(nowMs / 1000) },
  });
  const isoOf = (datedMs: number): string => new Date(NOW_MS + datedMs).toISOString();
  const deletionOf = (counter: string, dated: number): DynamoDBRecord => {
    const isDeleted = (row: Row) => row.counter === counter && row.firstMs === NOW_MS + dated;
    rows.splice(rows.findIndex(isDeleted), 1);
    const { dynamodb, ...rest } = removed(++position);
    const OldImage = { first_accessed: { S: isoOf(dated) } };
    return stamp(nameIn(counter, { ...rest, dynamodb: { ...dynamodb, OldImage } }));
  };
  const changesOf = (counter: string): RowChanges => ({
    insert: (...datedMs) => {
      for (const dated of datedMs) {
        rows.push({ counter, firstMs: NOW_MS + dated });
        waiting.push(stamp(nameIn(counter, inserted(++position, isoOf(dated)))));
      }
    },
    remove: (...datedMs) => {
      for (const dated of datedMs) waiting.push(deletionOf(counter, dated));
    },
    retract: (...datedMs) => {
      for (const dated of datedMs) {
        waiting.push(marked(deletionOf(counter, dated), 'OldImage', 'retracted'));
      }
    },
  });
  const readCounters = async () =>
    new Map(stores.names().map((name) => [name, stores.of(name).read()]));
  const world: AuditedWorld = {
    ...changesOf(SITE),
    of: changesOf,
    store: (name = SITE) => stores.of(name),
    counter: (name = SITE) => stores.of(name).read(),
    count: async () => {
      const batch = waiting;
      waiting = [];
      await deliver(SHARD, batch);
    },
    countOnly: async (name) => {
      const batch = waiting.filter((record) => counterOfRecord(record) === name);
      waiting = waiting.filter((record) => counterOfRecord(record) !== name);
      await deliver(SHARD, batch);
    },
    lose: () => {
      waiting = [];
    },
    onSleep: () => undefined,
    onRead: () => undefined,
    dependencies: (parts = {}) => ({
      storeOf: stores.of,
      readCounters,
      countRows: async (cutoffMs) => {
        const tallies = createRowTallies(cutoffMs);
        const add = ({ counter, firstMs }: Row): void => tallies.add(counter, firstMs);
        const all = [...rows];
        const middle = Math.floor(all.length / 2);
        all.slice(0, middle).forEach(add);
        await world.onRead();
        all
          .slice(middle)
          .filter((row) => rows.includes(row))
          .forEach(add);
        rows.slice(all.length).forEach(add);
        return tallies.counts();
      },
      isCounted: async (_untilMs, names = []) => {
        const wanted = new Set([...stores.names(), ...names]);
        return !waiting.some((record) => wanted.has(counterOfRecord(record)));
      },
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
  await applyCorrections(dependencies, survey);
  const { missing, surplus, uncertainty } = survey.counters.get(SITE) as CounterSurvey;
  return { missing, surplus, uncertainty };
};

/** What a rebuild finds when rows and counter agree and nothing changed during the scan. */
export const EXACT: RowDrift = { missing: 0, surplus: 0, uncertainty: 0 };
