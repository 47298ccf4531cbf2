import { readFileSync } from 'node:fs';
import { afterEach, expect, it, vi } from 'vitest';
import { ALARMS } from '../../../infra/observability/alarms.ts';
import type { SessionCounterProps } from '../../../infra/props/session-counter-props.ts';
import { useDatabase } from '../../support/embedded-database.ts';
import { useObservedCounter } from '../../support/observed-counter.ts';
import { observeCounter } from '../observed/observe.ts';
import { COUNTING_CAUSES } from './alarm-causes/counting-causes.ts';
import { SERVING_CAUSES } from './alarm-causes/serving-causes.ts';

const database = useDatabase();
const startObserved = useObservedCounter(() => database().endpoint);

// The cause of a wrong key has a place of its own for keys.
afterEach(() => void vi.unstubAllEnvs());

const CAUSES = [...COUNTING_CAUSES, ...SERVING_CAUSES];

const RUNBOOK = 'https://example.org/operations.md';

const PROPS: SessionCounterProps = {
  ...{ name: 'session-counter', runbookUrl: RUNBOOK },
  // With a low limit, few visits are unusual.
  throttle: { ratePerSecond: 1, burst: 1 },
};

const templates = new Map<SessionCounterProps | undefined, string>();

const loadTemplate = async (props: SessionCounterProps | undefined): Promise<string> => {
  const template = templates.get(props) ?? JSON.stringify(observeCounter({ ...PROPS, ...props }));
  templates.set(props, template);
  return template;
};

it('covers each alarm of the table', () => {
  const covered = new Set(CAUSES.map(({ alarm }) => alarm));
  expect(covered).toEqual(new Set(ALARMS.map(({ name }) => name)));
});

it.each(CAUSES)('$alarm: $what', async ({ alarm, props, env, begin, end, reason }) => {
  const counter = await startObserved({
    ...(env && { env: await env() }),
    loadTemplate: () => loadTemplate(props),
  });
  const { passMinutes, passUntil, alarmNamed, stateOf } = counter;
  // After the first report.
  await passMinutes(2);
  expect(stateOf(alarm)).not.toBe('ALARM');
  await begin(counter);
  await passUntil(alarm, 'ALARM');
  expect(alarmNamed(alarm).reason).toContain(reason);
  expect(alarmNamed(alarm).definition.description).toContain(` ${RUNBOOK}#${alarm}`);
  await end(counter);
  await passUntil(alarm, 'OK');
});

it('reporter-silent: a new alarm goes off at once, until the first report', async () => {
  const { passMinutes, alarmNamed, stateOf } = await startObserved({
    loadTemplate: () => loadTemplate(undefined),
  });
  expect(stateOf('reporter-silent')).toBe('ALARM');
  expect(alarmNamed('reporter-silent').definition.description).toContain(
    'wait for its first report',
  );
  await passMinutes(2);
  expect(stateOf('reporter-silent')).toBe('OK');
});

it('has a section of the runbook for each alarm', () => {
  const runbook = readFileSync('docs/operations.md', 'utf8');
  const headings = [...runbook.matchAll(/^### (\S+)$/gm)].map(([, heading]) => heading);
  expect(headings).toEqual(expect.arrayContaining(ALARMS.map(({ name }) => name)));
});
