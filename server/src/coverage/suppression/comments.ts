import { t } from '@vscode/l10n';
import type { Comment } from '../../template/yaml/comments.ts';
import type { Template } from '../../template/model.ts';
import { isVpc } from '../targets.ts';
import type { Declaration, Declarations } from './declaration.ts';
import { directiveMarker, readDirectives, type Directive, type Placement } from './directives.ts';
import { Places } from './places.ts';

const none: Declarations = { declarations: [], misspellings: [] };

/** All suppressions in the comments of a template. */
export function readComments(template: Template): Declarations {
  const { comments } = template;
  if (comments?.mayMention(directiveMarker) !== true) return none;
  const found = comments
    .mentioning(directiveMarker)
    .map((comment) => ({ comment, read: readDirectives(comment.text) }))
    .filter(({ read }) => read.directives.length > 0 || read.misspellings.length > 0);
  if (found.length === 0) return none;
  const places = new Places(template, comments);
  return {
    declarations: found.flatMap(({ comment, read }) =>
      read.directives.map((directive) => declare(directive, comment, places)),
    ),
    misspellings: found.flatMap(({ comment, read }) =>
      read.misspellings
        .filter(
          ({ placement }) => placement === undefined || places.resourcesAt(placement, comment).some(isVpc),
        )
        .map(({ message }) => ({ span: comment.span, message, logicalId: places.about(comment) })),
    ),
  };
}

function declare(
  { by, rule, reason, codes, isSpecific, placement, expires }: Directive,
  comment: Comment,
  places: Places,
): Declaration {
  const isExpired = expires !== undefined && !isAhead(expires);
  return {
    logicalId: places.about(comment),
    by,
    rule,
    ...(reason !== undefined && { reason }),
    span: comment.span,
    codes,
    isSpecific,
    resources: isExpired ? [] : places.resourcesAt(placement, comment),
    ...(by === 'flow-log-guard' && comment.lineBelow !== undefined && { line: comment.lineBelow }),
    whyIdle: isExpired ? t('it expired on {0}', expires) : whereToStand(placement),
  };
}

function whereToStand(placement: Placement): string {
  switch (placement) {
    case 'above':
      return t('it has to stand right above the line of the finding or of the logical id');
    case 'beside-or-above':
      return t('it has to stand on the line of the logical id of a VPC, or right above it');
    case 'inside':
      return t('it has to stand inside the resource, below its logical id');
    case 'above-block':
      return t('it has to stand right above the logical id of a VPC');
    case 'file-start':
      return t('it has to stand before everything else in the file');
  }
}

/** A date that is none counts as past, as Trivy has it. */
function isAhead(date: string): boolean {
  return Date.now() < Date.parse(`${date}T00:00:00Z`);
}
