import { expect, it } from 'vitest';
import { inParallel } from '../src/runtime/in-parallel.ts';
import { INTEGER_RANGES } from '../src/settings/allowed-values.ts';
import { browser } from './support/browsers.ts';
import { untilCounts, visit } from './support/local-counter.ts';
import { runStartCommand } from './support/start-command.ts';
import { temporaryFolder } from './support/temporary-folder.ts';
import { useEmbeddedDynamoDB } from './support/test-environment.ts';

useEmbeddedDynamoDB();

const MOST = INTEGER_RANGES.NEW_SESSIONS_PER_HOUR.default;
const USER_AGENTS = 2_000;
const AT_ONCE = 100;

it(`one address with ${USER_AGENTS} user agents, ${AT_ONCE} at once, starts ${MOST} sessions in npm start`, async () => {
  const { url } = await runStartCommand('--port', '0', '--data', temporaryFolder());
  const numbers = Array.from({ length: USER_AGENTS }, (_, number) => number);
  const visitAs = (number: number) => visit(url, { 'user-agent': browser(number) });
  const answers = await inParallel(numbers, AT_ONCE, async (number) => ({
    number,
    ...(await visitAs(number)),
  }));
  const counted = answers.filter(({ status, body }) => {
    expect(status).toBe(202);
    return (body as { readonly counted: boolean }).counted;
  });
  expect(counted).toHaveLength(MOST);
  const refused = answers.filter((answer) => !counted.includes(answer));
  expect(new Set(refused.map(({ body }) => JSON.stringify(body)))).toEqual(
    new Set(['{"counted":false,"reason":"rate"}']),
  );
  // Those that exist go on being counted.
  for (const { number } of counted) expect((await visitAs(number)).body).toEqual({ counted: true });
  await untilCounts(url, MOST, MOST);
}, 60_000);
