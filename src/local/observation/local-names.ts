import type { FunctionName } from '../../settings/function-name.ts';
import type { TableNames } from '../database.ts';

/** The id of the API on this machine. */
export const API_ID = 'local';

/** The log group of the access log. */
export const ACCESS_LOG_GROUP = '/aws/apigateway/local';

/** The log group of a function, named as Lambda names it by default. */
export const logGroupOf = (functionName: FunctionName): string => `/aws/lambda/${functionName}`;

const FUNCTION = /^Functions\/([\w-]+)\/Function$/;
const HAS_ARN = /\/(?:Function|Log|AccessLog)$/;
const LOG = /^Functions\/([\w-]+)\/Log$/;

/**
 * What `Ref` and `Fn::GetAtt` return on this machine for the resources of the template of a counter, by logical id;
 * `paths` has the path of each construct. A resource that does not exist here has its path for a name. The ARN
 * of a function or a log group is its name.
 */
export const localNames = (
  paths: Readonly<Record<string, string>>,
  { SESSIONS_TABLE, COUNTS_TABLE }: TableNames,
): Record<string, string> => {
  const own: Readonly<Record<string, string>> = {
    'Tables/Sessions': SESSIONS_TABLE,
    'Tables/Counts': COUNTS_TABLE,
    'Api/Http': API_ID,
    'Api/AccessLog': ACCESS_LOG_GROUP,
  };
  const nameOf = (path: string): string =>
    own[path] ??
    FUNCTION.exec(path)?.[1] ??
    path.replace(LOG, (_, name: FunctionName) => logGroupOf(name));
  const names = Object.entries(paths).flatMap(([id, path]) => [
    [id, nameOf(path)],
    ...(HAS_ARN.test(path) ? [[`${id}.Arn`, nameOf(path)]] : []),
  ]);
  return { ...Object.fromEntries(names), ...PSEUDO_PARAMETERS };
};

const PSEUDO_PARAMETERS = { 'AWS::Region': 'local', 'AWS::Partition': 'aws' };
