import type { PlannedKill, Victim } from './plan.ts';

/** Carries out the kills of a plan as page loads are counted. */
export interface Killer {
  /** One more page load was counted. */
  readonly onCounted: () => void;
  /** How often each kind of kill was done; resolves when every victim runs again. */
  readonly finish: () => Promise<ReadonlyMap<string, number>>;
}

/** Kills a victim and starts it again; resolves to what kind of kill it was. */
export type KillAndRestart = (kill: PlannedKill) => Promise<string>;

/** A killer of these victims; the planned kills of others are left out. */
export const createKiller = (
  kills: readonly PlannedKill[],
  victims: Readonly<Record<Victim, KillAndRestart | undefined>>,
): Killer => {
  const left = kills.filter(({ victim }) => victims[victim]);
  const done = new Map<string, number>();
  const underWay = new Map<Victim, Promise<void>>();
  let counted = 0;

  const carryOut = async (kill: PlannedKill, before: Promise<void> | undefined): Promise<void> => {
    await before;
    const kind = await victims[kill.victim]?.(kill);
    if (kind) done.set(kind, (done.get(kind) ?? 0) + 1);
  };
  // The next kill of the same victim waits until it runs; that of the other does not.
  const startKill = (kill: PlannedKill): void => {
    const killed = carryOut(kill, underWay.get(kill.victim));
    killed.catch(() => undefined); // It is heard of at the end.
    underWay.set(kill.victim, killed);
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
