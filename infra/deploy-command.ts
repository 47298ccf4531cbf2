import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { createClient, LIMITS } from '../src/aws-client.ts';
import { deploy, readSharedOptions } from './deploy.ts';

// npm run puts the CDK's command on the path.
const cdk = async (args: string[]): Promise<number> => {
  const [code] = await once(spawn('cdk', args, { stdio: 'inherit' }), 'exit');
  return code ?? 1;
};

const args = process.argv.slice(2);
const { profile } = readSharedOptions(args);
const { AWS_REGION, AWS_DEFAULT_REGION } = process.env;
const region = AWS_REGION ?? AWS_DEFAULT_REGION;
const client = createClient(SSMClient, LIMITS.management, {
  ...(profile && { profile }),
  ...(region && { region }),
});

process.exitCode = await deploy(args, {
  cdk,
  readParameter: (Name) => client.send(new GetParameterCommand({ Name })),
  say: (line) => process.stderr.write(`${line}\n`),
});
