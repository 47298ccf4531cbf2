import { resourcesOf, type Template } from '../../infra/settings/template.ts';
import { type DeployedFunction, listDeployedFunctions } from '../deployment/deployed-functions.ts';
import { resolverOf } from '../deployment/local-references.ts';
import { parseStatement, type Statement } from './statement.ts';

/** A function with what its role allows. */
export interface PermittedFunction extends DeployedFunction {
  readonly statements: readonly Statement[];
}

interface Policies {
  readonly Policies: readonly {
    readonly PolicyDocument: {
      readonly Statement: readonly Parameters<typeof parseStatement>[0][];
    };
  }[];
  readonly ManagedPolicyArns?: unknown;
}

/** The functions of a template. Throws an Error for a role with policies that are not in it. */
export const listPermittedFunctions = (template: Template): PermittedFunction[] =>
  listDeployedFunctions(template).map((deployed) => ({
    ...deployed,
    statements: statementsOf(template, deployed.role),
  }));

const statementsOf = (template: Template, role: string): Statement[] => {
  const properties = template.Resources?.[role]?.Properties;
  const { Policies, ManagedPolicyArns } = resolverOf(template)(properties) as Policies;
  const others = ['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy'].flatMap((type) =>
    resourcesOf(template, type).filter(([, policy]) => JSON.stringify(policy).includes(role)),
  );
  if (ManagedPolicyArns !== undefined || others.length > 0) {
    throw new Error(`${role} must have inline policies only, which can be evaluated here`);
  }
  return Policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement.map(parseStatement));
};
