import { resourcesOf, type Template } from '../../infra/settings/template.ts';
import { resolveReferences } from './resolve-references.ts';

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
}

interface FunctionProperties {
  readonly Description: string;
  readonly Handler: string;
  readonly Environment?: { readonly Variables: Readonly<Record<string, string>> };
  readonly Timeout: number;
  readonly MemorySize: number;
}

const PREFIX = 'session-counter ';

/** The functions of a template whose assets are not staged. Throws an Error for a reference that is not known. */
export const listDeployedFunctions = (template: Template): DeployedFunction[] =>
  resourcesOf(template, 'AWS::Lambda::Function').map(([, { Metadata, Properties }]) => {
    const { Description, Handler, Environment, Timeout, MemorySize } =
      Properties as unknown as FunctionProperties;
    return {
      name: Description.slice(PREFIX.length),
      folder: String(Metadata?.['aws:asset:path']),
      handler: Handler,
      environment: resolveReferences(template, Environment?.Variables ?? {}) as Record<
        string,
        string
      >,
      ...{ timeoutSeconds: Timeout, memoryMegabytes: MemorySize },
    };
  });
