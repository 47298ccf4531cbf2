import { EVENT_SOURCE } from '../../src/tables/event-source-settings.ts';

/** The event source settings that the model obeys: those of the deployed mapping, or broken ones. */
export type SourceSettings = {
  readonly [Name in keyof Proof]: Proof[Name] extends number
    ? number
    : Proof[Name] extends string
      ? string
      : boolean;
};
type Proof = typeof EVENT_SOURCE.proof;

/** What is deployed. */
export const DEPLOYED: SourceSettings = EVENT_SOURCE.proof;
