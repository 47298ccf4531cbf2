import { expect, it } from 'vitest';
import { browser } from '../../support/browsers.ts';
import { useDatabase } from '../../support/embedded-database.ts';
import { untilCounts, visit } from '../../support/local-counter.ts';
import { useObservedCounter } from '../../support/observed-counter.ts';

const database = useDatabase();
const startObserved = useObservedCounter(() => database().endpoint);

it('stream-mapping-down: the event source mapping is disabled, and enabled again', async () => {
  const { eventSource, passMinutes, passUntil, stateOf } = await startObserved();
  await passMinutes(10);
  expect(stateOf('stream-mapping-down')).toBe('OK');
  await eventSource.disable();
  await passUntil('stream-mapping-down', 'ALARM');
  eventSource.enable();
  await passUntil('stream-mapping-down', 'OK');
});

it('stream-behind: the projector fails, and then counts what has waited', async () => {
  const { url, tables, dynamodb, passMinutes, passUntil } = await startObserved();
  await visit(url, { 'user-agent': browser(1) });
  await untilCounts(url, 1, 1);
  await passUntil('stream-behind', 'OK');
  dynamodb.denyWritesTo = tables.COUNTS_TABLE;
  await visit(url, { 'user-agent': browser(2) });
  await passUntil('stream-behind', 'ALARM');
  dynamodb.denyWritesTo = undefined;
  await untilCounts(url, 2, 2);
  // In a later period than the old record, whose age is the maximum of its period.
  await passMinutes(6);
  await visit(url, { 'user-agent': browser(3) });
  await untilCounts(url, 3, 3);
  await passUntil('stream-behind', 'OK');
});

it('reporter-silent: the counts cannot be read', async () => {
  const { dynamodb, passMinutes, passUntil, stateOf } = await startObserved();
  await passMinutes(5);
  expect(stateOf('reporter-silent')).toBe('OK');
  dynamodb.deny = 'GetItem';
  await passUntil('reporter-silent', 'ALARM');
  dynamodb.deny = undefined;
  await passUntil('reporter-silent', 'OK');
});
