import type { SessionCounterProps } from '../../infra/props/session-counter-props.ts';
import { addCounter, emptyStack, templateOf } from './synthesize.ts';

const COUNTERS = Array.from({ length: 31 }, (_, number) => `${number}`.padStart(64, 'c'));

/** Every feature, and every text and list as long as it may be. */
const LARGEST: SessionCounterProps = {
  ...{ name: 'n'.repeat(64), counters: [...COUNTERS, 'p/*'], watch: COUNTERS.slice(0, 10) },
  ...{ legacyRoute: true, alarmEmail: 'me@example.com', digest: 'weekly' },
  throttle: { ratePerSecond: 10_000, burst: 5_000 },
  runbookUrl: `https://${'r'.repeat(200)}`,
  allowedOrigins: Array.from({ length: 11 }, (_, at) => `https://${at}${'o'.repeat(50)}.example`),
};

/** The smallest deployment, and the largest. */
export const DEPLOYMENTS = [
  { name: 'the defaults', props: {} },
  { name: 'everything', props: LARGEST },
];

type Values = Readonly<Record<string, unknown>>;

interface Template {
  readonly Resources: Readonly<
    Record<string, { readonly Type: string; readonly Properties: Values }>
  >;
  readonly Outputs: Values;
}

// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
const STACK_NAME = 's'.repeat(128);

const PSEUDO_PARAMETERS: Readonly<Record<string, string>> = {
  ...{ 'AWS::AccountId': '111122223333', 'AWS::Partition': 'aws-us-gov' },
  ...{ 'AWS::Region': 'ap-southeast-1', 'AWS::StackName': STACK_NAME },
  'AWS::URLSuffix': 'amazonaws.com',
};

/** A template of a counter, with all references as long as a deployment can make them. */
export const longestTemplate = (props: SessionCounterProps): Template => {
  const stack = emptyStack();
  addCounter(stack, props);
  const template = templateOf(stack).toJSON() as Template;
  return spellOut(template, template) as Template;
};

// The generated names of functions are shorter than those of others.
// https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html
const nameOf = ({ Resources }: Template, id: string): string =>
  PSEUDO_PARAMETERS[id] ??
  (Resources[id]?.Type === 'AWS::Lambda::Function'
    ? id.padEnd(64, 'f')
    : `${STACK_NAME}-${id}-1A2B3C4D5E6F`);

const spellOut = (template: Template, value: unknown): unknown => {
  if (Array.isArray(value)) return value.map((one) => spellOut(template, one));
  if (typeof value !== 'object' || value === null) return value;
  const { Ref, 'Fn::GetAtt': attribute, 'Fn::Join': join } = value as Values;
  if (typeof Ref === 'string') return nameOf(template, Ref);
  if (Array.isArray(attribute)) {
    return `arn:aws-us-gov:service:ap-southeast-1:111122223333:table/${nameOf(template, attribute[0])}`;
  }
  if (Array.isArray(join)) return (spellOut(template, join[1]) as string[]).join(join[0]);
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, spellOut(template, inner)]),
  );
};

/** The properties of the resources of a type, by logical id. */
export const propertiesOf = ({ Resources }: Template, type: string): [id: string, Values][] =>
  Object.entries(Resources)
    .filter(([, resource]) => resource.Type === type)
    .map(([id, { Properties }]) => [id, Properties]);
