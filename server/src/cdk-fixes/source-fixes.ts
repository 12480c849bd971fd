import type { FindingCode } from '../coverage/model.ts';
import type { FlowLogOptions } from '../fixes/options.ts';
import { cfnVpcOffers } from './cfn-vpc.ts';
import { findConstruct, type VpcConstruct } from './find-construct.ts';
import { flowLogsOf } from './flow-logs-of.ts';
import { dialectOf, type SourceLanguage } from './languages.ts';
import { editsOf, type Offer, type SourceFix, type Subject } from './offer.ts';
import { trafficTypeOffers } from './traffic-type.ts';
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

function subjectOf({ language, text, offset, construct }: SourceFixRequest): Subject | undefined {
  const dialect = dialectOf(language);
  const source = { text, tree: dialect.parser.parse(text) };
  const bindings = dialect.readBindings(source);
  const found = findConstruct(source, dialect, bindings, offset, construct);
  return found && { source, dialect, bindings, found };
}

function offersFor(subject: Subject, { code, construct, options }: SourceFixRequest): readonly Offer[] {
  const additions = construct === 'Vpc' ? vpcOffers : cfnVpcOffers;
  switch (code) {
    case 'vpc-no-flow-log':
      // It has been mended since the synthesis.
      return flowLogsOf(subject).length > 0 ? [] : additions(subject, options);
    case 'vpc-flow-log-accept-only':
      return [...trafficTypeOffers(subject), ...additions(subject, options)];
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
