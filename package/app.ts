import { runApp } from '../infra/app/run-app.ts';

// The bundles of the functions are part of the package, and cdk-nag checked the stack of a checkout.
runApp();
