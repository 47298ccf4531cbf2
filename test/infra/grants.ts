import { expect } from 'vitest';
import type { Synthesis } from './synthesize.ts';

interface Statement {
  readonly Effect: string;
  readonly Action: string | string[];
  readonly Resource: string;
  readonly Condition?: object;
}

interface Role {
  readonly Policies: { readonly PolicyDocument: { readonly Statement: Statement[] } }[];
}

/** What a function may do, one line per action, such as `Allow dynamodb:GetItem Tables/Counts.Arn`. */
export const grantsOf = (synthesis: Synthesis, name: string): string[] =>
  grantsOfRole(synthesis, `Functions/${name}/Role`);

/** What the role at `path` allows, one line per action. */
export const grantsOfRole = (synthesis: Synthesis, path: string): string[] =>
  synthesis
    .properties<Role>('AWS::IAM::Role', path)
    .Policies.flatMap((policy) => policy.PolicyDocument.Statement)
    .flatMap(({ Effect, Action, Resource, Condition, ...rest }) => {
      expect(rest).toEqual({});
      const only = Condition ? ` if ${JSON.stringify(Condition)}` : '';
      return [Action].flat().map((action) => `${Effect} ${action} ${Resource}${only}`);
    });
