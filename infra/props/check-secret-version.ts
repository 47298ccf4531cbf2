import { Token } from 'aws-cdk-lib';
import { InvalidPropError } from './invalid-prop-error.ts';
import { SECRET_VERSION_ID } from './secret-version-id.ts';

/** The prop `edgeSecretVersion`, if it can be an id of a version. Throws an InvalidPropError otherwise. */
export const checkSecretVersion = (id: string | undefined): string | undefined => {
  if (id === undefined || Token.isUnresolved(id) || SECRET_VERSION_ID.test(id)) return id;
  const expected = 'the VersionId that put-secret-value prints: 32 to 64 letters, digits or -';
  throw new InvalidPropError('edgeSecretVersion', expected, id);
};
