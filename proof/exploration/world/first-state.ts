import { DISTINCT_SESSIONS } from '../../../src/tables/schema.ts';
import { canonicalText, type Item, inOrder } from '../dynamodb/attribute-value.ts';
import { describeErrors } from './counter-errors.ts';
import { itemOf } from './counter-items.ts';
import { attributeOf } from './counter-sums.ts';
import { deliver } from './recovery.ts';
import type { Slot, State } from './state.ts';
import type { WorldParts } from './world-parts.ts';

/** The initial state of a world. */
export const createFirstState = async (parts: WorldParts): Promise<State> => {
  const { plan, pool, source, streams } = parts;
  const slot: Slot = { node: await pool.coldNode(), reply: -1 };
  const startNodes = await startCommands(parts);
  const state: State = {
    ...{ clock: 0, stream: 0, item: 0, errors: 0, leaps: 0, giveUps: 0, delayedRequests: [] },
    eventProgress: plan.externalEvents.map(() => 0),
    shards: plan.shards.map(() => ({ delivered: 0, tried: 0, covered: 0, lost: 0 })),
    containers: Array.from({ length: plan.containers }, () => ({ ...slot })),
    operators: startNodes.map((node) => ({ node, reply: -1 })),
  };
  appendDue(parts, state);
  if (source.isLatest) passOverAll(state, streams.get(state.stream));
  if (plan.isCountedAtStart) await countAll(parts, state);
  state.containers[0] = slot;
  injectDrift(parts, state);
  return state;
};

// One after another, because each replaces the machine's clock while it runs.
const startCommands = async ({ plan, runner }: WorldParts): Promise<number[]> => {
  const nodes: number[] = [];
  for (const place of plan.operators.keys()) nodes.push(await runner.startNode(place));
  return nodes;
};

/** Appends the records that DynamoDB has written by the state's clock. */
export const appendDue = (
  { plan, streams }: Pick<WorldParts, 'plan' | 'streams'>,
  state: State,
): void => {
  const nowMs = plan.clocks[state.clock] ?? 0;
  const lastMs = plan.clocks[state.clock - 1] ?? Number.NEGATIVE_INFINITY;
  for (const [shard, records] of plan.shards.entries()) {
    for (const record of records) {
      const isDue = record.writtenMs > lastMs && record.writtenMs <= nowMs;
      if (isDue) state.stream = streams.append(state.stream, shard, record);
    }
  }
};

const passOverAll = ({ shards }: State, stream: readonly (readonly unknown[])[]): void => {
  for (const [at, { length }] of stream.entries())
    Object.assign(shards[at] ?? {}, { delivered: length });
};

const countAll = async (parts: WorldParts, state: State): Promise<void> => {
  for (const [shard, { length }] of parts.streams.get(state.stream).entries()) {
    const all = parts.source
      .possible(state)
      .find((batch) => batch.shard === shard && batch.start === 0 && batch.end === length);
    if (all) await deliver(parts, state, all);
  }
};

const injectDrift = ({ plan, table, commits }: WorldParts, state: State): void => {
  const sums = Object.entries(plan.injectedDrift).sort(([a], [b]) => Number(a > b) - Number(a < b));
  if (sums.length === 0) return;
  const items = table.items.get(state.item);
  const item: Record<string, Item[string]> = { ...itemOf(items) };
  for (const [sum, by] of sums) {
    const name = attributeOf(sum);
    item[name] = { N: `${Number(item[name]?.N ?? 0) + by}` };
  }
  const after = inOrder({ ...items, [DISTINCT_SESSIONS]: item });
  const errors = new Map(sums);
  state.item = table.items.numberOf(canonicalText(after), after);
  state.errors = commits.errors.numberOf(describeErrors(errors), errors);
};
