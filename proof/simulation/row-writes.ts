import { addToDay, DAY_MS, utcDay } from '../../src/domain/utc-day.ts';
import { counterOf, ROWS_OF_ALL } from './counters.ts';
import type { MalformedKind } from './history.ts';
import { appendRecord, image, type StreamModel } from './stream-model.ts';

/** A visit: inserts the row, or modifies an existing one. */
export const writeRow = (model: StreamModel, row: number): void => {
  if (!model.rows.has(row)) {
    insertRow(model, row);
    return;
  }
  if (model.marked.retracted.has(row)) model.countEvent('visit between the mark and the deletion');
  const images = { OldImage: image(model, row, 0), NewImage: image(model, row, model.nowMs) };
  appendRecord(model, row, { eventName: 'MODIFY', event: 'row modified', images });
};

/** Imports a row of an older counter, first visited `daysAgo` days ago. */
export const importRow = (model: StreamModel, row: number, daysAgo: number): void => {
  if (insertOldRow(model, row, model.nowMs - daysAgo * DAY_MS)) model.countEvent('row imported');
};

/** Inserts a row with this first visit, which counts as a session, if no row exists; returns whether it did. */
export const insertOldRow = (model: StreamModel, row: number, firstMs: number): boolean => {
  if (model.rows.has(row)) return false;
  insertRow(model, row, { firstMs });
  model.trueCountsOf(counterOf(row)).oldRowChanges += 1;
  return true;
};

// Ingest stamps a row with its own clock, which is a few minutes behind or far ahead.
const stampOf = ({ nowMs, ingestAheadMs }: StreamModel, row: number): number =>
  nowMs + ingestAheadMs - (row % 7) * 60_000;

const insertRow = (
  model: StreamModel,
  row: number,
  {
    lacks,
    firstMs = stampOf(model, row),
  }: { readonly lacks?: 'noImage' | 'noKeys'; readonly firstMs?: number } = {},
): void => {
  const event = model.known.has(row) ? 'row inserted again' : 'row inserted';
  model.rows.set(row, firstMs);
  model.known.add(row);
  const images = lacks === 'noImage' ? {} : { images: { NewImage: image(model, row, firstMs) } };
  appendRecord(model, row, {
    ...{ eventName: 'INSERT', event, isKeyless: lacks === 'noKeys' },
    ...images,
  });
  const counts = model.trueCountsOf(counterOf(row));
  if (lacks === 'noImage') counts.oldRowChanges += 1;
  else addToDay(counts.startedByDay, utcDay(firstMs), 1);
};

/** Updates an existing row without changing it. */
export const rewriteRow = (model: StreamModel, row: number): void => {
  if (!model.rows.has(row)) return;
  const same = image(model, row, 0);
  const images = { OldImage: same, NewImage: same };
  appendRecord(model, row, { eventName: 'MODIFY', event: 'row modified without a change', images });
};

/** Deletes the row if it exists; the deletion of one with the mark of a retract takes its session back. */
export const removeRow = (
  model: StreamModel,
  row: number,
  by: 'ttl' | 'hand' | 'retract',
): void => {
  const firstMs = model.rows.get(row);
  if (firstMs === undefined) return;
  const images = { OldImage: image(model, row, 0) };
  const { startedByDay, removedByDay } = model.trueCountsOf(counterOf(row));
  const isRetracted = model.marked.retracted.delete(row);
  if (isRetracted) addToDay(startedByDay, utcDay(firstMs), -1);
  else addToDay(removedByDay, utcDay(firstMs), 1);
  if (model.marked.restored.delete(row)) model.countEvent('restored row deleted');
  model.rows.delete(row);
  model.deleted.set(row, firstMs);
  const byTtl = { userIdentity: { type: 'Service', principalId: 'dynamodb.amazonaws.com' } };
  const rest = by === 'ttl' ? byTtl : {};
  const event = `${isRetracted && by !== 'retract' ? 'marked row' : 'row'} removed by ${by}`;
  appendRecord(model, row, { eventName: 'REMOVE', event, images, rest });
};

/** Marks a row as retracted, if it exists with this very first visit. */
export const markRetracted = (model: StreamModel, row: number, firstMs: number): void => {
  if (model.rows.get(row) !== firstMs) return;
  const OldImage = image(model, row, 0);
  model.marked.retracted.add(row);
  const images = { OldImage, NewImage: image(model, row, 0) };
  appendRecord(model, row, { eventName: 'MODIFY', event: 'row marked as retracted', images });
};

/** Takes the mark of a retract from a row, if it bears it. */
export const unmarkRetracted = (model: StreamModel, row: number): void => {
  const OldImage = image(model, row, 0);
  if (!model.marked.retracted.delete(row)) return;
  const images = { OldImage, NewImage: image(model, row, 0) };
  appendRecord(model, row, { eventName: 'MODIFY', event: 'mark taken from a row', images });
};

/** Brings a deleted row back, with its first visit and the mark of a restore, if no row exists. */
export const restoreRow = (model: StreamModel, row: number, firstMs: number): void => {
  if (model.rows.has(row)) return;
  model.rows.set(row, firstMs);
  model.marked.restored.add(row);
  const images = { NewImage: image(model, row, firstMs) };
  appendRecord(model, row, { eventName: 'INSERT', event: 'row restored', images });
  addToDay(model.trueCountsOf(counterOf(row)).removedByDay, utcDay(firstMs), -1);
};

/** A stream record that differs from the documented form. An INSERT counts even when malformed. */
export const writeMalformedRecord = (
  model: StreamModel,
  any: number,
  kind: MalformedKind,
): void => {
  // Without an image nothing names the counter, so such a record can only be that of a row of the site.
  const row = kind === 'noImage' ? any - (any % ROWS_OF_ALL) : any;
  const event = `malformed record: ${kind}`;
  if (kind === 'unknownEvent') appendRecord(model, row, { eventName: 'TRUNCATE', event });
  else if (kind === 'noSequence') {
    appendRecord(model, row, { eventName: 'MODIFY', event, rest: { dynamodb: {} } });
  } else if (!model.rows.has(row)) {
    // An insert without a first visit counts as old on both sides of an audit.
    insertRow(model, row, { lacks: kind, ...(kind === 'noImage' ? { firstMs: 0 } : {}) });
    model.countEvent(event);
  }
};
