import { join } from 'node:path';
import { resourcesOf, type Template } from '../../infra/settings/template.ts';
import { resolveReferences } from './resolve-references.ts';
import { parseStatement, type Statement } from './statement.ts';

/** A function as a template describes it, with all references resolved. */
export interface DeployedFunction {
  /** The name of its bundle. */
  readonly name: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly logGroup: string;
  /** What its role allows. */
  readonly statements: readonly Statement[];
  /** The file with the handler, and its export. */
  readonly file: string;
  readonly exported: string;
}

interface FunctionProperties {
  readonly Description: string;
  readonly Handler: string;
  readonly Role: { readonly 'Fn::GetAtt': readonly [role: string, attribute: 'Arn'] };
  readonly Environment?: { readonly Variables: Readonly<Record<string, string>> };
  readonly LoggingConfig: { readonly LogGroup: string };
}

interface Policies {
  readonly Policies: readonly {
    readonly PolicyDocument: {
      readonly Statement: readonly Parameters<typeof parseStatement>[0][];
    };
  }[];
  readonly ManagedPolicyArns?: unknown;
}

const PREFIX = 'session-counter ';

/** The functions of a template. Throws an Error for a role with policies that are not in it. */
export const listDeployedFunctions = (template: Template): DeployedFunction[] =>
  resourcesOf(template, 'AWS::Lambda::Function').map(([, { Metadata, Properties }]) => {
    const { Role, ...others } = Properties as unknown as FunctionProperties;
    const resolved = resolveReferences(template, others) as Omit<FunctionProperties, 'Role'>;
    const { Description, Handler, Environment, LoggingConfig } = resolved;
    const [module = '', exported = ''] = Handler.split('.');
    return {
      name: Description.slice(PREFIX.length),
      environment: Environment?.Variables ?? {},
      logGroup: LoggingConfig.LogGroup,
      statements: statementsOf(template, Role['Fn::GetAtt'][0]),
      file: join(String(Metadata?.['aws:asset:path']), `${module}.mjs`),
      exported,
    };
  });

const statementsOf = (template: Template, role: string): Statement[] => {
  const properties = template.Resources?.[role]?.Properties;
  const { Policies, ManagedPolicyArns } = resolveReferences(template, properties) as Policies;
  const others = ['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy'].flatMap((type) =>
    resourcesOf(template, type).filter(([, policy]) => JSON.stringify(policy).includes(role)),
  );
  if (ManagedPolicyArns !== undefined || others.length > 0) {
    throw new Error(`${role} must have inline policies only, which can be evaluated here`);
  }
  return Policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement.map(parseStatement));
};
