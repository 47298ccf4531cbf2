import { globSync, readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { Duration } from 'aws-cdk-lib';
import { expect, it } from 'vitest';
import { GUARDED } from '../../../infra/deployment/guarded-change.ts';
import { resolveProps } from '../../../infra/props/resolve-props.ts';
import type { SessionCounterProps } from '../../../infra/props/session-counter-props.ts';
import { type CounterSettings, DEFAULTS } from '../../../infra/settings/counter-settings.ts';
import { settingsProps } from '../../../infra/settings/settings-props.ts';
import { settingsSchema } from '../../../infra/settings/settings-schema.ts';
import { emptyStack } from '../synthesize.ts';

// After a change of the definitions: npx vitest run test/infra/settings --update
it('is the file that editors use', async () => {
  const text = `${JSON.stringify(settingsSchema(), null, 2)}\n`;
  await expect(text).toMatchFileSnapshot('../../../infra/settings/session-counter.schema.json');
});

it('is a valid schema, and the defaults satisfy it', () => {
  const validate = new Ajv({ strict: true }).compile(settingsSchema());
  expect(validate(DEFAULTS)).toBe(true);
  expect(validate({ ...DEFAULTS, allowedOrigin: '*' })).toBe(false);
});

it.each(['README.md', ...globSync('docs/*.md')])(
  'is the only place for settings, according to %s',
  (file) => {
    expect(readFileSync(file, 'utf8')).not.toMatch(/(-c|--context) \w+=/);
  },
);

it('guards the changes that docs/deploying.md lists', () => {
  const listed = readFileSync('docs/deploying.md', 'utf8').matchAll(/^\| `--change (\w+)` \|/gm);
  expect([...listed].map(([, name]) => name).sort()).toEqual([...GUARDED].sort());
});

// The construct checks its props itself, because other apps use it, too.
const isTaken = (props: SessionCounterProps): boolean => {
  try {
    resolveProps(emptyStack(), props);
    return true;
  } catch {
    return false;
  }
};

const NUMBERS = [
  'activeWindowMinutes',
  'activeShards',
  'touchIntervalSeconds',
  'activeReadUnitsPerSecond',
  'maxCounters',
  'newSessionsPerHour',
  'retentionDays',
  'ratePerSecond',
  'burst',
] as const;

const limitsOf = (name: (typeof NUMBERS)[number]): { minimum: number; maximum: number } => {
  const { anyOf, ...schema } = settingsSchema().properties[name as never] as {
    anyOf?: { minimum: number; maximum: number }[];
    minimum: number;
    maximum: number;
  };
  return anyOf?.[0] ?? schema;
};

it.each(NUMBERS)('has the limits of the construct for %s', (name) => {
  const { minimum, maximum } = limitsOf(name);
  const isTakenAs = (number: number): boolean => {
    const settings: CounterSettings = { ...DEFAULTS, activeWindowMinutes: 1440, [name]: number };
    const props = settingsProps({ ...settings, ...(number < 0 && { [name]: 0 }) });
    return isTaken(number < 0 ? { ...props, touchInterval: Duration.millis(1) } : props);
  };
  expect([minimum - 1, minimum, maximum, maximum + 1].map(isTakenAs)).toEqual([
    false,
    true,
    true,
    false,
  ]);
});

it('holds the defaults of the construct', () => {
  const byItself = resolveProps(emptyStack(), { name: DEFAULTS.name });
  expect(resolveProps(emptyStack(), settingsProps(DEFAULTS))).toEqual({
    ...byItself,
    auditSchedule: expect.anything(),
  });
});
