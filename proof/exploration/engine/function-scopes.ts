import { Session } from 'node:inspector';

/** A function, of which only the closures matter. */
export type Callable = (...args: never[]) => unknown;

/**
 * The variables of each function's closures, innermost first, as V8's inspector reports them. All
 * functions are inspected together, because each inspector request costs more than its result.
 */
export const scopesOf = (functions: readonly Callable[]): object[][] => {
  inspected.splice(0, inspected.length, ...functions);
  const list = idOfInspected();
  const { result: held = [] } = ask<Properties>('Runtime.getProperties', {
    ...{ objectId: list, ownProperties: true },
  });
  const lists = functions.map((_, place) => listOfScopes(held[place]?.value?.objectId));
  ask('Runtime.callFunctionOn', {
    objectId: list,
    functionDeclaration: `function (...scopes) { ${CHANNEL_TEXT}.scopes = scopes; }`,
    arguments: lists.map((objectId) => ({ objectId })),
  });
  return (channel.scopes as Record<string, Scope>[]).map(closuresIn);
};

// The inspector holds what it was asked about until its group is released.
const CALLS_PER_GROUP = 50;
let calls = 0;
let listId: string | undefined;

const idOfInspected = (): string | undefined => {
  calls += 1;
  if (calls % CALLS_PER_GROUP !== 1) return listId;
  ask('Runtime.releaseObjectGroup', { objectGroup });
  const expression = `${CHANNEL_TEXT}.inspected`;
  listId = ask('Runtime.evaluate', { expression, objectGroup }).result?.objectId;
  return listId;
};

interface Scope {
  readonly description: string;
  readonly object: object;
}

const closuresIn = (scopes: Record<string, Scope>): object[] =>
  Object.values(scopes)
    .filter(({ description }) => /^(Closure|Block)\b/.test(description))
    .map(({ object }) => object);

// This code and the inspector run in the same thread and exchange objects through a global.
const CHANNEL = Symbol.for('session-counter.function-scopes');
const inspected: Callable[] = [];
const channel: { readonly inspected: Callable[]; scopes?: unknown } = { inspected };
Object.assign(globalThis, { [CHANNEL]: channel });
const CHANNEL_TEXT = `globalThis[Symbol.for('${CHANNEL.description}')]`;
const objectGroup = 'function-scopes';

const session = new Session();
session.connect();

interface Property {
  readonly name: string;
  readonly value?: { readonly objectId?: string };
}

interface Properties {
  readonly result?: readonly Property[];
  readonly internalProperties?: readonly Property[];
}

interface Evaluated {
  readonly result?: { readonly objectId?: string };
}

const ask = <Answer = Evaluated>(method: string, params: object): Answer => {
  let answer = {};
  session.post(method, params, (error, result) => {
    if (error) throw error;
    answer = result ?? {};
  });
  return answer as Answer;
};

const listOfScopes = (objectId: string | undefined): string => {
  const { internalProperties = [] } = ask<Properties>('Runtime.getProperties', {
    ...{ objectId, ownProperties: true },
  });
  const scopes = internalProperties.find(({ name }) => name === '[[Scopes]]')?.value?.objectId;
  if (scopes !== undefined) return scopes;
  throw new Error('V8 reports no scopes for a function');
};
