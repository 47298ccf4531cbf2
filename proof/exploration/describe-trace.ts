import { SITE } from '../../src/domain/counter-name.ts';
import { COUNTER } from '../../src/tables/schema.ts';
import { describeStep } from './describe-step.ts';
import type { Item } from './dynamodb/attribute-value.ts';
import { Violation } from './engine/search.ts';
import { sequenceIn } from './world/counter-errors.ts';
import { counterOfKey } from './world/counter-items.ts';
import { bySlot, type Slot, type State } from './world/state.ts';
import { inCanonicalOrder } from './world/state-codec.ts';
import { codeOf, type Step } from './world/step.ts';
import type { World } from './world/world.ts';

/** A described history, and the violation at its end, if there is one. */
export interface DescribedTrace {
  readonly lines: readonly string[];
  readonly violation: string | undefined;
}

/**
 * Replays a history, given as the codes of its steps, and describes each step. Throws a RangeError when
 * a step is not possible in its state.
 */
export const describeTrace = async (
  world: World,
  codes: readonly string[],
): Promise<DescribedTrace> => {
  const { codec } = world.parts;
  const lines: string[] = [];
  let before = await world.start();
  let names = before.containers.map((_, place) => `Container ${place + 1}`);
  for (const code of codes) {
    const { step, next, violation } = await takeStep(world, before, code);
    const description = describeStep(world, before, { step, names });
    if (next === undefined) return { lines: [...lines, description], violation };
    const after = inCanonicalOrder(codec, next);
    lines.push(
      after.item === before.item
        ? description
        : `${description}: ${describeCounter(world, after.item)}`,
    );
    const mover = 'container' in step ? step.container : -1;
    names = followNames({ before: before.containers, after: after.containers, mover }, names);
    before = after;
  }
  return { lines, violation: await findViolation(world, before) };
};

interface Taken {
  readonly step: Step;
  readonly next?: State;
  readonly violation?: string;
}

const takeStep = async (world: World, state: State, code: string): Promise<Taken> => {
  let taken: Taken | undefined;
  try {
    await world.expand(state, (next, step) => {
      if (codeOf(step) === code) taken = { next, step };
    });
  } catch (error) {
    if (!(error instanceof Violation)) throw error;
    const step = error.step as Step | undefined;
    if (step && codeOf(step) === code) return { step, violation: error.message };
  }
  if (taken) return taken;
  throw new RangeError(`The step ${code} is not possible in this state`);
};

// A violation of the state itself, not of a step that may follow.
const findViolation = async (world: World, state: State): Promise<string | undefined> => {
  try {
    await world.expand(state, () => undefined);
  } catch (error) {
    if (!(error instanceof Violation)) throw error;
    if (error.step === undefined) return error.message;
  }
  return undefined;
};

interface Move {
  readonly before: readonly Slot[];
  readonly after: readonly Slot[];
  /** The index of the container that moved; -1 for none. */
  readonly mover: number;
}

// A state does not identify its containers, so an unchanged container keeps its name.
const followNames = ({ before, after, mover }: Move, names: readonly string[]): string[] => {
  const left = [...after];
  const take = (slot: Slot): Slot =>
    left.splice(
      left.findIndex((held) => bySlot(held, slot) === 0),
      1,
    )[0] as Slot;
  const kept = before.map((slot, place) => (place === mover ? undefined : take(slot)));
  return kept
    .map((slot, place) => ({ slot: slot ?? (left[0] as Slot), name: names[place] ?? '' }))
    .sort((a, b) => bySlot(a.slot, b.slot))
    .map(({ name }) => name);
};

const SHOWN = [COUNTER.total, COUNTER.removed, COUNTER.rebuildCutoff];

const describeCounter = ({ parts }: World, number: number): string => {
  const items = Object.entries(parts.table.items.get(number));
  return items.map(describeItem).join('; ') || 'no item';
};

const describeItem = ([key, item]: readonly [string, Item]): string => {
  const counter = counterOfKey(key);
  const shown = Object.entries(item).flatMap(([name, value]) => {
    if (SHOWN.includes(name as (typeof SHOWN)[number])) return `${name} ${value.N ?? value.S}`;
    const isCheckpoint = name.startsWith(COUNTER.checkpointPrefix);
    return isCheckpoint ? `${name} at ${sequenceIn(value)}` : [];
  });
  return `${counter === SITE ? '' : `${counter}: `}${shown.join(', ')}`;
};
