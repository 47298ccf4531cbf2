/** A whole number; undefined when the record had none. */
export type Packable = bigint | undefined;

/**
 * Packs whole numbers into text, each as its difference to the one before, so that consecutive numbers
 * stay short: `100000000000000000000001,1,1,5`. Undefined becomes an empty field.
 */
export const packNumbers = (numbers: readonly Packable[]): string => {
  let last = 0n;
  return numbers
    .map((number) => {
      if (number === undefined) return '';
      const step = number - last;
      last = number;
      return step.toString();
    })
    .join(',');
};

/** Unpacks numbers. Throws a SyntaxError when the text does not hold `count` of them. */
export const unpackNumbers = (text: string, count: number): Packable[] => {
  const steps = count === 0 && text === '' ? [] : text.split(',');
  if (steps.length !== count)
    throw new SyntaxError(`Expected ${count} numbers, got ${steps.length}`);
  let last = 0n;
  return steps.map((step) => {
    if (step === '') return undefined;
    last += BigInt(step);
    return last;
  });
};
