import { type Callable, scopesOf } from './function-scopes.ts';

/**
 * Everything a function can remember between two calls, as one text: the variables of its closures and
 * of every function they hold, read from V8 itself, so memory added to the code later is included.
 * Module-level variables are left out, since the functions under test keep no state there, and an
 * instance of a class is represented by its class name.
 */
export const readMemory = (root: Callable): string => {
  const known = new Map<Callable, number>([[root, 0]]);
  const texts: string[] = [];
  for (let level = [root]; level.length > 0; ) {
    const found: Callable[] = [];
    const numberFunction = (held: Callable): string => {
      if (outside.has(held)) return 'outside';
      const number = known.get(held) ?? known.size;
      if (number === known.size) found.push(held);
      known.set(held, number);
      return `#${number}`;
    };
    texts.push(...scopesOf(level).map((scopes) => describeScopes(scopes, numberFunction)));
    level = found;
  }
  return texts.join(';');
};

const outside = new WeakSet<Callable>();

/** Marks a function as part of the environment: what it holds is not memory of its holder. */
export const markOutside = <Marked extends Callable>(marked: Marked): Marked => {
  outside.add(marked);
  return marked;
};

type NumberFunction = (held: Callable) => string;

const describeScopes = (scopes: readonly object[], numberFunction: NumberFunction): string => {
  const describe = (value: unknown): string => {
    if (typeof value === 'function') return numberFunction(value as Callable);
    if (typeof value !== 'object' || value === null) return `${JSON.stringify(value)}`;
    if (Array.isArray(value)) return `[${value.map(describe).join()}]`;
    if (value instanceof Map || value instanceof Set) return `<${[...value].map(describe).join()}>`;
    if (Object.getPrototypeOf(value) !== Object.prototype) return value.constructor.name;
    return describeVariables(value);
  };
  const describeVariables = (scope: object): string =>
    `{${Object.keys(scope)
      .map((name) => `${name}:${describe(readVariable(scope, name))}`)
      .join()}}`;
  return scopes.map(describeVariables).join();
};

// A variable in its temporal dead zone cannot be read, and holds nothing.
const readVariable = (scope: object, name: string): unknown => {
  try {
    return scope[name as keyof typeof scope];
  } catch (error) {
    if (error instanceof ReferenceError) return undefined;
    throw error;
  }
};
