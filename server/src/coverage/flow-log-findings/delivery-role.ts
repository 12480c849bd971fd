import { t } from '@vscode/l10n';
import { and } from '../../template/formula.ts';
import { keep } from '../../template/kept.ts';
import { entry, type Span } from '../../template/syntax.ts';
import type { Resource } from '../../template/model.ts';
import type { Scope } from '../../template/value.ts';
import type { RelatedPlace } from '../model.ts';
import { mayAllow, surelyDenies, type Request } from '../policies/decision.ts';
import type { Patterns, PolicyDocument, Statement } from '../policies/document.ts';
import { compose, logGroupArn, unknownName, type SymbolicText } from '../policies/symbolic-text.ts';
import { deliversTo, valuesOf, type Configuration } from './configuration.ts';
import { logGroupsOf, type LogGroup } from './log-group.ts';
import { denial, ifComplete, type Problem } from './problem.ts';
import { permissionsOf, trustPolicyOf, trustProperty } from './role-policies.ts';

/**
 * Why a role of the template cannot deliver to CloudWatch Logs.
 * https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-iam-role.html
 */
export function roleProblems(configuration: Configuration): readonly Problem[] {
  const { scope } = configuration;
  const toLogs = deliversTo(configuration, 'cloud-watch-logs');
  return ifComplete(configuration, () =>
    valuesOf(configuration, 'DeliverLogsPermissionArn').flatMap(({ value, when }) =>
      value.kind === 'attribute' &&
      value.attribute === 'Arn' &&
      value.resource.type === 'AWS::IAM::Role' &&
      value.scope === scope
        ? problemsOfRole(configuration, value.resource).map((problem) => ({
            ...problem,
            when: and(when, toLogs, problem.when),
          }))
        : [],
    ),
  );
}

function problemsOfRole(configuration: Configuration, role: Resource): readonly Problem[] {
  return [...trustProblems(configuration, role), ...permissionProblems(configuration, role)];
}

const service = 'vpc-flow-logs.amazonaws.com';

function trustProblems(configuration: Configuration, role: Resource): readonly Problem[] {
  const { flowLog, scope } = configuration;
  const place = keep(scope, `distrust/${role.logicalId}`, () => placeOfDistrust(role, scope));
  if (place === undefined) return [];
  return [
    denial(configuration, 'DeliverLogsPermissionArn', {
      what: t('{0} delivers nothing: {1} may not assume {2}', flowLog.logicalId, service, role.logicalId),
      advice: t('allow it sts:AssumeRole in {0}', trustProperty),
      related: [{ message: t('{0} trusts others only', role.logicalId), span: place }],
    }),
  ];
}

/** Where a role says whom it trusts, if surely not the service. */
function placeOfDistrust(role: Resource, scope: Scope): Span | undefined {
  const { statements, isComplete } = trustPolicyOf(role, scope);
  const request: Request = { action: 'sts:AssumeRole', service, context: new Map() };
  // Without the property the role is refused, which the linters of the schema report.
  const place = entry(role.properties, trustProperty);
  const isTrusted = !isComplete || statements.some((statement) => mayAllow(statement, request));
  return isTrusted ? undefined : place?.keySpan;
}

function permissionProblems(configuration: Configuration, role: Resource): readonly Problem[] {
  const { scope } = configuration;
  return logGroupsOf(configuration).flatMap(({ value: group, when }) => {
    const name = `obstacle/${role.logicalId}/${group.resource?.logicalId}/${JSON.stringify(group.name)}`;
    const obstacle = keep(scope, name, () => obstacleTo(group, permissionsOf(role, scope), scope));
    return obstacle === undefined ? [] : [{ ...problemOf(obstacle, configuration, role, group), when }];
  });
}

/** Why a role cannot write to a log group. */
type Obstacle =
  | { readonly kind: 'denied'; readonly action: string; readonly statement: Statement }
  | {
      readonly kind: 'not-allowed';
      readonly actions: readonly string[];
      /** What would allow it if its resources ended in `:*`. */
      readonly narrow: Statement | undefined;
    };

