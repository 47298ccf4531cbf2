import { describe, expect, it } from 'vitest';
import { generateHistory } from '../../../proof/simulation/generate.ts';
import { playHistory } from '../../../proof/simulation/play.ts';
import { HISTORY_STEPS, runSeeds, type Totals } from '../../../proof/simulation/run.ts';
import { shrinkHistory } from '../../../proof/simulation/shrink.ts';
import { DEPLOYED, type SourceSettings } from '../../../proof/simulation/source-settings.ts';
import { Violation } from '../../../proof/simulation/violation.ts';

const DELIVERIES = 550_000;
// A history has 1,039 deliveries on average, with a standard deviation of 293, so these are 582,000 ± 6,900.
const SEEDS = 560;
const RANDOM_SEED = Number(process.env.SIMULATION_SEED ?? Math.floor(Math.random() * 1e9));

const runDeliveries = async (firstSeed: number): Promise<Totals> => {
  const { totals, failure } = await runSeeds(firstSeed, SEEDS);
  expect(failure, `SIMULATION_SEED=${firstSeed} repeats it`).toBeUndefined();
  return totals;
};

describe('the counter is exact', () => {
  it.each([
    { name: 'a fixed seed', seed: 1 },
    { name: `the random seed ${RANDOM_SEED}`, seed: RANDOM_SEED },
  ])(
    'through more than 550,000 deliveries from $name',
    async ({ seed }) => {
      const { deliveries, events } = await runDeliveries(seed);
      expect(deliveries).toBeGreaterThan(DELIVERIES);
      // The histories must include every kind of event.
      if (seed === 1) expect(events.size).toBe(74);
    },
    180_000,
  );
});

describe('the simulation', () => {
  it('runs the same history for the same seed', async () => {
    const [first, second] = [generateHistory(7, 200), generateHistory(7, 200)];
    expect(first).toEqual(second);
    expect(await playHistory(first)).toEqual(await playHistory(second));
    expect(generateHistory(8, 200)).not.toEqual(first);
  });

  const broken: [string, Partial<SourceSettings>][] = [
    ['parallel lanes', { parallelizationFactor: 2 }],
    ['limited retries', { maximumRetryAttempts: 2 }],
    ['a maximum record age', { maximumRecordAgeSeconds: 60 }],
    ['bisected batches', { bisectBatchOnFunctionError: true }],
    ['a start at the latest record', { startingPosition: 'LATEST' }],
    ['no tumbling window', { tumblingWindowSeconds: 0 }],
  ];

  it.each(broken)('finds a wrong counter with %s', async (_, settings) => {
    const { failure } = await runSeeds(1, 300, { ...DEPLOYED, ...settings });
    expect(failure).toBeDefined();
  });

  it('shrinks a failing history to a few steps that still fail', async () => {
    const settings = { ...DEPLOYED, maximumRetryAttempts: 0 };
    const { failure } = await runSeeds(1, 300, settings);
    const history = generateHistory(failure?.seed ?? 0, HISTORY_STEPS);
    const short = await shrinkHistory(history, settings);
    expect(short.length).toBeLessThanOrEqual(4);
    await expect(playHistory(short, settings)).rejects.toBeInstanceOf(Violation);
  });
});
