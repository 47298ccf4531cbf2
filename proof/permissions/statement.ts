/** Conditions by operator and key. */
export type Conditions = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** A statement of an identity policy that allows something. */
export interface Statement {
  readonly Effect: 'Allow';
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?: Conditions;
}

interface WrittenStatement {
  readonly Effect: string;
  readonly Action?: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly Condition?: Conditions;
}

/** One action on one resource that a statement allows. */
export interface Grant {
  readonly action: string;
  readonly resource: string;
  readonly condition: Conditions | undefined;
}

/**
 * A statement as a template has it, with lists of actions and resources. Throws an Error when it has another form,
 * which the narrowing of policies could not narrow: a denial, NotAction or NotResource.
 */
export const parseStatement = (written: WrittenStatement): Statement => {
  const { Effect, Action, Resource, Condition, ...rest } = written;
  if (Effect !== 'Allow' || !Action || !Resource || Object.keys(rest).length > 0) {
    throw new Error(
      `A statement must allow actions on resources, but it is ${JSON.stringify(written)}`,
    );
  }
  const lists = { Action: [Action].flat(), Resource: [Resource].flat() } as const;
  return { Effect, ...lists, ...(Condition && { Condition }) };
};

/** What a statement allows, one by one. */
export const grantsOf = ({ Action, Resource, Condition }: Statement): Grant[] =>
  Action.flatMap((action) =>
    Resource.map((resource) => ({ action, resource, condition: Condition })),
  );

/** A statement that allows one thing. */
export const statementOf = ({ action, resource, condition }: Grant): Statement => ({
  Effect: 'Allow',
  ...{ Action: [action], Resource: [resource] },
  ...(condition && { Condition: condition }),
});

/** Formats a grant for a message. */
export const describeGrant = ({ action, resource, condition }: Grant): string =>
  `${action} on ${resource}${condition ? ` if ${JSON.stringify(condition)}` : ''}`;
