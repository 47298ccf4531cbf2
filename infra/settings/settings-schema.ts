import { SETTING_NAMES } from './counter-settings.ts';
import { DEFINITIONS } from './definitions.ts';
import { describeValues } from './describe-values.ts';

/** The JSON schema of a settings file, with which editors complete it. */
export const settingsSchema = () => ({
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'The settings of a deployed session-counter',
  type: 'object',
  additionalProperties: false,
  properties: {
    $schema: { type: 'string' },
    ...Object.fromEntries(
      SETTING_NAMES.map((name) => [
        name,
        {
          description: DEFINITIONS[name].meaning,
          default: DEFINITIONS[name].default,
          ...describeValues(DEFINITIONS[name]).schema,
        },
      ]),
    ),
  },
});
