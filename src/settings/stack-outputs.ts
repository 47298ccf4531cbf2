/** The outputs of a stack by which the operator's commands find its counter. */
export const OUTPUT = {
  sessionsTable: 'SessionsTable',
  countsTable: 'CountsTable',
  /** The settings of all functions but the tables' names, as one JSON object. */
  settings: 'Settings',
} as const;
