import { expect, it } from 'vitest';
import { explainPortError } from '../../src/local/port-error.ts';
import { StartError } from '../../src/local/start-error.ts';

const failWith = (code: string) => (): Promise<never> =>
  Promise.reject(Object.assign(new Error('listen failed'), { code }));

it.each([
  {
    code: 'EADDRINUSE',
    message: 'Port 80 is in use; choose another, for example: npm start -- --port 81',
  },
  { code: 'EACCES', message: 'Cannot listen on port 80 of 127.0.0.1 (EACCES)' },
])('$code becomes a StartError that says what to do', async ({ code, message }) => {
  await expect(explainPortError(80, failWith(code))).rejects.toThrow(new StartError(message));
});

it('returns what listening returns', async () => {
  expect(await explainPortError(80, async () => 'a server')).toBe('a server');
});

it.each(['EADDRNOTAVAIL', 'EAFNOSUPPORT', 'ENOTFOUND'])(
  '%s says what --host must be',
  async (code) => {
    await expect(explainPortError(80, failWith(code), '203.0.113.1')).rejects.toThrow(
      `--host must be an address or name of this machine, such as 0.0.0.0, but it is "203.0.113.1" (${code})`,
    );
  },
);
