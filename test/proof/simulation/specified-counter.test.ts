import { expect, it } from 'vitest';
import { createSpecifiedCounter } from '../../../proof/simulation/specified-counter.ts';
import { Violation } from '../../../proof/simulation/violation.ts';
import { EMPTY_COUNTER } from '../../../src/domain/counter.ts';
import type { CounterChange } from '../../../src/domain/counter-change.ts';
import { knownRecord, planBatch } from '../../support/known-stream.ts';

const records = [knownRecord(0), knownRecord(1)];
const CUTOFF = '2026-11-23T18:00:00.000Z';

const specifiedCounter = () => createSpecifiedCounter(() => records);
const planned = (): CounterChange =>
  planBatch(EMPTY_COUNTER, 'shard-0', records) ?? expect.fail('There is nothing to count');

it('accepts the steps of the specification, and refused writes', async () => {
  const counter = specifiedCounter();
  expect(await counter.commitChange(planned())).toMatchObject({ status: 'committed' });
  expect(await counter.commitChange(planned())).toMatchObject({ status: 'conflict' });
  expect(counter.read().total).toBe(2);
});

it('accepts a rebuild that begins, is aborted, and corrects', async () => {
  const counter = specifiedCounter();
  const correction = { total: 3, removed: 1, startedByDay: new Map(), removedByDay: new Map() };
  expect(await counter.beginRebuild(CUTOFF, undefined)).toBe(true);
  expect(await counter.abortRebuild(CUTOFF)).toBe(true);
  expect(await counter.applyCorrection({ cutoff: CUTOFF, ...correction }, CUTOFF)).toBe(false);
  await counter.beginRebuild(CUTOFF, CUTOFF);
  expect(await counter.applyCorrection({ cutoff: CUTOFF, ...correction }, CUTOFF)).toBe(true);
  expect(counter.read()).toMatchObject({ total: 3, removed: 1, rebuild: undefined });
});

it('rejects a write that is not specified, and says what is', async () => {
  const written = specifiedCounter().commitChange({ ...planned(), started: 3 });
  await expect(written).rejects.toBeInstanceOf(Violation);
  await expect(written).rejects.toThrow(
    /^A write: expected a specified step, got another one \(the specification allows \{"total":2,.* the write left \{"total":3,/,
  );
});
