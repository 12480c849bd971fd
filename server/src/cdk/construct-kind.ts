import { isRecord, membersOf } from './construct-metadata.ts';

/**
 * By what a VPC was made: `Vpc` is the CDK's own construct of `aws-ec2` (or a class that extends it), `CfnVPC`
 * the bare resource. `other` is whatever else makes resources.
 */
export type ConstructKind = 'Vpc' | 'CfnVPC' | 'other';

/** Construct path → the class that the tree names, for the constructs that make VPCs. */
export type ConstructTree = ReadonlyMap<string, 'Vpc' | 'CfnVPC'>;

const vpcClass = /^(?:aws-cdk-lib\.aws_ec2|@aws-cdk\/aws-ec2)\.(?<name>Vpc|CfnVPC)$/;

/** Reads a `tree.json`, however deep it is; what is not of its shape is passed over. */
export function readConstructTree(json: unknown): ConstructTree {
  const kinds = new Map<string, 'Vpc' | 'CfnVPC'>();
  const waiting: unknown[] = isRecord(json) ? [json['tree']] : [];
  while (waiting.length > 0) {
    const node = waiting.pop();
    if (!isRecord(node)) continue;
    const { path, constructInfo, children } = node;
    const fqn = isRecord(constructInfo) ? constructInfo['fqn'] : undefined;
    const name = typeof fqn === 'string' ? vpcClass.exec(fqn)?.groups?.['name'] : undefined;
    if (typeof path === 'string' && (name === 'Vpc' || name === 'CfnVPC')) kinds.set(path, name);
    for (const [, child] of membersOf(children)) waiting.push(child);
  }
  return kinds;
}

/**
 * By what the resource of that path was made. Without a tree, its name decides: constructs of the CDK call
 * the resource that they make `Resource`.
 */
export function kindOfConstruct(path: string, type: string, tree: ConstructTree): ConstructKind {
  if (type !== 'AWS::EC2::VPC') return 'other';
  const owner = ownerOf(path);
  if (tree.size === 0) return owner === path ? 'CfnVPC' : 'Vpc';
  if (tree.get(owner) === 'Vpc') return 'Vpc';
  return tree.get(path) === 'CfnVPC' ? 'CfnVPC' : 'other';
}

/** The construct that made a resource: its parent where it is called `Resource`, else itself. */
export function ownerOf(path: string): string {
  return path.replace(/\/Resource$/, '');
}
