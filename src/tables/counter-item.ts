import {
  type Checkpoint,
  type Counter,
  EMPTY_COUNTER,
  type EndedRebuild,
  type RunningRebuild,
  type RunningUndo,
} from '../domain/counter.ts';
import { joinDays } from '../domain/day-packing.ts';
import { parseCheckpointAttribute } from './checkpoint-attribute.ts';
import { parseDayAttributes } from './day-attribute.ts';
import { parsePack } from './day-pack.ts';
import { parseMonthAttributes } from './month-attribute.ts';
import { COUNTER, DISTINCT_SESSIONS } from './schema.ts';

/**
 * The counter in a stored item; without an item, the empty counter. Throws an UnreadableCheckpointError,
 * UnreadableWatermarkError or UnreadableDaysError when one is invalid, and a FormerCounterError when version
 * 0.2.0 wrote the item, because continuing without what is stored there would count twice, or lose days.
 */
export const parseCounterItem = (item: Record<string, unknown> | undefined): Counter =>
  item === undefined ? EMPTY_COUNTER : parseAttributes(item);

const parseAttributes = (item: Record<string, unknown>): Counter => {
  const pack = parsePack(item[COUNTER.pack], keyOf(item));
  return {
    total: Number(item[COUNTER.total] ?? 0),
    removed: Number(item[COUNTER.removed] ?? 0),
    startedByDay: joinDays(pack.startedByDay, parseDayAttributes(item, COUNTER.startedPrefix)),
    removedByDay: joinDays(pack.removedByDay, parseDayAttributes(item, COUNTER.removedPrefix)),
    startedByMonth: parseMonthAttributes(item),
    pack,
    checkpoints: parseCheckpoints(item),
    watermark: parseWatermark(item),
    updatedAt: item[COUNTER.updatedAt] as string | undefined,
    rebuild: parseRebuild(item),
    lastCutoff: item[COUNTER.lastCutoff] as string | undefined,
    rebuilt: item[COUNTER.rebuilt] as EndedRebuild | undefined,
    undo: item[COUNTER.undo] as RunningUndo | undefined,
    lastUndo: item[COUNTER.lastUndo] as string | undefined,
  };
};

// Version 0.2.0 stored them under another name. Without them, all that is still in the stream would count again.
const FORMER_PREFIX = 'checkpoint#';

const parseCheckpoints = (item: Record<string, unknown>): Map<string, Checkpoint> => {
  const former = Object.keys(item).find((name) => name.startsWith(FORMER_PREFIX));
  if (former !== undefined) throw new FormerCounterError(former);
  return new Map(
    Object.entries(item)
      .filter(([name]) => name.startsWith(COUNTER.checkpointPrefix))
      .map(([name, value]) => parseCheckpointAttribute(name, value, keyOf(item))),
  );
};

const parseRebuild = (item: Record<string, unknown>): RunningRebuild | undefined => {
  const cutoff = item[COUNTER.rebuildCutoff];
  if (typeof cutoff !== 'string') return undefined;
  const started = Number(item[COUNTER.rebuildStarted] ?? 0);
  return { cutoff, started, removed: Number(item[COUNTER.rebuildRemoved] ?? 0) };
};

const parseWatermark = (item: Record<string, unknown>): number => {
  const value = item[COUNTER.watermark];
  if (value === undefined) return 0;
  if (typeof value === 'number' && value > 0) return value;
  throw new UnreadableWatermarkError(keyOf(item), value);
};

const keyOf = (item: Record<string, unknown>): string => String(item[COUNTER.name]);

/** The counter item has a watermark that is not positive epoch seconds; 0 is stored as no attribute. */
export class UnreadableWatermarkError extends Error {
  override readonly name = 'UnreadableWatermarkError';

  constructor(item: string, actual: unknown) {
    super(
      `The attribute ${COUNTER.watermark} of the item ${item} must be epoch seconds above 0, or absent, ` +
        `but it is ${JSON.stringify(actual)}`,
    );
  }
}

/** Version 0.2.0 wrote the counter item, whose checkpoints this version does not read. */
class FormerCounterError extends Error {
  override readonly name = 'FormerCounterError';

  constructor(attribute: string) {
    super(
      `The counter item is of version 0.2.0, which stored checkpoints as ${attribute}; delete the item ` +
        `${DISTINCT_SESSIONS} and rebuild the counter from the rows, or begin with an empty data folder`,
    );
  }
}
