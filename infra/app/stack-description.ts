/** The description of the stack, by which `deploy` recognises a counter. */
export const STACK_DESCRIPTION = 'An exact, private visitor counter';
