import { text } from 'node:stream/consumers';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Piece } from '../../../src/cli/files/piece.ts';
import { splitDocument } from '../../../src/cli/files/split-document.ts';

const MAX = 1_000_000;
const chunksOf = async function* (content: Buffer, sizes: readonly number[]) {
  for (let from = 0, turn = 0; from < content.length; turn += 1) {
    const size = sizes[turn % sizes.length] ?? 1;
    yield content.subarray(from, from + size);
    from += size;
  }
};
const split = async (document: string, sizes: readonly number[] = [7], max = MAX) => {
  const pieces: Piece[] = [];
  const chunks = chunksOf(Buffer.from(document), sizes);
  for await (const piece of splitDocument(chunks, max)) pieces.push(piece);
  return pieces;
};
const textsOf = (pieces: readonly Piece[]) => pieces.map(({ bytes }) => bytes?.toString());
const valuesOf = (pieces: readonly Piece[]) => textsOf(pieces).map((one) => JSON.parse(one ?? ''));

// JSON has no -0.
const stored = (value: unknown) => JSON.parse(JSON.stringify(value));

const sizes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 5 });
const values = fc.array(fc.jsonValue({ maxDepth: 3 }), { maxLength: 6 });
const objects = fc.array(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 2 })), {
  maxLength: 6,
});
const indent = fc.constantFrom(0, 1, 4);

describe('a document', () => {
  it('yields the items of a scan, with any formatting and chunks', async () => {
    const answers = fc.tuple(values, indent, sizes, fc.constantFrom('Count', 'ItemsAsWell'));
    await fc.assert(
      fc.asyncProperty(answers, async ([Items, spaces, cuts, other]) => {
        const answer = { [other]: ['Items'], Items, ConsumedCapacity: { Table: [{ Items: [1] }] } };
        expect(valuesOf(await split(JSON.stringify(answer, null, spaces), cuts))).toEqual(
          stored(Items),
        );
      }),
    );
  });

  it('yields the values of an array, and consecutive objects', async () => {
    await fc.assert(
      fc.asyncProperty(objects, indent, sizes, async (rows, spaces, cuts) => {
        const lists = rows.filter((row) => !Array.isArray(row.Items));
        const print = (value: unknown) => JSON.stringify(value, null, spaces);
        expect(valuesOf(await split(print(lists), cuts))).toEqual(stored(lists));
        expect(valuesOf(await split(lists.map(print).join('\n'), cuts))).toEqual(stored(lists));
      }),
    );
  });

  it('reports the first line of each row', async () => {
    const pieces = await split('{\n  "Items": [\n    {\n    },\n    7, "x"\n  ]\n}\n[\n1]');
    expect(pieces.map(({ line }) => line)).toEqual([3, 5, 5, 9]);
  });

  it('loses no other row because of an invalid one', async () => {
    const torn = '{"Items": [\n{"a": nothing},\n{"a": 2},\n{"a" "x\ny"}\n, {"a": 4}]}';
    expect(textsOf(await split(torn))).toEqual([
      ...['{"a": nothing}', '{"a": 2}', '{"a" "x\ny"}', '{"a": 4}'],
    ]);
  });

  it('keeps nothing of a row that is longer than the limit', async () => {
    const pieces = await split(JSON.stringify(['x'.repeat(500), 'short']), [64], 100);
    expect(textsOf(pieces)).toEqual([undefined, '"short"']);
  });

  it.each(['{"Items": [', '[{"a": 1}', '{"a": "b'])('that ends as %s fails', async (document) => {
    await expect(split(document)).rejects.toThrow('in the middle');
  });
});

it('the chunks of this test are cut at the given sizes', async () => {
  expect(await text(chunksOf(Buffer.from('abcdef'), [2, 1]))).toBe('abcdef');
});
