import { isLoop, isLoopName } from '../template/loops.ts';
import type { PiecedText } from '../template/pieces/pieced-text.ts';
import type { EntryFacts } from '../template/syntax.ts';
import { hasResourceType } from '../template/template.ts';
import { isFlowLog } from './flow-log.ts';
import { directiveMarker } from './suppression/directives.ts';
import { hasToolKey } from './suppression/metadata.ts';
import { isVpc } from './targets.ts';

/**
 * Whether a text is surely a template of which an assessment has nothing to tell, and the reader neither: it has no
 * VPC, no flow log, no suppression and no mistake. Most templates are such, and for none of that need be read what
 * is in their pieces. False where only a closer look can tell.
 */
export function hasNothingToTell(text: PiecedText): boolean {
  let section: string | undefined;
  let hasResources = false;
  let isTemplate = false;
  for (const piece of text.pieces) {
    const { kind, name, facts, problems } = piece;
    if (problems.length > 0 || hasToolKey(facts)) return false;
    if (kind !== 'entry') {
      section = name;
      // Of two, the last one counts.
      if (name === 'Resources' && hasResources) return false;
      hasResources ||= name === 'Resources';
    } else if (section === 'Resources') {
      if (isLoop(piece)) return false;
      if (isAssessed(facts)) return false;
      isTemplate ||= hasResourceType(facts);
    }
    if (kind === 'section') {
      piece.noteFactsLook();
      if (name === 'Resources') return false;
      isTemplate ||= name === 'AWSTemplateFormatVersion';
    }
  }
  if (!isTemplate || text.mayComment(directiveMarker)) return false;
  text.noteQuestions(questions);
  return true;
}

const questions = [hasToolKey, isAssessed, hasResourceType, isLoopName];

function isAssessed({ type = '' }: EntryFacts): boolean {
  return isVpc({ type }) || isFlowLog({ type });
}
