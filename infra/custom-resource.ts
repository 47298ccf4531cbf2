import { Duration } from 'aws-cdk-lib';

/** For up to 30 s of another service and 20 s of the response; memory for the SDK. */
export const CUSTOM_RESOURCE_LIMITS = { memoryMegabytes: 256, timeoutSeconds: 60 };

/** Lambda repeats a request whose response was lost; without a timeout, CloudFormation would wait an hour. */
export const CUSTOM_RESOURCE_TIMEOUT = Duration.minutes(5);
