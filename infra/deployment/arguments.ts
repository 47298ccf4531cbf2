import { parseArgs } from 'node:util';
import { distance } from 'fastest-levenshtein';
import { SETTING_NAMES } from '../settings/counter-settings.ts';
import { DEFAULT_FILE } from '../settings/settings-file.ts';
import { Refusal } from './refusal.ts';

/** The arguments of `deploy`, `synth` or `destroy`. */
export interface CommandArguments {
  /** The settings file. */
  readonly file: string;
  /** The names given with `--change`, for `deploy`. */
  readonly changes: readonly string[];
  /** The stack given with `--confirm`, for `destroy`. */
  readonly confirm: string | undefined;
  readonly profile: string | undefined;
  readonly region: string | undefined;
  /** The output folder for templates. */
  readonly output: string;
  /** Context values, each `key=value`. */
  readonly context: readonly string[];
  readonly isHelp: boolean;
  /** The arguments to pass on to the `cdk` command: all except our own. */
  readonly forCdk: readonly string[];
}

const OPTIONS = {
  settings: { type: 'string' },
  change: { type: 'string', multiple: true },
  confirm: { type: 'string' },
  profile: { type: 'string' },
  region: { type: 'string' },
  output: { type: 'string', short: 'o' },
  context: { type: 'string', short: 'c', multiple: true },
} as const;

const HELP = { help: { type: 'boolean', short: 'h' } } as const;

// Each command passes the output folder itself, because a cdk.json can name another one.
const OWN = ['settings', 'change', 'confirm', 'output'];

/**
 * Parses the arguments. Throws a Refusal when one of our options is misspelt or has no value: the
 * `cdk` command would ignore it or misread it.
 */
export const parseArguments = (args: readonly string[]): CommandArguments => {
  // Strict mode would reject the options of the CDK.
  const config = {
    args: [...args],
    options: { ...OPTIONS, ...HELP },
    strict: false,
    tokens: true,
  } as const;
  const { values, positionals, tokens } = parseArgs(config);
  const options = tokens.filter((token) => token.kind === 'option');
  for (const option of options) checkOption(option);
  const own = options.filter(({ name }) => OWN.includes(name)).flatMap(placesOf);
  const contexts = [...(values.context ?? []), ...positionals.filter((text) => text.includes('='))];
  return {
    file: textOf(values.settings) ?? DEFAULT_FILE,
    changes: (values.change ?? []).map(String),
    confirm: textOf(values.confirm),
    isHelp: values.help === true,
    profile: textOf(values.profile),
    region: textOf(values.region),
    output: textOf(values.output) ?? 'cdk.out',
    // The CDK accepts several values after one -c.
    context: contexts.map(String),
    forCdk: args.filter((_, place) => !own.includes(place)),
  };
};

interface OptionToken {
  readonly name: string;
  readonly rawName: string;
  readonly index: number;
  readonly value?: string | undefined;
  readonly inlineValue?: boolean | undefined;
}

const checkOption = (option: OptionToken): void => {
  const { name, rawName } = option;
  if (Object.hasOwn(OPTIONS, name) && lacksValue(option)) {
    throw new Refusal(`${rawName} needs a value`);
  }
  const meant = OWN.find((own) => own !== name && distance(own, name) <= 2);
  if (meant) throw new Refusal(`There is no option ${rawName}; did you mean --${meant}?`);
  // The cdk command ignores options that it does not know.
  const setting = SETTING_NAMES.find((known) => known.toLowerCase() === spellingOf(name));
  if (setting)
    throw new Refusal(`${rawName} is not an option: write ${setting} into the settings file`);
};

const spellingOf = (name: string): string => name.replaceAll('-', '').toLowerCase();

// A value that begins with a dash is the next option.
const lacksValue = ({ value, inlineValue }: OptionToken): boolean =>
  !value || (!inlineValue && value.startsWith('-'));

const placesOf = ({ index, inlineValue }: OptionToken): number[] =>
  inlineValue ? [index] : [index, index + 1];

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' ? value : undefined;

const KEPT_BY_NPM = [...Object.keys(OPTIONS), 'call'];

/**
 * Throws a Refusal when npm took an option that was meant for the command, because there was no `--`
 * before it: `npm run deploy -c …` or `npm run deploy --settings …`. npx takes none.
 */
export const checkKeptByNpm = (env: NodeJS.ProcessEnv, script: string): void => {
  if (env.npm_lifecycle_event !== script) return;
  const kept = KEPT_BY_NPM.find((name) => env[`npm_config_${name}`]);
  if (kept === undefined) return;
  const option = kept === 'call' ? '-c' : `--${kept}`;
  throw new Refusal(
    `npm took ${option} as its own option. Put -- before it: npm run ${script} -- ${option} …`,
  );
};
