import { describe, expect, it } from 'vitest';
import { parseRetract } from '../../../src/cli/retract/retract-options.ts';

const INTERVAL = ['--from', '2026-11-27T03:00Z', '--to', '2026-11-27T06:00+01:00'];

describe('the options of a retract', () => {
  it('name an interval of the site, and change nothing without --yes', () => {
    expect(parseRetract(INTERVAL)).toMatchObject({
      counter: 'site',
      interval: { from: '2026-11-27T03:00:00.000Z', to: '2026-11-27T05:00:00.000Z' },
      ...{ isPreview: true, units: 50 },
    });
    expect(parseRetract([...INTERVAL, '--dry-run']).isPreview).toBe(true);
    const given = ['--yes', '--counter', 'blog/a', '--max-write-units', '900'];
    expect(parseRetract([...INTERVAL, ...given])).toMatchObject({
      ...{ counter: 'blog/a', isPreview: false, units: 900 },
    });
  });

  it('name no interval to give a retract up', () => {
    expect(parseRetract(['--abort']).interval).toBeUndefined();
  });

  it.each([
    { args: INTERVAL.slice(2), says: '--from must be a time with a zone, .*, but it is missing' },
    { args: INTERVAL.slice(0, 2), says: '--to must be a time with a zone, .*, but it is missing' },
    {
      args: ['--from', '2026-11-27T03:00', '--to', '2026-11-28T03:00Z'],
      says: 'it is "2026-11-27T03:00"',
    },
    { args: ['--from', '2026-11-27', '--to', '2026-11-28'], says: 'it is "2026-11-27"' },
    {
      args: ['--from', '2026-11-27T03:00Z', '--to', '2026-11-27T03:00Z'],
      says: '--from must be before --to',
    },
    { args: [...INTERVAL, '--yes', '--dry-run'], says: 'either --yes or --dry-run' },
    { args: [...INTERVAL, '--abort'], says: '--abort takes neither --from' },
    { args: ['--abort', '--yes'], says: '--abort takes neither .*--yes' },
    { args: [...INTERVAL, '--counter', '/x'], says: '--counter must be' },
    { args: [...INTERVAL, '--max-write-units', '0'], says: '--max-write-units must be' },
  ])('are refused: $args', ({ args, says }) => {
    expect(() => parseRetract(args)).toThrow(new RegExp(says));
  });
});
