import { DEFINITIONS } from './definitions.ts';

type Definitions = typeof DEFINITIONS;

export type SettingName = keyof Definitions;

// As the file writes it.
type Value<Definition> = Definition extends { kind: 'integer'; zero: infer Zero }
  ? number | Zero
  : Definition extends { kind: 'integer' }
    ? number
    : Definition extends { kind: 'choice'; choices: readonly (infer Choice)[] }
      ? Choice
      : Definition extends { kind: 'origins' }
        ? '*' | readonly string[]
        : Definition extends { kind: 'counters' | 'watched-counters' }
          ? readonly string[]
          : Definition extends { kind: 'derived-integer' }
            ? number | null
            : Definition extends { kind: 'switch' }
              ? boolean
              : Definition extends { kind: 'stack-name' }
                ? string
                : string | null;

/** What a deployment decides about its counter, as its settings file has it. */
export type CounterSettings = { readonly [Name in SettingName]: Value<Definitions[Name]> };

/** The settings by name, in the order of the file and of the documentation. */
export const SETTING_NAMES = Object.keys(DEFINITIONS) as SettingName[];

/** The value of each setting that a file leaves out; they are also the defaults of the construct. */
export const DEFAULTS = Object.fromEntries(
  SETTING_NAMES.map((name) => [name, DEFINITIONS[name].default]),
) as CounterSettings;

export const isSettingName = (name: string): name is SettingName =>
  Object.hasOwn(DEFINITIONS, name);
