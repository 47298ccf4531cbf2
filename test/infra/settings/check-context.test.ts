import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { checkContext } from '../../../infra/settings/check-context.ts';
import { SETTING_NAMES } from '../../../infra/settings/counter-settings.ts';

const check =
  (...keys: string[]) =>
  () =>
    checkContext(keys, 'blog.json');

it.each(SETTING_NAMES)('refuses %s and says where it belongs', (name) => {
  expect(check(name)).toThrow(
    `blog.json: the context value ${name} (-c, --context) is not read; write ${name} into this file`,
  );
});

it('refuses what looks like a setting', () => {
  expect(check('allowedOrigin')).toThrow('write allowedOrigins into this file');
  expect(check('origins')).toThrow('write allowedOrigins into this file');
  expect(check('throttle')).toThrow('settings belong in this file, and there is none of that name');
});

it('names all of them', () => {
  expect(check('burst', '@aws-cdk/core:x', 'name')).toThrow(/burst .*\n.* name /);
});

it('leaves the context of the CDK alone', () => {
  const { context } = JSON.parse(readFileSync('cdk.json', 'utf8'));
  const own = [
    '@aws-cdk/core:bootstrapQualifier',
    'aws:cdk:enable-path-metadata',
    'aws-cdk:enableDiffNoFail',
    'availability-zones:account=1:region=x',
    'acknowledged-issue-numbers',
  ];
  expect(check(...Object.keys(context), ...own)).not.toThrow();
});
