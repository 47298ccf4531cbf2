/** A whole number, or none where there was none to read. */
export type Packable = bigint | undefined;

/**
 * Whole numbers as text, each as its difference to the one before, so that those of neighbours are
 * short: `100000000000000000000001,1,1,5`. What is undefined is left empty.
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

/** What was packed. Throws a SyntaxError when it is not `count` numbers. */
export const unpackNumbers = (text: string, count: number): Packable[] => {
  const steps = count === 0 && text === '' ? [] : text.split(',');
  if (steps.length !== count) throw new SyntaxError(`${steps.length} numbers and not ${count}`);
  let last = 0n;
  return steps.map((step) => {
    if (step === '') return undefined;
    last += BigInt(step);
    return last;
  });
};
