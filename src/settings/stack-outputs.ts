/** The outputs of a stack that the operator's commands read to find its counter. */
export const OUTPUT = {
  sessionsTable: 'SessionsTable',
  countsTable: 'CountsTable',
  /** The settings of all functions, except for the names of the tables, as one JSON object. */
  settings: 'Settings',
} as const;
