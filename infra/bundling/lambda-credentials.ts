import { fromEnv } from '@aws-sdk/credential-provider-env';

/**
 * Stands in a bundle for the SDK's chain of credential providers. Lambda gives a function its
 * role's credentials in the environment; the other places to look, single sign-on and
 * configuration files among them, are 90 kB that it would never use.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
 */
export const defaultProvider = fromEnv;
