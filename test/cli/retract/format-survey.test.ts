import { expect, it } from 'vitest';
import { formatPreview } from '../../../src/cli/retract/format-survey.ts';
import { createSurveyTally } from '../../../src/cli/retract/interval-survey.ts';

const NOW_MS = Date.parse('2026-11-27T07:30:00.000Z');

const preview = (from: string, to: string, numbers: Readonly<Record<string, number>>) => {
  const tally = createSurveyTally({ from, to }, NOW_MS);
  for (const [time, number] of Object.entries(numbers)) {
    for (let left = number; left > 0; left -= 1) tally.add(Date.parse(time));
  }
  const survey = tally.survey();
  const total = { before: 1_000, after: 1_000 - survey.sessions };
  const state = { running: undefined, obstacle: undefined };
  return formatPreview({ counter: 'site', from, to, ...survey, total, ...state });
};

it('a preview shows the burst, its edges and what was usual', () => {
  const numbers = {
    '2026-11-26T22:00:00.000Z': 7,
    '2026-11-27T03:10:00.000Z': 10,
    '2026-11-27T03:30:00.000Z': 400,
    '2026-11-27T04:00:00.000Z': 190,
    '2026-11-27T06:00:00.000Z': 1,
    '2026-11-26T03:45:00.000Z': 9,
    '2026-11-25T03:45:00.000Z': 5,
    '2026-11-24T03:45:00.000Z': 6,
    '2026-11-23T03:45:00.000Z': 6,
  };
  expect(preview('2026-11-27T03:20:00.000Z', '2026-11-27T05:00:00.000Z', numbers)).toBe(
    `Counter site, first visits from 2026-11-27T03:20:00.000Z to 2026-11-27T05:00:00.000Z
  Sessions to take back  590
  Of them honest, about  5 (0 to 9 at the same hours of the 7 days before)
  Total                  1000
  Total afterwards       410
New sessions by hour (UTC): █ to take back, ░ to keep
  2026-11-26 21:00    0
  2026-11-26 22:00    7  ░
  2026-11-26 23:00    0
  2026-11-27 00:00    0
  2026-11-27 01:00    0
  2026-11-27 02:00    0
  2026-11-27 03:00  410  ████████████████████████████████████████░
  2026-11-27 04:00  190  ███████████████████
  2026-11-27 05:00    0
  2026-11-27 06:00    1  ░
  2026-11-27 07:00    0
Nothing was changed. To take these sessions back, run the command again with --yes.`,
  );
});

it('a preview of some days shows days', () => {
  const text = preview('2026-11-20T00:00:00.000Z', '2026-11-26T00:00:00.000Z', {
    '2026-11-21T03:00:00.000Z': 3,
  });
  expect(text).toContain('New sessions by day (UTC)');
  expect(text).toContain(`\n  2026-11-21  3  ${'█'.repeat(40)}\n`);
  const long = preview('2026-01-01T00:00:00.000Z', '2026-11-26T00:00:00.000Z', {});
  expect(long).toContain('New sessions by 4 days (UTC)');
  expect(text).toContain('0 (0 to 0 in the same hours of the 7 times before, 6 days apart)');
});
