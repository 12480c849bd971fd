import type { Resource } from '../../template/model.ts';
import type { FindingCode } from '../model.ts';
import type { Declaration } from './declaration.ts';

/** Finds what silences a finding, and remembers which declarations did. */
export class Silencer {
  /** By the array of resources: as many declarations may stand in one place as there are resources there. */
  readonly #groups = new Map<readonly Resource[], Group>();
  readonly #byResource = new Map<Resource, Group[]>();
  readonly #byLine = new Map<number, Group>();

  constructor(declarations: readonly Declaration[]) {
    for (const declaration of declarations) {
      this.#groupOf(declaration.resources).add(declaration);
      if (declaration.line !== undefined) this.#lineGroupOf(declaration.line).add(declaration);
    }
  }

  /**
   * What silences a finding with that code, of those with a reason the first; undefined where nothing does.
   *
   * @param line Where the line begins that the finding stands on.
   */
  silence(
    code: FindingCode,
    resource: Resource | undefined,
    line: number | undefined,
  ): Declaration | undefined {
    const groups = [
      ...((resource === undefined ? undefined : this.#byResource.get(resource)) ?? []),
      ...((line === undefined ? undefined : [this.#byLine.get(line)]) ?? []),
    ];
    const found = groups.map((group) => group?.silence(code)).filter((one) => one !== undefined);
    return found.find(({ reason }) => reason !== undefined) ?? found[0];
  }

  isUsed(declaration: Declaration): boolean {
    const { resources, line } = declaration;
    return (
      this.#groups.get(resources)?.isUsed(declaration) === true ||
      (line !== undefined && this.#byLine.get(line)?.isUsed(declaration) === true)
    );
  }

  #groupOf(resources: readonly Resource[]): Group {
    const known = this.#groups.get(resources);
    if (known !== undefined) return known;
    const group = new Group();
    this.#groups.set(resources, group);
    for (const resource of resources) {
      const groups = this.#byResource.get(resource);
      if (groups === undefined) this.#byResource.set(resource, [group]);
      else groups.push(group);
    }
    return group;
  }

  #lineGroupOf(line: number): Group {
    const known = this.#byLine.get(line);
    if (known !== undefined) return known;
    const group = new Group();
    this.#byLine.set(line, group);
    return group;
  }
}

/** The declarations of one place. */
class Group {
  readonly #declarations: Declaration[] = [];
  readonly #silenced = new Map<FindingCode, Declaration | undefined>();

  add(declaration: Declaration): void {
    this.#declarations.push(declaration);
  }

  silence(code: FindingCode): Declaration | undefined {
    if (!this.#silenced.has(code)) this.#silenced.set(code, this.#find(code));
    return this.#silenced.get(code);
  }

  isUsed({ codes }: Declaration): boolean {
    return [...codes].some((code) => this.#silenced.has(code));
  }

  #find(code: FindingCode): Declaration | undefined {
    const found = this.#declarations.filter(({ codes }) => codes.has(code));
    return found.find(({ reason }) => reason !== undefined) ?? found[0];
  }
}
