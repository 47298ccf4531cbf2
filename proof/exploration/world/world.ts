import { type SearchedWorld, type Tell, Violation } from '../engine/search.ts';
import type { MakeHandler } from './container.ts';
import { moveContainer } from './container-moves.ts';
import { appendDue, createFirstState } from './first-state.ts';
import { moveOperator } from './operator-moves.ts';
import { type CheckRecovery, createRecoveryCheck } from './recovery.ts';
import { copyState, type State } from './state.ts';
import type { Step } from './step.ts';
import { describeErrors, rowError } from './truth.ts';
import { turnsOf } from './turns.ts';
import { createWorldParts, type WorldParts } from './world-parts.ts';
import type { WorldPlan } from './world-plan.ts';

/** A world to search. */
export interface World extends SearchedWorld<State, Step> {
  readonly parts: WorldParts;
}

/** The world of `plan`, with the function that `makeHandler` creates as its projector. */
export const createWorld = (plan: WorldPlan, makeHandler: MakeHandler): World => {
  const parts = createWorldParts(plan, makeHandler);
  const checkRecovery = createRecoveryCheck(parts);
  return {
    parts,
    codec: parts.codec,
    start: () => createFirstState(parts),
    expand: (state, tell) => expand({ parts, checkRecovery }, state, tell),
  };
};

interface Searched {
  readonly parts: WorldParts;
  readonly checkRecovery: CheckRecovery;
}

const expand = async (
  { parts, checkRecovery }: Searched,
  state: State,
  tell: Tell<State, Step>,
): Promise<void> => {
  await checkRecovery(state);
  for (const [place, slot] of state.containers.entries()) {
    const before = state.containers[place - 1];
    // Of two identical containers, only one needs to move.
    const isAlike = before?.node === slot.node && before.reply === slot.reply;
    if (!isAlike) await moveContainer(parts, state, place, tell);
  }
  for (const place of state.operators.keys()) await moveOperator(parts, state, place, tell);
  moveZombies(parts, state, tell);
  moveHappenings(parts, state, tell);
  moveClock(parts, state, tell);
};

const moveZombies = (parts: WorldParts, state: State, tell: Tell<State, Step>): void => {
  for (const [place, request] of state.zombies.entries()) {
    const step: Step = { op: 'arrive', zombie: place };
    const next = { ...copyState(state), zombies: state.zombies.toSpliced(place, 1) };
    const mayCorrect = parts.corrections.has(request);
    parts.commits.commit(next, request, { step, mayCorrect });
    if (mayCorrect && next.item !== state.item) assertCorrect(parts, next, step);
    tell(next, step);
  }
};

// Its command is gone and states no possible error, and without deletions none is allowed.
const assertCorrect = ({ commits }: WorldParts, { errors }: State, step: Step): void => {
  const found = commits.errors.get(errors);
  if (rowError(found) === 0) return;
  throw new Violation(
    `A delayed correction leaves the counter wrong: ${describeErrors(found)}`,
    step,
  );
};

const moveHappenings = (parts: WorldParts, state: State, tell: Tell<State, Step>): void => {
  for (const [happening, turns] of turnsOf(parts, state).entries()) {
    for (const [turn, { mark, change }] of turns.entries()) {
      const next = copyState(state);
      next.marks[happening] = mark;
      change(next);
      tell(next, { op: 'happen', happening, turn });
    }
  }
};

const moveClock = (parts: WorldParts, state: State, tell: Tell<State, Step>): void => {
  const { plan, source } = parts;
  const nowMs = plan.clocks[state.clock + 1];
  if (nowMs === undefined || !source.isDeliveredBy(state, nowMs)) return;
  const isHeld = plan.happenings.some(({ holdsClock }, at) =>
    holdsClock?.(state.marks[at] ?? 0, nowMs),
  );
  if (isHeld) return;
  const next = { ...copyState(state), clock: state.clock + 1 };
  appendDue(parts, next);
  tell(next, { op: 'tick' });
};
