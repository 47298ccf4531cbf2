import { Lazy } from 'aws-cdk-lib';
import { expect, it } from 'vitest';
import { checkSecretVersion } from '../../../infra/props/check-secret-version.ts';
import { synthesize } from '../synthesize.ts';

it.each([
  ['none', undefined],
  ['an id', '0c1b3d5e-1111-2222-3333-444455556666'],
  ['what only the deployment knows', Lazy.string({ produce: () => 'later' })],
])('accepts %s', (_, id) => {
  expect(checkSecretVersion(id)).toBe(id);
});

// In the reference to the secret, the first would be no version, and the second a stage of one.
it.each(['', 'AWSPREVIOUS', `${'v'.repeat(32)}}}`])('refuses %j as a version', (id) => {
  expect(() => synthesize({ edge: true, edgeSecretVersion: id })).toThrow(
    `edgeSecretVersion must be the VersionId that put-secret-value prints: 32 to 64 letters, digits or -, but it is ${JSON.stringify(id)}`,
  );
});
