import { UsageError } from '../command-error.ts';
import type { parseOptions } from '../options.ts';

/** The options that name a source of rows. */
export const SOURCE_OPTIONS = {
  'from-table': { type: 'string' },
  'from-profile': { type: 'string' },
  'from-region': { type: 'string' },
  'from-endpoint': { type: 'string' },
  'from-file': { type: 'string', multiple: true },
} as const;

/** The help of these options. */
export const SOURCE_HELP = `  --from-table TABLE    a table in the target's account and region, unless one of these is given:
  --from-profile NAME   a profile of the AWS CLI
  --from-region REGION  such as eu-central-1
  --from-endpoint URL   such as http://localhost:8000
  --from-file PATH      the output of aws dynamodb scan, a DynamoDB export, or lines of JSON or
                        DynamoDB JSON, all with or without gzip; or a folder of such files`;

type SourceValues = ReturnType<typeof parseOptions<typeof SOURCE_OPTIONS>>;

/** A source of rows: a table and its location, or files. */
export type SourceOptions =
  | { readonly table: string; readonly location: SourceLocation }
  | { readonly paths: readonly string[] };

/** Where a table is, if not in the target's account and region. */
export interface SourceLocation {
  readonly profile?: string;
  readonly region?: string;
  readonly endpoint?: string;
}

/** Parses these options. Throws a UsageError if none is given, or some contradict each other. */
export const parseSource = (values: SourceValues): SourceOptions => {
  const { 'from-table': table, 'from-file': paths } = values;
  const location = parseSourceLocation(values);
  if ((table === undefined) === (paths === undefined)) {
    throw new UsageError('Either --from-table OLD or --from-file PATH is required');
  }
  if (table !== undefined) return { table, location };
  if (Object.keys(location).length === 0) return { paths: paths ?? [] };
  throw new UsageError('--from-profile, --from-region and --from-endpoint require --from-table');
};

const parseSourceLocation = (values: SourceValues): SourceLocation => {
  const { 'from-profile': profile, 'from-region': region, 'from-endpoint': endpoint } = values;
  if (endpoint !== undefined && !/^https?:\/\//.test(endpoint)) {
    throw new UsageError(`--from-endpoint must be a URL, but it is "${endpoint}"`);
  }
  return {
    ...(profile === undefined ? {} : { profile }),
    ...(region === undefined ? {} : { region }),
    ...(endpoint === undefined ? {} : { endpoint }),
  };
};
