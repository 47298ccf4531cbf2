import type { SessionCounterProps } from '../../../../infra/props/session-counter-props.ts';
import type { Environment } from '../../../../src/settings/readers.ts';
import type { ObservedCounter } from '../../../support/observed-counter.ts';

/** What makes an alarm go off, and what ends it, on the clock of an observed counter. */
export interface AlarmCause {
  /** The name of the alarm in the table of alarms. */
  readonly alarm: string;
  /** What happens, as the end of the name of a test. */
  readonly what: string;
  /** Those of the deployment whose alarms are evaluated. */
  readonly props?: SessionCounterProps;
  /** The settings of the functions. */
  readonly env?: () => Promise<Environment>;
  /** Afterwards the alarm goes off within an hour. */
  readonly begin: (counter: ObservedCounter) => Promise<void>;
  /** Afterwards the alarm ends within an hour. */
  readonly end: (counter: ObservedCounter) => Promise<void>;
  /** A part of the reason that the alarm then has: the values that breach. */
  readonly reason: string;
}
