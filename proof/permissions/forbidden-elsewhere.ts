import { ACCOUNT, arnOf } from '../deployment/account.ts';
import type { AwsCall } from './aws-call.ts';
import type { Deployment } from './deployment.ts';
import { calls, type Forbidden } from './forbidden.ts';

const keyOf = ({ keyParameter, keySecretArn }: Deployment): AwsCall[] => [
  ...(keyParameter === undefined
    ? []
    : calls([arnOf('ssm', `parameter${keyParameter}`)], ['ssm:GetParameter', 'ssm:GetParameters'])),
  ...(keySecretArn === undefined ? [] : calls([keySecretArn], ['secretsmanager:GetSecretValue'])),
];

/** What the roles must deny in other services. */
export const FORBIDDEN_ELSEWHERE: readonly Forbidden[] = [
  { what: 'read the key of the hash', except: ['ingest', 'legacy'], calls: keyOf },
  {
    what: 'write or delete the key of the hash',
    except: ['hash-key'],
    calls: ({ keyParameter }) =>
      keyParameter === undefined
        ? []
        : calls(
            [arnOf('ssm', `parameter${keyParameter}`)],
            [...['ssm:PutParameter', 'ssm:DeleteParameter']],
          ),
  },
  {
    what: 'use another parameter or secret',
    except: [],
    calls: () => [
      ...calls(
        [arnOf('ssm', 'parameter/other')],
        [...['ssm:GetParameter', 'ssm:PutParameter', 'ssm:DeleteParameter']],
      ),
      ...calls([arnOf('secretsmanager', 'secret:other-a1b2c3')], ['secretsmanager:GetSecretValue']),
    ],
  },
  {
    what: 'publish to the topic',
    except: ['digest'],
    calls: ({ topicArn }) => (topicArn === undefined ? [] : calls([topicArn], ['sns:Publish'])),
  },
  {
    what: 'publish to another topic',
    except: [],
    calls: () => calls([arnOf('sns', 'other')], ['sns:Publish']),
  },
  {
    what: 'change the event source mapping, or read another one',
    except: [],
    calls: ({ mappingArn }) => [
      ...calls(
        [mappingArn],
        ['lambda:UpdateEventSourceMapping', 'lambda:DeleteEventSourceMapping'],
      ),
      ...calls([arnOf('lambda', 'event-source-mapping:other')], ['lambda:GetEventSourceMapping']),
    ],
  },
  {
    what: 'read a log, or write the log of something else',
    except: [],
    calls: ({ functions }) => [
      ...functions.flatMap(({ logGroup }) =>
        calls([arnOf('logs', `log-group:${logGroup}:log-stream:one`)], ['logs:GetLogEvents']),
      ),
      ...calls(
        [arnOf('logs', 'log-group:other:log-stream:one')],
        ['logs:CreateLogStream', 'logs:PutLogEvents'],
      ),
    ],
  },
  {
    what: 'call or change a function, or use another role',
    except: [],
    calls: () => [
      ...calls(
        [arnOf('lambda', 'function:other')],
        ['lambda:InvokeFunction', 'lambda:UpdateFunctionCode'],
      ),
      ...calls([`arn:aws:iam::${ACCOUNT}:role/other`], ['iam:PassRole', 'sts:AssumeRole']),
    ],
  },
];
