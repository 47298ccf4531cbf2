import { ENTRY_PATTERN, NAME_MAX_LENGTH, NAME_PATTERN } from '../../src/domain/counter-name.ts';
import { WATCHED_MAX } from '../../src/settings/allowed-values.ts';
import { COUNTERS_RULE, WATCHED_RULE } from '../../src/settings/counter-lists.ts';
import { DOMAIN_NAME } from '../props/domain-name.ts';
import { EMAIL_ADDRESS } from '../props/email-address.ts';
import { SECRET_VERSION_ID } from '../props/secret-version-id.ts';
import type { FileDefinition } from './definitions.ts';

/** What a setting in the file may be. */
export interface Values {
  /** As a draft-07 JSON schema: it validates the file, and completes it in an editor. */
  readonly schema: object;
  /** The same in words, after "must be". */
  readonly expected: string;
}

/** The values that a setting takes. Throws for one that no file can hold, such as a secret. */
export const describeValues = (definition: FileDefinition): Values => {
  switch (definition.kind) {
    case 'integer':
      return describeInteger(definition);
    case 'derived-integer':
      return describeDerived(definition);
    case 'choice':
      return {
        schema: { enum: definition.choices },
        expected: definition.choices.map((choice) => JSON.stringify(choice)).join(' or '),
      };
    default:
      return FIXED[definition.kind] ?? refuseKind(definition.kind);
  }
};

const refuseKind = (kind: string): never => {
  throw new Error(`A settings file holds no ${kind}`);
};

type IntegerDefinition = Extract<FileDefinition, { kind: 'integer' }>;

// The file has a word in place of 0.
const describeInteger = ({ min, max, zero }: IntegerDefinition): Values => {
  const minimum = zero === undefined ? min : 1;
  const schema = { type: 'integer', minimum, maximum: max };
  const expected = `a whole number from ${minimum} to ${max}`;
  if (zero === undefined) return { schema, expected };
  const orZero = `, or ${JSON.stringify(zero)}`;
  return { schema: { anyOf: [schema, { const: zero }] }, expected: `${expected}${orZero}` };
};

type DerivedDefinition = Extract<FileDefinition, { kind: 'derived-integer' }>;

const describeDerived = ({ min, max, derivedFrom }: DerivedDefinition): Values => ({
  schema: { anyOf: [{ type: 'integer', minimum: min, maximum: max }, { type: 'null' }] },
  expected: `a whole number from ${min} to ${max}, or null to derive it from ${derivedFrom}`,
});

const ORIGINS: Values = {
  schema: {
    anyOf: [
      { const: '*' },
      { type: 'array', minItems: 1, items: { type: 'string', pattern: '^https?://[^/*]+$' } },
    ],
  },
  expected: '"*" or a list of origins such as ["https://example.com"]',
};

const COUNTERS: Values = {
  schema: { type: 'array', items: { type: 'string', pattern: ENTRY_PATTERN } },
  expected: `a list of ${COUNTERS_RULE}`,
};

const WATCHED: Values = {
  schema: {
    ...{ type: 'array', minItems: 1, maxItems: WATCHED_MAX },
    items: { type: 'string', pattern: NAME_PATTERN, maxLength: NAME_MAX_LENGTH },
  },
  expected: `a list of ${WATCHED_RULE}`,
};

// What CloudFormation demands of a stack, limited to the length of a counter's name.
const STACK_NAME: Values = {
  schema: { type: 'string', pattern: '^[A-Za-z][A-Za-z0-9-]{0,63}$' },
  expected: 'a letter, then up to 63 letters, digits or -',
};

const nullOr = (pattern: string): object => ({
  anyOf: [{ type: 'string', pattern }, { type: 'null' }],
});

// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html
const TABLE_NAME = '[A-Za-z0-9_.-]{3,255}';

const EXISTING_TABLE: Values = {
  schema: nullOr(`^${TABLE_NAME}$`),
  expected: 'the name of a table, or null for a table of the stack',
};

const STREAM: Values = {
  schema: nullOr(`^arn:[a-z-]+:dynamodb:[a-z0-9-]+:\\d{12}:table/${TABLE_NAME}/stream/\\S+$`),
  expected: 'the ARN of the stream of a table, or null for a table of the stack',
};

const EMAIL: Values = {
  schema: nullOr(EMAIL_ADDRESS.source),
  expected: 'an e-mail address, or null for nobody',
};

const WEB_ADDRESS: Values = {
  schema: nullOr('^https?://\\S+$'),
  expected: 'a web address, or null for the dashboard',
};

const DOMAIN: Values = {
  schema: nullOr(DOMAIN_NAME.source),
  expected: 'a domain in lower case, or null for the address that AWS gives',
};

const CERTIFICATE: Values = {
  schema: nullOr('^arn:[a-z-]+:acm:[a-z0-9-]+:\\d{12}:certificate/\\S+$'),
  expected: 'the ARN of a certificate of Certificate Manager, or null',
};

const HOSTED_ZONE: Values = {
  schema: nullOr('^[A-Z0-9]{1,32}$'),
  expected: 'the id of a hosted zone of Route 53, or null',
};

const SECRET_VERSION: Values = {
  schema: nullOr(SECRET_VERSION_ID.source),
  expected: 'the id of a version of the secret, or null for the current one',
};

// The kinds of which all settings take the same values.
const FIXED: Partial<Record<FileDefinition['kind'], Values>> = {
  origins: ORIGINS,
  counters: COUNTERS,
  'watched-counters': WATCHED,
  switch: { schema: { type: 'boolean' }, expected: 'true or false' },
  'stack-name': STACK_NAME,
  email: EMAIL,
  'web-address': WEB_ADDRESS,
  stream: STREAM,
  'existing-table': EXISTING_TABLE,
  domain: DOMAIN,
  certificate: CERTIFICATE,
  'hosted-zone': HOSTED_ZONE,
  'secret-version': SECRET_VERSION,
};
