import { App, CfnElement, type Stack } from 'aws-cdk-lib';
import { addCounterStack } from '../app/counter-stack.ts';
import { FEATURE_FLAGS } from '../app/feature-flags.ts';
import { type CounterSettings, DEFAULTS } from '../settings/counter-settings.ts';
import type { Template } from '../settings/template.ts';

/** What a template has to observe a counter, and what it needs to be understood. */
export interface ObservedResources {
  readonly Resources: Readonly<Record<string, unknown>>;
  readonly Conditions: Readonly<Record<string, unknown>>;
  /** The path of each construct in that of the counter, such as `Tables/Counts`, by its logical id. */
  readonly paths: Readonly<Record<string, string>>;
}

// Rules call the functions that emit metrics, and the stage says what the access log contains.
const TYPES: ReadonlySet<string> = new Set([
  ...['AWS::CloudWatch::Alarm', 'AWS::CloudWatch::Dashboard', 'AWS::Logs::MetricFilter'],
  ...['AWS::Events::Rule', 'AWS::ApiGatewayV2::Stage'],
]);

/** What the local run observes, as the template of a stack with these settings has it. Writes to `folder`. */
export const observedResources = (
  settings: Partial<CounterSettings>,
  { folder, bundleFolder }: { readonly folder: string; readonly bundleFolder: string },
): ObservedResources => {
  const app = new App({
    ...{ postCliContext: FEATURE_FLAGS, analyticsReporting: false, outdir: folder },
    // It takes a second, and tests check the whole template.
    builtinCloudFormationValidation: false,
  });
  return observedResourcesOf(addCounterStack(app, { ...DEFAULTS, ...settings }, bundleFolder));
};

/** What the local run observes of a stack with a construct `Counter`. Synthesizes the app of the stack. */
export const observedResourcesOf = (stack: Stack): ObservedResources => {
  const assembly = (stack.node.root as App).synth();
  const template: Template = assembly.getStackArtifact(stack.artifactId).template;
  const observed = Object.entries(template.Resources ?? {}).filter(([, { Type }]) =>
    TYPES.has(Type),
  );
  return {
    Resources: Object.fromEntries(observed),
    Conditions: template.Conditions ?? {},
    paths: pathsIn(stack),
  };
};

const pathsIn = (stack: Stack): Record<string, string> =>
  Object.fromEntries(
    stack.node
      .findAll()
      .filter((element) => CfnElement.isCfnElement(element))
      .map((element) => [stack.resolve(element.logicalId), pathOf(element)]),
  );

// STACK/Counter/Tables/Counts/Resource
const pathOf = ({ node }: CfnElement): string =>
  node.path.replace(/^[^/]+\/Counter\//, '').replace(/\/Resource$/, '');
