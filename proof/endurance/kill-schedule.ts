import type { KillTarget, PlannedKill } from './plan.ts';

/** Carries out the planned kills while page loads are counted. */
export interface KillSchedule {
  /** Must be called for each counted page load. */
  readonly onCounted: () => void;
  /** The number of kills of each kind; resolves once every process runs again. */
  readonly finish: () => Promise<ReadonlyMap<string, number>>;
}

/** Kills a process and restarts it; resolves to the kind of kill. */
export type KillAndRestart = (kill: PlannedKill) => Promise<string>;

/** A schedule for these processes; planned kills of any others are skipped. */
export const createKillSchedule = (
  kills: readonly PlannedKill[],
  targets: Readonly<Record<KillTarget, KillAndRestart | undefined>>,
): KillSchedule => {
  const left = kills.filter(({ target }) => targets[target]);
  const done = new Map<string, number>();
  const underWay = new Map<KillTarget, Promise<void>>();
  let counted = 0;

  const carryOut = async (kill: PlannedKill, before: Promise<void> | undefined): Promise<void> => {
    await before;
    const kind = await targets[kill.target]?.(kill);
    if (kind) done.set(kind, (done.get(kind) ?? 0) + 1);
  };
  // The next kill of the same process waits until it runs again; kills of others do not.
  const startKill = (kill: PlannedKill): void => {
    const killed = carryOut(kill, underWay.get(kill.target));
    killed.catch(() => undefined); // finish() reports the error.
    underWay.set(kill.target, killed);
  };

  return {
    onCounted: () => {
      counted += 1;
      const due = left.findIndex(({ afterLoads }) => afterLoads > counted);
      for (const kill of left.splice(0, due < 0 ? left.length : due)) startKill(kill);
    },
    finish: async () => {
      await Promise.all(underWay.values());
      return done;
    },
  };
};
