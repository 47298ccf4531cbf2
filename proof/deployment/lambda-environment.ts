import { devNull } from 'node:os';
import { delimiter, dirname } from 'node:path';
import { REGION } from './account.ts';
import type { DeployedFunction } from './deployed-functions.ts';

/**
 * The environment of a function: the variables of its template and those that Lambda sets. The id of its access key is
 * its name, so the signature of each request shows which function sent it.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime
 */
export const lambdaEnvironment = ({
  name,
  folder,
  handler,
  environment,
  memoryMegabytes,
  logGroup,
}: DeployedFunction): Record<string, string> => ({
  ...environment,
  ...{ _HANDLER: handler, LAMBDA_TASK_ROOT: folder },
  ...{ AWS_REGION: REGION, AWS_DEFAULT_REGION: REGION, TZ: ':UTC', LANG: 'en_US.UTF-8' },
  ...{ AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x', AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand' },
  ...{ AWS_LAMBDA_FUNCTION_NAME: name, AWS_LAMBDA_FUNCTION_VERSION: '$LATEST' },
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memoryMegabytes),
  ...{ AWS_LAMBDA_LOG_GROUP_NAME: logGroup, AWS_LAMBDA_LOG_STREAM_NAME: 'stream' },
  // What the template sets as LoggingConfig.
  ...{ AWS_LAMBDA_LOG_FORMAT: 'JSON', AWS_LAMBDA_LOG_LEVEL: 'INFO' },
  ...{ AWS_ACCESS_KEY_ID: name, AWS_SECRET_ACCESS_KEY: 'secret' },
  AWS_SESSION_TOKEN: 't'.repeat(400),
  PATH: [dirname(process.execPath), '/usr/bin', '/bin'].join(delimiter),
  // Lambda has no such files, but this machine may.
  ...{ AWS_CONFIG_FILE: devNull, AWS_SHARED_CREDENTIALS_FILE: devNull },
});
