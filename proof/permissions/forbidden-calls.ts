import type { AwsCall } from './aws-call.ts';
import type { Deployment } from './deployment.ts';
import type { Forbidden } from './forbidden.ts';
import { FORBIDDEN_ELSEWHERE } from './forbidden-elsewhere.ts';
import { FORBIDDEN_IN_TABLES } from './forbidden-in-tables.ts';

/** What the roles must deny, in every deployment. */
export const FORBIDDEN: readonly Forbidden[] = [...FORBIDDEN_IN_TABLES, ...FORBIDDEN_ELSEWHERE];

/** What the role of a function must deny. */
export const forbiddenTo = (name: string, deployment: Deployment): AwsCall[] =>
  FORBIDDEN.filter(({ except }) => !except.includes(name)).flatMap((one) => one.calls(deployment));
