import { commandLine } from '../runtime/command-line.ts';

// Reachable from this machine only: DynamoDB Local checks no signatures.
const RUN_CONTAINER = 'docker run --rm -p 127.0.0.1:8000:8000 amazon/dynamodb-local';

const VARIABLE = 'AWS_ENDPOINT_URL_DYNAMODB=http://localhost:8000';

/** The two command lines, to copy, that start DynamoDB Local and a counter that uses it. */
export const externalDynamoDBLines = (platform: NodeJS.Platform): string =>
  [RUN_CONTAINER, withVariable(platform, commandLine('start'))]
    .map((line) => `  ${line}`)
    .join('\n');

// The Windows line works in PowerShell and in cmd. Before && stands no space: cmd would add it to the value.
const withVariable = (platform: NodeJS.Platform, start: string): string =>
  platform === 'win32' ? `cmd /c "set ${VARIABLE}&& ${start}"` : `${VARIABLE} ${start}`;
