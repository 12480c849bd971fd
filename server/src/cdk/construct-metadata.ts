/** What an assembly tells of one construct that became a resource. */
interface ConstructMetadata {
  readonly logicalId: string;
  /** The lines of the stack trace of its making, innermost first; empty where none was noted. */
  readonly creationStack: readonly string[];
}

/** What an assembly tells of the constructs of a stack. */
export interface StackMetadata {
  /** By path, without the slash before it, as `aws:cdk:path` has it. */
  readonly constructs: ReadonlyMap<string, ConstructMetadata>;
  /** Path of a stack, or of one nested in it → the name of its template beside the manifest. */
  readonly templates: ReadonlyMap<string, string>;
}

/** More frames than a trace has by far; what comes after them is of no interest. */
const mostFrames = 100;

/**
 * Reads what stands in a `*.metadata.json`, or, written by older versions, in the manifest: construct path →
 * entries. What is not of the shape that the CDK writes is passed over.
 */
export function readStackMetadata(json: unknown): StackMetadata {
  const constructs = new Map<string, ConstructMetadata>();
  const templates = new Map<string, string>();
  for (const [slashedPath, entries] of membersOf(json)) {
    if (!Array.isArray(entries)) continue;
    const path = slashedPath.replace(/^\//, '');
    let logicalId: string | undefined;
    let creationStack: readonly string[] = [];
    let trace: readonly string[] = [];
    for (const entry of entries as readonly unknown[]) {
      if (!isRecord(entry)) continue;
      const { type, data } = entry;
      if (type === 'aws:cdk:creationStack') creationStack = linesOf(data);
      else if (type === 'aws:cdk:logicalId' && typeof data === 'string') {
        logicalId = data;
        trace = linesOf(entry['trace']);
      } else if (type === 'aws:cdk:templateFile' && typeof data === 'string') templates.set(path, data);
    }
    if (logicalId === undefined) continue;
    constructs.set(path, { logicalId, creationStack: creationStack.length > 0 ? creationStack : trace });
  }
  return { constructs, templates };
}

function linesOf(data: unknown): readonly string[] {
  if (!Array.isArray(data)) return [];
  return data.slice(0, mostFrames).filter((line) => typeof line === 'string');
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The members of an object; none of anything else. */
export function membersOf(value: unknown): readonly (readonly [string, unknown])[] {
  return isRecord(value) ? Object.entries(value) : [];
}
