import { Stack, Tags } from 'aws-cdk-lib';
import { expect, it } from 'vitest';
import { addCounter, emptyStack, readTemplate } from './synthesize.ts';

const namesOf = (stack = emptyStack(), ...ids: string[]): string[] => {
  for (const id of ids) addCounter(stack, { name: undefined }, id);
  const { text } = readTemplate(stack);
  return [...new Set([...text.matchAll(/"COUNTER_NAME":"([^"]*)"/g)].map(([, name = '']) => name))];
};

it('names each counter after its construct path', () => {
  const names = namesOf(emptyStack(), 'Blog', 'Shop');
  expect(names).toEqual([expect.stringMatching(/^S-Blog/), expect.stringMatching(/^S-Shop/)]);
});

it('gives each of two counters in a stack its own dashboard, alarms and tables', () => {
  const stack = emptyStack();
  const counters = ['Blog', 'Shop'].map((id) => addCounter(stack, { name: undefined }, id));
  const { ofType } = readTemplate(stack);
  const namesIn = (type: string, property: string) =>
    Object.values(ofType(type)).map(({ Properties }) => String(Properties[property]));
  const alarms = namesIn('AWS::CloudWatch::Alarm', 'AlarmName');
  const dashboards = namesIn('AWS::CloudWatch::Dashboard', 'DashboardName');
  expect(dashboards).toEqual(counters.map(({ name }) => `${name}-AWS::Region`));
  expect(alarms).toHaveLength(2 * 10);
  for (const names of [dashboards, alarms]) expect(new Set(names).size).toBe(names.length);
  expect(Object.keys(ofType('AWS::DynamoDB::Table'))).toEqual([
    ...['S/Blog/Tables/Sessions', 'S/Blog/Tables/Counts'],
    ...['S/Shop/Tables/Sessions', 'S/Shop/Tables/Counts'],
  ]);
});

it('refuses two counters of the same name in a stack', () => {
  const stack = emptyStack();
  for (const id of ['Blog', 'Shop']) addCounter(stack, { name: 'site' }, id);
  const message = 'name must be unique in a stack, but S/Shop is also site';
  expect(() => readTemplate(stack)).toThrow(message);
});

it('gives its parts to the app that uses it', () => {
  const counter = addCounter(emptyStack(), { name: 'blog' });
  expect(counter.name).toBe('blog');
  expect(counter.httpApi).toBe(counter.api.http);
  expect(Stack.of(counter).resolve(counter.apiUrl)).toEqual(
    Stack.of(counter).resolve(counter.api.url),
  );
  expect(counter.distribution).toBeUndefined();
  expect(counter.api.stage.node.path).toBe('S/Counter/Api/Stage');
  expect(counter.api.accessLog.node.path).toBe('S/Counter/Api/AccessLog');
  expect(counter.hashKeyParameter?.node.path).toBe('S/Counter/HashKey/Parameter');
  expect(counter.hashKeySecret).toBeUndefined();
  const { hashKeyParameter } = addCounter(emptyStack(), { hashScheme: 'sha256' });
  expect(hashKeyParameter).toBeUndefined();
});

it('passes tags on to its tables, functions, logs and alarms', () => {
  const stack = emptyStack();
  Tags.of(addCounter(stack)).add('site', 'blog');
  const { ofType } = readTemplate(stack);
  for (const type of [
    'DynamoDB::Table',
    'Lambda::Function',
    'Logs::LogGroup',
    'CloudWatch::Alarm',
  ]) {
    for (const { Properties } of Object.values(ofType(`AWS::${type}`))) {
      expect(Properties.Tags).toContainEqual({ Key: 'site', Value: 'blog' });
    }
  }
});

it('outputs the API, the dashboard, the HTML, the tables and the settings', () => {
  const stack = emptyStack();
  addCounter(stack);
  const { outputs } = readTemplate(stack);
  expect(outputs).toEqual({
    CounterApiUrl: 'Api/Http.ApiEndpoint',
    CounterDashboardUrl: expect.stringMatching(
      /region=AWS::Region#dashboards\/dashboard\/Dashboard$/,
    ),
    CounterHtml:
      '<script type="module" src="Api/Http.ApiEndpoint/widget.js"></script>' +
      '<session-counter></session-counter>',
    CounterSessionsTable: 'Tables/Sessions',
    CounterCountsTable: 'Tables/Counts',
    CounterSettings: expect.any(String),
  });
  expect(JSON.parse(outputs.CounterSettings ?? '')).toEqual({
    ALLOWED_ORIGINS: '*',
    ACTIVE_WINDOW_MINUTES: '60',
    ACTIVE_SHARDS: '1',
    TOUCH_INTERVAL_SECONDS: '0',
    RETENTION_DAYS: '395',
    HASH_SCHEME: 'hmac-sha256',
    HASH_KEY_PARAMETER: expect.stringMatching(/^\/session-counter\/AWS::StackName\/Counter/),
    COUNTER_NAME: 'blog',
    ACTIVE_READ_UNITS_PER_SECOND: '1',
  });
});
