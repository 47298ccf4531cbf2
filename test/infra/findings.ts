import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Stack, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { expect } from 'vitest';
import { whileSynthesized } from './synthesize.ts';

interface Report {
  readonly pluginReports: { readonly violations: { readonly ruleName: string }[] }[];
}

/**
 * The rules of cdk-nag and of CloudFormation that are broken and not acknowledged. The app of the
 * stack must check the rules.
 */
export const findingsIn = (stack: Stack): string[] =>
  whileSynthesized(stack, (app) => {
    Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
    const failure = failureOf(() => app.synth());
    const text = readFileSync(join(app.outdir, 'validation-report.json'), 'utf8');
    const { pluginReports }: Report = JSON.parse(text);
    const rules = pluginReports.flatMap(({ violations }) => violations.map((v) => v.ruleName));
    expect(failure !== undefined).toBe(rules.length > 0);
    return rules;
  });

const failureOf = (work: () => unknown): unknown => {
  try {
    work();
    return undefined;
  } catch (error) {
    return error;
  }
};
