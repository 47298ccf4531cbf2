import type { Observation } from './observation.ts';

/** Loads the template a moment after the start, so that the start is not slower, and not for a run of seconds. */
const LOAD_AFTER_MS = 3_000;

// Minutes are evaluated when they have ended, at most a second later.
const STEP_MS = 1_000;

/** Drives an observation by the clock of this machine, until stopped. Keeps no process alive. */
export const startSteps = ({
  load,
  step,
}: Pick<Observation, 'load' | 'step'>): { readonly stop: () => void } => {
  const loading = setTimeout(load, LOAD_AFTER_MS).unref();
  const stepping = setInterval(() => step(Date.now()), STEP_MS).unref();
  return {
    stop: () => {
      clearTimeout(loading);
      clearInterval(stepping);
    },
  };
};
