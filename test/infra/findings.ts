import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type App, type Stack, Stage, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { expect } from 'vitest';

interface Report {
  readonly pluginReports: { readonly violations: { readonly ruleName: string }[] }[];
}

/** The rules of cdk-nag and of CloudFormation that are broken and not acknowledged. */
export const findingsIn = (stack: Stack): string[] => {
  const app = Stage.of(stack) as App;
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  let failure: unknown;
  try {
    app.synth();
  } catch (error) {
    failure = error;
  }
  const text = readFileSync(join(app.outdir, 'validation-report.json'), 'utf8');
  const { pluginReports }: Report = JSON.parse(text);
  const rules = pluginReports.flatMap(({ violations }) => violations.map((v) => v.ruleName));
  expect(failure !== undefined).toBe(rules.length > 0);
  return rules;
};
