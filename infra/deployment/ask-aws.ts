import { Refusal } from './refusal.ts';

/** The answer of AWS. Throws a Refusal that says what to do when AWS gives none. */
export const askAws = async <Answer>(ask: () => Promise<Answer>): Promise<Answer> => {
  try {
    return await ask();
  } catch (cause) {
    const { name, message } = cause as Error;
    const advice = /AccessDenied|NotAuthorized/.test(name) ? PERMISSIONS : SIGN_IN;
    throw new Refusal(`AWS could not be queried: ${message || name}\n${advice}`, { cause });
  }
};

const SIGN_IN = 'Sign in (aws configure, aws sso login) or set AWS_PROFILE, and set AWS_REGION.';

const PERMISSIONS =
  'Your credentials need these permissions: docs/deploying.md#permissions-to-deploy.';
