import { Session } from 'node:inspector';

/**
 * Everything that a function can remember between two calls, as one text: the variables of the
 * closures around it, and of every function that these hold. Read from V8 itself, so a memory that
 * the code gains later is in it as well. What a module holds is left out (the functions under test
 * keep nothing there), and an instance of a class is told by its name.
 */
export const readMemory = (root: Callable): string => {
  const known = new Map<Callable, number>();
  const tellFunction = (held: Callable): string => {
    const number = known.get(held);
    if (number !== undefined) return `#${number}`;
    known.set(held, known.size);
    return `(${closuresOf(held).map(tellScope).join()})`;
  };
  const tellScope = (scope: object): string =>
    `{${Object.keys(scope)
      .map((name) => `${name}:${tell(readVariable(scope, name))}`)
      .join()}}`;
  const tell = (value: unknown): string => {
    if (typeof value === 'function') return tellFunction(value as Callable);
    if (typeof value !== 'object' || value === null) return `${JSON.stringify(value)}`;
    if (Array.isArray(value)) return `[${value.map(tell).join()}]`;
    if (value instanceof Map || value instanceof Set) return `<${[...value].map(tell).join()}>`;
    if (Object.getPrototypeOf(value) !== Object.prototype) return value.constructor.name;
    return tellScope(value);
  };
  return tellFunction(root);
};

/** A function of which only the closures are of interest. */
export type Callable = (...args: never[]) => unknown;

// A variable that its block has not reached yet cannot be read, and holds nothing.
const readVariable = (scope: object, name: string): unknown => {
  try {
    return scope[name as keyof typeof scope];
  } catch (error) {
    if (error instanceof ReferenceError) return undefined;
    throw error;
  }
};

interface Scope {
  readonly description: string;
  readonly object: object;
}

const closuresOf = (held: Callable): object[] =>
  scopesOf(held)
    .filter(({ description }) => /^(Closure|Block)\b/.test(description))
    .map(({ object }) => object);

// Objects pass between this code and the inspector, which runs in the same thread, by a global.
const PASSAGE = Symbol.for('session-counter.closure-memory');
const passage: { value?: unknown } = {};
Object.assign(globalThis, { [PASSAGE]: passage });
const PASSAGE_TEXT = `globalThis[Symbol.for('${PASSAGE.description}')]`;

const session = new Session();
session.connect();

const ask = (method: string, params: object): Answer => {
  let answer: Answer = {};
  session.post(method, params, (error, result) => {
    if (error) throw error;
    answer = result as Answer;
  });
  return answer;
};

interface Answer {
  readonly result?: { readonly objectId?: string };
  readonly internalProperties?: readonly {
    readonly name: string;
    readonly value?: { readonly objectId?: string };
  }[];
}

const scopesOf = (held: Callable): Scope[] => {
  passage.value = held;
  const objectGroup = 'closure-memory';
  const { result } = ask('Runtime.evaluate', { expression: `${PASSAGE_TEXT}.value`, objectGroup });
  const { internalProperties = [] } = ask('Runtime.getProperties', {
    objectId: result?.objectId,
    ownProperties: true,
  });
  const scopes = internalProperties.find(({ name }) => name === '[[Scopes]]')?.value?.objectId;
  if (scopes === undefined) throw new Error('V8 does not tell the scopes of a function');
  const functionDeclaration = `function () { ${PASSAGE_TEXT}.value = this; }`;
  ask('Runtime.callFunctionOn', { objectId: scopes, functionDeclaration });
  ask('Runtime.releaseObjectGroup', { objectGroup });
  return Object.values(passage.value as Record<string, Scope>);
};
