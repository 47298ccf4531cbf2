import { afterEach, beforeAll, expect, it, vi } from 'vitest';
import { parseArguments } from '../../../infra/deployment/arguments.ts';
import { connectToAws } from '../../../infra/deployment/aws.ts';
import { destroy } from '../../../infra/deployment/destroy.ts';
import { Refusal } from '../../../infra/deployment/refusal.ts';
import { counterStack, counterTemplate, openDeployment } from './use-deployment.ts';

// The first template of a process is slow.
beforeAll(() => void counterTemplate(), 120_000);
afterEach(() => void vi.unstubAllEnvs());

const STREAM =
  'arn:aws:dynamodb:eu-central-1:123456789012:table/sessions-restored/stream/2026-11-27T12:00:00.000';

const running = (settings = {}) => ({ stacks: { 'session-counter': counterStack(settings) } });

it('does nothing until it is confirmed, and says what would be deleted, what would stay, and how', async () => {
  const { run, write, account } = await openDeployment(running());
  write({});
  const { code, ran, said } = await run('destroy');
  expect({ code, ran }).toEqual({ code: 1, ran: [] });
  expect(said).toContain('Deletes session-counter. Its tables and the hash key stay');
  expect(said).toMatch(/npm run destroy -- --settings \S+ --confirm session-counter$/);
  expect(account.stacks['session-counter']?.isProtected).toBe(true);
});

it('says that the data is deleted, too, when the stack was deployed like that', async () => {
  const { run, write } = await openDeployment(running({ keepTables: false }));
  write({});
  expect((await run('destroy')).said).toContain(
    'Deletes session-counter WITH ITS TABLES AND ITS KEY',
  );
});

it('says that existing tables stay even then', async () => {
  const existing = { sessionsTableStream: STREAM, countsTable: 'counts-restored' };
  const { run, write } = await openDeployment(running({ keepTables: false, ...existing }));
  write({});
  const { said } = await run('destroy');
  expect(said).toContain('Deletes session-counter WITH ITS KEY: ');
  expect(said).toContain('Its tables are not part of\nthe stack, and stay.');
});

it('says that existing tables stay with the key', async () => {
  const existing = { sessionsTableStream: STREAM, countsTable: 'counts-restored' };
  const { run, write } = await openDeployment(running(existing));
  write({});
  const { said } = await run('destroy');
  expect(said).toContain(
    'Deletes session-counter. Its tables are not part of the stack, and stay; the hash key stays, too.',
  );
  expect(said).not.toContain('keepTables');
});

it('destroys the stack once it is confirmed', async () => {
  const { run, write, account } = await openDeployment(running());
  write({});
  const { code, ran } = await run('destroy', '--confirm', 'session-counter');
  expect({ code, ran, stacks: account.stacks }).toEqual({
    code: 0,
    ran: ['destroy --force --output OUT'],
    stacks: {},
  });
});

it('does nothing when another stack is confirmed', async () => {
  const { run, write, account } = await openDeployment(running());
  write({});
  const { code, ran, said } = await run('destroy', '--confirm', 'blog');
  expect({ code, ran }).toEqual({ code: 1, ran: [] });
  expect(said).toContain('--confirm names blog, but the file names session-counter');
  expect(account.stacks['session-counter']?.isProtected).toBe(true);
});

it('protects the stack again when the CDK did not destroy it', async () => {
  const { run, write, account } = await openDeployment({ ...running(), exitCodes: { destroy: 1 } });
  write({});
  expect((await run('destroy', '--confirm', 'session-counter')).code).toBe(1);
  expect(account.stacks['session-counter']?.isProtected).toBe(true);
});

it('protects the stack again when the CDK cannot be started', async () => {
  const { write, account, file } = await openDeployment(running());
  write({});
  const args = parseArguments(['--settings', file, '--confirm', 'session-counter']);
  const cdk = async () => Promise.reject(new Refusal('cdk could not be started'));
  const tools = { connect: connectToAws, cdk, say: () => undefined };
  await expect(destroy(args, tools)).rejects.toThrow('cdk could not be started');
  expect(account.stacks['session-counter']?.isProtected).toBe(true);
});

it('reports that there is no stack to destroy', async () => {
  const { run } = await openDeployment();
  const { code, ran, said } = await run('destroy', '--confirm', 'session-counter');
  expect({ code, ran }).toEqual({ code: 1, ran: [] });
  expect(said).toContain('There is no stack session-counter in eu-central-1');
});

it('first writes the file from the stack in a fresh clone', async () => {
  const { run, settings, account } = await openDeployment(running({ ratePerSecond: 7 }));
  const { code, ran } = await run('destroy', '--confirm', 'session-counter');
  expect({ code, ran }).toEqual({ code: 1, ran: [] });
  expect(settings()?.ratePerSecond).toBe(7);
  expect(account.stacks['session-counter']?.isProtected).toBe(true);
});

it('refuses settings on the command line', async () => {
  const { run } = await openDeployment(running());
  const { code, ran, said } = await run('destroy', '-c', 'name=blog');
  expect({ code, ran }).toEqual({ code: 1, ran: [] });
  expect(said).toContain('write name into this file');
});
