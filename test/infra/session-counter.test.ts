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

it('outputs the API, the dashboard, the HTML, the tables and the settings', () => {
  const stack = emptyStack();
  addCounter(stack);
  expect(readTemplate(stack).outputs).toEqual({
    CounterApiUrl: 'Api/Http.ApiEndpoint',
    CounterDashboardUrl: expect.stringMatching(
      /region=AWS::Region#dashboards\/dashboard\/Dashboard$/,
    ),
    CounterHtml:
      '<script type="module" src="Api/Http.ApiEndpoint/widget.js"></script>' +
      '<session-counter></session-counter>',
    CounterSessionsTable: 'Tables/Sessions',
    CounterCountsTable: 'Tables/Counts',
    CounterSettings: JSON.stringify({
      ALLOWED_ORIGINS: '*',
      ACTIVE_WINDOW_MINUTES: '60',
      ACTIVE_SHARDS: '4',
      TOUCH_INTERVAL_SECONDS: '0',
      RETENTION_DAYS: '395',
      HASH_SCHEME: 'hmac-sha256',
      HASH_KEY_SECRET_ID: 'HashKey',
      COUNTER_NAME: 'blog',
      ACTIVE_READ_UNITS_PER_SECOND: '5',
    }),
  });
});

it('has Secrets Manager generate the key of the hash and reveals it nowhere', () => {
  const stack = emptyStack();
  addCounter(stack);
  const { properties, text, outputs } = readTemplate(stack);
  expect(properties('AWS::SecretsManager::Secret')).toEqual({
    Description: expect.any(String),
    GenerateSecretString: { PasswordLength: 64, ExcludePunctuation: true },
  });
  expect(text).not.toMatch(/resolve:secretsmanager|"SecretString"|"HASH_KEY"/);
  // The ARN of the secret may be public: only principals with permission can read the secret.
  expect(outputs.CounterSettings).not.toContain('"HASH_KEY"');
});
