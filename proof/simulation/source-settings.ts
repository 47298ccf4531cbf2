import { EVENT_SOURCE } from '../../src/tables/event-source-settings.ts';

/** The event source settings that the model follows: those of the deployed mapping, or broken ones. */
export type SourceSettings = {
  readonly [Name in keyof Proof]: Proof[Name] extends number
    ? number
    : Proof[Name] extends string
      ? string
      : boolean;
};
type Proof = typeof EVENT_SOURCE.proof;

/** The settings of the deployed mapping. */
export const DEPLOYED: SourceSettings = EVENT_SOURCE.proof;
