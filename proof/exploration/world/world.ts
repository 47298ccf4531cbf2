import { type Emit, type SearchedWorld, Violation } from '../engine/search.ts';
import type { MakeHandler } from './container.ts';
import { moveContainer } from './container-moves.ts';
import { describeErrors, rowError } from './counter-errors.ts';
import { eventOutcomes } from './event-outcomes.ts';
import { appendDue, createFirstState } from './first-state.ts';
import { moveOperator } from './operator-moves.ts';
import { type CheckRecovery, createRecoveryCheck } from './recovery.ts';
import { copyState, type State } from './state.ts';
import type { Step } from './step.ts';
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
    expand: (state, emit) => expand({ parts, checkRecovery }, state, emit),
  };
};

interface Searched {
  readonly parts: WorldParts;
  readonly checkRecovery: CheckRecovery;
}

const expand = async (
  { parts, checkRecovery }: Searched,
  state: State,
  emit: Emit<State, Step>,
): Promise<void> => {
  await checkRecovery(state);
  for (const [place, slot] of state.containers.entries()) {
    const before = state.containers[place - 1];
    // Of two identical containers, only one needs to move.
    const isAlike = before?.node === slot.node && before.reply === slot.reply;
    if (!isAlike) await moveContainer(parts, state, place, emit);
  }
  for (const place of state.operators.keys()) await moveOperator(parts, state, place, emit);
  moveDelayedRequests(parts, state, emit);
  moveExternalEvents(parts, state, emit);
  moveClock(parts, state, emit);
};

const moveDelayedRequests = (parts: WorldParts, state: State, emit: Emit<State, Step>): void => {
  for (const [place, request] of state.delayedRequests.entries()) {
    const step: Step = { op: 'arrive', request: place };
    const next = {
      ...copyState(state),
      delayedRequests: state.delayedRequests.toSpliced(place, 1),
    };
    const mayCorrect = parts.corrections.has(request);
    parts.commits.commit(next, request, { step, mayCorrect });
    if (mayCorrect && next.item !== state.item) assertCorrect(parts, next, step);
    emit(next, step);
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

const moveExternalEvents = (parts: WorldParts, state: State, emit: Emit<State, Step>): void => {
  for (const [event, outcomes] of eventOutcomes(parts, state).entries()) {
    for (const [outcome, { progress, change }] of outcomes.entries()) {
      const next = copyState(state);
      next.eventProgress[event] = progress;
      change(next);
      emit(next, { op: 'external', event, outcome });
    }
  }
};

const moveClock = (parts: WorldParts, state: State, emit: Emit<State, Step>): void => {
  const { plan, source } = parts;
  const nowMs = plan.clocks[state.clock + 1];
  if (nowMs === undefined || !source.isDeliveredBy(state, nowMs)) return;
  const isHeld = plan.externalEvents.some(({ holdsClock }, at) =>
    holdsClock?.(state.eventProgress[at] ?? 0, nowMs),
  );
  if (isHeld) return;
  const next = { ...copyState(state), clock: state.clock + 1 };
  appendDue(parts, next);
  emit(next, { op: 'tick' });
};
