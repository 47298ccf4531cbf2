/** What the stack says of itself; by it `npm run deploy` tells a counter from any other stack. */
export const STACK_DESCRIPTION = 'An exact, private visitor counter';
