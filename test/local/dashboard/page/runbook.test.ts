import { expect, it } from 'vitest';
import { readAlarmHelp } from '../../../../src/local/dashboard/page/runbook.ts';

it('reads the address at the end of a description', () => {
  expect(readAlarmHelp('Visits wait. Read the log. https://example.org/#behind')).toEqual({
    ...{ text: 'Visits wait. Read the log.', url: 'https://example.org/#behind' },
  });
});

it.each(['', 'Visits wait.', 'See https://example.org/ first.'])('finds none in %j', (text) => {
  expect(readAlarmHelp(text)).toEqual({ text, url: undefined });
});
