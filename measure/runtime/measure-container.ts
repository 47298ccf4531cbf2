import type { DeployedFunction } from '../../proof/deployment/deployed-functions.ts';
import type { NextEvent } from './events.ts';
import { type Spent, type Surroundings, startContainer } from './start-container.ts';

/** What one container took. */
export interface Measurement {
  readonly init: Spent;
  readonly first: Spent;
  readonly second: Spent;
  readonly hundredth: Spent;
  /** The most memory that was resident at once, until after the first call. */
  readonly firstPeakMegabytes: number;
  /** The same, until after the hundredth call. */
  readonly peakMegabytes: number;
}

const CALLS = 100;

/** Starts a container and calls it a hundred times. Throws an Error when a call fails. */
export const measureContainer = async (
  deployed: DeployedFunction,
  surroundings: Surroundings,
  nextEvent: NextEvent,
): Promise<Measurement> => {
  await using container = await startContainer(deployed, surroundings);
  const call = async (): Promise<Spent> => {
    const { outcome, ...spent } = await container.call(JSON.stringify(nextEvent()));
    if (outcome.kind === 'response') return spent;
    throw new Error(`${deployed.name} failed while it was measured: ${outcome.body}`);
  };
  const first = await call();
  const firstPeakMegabytes = container.peakMegabytes();
  const second = await call();
  for (let calls = 3; calls < CALLS; calls += 1) await call();
  const hundredth = await call();
  const peakMegabytes = container.peakMegabytes();
  const { init } = container;
  return { init, first, second, hundredth, firstPeakMegabytes, peakMegabytes };
};
