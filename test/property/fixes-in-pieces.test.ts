import path from 'node:path';
import { expect, test } from 'vitest';
import type { Finding } from '../../server/src/coverage/model.ts';
import { offersFor } from '../../server/src/fixes/catalogue.ts';
import { isPlanned, type FixContext, type Offer } from '../../server/src/fixes/fix.ts';
import { nameGiver } from '../../server/src/fixes/names.ts';
import { dataOfNode } from '../../server/src/fixes/writer/data.ts';
import { editTemplate, type Edited } from '../../server/src/fixes/writer/edit-template.ts';
import { excerptOf } from '../../server/src/fixes/writer/excerpt.ts';
import { editInPieces, openInPieces } from '../../server/src/fixes/writer/pieced-template.ts';
import { openTemplate, type Refused } from '../../server/src/fixes/writer/written-template.ts';
import { readDocuments } from '../../server/src/template/read.ts';
import { child, entriesOf, type Mapping } from '../../server/src/template/syntax.ts';
import { Workspace } from '../../server/src/workspace/workspace.ts';
import { toEnd } from '../../server/src/template/steps.ts';
import { makeTemplate, randomNumbers } from '../bench/templates.ts';

/**
 * Fixes are written into an excerpt of the template. What comes out must be what writing into the whole
 * brings about: the same edits where the template is written in one style, else a template that says the same.
 *
 * TEMPLATES=100 tries more templates than the usual run.
 */

const templates = Number(process.env['TEMPLATES'] ?? 6);
const file = path.resolve('template');
/** Characters of resources that are looked at. */
const fewest = 4000;

type Random = () => number;

/** What is different from place to place in one template. */
const disturbances: Readonly<Record<string, (text: string, random: Random) => string>> = {
  nothing: (text) => text,
  'line ends of Windows': (text) => text.replaceAll('\n', '\r\n'),
  'blank lines and comments': (text, random) =>
    text.replaceAll(/\n(?= {2}[A-Z]\w+:\n)/g, (end) =>
      random() < 0.5 ? end : random() < 0.5 ? `${end}\n` : `${end}  # A note\n`,
    ),
  'texts of several lines': (text, random) =>
    text.replaceAll(/\n {4}Type: AWS::\w+::\w+(?=\n)/g, (line) =>
      random() < 0.5
        ? line
        : `${line}\n    Metadata:\n      Note: |${random() < 0.5 ? '+' : ''}\n        a: b\n\n        # c\n`,
    ),
  'a loop': (text) => `Transform: AWS::LanguageExtensions\n${text.replace('Resources:\n', `$&${loop}`)}`,
};

const loop = `  Fn::ForEach::Nets:
    - Net
    - [A, B]
    - Vpc\${Net}:
        Type: AWS::EC2::VPC
        Properties:
          CidrBlock: 10.0.0.0/16
`;

for (const format of ['yaml', 'json', 'compact-json'] as const) {
  for (const [name, disturb] of Object.entries(disturbances)) {
    if (format !== 'yaml' && name !== 'nothing' && name !== 'line ends of Windows') continue;
    test(`fixes written in pieces, ${format}, ${name}`, { timeout: 300_000 }, () => {
      let inPart = 0;
      for (let seed = 1; seed <= templates; seed += 1) {
        const random = randomNumbers(seed);
        const made = makeTemplate({ seed, format, bytes: 14_000, vpcs: 4, flowLogs: 2 });
        const text = disturb(made, random);
        for (const [offer, finding, context] of allOffers(text)) {
          // Some suffice: each is written three times.
          if (random() < 0.6) continue;
          const part = writtenInPart(offer, context);
          if (part === undefined) continue;
          inPart += 1;
          const whole = writtenWhole(offer, finding, context);
          const of = `${offer.id}, seed ${seed}`;
          expect(whole.kind, of).toBe(part.kind);
          if (part.kind === 'refused' || whole.kind === 'refused') continue;
          expect(said(part.text), of).toEqual(said(whole.text));
          if (name === 'nothing') expect(part.edits, of).toEqual(whole.edits);
        }
      }
      expect(inPart).toBeGreaterThan(0);
    });
  }
}

function allOffers(text: string): (readonly [Offer, Finding, FixContext])[] {
  const workspace = new Workspace();
  workspace.openDocument(file, text);
  const check = workspace.check(file);
  const [template] = workspace.templatesIn(file);
  if (check.kind !== 'template' || template === undefined) return [];
  const context = { text, template, options: {} };
  return check.findings.flatMap((finding) =>
    offersFor(finding, context).map((offer) => [offer, finding, context] as const),
  );
}

function writtenInPart(
  offer: Offer,
  { text, template: { pieces } }: FixContext,
): Edited | Refused | undefined {
  const template = openInPieces(text, pieces, fewest);
  if (template === undefined) return undefined;
  // Else the excerpt would be the whole.
  const { root } = excerptOf(template.pieced, [], fewest);
  const resourcesOf = (from: Mapping): number => entriesOf(child(from, 'Resources')).length;
  expect(resourcesOf(root)).toBeLessThan(resourcesOf(template.root));
  const changes = offer.plan(template, nameGiver(template.root));
  return isPlanned(changes) ? editInPieces(template, changes) : undefined;
}

function writtenWhole(offer: Offer, finding: Finding, { text }: FixContext): Edited | Refused {
  const template = toEnd(openTemplate(text, finding.span.start));
  if (template.kind === 'refused') return template;
  const changes = offer.plan(template, nameGiver(template.root));
  return isPlanned(changes) ? toEnd(editTemplate(template, changes)) : changes;
}

function said(text: string): unknown {
  return readDocuments(text).map(({ root, problems }) => [root && dataOfNode(root), problems]);
}
