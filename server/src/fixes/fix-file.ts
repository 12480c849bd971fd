import type { Finding } from '../coverage/model.ts';
import type { Template } from '../template/model.ts';
import type { Steps } from '../template/steps.ts';
import type { FixContext } from './fix.ts';
import { fixAll, type FixAll } from './fix-all.ts';
import type { Destination, FlowLogOptions } from './options.ts';

/** What the fixes of a file are made from; a YAML file may hold several templates. */
export interface FileFixContext {
  readonly text: string;
  /** The analyses of that text, in its order. */
  readonly templates: readonly Template[];
  readonly options: FlowLogOptions;
}

/** The context of what stands at that offset; undefined where that is in no template. */
export function contextAt(
  { text, templates, options }: FileFixContext,
  offset: number,
): FixContext | undefined {
  const template = templates.findLast(({ root }) => root.span.start <= offset);
  return template && { text, template, options };
}

/** Fixes all findings of a file at once, in each of its templates by itself. */
export function* fixFile(
  findings: readonly Finding[],
  file: FileFixContext,
  destination: Destination,
): Steps<FixAll> {
  const results: FixAll[] = [];
  for (const template of file.templates) {
    const its = findings.filter(({ span }) => contextAt(file, span.start)?.template === template);
    results.push(yield* fixAll(its, { text: file.text, template, options: file.options }, destination));
  }
  return {
    // The templates are documents of their own, so the edits of one end before those of the next begin.
    edits: results.flatMap(({ edits }) => edits).toSorted((a, b) => a.span.start - b.span.start),
    left: results.flatMap(({ left }) => left),
  };
}
