import { t } from '@vscode/l10n';
import { valuesOf } from '../coverage/flow-log-findings/configuration.ts';
import type { Finding } from '../coverage/model.ts';
import type { Resource, Template } from '../template/model.ts';
import { child, entriesOf, entry, type SyntaxNode } from '../template/syntax.ts';
import { permissionStatements, trustStatement } from './add-flow-log/cloud-watch-logs.ts';
import { logGroupOf } from './log-group.ts';
import { configurationsIn } from './once-per-template.ts';
import { changesAt, type FixContext, type Offer } from './fix.ts';
import { ref, sub, type Fields } from './writer/values.ts';
import { nodePath, resourcePath, type Path } from './writer/written-template.ts';

/** Lets a flow log deliver: a statement is added to the policy that lacks it, or to the one that denies. */
export function deliveryDeniedOffers(finding: Finding, { template, text }: FixContext): readonly Offer[] {
  if (finding.code !== 'flow-log-delivery-denied') return [];
  const place = finding.related[0]?.span.start;
  if (place === undefined) return [];
  return [
    // What is denied outright is not allowed by one more statement.
    ...(/^["']?Effect\b/.test(text.slice(place)) ? [] : roleOffers(finding, place, template)),
    ...bucketOffers(place, template),
    ...keyOffers(place, template),
  ];
}

function roleOffers(finding: Finding, place: number, template: Template): readonly Offer[] {
  const configuration = configurationsIn(template).find(
    ({ flowLog }) => flowLog.logicalId === finding.logicalId,
  );
  if (configuration === undefined) return [];
  const [role, ...others] = valuesOf(configuration, 'DeliverLogsPermissionArn').flatMap(({ value }) =>
    value.kind === 'attribute' ? [value.resource] : [],
  );
  if (role === undefined || role.loop !== undefined || others.length > 0) return [];
  const trust = 'AssumeRolePolicyDocument';
  if (entry(role.properties, trust)?.keySpan.start === place) {
    return [
      appendOffer(
        'allow-assuming',
        t('Allow vpc-flow-logs.amazonaws.com to assume {0}', role.logicalId),
        role,
        {
          to: ['Properties', trust, 'Statement'],
          item: trustStatement(),
        },
      ),
    ];
  }
  const group = logGroupOf(configuration);
  if (group === undefined) return [];
  return [
    appendOffer('allow-writing', t('Allow {0} to write to {1}', role.logicalId, group.label), role, {
      to: ['Properties', 'Policies'],
      item: {
        PolicyName: `DeliverFlowLogsTo${group.label.replaceAll(/[^\w]/g, '')}`,
        PolicyDocument: { Version: '2012-10-17', Statement: permissionStatements(group.arn) },
      },
    }),
  ];
}

/** The service is in no account; a condition tells it from whoever is to be shut out. */
function bucketOffers(place: number, template: Template): readonly Offer[] {
  return statementsWithEffectAt(place, template).map((statement) => ({
    id: 'except-services',
    title: t('Except AWS services from the denial'),
    plan: (written) =>
      changesAt(nodePath(written, statement), (path) => [
        { kind: 'set', at: [...path, 'Condition', 'Bool', 'aws:PrincipalIsAWSService'], value: 'false' },
      ]),
  }));
}

/** Statements of bucket policies. */
function statementsWithEffectAt(place: number, template: Template): readonly SyntaxNode[] {
  return template.resources
    .ofType('AWS::S3::BucketPolicy')
    .flatMap(({ properties }) => {
      const statement = child(child(properties, 'PolicyDocument'), 'Statement');
      return statement?.kind === 'sequence' ? statement.items : (statement ?? []);
    })
    .filter((statement) =>
      entriesOf(statement).some(({ name, keySpan }) => name === 'Effect' && keySpan.start === place),
    );
}

function keyOffers(place: number, template: Template): readonly Offer[] {
  return template.resources
    .ofType('AWS::KMS::Key')
    .filter(({ loop }) => loop === undefined)
    .filter(({ properties }) => entry(properties, 'KeyPolicy')?.keySpan.start === place)
    .map((key) =>
      appendOffer('allow-key', t('Allow delivery.logs.amazonaws.com to use {0}', key.logicalId), key, {
        to: ['Properties', 'KeyPolicy', 'Statement'],
        item: keyStatement,
      }),
    );
}

/** https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-s3-cmk-policy.html */
const keyStatement: Fields = {
  Sid: 'AllowFlowLogDelivery',
  Effect: 'Allow',
  Principal: { Service: 'delivery.logs.amazonaws.com' },
  Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
  Resource: '*',
  Condition: {
    StringEquals: { 'aws:SourceAccount': ref('AWS::AccountId') },
    ArnLike: {
      'aws:SourceArn': sub('arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:*'),
    },
  },
};

function appendOffer(
  id: string,
  title: string,
  resource: Resource,
  { to, item }: { readonly to: Path; readonly item: Fields },
): Offer {
  return {
    id,
    title,
    plan: (written) =>
      changesAt(resourcePath(written, resource), (path) => [
        { kind: 'append', to: [...path, ...to], items: [item] },
      ]),
  };
}
