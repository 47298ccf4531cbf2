import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeNumbers, encodeNumbers } from '../../src/tables/whole-numbers.ts';

const numbers = fc.array(fc.integer({ min: -(2 ** 51), max: 2 ** 51 }));

describe('whole numbers as bytes', () => {
  it('are read as they were written', () => {
    const isSame = (list: number[]): void => {
      expect(decodeNumbers(encodeNumbers(list))).toEqual(list.map((number) => number + 0));
    };
    fc.assert(fc.property(numbers, isSame));
  });

  it('take one byte near 0, whatever their sign, and one more for each 7 bits', () => {
    const sizes = [0, -1, 63, -64, 64, 8_191, 8_192, 1_048_575, 1_048_576].map(
      (number) => encodeNumbers([number]).length,
    );
    expect(sizes).toEqual([1, 1, 1, 1, 2, 2, 3, 3, 4]);
  });

  it('are none when one is cut off, or larger than a whole number may be', () => {
    expect(decodeNumbers(Uint8Array.from([2, 200]))).toBeUndefined();
    expect(decodeNumbers(Uint8Array.from([...Array(8).fill(255), 1]))).toBeUndefined();
    expect(decodeNumbers(Uint8Array.from([...Array(999).fill(255), 1]))).toBeUndefined();
  });
});
