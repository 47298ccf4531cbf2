import { resourcesOf, type Template } from '../../infra/settings/template.ts';
import { resolverOf } from './local-references.ts';

/** A function as a template describes it, with all references resolved. */
export interface DeployedFunction {
  /** The name of its bundle. */
  readonly name: string;
  /** The folder that is deployed. */
  readonly folder: string;
  /** The module and its export, such as `index.handler`. */
  readonly handler: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly timeoutSeconds: number;
  readonly memoryMegabytes: number;
  readonly logGroup: string;
  /** The logical id of its role. */
  readonly role: string;
}

interface FunctionProperties {
  readonly Description: string;
  readonly Handler: string;
  readonly Role: { readonly 'Fn::GetAtt': readonly [role: string, attribute: 'Arn'] };
  readonly Environment?: { readonly Variables: Readonly<Record<string, string>> };
  readonly Timeout: number;
  readonly MemorySize: number;
  readonly LoggingConfig: { readonly LogGroup: string };
}

const PREFIX = 'session-counter ';

/**
 * The functions of a template whose assets are not staged. Throws a CloudWatchError for a reference that cannot be
 * resolved here.
 */
export const listDeployedFunctions = (template: Template): DeployedFunction[] => {
  const resolve = resolverOf(template);
  return resourcesOf(template, 'AWS::Lambda::Function').map(([, { Metadata, Properties }]) => {
    const { Role, ...others } = Properties as unknown as FunctionProperties;
    const resolved = resolve(others) as Omit<FunctionProperties, 'Role'>;
    return {
      name: resolved.Description.slice(PREFIX.length),
      folder: String(Metadata?.['aws:asset:path']),
      handler: resolved.Handler,
      environment: resolved.Environment?.Variables ?? {},
      timeoutSeconds: resolved.Timeout,
      memoryMegabytes: resolved.MemorySize,
      logGroup: resolved.LoggingConfig.LogGroup,
      role: Role['Fn::GetAtt'][0],
    };
  });
};
