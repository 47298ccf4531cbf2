import type { Construct } from 'constructs';
import type { SessionCounterProps } from '../../../infra/props/session-counter-props.ts';
import { SessionCounter as Original } from '../../../infra/session-counter.ts';

/** The construct of this checkout, with the bundles in the folder that the environment names. */
export class SessionCounter extends Original {
  constructor(scope: Construct, id: string, props: SessionCounterProps = {}) {
    super(scope, id, { bundleFolder: process.env.BUNDLE_FOLDER ?? '', ...props });
  }
}
