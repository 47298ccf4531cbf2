import { describe, expect, it } from 'vitest';
import { type CounterStep, whyNotSpecified } from '../../../proof/specification/counter-step.ts';
import { type Counter, EMPTY_COUNTER } from '../../../src/domain/counter.ts';
import { checkpointAt, knownRecord } from '../../support/known-stream.ts';

const CUTOFF = '1970-01-01T00:05:00.000Z';

const records = [
  knownRecord(0),
  knownRecord(1, { kind: 'remove' }),
  knownRecord(2, { isLost: true }),
  knownRecord(3, { writtenAt: 400, firstMs: 400_000 }),
];

const counter = (parts: Partial<Counter> = {}): Counter => ({
  ...EMPTY_COUNTER,
  ...{ total: 1, removed: 1, checkpoints: new Map([['a', checkpointAt(2)]]) },
  ...parts,
});

const next = (parts: Partial<Counter> = {}): Counter =>
  counter({ total: 2, checkpoints: new Map([['a', checkpointAt(4, 400)]]), ...parts });

const rebuild = (started = 0, removed = 0) => ({ cutoff: CUTOFF, started, removed });

const why = (before: Counter, after: Counter, more: Partial<CounterStep> = {}) =>
  whyNotSpecified({ before, after, recordsOf: () => records, ...more });

describe('the specification allows a write of the counter', () => {
  it('that changes nothing', () => {
    expect(why(counter(), counter())).toBeUndefined();
  });

  it('that counts what follows the checkpoint, except lost records', () => {
    expect(why(counter(), next())).toBeUndefined();
  });

  it('that lowers the total by a retract, and the number of removed rows by a restore', () => {
    const known = [knownRecord(0, { kind: 'retract' }), knownRecord(1, { kind: 'restore' })];
    const after = counter({ total: 0, removed: 0 });
    const before = counter({ checkpoints: new Map() });
    expect(why(before, after, { recordsOf: () => known })).toBeUndefined();
  });

  it('that drops a checkpoint and raises the watermark to it', () => {
    const checkpoints = new Map([['a', checkpointAt(4, 400)]]);
    const before = counter({ checkpoints: new Map([['b', checkpointAt(2, 90)]]), removed: 0 });
    expect(why(before, next({ checkpoints, watermark: 90, total: 3 }))).toBeUndefined();
  });

  it('that passes late records without counting them', () => {
    expect(why(counter({ watermark: 400 }), next({ watermark: 400, total: 1 }))).toBeUndefined();
  });

  it('that counts first visits after the cutoff separately', () => {
    const before = counter({ rebuild: rebuild() });
    expect(why(before, next({ rebuild: rebuild(1) }))).toBeUndefined();
  });

  it('that begins a rebuild, aborts it, or applies the requested correction', () => {
    const marked = counter({ rebuild: rebuild() });
    expect(why(counter(), marked)).toBeUndefined();
    expect(why(marked, counter())).toBeUndefined();
    const correction = { total: 2, removed: 3 };
    expect(why(marked, counter({ total: 3, removed: 4 }), { correction })).toBeUndefined();
  });
});

describe('the specification refuses a write of the counter', () => {
  it.each<[string, Counter, Counter]>([
    ['that counts too much', counter(), next({ total: 3 })],
    ['that counts too little', counter(), next({ total: 1 })],
    ['that counts a removal too many', counter(), next({ removed: 2 })],
    ['that lowers the total without a retract', counter(), next({ total: 0 })],
    ['that lowers the number of removed rows without a restore', counter(), next({ removed: 0 })],
    ['that moves the total alone', counter(), counter({ total: 2 })],
    ['that moves the checkpoint alone', counter(), next({ total: 1 })],
    ['that lowers a checkpoint', next(), counter({ total: 2 })],
    [
      'whose checkpoint has another time',
      counter(),
      next({ checkpoints: new Map([['a', checkpointAt(4, 300)]]) }),
    ],
    [
      'whose checkpoint matches no record',
      counter(),
      next({ checkpoints: new Map([['a', checkpointAt(9, 400)]]) }),
    ],
    [
      'that moves two checkpoints',
      counter(),
      next({
        checkpoints: new Map([
          ['a', checkpointAt(4, 400)],
          ['b', checkpointAt(4, 400)],
        ]),
      }),
    ],
    ['that raises the watermark without a dropped checkpoint', counter(), next({ watermark: 50 })],
    [
      'that drops a checkpoint which the watermark does not cover',
      counter({
        checkpoints: new Map([
          ['a', checkpointAt(2)],
          ['b', checkpointAt(2, 90)],
        ]),
      }),
      next({ watermark: 89 }),
    ],
    [
      'that drops a checkpoint without a time',
      counter({
        checkpoints: new Map([
          ['a', checkpointAt(2)],
          ['b', checkpointAt(2, 0)],
        ]),
      }),
      next(),
    ],
    [
      'that drops a checkpoint and does nothing else',
      counter(),
      counter({ checkpoints: new Map() }),
    ],
    ['that counts late records', counter({ watermark: 400 }), next({ watermark: 400 })],
    [
      'that does not count separately during a rebuild',
      counter({ rebuild: rebuild() }),
      next({ rebuild: rebuild() }),
    ],
    [
      'that replaces one rebuild with another',
      counter({ rebuild: rebuild() }),
      counter({ rebuild: { ...rebuild(), cutoff: '1970-01-01T00:06:00.000Z' } }),
    ],
    ['that begins a rebuild with numbers', counter(), counter({ rebuild: rebuild(1) })],
    ['that ends a rebuild and counts', counter({ rebuild: rebuild() }), next()],
    ['that corrects without a request', counter({ rebuild: rebuild() }), counter({ total: 2 })],
  ])('%s', (_, before, after) => {
    expect(why(before, after)).toBeDefined();
  });

  it('that corrects by another number than requested', () => {
    const before = counter({ rebuild: rebuild() });
    const correction = { total: 2, removed: 0 };
    expect(why(before, counter({ total: 2 }), { correction })).toBeDefined();
  });

  it('and says what is specified', () => {
    expect(why(counter(), next({ total: 3 }))).toMatch(
      /^the specification allows \{"total":2,.* but the write left \{"total":3,/,
    );
  });
});
