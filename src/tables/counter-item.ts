import {
  type Checkpoint,
  type Counter,
  EMPTY_COUNTER,
  type EndedRebuild,
  type RunningRebuild,
} from '../domain/counter.ts';
import { formatSequenceNumber, parseSequenceNumber } from '../domain/sequence-number.ts';
import type { UtcDay } from '../domain/utc-day.ts';
import { COUNTER } from './schema.ts';

/** The attribute that holds the new sessions of `day`. */
export const startedAttribute = (day: UtcDay): string => COUNTER.startedPrefix + day;

/** The attribute that holds the removed rows of sessions that started on `day`. */
export const removedAttribute = (day: UtcDay): string => COUNTER.removedPrefix + day;

/** The attribute that holds the checkpoint of `shardId`. */
export const checkpointAttribute = (shardId: string): string => COUNTER.checkpointPrefix + shardId;

/** A checkpoint as it is stored. */
export const toCheckpointValue = ({
  sequence,
  at,
}: Checkpoint): { sequence: string; at: number } => ({
  sequence: formatSequenceNumber(sequence),
  at,
});

/**
 * The counter in a stored item; without an item, the empty counter. Throws an UnreadableCheckpointError
 * or UnreadableWatermarkError when one is invalid, because continuing without it would count twice.
 */
export const parseCounterItem = (item: Record<string, unknown> | undefined): Counter =>
  item === undefined
    ? EMPTY_COUNTER
    : {
        total: Number(item[COUNTER.total] ?? 0),
        removed: Number(item[COUNTER.removed] ?? 0),
        startedByDay: numbersUnder(item, COUNTER.startedPrefix),
        removedByDay: numbersUnder(item, COUNTER.removedPrefix),
        checkpoints: new Map(
          attributesUnder(item, COUNTER.checkpointPrefix).map(([shardId, value]) => [
            shardId,
            parseCheckpoint(shardId, value),
          ]),
        ),
        watermark: parseWatermark(item[COUNTER.watermark]),
        updatedAt: item[COUNTER.updatedAt] as string | undefined,
        rebuild: parseRebuild(item),
        lastCutoff: item[COUNTER.lastCutoff] as string | undefined,
        rebuilt: item[COUNTER.rebuilt] as EndedRebuild | undefined,
      };

const parseRebuild = (item: Record<string, unknown>): RunningRebuild | undefined => {
  const cutoff = item[COUNTER.rebuildCutoff];
  if (typeof cutoff !== 'string') return undefined;
  const started = Number(item[COUNTER.rebuildStarted] ?? 0);
  return { cutoff, started, removed: Number(item[COUNTER.rebuildRemoved] ?? 0) };
};

const numbersUnder = (item: Record<string, unknown>, prefix: string): Map<UtcDay, number> =>
  new Map(attributesUnder(item, prefix).map(([day, count]) => [day, Number(count)]));

const attributesUnder = (item: Record<string, unknown>, prefix: string): [string, unknown][] =>
  Object.entries(item)
    .filter(([name]) => name.startsWith(prefix))
    .map(([name, value]) => [name.slice(prefix.length), value]);

const parseCheckpoint = (shardId: string, value: unknown): Checkpoint => {
  const { sequence, at } = (value ?? {}) as { sequence?: unknown; at?: unknown };
  const parsed = parseSequenceNumber(sequence);
  if (parsed === undefined || typeof at !== 'number') {
    throw new UnreadableCheckpointError(shardId, value);
  }
  return { sequence: parsed, at };
};

const parseWatermark = (value: unknown): number => {
  if (value === undefined) return 0;
  if (typeof value === 'number' && value > 0) return value;
  throw new UnreadableWatermarkError(value);
};

/** The counter item has a watermark that is not positive epoch seconds; 0 is stored as no attribute. */
export class UnreadableWatermarkError extends Error {
  override readonly name = 'UnreadableWatermarkError';

  constructor(actual: unknown) {
    super(
      `The attribute ${COUNTER.watermark} must be epoch seconds above 0, or absent, ` +
        `but it is ${JSON.stringify(actual)}`,
    );
  }
}

/** The counter item has a checkpoint that is not `{ sequence: digits, at: epoch seconds }`. */
export class UnreadableCheckpointError extends Error {
  override readonly name = 'UnreadableCheckpointError';

  constructor(shardId: string, actual: unknown) {
    super(
      `The checkpoint of ${shardId} must be { sequence: digits, at: epoch seconds }, ` +
        `but it is ${JSON.stringify(actual)}`,
    );
  }
}
