/** How a text may be linked to other files, told from the text alone, before it is parsed. */
export interface LinkHints {
  /** It may nest other templates. */
  readonly nests: boolean;
  /** It may have outputs that others use. */
  readonly exports: boolean;
  /** It may use outputs of others. */
  readonly imports: boolean;
  /** It may include other files. */
  readonly includes: boolean;
}

/** Looks for the words without which there can be no link, so that most files are never parsed for it. */
export function linkHints(text: string): LinkHints {
  const nests = text.includes('AWS::CloudFormation::Stack') || text.includes('AWS::Serverless::Application');
  return {
    nests,
    exports: text.includes('Outputs') && (nests || text.includes('AWS::EC2::VPC')),
    imports: text.includes('ImportValue') || text.includes('GetStackOutput'),
    includes: text.includes('AWS::Include'),
  };
}

export function isLinked({ nests, exports, imports, includes }: LinkHints): boolean {
  return nests || exports || imports || includes;
}
