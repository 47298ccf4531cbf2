import { expect, it, onTestFinished, vi } from 'vitest';
import { observeProjector } from '../../../../src/local/observation/adapters/observe-projector.ts';
import type { StreamEvent } from '../../../../src/projector/stream-batch.ts';
import { keptValues } from '../../../support/kept-values.ts';

const NOW = Date.parse('2026-11-27T12:00:00.500Z');

const agesOf = async (event: StreamEvent, handler = async () => SUCCESS) => {
  vi.useFakeTimers({ toFake: ['Date'], now: NOW });
  onTestFinished(() => void vi.useRealTimers());
  const { put, values } = keptValues();
  await observeProjector(handler, put)(event).catch(() => undefined);
  return values()
    .filter(([, name]) => name === 'IteratorAge')
    .map(([, , , value]) => value);
};

const SUCCESS = { state: {}, batchItemFailures: [] } as const;

const recordAt = (time: number) => ({
  dynamodb: { ApproximateCreationDateTime: Math.floor(time / 1_000) },
});

it('measures the age of the last record of a batch', async () => {
  expect(await agesOf({ Records: [recordAt(NOW - 90_000), recordAt(NOW - 30_000)] })).toEqual([
    30_500,
  ]);
});

it('measures it also for a batch that fails', async () => {
  const fail = () => Promise.reject(new Error('no table'));
  expect(await agesOf({ Records: [recordAt(NOW)] }, fail)).toEqual([500]);
});

it('measures no age below 0, and none without a date', async () => {
  expect(await agesOf({ Records: [recordAt(NOW + 60_000)] })).toEqual([0]);
  expect(await agesOf({ Records: [{}] })).toEqual([]);
});
