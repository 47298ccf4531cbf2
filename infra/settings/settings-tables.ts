import {
  COUNTERS_MAX_LENGTH,
  HASH_KEY_MIN_LENGTH,
  WATCHED_MAX,
} from '../../src/settings/allowed-values.ts';
import { type Definition, SETTINGS, VARIABLE_NAMES } from '../../src/settings/definitions.ts';
import { SETTING_NAMES } from './counter-settings.ts';
import { DEFINITIONS } from './definitions.ts';
import { describeValues } from './describe-values.ts';

/** The settings of the functions as a Markdown table, for README.md. */
export const variablesTable = (): string =>
  formatTable(
    ['setting', 'default', 'values', 'meaning'],
    VARIABLE_NAMES.map((name) => {
      const definition: Definition = SETTINGS[name];
      const values = describeVariable(definition);
      return [code(name), describeDefault(definition), values, definition.meaning];
    }),
  );

/** The settings of a deployment as a Markdown table, for docs/deploying.md. */
export const fileTable = (): string =>
  formatTable(
    ['setting', 'default', 'values', 'meaning'],
    SETTING_NAMES.map((name) => {
      const { default: value, meaning } = DEFINITIONS[name];
      const { expected } = describeValues(DEFINITIONS[name]);
      return [code(name), code(JSON.stringify(value)), expected, meaning];
    }),
  );

const describeDefault = (definition: Definition): string => {
  if ('localDefault' in definition) {
    return `none; with \`npm start\` ${code(definition.localDefault)}`;
  }
  // The default of a list may be empty.
  const text = 'default' in definition ? String(definition.default) : '';
  return text === '' ? 'none' : code(text);
};

// As an environment variable, whose text the readers in src/settings parse.
const describeVariable = (definition: Definition): string => {
  switch (definition.kind) {
    case 'integer': {
      const { min, max, zero } = definition;
      return `${min} to ${max}${zero === undefined ? '' : `; 0 is ${zero}`}`;
    }
    case 'origins':
      return '`*` or comma-separated origins';
    case 'counters':
      return `names and patterns, separated by commas; at most ${COUNTERS_MAX_LENGTH} characters`;
    case 'watched-counters':
      return `1 to ${WATCHED_MAX} names, separated by commas`;
    case 'choice':
      return definition.choices.map(code).join(' or ');
    case 'switch':
      return '`true` or `false`';
    case 'former-shards':
      return '`none`, or for example `4 until 2026-11-28T13:00:00.000Z`';
    case 'table-name':
      return 'the name of a table';
    case 'counter-name':
      return '1 to 64 letters, digits, `_` or `-`';
    case 'secret':
      return definition.values ?? `${HASH_KEY_MIN_LENGTH} characters or more`;
    case 'text':
      return definition.values ?? 'an id';
  }
};

const code = (text: string): string => `\`${text}\``;

const formatTable = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |\n`).join('');
