import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createRecognizeSecret } from '../../src/http/recognize-secret.ts';

const SECRET = 's'.repeat(32);
const FORMER = 'f'.repeat(32);

it('recognizes every valid secret, whatever their order', () => {
  for (const secrets of [
    [SECRET, FORMER],
    [FORMER, SECRET],
  ]) {
    const recognize = createRecognizeSecret(secrets);
    expect([recognize(SECRET), recognize(FORMER)]).toEqual([true, true]);
  }
});

it.each([
  ...['', ' ', SECRET.slice(1), `${SECRET}s`, `${SECRET} `, ` ${SECRET}`, `${SECRET}\0`],
  ...[SECRET.toUpperCase(), `${SECRET},${SECRET}`, `${SECRET}, ${SECRET}`, `"${SECRET}"`],
  ...['ſ'.repeat(32), 's'.repeat(8_192), '\ud800'.repeat(32), '\u{1f510}', '__proto__', FORMER],
])('does not recognize %j', (given) => {
  expect(createRecognizeSecret([SECRET])(given)).toBe(false);
});

it('recognizes nothing else', () => {
  const recognize = createRecognizeSecret([SECRET, FORMER]);
  fc.assert(
    fc.property(fc.string({ maxLength: 40 }), (given) => {
      expect(recognize(given)).toBe([SECRET, FORMER].includes(given));
    }),
  );
  expect(createRecognizeSecret([])('')).toBe(false);
});
