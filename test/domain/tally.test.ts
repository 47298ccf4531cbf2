import { describe, expect, it } from 'vitest';
import { parseSequenceNumber, type SequenceNumber } from '../../src/domain/sequence-number.ts';
import type { SessionEvent } from '../../src/domain/session-event.ts';
import { tallyEvents } from '../../src/domain/tally.ts';

const at = (position: number): SequenceNumber =>
  parseSequenceNumber(`${position}`) as SequenceNumber;
const noonOf = (day: string): number => Date.parse(`${day}T12:00:00.000Z`);
const WRITTEN_AT = 1_795_456_800;
const START = { expectedCheckpoint: undefined, watermark: 0, cutoffMs: undefined };
const behind = (position: number) => ({
  ...START,
  expectedCheckpoint: { sequence: at(position), at: WRITTEN_AT },
});
const started = (position: number, day = '2026-11-23'): SessionEvent => ({
  type: 'SessionStarted',
  sequence: at(position),
  writtenAt: WRITTEN_AT + position,
  firstMs: noonOf(day),
});
type Other = Exclude<SessionEvent['type'], 'SessionStarted'>;
const other = (type: Other, position: number) =>
  ({
    ...{ type, sequence: at(position), writtenAt: WRITTEN_AT + position },
    firstMs: noonOf('2026-11-22'),
  }) as const;

describe('the tally of a batch', () => {
  it('counts started sessions and removed rows, by day', () => {
    const events = [
      started(1, '2026-11-22'),
      started(2),
      other('SessionTouched', 3),
      other('SessionRemoved', 4),
      started(5),
      other('Unrecognized', 6),
    ];
    expect(tallyEvents(events, START)).toEqual({
      started: 3,
      removed: 1,
      startedByDay: new Map([
        ['2026-11-22', 1],
        ['2026-11-23', 2],
      ]),
      removedByDay: new Map([['2026-11-22', 1]]),
      afterCutoff: { started: 0, removed: 0 },
      ...{ duplicates: 0, late: 0, writtenAt: WRITTEN_AT + 6 },
      lastSequence: at(6),
    });
  });

  it('takes back a retracted session, and the removal of a restored row', () => {
    const events = [
      ...[other('SessionRemoved', 1), other('SessionRestored', 2), other('SessionRestored', 3)],
      ...[started(4), other('SessionRetracted', 5), other('SessionRetracted', 6)],
    ];
    expect(tallyEvents(events, START)).toMatchObject({
      ...{ started: -1, removed: -1 },
      startedByDay: new Map([
        ['2026-11-23', 1],
        ['2026-11-22', -2],
      ]),
      removedByDay: new Map([['2026-11-22', -1]]),
    });
  });

  it('counts a session of unknown day in the total but in no day', () => {
    const { started: sessions, startedByDay } = tallyEvents(
      [{ type: 'SessionStarted', sequence: at(1), writtenAt: WRITTEN_AT, firstMs: undefined }],
      START,
    );
    expect({ sessions, days: startedByDay.size }).toEqual({ sessions: 1, days: 0 });
  });

  it('separately counts what had its first visit on the day of a rebuild’s cutoff, at or after it', () => {
    const undated = { ...started(5), firstMs: undefined } as const;
    const events = [
      started(1, '2026-11-22'),
      started(2, '2026-11-23'),
      started(3, '2026-11-24'),
      other('SessionRemoved', 4),
      undated,
      { ...other('SessionRemoved', 6), firstMs: noonOf('2026-11-23') },
      { ...started(7), firstMs: noonOf('2026-11-23') - 1 },
      { ...started(8), firstMs: Date.parse('2026-11-23T23:59:59.999Z') },
    ];
    const cutoffMs = noonOf('2026-11-23');
    const { started: all, afterCutoff } = tallyEvents(events, { ...START, cutoffMs });
    expect({ all, afterCutoff }).toEqual({ all: 6, afterCutoff: { started: 2, removed: 1 } });
  });

  it('ignores what is at or before the checkpoint', () => {
    const tally = tallyEvents([started(1), started(2), started(3)], behind(2));
    expect(tally).toMatchObject({ started: 1, duplicates: 2, lastSequence: at(3) });
  });

  it('has no last sequence when nothing is new', () => {
    const tally = tallyEvents([started(1), started(2)], behind(2));
    expect(tally).toMatchObject({ started: 0, duplicates: 2, lastSequence: undefined });
    expect(tallyEvents([], START).lastSequence).toBeUndefined();
  });

  it('counts a sequence number once even if the batch contains it twice', () => {
    expect(tallyEvents([started(1), started(1), started(2)], START)).toMatchObject({
      started: 2,
      duplicates: 1,
    });
  });

  it('skips what DynamoDB wrote at or before the watermark, and counts what it wrote later', () => {
    const events = [started(1), other('SessionRemoved', 2), started(3)];
    const start = { ...START, watermark: WRITTEN_AT + 2 };
    expect(tallyEvents(events, start)).toMatchObject({
      ...{ started: 1, removed: 0, late: 2, duplicates: 0 },
      ...{ lastSequence: at(3), writtenAt: WRITTEN_AT + 3 },
    });
  });

  it('skips late records even after a checkpoint, which may come from a late record', () => {
    const start = { ...behind(1), watermark: WRITTEN_AT + 2 };
    expect(tallyEvents([started(2), started(3)], start)).toMatchObject({
      started: 1,
      late: 1,
    });
  });

  it('treats a record without a time as late once there is a watermark', () => {
    const timeless = [{ ...started(1), writtenAt: undefined }];
    expect(tallyEvents(timeless, START)).toMatchObject({ started: 1, late: 0 });
    const start = { ...START, watermark: 1 };
    expect(tallyEvents(timeless, start)).toMatchObject({ started: 0, late: 1 });
  });

  it('has the time of its newest record, whatever their order', () => {
    const records = [
      started(1),
      { ...started(2), writtenAt: undefined },
      other('SessionTouched', 3),
    ];
    const swapped = [{ ...started(1), writtenAt: WRITTEN_AT + 9 }, started(2)];
    expect(tallyEvents(records, START).writtenAt).toBe(WRITTEN_AT + 3);
    expect(tallyEvents(swapped, START).writtenAt).toBe(WRITTEN_AT + 9);
    expect(tallyEvents([records[1] as SessionEvent], START).writtenAt).toBeUndefined();
  });

  it('loses nothing from an unordered batch', () => {
    const tally = tallyEvents([started(3), started(1), started(2)], START);
    expect(tally).toMatchObject({ started: 3, duplicates: 0, lastSequence: at(3) });
  });
});
