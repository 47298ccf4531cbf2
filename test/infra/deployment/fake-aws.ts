import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';

/** A stack of the fake CloudFormation. */
export interface FakeStack {
  status?: string;
  description?: string;
  outputs?: Record<string, string>;
  template?: object | string;
  isProtected?: boolean;
}

/** The contents of an account and region, which tests and commands change. */
export interface FakeAccount {
  readonly stacks: Record<string, FakeStack>;
  readonly parameters: string[];
  /** The messages in each log group. */
  readonly logs?: Record<string, readonly string[]>;
  /** The error code of each action that fails. */
  readonly failures: Record<string, string>;
}

/** Serves CloudFormation, Systems Manager and CloudWatch Logs for `account`. Resolves to its address. */
export const startFakeAws = async (account: FakeAccount): Promise<string> => {
  const server = createServer(async (request, response) => {
    const { status, type, body } = answer(account, await readCall(request));
    response.writeHead(status, { 'content-type': type }).end(body);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

interface Call {
  readonly action: string;
  readonly input: Readonly<Record<string, string>>;
}

// CloudFormation uses form data, the others JSON with a header.
const readCall = async (request: IncomingMessage): Promise<Call> => {
  const body = await text(request);
  const target = request.headers['x-amz-target'];
  if (target) return { action: String(target).split('.')[1] ?? '', input: JSON.parse(body) };
  const { Action = '', ...input } = Object.fromEntries(new URLSearchParams(body));
  return { action: Action, input };
};

const answer = (account: FakeAccount, call: Call) => {
  const isJson = ['GetParameter', 'FilterLogEvents'].includes(call.action);
  const failure = account.failures[call.action];
  const found = failure ? { failure } : ACTIONS[call.action]?.(account, call.input);
  // An exception would end the process of all tests.
  if (found === undefined) {
    return { status: 501, type: 'text/plain', body: `The fake does not know ${call.action}` };
  }
  const status = 'failure' in found ? 400 : 200;
  return isJson
    ? { status, type: 'application/x-amz-json-1.1', body: JSON.stringify(jsonOf(found)) }
    : { status, type: 'text/xml', body: xmlOf(call.action, found) };
};

type Found = { readonly failure: string; readonly message?: string } | { readonly result: unknown };

const jsonOf = (found: Found): unknown =>
  'failure' in found ? { __type: found.failure } : found.result;

const xmlOf = (action: string, found: Found): string =>
  'failure' in found
    ? `<ErrorResponse><Error><Type>Sender</Type><Code>${found.failure}</Code><Message>${found.message ?? `${action} fails`}</Message></Error></ErrorResponse>`
    : `<${action}Response><${action}Result>${found.result}</${action}Result></${action}Response>`;

const LOG_PAGE = 3;

const ACTIONS: Record<string, (account: FakeAccount, input: Call['input']) => Found> = {
  GetParameter: ({ parameters }, { Name = '' }) =>
    parameters.includes(Name)
      ? { result: { Parameter: { Name, Value: '21' } } }
      : { failure: 'ParameterNotFound' },
  // In pages, the first of them empty, like CloudWatch while it searches.
  FilterLogEvents: ({ logs = {} }, { logGroupName = '', nextToken }) => {
    const messages = logs[logGroupName];
    if (messages === undefined) return { failure: 'ResourceNotFoundException' };
    const from = Number(nextToken ?? -LOG_PAGE);
    const events = messages.slice(Math.max(0, from), Math.max(0, from + LOG_PAGE));
    const next = from + LOG_PAGE;
    return {
      result: {
        events: events.map((message) => ({ message: `${message}\n` })),
        ...(next < messages.length && { nextToken: String(next) }),
      },
    };
  },
  DescribeStacks: ({ stacks }, { StackName }) => {
    const names = StackName === undefined ? Object.keys(stacks) : [StackName];
    const missing = names.find((name) => !stacks[name]);
    if (missing) return noStack(missing);
    const members = names.map((name) => describeStack(name, stacks[name] ?? {}));
    return { result: `<Stacks>${members.join('')}</Stacks>` };
  },
  GetTemplate: ({ stacks }, { StackName = '' }) => {
    const stack = stacks[StackName];
    if (!stack) return noStack(StackName);
    const { template = {} } = stack;
    const body = typeof template === 'string' ? template : JSON.stringify(template);
    return { result: `<TemplateBody>${escapeXml(body)}</TemplateBody>` };
  },
  UpdateTerminationProtection: ({ stacks }, { StackName = '', EnableTerminationProtection }) => {
    const stack = stacks[StackName];
    if (!stack) return noStack(StackName);
    stack.isProtected = EnableTerminationProtection === 'true';
    return { result: `<StackId>${StackName}</StackId>` };
  },
};

const noStack = (name: string): Found => ({
  failure: 'ValidationError',
  message: `Stack with id ${name} does not exist`,
});

const describeStack = (name: string, stack: FakeStack): string => {
  const outputs = Object.entries(stack.outputs ?? {}).map(
    ([key, value]) =>
      `<member><OutputKey>${key}</OutputKey><OutputValue>${escapeXml(value)}</OutputValue></member>`,
  );
  return (
    `<member><StackName>${name}</StackName><StackStatus>${stack.status ?? 'UPDATE_COMPLETE'}</StackStatus>` +
    `<Description>${stack.description ?? ''}</Description><Outputs>${outputs.join('')}</Outputs>` +
    `<EnableTerminationProtection>${stack.isProtected ?? false}</EnableTerminationProtection></member>`
  );
};

const escapeXml = (value: string): string =>
  value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
