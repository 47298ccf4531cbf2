/** The parts of a CloudFormation template that this repository reads. */
export interface Template {
  readonly Description?: string;
  readonly Metadata?: Readonly<Record<string, unknown>>;
  readonly Conditions?: Readonly<Record<string, unknown>>;
  readonly Resources?: Readonly<Record<string, TemplateResource>>;
}

export interface TemplateResource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly Metadata?: Readonly<Record<string, unknown>>;
  readonly DeletionPolicy?: string;
}

/** The resources of one type, with their logical ids. */
export const resourcesOf = (
  { Resources = {} }: Template,
  type: string,
): (readonly [id: string, TemplateResource])[] =>
  Object.entries(Resources).filter(([, { Type }]) => Type === type);
