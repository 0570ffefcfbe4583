/** A CloudFormation template as far as the CDK and Amplify write one. */
export interface Template {
  readonly Parameters?: Readonly<Record<string, TemplateParameter>>;
  readonly Mappings?: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;
  readonly Conditions?: Readonly<Record<string, unknown>>;
  readonly Resources?: Readonly<Record<string, TemplateResource>>;
  readonly Outputs?: Readonly<Record<string, TemplateOutput>>;
  readonly Metadata?: Readonly<Record<string, unknown>>;
}

export interface TemplateParameter {
  readonly Type: string;
  readonly Default?: unknown;
}

export interface TemplateResource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly Condition?: string;
  readonly Metadata?: Readonly<Record<string, unknown>>;
}

export interface TemplateOutput {
  readonly Value: unknown;
  readonly Condition?: string;
}

/** Sections that change nothing once a template runs on one machine: prose, and checks of the deploying account. */
const SECTIONS_READ = ['Parameters', 'Mappings', 'Conditions', 'Resources', 'Outputs', 'Metadata'];
const SECTIONS_WITHOUT_EFFECT = ['AWSTemplateFormatVersion', 'Description', 'Rules'];

/** What in `template` is more than this reader understands, `Transform` for example. */
export function unknownSections(template: Template): string[] {
  const known = new Set([...SECTIONS_READ, ...SECTIONS_WITHOUT_EFFECT]);
  return Object.keys(template).filter((section) => !known.has(section));
}
