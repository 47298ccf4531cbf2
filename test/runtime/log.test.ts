import { setTimeout } from 'node:timers/promises';
import { beforeEach, expect, it, vi } from 'vitest';
import { createLog, logUnderRequestId } from '../../src/runtime/log.ts';

const lines: Record<string, unknown>[] = [];

beforeEach(() => {
  lines.length = 0;
  vi.stubEnv('POWERTOOLS_LOG_LEVEL', 'WARN');
  vi.stubEnv('POWERTOOLS_DEV', 'true'); // logs through the console, which can be spied on
  const keep = (line: string) => void lines.push(JSON.parse(line));
  const spies = [
    vi.spyOn(console, 'warn').mockImplementation(keep),
    vi.spyOn(console, 'error').mockImplementation(keep),
  ];
  return () => {
    for (const spy of spies) spy.mockRestore();
    vi.unstubAllEnvs();
  };
});

const ids = () => lines.map(({ function_request_id }) => function_request_id);

it('includes the request id in each line, including the one that created the logger', () => {
  const log = createLog('ingest');
  logUnderRequestId('request-1', () => log.warn('first'));
  logUnderRequestId('request-2', () => log.error('second', new Error('why')));
  expect(ids()).toEqual(['request-1', 'request-2']);
  expect(lines[1]).toMatchObject({
    service: 'ingest',
    message: 'second',
    error: { message: 'why' },
  });
});

it('omits the id when there is no request, or no longer one', () => {
  const log = createLog('ingest');
  log.warn('at the start');
  logUnderRequestId('request-1', () => log.warn('meanwhile'));
  logUnderRequestId(undefined, () => log.warn('locally'));
  expect(ids()).toEqual([undefined, 'request-1', undefined]);
});

it('includes the id of the request that a late line belongs to, not of the current one', async () => {
  const log = createLog('ingest');
  const late = logUnderRequestId('request-1', async () => {
    await setTimeout(20);
    log.warn('late');
  });
  await logUnderRequestId('request-2', async () => {
    log.warn('now');
    await late;
    log.warn('after');
  });
  expect(lines.map(({ message, function_request_id: id }) => [message, id])).toEqual([
    ['now', 'request-2'],
    ['late', 'request-1'],
    ['after', 'request-2'],
  ]);
});
