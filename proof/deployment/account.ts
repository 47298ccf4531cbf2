/** The region and the account in which the functions believe they are. */
export const REGION = 'eu-central-1';
export const ACCOUNT = '111122223333';

/** The ARN of a resource of this account. */
export const arnOf = (service: string, resource: string): string =>
  `arn:aws:${service}:${REGION}:${ACCOUNT}:${resource}`;
