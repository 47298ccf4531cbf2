import { ENTRY_PATTERN, NAME_MAX_LENGTH, NAME_PATTERN } from '../../src/domain/counter-name.ts';
import { WATCHED_MAX } from '../../src/settings/allowed-values.ts';
import { COUNTERS_RULE, WATCHED_RULE } from '../../src/settings/counter-lists.ts';
import { EMAIL_ADDRESS } from '../props/email-address.ts';
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
    case 'origins':
      return ORIGINS;
    case 'counters':
      return COUNTERS;
    case 'watched-counters':
      return WATCHED;
    case 'choice':
      return {
        schema: { enum: definition.choices },
        expected: definition.choices.map((choice) => JSON.stringify(choice)).join(' or '),
      };
    case 'switch':
      return { schema: { type: 'boolean' }, expected: 'true or false' };
    case 'stack-name':
      return STACK_NAME;
    case 'email':
      return {
        schema: nullOr(EMAIL_ADDRESS.source),
        expected: 'an e-mail address, or null for nobody',
      };
    case 'web-address':
      return {
        schema: nullOr('^https?://\\S+$'),
        expected: 'a web address, or null for the dashboard',
      };
    default:
      throw new Error(`A settings file holds no ${definition.kind}`);
  }
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
