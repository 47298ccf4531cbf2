import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { SessionCounterProps } from '../../infra/props/session-counter-props.ts';
import { synthesize } from './synthesize.ts';

const countResources = (props: SessionCounterProps): number =>
  Object.keys((JSON.parse(synthesize(props).text) as { Resources: object }).Resources).length;

const WORDS = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven'];

it('docs/deploying.md says how many resources the stack has', () => {
  const alarmEmail = 'me@example.com';
  const [stack, withEmail, withDigest] = [
    countResources({}),
    countResources({ alarmEmail }),
    countResources({ alarmEmail, digest: 'weekly' }),
  ];
  expect(readFileSync('docs/deploying.md', 'utf8')).toContain(
    `The stack has ${stack} resources, ${WORDS[withEmail - stack]} more with \`alarmEmail\`, and ` +
      `${WORDS[withDigest - withEmail]} more with a [digest](operations.md#the-digest):`,
  );
});
