/** Gives equal values the same small number, starting from 0. */
export interface Interner<Thing> {
  readonly numberOf: (text: string, thing: Thing) => number;
  readonly get: (number: number) => Thing;
  readonly all: readonly Thing[];
}

/** Values are equal when their texts are. */
export const createInterner = <Thing>(): Interner<Thing> => {
  const numbers = new Map<string, number>();
  const all: Thing[] = [];
  return {
    all,
    numberOf: (text, thing) => {
      const known = numbers.get(text);
      if (known !== undefined) return known;
      numbers.set(text, all.length);
      return all.push(thing) - 1;
    },
    get: (number) => all[number] as Thing,
  };
};
