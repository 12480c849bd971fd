import type { Change } from '../writer/changes.ts';
import type { FixContext } from '../fix.ts';
import type { NameGiver } from '../names.ts';
import type { Destination } from '../options.ts';
import type { Fields } from '../writer/values.ts';
import { isPath, refused, resourcePath, type Refused, type Outline } from '../writer/written-template.ts';
import type { Resource } from '../../template/model.ts';

/** A way for a flow log to deliver. */
export interface Delivery {
  /** Stable, such as `s3:new-bucket`; part of the id of a fix. */
  readonly id: string;
  /** Where to, such as `S3: new bucket`; part of the title of a fix. */
  readonly label: string;
  readonly destination: Destination;
  /** What the template must have for it. */
  readonly arrange: (site: Site) => Arrangement | Refused;
}

/** Where and under which names new resources stand. */
export interface Site {
  readonly context: FixContext;
  readonly written: Outline;
  readonly names: NameGiver;
  /** Under which new resources exist. */
  readonly condition: string | undefined;
  /** Name for a new resource, in a loop such as varies with it. */
  readonly nameOf: (role: string) => string;
}

/** What one or more flow logs need to deliver. */
export interface Arrangement {
  /** Properties of the flow log. */
  readonly properties: Fields;
  /** Other than what the properties refer to. */
  readonly dependsOn?: string;
  /** New ones, put behind the flow log. */
  readonly resources: Readonly<Record<string, Fields>>;
  readonly changes: readonly Change[];
}

/** A resource that exists under a condition. */
export function resourceUnder(condition: string | undefined, type: string, rest: Fields): Fields {
  return { Type: type, Condition: condition, ...rest };
}

/** Whether a resource of the template is there for certain where something under that condition is. */
export function isThereUnder(condition: string | undefined, { condition: own, loop }: Resource): boolean {
  return loop === undefined && (own === undefined || own === condition);
}

/** The path of an entry below a resource of the template. */
export function pathBelow(
  written: Outline,
  resource: Resource,
  ...rest: readonly (string | number)[]
): readonly (string | number)[] | Refused {
  const path = resourcePath(written, resource);
  return isPath(path) ? [...path, ...rest] : refused(path.why);
}
