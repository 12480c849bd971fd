import { isFlowLog } from '../coverage/flow-log.ts';
import { isVpc } from '../coverage/targets.ts';
import { evaluate } from '../template/evaluate.ts';
import { intrinsicCall } from '../template/intrinsics.ts';
import type { Template } from '../template/model.ts';
import type { ResourceInStack } from '../template/value.ts';
import { child } from '../template/syntax.ts';
import type { FileAnalysis } from '../workspace/file-check.ts';
import type { FilePlace } from './code-lenses.ts';
import { linkAt, type TemplateLink } from './links.ts';
import { declarationsIn, isSame, nameAt, placesOfName, type Name } from './names.ts';
import { placeAt } from './place.ts';
import { flowLogsOn, vpcsOf } from './vpc-flow-logs.ts';

/**
 * Where what stands at an offset is declared: the resource, parameter or condition of that name, the resource of
 * another template that the expression evaluates to, the file of a nested stack.
 */
export function definitionsAt(
  offset: number,
  text: string,
  analysis: FileAnalysis,
  links: readonly TemplateLink[],
): readonly FilePlace[] {
  const link = linkAt(offset, links);
  if (link !== undefined) return [{ file: link.file, span: { start: 0, end: 0 } }];
  const template = templateAt(offset, analysis);
  if (template === undefined) return [];
  const name = nameAt(template, text, offset);
  const declared = declarationsIn(template, text).filter((one) => isSame(one, name));
  const places = [
    ...declared.map(({ span }): FilePlace => ({ file: analysis.file, span })),
    ...evaluatedResources(offset, template, analysis),
  ];
  return distinct(places);
}

/**
 * Where what stands at an offset is referred to. A VPC is referred to by the flow logs on it, whatever file they
 * are in, and a flow log by the VPCs that it is on.
 */
export function referencesAt(
  offset: number,
  text: string,
  analysis: FileAnalysis,
  includeDeclaration: boolean,
): readonly FilePlace[] {
  const template = templateAt(offset, analysis);
  if (template === undefined) return [];
  const name = nameAt(template, text, offset);
  if (name === undefined) return [];
  const own = placesOfName(template, text, name)
    .filter(({ isDeclaration }) => includeDeclaration || !isDeclaration)
    .map(({ span }): FilePlace => ({ file: analysis.file, span }));
  return distinct([...own, ...relatedPlaces(name, template, analysis)]);
}

/** Across the relation of flow logs and VPCs, of what the text does not name itself. */
function relatedPlaces({ name, space }: Name, template: Template, analysis: FileAnalysis): FilePlace[] {
  if (space === 'condition') return [];
  const resource = template.resources.get(name);
  if (resource === undefined) return [];
  if (isVpc(resource)) {
    return flowLogsOn(resource, analysis).map(({ resource: flowLog, scope }) => ({
      file: scope.template.file,
      span: child(flowLog.properties, 'ResourceId')?.span ?? flowLog.span,
    }));
  }
  return isFlowLog(resource) ? vpcsOf(resource, analysis).map(placeOf) : [];
}

/** What the innermost function call around the offset evaluates to, in each stack that deploys the template. */
function evaluatedResources(offset: number, template: Template, analysis: FileAnalysis): FilePlace[] {
  const call = placeAt(template.root, offset).nodes.findLast((node) => intrinsicCall(node) !== undefined);
  if (call === undefined) return [];
  return analysis
    .stacksOf(template)
    .flatMap((scope) =>
      evaluate(call, scope).flatMap(({ value }) =>
        value.kind === 'resource' || value.kind === 'attribute' ? [placeOf(value)] : [],
      ),
    );
}

function placeOf({ resource, scope }: ResourceInStack): FilePlace {
  return { file: scope.template.file, span: resource.span };
}

function templateAt(offset: number, { templates }: FileAnalysis): Template | undefined {
  return templates.findLast(({ root }) => root.span.start <= offset);
}

/** Each place once: a key in quotes stands with them as a resource, and without them as a name. */
function distinct(places: readonly FilePlace[]): readonly FilePlace[] {
  const kept: FilePlace[] = [];
  for (const place of places) {
    const isKnown = kept.some(
      ({ file, span }) => file === place.file && span.start <= place.span.end && place.span.start <= span.end,
    );
    if (!isKnown) kept.push(place);
  }
  return kept;
}
