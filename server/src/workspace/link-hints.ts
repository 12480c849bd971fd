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

/**
 * Looks for the words without which there can be no link, so that most files are never parsed for it.
 *
 * @param mentions Whether the text has that word.
 */
export function linkHints(mentions: (word: string) => boolean): LinkHints {
  const nests = mentions('AWS::CloudFormation::Stack') || mentions('AWS::Serverless::Application');
  return {
    nests,
    exports: mentions('Outputs') && (nests || mentions('AWS::EC2::VPC')),
    imports: mentions('ImportValue') || mentions('GetStackOutput'),
    includes: mentions('AWS::Include'),
  };
}

/** All words but those of exports, which are looked for at once: in most texts there is none of them. */
const linkingWord =
  /AWS::(?:CloudFormation::Stack|Serverless::Application|Include)|ImportValue|GetStackOutput/;

/** The hints in a text. */
export function linkHintsIn(text: string): LinkHints {
  const isThere = linkingWord.test(text);
  return linkHints((word) => (isThere || !linkingWord.test(word)) && text.includes(word));
}

export function isLinked({ nests, exports, imports, includes }: LinkHints): boolean {
  return nests || exports || imports || includes;
}

export function isSameHints(one: LinkHints, other: LinkHints): boolean {
  return (
    one.nests === other.nests &&
    one.exports === other.exports &&
    one.imports === other.imports &&
    one.includes === other.includes
  );
}
