import type { EventSourceMapping } from './event-source-mapping.ts';

/** An event source mapping that can be disabled and enabled, as with UpdateEventSourceMapping of Lambda. */
export interface SwitchableMapping {
  readonly state: () => 'Disabled' | 'Enabled';
  /** Continues where the delivery stopped. Does nothing if it is enabled. */
  readonly enable: () => void;
  /** Resolves when nothing is delivered any more. Never rejects. Safe to repeat. */
  readonly disable: () => Promise<void>;
}

/** An enabled mapping; `start` is called now, and each time that it is enabled again. */
export const startSwitchableMapping = (start: () => EventSourceMapping): SwitchableMapping => {
  let running: EventSourceMapping | undefined = start();
  return {
    state: () => (running ? 'Enabled' : 'Disabled'),
    enable: () => {
      running ??= start();
    },
    disable: async () => {
      const stopping = running?.stop();
      running = undefined;
      await stopping;
    },
  };
};
