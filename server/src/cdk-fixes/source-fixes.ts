import type { FindingCode } from '../coverage/model.ts';
import type { FlowLogOptions } from '../fixes/options.ts';
import { applyEdits, composeEdits, plainText, type TextEdit } from '../fixes/writer/edits.ts';
import { cfnVpcOffers } from './cfn-vpc.ts';
import { findConstruct, type VpcConstruct } from './find-construct.ts';
import { flowLogsOf } from './flow-logs-of.ts';
import { dialectOf } from './dialects.ts';
import type { SourceLanguage } from './languages.ts';
import { editsOf, type Offer, type SourceFix, type Subject } from './offer.ts';
import { recordsRejected, trafficTypeOffers } from './traffic-type.ts';
import { vpcOffers } from './vpc.ts';

export interface SourceFixRequest {
  readonly language: SourceLanguage;
  readonly text: string;
  /** Where the construct is made: in UTF-16 code units, at the `new` or the beginning of the call. */
  readonly offset: number;
  readonly construct: VpcConstruct;
  readonly code: FindingCode;
  readonly options: FlowLogOptions;
}

/**
 * The fixes for a finding on a VPC in the source that makes it, the one that fits best first. None where the
 * source makes no such construct there, or has what is missing already.
 */
export function sourceFixes(request: SourceFixRequest): readonly SourceFix[] {
  const subject = subjectOf(request);
  if (subject === undefined) return [];
  return offersFor(subject, request).map((offer, index) => ({
    id: offer.id,
    title: offer.title,
    isPreferred: index === 0,
    edits: () => editsOf(offer, subject),
  }));
}

/** A finding, without what all findings of a file share. */
export type SourceFindingPlace = Pick<SourceFixRequest, 'code' | 'construct' | 'offset'>;

/**
 * The edits of the preferred fixes of several findings of one text, in the order of the text. A finding whose fix
 * is refused is left; so is one that another fix has mended already.
 */
export function fixAllInSource(
  { language, text, options }: Pick<SourceFixRequest, 'language' | 'options' | 'text'>,
  findings: readonly SourceFindingPlace[],
): readonly TextEdit[] {
  let edits: readonly TextEdit[] = [];
  let current = text;
  // Each is looked for in the text that the others have led to, since they share imports and names.
  for (const { code, construct, offset } of findings) {
    const moved = movedBy(edits, offset);
    const [fix] = sourceFixes({ language, text: current, options, code, construct, offset: moved });
    const made = fix?.edits();
    if (made?.kind !== 'edit') continue;
    current = applyEdits(current, made.edits);
    edits = composeEdits(edits, made.edits);
  }
  return edits;
}

/** Where a place of the original text is after the edits; none of them replaces it. */
function movedBy(edits: readonly TextEdit[], offset: number): number {
  return edits
    .filter(({ span }) => span.end <= offset)
    .reduce(
      (moved, { span, newText }) => moved + plainText(newText).length - (span.end - span.start),
      offset,
    );
}

function subjectOf({ language, text, offset, construct }: SourceFixRequest): Subject | undefined {
  const dialect = dialectOf(language);
  const source = { text, tree: dialect.parser.parse(text) };
  const bindings = dialect.readBindings(source);
  const found = findConstruct(source, dialect, bindings, offset, construct);
  return found && { source, dialect, bindings, found };
}

function offersFor(subject: Subject, { code, construct, options }: SourceFixRequest): readonly Offer[] {
  const additions = construct === 'Vpc' ? vpcOffers : cfnVpcOffers;
  // What is there already was written after the synthesis.
  switch (code) {
    case 'vpc-no-flow-log':
      return flowLogsOf(subject).length > 0 ? [] : additions(subject, options);
    case 'vpc-flow-log-accept-only':
      return recordsRejected(subject) ? [] : [...trafficTypeOffers(subject), ...additions(subject, options)];
    case 'vpc-flow-log-conditional':
      // A flow log to a place that another one may have is refused by EC2.
      return additions(subject, options).filter(({ id }) => !id.endsWith(':arn'));
    case 'vpc-flow-log-unknown':
    case 'flow-log-target-invalid':
    case 'flow-log-property-invalid':
    case 'flow-log-delivery-denied':
    case 'log-group-no-retention':
    case 'suppression-unused':
    case 'suppression-misspelled':
      return [];
  }
}