interface Need {
  readonly action: string;
  /** Any of these will do. */
  readonly resources: readonly SymbolicText[];
}

/** What the service does with the role. A log group that is not in the template may be there already. */
function needsOn({ name }: LogGroup): readonly Need[] {
  const group = logGroupArn(name ?? [unknownName]);
  const stream = compose(group, ':log-stream:', unknownName);
  return [
    { action: 'logs:CreateLogStream', resources: [group, stream] },
    { action: 'logs:PutLogEvents', resources: [stream] },
  ];
}

function obstacleTo(
  group: LogGroup,
  { statements, isComplete }: PolicyDocument,
  scope: Scope,
): Obstacle | undefined {
  const needs = needsOn(group);
  for (const { action, resources } of needs) {
    const statement = statements.find((one) =>
      resources.every((resource) => surelyDenies(one, { action, resource, context: new Map() }, scope)),
    );
    if (statement !== undefined) return { kind: 'denied', action, statement };
  }
  const lacking = needs.filter(
    ({ action, resources }) =>
      !resources.some((resource) =>
        statements.some((statement) => mayAllow(statement, { action, resource, context: new Map() })),
      ),
  );
  if (!isComplete || lacking.length === 0) return undefined;
  const narrow = lacking.every((need) => need.action === 'logs:PutLogEvents')
    ? statements.find((statement) => lacksStar(statement, group))
    : undefined;
  return { kind: 'not-allowed', actions: lacking.map(({ action }) => action), narrow };
}

function problemOf(
  obstacle: Obstacle,
  configuration: Configuration,
  role: Resource,
  group: LogGroup,
): Problem {
  const { flowLog } = configuration;
  if (obstacle.kind === 'denied') {
    const { action, statement } = obstacle;
    return denial(configuration, 'DeliverLogsPermissionArn', {
      what: t('{0} delivers nothing: {1} is denied {2}', flowLog.logicalId, role.logicalId, action),
      advice: t('take it out of the statement that denies it'),
      related: [{ message: t('This denies it to {0}', role.logicalId), span: placeIn(statement, 'Effect') }],
    });
  }
  const { narrow } = obstacle;
  const [action = '', other] = obstacle.actions;
  const actions = other === undefined ? action : t('{0} and {1}', action, other);
  const on = group.resource?.logicalId ?? t('its log group');
  return denial(configuration, 'DeliverLogsPermissionArn', {
    what: t(
      '{0} delivers nothing: {1} is not allowed {2} on {3}',
      flowLog.logicalId,
      role.logicalId,
      actions,
      on,
    ),
    advice:
      narrow === undefined
        ? t("allow it on the ARN of the log group, which ends in ':*'")
        : t("the ARN in its policy lacks the ':*' that stands for the log streams"),
    related: [relatedPlace(role, narrow)],
  });
}

function relatedPlace(role: Resource, narrow: Statement | undefined): RelatedPlace {
  return narrow === undefined
    ? { message: t('{0} may not write logs', role.logicalId), span: role.span }
    : {
        message: t('This allows it on the log group, but on no log stream'),
        span: placeIn(narrow, 'Resource'),
      };
}

/** Whether a statement would allow writing if its resources ended in `:*`. */
function lacksStar(statement: Statement, group: LogGroup): boolean {
  const { resources } = statement;
  if (resources === undefined) return false;
  const widened: Patterns = {
    ...resources,
    patterns: resources.patterns.map((one) => ({
      ...one,
      text: one.text === undefined ? undefined : compose(one.text, ':*'),
    })),
  };
  return needsOn(group).every(({ action, resources: needed }) =>
    needed.some((resource) =>
      mayAllow({ ...statement, resources: widened }, { action, resource, context: new Map() }),
    ),
  );
}

function placeIn({ node }: Statement, name: string): RelatedPlace['span'] {
  return entry(node, name)?.keySpan ?? node.span;
}
