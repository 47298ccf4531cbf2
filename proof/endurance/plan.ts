import { browser } from '../../test/support/browsers.ts';
import type { TrapAction } from './commit-trap.ts';
import { drawCounters } from './counters.ts';
import { createDraw, type Draw, drawSeed } from './draw.ts';

/** A distinct visitor of a page, identified by the user agent. */
export interface PlannedVisitor {
  readonly userAgent: string;
  /** The counters that each page load names. */
  readonly counters: readonly string[];
  readonly pageLoads: number;
  /** Whether the page loads are concurrent, or each waits for the response to the one before. */
  readonly isConcurrent: boolean;
}

export type KillTarget = 'event source' | 'emulator';

/** A SIGKILL that is due after this many counted page loads of all visitors. */
export interface PlannedKill {
  readonly target: KillTarget;
  readonly afterLoads: number;
  /** The commit to wait for first; undefined kills at once. Refused commits replace the kill. */
  readonly trap: TrapAction | undefined;
}

/** Everything a run decides beforehand. */
export interface EndurancePlan {
  readonly visitors: readonly PlannedVisitor[];
  readonly pageLoads: number;
  /** In order of `afterLoads`. */
  readonly kills: readonly PlannedKill[];
  readonly faultSeed: number;
  readonly visitorsAtOnce: number;
}

const MAX_PAGE_LOADS = 5;
// Short runs have fewer concurrent visitors, so that the kills do not come after the visits.
const SESSIONS_PER_SIMULTANEOUS = 75;
const MAX_AT_ONCE = 32;
const SESSIONS_PER_KILL = { 'event source': 200, emulator: 2_000 } as const;
const LEAST_KILLS = { 'event source': 4, emulator: 1 } as const;
// In rotation, so that a short run has each of them.
const TRAPS = {
  'event source': ['before the commit', 'refused', 'after the commit', undefined],
  emulator: [undefined],
} as const;

/**
 * Who visits how often, and what is killed when; always the same for the same seed. What is in flight at
 * a kill depends on the operating system, so a seed repeats the plan of a run but not its course.
 */
export const planRun = (seed: number, sessions: number): EndurancePlan => {
  const draw = createDraw(seed);
  const visitors = Array.from({ length: sessions }, (_, number) => planVisitor(draw, number));
  const pageLoads = visitors.reduce((sum, visitor) => sum + visitor.pageLoads, 0);
  const kills = (['event source', 'emulator'] as const)
    .flatMap((target) => planKills(draw, target, { sessions, pageLoads }))
    .sort((a, b) => a.afterLoads - b.afterLoads);
  const visitorsAtOnce = Math.min(MAX_AT_ONCE, Math.ceil(sessions / SESSIONS_PER_SIMULTANEOUS));
  return { visitors, pageLoads, kills, faultSeed: drawSeed(draw), visitorsAtOnce };
};

const planVisitor = (draw: Draw, number: number): PlannedVisitor => ({
  userAgent: browser(number),
  counters: drawCounters(draw),
  pageLoads: draw(1, MAX_PAGE_LOADS),
  isConcurrent: draw(0, 1) === 1,
});

// One at a random moment of each interval of the run: unpredictable, and spread over the whole run.
const planKills = (
  draw: Draw,
  target: KillTarget,
  { sessions, pageLoads }: { readonly sessions: number; readonly pageLoads: number },
): PlannedKill[] => {
  const count = Math.max(LEAST_KILLS[target], Math.floor(sessions / SESSIONS_PER_KILL[target]));
  const stretch = Math.floor(pageLoads / count);
  return Array.from({ length: count }, (_, number) => ({
    target,
    afterLoads: draw(number * stretch, (number + 1) * stretch - 1),
    trap: TRAPS[target][number % TRAPS[target].length],
  }));
};
