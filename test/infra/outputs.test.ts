import { NestedStack, Stack, Stage } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Construct } from 'constructs';
import { expect, it, onTestFinished, vi } from 'vitest';
import { locateStackCounter } from '../../src/cli/target/stack.ts';
import { startFakeAws } from './deployment/fake-aws.ts';
import { addCounter, emptyApp, emptyStack, readTemplate, whileSynthesized } from './synthesize.ts';

const NAMES = ['ApiUrl', 'DashboardUrl', 'Html', 'SessionsTable', 'CountsTable', 'Settings'];

/** Serves the outputs of a stack `S`, as CloudFormation does after its deployment. */
const serveOutputs = async (outputs: Record<string, string>): Promise<void> => {
  const account = { stacks: { S: { outputs } }, parameters: [], failures: {} };
  onTestFinished(() => void vi.unstubAllEnvs());
  vi.stubEnv('AWS_ENDPOINT_URL_CLOUDFORMATION', await startFakeAws(account));
  for (const name of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_REGION']) {
    vi.stubEnv(name, 'us-east-1');
  }
};

it('has the outputs of each counter in a stack, under the path of its construct', () => {
  const stack = emptyStack();
  addCounter(stack, {}, 'Blog');
  addCounter(new Construct(stack, 'Site'), { name: 'shop' }, 'Shop-2');
  const keys = Object.keys(readTemplate(stack).outputs);
  expect(keys).toEqual([
    ...NAMES.map((name) => `Blog${name}`),
    ...NAMES.map((name) => `SiteShop2${name}`),
  ]);
});

it('gives the commands either of two counters, each with its own tables and settings', async () => {
  const stack = emptyStack();
  addCounter(stack, { name: 'blog' }, 'Blog');
  addCounter(stack, { name: 'shop', activeShards: 8 }, 'Shop');
  await serveOutputs(readTemplate(stack).outputs);
  expect(await locateStackCounter('S', 'Blog')).toMatchObject({
    ...{ sessionsTable: 'S/Blog/Tables/Sessions', countsTable: 'S/Blog/Tables/Counts' },
    settings: { COUNTER_NAME: 'blog', ACTIVE_SHARDS: '1' },
  });
  expect(await locateStackCounter('S', 'Shop')).toMatchObject({
    ...{ sessionsTable: 'S/Shop/Tables/Sessions', countsTable: 'S/Shop/Tables/Counts' },
    settings: { COUNTER_NAME: 'shop', ACTIVE_SHARDS: '8' },
  });
  await expect(locateStackCounter('S')).rejects.toThrow('--construct Blog or --construct Shop');
});

it('leaves the name of the stack and of its stages out of the keys', () => {
  const stage = new Stage(emptyApp(), 'Prod');
  const stack = new Stack(stage, 'Websites');
  addCounter(stack, {}, 'Blog');
  const { Outputs } = whileSynthesized(stack, () => Template.fromStack(stack).toJSON());
  expect(Object.keys(Outputs)).toEqual(NAMES.map((name) => `Blog${name}`));
});

it('adds the outputs of a counter in a nested stack to the outermost stack', () => {
  const stack = emptyStack();
  const nested = new NestedStack(stack, 'Nested');
  addCounter(nested, {}, 'Blog');
  const [outer, inner] = whileSynthesized(stack, () => [
    Template.fromStack(stack).toJSON(),
    Template.fromStack(nested).toJSON(),
  ]);
  expect(Object.keys(outer.Outputs)).toEqual(NAMES.map((name) => `NestedBlog${name}`));
  const [, attribute] = outer.Outputs.NestedBlogSessionsTable.Value['Fn::GetAtt'];
  const { Value } = inner.Outputs[attribute.replace('Outputs.', '')];
  expect(inner.Resources[Value.Ref].Type).toBe('AWS::DynamoDB::Table');
  expect(JSON.stringify(outer.Outputs.NestedBlogSettings.Value)).toContain('COUNTER_NAME');
});

it('refuses two counters whose outputs would have the same keys', () => {
  const stack = emptyStack();
  addCounter(stack, {}, 'Blog-1');
  expect(() => addCounter(stack, {}, 'Blog1')).toThrow(
    'id must be a path with letters or digits other than those of each other counter in the stack, but it is "S/Blog1"',
  );
});

it('refuses an id without a letter or digit, which no command could name', () => {
  expect(() => addCounter(emptyStack(), {}, '訪問者')).toThrow(/^id must .*"S\/訪問者"$/);
});

it('has no output for a dashboard that there is not', () => {
  const stack = emptyStack();
  addCounter(stack, { dashboard: false });
  const { outputs } = readTemplate(stack);
  expect(Object.keys(outputs)).not.toContain('CounterDashboardUrl');
  expect(outputs.CounterApiUrl).toBe('Api/Http.ApiEndpoint');
});
