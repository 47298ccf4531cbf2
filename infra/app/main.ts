import { Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { writeBundles } from '../bundling/bundles.ts';
import { runApp } from './run-app.ts';

await writeBundles();
runApp((app) => Validations.of(app).addPlugins(new AwsSolutionsChecks(app)));
