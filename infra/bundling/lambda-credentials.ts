import { fromEnv } from '@aws-sdk/credential-provider-env';

/**
 * Replaces the SDK's chain of credential providers in the bundles. Lambda passes the credentials of the
 * role in the environment; the other providers, such as single sign-on and configuration files, are
 * 90 kB that a function never uses.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
 */
export const defaultProvider = fromEnv;
