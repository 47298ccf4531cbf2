import { expect, it } from 'vitest';
import { deploy } from '../../infra/deploy.ts';

// A failure of AWS, which the SDK tells by its name.
const failure = (name: string, message = name) => Object.assign(new Error(message), { name });

interface Account {
  readonly parameters?: string[];
  readonly failure?: Error;
  readonly exitCodes?: Record<string, number>;
}

// Deploys into an account, and tells what ran and what was said.
const deployInto = async (account: Account, args: string[] = []) => {
  const ran: string[] = [];
  const said: string[] = [];
  const code = await deploy(args, {
    cdk: async (command) => {
      ran.push(command.join(' '));
      return account.exitCodes?.[command[0] ?? ''] ?? 0;
    },
    readParameter: async (name) => {
      if (account.failure) throw account.failure;
      if (!account.parameters?.includes(name)) throw failure('ParameterNotFound');
    },
    say: (line) => said.push(line),
  });
  return { code, ran, said: said.join('\n') };
};

const BOOTSTRAPPED = { parameters: ['/cdk-bootstrap/hnb659fds/version'] };

it('leaves alone a bootstrap that is there', async () => {
  expect(await deployInto(BOOTSTRAPPED)).toEqual({ code: 0, ran: ['deploy'], said: '' });
});

it('bootstraps an account where nobody has, and says so', async () => {
  const { code, ran, said } = await deployInto({});
  expect({ code, ran }).toEqual({ code: 0, ran: ['bootstrap', 'deploy'] });
  expect(said).toContain('cdk bootstrap does it, once');
});

it('hands its arguments on, and to the bootstrap those that are its own', async () => {
  const args = ['--require-approval', 'never', '-c', 'name=blog', '--profile', 'mine'];
  expect((await deployInto({}, args)).ran).toEqual([
    'bootstrap --profile mine --context name=blog',
    'deploy --require-approval never -c name=blog --profile mine',
  ]);
});

it('looks for the bootstrap of the organisation whose qualifier is given', async () => {
  const own = { parameters: ['/cdk-bootstrap/acme/version'] };
  const args = ['-c', '@aws-cdk/core:bootstrapQualifier=acme'];
  expect((await deployInto(own, args)).ran).toEqual([`deploy ${args.join(' ')}`]);
});

it('does not deploy when the bootstrap fails, and keeps its exit code', async () => {
  const { code, ran } = await deployInto({ exitCodes: { bootstrap: 7 } });
  expect({ code, ran }).toEqual({ code: 7, ran: ['bootstrap'] });
});

it('keeps the exit code of the deployment', async () => {
  expect((await deployInto({ ...BOOTSTRAPPED, exitCodes: { deploy: 3 } })).code).toBe(3);
});

it('deploys for a person who may not ask', async () => {
  const { code, ran } = await deployInto({ failure: failure('AccessDeniedException') });
  expect({ code, ran }).toEqual({ code: 0, ran: ['deploy'] });
});

it('says how to sign in when there are no credentials, and runs nothing', async () => {
  const missing = failure('CredentialsProviderError', 'Could not load credentials');
  expect(await deployInto({ failure: missing })).toEqual({
    code: 1,
    ran: [],
    said:
      'AWS cannot be asked: Could not load credentials\n' +
      'Sign in (aws configure, aws sso login) or set AWS_PROFILE, and set AWS_REGION.',
  });
});
